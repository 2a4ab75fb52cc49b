//! `goodword metrics`: the numbers the program answers for.

use app::leveraging::{self, Ask, Leveraging, MoneyInfluenced};
use clap::Subcommand;
use domain::{opportunity::OpportunityKind, time::Day};

use super::{Failure, Global, Opened, Table, say, say_all};

/// Print metrics.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword metrics leveraging --by quarter --json")]
pub struct Args {
    #[command(subcommand)]
    command: MetricsCommand,
}

#[derive(Debug, Subcommand)]
enum MetricsCommand {
    /// The percentage of opportunities leveraging references.
    #[command(
        after_help = "Example:\n  goodword metrics leveraging --from 2026-01-01 --to 2026-07-01 --by industry,region"
    )]
    Leveraging(LeveragingArgs),
}

#[derive(Debug, clap::Args)]
struct LeveragingArgs {
    /// First day of the period; the day of the first close in reach when absent.
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// The day after the last; the day after the last close in reach when absent.
    #[arg(long, value_name = "DAY")]
    to: Option<Day>,
    /// month, quarter, team, seller, activity or the key of a facet such as industry; up to three
    /// with commas between.
    #[arg(long)]
    by: Option<String>,
    /// new, expansion or renewal; repeat it for several; new and expansion when absent.
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<OpportunityKind>,
    /// Groups to print at most, those with the most closed deals, 1 to 5,000.
    #[arg(long, default_value_t = leveraging::GROUPS_SHOWN)]
    groups: usize,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let MetricsCommand::Leveraging(args) = args.command;
    let opened = Opened::new(global).await?;
    let ask = Ask {
        from: args.from,
        to: args.to,
        by: args.by,
        kinds: args.kinds,
        groups: Some(args.groups),
    };
    let metric = leveraging::get(&opened.app, &opened.actor, &ask).await?;
    if global.json {
        say(serde_json::json!(metric))
    } else {
        print(&metric)
    }
}

fn print(metric: &Leveraging) -> Result<(), Failure> {
    say(format!(
        "{} of {} closed opportunities leveraged a reference: {} (from {} to before {})",
        metric.leveraged,
        metric.closed,
        percent(metric.rate),
        metric.from,
        metric.to
    ))?;
    for (currency, sums) in &metric.currencies {
        let MoneyInfluenced {
            revenue_won,
            revenue_influenced,
        } = sums;
        say(format!(
            "Revenue influenced: {revenue_influenced} of {revenue_won} {currency} won"
        ))?;
    }
    say(format!(
        "Open: {} opportunities, {} with a reference",
        metric.open.count, metric.open.with_reference
    ))?;
    say(format!("Rate: {}.", metric.formula))?;
    say(format!("Revenue influenced: {}.", metric.revenue_formula))?;
    if metric.groups.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&["Group", "Closed", "Leveraged", "Rate"]);
    for group in &metric.groups {
        let few = if group.small_sample { " (few)" } else { "" };
        table.row([
            group.label.clone(),
            group.closed.to_string(),
            group.leveraged.to_string(),
            format!("{}{few}", percent(group.rate)),
        ]);
    }
    say_all(format!("\n{table}"))?;
    match metric.groups_left_out {
        0 => Ok(()),
        more => say(format!(
            "And {more} more {groups}. Use --groups to see them.",
            groups = if more == 1 { "group" } else { "groups" }
        )),
    }
}

fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(
        || "nothing closed".to_owned(),
        |rate| format!("{:.1} %", rate * 100.0),
    )
}
