-- When a candidate's use takes place: the times on offer and the one that was picked. `sequence`
-- counts the calendar invitations, as RFC 5545 wants it; none until the first.
create table appointments (
    id uuid primary key not null,
    version bigint not null,
    candidate_id uuid not null references candidates (id),
    slots text not null,
    time_zone text not null,
    minutes bigint not null,
    place text,
    starts_at bigint,
    changed_at bigint not null,
    called_off_at bigint,
    sequence bigint,
    buyer_email text,
    remind_at bigint
);
create unique index appointments_candidate_id on appointments (candidate_id);
create index appointments_remind_at on appointments (remind_at);
