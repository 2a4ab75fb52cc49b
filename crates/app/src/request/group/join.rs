//! Further deals join a promised group call, until it begins.

use domain::{
    candidate::CandidateState,
    id::{CandidateId, RequestId},
    protection::Refusal,
    record::Action,
    request::{self as rule, RequestStatus},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use storage::{Tx, candidate::Candidate, request::Request};

use super::{anybodys, carries, mirror, others};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    policy::{self, Permission},
    request::{Before, RequestView, appointment, event, line, notify, reserve, views},
};

/// Deals that one call serves: more is an audience, not a conversation.
pub const DEALS_MAX: usize = 20;
/// Requests that are offered to join.
const OFFERED_MAX: u64 = 50;

/// Which requests the call serves as well.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinCall {
    /// Open requests for the same, 1 to 20 deals in all.
    pub requests: Vec<RequestId>,
}

/// Whether further deals can join: somebody promised it to many, and it has not begun.
pub(in crate::request) fn is_possible(
    now: Timestamp,
    row: &Candidate,
    starts_at: Option<Timestamp>,
) -> bool {
    let is_ahead = match starts_at {
        Some(at) => at > now,
        None => row.planned_on >= now.day(),
    };
    row.activity.takes_many() && appointment::can_be_arranged(row.state) && is_ahead
}

fn not_possible() -> Error {
    Error::MoveNotAllowed(
        "Further deals join a promised group call or site visit, until it begins.".to_owned(),
    )
}

/// Open requests that the call could serve as well, those that are needed first.
pub async fn open_to(app: &App, actor: &Actor, id: CandidateId) -> Result<Vec<RequestView>, Error> {
    let (row, _) = find(app, &app.store, actor, id).await?;
    let scope = policy::require(actor, Permission::CandidatePropose)?;
    let asked = row.activity.serves();
    let open = storage::request::open_for(&app.store, &scope, asked, OFFERED_MAX).await?;
    let ids = open.iter().map(|request| request.id).collect();
    let known = storage::candidate::of_requests(&app.store, ids).await?;
    let fitting: Vec<Request> = open
        .into_iter()
        .filter(|request| {
            let rows = known.get(&request.id).map_or(&[][..], Vec::as_slice);
            may_be_served(request, rows, &row).is_ok()
        })
        .collect();
    views(app, actor, &fitting).await
}

/// A candidate whose call the actor may open to further deals, with its request.
async fn find(
    app: &App,
    source: &impl storage::Source,
    actor: &Actor,
    id: CandidateId,
) -> Result<(Candidate, Request), Error> {
    let scope = policy::require(actor, Permission::CandidatePropose)?;
    let row = storage::candidate::find(source, id)
        .await?
        .ok_or(Error::NotFound)?;
    let request = anybodys(source, row.request_id).await?;
    if !scope.reaches(Some(request.requester_id)) {
        return Err(Error::NotFound);
    }
    let booked = storage::appointment::of_candidates(source, vec![id])
        .await?
        .remove(&id)
        .and_then(|found| found.booked_at());
    if !is_possible(app.clock.now(), &row, booked) {
        return Err(not_possible());
    }
    Ok((row, request))
}

/// Serves further requests with a promised call: each has the promise at once, with the time that is agreed on.
/// Nothing is asked of the customer anew, and no further use is taken.
///
/// # Errors
/// Changes nothing when the call has begun or is not for many, and when one of the requests is over, served
/// already, for something else, or for a buyer whom the advocate does not speak to.
pub async fn join(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: JoinCall,
    key: Option<&CreateKey>,
) -> Result<RequestView, Error> {
    if ask.requests.is_empty() || ask.requests.len() >= DEALS_MAX {
        return Err(Error::field(
            "requests",
            format!("Name 1 to {} requests.", DEALS_MAX - 1),
        ));
    }
    let mut tx = app.begin(actor).await?;
    let (row, _) = find(app, &tx, actor, id).await?;
    let mut lines = ask.requests.clone();
    lines.push(row.request_id);
    line::lock_with(&tx, lines, vec![row.account_id]).await?;
    let (mut row, request) = find(app, &tx, actor, id).await?;
    same_version(row.version, version)?;
    idempotency::claim(&tx, key, request.id).await?;
    let served = others(&tx, &row).await?;
    if !carries(&row, &served) {
        return Err(Error::MoveNotAllowed(
            "Add the deal on the request that the group call began with.".to_owned(),
        ));
    }
    let open = served
        .iter()
        .filter(|other| other.state.reveals_contact())
        .count();
    if open + 1 + ask.requests.len() > DEALS_MAX {
        return Err(Error::field(
            "requests",
            format!("One call serves at most {DEALS_MAX} deals."),
        ));
    }
    row.call_id = Some(row.occupies());
    storage::candidate::save(&tx, &mut row).await?;
    for id in ask.requests {
        add(app, &mut tx, actor, &row, id).await?;
    }
    let title = "A group call serves further deals";
    let body = "It still counts as one use of your customer.";
    notify::owner(app, &tx, &row, title, body, &request).await?;
    tx.commit().await?;
    super::super::get(app, actor, request.id).await
}

/// One more request is served by the call of `lead`.
async fn add(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    lead: &Candidate,
    id: RequestId,
) -> Result<(), Error> {
    let scope = policy::require(actor, Permission::CandidatePropose)?;
    let mut request = storage::request::find(tx, &scope, id)
        .await?
        .ok_or_else(|| Error::field("requests", "One of these requests does not exist."))?;
    let known = line::rows(tx, id).await?;
    may_be_served(&request, &known, lead).map_err(|why| Error::field("requests", why))?;
    let wish = appointment::wish(tx, &request, lead, lead.planned_on).await?;
    let refusals = reserve::check(app, tx, &wish).await?.verdict.refusals;
    // What was set aside for the call was not set aside for a conflict with another buyer.
    let refusal = refusals.into_iter().find(|refusal| {
        matches!(refusal, Refusal::Conflict(_))
            || reserve::in_the_way(lead, vec![*refusal]).is_some()
    });
    if let Some(refusal) = refusal {
        return Err(Error::field("requests", reserve::sentence(refusal)));
    }
    // Everybody who adds somebody raises the version, so that two people never promise twice as many.
    storage::request::save(tx, &mut request).await?;
    let mut row = Candidate {
        id: new_id(),
        version: 1,
        request_id: id,
        position: known.iter().map(|row| row.position).max().unwrap_or(-1) + 1,
        state: CandidateState::Accepted,
        due_on: Some(lead.planned_on),
        owner_asked_at: None,
        advocate_asked_at: None,
        accepted_at: Some(tx.now()),
        scheduled_at: None,
        reminded_on: None,
        is_self_approval: false,
        ..lead.clone()
    };
    storage::candidate::insert(tx, row.clone()).await?;
    let joined = Before::proposed()
        .changes(&row)
        .beside(json!({ "call": lead.occupies() }));
    tx.record(event(Action::Joined, &request, &row).detail(joined));
    let agreed = appointment::of(tx, lead.id).await?;
    mirror(app, tx, &request, &mut row, (lead, agreed.as_ref()), None).await?;
    let title = "A group call serves your deal";
    let body = "The customer said yes already. What is agreed on is on the request.";
    notify::answered(app, tx, title, body, &request).await?;
    line::settle(app, tx, &mut request).await
}

/// Whether the request can be served by the call of `lead`; else why not.
fn may_be_served(request: &Request, rows: &[Candidate], lead: &Candidate) -> Result<(), String> {
    if !request.status.is_open() || request.status == RequestStatus::Draft {
        return Err("One of these requests is not open.".to_owned());
    }
    if !lead.activity.serves().contains(&request.activity) {
        return Err("One of these requests is for something else.".to_owned());
    }
    let states: Vec<CandidateState> = rows.iter().map(|row| row.state).collect();
    if rule::missing(usize::try_from(request.wanted).unwrap_or(1), &states) == 0 {
        return Err("One of these requests has the promises that it wanted.".to_owned());
    }
    let is_known = |row: &Candidate| {
        row.advocate_id == lead.advocate_id && (row.state.is_open() || row.state.reveals_contact())
    };
    if rows.iter().any(is_known) {
        return Err("One of these requests has this advocate as a candidate already.".to_owned());
    }
    Ok(())
}
