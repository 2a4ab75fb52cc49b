//! Files on their way in.

use crate::word_list;

word_list! {
    /// How far an import is.
    ImportStatus { Uploaded, Checked, Applying, Done, Failed }
}
