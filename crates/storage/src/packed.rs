//! Many rows as one value. A row costs the driver far more than what it holds; where there are thousands,
//! both engines put them together as JSON, and they come at once.

use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, sea_query::Value};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use crate::{
    error::StorageError,
    record::{self, Source},
};

#[derive(FromQueryResult)]
struct Packed {
    /// `None` for no row, on PostgreSQL.
    packed: Option<String>,
}

/// What a statement with one column `packed` holds. In it `ROW(` and `ROWS(` make JSON of columns and of
/// rows, `ID(` is an id as text; a row becomes a `T` by the order of its columns. `table` is named where
/// a row cannot be read.
pub(crate) async fn all<T: DeserializeOwned>(
    source: &impl Source,
    table: &'static str,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, StorageError> {
    let (row, rows, id) = match source.connection().get_database_backend() {
        DbBackend::Sqlite => ("json_array(", "json_group_array(", "hex("),
        _ => ("json_build_array(", "json_agg(", "("),
    };
    let sql = sql.replace("ROWS(", rows).replace("ROW(", row);
    let found: Option<Packed> = record::one(source, &sql.replace("ID(", id), values).await?;
    let Some(packed) = found.and_then(|found| found.packed) else {
        return Ok(Vec::new());
    };
    serde_json::from_str(&packed).map_err(|problem| StorageError::BadRow {
        table,
        problem: problem.to_string(),
    })
}

/// A truth, which SQLite keeps as a number: `case when … then 1 else 0 end`.
pub(crate) fn one_or_zero<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    Ok(u8::deserialize(value)? == 1)
}

/// Rows within a row. PostgreSQL has nothing where there are none, SQLite an empty list.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    value: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

/// An instant as columns keep it.
pub(crate) fn instant<'de, D: Deserializer<'de>>(value: D) -> Result<Timestamp, D::Error> {
    Ok(Timestamp(i64::deserialize(value)?))
}

/// [`instant`], or none.
pub(crate) fn maybe_instant<'de, D: Deserializer<'de>>(
    value: D,
) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::deserialize(value)?.map(Timestamp))
}
