//! Facets, terms and the other ways in which terms are written.

use domain::{
    id::{FacetId, TermId},
    money::Currency,
    time::Timestamp,
};
use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod facet_entity {
    use sea_orm::entity::prelude::*;

    use super::FacetId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "facets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FacetId,
        pub version: i64,
        pub facet_key: String,
        pub name: String,
        pub is_ordinal: bool,
        pub position: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{Currency, FacetId, TermId, Timestamp};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "terms")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TermId,
        pub version: i64,
        pub facet_id: FacetId,
        pub parent_id: Option<TermId>,
        /// A fixed name for terms that the program itself relies on, such as a deal stage.
        pub term_key: Option<String>,
        pub name: String,
        pub name_folded: String,
        /// Position in an ordinal facet.
        pub rank: Option<i64>,
        /// List price of a product.
        pub list_minor: Option<i64>,
        pub list_currency: Option<Currency>,
        /// A merge is a pointer, so that undoing it is removing the pointer.
        pub merged_into_id: Option<TermId>,
        pub retired_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod synonym_entity {
    use sea_orm::entity::prelude::*;

    use super::{FacetId, TermId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "term_synonyms")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub facet_id: FacetId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub folded: String,
        pub written: String,
        pub term_id: TermId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Term;
pub use facet_entity::Model as Facet;
pub use synonym_entity::Model as Synonym;

versioned_record!(Term);

pub async fn insert_facets(tx: &Tx, rows: Vec<Facet>) -> Result<(), StorageError> {
    record::insert_all::<facet_entity::Entity, _>(tx, rows).await
}

pub async fn find_facet(source: &impl Source, id: FacetId) -> Result<Option<Facet>, StorageError> {
    Ok(facet_entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

const RENAME_FACET: &str =
    "update facets set name = $1, version = version + 1 where id = $2 and version = $3";

/// Gives a facet another name; `false` when it was changed since it was read.
pub async fn rename_facet(
    tx: &Tx,
    id: FacetId,
    version: i64,
    name: &str,
) -> Result<bool, StorageError> {
    let values = vec![name.into(), id.into(), version.into()];
    Ok(record::execute(tx, RENAME_FACET, values).await? == 1)
}

/// Every facet, in the order in which they are shown.
pub async fn facets(source: &impl Source) -> Result<Vec<Facet>, StorageError> {
    Ok(facet_entity::Entity::find()
        .order_by_asc(facet_entity::Column::Position)
        .order_by_asc(facet_entity::Column::Id)
        .all(source.connection())
        .await?)
}

pub async fn find(source: &impl Source, id: TermId) -> Result<Option<Term>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Every term, retired and merged ones too, by facet, rank and name.
pub async fn terms(source: &impl Source) -> Result<Vec<Term>, StorageError> {
    Ok(entity::Entity::find()
        .order_by_asc(entity::Column::FacetId)
        .order_by_asc(entity::Column::Rank)
        .order_by_asc(entity::Column::NameFolded)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

pub async fn synonyms(source: &impl Source) -> Result<Vec<Synonym>, StorageError> {
    Ok(synonym_entity::Entity::find()
        .order_by_asc(synonym_entity::Column::FacetId)
        .order_by_asc(synonym_entity::Column::Folded)
        .all(source.connection())
        .await?)
}

pub async fn insert_synonyms(tx: &Tx, rows: Vec<Synonym>) -> Result<(), StorageError> {
    record::insert_all::<synonym_entity::Entity, _>(tx, rows).await
}

/// Replaces the synonyms of a term.
pub async fn set_synonyms(tx: &Tx, term: TermId, rows: Vec<Synonym>) -> Result<(), StorageError> {
    synonym_entity::Entity::delete_many()
        .filter(synonym_entity::Column::TermId.eq(term))
        .exec(tx.inner())
        .await?;
    record::insert_all::<synonym_entity::Entity, _>(tx, rows).await
}

#[derive(sea_orm::FromQueryResult)]
struct TagCount {
    term_id: TermId,
    tagged: i64,
}

const TAG_COUNTS: &str = "
select term_id, cast(count(*) as bigint) as tagged
from tags
where term_id is not null
group by term_id
order by term_id";

/// How many records carry each term.
pub async fn tag_counts(
    source: &impl Source,
) -> Result<std::collections::HashMap<TermId, i64>, StorageError> {
    let rows: Vec<TagCount> = record::all(source, TAG_COUNTS, vec![]).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.term_id, row.tagged))
        .collect())
}

/// A term by the name it goes by now: where it was merged, that of the term it was merged into.
#[derive(Clone, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Named {
    /// The term as it was asked for.
    pub asked: TermId,
    pub id: TermId,
    pub name: String,
}

const NAMES: &str = "
with recursive chain (asked, id, steps) as (
  select terms.id, terms.id, 0
  from terms
  where terms.id in (PLACES)
  union all
  select chain.asked, terms.merged_into_id, chain.steps + 1
  from chain
  join terms on terms.id = chain.id
  where terms.merged_into_id is not null and chain.steps < 32
)
select chain.asked as asked, terms.id as id, terms.name as name
from chain
join terms on terms.id = chain.id
where terms.merged_into_id is null
order by chain.asked";

/// Names of terms, merges followed.
pub async fn names(
    source: &impl Source,
    ids: Vec<TermId>,
) -> Result<std::collections::HashMap<TermId, Named>, StorageError> {
    let mut ids = ids;
    ids.sort_unstable();
    ids.dedup();
    let mut named = std::collections::HashMap::new();
    for batch in ids.chunks(record::IDS_AT_ONCE) {
        let sql = NAMES.replace("PLACES", &record::places(batch.len()));
        let rows: Vec<Named> =
            record::all(source, &sql, batch.iter().map(|id| (*id).into()).collect()).await?;
        named.extend(rows.into_iter().map(|row| (row.asked, row)));
    }
    Ok(named)
}

const FORGET_SYNONYMS: &str =
    "delete from term_synonyms where facet_id = $1 and folded in (PLACES)";

/// Adds synonyms of one facet; one that belonged to another term moves to the new one.
pub async fn put_synonyms(tx: &Tx, facet: FacetId, rows: Vec<Synonym>) -> Result<(), StorageError> {
    for batch in rows.chunks(record::IDS_AT_ONCE) {
        let places = (2..batch.len() + 2)
            .map(|place| format!("${place}"))
            .collect::<Vec<_>>()
            .join(", ");
        let mut values = vec![facet.into()];
        values.extend(batch.iter().map(|row| row.folded.clone().into()));
        record::execute(tx, &FORGET_SYNONYMS.replace("PLACES", &places), values).await?;
    }
    record::insert_all::<synonym_entity::Entity, _>(tx, rows).await
}

const REMOVE_SYNONYM: &str =
    "delete from term_synonyms where facet_id = $1 and folded = $2 and term_id = $3";

/// Forgets a way to write a term; `false` when it does not stand for that term.
pub async fn remove_synonym(
    tx: &Tx,
    facet: FacetId,
    folded: &str,
    term: TermId,
) -> Result<bool, StorageError> {
    let values = vec![facet.into(), folded.into(), term.into()];
    Ok(record::execute(tx, REMOVE_SYNONYM, values).await? == 1)
}

/// Raises the facet's version: the lock of its terms for the rest of the write on both engines.
pub async fn lock_facet(tx: &Tx, facet: FacetId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, LOCK_FACET, vec![facet.into()]).await? == 1)
}

const LOCK_FACET: &str = "update facets set version = version + 1 where id = $1";
