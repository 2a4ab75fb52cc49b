//! Moving the day by which a request needs its references.
//!
//! Whoever is asked goes along to the new day, checked by protection as on the day they were asked;
//! one who cannot be had then makes room for the next in line. A yes that was given is kept: its day
//! moves where it may, and otherwise stays.

use domain::{
    candidate::{CandidateState, DeclinedBy},
    id::RequestId,
    record::{Action, RecordKind},
    request::RequestStatus,
    time::Day,
};
use serde::Deserialize;
use storage::{NewEvent, Tx, candidate::Candidate, opportunity::Opportunity, request::Request};

use super::{
    Before, RequestView,
    condition::Conditions,
    delivery, event, line, notify, open_deal, owner,
    reserve::{self, Wish},
    submit,
};
use crate::{
    App,
    actor::Actor,
    change::Changes,
    error::{Error, same_version},
    find,
    job::{self, Task},
    policy::{self, Permission},
    setting,
};

/// The day by which the references are needed now.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveNeedBy {
    /// From today on, at most two years ahead.
    pub need_by: Day,
}

/// Moves the day of an open request, and tells the requester and whoever is asked.
///
/// # Errors
/// [`Error::Invalid`] for a day that is over or too far ahead, and for one that turns a request on
/// which somebody is asked into a rush, unless the program team says so;
/// [`Error::MoveNotAllowed`] for a draft and for a request that is over.
pub async fn set(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
    ask: MoveNeedBy,
) -> Result<RequestView, Error> {
    let scope = policy::require(actor, Permission::RequestCreate)?;
    submit::within_reach(app, ask.need_by)?;
    let mut tx = app.begin(actor).await?;
    let mut request = storage::request::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(request.version, version)?;
    if !request.status.is_open() || request.status == RequestStatus::Draft {
        return Err(Error::MoveNotAllowed(format!(
            "This request is {}, so there is no day to move.",
            request.status.as_str().replace('_', " ")
        )));
    }
    line::lock(&tx, vec![id]).await?;
    let rows = line::rows(&tx, id).await?;
    let changes = moved(app, &tx, actor, &mut request, &rows, ask.need_by).await?;
    if changes.is_empty() {
        tx.roll_back().await?;
        return super::get(app, actor, id).await;
    }
    storage::request::save(&tx, &mut request).await?;
    let mut noted =
        NewEvent::new(Action::Updated, RecordKind::Request, id).detail(changes.into_detail());
    if let Some(deal) = request.opportunity_id {
        noted = noted.link(RecordKind::Opportunity, deal);
    }
    tx.record(noted);
    let deal = open_deal(&tx, &request).await?;
    for row in rows {
        follow(app, &mut tx, &request, deal.as_ref(), row).await?;
    }
    tell(app, &tx, actor, &request, deal.as_ref()).await?;
    line::settle(app, &mut tx, &mut request).await?;
    tx.commit().await?;
    super::get(app, actor, id).await
}

/// Puts the day on the request, with what it makes of rush and clock.
async fn moved(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    request: &mut Request,
    rows: &[Candidate],
    need_by: Day,
) -> Result<Changes, Error> {
    let rules = setting::read::<domain::protection::Rules>(tx).await?.value;
    let first = find::first_day_without_rush(&rules, request.activity, app.clock.today());
    let is_sooner = need_by < request.need_by;
    // More time than before never makes a rush of what was none.
    let is_rush = need_by < first && (is_sooner || request.is_rush);
    let relies_on_notice = rows
        .iter()
        .any(|row| goes_along(row) && (row.state != CandidateState::Proposed || row.is_in_line));
    let program = policy::scope(actor, Permission::CandidatePropose);
    if is_rush && is_sooner && relies_on_notice && !program.reaches(Some(request.requester_id)) {
        return Err(Error::field(
            "need_by",
            format!(
                "{first} is the first day with the notice that this needs, and somebody is asked already. Choose that day or a later one, or ask the program team to move it."
            ),
        ));
    }
    let mut changes = Changes::default();
    changes.note("need_by", &request.need_by, &need_by);
    changes.note("is_rush", &request.is_rush, &is_rush);
    request.need_by = need_by;
    request.is_rush = is_rush;
    // A match is of no use after the day.
    request.due_on = request.due_on.map(|due| due.min(need_by));
    Ok(changes)
}

/// Until a time is agreed on, the planned day is the request's; that of a group call is no one deal's.
fn goes_along(row: &Candidate) -> bool {
    row.state == CandidateState::Proposed
        || row.state.is_asked()
        || (row.state == CandidateState::Accepted && row.call_id.is_none())
}

/// Takes one candidate to the request's day, or lets go of them where they cannot be had on it.
async fn follow(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    mut row: Candidate,
) -> Result<(), Error> {
    if !goes_along(&row) {
        return Ok(());
    }
    let need_by = request.need_by;
    let day = Conditions::of(&row).map_or(need_by, |conditions| conditions.day(need_by));
    let wish = Wish {
        advocate: row.advocate_id,
        activity: row.activity,
        day,
        prospect: deal.and_then(|deal| deal.account_id),
        candidate: Some(row.occupies()),
    };
    let refusals = reserve::check(app, tx, &wish).await?.verdict.refusals;
    match reserve::in_the_way(&row, refusals) {
        // The customer promised that day; the two sides agree on another.
        Some(_) if row.state == CandidateState::Accepted => return Ok(()),
        Some(refusal) => {
            let was_asked = row.state.is_asked();
            let why = reserve::sentence(refusal);
            let told = format!("The request moved to {day}. {why}");
            owner::close(
                app,
                tx,
                request,
                &mut row,
                DeclinedBy::Program,
                Some(told.clone()),
            )
            .await?;
            if was_asked {
                let title = "A customer is not needed any more";
                notify::owner(app, tx, &row, title, &told, request).await?;
            }
            return notify::answered(
                app,
                tx,
                "A candidate cannot be had on the new day",
                &told,
                request,
            )
            .await;
        }
        None => {}
    }
    let before = Before::of(&row);
    row.planned_on = day;
    let waits_for_a_yes = row.state == CandidateState::Proposed && !row.is_in_line;
    if waits_for_a_yes && !request.is_rush {
        row.is_in_line = true;
        row.due_on = None;
    }
    row.due_on = row.due_on.map(|due| due.min(day));
    storage::candidate::save(tx, &mut row).await?;
    tx.record(event(Action::Updated, request, &row).detail(before.changes(&row).into_detail()));
    tell_who_answers(app, tx, request, &row).await
}

async fn tell_who_answers(
    app: &App,
    tx: &Tx,
    request: &Request,
    row: &Candidate,
) -> Result<(), Error> {
    let body = match row.state {
        CandidateState::AdvocateAsked if delivery::reachable_by_mail(app, tx, row).await? => {
            // The letter says the day; whichever of the two links answers first counts.
            job::enqueue(tx, &Task::MailAsk { candidate: row.id }).await?;
            return Ok(());
        }
        CandidateState::AdvocateAsked => {
            format!(
                "It is {} now. Tell the advocate, whom you passed the link to.",
                row.planned_on
            )
        }
        CandidateState::OwnerAsked => {
            format!(
                "It is {} now. Your yes or no is still waited for.",
                row.planned_on
            )
        }
        CandidateState::Accepted => {
            format!(
                "It is {} now, and the time is still to be agreed on.",
                row.planned_on
            )
        }
        _ => return Ok(()),
    };
    notify::owner(app, tx, row, "The day of a request moved", &body, request).await
}

/// The requester hears of it unless it was them, and the program team where they look for somebody.
async fn tell(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    request: &Request,
    deal: Option<&Opportunity>,
) -> Result<(), Error> {
    let title = "The day of a request moved";
    let what = submit::describe(request, deal);
    if !policy::is_self(actor, request.requester_id) {
        notify::answered(app, tx, title, &what, request).await?;
    }
    if request.status == RequestStatus::Matching {
        notify::program(app, tx, title, &what, request).await?;
    }
    Ok(())
}
