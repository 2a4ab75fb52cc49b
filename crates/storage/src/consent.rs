//! The append-only record of what advocates agreed to.

use domain::{
    activity::Activity,
    consent::{Consent as Rule, ConsentChannel, ConsentKind, ConsentSource, Reach},
    id::{AdvocateId, ConsentId, TermId, UserId},
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
        Activity, AdvocateId, ConsentChannel, ConsentId, ConsentKind, ConsentSource, Day, TermId,
        Timestamp, UserId,
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
        /// The column kept its first name: what lies in the trash is read by it.
        #[sea_orm(column_name = "channel")]
        pub source: ConsentSource,
        /// Which wording the person agreed to.
        pub text_version: String,
        pub valid_from: Day,
        pub valid_until: Option<Day>,
        pub recorded_by: Option<UserId>,
        pub recorded_at: Timestamp,
        /// Given for its activity without being asked each time.
        pub agrees_ahead: bool,
        /// Through what it holds; none for everything.
        #[sea_orm(column_name = "use_channel")]
        pub channel: Option<ConsentChannel>,
        /// Where it holds, with all below it; none for everywhere.
        pub region_id: Option<TermId>,
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

    pub fn reach(&self) -> Reach {
        Reach {
            channel: self.channel,
            region: self.region_id,
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

/// What these advocates said in general, oldest entry first: entries with a limit of channel or region are left
/// out, as they say nothing about a use of which neither is known.
pub async fn of_advocates(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
) -> Result<Vec<Consent>, StorageError> {
    if advocates.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::AdvocateId.is_in(advocates))
        .filter(entity::Column::Channel.is_null())
        .filter(entity::Column::RegionId.is_null())
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// The whole record of an advocate, oldest entry first.
pub async fn whole(
    source: &impl Source,
    advocate: AdvocateId,
) -> Result<Vec<Consent>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::AdvocateId.eq(advocate))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}
