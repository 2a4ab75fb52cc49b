//! Asking for references: on a deal or for a stakeholder's need, by name or by criteria.

use domain::{
    access::{Role, Scope},
    activity::Activity,
    candidate::CandidateState,
    id::{AdvocateId, OpportunityId, RequestId},
    record::{Action, RecordKind},
    request::RequestStatus,
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::{NewEvent, Tx, candidate::Candidate, opportunity::Opportunity, request::Request};

use super::{
    notify,
    reserve::{self, Wish},
    step,
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

/// Customers asked at once for each reference that is wanted.
pub const ASKED_MAX: usize = 3;

/// An ask for references.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
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
}

/// Submits a request. Named advocates are asked for at once, at most three per wanted reference;
/// a named advocate without a use left refuses the whole request and changes nothing.
pub async fn submit(
    app: &App,
    actor: &Actor,
    ask: SubmitRequest,
    key: Option<&CreateKey>,
) -> Result<RequestId, Error> {
    policy::require(actor, Permission::RequestCreate)?;
    let requester = actor.user_id().ok_or_else(|| {
        Error::field(
            "requester",
            "A request needs a person who asks. Act as a colleague.",
        )
    })?;
    let wanted = check(app, &ask)?;
    let note = ask
        .note
        .as_deref()
        .filter(|note| !note.trim().is_empty())
        .map(|note| change::text("note", note, 1, 4_000))
        .transpose()?;
    // Catching up before the write keeps the alternatives of a refusal out of the transaction.
    let mut tx = app.begin(actor).await?;
    let deal = deal(&tx, actor, ask.opportunity_id).await?;
    let rules = setting::read::<domain::protection::Rules>(&tx).await?.value;
    let mut request = Request {
        id: new_id(),
        version: 1,
        opportunity_id: deal.as_ref().map(|deal| deal.id),
        requester_id: requester,
        activity: ask.activity,
        need_by: ask.need_by,
        wanted,
        note,
        criteria: json!(ask.criteria).to_string(),
        status: RequestStatus::Submitted,
        is_rush: ask.need_by
            < find::first_day_without_rush(&rules, ask.activity, app.clock.today()),
        unfilled_reason: None,
        created_at: tx.now(),
        closed_at: None,
    };
    idempotency::claim(&tx, key, request.id).await?;
    let id = request.id;
    storage::request::insert(&tx, request.clone()).await?;
    tx.record(submitted(&request));
    reserve::lock_accounts(&tx, &ask.advocates).await?;
    for (position, advocate) in (0_i64..).zip(&ask.advocates) {
        if let Err(Refused { wish, reservation }) =
            propose(app, &mut tx, &request, deal.as_ref(), *advocate, position).await?
        {
            tx.roll_back().await?;
            return Err(reserve::refusal(app, actor, &wish, reservation, deal.as_ref()).await?);
        }
    }
    if ask.advocates.is_empty() {
        notify::program(
            app,
            &tx,
            "A request waits for a match",
            &describe(&request, deal.as_ref()),
            &request,
        )
        .await?;
    }
    super::settle(&mut tx, &mut request).await?;
    tx.commit().await?;
    Ok(id)
}

fn check(app: &App, ask: &SubmitRequest) -> Result<i64, Error> {
    let wanted = ask.wanted.unwrap_or(1);
    if !(1..=20).contains(&wanted) {
        return Err(Error::field("wanted", "Ask for 1 to 20 references."));
    }
    if ask.need_by < app.clock.today() {
        return Err(Error::field(
            "need_by",
            "This day is over. Choose today or a later day.",
        ));
    }
    if ask.need_by > app.clock.today().plus_days(730) {
        return Err(Error::field(
            "need_by",
            "Choose a day within the next two years.",
        ));
    }
    let most = ASKED_MAX * usize::try_from(wanted).unwrap_or(1);
    if ask.advocates.len() > most {
        return Err(Error::field(
            "advocates",
            format!("At most {most} advocates can be asked at once for {wanted} references."),
        ));
    }
    let mut named = ask.advocates.clone();
    named.sort_unstable();
    named.dedup();
    if named.len() != ask.advocates.len() {
        return Err(Error::field("advocates", "Name each advocate once."));
    }
    Ok(wanted)
}

async fn deal(
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

fn submitted(request: &Request) -> NewEvent {
    let event = NewEvent::new(Action::Submitted, RecordKind::Request, request.id).detail(json!({
        "activity": request.activity, "need_by": request.need_by, "wanted": request.wanted, "note": request.note, "is_rush": request.is_rush,
    }));
    match request.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}

/// Why an advocate could not be proposed.
pub(super) struct Refused {
    pub wish: Wish,
    pub reservation: reserve::Reservation,
}

/// Adds a candidate. Without a rush the owner is asked at once and the use is reserved; a rush
/// waits for the program's yes first.
pub(super) async fn propose(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    advocate: AdvocateId,
    position: i64,
) -> Result<Result<(), Refused>, Error> {
    storage::advocate::find(tx, &Scope::Everything, true, advocate)
        .await?
        .ok_or_else(|| Error::field("advocates", "One of these advocates does not exist."))?;
    let wish = Wish {
        advocate,
        activity: request.activity,
        day: request.need_by,
        prospect: deal.and_then(|deal| deal.account_id),
        candidate: None,
    };
    let reservation = reserve::check(app, tx, &wish).await?;
    if !reservation.verdict.refusals.is_empty() {
        return Ok(Err(Refused { wish, reservation }));
    }
    let account = storage::account::by_ids(tx, vec![reservation.account])
        .await?
        .remove(&reservation.account)
        .ok_or(Error::NotFound)?;
    let mut row = Candidate {
        id: new_id(),
        version: 1,
        request_id: request.id,
        advocate_id: advocate,
        account_id: account.id,
        position,
        state: CandidateState::Proposed,
        activity: request.activity,
        planned_on: request.need_by,
        owner_id: account.owner_id,
        due_on: None,
        declined_by: None,
        reason: None,
        override_reason: None,
        is_self_approval: false,
        owner_asked_at: None,
        advocate_asked_at: None,
        accepted_at: None,
        scheduled_at: None,
        done_at: None,
        closed_at: None,
    };
    if reservation.verdict.is_rush {
        storage::candidate::insert(tx, row.clone()).await?;
        tx.record(super::event(Action::Created, request, &row));
        notify::program(
            app,
            tx,
            "A rush needs your yes",
            &describe(request, deal),
            request,
        )
        .await?;
    } else {
        ask_owner(app, tx, request, deal, &mut row).await?;
        storage::candidate::insert(tx, row).await?;
    }
    Ok(Ok(()))
}

/// Moves a candidate to the owner, with a clock and a notice. The caller keeps the row.
pub(super) async fn ask_owner(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    row: &mut Candidate,
) -> Result<(), Error> {
    let program = setting::read::<setting::Program>(tx).await?.value;
    step(row, CandidateState::OwnerAsked, tx.now())?;
    row.due_on = Some(
        app.clock
            .today()
            .plus_working_days(program.owner_answer_days),
    );
    tx.record(
        super::event(Action::OwnerAsked, request, row)
            .detail(json!({ "planned_on": row.planned_on })),
    );
    notify::owner(
        app,
        tx,
        row.owner_id,
        "A customer of yours is asked for",
        &describe(request, deal),
        request,
    )
    .await
}

/// What is asked, in one line without a customer's name.
pub(super) fn describe(request: &Request, deal: Option<&Opportunity>) -> String {
    let what = request.activity.label();
    match deal {
        Some(deal) => format!("{what} by {} for the deal {}.", request.need_by, deal.name),
        None => format!("{what} by {}.", request.need_by),
    }
}
