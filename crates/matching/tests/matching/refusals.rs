//! Queries that are out of bounds or ask for what does not exist are refused by name.

use domain::{
    id::{FacetId, TermId},
    protection::Rules,
};
use matching::{
    CRITERIA_MAX, Criterion, EXCLUDED_MAX, Index, LIMIT_MAX, Query, QueryProblem, TERMS_MAX,
    TEXT_BYTES_MAX, TextCriterion, WEIGHT_MAX,
};
use uuid::Uuid;

use crate::world::*;

fn problem(query: &Query) -> QueryProblem {
    let answer = Index::new(taxonomy(), Rules::default()).query(query);
    answer.expect_err("a refusal")
}

fn text(text: String, weight: u32) -> Query {
    Query {
        text: Some(TextCriterion { text, weight }),
        ..call()
    }
}

#[test]
fn what_does_not_exist_is_named() {
    let lost = TermId(Uuid::from_u128(99));
    let nowhere = FacetId(Uuid::from_u128(99));
    let cases = [
        (
            criterion(nowhere, &[RETAIL]),
            QueryProblem::UnknownFacet(nowhere),
        ),
        (
            criterion(INDUSTRY, &[RETAIL, lost]),
            QueryProblem::UnknownTerm(lost),
        ),
        (criterion(INDUSTRY, &[]), QueryProblem::NoTerms(INDUSTRY)),
        (
            criterion(INDUSTRY, &[MIDWEST]),
            QueryProblem::TermOfAnotherFacet {
                term: MIDWEST,
                facet: INDUSTRY,
            },
        ),
    ];
    for (criterion, expected) in cases {
        assert_eq!(problem(&call_for(&[criterion])), expected);
    }
}

#[test]
fn a_facet_is_asked_for_once() {
    let twice = call_for(&[must(REGION, &[SOUTH]), criterion(REGION, &[MIDWEST])]);
    assert_eq!(problem(&twice), QueryProblem::FacetNamedTwice(REGION));
}

#[test]
fn a_day_that_is_over_and_a_text_without_words_cannot_be_asked_for() {
    let past = Query {
        day: on(-1),
        ..call()
    };
    let (day, today) = (on(-1), today());
    assert_eq!(problem(&past), QueryProblem::DayIsPast { day, today });
    assert_eq!(problem(&text("  ".to_owned(), 1)), QueryProblem::NoWords);
}

#[test]
fn every_bound_is_held_and_what_is_just_within_is_taken() {
    let many = |count| vec![criterion(INDUSTRY, &[RETAIL]); count];
    let crowded = Query {
        criteria: many(CRITERIA_MAX + 1),
        ..call()
    };
    assert_eq!(problem(&crowded), QueryProblem::TooManyCriteria(65));
    let wordy = |count| call_for(&[criterion(INDUSTRY, &vec![RETAIL; count])]);
    assert_eq!(
        problem(&wordy(TERMS_MAX + 1)),
        QueryProblem::TooManyTerms(201)
    );
    let long = |length| text("a".repeat(length), 1);
    let expected = QueryProblem::TextTooLong(TEXT_BYTES_MAX + 1);
    assert_eq!(problem(&long(TEXT_BYTES_MAX + 1)), expected);
    let page = |limit| Query { limit, ..call() };
    assert_eq!(
        problem(&page(LIMIT_MAX + 1)),
        QueryProblem::LimitTooHigh(201)
    );
    let without = |count| Query {
        exclude_accounts: vec![account_id(1); count - 1],
        exclude_advocates: vec![advocate_id(1)],
        ..call()
    };
    let expected = QueryProblem::TooManyExcluded(EXCLUDED_MAX + 1);
    assert_eq!(problem(&without(EXCLUDED_MAX + 1)), expected);
    let weighed = |weight| {
        call_for(&[Criterion {
            weight,
            ..criterion(INDUSTRY, &[RETAIL])
        }])
    };
    for weight in [0, WEIGHT_MAX + 1] {
        let expected = QueryProblem::WeightOutOfRange(weight);
        assert_eq!(problem(&weighed(weight)), expected);
        assert_eq!(problem(&text("word".to_owned(), weight)), expected);
    }
    let index = index([profile(1, 1, &[RETAIL])]);
    for query in [
        wordy(TERMS_MAX),
        long(TEXT_BYTES_MAX),
        page(LIMIT_MAX),
        without(EXCLUDED_MAX),
        weighed(WEIGHT_MAX),
    ] {
        assert!(index.query(&query).is_ok());
    }
}
