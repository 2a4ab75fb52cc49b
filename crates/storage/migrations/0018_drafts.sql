-- What a request asks for that is not sent yet, as it was typed.
alter table requests add column draft text;
