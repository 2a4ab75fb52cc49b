//! What a query is answered with: ids and numbers, no words.

use domain::{
    id::{AccountId, AdvocateId, ContactId, ContentId, FacetId, TermId},
    protection::{Availability, Load},
    taxonomy::Fit,
    time::Day,
};

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// One row per account, best first: the asked page.
    pub rows: Vec<MatchRow>,
    /// All matching advocates.
    pub total: usize,
    /// The accounts of all matching advocates.
    pub accounts: usize,
    /// How many matching advocates hold each term or one under it.
    pub facet_counts: Vec<FacetCounts>,
    /// What to give up for more matches, highest gain first.
    pub relaxations: Vec<Relaxation>,
    /// Only when nobody matches: who comes nearest.
    pub near: Vec<NearMatch>,
    /// The best content for the same need.
    pub content: Vec<ContentRow>,
    /// All content that answers the need at all.
    pub content_total: usize,
}

/// The best matching advocate of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchRow {
    pub advocate: AdvocateId,
    pub account: AccountId,
    pub contact: ContactId,
    /// In 1/10,000, rounded half up; `None` when there are no criteria.
    pub relevance: Option<u32>,
    /// One per criterion in the order of the query, the text last.
    pub points: Vec<Points>,
    pub availability: Availability,
    pub load: Load,
    pub verified_on: Option<Day>,
    /// Further matching advocates at the account.
    pub others_at_account: usize,
}

/// What a criterion is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CriterionRef {
    Facet(FacetId),
    Text,
}

/// What one criterion gives to the relevance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    pub criterion: CriterionRef,
    /// The fit in 1/10,000, rounded half up: the mean over the requested terms, or the text's.
    pub fit: u32,
    /// The share of the relevance. The shares add up to it exactly; each is less than one point
    /// off its own exact share, because rounded running sums are subtracted.
    pub points: u32,
    /// How the best of the held terms answers; `None` for text.
    pub kind: Option<Fit>,
    /// The held term, merges resolved, that answers best.
    pub matched: Option<TermId>,
    /// Nothing is known here: no term of the facet, or no text. Not the same as a wrong term.
    pub missing: bool,
}

/// How often the terms of a facet occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    pub facet: FacetId,
    /// Most frequent first; terms that nobody holds are left out.
    pub terms: Vec<TermCount>,
}

/// How many matching advocates hold the term or one under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermCount {
    pub term: TermId,
    pub count: usize,
}

/// A condition that can be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    Must(FacetId),
    Availability,
}

/// What giving up one condition (or two, when no single one helps) would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxation {
    pub dropped: Vec<Dropped>,
    /// Advocates that match then and do not match now; at least 1.
    pub gain: usize,
}

/// An advocate who misses the need, but not by far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMatch {
    pub row: MatchRow,
    /// The musts that are not met; empty when only the availability stands in the way.
    pub differs: Vec<FacetId>,
}

/// A piece of content that may answer the need before a person is spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentRow {
    pub content: ContentId,
    pub account: Option<AccountId>,
    pub advocate: Option<AdvocateId>,
    /// As for advocates; a must counts like a nice here.
    pub relevance: Option<u32>,
    pub points: Vec<Points>,
    /// The stage of the content is the asked one.
    pub is_of_stage: bool,
}
