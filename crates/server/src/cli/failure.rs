//! What a command says when it did not work: one line, for the person at the machine.

use std::{error::Error as StdError, fmt, io};

use app::Error;
use storage::StorageError;

/// Why a command ended without having done its work.
#[derive(Debug)]
pub enum Failure {
    App(Error),
    Storage(StorageError),
    /// Something outside did not work; the text says what was tried.
    Io {
        tried: String,
        cause: io::Error,
    },
    /// The command was understood and refused; the text says why and what to do.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(Error::Invalid(fields)) => {
                let problems: Vec<String> = fields
                    .iter()
                    .map(|problem| format!("{}: {}", problem.field, problem.message))
                    .collect();
                formatter.write_str(&problems.join(" "))
            }
            Self::App(Error::Storage(cause)) | Self::Storage(cause) => chain(formatter, cause),
            Self::App(error) => chain(formatter, error),
            Self::Io { tried, cause } => write!(formatter, "{tried}: {cause}."),
            Self::Refused(why) => formatter.write_str(why),
        }
    }
}

/// The error and its causes on one line; a cause whose text is in the line already adds nothing.
fn chain(formatter: &mut fmt::Formatter<'_>, error: &dyn StdError) -> fmt::Result {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !line.contains(&text) {
            line = format!("{line}: {text}");
        }
        next = cause.source();
    }
    formatter.write_str(&line.replace('\n', " "))
}

impl StdError for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::App(error)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}
