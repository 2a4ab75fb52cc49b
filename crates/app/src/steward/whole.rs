//! The queue to its end, named part by part.

use std::vec::IntoIter;

use domain::access::Scope;

use super::{AskQueue, PutOffs, StewardRow, Waiting, both, chosen, names};
use crate::{App, actor::Actor, error::Error};

/// What waited at one moment.
pub(crate) struct Whole {
    pub(crate) total: usize,
    rest: IntoIter<Waiting>,
    put_offs: PutOffs,
}

impl Whole {
    /// What the queue of these records holds; of the ask, its page is of no meaning here.
    pub(crate) async fn open(
        app: &App,
        actor: &Actor,
        scope: &Scope,
        ask: &AskQueue,
    ) -> Result<Self, Error> {
        let both = both(app, actor, scope).await?;
        let rows = chosen(if ask.put_off { both.later } else { both.now }, ask.reason);
        Ok(Self {
            total: rows.len(),
            rest: rows.into_iter(),
            put_offs: both.put_offs,
        })
    }

    /// The next rows, as the actor sees them.
    pub(crate) async fn next(
        &mut self,
        app: &App,
        actor: &Actor,
        limit: usize,
    ) -> Result<Vec<StewardRow>, Error> {
        let part = self.rest.by_ref().take(limit).collect();
        names::views(app, actor, part, &self.put_offs).await
    }
}
