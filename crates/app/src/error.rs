//! Why something was not done. Codes come from one closed list; the text is for the person who asked.

use domain::{id::AdvocateId, time::Day};
use storage::StorageError;

/// A problem with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// The field as the input names it, with dots and indexes.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Another advocate who could be asked instead.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Alternative {
    #[schema(value_type = uuid::Uuid)]
    pub advocate_id: AdvocateId,
    pub title: String,
    pub account_name: String,
}

/// Why an ask was refused or could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("sign in first")]
    NotSignedIn,
    #[error("the e-mail address and the password do not go together")]
    SignInFailed,
    #[error("not permitted")]
    Forbidden,
    /// A write by somebody who looks through another's eyes.
    #[error("viewing changes nothing")]
    OnlyViewing,
    /// What the viewed person may see and the viewer may not.
    #[error("hidden from the viewer")]
    HiddenFromViewer,
    #[error("there is no such record")]
    NotFound,
    /// Somebody else changed the record; `current` is its version now.
    #[error("the record is at version {current}")]
    Stale { current: i64 },
    #[error("the input is not valid")]
    Invalid(Vec<FieldProblem>),
    /// The state of the record does not allow the move; the text says why and what is possible.
    #[error("{0}")]
    MoveNotAllowed(String),
    /// Something with the same identity exists.
    #[error("{0}")]
    Conflict(String),
    /// The advocate cannot be used on the planned day.
    #[error("{why}")]
    NoUseLeft {
        why: String,
        next_free: Option<Day>,
        alternatives: Vec<Alternative>,
        /// Whether the person who asked may go past it with a reason.
        may_override: bool,
    },
    /// The deal has not passed a gate of the activity.
    #[error("{why}")]
    GateClosed {
        why: String,
        /// Whether the person who asked may set it aside with a reason.
        may_override: bool,
    },
    #[error("too many attempts")]
    TooManyAttempts { retry_after_seconds: i64 },
    #[error("the link was used")]
    LinkUsed,
    #[error("the link has expired")]
    LinkExpired,
    /// What was shared by the link is not shown any more.
    #[error("the shared content is not shown any more")]
    ShareOver,
    /// The same key came with another body.
    #[error("the idempotency key was used for something else")]
    KeyReused,
    /// A file that cannot be read as a whole.
    #[error("{0}")]
    BadFile(String),
    /// Something inside the program failed; the text is for the log, not for the person who asked.
    #[error("{0}")]
    Broken(&'static str),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Error {
    /// One problem with one field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem {
            field: field.to_owned(),
            message: message.into(),
        }])
    }

    /// The same problems with their fields named as those of a part of what was asked.
    #[must_use]
    pub(crate) fn within(self, part: &str) -> Self {
        match self {
            Self::Invalid(mut problems) => {
                for problem in &mut problems {
                    problem.field = format!("{part}.{}", problem.field);
                }
                Self::Invalid(problems)
            }
            other => other,
        }
    }
}

impl From<garde::Report> for Error {
    fn from(report: garde::Report) -> Self {
        let problems = report
            .iter()
            .map(|(path, error)| FieldProblem {
                field: path.to_string(),
                message: error.message().to_string(),
            })
            .collect();
        Self::Invalid(problems)
    }
}

/// Refuses a write that was made from an older version.
pub fn same_version(current: i64, expected: i64) -> Result<(), Error> {
    if current == expected {
        Ok(())
    } else {
        Err(Error::Stale { current })
    }
}
