-- Which record an entry of the inbox is about, what an update is about, and of what a person wants no
-- more updates. Names are read when the entry is: they are not kept here. Entries from before have neither.

alter table notices add column record_kind text;
alter table notices add column record_id uuid;
alter table notices add column update_kind text;

create table muted_kinds (
    user_id uuid not null references users (id),
    update_kind text not null,
    made_at bigint not null,
    primary key (user_id, update_kind)
);
