//! Customer story assets.

use std::collections::HashMap;

use domain::{
    content::{Audience, ContentKind, ContentState, ContentStatus, UsableDays},
    id::{AccountId, AdvocateId, ContentId, TermId},
    opportunity::DealStage,
    record::RecordKind,
    text::fold,
    time::{Day, Timestamp},
};
use sea_orm::{
    Condition, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select, entity::prelude::*,
    sea_query::Query,
};

use crate::{
    account,
    error::StorageError,
    filter::{self, Narrowing, Sorting},
    page::{self, Listed, Page, Sort},
    record::{Source, versioned_record},
    tag,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        AccountId, AdvocateId, Audience, ContentId, ContentKind, ContentStatus, Day, DealStage,
        Timestamp,
    };

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
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
        /// How far it may go once it is approved.
        pub audience: Audience,
        pub stage: Option<DealStage>,
        pub url: Option<String>,
        pub body: Option<String>,
        pub advocate_id: Option<AdvocateId>,
        pub account_id: Option<AccountId>,
        /// The first day on which it may be used.
        pub embargo_until: Option<Day>,
        /// The last day on which it may be used.
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
            audience: Audience::Buyer,
            stage: None,
            url: None,
            body: None,
            advocate_id: None,
            account_id: None,
            embargo_until: None,
            expires_on: None,
            created_at: now,
            updated_at: now,
        }
    }

    pub fn usable_days(&self) -> UsableDays {
        UsableDays {
            embargo_until: self.embargo_until,
            expires_on: self.expires_on,
        }
    }

    /// What it is on a day.
    pub fn state(&self, today: Day) -> ContentState {
        self.status.state(self.usable_days(), today)
    }
}

/// Which content a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Drafts, and what is over, too.
    Everything,
    /// What may be used on this day.
    UsableOn(Day),
}

impl Sight {
    fn condition(self) -> Condition {
        match self {
            Self::Everything => Condition::all(),
            Self::UsableOn(today) => in_state(ContentState::Approved, today),
        }
    }
}

/// Content that is in this state on a day; the same rule as [`ContentStatus::state`].
fn in_state(state: ContentState, today: Day) -> Condition {
    let status = |status: ContentStatus| Condition::all().add(entity::Column::Status.eq(status));
    let expired = || entity::Column::ExpiresOn.lt(today);
    let not_expired = || {
        Condition::any()
            .add(entity::Column::ExpiresOn.is_null())
            .add(entity::Column::ExpiresOn.gte(today))
    };
    match state {
        ContentState::Draft => status(ContentStatus::Draft),
        ContentState::Retired => status(ContentStatus::Retired),
        ContentState::Expired => status(ContentStatus::Approved).add(expired()),
        ContentState::Embargoed => status(ContentStatus::Approved)
            .add(not_expired())
            .add(entity::Column::EmbargoUntil.gt(today)),
        ContentState::Approved => status(ContentStatus::Approved).add(not_expired()).add(
            Condition::any()
                .add(entity::Column::EmbargoUntil.is_null())
                .add(entity::Column::EmbargoUntil.lte(today)),
        ),
    }
}

/// What a list of content is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a title, an account's name or a tag, as typed.
    pub text: Option<String>,
    /// Any of these; of none, all.
    pub kinds: Vec<ContentKind>,
    pub state: Option<ContentState>,
    pub audience: Option<Audience>,
    pub account: Option<AccountId>,
    pub advocate: Option<AdvocateId>,
    /// For each list, a tag with at least one of its terms.
    pub terms: Vec<Vec<TermId>>,
    /// What ends on or before this day.
    pub expires_until: Option<Day>,
    pub narrowing: Option<Narrowing>,
    /// By title when absent.
    pub sorting: Option<Sorting>,
}

/// One piece of content, where the reader sees it.
pub async fn find(
    source: &impl Source,
    sight: Sight,
    id: ContentId,
) -> Result<Option<Content>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(sight.condition())
        .one(source.connection())
        .await?)
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
    sight: Sight,
    advocate: AdvocateId,
) -> Result<Vec<Content>, StorageError> {
    Ok(entity::Entity::find()
        .filter(sight.condition())
        .filter(entity::Column::AdvocateId.eq(advocate))
        .order_by_desc(entity::Column::CreatedAt)
        .order_by_desc(entity::Column::Id)
        .limit(50)
        .all(source.connection())
        .await?)
}

fn select(sight: Sight, filter: &Filter, today: Day) -> Select<entity::Entity> {
    let mut select = entity::Entity::find().filter(sight.condition());
    if let Some(text) = &filter.text {
        select = select.filter(holds(text));
    }
    if !filter.kinds.is_empty() {
        select = select.filter(entity::Column::Kind.is_in(filter.kinds.iter().copied()));
    }
    if let Some(state) = filter.state {
        select = select.filter(in_state(state, today));
    }
    if let Some(audience) = filter.audience {
        select = select.filter(entity::Column::Audience.eq(audience));
    }
    if let Some(account) = filter.account {
        select = select.filter(entity::Column::AccountId.eq(account));
    }
    if let Some(advocate) = filter.advocate {
        select = select.filter(entity::Column::AdvocateId.eq(advocate));
    }
    for terms in &filter.terms {
        let tagged = tagged()
            .and_where(tag::entity::Column::TermId.is_in(terms.iter().copied()))
            .to_owned();
        select = select.filter(entity::Column::Id.in_subquery(tagged));
    }
    if let Some(last) = filter.expires_until {
        select = select.filter(entity::Column::ExpiresOn.lte(last));
    }
    filter::narrowed(select, filter.narrowing.as_ref())
}

/// The ids of tagged content, to be narrowed.
fn tagged() -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(tag::entity::Column::RecordId)
        .from(tag::entity::Entity)
        .and_where(tag::entity::Column::RecordKind.eq(RecordKind::Content))
        .to_owned()
}

/// The text stands in the title, in the account's name or in a tag.
fn holds(text: &str) -> Condition {
    let accounts = Query::select()
        .column(account::entity::Column::Id)
        .from(account::entity::Entity)
        .and_where(page::contains(account::entity::Column::NameFolded, text))
        .to_owned();
    let tagged = tagged()
        .and_where(page::contains(tag::entity::Column::Folded, text))
        .to_owned();
    Condition::any()
        .add(page::contains(
            (entity::Entity, entity::Column::TitleFolded),
            text,
        ))
        .add(entity::Column::AccountId.in_subquery(accounts))
        .add(entity::Column::Id.in_subquery(tagged))
}

fn sort(filter: &Filter) -> Sort {
    filter.sorting.as_ref().map_or_else(
        || Sort::by((entity::Entity, entity::Column::TitleFolded)),
        Sorting::sort,
    )
}

/// A page of content of one stage, or of all stages.
pub async fn list(
    source: &impl Source,
    sight: Sight,
    filter: &Filter,
    stage: Option<DealStage>,
    today: Day,
    page: &Page,
) -> Result<Listed<Content>, StorageError> {
    let mut select = select(sight, filter, today);
    if let Some(stage) = stage {
        select = select.filter(entity::Column::Stage.eq(stage));
    }
    page::read(
        source.connection(),
        select,
        sort(filter),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// The ids of all content that a filter leaves, in its order.
pub async fn ids(
    source: &impl Source,
    sight: Sight,
    filter: &Filter,
    today: Day,
) -> Result<Vec<Uuid>, StorageError> {
    let select = select(sight, filter, today);
    page::ids(
        source.connection(),
        select,
        sort(filter),
        entity::Column::Id,
    )
    .await
}

/// How much content there is of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct OfStage {
    /// `None` counts content without a stage.
    pub stage: Option<DealStage>,
    pub total: i64,
}

/// How much content of each stage a filter leaves.
pub async fn stages(
    source: &impl Source,
    sight: Sight,
    filter: &Filter,
    today: Day,
) -> Result<Vec<OfStage>, StorageError> {
    let counted = select(sight, filter, today)
        .select_only()
        .column(entity::Column::Stage)
        .column_as(entity::Column::Id.count(), "total")
        .group_by(entity::Column::Stage)
        .order_by_asc(entity::Column::Stage);
    Ok(counted
        .into_model::<OfStage>()
        .all(source.connection())
        .await?)
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
