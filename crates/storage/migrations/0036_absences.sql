-- From when until when somebody is away, and who answers for them meanwhile.
alter table users add column away_from text;
alter table users add column away_until text;
alter table users add column stand_in_id uuid references users (id);
create index users_stand_in_id on users (stand_in_id);
