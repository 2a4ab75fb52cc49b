//! Whom to ask first where a reference is missing: customers who fit a segment and speak for nobody
//! yet, ranked by how well they do, with what was asked of them before.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use domain::{
    advocate::AdvocateStatus,
    id::{AccountId, FacetId, TermId, UserId},
    opportunity::OpportunityStatus,
    protection::Lock,
    time::Day,
};
use serde::Serialize;
use storage::pipeline::Customer;

use super::{
    demand::decimal,
    ground::{Ground, KnownDeal},
    pipeline::{self, AskPlan, Pipeline},
    supply::{Fitting, speaks},
};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// Candidates of one answer at most.
pub const CANDIDATES_MAX: usize = 50;

/// How candidates are ranked.
pub const FORMULA: &str = "Points = health (0 to 100) + NPS above 0 (to 100) + 10 for each year as a customer (to 50) + 10 for each won deal (to 50) + 10 for each approved piece of content about them (to 50); what is not known counts nothing. Who was asked before comes last";

const YEAR_DAYS: i64 = 365;

/// Customers who could be recruited for one segment.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RecruitCandidates {
    pub labels: Vec<String>,
    /// 50 at most, the best first.
    pub candidates: Vec<RecruitCandidate>,
    /// All customers who fit and have no advocate, the ones left out too.
    pub fitting: usize,
    /// Customers who fit and have an advocate already.
    pub have_advocates: usize,
    /// Customers who fit but whose account is locked on the day of the plan: nobody asks them now.
    pub locked: usize,
    pub formula: String,
}

/// A customer to ask, with the reasons.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RecruitCandidate {
    pub account: AccountRef,
    /// Who owns the relationship and would ask.
    pub owner_id: Option<UserId>,
    pub owner_name: Option<String>,
    pub points: i64,
    /// From 0 to 100.
    pub health: Option<i64>,
    /// From -100 to 100.
    pub nps: Option<i64>,
    pub customer_since: Option<Day>,
    pub won_deals: usize,
    /// Sum of the won deals that have an amount in the program's currency.
    pub won_money: String,
    /// Products that the account or a deal it signed carries, by name.
    pub products: Vec<String>,
    /// Approved quotes, reviews, stories and other content about the account.
    pub praised: i64,
    /// People known at the account.
    pub contacts: i64,
    /// Where an earlier nomination from this account stands or ended.
    pub asked_before: Option<AdvocateStatus>,
}

/// Finds customers for the segment that a plan names by this key.
pub async fn get(
    app: &App,
    actor: &Actor,
    ask: &AskPlan,
    key: &str,
) -> Result<RecruitCandidates, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    policy::require(actor, Permission::AccountRead)?;
    let pipeline = pipeline::read(app, actor, ask).await?;
    let segment = pipeline.number_of(key).ok_or(Error::NotFound)?;
    let customers = storage::pipeline::customers(&app.store).await?;
    let ids: Vec<AccountId> = customers.iter().map(|customer| customer.id).collect();
    let terms = terms_by_account(&pipeline, &ids, &pipeline.facets);
    let fitting = Fitting::new(&pipeline);
    let fits = |customer: &Customer| {
        terms
            .get(&customer.id)
            .is_some_and(|held| fitting.segments_of(held).contains(&segment))
    };
    let mut found = told(&pipeline, segment, customers.into_iter().filter(fits));
    name_products(&pipeline, &mut found.candidates);
    Ok(found)
}

/// Says of each candidate what they use.
fn name_products(pipeline: &Pipeline, candidates: &mut [RecruitCandidate]) {
    let taxonomy = &pipeline.taxonomy;
    let Some(facet) = taxonomy.facet_by_key("product") else {
        return;
    };
    let ids: Vec<AccountId> = candidates.iter().map(|one| one.account.id).collect();
    let terms = terms_by_account(pipeline, &ids, &[facet.id]);
    for one in candidates {
        let used = terms.get(&one.account.id).into_iter().flatten();
        let used = used.filter_map(|term| taxonomy.term(taxonomy.resolve(*term)?));
        let names: BTreeSet<&str> = used.map(|term| term.name.as_str()).collect();
        one.products = names.into_iter().map(str::to_owned).collect();
    }
}

fn told(
    pipeline: &Pipeline,
    segment: u32,
    fitting: impl Iterator<Item = Customer>,
) -> RecruitCandidates {
    let day = pipeline.forecast.as_of;
    let holds = |lock: &Lock| lock.from <= day && lock.until.is_none_or(|until| day <= until);
    let accounts = &pipeline.ground.accounts;
    let is_locked = |id| {
        accounts
            .get(id)
            .is_some_and(|known| known.locks.iter().any(holds))
    };
    let stands = standing(&pipeline.ground, day);
    let won = won(pipeline);
    let mut answer = RecruitCandidates {
        labels: pipeline.labels(Some(segment)),
        candidates: Vec::new(),
        fitting: 0,
        have_advocates: 0,
        locked: 0,
        formula: FORMULA.to_owned(),
    };
    for customer in fitting {
        let asked_before = stands.get(&customer.id).copied();
        if asked_before.is_some_and(speaks) {
            answer.have_advocates += 1;
        } else if is_locked(customer.id) {
            answer.locked += 1;
        } else {
            let won = won.get(&customer.id).copied().unwrap_or_default();
            let candidate = candidate(pipeline, customer, asked_before, won);
            answer.candidates.push(candidate);
        }
    }
    answer.fitting = answer.candidates.len();
    answer.candidates.sort_by_key(|one| {
        let place = (one.asked_before.is_some(), Reverse(one.points));
        (place, one.account.name.clone(), one.account.id)
    });
    answer.candidates.truncate(CANDIDATES_MAX);
    answer
}

/// By account, the state of the advocate or nominee who is furthest: who speaks, who is on the way, who
/// said no or left.
fn standing(ground: &Ground, as_of: Day) -> HashMap<AccountId, AdvocateStatus> {
    let rank = |status: AdvocateStatus| match status {
        AdvocateStatus::Active => 0,
        AdvocateStatus::Paused => 1,
        AdvocateStatus::Onboarding => 2,
        AdvocateStatus::Invited => 3,
        AdvocateStatus::Vetting => 4,
        AdvocateStatus::Nominated => 5,
        AdvocateStatus::Declined => 6,
        AdvocateStatus::Retired => 7,
    };
    let mut stands: HashMap<AccountId, AdvocateStatus> = HashMap::new();
    for (id, account) in ground.accounts.iter() {
        let states = account.people.iter().map(|person| person.status_on(as_of));
        if let Some(furthest) = states.min_by_key(|status| rank(*status)) {
            stands.insert(id, furthest);
        }
    }
    stands
}

/// What customers are tagged with, and what the deals that they signed are.
pub(super) fn terms_by_account(
    pipeline: &Pipeline,
    customers: &[AccountId],
    facets: &[FacetId],
) -> HashMap<AccountId, HashSet<TermId>> {
    let won = |known: &&Arc<KnownDeal>| known.row.status == OpportunityStatus::Won;
    let signed = pipeline.rows.iter().filter(won);
    let signed = signed.filter_map(|known| Some((known.row.account_id?, &*known.carried)));
    let own = customers.iter();
    let own = own.map(|id| (*id, pipeline.ground.carried_by(*id)));
    let mut terms: HashMap<AccountId, HashSet<TermId>> = HashMap::new();
    for (account, carried) in own.chain(signed) {
        let known = carried.iter();
        let known = known.filter(|(facet, _)| facets.contains(facet));
        let held = terms.entry(account).or_default();
        held.extend(known.map(|(_, term)| *term));
    }
    terms
}

/// By account, the deals won and their minor units in the plan's currency.
fn won(pipeline: &Pipeline) -> HashMap<AccountId, (usize, u64)> {
    let mut won: HashMap<AccountId, (usize, u64)> = HashMap::new();
    for row in pipeline.rows.iter().map(|known| &known.row) {
        let (OpportunityStatus::Won, Some(account)) = (row.status, row.account_id) else {
            continue;
        };
        let (deals, sum) = won.entry(account).or_default();
        *deals += 1;
        if row
            .currency
            .is_none_or(|currency| currency == pipeline.currency)
        {
            *sum += row
                .amount_minor
                .and_then(|minor| u64::try_from(minor).ok())
                .unwrap_or(0);
        }
    }
    won
}

fn candidate(
    pipeline: &Pipeline,
    customer: Customer,
    asked_before: Option<AdvocateStatus>,
    (won_deals, won_minor): (usize, u64),
) -> RecruitCandidate {
    RecruitCandidate {
        points: points(&customer, won_deals, pipeline.forecast.as_of),
        account: AccountRef {
            id: customer.id,
            name: customer.name,
        },
        owner_id: customer.owner_id,
        owner_name: customer.owner_name,
        health: customer.health,
        nps: customer.nps,
        customer_since: customer.customer_since,
        won_deals,
        won_money: decimal(pipeline, won_minor),
        products: Vec::new(),
        praised: customer.praised,
        contacts: customer.contacts,
        asked_before,
    }
}

fn points(customer: &Customer, won_deals: usize, day: Day) -> i64 {
    let up_to_100 = |value: Option<i64>| value.unwrap_or(0).clamp(0, 100);
    let years = customer
        .customer_since
        .map_or(0, |since| day.days_since(since).max(0) / YEAR_DAYS);
    let deals = i64::try_from(won_deals).unwrap_or(i64::MAX);
    let tens = years.min(5) + deals.min(5) + customer.praised.min(5);
    up_to_100(customer.health) + up_to_100(customer.nps) + tens * 10
}
