//! The kinds of record that have a timeline, and the words for what happens to them.

use crate::word_list;

word_list! {
    /// What an event, a tag or a timeline points at.
    RecordKind {
        Account,
        Contact,
        User,
        Opportunity,
        Advocate,
        Content,
        Share,
        Request,
        Candidate,
        Use,
        Facet,
        Term,
        Lock,
        Setting,
        Session,
        Token,
        Import,
        Mapping,
        Job,
        UnmetSearch,
        SavedSearch,
        ListView,
        ActivityType,
        Plan,
        RecruitingTarget,
        Scenario,
        GrowthGoal,
        BulkChange,
        Need,
        Hold,
        Comment,
    }
}

word_list! {
    /// What happened. Events are facts: past tense, one word where it will do.
    Action {
        Created,
        Updated,
        Moved,
        Verified,
        ConsentRecorded,
        ConsentWithdrawn,
        Locked,
        Unlocked,
        Submitted,
        Withdrawn,
        Proposed,
        OwnerAsked,
        OwnerApproved,
        AdvocateAsked,
        AdvocateAccepted,
        Declined,
        Expired,
        Replaced,
        /// Served by a group call that was promised to another deal.
        Joined,
        /// Not asked any more, because content answers in their place.
        Spared,
        Reminded,
        /// Times to choose from were named.
        SlotsOffered,
        Scheduled,
        /// An agreed time was given up.
        CalledOff,
        Used,
        /// What was logged by mistake is off the record again.
        TakenBack,
        /// The time came and nobody talked.
        DidNotTakePlace,
        Graded,
        Thanked,
        ContactRevealed,
        Closed,
        Merged,
        Unmerged,
        /// Two records that look alike were said to be two.
        ToldApart,
        Retired,
        /// Put into the trash, from where it can be restored.
        Deleted,
        Restored,
        Mapped,
        SignedIn,
        SignInFailed,
        SignedOut,
        /// Began to look through somebody's eyes, changing nothing.
        ViewBegun,
        ViewEnded,
        Imported,
        Exported,
        Erased,
        Replayed,
        Searched,
        Overridden,
        LinkIssued,
        Revoked,
        /// A buyer looked at shared content.
        Opened,
        FileReplaced,
        /// Gone for good: an undone import had created it and nobody had used it, or its time in the
        /// trash is over.
        Removed,
        Undone,
        /// A mail server refused the address for good.
        AddressRefused,
        /// Put off in the steward queue until a day.
        PutOff,
        /// Waiting in the steward queue again, before that day.
        Resumed,
    }
}
