//! The append-only record of what advocates agreed to.

use domain::{
    activity::Activity,
    consent::{Consent as Rule, ConsentChannel, ConsentKind},
    id::{AdvocateId, ConsentId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        Activity, AdvocateId, ConsentChannel, ConsentId, ConsentKind, Day, Timestamp, UserId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ConsentId,
        pub advocate_id: AdvocateId,
        pub kind: ConsentKind,
        /// None covers every activity type.
        pub activity: Option<Activity>,
        pub channel: ConsentChannel,
        /// Which wording the person agreed to.
        pub text_version: String,
        pub valid_from: Day,
        pub valid_until: Option<Day>,
        pub recorded_by: Option<UserId>,
        pub recorded_at: Timestamp,
        /// Given for its activity without being asked each time.
        pub agrees_ahead: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Consent;

impl Consent {
    /// The part that the consent rule reads.
    pub fn rule(&self) -> Rule {
        Rule {
            kind: self.kind,
            activity: self.activity,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        }
    }
}

pub async fn insert_all(tx: &Tx, rows: Vec<Consent>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// The record of an advocate, newest entry first.
pub async fn of_advocate(
    source: &impl Source,
    advocate: AdvocateId,
    page: &Page,
) -> Result<Listed<Consent>, StorageError> {
    page::read(
        source.connection(),
        entity::Entity::find().filter(entity::Column::AdvocateId.eq(advocate)),
        Sort::by((entity::Entity, entity::Column::RecordedAt)).descending(),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// The record of these advocates, oldest entry first.
pub async fn of_advocates(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
) -> Result<Vec<Consent>, StorageError> {
    if advocates.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::AdvocateId.is_in(advocates))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}
