//! `goodword plan needs`: what press, analysts, events and marketing will ask advocates for.

use std::path::{Path, PathBuf};

use app::plan::needs::{self, ImportNeeds, ImportedNeeds, NeedCalendar};
use domain::{activity::Activity, need::NeedKind, time::Day};

use crate::cli::{Failure, Global, Opened, Table};

/// List the needs of a year with who could serve them.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan needs --from 2027-01-01 --json\n  goodword plan needs --ics > needs.ics\n  goodword plan needs --import events.ics --kind event --activity speaking"
)]
pub struct Args {
    /// The first day of the year that is shown [default: the first of this month].
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// Print the open needs as a calendar file.
    #[arg(long, conflicts_with = "json")]
    ics: bool,
    /// Make needs of the events of a calendar file; those it made before move with their events.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "ics"])]
    import: Option<PathBuf>,
    /// Who needs it, where no category of the event says it.
    #[arg(long, requires = "import", default_value = "event")]
    kind: NeedKind,
    /// What new needs ask advocates for.
    #[arg(long, requires = "import", default_value = "speaking")]
    activity: Activity,
    /// Reference accounts of each new need.
    #[arg(long, requires = "import", default_value_t = 1)]
    wanted: i64,
    /// Say what would come of the file and change nothing.
    #[arg(long, requires = "import")]
    check: bool,
}

pub async fn run(global: &Global, args: &Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    if let Some(path) = &args.import {
        let ask = ImportNeeds {
            file: read(path)?,
            kind: args.kind,
            activity: args.activity,
            wanted: Some(args.wanted),
            check_only: args.check,
        };
        let told = needs::import(&opened.app, &opened.actor, ask).await?;
        if global.json {
            println!("{}", serde_json::json!(told));
        } else {
            print_import(&told, args.check);
        }
        return Ok(());
    }
    if args.ics {
        print!(
            "{}",
            needs::file(&opened.app, &opened.actor, args.from).await?
        );
        return Ok(());
    }
    let found = needs::calendar(&opened.app, &opened.actor, args.from).await?;
    if global.json {
        println!("{}", serde_json::json!(found));
    } else {
        print(&found);
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|cause| Failure::Io {
        tried: format!("{} cannot be read", path.display()),
        cause,
    })
}

fn print_import(told: &ImportedNeeds, is_check: bool) {
    let what = if is_check { "Would come of it" } else { "Done" };
    println!(
        "{what}: {} noted, {} changed, {} closed, {} known already, {} over.",
        told.created, told.changed, told.closed, told.unchanged, told.past
    );
    for problem in &told.problems {
        let title = problem.title.as_deref().unwrap_or("without a title");
        println!("Event {} ({title}): {}", problem.event, problem.message);
    }
}

fn print(found: &NeedCalendar) {
    if found.needs.is_empty() {
        println!("No need is noted from {} to {}.", found.from, found.to);
        return;
    }
    let mut table = Table::new(&[
        "ID", "DAY", "NEED", "FOR", "ACTIVITY", "COVERED", "ASK BY", "ALARM",
    ]);
    for one in &found.needs {
        let words = |word: &str| word.replace('_', " ");
        table.row([
            one.id.to_string(),
            one.need_on.to_string(),
            one.title.clone(),
            words(one.kind.as_str()),
            words(one.activity.as_str()),
            format!("{} of {}", one.covered, one.wanted),
            one.ask_by.to_string(),
            match (one.closed_at, one.alarm) {
                (Some(_), _) => "closed".to_owned(),
                (None, Some(alarm)) => words(alarm.as_str()),
                (None, None) => String::new(),
            },
        ]);
    }
    print!("{table}");
    for customer in found.customers.iter().filter(|one| one.clashes > 0) {
        println!(
            "{} cannot serve {} of what it is asked for.",
            customer.account.name, customer.clashes
        );
    }
    println!("{}.", found.formula);
}
