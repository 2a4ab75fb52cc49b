//! When the use of a candidate takes place: times on offer, and the one that was picked.

use std::collections::HashMap;

use domain::{
    appointment::Slots,
    id::{AppointmentId, CandidateId},
    text::EmailAddress,
    time::Timestamp,
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{AppointmentId, CandidateId, EmailAddress, Slots, Timestamp};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "appointments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AppointmentId,
        pub version: i64,
        pub candidate_id: CandidateId,
        /// The times on offer; empty while none are.
        pub slots: Slots,
        /// The IANA time zone in which they were named.
        pub time_zone: String,
        pub minutes: i64,
        /// Where: a link, a number, an address.
        pub place: Option<String>,
        /// The time that was picked, also once it was called off.
        pub starts_at: Option<Timestamp>,
        /// When the agreed time last changed; what invitations are stamped with.
        pub changed_at: Timestamp,
        pub called_off_at: Option<Timestamp>,
        /// Which invitation of this candidate the agreed time is, from 0; none before the first.
        pub sequence: Option<i64>,
        /// The buyer, where they wanted an invitation.
        pub buyer_email: Option<EmailAddress>,
        /// When everybody is reminded; none once they were, or where it would say nothing new.
        pub remind_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Appointment;

versioned_record!(Appointment);

impl Appointment {
    /// The time that stands.
    pub fn booked_at(&self) -> Option<Timestamp> {
        self.starts_at.filter(|_| self.called_off_at.is_none())
    }
}

/// The appointments of these candidates.
pub async fn of_candidates(
    source: &impl Source,
    candidates: Vec<CandidateId>,
) -> Result<HashMap<CandidateId, Appointment>, StorageError> {
    if candidates.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::CandidateId.is_in(candidates))
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.candidate_id, row))
        .collect())
}

/// Appointments whose reminder is due, the earliest first.
pub async fn to_remind(
    source: &impl Source,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Appointment>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::RemindAt.lte(now))
        .order_by_asc(entity::Column::RemindAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

const FORGET_BUYERS: &str = "
update appointments
set buyer_email = null, version = version + 1
where buyer_email is not null
  and candidate_id in (
    select candidates.id
    from candidates
    join requests on requests.id = candidates.request_id
    where requests.closed_at < $1
  )";

/// Forgets the addresses of buyers on requests that closed before an instant; how many.
pub async fn forget_buyers(tx: &Tx, closed_before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, FORGET_BUYERS, vec![closed_before.into()]).await
}
