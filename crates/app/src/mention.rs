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

/// A text as it was and as it is.
pub(crate) struct Written<'a> {
    pub(crate) before: Option<&'a str>,
    pub(crate) after: Option<&'a str>,
    /// What it is, as in "In the notes on Ann Lee.".
    pub(crate) place: String,
    /// The record that it stands on.
    pub(crate) about: (RecordKind, Uuid),
    /// The screen that it stands on.
    pub(crate) path: String,
}

/// Writes to the inbox of each colleague whom the text names now and did not before, unless they may not
/// read it or wrote it themselves. Whoever is not told is not hinted at either.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    written: Written<'_>,
    may_read: impl Fn(&Actor) -> bool,
) -> Result<(), Error> {
    let after = mention::named(written.after.unwrap_or_default());
    if after.is_empty() {
        return Ok(());
    }
    let before = mention::named(written.before.unwrap_or_default());
    let names = before.iter().chain(&after).flatten().cloned().collect();
    let people = storage::user::by_names(tx, names).await?;
    let known = meant(&people, &before);
    let mut told = Vec::new();
    for user in &people {
        let is_new = meant(&people, &after).contains(&user.id) && !known.contains(&user.id);
        if !is_new || actor.user_id() == Some(user.id) {
            continue;
        }
        // At most as many as a text may name.
        if may_read(&Actor::of_user(&app.store, user, app.clock.today()).await?) {
            told.push(user.id);
        }
    }
    let title = format!("{} mentioned you", actor.name);
    let message = Message {
        attention: Attention::Mention,
        about: Some(written.about),
        title: &title,
        body: &written.place,
        path: written.path,
    };
    notify::tell(app, tx, &told, &message).await
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
