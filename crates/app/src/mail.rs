//! Letters to people. What carries them stands outside; without it everything else still works.

use std::{future::Future, pin::Pin};

use domain::text::EmailAddress;

/// A letter in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The same for every attempt at the same letter, so that a receiver can drop a repeat.
    pub message_id: String,
    pub to: EmailAddress,
    pub subject: String,
    pub body: String,
}

/// Why a letter was not taken; it is tried again later.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotSent(pub String);

/// Carries letters out of the house.
pub trait Carrier: Send + Sync {
    fn send<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> Pin<Box<dyn Future<Output = Result<(), NotSent>> + Send + 'a>>;
}
