-- What colleagues write to each other on a record. A removed one can be put back until the next day.
create table comments (
    id uuid primary key not null,
    record_kind text not null,
    record_id uuid not null,
    author_id uuid not null references users (id),
    body text not null,
    written_at bigint not null,
    removed_at bigint
);
create index comments_record on comments (record_kind, record_id, written_at, id);
create index comments_author_id on comments (author_id);
create index comments_removed_at on comments (removed_at);
