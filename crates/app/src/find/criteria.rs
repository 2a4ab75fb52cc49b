//! Where the criteria of a search come from: what was asked, what a deal says, what words name.

use std::collections::HashMap;

use domain::{
    id::{AccountId, AdvocateId, FacetId, TermId},
    record::RecordKind,
    taxonomy::{FacetInfo, Taxonomy},
};
use matching::{Criterion, Reading};
use storage::{opportunity::Opportunity, tag::Tag};
use uuid::Uuid;

use super::{
    CriterionInput,
    weights::{MatchWeights, WEIGHT_MAX, WEIGHT_MIN},
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    people,
    policy::{self, Permission},
    taxonomy::DEAL_STAGE,
};

/// Facets whose terms a question does not name: the stage of the deal orders content and says
/// nothing about people.
pub(super) fn skipped(taxonomy: &Taxonomy) -> Vec<FacetId> {
    let stage = taxonomy.facet_by_key(DEAL_STAGE);
    stage.map(|facet| facet.id).into_iter().collect()
}

/// The criteria with what a question names. A named facet joins the terms that were asked for, and
/// replaces those that only the deal suggested: words typed now beat a record kept earlier.
pub(super) fn with_named(
    taxonomy: &Taxonomy,
    weights: &MatchWeights,
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
                    weight: weights.of(key.unwrap_or_default()),
                });
            }
        }
    }
    criteria
}

pub(crate) fn read(
    taxonomy: &Taxonomy,
    weights: &MatchWeights,
    given: Vec<CriterionInput>,
) -> Result<Vec<Criterion>, Error> {
    given
        .into_iter()
        .enumerate()
        .map(|(place, criterion)| {
            let facet = taxonomy.facet_by_key(&criterion.facet).ok_or_else(|| {
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
            let weight = criterion.weight.unwrap_or_else(|| weights.of(&facet.key));
            if !(WEIGHT_MIN..=WEIGHT_MAX).contains(&weight) {
                return Err(Error::field(
                    &format!("criteria[{place}].weight"),
                    format!("A weight must be from {WEIGHT_MIN} to {WEIGHT_MAX}."),
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

/// The terms of a deal and its account: the deal says what would fit, not what must.
pub(crate) async fn of_deal(
    app: &App,
    taxonomy: &Taxonomy,
    weights: &MatchWeights,
    deal: &Opportunity,
) -> Result<Vec<Criterion>, Error> {
    let mut criteria = of_deals(app, taxonomy, weights, std::slice::from_ref(deal)).await?;
    Ok(criteria.pop().unwrap_or_default())
}

/// The criteria of each deal, in one query.
pub(super) async fn of_deals(
    app: &App,
    taxonomy: &Taxonomy,
    weights: &MatchWeights,
    deals: &[Opportunity],
) -> Result<Vec<Vec<Criterion>>, Error> {
    let records = |deal: &Opportunity| {
        let account = deal.account_id.map(|id| (RecordKind::Account, id.0));
        [Some((RecordKind::Opportunity, deal.id.0)), account]
    };
    let records = deals.iter().flat_map(records).flatten();
    let tags = storage::tag::of_records(&app.store, records).await?;
    let of = |id: Uuid| tags.iter().filter(move |tag| tag.record_id == id);
    let criteria = deals.iter().map(|deal| {
        let of_account = deal.account_id.into_iter().flat_map(|id| of(id.0));
        of_tags(taxonomy, weights, of(deal.id.0).chain(of_account))
    });
    Ok(criteria.collect())
}

/// The terms of a few records together, as wishes.
pub(super) async fn of_records(
    app: &App,
    taxonomy: &Taxonomy,
    weights: &MatchWeights,
    records: &[(RecordKind, Uuid)],
) -> Result<Vec<Criterion>, Error> {
    let tags = storage::tag::of_records(&app.store, records.iter().copied()).await?;
    Ok(of_tags(taxonomy, weights, tags.iter()))
}

fn of_tags<'a>(
    taxonomy: &Taxonomy,
    weights: &MatchWeights,
    tags: impl Iterator<Item = &'a Tag>,
) -> Vec<Criterion> {
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
    // The stage of the deal orders content; it says nothing about people.
    let facets = taxonomy
        .facets()
        .iter()
        .filter(|facet| facet.key != DEAL_STAGE);
    let criterion = |facet: &FacetInfo| {
        Some(Criterion {
            facet: facet.id,
            terms: terms.remove(&facet.id)?,
            must: false,
            weight: weights.of(&facet.key),
        })
    };
    facets.filter_map(criterion).collect()
}

/// An advocate or an account to find others like: at most three records with tags.
pub(super) struct Like {
    pub(super) records: Vec<(RecordKind, Uuid)>,
    /// Left out of the answer.
    pub(super) account: Option<AccountId>,
    pub(super) advocate: Option<AdvocateId>,
}

impl Like {
    /// Finds the record among those that the actor may see.
    pub(super) async fn read(
        app: &App,
        actor: &Actor,
        advocate: Option<AdvocateId>,
        account: Option<AccountId>,
    ) -> Result<Option<Self>, Error> {
        match (advocate, account) {
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(Error::field(
                "like_account",
                "Name an advocate or an account to find others like, not both.",
            )),
            (Some(id), None) => Self::advocate(app, actor, id).await.map(Some),
            (None, Some(id)) => {
                let scope = policy::require(actor, Permission::AccountRead)?;
                let found = storage::account::find(&app.store, &scope, id).await?;
                found.ok_or_else(|| gone("like_account", "account"))?;
                Ok(Some(Self {
                    records: vec![(RecordKind::Account, id.0)],
                    account: Some(id),
                    advocate: None,
                }))
            }
        }
    }

    async fn advocate(app: &App, actor: &Actor, id: AdvocateId) -> Result<Self, Error> {
        let scope = policy::require(actor, Permission::AdvocateRead)?;
        let is_seen = policy::sees_restricted(actor);
        storage::advocate::find(&app.store, &scope, is_seen, id)
            .await?
            .ok_or_else(|| gone("like_advocate", "advocate"))?;
        let person = people::load(app, actor, vec![id]).await?.remove(&id);
        let person = person.ok_or_else(|| gone("like_advocate", "advocate"))?;
        let account = person.account.as_ref().map(|account| account.id);
        let records = [
            (RecordKind::Advocate, id.0),
            (RecordKind::Contact, person.contact.id.0),
        ];
        let of_account = account.map(|account| (RecordKind::Account, account.0));
        Ok(Self {
            records: records.into_iter().chain(of_account).collect(),
            account,
            advocate: Some(id),
        })
    }
}

fn gone(field: &str, what: &str) -> Error {
    Error::field(
        field,
        format!("There is no such {what} that you may see. Choose another."),
    )
}
