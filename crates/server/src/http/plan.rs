//! Planning over HTTP: the calculator and its saved versions, demand and gaps.

use app::{
    App, Error, idempotency,
    listing::{self, List, Page},
    plan::{
        AskPlan,
        accuracy::{self, ForecastAccuracy},
        calculator::{self, PlanVersion, Revision, SavePlan},
        candidates::{self, RecruitCandidates},
        demand::{self, Demand, DemandDeal},
        gaps::{
            self, AskGaps, Gaps,
            customers::{self, PlannedCustomers},
            detail::{self, GapDetail},
            head_count::{self, HeadCount},
            nominees::{self, NomineeDemand},
        },
        suggest::{self, SuggestedInputs},
    },
};
use axum::{Json, extract::State};
use domain::{activity::Activity, time::Day};
use planning::calculator::{Answer, Plan};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Created,
    extract::{Body, Create, Query, Signed},
    leveraging::kinds,
    problem::Problem,
};

mod goals;
mod needs;
mod targets;
mod what_if;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(calculate_plan))
        .routes(routes!(get_plan_inputs))
        .routes(routes!(list_plan_versions, save_plan_version))
        .routes(routes!(get_plan_revision))
        .routes(routes!(get_demand))
        .routes(routes!(list_demand_deals))
        .routes(routes!(get_forecast_accuracy))
        .routes(routes!(get_gaps))
        .routes(routes!(get_gap_detail))
        .routes(routes!(list_recruit_candidates))
        .routes(routes!(list_planned_customers))
        .routes(routes!(get_head_count))
        .routes(routes!(get_nominee_demand))
        .merge(goals::router())
        .merge(needs::router())
        .merge(targets::router())
        .merge(what_if::router())
}

/// Calculates how many opportunities and requests a team has, from its sellers and habits. Values
/// are not rounded; nothing is stored.
#[utoipa::path(post, path = "/plan/calculator", operation_id = "calculate_plan", tag = "plan",
    request_body = Plan,
    responses((status = 200, description = "The answer, whole and by segment", body = Answer)))]
async fn calculate_plan(
    Signed(actor): Signed,
    Body(plan): Body<Plan>,
) -> Result<Json<Answer>, Problem> {
    Ok(Json(calculator::calculate(&actor, &plan)?))
}

/// Suggests the calculator's inputs from the program's own records, each with the size of its sample.
#[utoipa::path(get, path = "/plan/calculator/inputs", operation_id = "get_plan_inputs", tag = "plan",
    responses((status = 200, description = "The inputs", body = SuggestedInputs)))]
async fn get_plan_inputs(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<SuggestedInputs>, Problem> {
    Ok(Json(suggest::inputs(&app, &actor).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct VersionsQuery {
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists saved plans, newest first, with who saved them and why.
#[utoipa::path(get, path = "/plan/versions", operation_id = "list_plan_versions", tag = "plan",
    params(VersionsQuery),
    responses((status = 200, description = "A page of saved plans", body = List<PlanVersion>)))]
async fn list_plan_versions(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<VersionsQuery>,
) -> Result<Json<List<PlanVersion>>, Problem> {
    let list = calculator::list(&app, &actor, query.limit, query.cursor.as_deref()).await?;
    Ok(Json(list))
}

/// Saves a plan as a version; versions are never changed.
#[utoipa::path(post, path = "/plan/versions", operation_id = "save_plan_version", tag = "plan",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = SavePlan,
    responses((status = 201, description = "The saved plan", body = PlanVersion)))]
async fn save_plan_version(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SavePlan>,
) -> Result<Created<PlanVersion>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || calculator::save(&app, &actor, body, Some(&key)),
        |id| calculator::get(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at(
        &format!("/plan/versions/{}", view.id),
        None,
        view,
    ))
}

/// Holds the plan against what deals asked for, by calendar quarter, newest first.
#[utoipa::path(get, path = "/plan/revision", operation_id = "get_plan_revision", tag = "plan",
    responses((status = 200, description = "Plan against actual", body = Revision)))]
async fn get_plan_revision(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Revision>, Problem> {
    Ok(Json(calculator::revision(&app, &actor).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PlanQuery {
    /// Keys of facets with commas between; `industry,product` when absent.
    facets: Option<String>,
    /// Ends of the windows in days, with commas between; `30,60,90,120` when absent.
    window_ends: Option<String>,
    /// The day of the plan; nothing that was not known on it is used. Today when absent.
    as_of: Option<Day>,
    /// `new`, `expansion`, `renewal`, with commas between; `new,expansion` when absent.
    kinds: Option<String>,
    /// A need rate from 0 to 1 to take instead of the learned ones.
    need_rate: Option<f64>,
    /// Whether each term counts as the broadest one above it: *Hospitals* as *Healthcare*.
    broad: Option<bool>,
    /// The key of a segment; the deals of all when absent. Read where deals are listed or one gap is opened, where
    /// `~all` is the plan as a whole.
    segment: Option<String>,
    /// What the advocates are needed for; a reference call when absent. Read where supply counts.
    activity: Option<Activity>,
    /// Whether profiles that were not verified lately count as supply. Read where supply counts.
    unverified: Option<bool>,
    /// Whether what kept growth goals lack in the pipeline competes with the deals for capacity. Read where supply
    /// counts.
    goals: Option<bool>,
    /// A head count to hold against demand: `+100` new references, `+20 %` more than there are, `25 %` of
    /// the customers. Read where a head count is weighed.
    goal: Option<String>,
    /// Deals on a page, 1 to 200; 50 when absent. Read where deals are listed.
    limit: Option<u64>,
    /// `next_cursor` of the page before. Read where deals are listed.
    cursor: Option<String>,
}

impl PlanQuery {
    fn page(&self) -> Result<Page, Error> {
        listing::page(self.limit, self.cursor.as_deref())
    }

    fn ask(&self) -> Result<AskPlan, Problem> {
        let ask = AskPlan {
            facets: listed(self.facets.as_deref()).map(str::to_owned).collect(),
            window_ends: days(self.window_ends.as_deref())?,
            as_of: self.as_of,
            kinds: kinds(self.kinds.as_deref())?,
            need_rate: self.need_rate,
            is_broad: self.broad.unwrap_or(false),
            with_goals: self.goals.unwrap_or(false),
        };
        Ok(ask)
    }

    /// The segment, where one has to be named.
    fn key(&self) -> Result<&str, Error> {
        self.segment.as_deref().ok_or_else(|| {
            Error::field(
                "segment",
                "Name the segment by the key that the gaps give it.",
            )
        })
    }

    fn ask_gaps(&self) -> Result<AskGaps, Problem> {
        Ok(AskGaps {
            plan: self.ask()?,
            activity: self.activity,
            with_unverified: self.unverified.unwrap_or(false),
        })
    }
}

/// The entries of a list with commas.
fn listed(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.into_iter()
        .flat_map(|text| text.split(','))
        .map(str::trim)
}

fn days(text: Option<&str>) -> Result<Vec<i64>, Error> {
    listed(text)
        .map(|day| {
            day.parse().map_err(|_| {
                Error::field(
                    "window_ends",
                    "Name whole numbers of days with commas between, such as 30,60,90,120.",
                )
            })
        })
        .collect()
}

/// Forecasts the demand of the open pipeline by segment and window. Everything is counted: what is
/// estimated, undated or unpriced is marked, and the unknown segment stands with its money.
#[utoipa::path(get, path = "/plan/demand", operation_id = "get_demand", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "The demand", body = Demand)))]
async fn get_demand(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<Demand>, Problem> {
    Ok(Json(demand::get(&app, &actor, &query.ask()?).await?))
}

/// Lists the open deals behind the demand, by falling money.
#[utoipa::path(get, path = "/plan/demand/deals", operation_id = "list_demand_deals", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "A page of the deals", body = List<DemandDeal>)))]
async fn list_demand_deals(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<List<DemandDeal>>, Problem> {
    let (segment, page) = (query.segment.as_deref(), query.page()?);
    Ok(Json(
        demand::deals(&app, &actor, &query.ask()?, segment, &page).await?,
    ))
}

/// Holds what was forecast at the beginning of the last four quarters against what deals asked for, in the whole and
/// by segment.
#[utoipa::path(get, path = "/plan/accuracy", operation_id = "get_forecast_accuracy", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "Past forecasts against what came", body = ForecastAccuracy)))]
async fn get_forecast_accuracy(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<ForecastAccuracy>, Problem> {
    Ok(Json(accuracy::get(&app, &actor, &query.ask()?).await?))
}

/// Holds the demand against what advocates can give: what is covered, what is at risk, when it runs
/// out, and what the next advocate of each profile is worth.
#[utoipa::path(get, path = "/plan/gaps", operation_id = "get_gaps", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "The gaps", body = Gaps)))]
async fn get_gaps(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<Gaps>, Problem> {
    Ok(Json(gaps::get(&app, &actor, &query.ask_gaps()?).await?))
}

/// Opens one segment's gap: the deals behind it with what is missing of each, and the accounts that
/// fit with what they give here and elsewhere.
#[utoipa::path(get, path = "/plan/gaps/detail", operation_id = "get_gap_detail", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "What stands behind the gap", body = GapDetail)))]
async fn get_gap_detail(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<GapDetail>, Problem> {
    let key = query.key()?;
    Ok(Json(
        detail::get(&app, &actor, &query.ask_gaps()?, key).await?,
    ))
}

/// Lists customers who fit a segment and speak for nobody yet, the best first, with the reasons and
/// with what was asked of them before.
#[utoipa::path(get, path = "/plan/gaps/candidates", operation_id = "list_recruit_candidates", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "Whom to ask", body = RecruitCandidates)))]
async fn list_recruit_candidates(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<RecruitCandidates>, Problem> {
    let key = query.key()?;
    Ok(Json(
        candidates::get(&app, &actor, &query.ask()?, key).await?,
    ))
}

/// Lists what the plan of the whole pipeline has the customers in the reader's hands give, and what they could give:
/// a relationship owner's cut of the plan, without the deals and their money.
#[utoipa::path(get, path = "/plan/gaps/customers", operation_id = "list_planned_customers", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "Own customers in the plan", body = PlannedCustomers)))]
async fn list_planned_customers(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<PlannedCustomers>, Problem> {
    Ok(Json(
        customers::get(&app, &actor, &query.ask_gaps()?).await?,
    ))
}

/// Holds a head count of new references against the demand of the next 182 days: how many of them
/// would be asked at all, and how many cover what is missing, by profile.
#[utoipa::path(get, path = "/plan/head-count", operation_id = "get_head_count", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "What demand would do with new references", body = HeadCount)))]
async fn get_head_count(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<HeadCount>, Problem> {
    Ok(Json(
        head_count::get(&app, &actor, &query.ask_gaps()?, query.goal.as_deref()).await?,
    ))
}

/// Lists nominees whose profile would be asked less than once in the next 182 days: content or the community serves
/// them better than an invitation.
#[utoipa::path(get, path = "/plan/head-count/nominees", operation_id = "get_nominee_demand", tag = "plan",
    params(PlanQuery),
    responses((status = 200, description = "Nominees who would hardly be asked", body = NomineeDemand)))]
async fn get_nominee_demand(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PlanQuery>,
) -> Result<Json<NomineeDemand>, Problem> {
    Ok(Json(nominees::get(&app, &actor, &query.ask_gaps()?).await?))
}
