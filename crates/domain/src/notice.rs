//! Entries of the inbox.

use crate::word_list;

word_list! {
    /// What kind of attention an entry of the inbox wants.
    NoticeClass { Ask, Update, Mention }
}
