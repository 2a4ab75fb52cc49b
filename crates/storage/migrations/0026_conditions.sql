-- What an owner says yes to: from which day on, and how.

alter table candidates add column not_before text;
alter table candidates add column owner_condition text;
