//! A year of needs: month by month what is covered, and customer by customer what they are asked for.

use std::collections::{BTreeMap, HashMap};

use domain::{activity::Activity, id::NeedId, time::Day};
use serde::Serialize;
use storage::need::{self, Need};

use super::{
    held::{self, AccountAsks, Served},
    ics,
    view::{self, NeedView},
};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// How far a calendar looks ahead from its first day.
pub const YEAR_DAYS: i64 = 365;
/// Customers whose asks are told at most.
const CUSTOMERS_MAX: usize = 50;

const FORMULA: &str = "Who can serve a need is tried under the protection rules, need after need: those with the fewest accounts to spare choose first, and each use counts for the next. So nothing is promised twice; another order may cover a little more. Unverified profiles are not counted. Ask by = day of the need minus the activity's notice; recruit by = that day minus onboarding";

/// A year of needs.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NeedCalendar {
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// By day, 1,000 at most; closed ones among them.
    pub needs: Vec<NeedView>,
    /// Months with an open need.
    pub months: Vec<NeedMonth>,
    /// Customers who are asked for more than one thing, or for one that they cannot serve: those with
    /// clashes first, 50 at most.
    pub customers: Vec<CustomerAsks>,
    pub formula: String,
}

/// The open needs of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NeedMonth {
    /// Such as 2026-11.
    pub month: String,
    pub needs: usize,
    pub wanted: i64,
    pub covered: usize,
}

/// What one customer is asked for over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CustomerAsks {
    pub account: AccountRef,
    /// By day.
    pub asks: Vec<CustomerAsk>,
    /// Asks that the rules do not leave room for beside the others.
    pub clashes: usize,
}

/// One ask of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CustomerAsk {
    pub on: Day,
    pub activity: Activity,
    /// The need; absent for a use that is promised already. Needs out of the reader's reach are left out.
    pub need_id: Option<NeedId>,
    pub title: Option<String>,
    /// The customer is named by the need and cannot serve it beside the others.
    pub is_clash: bool,
}

/// The needs in the actor's reach from a day on, for a year; from the first of the month when absent.
pub async fn calendar(app: &App, actor: &Actor, from: Option<Day>) -> Result<NeedCalendar, Error> {
    let scope = policy::require(actor, Permission::NeedRead)?;
    let today = app.clock.today();
    let from = from.unwrap_or_else(|| today.plus_days(1 - i64::from(today.0.day())));
    let to = from.plus_days(YEAR_DAYS - 1);
    let rows = need::between(&app.store, &scope, from, to).await?;
    let served = held::serve(app, actor, &rows).await?;
    let customers = customers(app, actor, &rows, &served).await?;
    let needs = view::views(app, actor, rows, &served).await?;
    Ok(NeedCalendar {
        from,
        to,
        months: months(&needs),
        needs,
        customers,
        formula: FORMULA.to_owned(),
    })
}

/// The open needs of that year as a calendar file.
pub async fn file(app: &App, actor: &Actor, from: Option<Day>) -> Result<String, Error> {
    let mut needs = calendar(app, actor, from).await?.needs;
    needs.retain(|one| one.closed_at.is_none());
    Ok(ics::text(&needs))
}

fn months(needs: &[NeedView]) -> Vec<NeedMonth> {
    let mut months: BTreeMap<String, NeedMonth> = BTreeMap::new();
    for one in needs.iter().filter(|one| one.closed_at.is_none()) {
        let month: String = one.need_on.to_string().chars().take(7).collect();
        let sums = months.entry(month.clone()).or_insert(NeedMonth {
            month,
            needs: 0,
            wanted: 0,
            covered: 0,
        });
        sums.needs += 1;
        sums.wanted += one.wanted;
        sums.covered += one.covered;
    }
    months.into_values().collect()
}

/// Customers who are asked more than once and at least once by a need in reach.
async fn customers(
    app: &App,
    actor: &Actor,
    rows: &[Need],
    served: &Served,
) -> Result<Vec<CustomerAsks>, Error> {
    let shown: HashMap<NeedId, &Need> = rows.iter().map(|row| (row.id, row)).collect();
    let is_clash = |asks: &AccountAsks, id: &NeedId| {
        let own = served.needs.get(id);
        own.is_none_or(|own| !own.accounts.contains(&asks.account))
    };
    let mut told: Vec<(usize, &AccountAsks)> = served
        .asks
        .iter()
        .filter(|asks| asks.needs.iter().any(|id| shown.contains_key(id)))
        .map(|asks| {
            (
                asks.needs.iter().filter(|id| is_clash(asks, id)).count(),
                asks,
            )
        })
        .filter(|(clashes, asks)| *clashes > 0 || asks.given.len() + asks.needs.len() > 1)
        .collect();
    told.sort_by_key(|(clashes, asks)| {
        let all = asks.given.len() + asks.needs.len();
        (std::cmp::Reverse((*clashes, all)), asks.account)
    });
    told.truncate(CUSTOMERS_MAX);
    let ids = told.iter().map(|(_, asks)| asks.account).collect();
    let names = view::names(app, actor, ids).await?;
    Ok(told
        .into_iter()
        .filter_map(|(clashes, asks)| {
            let given = asks.given.iter().map(|(on, activity)| CustomerAsk {
                on: *on,
                activity: *activity,
                need_id: None,
                title: None,
                is_clash: false,
            });
            let needs = asks.needs.iter().filter_map(|id| {
                let row = shown.get(id)?;
                Some(CustomerAsk {
                    on: row.need_on,
                    activity: row.activity,
                    need_id: Some(*id),
                    title: Some(row.title.clone()),
                    is_clash: is_clash(asks, id),
                })
            });
            let mut all: Vec<CustomerAsk> = given.chain(needs).collect();
            all.sort_by_key(|one| (one.on, one.need_id));
            Some(CustomerAsks {
                account: view::named_as(&names, asks.account)?,
                asks: all,
                clashes,
            })
        })
        .collect())
}
