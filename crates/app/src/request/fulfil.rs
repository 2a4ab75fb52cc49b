//! From acceptance to the recorded use: contact details, the date, the outcome, the grades.

use domain::{
    candidate::CandidateState,
    id::CandidateId,
    record::{Action, RecordKind},
    reference_use::{DebriefSide, Grade, UseChannel, UseOutcome},
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::{Tx, candidate::Candidate, reference_use::ReferenceUse, request::Request};

use super::{
    RequestView, buyer_link, condition, contact_is_open,
    debrief::{self, Said},
    event, find_for, group, line, notify, open_deal, proof,
    reserve::{self, Wish},
    step,
};
use crate::{
    App,
    actor::Actor,
    advocate::reveal::{self, RevealedContact},
    change::Changes,
    clock::new_id,
    error::{Error, same_version},
    job::{self, Task},
    policy::Permission,
};

/// Working days in which both sides should have said how it was.
const DEBRIEF_DAYS: u32 = 5;

/// Shows the contact details and logs that they were shown.
pub async fn reveal(app: &App, actor: &Actor, id: CandidateId) -> Result<RevealedContact, Error> {
    let mut tx = app.begin(actor).await?;
    let (row, request) = find_for(&tx, actor, Permission::CandidateFulfil, id).await?;
    if !contact_is_open(&row, &request, tx.now()) {
        return Err(Error::MoveNotAllowed(reveal::NOT_YET.to_owned()));
    }
    let event = event(Action::ContactRevealed, &request, &row);
    let shown = reveal::show(&mut tx, actor, row.advocate_id, event).await?;
    tx.commit().await?;
    Ok(shown)
}

/// The agreed date.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleUse {
    pub planned_on: Day,
}

pub async fn schedule(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: ScheduleUse,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let (mut row, request) = find_for(&tx, actor, Permission::CandidateFulfil, id).await?;
    same_version(row.version, version)?;
    if ask.planned_on < app.clock.today() {
        return Err(Error::field(
            "planned_on",
            "This day is over. Choose today or a later day.",
        ));
    }
    condition::allows(&row, "planned_on", ask.planned_on)?;
    group::is_arranged_here(&tx, &row).await?;
    let deal = open_deal(&tx, &request).await?;
    let wish = Wish {
        advocate: row.advocate_id,
        activity: row.activity,
        day: ask.planned_on,
        prospect: deal.as_ref().and_then(|deal| deal.account_id),
        candidate: Some(row.occupies()),
    };
    let reservation = reserve::check(app, &tx, &wish).await?;
    if row.override_reason.is_none() && !reservation.verdict.refusals.is_empty() {
        tx.roll_back().await?;
        return Err(reserve::refusal(app, actor, &wish, reservation, deal.as_ref()).await?);
    }
    let before = step(&mut row, CandidateState::Scheduled, tx.now())?;
    row.planned_on = ask.planned_on;
    row.due_on = Some(ask.planned_on);
    storage::candidate::save(&tx, &mut row).await?;
    tx.record(event(Action::Scheduled, &request, &row).detail(before.changes(&row).into_detail()));
    group::follow(app, &mut tx, &row, None).await?;
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// What happened.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordUse {
    pub used_on: Day,
    pub outcome: UseOutcome,
    pub grade: Option<Grade>,
    /// How well the customer fitted what the buyer needed.
    pub fit: Option<Grade>,
    pub comment: Option<String>,
}

/// Records what came of it: the reservation becomes a use of that day, or is given back when it
/// did not take place.
pub async fn record_use(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: RecordUse,
) -> Result<RequestView, Error> {
    // Asked outside of the write, which waits for nothing but the database.
    let expected_fit = debrief::promised(app, id).await?;
    let mut tx = app.begin(actor).await?;
    let (mut row, mut request) =
        line::find_locked(&tx, actor, Permission::CandidateFulfil, id).await?;
    same_version(row.version, version)?;
    let took_place = ask.outcome != UseOutcome::NoShow;
    check(&row, &ask, app.clock.today())?;
    let comment = debrief::comment(ask.comment.as_deref())?;
    storage::account::guard(&tx, row.account_id).await?;
    let (said_of_the_call, is_asked) = group::advocates_word(&tx, &row).await?;
    let used = ReferenceUse {
        id: new_id(),
        version: 1,
        external_id: None,
        candidate_id: Some(row.id),
        advocate_id: row.advocate_id,
        account_id: row.account_id,
        activity: row.activity,
        opportunity_id: request.opportunity_id,
        used_on: ask.used_on,
        outcome: Some(ask.outcome),
        grade_seller: ask.grade.map(Into::into),
        grade_advocate: said_of_the_call.filter(|_| took_place),
        grade_buyer: None,
        comment,
        recorded_by: actor.user_id(),
        created_at: tx.now(),
        channel: UseChannel::Request,
        fit_seller: ask.fit.map(Into::into),
        fit_advocate: None,
        fit_buyer: None,
        expected_fit,
        comment_advocate: None,
        comment_buyer: None,
        thanked_on: None,
        call_id: row.call_id,
    };
    storage::reference_use::insert(&tx, used.clone()).await?;
    if took_place {
        finish(app, &mut tx, &mut request, &mut row, &used).await?;
        if app.config.sends_mail && !is_asked {
            job::enqueue(&tx, &Task::MailDebrief { candidate: row.id }).await?;
        }
        let both_graded = used.grade_seller.is_some() && used.grade_advocate.is_some();
        let changes = debriefed(&tx, &mut row, both_graded).await?;
        if !changes.is_empty() {
            tx.record(event(Action::Graded, &request, &row).detail(changes.into_detail()));
        }
    } else {
        let comment = used.comment.as_deref();
        proof::record_no_show(app, &mut tx, &mut request, &mut row, &used, comment).await?;
    }
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// Refuses a day on which it cannot have been, and a grade of what was not.
fn check(row: &Candidate, ask: &RecordUse, today: Day) -> Result<(), Error> {
    if ask.used_on > today {
        return Err(Error::field(
            "used_on",
            "A use is recorded once it has taken place. Choose today or an earlier day.",
        ));
    }
    if row
        .accepted_at
        .is_some_and(|accepted| ask.used_on < accepted.day().plus_days(-1))
    {
        return Err(Error::field(
            "used_on",
            "The use cannot lie before the advocate accepted.",
        ));
    }
    let graded = [("grade", ask.grade), ("fit", ask.fit)];
    let is_no_show = ask.outcome == UseOutcome::NoShow;
    match graded
        .iter()
        .find(|(_, grade)| grade.is_some() && is_no_show)
    {
        Some((field, _)) => Err(Error::field(
            field,
            "What did not take place has no grade. Leave the grade out.",
        )),
        None => Ok(()),
    }
}

/// The use took place: the reference is done, and the advocate is asked how it was.
async fn finish(
    app: &App,
    tx: &mut Tx,
    request: &mut Request,
    row: &mut Candidate,
    used: &ReferenceUse,
) -> Result<(), Error> {
    let before = step(row, CandidateState::Done, tx.now())?;
    row.due_on = Some(app.clock.today().plus_working_days(DEBRIEF_DAYS));
    storage::candidate::save(tx, row).await?;
    let noted = json!({ "used_on": used.used_on, "outcome": used.outcome, "grade": used.grade_seller, "comment": used.comment });
    tx.record(
        event(Action::Used, request, row)
            .link(RecordKind::Use, used.id)
            .detail(before.changes(row).beside(noted)),
    );
    line::settle(app, tx, request).await?;
    buyer_link::enqueue(app, tx, row).await?;
    notify::owner(
        app,
        tx,
        row,
        "A reference took place",
        "Thank your customer; the outcome is on the request.",
        request,
    )
    .await
}

/// The seller's grade of the reference.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GradeUse {
    pub grade: Grade,
    /// How well the customer fitted what the buyer needed.
    pub fit: Option<Grade>,
    pub comment: Option<String>,
}

pub async fn grade(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    ask: GradeUse,
) -> Result<RequestView, Error> {
    let mut tx = app.begin(actor).await?;
    let (mut row, request) = find_for(&tx, actor, Permission::CandidateFulfil, id).await?;
    same_version(row.version, version)?;
    let mut used = storage::reference_use::of_candidates(&tx, vec![row.id])
        .await?
        .pop()
        .filter(|used| used.outcome != Some(UseOutcome::NoShow))
        .ok_or_else(|| {
            Error::MoveNotAllowed("There is no recorded use to grade yet.".to_owned())
        })?;
    let grade_before = used.grade_seller;
    let said = Said {
        grade: Some(ask.grade),
        fit: ask.fit,
        comment: debrief::comment(ask.comment.as_deref())?,
    };
    debrief::note(&mut used, DebriefSide::Seller, said);
    storage::reference_use::save(&tx, &mut used).await?;
    let both_graded = used.grade_advocate.is_some();
    let mut changes = debriefed(&tx, &mut row, both_graded).await?;
    changes.note("grade_seller", &grade_before, &used.grade_seller);
    tx.record(event(Action::Graded, &request, &row).detail(changes.into_detail()));
    tx.commit().await?;
    super::get(app, actor, request.id).await
}

/// With both grades given nothing is left to ask; tells what that changed on the candidate.
pub(super) async fn debriefed(
    tx: &Tx,
    row: &mut Candidate,
    both_graded: bool,
) -> Result<Changes, Error> {
    if !both_graded || row.state != CandidateState::Done {
        return Ok(Changes::default());
    }
    let before = step(row, CandidateState::Debriefed, tx.now())?;
    row.due_on = None;
    storage::candidate::save(tx, row).await?;
    Ok(before.changes(row))
}
