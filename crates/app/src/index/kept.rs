//! Rows that answers show beside the ranking, kept between searches until the log touches them.
//!
//! Most searches show people and content that an earlier one showed: they are read from the database
//! once, not for every answer. What is kept is the same for every reader; who may see what of it is
//! decided for each of them anew.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{
    id::{AdvocateId, ContentId},
    record::RecordKind,
};
use storage::log::Touched;
use uuid::Uuid;

use crate::{content::Piece, people::Known};

/// People kept at most, and pieces of content.
const KEPT_MAX: usize = 20_000;

/// What was read since the log last touched it.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Rows>);

#[derive(Default)]
struct Rows {
    /// How far the log was followed: what was read for an earlier moment may be out of date already.
    position: i64,
    people: HashMap<AdvocateId, Arc<Known>>,
    content: HashMap<ContentId, Arc<Piece>>,
}

impl Kept {
    /// Those of the people who are kept, and the ids of the others.
    pub(crate) fn people(&self, ids: Vec<AdvocateId>) -> (Vec<Arc<Known>>, Vec<AdvocateId>) {
        found(&self.rows().people, ids)
    }

    /// Those of the pieces that are kept, and the ids of the others.
    pub(crate) fn content(&self, ids: Vec<ContentId>) -> (Vec<Arc<Piece>>, Vec<ContentId>) {
        found(&self.rows().content, ids)
    }

    /// Keeps people who were read after the log had been followed to this position.
    pub(crate) fn keep_people(&self, position: i64, read: &[Arc<Known>]) {
        let rows = &mut *self.rows();
        if rows.position == position {
            keep(&mut rows.people, read, |one| one.advocate.id);
        }
    }

    /// Keeps content that was read after the log had been followed to this position.
    pub(crate) fn keep_content(&self, position: i64, read: &[Arc<Piece>]) {
        let rows = &mut *self.rows();
        if rows.position == position {
            keep(&mut rows.content, read, |one| one.content.id);
        }
    }

    /// Forgets what the events up to `until` touched, before anybody reads the moment that they make.
    pub(super) fn follow(&self, touched: &[Touched], until: i64) {
        let names_change =
            |row: &Touched| matches!(row.record_kind, RecordKind::Facet | RecordKind::Term);
        if touched.iter().any(names_change) {
            return self.forget_all(until);
        }
        let ids: HashSet<Uuid> = touched.iter().map(|row| row.record_id).collect();
        let rows = &mut *self.rows();
        rows.position = until;
        rows.people
            .retain(|_, one| !one.records().any(|id| ids.contains(&id)));
        rows.content
            .retain(|_, one| !one.records().any(|id| ids.contains(&id)));
    }

    pub(super) fn forget_all(&self, position: i64) {
        *self.rows() = Rows {
            position,
            ..Rows::default()
        };
    }

    /// Rows are put in and taken out whole, so a panic elsewhere leaves nothing half done.
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn found<K: Copy + Eq + Hash, V>(kept: &HashMap<K, Arc<V>>, ids: Vec<K>) -> (Vec<Arc<V>>, Vec<K>) {
    let ids: HashSet<K> = ids.into_iter().collect();
    let (there, missing): (Vec<K>, Vec<K>) = ids.into_iter().partition(|id| kept.contains_key(id));
    let there = there.iter().filter_map(|id| kept.get(id)).cloned();
    (there.collect(), missing)
}

/// Adds rows; where they no longer fit, those from before make room.
fn keep<K: Eq + Hash, V>(kept: &mut HashMap<K, Arc<V>>, read: &[Arc<V>], key: impl Fn(&V) -> K) {
    if kept.len() + read.len() > KEPT_MAX {
        kept.clear();
    }
    let read = read.iter().take(KEPT_MAX);
    kept.extend(read.map(|one| (key(one), Arc::clone(one))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece() -> Arc<Piece> {
        Arc::new(Piece::titled("How they did it"))
    }

    fn touched(record_kind: RecordKind, record_id: Uuid) -> Touched {
        Touched {
            position: 0,
            record_kind,
            record_id,
        }
    }

    #[test]
    fn what_was_read_before_the_log_went_on_is_not_kept() {
        let (kept, piece) = (Kept::default(), piece());
        let id = piece.content.id;
        kept.follow(&[], 7);
        kept.keep_content(6, &[Arc::clone(&piece)]);
        assert_eq!(kept.content(vec![id]).1, [id]);
        kept.keep_content(7, &[piece]);
        assert_eq!(kept.content(vec![id]).0.len(), 1);
    }

    #[test]
    fn what_the_log_touches_is_read_anew() {
        let (kept, piece) = (Kept::default(), piece());
        let id = piece.content.id;
        kept.keep_content(0, &[piece]);
        kept.follow(&[touched(RecordKind::Content, Uuid::max())], 1);
        assert_eq!(
            kept.content(vec![id]).0.len(),
            1,
            "something else was touched"
        );
        kept.follow(&[touched(RecordKind::Content, id.0)], 2);
        assert_eq!(kept.content(vec![id]).1, [id]);
    }

    #[test]
    fn a_term_changes_what_many_rows_say() {
        let (kept, piece) = (Kept::default(), piece());
        let id = piece.content.id;
        kept.keep_content(0, &[piece]);
        kept.follow(&[touched(RecordKind::Term, Uuid::max())], 1);
        assert_eq!(kept.content(vec![id]).1, [id]);
    }
}
