-- The first day on which a contact does not work for the account any more.

alter table contacts add column left_on text;
