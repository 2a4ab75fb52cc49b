-- When somebody last confirmed a part of a reference profile; the profile itself keeps the day on
-- which all of it was confirmed.
create table profile_checks (
    advocate_id uuid not null references advocates (id),
    part text not null,
    verified_on text not null,
    primary key (advocate_id, part)
);
