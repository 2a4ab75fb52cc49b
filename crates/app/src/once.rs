//! Answers that are worked out once: whoever asks the same of the same moment shares the work, also while
//! it is under way.
//!
//! An answer follows from the records, the day, what its reader reaches and the question. Nothing here
//! knows who asks: what a reader reaches is part of the question.

use std::{
    collections::VecDeque,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{access::Scope, time::Day};
use tokio::sync::OnceCell;

use crate::error::Error;

/// Answers that are kept. Those of plans share the deals; one of 200,000 deals holds some 25 MB of its own.
const KEPT: usize = 6;

/// What an answer follows from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cause<A> {
    /// Of the records: rises with whatever the answer may follow from.
    pub version: i64,
    pub today: Day,
    pub scope: Scope,
    pub ask: A,
}

type Cell<V> = Arc<OnceCell<Arc<V>>>;

/// The answers of last, the last one first.
pub(crate) struct Once<A, V>(Mutex<VecDeque<(Cause<A>, Cell<V>)>>);

impl<A, V> Default for Once<A, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<A: Clone, V> Once<A, V> {
    /// Whose reach and which questions the kept answers are to, the last one last.
    pub fn asked(&self) -> Vec<(Scope, A)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let causes = kept.iter().rev();
        let causes = causes.map(|(cause, _)| (cause.scope.clone(), cause.ask.clone()));
        causes.collect()
    }
}

impl<A: PartialEq, V> Once<A, V> {
    /// The answer that is known, or the one that `work` finds. A failure is not kept.
    pub async fn get(
        &self,
        cause: Cause<A>,
        work: impl Future<Output = Result<V, Error>>,
    ) -> Result<Arc<V>, Error> {
        self.follow(cause, |_| work).await
    }

    /// The same, where `work` may take over what did not change since from the last answer to the same
    /// question that is kept.
    pub async fn follow<W: Future<Output = Result<V, Error>>>(
        &self,
        cause: Cause<A>,
        work: impl FnOnce(Option<Arc<V>>) -> W,
    ) -> Result<Arc<V>, Error> {
        let (cell, before) = self.cell(cause);
        // On the heap: an answer that rests on another one that is kept would hold the work of both.
        let found = cell.get_or_try_init(|| Box::pin(async { work(before).await.map(Arc::new) }));
        found.await.cloned()
    }

    fn cell(&self, cause: Cause<A>) -> (Cell<V>, Option<Arc<V>>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = kept.iter().position(|(known, _)| *known == cause)
            && let Some(found) = kept.remove(place)
        {
            let cell = Arc::clone(&found.1);
            kept.push_front(found);
            return (cell, None);
        }
        let is_same = |known: &Cause<A>| known.scope == cause.scope && known.ask == cause.ask;
        let mut same = kept.iter().filter(|(known, _)| is_same(known));
        let before = same.find_map(|(_, cell)| cell.get().cloned());
        // What followed from an older version never comes back.
        kept.retain(|(known, _)| known.version >= cause.version || !is_same(known));
        let cell = Cell::default();
        kept.push_front((cause, Arc::clone(&cell)));
        kept.truncate(KEPT);
        (cell, before)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use domain::access::Scope;

    use super::{Cause, Once};

    fn cause(version: i64, ask: &'static str) -> Cause<&'static str> {
        Cause {
            version,
            today: "2026-03-02".parse().expect("a day"),
            scope: Scope::Everything,
            ask,
        }
    }

    #[tokio::test]
    async fn what_was_worked_out_ahead_is_only_read_and_told_of_once() {
        let once: Once<&str, usize> = Once::default();
        let worked = AtomicUsize::new(0);
        let ask = async |version, ask| {
            let work = async { Ok(worked.fetch_add(1, Ordering::Relaxed)) };
            *once
                .get(cause(version, ask), work)
                .await
                .expect("worked out")
        };
        for (version, question) in [(1, "one"), (1, "other"), (2, "one")] {
            ask(version, question).await;
        }
        assert_eq!(ask(2, "one").await, 2, "the answer of the last work");
        assert_eq!(worked.load(Ordering::Relaxed), 3);
        let asked: Vec<&str> = once.asked().into_iter().map(|(_, ask)| ask).collect();
        assert_eq!(asked, ["other", "one"]);
    }
}
