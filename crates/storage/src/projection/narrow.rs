//! What protection and matching read of records that hold far more, and what stands around an advocate:
//! days that are taken, terms that content holds, locks, relations.

use domain::{
    activity::Activity,
    hold::HoldState,
    id::{AccountId, AdvocateId, CandidateId, TermId},
    time::Day,
};
use sea_orm::{FromQueryResult, QueryFilter, QuerySelect, entity::prelude::*, sea_query::Func};

use crate::{
    account::{self, AccountLock, AccountRelation},
    candidate,
    error::StorageError,
    hold,
    record::Source,
    reference_use,
    tag::Tag,
};

/// A day of an account that is taken, by a use or by a reservation. Lists of records hold far more
/// than protection reads of them; so do those of [`Held`].
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Taken {
    pub account_id: AccountId,
    pub advocate_id: AdvocateId,
    pub activity: Activity,
    pub day: Day,
    /// None for a hold, and for a use that did not come from a request. All that serve one group call
    /// name the candidate that it began with: together they take the day once.
    pub candidate_id: Option<CandidateId>,
}

/// A term that a record holds.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Held {
    pub record_id: Uuid,
    pub term_id: TermId,
}

pub(super) const HELD_BY_CONTENT: &str = "
select record_id, term_id
from tags
where record_kind = 'content' and term_id is not null";

/// Locks that nobody lifted, of some accounts or of all.
pub(super) async fn locks(
    source: &impl Source,
    of: Option<&[AccountId]>,
) -> Result<Vec<AccountLock>, StorageError> {
    use account::lock_entity::{Column, Entity};
    let mut select = Entity::find().filter(Column::LiftedAt.is_null());
    if let Some(accounts) = of {
        select = select.filter(Column::AccountId.is_in(accounts.iter().copied()));
    }
    Ok(select.all(source.connection()).await?)
}

/// How accounts stand to others, of some accounts or of all.
pub(super) async fn relations(
    source: &impl Source,
    of: Option<&[AccountId]>,
) -> Result<Vec<AccountRelation>, StorageError> {
    use account::relation_entity::{Column, Entity};
    let mut select = Entity::find();
    if let Some(accounts) = of {
        select = select.filter(Column::AccountId.is_in(accounts.iter().copied()));
    }
    Ok(select.all(source.connection()).await?)
}

/// Uses that took place since a day, of some accounts or of all.
pub(super) async fn uses(
    source: &impl Source,
    of: Option<&[AccountId]>,
    since: Day,
) -> Result<Vec<Taken>, StorageError> {
    use reference_use::entity::{Column, Entity};
    let columns = [Column::AccountId, Column::AdvocateId, Column::Activity];
    let mut select = Entity::find()
        .select_only()
        .columns(columns)
        .column_as(Column::UsedOn, "day")
        .column_as(of_call(Column::CallId, Column::CandidateId), "candidate_id")
        .filter(Column::UsedOn.gte(since))
        .filter(reference_use::took_place());
    if let Some(accounts) = of {
        select = select.filter(Column::AccountId.is_in(accounts.iter().copied()));
    }
    Ok(select.into_model().all(source.connection()).await?)
}

/// Candidates that hold a reservation and holds that are kept for deals, of some accounts or of all.
pub(super) async fn reservations(
    source: &impl Source,
    of: Option<&[AccountId]>,
) -> Result<Vec<Taken>, StorageError> {
    use candidate::entity::{Column, Entity};
    let mut select = Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::AdvocateId, Column::Activity])
        .column_as(Column::PlannedOn, "day")
        .column_as(of_call(Column::CallId, Column::Id), "candidate_id")
        .filter(Column::State.is_in(candidate::RESERVING));
    if let Some(accounts) = of {
        select = select.filter(Column::AccountId.is_in(accounts.iter().copied()));
    }
    let mut taken: Vec<Taken> = select.into_model().all(source.connection()).await?;
    taken.extend(holds(source, of).await?);
    Ok(taken)
}

fn of_call(call: impl ColumnTrait, candidate: impl ColumnTrait) -> Expr {
    Func::coalesce([Expr::col(call), Expr::col(candidate)]).into()
}

async fn holds(source: &impl Source, of: Option<&[AccountId]>) -> Result<Vec<Taken>, StorageError> {
    use hold::entity::{Column, Entity};
    let mut select = Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::AdvocateId, Column::Activity])
        .column_as(Column::PlannedOn, "day")
        .column_as(Expr::value(Option::<CandidateId>::None), "candidate_id")
        .filter(Column::State.eq(HoldState::Held));
    if let Some(accounts) = of {
        select = select.filter(Column::AccountId.is_in(accounts.iter().copied()));
    }
    Ok(select.into_model().all(source.connection()).await?)
}

pub(super) fn held(tags: Vec<Tag>) -> Vec<Held> {
    let held = tags.into_iter().map(|tag| {
        Some(Held {
            record_id: tag.record_id,
            term_id: tag.term_id?,
        })
    });
    held.flatten().collect()
}
