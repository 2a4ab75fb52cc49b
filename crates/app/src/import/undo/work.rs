//! Doing an undo: a bounded batch at a time, each with how far it got.

use std::collections::HashSet;

use domain::{
    id::{ImportId, UserId},
    import::ImportStatus,
    record::{Action, RecordKind},
};
use serde_json::json;
use storage::{
    NewEvent, StorageError, Tx,
    import::Import,
    import_undo::{self, Change, Place},
    job::Job,
};

use super::{
    BATCH, desk,
    give_back::{self, Released},
    leave,
    order::Plan,
    page, places, planned,
    report::{UndoReport, WhyLeft},
    report_of,
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    import::{
        Report,
        desk::Desk,
        flush::{self, Origin},
        shelf::{Shelf, Shelved},
        text_of,
        upload::apply,
    },
    policy::{self, Permission},
};

/// Another write may come first to a record of the batch; then the batch is decided anew.
const ATTEMPTS: usize = 3;

/// Does the job: takes back what an earlier attempt left, as the person who asked, with the rights
/// that they have now.
///
/// # Errors
/// Faults of the database, after which the job is tried again; without the right to it, the import
/// is what it was before.
pub(crate) async fn work(
    app: &App,
    job: &Job,
    import: ImportId,
    user: Option<UserId>,
) -> Result<(), Error> {
    let row = storage::import::find(&app.store, import).await?;
    let Some(row) = row.filter(|row| row.status == ImportStatus::Undoing) else {
        return Ok(());
    };
    let done = async {
        let actor = apply::author(app, user).await?;
        policy::require(&actor, Permission::Import)?;
        Undo::of(app, &actor, job, row).await?.run().await?;
        crate::request::clock::follow(app).await.map(|_| ())
    };
    match done.await {
        Ok(()) => Ok(()),
        Err(Error::Storage(error)) => Err(Error::Storage(error)),
        Err(error) => {
            let tx = app.begin(&Actor::system()).await?;
            give_up(&tx, import, &error.to_string()).await?;
            Ok(tx.commit().await?)
        }
    }
}

/// Marks an undo as broken off, with the reason: the import is what it was, but for what is taken
/// back already, and can be undone again.
pub(crate) async fn give_up(tx: &Tx, import: ImportId, reason: &str) -> Result<(), Error> {
    let Some(mut row) = storage::import::find(tx, import).await? else {
        return Ok(());
    };
    if row.status != ImportStatus::Undoing {
        return Ok(());
    }
    let mut report = report_of(&row);
    let was = report.undo.take().and_then(|undo| undo.was);
    report.failure = Some(format!("The undo broke off: {reason}"));
    row.status = was.unwrap_or(ImportStatus::Done);
    row.report = text_of(&report)?;
    storage::import::save(tx, &mut row).await?;
    Ok(())
}

/// An undo at work.
struct Undo<'u> {
    app: &'u App,
    actor: &'u Actor,
    job: &'u Job,
    row: Import,
    report: Report,
    undo: UndoReport,
    desk: Desk,
    created: Vec<Place>,
}

impl<'u> Undo<'u> {
    async fn of(app: &'u App, actor: &'u Actor, job: &'u Job, row: Import) -> Result<Self, Error> {
        let mut report = report_of(&row);
        Ok(Self {
            app,
            actor,
            job,
            undo: report.undo.take().unwrap_or_default(),
            report,
            desk: desk(app, actor, &row).await?,
            created: import_undo::created(&app.store, row.id).await?,
            row,
        })
    }

    fn origin(&self) -> Origin {
        Origin {
            record: (RecordKind::Import, self.row.id.0),
            file: Some(self.row.file_name.clone()),
            undoes: true,
        }
    }

    async fn run(mut self) -> Result<(), Error> {
        let known: HashSet<Place> = self.created.iter().copied().collect();
        loop {
            let before = self.undo.before.unwrap_or(i64::MAX);
            let changes = page(self.app, self.row.id, before).await?;
            if changes.is_empty() {
                break;
            }
            self.give_back(&changes, &known).await?;
        }
        let plan = loop {
            let head = storage::log::head(&self.app.store).await?.position;
            self.created = import_undo::created(&self.app.store, self.row.id).await?;
            let (id, none) = (self.row.id, Released::new());
            let plan = planned(self.app, self.actor, id, &self.created, &none).await?;
            if self.remove_all(&plan, head).await? {
                break plan;
            }
        };
        leave(self.app, self.row.id, &plan, &mut self.undo).await?;
        self.finish().await
    }

    /// Gives former values back. When a batch clashes with a unique value again and again, it is
    /// halved until the change at fault stands alone and is left as it is.
    async fn give_back(&mut self, changes: &[Change], known: &HashSet<Place>) -> Result<(), Error> {
        let mut waiting = vec![(changes, 1)];
        while let Some((part, attempt)) = waiting.pop() {
            match self.write_values(part, known, None).await {
                Err(Error::Storage(StorageError::Duplicate(_) | StorageError::Stale)) => match part
                {
                    _ if attempt < ATTEMPTS => waiting.push((part, attempt + 1)),
                    [one] => {
                        let mut left = UndoReport {
                            done: 1,
                            ..UndoReport::default()
                        };
                        left.leave(one.record_kind.as_str(), WhyLeft::Clashes);
                        self.write_values(part, known, Some(left)).await?;
                    }
                    _ => {
                        let (front, back) = part.split_at(part.len() / 2);
                        waiting.extend([(back, 1), (front, 1)]);
                    }
                },
                outcome => outcome?,
            }
        }
        Ok(())
    }

    /// One write: the changes, or with `left` nothing but the note that they stay.
    async fn write_values(
        &mut self,
        changes: &[Change],
        known: &HashSet<Place>,
        left: Option<UndoReport>,
    ) -> Result<(), Error> {
        self.desk.clear();
        let mut tx = self.app.begin(self.actor).await?;
        let part = match left {
            Some(left) => left,
            None => {
                give_back::load(&mut self.desk, &tx, places(changes)).await?;
                let mut released = Released::new();
                let part = give_back::decide(&mut self.desk, changes, known, &mut released)?;
                let origin = self.origin();
                flush::write(self.app, &mut tx, &mut self.desk, &origin).await?;
                part
            }
        };
        let before = changes.last().map(|change| change.position);
        self.step(tx, part, before).await
    }

    /// Removes what the plan says; `false` when something happened to one of the records since the
    /// plan was made, and it has to be made anew.
    async fn remove_all(&mut self, plan: &Plan, head: i64) -> Result<bool, Error> {
        for batch in plan.remove.chunks(BATCH) {
            let mut tx = self.app.begin(self.actor).await?;
            self.desk.clear();
            give_back::load(&mut self.desk, &tx, batch.iter().copied()).await?;
            let mut part = UndoReport::default();
            for (kind, _) in import_undo::TABLES {
                let of_kind = batch.iter().filter(|place| place.record_kind == kind);
                let ids: Vec<_> = of_kind.map(|place| place.record_id).collect();
                import_undo::remove(&tx, kind, &ids).await?;
                for id in ids {
                    let mut event = self.origin().event(Action::Removed, kind, id);
                    event.links.extend(links(&self.desk, kind, id));
                    tx.record(event);
                    part.remove(kind);
                    part.done += 1;
                }
            }
            // After the rows are gone, so that nobody can come in between.
            let others = import_undo::others_since(&tx, self.row.id, head).await?;
            if batch.iter().any(|place| others.contains(place)) {
                return Ok(false);
            }
            let before = self.undo.before;
            self.step(tx, part, before).await?;
        }
        Ok(true)
    }

    /// Commits a batch with how far the undo is, unless another worker goes on with it.
    async fn step(&mut self, tx: Tx, part: UndoReport, before: Option<i64>) -> Result<(), Error> {
        let mut undo = self.undo.clone();
        undo.add(&part);
        undo.before = before;
        self.report.undo = Some(undo.clone());
        let text = text_of(&self.report)?;
        let going = storage::import::step(&tx, self.row.id, self.row.rows_done, &text).await?;
        if !going || !storage::job::hold(&tx, self.job).await? {
            return Err(Error::Storage(StorageError::BadRow {
                table: "jobs",
                problem: "another worker goes on with this undo".to_owned(),
            }));
        }
        tx.commit().await?;
        self.undo = undo;
        Ok(())
    }

    async fn finish(mut self) -> Result<(), Error> {
        let mut tx = self.app.begin(self.actor).await?;
        self.undo.done = self.undo.total;
        let detail = json!({ "removed": self.undo.removed, "put_back": self.undo.put_back, "left": self.undo.left });
        self.report.undo = Some(self.undo);
        self.row.status = ImportStatus::Undone;
        self.row.report = text_of(&self.report)?;
        storage::import::save(&tx, &mut self.row).await?;
        storage::import::forget_file(&tx, self.row.id).await?;
        tx.record(NewEvent::new(Action::Undone, RecordKind::Import, self.row.id).detail(detail));
        Ok(tx.commit().await?)
    }
}

/// On whose timelines the removal of a record shows too; the match index follows them.
fn links(desk: &Desk, kind: RecordKind, id: uuid::Uuid) -> Vec<(RecordKind, uuid::Uuid)> {
    fn of<T: Shelved>(shelf: &Shelf<T>, id: uuid::Uuid) -> Vec<(RecordKind, uuid::Uuid)> {
        shelf.row(id).map(Shelved::links).unwrap_or_default()
    }
    match kind {
        RecordKind::Contact => of(&desk.contacts, id),
        RecordKind::Opportunity => of(&desk.opportunities, id),
        RecordKind::Advocate => of(&desk.advocates, id),
        RecordKind::Content => of(&desk.content, id),
        RecordKind::Use => of(&desk.uses, id),
        _ => Vec::new(),
    }
}
