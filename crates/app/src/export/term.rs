//! The taxonomy: terms with their facets, parents and synonyms. A merged term is a synonym of the
//! one it was merged into, and no row of its own.

use uuid::Uuid;

use super::sheet::{Cell, Row};
use crate::{App, error::Error, taxonomy::Known};

pub(super) const FIELDS: &[&str] = &[
    "term.id",
    "term.facet",
    "term.name",
    "term.parent.id",
    "term.parent",
    "term.synonyms",
    "term.rank",
    "term.list_price",
];

pub(super) async fn rows(app: &App, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let known = Known::load(&app.store).await?;
    let rows = ids.iter().filter_map(|id| {
        let term = known.term((*id).into())?;
        let mut row = Row::default();
        row.put_word("term.id", Some(term.id));
        let facet = known.facets.iter().find(|facet| facet.id == term.facet_id);
        row.put("term.facet", facet.map(|facet| facet.facet_key.clone()));
        row.put("term.name", term.name.clone());
        let parent = term.parent_id.and_then(|id| known.term(id));
        row.put_word("term.parent.id", parent.map(|parent| parent.id));
        row.put("term.parent", parent.map(|parent| parent.name.clone()));
        let synonyms = known.synonyms_of(term.id).into_iter();
        let synonyms = synonyms.map(|synonym| synonym.written);
        row.put("term.synonyms", synonyms.collect::<Vec<_>>());
        row.put("term.rank", term.rank);
        row.put(
            "term.list_price",
            Cell::money(term.list_minor, term.list_currency),
        );
        Some(row)
    });
    Ok(rows.collect())
}
