//! What the words of a question name.

use domain::{
    id::{FacetId, TermId},
    taxonomy::{Taxonomy, TermInfo},
    text::placed_words,
};
use matching::{Change, Index, Manner, QueryProblem, ReadAs, Reading};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{question_oracle, world::*};

fn named(id: TermId, facet: FacetId, names: &[&str]) -> TermInfo {
    TermInfo {
        name: names[0].to_owned(),
        synonyms: names[1..].iter().map(|name| (*name).to_owned()).collect(),
        ..term(id, facet, None, None)
    }
}

const MIGRATION: TermId = term_id(31);
const CLOUD: TermId = term_id(32);
const CONCERN: TermId = term_id(33);
const CIO: TermId = term_id(34);
const INDIA: TermId = term_id(35);
const IT: TermId = term_id(36);
const OIL: TermId = term_id(37);

fn names() -> Vec<TermInfo> {
    vec![
        named(
            HEALTHCARE,
            INDUSTRY,
            &["Healthcare", "Health care", "Medical"],
        ),
        named(HOSPITALS, INDUSTRY, &["Hospitals", "Clinics"]),
        named(OIL, INDUSTRY, &["Oil and gas", "Petroleum"]),
        named(
            IT,
            INDUSTRY,
            &["Technology", "Information technology", "IT"],
        ),
        named(MIDWEST, REGION, &["Midwest", "US Midwest"]),
        named(
            SOUTH,
            REGION,
            &["États-Unis", "US", "United States of America", "USA"],
        ),
        named(INDIA, REGION, &["India", "IN", "IND"]),
        named(MIGRATION, SIZE, &["Migration", "Cloud migration"]),
        named(CLOUD, SIZE, &["Cloud", "Hosted"]),
        named(CONCERN, SIZE, &["Switching", "Migration", "Lock-in"]),
        named(CIO, SIZE, &["CIO", "Chief information officer"]),
    ]
}

fn index_of(terms: Vec<TermInfo>) -> Index {
    let mut index = index([]);
    index.apply(Change::Taxonomy(Taxonomy::new(facets(), terms)));
    index
}

fn read(text: &str) -> Reading {
    let reading = index_of(names()).read(text, ReadAs::default());
    reading.expect("a legal text")
}

/// What is written where, what it names and how, and the rest.
fn check(text: &str, expected: &[(&str, TermId, Manner)], rest: Option<&str>) {
    let reading = read(text);
    let found: Vec<_> = reading
        .recognised
        .iter()
        .map(|one| (one.written.as_str(), one.named.term, one.named.manner))
        .collect();
    assert_eq!(found, expected, "{text}");
    assert_eq!(reading.rest.as_deref(), rest, "{text}");
}

#[test]
fn a_question_becomes_terms_by_name_synonym_and_the_longest_phrase() {
    check(
        "healthcare cloud migration midwest CIO",
        &[
            ("healthcare", HEALTHCARE, Manner::Name),
            ("cloud migration", MIGRATION, Manner::Synonym),
            ("midwest", MIDWEST, Manner::Name),
            ("CIO", CIO, Manner::Name),
        ],
        None,
    );
    check(
        "Who in the Midwest saved money in hosted Health-Care?",
        &[
            ("Midwest", MIDWEST, Manner::Name),
            ("hosted", CLOUD, Manner::Synonym),
            ("Health-Care", HEALTHCARE, Manner::Synonym),
        ],
        Some("saved money"),
    );
}

#[test]
fn plurals_beginnings_typos_and_accents_are_understood() {
    check("clinic", &[("clinic", HOSPITALS, Manner::Plural)], None);
    check("etats unis", &[("etats unis", SOUTH, Manner::Name)], None);
    check("petrol", &[("petrol", OIL, Manner::Beginning)], None);
    check(
        "heathcare",
        &[("heathcare", HEALTHCARE, Manner::Typo)],
        None,
    );
    check(
        "cloud migratoin",
        &[("cloud migratoin", MIGRATION, Manner::Typo)],
        None,
    );
    check("pet", &[], Some("pet"));
    check("oil & gas", &[("oil & gas", OIL, Manner::Name)], None);
}

#[test]
fn a_word_that_a_story_holds_is_no_typo_but_a_hidden_story_does_not_say_so() {
    let mut index = index_of(names());
    let mut told = profile(1, 1, &[]);
    told.text = "Our petrol stations".to_owned();
    let mut hidden = told.clone();
    hidden.restricted = true;
    index.apply(Change::Advocate(hidden));
    let recognised = |index: &Index| {
        let reading = index.read("petrol", ReadAs::default());
        reading.expect("a legal text").recognised.len()
    };
    assert_eq!(recognised(&index), 1);
    index.apply(Change::Advocate(told));
    assert_eq!(recognised(&index), 0);
}

#[test]
fn small_words_and_codes_are_only_meant_when_written_in_capitals() {
    check("it helps us in the field", &[], Some("helps field"));
    check(
        "IT teams in the US and IN",
        &[
            ("IT", IT, Manner::Synonym),
            ("US", SOUTH, Manner::Synonym),
            ("IN", INDIA, Manner::Synonym),
        ],
        Some("teams"),
    );
    check("usa", &[("usa", SOUTH, Manner::Synonym)], None);
    check("ind", &[], Some("ind"));
    check("WHO IS IN THE FIELD", &[], Some("FIELD"));
}

#[test]
fn an_ambiguous_word_names_the_likeliest_term_and_says_what_else_it_may_be() {
    let reading = read("migration");
    let [one] = reading.recognised.as_slice() else {
        panic!("one place");
    };
    assert_eq!(
        (one.named.term, one.named.manner),
        (MIGRATION, Manner::Name)
    );
    let others: Vec<_> = one.others.iter().map(|other| other.term).collect();
    assert_eq!(others, [CONCERN]);
    assert_eq!(one.characters, 0..9);
}

#[test]
fn words_told_to_stay_text_and_facets_told_to_be_skipped_are_not_recognised() {
    let index = index_of(names());
    let plain = ["Cloud".to_owned()];
    let how = ReadAs {
        plain: &plain,
        skipped: &[REGION],
    };
    let reading = index
        .read("cloud migration midwest", how)
        .expect("a legal text");
    let found: Vec<_> = reading
        .recognised
        .iter()
        .map(|one| one.named.term)
        .collect();
    assert_eq!(found, [MIGRATION]);
    assert_eq!(reading.recognised[0].written, "migration");
    assert_eq!(reading.rest.as_deref(), Some("cloud midwest"));
}

#[test]
fn merged_terms_name_what_they_were_merged_into_and_retired_ones_nothing() {
    let mut terms = names();
    for info in &mut terms {
        if info.id == HOSPITALS {
            info.merged_into = Some(HEALTHCARE);
        }
        info.retired = info.id == MIDWEST;
    }
    let reading = index_of(terms).read("hospital midwest", ReadAs::default());
    let reading = reading.expect("a legal text");
    assert_eq!(reading.recognised[0].named.term, HEALTHCARE);
    assert_eq!(reading.recognised.len(), 1);
    assert_eq!(reading.rest.as_deref(), Some("midwest"));
}

#[test]
fn a_text_beyond_the_bound_is_refused_and_one_within_it_names_a_bounded_number() {
    let index = index_of(names());
    let long = "heathcare ".repeat(1001);
    let refused = index.read(&long, ReadAs::default());
    assert_eq!(refused, Err(QueryProblem::TextTooLong(10_010)));
    let reading = index
        .read(&long[..10_000], ReadAs::default())
        .expect("a legal text");
    assert_eq!(reading.recognised.len(), matching::RECOGNISED_MAX);
    let unknown: String = (0..900)
        .map(|number| {
            format!(
                "qu{} ",
                "abcdefghij"
                    .chars()
                    .cycle()
                    .skip(number % 10)
                    .take(4 + number % 7)
                    .collect::<String>()
            )
        })
        .collect();
    assert!(index.read(&unknown, ReadAs::default()).is_ok());
}

const PHRASES: [&str; 14] = [
    "Bank",
    "Banking",
    "Retail bank",
    "Oil and gas",
    "Gas",
    "Claims",
    "Claim handling",
    "Société",
    "IT",
    "US",
    "IND",
    "Information technology",
    "Companies",
    "Handling fees",
];
const TYPED: [&str; 24] = [
    "bank",
    "Banks",
    "bankin",
    "retail",
    "retial",
    "oil",
    "and",
    "gas",
    "claims",
    "claim",
    "handlin",
    "hadnling",
    "societe",
    "it",
    "IT",
    "us",
    "US",
    "ind",
    "IND",
    "information",
    "technolgy",
    "company",
    "fee",
    "xylophone",
];

fn taxonomies() -> impl Strategy<Value = Taxonomy> {
    let shape = (
        vec(select(PHRASES.to_vec()), 1..4),
        0..3_usize,
        prop::option::weighted(0.3, 0..10_u128),
        prop::option::weighted(0.15, 0..10_u128),
        prop::bool::weighted(0.1),
    );
    vec(shape, 1..10).prop_map(|shapes| {
        let terms = (0..)
            .zip(shapes)
            .map(|(id, (names, facet, parent, merged, retired))| TermInfo {
                parent: parent.map(term_id),
                merged_into: merged.map(term_id),
                retired,
                ..named(term_id(id), [INDUSTRY, REGION, SIZE][facet], &names)
            });
        Taxonomy::new(facets(), terms.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_questions_are_read_as_the_oracle_reads_them(
        taxonomy in taxonomies(),
        typed in vec(select(TYPED.to_vec()), 0..8),
        told in vec(select(TYPED.to_vec()), 0..3),
    ) {
        let mut index = index([]);
        index.apply(Change::Taxonomy(taxonomy.clone()));
        let mut teller = profile(1, 1, &[]);
        teller.text = told.join(" ");
        index.apply(Change::Advocate(teller));
        let text = typed.join(" ");
        let reading = index.read(&text, ReadAs::default()).expect("a legal text");
        let placed = placed_words(&text);
        let found: Vec<question_oracle::Found> = reading
            .recognised
            .iter()
            .map(|one| (
                placed.iter().position(|word| word.characters.start == one.characters.start).expect("a word"),
                placed.iter().position(|word| word.characters.end == one.characters.end).expect("a word"),
                one.named.term,
                one.named.manner,
                one.others.iter().map(|other| other.term).collect(),
            ))
            .collect();
        let is_word = |word: &str| placed_words(&told.join(" ")).iter().any(|held| held.folded == word);
        prop_assert_eq!(found, question_oracle::read(&taxonomy, &text, is_word));
    }

    #[test]
    fn any_text_is_read_without_harm_and_its_places_are_in_it(text in "\\PC{0,200}") {
        let reading = index_of(names()).read(&text, ReadAs::default()).expect("a legal text");
        for one in reading.recognised {
            let here: String = text.chars().skip(one.characters.start).take(one.characters.len()).collect();
            prop_assert_eq!(here, one.written);
        }
    }
}
