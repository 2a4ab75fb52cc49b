//! The life cycle of an advocate. *Resting* is derived from uses and never a status.

use crate::word_list;

word_list! {
    AdvocateStatus { Nominated, Vetting, Invited, Onboarding, Active, Paused, Retired, Declined }
}

impl AdvocateStatus {
    /// The moves a person may make from here, in the order they are offered.
    pub fn moves(self) -> &'static [AdvocateStatus] {
        use AdvocateStatus::{
            Active, Declined, Invited, Nominated, Onboarding, Paused, Retired, Vetting,
        };
        match self {
            Nominated => &[Vetting, Declined],
            Vetting => &[Invited, Declined],
            Invited => &[Onboarding, Declined],
            Onboarding => &[Active, Declined],
            Active => &[Paused, Retired],
            Paused => &[Active, Retired],
            Retired | Declined => &[],
        }
    }

    pub fn can_move_to(self, to: AdvocateStatus) -> bool {
        self.moves().contains(&to)
    }
}

#[cfg(test)]
mod tests {
    use super::AdvocateStatus;

    #[test]
    fn every_status_but_the_last_two_has_a_way_on_and_nothing_leads_back_to_nominated() {
        for status in AdvocateStatus::ALL {
            let ends = matches!(status, AdvocateStatus::Retired | AdvocateStatus::Declined);
            assert_eq!(status.moves().is_empty(), ends, "{status}");
            assert!(!status.can_move_to(AdvocateStatus::Nominated), "{status}");
        }
    }
}
