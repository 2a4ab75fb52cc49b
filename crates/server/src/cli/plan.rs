//! `goodword plan`: how many references are enough.

use clap::Subcommand;

use super::{Failure, Global};

mod accuracy;
mod ask;
mod calculator;
mod goal;
mod head_count;
mod needs;
mod outlook;
mod targets;
mod what_if;

/// Plan how many references are enough, which ones, and by when.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan calculator --sellers 500 --quota 1500000 --deal-size 180000 --need-rate 0.7 --references 2"
)]
pub struct Args {
    #[command(subcommand)]
    command: PlanCommand,
}

#[derive(Debug, Subcommand)]
enum PlanCommand {
    Calculator(calculator::Args),
    Demand(outlook::DemandArgs),
    Accuracy(accuracy::Args),
    Gaps(outlook::GapsArgs),
    Recruit(outlook::RecruitArgs),
    HeadCount(head_count::Args),
    Goal(goal::Args),
    Targets(targets::Args),
    Ask(ask::Args),
    Verify(ask::VerifyArgs),
    WhatIf(what_if::Args),
    Scenarios(what_if::ScenariosArgs),
    Needs(needs::Args),
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    match args.command {
        PlanCommand::Calculator(args) => calculator::run(global, &args),
        PlanCommand::Demand(args) => outlook::demand(global, args).await,
        PlanCommand::Accuracy(args) => accuracy::run(global, args).await,
        PlanCommand::Gaps(args) => outlook::gaps(global, args).await,
        PlanCommand::Recruit(args) => outlook::recruit(global, args).await,
        PlanCommand::HeadCount(args) => head_count::run(global, args).await,
        PlanCommand::Goal(args) => goal::run(global, args).await,
        PlanCommand::Targets(_) => targets::run(global).await,
        PlanCommand::Ask(args) => ask::run(global, &args).await,
        PlanCommand::Verify(_) => ask::verify(global).await,
        PlanCommand::WhatIf(args) => what_if::run(global, args).await,
        PlanCommand::Scenarios(_) => what_if::list(global).await,
        PlanCommand::Needs(args) => needs::run(global, &args).await,
    }
}
