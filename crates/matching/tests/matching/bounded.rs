//! No question is a slow one: the hardest that are taken cost so many ordinary ones at most, and grow with
//! the population no faster than it does. Processor time of this thread, best of several turns: ratios
//! inside one process, never times.

use domain::{
    id::{FacetId, TermId},
    protection::Rules,
    taxonomy::{FacetInfo, Taxonomy, TermInfo},
};
use matching::{
    CRITERIA_MAX, Criterion, Index, LIMIT_MAX, Profile, Query, TEXT_BYTES_MAX, TextCriterion,
};
use uuid::Uuid;

use crate::{
    ratios::time,
    world::{call, find, on, profile, term, today},
};

const PEOPLE: u128 = 5_000;
const TURNS: usize = 5;
const TERMS_OF_A_FACET: u128 = 3;
const WORDS: u128 = 3_000;

/// The hardest was measured at 71 ordinary questions.
const ORDINARY_AT_MOST: f64 = 200.0;
/// Four times the people cost the hardest questions so many times as much at most; measured at 1.8.
const GROWTH_AT_MOST: f64 = 8.0;

fn facet(number: u128) -> FacetId {
    FacetId(Uuid::from_u128(1_000 + number))
}

fn held(facet: u128, place: u128) -> TermId {
    TermId(Uuid::from_u128(
        10_000 + facet * TERMS_OF_A_FACET + place % TERMS_OF_A_FACET,
    ))
}

fn facets() -> impl Iterator<Item = u128> {
    0..CRITERIA_MAX as u128
}

fn taxonomy() -> Taxonomy {
    let info = |number| FacetInfo {
        id: facet(number),
        key: format!("facet_{number}"),
        name: format!("Facet {number}"),
        ordinal: false,
    };
    let terms = facets().flat_map(|number| {
        (0..TERMS_OF_A_FACET).map(move |place| term(held(number, place), facet(number), None, None))
    });
    let named = terms.map(|info| TermInfo {
        name: word(info.id.0.as_u128()),
        ..info
    });
    Taxonomy::new(facets().map(info).collect(), named.collect())
}

/// A number in letters, long enough to be misspelt.
fn word(number: u128) -> String {
    let letters = (0..7).scan(number.wrapping_mul(0x9E37_79B9_7F4A_7C15), |rest, _| {
        let letter = char::from(b'a' + (*rest % 26) as u8);
        *rest /= 26;
        Some(letter)
    });
    letters.collect()
}

fn population(count: u128) -> Index {
    let people = (0..count).map(|number| {
        let terms: Vec<TermId> = facets()
            .filter(|facet| (number + facet) % 5 == 0)
            .map(|facet| held(facet, number / 7 + facet))
            .collect();
        let words: Vec<String> = (0..30)
            .map(|place| word((number * 31 + place * place * 17) % WORDS))
            .collect();
        Profile {
            text: words.join(" "),
            ..profile(number, number / 2, &terms)
        }
    });
    Index::build(taxonomy(), Rules::default(), people.collect(), Vec::new())
}

fn criterion(number: u128, places: u128) -> Criterion {
    Criterion {
        facet: facet(number),
        terms: (0..places).map(|place| held(number, place)).collect(),
        must: false,
        weight: 1 + number as u32,
    }
}

fn about(text: String) -> Query {
    Query {
        text: Some(TextCriterion { text, weight: 7 }),
        ..call()
    }
}

fn filled(words: impl Iterator<Item = String>) -> String {
    let mut text = words.collect::<Vec<_>>().join(" ");
    text.truncate(TEXT_BYTES_MAX);
    text
}

fn ordinary() -> Query {
    Query {
        criteria: (0..4).map(|number| criterion(number, 1)).collect(),
        ..about(format!("{} {}", word(5), word(77)))
    }
}

fn hardest() -> Vec<(&'static str, Query)> {
    let misspelt = |number| {
        let mut word = word(number);
        word.insert(3, 'q');
        word
    };
    let every_criterion = facets().map(|number| criterion(number, TERMS_OF_A_FACET));
    let every_criterion: Vec<Criterion> = every_criterion.collect();
    vec![
        (
            "text of misspelt words",
            about(filled((0..1_300).map(misspelt))),
        ),
        ("text of known words", about(filled((0..1_300).map(word)))),
        (
            "text of single letters",
            about(filled(
                (0..5_000).map(|number| word(number)[..1].to_owned()),
            )),
        ),
        (
            "text of one word without end",
            about("q".repeat(TEXT_BYTES_MAX)),
        ),
        (
            "every criterion, a long text, a deep page, far ahead",
            Query {
                criteria: every_criterion,
                limit: LIMIT_MAX,
                day: on(700),
                today: today(),
                ..about(filled((0..1_300).map(misspelt)))
            },
        ),
    ]
}

fn best(index: &Index, query: &Query) -> f64 {
    let turns = (0..TURNS).map(|_| time(|| find(index, query)).0);
    turns.min().unwrap_or(1).max(1) as f64
}

#[test]
fn the_hardest_questions_cost_a_bounded_number_of_ordinary_ones_and_grow_with_the_people_only() {
    let (few, many) = (population(PEOPLE), population(PEOPLE * 4));
    let usual = best(&few, &ordinary());
    for (name, query) in hardest() {
        let took = best(&few, &query);
        let ratio = took / usual;
        println!(
            "{name}: {ratio:.1}, grows {:.1}",
            best(&many, &query) / took
        );
        assert!(
            ratio <= ORDINARY_AT_MOST,
            "{name}: {ratio:.1} ordinary questions"
        );
        let growth = best(&many, &query) / took;
        assert!(
            growth <= GROWTH_AT_MOST,
            "{name}: {growth:.1} times as much for four times the people"
        );
    }
}
