//! The audit list as it stood at one position of the log, read to its end.

use storage::timeline::{self, Filter};

use super::{ListEvents, TimelineEntry, Values, narrowed, views};
use crate::{App, actor::Actor, error::Error};

/// What was written when somebody asked. An event is never changed and never goes, so the same
/// events come out however long the reading takes and whatever is written meanwhile.
pub(crate) struct Pinned {
    filter: Filter,
    /// The position of the newest event of the log, whether it is one of these or not.
    pub(crate) head: i64,
    pub(crate) total: usize,
    below: Option<i64>,
}

impl Pinned {
    pub(crate) async fn open(app: &App, actor: &Actor, ask: &ListEvents) -> Result<Self, Error> {
        let head = storage::log::head(&app.store).await?.position;
        let filter = Filter {
            up_to: Some(head),
            ..narrowed(actor, ask)?
        };
        let total = timeline::count(&app.store, &filter).await?;
        Ok(Self {
            filter,
            head,
            total: usize::try_from(total).unwrap_or(usize::MAX),
            below: None,
        })
    }

    /// The next events, the newest of them first.
    pub(crate) async fn next(
        &mut self,
        app: &App,
        limit: usize,
    ) -> Result<Vec<TimelineEntry>, Error> {
        let entries = timeline::part(&app.store, &self.filter, self.below, limit as u64).await?;
        if let Some(last) = entries.last() {
            self.below = Some(last.event.position);
        }
        views(app, entries, Values::Shown).await
    }
}
