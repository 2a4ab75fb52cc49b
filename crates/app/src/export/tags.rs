//! The values of facets, as they came.

use std::collections::HashMap;

use domain::record::RecordKind;
use uuid::Uuid;

use super::sheet::{Columns, Row};
use crate::{App, error::Error};

/// Adds to each row, in the order of the ids, the values of its record.
pub(super) async fn add(
    app: &App,
    kind: RecordKind,
    ids: &[Uuid],
    columns: &Columns,
    rows: &mut [Row],
) -> Result<(), Error> {
    let mut by_record: HashMap<Uuid, Vec<storage::tag::Tag>> = HashMap::new();
    for tag in storage::tag::of(&app.store, kind, ids.to_vec()).await? {
        by_record.entry(tag.record_id).or_default().push(tag);
    }
    for (id, row) in ids.iter().zip(rows) {
        let tags = by_record.remove(id).unwrap_or_default();
        for column in &columns.facets {
            let values: Vec<String> = tags
                .iter()
                .filter(|tag| tag.facet_id == column.facet)
                .map(|tag| tag.written.clone())
                .collect();
            row.put(&column.field, values);
        }
    }
    Ok(())
}
