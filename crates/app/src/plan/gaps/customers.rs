//! A relationship owner's cut of the plan: what the plan of the whole pipeline has their customers give, to whom,
//! and what they could give. Refuses to tell of the deals, which others work on, and of their money.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use domain::{
    access::Scope,
    id::{AccountId, AdvocateId},
    time::Day,
};
use serde::Serialize;

use super::{AskGaps, Solved, detail::GapAdvocate, references};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    people,
    policy::{self, Permission},
};

/// Customers of one answer at most, those who are planned for the most first.
pub const CUSTOMERS_MAX: usize = 100;
/// Advocates who are named of one customer at most.
pub const NAMED_MAX: usize = 5;

const FORMULA: &str = "Can give = uses that the protection rules and stakeholder needs leave until the last window's end x acceptance. Planned = what the plan of the whole pipeline has the customer give, so that the money covered is greatest";

/// What own customers are planned for.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PlannedCustomers {
    pub as_of: Day,
    /// Own customers with an advocate who can be asked or waits to be verified.
    pub count: usize,
    /// References that they can give until the last window's end, and of these, how many the plan counts on.
    pub gives: f64,
    pub planned: f64,
    /// Their advocates whom the plan leaves out, since nobody verified them lately.
    pub unverified: usize,
    /// 100 at most, those who are planned for the most first.
    pub customers: Vec<PlannedCustomer>,
    pub formula: String,
}

/// What one customer is planned for.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PlannedCustomer {
    pub account: AccountRef,
    /// Advocates who can be asked.
    pub advocates: usize,
    /// Who they are, 5 at most.
    pub people: Vec<GapAdvocate>,
    /// Advocates who are left out as unverified.
    pub unverified: usize,
    /// Who these are, 5 at most.
    pub unverified_people: Vec<GapAdvocate>,
    pub gives: f64,
    pub planned: f64,
    /// For which segments, the most first.
    pub segments: Vec<PlannedSegment>,
}

/// What a customer gives to one segment.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PlannedSegment {
    pub key: String,
    pub labels: Vec<String>,
    pub references: f64,
}

/// What the plan has the customers in the reader's hands give. Whoever reads the plan of fewer deals gets what the
/// plan of all deals says of them.
pub async fn get(app: &App, actor: &Actor, ask: &AskGaps) -> Result<PlannedCustomers, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let scope = policy::require(actor, Permission::LoadRead)?;
    let mut whole = ask.clone();
    whole.plan.with_goals = false;
    let sees_restricted = policy::sees_restricted(actor);
    let solved = Solved::reached(app, &Scope::Everything, &whole, sees_restricted).await?;
    let own = match &scope {
        Scope::Everything => solved.supply.known_accounts().collect(),
        Scope::Own(_) | Scope::Nothing => storage::account::ids_in(&app.store, &scope).await?,
    };
    let mut rows = solved.planned(&own);
    let mut answer = PlannedCustomers {
        as_of: solved.pipeline.forecast.as_of,
        count: rows.len(),
        gives: references(rows.iter().map(|row| row.gives).sum()),
        planned: references(rows.iter().map(|row| row.planned).sum()),
        unverified: rows.iter().map(|row| row.unverified.len()).sum(),
        customers: Vec::new(),
        formula: FORMULA.to_owned(),
    };
    rows.sort_by_key(|row| (Reverse((row.planned, row.gives)), row.account));
    rows.truncate(CUSTOMERS_MAX);
    let names = storage::account::by_ids(&app.store, rows.iter().map(|row| row.account).collect());
    let names = names.await?;
    let named = rows.iter().flat_map(Row::named);
    let known = people::load(app, actor, named.collect()).await?;
    let told = |ids: &[AdvocateId]| {
        let known = ids.iter().take(NAMED_MAX).filter_map(|id| {
            known.get(id).map(|person| GapAdvocate {
                advocate_id: *id,
                display_name: person.display_name(),
            })
        });
        known.collect()
    };
    let customers = rows.iter().filter_map(|row| {
        Some(PlannedCustomer {
            account: AccountRef::from(names.get(&row.account)?),
            advocates: row.people.len(),
            people: told(&row.people),
            unverified: row.unverified.len(),
            unverified_people: told(&row.unverified),
            gives: references(row.gives),
            planned: references(row.planned),
            segments: solved.segments_of(&row.by_segment),
        })
    });
    answer.customers = customers.collect();
    Ok(answer)
}

/// A customer in thousandths of references.
struct Row {
    account: AccountId,
    people: Vec<AdvocateId>,
    unverified: Vec<AdvocateId>,
    gives: u64,
    planned: u64,
    by_segment: BTreeMap<u32, u64>,
}

impl Row {
    fn named(&self) -> impl Iterator<Item = AdvocateId> {
        let people = self.people.iter().take(NAMED_MAX);
        people
            .chain(self.unverified.iter().take(NAMED_MAX))
            .copied()
    }
}

impl Solved {
    /// What these accounts are planned for; those with nobody to ask and nobody to verify are left out.
    fn planned(&self, own: &[AccountId]) -> Vec<Row> {
        let places: HashMap<AccountId, u32> = (0_u32..)
            .zip(&self.supply.accounts)
            .map(|(place, usable)| (usable.account, place))
            .collect();
        let mut given: HashMap<u32, BTreeMap<u32, u64>> = HashMap::new();
        for served in self.coverage.served() {
            let by_segment = given.entry(served.supplier).or_default();
            *by_segment.entry(served.segment).or_default() += served.units;
        }
        let rows = own.iter().filter_map(|account| {
            let (people, unverified) = self.supply.people_at(*account)?;
            let place = places.get(account);
            let by_segment = place.and_then(|place| given.remove(place));
            let by_segment = by_segment.unwrap_or_default();
            Some(Row {
                account: *account,
                people,
                unverified,
                gives: place.map_or(0, |place| {
                    u64::from(self.supply.accounts[*place as usize].total)
                }),
                planned: by_segment.values().sum(),
                by_segment,
            })
        });
        rows.collect()
    }

    fn segments_of(&self, by_segment: &BTreeMap<u32, u64>) -> Vec<PlannedSegment> {
        let mut ordered: Vec<_> = by_segment.iter().filter(|(_, units)| **units > 0).collect();
        ordered.sort_by_key(|(segment, units)| (Reverse(**units), **segment));
        let told = ordered.into_iter().map(|(segment, units)| PlannedSegment {
            key: self.pipeline.key(Some(*segment)),
            labels: self.pipeline.labels(Some(*segment)),
            references: references(*units),
        });
        told.collect()
    }
}
