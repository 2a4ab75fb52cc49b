//! Demand: which open deals will ask for references, how many, when, and worth how much.
//!
//! Decides the bottom-up formula: chance that a deal asks (need rate of its segment x chance to reach
//! the reference stage) x references per asking deal, at close minus lead time. Rates are learned from
//! the program's own closed deals, drawn towards the overall rate where there are few, and can be
//! set by hand. A deal that lacks something is estimated and marked, or counted as lacking it; none
//! is dropped, so that the demand of all segments plus the unknown one is the pipeline.
//! Refuses to know what day it is: the day of the plan is an argument, and nothing that was not
//! known on it is used.

use domain::{opportunity::DealStage, time::Day};

mod assumptions;
pub mod band;
mod cycle;
mod held;
mod judged;
mod lessons;
mod miss;
mod observed;
mod price;
mod rate;

pub use assumptions::Assumptions;
pub use band::Band;
pub use cycle::Cycles;
pub use held::{Held, held};
pub use judged::Judged;
pub use lessons::Lessons;
pub use miss::{Miss, Misses};
pub use observed::Ask;
pub use rate::{Instead, Learned, Rates};

use observed::Observed;

/// Draws a learned rate towards the overall one as this many deals at the overall rate would.
pub const PRIOR_DEALS: f64 = 20.0;

/// What is known of a deal, whenever it was learned; [`forecast`] uses what was known on its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deal {
    /// The segment's number; `None` where a term of it is missing or unmapped.
    pub segment: Option<u32>,
    /// Won or lost by now.
    pub is_closed: bool,
    pub stage: Option<DealStage>,
    pub started_on: Option<Day>,
    pub reference_stage_on: Option<Day>,
    /// Expected while open, actual after.
    pub close_on: Option<Day>,
    /// Minor units of the plan's currency.
    pub amount: Option<u64>,
    /// The list price of its product, where there is one.
    pub list_price: Option<u64>,
    /// References that it asked for or used.
    pub references: u32,
    /// Its requests, where it made any.
    pub ask: Option<Ask>,
    /// The last day on which somebody looked for a reference for it and found nobody.
    pub searched_on: Option<Day>,
}

/// What an open deal will ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct DealDemand {
    /// The deal's place.
    pub deal: usize,
    pub segment: Option<u32>,
    /// That it asks at all, from 0 to 1.
    pub chance: f64,
    /// The day the reference is needed; `None` while nothing says it. Not before the day of the plan.
    pub need_on: Option<Day>,
    /// That it asks in each window, and in the last place: later. All 0 for an undated deal.
    pub chances: Vec<f64>,
    /// References that it asks for if it asks: those that wait for somebody where it has asked already.
    pub references: f64,
    /// It has asked, or somebody looked for it in vain: no chance, and not expected a second time.
    pub is_observed: bool,
    pub money: Option<u64>,
    /// The day follows from how long deals take, not from a close date.
    pub is_day_estimated: bool,
    /// The money is the list price or the median of the segment.
    pub is_money_estimated: bool,
    /// It should have closed before the day of the plan, or is older than every deal that closed.
    pub is_overdue: bool,
}

impl DealDemand {
    pub fn is_undated(&self) -> bool {
        self.need_on.is_none()
    }

    pub fn is_unpriced(&self) -> bool {
        self.money.is_none()
    }
}

/// What a segment will ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentDemand {
    /// `None` for the unknown segment.
    pub segment: Option<u32>,
    pub deals: usize,
    /// Money of its open deals, estimates included.
    pub money: u64,
    pub undated: usize,
    pub unpriced: usize,
    pub estimated: usize,
    /// References among the expected ones that were asked for, or looked for in vain, already.
    pub observed: f64,
    /// References expected in all, whenever.
    pub expected: f64,
    /// References by each window's end, counted from the day of the plan.
    pub within: Vec<Band>,
    /// References expected in each window alone; the last place is later.
    pub by_window: Vec<f64>,
    pub need_rate: Learned,
    /// How far off earlier forecasts were, which its bands span.
    pub miss: Miss,
}

/// The demand of a pipeline on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    pub as_of: Day,
    /// Every open deal, in the order given.
    pub deals: Vec<DealDemand>,
    /// By number; the unknown segment last, if any deal is in it.
    pub segments: Vec<SegmentDemand>,
    /// References of the whole pipeline by each window's end.
    pub within: Vec<Band>,
    pub need_rate: Learned,
    pub reach_rate: Learned,
    /// References of a deal that asks; `rate` is their mean.
    pub references: Learned,
    /// How far off earlier forecasts were, which the bands span.
    pub misses: Misses,
}

/// How a deal stood on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    NotYet,
    /// With the close date as it was known then.
    Open(Option<Day>),
    Closed,
}

fn phase(deal: &Deal, as_of: Day) -> Phase {
    let starts_later = [deal.started_on, deal.reference_stage_on]
        .into_iter()
        .flatten()
        .min()
        .is_some_and(|start| start > as_of);
    match (deal.is_closed, deal.close_on) {
        _ if starts_later => Phase::NotYet,
        (true, Some(close)) if close <= as_of => Phase::Closed,
        // It closed later: on that day nobody knew when it would.
        (true, Some(_)) => Phase::Open(None),
        // Closed on an unknown day: it can be learned from, and is not open.
        (true, None) => Phase::Closed,
        (false, close) => Phase::Open(close),
    }
}

/// Forecasts the demand of the deals as they stood on a day, with bands that span how far off earlier
/// forecasts were.
pub fn forecast(deals: &[Deal], assumptions: &Assumptions, as_of: Day) -> Forecast {
    let misses = Misses::learn(deals, assumptions, as_of);
    forecast_missing(deals, assumptions, as_of, misses)
}

/// The same, where it is known how far off earlier forecasts were.
pub fn forecast_missing(
    deals: &[Deal],
    assumptions: &Assumptions,
    as_of: Day,
    misses: Misses,
) -> Forecast {
    let lessons = Lessons::learn(deals, assumptions, as_of);
    forecast_learned(deals, &lessons, assumptions, as_of, misses)
}

/// The same by what other deals told: a part of a pipeline is forecast by the lessons of all of it.
pub fn forecast_learned(
    deals: &[Deal],
    lessons: &Lessons,
    assumptions: &Assumptions,
    as_of: Day,
    misses: Misses,
) -> Forecast {
    let Lessons {
        rates,
        cycles,
        prices,
    } = lessons;
    let demands: Vec<DealDemand> = deals
        .iter()
        .enumerate()
        .filter_map(|(place, deal)| match phase(deal, as_of) {
            Phase::Open(close) => {
                let known = Deal {
                    close_on: close,
                    ..*deal
                };
                let mut demand = of_deal(&known, place, rates, cycles, assumptions, as_of);
                demand.money = known.amount.or_else(|| prices.of(&known));
                demand.is_money_estimated = known.amount.is_none() && demand.money.is_some();
                Some(demand)
            }
            Phase::NotYet | Phase::Closed => None,
        })
        .collect();
    let segments = add_up(&demands, rates, assumptions, &misses);
    let all: Vec<&DealDemand> = demands.iter().collect();
    Forecast {
        as_of,
        within: bands(&all, rates, assumptions, misses.whole),
        misses,
        deals: demands,
        segments,
        need_rate: rates.need,
        reach_rate: rates.reach,
        references: rates.references,
    }
}

fn of_deal(
    deal: &Deal,
    place: usize,
    rates: &Rates,
    cycles: &Cycles,
    assumptions: &Assumptions,
    as_of: Day,
) -> DealDemand {
    // Where the day is known it decides: the stage is that of now, not that of a past day.
    let has_reached = deal.reference_stage_on.map_or_else(
        || deal.stage.is_some_and(|stage| stage >= DealStage::Middle),
        |reached| reached <= as_of,
    );
    let reach = if has_reached { 1.0 } else { rates.reach.rate };
    let observed = Observed::of(deal, as_of);
    let chance = match observed {
        Some(observed) => f64::from(u8::from(observed.asks())),
        None => {
            let age = deal.started_on.map(|start| as_of.days_since(start));
            rates.still(rates.need_of(deal.segment).rate * reach, age)
        }
    };
    let ends = &assumptions.window_ends;
    let mut demand = DealDemand {
        deal: place,
        segment: deal.segment,
        chance,
        need_on: None,
        chances: vec![0.0; ends.len() + 1],
        references: rates.references.rate,
        is_observed: false,
        money: None,
        is_day_estimated: false,
        is_money_estimated: false,
        is_overdue: false,
    };
    demand.is_observed = observed.is_some_and(Observed::asks);
    if let Some(Observed::Waiting {
        references,
        need_on,
    }) = observed
    {
        let need_on = need_on.max(as_of);
        let days = need_on.days_since(as_of);
        let window = ends.partition_point(|end| *end <= days);
        demand.references = f64::from(references);
        demand.need_on = Some(need_on);
        demand.is_overdue = deal.close_on.is_some_and(|close| close < as_of);
        demand.chances[window] = chance;
        return demand;
    }
    set_windows(&mut demand, deal, cycles, assumptions, as_of);
    demand
}

/// Puts the chance into the windows: by the close date, else by how long deals take.
fn set_windows(
    demand: &mut DealDemand,
    deal: &Deal,
    cycles: &Cycles,
    assumptions: &Assumptions,
    as_of: Day,
) {
    let (chance, ends) = (demand.chance, &assumptions.window_ends);
    if let Some(close) = deal.close_on {
        let need_on = close.plus_days(-assumptions.lead_days).max(as_of);
        let days = need_on.days_since(as_of);
        demand.need_on = Some(need_on);
        demand.is_overdue = close < as_of;
        demand.chances[ends.partition_point(|end| *end <= days)] = chance;
        return;
    }
    let start = deal.started_on.or(deal.reference_stage_on);
    let Some(start) = start.filter(|_| !cycles.is_empty()) else {
        return;
    };
    let age = as_of.days_since(start).max(0);
    demand.is_day_estimated = true;
    let left = cycles.median_left(deal.segment, age);
    let close = as_of.plus_days(left.unwrap_or(0));
    demand.is_overdue = left.is_none();
    demand.need_on = Some(close.plus_days(-assumptions.lead_days).max(as_of));
    // A deal that is older than all that closed is overdue by the formula, and still no closing says
    // that it will close soon: its chance stands under later.
    // The need falls before a window's end where the close falls before that end plus the lead.
    let mut before = 0.0;
    for (window, end) in ends.iter().enumerate() {
        let by_end = cycles.chance_to_close(deal.segment, age, end + assumptions.lead_days);
        demand.chances[window] = chance * (by_end - before).max(0.0);
        before = by_end.max(before);
    }
    demand.chances[ends.len()] = chance * (1.0 - before);
}

fn add_up(
    demands: &[DealDemand],
    rates: &Rates,
    assumptions: &Assumptions,
    misses: &Misses,
) -> Vec<SegmentDemand> {
    let mut by_segment: std::collections::BTreeMap<(bool, u32), Vec<&DealDemand>> =
        std::collections::BTreeMap::new();
    for demand in demands {
        let key = (demand.segment.is_none(), demand.segment.unwrap_or(0));
        by_segment.entry(key).or_default().push(demand);
    }
    let windows = assumptions.window_ends.len();
    by_segment
        .into_values()
        .map(|deals| {
            let segment = deals.first().and_then(|demand| demand.segment);
            let count = |is: fn(&DealDemand) -> bool| deals.iter().filter(|one| is(one)).count();
            let miss = misses.of(segment);
            let within = bands(&deals, rates, assumptions, miss);
            let asked = |demand: &&DealDemand| demand.chance * demand.references;
            let by_window = (0..=windows)
                .map(|window| {
                    let asks = deals.iter();
                    asks.map(|demand| demand.chances[window] * demand.references)
                        .sum()
                })
                .collect();
            SegmentDemand {
                segment,
                deals: deals.len(),
                money: deals.iter().filter_map(|demand| demand.money).sum(),
                undated: count(DealDemand::is_undated),
                unpriced: count(DealDemand::is_unpriced),
                estimated: count(|one| one.is_day_estimated || one.is_money_estimated),
                observed: deals
                    .iter()
                    .filter(|demand| demand.is_observed)
                    .map(asked)
                    .fold(0.0, |sum, references| sum + references),
                expected: deals.iter().map(asked).sum(),
                within,
                by_window,
                need_rate: rates.need_of(segment),
                miss,
            }
        })
        .collect()
}

/// References by each window's end.
fn bands(deals: &[&DealDemand], rates: &Rates, assumptions: &Assumptions, miss: Miss) -> Vec<Band> {
    (0..assumptions.window_ends.len())
        .map(|window| {
            // What was asked for already is certain: it moves the band and does not widen it.
            let waits = |demand: &&&DealDemand| demand.is_observed && demand.need_on.is_some();
            let by_then = |demand: &&DealDemand| demand.chances[..=window].iter().sum::<f64>();
            let certain = deals.iter().filter(waits);
            let certain = certain.map(|demand| by_then(demand) * demand.references);
            let chances = deals.iter().filter(|demand| !waits(demand)).map(by_then);
            band::of_chances(chances, miss.spread)
                .times(rates.references.rate)
                .plus(certain.sum())
        })
        .collect()
}
