//! How an ask reaches the advocate: by a letter, or by a link that staff pass on.

use domain::{candidate::CandidateState, id::CandidateId};
use storage::{Tx, candidate::Candidate, request::Request};

use super::{letter, notify};
use crate::{
    App,
    error::Error,
    job::{self, Task},
};

/// The letter to the advocate, or the word to pass a link on where none reaches them.
pub(super) async fn send(
    app: &App,
    tx: &Tx,
    request: &Request,
    row: &Candidate,
) -> Result<(), Error> {
    if reachable_by_mail(app, tx, row).await? {
        job::enqueue(tx, &Task::MailAsk { candidate: row.id }).await?;
        return Ok(());
    }
    by_hand(app, tx, request, row).await
}

async fn by_hand(app: &App, tx: &Tx, request: &Request, row: &Candidate) -> Result<(), Error> {
    notify::owner(
        app,
        tx,
        row,
        "Pass on a link",
        "The advocate gets no mail from us. Copy the answer link from the request and send it.",
        request,
    )
    .await
}

/// Tells the owner that the letter which asks does not arrive, while the answer is waited for.
pub(crate) async fn pass_on(app: &App, tx: &Tx, id: CandidateId) -> Result<(), Error> {
    let Some(row) = storage::candidate::find(tx, id)
        .await?
        .filter(|row| row.state == CandidateState::AdvocateAsked || row.was_agreed_ahead())
    else {
        return Ok(());
    };
    let request = storage::request::by_ids(tx, vec![row.request_id])
        .await?
        .remove(&row.request_id);
    match request {
        Some(request) => by_hand(app, tx, &request, &row).await,
        None => Ok(()),
    }
}

pub(super) async fn reachable_by_mail(app: &App, tx: &Tx, row: &Candidate) -> Result<bool, Error> {
    if !app.config.sends_mail {
        return Ok(false);
    }
    Ok(letter::contact_of(tx, row.advocate_id)
        .await?
        .is_some_and(|contact| contact.reached_by().is_some()))
}
