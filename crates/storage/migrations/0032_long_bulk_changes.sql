-- A change of very many records is made piece by piece: how far it is, of how many records, and where
-- taking it back stands in the log.
alter table bulk_changes add column state text not null default 'done';
alter table bulk_changes add column total bigint not null default 0;
alter table bulk_changes add column looked bigint not null default 0;
alter table bulk_changes add column undone_before bigint;
-- Why it broke off.
alter table bulk_changes add column problem text;
update bulk_changes set total = changed, looked = changed;

-- The records that a change has not come to yet: ids as JSON, a bounded number in a piece.
create table bulk_change_pieces (
    change_id uuid not null references bulk_changes (id),
    position bigint not null,
    records text not null,
    primary key (change_id, position)
);
