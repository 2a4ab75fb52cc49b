-- Approved content could always go to a buyer; what is for colleagues only says so from now on.
alter table content add column audience text not null default 'buyer';
-- The first day on which it may be used.
alter table content add column embargo_until text;

-- The one file of a piece of content. A file never changes: another one has another id.
create table content_files (
    id uuid primary key not null,
    content_id uuid not null references content (id),
    name text not null,
    media_type text not null,
    byte_count bigint not null,
    digest text not null,
    created_at bigint not null
);
create unique index content_files_content_id on content_files (content_id);

create table content_file_pieces (
    file_id uuid not null references content_files (id),
    position bigint not null,
    body bytea not null,
    primary key (file_id, position)
);

-- Content sent on a deal by a link; only the hash of the link is kept. Of openings there is a day and
-- a count, never who.
create table shares (
    id uuid primary key not null,
    version bigint not null,
    content_id uuid not null references content (id),
    opportunity_id uuid not null references opportunities (id),
    token_hash text not null,
    created_by uuid references users (id),
    expires_on text not null,
    created_at bigint not null,
    revoked_at bigint,
    opening_count bigint not null,
    first_opened_on text,
    last_opened_on text
);
create unique index shares_token_hash on shares (token_hash);
create index shares_content_id on shares (content_id);
create index shares_opportunity_id on shares (opportunity_id, first_opened_on);

-- A page that is being looked at, until it has been for long enough to count.
create table share_views (
    id uuid primary key not null,
    share_id uuid not null references shares (id),
    started_at bigint not null
);
create index share_views_started_at on share_views (started_at);
create index share_views_share_id on share_views (share_id);
