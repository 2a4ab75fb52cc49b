//! The life cycle of a reference request.

use crate::{candidate::CandidateState, word_list};

word_list! {
    RequestStatus { Draft, Submitted, Matching, InProgress, Fulfilled, PartlyFulfilled, Unfilled, Withdrawn }
}

word_list! {
    /// Why a request found no reference; with the deal value this is measured demand.
    UnfilledReason { NoMatch, AllBusy, OwnerDeclined, AdvocateDeclined, TooLate, Other }
}

/// Customers asked at once for each reference that is still missing (domain, section 3).
pub const ASKED_MAX: usize = 3;

/// How many more customers may be asked now for `wanted` references, given every candidate's state.
/// Zero once enough have said yes.
pub fn room_to_ask(wanted: usize, candidates: &[CandidateState]) -> usize {
    let asked = candidates.iter().filter(|state| state.is_asked()).count();
    (ASKED_MAX * missing(wanted, candidates)).saturating_sub(asked)
}

/// References that nobody has said yes to yet.
pub fn missing(wanted: usize, candidates: &[CandidateState]) -> usize {
    let secured = candidates
        .iter()
        .filter(|state| state.reveals_contact())
        .count();
    wanted.saturating_sub(secured)
}

impl RequestStatus {
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Draft | Self::Submitted | Self::Matching | Self::InProgress
        )
    }

    /// The status that follows from the candidates' states while the request is open.
    ///
    /// `wanted` is the number of references asked for, at least 1. While one of them is promised by
    /// nobody and nobody is asked, the request is in *matching*, whatever the others came to: the
    /// program team holds it and looks for one.
    pub fn derive(wanted: usize, candidates: &[CandidateState]) -> Self {
        let done = candidates
            .iter()
            .filter(|state| matches!(state, CandidateState::Done | CandidateState::Debriefed))
            .count();
        let is_asked = candidates.iter().any(|state| state.is_asked());
        if done >= wanted {
            Self::Fulfilled
        } else if is_asked || missing(wanted, candidates) == 0 {
            Self::InProgress
        } else {
            Self::Matching
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RequestStatus, missing, room_to_ask};
    use crate::candidate::CandidateState::{
        Accepted, AdvocateAsked, Declined, Done, OwnerAsked, Proposed,
    };

    #[test]
    fn three_customers_are_asked_at_once_for_each_reference_that_is_missing() {
        assert_eq!(room_to_ask(1, &[]), 3);
        assert_eq!(room_to_ask(1, &[OwnerAsked, AdvocateAsked, Proposed]), 1);
        assert_eq!(room_to_ask(1, &[OwnerAsked, OwnerAsked, OwnerAsked]), 0);
        assert_eq!(room_to_ask(1, &[OwnerAsked, OwnerAsked, Declined]), 1);
        assert_eq!(room_to_ask(2, &[Accepted, OwnerAsked]), 2);
        assert_eq!(room_to_ask(1, &[Accepted]), 0);
        assert_eq!(missing(2, &[Accepted, Done]), 0);
        assert_eq!(missing(2, &[Accepted, Declined]), 1);
    }

    #[test]
    fn a_reference_that_nobody_promises_and_nobody_is_asked_for_is_looked_for() {
        for one_of_two in [Done, Accepted] {
            let status = RequestStatus::derive(2, &[one_of_two, Declined]);
            assert_eq!(status, RequestStatus::Matching);
        }
    }

    #[test]
    fn the_status_of_a_request_follows_its_candidates() {
        assert_eq!(RequestStatus::derive(1, &[]), RequestStatus::Matching);
        assert_eq!(
            RequestStatus::derive(1, &[Proposed]),
            RequestStatus::Matching
        );
        assert_eq!(
            RequestStatus::derive(1, &[Declined, OwnerAsked]),
            RequestStatus::InProgress
        );
        assert_eq!(
            RequestStatus::derive(2, &[Done, AdvocateAsked]),
            RequestStatus::InProgress
        );
        assert_eq!(
            RequestStatus::derive(2, &[Done, Accepted]),
            RequestStatus::InProgress
        );
        assert_eq!(
            RequestStatus::derive(1, &[Declined, Done]),
            RequestStatus::Fulfilled
        );
    }
}
