//! Telling colleagues who are named in a text with an `@`, as far as they may read it.

use std::collections::HashSet;

use domain::{id::UserId, mention, record::RecordKind};
use storage::{Tx, user::User};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    error::Error,
    request::notify::{self, Attention, Message},
};

/// Where a text stands.
pub(crate) struct Place<'a> {
    /// In words, as in "In the notes on Ann Lee.".
    pub(crate) words: &'a str,
    pub(crate) record: (RecordKind, Uuid),
    /// The screen.
    pub(crate) path: String,
}

/// The colleagues whom a text names and did not name before, but for its author; at most as many as a
/// text may name. Whether they may read it is for the caller to say.
pub(crate) async fn named_anew(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    before: Option<&str>,
    after: Option<&str>,
) -> Result<Vec<Actor>, Error> {
    let after = mention::named(after.unwrap_or_default());
    if after.is_empty() {
        return Ok(Vec::new());
    }
    let before = mention::named(before.unwrap_or_default());
    let names = before.iter().chain(&after).flatten().cloned().collect();
    let people = storage::user::by_names(tx, names).await?;
    let (known, meant) = (meant(&people, &before), meant(&people, &after));
    let mut named = Vec::new();
    for user in &people {
        let is_new = meant.contains(&user.id) && !known.contains(&user.id);
        if is_new && actor.user_id() != Some(user.id) {
            named.push(Actor::of_user(&app.store, user, app.clock.today()).await?);
        }
    }
    Ok(named)
}

/// Writes to the inboxes of colleagues who are named. Whoever may not read it is not told, and not
/// hinted at either.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    author: &Actor,
    readers: &[Actor],
    place: Place<'_>,
) -> Result<(), Error> {
    let people: Vec<UserId> = readers.iter().filter_map(Actor::user_id).collect();
    let message = Message {
        attention: Attention::Mention,
        about: Some(place.record),
        title: &format!("{} mentioned you", author.name),
        body: place.words,
        path: place.path,
    };
    notify::tell(app, tx, &people, &message).await
}

/// Who is meant: at each place the longest name that is one, where only one colleague has it.
fn meant(people: &[User], places: &[Vec<String>]) -> HashSet<UserId> {
    let at = |names: &Vec<String>| {
        names.iter().find_map(|name| {
            let mut namesakes = people.iter().filter(|user| user.name_folded == *name);
            let first = namesakes.next()?;
            Some(namesakes.next().is_none().then_some(first.id))
        })
    };
    places.iter().filter_map(at).flatten().collect()
}
