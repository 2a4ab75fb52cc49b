//! Making one record of two, and taking that back for thirty days.
//!
//! The winner keeps its id and, field by field, its own value or the other's. Everything that pointed
//! at the loser points at the winner; the loser's row is kept beside the merge, its id leads to the
//! winner, and files that still name it mean the winner.

mod compare;
mod kinds;
mod undo;

use domain::{
    id::MergeId,
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{
    NewEvent, StorageError, Tx,
    account::Account,
    contact::Contact,
    duplicate, import_undo,
    merge::{self, Merge, Moved, Pairs},
    page::Page,
    schema,
    tag::Tag,
};
use uuid::Uuid;

use super::{Kind, PairInput};
use crate::{
    App,
    actor::Actor,
    change::Changes,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

pub use compare::{ComparisonView, FieldView, compare};
use kinds::Merged;
pub use undo::undo;

/// Days in which a merge can be undone.
pub const UNDO_DAYS: i64 = 30;

/// Which record stays, which goes into it, and what is taken from the one that goes.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MergeInput)]
pub struct MergeInput {
    pub kind: Kind,
    pub winner: Uuid,
    pub winner_version: i64,
    pub loser: Uuid,
    pub loser_version: i64,
    /// Fields whose value is taken from the loser.
    #[serde(default)]
    pub take: Vec<String>,
}

/// A merge that can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Merge)]
pub struct MergeView {
    pub id: MergeId,
    pub kind: Kind,
    pub winner_id: Uuid,
    pub loser_id: Uuid,
    /// What the record that went was called.
    pub loser_name: String,
    pub merged_at: Timestamp,
    /// The last instant at which it can be undone.
    pub until: Timestamp,
}

/// What the undo needs.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    row: Value,
    /// Field, former value, value after the merge.
    changes: Vec<(String, Value, Value)>,
    moved: Vec<Moved>,
    pairs: Pairs,
    tags: Vec<Tag>,
    /// The tags of the loser that the winner got.
    tags_taken: Vec<Tag>,
}

/// The record that a merged one is part of now.
pub(crate) async fn end(app: &App, kind: RecordKind, id: Uuid) -> Result<Option<Uuid>, Error> {
    Ok(merge::ends(&app.store, kind, &[id]).await?.remove(&id))
}

/// Why two records cannot be one.
async fn refusal(source: &impl storage::Source, pair: PairInput) -> Result<Option<String>, Error> {
    if pair.one == pair.other {
        return Ok(Some("This is one record, not two.".to_owned()));
    }
    if pair.kind == Kind::Account {
        return Ok(None);
    }
    let contacts = vec![pair.one.into(), pair.other.into()];
    let advocates = storage::advocate::of_contacts(source, contacts).await?;
    Ok((advocates.len() > 1).then(|| {
        "Both have a reference profile. Each profile has its own consents and uses, so they cannot \
         become one: keep both, and retire the profile that is not used."
            .to_owned()
    }))
}

/// Merges two records. Both must be as they were when they were compared.
pub async fn merge(
    app: &App,
    actor: &Actor,
    ask: MergeInput,
    key: Option<&CreateKey>,
) -> Result<MergeView, Error> {
    policy::require(actor, Permission::RecordMerge)?;
    match ask.kind {
        Kind::Account => merge_as::<Account>(app, actor, ask, key).await,
        Kind::Contact => merge_as::<Contact>(app, actor, ask, key).await,
    }
}

async fn merge_as<T: Merged>(
    app: &App,
    actor: &Actor,
    ask: MergeInput,
    key: Option<&CreateKey>,
) -> Result<MergeView, Error> {
    let keys = schema::foreign_keys(&app.store).await?;
    let (kind, ends) = (ask.kind.record(), (ask.loser, ask.winner));
    let mut tx = app.begin(actor).await?;
    // In one order, whoever wins, so that two merges never wait for each other in a circle.
    let first = T::find(&tx, ask.winner.min(ask.loser)).await?;
    let second = T::find(&tx, ask.winner.max(ask.loser)).await?;
    let (first, second) = (
        first.ok_or(Error::NotFound)?,
        second.ok_or(Error::NotFound)?,
    );
    let (mut winner, loser) = if ask.winner < ask.loser {
        (first, second)
    } else {
        (second, first)
    };
    same_version(winner.version(), ask.winner_version)?;
    same_version(loser.version(), ask.loser_version)?;
    let pair = PairInput {
        kind: ask.kind,
        one: ask.winner,
        other: ask.loser,
    };
    if let Some(why) = refusal(&tx, pair).await? {
        return Err(Error::Conflict(why));
    }
    let changes = take(&mut winner, &loser, &ask.take)?;
    let moved = merge::move_pointers(&tx, &keys, kind, ends).await?;
    let pairs = match ask.kind {
        Kind::Account => merge::move_pairs(&tx, ends).await?,
        Kind::Contact => Pairs::default(),
    };
    let (tags, tags_taken) = take_tags(&tx, kind, ends).await?;
    import_undo::remove(&tx, kind, &[ask.loser]).await?;
    storage::tag::insert_all(&tx, tags_taken.clone()).await?;
    winner.touch(tx.now());
    winner.save(&tx).await?;
    duplicate::forget(&tx, kind, ask.loser).await?;
    let (external_id, name_folded, mark) = loser.marks();
    let kept = Kept {
        name: loser.name().to_owned(),
        row: to_json(&loser)?,
        changes,
        moved,
        pairs,
        tags,
        tags_taken,
    };
    let row = Merge {
        id: new_id(),
        record_kind: kind,
        winner_id: ask.winner,
        loser_id: ask.loser,
        external_id,
        name_folded,
        mark,
        body: to_json(&kept)?.to_string(),
        merged_by: actor.user_id(),
        merged_at: tx.now(),
        undone_at: None,
    };
    idempotency::claim(&tx, key, row.id).await?;
    merge::insert(&tx, row.clone()).await?;
    tx.record(event(Action::Merged, &winner, &loser, &kept.changes, false));
    tx.commit().await?;
    view(&row)
}

/// Sets the fields of the winner that are taken from the loser.
fn take<T: Merged>(
    winner: &mut T,
    loser: &T,
    fields: &[String],
) -> Result<Vec<(String, Value, Value)>, Error> {
    let mut changes = Vec::new();
    let (own, other) = (winner.facts(), loser.facts());
    for field in fields {
        let of = |facts: &[(&str, Value)]| {
            let fact = facts.iter().find(|(name, _)| name == field);
            fact.map(|(_, value)| value.clone())
        };
        let unknown = || Error::field("take", format!("There is no field {field} to take."));
        let (was, is) = (
            of(&own).ok_or_else(unknown)?,
            of(&other).ok_or_else(unknown)?,
        );
        if was != is {
            winner.put_back(field, is.clone()).map_err(bad_json)?;
            changes.push((field.clone(), was, is));
        }
    }
    // An account whose parent goes into it has no parent any more.
    let parent = winner
        .facts()
        .into_iter()
        .find(|(name, _)| *name == "parent_id");
    if let Some((_, parent)) = parent
        && (parent == json!(loser.id()) || parent == json!(winner.id()))
    {
        winner
            .put_back("parent_id", Value::Null)
            .map_err(bad_json)?;
        changes.retain(|(field, _, _)| field != "parent_id");
        let was = own.iter().find(|(name, _)| *name == "parent_id");
        let was = was.map_or(Value::Null, |(_, was)| was.clone());
        changes.push(("parent_id".to_owned(), was, Value::Null));
    }
    Ok(changes)
}

/// The tags of the loser, and those that the winner gets: of facets in which it has none.
async fn take_tags(
    tx: &Tx,
    kind: RecordKind,
    (loser, winner): (Uuid, Uuid),
) -> Result<(Vec<Tag>, Vec<Tag>), Error> {
    let (own, tags): (Vec<Tag>, Vec<Tag>) = storage::tag::of(tx, kind, vec![loser, winner])
        .await?
        .into_iter()
        .partition(|tag| tag.record_id == winner);
    let taken = tags
        .iter()
        .filter(|tag| own.iter().all(|known| known.facet_id != tag.facet_id))
        .map(|tag| Tag {
            record_id: winner,
            ..tag.clone()
        });
    let taken = taken.collect();
    Ok((tags, taken))
}

fn event<T: Merged>(
    action: Action,
    winner: &T,
    loser: &T,
    changes: &[(String, Value, Value)],
    back: bool,
) -> NewEvent {
    let mut noted = Changes::default();
    for (field, was, is) in changes {
        let (before, after) = if back { (is, was) } else { (was, is) };
        noted.note(field, before, after);
    }
    let mut detail = noted.into_detail();
    detail["merged"] = json!({ "id": loser.id(), "name": loser.name() });
    let mut event = NewEvent::new(action, T::KIND, winner.id()).link(T::KIND, loser.id());
    event.links.extend(winner.links());
    event.links.extend(loser.links());
    event.detail(detail)
}

fn to_json<T: Serialize>(value: &T) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(bad_json)
}

fn bad_json(error: serde_json::Error) -> Error {
    Error::Storage(StorageError::BadRow {
        table: "merges",
        problem: error.to_string(),
    })
}

fn kept_of(row: &Merge) -> Result<Kept, Error> {
    if row.body.is_empty() {
        return Err(Error::Conflict(
            "A person of this merge was erased since, so it stays as it is.".to_owned(),
        ));
    }
    serde_json::from_str(&row.body).map_err(bad_json)
}

fn view(row: &Merge) -> Result<MergeView, Error> {
    Ok(MergeView {
        id: row.id,
        kind: match row.record_kind {
            RecordKind::Account => Kind::Account,
            _ => Kind::Contact,
        },
        winner_id: row.winner_id,
        loser_id: row.loser_id,
        loser_name: kept_of(row).map(|kept| kept.name).unwrap_or_default(),
        merged_at: row.merged_at,
        until: row.merged_at.plus_days(UNDO_DAYS),
    })
}

/// A merge, for the second of two equal creates.
pub async fn get(app: &App, actor: &Actor, id: MergeId) -> Result<MergeView, Error> {
    policy::require(actor, Permission::RecordMerge)?;
    let row = merge::find(&app.store, id).await?;
    view(&row.ok_or(Error::NotFound)?)
}

/// The merges that can be undone, the newest first.
pub async fn recent(app: &App, actor: &Actor, page: &Page) -> Result<List<MergeView>, Error> {
    policy::require(actor, Permission::RecordMerge)?;
    let since = app.clock.now().plus_days(-UNDO_DAYS);
    let rows = merge::recent(&app.store, since, page).await?;
    Ok(List::from_listed(rows.try_map(|row| view(&row))?))
}
