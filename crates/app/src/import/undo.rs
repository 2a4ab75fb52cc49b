//! Taking an import back, for thirty days: what it created goes, what it changed gets its former
//! value, and what somebody used, changed or built on since then stays, counted with the reason.
//!
//! A job, because an import is large: every batch is one write that also says how far it got, so
//! that it goes on where it was cut off and running it again takes nothing back twice.

pub(crate) mod give_back;
mod order;
mod report;
pub(crate) mod work;

use std::collections::{HashMap, HashSet};

use domain::{
    id::ImportId,
    import::ImportStatus,
    record::{Action, RecordKind},
    time::Timestamp,
};
use import::kind::Kind;
use serde::Serialize;
use storage::{
    import::Import,
    import_undo::{self, Change, Place},
};

use super::{
    Report,
    desk::{Desk, Run},
    flush, text_of,
    upload::{ImportView, plan::view},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    job::{self, Task},
    policy::{self, Permission},
    taxonomy::Mapper,
};
use give_back::Released;
use order::Plan;
pub use report::{LeftAlone, UndoReport, WhyLeft};

/// Days after its end in which an import can be undone.
pub const UNDO_DAYS: i64 = 30;
/// Changes or records of one write.
const BATCH: usize = 500;

/// What undoing an import would do.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = UndoPreview)]
pub struct PreviewView {
    /// The last instant at which it can be undone; none before it ended.
    pub until: Option<Timestamp>,
    /// Why it cannot be undone; none when it can.
    pub refused: Option<String>,
    pub report: UndoReport,
}

/// Counts what would go, what would get its former value, and what would stay as it is and why.
pub async fn preview(app: &App, actor: &Actor, id: ImportId) -> Result<PreviewView, Error> {
    policy::require(actor, Permission::Import)?;
    let row = storage::import::find(&app.store, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    let until = row.finished_at.map(|at| at.plus_days(UNDO_DAYS));
    let mut refused = refusal(&row, app.clock.now());
    let mut report = UndoReport::default();
    if refused.is_none() {
        let steps = import_undo::steps(&app.store, id).await?;
        report = pretended(app, actor, &row).await?;
        report.total = count(steps);
        refused = (steps == 0).then(|| NOTHING.to_owned());
    }
    Ok(PreviewView {
        until,
        refused,
        report,
    })
}

const NOTHING: &str = "This import changed nothing that could be taken back.";

/// Why an import cannot be undone now.
fn refusal(row: &Import, now: Timestamp) -> Option<String> {
    let why = match row.status {
        ImportStatus::Uploaded | ImportStatus::Checked => "Nothing of this file is in yet.",
        ImportStatus::Applying => {
            "This import is running. Wait until it is done, or stop it first."
        }
        ImportStatus::Undoing => "This import is being undone already.",
        ImportStatus::Undone => "This import is undone already.",
        ImportStatus::Done | ImportStatus::Cancelled | ImportStatus::Failed => {
            let ended = row.finished_at.unwrap_or(row.created_at);
            if ended.plus_days(UNDO_DAYS) >= now {
                return None;
            }
            "This import ended more than 30 days ago. Change or merge its records by hand."
        }
    };
    Some(why.to_owned())
}

/// Puts the undo into the queue.
pub async fn start(
    app: &App,
    actor: &Actor,
    id: ImportId,
    version: i64,
) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let tx = app.begin(actor).await?;
    let row = storage::import::find(&tx, id).await?;
    let mut row = row.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if let Some(why) = refusal(&row, tx.now()) {
        return Err(Error::MoveNotAllowed(why));
    }
    let steps = import_undo::steps(&tx, id).await?;
    if steps == 0 {
        return Err(Error::MoveNotAllowed(NOTHING.to_owned()));
    }
    let mut report = report_of(&row);
    report.undo = Some(UndoReport {
        total: count(steps),
        was: Some(row.status),
        ..UndoReport::default()
    });
    report.failure = None;
    row.status = ImportStatus::Undoing;
    row.report = text_of(&report)?;
    storage::import::save(&tx, &mut row).await?;
    let task = Task::UndoImport {
        import: id,
        user: actor.user_id(),
    };
    job::enqueue(&tx, &task).await?;
    tx.commit().await?;
    view(row)
}

fn report_of(row: &Import) -> Report {
    serde_json::from_str(&row.report).unwrap_or_default()
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

async fn desk(app: &App, actor: &Actor, row: &Import) -> Result<Desk, Error> {
    let run = Run {
        kind: row.kind.parse().unwrap_or(Kind::Accounts),
        today: app.clock.today(),
        now: app.clock.now(),
        edits_users: policy::may(actor, Permission::UserEdit),
        recorded_by: actor.user_id(),
    };
    Ok(Desk::new(run, Mapper::load(&app.store).await?))
}

/// Decides everything and writes nothing.
async fn pretended(app: &App, actor: &Actor, row: &Import) -> Result<UndoReport, Error> {
    let created = import_undo::created(&app.store, row.id).await?;
    let known: HashSet<Place> = created.iter().copied().collect();
    let mut report = UndoReport {
        total: u64::MAX,
        ..UndoReport::default()
    };
    let (mut desk, mut released) = (desk(app, actor, row).await?, Released::new());
    let mut before = i64::MAX;
    loop {
        let changes = page(app, row.id, before).await?;
        let Some(last) = changes.last() else {
            break;
        };
        before = last.position;
        give_back::load(&mut desk, &app.store, places(&changes)).await?;
        let part = give_back::decide(&mut desk, &changes, &known, &mut released)?;
        report.add(&part);
        flush::pretend(&mut desk);
    }
    let plan = planned(app, actor, row.id, &created, &released).await?;
    for place in &plan.remove {
        report.remove(place.record_kind);
    }
    leave(app, row.id, &plan, &mut report).await?;
    Ok(report)
}

async fn page(app: &App, id: ImportId, before: i64) -> Result<Vec<Change>, Error> {
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let origin = Place {
        record_kind: RecordKind::Import,
        record_id: id.0,
    };
    Ok(import_undo::changes(&app.store, origin, before, limit).await?)
}

pub(crate) fn places(changes: &[Change]) -> impl Iterator<Item = Place> + Clone {
    changes.iter().map(|change| Place {
        record_kind: change.record_kind,
        record_id: change.record_id,
    })
}

/// What of the created records may go now; pointers that are given up with former values do not
/// hold anything back.
async fn planned(
    app: &App,
    actor: &Actor,
    id: ImportId,
    created: &[Place],
    released: &Released,
) -> Result<Plan, Error> {
    let touched = import_undo::touched_since(&app.store, id).await?;
    let mut kept: HashMap<Place, WhyLeft> = touched
        .into_iter()
        .map(|place| (place, WhyLeft::UsedSince))
        .collect();
    let edits_users = policy::may(actor, Permission::UserEdit);
    for place in created {
        let kind = place.record_kind;
        if kind == RecordKind::User && !edits_users {
            kept.insert(*place, WhyLeft::NotPermitted);
        } else if !import_undo::TABLES.iter().any(|(of, _)| *of == kind) {
            kept.insert(*place, WhyLeft::ForGood);
        }
    }
    let known: HashSet<Place> = created.iter().copied().collect();
    kept.retain(|place, _| known.contains(place));
    let mut pointers = import_undo::pointers(&app.store, id).await?;
    pointers.retain(|pointer| {
        pointer
            .from
            .is_none_or(|from| !released.contains(&(from, pointer.to)))
    });
    Ok(order::plan(created, kept, &pointers))
}

/// Counts what stays: created records, and consents and locks on records that stay.
async fn leave(app: &App, id: ImportId, plan: &Plan, report: &mut UndoReport) -> Result<(), Error> {
    for (place, why) in &plan.kept {
        report.leave(place.record_kind.as_str(), *why);
    }
    let gone: HashSet<Place> = plan.remove.iter().copied().collect();
    for (place, action) in import_undo::added_for_good(&app.store, id).await? {
        if !gone.contains(&place) {
            let kind = if action == Action::Locked {
                "lock"
            } else {
                "consent"
            };
            report.leave(kind, WhyLeft::ForGood);
        }
    }
    Ok(())
}
