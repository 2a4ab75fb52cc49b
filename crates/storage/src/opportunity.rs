//! Deals, as the CRM knows them.

use std::collections::HashMap;

use domain::{
    access::Scope,
    id::{AccountId, OpportunityId, UserId},
    money::{Currency, Money},
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    text::fold,
    time::{Day, Timestamp},
};
use sea_orm::{
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, Func, Query},
};

use crate::{
    error::StorageError,
    filter::{self, Narrowing, Sorting},
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
    reference_use, share,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        AccountId, Currency, Day, DealStage, OpportunityId, OpportunityKind, OpportunityStatus,
        Timestamp, UserId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opportunities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OpportunityId,
        pub version: i64,
        pub external_id: Option<String>,
        pub name: String,
        pub name_folded: String,
        pub account_id: Option<AccountId>,
        /// The account as a file named it, kept while none is known by it.
        pub account_written: Option<String>,
        pub owner_id: Option<UserId>,
        pub owner_written: Option<String>,
        pub status: OpportunityStatus,
        pub kind: OpportunityKind,
        /// Derived from the CRM stage through the taxonomy; none while that is unmapped.
        pub stage: Option<DealStage>,
        pub stage_written: Option<String>,
        pub amount_minor: Option<i64>,
        pub currency: Option<Currency>,
        /// List price in the same currency, for the discount metric.
        pub list_minor: Option<i64>,
        pub created_on: Option<Day>,
        /// When the deal entered the reference stage, where that is known.
        pub reference_stage_on: Option<Day>,
        /// Expected close while open, actual close after.
        pub close_on: Option<Day>,
        pub not_needed_reason: Option<String>,
        pub is_budget_confirmed: bool,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Opportunity;

versioned_record!(Opportunity);

impl Opportunity {
    /// An open deal with a name and nothing else yet.
    pub fn named(id: OpportunityId, name: &str, now: Timestamp) -> Self {
        Self {
            id,
            version: 1,
            external_id: None,
            name: name.to_owned(),
            name_folded: fold(name),
            account_id: None,
            account_written: None,
            owner_id: None,
            owner_written: None,
            status: OpportunityStatus::Open,
            kind: OpportunityKind::New,
            stage: None,
            stage_written: None,
            amount_minor: None,
            currency: None,
            list_minor: None,
            created_on: None,
            reference_stage_on: None,
            close_on: None,
            not_needed_reason: None,
            is_budget_confirmed: false,
            created_at: now,
            updated_at: now,
        }
    }

    pub fn amount(&self) -> Option<Money> {
        Some(Money {
            minor: self.amount_minor?,
            currency: self.currency?,
        })
    }

    pub fn list_amount(&self) -> Option<Money> {
        Some(Money {
            minor: self.list_minor?,
            currency: self.currency?,
        })
    }
}

/// What a list of deals is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, as typed.
    pub text: Option<String>,
    pub status: Option<OpportunityStatus>,
    pub account: Option<AccountId>,
    /// Only deals without a reference use and without content that the buyer opened.
    pub without_reference: bool,
    pub without_account: bool,
    pub narrowing: Option<Narrowing>,
    /// The earliest close first when absent; deals without a date are last.
    pub sorting: Option<Sorting>,
}

pub(crate) fn in_scope(scope: &Scope) -> sea_orm::Condition {
    record::scope_condition(scope, entity::Column::OwnerId)
}

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: OpportunityId,
) -> Result<Option<Opportunity>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope))
        .one(source.connection())
        .await?)
}

pub async fn find_external(
    source: &impl Source,
    scope: &Scope,
    external_id: &str,
) -> Result<Option<Opportunity>, StorageError> {
    Ok(entity::Entity::find()
        .filter(in_scope(scope))
        .filter(entity::Column::ExternalId.eq(external_id))
        .one(source.connection())
        .await?)
}

pub async fn by_ids(
    source: &impl Source,
    ids: Vec<OpportunityId>,
) -> Result<HashMap<OpportunityId, Opportunity>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|deal| (deal.id, deal)).collect())
}

fn select(scope: &Scope, filter: &Filter) -> Select<entity::Entity> {
    let mut select = entity::Entity::find().filter(in_scope(scope));
    if let Some(text) = &filter.text {
        select = select.filter(page::contains(
            (entity::Entity, entity::Column::NameFolded),
            text,
        ));
    }
    if let Some(status) = filter.status {
        select = select.filter(entity::Column::Status.eq(status));
    }
    if let Some(account) = filter.account {
        select = select.filter(entity::Column::AccountId.eq(account));
    }
    if filter.without_account {
        select = select.filter(entity::Column::AccountId.is_null());
    }
    if filter.without_reference {
        let referenced = Query::select()
            .column(reference_use::entity::Column::OpportunityId)
            .from(reference_use::entity::Entity)
            .and_where(reference_use::entity::Column::OpportunityId.is_not_null())
            .cond_where(reference_use::took_place())
            .to_owned();
        let opened = Query::select()
            .column(share::entity::Column::OpportunityId)
            .from(share::entity::Entity)
            .and_where(share::entity::Column::FirstOpenedOn.is_not_null())
            .to_owned();
        select = select
            .filter(entity::Column::Id.not_in_subquery(referenced))
            .filter(entity::Column::Id.not_in_subquery(opened));
    }
    filter::narrowed(select, filter.narrowing.as_ref())
}

/// Sorts after every day.
const NO_DATE: &str = "9999-12-31";

fn sort(filter: &Filter) -> Sort {
    filter.sorting.as_ref().map_or_else(
        || {
            let close = Expr::col((entity::Entity, entity::Column::CloseOn));
            Sort::by_expr(Func::coalesce([close, Expr::val(NO_DATE)]).into())
        },
        Sorting::sort,
    )
}

pub async fn list(
    source: &impl Source,
    scope: &Scope,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<Opportunity>, StorageError> {
    page::read(
        source.connection(),
        select(scope, filter),
        sort(filter),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// The ids of everything that [`list`] pages through, in its order.
pub async fn ids(
    source: &impl Source,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<Uuid>, StorageError> {
    let select = select(scope, filter);
    page::ids(
        source.connection(),
        select,
        sort(filter),
        entity::Column::Id,
    )
    .await
}

/// A batch of deals for the importer, by external id or folded name.
pub async fn known_by(
    source: &impl Source,
    external_ids: Vec<String>,
    names: Vec<String>,
) -> Result<Vec<Opportunity>, StorageError> {
    let known = sea_orm::Condition::any()
        .add(entity::Column::ExternalId.is_in(external_ids))
        .add(entity::Column::NameFolded.is_in(names));
    Ok(entity::Entity::find()
        .filter(known)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// Sets the deal stage of every deal whose CRM stage is mapped to it. A stage that was set by hand
/// has no word of the CRM and stays.
pub async fn restage(tx: &crate::Tx, facet: domain::id::FacetId) -> Result<u64, StorageError> {
    record::execute(tx, RESTAGE, vec![facet.into()]).await
}

const RESTAGE: &str = "
update opportunities
set stage = (
    select terms.term_key
    from tags
    join terms on terms.id = tags.term_id
    where tags.record_kind = 'opportunity'
      and tags.record_id = opportunities.id
      and tags.facet_id = $1
    order by tags.folded
    limit 1
)
where stage_written is not null
  and exists (
    select 1
    from tags
    where tags.record_kind = 'opportunity'
      and tags.record_id = opportunities.id
      and tags.facet_id = $1
)";

/// Deals after `after` whose account or owner is only written, in the order of ids.
pub async fn unlinked(
    source: &impl Source,
    after: OpportunityId,
    limit: u64,
) -> Result<Vec<Opportunity>, StorageError> {
    let waiting = sea_orm::Condition::any()
        .add(entity::Column::AccountWritten.is_not_null())
        .add(entity::Column::OwnerWritten.is_not_null());
    Ok(entity::Entity::find()
        .filter(entity::Column::Id.gt(after))
        .filter(waiting)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}
