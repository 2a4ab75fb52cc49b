//! Content sent on deals by links, and how often it was opened: days and counts, never people.

use std::collections::HashMap;

use domain::{
    id::{ContentId, OpportunityId, ShareId, ShareViewId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{ContentId, Day, OpportunityId, ShareId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shares")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ShareId,
        pub version: i64,
        pub content_id: ContentId,
        pub opportunity_id: OpportunityId,
        pub token_hash: String,
        pub created_by: Option<UserId>,
        /// The last day on which the link works.
        pub expires_on: Day,
        pub created_at: Timestamp,
        pub revoked_at: Option<Timestamp>,
        pub opening_count: i64,
        pub first_opened_on: Option<Day>,
        pub last_opened_on: Option<Day>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod view_entity {
    use sea_orm::entity::prelude::*;

    use super::{ShareId, ShareViewId, Timestamp};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "share_views")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ShareViewId,
        pub share_id: ShareId,
        pub started_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Share;
pub use view_entity::Model as ShareView;

versioned_record!(Share);

/// The share behind a link: knowing the secret is the permission.
pub async fn find_by_hash(
    source: &impl Source,
    token_hash: &str,
) -> Result<Option<Share>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::TokenHash.eq(token_hash))
        .one(source.connection())
        .await?)
}

/// A share by its id; whose deal it is on is for the caller to check.
pub async fn find(source: &impl Source, id: ShareId) -> Result<Option<Share>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Shares by their ids; who may see them is for the caller to check.
pub async fn by_ids(
    source: &impl Source,
    ids: Vec<ShareId>,
) -> Result<HashMap<ShareId, Share>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|share| (share.id, share)).collect())
}

/// Shares on a deal, newest first.
pub async fn on_opportunity(
    source: &impl Source,
    opportunity: OpportunityId,
    page: &Page,
) -> Result<Listed<Share>, StorageError> {
    page::read(
        source.connection(),
        entity::Entity::find().filter(entity::Column::OpportunityId.eq(opportunity)),
        Sort::by((entity::Entity, entity::Column::CreatedAt)).descending(),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// Shares on these deals, newest first, at most 2,000.
pub async fn on_opportunities(
    source: &impl Source,
    opportunities: Vec<OpportunityId>,
) -> Result<Vec<Share>, StorageError> {
    if opportunities.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::OpportunityId.is_in(opportunities))
        .order_by_desc(entity::Column::Id)
        .limit(2_000)
        .all(source.connection())
        .await?)
}

pub async fn insert_view(tx: &Tx, row: ShareView) -> Result<(), StorageError> {
    record::insert::<view_entity::Entity, _>(tx, row).await
}

const TAKE_VIEW: &str =
    "delete from share_views where id = $1 and share_id = $2 and started_at <= $3";

/// Ends a view that started by an instant; `false` when there is none, so that it counts once.
pub async fn take_view(
    tx: &Tx,
    share: ShareId,
    view: ShareViewId,
    started_by: Timestamp,
) -> Result<bool, StorageError> {
    let values = vec![view.into(), share.into(), started_by.into()];
    Ok(record::execute(tx, TAKE_VIEW, values).await? == 1)
}

const FORGET_VIEWS: &str = "delete from share_views where started_at < $1";

/// Removes views that nobody ended.
pub async fn forget_views(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, FORGET_VIEWS, vec![before.into()]).await
}

const OPEN: &str = "
update shares
set opening_count = opening_count + 1,
    first_opened_on = coalesce(first_opened_on, $2),
    last_opened_on = $2,
    version = version + 1
where id = $1 and (last_opened_on is null or last_opened_on < $2)";

const OPEN_AGAIN: &str = "update shares set opening_count = opening_count + 1, version = version + 1 where id = $1 and last_opened_on = $2";

/// Counts an opening; whether it is the first of its day.
pub async fn open(tx: &Tx, id: ShareId, today: Day) -> Result<bool, StorageError> {
    let values = vec![id.into(), today.into()];
    if record::execute(tx, OPEN, values.clone()).await? == 1 {
        return Ok(true);
    }
    record::execute(tx, OPEN_AGAIN, values).await?;
    Ok(false)
}
