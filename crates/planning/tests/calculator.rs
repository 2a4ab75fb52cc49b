//! The calculator against the reference case, to the digit, and against what must always hold.

use planning::calculator::{Answer, CalculatorInput, Plan, Segment, calculate};
use proptest::prelude::*;

fn reference() -> Segment {
    Segment {
        name: "Whole team".to_owned(),
        sellers: 500.0,
        quota: 1_500_000.0,
        deal_size: 180_000.0,
        need_rate: 0.7,
        references: 2.0,
        win_rate: None,
        seasonality: None,
    }
}

fn answer(segments: Vec<Segment>) -> Answer {
    calculate(&Plan { segments }).expect("the plan makes sense")
}

fn refused(segment: Segment) -> Vec<(String, String)> {
    calculate(&Plan {
        segments: vec![segment],
    })
    .expect_err("the plan makes no sense")
    .into_iter()
    .map(|problem| (problem.field, problem.message))
    .collect()
}

#[test]
fn the_reference_case_comes_out_to_the_digit() {
    let answer = answer(vec![reference()]).total;
    assert_eq!(answer.opportunities_per_seller_year, 25.0 / 3.0);
    assert_eq!(answer.opportunities_per_seller_quarter, 25.0 / 12.0);
    assert_eq!(answer.opportunities_per_seller_month, 25.0 / 36.0);
    assert_eq!(answer.requests_per_seller_year, 35.0 / 3.0);
    assert_eq!(answer.requests_team_year, 17_500.0 / 3.0);
    assert_eq!(answer.revenue_needing_references, 525_000_000.0);
    assert_eq!(
        answer.shown.opportunities_per_seller,
        ["8.33", "2.08", "0.69"]
    );
    assert_eq!(answer.shown.requests_per_seller, ["12", "3", "1"]);
    assert_eq!(answer.shown.requests_team[0], "5833");
    assert_eq!(answer.accounts_at_one_use_a_quarter, 1_459);
    assert_eq!(answer.accounts_at_two_uses_a_quarter, 730);
    assert_eq!(answer.advocates_at_six_uses_a_year, 973);
    assert_eq!(answer.accounts_in_busiest_quarter, 1_459);
}

#[test]
fn a_win_rate_asks_for_the_live_opportunities_behind_the_won_ones() {
    let live = answer(vec![Segment {
        win_rate: Some(0.25),
        ..reference()
    }])
    .total;
    assert_eq!(live.opportunities_per_seller_year, 100.0 / 3.0);
    assert_eq!(live.requests_team_year, 70_000.0 / 3.0);
    // The quota that needs references does not grow with the deals that are lost.
    assert_eq!(live.revenue_needing_references, 525_000_000.0);
}

#[test]
fn segments_add_up_and_rounding_happens_after_the_sum() {
    let half = Segment {
        sellers: 250.0,
        ..reference()
    };
    let both = answer(vec![half.clone(), half]);
    let whole = answer(vec![reference()]);
    assert_eq!(both.total, whole.total);
    // Each half needs 730 accounts; together they need 1,459, not 1,460.
    assert_eq!(both.segments[0].needs.accounts_at_one_use_a_quarter, 730);
    assert_eq!(both.total.accounts_at_one_use_a_quarter, 1_459);
}

#[test]
fn seasonality_moves_requests_between_months_and_keeps_the_year() {
    let mut weights = vec![1.0; 12];
    weights[11] = 5.0;
    let seasonal = answer(vec![Segment {
        seasonality: Some(weights),
        ..reference()
    }])
    .total;
    assert_eq!(seasonal.requests_by_month[11], 87_500.0 / 48.0);
    assert_eq!(seasonal.requests_team_year, 17_500.0 / 3.0);
    // December with two neighbours is 7 of 16 parts of the year.
    assert_eq!(seasonal.accounts_in_busiest_quarter, 2_553);
}

#[test]
fn the_deal_size_moves_the_reference_case_most_and_a_rate_stops_at_one() {
    let steep = answer(vec![Segment {
        need_rate: 0.95,
        ..reference()
    }]);
    assert_eq!(steep.sensitivity[0].input, CalculatorInput::DealSize);
    let rate = steep
        .sensitivity
        .iter()
        .find(|effect| effect.input == CalculatorInput::NeedRate)
        .expect("every input has its effect");
    let all_need_one = answer(vec![Segment {
        need_rate: 1.0,
        ..reference()
    }]);
    assert_eq!(
        rate.requests_team_year[4].to_bits(),
        all_need_one.total.requests_team_year.to_bits()
    );
    assert_eq!(steep.sensitivity.len(), 5, "no win rate was given");
}

#[test]
fn nonsense_is_refused_at_its_field_in_words() {
    let found = refused(Segment {
        quota: -1.0,
        deal_size: 0.0,
        need_rate: 70.0,
        references: f64::NAN,
        win_rate: Some(0.0),
        seasonality: Some(vec![0.0; 12]),
        ..reference()
    });
    let fields: Vec<&str> = found.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "segments.0.quota",
            "segments.0.deal_size",
            "segments.0.need_rate",
            "segments.0.references",
            "segments.0.win_rate",
            "segments.0.seasonality",
        ]
    );
    assert_eq!(
        found[2].1,
        "This is 70; the need rate must be from 0 to 1. For 70 percent write 0.7."
    );
    assert_eq!(
        found[1].1,
        "This is 0; the deal size must be above 0, because the formula divides by it."
    );
    let none = calculate(&Plan { segments: vec![] }).expect_err("nothing to calculate");
    assert_eq!(none[0].field, "segments");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_team_is_the_sum_of_its_segments(
        segments in proptest::collection::vec(
            (0_u32..5_000, 0_u32..5_000_000, 1_u32..1_000_000, 0_u32..=100, 0_u32..50),
            1..6,
        )
    ) {
        let segments: Vec<Segment> = segments
            .into_iter()
            .map(|(sellers, quota, deal_size, percent, tenths)| Segment {
                sellers: sellers.into(),
                quota: quota.into(),
                deal_size: deal_size.into(),
                need_rate: f64::from(percent) / 100.0,
                references: f64::from(tenths) / 10.0,
                ..reference()
            })
            .collect();
        let answer = answer(segments);
        let sum: f64 = answer.segments.iter().map(|one| one.needs.requests_team_year).sum();
        prop_assert!((sum - answer.total.requests_team_year).abs() <= sum * 1e-12);
        let months: f64 = answer.total.requests_by_month.iter().sum();
        prop_assert!((months - answer.total.requests_team_year).abs() <= sum * 1e-12);
        let accounts: i64 = answer.segments.iter().map(|one| one.needs.accounts_at_one_use_a_quarter).sum();
        prop_assert!(answer.total.accounts_at_one_use_a_quarter <= accounts);
    }
}
