-- Through what and where a consent holds; everywhere where nothing is said. The column `channel` is how it reached us.
alter table consents add column use_channel text;
alter table consents add column region_id uuid references terms (id);
create index consents_region_id on consents (region_id) where region_id is not null;
