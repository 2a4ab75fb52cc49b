-- At which hour of which clock a person gets the daily letter about what is open, and the last day of
-- theirs that had one. Who chose nothing has a row from the first letter on.

create table digests (
    user_id uuid primary key not null references users (id),
    is_on boolean not null,
    at_hour bigint not null,
    time_zone text not null,
    sent_on text
);
