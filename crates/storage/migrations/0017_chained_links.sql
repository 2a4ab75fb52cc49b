-- What an event is linked to beside its own record, under the chain too. Empty for the events of before,
-- whose digests were made without it.
alter table events add column links_digest text not null default '';
