//! Random programs that change between random searches: the index answers as the oracle does.

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    id::{FacetId, TermId},
    opportunity::DealStage,
    protection::{Lock, LockReason, Occupied, Relation, Rules},
    taxonomy::{Taxonomy, TermInfo},
};
use matching::{Change, Criterion, Index, Item, LIMIT_MAX, Profile, Query, TextCriterion};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::{oracle::Oracle, world::*};

const TERMS: u128 = 14;
const ADVOCATES: u128 = 12;
const ACCOUNTS: u128 = 6;
const WORDS: [&str; 12] = [
    "saved",
    "saving",
    "claims",
    "claimed",
    "cloud",
    "clouds",
    "Société",
    "fast",
    "team",
    "audit",
    "migration",
    "the",
];
/// Words of a question: other forms, beginnings, slips, small words and unknown ones.
const ASKED: [&str; 16] = [
    "save",
    "claiming",
    "clai",
    "cla",
    "cluod",
    "clouds",
    "societe",
    "fast",
    "aud",
    "auidt",
    "migrating",
    "migraton",
    "migr",
    "the",
    "we",
    "unheard",
];

#[derive(Clone, Debug)]
enum Step {
    Change(Box<Change>),
    Ask(Box<Query>),
}

/// Three facets share the term numbers; the third is ordinal.
fn facet_of(number: u128) -> FacetId {
    match number {
        0..6 => INDUSTRY,
        6..10 => REGION,
        _ => SIZE,
    }
}

fn taxonomies() -> impl Strategy<Value = Taxonomy> {
    let number = || option::weighted(0.6, 0..TERMS);
    let shape = (
        number(),
        option::weighted(0.15, 0..TERMS),
        option::weighted(0.9, 0..5_i64),
        any::<bool>(),
    );
    (
        vec(shape, TERMS as usize),
        vec(prop::bool::weighted(0.95), TERMS as usize),
    )
        .prop_map(|(shapes, kept)| {
            let term = |number: u128,
                        (parent, merged, rank, retired): (
                Option<u128>,
                Option<u128>,
                Option<i64>,
                bool,
            )| TermInfo {
                merged_into: merged.map(term_id),
                retired,
                ..term(term_id(number), facet_of(number), parent.map(term_id), rank)
            };
            let terms = (0..TERMS)
                .zip(shapes)
                .map(|(number, shape)| term(number, shape));
            let kept = terms
                .zip(kept)
                .filter_map(|(term, kept)| kept.then_some(term));
            Taxonomy::new(facets(), kept.collect())
        })
}

fn held() -> impl Strategy<Value = Vec<TermId>> {
    vec((0..TERMS + 1).prop_map(term_id), 0..7)
}

fn text() -> impl Strategy<Value = String> {
    vec(select(WORDS.to_vec()), 0..5).prop_map(|words| words.join(" "))
}

fn activity() -> impl Strategy<Value = Activity> {
    select(vec![
        Activity::ReferenceCall,
        Activity::Quote,
        Activity::SiteVisit,
    ])
}

fn lock() -> impl Strategy<Value = Lock> {
    let reason = select(vec![LockReason::Renewal, LockReason::OpenEscalation]);
    (reason, -20..40_i64, option::of(0..30_i64)).prop_map(|(reason, from, days)| Lock {
        reason,
        from: on(from),
        until: days.map(|days| on(from + days)),
    })
}

fn profiles() -> impl Strategy<Value = Profile> {
    let ids = (0..ADVOCATES, 0..ACCOUNTS);
    let uses = vec((-200..100_i64, activity(), any::<bool>()), 0..4);
    let limits = (
        option::weighted(0.2, 0..4_i64),
        prop::bool::weighted(0.9),
        1..4_usize,
    );
    let related = (
        vec((0..ACCOUNTS).prop_map(account_id), 0..2),
        vec((0..ACCOUNTS).prop_map(account_id), 0..2),
    );
    let rest = (
        vec(lock(), 0..2),
        related,
        option::weighted(0.8, -30..250_i64),
        prop::bool::weighted(0.2),
    );
    (ids, held(), text(), uses, limits, rest).prop_map(|(ids, terms, text, uses, limits, rest)| {
        let mut profile = profile(ids.0, ids.1, &terms);
        let occupied = uses.into_iter().map(|(offset, activity, own)| Occupied {
            activity,
            advocate: if own {
                profile.advocate
            } else {
                advocate_id(99)
            },
            ..quote(&profile, offset)
        });
        profile.member.occupied = occupied.collect();
        profile.member.limit_per_year = limits.0;
        if !limits.1 {
            profile.member.status = AdvocateStatus::Paused;
        }
        if limits.2 == 1 {
            profile.member.willing.remove(0);
        }
        let (locks, (no_go, rivals), verified, restricted) = rest;
        profile.member.locks = locks;
        profile.member.no_go = no_go;
        profile.member.related = rivals
            .into_iter()
            .map(|rival| (rival, Relation::Competitor))
            .collect();
        profile.verified_on = verified.map(|days| on(-days));
        Profile {
            text,
            restricted,
            ..profile
        }
    })
}

fn stage() -> impl Strategy<Value = Option<DealStage>> {
    option::of(select(DealStage::ALL.to_vec()))
}

fn items() -> impl Strategy<Value = Item> {
    let owner = (option::of(0..ACCOUNTS), option::of(0..ADVOCATES));
    let days = option::weighted(0.3, -10..30_i64);
    (
        0..6_u128,
        held(),
        text(),
        stage(),
        owner,
        days,
        prop::bool::weighted(0.8),
    )
        .prop_map(
            |(number, terms, text, stage, (account, advocate), days, usable)| Item {
                account: account.map(account_id),
                advocate: advocate.map(advocate_id),
                text,
                stage,
                embargo_until: days.map(|day| on(day - 12)),
                expires_on: days.map(on),
                usable,
                ..item(number, &terms)
            },
        )
}

fn rules() -> impl Strategy<Value = Rules> {
    (1..7_i64, 0..40_i64).prop_map(|(uses_per_advocate, rest_days)| Rules {
        uses_per_advocate,
        rest_days,
        ..Rules::default()
    })
}

/// At most one criterion per facet; each with terms of its own facet.
fn criteria() -> impl Strategy<Value = Vec<Criterion>> {
    let of_facet = |numbers: std::ops::Range<u128>| {
        let facet = facet_of(numbers.start);
        let terms = vec(numbers.prop_map(term_id), 1..4);
        let criterion =
            (terms, prop::bool::weighted(0.45), 1..5_u32).prop_map(move |(terms, must, weight)| {
                Criterion {
                    facet,
                    terms,
                    must,
                    weight,
                }
            });
        option::weighted(0.6, criterion)
    };
    let three = (of_facet(0..6), of_facet(6..10), of_facet(10..TERMS));
    let three = three
        .prop_map(|(one, two, three)| [one, two, three].into_iter().flatten().collect::<Vec<_>>());
    three.prop_shuffle()
}

fn queries() -> impl Strategy<Value = Query> {
    // Texts of many words are looked for in another way, and those of very many in a third one.
    let unheard_of = prop_oneof![3 => Just(0), 1 => 30..50_u32, 1 => 180..260_u32];
    let wanted = (vec(select(ASKED.to_vec()), 1..5), unheard_of);
    let wanted = wanted.prop_map(|(words, unheard_of)| {
        let others = (0..unheard_of).map(|number| format!(" n{number}"));
        words.join(", ") + &others.collect::<String>()
    });
    let text = option::weighted(0.4, (wanted, 1..5_u32));
    let days = (activity(), 0..60_i64, -5..30_i64);
    let page = (0..8_usize, select(vec![0, 0, 0, 1, 3]));
    let excluded = (vec(0..ACCOUNTS, 0..2), vec(0..ADVOCATES, 0..2));
    let flags = (
        prop::bool::weighted(0.7),
        any::<bool>(),
        option::of(0..ACCOUNTS),
        stage(),
    );
    (criteria(), text, days, page, excluded, flags).prop_map(
        |(criteria, text, days, page, excluded, flags)| {
            let (activity, ahead, moved) = days;
            let (only_available, restricted_visible, prospect, stage) = flags;
            Query {
                criteria,
                text: text.map(|(text, weight)| TextCriterion { text, weight }),
                prospect: prospect.map(account_id),
                stage,
                only_available,
                restricted_visible,
                limit: page.0,
                offset: page.1,
                exclude_accounts: excluded.0.into_iter().map(account_id).collect(),
                exclude_advocates: excluded.1.into_iter().map(advocate_id).collect(),
                ..Query::new(activity, on(moved + ahead), on(moved))
            }
        },
    )
}

fn steps() -> impl Strategy<Value = Step> {
    let change = prop_oneof![
        12 => profiles().prop_map(Change::Advocate),
        2 => (0..ADVOCATES).prop_map(|number| Change::RemoveAdvocate(advocate_id(number))),
        3 => items().prop_map(Change::Content),
        1 => (0..6_u128).prop_map(|number| Change::RemoveContent(content_id(number))),
        1 => taxonomies().prop_map(Change::Taxonomy),
        1 => rules().prop_map(Change::Rules),
    ];
    prop_oneof![
        3 => change.prop_map(|change| Step::Change(Box::new(change))),
        2 => queries().prop_map(|query| Step::Ask(Box::new(query))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_index_answers_as_the_rules_say_whatever_changes_in_between(
        taxonomy in taxonomies(),
        crowd in vec(profiles(), 0..12),
        library in vec(items(), 0..4),
        steps in vec(steps(), 1..30),
    ) {
        let rules = Rules::default();
        let mut index =
            Index::build(taxonomy.clone(), rules.clone(), crowd.clone(), library.clone());
        let mut oracle = Oracle { taxonomy, rules, profiles: Vec::new(), items: Vec::new() };
        for profile in crowd {
            oracle.apply(Change::Advocate(profile));
        }
        for item in library {
            oracle.apply(Change::Content(item));
        }
        let mut asked = Vec::new();
        for step in steps {
            match step {
                Step::Change(change) => {
                    index.apply((*change).clone());
                    oracle.apply(*change);
                }
                Step::Ask(query) => {
                    let expected = oracle.query(&query);
                    prop_assert_eq!(index.query(&query), expected.clone());
                    asked.push((index.clone(), query, expected));
                }
            }
        }
        // Who still reads an earlier state reads it as it was.
        for (index, query, expected) in asked {
            prop_assert_eq!(index.query(&query), expected);
        }
    }

    #[test]
    fn the_points_of_a_row_are_each_within_one_of_their_share_and_add_up(
        taxonomy in taxonomies(),
        crowd in vec(profiles(), 1..12),
        query in queries(),
    ) {
        let mut index = Index::new(taxonomy, Rules::default());
        for profile in crowd {
            index.apply(Change::Advocate(profile));
        }
        let weights: Vec<u32> = query.criteria.iter().map(|criterion| criterion.weight)
            .chain(query.text.iter().map(|text| text.weight)).collect();
        let Ok(matches) = index.query(&query) else { return Ok(()) };
        for row in matches.rows {
            let sum = row.points.iter().map(|points| points.points).sum::<u32>();
            prop_assert_eq!(row.relevance.unwrap_or(0), sum);
            for (points, weight) in row.points.iter().zip(&weights) {
                let share = f64::from(points.fit * weight) / f64::from(weights.iter().sum::<u32>());
                prop_assert!((f64::from(points.points) - share).abs() <= 1.0);
            }
        }
    }

    #[test]
    fn every_account_that_may_be_seen_is_ranked_or_is_named_with_what_stands_in_the_way(
        taxonomy in taxonomies(),
        rules in rules(),
        crowd in vec(profiles(), 1..12),
        query in queries(),
    ) {
        let mut index = Index::new(taxonomy, rules);
        for profile in &crowd {
            index.apply(Change::Advocate(profile.clone()));
        }
        let all = Query { limit: LIMIT_MAX, offset: 0, ..query.clone() };
        let Ok(matches) = index.query(&all) else { return Ok(()) };
        let excluded = index.excluded(&all, LIMIT_MAX).expect("an answer, as the query is taken");
        for one in &excluded {
            let reasons = one.differs.len() + one.refusals.len() + usize::from(one.is_left_out);
            prop_assert!(reasons > 0, "{one:?}");
            prop_assert!(matches.rows.iter().all(|row| row.advocate != one.row.advocate));
            prop_assert!(!query.exclude_accounts.contains(&one.row.account));
        }
        for profile in &crowd {
            let latest = crowd.iter().rev().find(|other| other.advocate == profile.advocate);
            let profile = latest.expect("itself");
            if profile.restricted && !query.restricted_visible {
                prop_assert!(excluded.iter().all(|one| one.row.advocate != profile.advocate));
                continue;
            }
            let is_named = matches.rows.iter().chain(excluded.iter().map(|one| &one.row))
                .any(|row| row.account == profile.account);
            prop_assert!(is_named || query.exclude_accounts.contains(&profile.account));
        }
    }
}
