-- How a use became known: through a request, logged by a colleague, or from a file.
alter table uses add column channel text not null default 'request';
update uses set channel = 'import' where candidate_id is null;
