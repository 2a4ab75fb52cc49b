//! What rests on records, and so keeps them out of the trash.

use std::collections::BTreeMap;

use domain::record::RecordKind;
use sea_orm::FromQueryResult;

use super::Rows;
use crate::{
    error::StorageError,
    record::{self, Source},
    schema::ForeignKey,
};

/// Tables whose rows go along; whatever else points at a record keeps it.
const GOES_ALONG: [&str; 11] = [
    "account_locks",
    "account_relations",
    "advocate_activities",
    "advocates",
    "contacts",
    "content_files",
    "no_go_accounts",
    "outcomes",
    "profile_checks",
    "recruiting_asks",
    "recruiting_nominees",
];

#[derive(FromQueryResult)]
struct Counted {
    total: i64,
}

/// What points at the records and would not go along, by table: over every foreign key of the catalog,
/// so that a table which comes later keeps what it points at.
pub async fn kept_by(
    source: &impl Source,
    keys: &[ForeignKey],
    rows: &Rows,
) -> Result<BTreeMap<String, u64>, StorageError> {
    let mut found = BTreeMap::new();
    for key in keys {
        let (table, column) = (key.table_name.as_str(), key.column_name.as_str());
        let kind = match key.target.as_str() {
            "accounts" => RecordKind::Account,
            "contacts" => RecordKind::Contact,
            "advocates" => RecordKind::Advocate,
            "content" => RecordKind::Content,
            _ => continue,
        };
        if GOES_ALONG.contains(&table) {
            continue;
        }
        for batch in rows.ids_of(kind).chunks(1_000) {
            let places = record::places(batch.len());
            let sql = format!(
                "select cast(count(*) as bigint) as total from {table} where {column} in ({places})"
            );
            let values = batch.iter().map(|id| (*id).into()).collect();
            let row: Option<Counted> = record::one(source, &sql, values).await?;
            let count = row.map_or(0, |row| u64::try_from(row.total).unwrap_or(0));
            if count > 0 {
                *found.entry(table.to_owned()).or_default() += count;
            }
        }
    }
    Ok(found)
}
