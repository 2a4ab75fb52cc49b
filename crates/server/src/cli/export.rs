//! `goodword export`: records out as a spreadsheet or as JSON lines.

mod subject;

use std::{
    fs::File,
    io::{self, ErrorKind, Write},
    path::PathBuf,
};

use app::{
    App,
    actor::Actor,
    export::{self, Export, Format},
    listing::Choice,
};
use domain::time::Timestamp;

use self::subject::{Subject, ask, refused};
use super::{Failure, Global, Opened, progress, say};

/// Export records and lists: what the acting colleague may see. Importing exported records again changes nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword export accounts --out accounts.csv\n  goodword export events --since 2026-10-01T00:00:00Z --out audit.csv\n\nFor programs, one JSON record a line; with --out, --json answers with the number of rows instead:\n  goodword export accounts --json"
)]
pub struct Args {
    /// accounts, contacts, users, opportunities, advocates, content, uses or terms; or a list that is
    /// not imported again: events (the audit log), requests, load, steward or duplicates.
    #[arg(value_name = "KIND")]
    subject: Subject,
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
    /// Narrows a list: the kind of record of events or of duplicates [default: account], open or
    /// closed requests, the list of the load report [default: most_used], the reason of the steward queue.
    #[arg(long, value_name = "WORD")]
    of: Option<String>,
    /// Of events: from this instant on.
    #[arg(long)]
    since: Option<Timestamp>,
    /// Of events: before this instant.
    #[arg(long)]
    before: Option<Timestamp>,
    /// The file to write; standard output when absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let format = format(global, &args)?;
    let opened = Opened::new(global).await?;
    let mut export = open(&opened.app, &opened.actor, &args, format).await?;
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

async fn open(app: &App, actor: &Actor, args: &Args, format: Format) -> Result<Export, Failure> {
    let is_chosen = args.filter.is_some() || args.sort.is_some();
    let is_narrowed = args.of.is_some() || args.since.is_some() || args.before.is_some();
    match args.subject {
        Subject::Records(_) if is_narrowed => Err(refused("--of, --since and --before", "lists")),
        Subject::List(_) if is_chosen => Err(refused("--filter and --sort", "records")),
        Subject::Records(kind) => {
            let choice = is_chosen.then(|| Choice {
                filter: args.filter.clone(),
                sort: args.sort.clone(),
                ..Choice::default()
            });
            Ok(export::open(app, actor, kind, format, choice.as_ref()).await?)
        }
        Subject::List(list) => {
            let ask = ask(list, args)?;
            Ok(export::open_list(app, actor, ask, format).await?)
        }
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
