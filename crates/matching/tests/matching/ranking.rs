//! The order of matches. The properties, in words:
//! - Who fits better comes first; among equals who gave less; among these who was verified last.
//! - Nobody who fails a must, rests or is blocked is in the way of those who can be had.
//! - An account has one row, its best contact; totals and counts are of advocates.
//! - Every point of the relevance has its reason, and the reasons add up.
//! - A search never ends at nothing: it says what to give up and who comes near.

use domain::{
    advocate::AdvocateStatus,
    protection::{Availability, Load, Lock, LockReason},
    taxonomy::Fit,
};
use matching::{
    Change, Criterion, CriterionRef, Dropped, Index, MatchRow, Points, Query, Relaxation,
};

use crate::world::*;

#[test]
fn who_fits_better_comes_first() {
    let index = index([
        profile(1, 1, &[RETAIL, SMALL]),
        profile(2, 2, &[PHARMACIES, MIDDLE]),
        profile(3, 3, &[HEALTHCARE, MIDDLE]),
        profile(4, 4, &[HOSPITALS, MIDDLE]),
        profile(5, 5, &[HOSPITALS, LARGE]),
    ]);
    let query = call_for(&[criterion(INDUSTRY, &[HOSPITALS]), criterion(SIZE, &[LARGE])]);
    let rows = find(&index, &query).rows;
    assert_eq!(numbers(&rows), [5, 4, 3, 2, 1]);
    let relevance: Vec<_> = rows.iter().map(|row| row.relevance).collect();
    let expected = [10_000, 7_500, 5_000, 3_750, 0].map(Some);
    assert_eq!(relevance, expected);
}

#[test]
fn a_weight_counts_as_often_as_it_says_and_several_terms_as_their_mean() {
    let index = index([profile(1, 1, &[HOSPITALS, SMALL])]);
    let heavy = Criterion {
        weight: 3,
        ..criterion(INDUSTRY, &[HOSPITALS, RETAIL])
    };
    let rows = find(&index, &call_for(&[heavy, criterion(SIZE, &[SMALL])])).rows;
    // (3 x 1/2 + 1 x 1) / 4
    assert_eq!(rows[0].relevance, Some(6_250));
}

#[test]
fn among_equals_who_gave_less_comes_first_and_then_who_was_verified_last() {
    let mut tired = profile(1, 1, &[]);
    tired.member.occupied = vec![quote(&tired, -60), quote(&tired, -120)];
    let mut stale = profile(2, 2, &[]);
    stale.verified_on = None;
    let mut ageing = profile(3, 3, &[]);
    ageing.verified_on = Some(on(-91));
    let mut fresh = profile(4, 4, &[]);
    fresh.verified_on = Some(on(-90));
    let rows = find(&index([tired, stale, ageing, fresh]), &call()).rows;
    assert_eq!(numbers(&rows), [4, 3, 2, 1]);
    assert_eq!(rows[0].relevance, None);
    assert_eq!(rows[3].load, Load::Medium);
}

#[test]
fn verification_is_fresh_for_ninety_days_and_ageing_for_as_many_more() {
    let verified = |number, days: i64| {
        let mut profile = profile(number, number, &[]);
        profile.verified_on = Some(on(-days));
        profile
    };
    let crowd = [
        verified(1, 181),
        verified(2, 180),
        verified(3, 91),
        verified(4, 90),
    ];
    assert_eq!(numbers(&find(&index(crowd), &call()).rows), [4, 2, 3, 1]);
}

#[test]
fn a_must_keeps_out_who_does_not_fit_in_full() {
    let index = index([
        profile(1, 1, &[HEALTHCARE]),
        profile(2, 2, &[HOSPITALS]),
        profile(3, 3, &[]),
    ]);
    let hospitals = find(&index, &call_for(&[must(INDUSTRY, &[HOSPITALS, RETAIL])]));
    assert_eq!(numbers(&hospitals.rows), [2]);
    let healthcare = find(&index, &call_for(&[must(INDUSTRY, &[HEALTHCARE])]));
    assert_eq!(numbers(&healthcare.rows), [1, 2]);
}

#[test]
fn an_account_has_one_row_with_its_best_contact_while_counts_are_of_advocates() {
    let index = index([
        profile(1, 7, &[RETAIL]),
        profile(2, 7, &[HOSPITALS]),
        profile(3, 7, &[PHARMACIES]),
        profile(4, 8, &[HEALTHCARE, HOSPITALS]),
    ]);
    let matches = find(&index, &call_for(&[criterion(INDUSTRY, &[HOSPITALS])]));
    assert_eq!(numbers(&matches.rows), [2, 4]);
    assert_eq!((matches.total, matches.accounts), (4, 2));
    assert_eq!(matches.rows[0].others_at_account, 2);
    let counts = &matches.facet_counts[0].terms;
    let counts: Vec<_> = counts.iter().map(|each| (each.term, each.count)).collect();
    let expected = [
        (HEALTHCARE, 3),
        (HOSPITALS, 2),
        (PHARMACIES, 1),
        (RETAIL, 1),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn pages_cut_the_order_and_never_the_counts() {
    let index = index((1..=5).map(|number| profile(number, number, &[])));
    let page = |offset, limit| {
        find(
            &index,
            &Query {
                offset,
                limit,
                ..call()
            },
        )
    };
    assert_eq!(numbers(&page(0, 2).rows), [1, 2]);
    assert_eq!(numbers(&page(4, 2).rows), [5]);
    assert_eq!(numbers(&page(9, 2).rows), [0; 0]);
    assert_eq!(page(9, 0).total, 5);
    assert!(page(9, 2).near.is_empty());
}

#[test]
fn every_point_has_its_reason_and_the_points_add_up() {
    let mut reference = profile(1, 1, &[PHARMACIES, MIDDLE]);
    reference.text = "Cut claim costs by 40 %".to_owned();
    let query = Query {
        text: call_about("claim fraud").text,
        ..call_for(&[
            criterion(INDUSTRY, &[HOSPITALS]),
            criterion(SIZE, &[LARGE]),
            criterion(REGION, &[SOUTH]),
        ])
    };
    let row = find(&index([reference]), &query).rows.remove(0);
    let facet = |facet, fit, points, kind, matched| Points {
        criterion: CriterionRef::Facet(facet),
        fit,
        points,
        kind: Some(kind),
        matched,
        missing: matched.is_none(),
    };
    assert_eq!(
        row.points[..3],
        [
            facet(INDUSTRY, 2_500, 625, Fit::Sibling, Some(PHARMACIES)),
            facet(SIZE, 5_000, 1_250, Fit::Adjacent, Some(MIDDLE)),
            facet(REGION, 0, 0, Fit::None, None),
        ]
    );
    // One text, and it holds "claim": idf ln(1 + 1/3) = 0.288 against 1.386 for the unknown word.
    assert_eq!(row.points[3].criterion, CriterionRef::Text);
    assert_eq!((row.points[3].fit, row.points[3].missing), (1_719, false));
    let sum = row.points.iter().map(|each| each.points).sum();
    assert_eq!(row.relevance, Some(sum));
    assert_eq!(sum, 2_305);
}

#[test]
fn a_wrong_term_is_not_the_same_as_no_term() {
    let index = index([profile(1, 1, &[RETAIL]), profile(2, 2, &[SMALL])]);
    let rows = find(&index, &call_for(&[criterion(INDUSTRY, &[HOSPITALS])])).rows;
    let missing: Vec<_> = rows.iter().map(|row| row.points[0].missing).collect();
    assert_eq!(missing, [false, true]);
}

#[test]
fn a_rare_word_weighs_more_than_a_frequent_one() {
    let with = |number, text: &str| {
        let mut profile = profile(number, number, &[]);
        profile.text = text.to_owned();
        profile
    };
    let index = index([
        with(1, "saved money"),
        with(2, "Saved; saved, SAVED time"),
        with(3, "saved claims"),
        with(4, "went elsewhere"),
    ]);
    let rows = find(&index, &call_about("saved claims")).rows;
    assert_eq!(numbers(&rows), [3, 1, 2, 4]);
    assert_eq!(rows[0].relevance, Some(10_000));
    assert_eq!(rows[1].relevance, rows[2].relevance);
    assert!(rows[1].relevance < Some(5_000));
}

#[test]
fn a_story_is_found_by_another_form_of_its_words_by_their_beginning_and_despite_a_slip() {
    let with = |number, text: &str| {
        let mut profile = profile(number, number, &[]);
        profile.text = text.to_owned();
        profile
    };
    let index = index([
        with(1, "We migrated two hundred companies to the cloud"),
        with(2, "Fewer claims"),
    ]);
    for typed in [
        "migration",
        "migrating",
        "MIGR",
        "migrtaed",
        "company",
        "clou",
        "clouds",
    ] {
        let rows = find(&index, &call_about(typed)).rows;
        let fits: Vec<_> = rows
            .iter()
            .map(|row| (row.advocate, row.relevance))
            .collect();
        let expected = [(advocate_id(1), Some(10_000)), (advocate_id(2), Some(0))];
        assert_eq!(fits, expected, "{typed}");
    }
    let rows = find(&index, &call_about("the claim we have")).rows;
    assert_eq!(rows[0].relevance, Some(10_000), "small words do not count");
}

#[test]
fn a_slip_is_only_forgiven_where_the_word_itself_is_unknown_and_hidden_texts_do_not_tell() {
    let with = |number, text: &str| {
        let mut profile = profile(number, number, &[]);
        profile.text = text.to_owned();
        profile
    };
    let mut hidden = with(3, "trial");
    hidden.restricted = true;
    let mut index = index([with(1, "trail"), with(2, "other"), hidden]);
    let seen = |index: &Index| numbers_of_holders(&find(index, &call_about("trial")).rows);
    assert_eq!(
        seen(&index),
        [1],
        "the hidden trial does not make the word known"
    );
    index.apply(Change::Advocate(with(2, "trial")));
    assert_eq!(seen(&index), [2], "an exact word is meant as it stands");
}

fn numbers_of_holders(rows: &[MatchRow]) -> Vec<u128> {
    numbers(rows.iter().filter(|row| row.relevance > Some(0)))
}

#[test]
fn rested_and_blocked_advocates_are_left_out_until_asked_for() {
    let mut resting = profile(1, 1, &[]);
    resting.member.occupied = vec![quote(&resting, 0)];
    let mut paused = profile(2, 2, &[]);
    paused.member.status = AdvocateStatus::Paused;
    let mut locked = profile(3, 3, &[]);
    locked.member.locks = vec![Lock {
        reason: LockReason::Renewal,
        from: today(),
        until: None,
    }];
    let index = index([resting, paused, locked, profile(4, 4, &[])]);
    let available = find(&index, &call());
    assert_eq!(numbers(&available.rows), [3, 4]);
    assert_eq!(available.rows[0].availability, Availability::AskOwner);
    let dropped = vec![Dropped::Availability];
    assert_eq!(available.relaxations, [Relaxation { dropped, gain: 2 }]);
    let all = find(
        &index,
        &Query {
            only_available: false,
            ..call()
        },
    );
    let availabilities: Vec<_> = all.rows.iter().map(|row| row.availability).collect();
    assert_eq!(numbers(&all.rows), [1, 2, 3, 4]);
    assert_eq!(availabilities[0], Availability::RestsUntil(on(30)));
    assert_eq!(availabilities[1], Availability::Blocked);
    assert!(all.relaxations.is_empty());
}

#[test]
fn a_day_later_is_another_question() {
    let mut resting = profile(1, 1, &[]);
    resting.member.occupied = vec![quote(&resting, 0)];
    let index = index([resting]);
    let at = |day| find(&index, &Query { day, ..call() }).total;
    assert_eq!((at(on(29)), at(on(30))), (0, 1));
}

#[test]
fn a_hidden_profile_shows_nowhere_until_the_query_may_see_it() {
    let mut hidden = profile(1, 1, &[HOSPITALS]);
    hidden.text = "claims".to_owned();
    hidden.restricted = true;
    let mut open = profile(2, 2, &[RETAIL]);
    open.text = "claims and more".to_owned();
    let without = find(&index([open.clone()]), &call_about("claims or returns"));
    let index = index([hidden, open]);
    let query = call_about("claims or returns");
    assert_eq!(find(&index, &query), without);
    let musts = call_for(&[must(INDUSTRY, &[HOSPITALS])]);
    assert!(
        find(&index, &musts)
            .relaxations
            .iter()
            .all(|each| each.gain == 1)
    );
    let seen = Query {
        restricted_visible: true,
        ..query
    };
    assert_eq!(numbers(&find(&index, &seen).rows), [1, 2]);
}

#[test]
fn the_cheapest_relaxation_comes_first_and_pairs_only_when_no_single_one_helps() {
    let both = [must(INDUSTRY, &[HOSPITALS]), must(REGION, &[SOUTH])];
    let singles = index([
        profile(1, 1, &[HOSPITALS, MIDWEST]),
        profile(2, 2, &[RETAIL, SOUTH]),
        profile(3, 3, &[RETAIL, SOUTH]),
        profile(4, 4, &[RETAIL, MIDWEST]),
    ]);
    let relaxation = |dropped: &[Dropped], gain| Relaxation {
        dropped: dropped.to_vec(),
        gain,
    };
    let (industry, region) = (Dropped::Must(INDUSTRY), Dropped::Must(REGION));
    assert_eq!(
        find(&singles, &call_for(&both)).relaxations,
        [relaxation(&[industry], 2), relaxation(&[region], 1)]
    );
    let mut paused = profile(5, 5, &[RETAIL, SOUTH]);
    paused.member.status = AdvocateStatus::Paused;
    let pairs = index([
        profile(1, 1, &[RETAIL, MIDWEST]),
        profile(2, 2, &[RETAIL, MIDWEST]),
        paused,
    ]);
    assert_eq!(
        find(&pairs, &call_for(&both)).relaxations,
        [
            relaxation(&[industry, region], 2),
            relaxation(&[industry, Dropped::Availability], 1),
        ]
    );
}

#[test]
fn when_nobody_matches_the_nearest_are_named_with_what_differs() {
    let index = index([
        profile(1, 1, &[HOSPITALS, MIDWEST]),
        profile(2, 2, &[PHARMACIES, MIDWEST]),
        profile(3, 3, &[RETAIL, MIDWEST]),
    ]);
    let query = call_for(&[must(INDUSTRY, &[HOSPITALS]), must(REGION, &[SOUTH])]);
    let matches = find(&index, &query);
    assert_eq!((matches.total, matches.rows.len()), (0, 0));
    assert_eq!(numbers(matches.near.iter().map(|near| &near.row)), [1, 2]);
    assert_eq!(matches.near[0].differs, [REGION]);
    assert_eq!(matches.near[1].differs, [INDUSTRY, REGION]);
}

#[test]
fn when_nobody_is_available_the_nearest_are_those_who_rest() {
    let mut resting = profile(1, 1, &[HOSPITALS]);
    resting.member.occupied = vec![quote(&resting, 0)];
    let matches = find(
        &index([resting]),
        &call_for(&[must(INDUSTRY, &[HOSPITALS])]),
    );
    let near = &matches.near[0];
    assert_eq!(near.row.availability, Availability::RestsUntil(on(30)));
    assert!(near.differs.is_empty());
}
