//! Columns that hold terms of facets which the program added: proposed by their names, offered
//! beside the fields that every program has, and refused when there is no such facet.

use import::{
    catalog, field,
    kind::Kind,
    mapping::Mapping,
    problem::MappingProblem,
    propose::{self, Proposal},
    table::Table,
};
use storage::{Source, term};

use crate::error::Error;

const PREFIX: &str = "terms:";

/// Facets of the program that the catalogue of fields does not know: key and name.
pub(super) async fn added(
    source: &impl Source,
    kind: Kind,
) -> Result<Vec<(String, String)>, Error> {
    if !catalog::is_tagged(kind) {
        return Ok(Vec::new());
    }
    let facets = term::facets(source).await?.into_iter();
    let is_listed = |key: &str| {
        let name = format!("{PREFIX}{key}");
        catalog::fields(kind).iter().any(|field| field.name == name)
    };
    // The stage of a deal is a field of its own.
    let added = facets.filter(|facet| {
        facet.facet_key != crate::taxonomy::DEAL_STAGE && !is_listed(&facet.facet_key)
    });
    Ok(added.map(|facet| (facet.facet_key, facet.name)).collect())
}

/// What the columns of a table probably are, in this program.
pub(super) async fn propose(
    source: &impl Source,
    kind: Kind,
    table: &Table,
) -> Result<Proposal, Error> {
    let mut proposal = propose::propose(kind, table);
    let added = added(source, kind).await?;
    proposal.add_facets(
        added
            .iter()
            .map(|(key, name)| (key.as_str(), name.as_str())),
    );
    Ok(proposal)
}

/// Refuses a mapping that names the terms of a facet which this program does not have.
pub(super) async fn check(
    source: &impl Source,
    kind: Kind,
    mapping: &Mapping,
) -> Result<(), Error> {
    let columns = mapping.columns.iter().map(|column| &column.field);
    let constants = mapping.constants.iter().map(|constant| &constant.field);
    let is_listed = |name: &str| catalog::fields(kind).iter().any(|field| field.name == name);
    let unlisted: Vec<(&String, &str)> = columns
        .chain(constants)
        .filter(|name| !is_listed(name))
        .filter_map(|name| Some((name, name.strip_prefix(PREFIX)?)))
        .collect();
    if unlisted.is_empty() {
        return Ok(());
    }
    let added = added(source, kind).await?;
    for (name, key) in unlisted {
        if added.iter().all(|(known, _)| known != key) || field::find(kind, name).is_none() {
            let problem = MappingProblem::NoSuchField {
                field: name.clone(),
                kind: kind.label(),
            };
            return Err(Error::BadFile(problem.to_string()));
        }
    }
    Ok(())
}
