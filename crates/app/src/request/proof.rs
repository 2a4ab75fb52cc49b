//! Whether a use took place: the requester records it, the advocate confirms it through the link.
//!
//! What did not take place stays on record with its day, takes no use from anybody, and the request
//! is looked at again. Refuses to know how a use was graded.

use domain::{
    candidate::CandidateState,
    id::CandidateId,
    notice::UpdateKind,
    record::{Action, RecordKind},
    reference_use::UseOutcome,
    time::Timestamp,
};
use serde_json::json;
use storage::{Tx, candidate::Candidate, reference_use::ReferenceUse, request::Request};

use super::{
    RequestView, appointment, event, find_for, group, line, moves,
    notify::{self, Attention, Message},
    reserve, step,
};
use crate::{
    App,
    actor::Actor,
    change::Changes,
    error::{Error, same_version},
    policy::Permission,
};

/// Seconds within which it is taken back: the ten that a screen offers, and time for the way there.
const TAKE_BACK_SECONDS: i64 = 60;

/// Why the candidate left, as the request shows it.
const REASON: &str = "It did not take place.";

/// Ends a candidate whose time came without a use: the reservation is free from here on, and the
/// request goes on to the next in line. The caller holds the locks of the line.
pub(super) async fn record_no_show(
    app: &App,
    tx: &mut Tx,
    request: &mut Request,
    row: &mut Candidate,
    used: &ReferenceUse,
    comment: Option<&str>,
) -> Result<(), Error> {
    // An hour that is over needs no cancellation in anybody's calendar.
    let is_ahead = appointment::of(tx, row.id)
        .await?
        .is_some_and(|found| found.booked_at().is_none_or(|at| at > tx.now()));
    if is_ahead && appointment::can_be_arranged(row.state) {
        appointment::release(app, tx, request, row, Changes::default(), Some(REASON)).await?;
    }
    let before = step(row, CandidateState::Replaced, tx.now())?;
    row.reason = Some(REASON.to_owned());
    row.due_on = None;
    row.is_in_line = false;
    storage::candidate::save(tx, row).await?;
    tx.record(
        event(Action::DidNotTakePlace, request, row)
            .link(RecordKind::Use, used.id)
            .detail(
                before
                    .changes(row)
                    .beside(json!({ "used_on": used.used_on, "comment": comment })),
            ),
    );
    group::passed_on(app, tx, row).await?;
    notify::owner(
        app,
        tx,
        row,
        "A reference did not take place",
        "Your customer is free again. Ask them whether something went wrong.",
        request,
    )
    .await?;
    line::settle(app, tx, request).await
}

/// The advocate says that what the requester recorded did not take place.
pub(super) async fn deny(
    app: &App,
    tx: &mut Tx,
    request: &mut Request,
    row: &mut Candidate,
    mut used: ReferenceUse,
    comment: Option<&str>,
) -> Result<(), Error> {
    used.outcome = Some(UseOutcome::NoShow);
    storage::reference_use::save(tx, &mut used).await?;
    record_no_show(app, tx, request, row, &used, comment).await?;
    notify::requester(
        app,
        tx,
        UpdateKind::FollowUp,
        "The advocate says it did not take place",
        "It does not count as a use, and the request is open again.",
        request,
    )
    .await
}

/// Takes back within a minute that it did not take place: the promise stands as it did, as far as
/// protection still allows, and who was asked in place of it is let go. A time that was called off
/// with it stays called off.
pub async fn take_back(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let (row, request) = find_for(&tx, actor, Permission::CandidateFulfil, id).await?;
    line::lock_with(&tx, vec![request.id], vec![row.account_id]).await?;
    let (mut row, mut request) = find_for(&tx, actor, Permission::CandidateFulfil, id).await?;
    same_version(row.version, version)?;
    let used = storage::reference_use::of_candidates(&tx, vec![id])
        .await?
        .pop();
    let used = to_take_back(&row, &request, used, tx.now())?;
    let wish = appointment::wish(&tx, &request, &row, row.planned_on).await?;
    let refusals = reserve::check(app, &tx, &wish).await?.verdict.refusals;
    if let Some(refusal) = reserve::in_the_way(&row, refusals) {
        return Err(Error::MoveNotAllowed(format!(
            "Meanwhile something stands in the way: {}",
            reserve::sentence(refusal)
        )));
    }
    storage::reference_use::remove(&tx, &used).await?;
    let is_called_off = appointment::of(&tx, id)
        .await?
        .is_some_and(|found| found.called_off_at.is_some());
    let to = if row.scheduled_at.is_some() && !is_called_off {
        CandidateState::Scheduled
    } else {
        row.scheduled_at = None;
        CandidateState::Accepted
    };
    let before = moves::take_up(&mut row, to);
    row.reason = None;
    row.due_on = Some(row.planned_on);
    storage::candidate::save(&tx, &mut row).await?;
    tx.record(event(Action::TakenBack, &request, &row).detail(before.changes(&row).into_detail()));
    line::settle(app, &mut tx, &mut request).await?;
    let message = Message {
        attention: Attention::Update(UpdateKind::Use),
        about: Some((RecordKind::Advocate, row.advocate_id.0)),
        title: "It may have taken place after all",
        body: "That it did not was taken back: your customer's promise stands.",
        path: format!("/requests/{}", request.id),
    };
    let owner: Vec<_> = row.owner_id.into_iter().collect();
    notify::tell(app, &tx, &owner, &message).await?;
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// The use that is to go, while it is the requester's own word of a minute ago.
fn to_take_back(
    row: &Candidate,
    request: &Request,
    used: Option<ReferenceUse>,
    now: Timestamp,
) -> Result<ReferenceUse, Error> {
    // What the advocate says was recorded in another way before, and is not the requester's to undo.
    let used = used.filter(|used| {
        row.state == CandidateState::Replaced
            && used.outcome == Some(UseOutcome::NoShow)
            && Some(used.created_at) == row.closed_at
    });
    let Some(used) = used else {
        return Err(Error::MoveNotAllowed(
            "There is nothing here to take back.".to_owned(),
        ));
    };
    if now.seconds_since(used.created_at) > TAKE_BACK_SECONDS {
        return Err(Error::MoveNotAllowed(
            "This can be taken back for a minute only. Log the use on the deal if it took place."
                .to_owned(),
        ));
    }
    if !request.status.is_open() {
        return Err(Error::MoveNotAllowed(
            "The request was closed meanwhile.".to_owned(),
        ));
    }
    Ok(used)
}
