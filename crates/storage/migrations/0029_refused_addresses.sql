-- The address of a contact that a mail server refused for good, and when. The refusal holds while it is
-- the address that the contact has.

alter table contacts add column refused_email text;
alter table contacts add column refused_on text;
