//! A small program: facets, terms, advocates who may be asked for everything, and content.

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{Consent, ConsentKind},
    id::{AccountId, AdvocateId, ContactId, ContentId, FacetId, TermId},
    protection::{Member, Occupied, Rules, Willingness},
    taxonomy::{FacetInfo, Taxonomy, TermInfo},
    time::Day,
};
use matching::{Change, Criterion, Index, Item, MatchRow, Matches, Profile, Query, TextCriterion};
use uuid::Uuid;

pub const INDUSTRY: FacetId = FacetId(Uuid::from_u128(1));
pub const REGION: FacetId = FacetId(Uuid::from_u128(2));
pub const SIZE: FacetId = FacetId(Uuid::from_u128(3));

/// Industry: Healthcare (1) > Hospitals (2), Pharmacies (3); Retail (4).
pub const HEALTHCARE: TermId = term_id(1);
pub const HOSPITALS: TermId = term_id(2);
pub const PHARMACIES: TermId = term_id(3);
pub const RETAIL: TermId = term_id(4);
/// Region.
pub const MIDWEST: TermId = term_id(11);
pub const SOUTH: TermId = term_id(12);
/// Company size, in bands.
pub const SMALL: TermId = term_id(21);
pub const MIDDLE: TermId = term_id(22);
pub const LARGE: TermId = term_id(23);

pub const fn term_id(number: u128) -> TermId {
    TermId(Uuid::from_u128(number))
}

pub const fn advocate_id(number: u128) -> AdvocateId {
    AdvocateId(Uuid::from_u128(number))
}

pub const fn account_id(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

pub const fn content_id(number: u128) -> ContentId {
    ContentId(Uuid::from_u128(number))
}

pub fn today() -> Day {
    Day::new(2026, 11, 23).expect("a day")
}

pub fn on(offset: i64) -> Day {
    today().plus_days(offset)
}

pub fn facets() -> Vec<FacetInfo> {
    let facet = |id, key: &str, ordinal| FacetInfo {
        id,
        key: key.to_owned(),
        name: key.to_owned(),
        ordinal,
    };
    vec![
        facet(INDUSTRY, "industry", false),
        facet(REGION, "region", false),
        facet(SIZE, "company_size", true),
    ]
}

pub fn term(id: TermId, facet: FacetId, parent: Option<TermId>, rank: Option<i64>) -> TermInfo {
    TermInfo {
        id,
        facet,
        parent,
        rank,
        merged_into: None,
        retired: false,
        name: id.to_string(),
        synonyms: Vec::new(),
    }
}

pub fn terms() -> Vec<TermInfo> {
    vec![
        term(HEALTHCARE, INDUSTRY, None, None),
        term(HOSPITALS, INDUSTRY, Some(HEALTHCARE), None),
        term(PHARMACIES, INDUSTRY, Some(HEALTHCARE), None),
        term(RETAIL, INDUSTRY, None, None),
        term(MIDWEST, REGION, None, None),
        term(SOUTH, REGION, None, None),
        term(SMALL, SIZE, None, Some(1)),
        term(MIDDLE, SIZE, None, Some(2)),
        term(LARGE, SIZE, None, Some(3)),
    ]
}

pub fn taxonomy() -> Taxonomy {
    Taxonomy::new(facets(), terms())
}

/// An advocate of an account, free for everything and verified today.
pub fn profile(advocate: u128, account: u128, terms: &[TermId]) -> Profile {
    let consent = Consent {
        kind: ConsentKind::Given,
        activity: None,
        valid_from: on(-1000),
        valid_until: None,
    };
    let willing = Activity::ALL.iter().map(|activity| Willingness {
        activity: *activity,
        limit_per_year: None,
    });
    let (advocate, account) = (advocate_id(advocate), account_id(account));
    Profile {
        advocate,
        account,
        contact: ContactId(advocate.0),
        terms: terms.to_vec(),
        text: String::new(),
        member: Member {
            advocate,
            account,
            status: AdvocateStatus::Active,
            left_on: None,
            consents: vec![consent],
            willing: willing.collect(),
            limit_per_year: None,
            limit_per_quarter: None,
            locks: Vec::new(),
            occupied: Vec::new(),
            no_go: Vec::new(),
            related: Vec::new(),
        },
        verified_on: Some(today()),
        restricted: false,
    }
}

/// A small favour this many days from today.
pub fn quote(profile: &Profile, offset: i64) -> Occupied {
    Occupied {
        day: on(offset),
        activity: Activity::Quote,
        advocate: profile.advocate,
        reserved: offset > 0,
        candidate: None,
    }
}

pub fn item(content: u128, terms: &[TermId]) -> Item {
    Item {
        content: content_id(content),
        account: None,
        advocate: None,
        terms: terms.to_vec(),
        text: String::new(),
        stage: None,
        embargo_until: None,
        expires_on: None,
        usable: true,
    }
}

pub fn index(profiles: impl IntoIterator<Item = Profile>) -> Index {
    let mut index = Index::new(taxonomy(), Rules::default());
    for profile in profiles {
        index.apply(Change::Advocate(profile));
    }
    index
}

/// A call in twenty days.
pub fn call() -> Query {
    Query::new(Activity::ReferenceCall, on(20), today())
}

pub fn criterion(facet: FacetId, terms: &[TermId]) -> Criterion {
    Criterion {
        facet,
        terms: terms.to_vec(),
        must: false,
        weight: 1,
    }
}

pub fn must(facet: FacetId, terms: &[TermId]) -> Criterion {
    Criterion {
        must: true,
        ..criterion(facet, terms)
    }
}

pub fn call_for(criteria: &[Criterion]) -> Query {
    Query {
        criteria: criteria.to_vec(),
        ..call()
    }
}

pub fn call_about(text: &str) -> Query {
    let text = text.to_owned();
    Query {
        text: Some(TextCriterion { text, weight: 1 }),
        ..call()
    }
}

pub fn find(index: &Index, query: &Query) -> Matches {
    index.query(query).expect("a legal query")
}

/// The advocates of rows, by number.
pub fn numbers<'a>(rows: impl IntoIterator<Item = &'a MatchRow>) -> Vec<u128> {
    let rows = rows.into_iter();
    rows.map(|row| row.advocate.0.as_u128()).collect()
}
