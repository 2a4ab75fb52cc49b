//! `goodword copy-database`: growing out of one machine.

use app::system;
use storage::{Location, SchemaState, Store};

use super::{Failure, Global, Opened, Table, progress, say, say_all};

/// Copy everything into another, empty database and compare both sides before keeping it.
///
/// Stop the server first: what is written meanwhile is not copied. The log of both sides says who
/// began the copy; with --as it takes an admin.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword copy-database --data ./data --to postgres://goodword@db.example.com/goodword"
)]
pub struct Args {
    /// The PostgreSQL address or folder to copy to; it must be empty.
    #[arg(long, value_name = "URL")]
    to: String,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let from = global.location();
    super::doctor::must_exist(&from)?;
    match Store::open(&from).await?.schema_state().await? {
        SchemaState::Current => {}
        SchemaState::Empty => {
            return Err(Failure::Refused(
                "There is nothing to copy: the source holds no goodword data.".to_owned(),
            ));
        }
        SchemaState::Behind { .. } => {
            return Err(Failure::Refused(
                "The source was written by an older version. Start it once with this version, then copy.".to_owned(),
            ));
        }
        SchemaState::Unknown { version } => return Err(super::open::unknown(version)),
    }
    let opened = Opened::new(global).await?;
    let target = Store::open(&Location::parse(&args.to)).await?;
    let bar = progress::spinner(global);
    let copied = system::copy(&opened.app, &opened.actor, &target, |table| {
        bar.set_message(format!("{}: {} rows", table.table, table.rows));
    })
    .await?;
    bar.finish_and_clear();
    if global.json {
        say(serde_json::json!({ "tables": copied }))?;
        return Ok(());
    }
    let mut table = Table::new(&["TABLE", "ROWS", "CHECKSUM"]);
    for row in copied {
        let checksum = row.checksum.chars().take(16).collect();
        table.row([row.table, row.rows.to_string(), checksum]);
    }
    say_all(&table)?;
    say("Copied and compared. Start the server with --database-url to use it.")?;
    Ok(())
}
