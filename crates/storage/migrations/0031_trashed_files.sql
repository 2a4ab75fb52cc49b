-- The file of content in the trash, in the same pieces as before; what it is called stands with its record.
create table trash_file_pieces (
    trash_id uuid not null references trash (id),
    position bigint not null,
    body bytea not null,
    primary key (trash_id, position)
);
