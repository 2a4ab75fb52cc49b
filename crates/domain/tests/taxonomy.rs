//! The taxonomy through its public door: examples in words, then random ones against the
//! definitions read literally.

use std::collections::BTreeSet;

use domain::{
    id::{FacetId, TermId},
    taxonomy::{FacetInfo, Fit, Taxonomy, TermInfo},
};
use proptest::prelude::*;
use uuid::Uuid;

fn facet_id(number: u128) -> FacetId {
    FacetId(Uuid::from_u128(number))
}

fn term_id(number: usize) -> TermId {
    TermId(Uuid::from_u128(number as u128))
}

fn facet(number: u128, ordinal: bool) -> FacetInfo {
    FacetInfo {
        id: facet_id(number),
        key: format!("facet_{number}"),
        name: format!("Facet {number}"),
        ordinal,
    }
}

fn term(number: usize, parent: Option<usize>) -> TermInfo {
    TermInfo {
        id: term_id(number),
        facet: facet_id(1),
        parent: parent.map(term_id),
        rank: None,
        merged_into: None,
        retired: false,
        name: format!("Term {number}"),
        synonyms: Vec::new(),
    }
}

fn merged(number: usize, into: usize) -> TermInfo {
    TermInfo {
        merged_into: Some(term_id(into)),
        ..term(number, None)
    }
}

fn band(number: usize, rank: i64) -> TermInfo {
    TermInfo {
        rank: Some(rank),
        ..term(number, None)
    }
}

/// Healthcare (1) > Hospitals (2) > Children's hospitals (4); Healthcare > Pharmacies (3); Retail (5).
fn industries() -> Taxonomy {
    let terms = vec![
        term(1, None),
        term(2, Some(1)),
        term(3, Some(1)),
        term(4, Some(2)),
        term(5, None),
    ];
    Taxonomy::new(vec![facet(1, false)], terms)
}

#[test]
fn the_fit_follows_the_tree() {
    let cases = [
        (2, 2, Fit::Same, 10_000),
        (1, 4, Fit::Descendant, 10_000),
        (2, 1, Fit::Parent, 5_000),
        (2, 3, Fit::Sibling, 2_500),
        (4, 1, Fit::None, 0),
        (4, 3, Fit::None, 0),
        (1, 5, Fit::None, 0),
    ];
    for (requested, held, fit, value) in cases {
        let found = industries().fit(term_id(requested), term_id(held));
        assert_eq!(
            (found, found.value()),
            (fit, value),
            "{requested} asked, {held} held"
        );
    }
}

#[test]
fn neighbouring_bands_fit_half_even_when_the_band_between_them_was_merged_away() {
    let terms = |gone: TermInfo| vec![band(1, 10), gone, band(3, 30), band(4, 40)];
    let whole = Taxonomy::new(vec![facet(1, true)], terms(band(2, 20)));
    assert_eq!(whole.fit(term_id(1), term_id(2)), Fit::Adjacent);
    assert_eq!(whole.fit(term_id(1), term_id(3)), Fit::None);
    let gone = TermInfo {
        rank: Some(20),
        ..merged(2, 3)
    };
    let shorter = Taxonomy::new(vec![facet(1, true)], terms(gone));
    assert_eq!(shorter.fit(term_id(1), term_id(3)), Fit::Adjacent);
    assert_eq!(shorter.fit(term_id(1), term_id(2)), Fit::Adjacent);
    assert_eq!(shorter.fit(term_id(1), term_id(4)), Fit::None);
}

#[test]
fn a_merged_term_stands_for_its_target_and_brings_its_children() {
    // Clinics (6) was merged into Hospitals (2); Day clinics (7) lay under it.
    let terms = vec![
        term(1, None),
        term(2, Some(1)),
        merged(6, 2),
        term(7, Some(6)),
    ];
    let taxonomy = Taxonomy::new(vec![facet(1, false)], terms);
    assert_eq!(taxonomy.resolve(term_id(6)), Some(term_id(2)));
    assert_eq!(taxonomy.fit(term_id(6), term_id(2)), Fit::Same);
    assert_eq!(
        taxonomy.ancestors(term_id(7)).collect::<Vec<_>>(),
        [term_id(2), term_id(1)]
    );
    assert_eq!(taxonomy.fit(term_id(6), term_id(7)), Fit::Descendant);
}

#[test]
fn merges_and_parents_in_a_circle_end_at_the_smallest_of_them() {
    let circle = vec![merged(2, 3), merged(3, 4), merged(4, 2), merged(9, 4)];
    let taxonomy = Taxonomy::new(vec![facet(1, false)], circle);
    for number in [2, 3, 4, 9] {
        assert_eq!(taxonomy.resolve(term_id(number)), Some(term_id(2)));
    }
    let circle = vec![
        term(2, Some(3)),
        term(3, Some(4)),
        term(4, Some(2)),
        term(5, Some(5)),
    ];
    let taxonomy = Taxonomy::new(vec![facet(1, false)], circle);
    let above = |number| taxonomy.ancestors(term_id(number)).collect::<Vec<_>>();
    assert_eq!(above(3), [term_id(4), term_id(2)]);
    assert!(above(2).is_empty() && above(5).is_empty());
}

#[test]
fn what_points_outside_the_facet_or_the_taxonomy_is_ignored() {
    let stranger = TermInfo {
        facet: facet_id(2),
        ..term(8, None)
    };
    let lost = TermInfo {
        facet: facet_id(77),
        ..term(9, None)
    };
    let terms = vec![stranger, lost, merged(1, 8), term(2, Some(8)), merged(3, 9)];
    let taxonomy = Taxonomy::new(vec![facet(1, false), facet(2, false)], terms);
    assert_eq!(taxonomy.resolve(term_id(1)), Some(term_id(1)));
    assert_eq!(taxonomy.ancestors(term_id(2)).count(), 0);
    assert_eq!(taxonomy.resolve(term_id(3)), Some(term_id(3)));
    assert_eq!(taxonomy.resolve(term_id(9)), None);
    assert_eq!(taxonomy.fit(term_id(9), term_id(9)), Fit::None);
}

#[derive(Clone, Debug)]
struct Drawn {
    ordinal: bool,
    parent: Option<usize>,
    merged: Option<usize>,
    rank: Option<i64>,
}

fn drawn(count: usize) -> impl Strategy<Value = Drawn> {
    let pointer = move |weight| prop::option::weighted(weight, 0..count + 1);
    (
        any::<bool>(),
        pointer(0.7),
        pointer(0.2),
        prop::option::weighted(0.8, 0..4_i64),
    )
        .prop_map(|(ordinal, parent, merged, rank)| Drawn {
            ordinal,
            parent,
            merged,
            rank,
        })
}

fn terms_of(drawn: &[Drawn]) -> Vec<TermInfo> {
    let each = drawn.iter().enumerate().map(|(number, drawn)| TermInfo {
        facet: facet_id(if drawn.ordinal { 2 } else { 1 }),
        parent: drawn.parent.map(term_id),
        merged_into: drawn.merged.map(term_id),
        rank: drawn.rank,
        ..term(number, None)
    });
    each.collect()
}

/// Follows `pointer` within the facet until it ends; in a circle until the circle's smallest.
fn follow(
    drawn: &[Drawn],
    start: usize,
    pointer: &dyn Fn(usize) -> Option<usize>,
) -> (Vec<usize>, usize) {
    let step = |at: usize| {
        pointer(at).filter(|to| *to < drawn.len() && drawn[*to].ordinal == drawn[at].ordinal)
    };
    let is_cut = |at: usize| {
        let mut circle = BTreeSet::from([at]);
        let mut next = step(at);
        while let Some(to) = next.filter(|to| *to != at && circle.insert(*to)) {
            next = step(to);
        }
        next == Some(at) && circle.first() == Some(&at)
    };
    let mut path = vec![start];
    let mut at = start;
    while let Some(to) = step(at).filter(|_| !is_cut(at)) {
        path.push(to);
        at = to;
    }
    (path, at)
}

fn naive_fit(drawn: &[Drawn], requested: usize, held: usize) -> Fit {
    let resolve = |at: usize| follow(drawn, at, &|at| drawn[at].merged).1;
    let parent = |at: usize| {
        let own = drawn[at].parent.filter(|to| *to < drawn.len())?;
        Some(resolve(own)).filter(|to| *to != at)
    };
    let above = |at: usize| follow(drawn, at, &parent).0.split_off(1);
    let (requested, held) = (resolve(requested), resolve(held));
    if requested == held {
        return Fit::Same;
    }
    if drawn[requested].ordinal != drawn[held].ordinal {
        return Fit::None;
    }
    if drawn[requested].ordinal {
        let ranks: BTreeSet<i64> = (0..drawn.len())
            .filter(|at| drawn[*at].ordinal && resolve(*at) == *at)
            .filter_map(|at| drawn[at].rank)
            .collect();
        let (Some(one), Some(other)) = (drawn[requested].rank, drawn[held].rank) else {
            return Fit::None;
        };
        let between = ranks.range(one.min(other)..one.max(other)).count();
        return if between == 1 {
            Fit::Adjacent
        } else {
            Fit::None
        };
    }
    let parent_of_requested = above(requested).first().copied();
    if above(held).contains(&requested) {
        Fit::Descendant
    } else if parent_of_requested == Some(held) {
        Fit::Parent
    } else if parent_of_requested.is_some() && parent_of_requested == above(held).first().copied() {
        Fit::Sibling
    } else {
        Fit::None
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_fit_is_what_the_definitions_say(drawn in prop::collection::vec(drawn(8), 1..9)) {
        let taxonomy = Taxonomy::new(vec![facet(1, false), facet(2, true)], terms_of(&drawn));
        for requested in 0..drawn.len() {
            let position = taxonomy.position(term_id(requested)).expect("a known term");
            let fits = taxonomy.fits_at(position);
            for held in 0..drawn.len() {
                let expected = naive_fit(&drawn, requested, held);
                prop_assert_eq!(taxonomy.fit(term_id(requested), term_id(held)), expected, "{} {}", requested, held);
                let held = taxonomy.position(term_id(held)).expect("a known term");
                let listed = fits.iter().find(|(at, _)| *at == held).map_or(Fit::None, |(_, fit)| *fit);
                prop_assert_eq!(listed, expected);
            }
        }
    }

    #[test]
    fn a_term_lies_under_exactly_its_ancestors(drawn in prop::collection::vec(drawn(8), 1..9)) {
        let taxonomy = Taxonomy::new(vec![facet(1, false), facet(2, true)], terms_of(&drawn));
        for info in taxonomy.terms().iter().filter(|info| taxonomy.resolve(info.id) == Some(info.id)) {
            let above: BTreeSet<TermId> = taxonomy.ancestors(info.id).collect();
            for other in taxonomy.terms().iter().filter(|other| taxonomy.resolve(other.id) == Some(other.id)) {
                prop_assert_eq!(above.contains(&other.id), taxonomy.descendants(other.id).contains(&info.id));
            }
        }
    }
}
