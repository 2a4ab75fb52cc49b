//! How content comes to be approved, and how it stops being so.

use domain::{content::ContentStatus, id::ContentId, record::Action};
use serde::Deserialize;
use storage::{
    Tx,
    content::{self, Content, Sight},
};

use super::{ContentView, edit::event};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    error::{Error, same_version},
    policy::{self, Permission},
};

/// A move of content to another status.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveContent {
    pub to: ContentStatus,
    /// Why it is retired or taken back.
    pub reason: Option<String>,
}

/// Approves, retires or takes back. What was sent to buyers stops working with the approval.
pub async fn advance(
    app: &App,
    actor: &Actor,
    id: ContentId,
    version: i64,
    ask: MoveContent,
) -> Result<ContentView, Error> {
    policy::require(actor, Permission::ContentEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = content::find(&tx, Sight::Everything, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if !row.status.may_move_to(ask.to) {
        return Err(Error::MoveNotAllowed(format!(
            "Content that is {} cannot become {}.",
            row.status, ask.to
        )));
    }
    if ask.to == ContentStatus::Approved {
        approvable(app, &tx, &row).await?;
    }
    let reason = ask
        .reason
        .as_deref()
        .filter(|reason| !reason.trim().is_empty())
        .map(|reason| change::text("reason", reason, 1, 2_000))
        .transpose()?;
    let from = row.status;
    row.status = ask.to;
    row.updated_at = tx.now();
    content::save(&tx, &mut row).await?;
    let mut changes = Changes::default();
    changes.note("status", &from, &row.status);
    changes.note("reason", &None, &reason);
    tx.record(event(Action::Moved, &row).detail(changes.into_detail()));
    tx.commit().await?;
    super::get(app, actor, id).await
}

/// Why content cannot be approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    NothingToShow,
    NoConsent,
}

/// There must be something to show, and nobody may have taken back that it is shown.
pub(crate) fn obstacle(row: &Content, has_file: bool, consent_stands: bool) -> Option<Obstacle> {
    if row.url.is_none() && row.body.is_none() && !has_file {
        return Some(Obstacle::NothingToShow);
    }
    (!consent_stands).then_some(Obstacle::NoConsent)
}

async fn approvable(app: &App, tx: &Tx, row: &Content) -> Result<(), Error> {
    let has_file = storage::content_file::of(tx, vec![row.id])
        .await?
        .contains_key(&row.id);
    let today = app.clock.today();
    let consents = super::consents(tx, std::slice::from_ref(row), today).await?;
    let why = match obstacle(row, has_file, consents.get(&row.id) != Some(&false)) {
        None => return Ok(()),
        Some(Obstacle::NothingToShow) => {
            "There is nothing to show yet. Add a text, a link or a file first."
        }
        Some(Obstacle::NoConsent) => {
            "The customer took back the consent that this content needs, or it ran out. Record a new consent first."
        }
    };
    Err(Error::MoveNotAllowed(why.to_owned()))
}
