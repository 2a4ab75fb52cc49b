-- Growth goals that the program team keeps: when, by how much, and whose deals.
create table growth_goals (
    id uuid primary key not null,
    version bigint not null,
    name text not null,
    body text not null,
    saved_by uuid references users (id),
    saved_at bigint not null
);
