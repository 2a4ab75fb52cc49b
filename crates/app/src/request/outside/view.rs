//! How a use reads in the list of its deal, and whether the reader may take it back.

use std::collections::HashMap;

use domain::{
    access::Scope,
    activity::Activity,
    id::{AdvocateId, OpportunityId, UseId, UserId},
    reference_use::{UseChannel, UseOutcome},
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{reference_use::ReferenceUse, user::User};

use crate::{
    App,
    account::{AccountRef, PersonRef},
    actor::Actor,
    error::Error,
    people::{self, Person},
    policy::{self, Permission},
};

/// Whoever logged a use takes it back within a day; later only the program does.
const TAKE_BACK_SECONDS: i64 = 86_400;

/// A reference that was used on a deal, however it became known.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct DealUse {
    pub id: UseId,
    pub version: i64,
    pub advocate_id: AdvocateId,
    pub display_name: String,
    pub account: Option<AccountRef>,
    pub opportunity_id: Option<OpportunityId>,
    pub activity: Activity,
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    pub used_on: Day,
    pub channel: UseChannel,
    pub outcome: Option<UseOutcome>,
    pub grade_seller: Option<i64>,
    /// Absent for a use from a file, or where the program itself wrote it.
    pub recorded_by: Option<PersonRef>,
    pub can_take_back: bool,
    /// What was noted with it; only for whoever can take it back.
    pub comment: Option<String>,
}

/// Whether it can still be taken back by whom the scope lets.
pub(super) fn is_fresh(scope: &Scope, used: &ReferenceUse, now: Timestamp) -> bool {
    matches!(scope, Scope::Everything) || now.seconds_since(used.created_at) < TAKE_BACK_SECONDS
}

/// Builds the views in a fixed number of queries.
pub(super) async fn views(
    app: &App,
    actor: &Actor,
    rows: Vec<ReferenceUse>,
) -> Result<Vec<DealUse>, Error> {
    let people = people::load(app, actor, rows.iter().map(|row| row.advocate_id).collect()).await?;
    let recorders = rows.iter().filter_map(|row| row.recorded_by).collect();
    let users = storage::user::by_ids(&app.store, recorders).await?;
    let scope = policy::scope(actor, Permission::UseLog);
    let now = app.clock.now();
    let take_back = |row: &ReferenceUse| {
        row.channel == UseChannel::Outside
            && scope.reaches(row.recorded_by)
            && is_fresh(&scope, row, now)
    };
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let person = people.get(&row.advocate_id)?;
            let can_take_back = take_back(&row);
            Some(view(row, person, &users, can_take_back))
        })
        .collect())
}

fn view(
    row: ReferenceUse,
    person: &Person,
    users: &HashMap<UserId, User>,
    can_take_back: bool,
) -> DealUse {
    DealUse {
        id: row.id,
        version: row.version,
        advocate_id: row.advocate_id,
        display_name: person.display_name(),
        account: person.account_ref(),
        opportunity_id: row.opportunity_id,
        activity: row.activity,
        activity_label: row.activity.label(),
        used_on: row.used_on,
        channel: row.channel,
        outcome: row.outcome,
        grade_seller: row.grade_seller,
        recorded_by: row
            .recorded_by
            .and_then(|id| users.get(&id))
            .map(PersonRef::from),
        can_take_back,
        comment: row.comment.filter(|_| can_take_back),
    }
}
