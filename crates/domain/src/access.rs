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
        /// The program itself, by the clock or by a job.
        System,
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
