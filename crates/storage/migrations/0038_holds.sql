-- A use of a customer that is kept for a deal before it is asked for, and who waits for one.
create table holds (
    id uuid primary key not null,
    version bigint not null,
    opportunity_id uuid not null references opportunities (id),
    advocate_id uuid not null references advocates (id),
    account_id uuid not null references accounts (id),
    activity text not null,
    state text not null,
    planned_on text not null,
    expires_on text not null,
    close_on text not null,
    held_by uuid not null references users (id),
    created_at bigint not null,
    ended_at bigint,
    ended_because text
);
create index holds_opportunity_id on holds (opportunity_id);
create index holds_advocate_id on holds (advocate_id);
create index holds_account_id on holds (account_id, state);
create index holds_held_by on holds (held_by);
create index holds_created_at on holds (created_at, id) where ended_at is null;
