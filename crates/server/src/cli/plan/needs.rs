//! `goodword plan needs`: what press, analysts, events and marketing will ask advocates for.

use app::plan::needs::{self, NeedCalendar};
use domain::time::Day;

use crate::cli::{Failure, Global, Opened, Table};

/// List the needs of a year with who could serve them.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan needs --from 2027-01-01 --json\n  goodword plan needs --ics > needs.ics"
)]
pub struct Args {
    /// The first day of the year that is shown [default: the first of this month].
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// Print the open needs as a calendar file.
    #[arg(long, conflicts_with = "json")]
    ics: bool,
}

pub async fn run(global: &Global, args: &Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
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

fn print(found: &NeedCalendar) {
    if found.needs.is_empty() {
        println!("No need is noted from {} to {}.", found.from, found.to);
        return;
    }
    let mut table = Table::new(&[
        "DAY", "NEED", "FOR", "ACTIVITY", "COVERED", "ASK BY", "ALARM",
    ]);
    for one in &found.needs {
        let words = |word: &str| word.replace('_', " ");
        table.row([
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
