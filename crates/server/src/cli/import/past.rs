//! `goodword import list` and `goodword import undo`: what was imported, and taking it back.

use std::time::Duration;

use app::{
    Error,
    import::{
        undo::{self, UndoReport, WhyLeft},
        upload::{self, ImportView},
    },
    job, listing,
};
use domain::{id::ImportId, import::ImportStatus};

use crate::cli::{Failure, Global, Opened, Table, progress, say, say_all};

/// How often an undo that another node works on is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What is done with imports of the past.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List the last 50 imports, the newest first.
    #[command(after_help = "Example:\n  goodword import list")]
    List,
    /// Take an import back, for 30 days: what it created goes, what it changed gets its former value,
    /// and what somebody changed or built on since then stays.
    #[command(
        after_help = "Example:\n  goodword import undo 0198c3a2-5b7e-7cc1-9f3e-1c2d3e4f5a6b --dry-run"
    )]
    Undo(Undo),
}

#[derive(Debug, clap::Args)]
pub struct Undo {
    /// The import, as `goodword import list` names it.
    id: ImportId,
    /// Say what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
}

pub async fn run(global: &Global, command: Command) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    match command {
        Command::List => list(global, &opened).await,
        Command::Undo(args) => take_back(global, &opened, &args).await,
    }
}

async fn list(global: &Global, opened: &Opened) -> Result<(), Failure> {
    let page = listing::page(None, None)?;
    let imports = upload::list(&opened.app, &opened.actor, &page).await?;
    if global.json {
        return say(serde_json::json!(imports));
    }
    let mut table = Table::new(&["IMPORT", "FILE", "KIND", "ROWS", "STATUS", "AT"]);
    for one in imports.items {
        table.row([
            one.id.to_string(),
            one.file_name,
            one.kind,
            one.rows.to_string(),
            one.status.to_string(),
            one.created_at.to_string(),
        ]);
    }
    say_all(&table)
}

async fn take_back(global: &Global, opened: &Opened, args: &Undo) -> Result<(), Failure> {
    let found = find(opened, args.id).await?;
    if args.dry_run {
        let planned = undo::preview(&opened.app, &opened.actor, args.id).await?;
        if let Some(why) = planned.refused {
            return Err(Failure::Refused(why));
        }
        return report(global, &planned.report, false);
    }
    undo::start(&opened.app, &opened.actor, args.id, found.version).await?;
    let spinner = progress::spinner(global);
    spinner.set_message("Taking the import back");
    let ended = work_off(opened, args.id).await?;
    spinner.finish_and_clear();
    let told = ended.report.unwrap_or_default();
    match (ended.status, told.undo) {
        (ImportStatus::Undone, Some(undone)) => report(global, &undone, true),
        _ => Err(Failure::Refused(told.failure.unwrap_or_else(|| {
            "The undo broke off. Start it again; it goes on where it stopped.".to_owned()
        }))),
    }
}

async fn find(opened: &Opened, id: ImportId) -> Result<ImportView, Failure> {
    upload::get(&opened.app, &opened.actor, id)
        .await
        .map_err(|error| match error {
            Error::NotFound => Failure::Refused(format!(
                "There is no import {id}. See `goodword import list`."
            )),
            other => Failure::App(other),
        })
}

/// Works on the queue of long jobs until the import is not being undone any more, by this program or
/// by a server that runs beside it.
async fn work_off(opened: &Opened, id: ImportId) -> Result<ImportView, Failure> {
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        look.tick().await;
        job::run_next_long(&opened.app).await?;
        let view = find(opened, id).await?;
        if view.status != ImportStatus::Undoing {
            return Ok(view);
        }
    }
}

fn report(global: &Global, report: &UndoReport, is_done: bool) -> Result<(), Failure> {
    if global.json {
        return say(serde_json::json!(report));
    }
    for (kind, count) in &report.removed {
        say(format!("Records of the kind {kind}: {count} removed."))?;
    }
    for (kind, count) in &report.put_back {
        say(format!(
            "Fields of the kind {kind}: {count} with their former value."
        ))?;
    }
    for left in &report.left {
        let (kind, count) = (&left.kind, left.count);
        say(format!(
            "Of the kind {kind}: {count} left as it is, {}.",
            why(left.why)
        ))?;
    }
    if !is_done {
        say("Nothing was changed: this was a dry run.")?;
    }
    Ok(())
}

fn why(why: WhyLeft) -> &'static str {
    match why {
        WhyLeft::UsedSince => "because somebody used or changed it since",
        WhyLeft::NeededByOthers => "because other records point at it",
        WhyLeft::ChangedSince => "because it has another value by now",
        WhyLeft::Erased => "because the former value was erased",
        WhyLeft::ForGood => "because it is withdrawn, lifted or merged where it stands",
        WhyLeft::NotPermitted => "because only who edits colleagues may take it back",
        WhyLeft::Clashes => "because another record has the former e-mail address or id by now",
    }
}
