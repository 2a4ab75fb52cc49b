//! The facts that the steward queue is made of, and what was put off.

use domain::{
    access::Scope,
    id::{AccountId, AdvocateId, ContactId, ContentId, UserId},
    steward::StewardReason,
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, Value, entity::prelude::*, sea_query::OnConflict};

use crate::{
    error::StorageError,
    load::owned,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{Day, StewardReason, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "put_offs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub reason: StewardReason,
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_id: Uuid,
        /// The day on which it waits again.
        pub until_on: Day,
        /// The relationship owner was asked to look.
        pub owner_asked: bool,
        pub made_by: Option<UserId>,
        pub made_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as PutOff;

/// What wears out about an active advocate, beside their uses.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Upkeep {
    pub advocate_id: AdvocateId,
    pub version: i64,
    pub verified_on: Option<Day>,
    pub account_id: Option<AccountId>,
    pub account_name: Option<String>,
    pub account_version: Option<i64>,
    /// Who owns the relationship and works here.
    pub owner_id: Option<UserId>,
    /// The first last day, up to the day asked for, of a consent that is the last word about an
    /// activity the advocate agreed to.
    pub consent_until: Option<Day>,
    /// The first day on which the contact does not work for the account any more.
    pub left_on: Option<Day>,
    pub contact_id: ContactId,
    pub contact_version: i64,
    /// The day on which a mail server refused the address that the contact has.
    pub email_refused_on: Option<Day>,
}

const ADVOCATES: &str = "
select advocates.id as advocate_id, advocates.version as version,
  advocates.verified_on as verified_on, accounts.id as account_id, accounts.name as account_name,
  accounts.version as account_version, owners.id as owner_id, ending.until_on as consent_until,
  contacts.left_on as left_on, contacts.id as contact_id, contacts.version as contact_version,
  case when contacts.email = contacts.refused_email then contacts.refused_on end as email_refused_on
from advocates
join contacts on contacts.id = advocates.contact_id
left join accounts on accounts.id = contacts.account_id
left join users owners on owners.id = accounts.owner_id and owners.is_active
left join (
  select consents.advocate_id as advocate_id, min(consents.valid_until) as until_on
  from consents
  join advocate_activities on advocate_activities.advocate_id = consents.advocate_id
    and (consents.activity is null or consents.activity = advocate_activities.activity)
  where consents.kind = 'given' and consents.valid_until <= $1
    and consents.use_channel is null and consents.region_id is null
    and not exists (
      select 1 from consents later
      where later.advocate_id = consents.advocate_id and later.id > consents.id
        and later.use_channel is null and later.region_id is null
        and (later.activity is null or later.activity = advocate_activities.activity)
    )
  group by consents.advocate_id
) ending on ending.advocate_id = advocates.id
where advocates.status = 'active' and OWNER
order by advocates.id";

/// Every active advocate in reach; consents that end after `until` are left out.
pub async fn advocates(
    source: &impl Source,
    scope: &Scope,
    until: Day,
) -> Result<Vec<Upkeep>, StorageError> {
    let mut values: Vec<Value> = vec![until.into()];
    let sql = ADVOCATES.replace("OWNER", &owned(scope, &mut values));
    record::all(source, &sql, values).await
}

/// Approved content with a last day.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Ending {
    pub content_id: ContentId,
    pub version: i64,
    pub title: String,
    pub expires_on: Day,
    pub account_id: Option<AccountId>,
    pub account_name: Option<String>,
    /// Who owns the relationship and works here.
    pub owner_id: Option<UserId>,
}

const CONTENT: &str = "
select content.id as content_id, content.version as version, content.title as title,
  content.expires_on as expires_on, accounts.id as account_id, accounts.name as account_name,
  owners.id as owner_id
from content
left join advocates on advocates.id = content.advocate_id
left join contacts on contacts.id = advocates.contact_id
left join accounts on accounts.id = coalesce(content.account_id, contacts.account_id)
left join users owners on owners.id = accounts.owner_id and owners.is_active
where content.status = 'approved' and content.expires_on <= $1 and OWNER
order by content.id";

/// Approved content of accounts in reach whose last day is `until` or earlier.
pub async fn content(
    source: &impl Source,
    scope: &Scope,
    until: Day,
) -> Result<Vec<Ending>, StorageError> {
    let mut values: Vec<Value> = vec![until.into()];
    let sql = CONTENT.replace("OWNER", &owned(scope, &mut values));
    record::all(source, &sql, values).await
}

const PUT_OFF: &str = "
select reason, record_id, until_on, owner_asked, made_by, made_at
from put_offs
where until_on > $1
order by reason, record_id";

/// What is put off beyond a day; reasons and ids, nothing about the records.
pub async fn put_offs(source: &impl Source, today: Day) -> Result<Vec<PutOff>, StorageError> {
    record::all(source, PUT_OFF, vec![today.into()]).await
}

/// Puts a record off for a reason, in place of what was said before.
pub async fn put_off(tx: &Tx, row: PutOff) -> Result<(), StorageError> {
    put_off_all(tx, vec![row]).await
}

/// Puts records off, in place of what was said of them before; some thousand at most, in one statement.
pub async fn put_off_all(tx: &Tx, rows: Vec<PutOff>) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    entity::Entity::insert_many(
        rows.into_iter()
            .map(sea_orm::IntoActiveModel::into_active_model),
    )
    .on_conflict(
        OnConflict::columns([entity::Column::Reason, entity::Column::RecordId])
            .update_columns([
                entity::Column::UntilOn,
                entity::Column::OwnerAsked,
                entity::Column::MadeBy,
                entity::Column::MadeAt,
            ])
            .to_owned(),
    )
    .exec_without_returning(tx.inner())
    .await?;
    Ok(())
}

const TAKE_BACK: &str = "delete from put_offs where reason = $1 and record_id = $2";

/// Lets a record wait again; `false` when it was not put off.
pub async fn take_back(tx: &Tx, reason: StewardReason, record: Uuid) -> Result<bool, StorageError> {
    let values = vec![reason.into(), record.into()];
    Ok(record::execute(tx, TAKE_BACK, values).await? == 1)
}

const PRUNE: &str = "delete from put_offs where until_on <= $1";

/// Removes what has come back by a day.
pub async fn prune(tx: &Tx, today: Day) -> Result<u64, StorageError> {
    record::execute(tx, PRUNE, vec![today.into()]).await
}
