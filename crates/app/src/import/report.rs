//! What became of the rows of an import, in counts and in words.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::undo::UndoReport;

/// Problems that a report lists one by one; the others are counted.
const PROBLEMS_MAX: usize = 200;
/// Unknown references that a report lists one by one.
const UNKNOWN_MAX: usize = 200;
/// Rows that the error file gives back.
const REJECTED_MAX: usize = 50_000;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The row says what is known already.
    Unchanged,
    /// An earlier row of the file named the same record, and this one added nothing.
    Skipped,
    Updated,
    Created,
}

/// Records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RecordCounts {
    pub created: u64,
    pub updated: u64,
}

/// Something wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RowProblem {
    /// The row as a person counts.
    pub row: u64,
    pub column: Option<String>,
    pub reason: String,
    /// Whether the row was left out; otherwise only a value of it was.
    pub failed: bool,
}

/// A record that rows name and nobody knows yet; it is kept as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UnknownReference {
    /// What it is meant to be: `account`, `owner`, or the key of a facet.
    pub what: String,
    pub written: String,
    pub rows: u64,
}

/// What became of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Report {
    pub dry_run: bool,
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub skipped: u64,
    pub failed: u64,
    /// By kind of record, those beside the rows' own too.
    pub records: BTreeMap<String, RecordCounts>,
    /// Records of earlier imports that could be linked now.
    pub linked: u64,
    pub problems: Vec<RowProblem>,
    /// Problems beyond those listed.
    pub problems_more: u64,
    pub unknown: Vec<UnknownReference>,
    pub unknown_more: u64,
    pub ignored_columns: Vec<String>,
    /// The program that wrote the file, where its headings tell.
    #[serde(default)]
    pub written_by: Option<String>,
    /// Why the import broke off, where it did.
    pub failure: Option<String>,
    /// What an undo took back, or took back so far.
    #[serde(default)]
    pub undo: Option<UndoReport>,
}

impl Report {
    /// What became of the rows in numbers alone, without the lists.
    pub(crate) fn numbers(&self) -> Self {
        Self {
            problems: Vec::new(),
            unknown: Vec::new(),
            ignored_columns: Vec::new(),
            ..self.clone()
        }
    }

    /// Adds the numbers of another report.
    pub(crate) fn count_up(&mut self, other: &Self) {
        self.rows += other.rows;
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.skipped += other.skipped;
        self.failed += other.failed;
        self.linked += other.linked;
        for (kind, counts) in &other.records {
            let known = self.records.entry(kind.clone()).or_default();
            known.created += counts.created;
            known.updated += counts.updated;
        }
    }
}

/// A report being made, with the rows that go back to the customer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) report: Report,
    unknown: BTreeMap<(String, String), u64>,
    /// What the row in hand named that nobody knows; one row may give it to several records.
    unknown_in_row: BTreeSet<(String, String)>,
    /// Lines of the table and why they failed.
    pub(crate) rejected: Vec<(usize, String)>,
}

impl Tally {
    pub(crate) fn count(&mut self, outcome: Outcome) {
        self.end_row();
        self.report.rows += 1;
        match outcome {
            Outcome::Unchanged => self.report.unchanged += 1,
            Outcome::Skipped => self.report.skipped += 1,
            Outcome::Updated => self.report.updated += 1,
            Outcome::Created => self.report.created += 1,
        }
    }

    pub(crate) fn fail(&mut self, lines: &[usize], reason: &str) {
        self.end_row();
        self.report.rows += 1;
        self.report.failed += 1;
        if self.rejected.len() < REJECTED_MAX {
            let lines = lines.iter().map(|line| (*line, reason.to_owned()));
            self.rejected.extend(lines);
        }
    }

    pub(crate) fn problem(&mut self, problem: RowProblem) {
        if self.report.problems.len() < PROBLEMS_MAX {
            self.report.problems.push(problem);
        } else {
            self.report.problems_more += 1;
        }
    }

    pub(crate) fn unknown(&mut self, what: &str, written: &str) {
        let key = (what.to_owned(), written.to_owned());
        self.unknown_in_row.insert(key);
    }

    fn end_row(&mut self) {
        for key in std::mem::take(&mut self.unknown_in_row) {
            *self.unknown.entry(key).or_default() += 1;
        }
    }

    pub(crate) fn record(&mut self, kind: &str, is_new: bool) {
        let counts = self.report.records.entry(kind.to_owned()).or_default();
        if is_new {
            counts.created += 1;
        } else {
            counts.updated += 1;
        }
    }

    /// Adds what a batch found.
    pub(crate) fn add(&mut self, mut other: Tally) {
        other.end_row();
        self.report.count_up(&other.report);
        self.report.problems_more += other.report.problems_more;
        for problem in other.report.problems {
            self.problem(problem);
        }
        for (key, rows) in other.unknown {
            *self.unknown.entry(key).or_default() += rows;
        }
        let room = REJECTED_MAX.saturating_sub(self.rejected.len());
        self.rejected.extend(other.rejected.into_iter().take(room));
    }

    /// Takes the numbers of an earlier attempt for the rows that were decided again.
    pub(crate) fn take_numbers(&mut self, of_then: Report) {
        self.report = Report {
            problems: std::mem::take(&mut self.report.problems),
            problems_more: self.report.problems_more,
            ..of_then.numbers()
        };
    }

    /// The finished report: the most frequent unknown references first.
    pub(crate) fn finish(mut self) -> (Report, Vec<(usize, String)>) {
        self.end_row();
        let mut unknown: Vec<UnknownReference> = self
            .unknown
            .into_iter()
            .map(|((what, written), rows)| UnknownReference {
                what,
                written,
                rows,
            })
            .collect();
        unknown.sort_by_key(|reference| std::cmp::Reverse(reference.rows));
        self.report.unknown_more = unknown.len().saturating_sub(UNKNOWN_MAX) as u64;
        unknown.truncate(UNKNOWN_MAX);
        self.report.unknown = unknown;
        (self.report, self.rejected)
    }
}
