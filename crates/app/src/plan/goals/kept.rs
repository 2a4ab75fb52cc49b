//! Growth goals that the program team keeps: what they ask for beyond the pipeline is demand.

use domain::{
    id::{GrowthGoalId, TermId},
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Source,
    growth_goal::{self, GROWTH_GOALS_MAX},
};

use super::{GoalTerm, GrowthGoal, outlook};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    plan::kept::{Savers, read_back},
    policy::{self, Permission},
};

/// A growth goal that was kept.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct KeptGoal {
    pub id: GrowthGoalId,
    pub version: i64,
    pub name: String,
    pub goal: GrowthGoal,
    /// What people call its terms, in the order of the goal; one that is gone has no name.
    pub terms: Vec<GoalTerm>,
    /// Who saved it last; "Operator" for the person at the machine's command line.
    pub saved_by: String,
    pub saved_at: Timestamp,
}

/// A growth goal to keep.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveGoal {
    /// Such as the sentence that it was read from; 1 to 500 characters.
    pub name: String,
    pub goal: GrowthGoal,
}

/// Keeps a goal that can be worked out today.
pub async fn save(
    app: &App,
    actor: &Actor,
    ask: SaveGoal,
    key: Option<&CreateKey>,
) -> Result<KeptGoal, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let name = checked(app, actor, &ask).await?;
    let mut tx = app.begin(actor).await?;
    if growth_goal::count(&tx).await? >= GROWTH_GOALS_MAX {
        return Err(Error::Conflict(format!(
            "There are {GROWTH_GOALS_MAX} growth goals, which is the most. Remove one that is over."
        )));
    }
    let row = growth_goal::GrowthGoal {
        id: new_id(),
        version: 1,
        name,
        body: json!(ask.goal).to_string(),
        saved_by: actor.user_id(),
        saved_at: tx.now(),
    };
    idempotency::claim(&tx, key, row.id).await?;
    growth_goal::insert(&tx, row.clone()).await?;
    let detail = json!({ "name": row.name, "goal": ask.goal });
    tx.record(NewEvent::new(Action::Created, RecordKind::GrowthGoal, row.id).detail(detail));
    tx.commit().await?;
    get(app, actor, row.id).await
}

/// Saves a goal again, under another name or saying something else.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: GrowthGoalId,
    version: i64,
    ask: SaveGoal,
) -> Result<KeptGoal, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let name = checked(app, actor, &ask).await?;
    let mut tx = app.begin(actor).await?;
    let mut row = growth_goal::find(&tx, id).await?.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let mut changes = Changes::default();
    changes.note("name", &row.name, &name);
    changes.note("goal", &goal_of(&row)?, &ask.goal);
    if !changes.is_empty() {
        row.name = name;
        row.body = json!(ask.goal).to_string();
        row.saved_by = actor.user_id();
        row.saved_at = tx.now();
        growth_goal::save(&tx, &mut row).await?;
        let event = NewEvent::new(Action::Updated, RecordKind::GrowthGoal, id);
        tx.record(event.detail(changes.into_detail()));
        tx.commit().await?;
    }
    get(app, actor, id).await
}

/// The name as it is kept, of a goal that can be worked out today.
async fn checked(app: &App, actor: &Actor, ask: &SaveGoal) -> Result<String, Error> {
    let name = change::text("name", &ask.name, 1, 500)?;
    outlook(app, actor, &ask.goal)
        .await
        .map_err(|error| error.within("goal"))?;
    Ok(name)
}

/// One goal.
pub async fn get(app: &App, actor: &Actor, id: GrowthGoalId) -> Result<KeptGoal, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let row = growth_goal::find(&app.store, id).await?;
    let mut views = views(app, vec![row.ok_or(Error::NotFound)?]).await?;
    views.pop().ok_or(Error::NotFound)
}

/// Every goal, saved last first.
pub async fn list(app: &App, actor: &Actor) -> Result<List<KeptGoal>, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let rows = growth_goal::list(&app.store).await?;
    Ok(List::whole(views(app, rows).await?))
}

/// Removes a goal: what it asked for is no demand any more.
pub async fn remove(app: &App, actor: &Actor, id: GrowthGoalId, version: i64) -> Result<(), Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let mut tx = app.begin(actor).await?;
    let row = growth_goal::find(&tx, id).await?.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    growth_goal::remove(&tx, id).await?;
    tx.record(NewEvent::new(Action::Closed, RecordKind::GrowthGoal, id));
    Ok(tx.commit().await?)
}

/// What is kept, saved last first: name and goal.
pub(in crate::plan) async fn all(
    source: &impl Source,
) -> Result<Vec<(GrowthGoalId, String, GrowthGoal)>, Error> {
    let rows = growth_goal::list(source).await?;
    rows.into_iter()
        .map(|row| {
            let goal = goal_of(&row)?;
            Ok((row.id, row.name, goal))
        })
        .collect()
}

async fn views(app: &App, rows: Vec<growth_goal::GrowthGoal>) -> Result<Vec<KeptGoal>, Error> {
    let savers = Savers::read(app, rows.iter().map(|row| row.saved_by)).await?;
    let taxonomy = app.index.taxonomy(app).await?;
    let named = |id: &TermId| taxonomy.term(*id).map(GoalTerm::from);
    rows.into_iter()
        .map(|row| {
            let goal = goal_of(&row)?;
            Ok(KeptGoal {
                id: row.id,
                version: row.version,
                terms: goal.terms.iter().filter_map(named).collect(),
                goal,
                name: row.name,
                saved_by: savers.name(row.saved_by),
                saved_at: row.saved_at,
            })
        })
        .collect()
}

fn goal_of(row: &growth_goal::GrowthGoal) -> Result<GrowthGoal, Error> {
    read_back("growth_goals", row.id, &row.body)
}
