//! The proof of the log: walking its chain, and what does not hold.

use serde::{Deserialize, Serialize};
use storage::log::Fault;

use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// A place where the log is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LogFault {
    pub position: i64,
    pub kind: FaultKind,
}

/// How the log differs from what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// A position is missing or out of order.
    Gap,
    /// A row does not follow from the one before it.
    Changed,
    /// What stands beside a row is not what was written.
    DetailChanged,
    /// What stood beside a row is gone, and no erasure accounts for it.
    DetailMissing,
    /// An event does not stand on the timelines that it was written to.
    LinksChanged,
    /// The log does not end where it did.
    HeadMoved,
}

/// What walking the whole log found.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Verification {
    pub is_whole: bool,
    /// Events in the log.
    pub events: i64,
    /// The digest of the newest event; who notes it elsewhere can prove that nothing before changed.
    pub head: String,
    /// At most 100.
    pub faults: Vec<LogFault>,
}

/// Walks the chain and names every place where it does not hold.
pub async fn verify(app: &App, actor: &Actor) -> Result<Verification, Error> {
    policy::require(actor, Permission::AuditVerify)?;
    let faults: Vec<LogFault> = storage::log::verify(&app.store)
        .await?
        .into_iter()
        .map(fault)
        .collect();
    let head = storage::log::head(&app.store).await?;
    Ok(Verification {
        is_whole: faults.is_empty(),
        events: head.position,
        head: head.digest,
        faults,
    })
}

fn fault(fault: Fault) -> LogFault {
    let (kind, position) = match fault {
        Fault::Gap { position } => (FaultKind::Gap, position),
        Fault::Changed { position } => (FaultKind::Changed, position),
        Fault::DetailChanged { position } => (FaultKind::DetailChanged, position),
        Fault::DetailMissing { position } => (FaultKind::DetailMissing, position),
        Fault::LinksChanged { position } => (FaultKind::LinksChanged, position),
        Fault::HeadMoved { position } => (FaultKind::HeadMoved, position),
    };
    LogFault { position, kind }
}
