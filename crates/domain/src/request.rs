//! The life cycle of a reference request.

use crate::{candidate::CandidateState, word_list};

word_list! {
    RequestStatus { Draft, Submitted, Matching, InProgress, Fulfilled, PartlyFulfilled, Unfilled, Withdrawn }
}

word_list! {
    /// Why a request found no reference; with the deal value this is measured demand.
    UnfilledReason { NoMatch, AllBusy, OwnerDeclined, AdvocateDeclined, TooLate, Other }
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
    /// `wanted` is the number of references asked for, at least 1. A request by criteria without
    /// candidates stays in *matching*: the program team looks for one.
    pub fn derive(wanted: usize, candidates: &[CandidateState]) -> Self {
        let done = candidates
            .iter()
            .filter(|state| matches!(state, CandidateState::Done | CandidateState::Debriefed))
            .count();
        let moving = candidates
            .iter()
            .filter(|state| state.reserves_a_use())
            .count();
        if done >= wanted {
            Self::Fulfilled
        } else if moving > 0 || done > 0 {
            Self::InProgress
        } else {
            Self::Matching
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RequestStatus;
    use crate::candidate::CandidateState::{Declined, Done, OwnerAsked, Proposed};

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
        assert_eq!(RequestStatus::derive(2, &[Done]), RequestStatus::InProgress);
        assert_eq!(
            RequestStatus::derive(1, &[Declined, Done]),
            RequestStatus::Fulfilled
        );
    }
}
