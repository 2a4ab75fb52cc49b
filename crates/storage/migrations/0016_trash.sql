-- Records that were deleted, with everything that belongs to them alone, until they are restored or
-- their time is over.
create table trash (
    id uuid primary key not null,
    record_kind text not null,
    record_id uuid not null,
    name text not null,
    body text not null,
    trashed_by uuid references users (id),
    trashed_at bigint not null
);

create unique index trash_by_record on trash (record_kind, record_id);

create index trash_by_time on trash (trashed_at);
