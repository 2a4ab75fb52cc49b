//! What protection and matching read of records that hold far more: days that are taken, terms that
//! are held.

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, CandidateId, TermId},
    time::Day,
};
use sea_orm::{FromQueryResult, QueryFilter, QuerySelect, entity::prelude::*};

use crate::{candidate, error::StorageError, record::Source, reference_use, tag::Tag};

/// A day of an account that is taken, by a use or by a reservation. Lists of records hold far more
/// than protection reads of them; so do those of [`Held`].
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Taken {
    pub account_id: AccountId,
    pub advocate_id: AdvocateId,
    pub activity: Activity,
    pub day: Day,
    /// None for a use that did not come from a request.
    pub candidate_id: Option<CandidateId>,
}

/// A term that a record holds.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Held {
    pub record_id: Uuid,
    pub term_id: TermId,
}

/// Driven by the advocates: most contacts and accounts have none.
pub(super) const HELD: &str = "
select tags.record_id as record_id, tags.term_id as term_id
from advocates
join tags on tags.record_kind = 'advocate' and tags.record_id = advocates.id
where tags.term_id is not null
union all
select tags.record_id as record_id, tags.term_id as term_id
from advocates
join tags on tags.record_kind = 'contact' and tags.record_id = advocates.contact_id
where tags.term_id is not null
union all
select tags.record_id as record_id, tags.term_id as term_id
from (
  select distinct contacts.account_id as id
  from advocates
  join contacts on contacts.id = advocates.contact_id
) spoken_for
join tags on tags.record_kind = 'account' and tags.record_id = spoken_for.id
where tags.term_id is not null";

pub(super) const HELD_BY_CONTENT: &str = "
select record_id, term_id
from tags
where record_kind = 'content' and term_id is not null";

/// Uses that took place since a day, of some accounts or of all.
pub(super) async fn uses(
    source: &impl Source,
    of: Option<&[AccountId]>,
    since: Day,
) -> Result<Vec<Taken>, StorageError> {
    use reference_use::entity::{Column, Entity};
    let columns = [
        Column::AccountId,
        Column::AdvocateId,
        Column::Activity,
        Column::CandidateId,
    ];
    let mut select = Entity::find()
        .select_only()
        .columns(columns)
        .column_as(Column::UsedOn, "day")
        .filter(Column::UsedOn.gte(since))
        .filter(reference_use::took_place());
    if let Some(accounts) = of {
        select = select.filter(Column::AccountId.is_in(accounts.iter().copied()));
    }
    Ok(select.into_model().all(source.connection()).await?)
}

/// Candidates that hold a reservation, of some accounts or of all.
pub(super) async fn reservations(
    source: &impl Source,
    of: Option<&[AccountId]>,
) -> Result<Vec<Taken>, StorageError> {
    use candidate::entity::{Column, Entity};
    let mut select = Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::AdvocateId, Column::Activity])
        .column_as(Column::PlannedOn, "day")
        .column_as(Column::Id, "candidate_id")
        .filter(Column::State.is_in(candidate::RESERVING));
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
