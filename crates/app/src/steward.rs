//! The steward queue: every record in the reader's reach that needs a person's eye, and why.
//!
//! Reads the facts in a fixed number of queries; when a reason holds is decided in the domain.

use std::collections::HashMap;

use domain::{
    access::Scope,
    id::{AdvocateId, ContactId, UserId},
    protection::Rules,
    record::RecordKind,
    steward::{self, ENDING_DAYS, OverLimit, StewardReason},
    time::Day,
};
use serde::Serialize;
use storage::{
    load::Burden,
    page::{Cursor, Key, Page},
    steward::{Ending, PutOff, Upkeep},
};
use uuid::Uuid;

use crate::{
    App,
    account::{AccountRef, PersonRef},
    actor::Actor,
    error::Error,
    listing::{self, List},
    load,
    policy::{self, Permission},
    setting,
};

mod acts;
mod names;
mod whole;

pub(crate) use whole::Whole;

pub use acts::{PutOffInput, ask_owner, put_off, take_back};

/// A record that was looked at and put off.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PutOff)]
pub struct PutOffView {
    /// The day on which it waits again.
    pub until: Day,
    pub on: Day,
    pub by: Option<PersonRef>,
    /// The relationship owner was asked to look.
    pub owner_asked: bool,
}

/// The contact behind a record, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ContactRef {
    pub id: ContactId,
    pub version: i64,
}

/// A record that needs a person's eye, for one reason.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StewardRow {
    pub reason: StewardReason,
    /// What waits: an advocate, a piece of content or an account.
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    /// The version of the record, for changing it from here.
    pub version: i64,
    pub name: String,
    /// The person behind an advocate, for changing what is known of them from here.
    pub contact: Option<ContactRef>,
    pub account: Option<AccountRef>,
    /// Who owns the relationship and works here.
    pub owner: Option<PersonRef>,
    /// The day since which the reason holds, where one is known.
    pub since: Option<Day>,
    /// The day that the reason is about: the address refused, last verified, last asked or used, the last day of a consent
    /// or of content, or the first without the contact. Absent where it never happened.
    pub on: Option<Day>,
    /// The windows that are past a limit.
    pub over: Vec<OverLimit>,
    pub put_off: Option<PutOffView>,
}

/// How many records wait for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = StewardCount)]
pub struct ReasonCount {
    pub reason: StewardReason,
    pub count: usize,
}

/// A page of the queue, beside what waits in all of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StewardQueue {
    #[serde(flatten)]
    pub page: List<StewardRow>,
    /// Every reason, whatever the page is narrowed to.
    pub counts: Vec<ReasonCount>,
    /// How many are put off.
    pub put_off: usize,
    /// Words that are no terms yet, for those who map them.
    pub unmapped: Option<u64>,
    /// Pairs that are probably one record, for those who merge them.
    pub duplicates: Option<u64>,
}

/// What the queue is asked for.
#[derive(Clone, Debug, Default)]
pub struct AskQueue {
    pub reason: Option<StewardReason>,
    /// What is put off, in place of what waits.
    pub put_off: bool,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// The queue: the most pressing reason first, in each what has waited longest.
pub async fn list(app: &App, actor: &Actor, ask: AskQueue) -> Result<StewardQueue, Error> {
    let scope = policy::require(actor, Permission::Steward)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let Both {
        now,
        later,
        put_offs,
    } = both(app, actor, &scope).await?;
    let counts = StewardReason::ALL.iter().map(|reason| ReasonCount {
        reason: *reason,
        count: now.iter().filter(|row| row.reason == *reason).count(),
    });
    let counts = counts.collect();
    let put_off = later.len();
    let chosen = chosen(if ask.put_off { later } else { now }, ask.reason);
    let part = part(chosen, &page)?;
    Ok(StewardQueue {
        page: List {
            items: names::views(app, actor, part.items, &put_offs).await?,
            total: part.total,
            next_cursor: part.next_cursor,
        },
        counts,
        put_off,
        unmapped: if policy::may(actor, Permission::TaxonomyEdit) {
            Some(storage::tag::unmapped_total(&app.store).await?)
        } else {
            None
        },
        duplicates: if policy::may(actor, Permission::RecordMerge) {
            Some(duplicates(app).await?)
        } else {
            None
        },
    })
}

/// What waits and what is put off, each unsorted.
struct Both {
    now: Vec<Waiting>,
    later: Vec<Waiting>,
    put_offs: PutOffs,
}

type PutOffs = HashMap<(StewardReason, Uuid), PutOff>;

async fn both(app: &App, actor: &Actor, scope: &Scope) -> Result<Both, Error> {
    let today = app.clock.today();
    let put_offs = storage::steward::put_offs(&app.store, today).await?;
    let put_offs: PutOffs = put_offs
        .into_iter()
        .map(|row| ((row.reason, row.record_id), row))
        .collect();
    let (later, now) = waiting(app, actor, scope, today)
        .await?
        .into_iter()
        .partition(|row| put_offs.contains_key(&(row.reason, row.id)));
    Ok(Both {
        now,
        later,
        put_offs,
    })
}

/// What waits for a reason, in the order of the queue.
fn chosen(mut rows: Vec<Waiting>, reason: Option<StewardReason>) -> Vec<Waiting> {
    rows.retain(|row| reason.is_none_or(|reason| row.reason == reason));
    rows.sort_by_cached_key(Waiting::place);
    rows
}

async fn duplicates(app: &App) -> Result<u64, Error> {
    let accounts = storage::duplicate::open_total(&app.store, RecordKind::Account).await?;
    let contacts = storage::duplicate::open_total(&app.store, RecordKind::Contact).await?;
    Ok(accounts + contacts)
}

/// A record with a reason, before names are put to it.
struct Waiting {
    reason: StewardReason,
    id: Uuid,
    version: i64,
    /// What it is called, unless policy decides on that.
    name: Option<String>,
    contact: Option<ContactRef>,
    account: Option<AccountRef>,
    owner: Option<UserId>,
    since: Option<Day>,
    on: Option<Day>,
    over: Vec<OverLimit>,
}

impl Waiting {
    /// Where it stands in the queue; what holds since nobody knows when stands last.
    fn place(&self) -> (String, Uuid) {
        let since = self
            .since
            .map_or_else(|| "never".to_owned(), |day| day.to_string());
        let rank = StewardReason::ALL
            .iter()
            .position(|one| *one == self.reason);
        (format!("{:02} {since}", rank.unwrap_or_default()), self.id)
    }
}

/// The rows after the one that was read last, which may have left the queue meanwhile.
fn part(rows: Vec<Waiting>, page: &Page) -> Result<List<Waiting>, Error> {
    let total = rows.len() as u64;
    let start = match &page.after {
        None => 0,
        Some(Cursor {
            key: Key::Text(key),
            id,
        }) => rows.partition_point(|row| row.place() <= (key.clone(), *id)),
        Some(_) => return Err(listing::foreign_cursor()),
    };
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > start.saturating_add(limit);
    let items: Vec<Waiting> = rows.into_iter().skip(start).take(limit).collect();
    let next = items.last().filter(|_| has_more).map(|last| {
        let (key, id) = last.place();
        listing::encode(&Cursor {
            key: Key::Text(key),
            id,
        })
    });
    Ok(List {
        items,
        total,
        next_cursor: next,
    })
}

async fn waiting(
    app: &App,
    actor: &Actor,
    scope: &Scope,
    today: Day,
) -> Result<Vec<Waiting>, Error> {
    let rules = setting::read::<Rules>(&app.store).await?.value;
    let soon = today.plus_days(ENDING_DAYS);
    let upkeep = storage::steward::advocates(&app.store, scope, soon).await?;
    let burdens = load::burdens(app, scope, &rules, today).await?;
    let burdens: HashMap<AdvocateId, Burden> = burdens
        .into_iter()
        .map(|row| (row.advocate_id, row))
        .collect();
    // Whoever cannot give content another last day has nothing to look at.
    let editable = policy::scope(actor, Permission::ContentEdit);
    let content = storage::steward::content(&app.store, &editable, soon).await?;
    let mut found: Vec<Waiting> = content
        .into_iter()
        .filter_map(|row| of_content(row, today))
        .collect();
    let mut unowned = HashMap::new();
    for row in &upkeep {
        if let Some(burden) = burdens.get(&row.advocate_id) {
            of_advocate(row, burden, &rules, today, &mut found);
        }
        if row.owner_id.is_none() {
            unowned.extend(of_account(row).map(|row| (row.id, row)));
        }
    }
    found.extend(unowned.into_values());
    Ok(found)
}

fn account_ref(id: Option<domain::id::AccountId>, name: Option<&String>) -> Option<AccountRef> {
    Some(AccountRef {
        id: id?,
        name: name?.clone(),
    })
}

fn of_content(row: Ending, today: Day) -> Option<Waiting> {
    Some(Waiting {
        reason: StewardReason::ContentEnding,
        id: row.content_id.0,
        version: row.version,
        name: Some(row.title),
        contact: None,
        account: account_ref(row.account_id, row.account_name.as_ref()),
        owner: row.owner_id,
        since: Some(steward::ending_since(row.expires_on, today)?),
        on: Some(row.expires_on),
        over: Vec::new(),
    })
}

fn of_account(row: &Upkeep) -> Option<Waiting> {
    let account = account_ref(row.account_id, row.account_name.as_ref())?;
    Some(Waiting {
        reason: StewardReason::OwnerGone,
        id: account.id.0,
        version: row.account_version?,
        name: Some(account.name.clone()),
        contact: None,
        account: Some(account),
        owner: None,
        since: None,
        on: None,
        over: Vec::new(),
    })
}

/// Every reason that holds for an advocate.
fn of_advocate(row: &Upkeep, burden: &Burden, rules: &Rules, today: Day, found: &mut Vec<Waiting>) {
    let joined = burden.joined_at.day();
    let mut add = |reason, since, on, over| {
        found.push(Waiting {
            reason,
            id: row.advocate_id.0,
            version: row.version,
            name: None,
            contact: Some(ContactRef {
                id: row.contact_id,
                version: row.contact_version,
            }),
            account: account_ref(row.account_id, row.account_name.as_ref()),
            owner: row.owner_id,
            since: Some(since),
            on,
            over,
        });
    };
    if let Some(left) = row.left_on
        && let Some(since) = steward::ending_since(left, today)
    {
        let since = if left <= today { left } else { since };
        add(StewardReason::Departed, since, Some(left), Vec::new());
        // Nothing else about them needs a look before somebody else speaks for the account.
        return;
    }
    if let Some(refused) = row.email_refused_on {
        add(
            StewardReason::AddressRefused,
            refused,
            Some(refused),
            Vec::new(),
        );
    }
    if let Some(until) = row.consent_until
        && let Some(since) = steward::ending_since(until, today)
    {
        add(StewardReason::ConsentEnding, since, Some(until), Vec::new());
    }
    let over = steward::over_limits(load::uses(burden), rules);
    if !over.is_empty() {
        let since = burden.last_used.unwrap_or(today);
        add(StewardReason::OverLimit, since, burden.last_used, over);
    }
    if let Some(since) = steward::stale_since(joined, row.verified_on, today) {
        add(StewardReason::Stale, since, row.verified_on, Vec::new());
    }
    let last = load::last_asked(burden);
    if let Some(since) = steward::never_asked_since(joined, last, today) {
        add(StewardReason::NeverAsked, since, last, Vec::new());
    }
}
