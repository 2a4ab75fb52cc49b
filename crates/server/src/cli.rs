//! The command line. One file per command, each with its `Args` and a `run`; this file puts them
//! together and says in one line what went wrong.
//!
//! A new command needs a file in `cli/`, a variant in [`Command`] and an arm in [`Command::run`].

pub mod asks;
pub mod backup;
pub mod copy_database;
pub mod demo;
pub mod doctor;
pub mod export;
mod failure;
pub mod import;
pub mod matches;
pub mod may;
pub mod metrics;
mod open;
pub mod openapi;
pub mod plan;
mod progress;
mod say;
pub mod serve;
mod table;
pub mod token;
pub mod user;

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

pub use failure::Failure;
pub use open::Opened;
pub use say::{say, say_all};
pub use table::Table;

/// Customer references and advocacy: find, protect and thank the customers who speak for you.
#[derive(Debug, Parser)]
#[command(name = "goodword", version, disable_help_subcommand = true)]
#[command(
    after_help = "Example:\n  goodword serve --data ./data\n\nEvery command's --help ends with an example."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes, before or after its name.
#[derive(Debug, Args)]
pub struct Global {
    /// The data folder of the embedded database; made when missing [default: ./data].
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        conflicts_with = "database_url"
    )]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database instead of a folder; also read from DATABASE_URL where no --data is given.
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Act as this colleague, with their rights, instead of as the operator of the machine. Refused
    /// where nobody acts: serve, openapi and plan calculator.
    #[arg(long = "as", global = true, value_name = "EMAIL")]
    pub acting: Option<String>,
    /// Print JSON instead of text for people.
    #[arg(long, global = true)]
    pub json: bool,
}

/// What the program is told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Serve(serve::Args),
    Import(import::Args),
    Export(export::Args),
    Match(matches::Args),
    May(may::Args),
    Asks(asks::Args),
    User(user::Args),
    Token(token::Args),
    Backup(backup::Args),
    CopyDatabase(copy_database::Args),
    Demo(demo::Args),
    Doctor(doctor::Args),
    Metrics(metrics::Args),
    Plan(plan::Args),
    Openapi(openapi::Args),
}

impl Command {
    async fn run(self, global: &Global) -> Result<(), Failure> {
        match self {
            Self::Serve(args) => serve::run(global, args).await,
            Self::Import(args) => import::run(global, args).await,
            Self::Export(args) => export::run(global, args).await,
            Self::Match(args) => matches::run(global, args).await,
            Self::May(args) => may::run(global, args).await,
            Self::Asks(args) => asks::run(global, args).await,
            Self::User(args) => user::run(global, args).await,
            Self::Token(args) => token::run(global, args).await,
            Self::Backup(args) => backup::run(global, args).await,
            Self::CopyDatabase(args) => copy_database::run(global, args).await,
            Self::Demo(args) => demo::run(global, args).await,
            Self::Doctor(args) => doctor::run(global, args).await,
            Self::Metrics(args) => metrics::run(global, args).await,
            Self::Plan(args) => plan::run(global, args).await,
            Self::Openapi(args) => openapi::run(global, args),
        }
    }

    /// What is logged unless RUST_LOG says otherwise: a server tells what it does, a command is quiet.
    fn log_level(&self) -> &'static str {
        match self {
            Self::Serve(_) => "info,sqlx=warn,sea_orm=error",
            Self::Import(_)
            | Self::Export(_)
            | Self::Match(_)
            | Self::May(_)
            | Self::Asks(_)
            | Self::User(_)
            | Self::Token(_)
            | Self::Backup(_)
            | Self::CopyDatabase(_)
            | Self::Demo(_)
            | Self::Doctor(_)
            | Self::Metrics(_)
            | Self::Plan(_)
            | Self::Openapi(_) => "warn,sea_orm=error",
        }
    }
}

/// Reads the command line, does it, and answers with 0 only where it worked.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new(cli.command.log_level()));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match cli.command.run(&cli.global).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("goodword: {failure}");
            ExitCode::FAILURE
        }
    }
}
