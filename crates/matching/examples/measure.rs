//! Builds a seeded index of 100,000 advocates at 40,000 accounts and prints what building, a
//! change and four kinds of query cost. Run it with `--release`; pass another number of advocates
//! as the first argument.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{Consent, ConsentKind},
    id::{AccountId, AdvocateId, ContactId, FacetId, TermId},
    protection::{self, Ask, Member, Occupied, Rules, Willingness},
    taxonomy::{FacetInfo, Taxonomy, TermInfo},
    time::Day,
};
use matching::{Change, Criterion, Index, Profile, Query, TextCriterion};
use uuid::Uuid;

const ADVOCATES: u64 = 100_000;
const QUERIES: usize = 200;
const CHANGES: usize = 2_000;
/// Terms of one facet: 8 at the top, 8 under each; the last facet has bands.
const TERMS: u64 = 72;
const FACETS: u64 = 8;
const VOCABULARY: u64 = 20_000;
const WORDS_PER_TEXT: u64 = 60;

/// SplitMix64: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    /// Small numbers are far more frequent, as words and industries are.
    fn skewed(&mut self, bound: u64) -> u64 {
        let (one, other) = (self.below(bound), self.below(bound));
        one * other / bound
    }
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
    let words = (0..WORDS_PER_TEXT).map(|_| format!("word{}", random.skewed(VOCABULARY)));
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
    let terms = (0..FACETS * 2).map(|at| term(at / 2, random.skewed(TERMS)));
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
            term(of, random.skewed(TERMS)),
            term(of, random.skewed(TERMS)),
        ],
        must: of < musts,
        weight: 1 + random.below(5) as u32,
    });
    Query {
        criteria: criteria.collect(),
        ..Query::new(Activity::ReferenceCall, today.plus_days(20), today)
    }
}

/// Prints the median and the 99th percentile of the runs.
fn measure(name: &str, count: usize, mut run: impl FnMut()) {
    let mut times: Vec<Duration> = (0..count)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let (median, high) = (times[count / 2], times[count * 99 / 100]);
    println!("{name:<34} p50 {median:>10.1?}   p99 {high:>10.1?}");
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = match std::env::args().nth(1) {
        Some(count) => count.parse()?,
        None => ADVOCATES,
    };
    let today = Day::new(2026, 11, 23).ok_or("a day that exists")?;
    let mut random = Random(7);
    let profiles: Vec<Profile> = (0..count)
        .filter_map(|number| profile(&mut random, number, count, today))
        .collect();
    let some: Vec<Profile> = profiles.iter().step_by(97).cloned().collect();

    let mut index = Index::new(taxonomy(), Rules::default());
    let start = Instant::now();
    for profile in profiles {
        index.apply(Change::Advocate(profile));
    }
    println!("{count} advocates built in {:.1?}", start.elapsed());

    let (rules, ask) = (
        Rules::default(),
        Ask {
            activity: Activity::ReferenceCall,
            day: today.plus_days(20),
            today,
            prospect: None,
            except: None,
        },
    );
    let start = Instant::now();
    for profile in &some {
        black_box(protection::availability(&rules, &profile.member, &ask));
    }
    println!(
        "availability of one advocate: {:.1?}",
        start.elapsed() / some.len() as u32
    );

    measure("3 musts, 3 wishes", QUERIES, || {
        black_box(index.query(&query(&mut random, today, 3, 3))).ok();
    });
    measure("6 wishes", QUERIES, || {
        black_box(index.query(&query(&mut random, today, 0, 6))).ok();
    });
    measure("1 must, 3 wishes, text", QUERIES, || {
        let words = (0..6).map(|_| format!("word{}", random.skewed(VOCABULARY)));
        let text = words.collect::<Vec<_>>().join(" ");
        let query = Query {
            text: Some(TextCriterion { text, weight: 3 }),
            ..query(&mut random, today, 1, 3)
        };
        black_box(index.query(&query)).ok();
    });
    measure("no criteria", QUERIES, || {
        black_box(index.query(&query(&mut random, today, 0, 0))).ok();
    });
    let mut next = some.into_iter().cycle();
    measure("one use of an advocate", CHANGES, || {
        if let Some(mut profile) = next.next() {
            profile.member.occupied.clear();
            index.apply(Change::Advocate(profile));
        }
    });
    Ok(())
}
