//! `goodword plan accuracy`: earlier forecasts against what came of them.

use app::plan::accuracy::{self, ForecastAccuracy, ForecastHeld};

use super::outlook::Cut;
use crate::cli::{Failure, Global, Opened, Table};

/// Hold the forecasts of the last four quarters against what deals asked for.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword plan accuracy --facets industry --broad --json")]
pub struct Args {
    #[command(flatten)]
    cut: Cut,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let found = accuracy::get(&opened.app, &opened.actor, &args.cut.into()).await?;
    if global.json {
        println!("{}", serde_json::json!(found));
    } else {
        print(&found);
    }
    Ok(())
}

fn print(found: &ForecastAccuracy) {
    let mut table = Table::new(&[
        "QUARTER", "SEGMENT", "EXPECTED", "LOW", "HIGH", "ASKED", "HELD", "LATER",
    ]);
    let mut row = |quarter: &str, segment: String, held: &ForecastHeld| {
        table.row([
            quarter.to_owned(),
            segment,
            format!("{:.1}", held.expected),
            format!("{:.1}", held.low),
            format!("{:.1}", held.high),
            held.asked.to_string(),
            if held.holds { "yes" } else { "no" }.to_owned(),
            held.asked_later.to_string(),
        ]);
    };
    for one in &found.quarters {
        row(&one.quarter, "all".to_owned(), &one.whole);
        for segment in &one.segments {
            row(&one.quarter, segment.labels.join(" / "), &segment.held);
        }
    }
    print!("{table}");
    println!("{}.", found.formula);
}
