//! Protection.
use crate::word_list;
word_list! {
    /// Why an account may not be used.
    LockReason { OpenEscalation, Renewal, PaymentDispute, NpsDrop, OptOut, Other }
}
word_list! {
    /// How two accounts stand to each other.
    Relation { Competitor, SameGroup }
}
