//! The not-in-demand guard: nominees whose profile would hardly ever be asked, before anybody invites them.

use std::collections::{BTreeMap, HashSet};

use domain::{
    advocate::AdvocateStatus,
    id::{AccountId, AdvocateId, FacetId, TermId},
};
use planning::head_count::prospect;
use serde::Serialize;

use super::{AskGaps, Solved, head_count, references};
use crate::{
    App,
    actor::Actor,
    error::Error,
    plan::{candidates::terms_by_account, ground::KnownPerson, supply::Fitting},
    policy::{self, Permission},
};

/// Nominees of one answer at most, those who would be asked the least first.
pub const SELDOM_MAX: usize = 500;

const FORMULA: &str = "Asks = references that are missing in the next 182 days of the segments that a nominee fits by own terms, those of the customer and of the deals it signed / acceptance, to what the protection rules leave one advocate. Below one, content or the community serves them better";

/// Nominees who would be asked less than once in half a year.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct NomineeDemand {
    /// Days that are looked ahead.
    pub days: i64,
    /// Nominees whose profile is known.
    pub judged: usize,
    /// Nominees who carry no term of some facet of the plan, themselves or by their customer: nothing is said of them.
    pub unknown: usize,
    /// 500 at most.
    pub seldom: Vec<SeldomAsked>,
    pub formula: String,
}

/// A nominee who would be asked less than once.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SeldomAsked {
    pub advocate_id: AdvocateId,
    /// Asks in these days, below 1.
    pub asks: f64,
}

/// Holds everybody who is nominated and not an advocate yet against the demand of the next half year.
pub async fn get(app: &App, actor: &Actor, ask: &AskGaps) -> Result<NomineeDemand, Error> {
    policy::require(actor, Permission::DemandRead)?;
    let solved = Solved::read(app, actor, &head_count::half_year(ask)).await?;
    Ok(judged(&solved, policy::sees_restricted(actor)))
}

/// Somebody who is nominated and not an advocate yet.
struct Nominee {
    advocate: AdvocateId,
    account: AccountId,
    /// What they, their contact and their account carry, and the deals that the account signed.
    held: HashSet<TermId>,
}

fn nominees(solved: &Solved, sees_restricted: bool) -> Vec<Nominee> {
    let pipeline = &solved.pipeline;
    let as_of = pipeline.forecast.as_of;
    let is_nominee = |person: &&KnownPerson| {
        let is_on_the_way = matches!(
            person.status_on(as_of),
            AdvocateStatus::Nominated
                | AdvocateStatus::Vetting
                | AdvocateStatus::Invited
                | AdvocateStatus::Onboarding
        );
        is_on_the_way && (sees_restricted || !person.is_restricted)
    };
    let mut found = Vec::new();
    for (account, known) in pipeline.ground.accounts.iter() {
        let people = known.people.iter().filter(is_nominee);
        found.extend(people.map(|person| Nominee {
            advocate: person.member.advocate,
            account,
            held: person.held.clone(),
        }));
    }
    let accounts: Vec<AccountId> = found.iter().map(|one| one.account).collect();
    let signed = terms_by_account(pipeline, &accounts, &pipeline.facets);
    for one in &mut found {
        one.held
            .extend(signed.get(&one.account).into_iter().flatten());
    }
    found
}

fn judged(solved: &Solved, sees_restricted: bool) -> NomineeDemand {
    let pipeline = &solved.pipeline;
    let segments = solved.sums().1.into_iter();
    let missing: BTreeMap<u32, u64> = segments
        .filter(|((is_unknown, _), _)| !is_unknown)
        .map(|((_, number), sums)| (number, sums.needed - sums.covered))
        .collect();
    let (fitting, recruit) = (Fitting::new(pipeline), head_count::recruit(solved));
    let (mut judged, mut unknown, mut seldom) = (0, 0, Vec::new());
    for Nominee { advocate, held, .. } in nominees(solved, sees_restricted) {
        let carried = held.iter().filter_map(|term| pipeline.taxonomy.term(*term));
        let facets: HashSet<FacetId> = carried.map(|term| term.facet).collect();
        if !pipeline.facets.iter().all(|facet| facets.contains(facet)) {
            unknown += 1;
            continue;
        }
        judged += 1;
        let segments = fitting.segments_of(&held);
        let missing = segments.iter().filter_map(|number| missing.get(number));
        let told = prospect(missing.sum(), recruit);
        if told.asked_at_most == 0 {
            seldom.push(SeldomAsked {
                advocate_id: advocate,
                asks: references(told.milli_asks_of_next),
            });
        }
    }
    seldom.sort_by(|one, other| {
        let order = one.asks.total_cmp(&other.asks);
        order.then_with(|| one.advocate_id.cmp(&other.advocate_id))
    });
    seldom.truncate(SELDOM_MAX);
    NomineeDemand {
        days: pipeline.window_ends.last().copied().unwrap_or(0),
        judged,
        unknown,
        seldom,
        formula: FORMULA.to_owned(),
    }
}
