//! Entries of the inbox.

use crate::word_list;

word_list! {
    /// What kind of attention an entry of the inbox wants.
    NoticeClass { Ask, Update, Mention }
}

word_list! {
    /// What an update is about, whatever its record: its reader can be told no more of it.
    UpdateKind {
        /// Who said yes or no to an own request, and what became of it.
        Answer,
        /// A time was offered, picked or called off.
        Time,
        /// Whether it took place, and how it was.
        FollowUp,
        /// A saved search found somebody new.
        Match,
        /// What a customer of one's own gave, or is spared.
        Use,
        /// A hold began, moved up or ended.
        Hold,
        /// A customer of one's own deserves thanks.
        Thanks,
        /// A planned need runs late.
        Need,
        /// A change of many records is done.
        BulkChange,
        /// What became of a nomination.
        Nomination,
    }
}

word_list! {
    /// A part of somebody's inbox.
    InboxPart {
        /// What was written so far and is not put off, read or not.
        Current,
        /// What waits: not done and not put off.
        Open,
        /// What was read or done.
        Done,
        /// What is put off, the first to come back first.
        Snoozed,
        /// One entry of each thread that makes no more updates.
        Muted,
    }
}

impl NoticeClass {
    /// Whether its thread can be muted: an ask waits for an answer, and a mention is somebody speaking.
    pub fn can_be_muted(self) -> bool {
        match self {
            Self::Update => true,
            Self::Ask | Self::Mention => false,
        }
    }
}
