//! `goodword plan goal`: what a growth goal asks of the pipeline and of the references.

use app::plan::goals::{
    self, GoalChange, GoalOutlook, GoalReading, GrowthGoal, ReadGoal, SaveGoal,
};
use serde_json::json;

use crate::cli::{Failure, Global, Opened};

/// Read a growth goal from a sentence, and see the opportunities and requests that it asks for.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan goal \"increase Q3 revenue by 20% from healthcare in the Midwest\" --json"
)]
pub struct Args {
    /// What is to grow, by how much and when, in English.
    sentence: String,
    /// Keep the goal under this name: what it asks for is demand from then on.
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let (app, actor) = (&opened.app, &opened.actor);
    let ask = ReadGoal {
        sentence: args.sentence,
    };
    let reading = goals::read(app, actor, &ask).await?;
    let outlook = match goal(&reading) {
        Some(goal) => Some(goals::outlook(app, actor, &goal).await?),
        None => None,
    };
    if global.json {
        println!("{}", json!({ "reading": reading, "outlook": outlook }));
    } else {
        print_reading(&reading);
        match &outlook {
            Some(outlook) => print_outlook(outlook),
            None => println!(
                "Say by when and how much, such as \"grow 10% in Q3\" or \"grow by 500,000 in 2027\"."
            ),
        }
    }
    if let (Some(name), Some(goal)) = (args.save, goal(&reading)) {
        let saved = goals::save(app, actor, SaveGoal { name, goal }, None).await?;
        eprintln!("The goal \"{}\" is saved as {}.", saved.name, saved.id);
    }
    Ok(())
}

/// The goal, where the sentence says when and how much.
fn goal(reading: &GoalReading) -> Option<GrowthGoal> {
    let terms = reading.words.iter().flat_map(|words| &words.terms);
    Some(GrowthGoal {
        first: reading.first?,
        last: reading.last?,
        change: reading.change.clone()?,
        terms: terms.map(|term| term.id).collect(),
    })
}

fn print_reading(reading: &GoalReading) {
    if let (Some(first), Some(last)) = (reading.first, reading.last) {
        println!("From {first} to {last}");
    }
    match &reading.change {
        Some(GoalChange::Share { share }) => println!("Grow by {:.1} %", share * 100.0),
        Some(GoalChange::More { amount }) => println!("Grow by {amount}"),
        Some(GoalChange::Total { amount }) => println!("Come to {amount}"),
        None => {}
    }
    if let Some(problem) = &reading.change_problem {
        println!("{problem}");
    }
    for words in &reading.words {
        let names: Vec<&str> = words.terms.iter().map(|term| term.name.as_str()).collect();
        println!(
            "{}: {} (\"{}\")",
            words.facet_name,
            names.join(" or "),
            words.written
        );
    }
    if !reading.unread.is_empty() {
        println!("Not understood: {}", reading.unread.join(", "));
    }
}

fn print_outlook(found: &GoalOutlook) {
    let currency = found.currency;
    println!(
        "\nTo win: {} {currency}, {} more than from {} to {}; {} {currency} is won so far.",
        found.target, found.more, found.before_first, found.before_last, found.won
    );
    println!(
        "That is {:.1} deals of {} {currency}, out of {:.1} opportunities at a win rate of {:.0} % (of {} closed deals).",
        found.wins,
        found.deal_size,
        found.opportunities,
        found.win_rate.rate * 100.0,
        found.win_rate.n
    );
    println!(
        "They bring {:.1} requests. {} open deals are expected to ask for {:.1} of them; {:.1} are of opportunities that are not in the pipeline yet.",
        found.requests, found.open_deals, found.pipeline_requests, found.missing_requests
    );
    if !found.left_out.is_empty() {
        println!(
            "Left out, since no deal carries a term of it: {}.",
            found.left_out.join(", ")
        );
    }
    println!("{}.", found.formula);
}
