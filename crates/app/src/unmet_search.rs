//! Searches without a match, for those who recruit: what was missing, for whom, worth how much.

use domain::{
    activity::Activity,
    id::UnmetSearchId,
    money::Money,
    time::{Day, Timestamp},
};
use serde::Serialize;
use serde_json::Value;
use storage::unmet_search::{self, UnmetSearch};

use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    error::Error,
    listing::{self, List},
    opportunity::{MoneyView, OpportunityRef},
    policy::{self, Permission},
};

/// A criterion of the search, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UnmetCriterion {
    pub facet_name: String,
    pub terms: Vec<String>,
    pub must: bool,
}

/// A search that found nobody.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = UnmetSearch)]
pub struct UnmetSearchView {
    pub id: UnmetSearchId,
    pub at: Timestamp,
    pub by: Option<PersonRef>,
    pub opportunity: Option<OpportunityRef>,
    /// The deal's amount when the search was made.
    pub amount: Option<MoneyView>,
    pub criteria: Vec<UnmetCriterion>,
    pub text: Option<String>,
    pub activity: Option<Activity>,
    pub need_by: Option<Day>,
}

/// Lists searches without a match, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    limit: Option<u64>,
    cursor: Option<&str>,
) -> Result<List<UnmetSearchView>, Error> {
    let scope = policy::require(actor, Permission::DemandRead)?;
    let page = listing::page(limit, cursor)?;
    let listed = unmet_search::list(&app.store, &scope, &page).await?;
    let people = listed.items.iter().filter_map(|row| row.user_id).collect();
    let people = storage::user::by_ids(&app.store, people).await?;
    let deals = listed.items.iter().filter_map(|row| row.opportunity_id);
    let deals = storage::opportunity::by_ids(&app.store, deals.collect()).await?;
    let view = |row: UnmetSearch| {
        let asked: Value = serde_json::from_str(&row.criteria).unwrap_or_default();
        let money = |minor: Option<i64>, currency| {
            let (minor, currency) = (minor?, currency?);
            Some(Money { minor, currency }.into())
        };
        UnmetSearchView {
            id: row.id,
            at: row.at,
            by: row
                .user_id
                .and_then(|id| people.get(&id))
                .map(PersonRef::from),
            opportunity: row
                .opportunity_id
                .and_then(|id| deals.get(&id))
                .map(|deal| OpportunityRef {
                    id: deal.id,
                    name: deal.name.clone(),
                    amount: money(deal.amount_minor, deal.currency),
                }),
            amount: money(row.amount_minor, row.currency),
            criteria: criteria(&asked["criteria"]),
            text: asked["text"].as_str().map(str::to_owned),
            activity: asked["activity"]
                .as_str()
                .and_then(|text| text.parse().ok()),
            need_by: asked["need_by"].as_str().and_then(|text| text.parse().ok()),
        }
    };
    Ok(List::from_listed(listed.map(view)))
}

/// The criteria as they were kept, by the names that they had then.
fn criteria(kept: &Value) -> Vec<UnmetCriterion> {
    let all = kept.as_array().into_iter().flatten();
    all.filter_map(|one| {
        let terms = one["terms"].as_array()?.iter();
        Some(UnmetCriterion {
            facet_name: one["facet_name"].as_str()?.to_owned(),
            terms: terms
                .filter_map(|term| term["name"].as_str().map(str::to_owned))
                .collect(),
            must: one["must"].as_bool().unwrap_or(false),
        })
    })
    .collect()
}
