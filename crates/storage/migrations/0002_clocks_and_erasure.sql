-- Every open step has a clock: the day by which its holder should have acted, and the day on which
-- the holder was last reminded.
alter table requests add column due_on text;
alter table requests add column reminded_on text;
alter table candidates add column reminded_on text;

-- Proposed and next in line: asked when one before it says no or lets its time run out.
alter table candidates add column is_in_line boolean not null default false;

-- What is left of an erased person is a pseudonym under which uses keep counting.
alter table contacts add column erased_at bigint;
