//! Who fits everything that is asked, and who has nothing in common with it.

use matching::{Criterion, MatchRow, Query};

use crate::world::*;

#[test]
fn who_has_nothing_in_common_is_left_out_when_told_so_but_not_when_nothing_is_asked() {
    let mut told = profile(4, 4, &[RETAIL]);
    told.text = "A quiet cutover".to_owned();
    let index = index([
        profile(1, 1, &[HOSPITALS]),
        profile(2, 2, &[PHARMACIES]),
        profile(3, 3, &[RETAIL]),
        told,
    ]);
    let in_common = |query: Query| Query {
        in_common_only: true,
        ..query
    };
    let about = Query {
        criteria: vec![criterion(INDUSTRY, &[HOSPITALS])],
        ..call_about("cutover")
    };
    let found = find(&index, &in_common(about));
    assert_eq!(numbers(&found.rows), [1, 4, 2]);
    assert_eq!((found.total, found.accounts), (3, 3));
    let nobody = find(&index, &in_common(call_about("quantum")));
    assert_eq!((nobody.total, nobody.near.len()), (0, 0));
    assert_eq!(find(&index, &in_common(call())).total, 4);
}

#[test]
fn who_fits_all_meets_every_wish_and_holds_every_word() {
    let mut teller = profile(1, 1, &[HOSPITALS, MIDWEST]);
    teller.text = "A quiet cutover".to_owned();
    let index = index([
        teller,
        profile(2, 2, &[HOSPITALS, MIDWEST]),
        profile(3, 3, &[HEALTHCARE, MIDWEST]),
        profile(4, 4, &[PHARMACIES, SOUTH]),
    ]);
    let wishes = [
        criterion(INDUSTRY, &[HEALTHCARE]),
        criterion(REGION, &[MIDWEST, SOUTH]),
    ];
    let full = |query: &Query| index.full_fit(query).expect("an answer");
    let asked = call_for(&wishes);
    assert_eq!(
        (full(&asked).total, numbers(&full(&asked).rows)),
        (4, vec![1, 2, 3, 4])
    );
    let narrow = call_for(&[
        criterion(INDUSTRY, &[HOSPITALS]),
        criterion(REGION, &[MIDWEST]),
    ]);
    assert_eq!(numbers(&full(&narrow).rows), [1, 2]);
    let told = Query {
        criteria: narrow.criteria.clone(),
        ..call_about("cutover")
    };
    assert_eq!(
        (full(&told).total, numbers(&full(&told).rows)),
        (1, vec![1])
    );
    let rows = find(&index, &told).rows;
    let flags: Vec<bool> = rows.iter().map(MatchRow::fits_all).collect();
    assert_eq!(flags, [true, false, false, false]);
    assert_eq!(full(&call()).total, 0, "nothing is asked, so nothing fits");
}

#[test]
fn what_a_relaxation_promises_is_what_the_search_without_the_condition_finds() {
    let index = index([
        profile(1, 1, &[HOSPITALS, MIDWEST]),
        profile(2, 2, &[HOSPITALS]),
        profile(3, 3, &[RETAIL, MIDWEST]),
        profile(4, 4, &[SOUTH]),
        profile(5, 5, &[]),
    ]);
    let total = |criteria: &[Criterion]| {
        let query = Query {
            in_common_only: true,
            ..call_for(criteria)
        };
        let found = find(&index, &query);
        let gains: Vec<usize> = found.relaxations.iter().map(|one| one.gain).collect();
        (found.total, gains)
    };
    let (must_be_retail, midwest) = (must(INDUSTRY, &[RETAIL]), criterion(REGION, &[MIDWEST]));
    assert_eq!(
        total(&[must_be_retail.clone(), midwest.clone()]),
        (1, vec![1])
    );
    assert_eq!(total(&[midwest]), (2, vec![]));
    assert_eq!(total(&[must_be_retail]), (1, vec![4]));
    assert_eq!(total(&[]), (5, vec![]));
}
