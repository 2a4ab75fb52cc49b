//! What protection and matching read of records that hold far more: days that are taken, terms that
//! are held.

use domain::{
    activity::Activity,
    consent::{self, ConsentKind},
    id::{AccountId, AdvocateId, CandidateId, TermId},
    time::Day,
};
use sea_orm::{
    ConnectionTrait, DbBackend, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
};

use crate::{
    advocate::{self, Outcome, Willingness},
    candidate,
    error::StorageError,
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
    /// None for a use that did not come from a request.
    pub candidate_id: Option<CandidateId>,
}

/// A term that a record holds.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Held {
    pub record_id: Uuid,
    pub term_id: TermId,
}

/// Driven by the advocates: most contacts and accounts have none. One row for all the terms of a record,
/// because a row costs the driver far more than a term.
const HELD_TOGETHER: &str = "
select advocates.id as record_id, string_agg(cast(TERM as text), ',') as terms
from advocates
join tags on tags.record_kind = 'advocate' and tags.record_id = advocates.id
where tags.term_id is not null
group by advocates.id
union all
select advocates.contact_id as record_id, string_agg(cast(TERM as text), ',') as terms
from advocates
join tags on tags.record_kind = 'contact' and tags.record_id = advocates.contact_id
where tags.term_id is not null
group by advocates.contact_id
union all
select spoken_for.id as record_id, string_agg(cast(TERM as text), ',') as terms
from (
  select distinct contacts.account_id as id
  from advocates
  join contacts on contacts.id = advocates.contact_id
) spoken_for
join tags on tags.record_kind = 'account' and tags.record_id = spoken_for.id
where tags.term_id is not null
group by spoken_for.id";

#[derive(FromQueryResult)]
struct HeldTogether {
    record_id: Uuid,
    terms: String,
}

/// What all advocates, their contacts and their accounts hold.
pub(super) async fn held_by_all(source: &impl Source) -> Result<Vec<Held>, StorageError> {
    let term = match source.connection().get_database_backend() {
        DbBackend::Sqlite => "hex(tags.term_id)",
        _ => "tags.term_id",
    };
    let sql = HELD_TOGETHER.replace("TERM", term);
    let rows: Vec<HeldTogether> = crate::record::all(source, &sql, vec![]).await?;
    let mut held = Vec::with_capacity(rows.len() * 3);
    for row in rows {
        for written in row.terms.split(',') {
            let term = Uuid::try_parse(written).map_err(|_| unreadable("tags", written))?;
            held.push(Held {
                record_id: row.record_id,
                term_id: TermId(term),
            });
        }
    }
    Ok(held)
}

const WILLING_TOGETHER: &str = "
select advocate_id, string_agg(activity || ':' || coalesce(cast(limit_per_year as text), ''), ',') as activities
from advocate_activities
group by advocate_id";

#[derive(FromQueryResult)]
struct WillingTogether {
    advocate_id: AdvocateId,
    activities: String,
}

/// What all advocates agreed to do, and how often.
pub(super) async fn willingness_of_all(
    source: &impl Source,
) -> Result<Vec<Willingness>, StorageError> {
    let rows: Vec<WillingTogether> = crate::record::all(source, WILLING_TOGETHER, vec![]).await?;
    let mut willing = Vec::with_capacity(rows.len() * 4);
    for row in rows {
        for written in row.activities.split(',') {
            let read = read_willingness(row.advocate_id, written);
            willing.push(read.ok_or_else(|| unreadable("advocate_activities", written))?);
        }
    }
    Ok(willing)
}

/// An activity, a colon, and the most of it a year where that is limited.
fn read_willingness(advocate_id: AdvocateId, written: &str) -> Option<Willingness> {
    let (activity, limit) = written.split_once(':')?;
    Some(Willingness {
        advocate_id,
        activity: activity.parse().ok()?,
        limit_per_year: match limit {
            "" => None,
            limit => Some(limit.parse().ok()?),
        },
    })
}

fn unreadable(table: &'static str, written: &str) -> StorageError {
    StorageError::BadRow {
        table,
        problem: format!("'{written}' cannot be read"),
    }
}

/// An outcome that an advocate told.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Told {
    pub advocate_id: AdvocateId,
    pub statement: String,
}

/// All outcomes, those of an advocate in their order.
pub(super) async fn told_by_all(source: &impl Source) -> Result<Vec<Told>, StorageError> {
    use advocate::outcome_entity::{Column, Entity};
    let select = Entity::find()
        .select_only()
        .columns([Column::AdvocateId, Column::Statement])
        .order_by_asc(Column::AdvocateId)
        .order_by_asc(Column::Position);
    Ok(select.into_model().all(source.connection()).await?)
}

pub(super) fn told(outcomes: Vec<Outcome>) -> Vec<Told> {
    let told = outcomes.into_iter().map(|row| Told {
        advocate_id: row.advocate_id,
        statement: row.statement,
    });
    told.collect()
}

/// An entry of a consent record, as far as the consent rule reads it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Agreed {
    pub advocate_id: AdvocateId,
    pub kind: ConsentKind,
    pub activity: Option<Activity>,
    pub valid_from: Day,
    pub valid_until: Option<Day>,
}

impl Agreed {
    pub fn rule(&self) -> consent::Consent {
        consent::Consent {
            kind: self.kind,
            activity: self.activity,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        }
    }
}

/// All consent records, oldest entry first.
pub(super) async fn agreed_by_all(source: &impl Source) -> Result<Vec<Agreed>, StorageError> {
    use crate::consent::entity::{Column, Entity};
    let columns = [
        Column::AdvocateId,
        Column::Kind,
        Column::Activity,
        Column::ValidFrom,
        Column::ValidUntil,
    ];
    let select = Entity::find()
        .select_only()
        .columns(columns)
        .order_by_asc(Column::Id);
    Ok(select.into_model().all(source.connection()).await?)
}

pub(super) fn agreed(record: Vec<crate::consent::Consent>) -> Vec<Agreed> {
    let agreed = record.into_iter().map(|row| Agreed {
        advocate_id: row.advocate_id,
        kind: row.kind,
        activity: row.activity,
        valid_from: row.valid_from,
        valid_until: row.valid_until,
    });
    agreed.collect()
}

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
