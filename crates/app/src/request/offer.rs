//! Times to choose from: offered by whoever arranges it or by the advocate, and judged one by one.
//!
//! Offering new times moves nothing yet: an agreed one stands until another is picked.

use domain::{
    appointment::{SLOTS_MAX, SLOTS_MIN, SlotProblem, Slots},
    id::CandidateId,
    notice::UpdateKind,
    record::Action,
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{Tx, appointment::Appointment, candidate::Candidate, request::Request};

use super::{
    RequestView,
    appointment::{can_be_arranged, of, wish},
    condition, event, find_for, group, notify, reserve,
};
use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::{Error, same_version},
    policy::{self, Permission},
};

/// Times to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferSlots {
    /// Local times such as `2026-12-03T14:00`: 3 to 10, in the future, on full five minutes.
    pub slots: Vec<String>,
    /// The IANA time zone that they are read in, such as `Europe/Berlin`.
    pub time_zone: String,
    /// Where: a link, a number, an address. Left as it was when absent.
    pub place: Option<String>,
}

/// Offers times; the ones offered before can no longer be picked.
pub async fn offer(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: OfferSlots,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let (mut row, request) = find_for(&tx, actor, Permission::CandidateArrange, id).await?;
    same_version(row.version, version)?;
    put_on_offer(app, &mut tx, &request, &mut row, &ask).await?;
    if !policy::is_self(actor, request.requester_id) {
        told_of_offer(app, &tx, &request).await?;
    }
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// The requester hears that there is something for the buyer to choose from.
pub(super) async fn told_of_offer(app: &App, tx: &Tx, request: &Request) -> Result<(), Error> {
    let body = "Send the buyer the link to pick one, or pick it for them.";
    notify::requester(
        app,
        tx,
        UpdateKind::Time,
        "Times were offered",
        body,
        request,
    )
    .await
}

/// Offers times inside a write. The caller has checked who offers them.
pub(super) async fn put_on_offer(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    ask: &OfferSlots,
) -> Result<(), Error> {
    if !can_be_arranged(row.state) {
        return Err(Error::MoveNotAllowed(
            "Times are offered between the advocate's yes and the use. Reload to see what happened."
                .to_owned(),
        ));
    }
    group::is_arranged_here(tx, row).await?;
    let minutes = row.activity.usual_minutes();
    let zone = ask.time_zone.trim();
    let slots = Slots::read(&ask.slots, zone, minutes, tx.now())
        .map_err(|problem| refused(&problem, ask))?;
    let place = ask
        .place
        .as_deref()
        .filter(|place| !place.trim().is_empty())
        .map(|place| change::text("place", place, 1, 500))
        .transpose()?;
    protected(app, tx, request, row, &slots).await?;
    let before = of(tx, row.id).await?;
    let count = slots.iter().count();
    match before {
        Some(mut appointment) => {
            appointment.slots = slots;
            appointment.time_zone = zone.to_owned();
            appointment.place = place.or(appointment.place);
            storage::appointment::save(tx, &mut appointment).await?;
        }
        None => {
            let appointment = Appointment {
                id: new_id(),
                version: 1,
                candidate_id: row.id,
                slots,
                time_zone: zone.to_owned(),
                minutes,
                place,
                starts_at: None,
                changed_at: tx.now(),
                called_off_at: None,
                sequence: None,
                buyer_email: None,
                remind_at: None,
            };
            storage::appointment::insert(tx, appointment).await?;
        }
    }
    storage::candidate::save(tx, row).await?;
    tx.record(
        event(Action::SlotsOffered, request, row)
            .detail(json!({ "count": count, "time_zone": zone })),
    );
    Ok(())
}

/// Every offered day keeps the customer's limits; what is offered can be picked.
async fn protected(
    app: &App,
    tx: &Tx,
    request: &Request,
    row: &Candidate,
    slots: &Slots,
) -> Result<(), Error> {
    let days: Vec<Day> = slots.iter().map(Timestamp::day).collect();
    for day in &days {
        condition::allows(row, "slots", *day)?;
    }
    if row.override_reason.is_some() {
        return Ok(());
    }
    let wish = wish(tx, request, row, row.planned_on).await?;
    match reserve::first_refused(app, tx, &wish, &days).await? {
        None => Ok(()),
        Some((day, refusal)) => Err(Error::field(
            "slots",
            format!("{day}: {} Choose another day.", reserve::sentence(refusal)),
        )),
    }
}

fn refused(problem: &SlotProblem, ask: &OfferSlots) -> Error {
    let zone = ask.time_zone.trim();
    let slot = |place: usize, why: &str| {
        let written = ask.slots.get(place).map_or("", |text| text.as_str());
        let shown: String = written
            .chars()
            .take(30)
            .collect::<String>()
            .replace('T', " ");
        Error::field(&format!("slots.{place}"), format!("{shown} {why}"))
    };
    match *problem {
        SlotProblem::UnknownZone => Error::field(
            "time_zone",
            "This is no known time zone. Use a name such as Europe/Berlin or America/New_York.",
        ),
        SlotProblem::TooFew => Error::field(
            "slots",
            format!("Offer at least {SLOTS_MIN} times, so that the buyer has a choice."),
        ),
        SlotProblem::TooMany => Error::field("slots", format!("Offer at most {SLOTS_MAX} times.")),
        SlotProblem::NotATime(place) => {
            slot(place, "is no day and time. Write it as 2026-12-03T14:00.")
        }
        SlotProblem::NotWhole(place) => slot(
            place,
            "does not start on full five minutes. Choose :00, :05, :10 and so on.",
        ),
        SlotProblem::Skipped(place) => slot(
            place,
            &format!(
                "does not exist in {zone}: the clocks go forward over it that day. Choose an earlier or a later hour."
            ),
        ),
        SlotProblem::Twice(place) => slot(
            place,
            &format!(
                "comes twice in {zone}: the clocks go back over it that day. Choose an earlier or a later hour."
            ),
        ),
        SlotProblem::Past(place) => slot(place, "is over. Choose a later time."),
        SlotProblem::TooFar(place) => {
            slot(place, "is more than a year away. Choose an earlier day.")
        }
        SlotProblem::Overlaps(place) => slot(
            place,
            "runs into another time of the list. Leave enough room between them.",
        ),
    }
}
