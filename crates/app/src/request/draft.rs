//! A request that is not sent yet: kept as it was typed, changed, and sent when it is ready.
//!
//! A draft asks nobody and reserves nothing; gates, caps and the deal are checked when it is sent.

use domain::{id::RequestId, record::Action, request::RequestStatus};
use storage::{Tx, request::Request};

use super::submit::{self, SubmitRequest};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    policy::{self, Permission},
};

/// Keeps an ask as a draft of the actor.
pub async fn keep(
    app: &App,
    actor: &Actor,
    ask: SubmitRequest,
    key: Option<&CreateKey>,
) -> Result<RequestId, Error> {
    let row = drafted(app, actor, &ask)?;
    let mut tx = app.begin(actor).await?;
    submit::deal(&tx, actor, ask.opportunity_id).await?;
    idempotency::claim(&tx, key, row.id).await?;
    storage::request::insert(&tx, row.clone()).await?;
    tx.record(submit::event_of(Action::Created, &row));
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a draft of the actor to another ask.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
    ask: SubmitRequest,
) -> Result<(), Error> {
    let drafted = drafted(app, actor, &ask)?;
    let mut tx = app.begin(actor).await?;
    let kept = own(&tx, actor, id, version).await?;
    submit::deal(&tx, actor, ask.opportunity_id).await?;
    let mut row = Request {
        id,
        version: kept.version,
        created_at: kept.created_at,
        ..drafted
    };
    storage::request::save(&tx, &mut row).await?;
    tx.record(submit::event_of(Action::Updated, &row));
    tx.commit().await?;
    Ok(())
}

/// Sends a draft of the actor, as it is asked for now: from here on it is a request like any other.
pub async fn send(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
    ask: SubmitRequest,
) -> Result<RequestId, Error> {
    let requester = submit::requester(actor)?;
    let filled = submit::filled(app, requester, &ask)?;
    let tx = app.begin(actor).await?;
    let kept = own(&tx, actor, id, version).await?;
    let request = Request {
        id,
        version: kept.version,
        // Clocks and forecasts count from the day on which it was asked.
        created_at: tx.now(),
        ..filled
    };
    let is_new = false;
    submit::send(app, actor, tx, request, &ask, is_new).await
}

fn drafted(app: &App, actor: &Actor, ask: &SubmitRequest) -> Result<Request, Error> {
    let requester = submit::requester(actor)?;
    Ok(Request {
        status: RequestStatus::Draft,
        draft: Some(serde_json::json!(ask).to_string()),
        ..submit::filled(app, requester, ask)?
    })
}

/// A draft of the actor, not of somebody in their reach: whoever sends it is who asks.
async fn own(tx: &Tx, actor: &Actor, id: RequestId, version: i64) -> Result<Request, Error> {
    let scope = policy::require(actor, Permission::RequestCreate)?;
    let row = storage::request::find(tx, &scope, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    if Some(row.requester_id) != actor.user_id() {
        return Err(Error::Forbidden);
    }
    same_version(row.version, version)?;
    if row.status == RequestStatus::Draft {
        Ok(row)
    } else {
        Err(Error::MoveNotAllowed(
            "This request was sent already. Withdraw it to ask for something else.".to_owned(),
        ))
    }
}

/// What a draft asks for, for its own requester alone.
pub(super) fn read(actor: &Actor, row: &Request) -> Option<SubmitRequest> {
    let kept = row.draft.as_deref()?;
    (row.status == RequestStatus::Draft && Some(row.requester_id) == actor.user_id())
        .then(|| serde_json::from_str(kept).ok())
        .flatten()
}
