-- What press, analysts, events and marketing will ask advocates for, on a day that is known.
create table needs (
    id uuid primary key not null,
    version bigint not null,
    kind text not null,
    title text not null,
    activity text not null,
    wanted bigint not null,
    need_on text not null,
    account_id uuid references accounts (id),
    note text,
    calendar_uid text,
    owner_id uuid references users (id),
    created_at bigint not null,
    closed_at bigint,
    close_reason text
);
create index needs_need_on on needs (need_on, id);
create index needs_account_id on needs (account_id);
create unique index needs_calendar_uid on needs (calendar_uid) where calendar_uid is not null;
