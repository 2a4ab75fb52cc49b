//! Quota asks: so many customers of a kind by a day, found and asked one after the other without a hand.
//!
//! One customer is asked for each that is still missing, never three: whoever is not needed is spared. Refuses
//! to know how protection judges; who rests, is nearly used up or tires is not on the shortlist.

use std::collections::HashSet;

use domain::{
    access::Scope,
    candidate::CandidateState,
    id::{AccountId, AdvocateId, RequestId},
    protection::Load,
    request as rule, taxonomy,
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{Tx, candidate::Candidate, request::Request};

use super::{
    line,
    nominee::{self, Proposal},
    propose,
    reserve::{self, Wish},
    submit::SubmitRequest,
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    find::{self, FindReferences},
    job::{self, Task},
    load,
};

/// Advocates that are looked at in one write; what is left comes with the next no.
const SHORTLIST_MAX: usize = 60;

/// How far a quota is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct QuotaDay {
    pub on: Day,
    /// Customers asked until then, said yes until then, done until then.
    pub asked: usize,
    pub accepted: usize,
    pub done: usize,
}

/// How far a quota ask is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct QuotaView {
    /// From the day of the ask: the days on which something changed, and the last one, which is today or the
    /// day of the close.
    pub days: Vec<QuotaDay>,
}

/// What makes a quota ask: whom it means, and nobody by name.
pub(super) fn check(ask: &SubmitRequest) -> Result<(), Error> {
    if !ask.is_quota {
        return Ok(());
    }
    let problem = if ask.opportunity_id.is_some() {
        Some((
            "opportunity_id",
            "A deal asks for its references itself. Leave the deal out.",
        ))
    } else if !ask.advocates.is_empty() {
        Some((
            "advocates",
            "Whom to ask is found by itself here. Name nobody.",
        ))
    } else if ask.criteria.is_empty() {
        Some(("criteria", "Say by criteria which customers are meant."))
    } else {
        None
    };
    problem.map_or(Ok(()), |(field, message)| Err(Error::field(field, message)))
}

/// Customers who are neither promised nor being asked yet.
fn short(request: &Request, states: &[CandidateState]) -> usize {
    let wanted = usize::try_from(request.wanted).unwrap_or(1);
    let open = |state: &&CandidateState| state.is_asked() || **state == CandidateState::Proposed;
    rule::missing(wanted, states).saturating_sub(states.iter().filter(open).count())
}

/// Has somebody else found where the line of a quota ask has become too short.
pub(super) async fn follow(
    tx: &Tx,
    request: &Request,
    states: &[CandidateState],
) -> Result<(), Error> {
    if request.is_quota && request.status.is_open() && short(request, states) > 0 {
        let request = request.id;
        job::enqueue(tx, &Task::FillQuota { request }).await?;
    }
    Ok(())
}

/// Asks as many as are missing, the best first; changes nothing where nobody else can be asked.
pub(crate) async fn fill(app: &App, id: RequestId) -> Result<(), Error> {
    let found = storage::request::find(&app.store, &Scope::Everything, id).await?;
    if !found.is_some_and(|row| row.is_quota && row.status.is_open()) {
        return Ok(());
    }
    // The search is the program's; what is written is nobody's.
    let program = Actor::operator();
    let ask = FindReferences::default();
    let (_, ask) = propose::need(app, &program, id, ask).await?;
    let tired = load::tired(app).await?;
    let mut shortlist = find::fitting(app, &program, ask, taxonomy::FULL).await?;
    shortlist.retain(|advocate| !tired.contains(advocate));
    shortlist.truncate(SHORTLIST_MAX);

    let mut tx = app.begin(&Actor::system()).await?;
    let accounts = reserve::accounts_of(&tx, &shortlist).await?;
    line::lock_with(&tx, vec![id], accounts).await?;
    let found = storage::request::find(&tx, &Scope::Everything, id).await?;
    let Some(mut request) = found.filter(|row| row.status.is_open()) else {
        tx.roll_back().await?;
        return Ok(());
    };
    let before = line::rows(&tx, id).await?;
    let mut states: Vec<CandidateState> = before.iter().map(|row| row.state).collect();
    let last = before.iter().map(|row| row.position).max().unwrap_or(-1);
    // A quota counts customers: of one that is on it already nobody else is asked.
    let mut asked: HashSet<AccountId> = before.iter().map(|row| row.account_id).collect();
    for advocate in shortlist {
        if short(&request, &states) == 0 {
            break;
        }
        let Some(account) = fresh(app, &tx, &request, advocate).await? else {
            continue;
        };
        if !asked.insert(account) {
            continue;
        }
        let position = last + 1 + i64::try_from(states.len() - before.len()).unwrap_or(0);
        let proposal = Proposal {
            advocate,
            position,
            is_in_line: false,
            allows_rush: false,
            override_reason: None,
            activity: None,
        };
        if let Ok(state) = nominee::propose(app, &mut tx, &request, None, proposal).await? {
            states.push(state);
        }
    }
    if states.len() == before.len() {
        tx.roll_back().await?;
        return Ok(());
    }
    storage::request::save(&tx, &mut request).await?;
    line::settle(app, &mut tx, &mut request).await?;
    tx.commit().await?;
    Ok(())
}

/// The account of an advocate whom nothing stands in the way of and who has not given most of the year.
async fn fresh(
    app: &App,
    tx: &Tx,
    request: &Request,
    advocate: AdvocateId,
) -> Result<Option<AccountId>, Error> {
    let wish = Wish {
        advocate,
        activity: request.activity,
        day: request.need_by,
        prospect: None,
        candidate: None,
    };
    let reservation = reserve::check(app, tx, &wish).await?;
    let is_fresh = reservation.verdict.refusals.is_empty() && reservation.load != Load::High;
    Ok(is_fresh.then_some(reservation.account))
}

/// How far a quota ask is, day by day; nothing for other requests.
pub(super) fn view(request: &Request, rows: &[Candidate], today: Day) -> Option<QuotaView> {
    if !request.is_quota {
        return None;
    }
    let until = |on: Day, at: fn(&Candidate) -> Option<Timestamp>| {
        let is_by = |row: &&Candidate| at(row).is_some_and(|at| at.day() <= on);
        rows.iter().filter(is_by).count()
    };
    let stamps = rows
        .iter()
        .flat_map(|row| [asked(row), row.accepted_at, row.done_at]);
    let end = request.closed_at.map_or(today, |at| at.day());
    let mut days: Vec<Day> = stamps.flatten().map(|at| at.day()).collect();
    days.extend([request.created_at.day(), end]);
    days.sort_unstable();
    days.dedup();
    let day = |on| QuotaDay {
        on,
        asked: until(on, asked),
        accepted: until(on, |row| row.accepted_at),
        done: until(on, |row| row.done_at),
    };
    Some(QuotaView {
        days: days.into_iter().map(day).collect(),
    })
}

/// When the customer was first asked for.
fn asked(row: &Candidate) -> Option<Timestamp> {
    row.owner_asked_at
        .or(row.advocate_asked_at)
        .or(row.accepted_at)
}
