//! The life cycle of a candidate: an advocate proposed on a request.

use crate::{time::Timestamp, word_list};

word_list! {
    CandidateState {
        Proposed,
        OwnerAsked,
        AdvocateAsked,
        Accepted,
        Scheduled,
        Done,
        Debriefed,
        Declined,
        Expired,
        Replaced,
    }
}

word_list! {
    /// Who has to act next on a candidate.
    Holder { Program, Owner, Advocate, Requester, Nobody }
}

word_list! {
    /// Who said no.
    DeclinedBy { Owner, Advocate, Program, Requester }
}

word_list! {
    /// What a person without a login is asked through a signed link.
    LinkPurpose {
        Ask,
        Debrief,
        /// The advocate names times that suit.
        Offer,
        /// The buyer picks one of the times.
        Pick,
        /// The buyer says how it was.
        BuyerDebrief,
        /// The advocate reads what to expect, as often as they like.
        AdvocateBrief,
        /// The buyer does.
        BuyerBrief,
    }
}

impl LinkPurpose {
    /// Whether the link takes one answer of the advocate's.
    pub fn takes_an_answer(self) -> bool {
        matches!(self, Self::Ask | Self::Debrief | Self::Offer)
    }

    /// Whether the link is only read, as often as one likes.
    pub fn is_read(self) -> bool {
        matches!(self, Self::AdvocateBrief | Self::BuyerBrief)
    }
}

impl CandidateState {
    pub fn can_move_to(self, to: CandidateState) -> bool {
        use CandidateState::{
            Accepted, AdvocateAsked, Debriefed, Declined, Done, Expired, OwnerAsked, Proposed,
            Replaced, Scheduled,
        };
        match self {
            // A rule may stand for the owner's yes, and for the advocate's who has agreed ahead.
            Proposed => matches!(
                to,
                OwnerAsked | AdvocateAsked | Accepted | Declined | Expired | Replaced
            ),
            OwnerAsked => matches!(to, AdvocateAsked | Declined | Expired | Replaced),
            AdvocateAsked => matches!(to, Accepted | Declined | Expired | Replaced),
            // A use may be recorded without a schedule: many calls are arranged by phone.
            Accepted => matches!(to, Scheduled | Done | Declined | Replaced),
            // A time that was called off leaves the promise standing.
            Scheduled => matches!(to, Accepted | Done | Declined | Replaced),
            // The advocate may say that it did not take place after all.
            Done => matches!(to, Debriefed | Replaced),
            Debriefed | Declined | Expired | Replaced => false,
        }
    }

    /// The state of a candidate without an answer yet, by when owner and advocate were asked.
    pub fn as_far_as(owner: Option<Timestamp>, advocate: Option<Timestamp>) -> Self {
        match (owner, advocate) {
            (_, Some(_)) => Self::AdvocateAsked,
            (Some(_), None) => Self::OwnerAsked,
            (None, None) => Self::Proposed,
        }
    }

    /// A candidate reserves one use from *owner asked* until *done* or an exit.
    pub fn reserves_a_use(self) -> bool {
        matches!(
            self,
            Self::OwnerAsked | Self::AdvocateAsked | Self::Accepted | Self::Scheduled
        )
    }

    /// States in which the customer is being asked; at most three of them per requested reference.
    pub fn is_asked(self) -> bool {
        matches!(self, Self::OwnerAsked | Self::AdvocateAsked)
    }

    pub fn is_open(self) -> bool {
        self == Self::Proposed || self.reserves_a_use()
    }

    /// Contact details are the requester's to see from acceptance on.
    pub fn reveals_contact(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Scheduled | Self::Done | Self::Debriefed
        )
    }

    pub fn holder(self) -> Holder {
        match self {
            Self::Proposed => Holder::Program,
            Self::OwnerAsked => Holder::Owner,
            Self::AdvocateAsked => Holder::Advocate,
            Self::Accepted | Self::Scheduled | Self::Done => Holder::Requester,
            Self::Debriefed | Self::Declined | Self::Expired | Self::Replaced => Holder::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CandidateState, Holder};

    #[test]
    fn every_open_state_has_one_holder_and_a_way_on() {
        for state in CandidateState::ALL {
            let ways = CandidateState::ALL
                .iter()
                .filter(|to| state.can_move_to(**to))
                .count();
            assert_eq!(ways == 0, state.holder() == Holder::Nobody, "{state}");
        }
    }

    #[test]
    fn contact_details_are_never_revealed_before_the_advocate_accepts() {
        use CandidateState::{AdvocateAsked, OwnerAsked, Proposed};
        assert!(
            [Proposed, OwnerAsked, AdvocateAsked]
                .iter()
                .all(|state| !state.reveals_contact())
        );
    }
}
