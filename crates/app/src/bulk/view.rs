//! Changes of many records as people see them.

use domain::{
    bulk::BulkState,
    id::{BulkChangeId, UserId},
    time::Timestamp,
};
use import::kind::Kind;
use serde::Serialize;
use storage::{
    bulk_change::{self, BulkChange},
    user,
};
use uuid::Uuid;

use super::{
    BulkExample, BulkField, BulkPreview, EXAMPLES_MAX, Plan, Refused, UNDO_DAYS, WhyRefused,
};
use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    error::Error,
    import::desk::Desk,
    listing::List,
    policy::{self, Permission},
};

/// A change of many records that was made.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = BulkChange)]
pub struct BulkChangeView {
    pub id: BulkChangeId,
    pub version: i64,
    /// The list whose records were changed.
    pub list: String,
    pub change: BulkField,
    /// The owner or manager that was given, where one was.
    pub owner_name: Option<String>,
    /// The names of the terms that were added or taken off.
    pub term_names: Vec<String>,
    pub state: BulkState,
    /// Records that were asked for, and how many of them were looked at so far.
    pub total: u64,
    pub looked: u64,
    /// Why it broke off.
    pub problem: Option<String>,
    /// Records that it changed.
    pub changed: u64,
    pub made_by: Option<String>,
    pub made_at: Timestamp,
    /// The last instant at which it can be taken back.
    pub until: Timestamp,
    pub can_undo: bool,
    pub undone_at: Option<Timestamp>,
    /// Records that somebody changed again before it was taken back, and so stayed.
    pub left: Option<u64>,
}

/// The changes of the last 30 days, the newest first: all of them, or your own.
pub async fn list(app: &App, actor: &Actor) -> Result<List<BulkChangeView>, Error> {
    let scope = policy::require(actor, Permission::BulkEdit)?;
    let since = app.clock.now().plus_days(-UNDO_DAYS);
    let rows = bulk_change::recent(&app.store, &scope, since).await?;
    Ok(List::whole(views(app, rows).await?))
}

pub async fn get(app: &App, actor: &Actor, id: BulkChangeId) -> Result<BulkChangeView, Error> {
    let scope = policy::require(actor, Permission::BulkEdit)?;
    let row = bulk_change::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut view = views(app, vec![row]).await?;
    view.pop().ok_or(Error::NotFound)
}

async fn views(app: &App, rows: Vec<BulkChange>) -> Result<Vec<BulkChangeView>, Error> {
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let change = change_of(&row)?;
        read.push((row, change));
    }
    let owners = read.iter().filter_map(|(_, change)| given(change));
    let people = owners.chain(read.iter().filter_map(|(row, _)| row.made_by));
    let people = user::by_ids(&app.store, people.collect()).await?;
    let name = |id| people.get(&id).map(|user| PersonRef::from(user).name);
    let taxonomy = app.index.taxonomy(app).await?;
    let now = app.clock.now();
    let views = read.into_iter().map(|(row, change)| {
        let terms = match &change {
            BulkField::AddTerms { terms } | BulkField::RemoveTerms { terms } => terms.as_slice(),
            _ => &[],
        };
        let names = terms.iter().filter_map(|id| taxonomy.term(*id));
        let until = row.made_at.plus_days(UNDO_DAYS);
        let changed = number(row.changed);
        BulkChangeView {
            id: row.id,
            version: row.version,
            owner_name: given(&change).and_then(name),
            term_names: names.map(|term| term.name.clone()).collect(),
            list: row.list,
            change,
            changed,
            made_by: row.made_by.and_then(name),
            made_at: row.made_at,
            until,
            can_undo: row.undone_at.is_none()
                && now <= until
                && changed > 0
                && !matches!(row.state, BulkState::Running | BulkState::Undoing),
            undone_at: row.undone_at,
            left: row
                .undone_at
                .and(row.put_back)
                .map(|back| changed.saturating_sub(number(back))),
            state: row.state,
            total: number(row.total),
            looked: number(row.looked),
            problem: row.problem,
        }
    });
    Ok(views.collect())
}

fn number(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(super) fn unreadable() -> Error {
    Error::Broken("a bulk change holds what this program cannot read")
}

/// A change as it is kept.
pub(super) fn written(change: &BulkField) -> Result<String, Error> {
    serde_json::to_string(change).map_err(|_| Error::Broken("a bulk change cannot be written"))
}

pub(super) fn change_of(row: &BulkChange) -> Result<BulkField, Error> {
    serde_json::from_str(&row.change).map_err(|_| unreadable())
}

pub(super) fn list_of(row: &BulkChange) -> Result<Kind, Error> {
    row.list.parse().map_err(|_| unreadable())
}

/// Adds a part of what was looked at to the numbers.
pub(super) async fn count(
    app: &App,
    counted: &mut BulkPreview,
    list: Kind,
    plan: &Plan,
) -> Result<(), Error> {
    counted.total += plan.total;
    counted.changing += plan.changing.len() as u64;
    counted.unchanged += plan.unchanged;
    let shown = missing(&counted.examples, &plan.changing);
    let shown = examples(app, &plan.desk, list, shown).await?;
    counted.examples.extend(shown);
    for (why, ids) in &plan.refused {
        let at = counted.refused.iter().position(|one| one.why == *why);
        let at = at.unwrap_or_else(|| {
            counted.refused.push(Refused {
                why: *why,
                count: 0,
                examples: Vec::new(),
            });
            counted.refused.len() - 1
        });
        let Some(refused) = counted.refused.get_mut(at) else {
            continue;
        };
        refused.count += ids.len() as u64;
        if *why != WhyRefused::OutOfReach {
            let shown = missing(&refused.examples, ids);
            let shown = examples(app, &plan.desk, list, shown).await?;
            refused.examples.extend(shown);
        }
    }
    counted.refused.sort_by_key(|one| one.why);
    Ok(())
}

/// The first of these records, as many as are still to be named.
fn missing<'i>(named: &[BulkExample], ids: &'i [Uuid]) -> &'i [Uuid] {
    let count = EXAMPLES_MAX.saturating_sub(named.len());
    ids.get(..count).unwrap_or(ids)
}

/// The colleague that the records are given to.
fn given(change: &BulkField) -> Option<UserId> {
    match change {
        BulkField::Owner { owner_id } => *owner_id,
        BulkField::Manager { manager_id } => *manager_id,
        _ => None,
    }
}

/// Some records by name.
async fn examples(
    app: &App,
    desk: &Desk,
    list: Kind,
    ids: &[Uuid],
) -> Result<Vec<BulkExample>, Error> {
    let contact_of = |id: &Uuid| desk.advocates.row(*id).map(|row| row.contact_id);
    let people = ids.iter().filter_map(contact_of).collect();
    let people = storage::contact::by_ids(&app.store, people).await?;
    let name = |id: &Uuid| match list {
        Kind::Accounts => desk.accounts.row(*id).map(|row| row.name.clone()),
        Kind::Contacts => desk.contacts.row(*id).map(|row| row.name.clone()),
        Kind::Opportunities => desk.opportunities.row(*id).map(|row| row.name.clone()),
        Kind::Advocates => contact_of(id).and_then(|id| Some(people.get(&id)?.name.clone())),
        Kind::Users => desk.users.row(*id).map(|row| row.name.clone()),
        Kind::Content | Kind::Uses | Kind::Terms => {
            desk.content.row(*id).map(|row| row.title.clone())
        }
    };
    let named = ids.iter().filter_map(|id| {
        Some(BulkExample {
            id: *id,
            name: name(id)?,
        })
    });
    Ok(named.collect())
}
