-- Why the program team asked although the deal had not passed a gate.
alter table requests add column override_reason text;
