-- The link to the content that answered a request in place of a customer.
alter table requests add column share_id uuid references shares (id);
create index requests_share_id on requests (share_id);
