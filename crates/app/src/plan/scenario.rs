//! Scenarios: what-if questions that the program team keeps and shares. Whoever opens one gets the answer
//! of the day, in their own reach.

use domain::{
    id::ScenarioId,
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent,
    scenario::{self, SCENARIOS_MAX},
};

use super::{
    kept::{Savers, read_back},
    what_if::{self, AskWhatIf},
};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

/// A what-if question that was kept.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Scenario {
    pub id: ScenarioId,
    pub version: i64,
    pub name: String,
    pub ask: AskWhatIf,
    /// Who saved it last; "Operator" for the person at the machine's command line.
    pub saved_by: String,
    pub saved_at: Timestamp,
}

/// A what-if question to keep.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveScenario {
    /// 1 to 200 characters.
    pub name: String,
    pub ask: AskWhatIf,
}

/// Keeps a question that can be answered today.
pub async fn save(
    app: &App,
    actor: &Actor,
    ask: SaveScenario,
    key: Option<&CreateKey>,
) -> Result<Scenario, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let name = checked(app, actor, &ask).await?;
    let mut tx = app.begin(actor).await?;
    if scenario::count(&tx).await? >= SCENARIOS_MAX {
        return Err(Error::Conflict(format!(
            "There are {SCENARIOS_MAX} scenarios, which is the most. Remove one that nobody needs."
        )));
    }
    let row = scenario::Scenario {
        id: new_id(),
        version: 1,
        name,
        body: json!(ask.ask).to_string(),
        saved_by: actor.user_id(),
        saved_at: tx.now(),
    };
    idempotency::claim(&tx, key, row.id).await?;
    scenario::insert(&tx, row.clone()).await?;
    let detail = json!({ "name": row.name, "ask": ask.ask });
    tx.record(NewEvent::new(Action::Created, RecordKind::Scenario, row.id).detail(detail));
    tx.commit().await?;
    get(app, actor, row.id).await
}

/// Saves a scenario again, under another name or with another question.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: ScenarioId,
    version: i64,
    ask: SaveScenario,
) -> Result<Scenario, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let name = checked(app, actor, &ask).await?;
    let mut tx = app.begin(actor).await?;
    let mut row = scenario::find(&tx, id).await?.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let mut changes = Changes::default();
    changes.note("name", &row.name, &name);
    changes.note("ask", &question(&row)?, &ask.ask);
    if !changes.is_empty() {
        row.name = name;
        row.body = json!(ask.ask).to_string();
        row.saved_by = actor.user_id();
        row.saved_at = tx.now();
        scenario::save(&tx, &mut row).await?;
        let event = NewEvent::new(Action::Updated, RecordKind::Scenario, id);
        tx.record(event.detail(changes.into_detail()));
        tx.commit().await?;
    }
    get(app, actor, id).await
}

/// The name as it is kept, of a question that has an answer today.
async fn checked(app: &App, actor: &Actor, ask: &SaveScenario) -> Result<String, Error> {
    let name = change::text("name", &ask.name, 1, 200)?;
    let answer = what_if::ask(app, actor, &ask.ask).await;
    answer.map_err(|error| error.within("ask"))?;
    Ok(name)
}

/// One scenario.
pub async fn get(app: &App, actor: &Actor, id: ScenarioId) -> Result<Scenario, Error> {
    policy::require(actor, Permission::DemandRead)?;
    let row = scenario::find(&app.store, id).await?;
    let mut views = views(app, vec![row.ok_or(Error::NotFound)?]).await?;
    views.pop().ok_or(Error::NotFound)
}

/// Every scenario, saved last first.
pub async fn list(app: &App, actor: &Actor) -> Result<List<Scenario>, Error> {
    policy::require(actor, Permission::DemandRead)?;
    let rows = scenario::list(&app.store).await?;
    Ok(List::whole(views(app, rows).await?))
}

/// Removes a scenario.
pub async fn remove(app: &App, actor: &Actor, id: ScenarioId, version: i64) -> Result<(), Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let mut tx = app.begin(actor).await?;
    let row = scenario::find(&tx, id).await?.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    scenario::remove(&tx, id).await?;
    tx.record(NewEvent::new(Action::Closed, RecordKind::Scenario, id));
    Ok(tx.commit().await?)
}

async fn views(app: &App, rows: Vec<scenario::Scenario>) -> Result<Vec<Scenario>, Error> {
    let savers = Savers::read(app, rows.iter().map(|row| row.saved_by)).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Scenario {
                id: row.id,
                version: row.version,
                ask: question(&row)?,
                name: row.name,
                saved_by: savers.name(row.saved_by),
                saved_at: row.saved_at,
            })
        })
        .collect()
}

fn question(row: &scenario::Scenario) -> Result<AskWhatIf, Error> {
    read_back("scenarios", row.id, &row.body)
}
