//! Who asks: roles and the reach of a permission. What each role may do is decided in one policy layer.

use crate::{id::UserId, word_list};

word_list! {
    /// A role of the program; a person may hold several, and they add up.
    Role {
        Seller,
        /// The CSM or account manager who owns customer relationships.
        Owner,
        /// PR, analyst relations, events, marketing.
        Stakeholder,
        Program,
        Executive,
        Admin,
        Privacy,
    }
}

word_list! {
    /// Who acted.
    ActorKind {
        User,
        /// The person at the command line of the machine.
        Operator,
        /// An advocate through a signed link.
        Advocate,
        /// A buyer through a signed link.
        Buyer,
        /// The program itself, by the clock or by a job.
        System,
    }
}

word_list! {
    /// Something a person may be allowed to do; the names are also the scopes of tokens.
    Permission {
        AccountRead,
        AccountEdit,
        AccountLock,
        ContactRead,
        ContactEdit,
        OpportunityRead,
        OpportunityEdit,
        Match,
        /// Searches without a match, with the value of their deals.
        DemandRead,
        /// Who carries the load, who tires, and where a rule was gone past.
        LoadRead,
        /// What wears out and needs a person's eye: look, put off, ask the owner.
        Steward,
        AdvocateRead,
        AdvocateNominate,
        AdvocateEdit,
        AdvocateMove,
        ConsentRead,
        ConsentRecord,
        ContentRead,
        ContentEdit,
        ContentShare,
        RequestRead,
        RequestCreate,
        CandidatePropose,
        CandidateApprove,
        /// Times for a use: offer, pick, call off; the requester and the owner.
        CandidateArrange,
        CandidateFulfil,
        /// A use that no request led to, recorded afterwards.
        UseLog,
        LinkCopy,
        Override,
        MetricRead,
        MetricGoalEdit,
        /// The calculator, demand, gaps and what the next advocate is worth.
        PlanRead,
        PlanEdit,
        /// Dated needs of press, analysts, events and marketing.
        NeedRead,
        NeedEdit,
        TaxonomyRead,
        TaxonomyEdit,
        Import,
        /// Probable duplicates: look, tell apart, merge, undo.
        RecordMerge,
        /// Putting records into the trash and restoring them.
        RecordDelete,
        /// Deleting for good what is in the trash.
        RecordForget,
        /// One change of many records of a list, and taking it back.
        BulkEdit,
        Export,
        UserRead,
        UserEdit,
        /// Looking through the eyes of a colleague or a role, changing nothing.
        ViewAs,
        TokenOwn,
        InboxOwn,
        /// What colleagues write to each other on records that one may read.
        Comment,
        AuditRead,
        AuditVerify,
        JobRead,
        JobReplay,
        SettingRead,
        SettingEdit,
        /// How much each facet counts in a search.
        MatchWeightEdit,
        Erase,
    }
}

word_list! {
    /// A group of fields about an advocate that is seen or hidden as one.
    FieldClass {
        /// The person's name.
        Name,
        /// E-mail address and phone number.
        ContactDetails,
        /// Each use with its deal; others see a count band.
        UsageHistory,
        /// Why an advocate is not available; others see the state and the next free date.
        AvailabilityReason,
        /// Internal notes, sentiment, NPS, health.
        Internal,
        /// The entries of the consent record; others see valid or not.
        ConsentRecord,
        /// Limits, topics and preferences in full.
        Preferences,
    }
}

/// Which records of a kind a permission reaches. The wider one wins when roles add up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Nothing,
    /// Records that belong to one of these people: the actor, and the team where the actor leads one.
    Own(Vec<UserId>),
    Everything,
}

impl Scope {
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// Whether a record that belongs to `holder` is in reach.
    pub fn reaches(&self, holder: Option<UserId>) -> bool {
        match self {
            Self::Nothing => false,
            Self::Own(people) => holder.is_some_and(|holder| people.contains(&holder)),
            Self::Everything => true,
        }
    }
}
