//! `goodword plan targets`: the advocates that are to be recruited, and how that is getting on.

use app::plan::targets::{self, RecruitingTargets};

use crate::cli::{Failure, Global, Opened, Table};

/// List recruiting targets with how the nominations for them are getting on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword plan targets --json")]
pub struct Args {}

pub async fn run(global: &Global) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let found = targets::list(&opened.app, &opened.actor).await?;
    if global.json {
        println!("{}", serde_json::json!(found));
    } else {
        print(&found);
    }
    Ok(())
}

fn print(found: &RecruitingTargets) {
    if found.targets.is_empty() {
        println!("There are no recruiting targets. Make one from a gap on the planning screen.");
        return;
    }
    println!(
        "{:.0} % of nominations become advocates ({} decided).",
        found.yields.rate * 100.0,
        found.yields.n
    );
    let mut table = Table::new(&[
        "ID",
        "PROFILE",
        "WANTED",
        "ADVOCATES",
        "UNDER WAY",
        "NOMINATIONS NEEDED",
        "WORTH",
        "START BY",
        "STATE",
    ]);
    for one in &found.targets {
        table.row([
            one.id.to_string(),
            one.labels.join(" / "),
            one.wanted.to_string(),
            one.progress.advocates.to_string(),
            one.progress.under_way.to_string(),
            one.progress
                .nominations_needed
                .map_or_else(|| "-".to_owned(), |needed| needed.to_string()),
            format!("{} {}", one.worth, one.currency),
            one.start_by
                .map_or_else(|| "-".to_owned(), |day| day.to_string()),
            if one.closed_at.is_some() {
                "closed"
            } else {
                "open"
            }
            .to_owned(),
        ]);
    }
    print!("{table}");
    println!("{}.", found.formula);
}
