//! The in-app inbox, and the threads that its reader muted.

use std::collections::HashSet;

use domain::{
    id::{NoticeId, UserId},
    notice::{InboxPart, NoticeClass, UpdateKind},
    record::RecordKind,
    time::Timestamp,
};
use sea_orm::{
    Condition, FromQueryResult, QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, Func, OnConflict, Query},
};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{NoticeClass, NoticeId, RecordKind, Timestamp, UpdateKind, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NoticeId,
        pub user_id: UserId,
        pub class: NoticeClass,
        pub title: String,
        pub body: String,
        /// The screen it leads to.
        pub path: String,
        pub created_at: Timestamp,
        pub read_at: Option<Timestamp>,
        /// Until when it is put off, or was: from then on it stands where an entry of that instant stands.
        pub snoozed_until: Option<Timestamp>,
        /// The record that it is about, by whose name it is told from others like it.
        pub record_kind: Option<RecordKind>,
        pub record_id: Option<Uuid>,
        /// What an update is about; only updates have one.
        pub update_kind: Option<UpdateKind>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mute_entity {
    use sea_orm::entity::prelude::*;

    use super::{NoticeId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mutes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        /// The screen that the entries of the thread lead to.
        #[sea_orm(primary_key, auto_increment = false)]
        pub path: String,
        /// The entry that it was muted from.
        pub notice_id: NoticeId,
        pub made_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod muted_kind_entity {
    use sea_orm::entity::prelude::*;

    use super::{Timestamp, UpdateKind, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "muted_kinds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub update_kind: UpdateKind,
        pub made_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Notice;
pub use mute_entity::Model as Mute;
pub use muted_kind_entity::Model as MutedKind;

pub async fn insert_all(tx: &Tx, rows: Vec<Notice>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// One entry, for the mail about it and for its own reader; the caller checks whose it is.
pub async fn find(source: &impl Source, id: NoticeId) -> Result<Option<Notice>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// What is read of an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub part: InboxPart,
    pub class: Option<NoticeClass>,
}

/// A part of a person's own inbox, newest first; what is put off in the order in which it comes back.
pub async fn list(
    source: &impl Source,
    user: UserId,
    now: Timestamp,
    wanted: Wanted,
    page: &Page,
) -> Result<Listed<Notice>, StorageError> {
    let mut select = entity::Entity::find()
        .filter(entity::Column::UserId.eq(user))
        .filter(in_part(user, now, wanted.part));
    if let Some(class) = wanted.class {
        select = select.filter(entity::Column::Class.eq(class));
    }
    let place = Func::coalesce([
        Expr::col((entity::Entity, entity::Column::SnoozedUntil)),
        Expr::col((entity::Entity, entity::Column::CreatedAt)),
    ]);
    let sort = Sort::by_expr(place.into());
    let sort = match wanted.part {
        InboxPart::Snoozed => sort,
        _ => sort.descending(),
    };
    page::read(
        source.connection(),
        select,
        sort,
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

fn in_part(user: UserId, now: Timestamp, part: InboxPart) -> Condition {
    let is_back = || {
        Condition::any()
            .add(entity::Column::SnoozedUntil.is_null())
            .add(entity::Column::SnoozedUntil.lte(now))
    };
    let all = Condition::all();
    match part {
        InboxPart::Current => all.add(is_back()),
        InboxPart::Open => all.add(is_back()).add(entity::Column::ReadAt.is_null()),
        InboxPart::Done => all.add(is_back()).add(entity::Column::ReadAt.is_not_null()),
        InboxPart::Snoozed => all.add(entity::Column::SnoozedUntil.gt(now)),
        InboxPart::Muted => all.add(
            entity::Column::Id.in_subquery(
                Query::select()
                    .column(mute_entity::Column::NoticeId)
                    .from(mute_entity::Entity)
                    .and_where(mute_entity::Column::UserId.eq(user))
                    .to_owned(),
            ),
        ),
    }
}

/// How many entries stand under a heading: the name of a class, `snoozed` or `muted`.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Heading {
    pub heading: String,
    pub entries: i64,
}

const HEADINGS: &str = "
select class as heading, count(*) as entries
from notices
where user_id = $1 and read_at is null and (snoozed_until is null or snoozed_until <= $2)
group by class
union all
select 'snoozed' as heading, count(*) as entries
from notices
where user_id = $1 and snoozed_until > $2
union all
select 'muted' as heading, count(*) as entries
from mutes
where user_id = $1
order by 1";

/// What waits in a person's inbox, by class, beside what is put off and muted; a class in which nothing
/// waits is absent.
pub async fn headings(
    source: &impl Source,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Heading>, StorageError> {
    record::all(source, HEADINGS, vec![user.into(), now.into()]).await
}

const READ: &str =
    "update notices set read_at = $1 where id = $2 and user_id = $3 and read_at is null";
const READ_ALL: &str = "
update notices set read_at = $1
where user_id = $2 and read_at is null and (snoozed_until is null or snoozed_until <= $1)";
const UNREAD: &str = "update notices set read_at = null where id = $1 and user_id = $2";
const SNOOZE: &str =
    "update notices set snoozed_until = $1, read_at = null where id = $2 and user_id = $3";

/// Marks one entry of a person's inbox as read; `false` when there is none or it was read.
pub async fn mark_read(tx: &Tx, user: UserId, id: NoticeId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, READ, vec![tx.now().into(), id.into(), user.into()]).await? == 1)
}

/// Marks as read whatever is not put off.
pub async fn mark_all_read(tx: &Tx, user: UserId) -> Result<u64, StorageError> {
    record::execute(tx, READ_ALL, vec![tx.now().into(), user.into()]).await
}

/// Lets one entry of a person's inbox wait again; `false` when there is none.
pub async fn mark_unread(tx: &Tx, user: UserId, id: NoticeId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, UNREAD, vec![id.into(), user.into()]).await? == 1)
}

/// Puts one entry of a person's inbox off until an instant, or no longer, and lets it wait; `false`
/// when there is none.
pub async fn snooze(
    tx: &Tx,
    user: UserId,
    id: NoticeId,
    until: Option<Timestamp>,
) -> Result<bool, StorageError> {
    Ok(record::execute(tx, SNOOZE, vec![until.into(), id.into(), user.into()]).await? == 1)
}

/// Mutes a thread for a person; one that is muted stays as it is.
pub async fn mute(tx: &Tx, row: Mute) -> Result<(), StorageError> {
    use sea_orm::IntoActiveModel as _;
    mute_entity::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([mute_entity::Column::UserId, mute_entity::Column::Path])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

const UNMUTE: &str = "delete from mutes where user_id = $1 and path = $2";

/// Lets a thread speak again; `false` when it was not muted.
pub async fn unmute(tx: &Tx, user: UserId, path: &str) -> Result<bool, StorageError> {
    Ok(record::execute(tx, UNMUTE, vec![user.into(), path.into()]).await? == 1)
}

/// Which of these threads a person has muted.
pub async fn muted_of(
    source: &impl Source,
    user: UserId,
    paths: Vec<String>,
) -> Result<HashSet<String>, StorageError> {
    let found: Vec<String> = mute_entity::Entity::find()
        .select_only()
        .column(mute_entity::Column::Path)
        .filter(mute_entity::Column::UserId.eq(user))
        .filter(mute_entity::Column::Path.is_in(paths))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(found.into_iter().collect())
}

/// Wants no more updates of a kind for a person; one that is muted stays as it is.
pub async fn mute_kind(tx: &Tx, row: MutedKind) -> Result<(), StorageError> {
    use muted_kind_entity::Column;
    use sea_orm::IntoActiveModel as _;
    muted_kind_entity::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::UserId, Column::UpdateKind])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

const UNMUTE_KIND: &str = "delete from muted_kinds where user_id = $1 and update_kind = $2";

/// Lets updates of a kind arrive again; `false` when they did.
pub async fn unmute_kind(tx: &Tx, user: UserId, kind: UpdateKind) -> Result<bool, StorageError> {
    Ok(record::execute(tx, UNMUTE_KIND, vec![user.into(), kind.into()]).await? == 1)
}

/// The kinds of update that a person wants no more of.
pub async fn muted_kinds(
    source: &impl Source,
    user: UserId,
) -> Result<HashSet<UpdateKind>, StorageError> {
    let found = muted_kind_entity::Entity::find()
        .filter(muted_kind_entity::Column::UserId.eq(user))
        .all(source.connection())
        .await?;
    Ok(found.into_iter().map(|row| row.update_kind).collect())
}

/// Who of these people wants no more updates of a kind.
pub async fn muting_kind(
    source: &impl Source,
    kind: UpdateKind,
    people: Vec<UserId>,
) -> Result<HashSet<UserId>, StorageError> {
    let found = muted_kind_entity::Entity::find()
        .filter(muted_kind_entity::Column::UpdateKind.eq(kind))
        .filter(muted_kind_entity::Column::UserId.is_in(people))
        .all(source.connection())
        .await?;
    Ok(found.into_iter().map(|row| row.user_id).collect())
}

/// Who of these people has muted a thread.
pub async fn muting(
    source: &impl Source,
    path: &str,
    people: Vec<UserId>,
) -> Result<HashSet<UserId>, StorageError> {
    let found: Vec<UserId> = mute_entity::Entity::find()
        .select_only()
        .column(mute_entity::Column::UserId)
        .filter(mute_entity::Column::Path.eq(path))
        .filter(mute_entity::Column::UserId.is_in(people))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(found.into_iter().collect())
}
