//! Deals: looking at one and at many.

use std::collections::HashMap;

use domain::{
    access::Scope,
    id::{AccountId, OpportunityId},
    money::{Currency, Money},
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    record::RecordKind,
    time::Day,
};
use serde::{Deserialize, Serialize};
use storage::{
    opportunity::{self, Opportunity},
    page::Direction,
};

use crate::{
    App,
    account::{AccountRef, PersonRef},
    actor::Actor,
    error::Error,
    listing::{self, Choice, List},
    policy::{self, Permission},
    tagging::{self, TagView},
};

pub mod edit;

/// An amount as it is sent: a decimal text and a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Money)]
pub struct MoneyView {
    #[schema(example = "1234.50")]
    pub amount: String,
    pub currency: Currency,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self {
            amount: money.decimal(),
            currency: money.currency,
        }
    }
}

/// A deal beside another record.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OpportunityRef {
    pub id: OpportunityId,
    pub name: String,
    pub amount: Option<MoneyView>,
}

/// A deal as the reader sees it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Opportunity)]
pub struct OpportunityView {
    pub id: OpportunityId,
    pub version: i64,
    pub external_id: Option<String>,
    pub name: String,
    pub account: Option<AccountRef>,
    /// The account as a file named it, while none is known by that name.
    pub account_raw: Option<String>,
    pub owner: Option<PersonRef>,
    pub owner_raw: Option<String>,
    pub status: OpportunityStatus,
    pub kind: OpportunityKind,
    pub stage: Option<DealStage>,
    pub stage_raw: Option<String>,
    pub amount: Option<MoneyView>,
    pub list_amount: Option<MoneyView>,
    pub created_on: Option<Day>,
    pub reference_stage_on: Option<Day>,
    pub close_on: Option<Day>,
    pub not_needed_reason: Option<String>,
    pub is_budget_confirmed: bool,
    pub terms: Vec<TagView>,
    /// Whether a reference use stands on the deal, or content that the buyer opened.
    pub has_reference: bool,
    pub open_requests: u64,
    pub can_edit: bool,
}

/// Whose deals a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    Mine,
    #[default]
    All,
}

/// What a list of deals is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListOpportunities {
    pub text: Option<String>,
    pub status: Option<OpportunityStatus>,
    pub whose: Whose,
    pub account: Option<AccountId>,
    pub without_reference: bool,
    pub without_account: bool,
    /// Conditions in groups, as JSON.
    pub filter: Option<String>,
    /// The key of a field of the list.
    pub sort: Option<String>,
    pub direction: Option<Direction>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

pub async fn list(
    app: &App,
    actor: &Actor,
    ask: ListOpportunities,
) -> Result<List<OpportunityView>, Error> {
    let mut scope = policy::require(actor, Permission::OpportunityRead)?;
    if ask.whose == Whose::Mine {
        scope = Scope::Own(actor.user_id().into_iter().collect());
    }
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let choice = Choice {
        text: None,
        filter: ask.filter,
        sort: ask.sort,
        direction: ask.direction,
    };
    let chosen = listing::chosen(app, actor, RecordKind::Opportunity, &choice).await?;
    let filter = opportunity::Filter {
        text: ask.text,
        status: ask.status,
        account: ask.account,
        without_reference: ask.without_reference,
        without_account: ask.without_account,
        narrowing: chosen.narrowing,
        sorting: chosen.sorting,
    };
    let listed = opportunity::list(&app.store, &scope, &filter, &page).await?;
    let items = views(app, actor, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

/// A deal by its id or the CRM's.
pub(crate) async fn find(app: &App, actor: &Actor, key: &str) -> Result<Opportunity, Error> {
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    let by_id = match key.parse::<OpportunityId>() {
        Ok(id) => opportunity::find(&app.store, &scope, id).await?,
        Err(_) => None,
    };
    match by_id {
        Some(row) => Ok(row),
        None => opportunity::find_external(&app.store, &scope, key)
            .await?
            .ok_or(Error::NotFound),
    }
}

pub async fn get(app: &App, actor: &Actor, id: OpportunityId) -> Result<OpportunityView, Error> {
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    let row = opportunity::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    one(app, actor, row).await
}

async fn one(app: &App, actor: &Actor, row: Opportunity) -> Result<OpportunityView, Error> {
    views(app, actor, &[row])
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

/// Builds the views of a page of deals in a fixed number of queries.
pub(crate) async fn views(
    app: &App,
    actor: &Actor,
    rows: &[Opportunity],
) -> Result<Vec<OpportunityView>, Error> {
    let ids: Vec<OpportunityId> = rows.iter().map(|row| row.id).collect();
    let accounts = storage::account::by_ids(
        &app.store,
        rows.iter().filter_map(|row| row.account_id).collect(),
    )
    .await?;
    let owners = storage::user::by_ids(
        &app.store,
        rows.iter().filter_map(|row| row.owner_id).collect(),
    )
    .await?;
    let mut tags = tagging::of(
        app,
        RecordKind::Opportunity,
        ids.iter().map(|id| id.0).collect(),
    )
    .await?;
    let uses = storage::reference_use::on_opportunities(&app.store, ids.clone()).await?;
    let shares = storage::share::on_opportunities(&app.store, ids.clone()).await?;
    let mut open: HashMap<OpportunityId, u64> = HashMap::new();
    for request in storage::request::open_on(&app.store, ids).await? {
        if let Some(id) = request.opportunity_id {
            *open.entry(id).or_default() += 1;
        }
    }
    let edit = policy::scope(actor, Permission::OpportunityEdit);
    Ok(rows
        .iter()
        .map(|row| OpportunityView {
            id: row.id,
            version: row.version,
            external_id: row.external_id.clone(),
            name: row.name.clone(),
            account: row
                .account_id
                .and_then(|id| accounts.get(&id))
                .map(AccountRef::from),
            account_raw: row.account_written.clone(),
            owner: row
                .owner_id
                .and_then(|id| owners.get(&id))
                .map(PersonRef::from),
            owner_raw: row.owner_written.clone(),
            status: row.status,
            kind: row.kind,
            stage: row.stage,
            stage_raw: row.stage_written.clone(),
            amount: row.amount().map(Into::into),
            list_amount: row.list_amount().map(Into::into),
            created_on: row.created_on,
            reference_stage_on: row.reference_stage_on,
            close_on: row.close_on,
            not_needed_reason: row.not_needed_reason.clone(),
            is_budget_confirmed: row.is_budget_confirmed,
            terms: tags.remove(&row.id.0).unwrap_or_default(),
            has_reference: uses.iter().any(|used| used.opportunity_id == Some(row.id))
                || shares
                    .iter()
                    .any(|share| share.opportunity_id == row.id && share.first_opened_on.is_some()),
            open_requests: open.get(&row.id).copied().unwrap_or(0),
            can_edit: edit.reaches(row.owner_id),
        })
        .collect())
}
