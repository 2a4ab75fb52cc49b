//! Asking for references: on a deal or for a stakeholder's need, by name or by criteria.

use domain::{
    access::Role,
    activity::Activity,
    id::{AdvocateId, OpportunityId, RequestId, UserId},
    record::{Action, RecordKind},
    request::{self as rule, RequestStatus},
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{NewEvent, Tx, opportunity::Opportunity, request::Request};

use super::{
    gate, line,
    nominee::{self, Proposal, Refused},
    notify, quota, reserve,
};
use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::Error,
    find::{self, CriterionInput},
    idempotency::{self, CreateKey},
    policy::{self, Permission},
    setting,
};

/// Advocates named on a request at once; those who are not asked yet wait in line.
pub(super) const NAMED_MAX: usize = 20;

/// An ask for references.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitRequest {
    pub opportunity_id: Option<OpportunityId>,
    pub activity: Activity,
    pub need_by: Day,
    /// Reference accounts wanted, 1 to 20; 1 when absent.
    pub wanted: Option<i64>,
    /// Advocates in the order in which they should be asked; none leaves the choice to the program.
    #[serde(default)]
    pub advocates: Vec<AdvocateId>,
    /// What the buyer wants to hear.
    pub note: Option<String>,
    #[serde(default)]
    pub criteria: Vec<CriterionInput>,
    /// Why a gate that the deal has not passed is set aside; the program role only.
    pub override_reason: Option<String>,
    /// Whom to ask is found by itself, by the criteria and without a deal, until enough have said yes.
    #[serde(default)]
    pub is_quota: bool,
}

/// Submits a request. Named advocates are asked for at once, at most three per wanted reference,
/// and the others wait in line; a named advocate without a use left refuses the whole request and
/// changes nothing.
pub async fn submit(
    app: &App,
    actor: &Actor,
    ask: SubmitRequest,
    key: Option<&CreateKey>,
) -> Result<RequestId, Error> {
    let requester = requester(actor)?;
    let mut request = filled(app, requester, &ask)?;
    // Catching up before the write keeps the alternatives of a refusal out of the transaction.
    let tx = app.begin(actor).await?;
    request.created_at = tx.now();
    idempotency::claim(&tx, key, request.id).await?;
    let is_new = true;
    send(app, actor, tx, request, &ask, is_new).await
}

/// The person who asks.
pub(super) fn requester(actor: &Actor) -> Result<UserId, Error> {
    policy::require(actor, Permission::RequestCreate)?;
    actor.user_id().ok_or_else(|| {
        Error::field(
            "requester",
            "A request needs a person who asks. Act as a colleague.",
        )
    })
}

/// A new request as it was asked for, submitted and not a rush yet.
pub(super) fn filled(app: &App, requester: UserId, ask: &SubmitRequest) -> Result<Request, Error> {
    Ok(Request {
        id: new_id(),
        version: 1,
        opportunity_id: ask.opportunity_id,
        requester_id: requester,
        activity: ask.activity,
        need_by: ask.need_by,
        wanted: check(app, ask)?,
        note: note(ask)?,
        criteria: json!(ask.criteria).to_string(),
        status: RequestStatus::Submitted,
        is_rush: false,
        unfilled_reason: None,
        created_at: app.clock.now(),
        closed_at: None,
        due_on: None,
        reminded_on: None,
        override_reason: None,
        draft: None,
        share_id: None,
        is_quota: ask.is_quota,
    })
}

/// Checks gates, writes the request, asks whom it names and commits.
pub(super) async fn send(
    app: &App,
    actor: &Actor,
    mut tx: Tx,
    mut request: Request,
    ask: &SubmitRequest,
    is_new: bool,
) -> Result<RequestId, Error> {
    let deal = deal(&tx, actor, ask.opportunity_id).await?;
    let rules = setting::read::<domain::protection::Rules>(&tx).await?.value;
    let closed = gate::closed(&tx, &rules, ask.activity, deal.as_ref()).await?;
    request.override_reason = gate::set_aside(actor, &closed, ask.override_reason.as_deref())?;
    let today = app.clock.today();
    request.is_rush = ask.need_by < find::first_day_without_rush(&rules, ask.activity, today);
    if is_new {
        storage::request::insert(&tx, request.clone()).await?;
    } else {
        storage::request::save(&tx, &mut request).await?;
    }
    tx.record(event_of(Action::Submitted, &request));
    if let Some(reason) = &request.override_reason {
        tx.record(gate::overridden(&request, reason, &closed));
    }
    let refused = ask_named(app, &mut tx, &request, deal.as_ref(), &ask.advocates).await?;
    if let Some(Refused { wish, reservation }) = refused {
        tx.roll_back().await?;
        return Err(reserve::refusal(app, actor, &wish, reservation, deal.as_ref()).await?);
    }
    if ask.advocates.is_empty() && !request.is_quota {
        notify::program(
            app,
            &tx,
            "A request waits for a match",
            &describe(&request, deal.as_ref()),
            &request,
        )
        .await?;
    }
    line::settle(app, &mut tx, &mut request).await?;
    tx.commit().await?;
    Ok(request.id)
}

/// Proposes the named advocates in their order, up to the first who cannot be asked.
async fn ask_named(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    advocates: &[AdvocateId],
) -> Result<Option<Refused>, Error> {
    let accounts = reserve::accounts_of(tx, advocates).await?;
    line::lock_with(tx, Vec::new(), accounts).await?;
    let wanted = usize::try_from(request.wanted).unwrap_or(1);
    let mut states = Vec::new();
    for (place, advocate) in advocates.iter().enumerate() {
        let proposal = Proposal {
            advocate: *advocate,
            position: i64::try_from(place).unwrap_or(i64::MAX),
            is_in_line: rule::room_to_ask(wanted, &states) == 0,
            allows_rush: false,
            override_reason: None,
            activity: None,
        };
        match nominee::propose(app, tx, request, deal, proposal).await? {
            Ok(state) => states.push(state),
            Err(refused) => return Ok(Some(refused)),
        }
    }
    Ok(None)
}

fn note(ask: &SubmitRequest) -> Result<Option<String>, Error> {
    let written = ask.note.as_deref().filter(|note| !note.trim().is_empty());
    written
        .map(|note| change::text("note", note, 1, 4_000))
        .transpose()
}

fn check(app: &App, ask: &SubmitRequest) -> Result<i64, Error> {
    let wanted = ask.wanted.unwrap_or(1);
    if !(1..=20).contains(&wanted) {
        return Err(Error::field("wanted", "Ask for 1 to 20 references."));
    }
    quota::check(ask)?;
    within_reach(app, ask.need_by)?;
    named_once(&ask.advocates)?;
    Ok(wanted)
}

/// Refuses a day by which nobody can be had any more, and one that nobody plans for yet.
pub(super) fn within_reach(app: &App, need_by: Day) -> Result<(), Error> {
    let today = app.clock.today();
    if need_by < today {
        return Err(Error::field(
            "need_by",
            "This day is over. Choose today or a later day.",
        ));
    }
    if need_by > today.plus_days(730) {
        return Err(Error::field(
            "need_by",
            "Choose a day within the next two years.",
        ));
    }
    Ok(())
}

/// Refuses more advocates than one request takes, and one who is named twice.
pub(super) fn named_once(advocates: &[AdvocateId]) -> Result<(), Error> {
    if advocates.len() > NAMED_MAX {
        return Err(Error::field(
            "advocates",
            format!("At most {NAMED_MAX} advocates can be named at once."),
        ));
    }
    let mut named = advocates.to_vec();
    named.sort_unstable();
    named.dedup();
    if named.len() == advocates.len() {
        Ok(())
    } else {
        Err(Error::field("advocates", "Name each advocate once."))
    }
}

/// The open deal that it is asked on, in the actor's reach.
pub(super) async fn deal(
    tx: &Tx,
    actor: &Actor,
    id: Option<OpportunityId>,
) -> Result<Option<Opportunity>, Error> {
    let Some(id) = id else {
        // A seller asks on a deal; needs of PR, analysts and events have none.
        return if actor.has(Role::Stakeholder) || actor.has(Role::Program) {
            Ok(None)
        } else {
            Err(Error::field(
                "opportunity_id",
                "Choose the deal that needs the reference.",
            ))
        };
    };
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    let deal = storage::opportunity::find(tx, &scope, id)
        .await?
        .ok_or_else(|| Error::field("opportunity_id", "There is no such deal in your reach."))?;
    if deal.status.is_closed() {
        return Err(Error::MoveNotAllowed(
            "This deal is closed. A reference cannot help it any more.".to_owned(),
        ));
    }
    Ok(Some(deal))
}

/// What was asked, on the timelines of the request and its deal.
pub(super) fn event_of(action: Action, request: &Request) -> NewEvent {
    let event = NewEvent::new(action, RecordKind::Request, request.id).detail(json!({
        "activity": request.activity, "need_by": request.need_by, "wanted": request.wanted, "note": request.note, "is_rush": request.is_rush,
    }));
    match request.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}

/// What is asked, in one line without a customer's name.
pub(super) fn describe(request: &Request, deal: Option<&Opportunity>) -> String {
    let what = request.activity.label();
    match deal {
        Some(deal) => format!("{what} by {} for the deal {}.", request.need_by, deal.name),
        None => format!("{what} by {}.", request.need_by),
    }
}
