//! Customer story assets.

use std::collections::HashMap;

use domain::{
    content::{ContentKind, ContentStatus},
    id::{AccountId, AdvocateId, ContentId},
    opportunity::DealStage,
    text::fold,
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    page::{self, Cursor, Key, Listed, Page, Sort},
    record::{Source, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        AccountId, AdvocateId, ContentId, ContentKind, ContentStatus, Day, DealStage, Timestamp,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "content")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ContentId,
        pub version: i64,
        pub external_id: Option<String>,
        pub title: String,
        pub title_folded: String,
        pub kind: ContentKind,
        pub status: ContentStatus,
        pub stage: Option<DealStage>,
        pub url: Option<String>,
        pub body: Option<String>,
        pub advocate_id: Option<AdvocateId>,
        pub account_id: Option<AccountId>,
        pub expires_on: Option<Day>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Content;

versioned_record!(Content);

impl Content {
    /// A draft with a title and nothing else yet.
    pub fn titled(id: ContentId, title: &str, kind: ContentKind, now: Timestamp) -> Self {
        Self {
            id,
            version: 1,
            external_id: None,
            title: title.to_owned(),
            title_folded: fold(title),
            kind,
            status: ContentStatus::Draft,
            stage: None,
            url: None,
            body: None,
            advocate_id: None,
            account_id: None,
            expires_on: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// What a list of content is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a title, as typed.
    pub text: Option<String>,
    pub kind: Option<ContentKind>,
    /// `None` lists content of every status.
    pub status: Option<ContentStatus>,
}

/// One piece of content; `status` narrows what the reader may see.
pub async fn find(
    source: &impl Source,
    status: Option<ContentStatus>,
    id: ContentId,
) -> Result<Option<Content>, StorageError> {
    let select = entity::Entity::find_by_id(id);
    let select = match status {
        Some(status) => select.filter(entity::Column::Status.eq(status)),
        None => select,
    };
    Ok(select.one(source.connection()).await?)
}

pub async fn by_ids(
    source: &impl Source,
    ids: Vec<ContentId>,
) -> Result<HashMap<ContentId, Content>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|content| (content.id, content))
        .collect())
}

/// Content of an advocate, newest first, at most 50.
pub async fn of_advocate(
    source: &impl Source,
    advocate: AdvocateId,
) -> Result<Vec<Content>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::AdvocateId.eq(advocate))
        .order_by_desc(entity::Column::CreatedAt)
        .order_by_desc(entity::Column::Id)
        .limit(50)
        .all(source.connection())
        .await?)
}

pub async fn list(
    source: &impl Source,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<Content>, StorageError> {
    let mut select = entity::Entity::find();
    if let Some(text) = &filter.text {
        select = select.filter(page::contains(
            (entity::Entity, entity::Column::TitleFolded),
            text,
        ));
    }
    if let Some(kind) = filter.kind {
        select = select.filter(entity::Column::Kind.eq(kind));
    }
    if let Some(status) = filter.status {
        select = select.filter(entity::Column::Status.eq(status));
    }
    let sort = Sort::by((entity::Entity, entity::Column::TitleFolded));
    page::read(
        source.connection(),
        select,
        sort,
        entity::Column::Id,
        page,
        |row| Cursor {
            key: Key::Text(row.title_folded.clone()),
            id: row.id.0,
        },
    )
    .await
}

/// A batch of content for the importer, by external id or folded title.
pub async fn known_by(
    source: &impl Source,
    external_ids: Vec<String>,
    titles: Vec<String>,
) -> Result<Vec<Content>, StorageError> {
    let known = sea_orm::Condition::any()
        .add(entity::Column::ExternalId.is_in(external_ids))
        .add(entity::Column::TitleFolded.is_in(titles));
    Ok(entity::Entity::find()
        .filter(known)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}
