//! `goodword token`: keys for programs.

use app::{
    policy::Permission,
    token::{self, NewToken},
};
use clap::Subcommand;

use super::{Failure, Global, Opened, say};

/// Make keys for programs.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword token create --as ann@example.com --name reporting --scope metric_read --days 90"
)]
pub struct Args {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Make a token for the colleague named by --as and print it this once.
    #[command(
        after_help = "Example:\n  goodword token create --as ann@example.com --name reporting --scope metric_read"
    )]
    Create(Create),
}

#[derive(Debug, clap::Args)]
struct Create {
    /// What it is for.
    #[arg(long)]
    name: String,
    /// A permission that the colleague holds, such as account_read; repeat it for several.
    #[arg(long = "scope", required = true, value_name = "PERMISSION")]
    scopes: Vec<Permission>,
    /// Days until it expires, 1 to 366.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=366))]
    days: i64,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let TokenCommand::Create(args) = args.command;
    if global.acting.is_none() {
        return Err(Failure::Refused(
            "A token belongs to a colleague and never does more than they may. Name one with --as EMAIL.".to_owned(),
        ));
    }
    let opened = Opened::new(global).await?;
    let ask = NewToken {
        name: args.name,
        scopes: args.scopes,
        expires_on: opened.app.clock.today().plus_days(args.days),
    };
    let made = token::create(&opened.app, &opened.actor, ask, None).await?;
    if global.json {
        say(serde_json::json!(made))?;
    } else {
        say(made.token.unwrap_or_default())?;
    }
    Ok(())
}
