-- Which alarm the owner of a need was told of, and when it was last looked whether it raises one.
alter table needs add column alarm text;
alter table needs add column alarm_on text;
