//! Lists that go out and do not come back in: the audit log, requests, the load report, and the queues.
//!
//! Each is opened as of one moment, says then how many rows it has, and is named and masked part by part
//! by the code that its screen shows.

mod rows;

use domain::{access::Scope, record::RecordKind, word_list};

use super::narrower;
use crate::{
    actor::Actor,
    audit::ListEvents,
    duplicate,
    error::Error,
    load::ListName,
    policy::{self, Permission},
    request::ListRequests,
    steward::AskQueue,
};

pub(super) use rows::Rows;

word_list! {
    /// The lists that are exported and are no kind of record.
    List { Events, Requests, Load, Steward, Duplicates }
}

/// A list as it is narrowed on its screen; pages are of no meaning here.
#[derive(Clone, Debug)]
pub enum AskList {
    /// The audit log up to its newest event when the export was opened.
    Events(ListEvents),
    Requests(ListRequests),
    Load(ListName),
    Steward(AskQueue),
    Duplicates(duplicate::Kind),
}

impl AskList {
    pub fn list(&self) -> List {
        match self {
            Self::Events(_) => List::Events,
            Self::Requests(_) => List::Requests,
            Self::Load(_) => List::Load,
            Self::Steward(_) => List::Steward,
            Self::Duplicates(_) => List::Duplicates,
        }
    }

    /// The kind of record that the note in the log is about, which decides who reads it there.
    pub(super) fn about(&self) -> RecordKind {
        match self {
            // Whoever watches over the log watches over people.
            Self::Events(_) => RecordKind::User,
            Self::Requests(_) => RecordKind::Request,
            Self::Load(_) | Self::Steward(_) => RecordKind::Advocate,
            Self::Duplicates(kind) => kind.record(),
        }
    }

    /// The records that the actor reads on the list and may take along.
    pub(super) fn reach(&self, actor: &Actor) -> Result<Scope, Error> {
        let reading = match self {
            // Whoever reads the log answers for it, and hands it to others who do.
            Self::Events(_) => return policy::require(actor, Permission::AuditRead),
            Self::Requests(_) => Permission::RequestRead,
            Self::Load(_) => Permission::LoadRead,
            Self::Steward(_) => Permission::Steward,
            Self::Duplicates(_) => Permission::RecordMerge,
        };
        let exporting = policy::require(actor, Permission::Export)?;
        let reach = narrower(exporting, policy::require(actor, reading)?);
        if reach.is_empty() {
            return Err(Error::Forbidden);
        }
        Ok(reach)
    }
}
