//! Where a use would take place, for a consent that holds only through some channel or in some region.
//!
//! Refuses to know what the record says about it.

use std::collections::{HashMap, HashSet};

use domain::{
    consent::{ConsentChannel, Whereabouts},
    id::{AccountId, TermId},
    record::RecordKind,
    taxonomy::Taxonomy,
};
use storage::{Source, consent::Consent};

use crate::{error::Error, taxonomy::stored};

/// The facet that regions are terms of.
const REGION: &str = "region";

pub(crate) async fn taxonomy(source: &impl Source) -> Result<Taxonomy, Error> {
    let terms = storage::projection::load_terms(source).await?;
    Ok(stored::taxonomy_of(&terms))
}

/// A region as it stands in the taxonomy now; refused at its field where it is none.
pub(crate) async fn region(
    source: &impl Source,
    field: &str,
    id: Option<TermId>,
) -> Result<Option<TermId>, Error> {
    let Some(id) = id else { return Ok(None) };
    let taxonomy = taxonomy(source).await?;
    region_in(&taxonomy, id)
        .map(Some)
        .ok_or_else(|| Error::field(field, "Choose a region of the taxonomy."))
}

fn region_in(taxonomy: &Taxonomy, id: TermId) -> Option<TermId> {
    let id = taxonomy.resolve(id)?;
    let facet = taxonomy.facet(taxonomy.term(id)?.facet)?;
    (facet.key == REGION).then_some(id)
}

pub(crate) async fn region_named(
    source: &impl Source,
    written: &str,
) -> Result<Option<TermId>, Error> {
    let taxonomy = taxonomy(source).await?;
    let wanted = domain::text::fold(written);
    let is_it = |name: &String| domain::text::fold(name) == wanted;
    let found = taxonomy
        .terms()
        .iter()
        .filter(|term| is_it(&term.name) || term.synonyms.iter().any(is_it))
        .find_map(|term| region_in(&taxonomy, term.id));
    Ok(found)
}

/// A region with everything above it.
pub(crate) fn with_all_above(taxonomy: &Taxonomy, id: TermId) -> Vec<TermId> {
    let id = taxonomy.resolve(id).unwrap_or(id);
    std::iter::once(id).chain(taxonomy.ancestors(id)).collect()
}

/// Where a talk with this prospect takes place; a prospect without a region leaves it open.
pub(crate) async fn of_talk_with(
    source: &impl Source,
    prospect: AccountId,
) -> Result<Whereabouts, Error> {
    let regions = regions_of(source, vec![prospect])
        .await?
        .remove(&prospect)
        .unwrap_or_default();
    Ok(Whereabouts {
        channel: Some(ConsentChannel::Conversation),
        regions,
    })
}

/// The regions of companies, each with everything above it.
pub(crate) async fn regions_of(
    source: &impl Source,
    accounts: Vec<AccountId>,
) -> Result<HashMap<AccountId, Vec<TermId>>, Error> {
    let taxonomy = taxonomy(source).await?;
    let ids = accounts.iter().map(|id| id.0).collect();
    let tags = storage::tag::of(source, RecordKind::Account, ids).await?;
    let mut found: HashMap<AccountId, Vec<TermId>> = HashMap::new();
    for tag in tags {
        let region = tag.term_id.and_then(|id| region_in(&taxonomy, id));
        let above = region.map(|id| with_all_above(&taxonomy, id));
        found
            .entry(AccountId(tag.record_id))
            .or_default()
            .extend(above.unwrap_or_default());
    }
    Ok(found)
}

/// What the regions of these entries are called.
pub(crate) async fn names(
    source: &impl Source,
    rows: &[Consent],
) -> Result<HashMap<TermId, String>, Error> {
    let ids: HashSet<TermId> = rows.iter().filter_map(|row| row.region_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let taxonomy = taxonomy(source).await?;
    let name = |id: TermId| Some((id, taxonomy.term(taxonomy.resolve(id)?)?.name.clone()));
    Ok(ids.into_iter().filter_map(name).collect())
}
