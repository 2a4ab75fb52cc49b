//! `goodword doctor`: is the data what this program wrote?

use app::{
    clock::new_id,
    policy::{self, Permission},
};
use indicatif::ProgressBar;
use serde::Serialize;
use storage::{Location, SchemaState, Store, log::Fault};
use uuid::Uuid;

use super::{Failure, Global, open, progress, say};

/// Check the database: its schema, the chain of the event log, and the job queue. Changes nothing.
///
/// With --as it takes an admin.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword doctor --data ./data")]
pub struct Args {}

/// What was looked at and what was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub events: i64,
    pub jobs_waiting: i64,
    pub jobs_dead: i64,
    /// Sentences: what is wrong and what to do. Empty when all is well.
    pub faults: Vec<String>,
}

pub async fn run(global: &Global, _: Args) -> Result<(), Failure> {
    let location = global.location();
    must_exist(&location)?;
    let store = Store::open(&location).await?;
    permit(&store, global).await?;
    let spinner = progress::spinner(global);
    let report = examine(&store, &spinner).await?;
    spinner.finish_and_clear();
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

/// How the program runs is for who may look at its jobs.
async fn permit(store: &Store, global: &Global) -> Result<(), Failure> {
    if global.acting.is_some() && store.schema_state().await? != SchemaState::Current {
        return Err(Failure::Refused(
            "This database does not have the schema of this program, so no colleague can be looked up in it. Leave --as out.".to_owned(),
        ));
    }
    let actor = open::actor(store, global).await?;
    Ok(policy::require(&actor, Permission::JobRead).map(|_| ())?)
}

/// Looks at everything that can be checked without changing anything; `shown` says at what.
async fn examine(store: &Store, shown: &ProgressBar) -> Result<Report, Failure> {
    let mut report = Report::default();
    match store.schema_state().await? {
        SchemaState::Current => {}
        SchemaState::Empty => {
            report.faults.push(
                "The database is empty. Start the server to fill it, or name another one."
                    .to_owned(),
            );
            return Ok(report);
        }
        SchemaState::Behind { version } => {
            report.faults.push(format!(
                "The schema {version} is older than this program. Starting the server brings it up to date."
            ));
            return Ok(report);
        }
        SchemaState::Unknown { version } => {
            report.faults.push(format!(
                "This program does not know the schema {version}. Use the version of goodword that wrote it, or a newer one."
            ));
            return Ok(report);
        }
    }
    shown.set_message("Comparing the schema");
    report.faults.extend(schema_differences(store).await?);
    report.events = storage::log::head(store).await?.position;
    shown.set_message(format!("Reading {} events of the log", report.events));
    let faults = storage::log::verify(store).await?;
    report.faults.extend(faults.iter().map(of_log));
    let queue = storage::job::standing(store).await?;
    (report.jobs_waiting, report.jobs_dead) = (queue.waiting, queue.dead);
    let dead = queue.dead;
    if dead > 0 {
        let jobs = if dead == 1 {
            "1 job was".to_owned()
        } else {
            format!("{dead} jobs were")
        };
        report.faults.push(format!(
            "{jobs} given up. An admin replays them in the app or under /api/v1/jobs."
        ));
    }
    Ok(report)
}

/// A fault of the event log as a sentence. The program only ever appends, so whatever it is, it was
/// done past the program.
fn of_log(fault: &Fault) -> String {
    let (position, wrong) = match fault {
        Fault::Gap { position } => (position, "is missing or stands in another place"),
        Fault::Changed { position } => (position, "is not what was written"),
        Fault::DetailChanged { position } => {
            (position, "has a detail that is not what was written")
        }
        Fault::DetailMissing { position } => (
            position,
            "has lost its detail, and no erasure accounts for it",
        ),
        Fault::LinksChanged { position } => (
            position,
            "does not stand on the timelines that it was written to",
        ),
        Fault::HeadMoved { position } => (position, "should be the last one and is not"),
    };
    format!(
        "Event {position} of the log {wrong}. The database was written to past the program: compare with a backup, and find out who can reach it."
    )
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
        .map(|difference| {
            format!("The tables are not what this program made ({difference}). Undo what changed them, or go back to a backup.")
        })
        .collect())
}
