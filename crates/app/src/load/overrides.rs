//! Where somebody went past a rule: the list that a program reviews each month.

use domain::{
    activity::Activity,
    id::{AdvocateId, CandidateId, RequestId, UserId},
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::load;

use crate::{
    App,
    account::{AccountRef, PersonRef},
    actor::Actor,
    error::Error,
    people::{self, Person},
    policy::{self, Permission},
};

/// The longest period whose overrides are listed at once.
const OVERRIDE_DAYS_MAX: i64 = 366;

/// A time that somebody went past a rule, for the monthly review.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Override)]
pub struct OverrideView {
    /// Absent where a gate was set aside for the whole request, like the advocate.
    pub candidate_id: Option<CandidateId>,
    pub request_id: RequestId,
    /// The deal it was asked on.
    pub opportunity_name: Option<String>,
    pub advocate_id: Option<AdvocateId>,
    pub display_name: Option<String>,
    pub account: Option<AccountRef>,
    pub activity: Activity,
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    pub planned_on: Day,
    /// Absent once somebody involved was erased.
    pub reason: Option<String>,
    pub at: Timestamp,
    /// Absent for the person at the machine's command line.
    pub by: Option<PersonRef>,
}

/// The overrides of a period.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Overrides {
    pub from: Day,
    /// The day after the last.
    pub to: Day,
    /// Latest first, at most 500.
    pub items: Vec<OverrideView>,
}

/// Lists overrides of a period, the last 30 days where none is named.
pub async fn overrides(
    app: &App,
    actor: &Actor,
    from: Option<Day>,
    to: Option<Day>,
) -> Result<Overrides, Error> {
    let scope = policy::require(actor, Permission::LoadRead)?;
    let to = to.unwrap_or_else(|| app.clock.today().plus_days(1));
    let from = from.unwrap_or_else(|| to.plus_days(-30));
    if from >= to || to.days_since(from) > OVERRIDE_DAYS_MAX {
        return Err(Error::field(
            "from",
            format!("Choose a first day before {to} and at most a year earlier."),
        ));
    }
    let rows = load::overrides(&app.store, &scope, (from.start(), to.start())).await?;
    let mut ids: Vec<AdvocateId> = rows.iter().filter_map(|row| row.advocate_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let people = people::load(app, actor, ids).await?;
    let deals = rows.iter().filter_map(|row| row.opportunity_id).collect();
    let deals = storage::opportunity::by_ids(&app.store, deals).await?;
    let users: Vec<UserId> = rows.iter().filter_map(|row| row.by).collect();
    let users = storage::user::by_ids(&app.store, users).await?;
    let items = rows
        .into_iter()
        .map(|row| {
            let person = row.advocate_id.and_then(|id| people.get(&id));
            let deal = row.opportunity_id.and_then(|id| deals.get(&id));
            OverrideView {
                candidate_id: row.candidate_id,
                request_id: row.request_id,
                advocate_id: row.advocate_id,
                opportunity_name: deal.map(|deal| deal.name.clone()),
                display_name: person.map(Person::display_name),
                account: person.and_then(Person::account_ref),
                activity: row.activity,
                activity_label: row.activity.label(),
                planned_on: row.planned_on,
                reason: row.reason,
                at: row.at,
                by: row.by.and_then(|id| users.get(&id)).map(PersonRef::from),
            }
        })
        .collect();
    Ok(Overrides { from, to, items })
}
