//! `goodword doctor`: is the data what this program wrote?

use app::clock::new_id;
use serde::Serialize;
use storage::{Location, SchemaState, Store};
use uuid::Uuid;

use super::{Failure, Global, say};

/// Check the database: its schema, the chain of the event log, and the job queue. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword doctor --data ./data")]
pub struct Args {}

/// What was looked at and what was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub events: i64,
    pub jobs_waiting: i64,
    pub jobs_dead: i64,
    /// Empty when all is well.
    pub faults: Vec<String>,
}

pub async fn run(global: &Global, _: Args) -> Result<(), Failure> {
    let location = global.location();
    must_exist(&location)?;
    let store = Store::open(&location).await?;
    let report = examine(&store).await?;
    if global.json {
        say(serde_json::json!(report))?;
    } else {
        say(format!("Events in the log: {}", report.events))?;
        say(format!(
            "Jobs waiting: {}, dead: {}",
            report.jobs_waiting, report.jobs_dead
        ))?;
        for fault in &report.faults {
            say(format!("Fault: {fault}"))?;
        }
    }
    if report.faults.is_empty() {
        if !global.json {
            say("All is well.")?;
        }
        return Ok(());
    }
    let count = report.faults.len();
    Err(Failure::Refused(format!(
        "{count} found; each is named above.",
        count = if count == 1 {
            "1 fault was".to_owned()
        } else {
            format!("{count} faults were")
        }
    )))
}

/// A check of a folder that is not there must not make it.
pub fn must_exist(location: &Location) -> Result<(), Failure> {
    match location {
        Location::Folder(folder) if !folder.join("goodword.db").is_file() => {
            Err(Failure::Refused(format!(
                "There is no goodword data in {}. Name the folder with --data.",
                folder.display()
            )))
        }
        Location::Folder(_) | Location::Address(_) => Ok(()),
    }
}

/// Looks at everything that can be checked without changing anything.
pub async fn examine(store: &Store) -> Result<Report, Failure> {
    let mut report = Report::default();
    match store.schema_state().await? {
        SchemaState::Current => {}
        SchemaState::Empty => {
            report.faults.push("the database is empty".to_owned());
            return Ok(report);
        }
        SchemaState::Behind { version } => {
            report.faults.push(format!(
                "schema {version} is older than this program; starting the server brings it up to date"
            ));
            return Ok(report);
        }
        SchemaState::Unknown { version } => {
            report.faults.push(format!(
                "schema {version} is not one that this program knows"
            ));
            return Ok(report);
        }
    }
    report.faults.extend(schema_differences(store).await?);
    report.events = storage::log::head(store).await?.position;
    for fault in storage::log::verify(store).await? {
        report
            .faults
            .push(format!("event log: {}", serde_json::json!(fault)));
    }
    let queue = storage::job::standing(store).await?;
    (report.jobs_waiting, report.jobs_dead) = (queue.waiting, queue.dead);
    let dead = queue.dead;
    if dead > 0 {
        report.faults.push(format!(
            "{dead} jobs were given up; an admin replays them in the app or under /api/v1/jobs"
        ));
    }
    Ok(report)
}

async fn schema_differences(store: &Store) -> Result<Vec<String>, Failure> {
    let scratch = std::env::temp_dir().join(format!("goodword-doctor-{}", new_id::<Uuid>()));
    let found = storage::schema::differences(store, &scratch).await;
    // The scratch folder holds an empty schema; failing to remove it is no fault of the data.
    if let Err(error) = std::fs::remove_dir_all(&scratch) {
        tracing::warn!(%error, "the scratch folder stays behind");
    }
    Ok(found?
        .into_iter()
        .map(|difference| format!("schema: {difference}"))
        .collect())
}
