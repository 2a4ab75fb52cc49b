//! The match index: who and what answers a need, in which order, and why.
//!
//! An [`Index`] is built and kept current by [`Change`]s and answers a [`Query`] with ranked,
//! explained and counted [`Matches`]. It decides relevance, order, counts and relaxations.
//! It refuses to know where profiles come from, what the asking person may see (the caller leaves
//! out what must not be matched) and how anything is worded: rows carry ids and numbers.
//! No I/O and no clock: `today` is part of the query. Availability is asked of `domain::protection`
//! once per activity and day and kept by these, so nothing goes stale when days pass. Sets of
//! advocates are ranked and counted by [`engine`], which knows nothing of people.
//! A clone of an index shares its memory until one of the two changes, so that a writer changes a
//! clone and puts it in place of the index that readers still ask.

mod accounts;
mod columns;
mod content;
pub mod engine;
mod excluded;
mod full_fit;
mod index;
mod kept;
pub mod learn;
mod matches;
mod offers;
mod page;
mod parallel;
mod pieces;
mod plan;
mod postings;
mod query;
mod recognise;
mod search;
mod sets;
mod shards;
mod slots;
mod spelling;
mod standing;
mod tags;
mod texts;
mod vocabulary;
mod worth;

pub use excluded::Excluded;
pub use full_fit::FullFit;
pub use index::{Change, Index, Item, Profile};
pub use matches::{
    ContentRow, CriterionRef, Dropped, FacetCounts, MatchRow, Matches, NearMatch, Points,
    Relaxation, TermCount,
};
pub use offers::Offer;
pub use query::{
    CRITERIA_MAX, Criterion, EXCLUDED_MAX, LIMIT_MAX, Query, QueryProblem, TERMS_MAX,
    TEXT_BYTES_MAX, TextCriterion, WEIGHT_MAX,
};
pub use recognise::{
    Manner, Named, OTHERS_MAX, RECOGNISED_MAX, ReadAs, Reading, Recognised, UNKNOWN_MAX,
};
