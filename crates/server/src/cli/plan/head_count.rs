//! `goodword plan head-count`: of so many new references, how many demand would ever ask.

use app::plan::gaps::head_count::{self, HeadCount};

use super::outlook::GapsArgs;
use crate::cli::{Failure, Global, Opened, Table};

/// Hold a head-count goal against what demand would ever ask.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan head-count --goal \"+20 %\" --facets industry --json"
)]
pub struct Args {
    #[command(flatten)]
    gaps: GapsArgs,
    /// +100 new references, "+20 %" more than there are, or "25 %" of the customers.
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let ask = args.gaps.into();
    let found = head_count::get(&opened.app, &opened.actor, &ask, args.goal.as_deref()).await?;
    if global.json {
        println!("{}", serde_json::json!(found));
    } else {
        print(&found);
    }
    Ok(())
}

fn print(found: &HeadCount) {
    if let Some(goal) = found.goal {
        let used = found.asked_at_most.min(goal.new_references);
        println!(
            "Of {} new references, demand would ask at most {used} in {} days{}.",
            goal.new_references,
            found.days,
            goal.share
                .map_or_else(String::new, |share| format!(" ({:.0} %)", share * 100.0))
        );
    } else {
        println!(
            "Demand would ask at most {} new references in {} days.",
            found.asked_at_most, found.days
        );
    }
    println!(
        "{} of the right profiles cover what is missing.",
        found.enough
    );
    let mut table = Table::new(&["PROFILE", "MISSING", "ASKS OF NEXT", "RECRUIT"]);
    for one in &found.profiles {
        table.row([
            one.labels.join(" / "),
            format!("{:.1}", one.missing),
            format!("{:.1}", one.asks_of_next),
            if one.is_in_demand {
                one.enough.to_string()
            } else {
                "not in demand".to_owned()
            },
        ]);
    }
    print!("{table}");
    println!("{}.", found.formula);
}
