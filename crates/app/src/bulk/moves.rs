//! Moves of a status: the same checks as for one record.

use std::collections::{HashMap, HashSet};

use domain::{
    advocate::AdvocateStatus,
    content::ContentStatus,
    id::ContentId,
    opportunity::{DealStage, OpportunityStatus},
    time::Day,
};
use storage::Source;
use uuid::Uuid;

use super::{WhyRefused, decide::Verdict};
use crate::{
    advocate::edit::reason_of_move,
    change::Changes,
    content::{self, approve},
    error::Error,
    import::desk::Desk,
    opportunity::edit,
};

/// A move that fits the kind of record.
pub(super) enum Move {
    Advocate {
        to: AdvocateStatus,
        reason: Option<String>,
    },
    Content {
        to: ContentStatus,
        /// What has a file, and what its customer lets be shown.
        with_file: HashSet<ContentId>,
        consents: HashMap<ContentId, bool>,
    },
    Deal(OpportunityStatus),
    Stage(Option<DealStage>),
}

impl Move {
    /// # Errors
    /// [`Error::Invalid`] without the reason that the move needs.
    pub(super) fn of_advocate(to: AdvocateStatus, reason: Option<&str>) -> Result<Self, Error> {
        let reason = reason_of_move(to, reason).map_err(|error| error.within("change"))?;
        Ok(Self::Advocate { to, reason })
    }

    pub(super) fn of_content(to: ContentStatus) -> Self {
        Self::Content {
            to,
            with_file: HashSet::new(),
            consents: HashMap::new(),
        }
    }

    /// Reads what deciding needs beside the records on the desk.
    pub(super) async fn look(
        &mut self,
        source: &impl Source,
        desk: &Desk,
        today: Day,
    ) -> Result<(), Error> {
        let Self::Content {
            to: ContentStatus::Approved,
            with_file,
            consents,
        } = self
        else {
            return Ok(());
        };
        let ids = desk.content.ids().into_iter();
        let rows: Vec<_> = ids.filter_map(|id| desk.content.row(id).cloned()).collect();
        let ids = rows.iter().map(|row| row.id).collect();
        *with_file = storage::content_file::of(source, ids)
            .await?
            .into_keys()
            .collect();
        *consents = content::consents(source, &rows, today).await?;
        Ok(())
    }

    pub(super) fn decide(&self, desk: &mut Desk, id: Uuid, today: Day) -> Verdict {
        match self {
            Self::Advocate { to, reason } => advocate(desk, id, *to, reason.as_deref()),
            Self::Content {
                to,
                with_file,
                consents,
            } => {
                let Some(row) = desk.content.row(id) else {
                    return Verdict::Refused(WhyRefused::OutOfReach);
                };
                if row.status == *to {
                    return Verdict::Stays;
                }
                if !row.status.may_move_to(*to) {
                    return Verdict::Refused(WhyRefused::NoSuchMove);
                }
                if *to == ContentStatus::Approved {
                    let stands = consents.get(&row.id).copied().unwrap_or(false);
                    match approve::obstacle(row, with_file.contains(&row.id), stands) {
                        Some(approve::Obstacle::NothingToShow) => {
                            return Verdict::Refused(WhyRefused::NothingToShow);
                        }
                        Some(approve::Obstacle::NoConsent) => {
                            return Verdict::Refused(WhyRefused::NoConsent);
                        }
                        None => {}
                    }
                }
                desk.content.edit(id, |row| row.status = *to);
                Verdict::Changes
            }
            Self::Deal(status) => Verdict::of(desk.opportunities.edit(id, |row| {
                edit::close(row, *status, Some(today), &mut Changes::default());
            })),
            Self::Stage(stage) => {
                let is_there = desk.opportunities.row(id).map(|row| row.stage) == Some(*stage);
                if is_there {
                    return Verdict::Stays;
                }
                Verdict::of(desk.opportunities.edit(id, |row| {
                    let changes = &mut Changes::default();
                    edit::move_to(row, *stage, None, Some(today), changes);
                }))
            }
        }
    }
}

fn advocate(desk: &mut Desk, id: Uuid, to: AdvocateStatus, reason: Option<&str>) -> Verdict {
    let Some(from) = desk.advocates.row(id).map(|row| row.status) else {
        return Verdict::Refused(WhyRefused::OutOfReach);
    };
    if from == to {
        return Verdict::Stays;
    }
    if !from.can_move_to(to) {
        return Verdict::Refused(WhyRefused::NoSuchMove);
    }
    desk.advocates.edit(id, |row| {
        row.status = to;
        row.status_reason = reason.map(str::to_owned);
    });
    Verdict::Changes
}
