-- Backups that were made: when, how large, onto what kind of place, by whom; the place itself is not kept.
create table backups (
    id uuid primary key not null,
    made_at bigint not null,
    byte_count bigint not null,
    row_count bigint not null,
    place text not null,
    made_by uuid references users (id)
);
create index backups_by_time on backups (made_at);
