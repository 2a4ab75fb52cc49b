-- The metric counts closed deals from the index alone, and the few that needed no reference by themselves.
drop index opportunities_status;
create index opportunities_status on opportunities (status, close_on, kind, owner_id, currency, amount_minor, id);
create index opportunities_not_needed on opportunities (close_on, kind, owner_id) where not_needed_reason is not null;
-- Lists that begin with the newest read it from the index instead of sorting everything.
create index advocates_created_at on advocates (created_at, id);
create index requests_created_at on requests (created_at, id);
