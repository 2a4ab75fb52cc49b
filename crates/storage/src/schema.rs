//! What the catalog says, compared with what the migrations make.

use sea_orm::FromQueryResult;

use crate::{
    connection::{Engine, Location, Store},
    error::StorageError,
    record,
};

/// A column as both engines can describe it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, FromQueryResult, serde::Serialize)]
pub struct Column {
    pub table_name: String,
    pub column_name: String,
    pub is_nullable: bool,
}

const COLUMNS_SQLITE: &str = "
select tables.name as table_name, columns.name as column_name, columns.\"notnull\" = 0 as is_nullable
from sqlite_master tables
join pragma_table_info(tables.name) columns
where tables.type = 'table' and tables.name not like 'sqlite_%'
order by 1, 2";

const COLUMNS_POSTGRES: &str = "
select cast(table_name as text) as table_name, cast(column_name as text) as column_name, is_nullable = 'YES' as is_nullable
from information_schema.columns
where table_schema = current_schema()
order by 1, 2";

/// The columns that the catalog holds, in a fixed order.
pub async fn columns(store: &Store) -> Result<Vec<Column>, StorageError> {
    let sql = match store.engine() {
        Engine::Sqlite => COLUMNS_SQLITE,
        Engine::Postgres => COLUMNS_POSTGRES,
    };
    let mut columns: Vec<Column> = record::all(store, sql, vec![]).await?;
    columns.sort();
    Ok(columns)
}

/// A column that points at the id of another table's row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub struct ForeignKey {
    pub table_name: String,
    pub column_name: String,
    /// The table that it points at.
    pub target: String,
}

const KEYS_SQLITE: &str = "
select tables.name as table_name, keys.\"from\" as column_name, keys.\"table\" as target
from sqlite_master tables
join pragma_foreign_key_list(tables.name) keys
where tables.type = 'table'
order by 1, 2";

const KEYS_POSTGRES: &str = "
select cast(child.relname as text) as table_name, cast(columns.attname as text) as column_name,
  cast(parent.relname as text) as target
from pg_constraint keys
join pg_class child on child.oid = keys.conrelid
join pg_class parent on parent.oid = keys.confrelid
join pg_attribute columns on columns.attrelid = keys.conrelid and columns.attnum = keys.conkey[1]
join pg_namespace spaces on spaces.oid = child.relnamespace
where keys.contype = 'f' and spaces.nspname = current_schema()
order by 1, 2";

/// Every column that points at another table, in a fixed order: read from the catalog, so that a
/// table which comes later is not forgotten where pointers are followed.
pub async fn foreign_keys(store: &Store) -> Result<Vec<ForeignKey>, StorageError> {
    let sql = match store.engine() {
        Engine::Sqlite => KEYS_SQLITE,
        Engine::Postgres => KEYS_POSTGRES,
    };
    let mut keys: Vec<ForeignKey> = record::all(store, sql, vec![]).await?;
    keys.sort();
    Ok(keys)
}

pub(crate) async fn has_table(store: &Store, table: &str) -> Result<bool, StorageError> {
    Ok(columns(store)
        .await?
        .iter()
        .any(|column| column.table_name == table))
}

/// What differs from the schema that this program makes, in words; empty when nothing does.
///
/// The expectation is made by running the migrations into a scratch folder.
pub async fn differences(
    store: &Store,
    scratch: &std::path::Path,
) -> Result<Vec<String>, StorageError> {
    let fresh = Store::open(&Location::Folder(scratch.to_owned())).await?;
    fresh.migrate(domain::time::Timestamp(0)).await?;
    let expected = columns(&fresh).await?;
    fresh.close().await?;
    let actual = columns(store).await?;
    let missing = expected
        .iter()
        .filter(|column| !actual.contains(column))
        .map(|column| {
            format!(
                "missing or different: {}.{}",
                column.table_name, column.column_name
            )
        });
    let surplus = actual
        .iter()
        .filter(|column| !expected.contains(column))
        .map(|column| format!("not expected: {}.{}", column.table_name, column.column_name));
    Ok(missing.chain(surplus).collect())
}
