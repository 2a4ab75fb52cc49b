//! `goodword export`: records out as a spreadsheet or as JSON lines.

use std::{
    fs::File,
    io::{self, ErrorKind, Write},
    path::PathBuf,
};

use app::{
    export::{self, Format},
    listing::Choice,
};
use import::kind::Kind;

use super::{Failure, Global, Opened, progress, say};

/// Export records: what the acting colleague may see. Importing an export again changes nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword export accounts --out accounts.csv\n\nFor programs, one JSON record a line; with --out, --json answers with the number of rows instead:\n  goodword export accounts --json"
)]
pub struct Args {
    /// accounts, contacts, users, opportunities, advocates, content, uses or terms.
    kind: Kind,
    /// csv (safe to open in a spreadsheet) or jsonl (raw data, one record a line) [default: csv, or
    /// jsonl where --json is given without --out].
    #[arg(long)]
    format: Option<Format>,
    /// Conditions in groups as JSON, such as '{"field":"employees","is":"at_least","value":500}'.
    #[arg(long)]
    filter: Option<String>,
    /// The field to sort by.
    #[arg(long)]
    sort: Option<String>,
    /// The file to write; standard output when absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let format = format(global, &args)?;
    let opened = Opened::new(global).await?;
    let choice = (args.filter.is_some() || args.sort.is_some()).then_some(Choice {
        filter: args.filter,
        sort: args.sort,
        ..Choice::default()
    });
    let (app, actor) = (&opened.app, &opened.actor);
    let mut export = export::open(app, actor, args.kind, format, choice.as_ref()).await?;
    let failed = |cause| Failure::Io {
        tried: "The export could not be written".to_owned(),
        cause,
    };
    let Some(path) = &args.out else {
        while let Some(part) = export.next().await? {
            match io::stdout().write_all(part.as_bytes()) {
                // A reader that has seen enough, such as `head`, is no failure.
                Err(cause) if cause.kind() == ErrorKind::BrokenPipe => return Ok(()),
                written => written.map_err(failed)?,
            }
        }
        return Ok(());
    };
    let mut file = File::create(path).map_err(failed)?;
    let rows = export.rows();
    let bar = progress::rows(global);
    bar.set_length(rows as u64);
    while let Some(part) = export.next().await? {
        file.write_all(part.as_bytes()).map_err(failed)?;
        bar.set_position(export.written() as u64);
    }
    file.sync_all().map_err(failed)?;
    bar.finish_and_clear();
    if global.json {
        say(serde_json::json!({ "rows": rows }))
    } else {
        say(format!("{rows} rows written."))
    }
}

/// What is written: JSON where JSON is asked for on standard output, else what opens in a spreadsheet.
fn format(global: &Global, args: &Args) -> Result<Format, Failure> {
    match (args.format, global.json && args.out.is_none()) {
        (Some(Format::Csv), true) => Err(Failure::Refused(
            "--json prints JSON records and --format csv a spreadsheet. Leave one of them out, or write the spreadsheet to a file with --out.".to_owned(),
        )),
        (None, true) => Ok(Format::Jsonl),
        (given, _) => Ok(given.unwrap_or(Format::Csv)),
    }
}
