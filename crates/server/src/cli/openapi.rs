//! `goodword openapi`: the API document.

use super::{Failure, Global, say};

/// Print the OpenAPI 3.1 document of the API.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword openapi > openapi.json")]
pub struct Args {}

pub fn run(global: &Global, _: Args) -> Result<(), Failure> {
    global.refuse_acting("The document is the same for everybody.")?;
    say(text()?)?;
    Ok(())
}

/// The document as it is committed beside the web app.
pub fn text() -> Result<String, Failure> {
    serde_json::to_string_pretty(&crate::http::document())
        .map_err(|error| Failure::Refused(format!("The document cannot be written: {error}.")))
}
