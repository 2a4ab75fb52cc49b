//! The plans that were solved last, kept until anything changes: question after question about one
//! plan reads nothing again.
//!
//! A plan follows from the database, the day, the question and what its reader reaches. The event log's
//! head stands for the database, because every write moves it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{access::Scope, time::Day};
use storage::log::Head;

use super::{AskGaps, Solved};

/// Plans that are kept: one holds every deal of its reader, some 40 MB for 200,000 deals.
const KEPT: usize = 2;

/// What a solved plan follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cause {
    pub head: Head,
    pub today: Day,
    pub scope: Scope,
    pub sees_restricted: bool,
    pub ask: AskGaps,
}

/// The plans solved last, the last one first.
#[derive(Default)]
pub(crate) struct Solutions(Mutex<VecDeque<(Cause, Arc<Solved>)>>);

impl Solutions {
    pub(super) fn of(&self, cause: &Cause) -> Option<Arc<Solved>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == cause)?;
        let found = kept.remove(place)?;
        let solved = Arc::clone(&found.1);
        kept.push_front(found);
        Some(solved)
    }

    pub(super) fn keep(&self, cause: Cause, solved: &Arc<Solved>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What followed from an older log never comes back.
        kept.retain(|(known, _)| known.head == cause.head && *known != cause);
        kept.push_front((cause, Arc::clone(solved)));
        kept.truncate(KEPT);
    }
}
