-- Searches that people keep, and whom those with an alert had found when they were last looked at.
create table saved_searches (
    id uuid primary key not null,
    version bigint not null,
    user_id uuid not null references users (id),
    name text not null,
    ask text not null,
    alerts boolean not null,
    known text not null,
    created_at bigint not null
);
create index saved_searches_user_id on saved_searches (user_id, id);
create index unmet_searches_at on unmet_searches (at, id);
