//! Terms on records while rows are decided.
//!
//! A record's terms of a facet are replaced as one, and only when the file says something else
//! than what it said before: a mapping that a person made since then is not undone by it.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{id::FacetId, record::RecordKind};
use serde_json::{Value, json};
use storage::tag::Tag;
use uuid::Uuid;

use crate::taxonomy::Mapper;

/// What the name of a field begins with that stands for the terms of a facet.
pub(crate) const TERMS: &str = "terms:";

pub(crate) type Place = (RecordKind, Uuid, FacetId);

/// The tags of the records on the shelves.
#[derive(Default)]
pub(crate) struct Tags {
    held: HashMap<Place, Vec<Tag>>,
    loaded: HashSet<(RecordKind, Uuid)>,
    changed: BTreeMap<Place, Change>,
}

struct Change {
    facet: String,
    before: Vec<String>,
}

/// Tags to write: for each kind and facet the records that have tags which go, and what comes.
pub(crate) struct Replacement {
    pub(crate) kind: RecordKind,
    pub(crate) facet: FacetId,
    pub(crate) ids: Vec<Uuid>,
    pub(crate) rows: Vec<Tag>,
}

/// Before and after of what stands beside the row of a record, for its event.
pub(crate) struct Beside {
    pub(crate) field: String,
    pub(crate) before: Value,
    pub(crate) after: Value,
    /// The rows that stood there, where the values do not say all of them.
    pub(crate) rows: Option<Value>,
}

/// What changed beside the rows of records of one kind.
pub(crate) type BesideChanges = HashMap<Uuid, Vec<Beside>>;

impl Tags {
    /// Which of these records were not read yet.
    pub(crate) fn unread(&self, kind: RecordKind, ids: Vec<Uuid>) -> Vec<Uuid> {
        ids.into_iter()
            .filter(|id| !self.loaded.contains(&(kind, *id)))
            .collect()
    }

    pub(crate) fn put_all(&mut self, kind: RecordKind, ids: &[Uuid], rows: Vec<Tag>) {
        self.loaded.extend(ids.iter().map(|id| (kind, *id)));
        for row in rows {
            let place = (row.record_kind, row.record_id, row.facet_id);
            self.held.entry(place).or_default().push(row);
        }
    }

    /// The deal stage key or any other first term of a record's facet.
    pub(crate) fn first_term(&self, place: Place) -> Option<domain::id::TermId> {
        self.held
            .get(&place)
            .and_then(|tags| tags.first())
            .and_then(|tag| tag.term_id)
    }

    /// What a record's terms of a facet were written like, in the order of the log.
    pub(crate) fn written(
        &self,
        mapper: &Mapper,
        record: (RecordKind, Uuid),
        facet: &str,
    ) -> Value {
        let held = mapper
            .facet(facet)
            .and_then(|facet| self.held.get(&(record.0, record.1, facet)));
        let texts = held.into_iter().flatten().map(|tag| tag.written.as_str());
        json!(texts.collect::<Vec<_>>())
    }

    /// The tags that a record holds in a facet.
    pub(crate) fn of(&self, place: Place) -> &[Tag] {
        self.held.get(&place).map_or(&[][..], Vec::as_slice)
    }

    /// Gives a record the terms of a facet; tells whether anything is different now.
    pub(crate) fn set(
        &mut self,
        mapper: &Mapper,
        record: (RecordKind, Uuid),
        facet: &str,
        written: &[String],
        fills_only: bool,
    ) -> bool {
        let Some(facet_id) = mapper.facet(facet) else {
            return false;
        };
        let place = (record.0, record.1, facet_id);
        if fills_only && !self.of(place).is_empty() {
            return false;
        }
        let rows: Vec<Tag> = written
            .iter()
            .filter(|text| !text.trim().is_empty())
            .map(|text| mapper.tag(record, facet_id, text))
            .collect();
        self.put(place, facet, rows)
    }

    /// Gives a record these tags of a facet, however they are written; tells whether anything is
    /// different now.
    pub(crate) fn put(&mut self, place: Place, facet: &str, mut rows: Vec<Tag>) -> bool {
        let held = self.of(place);
        rows.sort_by(|one, other| one.folded.cmp(&other.folded));
        rows.dedup_by(|one, other| one.folded == other.folded);
        let same = rows.len() == held.len()
            && rows
                .iter()
                .all(|row| held.iter().any(|tag| tag.folded == row.folded));
        if same {
            return false;
        }
        let before = held.iter().map(|tag| tag.written.clone()).collect();
        self.changed.entry(place).or_insert_with(|| Change {
            facet: facet.to_owned(),
            before,
        });
        self.held.insert(place, rows);
        true
    }

    /// What changed since the last call: rows to write, and the changes by kind of record.
    pub(crate) fn take(&mut self) -> (Vec<Replacement>, HashMap<RecordKind, BesideChanges>) {
        let mut replacements: BTreeMap<(RecordKind, FacetId), Replacement> = BTreeMap::new();
        let mut changes: HashMap<RecordKind, BesideChanges> = HashMap::new();
        for ((kind, id, facet), change) in std::mem::take(&mut self.changed) {
            let rows = self.held.get(&(kind, id, facet)).cloned();
            let rows = rows.unwrap_or_default();
            let after: Vec<&str> = rows.iter().map(|tag| tag.written.as_str()).collect();
            let beside = Beside {
                field: format!("{TERMS}{}", change.facet),
                before: json!(change.before),
                after: json!(after),
                rows: None,
            };
            let of_kind = changes.entry(kind).or_default();
            of_kind.entry(id).or_default().push(beside);
            let replacement = replacements
                .entry((kind, facet))
                .or_insert_with(|| Replacement {
                    kind,
                    facet,
                    ids: Vec::new(),
                    rows: Vec::new(),
                });
            // Deleting nothing for every new record costs PostgreSQL more than all the rest of an
            // import into a table whose statistics are not made yet.
            if !change.before.is_empty() {
                replacement.ids.push(id);
            }
            replacement.rows.extend(rows);
        }
        (replacements.into_values().collect(), changes)
    }
}
