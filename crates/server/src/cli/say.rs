//! Printing what a command was asked for.

use std::{
    fmt::Display,
    io::{self, ErrorKind, Write},
};

use super::Failure;

/// Prints a line on standard output. A reader that has seen enough, such as `head`, is no failure;
/// a full disk is one.
pub fn say(line: impl Display) -> Result<(), Failure> {
    written(writeln!(io::stdout(), "{line}"))
}

/// Prints a text that ends its own lines.
pub fn say_all(text: impl Display) -> Result<(), Failure> {
    written(write!(io::stdout(), "{text}").and_then(|()| io::stdout().flush()))
}

fn written(outcome: io::Result<()>) -> Result<(), Failure> {
    match outcome {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(Failure::Io {
            tried: "The answer could not be printed".to_owned(),
            cause,
        }),
        Ok(()) | Err(_) => Ok(()),
    }
}
