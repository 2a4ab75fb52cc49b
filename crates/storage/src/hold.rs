//! Uses that are kept for a deal before they are asked for, and who waits for one.

use domain::{
    access::Scope,
    activity::Activity,
    hold::{HoldEnd, HoldState},
    id::{AccountId, AdvocateId, HoldId, OpportunityId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{
    Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::ExprTrait,
};

use crate::{
    error::StorageError,
    opportunity,
    page::{self, Listed, Page, Sort},
    record::{Source, scope_condition, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        AccountId, Activity, AdvocateId, Day, HoldEnd, HoldId, HoldState, OpportunityId, Timestamp,
        UserId,
    };
    use crate::opportunity;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "holds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: HoldId,
        pub version: i64,
        pub opportunity_id: OpportunityId,
        pub advocate_id: AdvocateId,
        /// The account that the advocate spoke for when it was put by.
        pub account_id: AccountId,
        pub activity: Activity,
        pub state: HoldState,
        /// The day of the use.
        pub planned_on: Day,
        /// The last day of the hold.
        pub expires_on: Day,
        /// When the deal was expected to close.
        pub close_on: Day,
        pub held_by: UserId,
        pub created_at: Timestamp,
        pub ended_at: Option<Timestamp>,
        pub ended_because: Option<HoldEnd>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "opportunity::entity::Entity",
            from = "Column::OpportunityId",
            to = "opportunity::entity::Column::Id"
        )]
        Opportunity,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Hold;

versioned_record!(Hold);

/// Open holds of a queue, a deal or an advocate that are read at most.
const OPEN_MAX: u64 = 1_000;

/// What a list of open holds is narrowed to; nothing at first.
#[derive(Clone, Debug)]
pub struct Filter {
    pub opportunity: Option<OpportunityId>,
    pub advocate: Option<AdvocateId>,
    pub held_by: Scope,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            opportunity: None,
            advocate: None,
            held_by: Scope::Everything,
        }
    }
}

impl Filter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add(entity::Column::EndedAt.is_null())
            .add(scope_condition(&self.held_by, entity::Column::HeldBy))
            .add_option(
                self.opportunity
                    .map(|id| entity::Column::OpportunityId.eq(id)),
            )
            .add_option(self.advocate.map(|id| entity::Column::AdvocateId.eq(id)))
    }
}

/// The hold, where whoever put it by is in reach.
pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: HoldId,
) -> Result<Option<Hold>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(scope_condition(scope, entity::Column::HeldBy))
        .one(source.connection())
        .await?)
}

/// Lists open holds, the oldest first.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<Hold>, StorageError> {
    let select = entity::Entity::find().filter(filter.condition());
    let sort = Sort::by((entity::Entity, entity::Column::CreatedAt));
    let id = entity::Column::Id;
    page::read(source.connection(), select, sort, id, page, |row| row.id.0).await
}

/// Open holds of a deal, of an advocate, or of both, the oldest first.
pub async fn open(source: &impl Source, filter: &Filter) -> Result<Vec<Hold>, StorageError> {
    read(source, filter.condition()).await
}

/// Open holds on these accounts, the oldest first: who waits, waits in this order.
pub async fn open_on(
    source: &impl Source,
    accounts: Vec<AccountId>,
) -> Result<Vec<Hold>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let on = Filter::default().condition();
    read(source, on.add(entity::Column::AccountId.is_in(accounts))).await
}

/// Open holds of these advocates and on these accounts, the oldest first.
pub async fn open_of_any(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
    accounts: Vec<AccountId>,
) -> Result<Vec<Hold>, StorageError> {
    if advocates.is_empty() && accounts.is_empty() {
        return Ok(Vec::new());
    }
    let any = Condition::any()
        .add(entity::Column::AdvocateId.is_in(advocates))
        .add(entity::Column::AccountId.is_in(accounts));
    read(source, Filter::default().condition().add(any)).await
}

async fn read(source: &impl Source, which: Condition) -> Result<Vec<Hold>, StorageError> {
    Ok(entity::Entity::find()
        .filter(which)
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .limit(OPEN_MAX)
        .all(source.connection())
        .await?)
}

/// Accounts on which a hold is over by `today` or its deal closed or moved, and those on which somebody
/// waits: what has to be judged again.
pub async fn accounts_to_judge(
    source: &impl Source,
    today: Day,
    limit: u64,
) -> Result<Vec<AccountId>, StorageError> {
    use opportunity::entity::Column as Deal;
    let deal = |column: Deal| Expr::col((opportunity::entity::Entity, column));
    let is_due = Condition::any()
        .add(entity::Column::State.eq(HoldState::Waiting))
        .add(entity::Column::ExpiresOn.lt(today))
        .add(entity::Column::PlannedOn.lt(today))
        .add(deal(Deal::Status).ne(domain::opportunity::OpportunityStatus::Open))
        .add(deal(Deal::CloseOn).is_null())
        .add(ExprTrait::gt(
            deal(Deal::CloseOn),
            Expr::col((entity::Entity, entity::Column::CloseOn)),
        ));
    Ok(entity::Entity::find()
        .select_only()
        .column(entity::Column::AccountId)
        .distinct()
        .join(JoinType::InnerJoin, entity::Relation::Opportunity.def())
        .filter(entity::Column::EndedAt.is_null())
        .filter(is_due)
        .order_by_asc(entity::Column::AccountId)
        .limit(limit)
        .into_tuple()
        .all(source.connection())
        .await?)
}
