//! Demand as people read it: by segment and window, with what is estimated or missing, adding up to
//! the pipeline.

use std::collections::{BTreeMap, HashMap};

use domain::{
    id::{OpportunityId, TermId},
    money::{Currency, Money},
    time::Day,
};
use planning::demand::{Band, Learned, Miss, SegmentDemand as Summed};
use serde::Serialize;
use storage::page::Page;

use super::{
    goals::{self, GoalDemand},
    pipeline::{self, AskPlan, Pipeline},
};
use crate::{App, actor::Actor, error::Error, listing::List};

/// Combinations that are offered as segments at most.
const FREQUENT_MAX: usize = 12;
/// A combination is frequent from this many open deals on.
const FREQUENT_DEALS_MIN: usize = 2;

pub const FORMULA: &str = "Requests = chance that the deal asks (need rate of its segment x chance to reach the reference stage) x references per asking deal, needed at close minus lead time; without a close date, by how long deals take. A deal that has asked, or for which somebody looked in vain, is no chance any more: what nobody gives it counts whole, and once. Bands hold 8 of 10 cases: who asks, stretched as far as earlier forecasts were off. Stakeholder needs are certain and come on top, on their day; growth goals add what the pipeline lacks for them";

/// The demand of the pipeline.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Demand {
    pub as_of: Day,
    /// Names of the facets that the segments are cut by.
    pub facets: Vec<String>,
    /// Ends of the windows in days from the day of the plan.
    pub window_ends: Vec<i64>,
    pub currency: Currency,
    /// Open deals.
    pub deals: usize,
    /// Money of the open deals, estimates included, as a decimal text.
    pub money: String,
    /// References expected in all, whenever.
    pub expected: f64,
    /// Of these, references that open deals have asked for and nobody gives, or that somebody looked for
    /// in vain: observed, so the deal's own chance is not counted beside them.
    pub observed: f64,
    /// The deals behind them.
    pub observed_deals: usize,
    /// References by each window's end.
    pub within: Vec<Band>,
    /// How far off earlier forecasts of the whole pipeline were, which its bands span.
    pub miss: Miss,
    /// References that the needs of press, analysts, events and marketing ask for by each window's end:
    /// certain, and not among those of the deals.
    pub needs_within: Vec<i64>,
    /// References that kept growth goals ask for by each window's end, of opportunities that are not in the
    /// pipeline yet: expected, and not among those of the deals.
    pub goals_within: Vec<f64>,
    /// Those goals, saved last first.
    pub goals: Vec<GoalDemand>,
    /// Deals that nothing says a need date of: in no window, but counted.
    pub undated: usize,
    /// Deals that nothing says an amount of.
    pub unpriced: usize,
    pub with_estimated_day: usize,
    pub with_estimated_money: usize,
    /// Deals that should have closed before the day of the plan.
    pub overdue: usize,
    /// Deals in a currency without an exchange rate: counted, their money apart.
    pub without_rate: Vec<WithoutRate>,
    pub need_rate: Learned,
    pub reach_rate: Learned,
    /// References of a deal that asks.
    pub references: Learned,
    /// By falling money; the unknown segment last.
    pub segments: Vec<DemandSegment>,
    /// Combinations of terms that many deals share, the most frequent first.
    pub frequent: Vec<FrequentCombination>,
    pub formula: String,
}

/// Money that no exchange rate brings to the program's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WithoutRate {
    pub currency: Currency,
    pub deals: usize,
    pub money: String,
    /// What to do.
    pub message: String,
}

/// The demand of one segment.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DemandSegment {
    pub key: String,
    /// What people call its terms, facet by facet.
    pub labels: Vec<String>,
    /// A facet is missing or its value is not mapped.
    pub is_unknown: bool,
    pub deals: usize,
    pub money: String,
    pub undated: usize,
    pub unpriced: usize,
    pub estimated: usize,
    pub expected: f64,
    /// Of these, references asked for or looked for in vain already.
    pub observed: f64,
    pub within: Vec<Band>,
    /// References expected in each window alone; the last one is later.
    pub by_window: Vec<f64>,
    pub need_rate: Learned,
    /// How far off earlier forecasts were, which its bands span: `n` counts those of this segment, whose spread is
    /// drawn towards that of the whole pipeline.
    pub miss: Miss,
}

/// Terms that open deals share.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FrequentCombination {
    pub key: String,
    pub labels: Vec<String>,
    pub deals: usize,
    /// Share of all open deals, from 0 to 1.
    pub share: f64,
    pub money: String,
}

/// An open deal behind a segment's demand.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DemandDeal {
    pub id: OpportunityId,
    pub name: String,
    pub segment: String,
    /// That it asks, from 0 to 1; 0 where what it asked for is given or under way.
    pub chance: f64,
    /// References that it asks for if it asks.
    pub references: f64,
    /// It has asked and nobody gives it, or somebody looked for it in vain.
    pub is_observed: bool,
    pub need_on: Option<Day>,
    pub money: Option<String>,
    pub is_day_estimated: bool,
    pub is_money_estimated: bool,
    pub is_overdue: bool,
}

/// Forecasts the demand of the pipeline in the actor's reach.
pub async fn get(app: &App, actor: &Actor, ask: &AskPlan) -> Result<Demand, Error> {
    let pipeline = pipeline::read(app, actor, ask).await?;
    Ok(of(&pipeline))
}

/// The open deals behind the demand, of one segment or of all, by falling money.
pub async fn deals(
    app: &App,
    actor: &Actor,
    ask: &AskPlan,
    segment: Option<&str>,
    page: &Page,
) -> Result<List<DemandDeal>, Error> {
    let pipeline = pipeline::read(app, actor, ask).await?;
    let mut demands: Vec<_> = pipeline.forecast.deals.iter().collect();
    if let Some(key) = segment {
        demands.retain(|demand| pipeline.key(demand.segment) == key);
    }
    demands.sort_by_key(|demand| std::cmp::Reverse(demand.money));
    let deals = demands.into_iter().map(|demand| DemandDeal {
        id: pipeline.rows[demand.deal].row.id,
        name: String::new(),
        segment: pipeline.key(demand.segment),
        chance: demand.chance,
        references: demand.references,
        is_observed: demand.is_observed,
        need_on: demand.need_on,
        money: demand.money.map(|minor| decimal(&pipeline, minor)),
        is_day_estimated: demand.is_day_estimated,
        is_money_estimated: demand.is_money_estimated,
        is_overdue: demand.is_overdue,
    });
    let mut part = List::part(deals.collect(), page, |deal: &DemandDeal| deal.id.0)?;
    let ids = part.items.iter().map(|deal| deal.id).collect();
    let names = storage::opportunity::by_ids(&app.store, ids).await?;
    for deal in &mut part.items {
        let row = names.get(&deal.id);
        deal.name = row.map_or_else(String::new, |row| row.name.clone());
    }
    Ok(part)
}

/// A sum in the plan's currency as a decimal text.
pub(super) fn decimal(pipeline: &Pipeline, minor: u64) -> String {
    let money = Money {
        minor: i64::try_from(minor).unwrap_or(i64::MAX),
        currency: pipeline.currency,
    };
    money.decimal()
}

pub(super) fn of(pipeline: &Pipeline) -> Demand {
    let forecast = &pipeline.forecast;
    let count = |is: fn(&planning::demand::DealDemand) -> bool| {
        forecast.deals.iter().filter(|deal| is(deal)).count()
    };
    let mut summed: Vec<&Summed> = forecast.segments.iter().collect();
    summed.sort_by_key(|one| (one.segment.is_none(), std::cmp::Reverse(one.money)));
    let names = pipeline
        .facets
        .iter()
        .filter_map(|facet| pipeline.taxonomy.facet(*facet));
    let wants = goals::wants(pipeline).into_iter();
    let goals: Vec<GoalDemand> = wants.map(|one| one.demand).collect();
    Demand {
        as_of: forecast.as_of,
        facets: names.map(|facet| facet.name.clone()).collect(),
        window_ends: pipeline.window_ends.clone(),
        currency: pipeline.currency,
        deals: forecast.deals.len(),
        money: decimal(pipeline, summed.iter().map(|one| one.money).sum()),
        expected: sum(summed.iter().map(|one| one.expected)),
        observed: sum(summed.iter().map(|one| one.observed)),
        observed_deals: count(|deal| deal.is_observed),
        within: forecast.within.clone(),
        miss: forecast.misses.whole,
        needs_within: pipeline
            .window_ends
            .iter()
            .map(|end| {
                pipeline
                    .needs_within(*end)
                    .iter()
                    .map(|need| need.wanted)
                    .sum()
            })
            .collect(),
        goals_within: (0..pipeline.window_ends.len())
            .map(|window| sum(goals.iter().map(|goal| goal.within[window])))
            .collect(),
        goals,
        undated: count(planning::demand::DealDemand::is_undated),
        unpriced: count(planning::demand::DealDemand::is_unpriced),
        with_estimated_day: count(|deal| deal.is_day_estimated),
        with_estimated_money: count(|deal| deal.is_money_estimated),
        overdue: count(|deal| deal.is_overdue),
        without_rate: without_rate(pipeline),
        need_rate: forecast.need_rate,
        reach_rate: forecast.reach_rate,
        references: forecast.references,
        segments: summed
            .into_iter()
            .map(|one| segment(pipeline, one))
            .collect(),
        frequent: frequent(pipeline),
        formula: FORMULA.to_owned(),
    }
}

/// The sum, 0 of nothing: adding up no fractions gives -0.
fn sum(parts: impl Iterator<Item = f64>) -> f64 {
    parts.fold(0.0, |sum, part| sum + part)
}

fn segment(pipeline: &Pipeline, summed: &Summed) -> DemandSegment {
    DemandSegment {
        key: pipeline.key(summed.segment),
        labels: pipeline.labels(summed.segment),
        is_unknown: summed.segment.is_none(),
        deals: summed.deals,
        money: decimal(pipeline, summed.money),
        undated: summed.undated,
        unpriced: summed.unpriced,
        estimated: summed.estimated,
        expected: summed.expected,
        observed: summed.observed,
        within: summed.within.clone(),
        by_window: summed.by_window.clone(),
        need_rate: summed.need_rate,
        miss: summed.miss,
    }
}

fn without_rate(pipeline: &Pipeline) -> Vec<WithoutRate> {
    pipeline
        .without_rate
        .iter()
        .map(|(currency, (deals, minor))| WithoutRate {
            currency: *currency,
            deals: *deals,
            money: Money {
                minor: *minor,
                currency: *currency,
            }
            .decimal(),
            message: format!(
                "These deals are in {currency} and the plan counts in {}. Set the exchange rate of {currency} in the plan's assumptions.",
                pipeline.currency
            ),
        })
        .collect()
}

/// Counts single terms of each facet and whole combinations: what many deals share is worth a segment.
fn frequent(pipeline: &Pipeline) -> Vec<FrequentCombination> {
    let mut counts: HashMap<Vec<Option<TermId>>, (usize, u64)> = HashMap::new();
    for deal in &pipeline.forecast.deals {
        let Some(combination) = deal
            .segment
            .and_then(|number| pipeline.segments.get(number as usize))
        else {
            continue;
        };
        // Every choice of one term or none from each facet, but the empty one.
        let mut choices: Vec<Vec<Option<TermId>>> = vec![Vec::new()];
        for terms in combination {
            choices = choices
                .into_iter()
                .flat_map(|choice| {
                    let options = terms.iter().copied().map(Some).chain([None]);
                    options.map(move |option| {
                        let mut next = choice.clone();
                        next.push(option);
                        next
                    })
                })
                .collect();
        }
        for choice in choices {
            if choice.iter().any(Option::is_some) {
                let sums = counts.entry(choice).or_default();
                sums.0 += 1;
                sums.1 += deal.money.unwrap_or(0);
            }
        }
    }
    let mut by_count: BTreeMap<_, _> = BTreeMap::new();
    for (choice, (deals, money)) in counts {
        if deals >= FREQUENT_DEALS_MIN {
            // Of two as frequent, the more specific and then the more valuable says more.
            let named = choice.iter().flatten().count();
            by_count.insert(
                (std::cmp::Reverse((deals, named, money)), choice),
                (deals, money),
            );
        }
    }
    by_count
        .into_iter()
        .take(FREQUENT_MAX)
        .map(|((_, choice), (deals, money))| FrequentCombination {
            key: choice
                .iter()
                .map(|term| term.map_or_else(|| "*".to_owned(), |term| term.to_string()))
                .collect::<Vec<_>>()
                .join("/"),
            labels: choice
                .iter()
                .map(|term| {
                    term.and_then(|term| pipeline.taxonomy.term(term))
                        .map_or_else(|| "any".to_owned(), |term| term.name.clone())
                })
                .collect(),
            deals,
            share: share(deals, pipeline.forecast.deals.len()),
            money: decimal(pipeline, money),
        })
        .collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of deals stay far below the 53 bits that a fraction holds exactly"
)]
fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}
