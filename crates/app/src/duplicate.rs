//! Records that are probably the same one: the look for them, the queue, and telling two apart.
//!
//! A look reads every account and contact once and keeps the surest pairs; the queue is what the last
//! look found. Two records that a person told apart stay told apart.

mod likeness;
pub mod merge;
mod whole;

pub(crate) use whole::Whole;

use std::collections::{HashMap, HashSet};

use domain::{
    id::{AccountId, ContactId},
    record::{Action, RecordKind},
    text::EmailAddress,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use storage::{
    NewEvent,
    duplicate::{self, Pair, Place},
    page::{Cursor, Key, Listed, Page},
};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    policy::{self, Permission},
};
use likeness::Likely;
pub use likeness::Reason;

/// Records of a kind that one look reads.
const RECORDS_MAX: i64 = 1_000_000;

/// The kinds of record in which duplicates are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DuplicateKind)]
pub enum Kind {
    Account,
    Contact,
}

impl Kind {
    pub(crate) fn record(self) -> RecordKind {
        match self {
            Self::Account => RecordKind::Account,
            Self::Contact => RecordKind::Contact,
        }
    }
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DuplicateLook)]
pub struct LookView {
    /// Pairs of accounts and of contacts that wait now.
    pub accounts: u64,
    pub contacts: u64,
}

/// Looks for duplicates among all accounts and contacts, and replaces the queue.
pub async fn look(app: &App, actor: &Actor) -> Result<LookView, Error> {
    policy::require(actor, Permission::RecordMerge)?;
    look_anew(app, actor).await
}

/// The look itself; an import does it when it brought records.
pub(crate) async fn look_anew(app: &App, actor: &Actor) -> Result<LookView, Error> {
    let accounts = duplicate::accounts(&app.store, RECORDS_MAX).await?;
    let contacts = duplicate::contacts(&app.store, RECORDS_MAX).await?;
    let compare = move || {
        let accounts: Vec<Likely> = accounts.into_iter().map(company).collect();
        let contacts: Vec<Likely> = contacts.into_iter().map(person).collect();
        (likeness::accounts(&accounts), likeness::contacts(&contacts))
    };
    let compared = tokio::task::spawn_blocking(compare).await;
    let (accounts, contacts) =
        compared.map_err(|_| Error::Broken("looking for duplicates stopped"))?;
    let tx = app.begin(actor).await?;
    for (kind, found) in [
        (RecordKind::Account, accounts),
        (RecordKind::Contact, contacts),
    ] {
        let rows = found.into_iter().map(|pair| row(kind, pair, tx.now()));
        duplicate::replace(&tx, kind, rows.collect()).await?;
    }
    tx.commit().await?;
    Ok(LookView {
        accounts: duplicate::open_total(&app.store, RecordKind::Account).await?,
        contacts: duplicate::open_total(&app.store, RecordKind::Contact).await?,
    })
}

fn company(row: duplicate::Likely) -> Likely {
    Likely {
        id: row.id,
        name_folded: row.name_folded,
        domain: row.mark,
        account: None,
    }
}

fn person(row: duplicate::Likely) -> Likely {
    let email: Option<EmailAddress> = row.mark.and_then(|mark| mark.parse().ok());
    Likely {
        id: row.id,
        name_folded: row.name_folded,
        domain: email.map(|email| email.domain().to_owned()),
        account: row.account_id,
    }
}

fn row(record_kind: RecordKind, pair: likeness::Pair, found_at: Timestamp) -> Pair {
    let reasons: Vec<&str> = pair.reasons.iter().map(|reason| reason.as_str()).collect();
    Pair {
        record_kind,
        one_id: pair.one,
        other_id: pair.other,
        score: i64::from(pair.score),
        reasons: reasons.join(","),
        found_at,
        dismissed_by: None,
        dismissed_at: None,
    }
}

/// One of two records that are probably the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DuplicateSide)]
pub struct SideView {
    pub id: Uuid,
    pub name: String,
    /// The web domain of an account; job title and e-mail address of a contact.
    pub about: Vec<String>,
    /// The account of a contact.
    pub account: Option<String>,
}

/// Two records that are probably the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Duplicate)]
pub struct DuplicateView {
    pub kind: Kind,
    /// From 1 to 99.
    pub score: i64,
    pub reasons: Vec<Reason>,
    pub one: SideView,
    pub other: SideView,
}

/// Where a reader of the queue stopped: no id alone names a pair.
fn place(cursor: &Cursor) -> Option<Place> {
    let Key::Text(key) = &cursor.key else {
        return None;
    };
    let (score, one) = key.split_once(' ')?;
    Some((score.parse().ok()?, one.parse().ok()?, cursor.id))
}

fn cursor(pair: &Pair) -> Cursor {
    Cursor {
        key: Key::Text(format!("{} {}", pair.score, pair.one_id)),
        id: pair.other_id,
    }
}

/// The pairs of a kind that wait, the surest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    kind: Kind,
    page: &Page,
) -> Result<List<DuplicateView>, Error> {
    policy::require(actor, Permission::RecordMerge)?;
    let after = match &page.after {
        Some(after) => Some(place(after).ok_or_else(listing::foreign_cursor)?),
        None => None,
    };
    let mut pairs = duplicate::open(&app.store, kind.record(), after, page.limit + 1).await?;
    let more = pairs.len() as u64 > page.limit;
    pairs.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    let next = pairs.last().filter(|_| more).map(cursor);
    let total = duplicate::open_total(&app.store, kind.record()).await?;
    Ok(List::from_listed(Listed {
        items: views(app, kind, pairs).await?,
        total,
        next,
    }))
}

async fn views(app: &App, kind: Kind, pairs: Vec<Pair>) -> Result<Vec<DuplicateView>, Error> {
    let ids: HashSet<Uuid> = pairs
        .iter()
        .flat_map(|pair| [pair.one_id, pair.other_id])
        .collect();
    let sides = sides(app, kind, ids).await?;
    let views = pairs.into_iter().filter_map(|pair| {
        Some(DuplicateView {
            kind,
            score: pair.score,
            reasons: pair.reasons.split(',').filter_map(Reason::named).collect(),
            one: sides.get(&pair.one_id).cloned()?,
            other: sides.get(&pair.other_id).cloned()?,
        })
    });
    Ok(views.collect())
}

/// The records of pairs by id, in a fixed number of queries.
async fn sides(
    app: &App,
    kind: Kind,
    ids: HashSet<Uuid>,
) -> Result<HashMap<Uuid, SideView>, Error> {
    if kind == Kind::Account {
        let ids = ids.into_iter().map(AccountId).collect();
        let rows = storage::account::by_ids(&app.store, ids).await?;
        let side = |row: storage::account::Account| SideView {
            id: row.id.0,
            name: row.name,
            about: row.domain.into_iter().collect(),
            account: None,
        };
        return Ok(rows
            .into_values()
            .map(|row| (row.id.0, side(row)))
            .collect());
    }
    let ids = ids.into_iter().map(ContactId).collect();
    let rows = storage::contact::by_ids(&app.store, ids).await?;
    let of = rows.values().filter_map(|row| row.account_id).collect();
    let accounts = storage::account::by_ids(&app.store, of).await?;
    let side = |row: storage::contact::Contact| SideView {
        id: row.id.0,
        name: row.name,
        about: row
            .title
            .into_iter()
            .chain(row.email.map(|email| email.to_string()))
            .collect(),
        account: row
            .account_id
            .and_then(|id| accounts.get(&id))
            .map(|account| account.name.clone()),
    };
    Ok(rows
        .into_values()
        .map(|row| (row.id.0, side(row)))
        .collect())
}

/// Two records of a kind, in either order.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DuplicatePair)]
pub struct PairInput {
    pub kind: Kind,
    pub one: Uuid,
    pub other: Uuid,
}

/// Remembers that two records are not the same; they do not come back.
pub async fn dismiss(app: &App, actor: &Actor, pair: PairInput) -> Result<(), Error> {
    policy::require(actor, Permission::RecordMerge)?;
    let kind = pair.kind.record();
    let (one, other) = (pair.one.min(pair.other), pair.one.max(pair.other));
    let mut tx = app.begin(actor).await?;
    if !duplicate::dismiss(&tx, kind, (one, other), actor.user_id()).await? {
        return Err(Error::NotFound);
    }
    tx.record(
        NewEvent::new(Action::ToldApart, kind, one)
            .link(kind, other)
            .detail(serde_json::json!({ "not_the_same_as": other })),
    );
    Ok(tx.commit().await?)
}

/// Takes back that two records are not the same: they wait again.
pub async fn reinstate(app: &App, actor: &Actor, pair: PairInput) -> Result<(), Error> {
    policy::require(actor, Permission::RecordMerge)?;
    let kind = pair.kind.record();
    let (one, other) = (pair.one.min(pair.other), pair.one.max(pair.other));
    let mut tx = app.begin(actor).await?;
    if !duplicate::reinstate(&tx, kind, (one, other)).await? {
        return Err(Error::NotFound);
    }
    tx.record(
        NewEvent::new(Action::Undone, kind, one)
            .link(kind, other)
            .detail(serde_json::json!({ "not_the_same_as": other })),
    );
    Ok(tx.commit().await?)
}
