//! What the match index is built from, read in one moment of the database.

use std::collections::HashSet;

use domain::{
    advocate::AdvocateStatus,
    id::{AccountId, AdvocateId, ContactId, ContentId},
    record::RecordKind,
    time::Day,
};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryFilter, entity::prelude::*};

use crate::{
    account::{self, AccountLock, AccountRelation},
    advocate::{self, NoGo, Willingness},
    connection::{Snapshot, Store},
    consent,
    content::{self, Content},
    error::StorageError,
    log::{self, Head},
    record::{Source, sealed::Connected as _},
    tag::{self},
    term::{self, Facet, Synonym, Term},
};

mod narrow;

pub use narrow::{Agreed, Held, Taken, Told};
use narrow::{
    HELD_BY_CONTENT, agreed, agreed_by_all, held, held_by_all, reservations, told, told_by_all,
    uses, willingness_of_all,
};

/// An advocate with the account they speak for.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Person {
    pub id: AdvocateId,
    pub contact_id: ContactId,
    pub account_id: AccountId,
    pub status: AdvocateStatus,
    pub headline: Option<String>,
    pub story: Option<String>,
    pub limit_per_year: Option<i64>,
    pub limit_per_quarter: Option<i64>,
    pub is_restricted: bool,
    pub verified_on: Option<Day>,
    /// The first day on which they do not work for the account any more.
    pub left_on: Option<Day>,
}

impl Person {
    /// What they are on a day: whoever left the company speaks for it no more than one who retired.
    pub fn status_on(&self, day: Day) -> AdvocateStatus {
        if self.left_on.is_some_and(|left| left <= day) {
            AdvocateStatus::Retired
        } else {
            self.status
        }
    }
}

/// Everything about a set of advocates that matching reads. Rows come in no particular order.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub people: Vec<Person>,
    pub willingness: Vec<Willingness>,
    pub outcomes: Vec<Told>,
    pub consents: Vec<Agreed>,
    pub no_go: Vec<NoGo>,
    pub locks: Vec<AccountLock>,
    pub relations: Vec<AccountRelation>,
    pub uses: Vec<Taken>,
    pub reservations: Vec<Taken>,
    /// What the advocates, their contacts and their accounts hold.
    pub tags: Vec<Held>,
    /// Quotes and stories that an advocate gave.
    pub content: Vec<Content>,
}

/// The taxonomy as it is stored.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub facets: Vec<Facet>,
    pub terms: Vec<Term>,
    pub synonyms: Vec<Synonym>,
}

/// Content with its tags.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub content: Vec<Content>,
    pub tags: Vec<Held>,
    /// The records of those who tell it, oldest entry first.
    pub consents: Vec<Agreed>,
}

/// The whole projection at one position of the event log.
#[derive(Clone, Debug)]
pub struct Projection {
    pub head: Head,
    pub terms: Terms,
    pub people: People,
    pub library: Library,
}

const PEOPLE: &str = "
select advocates.id, advocates.contact_id, contacts.account_id, advocates.status, advocates.headline,
  advocates.story, advocates.limit_per_year, advocates.limit_per_quarter, advocates.is_restricted,
  advocates.verified_on, contacts.left_on
from advocates
join contacts on contacts.id = advocates.contact_id
where contacts.account_id is not null
order by advocates.id";

/// Loads everything, with uses since `since`.
pub async fn load(store: &Store, since: Day) -> Result<Projection, StorageError> {
    let (head, one, other) = moment(store).await?;
    // The rows of the one are made ready while those of the other are.
    let beside = other.as_ref().unwrap_or(&one);
    let (terms, mut people, (tags, willingness)) = tokio::try_join!(
        load_terms(&one),
        load_everyone(&one, since),
        load_held(beside),
    )?;
    (people.tags, people.willingness) = (tags, willingness);
    let library = load_library(&one, &people).await?;
    one.close().await?;
    if let Some(other) = other {
        other.close().await?;
    }
    let told = library.content.iter();
    people.content = told
        .filter(|row| row.advocate_id.is_some())
        .cloned()
        .collect();
    Ok(Projection {
        head,
        terms,
        people,
        library,
    })
}

/// How often two readers are tried to be begun at one moment, while others write.
const TRIES: usize = 3;
/// Who holds a reader and waits for a second one keeps nobody waiting who does the same.
static SECOND_READER: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The head of the log and two readers that see it; one alone where others write, or load, at the same
/// time. Every write that matching reads moves the head.
async fn moment(store: &Store) -> Result<(Head, Snapshot, Option<Snapshot>), StorageError> {
    let one = store.snapshot().await?;
    let head = log::head(&one).await?;
    let Ok(_second) = SECOND_READER.try_lock() else {
        return Ok((head, one, None));
    };
    for _ in 0..TRIES {
        let other = store.snapshot().await?;
        if log::head(&other).await? == head {
            return Ok((head, one, Some(other)));
        }
        other.close().await?;
    }
    Ok((head, one, None))
}

/// What everybody holds and agreed to do: the two with the most rows by far.
async fn load_held(source: &Snapshot) -> Result<(Vec<Held>, Vec<Willingness>), StorageError> {
    Ok((
        held_by_all(source).await?,
        willingness_of_all(source).await?,
    ))
}

/// All but what [`load_held`] reads.
async fn load_everyone(source: &Snapshot, since: Day) -> Result<People, StorageError> {
    let connection = source.connection();
    let relations = account::relation_entity::Entity::find()
        .all(connection)
        .await?;
    Ok(People {
        people: crate::record::all(source, PEOPLE, vec![]).await?,
        outcomes: told_by_all(source).await?,
        consents: agreed_by_all(source).await?,
        no_go: advocate::no_go_entity::Entity::find()
            .all(connection)
            .await?,
        locks: account::lock_entity::Entity::find()
            .filter(account::lock_entity::Column::LiftedAt.is_null())
            .all(connection)
            .await?,
        relations,
        uses: uses(source, None, since).await?,
        reservations: reservations(source, None).await?,
        ..People::default()
    })
}

/// Loads the advocates of some accounts: caps bind accounts, so an account is reloaded whole.
pub async fn load_accounts(
    store: &Store,
    accounts: &[AccountId],
    since: Day,
) -> Result<People, StorageError> {
    let snapshot = store.snapshot().await?;
    let people = people_of(&snapshot, accounts).await?;
    let ids: Vec<AdvocateId> = people.iter().map(|person| person.id).collect();
    let of_person = |person: &Person| {
        let contact = (RecordKind::Contact, person.contact_id.0);
        [(RecordKind::Advocate, person.id.0), contact]
    };
    let of_accounts = accounts.iter().map(|id| (RecordKind::Account, id.0));
    let tagged = people.iter().flat_map(of_person).chain(of_accounts);
    let tags = tag::of_records(&snapshot, tagged).await?;
    let loaded = People {
        willingness: advocate::willingness(&snapshot, ids.clone()).await?,
        outcomes: told(advocate::outcomes(&snapshot, ids.clone()).await?),
        consents: agreed(consent::of_advocates(&snapshot, ids.clone()).await?),
        no_go: advocate::no_go(&snapshot, ids.clone()).await?,
        locks: account::locks(&snapshot, accounts.to_vec()).await?,
        relations: account::relations(&snapshot, accounts.to_vec()).await?,
        uses: uses(&snapshot, Some(accounts), since).await?,
        reservations: reservations(&snapshot, Some(accounts)).await?,
        content: content::entity::Entity::find()
            .filter(content::entity::Column::AdvocateId.is_in(ids))
            .all(snapshot.connection())
            .await?,
        people,
        tags: held(tags),
    };
    snapshot.close().await?;
    Ok(loaded)
}

/// The same reading inside an open write, for the check that decides.
pub async fn protection_of(
    tx: &crate::Tx,
    account: AccountId,
    since: Day,
) -> Result<People, StorageError> {
    let people = people_of(tx, &[account]).await?;
    let ids: Vec<AdvocateId> = people.iter().map(|person| person.id).collect();
    Ok(People {
        willingness: advocate::willingness(tx, ids.clone()).await?,
        consents: agreed(consent::of_advocates(tx, ids.clone()).await?),
        no_go: advocate::no_go(tx, ids).await?,
        locks: account::locks(tx, vec![account]).await?,
        relations: account::relations(tx, vec![account]).await?,
        uses: uses(tx, Some(&[account]), since).await?,
        reservations: reservations(tx, Some(&[account])).await?,
        people,
        ..People::default()
    })
}

async fn people_of(
    source: &impl Source,
    accounts: &[AccountId],
) -> Result<Vec<Person>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = PEOPLE.replace(
        "is not null",
        &format!("in ({})", crate::record::places(accounts.len())),
    );
    crate::record::all(
        source,
        &sql,
        accounts.iter().map(|id| (*id).into()).collect(),
    )
    .await
}

/// The taxonomy alone.
pub async fn load_terms(source: &impl Source) -> Result<Terms, StorageError> {
    Ok(Terms {
        facets: term::facets(source).await?,
        terms: term::terms(source).await?,
        synonyms: term::synonyms(source).await?,
    })
}

async fn load_library(source: &Snapshot, people: &People) -> Result<Library, StorageError> {
    let content: Vec<Content> = content::entity::Entity::find()
        .all(source.connection())
        .await?;
    let tellers: HashSet<AdvocateId> = content.iter().filter_map(|row| row.advocate_id).collect();
    let consents = people.consents.iter();
    Ok(Library {
        tags: crate::record::all(source, HELD_BY_CONTENT, vec![]).await?,
        consents: consents
            .filter(|entry| tellers.contains(&entry.advocate_id))
            .cloned()
            .collect(),
        content,
    })
}

/// Some content with its tags.
pub async fn load_content(store: &Store, ids: Vec<ContentId>) -> Result<Library, StorageError> {
    let tags = tag::of(
        store,
        RecordKind::Content,
        ids.iter().map(|id| id.0).collect(),
    )
    .await?;
    let content: Vec<Content> = content::by_ids(store, ids).await?.into_values().collect();
    let tellers = content.iter().filter_map(|row| row.advocate_id).collect();
    Ok(Library {
        consents: agreed(consent::of_advocates(store, tellers).await?),
        content,
        tags: held(tags),
    })
}

#[derive(FromQueryResult)]
struct ContentOfRecord {
    id: ContentId,
}

const CONTENT_OF_ADVOCATES: &str =
    "select id from content where advocate_id in (PLACES) order by id";

/// What touched advocates tell: their consent decides whether it may be shown.
pub async fn content_of(
    source: &impl Source,
    advocates: &[AdvocateId],
) -> Result<Vec<ContentId>, StorageError> {
    let mut content = Vec::new();
    for batch in advocates.chunks(5_000) {
        let sql = CONTENT_OF_ADVOCATES.replace("PLACES", &crate::record::places(batch.len()));
        let rows: Vec<ContentOfRecord> =
            crate::record::all(source, &sql, batch.iter().map(|id| (*id).into()).collect()).await?;
        content.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(content)
}

#[derive(FromQueryResult)]
struct AccountOfRecord {
    account_id: AccountId,
}

const ACCOUNTS_OF_CONTACTS: &str = "
select distinct contacts.account_id as account_id
from contacts
join advocates on advocates.contact_id = contacts.id
where contacts.account_id is not null and (contacts.id in (PLACES) or advocates.id in (PLACES))
order by 1";

/// The accounts behind touched contacts and advocates. Contacts who are no advocates have none.
pub async fn accounts_of(
    source: &impl Source,
    ids: &[Uuid],
) -> Result<Vec<AccountId>, StorageError> {
    let mut accounts = Vec::new();
    for batch in ids.chunks(5_000) {
        let sql = ACCOUNTS_OF_CONTACTS.replace("PLACES", &crate::record::places(batch.len()));
        let rows: Vec<AccountOfRecord> =
            crate::record::all(source, &sql, batch.iter().map(|id| (*id).into()).collect()).await?;
        accounts.extend(rows.into_iter().map(|row| row.account_id));
    }
    Ok(accounts)
}

/// The position of the log, in one cheap read.
pub async fn position(store: &Store) -> Result<i64, StorageError> {
    let statement = sea_orm::Statement::from_string(
        store.read.get_database_backend(),
        "select position from log_head where id = 1",
    );
    let row = store.read.query_one_raw(statement).await?;
    let row = row.ok_or(StorageError::BadRow {
        table: "log_head",
        problem: "its one row is missing".into(),
    })?;
    Ok(row.try_get("", "position")?)
}
