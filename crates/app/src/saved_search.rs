//! Searches that people keep, and the word in the inbox when a new match can be asked.
//!
//! An alert is a comparison of whom the search finds now with whom it found before, kept with the
//! search. Whatever makes somebody findable (an edit, the end of a rest, a consent) is seen by it, and
//! two nodes that look at once tell once: the note of what was found is a compare-and-swap.

use std::collections::{HashMap, hash_map::Entry};

use domain::{
    id::{AdvocateId, SavedSearchId, UserId},
    notice::UpdateKind,
    record::{Action, RecordKind},
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, projection,
    saved_search::{self, SAVED_MAX, SavedSearch},
};

use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::{Error, same_version},
    find::{self, FindReferences},
    idempotency::{self, CreateKey},
    listing::List,
    people,
    policy::{self, Permission},
    request::notify::{self, Attention, Message},
};

/// A match is worth a word when half of what was asked for fits, in 1/10,000.
const FITS_FROM: u32 = 5_000;
/// Searches that are read at once when alerts are looked at.
const BATCH: u64 = 200;
/// People that a notice names; the others are counted.
const NAMED_MAX: usize = 3;

/// A search that the reader keeps.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SavedSearch)]
pub struct SavedSearchView {
    pub id: SavedSearchId,
    pub version: i64,
    pub name: String,
    pub ask: FindReferences,
    /// A line in the inbox tells when somebody new can be asked.
    pub alerts: bool,
    pub created_at: Timestamp,
}

/// A search to keep.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveSearch {
    pub name: String,
    pub ask: FindReferences,
    #[serde(default)]
    pub alerts: bool,
}

/// What may be changed. Absent fields stay as they are.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditSavedSearch {
    pub name: Option<String>,
    pub alerts: Option<bool>,
}

fn keeper(actor: &Actor) -> Result<UserId, Error> {
    policy::require(actor, Permission::Match)?;
    actor.user_id().ok_or(Error::Forbidden)
}

/// The reader's own searches, newest first.
pub async fn list(app: &App, actor: &Actor) -> Result<List<SavedSearchView>, Error> {
    let keeper = keeper(actor)?;
    let rows = saved_search::of_user(&app.store, keeper).await?;
    Ok(List::whole(rows.into_iter().map(view).collect()))
}

fn view(row: SavedSearch) -> SavedSearchView {
    SavedSearchView {
        id: row.id,
        version: row.version,
        ask: ask_of(&row),
        name: row.name,
        alerts: row.alerts,
        created_at: row.created_at,
    }
}

/// The search as it was kept; one that this program cannot read any more asks for everybody.
fn ask_of(row: &SavedSearch) -> FindReferences {
    serde_json::from_str(&row.ask).unwrap_or_default()
}

pub async fn get(app: &App, actor: &Actor, id: SavedSearchId) -> Result<SavedSearchView, Error> {
    let keeper = keeper(actor)?;
    own(saved_search::of_user(&app.store, keeper).await?, id).map(view)
}

fn own(rows: Vec<SavedSearch>, id: SavedSearchId) -> Result<SavedSearch, Error> {
    rows.into_iter()
        .find(|row| row.id == id)
        .ok_or(Error::NotFound)
}

/// Keeps a search. Whom it finds now is no news later.
pub async fn save(
    app: &App,
    actor: &Actor,
    ask: SaveSearch,
    key: Option<&CreateKey>,
) -> Result<SavedSearchView, Error> {
    let keeper = keeper(actor)?;
    let name = change::text("name", &ask.name, 1, 100)?;
    let kept = FindReferences {
        cursor: None,
        limit: None,
        ..ask.ask
    };
    let known = known_now(app, actor, kept.clone()).await?;
    let mut tx = app.begin(actor).await?;
    let rows = saved_search::of_user(&tx, keeper).await?;
    if rows.len() as u64 >= SAVED_MAX {
        return Err(Error::Conflict(format!(
            "You keep {SAVED_MAX} searches, which is the most. Remove one that you do not need."
        )));
    }
    let row = SavedSearch {
        id: new_id(),
        version: 1,
        user_id: keeper,
        name,
        ask: json!(kept).to_string(),
        alerts: ask.alerts,
        known: json!(known).to_string(),
        created_at: tx.now(),
    };
    idempotency::claim(&tx, key, row.id).await?;
    saved_search::insert(&tx, row.clone()).await?;
    let event = NewEvent::new(Action::Created, RecordKind::SavedSearch, row.id);
    tx.record(event.detail(json!({ "alerts": row.alerts })));
    tx.commit().await?;
    Ok(view(row))
}

/// Renames a search or switches its alert. An alert that is switched on starts from now.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: SavedSearchId,
    version: i64,
    change: EditSavedSearch,
) -> Result<SavedSearchView, Error> {
    let keeper = keeper(actor)?;
    let mut row = own(saved_search::of_user(&app.store, keeper).await?, id)?;
    same_version(row.version, version)?;
    if let Some(name) = change.name {
        row.name = change::text("name", &name, 1, 100)?;
    }
    if let Some(alerts) = change.alerts {
        if alerts && !row.alerts {
            row.known = json!(known_now(app, actor, ask_of(&row)).await?).to_string();
        }
        row.alerts = alerts;
    }
    let mut tx = app.begin(actor).await?;
    saved_search::save(&tx, &mut row).await?;
    let event = NewEvent::new(Action::Updated, RecordKind::SavedSearch, id);
    tx.record(event.detail(json!({ "alerts": row.alerts })));
    tx.commit().await?;
    Ok(view(row))
}

/// Removes one of the reader's own searches.
pub async fn remove(app: &App, actor: &Actor, id: SavedSearchId) -> Result<(), Error> {
    let keeper = keeper(actor)?;
    let mut tx = app.begin(actor).await?;
    if !saved_search::remove(&tx, keeper, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(NewEvent::new(Action::Closed, RecordKind::SavedSearch, id));
    Ok(tx.commit().await?)
}

/// Whom the search finds now, in the order of ids.
async fn known_now(
    app: &App,
    actor: &Actor,
    mut ask: FindReferences,
) -> Result<Vec<AdvocateId>, Error> {
    // A day that has passed asks for the first day that is possible.
    ask.need_by = ask.need_by.filter(|day| *day >= app.clock.today());
    let mut found = find::fitting(app, actor, ask, FITS_FROM).await?;
    found.sort_unstable();
    Ok(found)
}

/// What was looked at last, so that nothing is looked at twice for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// The newest commit then, and the day: a rest ends without a commit.
    at: Option<(i64, Day)>,
}

/// Tells those who asked for it who can be asked newly; returns how many searches had news.
pub async fn look(app: &App, looked: &mut Looked) -> Result<usize, Error> {
    let now = (projection::position(&app.store).await?, app.clock.today());
    if looked.at == Some(now) {
        return Ok(0);
    }
    let (mut news, mut after) = (0, None);
    let mut readers: HashMap<UserId, Option<Actor>> = HashMap::new();
    loop {
        let batch = saved_search::alerting(&app.store, after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = Some((last.user_id, last.id));
        for row in batch {
            let known = match readers.entry(row.user_id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(reader(app, row.user_id).await?),
            };
            if let Some(reader) = known {
                news += usize::from(look_at(app, reader, &row).await?);
            }
        }
    }
    looked.at = Some(now);
    Ok(news)
}

/// The keeper with the rights of now; nobody who has left is told anything.
async fn reader(app: &App, user: UserId) -> Result<Option<Actor>, Error> {
    let user = storage::user::find(&app.store, user).await?;
    match user.filter(|user| user.is_active) {
        Some(user) => Actor::of_user(&app.store, &user, app.clock.today())
            .await
            .map(Some),
        None => Ok(None),
    }
}

async fn look_at(app: &App, reader: &Actor, row: &SavedSearch) -> Result<bool, Error> {
    let found = match known_now(app, reader, ask_of(row)).await {
        Ok(found) => found,
        // A term, a deal or a right that is gone: the search finds nobody until it is changed.
        Err(Error::Invalid(_) | Error::NotFound | Error::Forbidden) => Vec::new(),
        Err(error) => return Err(error),
    };
    let known: Vec<AdvocateId> = serde_json::from_str(&row.known).unwrap_or_default();
    if found == known {
        return Ok(false);
    }
    let mut new = found.clone();
    new.retain(|id| known.binary_search(id).is_err());
    let people = people::load(app, reader, new.iter().take(NAMED_MAX).copied().collect()).await?;
    let tx = app.begin(&Actor::system()).await?;
    if !saved_search::note_known(&tx, row, &json!(found).to_string()).await? || new.is_empty() {
        tx.commit().await?;
        return Ok(false);
    }
    let mut named: Vec<String> = people.values().map(people::Person::display_name).collect();
    named.sort_unstable();
    let further = new.len().saturating_sub(named.len());
    let body = match further {
        0 => format!("{} can be asked now.", named.join(", ")),
        further => format!("{} and {further} more can be asked now.", named.join(", ")),
    };
    let message = Message {
        attention: Attention::Update(UpdateKind::Match),
        about: None,
        title: &format!("New match for \"{}\"", row.name),
        body: &body,
        path: format!("/find?saved={}", row.id),
    };
    notify::tell(app, &tx, &[row.user_id], &message).await?;
    tx.commit().await?;
    Ok(true)
}
