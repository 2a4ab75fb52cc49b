//! When it takes place: one of the offered times is picked, and it may be moved or called off.
//!
//! An agreed time stands until another is picked or it is called off. Each change raises the sequence of the invitation by one and sends it to everybody
//! once. Refuses to know how an invitation is written.

use domain::{
    appointment::Slots,
    candidate::CandidateState,
    id::CandidateId,
    notice::UpdateKind,
    record::Action,
    text::EmailAddress,
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{Tx, appointment::Appointment, candidate::Candidate, request::Request};

use super::{
    Before, RequestView, event, find_for, group,
    invitation::{self, About},
    notify, open_deal,
    reserve::{self, Wish},
    step,
};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    error::{Error, same_version},
    policy::{self, Permission},
};

/// Everybody is reminded this long before the agreed time.
const REMIND_SECONDS_BEFORE: i64 = 24 * 3_600;

/// One of the offered times.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PickSlot {
    pub starts_at: Timestamp,
    /// The buyer's address, for an invitation and three questions afterwards; forgotten 30 days after the request closes.
    pub buyer_email: Option<String>,
}

/// Why an agreed time is given up.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CallOff {
    pub reason: Option<String>,
}

/// When it takes place.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Appointment)]
pub struct AppointmentView {
    /// The offered times that can still be picked, the earliest first.
    pub slots: Vec<Timestamp>,
    /// The time zone in which they were named.
    pub time_zone: String,
    pub minutes: i64,
    pub place: Option<String>,
    /// The agreed time; none until one is picked and after it was called off.
    pub starts_at: Option<Timestamp>,
    /// Whether the buyer gets invitations from us.
    pub buyer_is_invited: bool,
}

impl AppointmentView {
    pub(super) fn of(row: &Appointment, now: Timestamp) -> Self {
        Self {
            slots: row.slots.after(now),
            time_zone: row.time_zone.clone(),
            minutes: row.minutes,
            place: row.place.clone(),
            starts_at: row.booked_at(),
            buyer_is_invited: row.buyer_email.is_some(),
        }
    }
}

/// States in which a time can be agreed.
pub(super) fn can_be_arranged(state: CandidateState) -> bool {
    matches!(state, CandidateState::Accepted | CandidateState::Scheduled)
}

pub(super) async fn of(tx: &Tx, candidate: CandidateId) -> Result<Option<Appointment>, Error> {
    Ok(storage::appointment::of_candidates(tx, vec![candidate])
        .await?
        .remove(&candidate))
}

pub(super) async fn wish(
    tx: &Tx,
    request: &Request,
    row: &Candidate,
    day: Day,
) -> Result<Wish, Error> {
    let deal = open_deal(tx, request).await?;
    Ok(Wish {
        advocate: row.advocate_id,
        activity: row.activity,
        day,
        prospect: deal.and_then(|deal| deal.account_id),
        candidate: Some(row.occupies()),
    })
}

/// Picks one of the offered times for the buyer.
pub async fn pick(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: PickSlot,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let (mut row, request) = find_for(&tx, actor, Permission::CandidateArrange, id).await?;
    same_version(row.version, version)?;
    book(app, &mut tx, &request, &mut row, &ask).await?;
    if !policy::is_self(actor, request.requester_id) {
        told_of_pick(app, &tx, &request).await?;
    }
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

pub(super) async fn told_of_pick(app: &App, tx: &Tx, request: &Request) -> Result<(), Error> {
    let body = "The time is agreed; the invitations are on their way.";
    notify::requester(
        app,
        tx,
        UpdateKind::Time,
        "A time was picked",
        body,
        request,
    )
    .await
}

/// The address that an invitation goes to; `None` where none was given.
fn buyer(ask: &PickSlot) -> Result<Option<EmailAddress>, Error> {
    let written = ask
        .buyer_email
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    written
        .map(|text| {
            text.parse().map_err(|_| {
                Error::field(
                    "buyer_email",
                    "This is no e-mail address such as ann@example.com.",
                )
            })
        })
        .transpose()
}

/// Agrees on a time inside a write: checked under the account's lock, then everybody is invited.
pub(super) async fn book(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    ask: &PickSlot,
) -> Result<(), Error> {
    let buyer = buyer(ask)?;
    group::is_arranged_here(tx, row).await?;
    let mut appointment = of(tx, row.id)
        .await?
        .filter(|_| can_be_arranged(row.state))
        .ok_or_else(nothing_on_offer)?;
    let at = ask.starts_at;
    if at <= tx.now() || !appointment.slots.contains(at) {
        return Err(Error::field(
            "starts_at",
            "This time is not on offer any more. Choose one of the others.",
        ));
    }
    let wish = wish(tx, request, row, at.day()).await?;
    let reservation = reserve::check(app, tx, &wish).await?;
    if row.override_reason.is_none() && !reservation.verdict.refusals.is_empty() {
        return Err(Error::field(
            "starts_at",
            "This time is not free any more. Choose one of the others.",
        ));
    }
    let booked_before = appointment.booked_at();
    appointment.starts_at = Some(at);
    appointment.called_off_at = None;
    appointment.slots = Slots::default();
    appointment.buyer_email = buyer.or(appointment.buyer_email);
    let remind_at = at.plus_seconds(-REMIND_SECONDS_BEFORE);
    appointment.remind_at = Some(remind_at).filter(|remind_at| *remind_at > tx.now());
    next_invitation(tx, &mut appointment).await?;
    let before = if row.state == CandidateState::Accepted {
        step(row, CandidateState::Scheduled, tx.now())?
    } else {
        Before::of(row)
    };
    row.planned_on = at.day();
    row.due_on = Some(row.planned_on);
    storage::candidate::save(tx, row).await?;
    let mut changes = before.changes(row);
    changes.note("starts_at", &booked_before, &Some(at));
    tx.record(event(Action::Scheduled, request, row).detail(changes.into_detail()));
    invitation::enqueue(app, tx, row, &appointment, About::Time).await?;
    group::follow(app, tx, row, None).await
}

/// The buyer of a time that is agreed on, where nobody gave their address before.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteBuyer {
    /// For an invitation and three questions afterwards; forgotten 30 days after the request closes.
    pub buyer_email: String,
}

/// Sends the agreed time to the buyer.
///
/// # Errors
/// Changes nothing when no time ahead is agreed on and when the buyer is invited already.
pub async fn invite_buyer(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: InviteBuyer,
) -> Result<RequestView, Error> {
    let written = PickSlot {
        starts_at: app.clock.now(),
        buyer_email: Some(ask.buyer_email),
    };
    let address = buyer(&written)?
        .ok_or_else(|| Error::field("buyer_email", "Write the e-mail address of the buyer."))?;
    let mut tx = app.begin(actor).await?;
    let (mut row, request) = find_for(&tx, actor, Permission::CandidateFulfil, id).await?;
    same_version(row.version, version)?;
    let booked = of(&tx, id).await?.filter(|found| {
        can_be_arranged(row.state) && found.booked_at().is_some_and(|at| at > tx.now())
    });
    let Some(mut appointment) = booked else {
        return Err(Error::MoveNotAllowed(
            "There is no agreed time to invite the buyer to.".to_owned(),
        ));
    };
    if appointment.buyer_email.is_some() {
        return Err(Error::MoveNotAllowed(
            "The buyer is invited already.".to_owned(),
        ));
    }
    appointment.buyer_email = Some(address);
    storage::appointment::save(&tx, &mut appointment).await?;
    storage::candidate::save(&tx, &mut row).await?;
    let mut changes = Changes::default();
    changes.note("buyer_is_invited", &false, &true);
    tx.record(event(Action::Updated, &request, &row).detail(changes.into_detail()));
    invitation::enqueue_to_buyer(app, &tx, id, &appointment).await?;
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

fn nothing_on_offer() -> Error {
    Error::MoveNotAllowed(
        "No times are on offer now. Ask the person who invited you for new ones.".to_owned(),
    )
}

pub(super) async fn next_invitation(tx: &Tx, appointment: &mut Appointment) -> Result<(), Error> {
    appointment.sequence = Some(appointment.sequence.map_or(0, |sequence| sequence + 1));
    appointment.changed_at = tx.now();
    Ok(storage::appointment::save(tx, appointment).await?)
}

/// Gives up the agreed time; the advocate's yes stands, and other times can be offered.
pub async fn call_off(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: CallOff,
) -> Result<RequestView, Error> {
    let reason = ask
        .reason
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| change::text("reason", text, 1, 1_000))
        .transpose()?;
    let mut tx = app.begin(actor).await?;
    let (mut row, request) = find_for(&tx, actor, Permission::CandidateArrange, id).await?;
    same_version(row.version, version)?;
    let is_booked = of(&tx, id)
        .await?
        .is_some_and(|appointment| appointment.booked_at().is_some());
    if row.state != CandidateState::Scheduled || !is_booked {
        return Err(Error::MoveNotAllowed(
            "There is no agreed time to call off.".to_owned(),
        ));
    }
    storage::account::guard(&tx, row.account_id).await?;
    group::is_arranged_here(&tx, &row).await?;
    let before = step(&mut row, CandidateState::Accepted, tx.now())?;
    row.scheduled_at = None;
    let changes = before.changes(&row);
    release(app, &mut tx, &request, &row, changes, reason.as_deref()).await?;
    storage::candidate::save(&tx, &mut row).await?;
    group::follow(app, &mut tx, &row, reason.as_deref()).await?;
    if !policy::is_self(actor, request.requester_id) {
        let body = "The advocate's yes stands. Offer other times.";
        notify::requester(
            app,
            &tx,
            UpdateKind::Time,
            "The time was called off",
            body,
            &request,
        )
        .await?;
    }
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// Takes back what is on offer and calls off what was agreed, where there is anything: for a
/// candidate that leaves, too. `changes` are those of the candidate that no other event tells.
pub(super) async fn release(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &Candidate,
    mut changes: Changes,
    reason: Option<&str>,
) -> Result<(), Error> {
    let Some(mut appointment) = of(tx, row.id).await? else {
        return Ok(());
    };
    appointment.slots = Slots::default();
    appointment.remind_at = None;
    let Some(before) = appointment.booked_at() else {
        return Ok(storage::appointment::save(tx, &mut appointment).await?);
    };
    appointment.called_off_at = Some(tx.now());
    next_invitation(tx, &mut appointment).await?;
    changes.note("starts_at", &Some(before), &None);
    tx.record(
        event(Action::CalledOff, request, row).detail(changes.beside(json!({ "reason": reason }))),
    );
    invitation::enqueue(app, tx, row, &appointment, About::Time).await
}
