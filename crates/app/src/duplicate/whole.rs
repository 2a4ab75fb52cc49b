//! The queue of a kind to its end, named part by part.

use std::vec::IntoIter;

use storage::duplicate::{self, Pair};

use super::{DuplicateView, Kind, views};
use crate::{App, error::Error};

/// The pairs that waited at one moment.
pub(crate) struct Whole {
    kind: Kind,
    pub(crate) total: usize,
    rest: IntoIter<Pair>,
}

impl Whole {
    pub(crate) async fn open(app: &App, kind: Kind) -> Result<Self, Error> {
        let pairs = duplicate::open(&app.store, kind.record(), None, u64::MAX).await?;
        Ok(Self {
            kind,
            total: pairs.len(),
            rest: pairs.into_iter(),
        })
    }

    /// The next pairs, the surest first.
    pub(crate) async fn next(
        &mut self,
        app: &App,
        limit: usize,
    ) -> Result<Vec<DuplicateView>, Error> {
        let part = self.rest.by_ref().take(limit).collect();
        views(app, self.kind, part).await
    }
}
