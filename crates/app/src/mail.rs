//! Letters to people. What carries them stands outside; without it everything else still works.

use std::{error::Error, pin::Pin};

use domain::{id::UserId, text::EmailAddress};
use storage::Tx;

use crate::{App, calendar::Method, contact, job::Task, request};

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
    /// There is no such mailbox; sending it again will not help.
    #[error("The mail server does not know the address. Correct it, then replay.")]
    NoSuchMailbox(#[source] Box<dyn Error + Send + Sync>),
    /// The letter was refused for good; sending it again will not help.
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

/// Where a colleague is written to; nobody who has left, and nobody made up.
pub(crate) async fn address_of(
    app: &App,
    user: UserId,
) -> Result<Option<EmailAddress>, crate::error::Error> {
    let user = storage::user::find(&app.store, user).await?;
    Ok(user
        .filter(|user| user.is_active && !user.is_demo)
        .and_then(|user| user.email))
}

/// What stands in a colleague's inbox, as a letter.
pub(crate) async fn colleague(
    app: &App,
    user: UserId,
    subject: String,
    body: String,
    path: &str,
) -> Result<Option<Letter>, crate::error::Error> {
    let to = address_of(app, user).await?;
    Ok(to.map(|to| Letter {
        message_id: String::new(),
        to,
        subject,
        body: format!("{body}\n\n{}{path}\n", app.config.public_url),
        calendar: None,
    }))
}

/// No mailbox has the address: the contact is marked, and whoever waits for the answer to the letter
/// hears that none brings it.
pub(crate) async fn came_back(
    app: &App,
    tx: &mut Tx,
    letter: Option<Task>,
    address: &EmailAddress,
) -> Result<(), crate::error::Error> {
    contact::edit::refused(tx, address, app.clock.today()).await?;
    match letter {
        Some(Task::MailAsk { candidate }) => request::delivery::pass_on(app, tx, candidate).await,
        Some(_) | None => Ok(()),
    }
}
