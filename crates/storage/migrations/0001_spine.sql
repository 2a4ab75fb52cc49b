-- One text for both engines: identifiers are uuid, instants bigint microseconds UTC, dates text
-- YYYY-MM-DD, money bigint minor units beside its currency, json kept as text.

create table log_head (
    id bigint primary key not null,
    position bigint not null,
    digest text not null
);
insert into log_head (id, position, digest)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The chained row holds no name, address or value: those stand in event_details, which erasure deletes.
create table events (
    position bigint primary key not null,
    at bigint not null,
    actor_kind text not null,
    actor_id uuid,
    action text not null,
    record_kind text not null,
    record_id uuid not null,
    detail_digest text not null,
    digest text not null
);

create table event_details (
    position bigint primary key not null references events (position),
    salt text not null,
    body text not null
);

-- On whose timelines an event shows, the record itself included.
create table event_links (
    record_kind text not null,
    record_id uuid not null,
    position bigint not null references events (position),
    primary key (record_kind, record_id, position)
);
create index event_links_position on event_links (position);

create table users (
    id uuid primary key not null,
    version bigint not null,
    external_id text,
    email text,
    name text not null,
    name_folded text not null,
    password_hash text,
    roles text not null,
    team text,
    manager_id uuid references users (id) deferrable initially deferred,
    is_active boolean not null,
    is_demo boolean not null,
    created_at bigint not null
);
create unique index users_email on users (email) where email is not null;
create unique index users_external_id on users (external_id) where external_id is not null;
create index users_name_folded on users (name_folded);
create index users_manager_id on users (manager_id);

create table sessions (
    id uuid primary key not null,
    token_hash text not null,
    user_id uuid not null references users (id),
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint
);
create unique index sessions_token_hash on sessions (token_hash);
create index sessions_user_id on sessions (user_id);

create table api_tokens (
    id uuid primary key not null,
    user_id uuid not null references users (id),
    name text not null,
    token_hash text not null,
    scopes text not null,
    expires_on text not null,
    created_at bigint not null,
    seen_at bigint,
    revoked_at bigint
);
create unique index api_tokens_token_hash on api_tokens (token_hash);
create index api_tokens_user_id on api_tokens (user_id);

-- Token buckets: thousandths of an attempt left at an instant.
create table rate_buckets (
    name text primary key not null,
    milli_left bigint not null,
    at bigint not null
);

create table idempotency_keys (
    owner text not null,
    idempotency_key text not null,
    operation text not null,
    body_digest text not null,
    record_id uuid not null,
    created_at bigint not null,
    primary key (owner, idempotency_key)
);

create table settings (
    name text primary key not null,
    version bigint not null,
    body text not null,
    updated_at bigint not null
);

create table facets (
    id uuid primary key not null,
    version bigint not null,
    facet_key text not null,
    name text not null,
    is_ordinal boolean not null,
    position bigint not null
);
create unique index facets_facet_key on facets (facet_key);

create table terms (
    id uuid primary key not null,
    version bigint not null,
    facet_id uuid not null references facets (id),
    parent_id uuid references terms (id) deferrable initially deferred,
    term_key text,
    name text not null,
    name_folded text not null,
    rank bigint,
    list_minor bigint,
    list_currency text,
    merged_into_id uuid references terms (id) deferrable initially deferred,
    retired_at bigint
);
create index terms_facet_id on terms (facet_id, name_folded);

-- Another way to write a term; also how a CRM value is mapped to it.
create table term_synonyms (
    facet_id uuid not null references facets (id),
    folded text not null,
    written text not null,
    term_id uuid not null references terms (id),
    primary key (facet_id, folded)
);
create index term_synonyms_term_id on term_synonyms (term_id);

-- A value as it came, and the term it stands for; without a term it is unmapped, and is kept.
create table tags (
    record_kind text not null,
    record_id uuid not null,
    facet_id uuid not null references facets (id),
    folded text not null,
    written text not null,
    term_id uuid references terms (id),
    primary key (record_kind, record_id, facet_id, folded)
);
create index tags_term_id on tags (term_id);
create index tags_unmapped on tags (facet_id, folded) where term_id is null;

create table accounts (
    id uuid primary key not null,
    version bigint not null,
    guard bigint not null,
    external_id text,
    name text not null,
    name_folded text not null,
    domain text,
    owner_id uuid references users (id),
    owner_written text,
    parent_id uuid references accounts (id) deferrable initially deferred,
    parent_written text,
    employees bigint,
    revenue_minor bigint,
    revenue_currency text,
    health bigint,
    nps bigint,
    customer_since text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index accounts_external_id on accounts (external_id) where external_id is not null;
create index accounts_name_folded on accounts (name_folded);
create index accounts_domain on accounts (domain);
create index accounts_owner_id on accounts (owner_id);
create index accounts_parent_id on accounts (parent_id);

create table account_locks (
    id uuid primary key not null,
    account_id uuid not null references accounts (id),
    reason text not null,
    note text,
    from_on text not null,
    until_on text,
    locked_by uuid references users (id),
    lifted_at bigint
);
create index account_locks_account_id on account_locks (account_id);

create table account_relations (
    account_id uuid not null references accounts (id),
    other_id uuid not null references accounts (id),
    relation text not null,
    primary key (account_id, other_id, relation)
);

create table contacts (
    id uuid primary key not null,
    version bigint not null,
    external_id text,
    account_id uuid references accounts (id),
    account_written text,
    name text not null,
    name_folded text not null,
    email text,
    phone text,
    title text,
    time_zone text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index contacts_external_id on contacts (external_id) where external_id is not null;
create unique index contacts_email on contacts (email) where email is not null;
create index contacts_account_id on contacts (account_id, name_folded);
create index contacts_name_folded on contacts (name_folded);

create table opportunities (
    id uuid primary key not null,
    version bigint not null,
    external_id text,
    name text not null,
    name_folded text not null,
    account_id uuid references accounts (id),
    account_written text,
    owner_id uuid references users (id),
    owner_written text,
    status text not null,
    kind text not null,
    stage text,
    stage_written text,
    amount_minor bigint,
    currency text,
    list_minor bigint,
    created_on text,
    reference_stage_on text,
    close_on text,
    not_needed_reason text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index opportunities_external_id on opportunities (external_id) where external_id is not null;
create index opportunities_account_id on opportunities (account_id);
create index opportunities_owner_id on opportunities (owner_id, status);
create index opportunities_status on opportunities (status, close_on);

create table advocates (
    id uuid primary key not null,
    version bigint not null,
    contact_id uuid not null references contacts (id),
    status text not null,
    status_reason text,
    headline text,
    story text,
    topics_can text not null,
    topics_cannot text not null,
    limit_per_year bigint,
    limit_per_quarter bigint,
    is_restricted boolean not null,
    notes text,
    source text,
    nominated_by uuid references users (id),
    verified_on text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index advocates_contact_id on advocates (contact_id);
create index advocates_status on advocates (status);

create table advocate_activities (
    advocate_id uuid not null references advocates (id),
    activity text not null,
    limit_per_year bigint,
    primary key (advocate_id, activity)
);

create table outcomes (
    advocate_id uuid not null references advocates (id),
    position bigint not null,
    statement text not null,
    value text,
    unit text,
    primary key (advocate_id, position)
);

-- Accounts an advocate will not speak to.
create table no_go_accounts (
    advocate_id uuid not null references advocates (id),
    account_id uuid not null references accounts (id),
    primary key (advocate_id, account_id)
);

-- Append-only; the order is the order of the ids.
create table consents (
    id uuid primary key not null,
    advocate_id uuid not null references advocates (id),
    kind text not null,
    activity text,
    channel text not null,
    text_version text not null,
    valid_from text not null,
    valid_until text,
    recorded_by uuid references users (id),
    recorded_at bigint not null
);
create index consents_advocate_id on consents (advocate_id, id);

create table content (
    id uuid primary key not null,
    version bigint not null,
    external_id text,
    title text not null,
    title_folded text not null,
    kind text not null,
    status text not null,
    stage text,
    url text,
    body text,
    advocate_id uuid references advocates (id),
    account_id uuid references accounts (id),
    expires_on text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index content_external_id on content (external_id) where external_id is not null;
create index content_advocate_id on content (advocate_id);
create index content_account_id on content (account_id);
create index content_title_folded on content (title_folded);

create table requests (
    id uuid primary key not null,
    version bigint not null,
    opportunity_id uuid references opportunities (id),
    requester_id uuid not null references users (id),
    activity text not null,
    need_by text not null,
    wanted bigint not null,
    note text,
    criteria text not null,
    status text not null,
    is_rush boolean not null,
    unfilled_reason text,
    created_at bigint not null,
    closed_at bigint
);
create index requests_requester_id on requests (requester_id, id);
create index requests_opportunity_id on requests (opportunity_id);
create index requests_status on requests (status);

create table candidates (
    id uuid primary key not null,
    version bigint not null,
    request_id uuid not null references requests (id),
    advocate_id uuid not null references advocates (id),
    account_id uuid not null references accounts (id),
    position bigint not null,
    state text not null,
    activity text not null,
    planned_on text not null,
    owner_id uuid references users (id),
    due_on text,
    declined_by text,
    reason text,
    override_reason text,
    is_self_approval boolean not null,
    owner_asked_at bigint,
    advocate_asked_at bigint,
    accepted_at bigint,
    scheduled_at bigint,
    done_at bigint,
    closed_at bigint
);
create index candidates_request_id on candidates (request_id);
create index candidates_advocate_id on candidates (advocate_id);
create index candidates_account_id on candidates (account_id, state);
create index candidates_owner_id on candidates (owner_id, state);

create table uses (
    id uuid primary key not null,
    version bigint not null,
    external_id text,
    candidate_id uuid references candidates (id),
    advocate_id uuid not null references advocates (id),
    account_id uuid not null references accounts (id),
    activity text not null,
    opportunity_id uuid references opportunities (id),
    used_on text not null,
    outcome text,
    grade_seller bigint,
    grade_advocate bigint,
    grade_buyer bigint,
    comment text,
    recorded_by uuid references users (id),
    created_at bigint not null
);
create unique index uses_external_id on uses (external_id) where external_id is not null;
create unique index uses_candidate_id on uses (candidate_id) where candidate_id is not null;
create index uses_advocate_id on uses (advocate_id, used_on);
create index uses_account_id on uses (account_id, used_on);
create index uses_opportunity_id on uses (opportunity_id, used_on);

-- Signed links to people without a login; only the hash is kept.
create table answer_links (
    id uuid primary key not null,
    token_hash text not null,
    purpose text not null,
    candidate_id uuid not null references candidates (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create unique index answer_links_token_hash on answer_links (token_hash);
create index answer_links_candidate_id on answer_links (candidate_id);

create table notices (
    id uuid primary key not null,
    user_id uuid not null references users (id),
    class text not null,
    title text not null,
    body text not null,
    path text not null,
    created_at bigint not null,
    read_at bigint
);
create index notices_user_id on notices (user_id, id);

create table jobs (
    id uuid primary key not null,
    kind text not null,
    payload text not null,
    run_at bigint not null,
    attempts bigint not null,
    claimed_until bigint,
    done_at bigint,
    dead_at bigint,
    last_error text,
    created_at bigint not null
);
create index jobs_waiting on jobs (run_at) where done_at is null and dead_at is null;

create table import_mappings (
    id uuid primary key not null,
    version bigint not null,
    name text not null,
    kind text not null,
    body text not null,
    created_by uuid references users (id),
    created_at bigint not null
);
create unique index import_mappings_name on import_mappings (name);

create table imports (
    id uuid primary key not null,
    version bigint not null,
    file_name text not null,
    file_digest text not null,
    kind text not null,
    status text not null,
    mapping text not null,
    row_count bigint not null,
    rows_done bigint not null,
    report text not null,
    created_by uuid references users (id),
    created_at bigint not null,
    finished_at bigint
);

create table import_chunks (
    import_id uuid not null references imports (id),
    position bigint not null,
    body bytea not null,
    primary key (import_id, position)
);

create table unmet_searches (
    id uuid primary key not null,
    user_id uuid references users (id),
    opportunity_id uuid references opportunities (id),
    criteria text not null,
    amount_minor bigint,
    currency text,
    at bigint not null
);
