//! Records of one kind held in memory while rows are decided: found by key, changed, then written.
//!
//! The same shelf serves a dry run and an import. In a dry run it is never emptied, so that a
//! record that an earlier row would have created is found by a later one.

use std::collections::{HashMap, HashSet};

use domain::{record::RecordKind, time::Timestamp};
use serde_json::Value;
use uuid::Uuid;

/// A way in which a record is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    External(String),
    /// A folded name or title.
    Name(String),
    Domain(String),
    Email(String),
    /// Belonging to another record.
    Of(Uuid),
}

/// A record as the shelf needs it.
pub(crate) trait Shelved: Clone + PartialEq {
    const KIND: RecordKind;

    fn id(&self) -> Uuid;
    fn keys(&self) -> Vec<Key>;
    /// The fields that an import may change, as the event log shows them.
    fn facts(&self) -> Vec<(&'static str, Value)>;
    /// Sets one of those fields to a value as the event log shows it.
    fn put_back(&mut self, field: &str, value: Value) -> Result<(), serde_json::Error>;
    /// Other records on whose timeline its events show.
    fn links(&self) -> Vec<(RecordKind, Uuid)>;
    fn touch(&mut self, now: Timestamp);
}

struct Held<T> {
    row: T,
    /// As it was when it was read, once it is edited.
    before: Option<T>,
    is_new: bool,
}

/// A record that a batch created or changed.
pub(crate) struct Written<T> {
    pub(crate) row: T,
    /// As it was before; none for a new one.
    pub(crate) before: Option<T>,
}

pub(crate) struct Shelf<T> {
    held: HashMap<Uuid, Held<T>>,
    by_key: HashMap<Key, Vec<Uuid>>,
    touched: Vec<Uuid>,
    /// Marks of records that were merged into one of these.
    merged: HashSet<Key>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            held: HashMap::new(),
            by_key: HashMap::new(),
            touched: Vec::new(),
            merged: HashSet::new(),
        }
    }
}

impl<T: Shelved> Shelf<T> {
    /// Takes records that were read; what is held already stays as it is.
    pub(crate) fn put_all(&mut self, rows: Vec<T>) {
        for row in rows {
            if !self.held.contains_key(&row.id()) {
                self.hold(row, false);
            }
        }
    }

    /// Lets the mark of a merged record stand for the one that it went into, unless a record has it
    /// that was not merged.
    pub(crate) fn stand_for(&mut self, key: Key, id: Uuid) {
        let known = self.by_key.entry(key.clone()).or_default();
        if known.is_empty() {
            known.push(id);
            self.merged.insert(key);
        }
    }

    /// Whether a mark is one of a merged record: what a file says under it fills gaps only.
    pub(crate) fn is_merged(&self, key: &Key) -> bool {
        self.merged.contains(key)
    }

    /// Adds a new record.
    pub(crate) fn add(&mut self, row: T) -> Uuid {
        let id = row.id();
        self.touched.push(id);
        self.hold(row, true);
        id
    }

    fn hold(&mut self, row: T, is_new: bool) {
        let id = row.id();
        for key in row.keys() {
            self.by_key.entry(key).or_default().push(id);
        }
        let held = Held {
            row,
            before: None,
            is_new,
        };
        self.held.insert(id, held);
    }

    pub(crate) fn row(&self, id: Uuid) -> Option<&T> {
        self.held.get(&id).map(|held| &held.row)
    }

    pub(crate) fn is_new(&self, id: Uuid) -> bool {
        self.held.get(&id).is_some_and(|held| held.is_new)
    }

    /// The records known by a key, in the order in which they came.
    pub(crate) fn known_by(&self, key: &Key) -> impl Iterator<Item = &T> {
        self.by_key
            .get(key)
            .into_iter()
            .flatten()
            .filter_map(|id| self.row(*id))
    }

    /// Every record on the shelf, in no particular order.
    pub(crate) fn ids(&self) -> Vec<Uuid> {
        self.held.keys().copied().collect()
    }

    /// Changes a record; tells whether anything is different now.
    pub(crate) fn edit(&mut self, id: Uuid, change: impl FnOnce(&mut T)) -> bool {
        let Some(held) = self.held.get_mut(&id) else {
            return false;
        };
        let before = held.row.clone();
        change(&mut held.row);
        if held.row == before {
            return false;
        }
        let keys = held.row.keys();
        if !held.is_new && held.before.is_none() {
            held.before = Some(before);
            self.touched.push(id);
        }
        for key in keys {
            let known = self.by_key.entry(key).or_default();
            if !known.contains(&id) {
                known.push(id);
            }
        }
        true
    }

    /// The records that were changed since the last call of [`Self::take`]: as they were, and as they
    /// are.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&T, &T)> {
        let held = self.held.values();
        held.filter_map(|held| Some((held.before.as_ref()?, &held.row)))
    }

    /// Gives a field the value it had, as long as it still has the one that came after; tells
    /// whether it did.
    pub(crate) fn put_back(
        &mut self,
        id: Uuid,
        (field, was, is): (&str, &Value, &Value),
    ) -> Result<bool, serde_json::Error> {
        let Some(row) = self.row(id) else {
            return Ok(false);
        };
        let holds = |(name, now): &(&str, Value)| *name == field && now == is;
        if !row.facts().iter().any(holds) {
            return Ok(false);
        }
        let mut former = row.clone();
        former.put_back(field, was.clone())?;
        Ok(self.edit(id, |row| *row = former))
    }

    /// What was created and changed since the last call; `also` adds records whose tags changed.
    pub(crate) fn take(&mut self, also: &HashSet<Uuid>) -> Vec<Written<T>> {
        let mut ids = std::mem::take(&mut self.touched);
        let known: HashSet<Uuid> = ids.iter().copied().collect();
        let mut others: Vec<Uuid> = also
            .iter()
            .copied()
            .filter(|id| !known.contains(id) && self.held.contains_key(id))
            .collect();
        others.sort_unstable();
        ids.extend(others);
        let mut written = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(held) = self.held.get_mut(&id) else {
                continue;
            };
            let is_new = std::mem::take(&mut held.is_new);
            let before = held.before.take();
            // An edit that a later row took back leaves nothing to write.
            let same = before.as_ref().is_some_and(|before| *before == held.row);
            if !is_new && same && !also.contains(&id) {
                continue;
            }
            let before = if is_new {
                None
            } else {
                Some(before.unwrap_or_else(|| held.row.clone()))
            };
            written.push(Written {
                row: held.row.clone(),
                before,
            });
        }
        written
    }
}
