//! The answer of a search as a person reads it.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, TermId},
    protection::{Availability, Load},
    taxonomy::Taxonomy,
    time::Day,
};
use matching::{Dropped, Matches, Query};
use serde::Serialize;
use storage::page::{Cursor, Key};
use uuid::Uuid;

use super::words;
use crate::{
    App,
    actor::Actor,
    content::{self, ContentRow},
    error::Error,
    listing,
    people::{self, ActivityRef, Person, excerpt, initials},
};

/// A term with its name.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TermRef {
    pub id: TermId,
    pub name: String,
}

/// A criterion as it was used.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Criterion)]
pub struct CriterionView {
    pub facet: String,
    pub facet_name: String,
    pub terms: Vec<TermRef>,
    pub must: bool,
    pub weight: u32,
}

/// How many matching advocates hold a term or one under it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TermCount)]
pub struct TermCountView {
    pub id: TermId,
    pub name: String,
    pub parent_id: Option<TermId>,
    pub count: usize,
}

/// The counts of one facet.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FacetCount {
    pub facet: String,
    pub name: String,
    pub terms: Vec<TermCountView>,
}

/// What to give up for more matches.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Relaxation)]
pub struct RelaxationView {
    /// Facet keys, or `availability`.
    pub drop: Vec<String>,
    /// Such as "Drop region".
    pub label: String,
    /// How many more advocates match then.
    pub gain: usize,
}

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

/// People and content for a need.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MatchAnswer {
    pub criteria: Vec<CriterionView>,
    pub text: Option<String>,
    pub activity: Activity,
    pub need_by: Day,
    pub only_available: bool,
    /// Advocates that match.
    pub total: usize,
    /// Accounts they speak for.
    pub accounts: usize,
    pub rows: Vec<MatchRow>,
    pub next_cursor: Option<String>,
    pub facets: Vec<FacetCount>,
    pub relaxations: Vec<RelaxationView>,
    /// Who comes nearest when nobody matches.
    pub near: Vec<NearRow>,
    pub content: Vec<ContentRow>,
    /// Nobody matched, and the search was kept as unmet demand.
    pub unmet_recorded: bool,
}

pub(super) async fn build(
    app: &App,
    actor: &Actor,
    taxonomy: &Taxonomy,
    query: &Query,
    matches: Matches,
) -> Result<MatchAnswer, Error> {
    let rows = matches
        .rows
        .iter()
        .chain(matches.near.iter().map(|near| &near.row));
    let people = people::load(app, actor, rows.map(|row| row.advocate).collect()).await?;
    let content =
        content::rows_by_id(app, matches.content.iter().map(|row| row.content).collect()).await?;
    let ranked: Vec<(Option<AdvocateId>, Option<AccountId>, ContentRow)> = matches
        .content
        .iter()
        .filter_map(|row| {
            let mut view = content.get(&row.content)?.clone();
            view.relevance = row.relevance.map(share);
            Some((row.advocate, row.account, view))
        })
        .collect();
    let card = |row: &matching::MatchRow| {
        people
            .get(&row.advocate)
            .map(|person| match_row(taxonomy, query, row, person, &ranked))
    };
    let shown = query.offset + matches.rows.len();
    let next = Cursor {
        key: Key::Number(i64::try_from(shown).unwrap_or(i64::MAX)),
        id: Uuid::nil(),
    };
    Ok(MatchAnswer {
        criteria: criteria(taxonomy, query),
        text: query.text.as_ref().map(|text| text.text.clone()),
        activity: query.activity,
        need_by: query.day,
        only_available: query.only_available,
        total: matches.total,
        accounts: matches.accounts,
        rows: matches.rows.iter().filter_map(card).collect(),
        next_cursor: (shown < matches.accounts).then(|| listing::encode(&next)),
        facets: facets(taxonomy, &matches),
        relaxations: relaxations(taxonomy, &matches),
        near: near(taxonomy, &matches, card),
        content: ranked.iter().map(|(_, _, row)| row.clone()).collect(),
        unmet_recorded: false,
    })
}

/// From 1/10,000 to 0..1.
fn share(value: u32) -> f64 {
    f64::from(value) / 10_000.0
}

fn match_row(
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
        reasons: row
            .points
            .iter()
            .map(|points| words::reason(taxonomy, query, points))
            .collect(),
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

fn criteria(taxonomy: &Taxonomy, query: &Query) -> Vec<CriterionView> {
    query
        .criteria
        .iter()
        .filter_map(|criterion| {
            let facet = taxonomy.facet(criterion.facet)?;
            let terms = criterion
                .terms
                .iter()
                .filter_map(|id| taxonomy.resolve(*id))
                .filter_map(|id| taxonomy.term(id))
                .map(|term| TermRef {
                    id: term.id,
                    name: term.name.clone(),
                })
                .collect();
            Some(CriterionView {
                facet: facet.key.clone(),
                facet_name: facet.name.clone(),
                terms,
                must: criterion.must,
                weight: criterion.weight,
            })
        })
        .collect()
}

fn facets(taxonomy: &Taxonomy, matches: &Matches) -> Vec<FacetCount> {
    let counted: HashMap<_, _> = matches
        .facet_counts
        .iter()
        .map(|counts| (counts.facet, counts))
        .collect();
    taxonomy
        .facets()
        .iter()
        .filter_map(|facet| {
            let counts = counted.get(&facet.id)?;
            let terms = counts.terms.iter().filter_map(|count| {
                let term = taxonomy.term(count.term)?;
                Some(TermCountView {
                    id: term.id,
                    name: term.name.clone(),
                    parent_id: term.parent,
                    count: count.count,
                })
            });
            Some(FacetCount {
                facet: facet.key.clone(),
                name: facet.name.clone(),
                terms: terms.collect(),
            })
        })
        .collect()
}

fn relaxations(taxonomy: &Taxonomy, matches: &Matches) -> Vec<RelaxationView> {
    matches
        .relaxations
        .iter()
        .map(|relaxation| {
            let named = relaxation.dropped.iter().map(|dropped| match dropped {
                Dropped::Must(facet) => taxonomy.facet(*facet).map_or_else(
                    || ("facet".to_owned(), "a criterion".to_owned()),
                    |facet| (facet.key.clone(), facet.name.to_lowercase()),
                ),
                Dropped::Availability => ("availability".to_owned(), "availability".to_owned()),
            });
            let (drop, names): (Vec<String>, Vec<String>) = named.unzip();
            RelaxationView {
                drop,
                label: format!("Drop {}", names.join(" and ")),
                gain: relaxation.gain,
            }
        })
        .collect()
}

fn near(
    taxonomy: &Taxonomy,
    matches: &Matches,
    card: impl Fn(&matching::MatchRow) -> Option<MatchRow>,
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
                row: card(&near.row)?,
                differs,
            })
        })
        .collect()
}
