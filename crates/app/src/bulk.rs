//! One change of many records of a list: looked at first, made in one write, taken back in one write;
//! of very many, piece by piece, as a job that survives a crash and can be cancelled.
//!
//! Decides which records it touches, and which stay and why; refuses to know how they were picked on
//! a screen. What each record was before stands in the event log, where an import leaves it too, and
//! the undo is the one of imports.

mod decide;
mod moves;
mod undo;
mod view;
pub(crate) mod work;

use std::collections::{BTreeMap, HashMap};

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    bulk::BulkState,
    content::ContentStatus,
    id::{BulkChangeId, TermId, UserId},
    opportunity::{DealStage, OpportunityStatus},
    record::{Action, RecordKind},
    time::Day,
};
use import::kind::Kind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Source,
    bulk_change::{self, BulkChange},
    import_undo::Place,
    reach,
};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    idempotency::{self, CreateKey},
    import::{
        desk::{Desk, Run},
        flush::{self, Origin},
        undo::give_back,
    },
    listing::{self, Choice},
    policy::{self, Permission},
    taxonomy::Mapper,
};
use decide::{Checked, Verdict};
pub use undo::undo;
pub use view::{BulkChangeView, get, list};
pub use work::cancel;

/// Records in one change at most.
pub const RECORDS_MAX: usize = 50_000;
/// Records that are changed in one write; a change of more is made piece by piece in the background.
pub const AT_ONCE_MAX: usize = 5_000;
/// Days in which a change can be taken back.
pub const UNDO_DAYS: i64 = 30;
/// Records that a preview names, of those that change and of those that stay for one reason.
const EXAMPLES_MAX: usize = 5;

/// What becomes of the records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "field", rename_all = "snake_case", deny_unknown_fields)]
pub enum BulkField {
    /// Accounts and deals get an owner; null for nobody.
    Owner { owner_id: Option<UserId> },
    /// Colleagues join a team; null for none.
    Team { team: Option<String> },
    /// Colleagues report to somebody; null for nobody.
    Manager { manager_id: Option<UserId> },
    /// Terms of one facet are added to those that a record has.
    AddTerms { terms: Vec<TermId> },
    /// Terms of one facet are taken off.
    RemoveTerms { terms: Vec<TermId> },
    /// Advocates are willing to do these, too.
    AddActivities { activities: Vec<Activity> },
    /// Advocates are not willing to do these any more.
    RemoveActivities { activities: Vec<Activity> },
    /// Deals move to a stage, content is for a stage of the deal; null for none, or every stage.
    DealStage { stage: Option<DealStage> },
    /// The last day on which content may be used; null for no end.
    LastDay { expires_on: Option<Day> },
    /// Deals are open, won or lost; one that closes has today as its last day.
    DealStatus { status: OpportunityStatus },
    /// Content is approved, taken back to a draft, or retired.
    ContentStatus { to: ContentStatus },
    /// Advocates move along their life cycle; pausing, retiring and declining need a reason.
    AdvocateStatus {
        to: AdvocateStatus,
        reason: Option<String>,
    },
}

/// Which records, and what becomes of them.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    /// `accounts`, `contacts`, `advocates`, `opportunities`, `content` or `users`.
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
    /// Its life cycle has no such move from where it is.
    NoSuchMove,
    /// Content without a text, a link or a file.
    NothingToShow,
    /// Content whose customer took the consent back, or whose consent ran out.
    NoConsent,
    /// Nobody reports to themselves.
    OwnManager,
}

/// Records that stay as they are for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Refused {
    pub why: WhyRefused,
    pub count: u64,
    /// Some of them; none of those that are out of reach.
    pub examples: Vec<BulkExample>,
}

/// A record by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BulkExample {
    pub id: Uuid,
    pub name: String,
}

/// What a change would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BulkPreview {
    /// Records that were asked for.
    pub total: u64,
    pub changing: u64,
    /// As they shall be already.
    pub unchanged: u64,
    pub refused: Vec<Refused>,
    /// Some of those that change.
    pub examples: Vec<BulkExample>,
    /// Whether it is made piece by piece in the background.
    pub is_long: bool,
}

/// The records of an ask, decided and not yet written.
struct Plan {
    desk: Desk,
    total: u64,
    changing: Vec<Uuid>,
    unchanged: u64,
    refused: BTreeMap<WhyRefused, Vec<Uuid>>,
}

/// Counts what a change would do; writes nothing.
pub async fn preview(app: &App, actor: &Actor, ask: BulkInput) -> Result<BulkPreview, Error> {
    policy::require(actor, Permission::BulkEdit)?;
    let ids = picked(app, actor, &ask).await?;
    let mut counted = BulkPreview {
        is_long: ids.len() > AT_ONCE_MAX,
        ..BulkPreview::default()
    };
    for part in ids.chunks(AT_ONCE_MAX) {
        let plan = plan(app, actor, &app.store, (ask.list, &ask.change), part).await?;
        view::count(app, &mut counted, ask.list, &plan).await?;
    }
    Ok(counted)
}

/// Makes the change in one write: every record that can be changed, or nothing. A change of more than
/// [`AT_ONCE_MAX`] records is queued, and made piece by piece.
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
    let mut row = BulkChange {
        id: new_id(),
        version: 1,
        list: ask.list.as_str().to_owned(),
        change: view::written(&ask.change)?,
        changed: 0,
        made_by: actor.user_id(),
        made_at: tx.now(),
        undone_at: None,
        put_back: None,
        state: BulkState::Running,
        total: ids.len().try_into().unwrap_or(i64::MAX),
        looked: 0,
        undone_before: None,
        problem: None,
    };
    let id = row.id;
    idempotency::claim(&tx, key, id).await?;
    let made = NewEvent::new(Action::Created, RecordKind::BulkChange, id)
        .detail(json!({ "list": row.list, "change": ask.change, "records": row.total }));
    tx.record(made);
    if ids.len() > AT_ONCE_MAX {
        // What cannot be done at all is said now, not by a job.
        let (kind, permission) = record_of(ask.list, &ask.change)?;
        policy::require(actor, permission)?;
        Checked::new(app, &tx, kind, &ask.change).await?;
        bulk_change::insert(&tx, row).await?;
        work::queue(&tx, actor, id, &ids).await?;
    } else {
        let mut plan = plan(app, actor, &tx, (ask.list, &ask.change), &ids).await?;
        if plan.changing.is_empty() {
            return Err(Error::Conflict(
                "None of these records would change. Nothing was written.".to_owned(),
            ));
        }
        row.changed = plan.changing.len().try_into().unwrap_or(i64::MAX);
        (row.looked, row.state) = (row.total, BulkState::Done);
        bulk_change::insert(&tx, row).await?;
        plan.write(app, &mut tx, actor, id).await?;
    }
    tx.commit().await?;
    crate::request::clock::follow(app).await?;
    get(app, actor, id).await
}

impl Plan {
    /// Writes what was decided, and what follows from it.
    async fn write(
        &mut self,
        app: &App,
        tx: &mut storage::Tx,
        actor: &Actor,
        id: BulkChangeId,
    ) -> Result<(), Error> {
        let rows = self
            .changing
            .iter()
            .filter_map(|id| self.desk.advocates.row(*id));
        let before: HashMap<_, _> = self
            .desk
            .advocates
            .changes()
            .map(|(was, _)| (was.id, was.status))
            .collect();
        let moved = rows.filter(|row| before.get(&row.id).is_some_and(|was| *was != row.status));
        let moved: Vec<_> = moved.cloned().collect();
        flush::write(app, tx, &mut self.desk, &origin(id, false)).await?;
        crate::advocate::told::nominators(app, tx, actor, &moved).await
    }
}

fn origin(id: BulkChangeId, undoes: bool) -> Origin {
    Origin {
        record: (RecordKind::BulkChange, id.0),
        file: None,
        undoes,
    }
}

/// The kind of record of a list, and who makes such a change of it.
fn record_of(list: Kind, change: &BulkField) -> Result<(RecordKind, Permission), Error> {
    let (record, _) = listing::list_of(list)?;
    let permission = match list {
        Kind::Advocates if matches!(change, BulkField::AdvocateStatus { .. }) => {
            Permission::AdvocateMove
        }
        Kind::Accounts => Permission::AccountEdit,
        Kind::Contacts => Permission::ContactEdit,
        Kind::Advocates => Permission::AdvocateEdit,
        Kind::Opportunities => Permission::OpportunityEdit,
        Kind::Users => Permission::UserEdit,
        Kind::Content | Kind::Uses | Kind::Terms => Permission::ContentEdit,
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
        edits_users: policy::may(actor, Permission::UserEdit),
        recorded_by: actor.user_id(),
    };
    Ok(Desk::new(run, Mapper::load(&app.store).await?))
}

async fn plan(
    app: &App,
    actor: &Actor,
    source: &impl Source,
    (list, change): (Kind, &BulkField),
    ids: &[Uuid],
) -> Result<Plan, Error> {
    let (kind, permission) = record_of(list, change)?;
    let scope = policy::require(actor, permission)?;
    let mut checked = Checked::new(app, source, kind, change).await?;
    let restricted = policy::sees_restricted(actor);
    let reached = reach::among(source, kind, &scope, restricted, ids).await?;
    let mut plan = Plan {
        desk: desk(app, actor, list).await?,
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
    checked.look(source, &plan.desk).await?;
    for id in ids {
        let verdict = if reached.contains(id) {
            checked.decide(&mut plan.desk, *id)
        } else {
            Verdict::Refused(WhyRefused::OutOfReach)
        };
        match verdict {
            Verdict::Changes => plan.changing.push(*id),
            Verdict::Stays => plan.unchanged += 1,
            Verdict::Refused(why) => plan.refused.entry(why).or_default().push(*id),
        }
    }
    Ok(plan)
}
