//! One advocate as the answer of a search shows them: who, how well and why, and whether free.

use domain::{
    id::{AccountId, AdvocateId},
    protection::{Availability, Load},
    taxonomy::Taxonomy,
    time::Day,
};
use matching::{Matches, Query};
use serde::Serialize;

use super::words;
use crate::{
    content::ContentRow,
    people::{ActivityRef, Person, excerpt, initials},
};

/// Whether an advocate can be asked for the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AvailabilityState {
    Free,
    RestsUntil,
    AskOwner,
    Blocked,
}

/// The state, and the next free day where only time stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Availability)]
pub struct AvailabilityView {
    pub state: AvailabilityState,
    pub until: Option<Day>,
}

impl From<Availability> for AvailabilityView {
    fn from(availability: Availability) -> Self {
        let (state, until) = match availability {
            Availability::Free => (AvailabilityState::Free, None),
            Availability::RestsUntil(day) => (AvailabilityState::RestsUntil, Some(day)),
            Availability::AskOwner => (AvailabilityState::AskOwner, None),
            Availability::Blocked => (AvailabilityState::Blocked, None),
        };
        Self { state, until }
    }
}

/// How much an advocate already gives, in three coarse bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LoadBand {
    Light,
    Medium,
    Heavy,
}

impl From<Load> for LoadBand {
    fn from(load: Load) -> Self {
        match load {
            Load::Low => Self::Light,
            Load::Medium => Self::Medium,
            Load::High => Self::Heavy,
        }
    }
}

/// How a criterion was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    Same,
    Broader,
    Sibling,
    Adjacent,
    Different,
    Missing,
    Text,
}

/// What one criterion gave, in words.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Reason {
    /// A facet key, or `text`.
    pub criterion: String,
    /// Its share of the relevance in percentage points; the shares add up to the relevance.
    pub points: f64,
    pub words: String,
    pub kind: ReasonKind,
}

/// The best advocate of an account.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MatchRow {
    pub advocate: AdvocateId,
    /// The name, or the role and account where the name is not for the reader yet.
    pub display_name: String,
    pub name_masked: bool,
    pub title: Option<String>,
    pub persona: Option<String>,
    pub account: AccountId,
    pub account_name: String,
    pub account_initials: String,
    pub industry: Option<String>,
    pub region: Option<String>,
    pub employees: Option<i64>,
    /// From 0 to 1; absent when nothing was asked for.
    pub relevance: Option<f64>,
    /// Everything that was asked fits in full; not when nothing was.
    pub fits_all: bool,
    pub reasons: Vec<Reason>,
    pub availability: AvailabilityView,
    pub activities: Vec<ActivityRef>,
    pub load: LoadBand,
    pub verified_on: Option<Day>,
    pub others_at_account: usize,
    pub story_excerpt: String,
    pub best_content: Option<ContentRow>,
}

/// An advocate who misses the need, but not by far.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = NearMatch)]
pub struct NearRow {
    #[serde(flatten)]
    pub row: MatchRow,
    /// What differs, in words.
    pub differs: Vec<String>,
}

/// From 1/10,000 to 0..1.
pub(super) fn share(value: u32) -> f64 {
    f64::from(value) / 10_000.0
}

pub(super) fn match_row(
    taxonomy: &Taxonomy,
    query: &Query,
    row: &matching::MatchRow,
    person: &Person,
    content: &[(Option<AdvocateId>, Option<AccountId>, ContentRow)],
) -> MatchRow {
    let best = content
        .iter()
        .find(|(advocate, _, _)| *advocate == Some(row.advocate))
        .or_else(|| {
            content
                .iter()
                .find(|(_, account, _)| *account == Some(row.account))
        });
    MatchRow {
        advocate: row.advocate,
        display_name: person.display_name(),
        name_masked: !person.sees_name,
        title: person.contact.title.clone(),
        persona: person.term("persona"),
        account: row.account,
        account_name: person.account_name(),
        account_initials: initials(&person.account_name()),
        industry: person.term("industry"),
        region: person.term("region"),
        employees: person
            .account
            .as_ref()
            .and_then(|account| account.employees),
        relevance: row.relevance.map(share),
        fits_all: row.fits_all(),
        reasons: words::reasons(taxonomy, query, &row.points),
        availability: row.availability.into(),
        activities: person
            .activities
            .iter()
            .map(|willing| willing.activity.into())
            .collect(),
        load: row.load.into(),
        verified_on: row.verified_on,
        others_at_account: row.others_at_account,
        story_excerpt: excerpt(
            person
                .advocate
                .headline
                .as_deref()
                .or(person.advocate.story.as_deref())
                .unwrap_or_default(),
            200,
        ),
        best_content: best.map(|(_, _, row)| row.clone()),
    }
}

pub(super) fn near(
    matches: &Matches,
    taxonomy: &Taxonomy,
    shown_as: impl Fn(&matching::MatchRow) -> Option<MatchRow>,
) -> Vec<NearRow> {
    matches
        .near
        .iter()
        .filter_map(|near| {
            let mut differs: Vec<String> = near
                .differs
                .iter()
                .filter_map(|facet| taxonomy.facet(*facet))
                .map(|facet| format!("Different {}", facet.name.to_lowercase()))
                .collect();
            if !near.row.availability.can_be_had() {
                differs.push("Not available on the day".to_owned());
            }
            Some(NearRow {
                row: shown_as(&near.row)?,
                differs,
            })
        })
        .collect()
}
