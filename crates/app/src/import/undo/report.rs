//! What an undo takes back and what it leaves alone, in counts.

use std::collections::BTreeMap;

use domain::{import::ImportStatus, record::RecordKind};
use serde::{Deserialize, Serialize};

/// Why an undo leaves something as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyLeft {
    /// Somebody used or changed the record after the import created it.
    UsedSince,
    /// Other records point at it.
    NeededByOthers,
    /// The field has another value by now.
    ChangedSince,
    /// The former value was erased at the wish of a person.
    Erased,
    /// Consents, locks and terms are withdrawn, lifted and merged where they stand.
    ForGood,
    /// Only who edits colleagues may take changes of colleagues back.
    NotPermitted,
    /// Another record has the former e-mail address or id by now.
    Clashes,
}

/// Something that an undo leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LeftAlone {
    /// A kind of record, or `consent`.
    pub kind: String,
    pub why: WhyLeft,
    /// Records, or fields where values changed since.
    pub count: u64,
}

/// What an undo takes back, or took back so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UndoReport {
    /// Created records that are removed, by kind.
    pub removed: BTreeMap<String, u64>,
    /// Fields that get their former value, by kind of record.
    pub put_back: BTreeMap<String, u64>,
    pub left: Vec<LeftAlone>,
    /// Steps done, of `total`.
    pub done: u64,
    pub total: u64,
    /// Changes before this position of the event log are still to be put back.
    pub before: Option<i64>,
    /// What the import was before, where the undo breaks off.
    pub was: Option<ImportStatus>,
}

impl UndoReport {
    pub(super) fn remove(&mut self, kind: RecordKind) {
        *self.removed.entry(kind.as_str().to_owned()).or_default() += 1;
    }

    pub(super) fn put_back(&mut self, kind: RecordKind) {
        *self.put_back.entry(kind.as_str().to_owned()).or_default() += 1;
    }

    pub(super) fn leave(&mut self, kind: &str, why: WhyLeft) {
        self.leave_many(kind, why, 1);
    }

    fn leave_many(&mut self, kind: &str, why: WhyLeft, count: u64) {
        let same = |row: &&mut LeftAlone| row.kind == kind && row.why == why;
        match self.left.iter_mut().find(same) {
            Some(row) => row.count += count,
            None => self.left.push(LeftAlone {
                kind: kind.to_owned(),
                why,
                count,
            }),
        }
    }

    /// Adds what a part of the undo did.
    pub(super) fn add(&mut self, part: &Self) {
        for (kind, count) in &part.removed {
            *self.removed.entry(kind.clone()).or_default() += count;
        }
        for (kind, count) in &part.put_back {
            *self.put_back.entry(kind.clone()).or_default() += count;
        }
        for row in &part.left {
            self.leave_many(&row.kind, row.why, row.count);
        }
        self.done = (self.done + part.done).min(self.total);
    }
}
