-- Through whose eyes a session looks, and since when; it changes nothing while it does.
alter table sessions add column viewed_user_id uuid references users (id);
alter table sessions add column viewed_role text;
alter table sessions add column viewing_since bigint;
