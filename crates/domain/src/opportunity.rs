//! Deals as every CRM knows them, and the few facts about their stages that the product needs.

use crate::word_list;

word_list! {
    OpportunityStatus { Open, Won, Lost }
}

word_list! {
    /// Metrics and the calculator default to new + expansion.
    OpportunityKind { New, Expansion, Renewal }
}

word_list! {
    /// Where a deal or a piece of content stands in the sale; ordered.
    DealStage { Early, Middle, Late }
}

word_list! {
    /// Why a deal stands in no group when deals are counted by something.
    NoGroup {
        NoOwner,
        NoTeam,
        NoAccount,
        /// It carries a value that nobody has mapped to a term yet.
        Unmapped,
        Untagged,
        /// Nothing leveraged it before it closed.
        NotLeveraged,
    }
}

impl OpportunityStatus {
    pub fn is_closed(self) -> bool {
        self != Self::Open
    }
}
