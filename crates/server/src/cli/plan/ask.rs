//! `goodword plan ask` and `verify`: rounds of asks to relationship owners, whom they would nominate for a target
//! and which of their profiles wait to be confirmed.

use app::plan::{
    targets::{self, SendAsks, TargetAsks},
    verification::{self, VerificationRound},
};
use domain::id::RecruitingTargetId;

use crate::cli::{Failure, Global, Opened, Table};

/// Show whom the next round for a target would ask, or send it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan ask 0197c5b2-5e1c-7000-8000-000000000001\n  goodword plan ask 0197c5b2-5e1c-7000-8000-000000000001 --send --most 5"
)]
pub struct Args {
    /// The recruiting target, by its id in "plan targets".
    target: RecruitingTargetId,
    /// Send the round: a line in the inbox of each owner.
    #[arg(long)]
    send: bool,
    /// Customers to ask about at most [default: as many as are needed].
    #[arg(long, value_name = "COUNT", requires = "send")]
    most: Option<u32>,
}

/// Ask owners to confirm the profiles that the plan leaves out as unverified.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword plan verify --json")]
pub struct VerifyArgs {}

pub async fn run(global: &Global, args: &Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let (app, actor) = (&opened.app, &opened.actor);
    let asks = if args.send {
        let ask = SendAsks { most: args.most };
        targets::send(app, actor, args.target, ask, None).await?
    } else {
        targets::asks(app, actor, args.target).await?
    };
    if global.json {
        println!("{}", serde_json::json!(asks));
    } else {
        print(&asks);
    }
    Ok(())
}

fn print(asks: &TargetAsks) {
    if asks.next.is_empty() {
        println!("Nobody would be asked now.");
    } else {
        println!("The next round would ask:");
        let mut table = Table::new(&["OWNER", "ABOUT"]);
        for round in &asks.next {
            let names: Vec<&str> = round.accounts.iter().map(|one| one.name.as_str()).collect();
            table.row([round.owner.name.clone(), names.join(", ")]);
        }
        print!("{table}");
    }
    println!(
        "Customers who wait because their owner is asked about {} a week at most: {}. Without an owner: {}.",
        asks.per_week, asks.held_back, asks.without_owner
    );
    if !asks.sent.is_empty() {
        println!("Asked so far:");
        let mut table = Table::new(&["CUSTOMER", "OWNER", "ON", "NOMINATED"]);
        for one in &asks.sent {
            table.row([
                one.account.name.clone(),
                one.owner.name.clone(),
                one.asked_at.day().to_string(),
                one.nominated.to_string(),
            ]);
        }
        print!("{table}");
    }
    println!("{}.", asks.formula);
}

pub async fn verify(global: &Global) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let round = verification::start(&opened.app, &opened.actor).await?;
    if global.json {
        println!("{}", serde_json::json!(round));
        return Ok(());
    }
    let VerificationRound {
        profiles,
        owners,
        waiting,
        without_owner,
        left,
    } = round;
    println!(
        "Profiles that owners were asked to look at now: {profiles} ({owners} owners told). Asked before or put off: {waiting}. Without an owner: {without_owner}. Left for the next round: {left}."
    );
    Ok(())
}
