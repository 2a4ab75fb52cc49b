-- What-if scenarios: changes to the plan that people keep and share.
create table scenarios (
    id uuid primary key not null,
    version bigint not null,
    name text not null,
    body text not null,
    saved_by uuid references users (id),
    saved_at bigint not null
);
