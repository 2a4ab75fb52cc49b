//! The buyer picks a time through a signed link and without a login.
//!
//! Looking changes nothing, so a mail scanner that opens the link picks for nobody. The buyer
//! reads who will talk to them by title and company, as the seller may tell them, and no address.

use domain::{candidate::LinkPurpose, id::CandidateId, time::Timestamp};
use serde::Serialize;
use storage::appointment::Appointment;

use super::{
    appointment::{self, PickSlot, can_be_arranged},
    find_for, invitation, letter, line,
    link::{self, Opened},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    policy::Permission,
    setting,
};

/// How far the choice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlotsState {
    Open,
    /// A time is agreed, and this link has picked one.
    Picked,
    /// Nothing is on offer any more.
    Over,
}

/// What a buyer sees: who will talk to them, and the times to choose from.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SlotsOnOffer)]
pub struct SlotsView {
    pub state: SlotsState,
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    /// Who arranges it.
    pub asked_by: String,
    /// The company that arranges it; absent until the program says its name.
    pub company: Option<String>,
    /// The title of who will talk to the buyer.
    pub title: Option<String>,
    pub account_name: Option<String>,
    pub minutes: i64,
    pub slots: Vec<Timestamp>,
    /// The time zone in which the times were named.
    pub time_zone: String,
    /// The agreed time, and where.
    pub starts_at: Option<Timestamp>,
    pub place: Option<String>,
    pub expires_at: Timestamp,
}

/// A link for the buyer, shown once, for the requester to send.
pub async fn issue(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
) -> Result<link::IssuedLink, Error> {
    let tx = app.begin(actor).await?;
    let (row, request) = find_for(&tx, actor, Permission::CandidateArrange, id).await?;
    let on_offer = appointment::of(&tx, id)
        .await?
        .is_some_and(|found| !found.slots.after(tx.now()).is_empty());
    tx.roll_back().await?;
    same_version(row.version, version)?;
    if !can_be_arranged(row.state) || !on_offer {
        return Err(Error::MoveNotAllowed(
            "No times are on offer, so there is nothing for the buyer to pick. Offer times first."
                .to_owned(),
        ));
    }
    link::issue(app, actor, &row, &request, LinkPurpose::Pick).await
}

async fn open(app: &App, source: &impl storage::Source, token: &str) -> Result<Opened, Error> {
    link::open(app, source, token, |purpose| purpose == LinkPurpose::Pick).await
}

/// What stands behind the link; changes nothing.
pub async fn look(app: &App, token: &str) -> Result<SlotsView, Error> {
    let opened = open(app, &app.store, token).await?;
    let store = &app.store;
    let contact = letter::contact_of(store, opened.candidate.advocate_id).await?;
    let account = storage::account::by_ids(store, vec![opened.candidate.account_id])
        .await?
        .remove(&opened.candidate.account_id);
    let requester = storage::user::find(store, opened.request.requester_id).await?;
    let program = setting::read::<setting::Program>(store).await?.value;
    let arranged = can_be_arranged(opened.candidate.state);
    let appointment = storage::appointment::of_candidates(store, vec![opened.candidate.id])
        .await?
        .remove(&opened.candidate.id)
        .filter(|_| arranged);
    let was_used = opened.link.used_at.is_some();
    let starts_at = appointment
        .as_ref()
        .and_then(Appointment::booked_at)
        .filter(|_| was_used);
    let slots = match &appointment {
        Some(found) if !was_used => found.slots.after(app.clock.now()),
        _ => Vec::new(),
    };
    let state = match (starts_at, slots.is_empty()) {
        (Some(_), _) => SlotsState::Picked,
        (None, false) => SlotsState::Open,
        (None, true) => SlotsState::Over,
    };
    Ok(SlotsView {
        state,
        activity_label: opened.candidate.activity.label(),
        asked_by: requester.map_or_else(|| "A colleague".to_owned(), |user| user.name),
        company: program.company(),
        title: contact.and_then(|contact| contact.title),
        account_name: account.map(|account| account.name),
        minutes: opened.candidate.activity.usual_minutes(),
        slots,
        time_zone: appointment
            .as_ref()
            .map_or_else(|| "UTC".to_owned(), |found| found.time_zone.clone()),
        place: starts_at.and_then(|_| appointment.and_then(|found| found.place)),
        starts_at,
        expires_at: opened.link.expires_at,
    })
}

/// Picks a time, once for each link.
pub async fn pick(app: &App, token: &str, ask: PickSlot) -> Result<SlotsView, Error> {
    let found = open(app, &app.store, token).await?;
    let mut tx = app.begin(&Actor::buyer()).await?;
    // The locks first: what was read before them may be old.
    line::lock(&tx, vec![found.request.id]).await?;
    let mut opened = open(app, &tx, token).await?;
    opened.spend(&tx).await?;
    appointment::book(app, &mut tx, &opened.request, &mut opened.candidate, &ask).await?;
    appointment::told_of_pick(app, &tx, &opened.request).await?;
    tx.commit().await?;
    look(app, token).await
}

/// The calendar file of the time that was picked.
pub async fn file(app: &App, token: &str) -> Result<String, Error> {
    let opened = open(app, &app.store, token).await?;
    if opened.link.used_at.is_none() || !can_be_arranged(opened.candidate.state) {
        return Err(Error::NotFound);
    }
    invitation::file(app, opened.candidate.id, invitation::Reader::Buyer).await
}

/// The calendar file of the agreed time, for the requester or the owner.
pub async fn file_for_staff(app: &App, actor: &Actor, id: CandidateId) -> Result<String, Error> {
    let tx = app.begin(actor).await?;
    let (row, _) = find_for(&tx, actor, Permission::CandidateArrange, id).await?;
    tx.roll_back().await?;
    invitation::file(app, row.id, invitation::Reader::Requester).await
}
