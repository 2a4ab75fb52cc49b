//! Asking for references: on a deal or for a stakeholder's need, by name or by criteria.

use domain::{
    access::{Role, Scope},
    activity::Activity,
    candidate::CandidateState,
    id::{AdvocateId, OpportunityId, RequestId},
    record::{Action, RecordKind},
    request::{ASKED_MAX, RequestStatus},
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::{NewEvent, Tx, candidate::Candidate, opportunity::Opportunity, request::Request};

use super::{
    Before, gate, line, notify,
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

/// Advocates named on a request at once; those who are not asked yet wait in line.
pub(super) const NAMED_MAX: usize = 20;

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
    /// Why a gate that the deal has not passed is set aside; the program role only.
    pub override_reason: Option<String>,
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
    policy::require(actor, Permission::RequestCreate)?;
    let requester = actor.user_id().ok_or_else(|| {
        Error::field(
            "requester",
            "A request needs a person who asks. Act as a colleague.",
        )
    })?;
    let wanted = check(app, &ask)?;
    let note = note(&ask)?;
    // Catching up before the write keeps the alternatives of a refusal out of the transaction.
    let mut tx = app.begin(actor).await?;
    let deal = deal(&tx, actor, ask.opportunity_id).await?;
    let rules = setting::read::<domain::protection::Rules>(&tx).await?.value;
    let closed = gate::closed(&tx, &rules, ask.activity, deal.as_ref()).await?;
    let set_aside = gate::set_aside(actor, &closed, ask.override_reason.as_deref())?;
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
        due_on: None,
        reminded_on: None,
        override_reason: set_aside,
    };
    idempotency::claim(&tx, key, request.id).await?;
    let id = request.id;
    storage::request::insert(&tx, request.clone()).await?;
    tx.record(submitted(&request));
    if let Some(reason) = &request.override_reason {
        tx.record(gate::overridden(&request, reason, &closed));
    }
    let refused = ask_named(app, &mut tx, &request, deal.as_ref(), &ask.advocates).await?;
    if let Some(Refused { wish, reservation }) = refused {
        tx.roll_back().await?;
        return Err(reserve::refusal(app, actor, &wish, reservation, deal.as_ref()).await?);
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
    line::settle(app, &mut tx, &mut request).await?;
    tx.commit().await?;
    Ok(id)
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
    let room = ASKED_MAX * usize::try_from(request.wanted).unwrap_or(1);
    for (place, advocate) in advocates.iter().enumerate() {
        let proposal = Proposal {
            advocate: *advocate,
            position: i64::try_from(place).unwrap_or(i64::MAX),
            is_in_line: place >= room,
            allows_rush: false,
            override_reason: None,
        };
        if let Err(refused) = propose(app, tx, request, deal, proposal).await? {
            return Ok(Some(refused));
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
    named_once(&ask.advocates)?;
    Ok(wanted)
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

/// Whom to add to a request, and how.
pub(super) struct Proposal {
    pub advocate: AdvocateId,
    /// The place in the order in which candidates are asked.
    pub position: i64,
    /// Waits until there is room to ask.
    pub is_in_line: bool,
    /// A manager said yes to a notice that is shorter than the rule.
    pub allows_rush: bool,
    /// Why the program's own rules are set aside; the caller has checked that the actor may.
    pub override_reason: Option<String>,
}

/// Adds a candidate. Without a rush the owner is asked at once and the use is reserved; a rush
/// waits for the program's yes first, and who is in line waits for room.
pub(super) async fn propose(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    proposal: Proposal,
) -> Result<Result<(), Refused>, Error> {
    let advocate = proposal.advocate;
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
    let is_overridden = proposal.override_reason.is_some() && reservation.may_be_overridden();
    if !reservation.verdict.refusals.is_empty() && !is_overridden {
        return Ok(Err(Refused { wish, reservation }));
    }
    let account = storage::account::by_ids(tx, vec![reservation.account])
        .await?
        .remove(&reservation.account)
        .ok_or(Error::NotFound)?;
    let row = Candidate {
        id: new_id(),
        version: 1,
        request_id: request.id,
        advocate_id: advocate,
        account_id: account.id,
        position: proposal.position,
        state: CandidateState::Proposed,
        activity: request.activity,
        planned_on: request.need_by,
        owner_id: account.owner_id,
        due_on: None,
        declined_by: None,
        reason: None,
        override_reason: proposal
            .override_reason
            .filter(|_| !reservation.verdict.refusals.is_empty()),
        is_self_approval: false,
        owner_asked_at: None,
        advocate_asked_at: None,
        accepted_at: None,
        scheduled_at: None,
        done_at: None,
        closed_at: None,
        reminded_on: None,
        is_in_line: proposal.is_in_line,
    };
    tx.record(super::event(Action::Proposed, request, &row).detail(
        Before::proposed().changes(&row).beside(
            json!({ "is_rush": reservation.verdict.is_rush, "is_in_line": row.is_in_line }),
        ),
    ));
    if let Some(reason) = &row.override_reason {
        tx.record(reservation.overridden(request, &row, reason));
    }
    let waits_for_a_yes = reservation.verdict.is_rush && !proposal.allows_rush;
    add(app, tx, request, deal, row, waits_for_a_yes).await?;
    Ok(Ok(()))
}

async fn add(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    mut row: Candidate,
    waits_for_a_yes: bool,
) -> Result<(), Error> {
    if waits_for_a_yes {
        let program = setting::read::<setting::Program>(tx).await?.value;
        let today = app.clock.today();
        row.is_in_line = false;
        row.due_on = Some(today.plus_working_days(program.program_answer_days));
        storage::candidate::insert(tx, row).await?;
        let what = describe(request, deal);
        notify::program(app, tx, "A rush needs your yes", &what, request).await?;
    } else if row.is_in_line {
        storage::candidate::insert(tx, row).await?;
    } else {
        ask_owner(app, tx, request, deal, &mut row).await?;
        storage::candidate::insert(tx, row).await?;
    }
    Ok(())
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
    let before = step(row, CandidateState::OwnerAsked, tx.now())?;
    row.is_in_line = false;
    row.due_on = Some(
        app.clock
            .today()
            .plus_working_days(program.owner_answer_days),
    );
    tx.record(
        super::event(Action::OwnerAsked, request, row).detail(before.changes(row).into_detail()),
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
