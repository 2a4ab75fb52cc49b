//! Views of lists: what somebody looks at again and again, kept under a name.
//!
//! A view is private until its keeper shares it. It holds what was asked, never an answer: whoever
//! opens it sees their own records and may ask what their own role allows.

use std::collections::BTreeMap;

use domain::{
    id::{ListViewId, UserId},
    record::{Action, RecordKind},
    time::Timestamp,
};
use import::kind::Kind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent,
    list_view::{self, ListView, VIEWS_MAX},
};

use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::{self, Choice, List},
    policy,
};

/// The parameters of a list's address by name; several values of one name stay in their order.
type State = BTreeMap<String, Vec<String>>;

const STATE_MAX: usize = 10_000;

/// A view that the reader may open.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ListView)]
pub struct ListViewView {
    pub id: ListViewId,
    pub version: i64,
    /// The list that it is a view of, such as `accounts`.
    #[schema(value_type = String)]
    pub list: Kind,
    pub name: String,
    pub state: State,
    pub is_shared: bool,
    /// Whether it stands in the reader's navigation.
    pub is_pinned: bool,
    /// Whether the reader keeps it, and so may change it.
    pub is_own: bool,
    pub created_at: Timestamp,
}

/// A view to keep.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveListView {
    /// accounts, contacts, advocates, opportunities, content or users.
    #[schema(value_type = String)]
    pub list: Kind,
    pub name: String,
    pub state: State,
    #[serde(default)]
    pub is_shared: bool,
    #[serde(default)]
    pub is_pinned: bool,
}

/// What may be changed. Absent fields stay as they are.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditListView {
    pub name: Option<String>,
    pub state: Option<State>,
    pub is_shared: Option<bool>,
}

fn keeper(actor: &Actor) -> Result<UserId, Error> {
    actor.user_id().ok_or(Error::Forbidden)
}

/// The views of lists that the reader may read: their own and those that colleagues share.
pub async fn list(app: &App, actor: &Actor) -> Result<List<ListViewView>, Error> {
    let user = keeper(actor)?;
    let rows = list_view::of_reader(&app.store, user).await?;
    let pinned = list_view::pinned(&app.store, user).await?;
    let views = rows.into_iter().filter_map(|row| {
        let is_pinned = pinned.contains(&row.id);
        view(actor, row, is_pinned)
    });
    Ok(List::whole(views.collect()))
}

/// `None` for a list that the reader may not read.
fn view(actor: &Actor, row: ListView, is_pinned: bool) -> Option<ListViewView> {
    let list: Kind = row.list.parse().ok()?;
    let (_, permission) = listing::list_of(list).ok()?;
    policy::may(actor, permission).then(|| ListViewView {
        id: row.id,
        version: row.version,
        list,
        state: serde_json::from_str(&row.state).unwrap_or_default(),
        name: row.name,
        is_shared: row.is_shared,
        is_pinned,
        is_own: policy::is_self(actor, row.user_id),
        created_at: row.created_at,
    })
}

/// # Errors
/// [`Error::NotFound`] for a view that is another's and not shared, or of a list out of reach.
pub async fn get(app: &App, actor: &Actor, id: ListViewId) -> Result<ListViewView, Error> {
    let views = list(app, actor).await?.items;
    let found = views.into_iter().find(|view| view.id == id);
    found.ok_or(Error::NotFound)
}

/// Keeps a view. Its filter is checked as if the list were asked now.
pub async fn save(
    app: &App,
    actor: &Actor,
    ask: SaveListView,
    key: Option<&CreateKey>,
) -> Result<ListViewView, Error> {
    let user = keeper(actor)?;
    let (_, permission) = listing::list_of(ask.list)?;
    policy::require(actor, permission)?;
    let name = change::text("name", &ask.name, 1, 100)?;
    let state = checked(app, actor, ask.list, &ask.state).await?;
    let mut tx = app.begin(actor).await?;
    if list_view::count(&tx, user).await? >= VIEWS_MAX {
        return Err(Error::Conflict(format!(
            "You keep {VIEWS_MAX} views, which is the most. Remove one that you do not need."
        )));
    }
    let row = ListView {
        id: new_id(),
        version: 1,
        user_id: user,
        list: ask.list.as_str().to_owned(),
        name,
        state,
        is_shared: ask.is_shared,
        created_at: tx.now(),
    };
    idempotency::claim(&tx, key, row.id).await?;
    list_view::insert(&tx, row.clone()).await?;
    if ask.is_pinned {
        list_view::pin(&tx, user, row.id).await?;
    }
    let event = NewEvent::new(Action::Created, RecordKind::ListView, row.id);
    tx.record(event.detail(json!({ "list": ask.list, "shared": row.is_shared })));
    tx.commit().await?;
    view(actor, row, ask.is_pinned).ok_or(Error::NotFound)
}

/// The state as it is kept, once the list would take it.
async fn checked(app: &App, actor: &Actor, list: Kind, state: &State) -> Result<String, Error> {
    let kept = json!(state).to_string();
    if kept.len() > STATE_MAX {
        return Err(Error::field(
            "state",
            format!("A view keeps at most {STATE_MAX} characters. Use fewer conditions."),
        ));
    }
    let (record, _) = listing::list_of(list)?;
    let first = |name: &str| state.get(name).and_then(|values| values.first()).cloned();
    let choice = Choice {
        filter: first("filter"),
        sort: first("sort"),
        ..Choice::default()
    };
    listing::chosen(app, actor, record, &choice).await?;
    Ok(kept)
}

async fn own(
    source: &impl storage::Source,
    user: UserId,
    id: ListViewId,
) -> Result<ListView, Error> {
    let rows = list_view::of_reader(source, user).await?;
    rows.into_iter()
        .find(|row| row.id == id && row.user_id == user)
        .ok_or(Error::NotFound)
}

/// Changes a view that the actor keeps. One that is private again leaves everybody else's navigation.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: ListViewId,
    version: i64,
    ask: EditListView,
) -> Result<ListViewView, Error> {
    let user = keeper(actor)?;
    let mut row = own(&app.store, user, id).await?;
    same_version(row.version, version)?;
    if let Some(name) = ask.name {
        row.name = change::text("name", &name, 1, 100)?;
    }
    if let Some(state) = ask.state {
        let list = row.list.parse().map_err(|_| Error::NotFound)?;
        row.state = checked(app, actor, list, &state).await?;
    }
    let mut tx = app.begin(actor).await?;
    if let Some(is_shared) = ask.is_shared {
        row.is_shared = is_shared;
        if !is_shared {
            list_view::unpin_others(&tx, id, user).await?;
        }
    }
    list_view::save(&tx, &mut row).await?;
    let event = NewEvent::new(Action::Updated, RecordKind::ListView, id);
    tx.record(event.detail(json!({ "shared": row.is_shared })));
    tx.commit().await?;
    get(app, actor, id).await
}

/// Removes a view that the actor keeps, for everybody.
pub async fn remove(app: &App, actor: &Actor, id: ListViewId) -> Result<(), Error> {
    let user = keeper(actor)?;
    let mut tx = app.begin(actor).await?;
    own(&tx, user, id).await?;
    if !list_view::remove(&tx, user, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(NewEvent::new(Action::Closed, RecordKind::ListView, id));
    Ok(tx.commit().await?)
}

/// Puts a view into the actor's own navigation, or takes it out. Nobody else notices.
pub async fn pin(
    app: &App,
    actor: &Actor,
    id: ListViewId,
    is_pinned: bool,
) -> Result<ListViewView, Error> {
    let user = keeper(actor)?;
    get(app, actor, id).await?;
    let mut tx = app.begin(actor).await?;
    if is_pinned {
        list_view::pin(&tx, user, id).await?;
    } else {
        list_view::unpin(&tx, user, id).await?;
    }
    let event = NewEvent::new(Action::Updated, RecordKind::ListView, id);
    tx.record(event.detail(json!({ "pinned": is_pinned })));
    tx.commit().await?;
    get(app, actor, id).await
}
