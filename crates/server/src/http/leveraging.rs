//! The one metric over HTTP, and the deals behind it.

use std::sync::Arc;

use app::{
    App, Error,
    leveraging::{self, Ask, AskDeals, Behind, Leveraging, LeveragingDeal},
    listing::List,
};
use axum::{Json, extract::State};
use domain::{opportunity::OpportunityKind, time::Day};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_leveraging))
        .routes(routes!(list_leveraging_deals))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LeveragingQuery {
    /// First day of the period; the day of the first close in reach when absent.
    from: Option<Day>,
    /// The day after the last; the day after the last close in reach when absent.
    to: Option<Day>,
    /// `month`, `quarter`, `team`, `seller`, `activity` or the key of a facet; up to three with commas
    /// between, each combination a group.
    by: Option<String>,
    /// `new`, `expansion`, `renewal`, with commas between; `new,expansion` when absent.
    kinds: Option<String>,
    /// Groups answered at most, those with the most closed deals, 1 to 5,000; 200 when absent.
    groups: Option<usize>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DealsQuery {
    /// First day of the period; the day of the first close in reach when absent.
    from: Option<Day>,
    /// The day after the last; the day after the last close in reach when absent.
    to: Option<Day>,
    /// What the groups are cut by; needed where a group is named.
    by: Option<String>,
    /// `new`, `expansion`, `renewal`, with commas between; `new,expansion` when absent.
    kinds: Option<String>,
    /// Which number the deals are behind; the closed ones when absent.
    behind: Option<Behind>,
    /// Only deals with an influence, or only those without.
    leveraged: Option<bool>,
    /// The key of a group.
    group: Option<String>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The kinds of deal in a list with commas.
pub fn kinds(text: Option<&str>) -> Result<Vec<OpportunityKind>, Error> {
    text.into_iter()
        .flat_map(|text| text.split(','))
        .map(|kind| {
            kind.trim().parse().map_err(|_| {
                Error::field(
                    "kinds",
                    "Name new, expansion or renewal, with commas between.",
                )
            })
        })
        .collect()
}

/// The percentage of opportunities leveraging references in a period, by what you choose.
#[utoipa::path(get, path = "/metrics/leveraging", operation_id = "get_leveraging", tag = "metrics",
    params(LeveragingQuery),
    responses((status = 200, description = "The metric", body = Leveraging)))]
async fn get_leveraging(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<LeveragingQuery>,
) -> Result<Json<Leveraging>, Problem> {
    let ask = Ask {
        from: query.from,
        to: query.to,
        by: query.by,
        kinds: kinds(query.kinds.as_deref())?,
        groups: query.groups,
    };
    Ok(Json(Arc::unwrap_or_clone(
        leveraging::get(&app, &actor, &ask).await?,
    )))
}

/// The deals behind a number, latest close first, each with what influenced it.
#[utoipa::path(get, path = "/metrics/leveraging/deals", operation_id = "list_leveraging_deals", tag = "metrics",
    params(DealsQuery),
    responses((status = 200, description = "A page of deals", body = List<LeveragingDeal>)))]
async fn list_leveraging_deals(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<DealsQuery>,
) -> Result<Json<List<LeveragingDeal>>, Problem> {
    let ask = AskDeals {
        ask: Ask {
            from: query.from,
            to: query.to,
            by: query.by,
            kinds: kinds(query.kinds.as_deref())?,
            groups: None,
        },
        behind: query.behind.unwrap_or_default(),
        leveraged: query.leveraged,
        group: query.group,
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(leveraging::deals(&app, &actor, &ask).await?))
}
