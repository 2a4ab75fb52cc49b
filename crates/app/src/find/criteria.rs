//! Where the criteria of a search come from: what was asked, what a deal says, what words name.

use std::collections::HashMap;

use domain::{
    id::{FacetId, TermId},
    record::RecordKind,
    taxonomy::Taxonomy,
};
use matching::{Criterion, Reading};
use storage::opportunity::Opportunity;

use super::CriterionInput;
use crate::{App, error::Error, taxonomy::DEAL_STAGE};

/// A free text counts this much beside the facets.
pub(super) const TEXT_WEIGHT: u32 = 30;

/// How much a facet counts when nobody says otherwise.
fn weight_default(facet: &str) -> u32 {
    match facet {
        "industry" | "product" | "use_case" => 30,
        "persona" | "company_size" | "region" | "seniority" => 20,
        _ => 10,
    }
}

/// Facets whose terms a question does not name: the stage of the deal orders content and says
/// nothing about people.
pub(super) fn skipped(taxonomy: &Taxonomy) -> Vec<FacetId> {
    let facets = taxonomy.facets().iter();
    facets
        .filter(|facet| facet.key == DEAL_STAGE)
        .map(|facet| facet.id)
        .collect()
}

/// The criteria with what a question names. A named facet joins the terms that were asked for, and
/// replaces those that only the deal suggested: words typed now beat a record kept earlier.
pub(super) fn with_named(
    taxonomy: &Taxonomy,
    mut criteria: Vec<Criterion>,
    reading: &Reading,
    are_suggested: bool,
) -> Vec<Criterion> {
    let named = || reading.recognised.iter().map(|one| &one.named);
    if are_suggested {
        criteria.retain(|criterion| named().all(|named| named.facet != criterion.facet));
    }
    for named in named() {
        match criteria.iter_mut().find(|one| one.facet == named.facet) {
            Some(criterion) if criterion.terms.contains(&named.term) => {}
            Some(criterion) => criterion.terms.push(named.term),
            None => {
                let key = taxonomy.facet(named.facet).map(|facet| facet.key.as_str());
                criteria.push(Criterion {
                    facet: named.facet,
                    terms: vec![named.term],
                    must: false,
                    weight: weight_default(key.unwrap_or_default()),
                });
            }
        }
    }
    criteria
}

pub(crate) fn read(
    taxonomy: &Taxonomy,
    given: Vec<CriterionInput>,
) -> Result<Vec<Criterion>, Error> {
    given
        .into_iter()
        .enumerate()
        .map(|(place, criterion)| {
            let facet = taxonomy
                .facets()
                .iter()
                .find(|facet| facet.key == criterion.facet)
                .ok_or_else(|| {
                    let keys: Vec<&str> = taxonomy
                        .facets()
                        .iter()
                        .map(|facet| facet.key.as_str())
                        .collect();
                    Error::field(
                        &format!("criteria[{place}].facet"),
                        format!(
                            "There is no facet {:?}. Facets are: {}.",
                            criterion.facet,
                            keys.join(", ")
                        ),
                    )
                })?;
            let weight = criterion
                .weight
                .unwrap_or_else(|| weight_default(&facet.key));
            if !(1..=100).contains(&weight) {
                return Err(Error::field(
                    &format!("criteria[{place}].weight"),
                    "A weight must be from 1 to 100.",
                ));
            }
            Ok(Criterion {
                facet: facet.id,
                terms: criterion.terms,
                must: criterion.must,
                weight,
            })
        })
        .collect()
}

/// The terms of a deal and its account, as wishes: the deal says what would fit, not what must.
pub(crate) async fn of_deal(
    app: &App,
    taxonomy: &Taxonomy,
    deal: &Opportunity,
) -> Result<Vec<Criterion>, Error> {
    let mut tags = storage::tag::of(&app.store, RecordKind::Opportunity, vec![deal.id.0]).await?;
    if let Some(account) = deal.account_id {
        tags.extend(storage::tag::of(&app.store, RecordKind::Account, vec![account.0]).await?);
    }
    let mut terms: HashMap<FacetId, Vec<TermId>> = HashMap::new();
    for tag in tags {
        let Some(term) = tag.term_id.and_then(|term| taxonomy.resolve(term)) else {
            continue;
        };
        let held = terms.entry(tag.facet_id).or_default();
        if !held.contains(&term) {
            held.push(term);
        }
    }
    Ok(taxonomy
        .facets()
        .iter()
        // The stage of the deal orders content; it says nothing about people.
        .filter(|facet| facet.key != DEAL_STAGE)
        .filter_map(|facet| {
            Some(Criterion {
                facet: facet.id,
                terms: terms.remove(&facet.id)?,
                must: false,
                weight: weight_default(&facet.key),
            })
        })
        .collect())
}
