//! How much each facet counts in a search: a setting of the program, and what another one would change.
//!
//! A preview asks the open deals that close next twice, on one state of the index, and writes nothing.

use std::collections::{BTreeMap, HashMap};

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, OpportunityId},
    opportunity::OpportunityStatus,
    taxonomy::Taxonomy,
    time::Day,
};
use matching::Query;
use serde::{Deserialize, Serialize};
use storage::{
    opportunity::{self, Opportunity},
    page::Page,
};

use super::{card::share, criteria, need_by_default};
use crate::{
    App,
    actor::Actor,
    error::{Error, FieldProblem},
    index::Moment,
    opportunity::MoneyView,
    people::{self, Person},
    policy::{self, Permission},
    setting::{self, Setting, SettingView},
};

/// Open deals that a preview asks.
const DEALS: u64 = 20;
/// Accounts that a preview names per deal.
const PLACES: usize = 3;
/// How far a preview looks for the place that somebody had before.
const PLACES_KNOWN: usize = 20;
const FACETS_MAX: usize = 100;

/// What weights people can give: from hardly to a hundred times as much.
pub(super) const WEIGHT_MIN: u32 = 1;
pub(super) const WEIGHT_MAX: u32 = 100;

/// How much a facet or the free text counts when a search does not say it; each from 1 to 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MatchWeights {
    /// By the key of the facet.
    pub facets: BTreeMap<String, u32>,
    /// Every facet that is not named.
    pub others: u32,
    /// Words that name no term.
    pub text: u32,
}

impl Default for MatchWeights {
    fn default() -> Self {
        let facets = [
            ("industry", 30),
            ("product", 30),
            ("use_case", 30),
            ("persona", 20),
            ("company_size", 20),
            ("region", 20),
            ("seniority", 20),
        ];
        Self {
            facets: facets.map(|(key, weight)| (key.to_owned(), weight)).into(),
            others: 10,
            text: 30,
        }
    }
}

impl MatchWeights {
    /// The weight of a facet by its key.
    pub(crate) fn of(&self, facet: &str) -> u32 {
        self.facets.get(facet).copied().unwrap_or(self.others)
    }
}

impl Setting for MatchWeights {
    const NAME: &'static str = "match_weights";

    fn problems(&self) -> Vec<FieldProblem> {
        let facets = self.facets.iter();
        let facets = facets.map(|(key, weight)| (format!("facets.{key}"), *weight));
        let single = [("others", self.others), ("text", self.text)];
        let single = single.map(|(field, weight)| (field.to_owned(), weight));
        let outside = |(field, weight): (String, u32)| {
            let is_outside = !(WEIGHT_MIN..=WEIGHT_MAX).contains(&weight);
            is_outside.then(|| FieldProblem {
                field,
                message: format!(
                    "The weight is {weight}; it must be from {WEIGHT_MIN} to {WEIGHT_MAX}."
                ),
            })
        };
        let too_many = (self.facets.len() > FACETS_MAX).then(|| FieldProblem {
            field: "facets".to_owned(),
            message: format!("At most {FACETS_MAX} facets have a weight of their own."),
        });
        facets
            .chain(single)
            .filter_map(outside)
            .chain(too_many)
            .collect()
    }
}

/// An account that a deal is offered, and where it stood with the weights that hold.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct WeightedPlace {
    pub advocate: AdvocateId,
    pub display_name: String,
    pub account_name: String,
    /// From 0 to 1.
    pub relevance: f64,
    /// From 1 to 20 with the weights that hold; null when it was further down.
    pub place_before: Option<usize>,
}

/// What an open deal is offered with the weights that hold, and with others.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct WeightedDeal {
    pub opportunity: OpportunityId,
    pub name: String,
    pub account_name: Option<String>,
    pub amount: Option<MoneyView>,
    pub close_on: Option<Day>,
    /// The best three accounts, best first.
    pub before: Vec<WeightedPlace>,
    pub after: Vec<WeightedPlace>,
    /// Others are offered, or the same in another order.
    pub is_changed: bool,
}

/// What other weights would change for the open deals that close next.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct WeightPreview {
    /// At most 20, the changed ones first, then by the day on which they close.
    pub deals: Vec<WeightedDeal>,
    pub changed: usize,
}

/// Changes the weights that are named; `facets` is replaced as a whole.
pub async fn edit(
    app: &App,
    actor: &Actor,
    version: i64,
    change: serde_json::Map<String, serde_json::Value>,
) -> Result<SettingView<MatchWeights>, Error> {
    policy::require(actor, Permission::MatchWeightEdit)?;
    let taxonomy = app.index.taxonomy(app).await?;
    let named = change.get("facets").and_then(serde_json::Value::as_object);
    known(
        &taxonomy,
        named.into_iter().flat_map(|facets| facets.keys()),
    )?;
    setting::edit(app, actor, Permission::MatchWeightEdit, version, change).await
}

/// Shows what the weights would change for the open deals that close next; changes nothing.
pub async fn preview(
    app: &App,
    actor: &Actor,
    weights: MatchWeights,
) -> Result<WeightPreview, Error> {
    let scope = policy::require(actor, Permission::MatchWeightEdit)?;
    let problems = weights.problems();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let now = app.index.now(app).await?;
    let taxonomy = &now.taxonomy;
    known(taxonomy, weights.facets.keys())?;
    let open = opportunity::Filter {
        status: Some(OpportunityStatus::Open),
        ..opportunity::Filter::default()
    };
    let page = Page {
        limit: DEALS,
        after: None,
    };
    let deals = opportunity::list(&app.store, &scope, &open, &page)
        .await?
        .items;
    let today = app.clock.today();
    let by_deal = criteria::of_deals(app, taxonomy, &now.weights, &deals).await?;
    let activity = Activity::ReferenceCall;
    let day = need_by_default(now.rules(), activity, today);
    let asked = deals.iter().zip(by_deal).map(|(deal, criteria)| {
        let mut query = Query::new(activity, day, today);
        query.criteria = criteria;
        query.prospect = deal.account_id;
        query.exclude_accounts = deal.account_id.into_iter().collect();
        query.restricted_visible = policy::sees_restricted(actor);
        query.limit = PLACES_KNOWN;
        let mut with_others = query.clone();
        for criterion in &mut with_others.criteria {
            let facet = taxonomy.facet(criterion.facet);
            criterion.weight = weights.of(facet.map_or("", |facet| facet.key.as_str()));
        }
        (query, with_others)
    });
    let asked: Vec<(Query, Query)> = asked.collect();
    let ask = |index: &matching::Index| {
        let both = asked.iter();
        both.map(|(one, other)| Ok((index.query(one)?.rows, index.query(other)?.rows)))
            .collect::<Result<Vec<Ranked>, _>>()
    };
    let ranked = now.ask(ask)?;
    shown(app, actor, &now, deals, ranked).await
}

/// Who is offered with the weights that hold, and with others.
type Ranked = (Vec<matching::MatchRow>, Vec<matching::MatchRow>);

async fn shown(
    app: &App,
    actor: &Actor,
    now: &Moment,
    deals: Vec<Opportunity>,
    ranked: Vec<Ranked>,
) -> Result<WeightPreview, Error> {
    let first = |rows: &[matching::MatchRow]| -> Vec<AdvocateId> {
        rows.iter().take(PLACES).map(|row| row.advocate).collect()
    };
    let mut named: Vec<AdvocateId> = Vec::new();
    for (before, after) in &ranked {
        named.extend(first(before));
        named.extend(first(after));
    }
    named.sort_unstable();
    named.dedup();
    let people = people::load_at(app, actor, now, named).await?;
    let accounts: Vec<AccountId> = deals.iter().filter_map(|deal| deal.account_id).collect();
    let accounts = storage::account::by_ids(&app.store, accounts).await?;
    let deal = |(deal, (before, after)): (Opportunity, Ranked)| WeightedDeal {
        opportunity: deal.id,
        account_name: deal
            .account_id
            .and_then(|id| Some(accounts.get(&id)?.name.clone())),
        amount: deal.amount().map(Into::into),
        close_on: deal.close_on,
        is_changed: first(&before) != first(&after),
        before: places(&people, &before, &before),
        after: places(&people, &after, &before),
        name: deal.name,
    };
    let mut deals: Vec<WeightedDeal> = deals.into_iter().zip(ranked).map(deal).collect();
    deals.sort_by_key(|deal| !deal.is_changed);
    Ok(WeightPreview {
        changed: deals.iter().filter(|deal| deal.is_changed).count(),
        deals,
    })
}

fn places(
    people: &HashMap<AdvocateId, Person>,
    rows: &[matching::MatchRow],
    before: &[matching::MatchRow],
) -> Vec<WeightedPlace> {
    let place = |row: &matching::MatchRow| {
        let person = people.get(&row.advocate)?;
        let stood = before.iter().position(|other| other.account == row.account);
        Some(WeightedPlace {
            advocate: row.advocate,
            display_name: person.display_name(),
            account_name: person.account_name(),
            relevance: share(row.relevance?),
            place_before: stood.map(|place| place + 1),
        })
    };
    rows.iter().take(PLACES).filter_map(place).collect()
}

/// Refuses facets that the taxonomy does not have.
fn known<'a>(taxonomy: &Taxonomy, facets: impl Iterator<Item = &'a String>) -> Result<(), Error> {
    let is_known = |key: &String| taxonomy.facet_by_key(key).is_some();
    let unknown = facets.filter(|key| !is_known(key)).map(|key| {
        let keys = taxonomy.facets().iter().map(|facet| facet.key.as_str());
        let keys: Vec<&str> = keys.collect();
        FieldProblem {
            field: format!("facets.{key}"),
            message: format!(
                "There is no facet with this key. Facets are: {}.",
                keys.join(", ")
            ),
        }
    });
    let unknown: Vec<FieldProblem> = unknown.take(FACETS_MAX).collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(unknown))
    }
}
