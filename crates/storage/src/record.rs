//! What every record shares: inserts in bounded batches and versioned saves.

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, Iden,
    IntoActiveModel, Iterable, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, OnConflict, Value},
};

use crate::{error::StorageError, tx::Tx};

pub(crate) mod sealed {
    use sea_orm::ConnectionTrait;

    /// Hands out the connection inside this crate only.
    pub trait Connected {
        type Connection: ConnectionTrait;

        fn connection(&self) -> &Self::Connection;
    }
}

/// Something to read from: the store (committed rows) or an open write (its own rows too).
pub trait Source: sealed::Connected + Sync {}

/// SQLite takes 32,766 values in one statement, PostgreSQL 65,535.
const VALUES_MAX: usize = 30_000;

pub(crate) async fn insert<E, M>(tx: &Tx, model: M) -> Result<(), StorageError>
where
    E: EntityTrait,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelBehavior + Send,
{
    E::insert(model.into_active_model())
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

/// Inserts rows in statements as large as both engines take.
pub(crate) async fn insert_all<E, M>(tx: &Tx, models: Vec<M>) -> Result<(), StorageError>
where
    E: EntityTrait,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelBehavior + Send,
{
    let batch = VALUES_MAX / E::Column::iter().count().max(1);
    let mut models = models.into_iter().peekable();
    while models.peek().is_some() {
        let rows: Vec<E::ActiveModel> = models
            .by_ref()
            .take(batch)
            .map(IntoActiveModel::into_active_model)
            .collect();
        E::insert_many(rows)
            .exec_without_returning(tx.inner())
            .await?;
    }
    Ok(())
}

/// Saves a whole row whose version was raised by one; [`StorageError::Stale`] when another
/// write came first.
pub(crate) async fn save<E, M>(
    tx: &Tx,
    model: M,
    key: (E::Column, Value),
    version: (E::Column, i64),
) -> Result<(), StorageError>
where
    E: EntityTrait,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelBehavior + Send,
{
    let result = E::update_many()
        .set(model.into_active_model().reset_all())
        .filter(key.0.eq(key.1))
        .filter(version.0.eq(version.1))
        .exec(tx.inner())
        .await?;
    if result.rows_affected == 1 {
        Ok(())
    } else {
        Err(StorageError::Stale)
    }
}

/// Saves whole rows whose version was raised by one, in statements as large as both engines take;
/// [`StorageError::Stale`] when another write came first to any of them.
pub(crate) async fn save_all<E, M>(
    tx: &Tx,
    models: Vec<M>,
    key: E::Column,
    version: E::Column,
) -> Result<(), StorageError>
where
    E: EntityTrait,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelBehavior + Send,
{
    let batch = VALUES_MAX / E::Column::iter().count().max(1);
    let others = || E::Column::iter().filter(|column| column.to_string() != key.to_string());
    let mut models = models.into_iter().peekable();
    while models.peek().is_some() {
        let rows: Vec<E::ActiveModel> = models
            .by_ref()
            .take(batch)
            .map(IntoActiveModel::into_active_model)
            .collect();
        let wanted = rows.len() as u64;
        // The rows exist, so every one of them conflicts on its key and is updated, unless its
        // version is no longer the one that was read.
        let saved = E::insert_many(rows)
            .on_conflict(
                OnConflict::column(key)
                    .update_columns(others())
                    .action_and_where(
                        Expr::col((E::default(), version))
                            .add(1)
                            .eq(Expr::col((Alias::new("excluded"), version))),
                    )
                    .to_owned(),
            )
            .exec_without_returning(tx.inner())
            .await?;
        if saved != wanted {
            return Err(StorageError::Stale);
        }
    }
    Ok(())
}

/// Declares `insert`, `insert_all`, `save` and `save_all` for an entity with `id` and `version`.
macro_rules! versioned_record {
    ($model:ident) => {
        pub async fn insert(tx: &crate::Tx, row: $model) -> Result<(), crate::StorageError> {
            crate::record::insert::<entity::Entity, _>(tx, row).await
        }

        /// Inserts many rows in few statements.
        pub async fn insert_all(
            tx: &crate::Tx,
            rows: Vec<$model>,
        ) -> Result<(), crate::StorageError> {
            crate::record::insert_all::<entity::Entity, _>(tx, rows).await
        }

        /// Writes many rows back in few statements and raises their versions; all of it is refused
        /// as stale when one was written since it was read.
        pub async fn save_all(
            tx: &crate::Tx,
            mut rows: Vec<$model>,
        ) -> Result<(), crate::StorageError> {
            for row in &mut rows {
                row.version += 1;
            }
            crate::record::save_all::<entity::Entity, _>(
                tx,
                rows,
                entity::Column::Id,
                entity::Column::Version,
            )
            .await
        }

        /// Writes the row back and raises its version; refused as stale when it was written since it was read.
        pub async fn save(tx: &crate::Tx, row: &mut $model) -> Result<(), crate::StorageError> {
            let read = row.version;
            row.version += 1;
            let saved = crate::record::save::<entity::Entity, _>(
                tx,
                row.clone(),
                (entity::Column::Id, row.id.into()),
                (entity::Column::Version, read),
            )
            .await;
            if saved.is_err() {
                row.version = read;
            }
            saved
        }
    };
}
pub(crate) use versioned_record;

/// Runs a read of named columns into plain structs.
pub(crate) async fn all<T, S>(
    source: &S,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, StorageError>
where
    T: sea_orm::FromQueryResult,
    S: Source,
{
    let connection = source.connection();
    let statement =
        sea_orm::Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(T::find_by_statement(statement).all(connection).await?)
}

/// Like [`all`], at most one row.
pub(crate) async fn one<T, S>(
    source: &S,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>, StorageError>
where
    T: sea_orm::FromQueryResult,
    S: Source,
{
    let connection = source.connection();
    let statement =
        sea_orm::Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(T::find_by_statement(statement).one(connection).await?)
}

/// Runs a write and returns how many rows it touched.
pub(crate) async fn execute(tx: &Tx, sql: &str, values: Vec<Value>) -> Result<u64, StorageError> {
    let connection = tx.inner();
    let statement =
        sea_orm::Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// The rows of a table that a scope reaches, by the column that names their holder.
pub(crate) fn scope_condition(
    scope: &domain::access::Scope,
    holder: impl ColumnTrait,
) -> sea_orm::Condition {
    use domain::access::Scope;
    match scope {
        Scope::Everything => sea_orm::Condition::all(),
        Scope::Own(people) => sea_orm::Condition::all().add(holder.is_in(people.clone())),
        Scope::Nothing => sea_orm::Condition::all().add(sea_orm::sea_query::Expr::value(false)),
    }
}

/// Ids that one statement names at most. The driver of SQLite looks every numbered place up among all
/// before it, so that a statement's places cost with their square: 5,000 take some 30 ms to bind.
pub(crate) const IDS_AT_ONCE: usize = 500;

/// `$1, $2, ... $count`, for an `in` list of a fixed statement.
pub(crate) fn places(count: usize) -> String {
    places_from(1, count)
}

/// [`places`] whose first has this number.
pub(crate) fn places_from(first: usize, count: usize) -> String {
    (first..first + count)
        .map(|place| format!("${place}"))
        .collect::<Vec<_>>()
        .join(", ")
}
