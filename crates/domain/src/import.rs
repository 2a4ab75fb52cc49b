//! Files on their way in.

use crate::word_list;

word_list! {
    /// How far an import is.
    ImportStatus {
        Uploaded,
        Checked,
        /// Waits for its turn in the queue, or is being written.
        Applying,
        Done,
        /// Stopped by a person; what is in stays.
        Cancelled,
        /// Broke off; what is in stays.
        Failed,
        /// What it wrote is being taken back, or waits for that.
        Undoing,
        /// What it wrote is taken back, but for what was used or changed since.
        Undone,
    }
}
