//! The answer of a search as a person reads it.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, TermId},
    taxonomy::Taxonomy,
    time::Day,
};
use matching::{Dropped, Matches, Query};
use serde::Serialize;
use storage::page::{Cursor, Key};
use uuid::Uuid;

use super::{
    Prepared,
    card::{self, MatchRow, NearRow, share},
    page::Found,
    question::{RecognisedView, recognised},
};
use crate::{
    App,
    actor::Actor,
    content::{self, ContentRow},
    error::Error,
    listing, people,
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

/// People and content for a need.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MatchAnswer {
    /// The criteria as they were used, those that words name among them.
    pub criteria: Vec<CriterionView>,
    /// The text that was looked for: what no criterion came of.
    pub text: Option<String>,
    /// Which words of the text name which terms.
    pub recognised: Vec<RecognisedView>,
    /// Whether those terms are among the criteria.
    pub recognised_applied: bool,
    pub activity: Activity,
    pub need_by: Day,
    pub only_available: bool,
    /// Advocates that match.
    pub total: usize,
    /// Accounts they speak for.
    pub accounts: usize,
    /// Those of the advocates who fit all that was asked, wishes like musts and every word; the
    /// others come near. 0 when nothing was asked.
    pub fit_all: usize,
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
    prepared: &Prepared,
    found: Found,
) -> Result<MatchAnswer, Error> {
    let Found {
        matches,
        fit_all,
        reached,
    } = found;
    let (now, query) = (&prepared.now, &prepared.query);
    let taxonomy = &now.taxonomy;
    let rows = matches
        .rows
        .iter()
        .chain(matches.near.iter().map(|near| &near.row));
    let people = people::load_at(app, actor, now, rows.map(|row| row.advocate).collect()).await?;
    let content = content::rows_at(
        app,
        now,
        matches.content.iter().map(|row| row.content).collect(),
    )
    .await?;
    let ranked: Vec<(Option<AdvocateId>, Option<AccountId>, ContentRow)> = matches
        .content
        .iter()
        .filter_map(|row| {
            let mut view = content.get(&row.content)?.clone();
            view.relevance = row.relevance.map(share);
            Some((row.advocate, row.account, view))
        })
        .collect();
    let shown_as = |row: &matching::MatchRow| {
        people
            .get(&row.advocate)
            .map(|person| card::match_row(taxonomy, query, row, person, &ranked))
    };
    let shown = query.offset + matches.rows.len();
    let next = Cursor {
        key: Key::Number(i64::try_from(shown).unwrap_or(i64::MAX)),
        id: Uuid::nil(),
    };
    Ok(MatchAnswer {
        criteria: criteria(taxonomy, query),
        text: query.text.as_ref().map(|text| text.text.clone()),
        recognised: recognised(taxonomy, &prepared.reading),
        recognised_applied: prepared.applies,
        activity: query.activity,
        need_by: query.day,
        only_available: query.only_available,
        total: matches.total,
        accounts: matches.accounts,
        fit_all,
        rows: matches.rows.iter().filter_map(shown_as).collect(),
        next_cursor: (shown < reached).then(|| listing::encode(&next)),
        facets: facets(taxonomy, &matches),
        relaxations: relaxations(taxonomy, &matches),
        near: card::near(&matches, taxonomy, shown_as),
        content: ranked.iter().map(|(_, _, row)| row.clone()).collect(),
        unmet_recorded: false,
    })
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
