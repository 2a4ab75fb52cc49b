-- Pairs of records that are probably the same one, as the last look found them; a pair that somebody
-- told apart stays told apart.
create table duplicate_pairs (
    record_kind text not null,
    one_id uuid not null,
    other_id uuid not null,
    score bigint not null,
    reasons text not null,
    found_at bigint not null,
    dismissed_by uuid references users (id),
    dismissed_at bigint,
    primary key (record_kind, one_id, other_id)
);
create index duplicate_pairs_open on duplicate_pairs (score, one_id, other_id) where dismissed_at is null;

-- A record that went into another one: its row and everything that the undo needs, and the marks by
-- which files go on to name it.
create table merges (
    id uuid primary key not null,
    record_kind text not null,
    winner_id uuid not null,
    loser_id uuid not null,
    external_id text,
    name_folded text not null,
    mark text,
    body text not null,
    merged_by uuid references users (id),
    merged_at bigint not null,
    undone_at bigint
);
create unique index merges_loser_id on merges (record_kind, loser_id) where undone_at is null;
create index merges_winner_id on merges (record_kind, winner_id) where undone_at is null;
create index merges_external_id on merges (external_id) where undone_at is null;
create index merges_name_folded on merges (name_folded) where undone_at is null;
create index merges_mark on merges (mark) where undone_at is null;
create index merges_merged_at on merges (merged_at, id);
