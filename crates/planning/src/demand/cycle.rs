//! How long deals take: the share that is still open at each age, open deals counted as far as they
//! have come (Kaplan and Meier). For a new deal the median is the median cycle of the domain's
//! formula; for an older one it is the median of those that took longer than its age.

use std::collections::{BTreeMap, HashMap};

use domain::time::Day;

use super::Deal;

/// A segment with fewer closed deals goes by all deals.
const SEGMENT_DEALS_MIN: usize = 30;

/// Share of deals still open after so many days, by rising days.
type Survival = Vec<(i64, f64)>;

/// What closed and open deals say about how long deals take.
#[derive(Clone, Debug, Default)]
pub struct Cycles {
    all: Survival,
    by_segment: HashMap<u32, Survival>,
}

impl Cycles {
    /// Learns from closed deals with both days, and from open ones for as long as they are open.
    pub fn learn<'a>(
        closed: &[Deal],
        open: impl IntoIterator<Item = &'a Deal>,
        as_of: Day,
    ) -> Self {
        let start = |deal: &Deal| deal.started_on.or(deal.reference_stage_on);
        let mut spans: Vec<(Option<u32>, i64, bool)> = Vec::new();
        for deal in closed {
            if let (Some(start), Some(close)) = (start(deal), deal.close_on) {
                spans.push((deal.segment, close.days_since(start).max(0), true));
            }
        }
        for deal in open {
            if let Some(start) = start(deal) {
                spans.push((deal.segment, as_of.days_since(start).max(0), false));
            }
        }
        let mut by_segment: HashMap<u32, Vec<(i64, bool)>> = HashMap::new();
        for (segment, days, is_end) in &spans {
            if let Some(segment) = segment {
                by_segment
                    .entry(*segment)
                    .or_default()
                    .push((*days, *is_end));
            }
        }
        let enough = |spans: &[(i64, bool)]| {
            spans.iter().filter(|(_, is_end)| *is_end).count() >= SEGMENT_DEALS_MIN
        };
        Self {
            all: survival(spans.into_iter().map(|(_, days, is_end)| (days, is_end))),
            by_segment: by_segment
                .into_iter()
                .filter(|(_, spans)| enough(spans))
                .map(|(segment, spans)| (segment, survival(spans)))
                .collect(),
        }
    }

    /// No deal has ever closed with both days known.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn of(&self, segment: Option<u32>) -> &Survival {
        segment
            .and_then(|segment| self.by_segment.get(&segment))
            .unwrap_or(&self.all)
    }

    /// That a deal of this age closes within so many days from now. Nothing that closed says when a
    /// deal older than all of them will: it closes within no number of days, but later.
    pub fn chance_to_close(&self, segment: Option<u32>, age: i64, days: i64) -> f64 {
        let survival = self.of(segment);
        let now = open_after(survival, age);
        if now <= 0.0 || is_beyond(survival, age) {
            return 0.0;
        }
        1.0 - open_after(survival, age + days.max(0)) / now
    }

    /// Days until half of the deals of this age have closed; `None` for one older than every closed one.
    pub fn median_left(&self, segment: Option<u32>, age: i64) -> Option<i64> {
        let survival = self.of(segment);
        let now = open_after(survival, age);
        if now <= 0.0 || is_beyond(survival, age) {
            return None;
        }
        let half = survival.iter().find(|(_, open)| *open <= now / 2.0);
        let last = survival.last().map(|(days, _)| *days);
        half.map(|(days, _)| *days)
            .or(last)
            .map(|days| (days - age).max(0))
    }
}

fn is_beyond(survival: &Survival, age: i64) -> bool {
    survival.last().is_none_or(|(days, _)| age >= *days)
}

/// The share still open once so many days are over.
fn open_after(survival: &Survival, days: i64) -> f64 {
    let over = survival.partition_point(|(end, _)| *end <= days);
    if over == 0 { 1.0 } else { survival[over - 1].1 }
}

fn survival(spans: impl IntoIterator<Item = (i64, bool)>) -> Survival {
    let mut by_days: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
    let mut at_risk: u32 = 0;
    for (days, is_end) in spans {
        let (ends, all) = by_days.entry(days).or_default();
        *ends += u32::from(is_end);
        *all += 1;
        at_risk += 1;
    }
    let mut open = 1.0;
    let mut steps = Vec::new();
    for (days, (ends, all)) in by_days {
        if ends > 0 {
            open *= 1.0 - f64::from(ends) / f64::from(at_risk);
            steps.push((days, open));
        }
        at_risk -= all;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deal(start: &str, close: Option<&str>) -> Deal {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        Deal {
            started_on: Some(day(start)),
            close_on: close.map(day),
            is_closed: close.is_some(),
            ..Deal::default()
        }
    }

    #[test]
    fn the_median_of_a_new_deal_is_the_median_cycle_and_an_old_one_looks_at_longer_ones() {
        let closed = [
            deal("2026-01-01", Some("2026-01-11")),
            deal("2026-01-01", Some("2026-01-31")),
            deal("2026-01-01", Some("2026-02-20")),
            deal("2026-01-01", Some("2026-04-11")),
        ];
        let as_of: Day = "2026-06-01".parse().expect("a day");
        let cycles = Cycles::learn(&closed, &[], as_of);
        // 10, 30, 50 and 100 days.
        assert_eq!(cycles.median_left(None, 0), Some(30));
        assert_eq!(cycles.median_left(None, 40), Some(10));
        assert_eq!(cycles.median_left(None, 60), Some(40));
        assert_eq!(cycles.median_left(None, 100), None);
        assert!((cycles.chance_to_close(None, 0, 30) - 0.5).abs() < 1e-12);
        assert!((cycles.chance_to_close(None, 30, 20) - 0.5).abs() < 1e-12);
        assert!(cycles.chance_to_close(None, 200, 90).abs() < 1e-12);
    }

    #[test]
    fn open_deals_count_for_as_long_as_they_are_open() {
        let closed = [deal("2026-01-01", Some("2026-01-11"))];
        let open = [deal("2026-01-01", None)];
        let as_of: Day = "2026-02-01".parse().expect("a day");
        let cycles = Cycles::learn(&closed, &open, as_of);
        assert!((cycles.chance_to_close(None, 0, 10) - 0.5).abs() < 1e-12);
        assert!((cycles.chance_to_close(None, 0, 9)).abs() < 1e-12);
    }
}
