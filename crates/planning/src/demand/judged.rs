//! The same formula asked again as on past days, knowing what was known on them, and held against what came of it.

use std::collections::BTreeMap;

use domain::time::Day;

use super::{Assumptions, Cycles, Deal, Instead, Phase, Rates, of_deal, phase};

/// Days between two judged days, and how many are judged: a year back.
const STEP_DAYS: i64 = 30;
const STEPS: i64 = 12;
/// Windows that are judged once they are over, in days.
const WINDOWS: [i64; 4] = [30, 60, 90, 120];
/// Forecasts of less than this tell more of luck than of the formula.
const EXPECTED_MIN: f64 = 20.0;
/// More deals than this are judged by every second, third or further one.
const DEALS_MAX: usize = 20_000;

/// What was expected by each window's end, and what came.
type Sums = [(f64, f64); WINDOWS.len()];

/// What one past day's forecast expected and what came: of the whole pipeline, without a segment, and of each segment.
type DayJudged = Vec<(Option<u32>, (f64, f64))>;

/// The forecasts of the past year, each held against what came of it. Asks are judged where the program kept them
/// by then; else it is judged when deals closed.
#[derive(Clone, Debug)]
pub struct Judged {
    as_of: Day,
    assumptions: Assumptions,
    /// Those that are judged by.
    deals: Vec<Deal>,
    /// The day before first.
    days: Vec<DayJudged>,
}

impl Judged {
    /// Judges every day anew.
    pub fn learn(deals: &[Deal], assumptions: &Assumptions, as_of: Day) -> Self {
        Self::of(deals, assumptions, as_of, None)
    }

    /// The same after some deals changed or came to the end of the list: only days on which one of them tells
    /// something else than before are judged anew.
    #[must_use]
    pub fn followed(&self, deals: &[Deal], assumptions: &Assumptions, as_of: Day) -> Self {
        let is_alike = self.as_of == as_of && self.assumptions.learns_alike(assumptions);
        Self::of(deals, assumptions, as_of, is_alike.then_some(self))
    }

    fn of(deals: &[Deal], assumptions: &Assumptions, as_of: Day, before: Option<&Self>) -> Self {
        let stride = deals.len().div_ceil(DEALS_MAX).max(1);
        let deals: Vec<Deal> = deals.iter().step_by(stride).copied().collect();
        let changed = before.map(|before| (before, changed(&before.deals, &deals)));
        let days = (0_usize..).zip(1..=STEPS).map(|(place, step)| {
            let day = as_of.plus_days(-step * STEP_DAYS);
            let seen = |deal: &Deal| seen(deal, day, as_of);
            let stays = |(was, is): &(Option<Deal>, Deal)| was.as_ref().and_then(seen) == seen(is);
            match &changed {
                Some((before, Some(changed))) if changed.iter().all(stays) => {
                    before.days[place].clone()
                }
                _ => judge(&deals, assumptions, day, as_of),
            }
        });
        Self {
            as_of,
            assumptions: assumptions.clone(),
            days: days.collect(),
            deals,
        }
    }

    /// What every day's forecast expected for each part, and what came.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<u32>, (f64, f64))> {
        self.days.iter().flatten().copied()
    }
}

/// What deals were and are, where they differ; one that came to the end of the list was nothing before. `None`
/// where the list is another one.
fn changed(before: &[Deal], deals: &[Deal]) -> Option<Vec<(Option<Deal>, Deal)>> {
    let was = before.iter().map(|deal| Some(*deal));
    let was = was.chain(std::iter::repeat(None));
    let pairs = was.zip(deals.iter().copied());
    let differs = |(was, is): &(Option<Deal>, Deal)| *was != Some(*is);
    (before.len() <= deals.len()).then(|| pairs.filter(differs).collect())
}

/// All that a judged day reads of a deal: whether it has closed by then, what was known, and when it closed since.
fn seen(deal: &Deal, day: Day, as_of: Day) -> Option<(bool, Deal, Option<Day>)> {
    let known = Deal {
        amount: None,
        list_price: None,
        searched_on: deal.searched_on.filter(|searched| *searched <= day),
        ..*deal
    };
    match phase(deal, day) {
        Phase::NotYet => None,
        Phase::Closed => Some((true, known, None)),
        Phase::Open(_) => {
            let closed = deal
                .close_on
                .filter(|close| deal.is_closed && *close <= as_of);
            let open = Deal {
                close_on: None,
                ..known
            };
            Some((false, open, closed))
        }
    }
}

/// What was expected on a past day for each window that is over, and what came: of the whole pipeline, without a
/// segment, and of each segment.
fn judge(deals: &[Deal], assumptions: &Assumptions, day: Day, as_of: Day) -> DayJudged {
    let mut closed = Vec::new();
    let mut open = Vec::new();
    for deal in deals {
        match phase(deal, day) {
            Phase::Closed => closed.push(*deal),
            // Which close date a deal had on a past day is not kept.
            Phase::Open(_) => open.push((
                Deal {
                    close_on: None,
                    ..*deal
                },
                deal,
            )),
            Phase::NotYet => {}
        }
    }
    let cycles = Cycles::learn(&closed, open.iter().map(|(known, _)| known), day);
    let (rates, knows_asks) = rates(&closed, assumptions);
    let judged = Assumptions {
        window_ends: WINDOWS.to_vec(),
        ..assumptions.clone()
    };
    let mut all: BTreeMap<Option<u32>, Sums> = BTreeMap::new();
    for (place, (known, deal)) in open.iter().enumerate() {
        let demand = of_deal(known, place, &rates, &cycles, &judged, day);
        let came = needed_after(deal, assumptions.lead_days, day, as_of)
            .filter(|_| !knows_asks || deal.references > 0);
        let segment = deal.segment.map(Some);
        for part in segment.into_iter().chain([None]) {
            let sums = all.entry(part).or_default();
            let mut expected = 0.0;
            for (window, (all_expected, all_came)) in sums.iter_mut().enumerate() {
                expected += demand.chances[window];
                *all_expected += expected;
                *all_came += f64::from(u8::from(came.is_some_and(|days| days < WINDOWS[window])));
            }
        }
    }
    let told = all.into_iter().flat_map(|(segment, sums)| {
        let over = sums
            .into_iter()
            .zip(WINDOWS)
            .filter(|((expected, _), days)| {
                day.plus_days(*days) <= as_of && *expected >= EXPECTED_MIN
            });
        over.map(|(sums, _)| (segment, sums)).collect::<Vec<_>>()
    });
    told.collect()
}

/// The rates as they were learned by then, and whether they tell of asks; else every deal counts.
fn rates(closed: &[Deal], assumptions: &Assumptions) -> (Rates, bool) {
    let learned = Assumptions {
        instead: Instead::default(),
        ..assumptions.clone()
    };
    let rates = Rates::of(closed, &learned);
    if rates.need.n > 0 {
        return (rates, true);
    }
    let every_deal = Assumptions {
        need_rate: 1.0,
        reach_rate: 1.0,
        is_fixed: true,
        ..learned
    };
    (Rates::of(closed, &every_deal), false)
}

/// Days after which a deal needed its reference: by its request, else by the day on which it has closed.
fn needed_after(deal: &Deal, lead_days: i64, day: Day, as_of: Day) -> Option<i64> {
    if let Some(ask) = deal.ask.filter(|ask| ask.on <= as_of) {
        let days = ask.need_on.days_since(day);
        return (days >= 0).then_some(days);
    }
    let close = deal
        .close_on
        .filter(|close| deal.is_closed && *close <= as_of)?;
    Some(close.plus_days(-lead_days).days_since(day).max(0))
}

#[cfg(test)]
mod tests {
    use domain::opportunity::DealStage;

    use super::*;
    use crate::demand::{Ask, Misses};

    fn as_of() -> Day {
        "2026-01-01".parse().expect("a day")
    }

    /// Some 2,000 deals of four segments over two years, a fifth of them open.
    fn deals() -> Vec<Deal> {
        let first = as_of().plus_days(-700);
        let deal = |number: i64| {
            let start = first.plus_days(number % 700);
            let close = start.plus_days(25 + number * 31 % 130);
            Deal {
                segment: (number % 5 > 0).then(|| u32::try_from(number % 4).expect("small")),
                is_closed: close < as_of(),
                stage: Some(DealStage::Middle),
                started_on: Some(start),
                reference_stage_on: (number % 3 > 0).then(|| start.plus_days(10)),
                close_on: Some(close),
                amount: Some(100),
                references: u32::from(number % 3 == 1),
                ..Deal::default()
            }
        };
        (0..2_000).map(deal).collect()
    }

    /// What happens to deals from one plan to the next.
    fn change(deals: &mut Vec<Deal>, step: usize) {
        let place = step * 7_919 % deals.len();
        let day = as_of().plus_days(-i64::try_from(step * 37 % 400).expect("small"));
        let deal = &mut deals[place];
        match step % 7 {
            0 => deal.amount = Some(7),
            1 => deal.close_on = Some(as_of().plus_days(40)),
            2 => deal.searched_on = Some(day),
            3 => {
                deal.ask = Some(Ask {
                    on: day,
                    need_on: day.plus_days(30),
                    waiting: 1,
                });
            }
            4 => (deal.is_closed, deal.close_on) = (!deal.is_closed, Some(day)),
            5 => (deal.segment, deal.stage) = (Some(3), Some(DealStage::Early)),
            _ => {
                let new = Deal {
                    started_on: Some(day),
                    ..*deal
                };
                deals.push(new);
            }
        }
    }

    #[test]
    fn what_is_followed_is_what_is_judged_anew() {
        let assumptions = Assumptions::default();
        let mut deals = deals();
        let mut followed = Judged::learn(&deals, &assumptions, as_of());
        assert!(Misses::told(&followed).whole.n > 30);
        for step in 0..70 {
            change(&mut deals, step);
            followed = followed.followed(&deals, &assumptions, as_of());
            let anew = Judged::learn(&deals, &assumptions, as_of());
            assert_eq!(followed.days, anew.days, "step {step}");
        }
        let later = as_of().plus_days(1);
        let anew = Judged::learn(&deals, &assumptions, later);
        assert_eq!(
            followed.followed(&deals, &assumptions, later).days,
            anew.days
        );
        let lead = Assumptions {
            lead_days: 10,
            ..assumptions
        };
        let anew = Judged::learn(&deals, &lead, as_of());
        assert_eq!(followed.followed(&deals, &lead, as_of()).days, anew.days);
        deals.truncate(500);
        let anew = Judged::learn(&deals, &lead, as_of());
        assert_eq!(followed.followed(&deals, &lead, as_of()).days, anew.days);
    }

    #[test]
    fn money_a_later_close_and_a_search_of_today_are_seen_on_no_day_that_is_judged() {
        let mut was = deals()[1_999];
        (was.is_closed, was.close_on) = (false, Some(as_of()));
        let is = Deal {
            amount: None,
            close_on: Some(as_of().plus_days(90)),
            searched_on: Some(as_of()),
            ..was
        };
        for step in 1..=STEPS {
            let day = as_of().plus_days(-step * STEP_DAYS);
            assert_eq!(seen(&was, day, as_of()), seen(&is, day, as_of()));
        }
        let day = as_of().plus_days(-STEP_DAYS);
        let early = Deal {
            stage: Some(DealStage::Early),
            ..was
        };
        assert_ne!(seen(&was, day, as_of()), seen(&early, day, as_of()));
    }
}
