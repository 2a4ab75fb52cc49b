-- How many advocates of which profile are to be recruited by when, and who was nominated for it.
create table recruiting_targets (
    id uuid primary key not null,
    version bigint not null,
    facets text not null,
    segment text not null,
    is_broad boolean not null,
    activity text not null,
    wanted bigint not null,
    start_by text,
    worth_minor bigint not null,
    currency text not null,
    note text,
    created_by uuid references users (id),
    created_at bigint not null,
    closed_at bigint,
    close_reason text
);
create unique index recruiting_targets_open
    on recruiting_targets (facets, segment, activity) where closed_at is null;

create table recruiting_nominees (
    advocate_id uuid primary key not null references advocates (id),
    target_id uuid not null references recruiting_targets (id),
    nominated_at bigint not null
);
create index recruiting_nominees_target_id on recruiting_nominees (target_id);
