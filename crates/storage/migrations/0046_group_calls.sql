-- The use that serves several deals, named by the candidate that it began with: it counts once.
alter table candidates add column call_id uuid;
create index candidates_call_id on candidates (call_id) where call_id is not null;
alter table uses add column call_id uuid;
