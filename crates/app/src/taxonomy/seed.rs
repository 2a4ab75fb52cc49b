//! The taxonomy that a new database starts with.
//!
//! Facts, not opinions of one program: countries by the United Nations' M49 regions with their
//! ISO 3166 codes, industries by the names that GICS and business networks use for them. Every
//! term can be renamed, retired and merged later; what was done by hand is never overwritten.

use domain::{
    id::{FacetId, TermId},
    record::{Action, RecordKind},
    text::fold,
};
use serde_json::json;
use storage::{
    NewEvent, StorageError,
    term::{self, Facet, Synonym, Term},
};

use super::outline;
use crate::{App, actor::Actor, clock::new_id, error::Error};

/// A facet as it starts.
struct Start {
    key: &'static str,
    name: &'static str,
    is_ordinal: bool,
    outline: &'static str,
}

const fn start(key: &'static str, name: &'static str, outline: &'static str) -> Start {
    Start {
        key,
        name,
        is_ordinal: false,
        outline,
    }
}

const fn bands(key: &'static str, name: &'static str, outline: &'static str) -> Start {
    Start {
        key,
        name,
        is_ordinal: true,
        outline,
    }
}

/// In the order in which facets are shown. Products are the company's own, so none are there.
const STARTS: &[Start] = &[
    start("industry", "Industry", include_str!("seed/industry.txt")),
    start("region", "Region", include_str!("seed/region.txt")),
    start("product", "Product", ""),
    start("use_case", "Use case", include_str!("seed/use_case.txt")),
    bands(
        "company_size",
        "Company size",
        include_str!("seed/company_size.txt"),
    ),
    start("persona", "Persona", include_str!("seed/persona.txt")),
    bands("seniority", "Seniority", include_str!("seed/seniority.txt")),
    start(
        "deployment",
        "Deployment",
        include_str!("seed/deployment.txt"),
    ),
    start("partner", "Partner", include_str!("seed/partner.txt")),
    start("channel", "Channel", include_str!("seed/channel.txt")),
    start("language", "Language", include_str!("seed/language.txt")),
    start(
        "story_type",
        "Story type",
        include_str!("seed/story_type.txt"),
    ),
    start(
        "buyer_concern",
        "Buyer concern",
        include_str!("seed/buyer_concern.txt"),
    ),
    bands(
        "deal_stage",
        "Deal stage",
        include_str!("seed/deal_stage.txt"),
    ),
    bands("tenure", "Tenure", include_str!("seed/tenure.txt")),
    start(
        "relationship",
        "Relationship",
        include_str!("seed/relationship.txt"),
    ),
];

/// Makes sure that the facets of this program exist; called by whoever opens a store.
///
/// Facets that exist are left as people made them. Two nodes that open an empty database at the
/// same moment may both call it: the unique key of a facet lets one of them win.
pub async fn ensure_seeded(app: &App) -> Result<(), Error> {
    let known = term::facets(&app.store).await?;
    let missing: Vec<(i64, &Start)> = (0..)
        .zip(STARTS)
        .filter(|(_, start)| known.iter().all(|facet| facet.facet_key != start.key))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    match insert(app, &missing).await {
        Err(Error::Storage(StorageError::Duplicate(_))) => Ok(()),
        done => done,
    }
}

async fn insert(app: &App, missing: &[(i64, &Start)]) -> Result<(), Error> {
    let mut tx = app.begin(&Actor::system()).await?;
    let mut facets = Vec::new();
    let mut terms = Vec::new();
    let mut synonyms = Vec::new();
    for (position, start) in missing {
        let facet = Facet {
            id: new_id(),
            version: 1,
            facet_key: start.key.to_owned(),
            name: start.name.to_owned(),
            is_ordinal: start.is_ordinal,
            position: *position,
        };
        let (of_facet, also) = terms_of(&facet, start.outline);
        tx.record(
            NewEvent::new(Action::Created, RecordKind::Facet, facet.id)
                .detail(json!({ "facet": start.key, "terms": of_facet.len() })),
        );
        facets.push(facet);
        terms.extend(of_facet);
        synonyms.extend(also);
    }
    term::insert_facets(&tx, facets).await?;
    term::insert_all(&tx, terms).await?;
    term::insert_synonyms(&tx, synonyms).await?;
    tx.commit().await?;
    Ok(())
}

fn terms_of(facet: &Facet, text: &str) -> (Vec<Term>, Vec<Synonym>) {
    let mut terms: Vec<Term> = Vec::new();
    let mut synonyms = Vec::new();
    let mut above: Vec<TermId> = Vec::new();
    for (rank, line) in (1..).zip(outline::lines(text)) {
        above.truncate(line.depth);
        let id: TermId = new_id();
        terms.push(Term {
            id,
            version: 1,
            facet_id: facet.id,
            parent_id: above.last().copied(),
            term_key: line.key.map(str::to_owned),
            name: line.name.to_owned(),
            name_folded: fold(line.name),
            rank: facet.is_ordinal.then_some(rank),
            list_minor: None,
            list_currency: None,
            merged_into_id: None,
            retired_at: None,
        });
        above.push(id);
        synonyms.extend(
            line.synonyms
                .iter()
                .map(|written| synonym(facet.id, written, id)),
        );
    }
    (terms, synonyms)
}

/// Another way to write a term.
pub(crate) fn synonym(facet: FacetId, written: &str, term: TermId) -> Synonym {
    Synonym {
        facet_id: facet,
        folded: fold(written),
        written: written.trim().to_owned(),
        term_id: term,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::taxonomy::{company_size, mapper::Mapper};

    fn everything() -> (Vec<Facet>, Vec<Term>, Vec<Synonym>) {
        let mut all = (Vec::new(), Vec::new(), Vec::new());
        for start in STARTS {
            let facet = Facet {
                id: new_id(),
                version: 1,
                facet_key: start.key.to_owned(),
                name: start.name.to_owned(),
                is_ordinal: start.is_ordinal,
                position: 0,
            };
            let (terms, synonyms) = terms_of(&facet, start.outline);
            all.0.push(facet);
            all.1.extend(terms);
            all.2.extend(synonyms);
        }
        all
    }

    fn mapper() -> (Mapper, HashMap<TermId, String>) {
        let (facets, terms, synonyms) = everything();
        let names = terms
            .iter()
            .map(|term| (term.id, term.name.clone()))
            .collect();
        (Mapper::of(&facets, &terms, &synonyms), names)
    }

    #[test]
    fn no_text_stands_for_two_terms_of_a_facet() {
        let (facets, terms, synonyms) = everything();
        let mut seen: HashMap<(FacetId, String), String> = HashMap::new();
        let keys: HashMap<FacetId, &str> = facets
            .iter()
            .map(|facet| (facet.id, facet.facet_key.as_str()))
            .collect();
        let names = terms
            .iter()
            .map(|term| (term.facet_id, term.name_folded.clone(), &term.name));
        let others = synonyms
            .iter()
            .map(|synonym| (synonym.facet_id, synonym.folded.clone(), &synonym.written));
        let mut clashes = Vec::new();
        for (facet, folded, written) in names.chain(others) {
            if let Some(other) = seen.insert((facet, folded), written.clone()) {
                clashes.push(format!("{}: {other} and {written}", keys[&facet]));
            }
        }
        assert_eq!(clashes, Vec::<String>::new());
    }

    #[test]
    fn values_that_other_programs_write_stand_for_their_terms() {
        let (mapper, names) = mapper();
        for (facet, written, expected) in [
            ("industry", "medical", Some("Healthcare")),
            ("industry", "software", Some("Software")),
            ("industry", "finance", Some("Financial services")),
            ("industry", "entertainment", Some("Media and entertainment")),
            ("industry", "marketing", Some("Marketing and advertising")),
            ("industry", "telecommunications", Some("Telecommunications")),
            ("industry", "services", Some("Professional services")),
            ("industry", "employment", Some("Staffing and employment")),
            ("industry", "retail", Some("Retail")),
            ("industry", "technolgy", None),
            ("industry", "Food & Beverage", Some("Food and beverage")),
            ("industry", "Health Care", Some("Healthcare")),
            ("region", "United States", Some("United States")),
            ("region", "DE", Some("Germany")),
            ("region", "gbr", Some("United Kingdom")),
            ("region", "Oklahoma, USA", Some("United States")),
            ("region", "Philipines", None),
            ("region", "Côte d'Ivoire", Some("Côte d’Ivoire")),
            ("company_size", "1150", Some("1,001-5,000")),
            ("company_size", "11-50", Some("11-50")),
            ("company_size", "1001-5000", Some("1,001-5,000")),
            ("deal_stage", "Engaging", Some("Middle")),
            ("deal_stage", "Proposal/Price Quote", Some("Late")),
            ("deal_stage", "appointmentscheduled", Some("Early")),
            ("persona", "Engineering", Some("Engineering")),
        ] {
            let facet_id = mapper.facet(facet).expect("a facet");
            let found = mapper.resolve(facet_id, written).map(|id| &names[&id]);
            assert_eq!(found.map(String::as_str), expected, "{facet}: {written}");
        }
    }

    #[test]
    fn every_key_that_a_rule_gives_has_a_term() {
        let (mapper, names) = mapper();
        for (_, key) in company_size::BANDS {
            assert!(mapper.by_key("company_size", key).is_some(), "{key}");
        }
        for stage in domain::opportunity::DealStage::ALL {
            let term = mapper.by_key("deal_stage", stage.as_str());
            assert!(term.is_some(), "{stage}");
        }
        for (title, expected) in [
            ("CIO", "CIO"),
            ("Head of Customer Advocacy", "Marketing director"),
            ("Senior Software Developer", "Engineer"),
            ("Buyer", "Buyer"),
        ] {
            let (persona, seniority) = mapper.persona(title);
            assert_eq!(persona.map(|id| names[&id].as_str()), Some(expected));
            assert!(seniority.is_some(), "{title}");
        }
    }

    #[test]
    fn every_persona_and_seniority_that_a_title_can_give_is_a_term() {
        let (mapper, _) = mapper();
        for function in crate::taxonomy::persona::functions() {
            for level in ["staff", "manager", "director", "vp", "c_level"] {
                let key = format!("{function}.{level}");
                assert!(mapper.by_key("persona", &key).is_some(), "{key}");
            }
        }
        for level in ["staff", "senior", "manager", "director", "vp", "c_level"] {
            assert!(mapper.by_key("seniority", level).is_some(), "{level}");
        }
    }
}
