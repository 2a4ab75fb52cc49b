//! What the match index is built from, read in one moment of the database.

use domain::{
    id::{AccountId, AdvocateId, ContentId},
    record::RecordKind,
    time::Day,
};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryFilter, entity::prelude::*};

use crate::{
    account::{AccountLock, AccountRelation},
    connection::{Snapshot, Store},
    consent::{self, Consent},
    content::{self, Content},
    error::StorageError,
    log::{self, Head},
    record::{self, Source, sealed::Connected as _},
    tag,
    term::{self, Facet, Synonym, Term},
};

mod narrow;
mod person;

use narrow::{HELD_BY_CONTENT, held, locks, relations, reservations, uses};
pub use narrow::{Held, Taken};
use person::Pages;
pub use person::Person;

/// Everything about a set of advocates that matching reads. Rows come in no particular order.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub people: Vec<Person>,
    pub locks: Vec<AccountLock>,
    pub relations: Vec<AccountRelation>,
    pub uses: Vec<Taken>,
    pub reservations: Vec<Taken>,
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
    pub consents: Vec<Consent>,
}

/// The whole projection at one position of the event log.
#[derive(Clone, Debug)]
pub struct Projection {
    pub head: Head,
    pub terms: Terms,
    pub people: People,
    pub library: Library,
}

/// Loads everything, with uses since `since`.
pub async fn load(store: &Store, since: Day) -> Result<Projection, StorageError> {
    let (head, one, other) = moment(store).await?;
    let pages = Pages::of(&one).await?;
    // The engine puts pages together for both readers at a time.
    let beside = async {
        match &other {
            Some(other) => pages.read(other).await,
            None => Ok(Vec::new()),
        }
    };
    let (terms, mut people, mut own, others) = tokio::try_join!(
        load_terms(&one),
        load_around(&one, None, since),
        pages.read(&one),
        beside,
    )?;
    own.extend(others);
    people.people = own;
    let library = load_library(&one).await?;
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

/// Everybody, and what stands around every account, with uses since `since`; without content. The position
/// is that of the log at which they stand so.
pub async fn load_people(store: &Store, since: Day) -> Result<(i64, People), StorageError> {
    let one = store.snapshot().await?;
    let head = log::head(&one).await?;
    let people = Pages::of(&one).await?.read(&one).await?;
    let around = load_around(&one, None, since).await?;
    one.close().await?;
    Ok((head.position, People { people, ..around }))
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

/// What stands around the advocates of some accounts, or of all: what their accounts may not or did.
async fn load_around(
    source: &impl Source,
    of: Option<&[AccountId]>,
    since: Day,
) -> Result<People, StorageError> {
    Ok(People {
        locks: locks(source, of).await?,
        relations: relations(source, of).await?,
        uses: uses(source, of, since).await?,
        reservations: reservations(source, of).await?,
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
    let people = person::of_accounts(&snapshot, accounts).await?;
    let ids = people.iter().map(|person| person.id);
    let content = content::entity::Entity::find()
        .filter(content::entity::Column::AdvocateId.is_in(ids))
        .all(snapshot.connection())
        .await?;
    let around = load_around(&snapshot, Some(accounts), since).await?;
    snapshot.close().await?;
    Ok(People {
        people,
        content,
        ..around
    })
}

/// The same reading inside an open write, for the check that decides.
pub async fn protection_of(
    tx: &crate::Tx,
    account: AccountId,
    since: Day,
) -> Result<People, StorageError> {
    Ok(People {
        people: person::of_accounts(tx, &[account]).await?,
        ..load_around(tx, Some(&[account]), since).await?
    })
}

/// The taxonomy alone.
pub async fn load_terms(source: &impl Source) -> Result<Terms, StorageError> {
    Ok(Terms {
        facets: term::facets(source).await?,
        terms: term::terms(source).await?,
        synonyms: term::synonyms(source).await?,
    })
}

/// The consent records of all who tell something.
const CONSENTS_OF_TELLERS: &str = "
select *
from consents
where advocate_id in (select advocate_id from content where advocate_id is not null)
  and use_channel is null and region_id is null
order by id";

async fn load_library(source: &Snapshot) -> Result<Library, StorageError> {
    Ok(Library {
        content: content::entity::Entity::find()
            .all(source.connection())
            .await?,
        tags: record::all(source, HELD_BY_CONTENT, vec![]).await?,
        consents: record::all(source, CONSENTS_OF_TELLERS, vec![]).await?,
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
        consents: consent::of_advocates(store, tellers).await?,
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
    for batch in advocates.chunks(record::IDS_AT_ONCE) {
        let sql = CONTENT_OF_ADVOCATES.replace("PLACES", &record::places(batch.len()));
        let rows: Vec<ContentOfRecord> =
            record::all(source, &sql, batch.iter().map(|id| (*id).into()).collect()).await?;
        content.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(content)
}

#[derive(FromQueryResult)]
struct AccountOfRecord {
    account_id: AccountId,
}

// Two questions, each by its own key: one over both would read every contact.
const ACCOUNTS_OF_CONTACTS: &str = "
select contacts.account_id as account_id
from contacts
join advocates on advocates.contact_id = contacts.id
where contacts.account_id is not null and contacts.id in (PLACES)
union
select contacts.account_id as account_id
from advocates
join contacts on contacts.id = advocates.contact_id
where contacts.account_id is not null and advocates.id in (PLACES)
order by 1";

/// The accounts behind touched contacts and advocates. Contacts who are no advocates have none.
pub async fn accounts_of(
    source: &impl Source,
    ids: &[Uuid],
) -> Result<Vec<AccountId>, StorageError> {
    let mut accounts = Vec::new();
    for batch in ids.chunks(record::IDS_AT_ONCE) {
        let sql = ACCOUNTS_OF_CONTACTS.replace("PLACES", &record::places(batch.len()));
        let rows: Vec<AccountOfRecord> =
            record::all(source, &sql, batch.iter().map(|id| (*id).into()).collect()).await?;
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
