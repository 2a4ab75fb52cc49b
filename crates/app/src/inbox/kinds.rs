//! Kinds of update that a reader wants no more of, whatever the record.

use domain::notice::UpdateKind;
use serde::Serialize;
use storage::notice::{self, MutedKind};

use super::reader;
use crate::{App, actor::Actor, error::Error};

/// The kinds of update that the reader wants no more of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MutedKinds {
    pub kinds: Vec<UpdateKind>,
}

/// What the reader muted, in the order of the list of kinds.
pub async fn list(app: &App, actor: &Actor) -> Result<MutedKinds, Error> {
    let muted = notice::muted_kinds(&app.store, reader(actor)?).await?;
    let kinds = UpdateKind::ALL.iter().copied();
    Ok(MutedKinds {
        kinds: kinds.filter(|kind| muted.contains(kind)).collect(),
    })
}

/// Wants no more updates of a kind, in the inbox and so in the daily letter; doing it twice is no fault.
/// What is in the inbox stays. Asks and mentions still arrive.
pub async fn mute(app: &App, actor: &Actor, kind: UpdateKind) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    let row = MutedKind {
        user_id: reader,
        update_kind: kind,
        made_at: tx.now(),
    };
    notice::mute_kind(&tx, row).await?;
    Ok(tx.commit().await?)
}

/// Lets updates of a kind arrive again; doing it twice is no fault.
pub async fn unmute(app: &App, actor: &Actor, kind: UpdateKind) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    notice::unmute_kind(&tx, reader, kind).await?;
    Ok(tx.commit().await?)
}
