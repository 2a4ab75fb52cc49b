//! The one write: rows, events, jobs and the chain head commit together or not at all.

use domain::{
    access::ActorKind,
    id::UserId,
    record::{Action, RecordKind},
    time::Timestamp,
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use crate::{
    error::StorageError,
    log,
    record::{Source, sealed::Connected},
};

/// The author of a write, as the event log keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorRef {
    pub kind: ActorKind,
    pub id: Option<Uuid>,
}

impl ActorRef {
    pub const OPERATOR: Self = Self {
        kind: ActorKind::Operator,
        id: None,
    };
    pub const SYSTEM: Self = Self {
        kind: ActorKind::System,
        id: None,
    };

    pub fn user(id: UserId) -> Self {
        Self {
            kind: ActorKind::User,
            id: Some(id.0),
        }
    }
}

/// An event on its way into the log.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    pub action: Action,
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    /// Other records on whose timeline it shows.
    pub links: Vec<(RecordKind, Uuid)>,
    /// Values that erasure may have to remove: before and after by field, reasons, notes.
    pub detail: serde_json::Value,
    /// When it happened, for history that is brought along; without it, at the instant of the write.
    pub at: Option<Timestamp>,
}

impl NewEvent {
    pub fn new(action: Action, record_kind: RecordKind, record_id: impl Into<Uuid>) -> Self {
        Self {
            action,
            record_kind,
            record_id: record_id.into(),
            links: Vec::new(),
            detail: serde_json::Value::Null,
            at: None,
        }
    }

    /// Shows the event on the timeline of another record as well.
    #[must_use]
    pub fn link(mut self, kind: RecordKind, id: impl Into<Uuid>) -> Self {
        self.links.push((kind, id.into()));
        self
    }

    #[must_use]
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }

    #[must_use]
    pub fn detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }
}

/// An open write. Dropped without [`Tx::commit`], it leaves nothing behind.
pub struct Tx {
    inner: DatabaseTransaction,
    actor: ActorRef,
    now: Timestamp,
    events: Vec<NewEvent>,
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction, actor: ActorRef, now: Timestamp) -> Self {
        Self {
            inner,
            actor,
            now,
            events: Vec::new(),
        }
    }

    pub(crate) fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// The instant of the write; the same for every row of it.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn actor(&self) -> ActorRef {
        self.actor
    }

    /// Adds an event; it is written by [`Tx::commit`], in order.
    pub fn record(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// Appends the events, moves the chain head as the last statement, and commits.
    ///
    /// The head comes last on purpose: every write takes its root rows first and the head after
    /// them, so that two writes never wait for each other in a circle and positions are dense in
    /// commit order.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        let events = std::mem::take(&mut self.events);
        if !events.is_empty() {
            log::append(&self, events).await?;
        }
        self.inner.commit().await?;
        Ok(())
    }

    /// Undoes everything; the same as dropping, but waits until it is done.
    pub async fn roll_back(self) -> Result<(), StorageError> {
        self.inner.rollback().await?;
        Ok(())
    }
}

impl Connected for Tx {
    type Connection = DatabaseTransaction;

    fn connection(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

impl Source for Tx {}
