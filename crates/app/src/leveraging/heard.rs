//! Since when the metric stands as it does: the last event that it follows from.
//!
//! Most of what a program writes, such as asks and nominations, bears on no deal that closed. What was
//! counted stays the answer until something happens that may change it.

use std::sync::{Mutex, PoisonError};

use domain::record::RecordKind;
use storage::{leveraging::Cut, log, projection};

use crate::{App, error::Error};

/// Events that are looked through in one go; after more, everything counts as changed.
const EVENTS_MAX: i64 = 20_000;

/// How far this node has listened to the event log.
#[derive(Default)]
pub(super) struct Heard(Mutex<Since>);

/// Positions of the log; 0 before anything was heard.
#[derive(Clone, Copy, Default)]
struct Since {
    position: i64,
    /// Of the last event that bears on which deals closed and what leveraged them.
    deals: i64,
    /// Of the last event that may bear on where a deal stands in a cut.
    places: i64,
}

impl Heard {
    /// Rises with whatever the metric by these cuts follows from, wherever it was written.
    pub async fn version(&self, app: &App, cuts: &[Cut]) -> Result<i64, Error> {
        let head = projection::position(&app.store).await?;
        let mut since = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if head > since.position {
            since = since.up_to(app, head).await?;
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if since.position > known.position {
                *known = since;
            }
        }
        Ok(if cuts.iter().any(|cut| is_around(*cut)) {
            since.deals.max(since.places)
        } else {
            since.deals
        })
    }
}

impl Since {
    async fn up_to(self, app: &App, head: i64) -> Result<Self, Error> {
        if self.position == 0 || head - self.position > EVENTS_MAX {
            return Ok(Self {
                position: head,
                deals: head,
                places: head,
            });
        }
        let kinds = log::kinds_between(&app.store, self.position, head).await?;
        let at = |bearing: Bearing, before: i64| {
            let is_heard = kinds.iter().any(|kind| bearing_of(*kind) == bearing);
            if is_heard { head } else { before }
        };
        Ok(Self {
            position: head,
            deals: at(Bearing::Deals, self.deals),
            places: at(Bearing::Places, self.places),
        })
    }
}

/// Whether a deal's place in the cut follows from more than the deal and what leveraged it.
fn is_around(cut: Cut) -> bool {
    match cut {
        Cut::Month | Cut::Quarter | Cut::Activity => false,
        Cut::Team | Cut::Seller | Cut::Facet(_) => true,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearing {
    Deals,
    Places,
    None,
}

/// What events about a kind of record bear on.
fn bearing_of(kind: RecordKind) -> Bearing {
    match kind {
        RecordKind::Opportunity
        | RecordKind::Use
        | RecordKind::Share
        | RecordKind::Setting
        | RecordKind::Import
        | RecordKind::BulkChange
        | RecordKind::Job => Bearing::Deals,
        RecordKind::Account | RecordKind::User | RecordKind::Facet | RecordKind::Term => {
            Bearing::Places
        }
        RecordKind::Contact
        | RecordKind::Advocate
        | RecordKind::Content
        | RecordKind::Request
        | RecordKind::Candidate
        | RecordKind::Lock
        | RecordKind::Session
        | RecordKind::Token
        | RecordKind::Mapping
        | RecordKind::UnmetSearch
        | RecordKind::SavedSearch
        | RecordKind::ListView
        | RecordKind::ActivityType
        | RecordKind::Plan
        | RecordKind::RecruitingTarget
        | RecordKind::Scenario
        | RecordKind::GrowthGoal
        | RecordKind::Need
        | RecordKind::Hold
        | RecordKind::Comment => Bearing::None,
    }
}
