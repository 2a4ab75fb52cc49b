//! The sales-process calculator: the answer, saved versions with who and why, and the quarterly
//! revision that holds a plan against what was asked in fact.

use domain::{
    id::PlanVersionId,
    record::{Action, RecordKind},
    time::{Day, Timestamp},
};
use planning::calculator::{Answer, Plan, calculate as answer_of};
use serde::{Deserialize, Serialize};
use storage::{NewEvent, plan};

use super::kept::{Savers, read_back};
use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::{Error, FieldProblem},
    idempotency::{self, CreateKey},
    listing::{self, List},
    policy::{self, Permission},
};

/// Quarters that a revision looks back on, the running one included.
pub const REVISION_QUARTERS: usize = 8;
/// Versions that a revision reads at most; older ones are in force for no quarter shown unless
/// fewer than this were saved since.
const REVISION_VERSIONS_MAX: u64 = 200;

/// A plan to save, and why it is saved.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavePlan {
    pub plan: Plan,
    /// What changed and why, 1 to 1,000 characters.
    pub why: String,
}

/// A saved plan with its answer.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PlanVersion {
    pub id: PlanVersionId,
    pub why: String,
    pub plan: Plan,
    pub requests_team_year: f64,
    /// Who saved it; "Operator" for the person at the machine's command line.
    pub saved_by: String,
    pub saved_at: Timestamp,
}

/// A quarter of the calendar: what the plan in force at its end expected, and what was asked.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RevisedQuarter {
    /// Such as `2026-Q1`.
    pub quarter: String,
    pub from: Day,
    /// The day after the last.
    pub to: Day,
    /// The quarter is not over: what was asked so far stands beside the plan of the whole quarter.
    pub is_running: bool,
    /// Requests by the plan in force; absent while none was saved.
    pub planned: Option<f64>,
    /// The version in force.
    pub version_id: Option<PlanVersionId>,
    /// References that deals asked for.
    pub actual: i64,
}

/// Plan against actual, newest quarter first.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Revision {
    pub quarters: Vec<RevisedQuarter>,
    /// When the plan should be looked at again: the first day of the next quarter.
    pub next_on: Day,
}

/// Calculates a plan; nothing is stored.
pub fn calculate(actor: &Actor, plan: &Plan) -> Result<Answer, Error> {
    policy::require(actor, Permission::PlanRead)?;
    answer(plan, "")
}

fn answer(plan: &Plan, prefix: &str) -> Result<Answer, Error> {
    answer_of(plan).map_err(|problems| {
        let problems = problems.into_iter().map(|problem| FieldProblem {
            field: format!("{prefix}{}", problem.field),
            message: problem.message,
        });
        Error::Invalid(problems.collect())
    })
}

/// Saves a version; one that was saved stays as it is.
pub async fn save(
    app: &App,
    actor: &Actor,
    ask: SavePlan,
    key: Option<&CreateKey>,
) -> Result<PlanVersion, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let why = change::text("why", &ask.why, 1, 1_000)?;
    answer(&ask.plan, "plan.")?;
    let mut tx = app.begin(actor).await?;
    let row = plan::PlanVersion {
        id: new_id(),
        why,
        body: serde_json::json!(ask.plan).to_string(),
        saved_by: actor.user_id(),
        saved_at: tx.now(),
    };
    idempotency::claim(&tx, key, row.id).await?;
    plan::insert(&tx, row.clone()).await?;
    let detail = serde_json::json!({ "why": row.why, "plan": ask.plan });
    tx.record(NewEvent::new(Action::Created, RecordKind::Plan, row.id).detail(detail));
    tx.commit().await?;
    get(app, actor, row.id).await
}

/// One saved version.
pub async fn get(app: &App, actor: &Actor, id: PlanVersionId) -> Result<PlanVersion, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let row = plan::find(&app.store, id).await?.ok_or(Error::NotFound)?;
    let mut views = views(app, vec![row]).await?;
    views.pop().ok_or(Error::NotFound)
}

/// Saved versions, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    limit: Option<u64>,
    cursor: Option<&str>,
) -> Result<List<PlanVersion>, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let page = listing::page(limit, cursor)?;
    let mut listed = plan::list(&app.store, &page).await?;
    let items = views(app, std::mem::take(&mut listed.items)).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

async fn views(app: &App, rows: Vec<plan::PlanVersion>) -> Result<Vec<PlanVersion>, Error> {
    let savers = Savers::read(app, rows.iter().map(|row| row.saved_by)).await?;
    rows.into_iter()
        .map(|row| {
            let plan = read(&row)?;
            Ok(PlanVersion {
                id: row.id,
                why: row.why,
                requests_team_year: answer(&plan, "")?.total.requests_team_year,
                plan,
                saved_by: savers.name(row.saved_by),
                saved_at: row.saved_at,
            })
        })
        .collect()
}

fn read(row: &plan::PlanVersion) -> Result<Plan, Error> {
    read_back("plan_versions", row.id, &row.body)
}

/// Holds the plan against what deals asked for, quarter by quarter, in the whole program.
pub async fn revision(app: &App, actor: &Actor) -> Result<Revision, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let today = app.clock.today();
    let mut start = quarter_start(today);
    let next_on = quarter_start(start.plus_days(100));
    let mut quarters = Vec::with_capacity(REVISION_QUARTERS);
    for _ in 0..REVISION_QUARTERS {
        quarters.push((start, quarter_start(start.plus_days(100))));
        start = quarter_start(start.plus_days(-1));
    }
    let first = quarters.last().map_or(today, |(from, _)| *from);
    let asked = plan::asked_by_day(&app.store, first, next_on).await?;
    let versions = plan::newest_before(&app.store, next_on.start(), REVISION_VERSIONS_MAX).await?;
    let quarters = quarters
        .into_iter()
        .map(|(from, to)| {
            let in_force = versions.iter().find(|row| row.saved_at < to.start());
            let planned = in_force.map(|row| expected(row, from)).transpose()?;
            Ok(RevisedQuarter {
                quarter: name_of(from),
                from,
                to,
                is_running: to > today,
                planned,
                version_id: in_force.map(|row| row.id),
                actual: asked
                    .iter()
                    .filter(|row| (number(from)..number(to)).contains(&row.day_number))
                    .map(|row| row.wanted)
                    .sum(),
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Revision { quarters, next_on })
}

/// What a version expects of the three months from `from` on.
fn expected(row: &plan::PlanVersion, from: Day) -> Result<f64, Error> {
    let by_month = answer(&read(row)?, "")?.total.requests_by_month;
    let first = usize::try_from(from.0.month() - 1).unwrap_or(0);
    Ok(by_month.iter().skip(first).take(3).sum())
}

/// The first day of the calendar's quarter.
pub(super) fn quarter_start(day: Day) -> Day {
    let month = (day.0.month() - 1) / 3 * 3 + 1;
    Day::new(day.0.year(), month, 1).unwrap_or(day)
}

/// A quarter's name by its first day: 2026-Q3.
pub(super) fn name_of(start: Day) -> String {
    format!("{}-Q{}", start.0.year(), (start.0.month() - 1) / 3 + 1)
}

/// Days since 1970.
fn number(day: Day) -> i64 {
    day.start().0.div_euclid(86_400_000_000)
}
