-- Whether a rule of the program set a lock; it ends with the fact, and not by hand alone.
alter table account_locks add column is_by_rule boolean not null default false;
