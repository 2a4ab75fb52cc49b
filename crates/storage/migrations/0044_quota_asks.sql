-- Whether a request finds whom to ask by itself until enough have said yes.
alter table requests add column is_quota boolean not null default false;
