//! A row of each table that nothing else in these tests fills.

/// Tables of which any row will do: name, columns, values.
pub const BARE_ROWS: [(&str, &str, &str); 38] = [
    (
        "sessions",
        "id, token_hash, user_id, created_at, seen_at, expires_at",
        "$ID, 's', $ID, 1, 2, 3",
    ),
    (
        "api_tokens",
        "id, user_id, name, token_hash, scopes, expires_on, created_at",
        "$ID, $ID, 'n', 't', 'match', '2027-01-01', 1",
    ),
    (
        "appointments",
        "id, version, candidate_id, slots, time_zone, minutes, changed_at",
        "$ID, 1, $ID, '', 'UTC', 30, 1",
    ),
    (
        "answer_links",
        "id, token_hash, purpose, candidate_id, created_at, expires_at",
        "$ID, 'h', 'ask', $ID, 1, 2",
    ),
    (
        "notices",
        "id, user_id, class, title, body, path, created_at",
        "$ID, $ID, 'ask', 't', '', '/', 1",
    ),
    (
        "jobs",
        "id, kind, payload, run_at, attempts, created_at",
        "$ID, 'greet', '{}', 1, 0, 1",
    ),
    (
        "import_mappings",
        "id, version, name, kind, body, created_at",
        "$ID, 1, 'n', 'accounts', '{}', 1",
    ),
    (
        "imports",
        "id, version, file_name, file_digest, kind, status, mapping, row_count, rows_done, report, created_at",
        "$ID, 1, 'f', 'd', 'accounts', 'done', '{}', 1, 1, '{}', 1",
    ),
    (
        "import_chunks",
        "import_id, position, body",
        "$ID, 0, x'00ff10'",
    ),
    (
        "content_files",
        "id, content_id, name, media_type, byte_count, digest, created_at",
        "$ID, $ID, 'n', 'application/pdf', 3, 'd', 1",
    ),
    (
        "content_file_pieces",
        "file_id, position, body",
        "$ID, 0, x'00ff10'",
    ),
    (
        "shares",
        "id, version, content_id, opportunity_id, token_hash, expires_on, created_at, opening_count",
        "$ID, 1, $ID, $ID, 'h', '2026-12-01', 1, 0",
    ),
    ("share_views", "id, share_id, started_at", "$ID, $ID, 1"),
    (
        "saved_searches",
        "id, version, user_id, name, ask, alerts, known, created_at",
        "$ID, 1, $ID, 'n', '{}', true, '[]', 1",
    ),
    (
        "list_views",
        "id, version, user_id, list, name, state, is_shared, created_at",
        "$ID, 1, $ID, 'accounts', 'n', '{}', true, 1",
    ),
    ("list_view_pins", "user_id, view_id", "$ID, $ID"),
    (
        "profile_checks",
        "advocate_id, part, verified_on",
        "$ID, 'story', '2026-12-01'",
    ),
    (
        "plan_versions",
        "id, why, body, saved_at",
        "$ID, 'w', '{}', 1",
    ),
    (
        "needs",
        "id, version, kind, title, activity, wanted, need_on, created_at",
        "$ID, 1, 'event', 't', 'speaking', 1, '2026-12-01', 1",
    ),
    (
        "digests",
        "user_id, is_on, at_hour, time_zone",
        "$ID, true, 8, 'UTC'",
    ),
    (
        "mutes",
        "user_id, path, notice_id, made_at",
        "$ID, '/', $ID, 1",
    ),
    (
        "muted_kinds",
        "user_id, update_kind, made_at",
        "$ID, 'hold', 1",
    ),
    (
        "put_offs",
        "reason, record_id, until_on, owner_asked, made_at",
        "'stale', $ID, '2026-12-01', false, 1",
    ),
    (
        "holds",
        "id, version, opportunity_id, advocate_id, account_id, activity, state, planned_on, expires_on, close_on, held_by, created_at",
        "$ID, 1, $ID, $ID, $ID, 'reference_call', 'held', '2026-12-01', '2026-11-01', '2026-12-31', $ID, 1",
    ),
    (
        "comments",
        "id, record_kind, record_id, author_id, body, written_at",
        "$ID, 'account', $ID, $ID, 'b', 1",
    ),
    (
        "scenarios",
        "id, version, name, body, saved_at",
        "$ID, 1, 'n', '{}', 1",
    ),
    (
        "growth_goals",
        "id, version, name, body, saved_at",
        "$ID, 1, 'n', '{}', 1",
    ),
    (
        "recruiting_targets",
        "id, version, facets, segment, is_broad, activity, wanted, worth_minor, currency, created_at",
        "$ID, 1, 'industry', 's', true, 'reference_call', 1, 1, 'USD', 1",
    ),
    (
        "recruiting_nominees",
        "advocate_id, target_id, nominated_at",
        "$ID, $ID, 1",
    ),
    (
        "recruiting_asks",
        "id, target_id, account_id, owner_id, asked_at",
        "$ID, $ID, $ID, $ID, 1",
    ),
    (
        "duplicate_pairs",
        "record_kind, one_id, other_id, score, reasons, found_at",
        "'account', $ID, $ID, 1, '[]', 1",
    ),
    (
        "merges",
        "id, record_kind, winner_id, loser_id, name_folded, body, merged_at",
        "$ID, 'account', $ID, $ID, 'n', '', 1",
    ),
    (
        "bulk_changes",
        "id, version, list, change, changed, made_at, state, total, looked",
        "$ID, 1, 'accounts', '{}', 1, 1, 'done', 1, 1",
    ),
    (
        "backups",
        "id, made_at, byte_count, row_count, place",
        "$ID, 1, 1, 1, 'folder'",
    ),
    (
        "bulk_change_pieces",
        "change_id, position, records",
        "$ID, 0, '[]'",
    ),
    (
        "trash",
        "id, record_kind, record_id, name, body, trashed_at",
        "$ID, 'account', $ID, 'n', '{}', 1",
    ),
    (
        "trash_file_pieces",
        "trash_id, position, body",
        "$ID, 0, x'00ff10'",
    ),
    ("unmet_searches", "id, criteria, at", "$ID, '{}', 1"),
];
