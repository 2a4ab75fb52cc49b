-- An entry of the inbox that was put off until an instant, and threads that make no more updates. A
-- thread is the screen that its entries lead to; the entry it was muted from says what it is about.

alter table notices add column snoozed_until bigint;

create table mutes (
    user_id uuid not null references users (id),
    path text not null,
    notice_id uuid not null references notices (id),
    made_at bigint not null,
    primary key (user_id, path)
);
create index mutes_notice_id on mutes (notice_id);
