//! Why this advocate: what they share with the buyer, in words that the advocate reads.
//!
//! Says only what the advocate and the need have in common; nothing about anybody else.

use domain::{
    id::TermId,
    record::RecordKind,
    taxonomy::{Fit, Taxonomy},
};
use storage::{candidate::Candidate, opportunity::Opportunity, request::Request};

use super::propose;
use crate::{App, error::Error, find, index::Moment};

/// More would be an argument, not a reason.
const REASONS_MAX: usize = 4;

/// "Same industry: Hospitals", the most important first; empty when nothing is known in common.
pub(super) async fn of(
    app: &App,
    request: &Request,
    candidate: &Candidate,
    deal: Option<&Opportunity>,
) -> Result<Vec<String>, Error> {
    let now = app.index.now(app).await?;
    let mut criteria = criteria(app, &now, request, deal).await?;
    criteria.sort_by_key(|criterion| std::cmp::Reverse(criterion.weight));
    let held = held(app, candidate).await?;
    Ok(criteria
        .iter()
        .filter_map(|criterion| shared(&now.taxonomy, criterion, &held))
        .take(REASONS_MAX)
        .collect())
}

/// What the request asks for: its own criteria, or those of its deal. Terms that are gone since leave
/// nothing of the request's own.
pub(super) async fn criteria(
    app: &App,
    now: &Moment,
    request: &Request,
    deal: Option<&Opportunity>,
) -> Result<Vec<matching::Criterion>, Error> {
    let (taxonomy, weights) = (&now.taxonomy, &now.weights);
    Ok(match (propose::criteria(request), deal) {
        (Some(given), _) => find::criteria::read(taxonomy, weights, given).unwrap_or_default(),
        (None, Some(deal)) => find::criteria::of_deal(app, taxonomy, weights, deal).await?,
        (None, None) => Vec::new(),
    })
}

/// The terms of the advocate, the person and the account.
pub(super) async fn held(app: &App, candidate: &Candidate) -> Result<Vec<TermId>, Error> {
    let row = storage::advocate::by_ids(&app.store, vec![candidate.advocate_id])
        .await?
        .remove(&candidate.advocate_id);
    let contact = row.map(|row| (RecordKind::Contact, row.contact_id.0));
    let own = [
        (RecordKind::Advocate, candidate.advocate_id.0),
        (RecordKind::Account, candidate.account_id.0),
    ];
    let tags = storage::tag::of_records(&app.store, own.into_iter().chain(contact)).await?;
    Ok(tags.into_iter().filter_map(|tag| tag.term_id).collect())
}

/// Whether a wanted term is among the held, itself or as something more special.
pub(super) fn is_held(taxonomy: &Taxonomy, wanted: TermId, held: &[TermId]) -> bool {
    held.iter()
        .any(|held| matches!(taxonomy.fit(wanted, *held), Fit::Same | Fit::Descendant))
}

fn shared(taxonomy: &Taxonomy, criterion: &matching::Criterion, held: &[TermId]) -> Option<String> {
    let facet = taxonomy.facet(criterion.facet)?;
    let held = criterion.terms.iter().find_map(|wanted| {
        held.iter()
            .find(|held| matches!(taxonomy.fit(*wanted, **held), Fit::Same | Fit::Descendant))
    })?;
    let term = taxonomy.term(taxonomy.resolve(*held)?)?;
    Some(format!("Same {}: {}", facet.name.to_lowercase(), term.name))
}
