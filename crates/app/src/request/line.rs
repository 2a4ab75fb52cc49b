//! The line of a request: how many customers are asked at once, who is next, and what follows for
//! the request from its candidates.
//!
//! Refuses to know why somebody left the line; whoever moves a candidate calls [`settle`] after it.

use domain::{
    candidate::{CandidateState, DeclinedBy},
    id::{AccountId, AdvocateId, CandidateId, RequestId},
    record::{Action, RecordKind},
    request::{self as rule, RequestStatus},
};
use serde_json::json;
use storage::{NewEvent, Tx, candidate::Candidate, request::Request};

use super::{
    event, find_for, fulfilment, group, notify, open_deal, owner, quota,
    reserve::{self, Wish},
    step,
};
use crate::{App, actor::Actor, error::Error, policy::Permission, setting};

/// Takes the locks of the accounts behind everybody still open on these requests, in the one order
/// in which accounts are locked everywhere, so that two writes never wait in a circle.
pub(super) async fn lock(tx: &Tx, requests: Vec<RequestId>) -> Result<(), Error> {
    lock_with(tx, requests, Vec::new()).await
}

/// [`lock`], with these accounts as well.
pub(super) async fn lock_with(
    tx: &Tx,
    requests: Vec<RequestId>,
    mut accounts: Vec<AccountId>,
) -> Result<(), Error> {
    let mut rows = open_rows(tx, requests).await?;
    // What happens to one deal of a group call happens to the lines of the others.
    let served_with = group::requests_with(tx, &rows).await?;
    rows.extend(open_rows(tx, served_with).await?);
    accounts.extend(rows.iter().map(|row| row.account_id));
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        storage::account::guard(tx, account).await?;
    }
    Ok(())
}

async fn open_rows(tx: &Tx, requests: Vec<RequestId>) -> Result<Vec<Candidate>, Error> {
    let rows = storage::candidate::of_requests(tx, requests).await?;
    let rows = rows.into_values().flatten();
    // Who spoke is still asked how it was, and may say that it did not take place.
    Ok(rows
        .filter(|row| row.state.is_open() || row.call_id.is_some())
        .collect())
}

/// [`find_for`] under the locks of the whole line: what it returns stays as it is until the write
/// ends.
pub(super) async fn find_locked(
    tx: &Tx,
    actor: &Actor,
    permission: Permission,
    id: CandidateId,
) -> Result<(Candidate, Request), Error> {
    find_locked_with(tx, actor, permission, id, &[]).await
}

/// [`find_locked`], with the locks of these advocates' accounts as well.
pub(super) async fn find_locked_with(
    tx: &Tx,
    actor: &Actor,
    permission: Permission,
    id: CandidateId,
    advocates: &[AdvocateId],
) -> Result<(Candidate, Request), Error> {
    let (_, request) = find_for(tx, actor, permission, id).await?;
    let accounts = reserve::accounts_of(tx, advocates).await?;
    lock_with(tx, vec![request.id], accounts).await?;
    find_for(tx, actor, permission, id).await
}

fn wanted(request: &Request) -> usize {
    usize::try_from(request.wanted).unwrap_or(1)
}

fn states(rows: &[Candidate]) -> Vec<CandidateState> {
    rows.iter().map(|row| row.state).collect()
}

/// The candidates of a request, in the order in which they are asked.
pub(super) async fn rows(tx: &Tx, request: RequestId) -> Result<Vec<Candidate>, Error> {
    Ok(storage::candidate::of_requests(tx, vec![request])
        .await?
        .remove(&request)
        .unwrap_or_default())
}

/// How many more customers may be asked on this request now.
pub(super) async fn room(tx: &Tx, request: &Request) -> Result<usize, Error> {
    Ok(rule::room_to_ask(
        wanted(request),
        &states(&rows(tx, request.id).await?),
    ))
}

/// Brings the request in step with its candidates: asks the next in line where there is room, lets
/// go of those who are not needed any more, and sets status and clock.
pub(crate) async fn settle(app: &App, tx: &mut Tx, request: &mut Request) -> Result<(), Error> {
    // A fulfilled request is open again when what fulfilled it did not take place.
    if !request.status.is_open() && request.status != RequestStatus::Fulfilled {
        return Ok(());
    }
    let mut rows = rows(tx, request.id).await?;
    let status = RequestStatus::derive(wanted(request), &states(&rows));
    if status.is_open() {
        ask_next(app, tx, request, &mut rows).await?;
    }
    if rule::missing(wanted(request), &states(&rows)) == 0 {
        let in_line_too = !status.is_open();
        let_go(app, tx, request, &mut rows, in_line_too).await?;
    }
    let status = RequestStatus::derive(wanted(request), &states(&rows));
    save(app, tx, request, status).await?;
    quota::follow(tx, request, &states(&rows)).await
}

/// Asks those in line, in order, while there is room. One who cannot be asked any more leaves the
/// line with the reason.
async fn ask_next(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    rows: &mut [Candidate],
) -> Result<(), Error> {
    if !rows.iter().any(|row| row.is_in_line) {
        return Ok(());
    }
    let deal = open_deal(tx, request).await?;
    for place in 0..rows.len() {
        if rule::room_to_ask(wanted(request), &states(rows)) == 0 {
            return Ok(());
        }
        let row = &mut rows[place];
        if row.state != CandidateState::Proposed || !row.is_in_line {
            continue;
        }
        let wish = Wish {
            advocate: row.advocate_id,
            activity: row.activity,
            day: row.planned_on,
            prospect: deal.as_ref().and_then(|deal| deal.account_id),
            candidate: Some(row.occupies()),
        };
        let refusals = reserve::check(app, tx, &wish).await?.verdict.refusals;
        if let Some(refusal) = reserve::in_the_way(row, refusals) {
            let why = reserve::sentence(refusal);
            owner::close(app, tx, request, row, DeclinedBy::Program, Some(why)).await?;
            continue;
        }
        fulfilment::ask(app, tx, request, deal.as_ref(), row).await?;
        storage::candidate::save(tx, row).await?;
    }
    Ok(())
}

/// Enough customers said yes: nobody else gives time to this request. Those in line stay for the
/// case that a promise falls through, until the request is over.
async fn let_go(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    rows: &mut [Candidate],
    in_line_too: bool,
) -> Result<(), Error> {
    for row in rows {
        let is_waiting = row.state == CandidateState::Proposed && in_line_too;
        if !row.state.is_asked() && !is_waiting {
            continue;
        }
        let was_asked = row.state.is_asked();
        release(tx, request, row, Action::Replaced).await?;
        if was_asked {
            notify::owner(
                app,
                tx,
                row,
                "A customer is not needed any more",
                "Another customer said yes, so yours is free again.",
                request,
            )
            .await?;
        }
    }
    Ok(())
}

/// Lets go of one candidate; the action says what takes their place.
pub(super) async fn release(
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    action: Action,
) -> Result<(), Error> {
    let before = step(row, CandidateState::Replaced, tx.now())?;
    row.due_on = None;
    row.is_in_line = false;
    storage::candidate::save(tx, row).await?;
    tx.record(event(action, request, row).detail(before.changes(row).into_detail()));
    Ok(())
}

async fn save(
    app: &App,
    tx: &mut Tx,
    request: &mut Request,
    status: RequestStatus,
) -> Result<(), Error> {
    if status == request.status {
        return Ok(());
    }
    let before = std::mem::replace(&mut request.status, status);
    request.due_on = None;
    request.closed_at = (!status.is_open()).then(|| tx.now());
    if status == RequestStatus::Matching {
        let program = setting::read::<setting::Program>(tx).await?.value;
        let today = app.clock.today();
        request.due_on = Some(today.plus_working_days(program.program_answer_days));
        if matches!(before, RequestStatus::InProgress | RequestStatus::Fulfilled) {
            notify::program(
                app,
                tx,
                "A request has nobody left to ask",
                "Propose somebody else: the matches are on the request.",
                request,
            )
            .await?;
        }
    }
    storage::request::save(tx, request).await?;
    tx.record(moved(request, before));
    Ok(())
}

fn moved(request: &Request, before: RequestStatus) -> NewEvent {
    let action = if request.status.is_open() {
        Action::Moved
    } else {
        Action::Closed
    };
    let event = NewEvent::new(action, RecordKind::Request, request.id)
        .detail(json!({ "changes": { "status": { "before": before, "after": request.status } } }));
    match request.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}
