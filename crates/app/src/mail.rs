//! Letters to people. What carries them stands outside; without it everything else still works.

use std::{error::Error, pin::Pin};

use domain::text::EmailAddress;

use crate::calendar::Method;

/// A letter in plain text, with a calendar file where it is about an agreed time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The same for every attempt at the same letter, so that a receiver can drop a repeat.
    pub message_id: String,
    pub to: EmailAddress,
    pub subject: String,
    pub body: String,
    /// What the reader's calendar is to do, where the letter is about an agreed time.
    pub calendar: Option<CalendarFile>,
}

/// An invitation beside a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    pub method: Method,
    /// The whole file, as [`crate::calendar::Invitation::text`] writes it.
    pub text: String,
}

/// Why a letter was not taken. What the mail server said may hold an address, so it is kept as the
/// source and never shown.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// The address or the letter was refused for good; sending it again will not help.
    #[error("The mail server refused the letter for good. Check the address, then replay.")]
    Refused(#[source] Box<dyn Error + Send + Sync>),
    /// The mail server was not reached, or asked for another try.
    #[error("The mail server was not reached or did not take the letter. It is tried again.")]
    NotNow(#[source] Box<dyn Error + Send + Sync>),
}

/// The answer of a carrier, when it comes.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), NotSent>> + Send + 'a>>;

/// Carries letters out of the house.
pub trait Carrier: Send + Sync {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a>;
}
