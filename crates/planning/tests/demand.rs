//! Demand from a pipeline: nothing is lost, everything estimated is marked, and only what was known
//! on the day of the plan is used.

use domain::{opportunity::DealStage, time::Day};
use planning::demand::{Ask, Assumptions, Deal, Forecast, forecast};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn today() -> Day {
    day("2026-03-02")
}

fn of(deals: &[Deal]) -> Forecast {
    forecast(deals, &Assumptions::default(), today())
}

/// In the reference stage, closing on a day.
fn open(segment: Option<u32>, close: Option<&str>, amount: Option<u64>) -> Deal {
    Deal {
        segment,
        stage: Some(DealStage::Middle),
        close_on: close.map(day),
        amount,
        ..Deal::default()
    }
}

fn closed(segment: u32, start: &str, close: &str, references: u32) -> Deal {
    Deal {
        segment: Some(segment),
        is_closed: true,
        started_on: Some(day(start)),
        reference_stage_on: Some(day(start)),
        close_on: Some(day(close)),
        amount: Some(500),
        references,
        ..Deal::default()
    }
}

#[test]
fn the_need_falls_before_the_close_and_an_overdue_deal_needs_it_now() {
    let forecast = of(&[
        open(Some(0), Some("2026-05-01"), Some(100)),
        open(Some(0), Some("2026-02-01"), Some(50)),
        open(Some(0), Some("2027-01-01"), Some(7)),
    ]);
    let needs: Vec<_> = forecast.deals.iter().map(|deal| deal.need_on).collect();
    assert_eq!(
        needs,
        [
            Some(day("2026-03-17")),
            Some(today()),
            Some(day("2026-11-17"))
        ]
    );
    assert!(forecast.deals[1].is_overdue && !forecast.deals[0].is_overdue);
    let segment = &forecast.segments[0];
    // 70 % of deals ask for two references each: 1.4 a deal, two deals within 30 days, one later.
    let expected = [2.8, 0.0, 0.0, 0.0, 1.4];
    for (found, expected) in segment.by_window.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{segment:?}");
    }
    assert_eq!((segment.money, segment.deals), (157, 3));
    // Of two deals that ask with 70 % each, none asks in 9 of 100 cases: less than a tenth.
    assert_eq!((segment.within[0].low, segment.within[0].high), (2.0, 4.0));
}

#[test]
fn what_a_deal_lacks_is_estimated_and_marked_or_counted_as_lacking() {
    let mut deals: Vec<Deal> = (0..4)
        .map(|_| closed(0, "2026-01-01", "2026-01-31", 0))
        .collect();
    let started = Deal {
        started_on: Some(day("2026-02-20")),
        ..open(Some(0), None, None)
    };
    let listed = Deal {
        list_price: Some(900),
        ..open(Some(0), None, None)
    };
    deals.extend([started, listed, open(None, None, None)]);
    let forecast = of(&deals);
    let [started, listed, bare] = forecast.deals.as_slice() else {
        panic!("three open deals: {forecast:?}")
    };
    // Thirty days from 20 February, minus the lead, would be in the past.
    assert_eq!(
        (started.need_on, started.is_day_estimated),
        (Some(today()), true)
    );
    assert_eq!(
        (started.money, started.is_money_estimated),
        (Some(500), true)
    );
    assert_eq!(
        (listed.money, listed.is_money_estimated, listed.is_undated()),
        (Some(900), true, true)
    );
    assert!(bare.is_undated() && bare.is_unpriced() && bare.segment.is_none());
    let unknown = forecast.segments.last().expect("the unknown segment");
    assert_eq!(
        (unknown.segment, unknown.undated, unknown.unpriced),
        (None, 1, 1)
    );
    assert!((unknown.expected - 1.4).abs() < 1e-12, "counted, on no day");
}

#[test]
fn a_rate_of_few_deals_stays_near_the_overall_one_and_says_how_many_there_are() {
    // Half of 40 deals asked; segment 1 has four deals, all of which asked.
    let mut deals: Vec<Deal> = (0..36_u32)
        .map(|place| closed(0, "2026-01-01", "2026-01-31", u32::from(place < 16)))
        .collect();
    deals.extend((0..4).map(|_| closed(1, "2026-01-01", "2026-01-31", 1)));
    deals.extend([
        open(Some(0), None, None),
        open(Some(1), None, None),
        open(Some(2), None, None),
    ]);
    let forecast = of(&deals);
    assert_eq!((forecast.need_rate.rate, forecast.need_rate.n), (0.5, 40));
    let rates: Vec<_> = forecast.segments.iter().map(|one| one.need_rate).collect();
    assert!((rates[1].rate - 14.0 / 24.0).abs() < 1e-12, "{rates:?}");
    assert_eq!(
        (rates[0].n, rates[1].n, rates[2].n, rates[2].rate),
        (36, 4, 0, 0.5)
    );
    // Asks were noted for 20 deals: one reference each.
    assert_eq!((forecast.references.rate, forecast.references.n), (1.0, 20));
}

#[test]
fn a_past_day_knows_nothing_of_what_came_after_it() {
    let deals = [
        closed(0, "2026-01-01", "2026-02-01", 1),
        // Open on the day, closed by now: its close date was not known.
        closed(0, "2026-01-10", "2026-02-20", 1),
        // Not there yet.
        closed(0, "2026-02-15", "2026-02-28", 1),
    ];
    let past = forecast(&deals, &Assumptions::default(), day("2026-02-10"));
    assert_eq!(past.deals.len(), 1);
    let one = &past.deals[0];
    assert_eq!((one.deal, one.is_day_estimated), (1, true));
    // Its age of 31 days is that of the oldest closed deal: overdue, and nothing says how soon.
    assert!(one.is_overdue);
    assert_eq!(one.chances[..4], [0.0; 4]);
    assert!(one.chances[4] > 0.0);
    assert_eq!(
        forecast(&deals, &Assumptions::default(), today())
            .deals
            .len(),
        0
    );
}

#[test]
fn what_was_asked_for_counts_whole_and_once_and_what_is_given_counts_no_more() {
    let ask = |waiting| {
        Some(Ask {
            on: day("2026-02-20"),
            need_on: day("2026-03-20"),
            waiting,
        })
    };
    let deal = |ask, searched: Option<&str>| Deal {
        references: 3,
        ask,
        searched_on: searched.map(day),
        ..open(Some(0), Some("2026-06-01"), Some(900))
    };
    let forecast = of(&[
        deal(ask(3), None),
        deal(ask(0), Some("2026-02-25")),
        deal(None, Some("2026-02-25")),
        deal(None, Some("2026-03-25")),
    ]);
    let told: Vec<_> = forecast
        .deals
        .iter()
        .map(|one| (one.chance, one.references, one.is_observed, one.need_on))
        .collect();
    let by_close = Some(day("2026-04-17"));
    assert_eq!(
        told,
        [
            (1.0, 3.0, true, Some(day("2026-03-20"))),
            (0.0, 2.0, false, by_close),
            (1.0, 2.0, true, by_close),
            (0.7, 2.0, false, by_close),
        ]
    );
    let segment = &forecast.segments[0];
    assert!((segment.observed - 5.0).abs() < 1e-12, "{segment:?}");
    assert!((segment.expected - 6.4).abs() < 1e-12, "{segment:?}");
    assert_eq!(segment.money, 4 * 900, "every deal is in the pipeline");
    // Only the fourth deal may still ask or not.
    let band = segment.within[1];
    assert_eq!((band.low, band.high), (5.0, 7.0), "{segment:?}");
}

#[test]
fn who_kept_quiet_until_late_hardly_asks_any_more() {
    // Of 60 deals of 100 days half asked, all of them by the 40th day.
    let mut deals: Vec<Deal> = (0..60_u32)
        .map(|place| {
            let asked = place % 2 == 0;
            Deal {
                ask: asked.then(|| Ask {
                    on: day("2025-01-01").plus_days(40),
                    need_on: day("2025-01-01").plus_days(60),
                    waiting: 0,
                }),
                ..closed(0, "2025-01-01", "2025-04-11", u32::from(asked))
            }
        })
        .collect();
    for days in [10, 50] {
        deals.push(Deal {
            started_on: Some(today().plus_days(-days)),
            ..open(Some(0), None, None)
        });
    }
    let forecast = of(&deals);
    assert!((forecast.deals[0].chance - 0.5).abs() < 1e-12);
    assert!(forecast.deals[1].chance.abs() < 1e-12);
}

proptest! {
    #[test]
    fn the_segments_and_the_unknown_one_add_up_to_the_pipeline(
        deals in proptest::collection::vec(
            (
                proptest::option::of(0_u32..5),
                proptest::option::of(-100_i64..400),
                proptest::option::of(0_i64..200),
                proptest::option::of(1_u64..1_000),
                any::<bool>(),
            ),
            0..60,
        )
    ) {
        let deals: Vec<Deal> = deals
            .into_iter()
            .map(|(segment, close, age, amount, is_closed)| Deal {
                segment,
                is_closed,
                close_on: close.map(|days| today().plus_days(if is_closed { -days.abs() } else { days })),
                started_on: age.map(|days| today().plus_days(-days - 100)),
                amount,
                ..Deal::default()
            })
            .collect();
        let forecast = of(&deals);
        let open: Vec<&Deal> = deals.iter().filter(|deal| !deal.is_closed).collect();
        prop_assert_eq!(forecast.deals.len(), open.len());
        prop_assert_eq!(forecast.segments.iter().map(|one| one.deals).sum::<usize>(), open.len());
        let known: u64 = open.iter().filter_map(|deal| deal.amount).sum();
        let estimated: u64 = forecast.deals.iter().filter(|one| one.is_money_estimated).filter_map(|one| one.money).sum();
        prop_assert_eq!(forecast.segments.iter().map(|one| one.money).sum::<u64>(), known + estimated);
        for deal in &forecast.deals {
            let placed: f64 = deal.chances.iter().sum();
            let expected = if deal.is_undated() { 0.0 } else { deal.chance };
            prop_assert!((placed - expected).abs() < 1e-9);
        }
        for segment in &forecast.segments {
            for band in &segment.within {
                prop_assert!(band.low <= band.expected + 2.0 && band.expected <= band.high + 2.0);
            }
        }
    }
}
