-- Changes of many records at once. What each record was before stands in the event log, under events
-- that are linked to the change.
create table bulk_changes (
    id uuid primary key not null,
    version bigint not null,
    list text not null,
    change text not null,
    changed bigint not null,
    made_by uuid references users (id),
    made_at bigint not null,
    undone_at bigint,
    put_back bigint
);

create index bulk_changes_by_time on bulk_changes (made_at);
