-- Views of lists that people keep: filters, order and columns as the address of the list has them.
create table list_views (
    id uuid primary key not null,
    version bigint not null,
    user_id uuid not null references users (id),
    list text not null,
    name text not null,
    state text not null,
    is_shared boolean not null,
    created_at bigint not null
);
create index list_views_user_id on list_views (user_id, id);
create index list_views_shared on list_views (id) where is_shared;

-- Which views stand in whose navigation.
create table list_view_pins (
    user_id uuid not null references users (id),
    view_id uuid not null references list_views (id),
    primary key (user_id, view_id)
);
create index list_view_pins_view_id on list_view_pins (view_id);
