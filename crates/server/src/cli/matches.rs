//! `goodword match`: the references that fit a deal, and how much each facet counts.

mod weights;

use app::find::{self, FindReferences, MatchAnswer};
use domain::{activity::Activity, time::Day};

use super::{Failure, Global, Opened, Table, say, say_all};

/// Rank the references that fit a deal or a question, with reasons.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Example:\n  goodword match --opportunity 1C1I7A6R --json\n\nBy words alone:\n  goodword match --text \"healthcare cloud migration midwest CIO\"\n\nHow much each facet counts:\n  goodword match weights"
)]
pub struct Args {
    #[command(subcommand)]
    command: Option<MatchCommand>,
    /// The deal, by its id here or by the CRM's.
    #[arg(long, value_name = "ID", required_unless_present = "text")]
    opportunity: Option<String>,
    /// Words; those that name a term become criteria, the rest is looked for in stories.
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// What the advocate is needed for [default: reference_call].
    #[arg(long)]
    activity: Option<Activity>,
    /// The day it is needed by [default: the first day without a rush].
    #[arg(long, value_name = "DAY")]
    need_by: Option<Day>,
    /// Also list advocates who rest or are blocked on that day.
    #[arg(long)]
    any: bool,
    /// Accounts to list, 1 to 200.
    #[arg(long, default_value_t = 20)]
    limit: u64,
}

#[derive(Debug, clap::Subcommand)]
enum MatchCommand {
    Weights(weights::Args),
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    if let Some(MatchCommand::Weights(args)) = args.command {
        return weights::run(global, args).await;
    }
    let opened = Opened::new(global).await?;
    let ask = FindReferences {
        text: args.text,
        activity: args.activity,
        need_by: args.need_by,
        only_available: Some(!args.any),
        limit: Some(args.limit),
        ..FindReferences::default()
    };
    let (app, actor) = (&opened.app, &opened.actor);
    let answer = match args.opportunity {
        None => find::search(app, actor, ask).await?,
        Some(deal) => {
            let found = find::for_opportunity(app, actor, &deal, ask).await;
            found.map_err(|error| match error {
                app::Error::NotFound => Failure::Refused(format!(
                    "No deal has the id {deal}. Use its id here or the CRM's."
                )),
                other => Failure::App(other),
            })?
        }
    };
    if global.json {
        say(serde_json::json!(answer))
    } else {
        print(&answer)
    }
}

fn print(answer: &MatchAnswer) -> Result<(), Failure> {
    say(format!(
        "{} advocates at {} accounts for a {} by {}.",
        answer.total,
        answer.accounts,
        answer.activity.label().to_lowercase(),
        answer.need_by
    ))?;
    for one in &answer.recognised {
        say(format!(
            "{:?} is read as {} ({}). {}.",
            one.written, one.term.name, one.term.facet_name, one.term.why
        ))?;
    }
    if let Some(text) = &answer.text {
        say(format!("Looked for in stories: {text}"))?;
    }
    let mut table = Table::new(&["MATCH", "ADVOCATE", "ACCOUNT", "AVAILABILITY", "REASONS"]);
    for row in &answer.rows {
        let relevance = row
            .relevance
            .map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0));
        let mut availability = serde_json::json!(row.availability.state)
            .as_str()
            .unwrap_or_default()
            .replace('_', " ");
        if let Some(until) = row.availability.until {
            availability = format!("rests until {until}");
        }
        let reasons: Vec<&str> = row
            .reasons
            .iter()
            .filter(|reason| reason.points > 0.0)
            .map(|reason| reason.words.as_str())
            .collect();
        table.row([
            relevance,
            row.display_name.clone(),
            row.account_name.clone(),
            availability,
            reasons.join("; "),
        ]);
    }
    say_all(&table)?;
    for relaxation in &answer.relaxations {
        say(format!("{}: +{}", relaxation.label, relaxation.gain))?;
    }
    Ok(())
}
