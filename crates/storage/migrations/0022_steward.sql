-- What somebody looked at in the steward queue and put off until a day.

create table put_offs (
    reason text not null,
    record_id uuid not null,
    until_on text not null,
    owner_asked boolean not null,
    made_by uuid references users (id),
    made_at bigint not null,
    primary key (reason, record_id)
);
