//! How a candidate moves along its life cycle, and what the event of a move says changed. Refuses to
//! know why it moves.

use domain::{
    candidate::CandidateState,
    time::{Day, Timestamp},
};
use storage::candidate::Candidate;

use crate::{change::Changes, error::Error};

/// How a candidate stood before a move. The event of the move tells what changed since, so whoever
/// moves a candidate has to take this up.
#[must_use = "the event of a move tells before and after"]
pub(crate) struct Before {
    state: Option<CandidateState>,
    planned_on: Option<Day>,
}

impl Before {
    /// There was no such candidate yet.
    pub(crate) fn proposed() -> Self {
        Self {
            state: None,
            planned_on: None,
        }
    }

    pub(crate) fn of(row: &Candidate) -> Self {
        Self {
            state: Some(row.state),
            planned_on: Some(row.planned_on),
        }
    }

    /// State and planned day before and after, where they differ.
    pub(crate) fn changes(&self, row: &Candidate) -> Changes {
        let mut changes = Changes::default();
        changes.note("state", &self.state, &Some(row.state));
        changes.note("planned_on", &self.planned_on, &Some(row.planned_on));
        changes
    }
}

/// Moves a candidate along its life cycle, or says that this is not possible any more.
pub(crate) fn step(
    row: &mut Candidate,
    to: CandidateState,
    now: Timestamp,
) -> Result<Before, Error> {
    if !row.state.can_move_to(to) {
        return Err(Error::MoveNotAllowed(format!(
            "This candidate is {} and cannot become {} any more. Reload to see what happened.",
            words(row.state),
            words(to)
        )));
    }
    let before = Before::of(row);
    row.state = to;
    let stamp = match to {
        CandidateState::OwnerAsked => Some(&mut row.owner_asked_at),
        CandidateState::AdvocateAsked => Some(&mut row.advocate_asked_at),
        // A time that was called off leads back to a yes that was given before.
        CandidateState::Accepted if row.accepted_at.is_some() => None,
        CandidateState::Accepted => Some(&mut row.accepted_at),
        CandidateState::Scheduled => Some(&mut row.scheduled_at),
        CandidateState::Done => Some(&mut row.done_at),
        CandidateState::Debriefed
        | CandidateState::Declined
        | CandidateState::Expired
        | CandidateState::Replaced => Some(&mut row.closed_at),
        CandidateState::Proposed => None,
    };
    if let Some(stamp) = stamp {
        *stamp = Some(now);
    }
    Ok(before)
}

/// Moves a candidate who was let go back to where they were; only what takes back the letting go may
/// do so.
pub(super) fn take_up(row: &mut Candidate, to: CandidateState) -> Before {
    let before = Before::of(row);
    row.state = to;
    row.closed_at = None;
    before
}

fn words(state: CandidateState) -> String {
    state.as_str().replace('_', " ")
}
