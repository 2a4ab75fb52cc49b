//! Why a task failed, and whether it makes sense to try again.

use domain::text::EmailAddress;

use crate::{error::Error, mail::NotSent};

/// Why a task failed, in words for administrators that name no person.
pub(super) struct Failure {
    pub words: String,
    pub is_final: bool,
    /// The address that a mail server does not know.
    pub refused: Option<EmailAddress>,
}

impl Failure {
    /// Whoever worked on it died each time: it would take the next worker down as well.
    pub fn abandoned() -> Self {
        Self {
            words: "Each attempt ended before the job did: the program was stopped, or the job stops it.".to_owned(),
            is_final: true,
            refused: None,
        }
    }

    pub fn not_sent(not_sent: &NotSent, to: EmailAddress) -> Self {
        let is_unknown = matches!(not_sent, NotSent::NoSuchMailbox(_));
        Self {
            words: not_sent.to_string(),
            is_final: is_unknown || matches!(not_sent, NotSent::Refused(_)),
            refused: is_unknown.then_some(to),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "a job met a fault"
        );
        Self {
            words: "The program met a fault; its log says which.".to_owned(),
            is_final: false,
            refused: None,
        }
    }
}
