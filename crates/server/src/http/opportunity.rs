//! Deals over HTTP, and the references that fit them.

use app::{
    App,
    audit::{self, TimelineEntry},
    find::{self, FindReferences, MatchAnswer},
    listing::List,
    opportunity::{
        self, ListOpportunities, OpportunityView, Whose,
        edit::{self, EditOpportunity},
    },
};
use axum::{Json, extract::State};
use domain::{
    activity::Activity,
    id::{AccountId, OpportunityId},
    opportunity::OpportunityStatus,
    time::Day,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    audit::TimelineQuery,
    extract::{Body, Id, IfMatch, Query, Signed},
    problem::Problem,
    sort::Direction,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_opportunities))
        .routes(routes!(get_opportunity, edit_opportunity))
        .routes(routes!(list_opportunity_matches))
        .routes(routes!(get_opportunity_timeline))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OpportunitiesQuery {
    /// Part of a name.
    q: Option<String>,
    status: Option<OpportunityStatus>,
    /// Your own deals, or all that you may see; all when absent.
    scope: Option<Whose>,
    /// Deals of one account.
    #[param(value_type = Option<uuid::Uuid>)]
    account: Option<AccountId>,
    /// Only deals without a reference use.
    without_reference: Option<bool>,
    /// Only deals whose account is not known.
    without_account: Option<bool>,
    /// Conditions in groups as JSON: `{"all":[{"field":"name","is":"contains","value":"north"}]}`.
    filter: Option<String>,
    /// The key of a field that the list has for you; the earliest close first when absent.
    sort: Option<String>,
    direction: Option<Direction>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists deals.
#[utoipa::path(get, path = "/opportunities", operation_id = "list_opportunities", tag = "opportunities",
    params(OpportunitiesQuery),
    responses((status = 200, description = "A page of deals", body = List<OpportunityView>)))]
async fn list_opportunities(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<OpportunitiesQuery>,
) -> Result<Json<List<OpportunityView>>, Problem> {
    let ask = ListOpportunities {
        text: query.q,
        status: query.status,
        whose: query.scope.unwrap_or_default(),
        account: query.account,
        without_reference: query.without_reference.unwrap_or(false),
        without_account: query.without_account.unwrap_or(false),
        filter: query.filter,
        sort: query.sort,
        direction: query.direction.map(Into::into),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(opportunity::list(&app, &actor, ask).await?))
}

/// One deal.
#[utoipa::path(get, path = "/opportunities/{id}", operation_id = "get_opportunity", tag = "opportunities",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The deal", body = OpportunityView)))]
async fn get_opportunity(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<OpportunityId>,
) -> Result<Record<OpportunityView>, Problem> {
    let view = opportunity::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes a deal. Fields that are absent stay as they are.
#[utoipa::path(patch, path = "/opportunities/{id}", operation_id = "edit_opportunity", tag = "opportunities",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditOpportunity,
    responses((status = 200, description = "The deal as it is now", body = OpportunityView)))]
async fn edit_opportunity(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<OpportunityId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditOpportunity>,
) -> Result<Record<OpportunityView>, Problem> {
    let view = edit::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MatchesQuery {
    /// Words; those that name a term become criteria in place of what the deal says of that facet.
    text: Option<String>,
    /// A reference call when absent.
    activity: Option<Activity>,
    /// The first day without a rush when absent.
    need_by: Option<Day>,
    /// Leaves out advocates who rest or are blocked; on when absent.
    only_available: Option<bool>,
    /// Accounts on a page, 1 to 200; 20 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Ranks the references for a deal, by the criteria that the deal itself gives and those that the
/// words of a text name.
#[utoipa::path(get, path = "/opportunities/{id}/matches", operation_id = "list_opportunity_matches", tag = "matches",
    params(("id" = Uuid, Path), MatchesQuery),
    responses((status = 200, description = "People and content that fit the deal", body = MatchAnswer)))]
async fn list_opportunity_matches(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<OpportunityId>,
    Query(query): Query<MatchesQuery>,
) -> Result<Json<MatchAnswer>, Problem> {
    let ask = FindReferences {
        text: query.text,
        activity: query.activity,
        need_by: query.need_by,
        only_available: query.only_available,
        limit: query.limit,
        cursor: query.cursor,
        ..FindReferences::default()
    };
    Ok(Json(
        find::for_opportunity(&app, &actor, &id.to_string(), ask).await?,
    ))
}

/// What happened to a deal, newest first.
#[utoipa::path(get, path = "/opportunities/{id}/timeline", operation_id = "get_opportunity_timeline", tag = "opportunities",
    params(("id" = Uuid, Path), TimelineQuery),
    responses((status = 200, description = "A page of the timeline", body = List<TimelineEntry>)))]
async fn get_opportunity_timeline(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<OpportunityId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<List<TimelineEntry>>, Problem> {
    Ok(Json(
        audit::of_opportunity(&app, &actor, id, &query.into()).await?,
    ))
}
