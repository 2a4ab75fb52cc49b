//! Holds as people read them. The queue of a customer is everybody's to see who sees the customer;
//! whose deal stands in it is told to whoever may read their requests.

use std::collections::HashMap;

use domain::{
    access::Scope,
    activity::Activity,
    hold::HoldState,
    id::{AccountId, AdvocateId, HoldId, OpportunityId},
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::hold::{Filter, Hold};

use super::super::CandidateAdvocate;
use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    error::Error,
    listing::{self, List},
    opportunity::OpportunityRef,
    people,
    policy::{self, Permission},
};

/// A use that is kept for a deal, or that a deal waits for.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Hold)]
pub struct HoldView {
    pub id: HoldId,
    pub version: i64,
    pub state: HoldState,
    pub advocate: CandidateAdvocate,
    pub activity: Activity,
    pub planned_on: Day,
    pub expires_on: Day,
    pub created_at: Timestamp,
    /// Holds of the same customer that came before this one.
    pub ahead: usize,
    /// The deal, where the reader may know whose it is.
    pub opportunity: Option<OpportunityRef>,
    pub held_by: Option<PersonRef>,
    /// Whether the reader may give it back now.
    pub can_give_back: bool,
}

/// What a list of holds is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListHolds {
    pub opportunity: Option<OpportunityId>,
    /// The whole queue of this advocate's customer, whoever holds it.
    pub advocate: Option<AdvocateId>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// Open holds, the oldest first: of a deal, of an advocate, or all in the reader's reach.
pub async fn list(app: &App, actor: &Actor, ask: ListHolds) -> Result<List<HoldView>, Error> {
    let scope = policy::require(actor, Permission::RequestRead)?;
    let mut held_by = scope.clone();
    if let Some(advocate) = ask.advocate {
        let reach = policy::require(actor, Permission::AdvocateRead)?;
        storage::advocate::find(&app.store, &reach, policy::sees_restricted(actor), advocate)
            .await?
            .ok_or(Error::NotFound)?;
        held_by = Scope::Everything;
    }
    if let Some(deal) = ask.opportunity {
        let reach = policy::require(actor, Permission::OpportunityRead)?;
        storage::opportunity::find(&app.store, &reach, deal)
            .await?
            .ok_or(Error::NotFound)?;
        held_by = Scope::Everything;
    }
    let filter = Filter {
        opportunity: ask.opportunity,
        advocate: ask.advocate,
        held_by,
    };
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let listed = storage::hold::list(&app.store, &filter, &page).await?;
    let items = views(app, actor, &scope, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

/// A hold of somebody in the actor's reach.
pub async fn get(app: &App, actor: &Actor, id: HoldId) -> Result<HoldView, Error> {
    let scope = policy::require(actor, Permission::RequestRead)?;
    let row = storage::hold::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut found = views(app, actor, &scope, &[row]).await?;
    found.pop().ok_or(Error::NotFound)
}

async fn views(
    app: &App,
    actor: &Actor,
    scope: &Scope,
    rows: &[Hold],
) -> Result<Vec<HoldView>, Error> {
    let people = people::load(app, actor, rows.iter().map(|row| row.advocate_id).collect()).await?;
    let ids = rows.iter().map(|row| row.opportunity_id).collect();
    let deals = storage::opportunity::by_ids(&app.store, ids).await?;
    let holders = rows.iter().map(|row| row.held_by).collect();
    let users = storage::user::by_ids(&app.store, holders).await?;
    let queues = queues(app, rows).await?;
    let gives_back = policy::scope(actor, Permission::RequestCreate);
    let view = |row: &Hold| {
        let person = people.get(&row.advocate_id)?;
        let is_told = scope.reaches(Some(row.held_by));
        let deal = deals.get(&row.opportunity_id).filter(|_| is_told);
        let holder = users.get(&row.held_by).filter(|_| is_told);
        let queue = queues.get(&row.account_id).map_or(&[][..], Vec::as_slice);
        Some(HoldView {
            id: row.id,
            version: row.version,
            state: row.state,
            advocate: CandidateAdvocate {
                id: row.advocate_id,
                display_name: person.display_name(),
                name_masked: !person.sees_name,
                title: person.contact.title.clone(),
                account_name: person.account_name(),
            },
            activity: row.activity,
            planned_on: row.planned_on,
            expires_on: row.expires_on,
            created_at: row.created_at,
            ahead: queue.iter().take_while(|id| **id != row.id).count(),
            opportunity: deal.map(|deal| OpportunityRef {
                id: deal.id,
                name: deal.name.clone(),
                amount: deal.amount().map(Into::into),
            }),
            held_by: holder.map(|user| PersonRef {
                id: user.id,
                name: user.name.clone(),
            }),
            can_give_back: row.state != HoldState::Ended && gives_back.reaches(Some(row.held_by)),
        })
    };
    Ok(rows.iter().filter_map(view).collect())
}

/// Who has a hold on these accounts in which order: those who have it before those who wait.
async fn queues(app: &App, rows: &[Hold]) -> Result<HashMap<AccountId, Vec<HoldId>>, Error> {
    let mut accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut open = storage::hold::open_on(&app.store, accounts).await?;
    open.sort_by_key(|row| row.state == HoldState::Waiting);
    let mut queues: HashMap<AccountId, Vec<HoldId>> = HashMap::new();
    for row in open {
        queues.entry(row.account_id).or_default().push(row.id);
    }
    Ok(queues)
}
