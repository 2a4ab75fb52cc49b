-- What planning keeps: plans with who saved them and why; a saved plan never changes.

create table plan_versions (
    id uuid primary key not null,
    why text not null,
    body text not null,
    saved_by uuid references users (id),
    saved_at bigint not null
);
