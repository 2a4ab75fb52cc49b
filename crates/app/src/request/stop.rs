//! Ending what should not go on: a request withdrawn or closed unfilled, and open candidates of an
//! advocate who may not be asked any more.

use domain::{
    access::Scope,
    activity::Activity,
    candidate::{CandidateState, DeclinedBy},
    consent::{ConsentChannel, Whereabouts},
    id::{AccountId, AdvocateId, RequestId},
    record::{Action, RecordKind},
    request::{RequestStatus, UnfilledReason},
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::{NewEvent, Tx, candidate::Candidate, consent::Consent, request::Request};

use super::{
    RequestView,
    hold::{self, Gone},
    line, notify, owner,
};
use crate::{
    App,
    actor::Actor,
    advocate::whereabouts,
    change,
    error::{Error, same_version},
    policy::{self, Permission},
};

/// Why the requester does not need it any more.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WithdrawRequest {
    pub reason: Option<String>,
}

pub async fn withdraw(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
    ask: WithdrawRequest,
) -> Result<RequestView, Error> {
    let scope = policy::require(actor, Permission::RequestCreate)?;
    let reason = ask
        .reason
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| change::text("reason", text, 1, 1_000))
        .transpose()?;
    end(
        app,
        actor,
        &scope,
        id,
        version,
        RequestStatus::Withdrawn,
        None,
        reason,
    )
    .await
}

/// Why no reference was found; with the deal's value this is measured demand.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseRequest {
    pub reason: UnfilledReason,
    pub note: Option<String>,
}

/// Closes a request that stays without the references it wanted.
pub async fn close(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
    ask: CloseRequest,
) -> Result<RequestView, Error> {
    let scope = policy::require(actor, Permission::RequestCreate)?;
    let note = ask
        .note
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| change::text("note", text, 1, 1_000))
        .transpose()?;
    let row = storage::request::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let candidates = storage::candidate::of_requests(&app.store, vec![id]).await?;
    let some_done = candidates
        .values()
        .flatten()
        .any(|row| matches!(row.state, CandidateState::Done | CandidateState::Debriefed));
    let status = if some_done {
        RequestStatus::PartlyFulfilled
    } else {
        RequestStatus::Unfilled
    };
    end(
        app,
        actor,
        &scope,
        row.id,
        version,
        status,
        Some(ask.reason),
        note,
    )
    .await
}

#[expect(
    clippy::too_many_arguments,
    reason = "the two ways to end a request differ in these values only"
)]
async fn end(
    app: &App,
    actor: &Actor,
    scope: &Scope,
    id: RequestId,
    version: i64,
    status: RequestStatus,
    unfilled: Option<UnfilledReason>,
    note: Option<String>,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let mut row = storage::request::find(&tx, scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if !row.status.is_open() {
        return Err(Error::MoveNotAllowed(format!(
            "This request is {} already.",
            row.status.as_str().replace('_', " ")
        )));
    }
    let why = match status {
        RequestStatus::Withdrawn => "The request was withdrawn.",
        _ => "The request was closed.",
    };
    line::lock(&tx, vec![id]).await?;
    let open = storage::candidate::of_requests(&tx, vec![id])
        .await?
        .into_values()
        .flatten()
        .filter(|row| row.state.is_open());
    for mut candidate in open {
        owner::close(
            app,
            &mut tx,
            &row,
            &mut candidate,
            DeclinedBy::Requester,
            Some(why.to_owned()),
        )
        .await?;
        notify::owner(app, &tx, &candidate, "A request is over", why, &row).await?;
    }
    let before = std::mem::replace(&mut row.status, status);
    row.unfilled_reason = unfilled;
    row.closed_at = Some(tx.now());
    row.due_on = None;
    storage::request::save(&tx, &mut row).await?;
    tx.record(ended(&row, before, note.as_deref()));
    tx.commit().await?;
    super::get(app, actor, id).await
}

fn ended(row: &Request, before: RequestStatus, note: Option<&str>) -> NewEvent {
    let action = if row.status == RequestStatus::Withdrawn {
        Action::Withdrawn
    } else {
        Action::Closed
    };
    let event = NewEvent::new(action, RecordKind::Request, row.id)
        .detail(json!({ "changes": { "status": { "before": before, "after": row.status } }, "unfilled_reason": row.unfilled_reason, "note": note }));
    match row.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}

/// Takes every lock that cancelling the open candidates of an advocate needs, the advocate's own
/// account among them: nobody reserves it until the write ends.
pub(crate) async fn lock_advocate(tx: &Tx, advocate: AdvocateId) -> Result<(), Error> {
    let open = storage::candidate::open_of_advocate(tx, advocate).await?;
    let own = storage::advocate::account_of(tx, advocate).await?;
    line::lock_with(tx, requests_of(&open), own.into_iter().collect()).await
}

/// [`lock_advocate`] for many, and for everybody at these accounts, in one go.
pub(crate) async fn lock_any(
    tx: &Tx,
    advocates: &[AdvocateId],
    accounts: &[AccountId],
) -> Result<(), Error> {
    let open = storage::candidate::open_of_any(tx, advocates.to_vec(), accounts.to_vec()).await?;
    let mut own = super::reserve::accounts_of(tx, advocates).await?;
    own.extend(accounts);
    line::lock_with(tx, requests_of(&open), own).await
}

/// Cancels the open candidates and holds of these advocates and accounts, and tells who waits. The caller holds
/// [`lock_any`].
pub(crate) async fn open_candidates_of_any(
    app: &App,
    tx: &mut Tx,
    advocates: &[AdvocateId],
    accounts: &[AccountId],
    why: &str,
) -> Result<(), Error> {
    let gone = Gone {
        advocates,
        accounts,
        activity: None,
        from: None,
    };
    hold::end_unavailable(app, tx, gone).await?;
    let open = storage::candidate::open_of_any(tx, advocates.to_vec(), accounts.to_vec()).await?;
    cancel(app, tx, open, why).await
}

/// [`lock_advocate`] for everybody at an account.
pub(crate) async fn lock_account(tx: &Tx, account: AccountId) -> Result<(), Error> {
    let open = storage::candidate::open_of_account(tx, account).await?;
    line::lock_with(tx, requests_of(&open), vec![account]).await
}

fn requests_of(rows: &[Candidate]) -> Vec<RequestId> {
    rows.iter().map(|row| row.request_id).collect()
}

/// Cancels the open candidates and holds of an advocate, of one activity or of all, and tells who waits. The
/// caller holds [`lock_advocate`].
pub(crate) async fn open_candidates(
    app: &App,
    tx: &mut Tx,
    advocate: AdvocateId,
    activity: Option<Activity>,
    why: &str,
) -> Result<(), Error> {
    let gone = Gone {
        advocates: &[advocate],
        accounts: &[],
        activity,
        from: None,
    };
    hold::end_unavailable(app, tx, gone).await?;
    let open = storage::candidate::open_of_advocate(tx, advocate)
        .await?
        .into_iter()
        .filter(|row| activity.is_none_or(|only| only == row.activity))
        .collect();
    cancel(app, tx, open, why).await
}

/// Cancels the open candidates that talk through what and where the consent was taken back. The caller holds
/// [`lock_advocate`].
pub(crate) async fn talks_there(
    app: &App,
    tx: &mut Tx,
    withdrawn: &Consent,
    why: &str,
) -> Result<(), Error> {
    let mut open = storage::candidate::open_of_advocate(tx, withdrawn.advocate_id).await?;
    open.retain(|row| withdrawn.activity.is_none_or(|only| only == row.activity));
    let requests =
        storage::request::by_ids(tx, open.iter().map(|row| row.request_id).collect()).await?;
    let deals = requests.values().filter_map(|row| row.opportunity_id);
    let deals = storage::opportunity::by_ids(tx, deals.collect()).await?;
    let prospects = deals.values().filter_map(|deal| deal.account_id);
    let regions = whereabouts::regions_of(tx, prospects.collect()).await?;
    open.retain(|row| {
        let request = requests.get(&row.request_id);
        let deal = request.and_then(|request| deals.get(&request.opportunity_id?));
        let prospect = deal.and_then(|deal| deal.account_id);
        let there = Whereabouts {
            channel: Some(ConsentChannel::Conversation),
            regions: prospect
                .and_then(|id| regions.get(&id).cloned())
                .unwrap_or_default(),
        };
        withdrawn.reach().covers(&there)
    });
    cancel(app, tx, open, why).await
}

/// Cancels the open candidates and holds of an advocate that are planned on a day or later, and tells who waits.
/// The caller holds [`lock_advocate`].
pub(crate) async fn candidates_planned_from(
    app: &App,
    tx: &mut Tx,
    advocate: AdvocateId,
    day: Day,
    why: &str,
) -> Result<(), Error> {
    let gone = Gone {
        advocates: &[advocate],
        accounts: &[],
        activity: None,
        from: Some(day),
    };
    hold::end_unavailable(app, tx, gone).await?;
    let mut open = storage::candidate::open_of_advocate(tx, advocate).await?;
    open.retain(|row| row.planned_on >= day);
    cancel(app, tx, open, why).await
}

/// Cancels the open candidates and holds of an account that may not be used any more. The caller holds
/// [`lock_account`].
pub(crate) async fn open_candidates_of_account(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    why: &str,
) -> Result<(), Error> {
    let gone = Gone {
        advocates: &[],
        accounts: &[account],
        activity: None,
        from: None,
    };
    hold::end_unavailable(app, tx, gone).await?;
    let open = storage::candidate::open_of_account(tx, account).await?;
    cancel(app, tx, open, why).await
}

async fn cancel(app: &App, tx: &mut Tx, mut open: Vec<Candidate>, why: &str) -> Result<(), Error> {
    // Whoever carries a group call leaves it last: the advocate hears of it once.
    open.sort_by_key(|row| row.call_id.map(|_| std::cmp::Reverse(row.id)));
    let mut requests =
        storage::request::by_ids(tx, open.iter().map(|row| row.request_id).collect()).await?;
    for mut candidate in open {
        let Some(request) = requests.get_mut(&candidate.request_id) else {
            continue;
        };
        owner::close(
            app,
            tx,
            request,
            &mut candidate,
            DeclinedBy::Program,
            Some(why.to_owned()),
        )
        .await?;
        notify::answered(
            app,
            tx,
            "A candidate is not available any more",
            "The next in line is asked; without one, the program team looks for somebody.",
            request,
        )
        .await?;
        line::settle(app, tx, request).await?;
    }
    Ok(())
}
