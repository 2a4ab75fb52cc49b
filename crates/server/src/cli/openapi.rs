//! `goodword openapi`: the API document.

use super::{Failure, say};

/// Print the OpenAPI 3.1 document of the API.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword openapi > openapi.json")]
pub struct Args {}

pub fn run(_: Args) -> Result<(), Failure> {
    say(text()?)?;
    Ok(())
}

/// The document as it is committed beside the web app.
pub fn text() -> Result<String, Failure> {
    serde_json::to_string_pretty(&crate::http::document())
        .map_err(|error| Failure::Refused(format!("The document cannot be written: {error}.")))
}
