//! One use that serves several deals: the advocate speaks once, to the buyers of all of them.
//!
//! A group call is named by the candidate that it began with. Of those in it, whoever came first carries it: the
//! time is arranged there, the advocate hears through that one, and the others follow. Each deal
//! keeps its own requester, invitation to its buyer, outcome and grades. Refuses to know how a time is agreed on.

use std::collections::HashMap;

use domain::{
    access::Scope,
    appointment::Slots,
    candidate::{CandidateState, DeclinedBy},
    id::{CandidateId, RequestId},
    notice::UpdateKind,
    record::Action,
    reference_use::{DebriefSide, Grade},
};
use serde_json::json;
use storage::{
    Source, Tx, appointment::Appointment, candidate::Candidate, reference_use::ReferenceUse,
    request::Request,
};

use super::{
    Before,
    appointment::{self, can_be_arranged},
    debrief::{self, Said},
    event, fulfil,
    invitation::{self, About},
    line, notify, owner, proof, step,
};
use crate::{App, clock::new_id, error::Error};

pub mod join;
mod view;

pub use view::{CallDeal, CallView};
pub(super) use view::{Calls, load, view};

/// The others of a group call, those that came first first; nobody for a use of its own.
pub(super) async fn others(source: &impl Source, row: &Candidate) -> Result<Vec<Candidate>, Error> {
    let Some(call) = row.call_id else {
        return Ok(Vec::new());
    };
    let mut rows = storage::candidate::of_calls(source, vec![call]).await?;
    rows.retain(|other| other.id != row.id);
    Ok(rows)
}

/// Whether the time is arranged here, and the advocate hears through this candidate.
pub(super) fn carries(row: &Candidate, others: &[Candidate]) -> bool {
    let is_before = |other: &Candidate| can_be_arranged(other.state) && other.id < row.id;
    !others
        .iter()
        .any(|other| other.call_id == row.call_id && is_before(other))
}

/// Refuses to arrange the time where another deal carries the call.
pub(super) async fn is_arranged_here(source: &impl Source, row: &Candidate) -> Result<(), Error> {
    if carries(row, &others(source, row).await?) {
        return Ok(());
    }
    Err(Error::MoveNotAllowed(
        "The time of this group call is arranged on the request that it began with.".to_owned(),
    ))
}

/// The requests of these candidates and of everybody in a group call with them.
pub(super) async fn requests_with(
    source: &impl Source,
    rows: &[Candidate],
) -> Result<Vec<RequestId>, Error> {
    let calls: Vec<CandidateId> = rows.iter().filter_map(|row| row.call_id).collect();
    let rows = storage::candidate::of_calls(source, calls).await?;
    Ok(rows.iter().map(|row| row.request_id).collect())
}

async fn requests_of(tx: &Tx, rows: &[Candidate]) -> Result<HashMap<RequestId, Request>, Error> {
    let ids = rows.iter().map(|row| row.request_id).collect();
    Ok(storage::request::by_ids(tx, ids).await?)
}

/// Brings everybody else in the call to the time of `row`, which was just agreed on, moved or called off. The
/// caller holds the account's lock.
pub(super) async fn follow(
    app: &App,
    tx: &mut Tx,
    row: &Candidate,
    reason: Option<&str>,
) -> Result<(), Error> {
    let rows = others(tx, row).await?;
    let mut requests = requests_of(tx, &rows).await?;
    let agreed = appointment::of(tx, row.id).await?;
    for mut other in rows
        .into_iter()
        .filter(|other| can_be_arranged(other.state))
    {
        let Some(request) = requests.remove(&other.request_id) else {
            continue;
        };
        mirror(
            app,
            tx,
            &request,
            &mut other,
            (row, agreed.as_ref()),
            reason,
        )
        .await?;
        let body = match row.state {
            CandidateState::Scheduled => format!("It takes place on {}.", row.planned_on),
            _ => "The agreed time was called off. The customer's yes stands.".to_owned(),
        };
        let title = "The time of a group call changed";
        notify::requester(app, tx, UpdateKind::Time, title, &body, &request).await?;
    }
    Ok(())
}

/// Brings one candidate to the time of the one who carries the call, and invites its side where that is new.
async fn mirror(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    (lead, agreed): (&Candidate, Option<&Appointment>),
    reason: Option<&str>,
) -> Result<(), Error> {
    let before = if row.state == lead.state {
        Before::of(row)
    } else {
        step(row, lead.state, tx.now())?
    };
    row.scheduled_at = lead.scheduled_at;
    row.planned_on = lead.planned_on;
    row.due_on = Some(lead.planned_on);
    storage::candidate::save(tx, row).await?;
    let mut changes = before.changes(row);
    let invited = match agreed {
        Some(agreed) => same_time(tx, row, agreed).await?,
        None => None,
    };
    if let Some((was, is)) = &invited {
        changes.note("starts_at", was, &is.booked_at());
    }
    if changes.is_empty() {
        return Ok(());
    }
    let action = match row.state {
        CandidateState::Scheduled => Action::Scheduled,
        _ => Action::CalledOff,
    };
    tx.record(event(action, request, row).detail(changes.beside(json!({ "reason": reason }))));
    match &invited {
        Some((_, now)) => invitation::enqueue(app, tx, row, now, About::Time).await,
        None => Ok(()),
    }
}

type Time = Option<domain::time::Timestamp>;

/// Writes down the agreed time for one more deal; the time before and the appointment, where it changed.
async fn same_time(
    tx: &Tx,
    row: &Candidate,
    agreed: &Appointment,
) -> Result<Option<(Time, Appointment)>, Error> {
    let known = appointment::of(tx, row.id).await?;
    let is_new = known.is_none();
    let mut own = known.unwrap_or_else(|| Appointment {
        id: new_id(),
        version: 1,
        candidate_id: row.id,
        slots: Slots::default(),
        starts_at: None,
        called_off_at: None,
        sequence: None,
        buyer_email: None,
        remind_at: None,
        ..agreed.clone()
    });
    let before = own.booked_at();
    own.time_zone.clone_from(&agreed.time_zone);
    own.place.clone_from(&agreed.place);
    if before == agreed.booked_at() {
        return Ok(None);
    }
    own.starts_at = agreed.starts_at;
    own.called_off_at = agreed.called_off_at;
    own.remind_at = agreed.remind_at;
    own.changed_at = tx.now();
    own.sequence = Some(own.sequence.map_or(0, |sequence| sequence + 1));
    if is_new {
        storage::appointment::insert(tx, own.clone()).await?;
    } else {
        storage::appointment::save(tx, &mut own).await?;
    }
    Ok(Some((before, own)))
}

/// Whoever carried the call has left it: the next one does, and the advocate is invited through them.
pub(super) async fn passed_on(app: &App, tx: &Tx, left: &Candidate) -> Result<(), Error> {
    let rows = others(tx, left).await?;
    if !carries(left, &rows) {
        return Ok(());
    }
    let Some(next) = rows.iter().find(|row| can_be_arranged(row.state)) else {
        return Ok(());
    };
    let Some(mut appointment) = appointment::of(tx, next.id).await? else {
        return Ok(());
    };
    if appointment.booked_at().is_none_or(|at| at <= tx.now()) {
        return Ok(());
    }
    appointment::next_invitation(tx, &mut appointment).await?;
    invitation::enqueue(app, tx, next, &appointment, About::Time).await
}

/// The customer takes back the yes that a call rests on: it ends for everybody else, too. The caller holds the
/// locks of the lines.
pub(super) async fn end(
    app: &App,
    tx: &mut Tx,
    row: &Candidate,
    by: DeclinedBy,
    reason: &str,
) -> Result<(), Error> {
    let mut rows = others(tx, row).await?;
    rows.retain(|other| can_be_arranged(other.state));
    let mut requests = requests_of(tx, &rows).await?;
    // Whoever carries the call leaves last: the advocate hears of it once.
    for mut other in rows.into_iter().rev() {
        let Some(mut request) = requests.remove(&other.request_id) else {
            continue;
        };
        owner::close(app, tx, &request, &mut other, by, Some(reason.to_owned())).await?;
        notify::answered(app, tx, "A group call is off", reason, &request).await?;
        line::settle(app, tx, &mut request).await?;
    }
    Ok(())
}

/// The uses that the others of the call came to, with their candidates and requests.
async fn other_uses(
    tx: &Tx,
    row: &Candidate,
) -> Result<Vec<(Candidate, Request, ReferenceUse)>, Error> {
    let rows = others(tx, row).await?;
    let mut requests = requests_of(tx, &rows).await?;
    let uses =
        storage::reference_use::of_candidates(tx, rows.iter().map(|row| row.id).collect()).await?;
    let mut of: HashMap<Option<CandidateId>, ReferenceUse> = uses
        .into_iter()
        .map(|used| (used.candidate_id, used))
        .collect();
    Ok(rows
        .into_iter()
        .filter(|row| row.state == CandidateState::Done)
        .filter_map(|row| {
            let request = requests.remove(&row.request_id)?;
            let used = of.remove(&Some(row.id))?;
            Some((row, request, used))
        })
        .collect())
}

/// The advocate is asked once how a call was: what they said, and whether they were asked already.
pub(super) async fn advocates_word(
    source: &impl Source,
    row: &Candidate,
) -> Result<(Option<i64>, bool), Error> {
    let ids = others(source, row)
        .await?
        .iter()
        .map(|row| row.id)
        .collect();
    let mut uses = storage::reference_use::of_candidates(source, ids).await?;
    uses.retain(|used| used.outcome != Some(domain::reference_use::UseOutcome::NoShow));
    let grade = uses.iter().find_map(|used| used.grade_advocate);
    Ok((grade, !uses.is_empty()))
}

/// What the advocate said of the call is said of every deal that it served.
pub(super) async fn graded(tx: &mut Tx, row: &Candidate, grade: Grade) -> Result<(), Error> {
    for (mut other, request, mut used) in other_uses(tx, row).await? {
        let said = Said {
            grade: Some(grade),
            fit: None,
            comment: None,
        };
        debrief::note(&mut used, DebriefSide::Advocate, said);
        storage::reference_use::save(tx, &mut used).await?;
        let both_graded = used.grade_seller.is_some();
        let changes = fulfil::debriefed(tx, &mut other, both_graded).await?;
        tx.record(
            event(Action::Graded, &request, &other)
                .detail(changes.beside(json!({ "grade": grade }))),
        );
    }
    Ok(())
}

/// The advocate says that the call did not take place: for none of the deals.
pub(super) async fn denied(
    app: &App,
    tx: &mut Tx,
    row: &Candidate,
    comment: Option<&str>,
) -> Result<(), Error> {
    for (mut other, mut request, used) in other_uses(tx, row).await? {
        proof::deny(app, tx, &mut request, &mut other, used, comment).await?;
    }
    Ok(())
}

/// The companies of the other deals of a call, for the advocate to know whom they meet.
pub(super) async fn other_companies(app: &App, row: &Candidate) -> Result<Vec<String>, Error> {
    let calls = load(app, row.call_id.into_iter().collect()).await?;
    let mut names: Vec<String> = calls.companies(row).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

/// A request of anybody's, for the view of a call.
async fn anybodys(source: &impl Source, id: RequestId) -> Result<Request, Error> {
    storage::request::find(source, &Scope::Everything, id)
        .await?
        .ok_or(Error::NotFound)
}
