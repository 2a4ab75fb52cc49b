//! The relationship owner decides whether the account may be used.

use domain::{
    candidate::{CandidateState, DeclinedBy},
    id::{AdvocateId, CandidateId, UserId},
    record::Action,
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{Tx, candidate::Candidate, request::Request};

use super::{
    CandidateView, RequestView, appointment,
    condition::Conditions,
    delivery, event, fulfilment, group, line,
    nominee::Refused,
    notify, open_deal, propose,
    reserve::{self, Wish},
    step,
};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    error::{Error, same_version},
    listing::{self, List},
    policy::{self, Permission},
    setting,
};

/// What an owner needs to decide.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ApprovalContext {
    pub last_use_on: Option<Day>,
    pub uses_last_year: usize,
    pub health: Option<i64>,
    pub nps: Option<i64>,
    pub is_locked: bool,
}

/// A candidate that waits for a yes, with its request.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Approval {
    pub candidate: CandidateView,
    pub request: RequestView,
    pub context: ApprovalContext,
}

/// What waits for the actor's decision, the most urgent first.
pub async fn approvals(
    app: &App,
    actor: &Actor,
    limit: Option<u64>,
    cursor: Option<&str>,
) -> Result<List<Approval>, Error> {
    let scope = policy::require(actor, Permission::CandidateApprove)?;
    let page = listing::page(limit, cursor)?;
    let listed = storage::candidate::waiting_for_owner(&app.store, &scope, &page).await?;
    let rows = storage::request::by_ids(
        &app.store,
        listed.items.iter().map(|row| row.request_id).collect(),
    )
    .await?;
    let rows: Vec<Request> = rows.into_values().collect();
    let views = super::views(app, actor, &rows).await?;
    let contexts = contexts(app, &listed.items).await?;
    let items = listed
        .items
        .iter()
        .zip(contexts)
        .filter_map(|(row, context)| {
            let request = views.iter().find(|view| view.id == row.request_id)?.clone();
            let candidate = request
                .candidates
                .iter()
                .find(|view| view.id == row.id)?
                .clone();
            Some(Approval {
                candidate,
                request,
                context,
            })
        })
        .collect();
    Ok(List::from_listed(listed.with_items(items)))
}

async fn contexts(app: &App, rows: &[Candidate]) -> Result<Vec<ApprovalContext>, Error> {
    let ids: Vec<_> = rows.iter().map(|row| row.account_id).collect();
    let today = app.clock.today();
    let accounts = storage::account::by_ids(&app.store, ids.clone()).await?;
    let uses =
        storage::reference_use::of_accounts_since(&app.store, ids.clone(), today.plus_days(-365))
            .await?;
    let locks = storage::account::locks(&app.store, ids).await?;
    Ok(rows
        .iter()
        .map(|row| {
            let account = accounts.get(&row.account_id);
            let own = || {
                uses.iter()
                    .filter(|used| used.advocate_id == row.advocate_id)
            };
            ApprovalContext {
                last_use_on: own().map(|used| used.used_on).max(),
                uses_last_year: storage::reference_use::count(own()),
                health: account.and_then(|account| account.health),
                nps: account.and_then(|account| account.nps),
                is_locked: locks.iter().any(|lock| {
                    lock.account_id == row.account_id
                        && lock.from_on <= today
                        && lock.until_on.is_none_or(|until| until >= today)
                }),
            }
        })
        .collect())
}

/// A yes, with a word to the requester.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approve {
    pub note: Option<String>,
    /// The yes holds from this day on, today to a year ahead; the planned day moves there.
    pub not_before: Option<Day>,
    /// What else it depends on, up to 500 characters, such as "by e-mail only".
    pub condition: Option<String>,
    /// Why protection is set aside; the program role only, listed for review.
    pub override_reason: Option<String>,
}

/// The owner's yes asks the advocate; the program's yes to a rush asks the owner.
pub async fn approve(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: Approve,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let (mut row, mut request) =
        line::find_locked(&tx, actor, Permission::CandidateApprove, id).await?;
    same_version(row.version, version)?;
    let note = ask
        .note
        .as_deref()
        .filter(|note| !note.trim().is_empty())
        .map(|note| change::text("note", note, 1, 2_000))
        .transpose()?;
    let conditions = Conditions::read(
        &row,
        ask.not_before,
        ask.condition.as_deref(),
        app.clock.today(),
    )?;
    let deal = open_deal(&tx, &request).await?;
    let wish = Wish {
        advocate: row.advocate_id,
        activity: row.activity,
        day: conditions
            .as_ref()
            .map_or(row.planned_on, |conditions| conditions.day(row.planned_on)),
        prospect: deal.as_ref().and_then(|deal| deal.account_id),
        candidate: Some(row.occupies()),
    };
    let reservation = reserve::check(app, &tx, &wish).await?;
    if !reservation.verdict.refusals.is_empty() {
        let reason = overridden(actor, ask.override_reason.as_deref())?
            .filter(|_| reservation.may_be_overridden());
        let Some(reason) = reason else {
            tx.roll_back().await?;
            return Err(reserve::refusal(app, actor, &wish, reservation, deal.as_ref()).await?);
        };
        tx.record(reservation.overridden(&request, &row, &reason));
        row.override_reason = Some(reason);
    }
    if row.state == CandidateState::Proposed {
        policy::require(actor, Permission::CandidatePropose)?;
        if line::room(&tx, &request).await? == 0 {
            row.is_in_line = true;
            row.due_on = None;
        } else {
            fulfilment::ask(app, &mut tx, &request, deal.as_ref(), &mut row).await?;
        }
    } else {
        self_approval(&tx, actor, &request, &mut row).await?;
        ask_advocate(
            app,
            &mut tx,
            &request,
            &mut row,
            conditions,
            note.as_deref(),
        )
        .await?;
    }
    storage::candidate::save(&tx, &mut row).await?;
    line::settle(app, &mut tx, &mut request).await?;
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// The reason of an override, when one was given by somebody who may.
pub(super) fn overridden(actor: &Actor, reason: Option<&str>) -> Result<Option<String>, Error> {
    let Some(reason) = reason else {
        return Ok(None);
    };
    policy::require(actor, Permission::Override)?;
    change::text("override_reason", reason, 5, 1_000).map(Some)
}

/// Nobody approves their own request unless the program allows it, and then it is flagged.
async fn self_approval(
    tx: &Tx,
    actor: &Actor,
    request: &Request,
    row: &mut Candidate,
) -> Result<(), Error> {
    if !policy::is_self(actor, request.requester_id) {
        return Ok(());
    }
    if !setting::read::<setting::Program>(tx)
        .await?
        .value
        .allows_self_approval
    {
        return Err(Error::MoveNotAllowed(
            "You asked for this yourself, so somebody else has to approve it.".to_owned(),
        ));
    }
    row.is_self_approval = true;
    Ok(())
}

async fn ask_advocate(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    conditions: Option<Conditions>,
    note: Option<&str>,
) -> Result<(), Error> {
    let program = setting::read::<setting::Program>(tx).await?.value;
    let before = step(row, CandidateState::AdvocateAsked, tx.now())?;
    let told = conditions.as_ref().map_or_else(
        || "The advocate is asked now.".to_owned(),
        |conditions| format!("The advocate is asked now. {}", conditions.sentence()),
    );
    if let Some(conditions) = conditions {
        conditions.put_on(row);
    }
    row.due_on = Some(
        app.clock
            .today()
            .plus_working_days(program.advocate_answer_days),
    );
    let noted = json!({
        "note": note,
        "is_self_approval": row.is_self_approval,
        "not_before": row.not_before,
        "condition": row.owner_condition,
    });
    tx.record(event(Action::OwnerApproved, request, row).detail(before.changes(row).beside(noted)));
    tx.record(event(Action::AdvocateAsked, request, row).detail(before.changes(row).into_detail()));
    notify::answered(app, tx, "The owner said yes", &told, request).await?;
    delivery::send(app, tx, request, row).await
}

/// A no, with the reason that the requester reads.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineCandidate {
    pub reason: String,
    /// Who should be asked instead. Their own owner decides about them.
    pub instead: Option<AdvocateId>,
}

pub async fn decline(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: DeclineCandidate,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let instead = ask.instead.as_slice();
    if let [other] = instead {
        suggested(&tx, actor, *other).await?;
    }
    let (mut row, mut request) =
        line::find_locked_with(&tx, actor, Permission::CandidateApprove, id, instead).await?;
    same_version(row.version, version)?;
    let reason = change::text("reason", &ask.reason, 3, 1_000)?;
    if instead.contains(&row.advocate_id) {
        return Err(Error::field(
            "instead",
            "This is who you decline. Suggest somebody else, or nobody.",
        ));
    }
    let by = if is_owner(actor, row.owner_id) {
        DeclinedBy::Owner
    } else {
        DeclinedBy::Program
    };
    group::end(app, &mut tx, &row, by, &reason).await?;
    close(app, &mut tx, &request, &mut row, by, Some(reason.clone())).await?;
    notify::answered(app, &tx, "A candidate was declined", &reason, &request).await?;
    if !instead.is_empty() {
        let deal = open_deal(&tx, &request).await?;
        let refused = propose::also(app, &mut tx, &request, deal.as_ref(), instead).await?;
        if let Some(Refused { wish, reservation }) = refused {
            tx.roll_back().await?;
            return Err(reserve::refusal(app, actor, &wish, reservation, deal.as_ref()).await?);
        }
    }
    line::settle(app, &mut tx, &mut request).await?;
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// Only somebody whom the actor can see is suggested.
async fn suggested(tx: &Tx, actor: &Actor, id: AdvocateId) -> Result<(), Error> {
    let scope = policy::require(actor, Permission::AdvocateRead)?;
    storage::advocate::find(tx, &scope, policy::sees_restricted(actor), id)
        .await?
        .map(|_| ())
        .ok_or_else(|| Error::field("instead", "There is no such advocate in your reach."))
}

fn is_owner(actor: &Actor, owner: Option<UserId>) -> bool {
    owner.is_some_and(|owner| policy::is_self(actor, owner))
}

/// Ends a candidate with a no; its reservation is free from here on.
pub(super) async fn close(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    by: DeclinedBy,
    reason: Option<String>,
) -> Result<(), Error> {
    storage::account::guard(tx, row.account_id).await?;
    if appointment::can_be_arranged(row.state) {
        appointment::release(app, tx, request, row, Changes::default(), reason.as_deref()).await?;
    }
    let before = step(row, CandidateState::Declined, tx.now())?;
    row.declined_by = Some(by);
    row.reason.clone_from(&reason);
    row.due_on = None;
    row.is_in_line = false;
    storage::candidate::save(tx, row).await?;
    let noted = json!({ "by": by, "reason": reason });
    tx.record(event(Action::Declined, request, row).detail(before.changes(row).beside(noted)));
    group::passed_on(app, tx, row).await
}
