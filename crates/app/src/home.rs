//! What the program team looks at first, in one answer: its queue counted, what else waits, and what was
//! looked for in vain.

use domain::{advocate::AdvocateStatus, time::Day};
use serde::Serialize;
use storage::{account, advocate, page::Page};

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::List,
    policy::{self, Permission},
    steward::{self, AskQueue, ReasonCount},
    unmet_search::{self, UnmetSearchView},
};

/// Searches without a match that the home shows.
const SEARCHES_SHOWN: u64 = 4;
const WEEK_DAYS: i64 = 7;

/// The home of the program team.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProgramHome {
    /// What waits in the steward queue, every reason.
    pub steward: Vec<ReasonCount>,
    /// Words that are no terms yet, for those who map them.
    pub unmapped: Option<u64>,
    /// Pairs that are probably one record, for those who merge them.
    pub duplicates: Option<u64>,
    /// Advocates of any status; with none the program has yet to begin.
    pub advocates: u64,
    /// Advocates who are nominated and not looked at yet.
    pub nominated: u64,
    pub accounts_unowned: u64,
    /// Accounts that may not be used today.
    pub accounts_locked: u64,
    /// The newest searches without a match.
    pub unmet: List<UnmetSearchView>,
    /// Searches without a match in the last 7 days.
    pub unmet_last_week: u64,
}

/// Reads all of it within the actor's sight.
pub async fn program(app: &App, actor: &Actor) -> Result<ProgramHome, Error> {
    let demand = policy::require(actor, Permission::DemandRead)?;
    let one = AskQueue {
        limit: Some(1),
        ..AskQueue::default()
    };
    let queue = steward::list(app, actor, one).await?;
    let today = app.clock.today();
    let week = today.plus_days(-WEEK_DAYS).start();
    Ok(ProgramHome {
        steward: queue.counts,
        unmapped: queue.unmapped,
        duplicates: queue.duplicates,
        advocates: advocates(app, actor, None).await?,
        nominated: advocates(app, actor, Some(AdvocateStatus::Nominated)).await?,
        accounts_unowned: accounts(app, actor, true, None).await?,
        accounts_locked: accounts(app, actor, false, Some(today)).await?,
        unmet: unmet_search::list(app, actor, Some(SEARCHES_SHOWN), None).await?,
        unmet_last_week: storage::unmet_search::count_since(&app.store, &demand, week).await?,
    })
}

/// Only the total of a list is asked for.
const FIRST: Page = Page {
    limit: 1,
    after: None,
};

async fn advocates(app: &App, actor: &Actor, status: Option<AdvocateStatus>) -> Result<u64, Error> {
    let scope = policy::require(actor, Permission::AdvocateRead)?;
    let filter = advocate::Filter {
        status,
        restricted_visible: policy::sees_restricted(actor),
        ..advocate::Filter::default()
    };
    Ok(advocate::list(&app.store, &scope, &filter, &FIRST)
        .await?
        .total)
}

async fn accounts(
    app: &App,
    actor: &Actor,
    unowned: bool,
    locked_on: Option<Day>,
) -> Result<u64, Error> {
    let scope = policy::require(actor, Permission::AccountRead)?;
    let filter = account::Filter {
        unowned,
        locked_on,
        ..account::Filter::default()
    };
    Ok(account::list(&app.store, &scope, &filter, &FIRST)
        .await?
        .total)
}
