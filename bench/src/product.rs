//! The product's own order, through the public door of the index: relevance, load and verification,
//! one row per account, relaxations and explanations. Held to its oracle by the tests of `matching`.

use std::{fmt::Write, hint::black_box};

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{Consent, ConsentKind},
    id::{AccountId, AdvocateId, ContactId, FacetId, TermId},
    protection::{Member, Occupied, Rules, Willingness},
    taxonomy::{FacetInfo, Taxonomy, TermInfo},
    time::Day,
};
use matching::{Change, Criterion, Index, Profile, Query, TextCriterion};
use uuid::Uuid;

use crate::{clock, peers::Failure, random::Random};

const QUERIES: usize = 200;
const CHANGES: usize = 2_000;
/// Events that arrive in batches.
const EVENTS: usize = 10_000;
const BATCH: usize = 500;
/// Terms of one facet: 8 at the top, 8 under each; the last facet has bands.
const TERMS: u64 = 72;
const FACETS: u64 = 8;
const VOCABULARY: u64 = 20_000;
const WORDS_PER_TEXT: u64 = 60;

/// Small numbers are far more frequent, as words and industries are.
fn skewed(random: &mut Random, bound: u64) -> u64 {
    let (one, other) = (random.below(bound), random.below(bound));
    one * other / bound
}

fn id(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(kind, number)
}

fn facet(number: u64) -> FacetId {
    FacetId(id(1, number))
}

fn term(facet: u64, number: u64) -> TermId {
    TermId(id(2, facet * TERMS + number))
}

fn taxonomy() -> Taxonomy {
    let facets = (0..FACETS).map(|number| FacetInfo {
        id: facet(number),
        key: format!("facet_{number}"),
        name: format!("Facet {number}"),
        ordinal: number == FACETS - 1,
    });
    let terms = (0..FACETS).flat_map(|of| {
        (0..TERMS).map(move |number| TermInfo {
            id: term(of, number),
            facet: facet(of),
            parent: (number >= 8).then(|| term(of, (number - 8) / 8)),
            rank: (of == FACETS - 1).then_some((number % 8) as i64),
            merged_into: None,
            retired: false,
            name: format!("Term {number}"),
            synonyms: Vec::new(),
        })
    });
    Taxonomy::new(facets.collect(), terms.collect())
}

fn text(random: &mut Random) -> String {
    let words = (0..WORDS_PER_TEXT).map(|_| format!("word{}", skewed(random, VOCABULARY)));
    words.collect::<Vec<_>>().join(" ")
}

fn profile(random: &mut Random, number: u64, count: u64, today: Day) -> Option<Profile> {
    let advocate = AdvocateId(id(3, number));
    let account_number = number % (count * 2 / 5).max(1);
    let account = AccountId(id(4, account_number));
    let occupied = (0..random.below(5)).map(|_| Occupied {
        day: today.plus_days(random.below(500) as i64 - 400),
        activity: Activity::ALL[random.below(13) as usize],
        advocate,
        reserved: false,
        candidate: None,
    });
    let member = Member {
        advocate,
        account,
        status: AdvocateStatus::Active,
        left_on: None,
        occupied: occupied.collect(),
        consents: vec![Consent {
            kind: ConsentKind::Given,
            activity: None,
            valid_from: Day::new(2020, 1, 1)?,
            valid_until: None,
        }],
        willing: (Activity::ALL.iter().filter(|_| random.below(3) > 0))
            .map(|activity| Willingness {
                activity: *activity,
                limit_per_year: None,
            })
            .collect(),
        limit_per_year: (random.below(4) == 0).then_some(4),
        limit_per_quarter: None,
        locks: Vec::new(),
        no_go: Vec::new(),
        related: Vec::new(),
    };
    let terms = (0..FACETS * 2).map(|at| term(at / 2, skewed(random, TERMS)));
    Some(Profile {
        advocate,
        account,
        contact: ContactId(id(5, number)),
        terms: terms.collect(),
        text: text(random),
        member,
        verified_on: Some(today.plus_days(-(random.below(400) as i64))),
        restricted: random.below(50) == 0,
    })
}

fn query(random: &mut Random, today: Day, musts: u64, wishes: u64) -> Query {
    let criteria = (0..musts + wishes).map(|of| Criterion {
        facet: facet(of),
        terms: vec![
            term(of, skewed(random, TERMS)),
            term(of, skewed(random, TERMS)),
        ],
        must: of < musts,
        weight: 1 + random.below(5) as u32,
    });
    Query {
        criteria: criteria.collect(),
        ..Query::new(Activity::ReferenceCall, today.plus_days(20), today)
    }
}

/// One line of the table: processor time of all threads.
fn measure(
    page: &mut String,
    name: &str,
    count: usize,
    mut run: impl FnMut(),
) -> Result<(), Failure> {
    let mut times = Vec::new();
    let mut waits = Vec::new();
    for _ in 0..count {
        let (start, wall) = (clock::process(), clock::wall());
        run();
        times.push(clock::process() - start);
        waits.push(clock::wall() - wall);
    }
    let micros = |nanos: u64| nanos as f64 / 1e3;
    let (median, high) = (clock::quantile(&times, 500), clock::quantile(&times, 990));
    writeln!(
        page,
        "| {name} | {:.0} µs | {:.0} µs | {:.0} µs |",
        micros(median),
        micros(high),
        micros(clock::quantile(&waits, 500))
    )?;
    Ok(())
}

/// Measures an index of so many advocates and writes its section.
pub fn run(count: u64) -> Result<String, Failure> {
    let today = Day::new(2026, 11, 23).ok_or("a day that exists")?;
    let random = &mut Random(7);
    let load = std::fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or("unknown");
    let profiles: Vec<Profile> = (0..count)
        .filter_map(|number| profile(random, number, count, today))
        .collect();
    let some: Vec<Profile> = profiles.iter().step_by(97).cloned().collect();
    let (start, wall) = (clock::process(), clock::wall());
    let mut index = Index::build(taxonomy(), Rules::default(), profiles, Vec::new());
    let built = (clock::process() - start) as f64 / 1e9;
    let waited = (clock::wall() - wall) as f64 / 1e9;
    let mut page = format!(
        "## The product's order: {count} advocates\n\nProcessor time of all threads; stories of \
         {WORDS_PER_TEXT} words. Built in {built:.2} s, {waited:.2} s on the wall of a machine with a \
         load average of {load}.\n\n| | p50 | p99 | p50 on the wall |\n\
         | --- | --- | --- | --- |\n"
    );
    measure(&mut page, "first question about a day", 20, || {
        let later = today.plus_days(random.below(300) as i64);
        black_box(index.query(&Query::new(Activity::Video, later, today))).ok();
    })?;
    measure(&mut page, "3 musts, 3 wishes", QUERIES, || {
        black_box(index.query(&query(random, today, 3, 3))).ok();
    })?;
    measure(&mut page, "6 wishes", QUERIES, || {
        black_box(index.query(&query(random, today, 0, 6))).ok();
    })?;
    measure(&mut page, "1 must, 3 wishes, text", QUERIES, || {
        let words = (0..6).map(|_| format!("word{}", skewed(random, VOCABULARY)));
        let text = words.collect::<Vec<_>>().join(" ");
        let query = Query {
            text: Some(TextCriterion { text, weight: 3 }),
            ..query(random, today, 1, 3)
        };
        black_box(index.query(&query)).ok();
    })?;
    measure(&mut page, "10,000 bytes of text", QUERIES / 10, || {
        let words = (0..1_000).map(|_| format!("word{}", random.below(VOCABULARY)));
        let mut text = words.collect::<Vec<_>>().join(" ");
        text.truncate(matching::TEXT_BYTES_MAX);
        let query = Query {
            text: Some(TextCriterion { text, weight: 3 }),
            ..query(random, today, 1, 3)
        };
        black_box(index.query(&query)).ok();
    })?;
    measure(&mut page, "no criteria", QUERIES, || {
        black_box(index.query(&query(random, today, 0, 0))).ok();
    })?;
    let mut next = some.into_iter().cycle();
    measure(&mut page, "one use, seen by the next question", CHANGES, || {
        index = used(&index, &mut next, 1);
    })?;
    let batch = format!("{BATCH} uses at once, seen by the next question");
    measure(&mut page, &batch, EVENTS / BATCH, || {
        index = used(&index, &mut next, BATCH);
    })?;
    Ok(page)
}

/// The next state of the index, as the product publishes it: readers keep the one before.
fn used(index: &Index, profiles: &mut impl Iterator<Item = Profile>, count: usize) -> Index {
    let mut next = index.clone();
    for mut profile in profiles.take(count) {
        profile.member.occupied.clear();
        next.apply(Change::Advocate(profile));
    }
    next
}
