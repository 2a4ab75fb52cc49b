//! Weights that the program's own history suggests, and how they would have done on later requests.
//!
//! A choice is a candidate who said yes and was not graded badly, beside the others of the request and
//! a spread of everybody else. Weights are learned from the earlier choices and tried on the later
//! ones, which they have not seen. Nothing is switched on here: somebody saves them, or does not.
//! Requests do not keep the words that were looked for, so the weight of words is left alone. What
//! advocates offer is read as it is today; whether they could be had then is not asked.

use std::{cmp::Ordering, collections::HashMap};

use domain::{
    activity::Activity,
    id::{AdvocateId, CandidateId, FacetId, RequestId},
    reference_use::UseOutcome,
    taxonomy::{FULL, FacetInfo, Taxonomy},
    time::Timestamp,
};
use matching::{
    Criterion, Index, Offer, Query, QueryProblem,
    learn::{self, Choice},
};
use serde::Serialize;
use storage::{candidate::Candidate, reference_use::ReferenceUse, request::Request};

use super::{criteria, weights::MatchWeights};
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
    request::propose,
    taxonomy::DEAL_STAGE,
};

/// The latest choices that are read.
const CHOICES_MAX: u64 = 600;
/// With fewer choices than this nothing is suggested.
const CHOICES_MIN: usize = 30;
/// Of three choices in a row of time, two are learned from and the last third is tried on.
const LEARNED_OF_THREE: usize = 2;
/// Others beside each choice that is learned from.
const OTHERS_LEARNED: usize = 40;
/// Others beside each choice that the weights are tried on.
const OTHERS_TRIED: usize = 1_000;
/// A use with this grade or a worse one is no choice to learn from.
const BAD_GRADE: i64 = 2;
/// The grade of an ordinary choice.
const ORDINARY_GRADE: f64 = 3.0;

/// What the weight of a facet would become.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LearnedFacet {
    pub key: String,
    pub name: String,
    pub now: u32,
    pub learned: u32,
    /// Choices that were about this facet.
    pub choices: usize,
}

/// The places that weights would have given to those who said yes.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct BackTest {
    /// How often they would have been among the first ten, from 0 to 1.
    pub hit_rate: f64,
    /// The mean of their places, 1 for the first.
    pub mean_place: f64,
}

/// Weights that were learned, and how they did on requests that they had not seen.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Lesson {
    /// All weights, ready to be saved.
    pub weights: MatchWeights,
    /// The facets that choices were about, as the taxonomy lists them.
    pub facets: Vec<LearnedFacet>,
    /// Choices learned from, the earlier ones.
    pub learned_from: usize,
    /// Choices tried on, the later ones.
    pub tried_on: usize,
    /// When the first of the choices tried on was made.
    #[schema(value_type = String, format = DateTime)]
    pub tried_since: Timestamp,
    pub before: BackTest,
    pub after: BackTest,
    /// Choices tried on that come further to the front.
    pub better: usize,
    /// Choices tried on that fall further back.
    pub worse: usize,
}

/// What the history of the program says about its weights.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LearnedWeights {
    /// Choices that could be read, at most the latest 600.
    pub choices: usize,
    /// Choices that are needed.
    pub needed: usize,
    /// Null while there are too few choices.
    pub lesson: Option<Lesson>,
}

/// A choice, and when it was made.
struct Past {
    at: Timestamp,
    request: RequestId,
    taken: AdvocateId,
    importance: f64,
}

/// Learns from the choices of the program and tries the outcome on later ones; changes nothing.
pub async fn learn(app: &App, actor: &Actor) -> Result<LearnedWeights, Error> {
    policy::require(actor, Permission::MatchWeightEdit)?;
    let moment = app.index.now(app).await?;
    let (taxonomy, now) = (moment.taxonomy.clone(), moment.weights.clone());
    let accepted = storage::candidate::accepted(&app.store, CHOICES_MAX).await?;
    let ids = accepted.iter().map(|candidate| candidate.id).collect();
    let uses = storage::reference_use::of_candidates(&app.store, ids).await?;
    let mut past = worth_learning(&accepted, &uses);
    let ids: Vec<RequestId> = past.iter().map(|past| past.request).collect();
    let needs = needs(app, &taxonomy, &now, ids.clone()).await?;
    past.retain(|past| needs.contains_key(&past.request));
    past.sort_by_key(|past| past.at);
    let rivals = storage::candidate::of_requests(&app.store, ids).await?;
    let count = past.len();
    if count < CHOICES_MIN {
        return Ok(LearnedWeights {
            choices: count,
            needed: CHOICES_MIN,
            lesson: None,
        });
    }
    let index = moment.index.clone();
    let studied = Studied {
        facets: facets(&taxonomy),
        taxonomy,
        now,
        needs,
        rivals,
        past,
    };
    // Tens of millions of small steps: too long for a thread that answers others too.
    let lesson = tokio::task::spawn_blocking(move || studied.lesson(&index));
    let lesson = lesson
        .await
        .map_err(|_| Error::Broken("learning weights ended early"))?;
    Ok(LearnedWeights {
        choices: count,
        needed: CHOICES_MIN,
        lesson: lesson.map_err(crate::index::refused)?,
    })
}

/// Everything that is learned from.
struct Studied {
    taxonomy: Taxonomy,
    facets: Vec<FacetId>,
    now: MatchWeights,
    needs: HashMap<RequestId, Query>,
    rivals: HashMap<RequestId, Vec<Candidate>>,
    /// The earliest first.
    past: Vec<Past>,
}

/// Those who said yes, without uses that did not take place and those that somebody graded badly.
fn worth_learning(accepted: &[Candidate], uses: &[ReferenceUse]) -> Vec<Past> {
    let uses: HashMap<CandidateId, &ReferenceUse> = uses
        .iter()
        .filter_map(|each| Some((each.candidate_id?, each)))
        .collect();
    let past = |candidate: &Candidate| {
        let made = uses.get(&candidate.id);
        let grades = made.map(|made| [made.grade_seller, made.grade_buyer]);
        let grades = grades.into_iter().flatten().flatten();
        let grades: Vec<i64> = grades.collect();
        let outcome = made.and_then(|made| made.outcome);
        let failed = matches!(outcome, Some(UseOutcome::NoShow | UseOutcome::Harmful));
        if failed || grades.iter().any(|grade| *grade <= BAD_GRADE) {
            return None;
        }
        let mean = grades.iter().sum::<i64>() as f64 / grades.len() as f64;
        Some(Past {
            at: candidate.accepted_at?,
            request: candidate.request_id,
            taken: candidate.advocate_id,
            importance: if grades.is_empty() {
                1.0
            } else {
                mean / ORDINARY_GRADE
            },
        })
    };
    accepted.iter().filter_map(past).collect()
}

/// Who was proposed and did not say yes.
fn refused<'a>(
    candidates: impl Iterator<Item = &'a Candidate>,
) -> impl Iterator<Item = AdvocateId> {
    candidates
        .filter(|candidate| candidate.accepted_at.is_none())
        .map(|candidate| candidate.advocate_id)
}

/// What each request asked for, as a query without limits; those that asked for nothing are left out.
async fn needs(
    app: &App,
    taxonomy: &Taxonomy,
    weights: &MatchWeights,
    ids: Vec<RequestId>,
) -> Result<HashMap<RequestId, Query>, Error> {
    let requests = storage::request::by_ids(&app.store, ids).await?;
    let deals = requests.values().filter_map(|row| row.opportunity_id);
    let deals = storage::opportunity::by_ids(&app.store, deals.collect()).await?;
    let deals: Vec<_> = deals.into_values().collect();
    let of_deals = criteria::of_deals(app, taxonomy, weights, &deals).await?;
    let of_deals: HashMap<_, _> = deals
        .iter()
        .zip(of_deals)
        .map(|(deal, of)| (deal.id, (deal, of)))
        .collect();
    let today = app.clock.today();
    let need = |row: &Request| {
        let deal = row.opportunity_id.and_then(|id| of_deals.get(&id));
        // Terms that are gone since make the criteria of the request unreadable.
        let given =
            propose::criteria(row).and_then(|given| criteria::read(taxonomy, weights, given).ok());
        let criteria: Vec<Criterion> = match (given, deal) {
            (Some(given), _) => given,
            (None, Some((_, of_deal))) => of_deal.clone(),
            (None, None) => return None,
        };
        let mut query = Query::new(Activity::ReferenceCall, today, today);
        query.criteria = criteria;
        query.restricted_visible = true;
        query.exclude_accounts = deal
            .and_then(|(deal, _)| deal.account_id)
            .into_iter()
            .collect();
        (!query.criteria.is_empty()).then_some((row.id, query))
    };
    Ok(requests.values().filter_map(need).collect())
}

/// The facets that can count; a weight for each is looked for.
fn facets(taxonomy: &Taxonomy) -> Vec<FacetId> {
    let facets = taxonomy.facets().iter();
    let facets = facets.filter(|facet| facet.key != DEAL_STAGE);
    facets.map(|facet| facet.id).collect()
}

impl Studied {
    fn lesson(&self, index: &Index) -> Result<Option<Lesson>, QueryProblem> {
        let split = self.past.len() * LEARNED_OF_THREE / 3;
        let mut choices = [Vec::new(), Vec::new()];
        for (turn, past) in self.past.iter().enumerate() {
            let is_later = turn >= split;
            let others = if is_later {
                OTHERS_TRIED
            } else {
                OTHERS_LEARNED
            };
            // Somebody who is gone since was taken, and nobody knows what they offered.
            choices[usize::from(is_later)].extend(self.choice(index, past, others, turn)?);
        }
        let [earlier, later] = &choices;
        let tried_since = self.past.get(split).map(|past| past.at);
        Ok(tried_since.and_then(|since| self.compare(earlier, later, since)))
    }

    fn choice(
        &self,
        index: &Index,
        past: &Past,
        others: usize,
        turn: usize,
    ) -> Result<Option<Choice>, QueryProblem> {
        let Some(need) = self.needs.get(&past.request) else {
            return Ok(None);
        };
        let mut named = vec![past.taken];
        let rivals = self.rivals.get(&past.request).into_iter().flatten();
        named.extend(refused(rivals).filter(|rival| *rival != past.taken));
        let offers = index.offers(need, &named, others, turn)?;
        let fits = |offer: &Offer| -> Vec<f64> {
            let fit = |facet: &FacetId| {
                let asked = need.criteria.iter().zip(&offer.fits);
                let mut of_facet = asked.filter(|(criterion, _)| criterion.facet == *facet);
                let fit = of_facet.next().map_or(0, |(_, fit)| *fit);
                f64::from(fit) / f64::from(FULL)
            };
            self.facets.iter().map(fit).collect()
        };
        let known = offers.split_first();
        let known =
            known.filter(|(taken, others)| taken.advocate == past.taken && !others.is_empty());
        Ok(known.map(|(taken, others)| Choice {
            taken: fits(taken),
            others: others.iter().map(fits).collect(),
            importance: past.importance,
        }))
    }

    fn compare(
        &self,
        earlier: &[Choice],
        later: &[Choice],
        tried_since: Timestamp,
    ) -> Option<Lesson> {
        let facets: Vec<&FacetInfo> = self
            .facets
            .iter()
            .filter_map(|facet| self.taxonomy.facet(*facet))
            .collect();
        let held = facets
            .iter()
            .map(|facet| f64::from(self.now.of(&facet.key)));
        let held: Vec<f64> = held.collect();
        // What is tried is what would be saved: whole numbers.
        let learned = learn::learn(earlier, &held).into_iter();
        let learned: Vec<f64> = learned.map(f64::round).collect();
        let mut weights = self.now.clone();
        let mut shown = Vec::new();
        for (place, facet) in facets.iter().enumerate() {
            let all = earlier.iter().chain(later);
            let choices = all.filter(|choice| is_about(choice, place)).count();
            let (now, learned) = (self.now.of(&facet.key), learned[place] as u32);
            if learned != now {
                weights.facets.insert(facet.key.clone(), learned);
            }
            if choices > 0 {
                shown.push(LearnedFacet {
                    key: facet.key.clone(),
                    name: facet.name.clone(),
                    now,
                    learned,
                    choices,
                });
            }
        }
        let moved = later
            .iter()
            .map(|choice| learn::place(choice, &learned).total_cmp(&learn::place(choice, &held)));
        let moved: Vec<Ordering> = moved.collect();
        let times = |which| moved.iter().filter(|moved| **moved == which).count();
        Some(Lesson {
            weights,
            facets: shown,
            learned_from: earlier.len(),
            tried_on: later.len(),
            tried_since,
            before: back_test(later, &held)?,
            after: back_test(later, &learned)?,
            better: times(Ordering::Less),
            worse: times(Ordering::Greater),
        })
    }
}

/// Anybody of the choice fits the criterion at this place at all.
fn is_about(choice: &Choice, place: usize) -> bool {
    let others = choice.others.iter().map(|fits| fits[place]);
    others.chain([choice.taken[place]]).any(|fit| fit > 0.0)
}

fn back_test(choices: &[Choice], weights: &[f64]) -> Option<BackTest> {
    let seen = learn::foresight(choices, weights)?;
    Some(BackTest {
        hit_rate: seen.hit_rate,
        mean_place: seen.mean_place,
    })
}
