//! The rows of a prepared file, a bounded batch at a time: one write each, or none in a dry run.

use domain::{id::ImportId, record::RecordKind};
use import::{
    kind::Kind,
    prepare::{Prepared, PreparedRow},
};
use storage::{StorageError, Tx};
use uuid::Uuid;

use super::{
    account, advocate, contact, content, count,
    desk::{Desk, Effect, Run},
    flush::{self, Origin},
    load, opportunity, past_use, pending,
    report::{Report, RowProblem, Tally},
    term, text_of, user,
    values::Values,
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
    taxonomy::{Known, Mapper},
};

/// Rows of one write: large enough that a write costs little a row, small enough that other
/// writers wait for a fraction of a second only.
const BATCH: usize = 1_000;
/// Another write may come first to a record of the batch; then the batch is decided anew.
const ATTEMPTS: usize = 3;

/// A file that is ready to be decided row by row.
pub(super) struct Job<'j> {
    pub(super) app: &'j App,
    pub(super) actor: &'j Actor,
    pub(super) kind: Kind,
    pub(super) prepared: &'j Prepared<'j>,
    /// The row of the import; none for a dry run.
    pub(super) import: Option<ImportId>,
    pub(super) file: String,
    /// The job of the queue that does it; none on the command line.
    pub(super) held: Option<&'j storage::job::Job>,
}

/// How far an earlier attempt got.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    pub(super) rows: usize,
    pub(super) report: Report,
}

/// A report with the lines of the table that failed, and why.
pub(super) type Outcome = (Report, Vec<(usize, String)>);

impl Job<'_> {
    async fn desk(&self) -> Result<Desk, Error> {
        let run = Run {
            kind: self.kind,
            today: self.app.clock.today(),
            now: self.app.clock.now(),
            edits_users: policy::may(self.actor, Permission::UserEdit),
            recorded_by: self.actor.user_id(),
        };
        Ok(Desk::new(run, Mapper::load(&self.app.store).await?))
    }

    fn origin(&self) -> Origin {
        Origin {
            record: (
                RecordKind::Import,
                self.import.map_or(Uuid::nil(), |id| id.0),
            ),
            file: Some(self.file.clone()),
            undoes: false,
        }
    }

    /// Decides every row against what is known and what earlier rows would create.
    pub(super) async fn dry_run(
        &self,
        progress: &mut (impl FnMut(usize, usize) + Send),
    ) -> Result<Outcome, Error> {
        let total = self.prepared.len();
        let mut desk = self.desk().await?;
        let mut terms = term::Shelf::new(Known::load(&self.app.store).await?);
        let mut tally = Tally::default();
        let mut done = 0;
        let mut rows = self.prepared.rows();
        loop {
            let batch: Vec<PreparedRow> = rows.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            if self.kind == Kind::Terms {
                decide_terms(&mut terms, &batch, &mut desk.tally);
                terms.count(&mut desk.tally);
            } else {
                load::load(&mut desk, &self.app.store, &batch).await?;
                decide(&mut desk, &batch);
                flush::pretend(&mut desk);
                desk.keep_rows();
            }
            tally.add(std::mem::take(&mut desk.tally));
            done += batch.len();
            progress(done, total);
        }
        Ok(tally.finish())
    }

    /// Decides and writes every row, and links what was waiting for it. The rows of an earlier
    /// attempt are decided again, to know which record each of them named, and not written.
    pub(super) async fn apply(
        &self,
        earlier: Earlier,
        progress: &mut (impl FnMut(usize, usize) + Send),
    ) -> Result<Outcome, Error> {
        let total = self.prepared.len();
        let mut desk = self.desk().await?;
        let mut tally = Tally::default();
        let mut done = 0;
        let mut rows = self.prepared.rows();
        while done < earlier.rows {
            let wanted = BATCH.min(earlier.rows - done);
            let batch: Vec<PreparedRow> = rows.by_ref().take(wanted).collect();
            if batch.is_empty() {
                break;
            }
            tally.add(self.again(&mut desk, &batch).await?);
            done += batch.len();
            progress(done, total);
        }
        if done > 0 {
            tally.take_numbers(earlier.report);
        }
        loop {
            let batch: Vec<PreparedRow> = rows.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let written = self.batch(&mut desk, &batch, &tally.report, done);
            tally.add(written.await?);
            done += batch.len();
            progress(done, total);
        }
        let brought = ["account", "user"];
        if brought
            .iter()
            .any(|kind| tally.report.records.contains_key(*kind))
        {
            let origin = self.origin();
            let linked = pending::link(self.app, self.actor, &mut desk, &origin).await?;
            tally.report.linked = linked;
        }
        Ok(tally.finish())
    }

    /// Decides rows that are written already.
    async fn again(&self, desk: &mut Desk, rows: &[PreparedRow]) -> Result<Tally, Error> {
        desk.clear();
        if self.kind == Kind::Terms {
            let mut terms = term::Shelf::new(Known::load(&self.app.store).await?);
            decide_terms(&mut terms, rows, &mut desk.tally);
        } else {
            load::load(desk, &self.app.store, rows).await?;
            decide(desk, rows);
            desk.keep_rows();
        }
        Ok(std::mem::take(&mut desk.tally))
    }

    /// Writes a batch. When it clashes with a unique value again and again, it is halved until
    /// the row at fault stands alone and fails by itself.
    async fn batch(
        &self,
        desk: &mut Desk,
        rows: &[PreparedRow],
        before: &Report,
        done: usize,
    ) -> Result<Tally, Error> {
        let mut whole = Tally::default();
        let mut waiting: Vec<&[PreparedRow]> = vec![rows];
        let mut written = done;
        while let Some(part) = waiting.pop() {
            let mut so_far = before.numbers();
            so_far.count_up(&whole.report);
            match self.attempts(desk, part, &so_far, written).await {
                Ok(tally) => {
                    whole.add(tally);
                    written += part.len();
                }
                Err(Error::Storage(StorageError::Duplicate(_) | StorageError::Stale)) => {
                    if let [row] = part {
                        whole.fail(&row.lines, CLASH);
                        whole.problem(failed(row, CLASH));
                        written += 1;
                    } else {
                        let (front, back) = part.split_at(part.len() / 2);
                        waiting.extend([back, front]);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(whole)
    }

    async fn attempts(
        &self,
        desk: &mut Desk,
        rows: &[PreparedRow],
        so_far: &Report,
        done: usize,
    ) -> Result<Tally, Error> {
        let mut attempt = 1;
        loop {
            match self.write(desk, rows, so_far, done).await {
                Err(Error::Storage(StorageError::Duplicate(_) | StorageError::Stale))
                    if attempt < ATTEMPTS =>
                {
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    async fn write(
        &self,
        desk: &mut Desk,
        rows: &[PreparedRow],
        so_far: &Report,
        done: usize,
    ) -> Result<Tally, Error> {
        desk.clear();
        let mut tx = self.app.begin(self.actor).await?;
        storage::import::lock_running(&tx).await?;
        let origin = self.origin();
        if self.kind == Kind::Terms {
            let mut terms = term::Shelf::new(Known::load(&tx).await?);
            decide_terms(&mut terms, rows, &mut desk.tally);
            terms.write(&mut tx, &origin).await?;
            terms.count(&mut desk.tally);
        } else {
            load::load(desk, &tx, rows).await?;
            decide(desk, rows);
            flush::write(self.app, &mut tx, desk, &origin).await?;
        }
        let mut report = so_far.clone();
        report.count_up(&desk.tally.report);
        self.step(&tx, done + rows.len(), &report).await?;
        tx.commit().await?;
        desk.keep_rows();
        Ok(std::mem::take(&mut desk.tally))
    }
}

impl Job<'_> {
    /// Notes in the write how far it got, and stops where somebody cancelled the import or another
    /// worker goes on with it.
    async fn step(&self, tx: &Tx, done: usize, report: &Report) -> Result<(), Error> {
        if let Some(import) = self.import
            && !storage::import::step(tx, import, count(done), &text_of(report)?).await?
        {
            return Err(Error::MoveNotAllowed(
                "The import was cancelled.".to_owned(),
            ));
        }
        if let Some(job) = self.held
            && !storage::job::hold(tx, job).await?
        {
            return Err(Error::Storage(StorageError::BadRow {
                table: "jobs",
                problem: "another worker goes on with this import".to_owned(),
            }));
        }
        Ok(())
    }
}

const CLASH: &str = "Another record has the same id or e-mail address. Correct the row, or merge \
     the two records where they come from.";

fn failed(row: &PreparedRow, reason: &str) -> RowProblem {
    RowProblem {
        row: row.number as u64,
        column: None,
        reason: reason.to_owned(),
        failed: true,
    }
}

fn decide(desk: &mut Desk, rows: &[PreparedRow]) {
    for row in rows {
        if refuse(row, &mut desk.tally) {
            continue;
        }
        let (values, number) = (Values(row), row.number);
        let effect = match desk.run.kind {
            Kind::Accounts => account::decide(desk, values, number),
            Kind::Contacts => contact::decide(desk, values, number),
            Kind::Users => user::decide(desk, values, number),
            Kind::Opportunities => opportunity::decide(desk, values, number),
            Kind::Advocates => advocate::decide(desk, values, number),
            Kind::Content => content::decide(desk, values, number),
            Kind::Uses => past_use::decide(desk, values, number),
            // Terms have a shelf of their own.
            Kind::Terms => Ok(Effect::default()),
        };
        settle(row, effect, &mut desk.tally);
    }
}

fn decide_terms(terms: &mut term::Shelf, rows: &[PreparedRow], tally: &mut Tally) {
    for row in rows {
        if refuse(row, tally) {
            continue;
        }
        let effect = terms.decide(row, tally);
        settle(row, effect, tally);
    }
}

/// Reports what is wrong with the values of a row; `true` when the row must be left out.
fn refuse(row: &PreparedRow, tally: &mut Tally) -> bool {
    for problem in &row.problems {
        tally.problem(RowProblem {
            row: row.number as u64,
            column: problem.column.clone(),
            reason: problem.message.clone(),
            failed: problem.blocks,
        });
    }
    if row.is_blocked() {
        tally.fail(&row.lines, &row.reason());
    }
    row.is_blocked()
}

fn settle(row: &PreparedRow, effect: Result<Effect, String>, tally: &mut Tally) {
    match effect {
        Ok(effect) => tally.count(effect.outcome()),
        Err(reason) => {
            tally.fail(&row.lines, &reason);
            tally.problem(failed(row, &reason));
        }
    }
}
