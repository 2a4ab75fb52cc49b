//! The trash: records that were deleted, with everything that belongs to them alone, until they are
//! restored or their time is over.
//!
//! A record in the trash is gone from its table, so that no query has to leave it out.

use std::collections::HashSet;

use domain::{
    access::Scope,
    id::{AccountId, AdvocateId, ContactId, ContentId, TrashId, UserId},
    record::RecordKind,
    time::Timestamp,
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    account::{self, Account, AccountLock, AccountRelation},
    advocate::{self, Advocate, NoGo, Outcome, PartCheck, Willingness},
    comment::{self, Comment},
    contact::{self, Contact},
    content::{self, Content},
    content_file::{self, ContentFile},
    error::StorageError,
    import_undo,
    record::{self, Source},
    recruiting::{self, Nominee},
    recruiting_ask::{self, RecruitingAsk},
    tag::{self, Tag},
    tx::Tx,
};

mod file;
mod rest;

pub(crate) use file::entity as piece_entity;
pub use rest::kept_by;

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{RecordKind, Timestamp, TrashId, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trash")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TrashId,
        pub record_kind: RecordKind,
        pub record_id: Uuid,
        /// What the record was called.
        pub name: String,
        /// Its rows and those that went with it, as JSON.
        pub body: String,
        pub trashed_by: Option<UserId>,
        pub trashed_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Trashed;

/// A record with everything that belongs to it alone: an account with its contacts, a contact with
/// the reference profile, content with what its file is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
// What was put here before a kind of row went along lacks it.
#[serde(default)]
pub struct Rows {
    pub accounts: Vec<Account>,
    pub locks: Vec<AccountLock>,
    pub relations: Vec<AccountRelation>,
    pub contacts: Vec<Contact>,
    pub advocates: Vec<Advocate>,
    pub activities: Vec<Willingness>,
    pub outcomes: Vec<Outcome>,
    pub checks: Vec<PartCheck>,
    pub no_go: Vec<NoGo>,
    pub nominees: Vec<Nominee>,
    /// What owners were asked about the accounts.
    pub asks: Vec<RecruitingAsk>,
    pub content: Vec<Content>,
    pub files: Vec<ContentFile>,
    pub tags: Vec<Tag>,
    pub comments: Vec<Comment>,
}

/// The kinds that have a trash, those first that hang on others.
const KINDS: [RecordKind; 4] = [
    RecordKind::Content,
    RecordKind::Advocate,
    RecordKind::Contact,
    RecordKind::Account,
];

impl Rows {
    fn account_ids(&self) -> Vec<AccountId> {
        self.accounts.iter().map(|row| row.id).collect()
    }

    fn contact_ids(&self) -> Vec<ContactId> {
        self.contacts.iter().map(|row| row.id).collect()
    }

    fn advocate_ids(&self) -> Vec<AdvocateId> {
        self.advocates.iter().map(|row| row.id).collect()
    }

    /// The records among the rows, those first that others hang on.
    pub fn places(&self) -> Vec<(RecordKind, Uuid)> {
        let accounts = self
            .accounts
            .iter()
            .map(|row| (RecordKind::Account, row.id.0));
        let contacts = self
            .contacts
            .iter()
            .map(|row| (RecordKind::Contact, row.id.0));
        let advocates = self
            .advocates
            .iter()
            .map(|row| (RecordKind::Advocate, row.id.0));
        let content = self
            .content
            .iter()
            .map(|row| (RecordKind::Content, row.id.0));
        let people = contacts.chain(advocates);
        accounts.chain(people).chain(content).collect()
    }

    fn ids_of(&self, kind: RecordKind) -> Vec<Uuid> {
        let places = self.places().into_iter();
        let of_kind = places.filter(|(of, _)| *of == kind);
        of_kind.map(|(_, id)| id).collect()
    }
}

/// Reads a record with everything that belongs to it; nothing for a kind that has no trash.
pub async fn gather(
    source: &impl Source,
    kind: RecordKind,
    id: Uuid,
) -> Result<Rows, StorageError> {
    let connection = source.connection();
    let mut rows = Rows::default();
    match kind {
        RecordKind::Account => {
            rows.accounts = account::entity::Entity::find_by_id(AccountId(id))
                .all(connection)
                .await?;
            rows.contacts = contact::entity::Entity::find()
                .filter(contact::entity::Column::AccountId.eq(id))
                .order_by_asc(contact::entity::Column::Id)
                .all(connection)
                .await?;
        }
        RecordKind::Contact => {
            rows.contacts = contact::entity::Entity::find_by_id(ContactId(id))
                .all(connection)
                .await?;
        }
        RecordKind::Advocate => {
            rows.advocates = advocate::entity::Entity::find_by_id(AdvocateId(id))
                .all(connection)
                .await?;
        }
        RecordKind::Content => {
            rows.content = content::entity::Entity::find_by_id(ContentId(id))
                .all(connection)
                .await?;
            let files = content_file::of(source, vec![ContentId(id)]).await?;
            rows.files = files.into_values().collect();
        }
        _ => return Ok(rows),
    }
    if !rows.contacts.is_empty() {
        rows.advocates = advocate::of_contacts(source, rows.contact_ids()).await?;
    }
    beside(source, &mut rows).await?;
    Ok(rows)
}

/// Reads what stands beside the accounts and advocates.
async fn beside(source: &impl Source, rows: &mut Rows) -> Result<(), StorageError> {
    let connection = source.connection();
    let (accounts, advocates) = (rows.account_ids(), rows.advocate_ids());
    rows.locks = account::lock_entity::Entity::find()
        .filter(account::lock_entity::Column::AccountId.is_in(accounts.clone()))
        .all(connection)
        .await?;
    let related = sea_orm::Condition::any()
        .add(account::relation_entity::Column::AccountId.is_in(accounts.clone()))
        .add(account::relation_entity::Column::OtherId.is_in(accounts.clone()));
    rows.relations = account::relation_entity::Entity::find()
        .filter(related)
        .all(connection)
        .await?;
    rows.asks = recruiting_ask::entity::Entity::find()
        .filter(recruiting_ask::entity::Column::AccountId.is_in(accounts.clone()))
        .all(connection)
        .await?;
    let refused = sea_orm::Condition::any()
        .add(advocate::no_go_entity::Column::AccountId.is_in(accounts))
        .add(advocate::no_go_entity::Column::AdvocateId.is_in(advocates.clone()));
    rows.no_go = advocate::no_go_entity::Entity::find()
        .filter(refused)
        .all(connection)
        .await?;
    rows.activities = advocate::willingness(source, advocates.clone()).await?;
    rows.outcomes = advocate::outcomes(source, advocates.clone()).await?;
    rows.checks = advocate::check_entity::Entity::find()
        .filter(advocate::check_entity::Column::AdvocateId.is_in(advocates.clone()))
        .all(connection)
        .await?;
    rows.nominees = recruiting::nominee_entity::Entity::find()
        .filter(recruiting::nominee_entity::Column::AdvocateId.is_in(advocates))
        .all(connection)
        .await?;
    for kind in KINDS {
        let ids = rows.ids_of(kind);
        rows.tags.extend(tag::of(source, kind, ids).await?);
    }
    rows.comments = comment::of_records(source, &rows.places()).await?;
    Ok(())
}

/// Deletes the rows from their tables, once their entry holds them: the pieces of a file move into the
/// trash first. A record that something else points at makes the whole write fail.
pub async fn remove(tx: &Tx, rows: &Rows) -> Result<(), StorageError> {
    let (accounts, advocates) = (rows.account_ids(), rows.advocate_ids());
    let connection = tx.inner();
    advocate::no_go_entity::Entity::delete_many()
        .filter(
            sea_orm::Condition::any()
                .add(advocate::no_go_entity::Column::AccountId.is_in(accounts.clone()))
                .add(advocate::no_go_entity::Column::AdvocateId.is_in(advocates.clone())),
        )
        .exec(connection)
        .await?;
    account::relation_entity::Entity::delete_many()
        .filter(
            sea_orm::Condition::any()
                .add(account::relation_entity::Column::AccountId.is_in(accounts.clone()))
                .add(account::relation_entity::Column::OtherId.is_in(accounts.clone())),
        )
        .exec(connection)
        .await?;
    recruiting_ask::entity::Entity::delete_many()
        .filter(recruiting_ask::entity::Column::AccountId.is_in(accounts))
        .exec(connection)
        .await?;
    advocate::check_entity::Entity::delete_many()
        .filter(advocate::check_entity::Column::AdvocateId.is_in(advocates.clone()))
        .exec(connection)
        .await?;
    recruiting::nominee_entity::Entity::delete_many()
        .filter(recruiting::nominee_entity::Column::AdvocateId.is_in(advocates))
        .exec(connection)
        .await?;
    for file in &rows.files {
        content_file::remove(tx, file.content_id).await?;
    }
    for kind in KINDS {
        import_undo::remove(tx, kind, &rows.ids_of(kind)).await?;
    }
    Ok(())
}

/// Puts the rows of an entry back into their tables. A relation or a no-go whose other end is gone is
/// left out.
///
/// # Errors
/// [`StorageError::Duplicate`] when another record has the id or the address of one of these by now.
pub async fn put_back(tx: &Tx, id: TrashId, mut rows: Rows) -> Result<(), StorageError> {
    let files = std::mem::take(&mut rows.files);
    account::insert_all(tx, rows.accounts).await?;
    account::insert_locks(tx, rows.locks).await?;
    contact::insert_all(tx, rows.contacts).await?;
    advocate::insert_all(tx, rows.advocates).await?;
    advocate::insert_willingness(tx, rows.activities).await?;
    advocate::insert_outcomes(tx, rows.outcomes).await?;
    record::insert_all::<advocate::check_entity::Entity, _>(tx, rows.checks).await?;
    record::insert_all::<recruiting::nominee_entity::Entity, _>(tx, rows.nominees).await?;
    recruiting_ask::insert_all(tx, rows.asks).await?;
    content::insert_all(tx, rows.content).await?;
    tag::insert_all(tx, rows.tags).await?;
    comment::insert_all(tx, rows.comments).await?;
    for file in files {
        file::put_back(tx, id, file).await?;
    }
    let ends = rows
        .relations
        .iter()
        .flat_map(|row| [row.account_id, row.other_id]);
    let ends = ends
        .chain(rows.no_go.iter().map(|row| row.account_id))
        .collect();
    let accounts: HashSet<AccountId> = account::by_ids(tx, ends).await?.into_keys().collect();
    let advocates = rows.no_go.iter().map(|row| row.advocate_id).collect();
    let advocates: HashSet<AdvocateId> =
        advocate::by_ids(tx, advocates).await?.into_keys().collect();
    let related = rows.relations.into_iter();
    let related = related
        .filter(|row| accounts.contains(&row.account_id) && accounts.contains(&row.other_id));
    account::insert_relations(tx, related.collect()).await?;
    let refused = rows.no_go.into_iter();
    let refused = refused
        .filter(|row| accounts.contains(&row.account_id) && advocates.contains(&row.advocate_id));
    record::insert_all::<advocate::no_go_entity::Entity, _>(tx, refused.collect()).await
}

/// Puts an entry into the trash, with the pieces of its files.
pub async fn insert(tx: &Tx, row: Trashed, files: &[ContentFile]) -> Result<(), StorageError> {
    let id = row.id;
    record::insert::<entity::Entity, _>(tx, row).await?;
    for file in files {
        file::take(tx, id, file).await?;
    }
    Ok(())
}

/// What is in the trash belongs to who put it there.
fn in_scope(scope: &Scope) -> sea_orm::Condition {
    record::scope_condition(scope, entity::Column::TrashedBy)
}

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: TrashId,
) -> Result<Option<Trashed>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope))
        .one(source.connection())
        .await?)
}

/// Whether a record is in the trash.
pub async fn holds(source: &impl Source, kind: RecordKind, id: Uuid) -> Result<bool, StorageError> {
    let found = entity::Entity::find()
        .filter(entity::Column::RecordKind.eq(kind))
        .filter(entity::Column::RecordId.eq(id))
        .one(source.connection())
        .await?;
    Ok(found.is_some())
}

/// What is in the trash, the newest first, at most 200.
pub async fn list(source: &impl Source, scope: &Scope) -> Result<Vec<Trashed>, StorageError> {
    Ok(entity::Entity::find()
        .filter(in_scope(scope))
        .order_by_desc(entity::Column::TrashedAt)
        .order_by_desc(entity::Column::Id)
        .limit(200)
        .all(source.connection())
        .await?)
}

/// What was put there before an instant, the oldest first, at most 200.
pub async fn due(source: &impl Source, before: Timestamp) -> Result<Vec<Trashed>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::TrashedAt.lt(before))
        .order_by_asc(entity::Column::TrashedAt)
        .order_by_asc(entity::Column::Id)
        .limit(200)
        .all(source.connection())
        .await?)
}

/// Takes an entry out of the trash, with the pieces of its files; `false` when it was out before.
pub async fn take_out(tx: &Tx, id: TrashId) -> Result<bool, StorageError> {
    file::forget(tx, id).await?;
    let gone = entity::Entity::delete_by_id(id).exec(tx.inner()).await?;
    Ok(gone.rows_affected == 1)
}
