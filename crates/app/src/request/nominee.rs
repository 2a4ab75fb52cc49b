//! Somebody named on a request: proposed, and asked for as soon as there is room and notice.

use domain::{
    access::Scope, activity::Activity, candidate::CandidateState, id::AdvocateId, record::Action,
};
use serde_json::json;
use storage::{Tx, candidate::Candidate, opportunity::Opportunity, request::Request};

use super::{
    Before, fulfilment, hold, notify,
    reserve::{self, Wish},
    step,
    submit::describe,
};
use crate::{App, clock::new_id, error::Error, setting};

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
    /// What they are asked for, where it is not the same as the request: a group call serves who wanted a call.
    pub activity: Option<Activity>,
}

/// Adds a candidate and says where they stand. Without a rush they are asked at once, in the mode that the
/// policy says, and the use is reserved; a rush waits for the program's yes first, and who is in line
/// waits for room.
pub(super) async fn propose(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    proposal: Proposal,
) -> Result<Result<CandidateState, Refused>, Error> {
    let advocate = proposal.advocate;
    let activity = proposal.activity.unwrap_or(request.activity);
    storage::advocate::find(tx, &Scope::Everything, true, advocate)
        .await?
        .ok_or_else(|| Error::field("advocates", "One of these advocates does not exist."))?;
    let wish = Wish {
        advocate,
        activity,
        day: request.need_by,
        prospect: deal.and_then(|deal| deal.account_id),
        candidate: None,
    };
    hold::make_way(app, tx, deal, advocate, activity).await?;
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
        activity,
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
        not_before: None,
        owner_condition: None,
        call_id: None,
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
    add(app, tx, request, deal, row, waits_for_a_yes)
        .await
        .map(Ok)
}

async fn add(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    mut row: Candidate,
    waits_for_a_yes: bool,
) -> Result<CandidateState, Error> {
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
        fulfilment::ask(app, tx, request, deal, &mut row).await?;
        let state = row.state;
        storage::candidate::insert(tx, row).await?;
        return Ok(state);
    }
    Ok(CandidateState::Proposed)
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
        row,
        "A customer of yours is asked for",
        &describe(request, deal),
        request,
    )
    .await
}
