-- Which relationship owner was asked about which customer for a recruiting target.
create table recruiting_asks (
    id uuid primary key not null,
    target_id uuid not null references recruiting_targets (id),
    account_id uuid not null references accounts (id),
    owner_id uuid not null references users (id),
    asked_by uuid references users (id),
    asked_at bigint not null
);
create index recruiting_asks_target_id on recruiting_asks (target_id);
create index recruiting_asks_account_id on recruiting_asks (account_id);
create index recruiting_asks_asked_at on recruiting_asks (asked_at);
create index recruiting_asks_owner_id on recruiting_asks (owner_id);
create index recruiting_asks_asked_by on recruiting_asks (asked_by);
