//! What happens when time runs out: whoever holds a step is reminded once, the program team hears
//! of a late answer, and an ask that cannot help any more ends and makes room for the next.
//!
//! The day before an agreed time everybody in it is reminded; once a deal is decided the advocates who
//! spoke for it are thanked. Holds end with their day and their deal, locks by rule follow the facts. Runs every hour, on any number of
//! nodes: each step is judged again under its locks, so that it happens once.

use domain::{
    access::Scope,
    candidate::CandidateState,
    id::{CandidateId, RequestId},
    notice::UpdateKind,
    record::{Action, RecordKind},
    time::{Day, Timestamp},
};
use storage::{NewEvent, StorageError, Tx, candidate::Candidate, request::Request};

use super::{
    event, hold,
    invitation::{self, About},
    line, link, notify, step, thanks,
};
use crate::{
    App,
    account::lock_rules,
    actor::Actor,
    error::Error,
    job::{self, Task},
};

/// Steps that are looked at in one round; what is left comes with the next.
const ROUND: u64 = 500;

/// What is due on a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Nothing,
    /// It is the last day.
    Remind,
    /// The day has passed.
    Escalate,
    /// No answer can help any more, or the next in line is asked instead.
    RunOut,
}

/// Looks at every step whose day has come. Answers with how many were acted on.
pub async fn run(app: &App) -> Result<u64, Error> {
    let today = app.clock.today();
    let mut acted = 0;
    for row in storage::candidate::due(&app.store, today, ROUND).await? {
        acted += unless_crossed(of_candidate(app, row.id, row.request_id).await)?;
    }
    for row in storage::request::due(&app.store, today, ROUND).await? {
        acted += unless_crossed(of_request(app, row.id).await)?;
    }
    let now = app.clock.now();
    for row in storage::appointment::to_remind(&app.store, now, ROUND).await? {
        acted += unless_crossed(of_appointment(app, row.candidate_id).await)?;
    }
    acted += follow(app).await?;
    let since = thanks::since(today);
    for id in storage::reference_use::to_thank(&app.store, since, ROUND).await? {
        acted += unless_crossed(thanks::thank(app, id).await)?;
    }
    Ok(acted)
}

/// Brings holds in step with their deals, and locks by rule with what is known of the accounts. Whoever
/// writes many of them at once calls this after it, so that nothing waits for the hour.
pub(crate) async fn follow(app: &App) -> Result<u64, Error> {
    let today = app.clock.today();
    let mut acted = 0;
    for account in storage::hold::accounts_to_judge(&app.store, today, ROUND).await? {
        acted += unless_crossed(hold::of_account(app, account).await)?;
    }
    Ok(acted + lock_rules::run(app).await?)
}

/// Somebody changed the record meanwhile: the next round judges it again, and the others of this one
/// do not wait for that.
fn unless_crossed(acted: Result<bool, Error>) -> Result<u64, Error> {
    match acted {
        Err(Error::Storage(StorageError::Stale)) => Ok(0),
        other => other.map(u64::from),
    }
}

async fn of_candidate(app: &App, id: CandidateId, request: RequestId) -> Result<bool, Error> {
    let today = app.clock.today();
    let mut tx = app.begin(&Actor::system()).await?;
    line::lock(&tx, vec![request]).await?;
    let mut rows = storage::candidate::of_requests(&tx, vec![request])
        .await?
        .remove(&request)
        .unwrap_or_default();
    let has_line = rows.iter().any(|row| row.is_in_line);
    let (Some(place), Some(mut request)) = (
        rows.iter().position(|row| row.id == id),
        storage::request::find(&tx, &Scope::Everything, request).await?,
    ) else {
        return Ok(false);
    };
    let mut row = rows.swap_remove(place);
    match due(&row, today, tx.now(), has_line) {
        Due::Nothing => {
            tx.roll_back().await?;
            return Ok(false);
        }
        Due::Remind => remind(app, &mut tx, &request, &mut row, today).await?,
        Due::Escalate => escalate(app, &mut tx, &request, &mut row, today).await?,
        Due::RunOut => {
            run_out(app, &mut tx, &request, &mut row).await?;
            line::settle(app, &mut tx, &mut request).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

fn due(row: &Candidate, today: Day, now: Timestamp, has_line: bool) -> Due {
    let Some(due) = row.due_on.filter(|due| *due <= today) else {
        return Due::Nothing;
    };
    let is_late = due < today;
    let waits = row.state.is_asked() || row.state == CandidateState::Proposed;
    let link_is_over = row.state == CandidateState::AdvocateAsked
        && row
            .advocate_asked_at
            .is_some_and(|at| at.plus_days(link::VALID_DAYS) <= now);
    if waits && (row.planned_on < today || link_is_over) {
        return Due::RunOut;
    }
    if is_late && row.state.is_asked() && has_line {
        return Due::RunOut;
    }
    match (is_late, row.reminded_on) {
        (true, Some(reminded)) if reminded > due => Due::Nothing,
        (true, _) => Due::Escalate,
        (false, Some(reminded)) if reminded >= due => Due::Nothing,
        (false, _) if waits => Due::Remind,
        (false, _) => Due::Nothing,
    }
}

/// On the last day the holder hears of it once more.
async fn remind(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    today: Day,
) -> Result<(), Error> {
    tell_holder(app, tx, request, row, "An answer is due today").await?;
    note(tx, request, row, today).await
}

/// The day after, the program team hears of it as well.
async fn escalate(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    today: Day,
) -> Result<(), Error> {
    tell_holder(app, tx, request, row, "An answer is late").await?;
    if row.state.is_asked() {
        notify::program(
            app,
            tx,
            "An answer is late",
            "Nobody else is in line. Propose somebody else or speak to who was asked.",
            request,
        )
        .await?;
    }
    note(tx, request, row, today).await
}

async fn note(
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
    today: Day,
) -> Result<(), Error> {
    row.reminded_on = Some(today);
    storage::candidate::save(tx, row).await?;
    tx.record(event(Action::Reminded, request, row));
    Ok(())
}

async fn tell_holder(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &Candidate,
    title: &str,
) -> Result<(), Error> {
    match row.state {
        CandidateState::Proposed => {
            let body = "A rush waits for your yes or no.";
            notify::program(app, tx, title, body, request).await
        }
        CandidateState::OwnerAsked => {
            let body = "A colleague waits for your yes or no to a customer of yours.";
            notify::owner(app, tx, row, title, body, request).await
        }
        CandidateState::AdvocateAsked
            if super::delivery::reachable_by_mail(app, tx, row).await? =>
        {
            job::enqueue(tx, &Task::MailAsk { candidate: row.id }).await?;
            Ok(())
        }
        CandidateState::AdvocateAsked => {
            let body = "The advocate has not answered. Pass the answer link on once more.";
            notify::owner(app, tx, row, title, body, request).await
        }
        CandidateState::Accepted | CandidateState::Scheduled => {
            let body = "The planned day is over. Record what came of it, or set another day.";
            notify::requester(
                app,
                tx,
                UpdateKind::FollowUp,
                "Did it take place?",
                body,
                request,
            )
            .await
        }
        CandidateState::Done => {
            let body = "One grade is enough; it makes the next match better.";
            notify::requester(
                app,
                tx,
                UpdateKind::FollowUp,
                "How useful was the reference?",
                body,
                request,
            )
            .await
        }
        CandidateState::Debriefed
        | CandidateState::Declined
        | CandidateState::Expired
        | CandidateState::Replaced => Ok(()),
    }
}

async fn run_out(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    row: &mut Candidate,
) -> Result<(), Error> {
    let before = step(row, CandidateState::Expired, tx.now())?;
    row.due_on = None;
    row.is_in_line = false;
    storage::candidate::save(tx, row).await?;
    tx.record(event(Action::Expired, request, row).detail(before.changes(row).into_detail()));
    notify::answered(
        app,
        tx,
        "No answer in time",
        "The next in line is asked; without one, the program team looks for somebody.",
        request,
    )
    .await
}

/// A request that nobody is asked on reminds the program team once.
async fn of_request(app: &App, id: RequestId) -> Result<bool, Error> {
    let today = app.clock.today();
    let mut tx = app.begin(&Actor::system()).await?;
    let Some(mut row) = storage::request::find(&tx, &Scope::Everything, id)
        .await?
        .filter(|row| row.status.is_open())
        .filter(|row| row.due_on.is_some_and(|due| due <= today))
        .filter(|row| row.reminded_on.is_none_or(|on| Some(on) < row.due_on))
    else {
        tx.roll_back().await?;
        return Ok(false);
    };
    notify::program(
        app,
        &tx,
        "A request still waits for a match",
        "Propose somebody: the matches are on the request.",
        &row,
    )
    .await?;
    row.reminded_on = Some(today);
    storage::request::save(&tx, &mut row).await?;
    tx.record(NewEvent::new(Action::Reminded, RecordKind::Request, row.id));
    tx.commit().await?;
    Ok(true)
}

/// The day before, everybody hears of the agreed time once more.
async fn of_appointment(app: &App, candidate: CandidateId) -> Result<bool, Error> {
    let tx = app.begin(&Actor::system()).await?;
    let now = tx.now();
    let Some(mut row) = storage::appointment::of_candidates(&tx, vec![candidate])
        .await?
        .remove(&candidate)
        .filter(|row| row.remind_at.is_some_and(|at| at <= now))
    else {
        tx.roll_back().await?;
        return Ok(false);
    };
    row.remind_at = None;
    storage::appointment::save(&tx, &mut row).await?;
    let is_ahead = row.booked_at().is_some_and(|at| at > now);
    if is_ahead {
        let whose = storage::candidate::find(&tx, candidate)
            .await?
            .ok_or(Error::NotFound)?;
        invitation::enqueue(app, &tx, &whose, &row, About::Tomorrow).await?;
    }
    tx.commit().await?;
    Ok(is_ahead)
}
