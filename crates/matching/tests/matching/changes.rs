//! Content beside people, what is left out, and that a change is seen by the very next search.

use domain::{activity::Activity, opportunity::DealStage, taxonomy::Taxonomy};
use matching::{Change, Index, Item, Query};

use crate::world::*;

#[test]
fn content_of_the_asked_stage_comes_first_and_only_what_may_be_sent() {
    let mut index = index([]);
    let early = Item {
        stage: Some(DealStage::Early),
        ..item(3, &[HEALTHCARE])
    };
    let expired = Item {
        expires_on: Some(on(-1)),
        ..item(4, &[HOSPITALS])
    };
    let last_day = Item {
        expires_on: Some(today()),
        ..item(5, &[PHARMACIES])
    };
    let embargoed = Item {
        embargo_until: Some(on(1)),
        ..item(8, &[HOSPITALS])
    };
    let draft = Item {
        usable: false,
        ..item(6, &[HOSPITALS])
    };
    let of_the_prospect = Item {
        account: Some(account_id(9)),
        ..item(7, &[HOSPITALS])
    };
    for content in [
        item(1, &[RETAIL]),
        item(2, &[HOSPITALS]),
        early,
        expired,
        last_day,
        embargoed,
        draft,
        of_the_prospect,
    ] {
        index.apply(Change::Content(content));
    }
    let query = Query {
        stage: Some(DealStage::Early),
        prospect: Some(account_id(9)),
        ..call_for(&[must(INDUSTRY, &[HOSPITALS])])
    };
    let matches = find(&index, &query);
    let found: Vec<_> = matches
        .content
        .iter()
        .map(|row| (row.content, row.relevance, row.is_of_stage))
        .collect();
    let expected = [(3, 5_000, true), (2, 10_000, false), (5, 2_500, false)]
        .map(|(number, relevance, of_stage)| (content_id(number), Some(relevance), of_stage));
    assert_eq!(found, expected);
    assert_eq!(matches.content_total, 3);
    index.apply(Change::RemoveContent(content_id(2)));
    assert_eq!(find(&index, &query).content_total, 2);
}

#[test]
fn a_use_an_edit_a_merge_and_a_removal_are_seen_by_the_next_search() {
    let mut reference = profile(1, 1, &[HOSPITALS]);
    let mut index = index([reference.clone(), profile(2, 2, &[PHARMACIES])]);
    let hospitals = call_for(&[must(INDUSTRY, &[HOSPITALS])]);
    assert_eq!(numbers(&find(&index, &hospitals).rows), [1]);

    let mut call = quote(&reference, 10);
    call.activity = Activity::ReferenceCall;
    reference.member.occupied.push(call);
    index.apply(Change::Advocate(reference.clone()));
    assert_eq!(find(&index, &hospitals).total, 0);

    reference.member.occupied.clear();
    index.apply(Change::Advocate(reference));
    let mut merged = terms();
    merged[2].merged_into = Some(HOSPITALS);
    index.apply(Change::Taxonomy(Taxonomy::new(facets(), merged)));
    assert_eq!(numbers(&find(&index, &hospitals).rows), [1, 2]);
    index.apply(Change::Taxonomy(taxonomy()));
    assert_eq!(numbers(&find(&index, &hospitals).rows), [1]);

    index.apply(Change::RemoveAdvocate(advocate_id(1)));
    index.apply(Change::RemoveAdvocate(advocate_id(1)));
    assert_eq!(find(&index, &hospitals).total, 0);
}

#[test]
fn who_is_left_out_is_left_out_of_rows_counts_and_content() {
    let mut index = index([
        profile(1, 1, &[RETAIL]),
        profile(2, 2, &[RETAIL]),
        profile(3, 2, &[RETAIL]),
        profile(4, 4, &[RETAIL]),
    ]);
    let story = Item {
        account: Some(account_id(2)),
        ..item(1, &[RETAIL])
    };
    index.apply(Change::Content(story));
    let query = Query {
        exclude_accounts: vec![account_id(2)],
        exclude_advocates: vec![advocate_id(4), advocate_id(77)],
        ..call()
    };
    let matches = find(&index, &query);
    assert_eq!(numbers(&matches.rows), [1]);
    assert_eq!(matches.facet_counts[0].terms[0].count, 1);
    assert_eq!(matches.content_total, 0);
    assert_eq!(find(&index, &call()).content_total, 1);
}

#[test]
fn a_day_that_the_index_got_ready_for_stays_ready_and_right_through_changes() {
    let profiles = [profile(1, 1, &[HOSPITALS]), profile(2, 2, &[PHARMACIES])];
    let mut index = index(profiles.clone());
    let query = Query::new(Activity::ReferenceCall, on(20), on(1));
    let is_ready = |index: &Index, today| index.is_ready(query.activity, query.day, today);
    assert!(!is_ready(&index, on(1)));
    index.get_ready(query.activity, query.day, query.today);
    assert!(is_ready(&index, on(1)));
    assert!(!is_ready(&index, on(2)), "asked on another day");

    let before = index.clone();
    let mut busy = profiles[0].clone();
    let mut call = quote(&busy, 10);
    call.activity = Activity::ReferenceCall;
    busy.member.occupied.push(call);
    index.apply(Change::Advocate(busy));
    assert!(is_ready(&index, on(1)) && is_ready(&before, on(1)));
    assert_eq!(numbers(&find(&index, &query).rows), [2]);
    assert_eq!(numbers(&find(&before, &query).rows), [1, 2]);
    index.apply(Change::RemoveAdvocate(profiles[1].advocate));
    assert_eq!(find(&index, &query).total, 0);
    assert!(is_ready(&index, on(1)));
}
