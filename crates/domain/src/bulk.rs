//! One change of many records.

use crate::word_list;

word_list! {
    /// How far a change of many records is.
    BulkState {
        /// Waits for its turn in the queue, or is being made piece by piece.
        Running,
        Done,
        /// Stopped by a person; what is changed stays.
        Cancelled,
        /// Broke off; what is changed stays.
        Failed,
        /// Is being taken back, or waits for that.
        Undoing,
    }
}
