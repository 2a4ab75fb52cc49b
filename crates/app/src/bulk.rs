//! One change of many records of a list: looked at first, made in one write, taken back in one write.
//!
//! Decides which records it touches, and which stay and why; refuses to know how they were picked on
//! a screen. What each record was before stands in the event log, where an import leaves it too, and
//! the undo is the one of imports.

mod decide;
mod view;

use std::collections::{BTreeMap, HashSet};

use domain::{
    activity::Activity,
    id::{BulkChangeId, TermId, UserId},
    opportunity::DealStage,
    record::{Action, RecordKind},
    time::Day,
};
use import::kind::Kind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Source,
    bulk_change::{self, BulkChange},
    import_undo::{self, Place},
    reach,
};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    import::{
        desk::{Desk, Run},
        flush::{self, Origin},
        undo::{give_back, places},
    },
    listing::{self, Choice},
    policy::{self, Permission},
    taxonomy::Mapper,
};
use decide::{Checked, Verdict};
pub use view::{BulkChangeView, get, list};

/// Records in one change at most.
pub const RECORDS_MAX: usize = 5_000;
/// Days in which a change can be taken back.
pub const UNDO_DAYS: i64 = 30;
/// Records that a preview names.
const EXAMPLES_MAX: usize = 5;

/// What becomes of the records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "field", rename_all = "snake_case", deny_unknown_fields)]
pub enum BulkField {
    /// Accounts and deals get an owner; null for nobody.
    Owner { owner_id: Option<UserId> },
    /// Terms of one facet are added to those that a record has.
    AddTerms { terms: Vec<TermId> },
    /// Terms of one facet are taken off.
    RemoveTerms { terms: Vec<TermId> },
    /// Advocates are willing to do these, too.
    AddActivities { activities: Vec<Activity> },
    /// Advocates are not willing to do these any more.
    RemoveActivities { activities: Vec<Activity> },
    /// Content is for a stage of the deal; null for every stage.
    DealStage { stage: Option<DealStage> },
    /// The last day on which content may be used; null for no end.
    LastDay { expires_on: Option<Day> },
}

/// Which records, and what becomes of them.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    /// `accounts`, `contacts`, `advocates`, `opportunities` or `content`.
    #[schema(value_type = String, example = "accounts")]
    pub list: Kind,
    /// The records by id. Without them: all that the list holds as it is narrowed by `q` and `filter`.
    pub ids: Option<Vec<Uuid>>,
    /// Part of a name.
    pub q: Option<String>,
    /// Conditions in groups, as the list takes them.
    pub filter: Option<String>,
    pub change: BulkField,
    /// How many records the look before counted. A list that holds another number by now is refused.
    pub expected: Option<u64>,
}

/// Why a record stays as it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum WhyRefused {
    /// Not there any more, or not yours to change.
    OutOfReach,
    /// It may not be used before a day after the one that was chosen.
    EmbargoLater,
}

/// Records that stay as they are for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Refused {
    pub why: WhyRefused,
    pub count: u64,
}

/// A record that would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BulkExample {
    pub id: Uuid,
    pub name: String,
}

/// What a change would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BulkPreview {
    /// Records that were asked for.
    pub total: u64,
    pub changing: u64,
    /// As they shall be already.
    pub unchanged: u64,
    pub refused: Vec<Refused>,
    /// Some of those that change.
    pub examples: Vec<BulkExample>,
}

/// The records of an ask, decided and not yet written.
struct Plan {
    desk: Desk,
    total: u64,
    changing: Vec<Uuid>,
    unchanged: u64,
    refused: BTreeMap<WhyRefused, u64>,
}

/// Counts what a change would do; writes nothing.
pub async fn preview(app: &App, actor: &Actor, ask: BulkInput) -> Result<BulkPreview, Error> {
    policy::require(actor, Permission::BulkEdit)?;
    let ids = picked(app, actor, &ask).await?;
    let plan = plan(app, actor, &app.store, &ask, ids).await?;
    let shown = &plan.changing[..plan.changing.len().min(EXAMPLES_MAX)];
    Ok(BulkPreview {
        total: plan.total,
        changing: plan.changing.len() as u64,
        unchanged: plan.unchanged,
        refused: plan
            .refused
            .iter()
            .map(|(why, count)| Refused {
                why: *why,
                count: *count,
            })
            .collect(),
        examples: view::examples(app, &plan.desk, ask.list, shown).await?,
    })
}

/// Makes the change in one write: every record that can be changed, or nothing.
///
/// # Errors
/// [`Error::Conflict`] when the list holds another number of records than was looked at, and when
/// nothing would change.
pub async fn make(
    app: &App,
    actor: &Actor,
    ask: BulkInput,
    key: Option<&CreateKey>,
) -> Result<BulkChangeView, Error> {
    policy::require(actor, Permission::BulkEdit)?;
    let ids = picked(app, actor, &ask).await?;
    if let Some(expected) = ask.expected.filter(|count| *count != ids.len() as u64) {
        return Err(Error::Conflict(format!(
            "The list holds {} records now and held {expected} when you looked. Look again before \
             you change them.",
            ids.len()
        )));
    }
    let mut tx = app.begin(actor).await?;
    let mut plan = plan(app, actor, &tx, &ask, ids).await?;
    if plan.changing.is_empty() {
        return Err(Error::Conflict(
            "None of these records would change. Nothing was written.".to_owned(),
        ));
    }
    let row = BulkChange {
        id: new_id(),
        version: 1,
        list: ask.list.as_str().to_owned(),
        change: view::written(&ask.change)?,
        changed: i64::try_from(plan.changing.len()).unwrap_or(i64::MAX),
        made_by: actor.user_id(),
        made_at: tx.now(),
        undone_at: None,
        put_back: None,
    };
    let id = row.id;
    idempotency::claim(&tx, key, id).await?;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::BulkChange, id)
            .detail(json!({ "list": row.list, "change": ask.change, "records": row.changed })),
    );
    bulk_change::insert(&tx, row).await?;
    flush::write(&mut tx, &mut plan.desk, &origin(id, false)).await?;
    tx.commit().await?;
    get(app, actor, id).await
}

/// Takes a change back in one write: every record that is still as the change left it is as it was
/// before. What somebody changed since stays.
pub async fn undo(
    app: &App,
    actor: &Actor,
    id: BulkChangeId,
    version: i64,
) -> Result<BulkChangeView, Error> {
    let scope = policy::require(actor, Permission::BulkEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = bulk_change::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let (_, permission) = record_of(view::list_of(&row)?)?;
    policy::require(actor, permission)?;
    if row.undone_at.is_some() {
        return Err(Error::MoveNotAllowed(
            "This change is taken back already.".to_owned(),
        ));
    }
    if row.made_at.plus_days(UNDO_DAYS) < tx.now() {
        return Err(Error::MoveNotAllowed(format!(
            "This change is more than {UNDO_DAYS} days old. Change the records by hand."
        )));
    }
    let made = Place {
        record_kind: RecordKind::BulkChange,
        record_id: id.0,
    };
    let changes = import_undo::changes(&tx, made, i64::MAX, row.changed).await?;
    let mut desk = desk(app, actor, view::list_of(&row)?).await?;
    give_back::load(&mut desk, &tx, places(&changes)).await?;
    let mut released = give_back::Released::new();
    let report = give_back::decide(&mut desk, &changes, &HashSet::new(), &mut released)?;
    flush::write(&mut tx, &mut desk, &origin(id, true)).await?;
    let put_back: u64 = report.put_back.values().sum();
    row.undone_at = Some(tx.now());
    row.put_back = i64::try_from(put_back).ok();
    bulk_change::save(&tx, &mut row).await?;
    let left: u64 = report.left.iter().map(|left| left.count).sum();
    tx.record(
        NewEvent::new(Action::Undone, RecordKind::BulkChange, id)
            .detail(json!({ "put_back": put_back, "left": left })),
    );
    tx.commit().await?;
    get(app, actor, id).await
}

fn origin(id: BulkChangeId, undoes: bool) -> Origin {
    Origin {
        record: (RecordKind::BulkChange, id.0),
        file: None,
        undoes,
    }
}

/// The kind of record of a list, and who changes such records.
fn record_of(list: Kind) -> Result<(RecordKind, Permission), Error> {
    let (record, _) = listing::list_of(list)?;
    let permission = match list {
        Kind::Accounts => Permission::AccountEdit,
        Kind::Contacts => Permission::ContactEdit,
        Kind::Advocates => Permission::AdvocateEdit,
        Kind::Opportunities => Permission::OpportunityEdit,
        Kind::Content | Kind::Users | Kind::Uses | Kind::Terms => Permission::ContentEdit,
    };
    Ok((record, permission))
}

/// The records that are asked for, each once.
async fn picked(app: &App, actor: &Actor, ask: &BulkInput) -> Result<Vec<Uuid>, Error> {
    let mut ids = match &ask.ids {
        Some(ids) => ids.clone(),
        None => {
            let choice = Choice {
                text: ask.q.clone(),
                filter: ask.filter.clone(),
                ..Choice::default()
            };
            listing::ids(app, actor, ask.list, &choice).await?
        }
    };
    ids.sort_unstable();
    ids.dedup();
    match ids.len() {
        0 => Err(Error::field("ids", "Choose at least one record.")),
        1..=RECORDS_MAX => Ok(ids),
        many => Err(Error::field(
            "ids",
            format!(
                "{many} records are too many for one change; at most {RECORDS_MAX} fit. Narrow the list."
            ),
        )),
    }
}

async fn desk(app: &App, actor: &Actor, list: Kind) -> Result<Desk, Error> {
    let run = Run {
        kind: list,
        today: app.clock.today(),
        now: app.clock.now(),
        edits_users: false,
        recorded_by: actor.user_id(),
    };
    Ok(Desk::new(run, Mapper::load(&app.store).await?))
}

async fn plan(
    app: &App,
    actor: &Actor,
    source: &impl Source,
    ask: &BulkInput,
    ids: Vec<Uuid>,
) -> Result<Plan, Error> {
    let (kind, permission) = record_of(ask.list)?;
    let scope = policy::require(actor, permission)?;
    let checked = Checked::new(app, source, kind, &ask.change).await?;
    let restricted = policy::sees_restricted(actor);
    let reached = reach::among(source, kind, &scope, restricted, &ids).await?;
    let mut plan = Plan {
        desk: desk(app, actor, ask.list).await?,
        total: ids.len() as u64,
        changing: Vec::new(),
        unchanged: 0,
        refused: BTreeMap::new(),
    };
    let found = reached.iter().map(|id| Place {
        record_kind: kind,
        record_id: *id,
    });
    give_back::load(&mut plan.desk, source, found).await?;
    for id in ids {
        let verdict = if reached.contains(&id) {
            checked.decide(&mut plan.desk, id)
        } else {
            Verdict::Refused(WhyRefused::OutOfReach)
        };
        match verdict {
            Verdict::Changes => plan.changing.push(id),
            Verdict::Stays => plan.unchanged += 1,
            Verdict::Refused(why) => *plan.refused.entry(why).or_default() += 1,
        }
    }
    Ok(plan)
}
