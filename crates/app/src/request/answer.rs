//! The advocate's word, through a signed link and without a login.
//!
//! Looking at the link changes nothing, so a mail scanner that opens it answers for nobody.

use domain::{
    candidate::{CandidateState, DeclinedBy, LinkPurpose},
    record::Action,
    reference_use::{DebriefSide, Grade},
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{candidate::Candidate, reference_use::ReferenceUse, request::Request};

use super::{
    appointment::can_be_arranged,
    condition::Conditions,
    debrief::{self, Said},
    event, fulfil, group, letter, line,
    link::{self, Opened},
    notify,
    offer::{self, OfferSlots},
    open_deal, owner, proof, reasons,
    reserve::{self, Wish},
    step,
};
use crate::{App, actor::Actor, change, error::Error, setting};

/// How far the question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    Open,
    Answered,
    /// Nobody waits for the answer any more.
    Over,
}

/// What the advocate is asked: who, for whom, until when. Nothing about anybody else.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Answer)]
pub struct AnswerView {
    pub purpose: LinkPurpose,
    pub state: AnswerState,
    pub advocate_name: String,
    pub account_name: Option<String>,
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    pub asked_by: String,
    /// The company that asks; absent until the program says its name.
    pub company: Option<String>,
    pub prospect_name: Option<String>,
    pub note: Option<String>,
    /// What the advocate has in common with the buyer, in words.
    pub why_you: Vec<String>,
    /// Minutes that it usually takes.
    pub minutes: i64,
    /// What whoever looks after the advocate agreed to it on.
    pub conditions: Option<Conditions>,
    pub need_by: Day,
    /// The advocate's own time zone, where it is known.
    pub time_zone: Option<String>,
    pub expires_at: Timestamp,
}

/// What stands behind the link; changes nothing.
pub async fn look(app: &App, token: &str) -> Result<AnswerView, Error> {
    let opened = open(app, &app.store, token).await?;
    view(app, &opened).await
}

async fn open(app: &App, source: &impl storage::Source, token: &str) -> Result<Opened, Error> {
    link::open(app, source, token, LinkPurpose::takes_an_answer).await
}

async fn view(app: &App, opened: &Opened) -> Result<AnswerView, Error> {
    let contact = letter::contact_of(&app.store, opened.candidate.advocate_id)
        .await?
        .ok_or(Error::NotFound)?;
    let account = storage::account::by_ids(&app.store, vec![opened.candidate.account_id])
        .await?
        .remove(&opened.candidate.account_id);
    let requester = storage::user::find(&app.store, opened.request.requester_id).await?;
    let program = setting::read::<setting::Program>(&app.store).await?.value;
    let deal = match opened.request.opportunity_id {
        Some(id) => storage::opportunity::by_ids(&app.store, vec![id])
            .await?
            .remove(&id),
        None => None,
    };
    let why_you = reasons::of(app, &opened.request, &opened.candidate, deal.as_ref()).await?;
    let prospect = match deal.and_then(|deal| deal.account_id) {
        Some(id) => storage::account::by_ids(&app.store, vec![id])
            .await?
            .remove(&id),
        None => None,
    };
    Ok(AnswerView {
        purpose: opened.link.purpose,
        state: state(opened),
        advocate_name: contact.name,
        account_name: account.map(|account| account.name),
        activity_label: opened.candidate.activity.label(),
        asked_by: requester.map_or_else(|| "A colleague".to_owned(), |user| user.name),
        company: program.company(),
        prospect_name: prospect.map(|account| account.name),
        note: opened.request.note.clone(),
        why_you,
        minutes: opened.candidate.activity.usual_minutes(),
        conditions: Conditions::of(&opened.candidate),
        need_by: opened.candidate.planned_on,
        time_zone: contact.time_zone,
        expires_at: opened.link.expires_at,
    })
}

fn state(opened: &Opened) -> AnswerState {
    let waiting = match opened.link.purpose {
        LinkPurpose::Ask => opened.candidate.state == CandidateState::AdvocateAsked,
        LinkPurpose::Debrief => opened.candidate.state == CandidateState::Done,
        LinkPurpose::Offer => can_be_arranged(opened.candidate.state),
        LinkPurpose::Pick
        | LinkPurpose::BuyerDebrief
        | LinkPurpose::AdvocateBrief
        | LinkPurpose::BuyerBrief => false,
    };
    if opened.link.used_at.is_some() {
        AnswerState::Answered
    } else if waiting {
        AnswerState::Open
    } else {
        AnswerState::Over
    }
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    Accept,
    Decline,
}

/// The answer to an ask, or the grade after the use.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GiveAnswer {
    pub answer: Option<YesNo>,
    /// Optional when declining.
    pub reason: Option<String>,
    pub grade: Option<Grade>,
    /// After the use: whether the advocate was the right one to speak to the buyer.
    pub fit: Option<Grade>,
    /// `false` says that what the requester recorded did not take place; a grade says that it did.
    pub took_place: Option<bool>,
    pub comment: Option<String>,
    /// Times that suit: with a yes, or when asked for them later.
    pub offer: Option<OfferSlots>,
}

/// Takes the answer once.
pub async fn give(app: &App, token: &str, ask: GiveAnswer) -> Result<AnswerView, Error> {
    let found = open(app, &app.store, token).await?;
    let actor = Actor::advocate(found.candidate.advocate_id);
    let mut tx = app.begin(&actor).await?;
    // The locks first: what was read before them may be old.
    line::lock(&tx, vec![found.request.id]).await?;
    let opened = open(app, &tx, token).await?;
    opened.spend(&tx).await?;
    match opened.link.purpose {
        LinkPurpose::Ask => decide(app, &mut tx, opened, ask).await?,
        LinkPurpose::Debrief => took_place(app, &mut tx, opened, ask).await?,
        LinkPurpose::Offer => name_times(app, &mut tx, opened, &ask).await?,
        LinkPurpose::Pick
        | LinkPurpose::BuyerDebrief
        | LinkPurpose::AdvocateBrief
        | LinkPurpose::BuyerBrief => return Err(Error::NotFound),
    }
    tx.commit().await?;
    look(app, token).await
}

async fn decide(
    app: &App,
    tx: &mut storage::Tx,
    opened: Opened,
    ask: GiveAnswer,
) -> Result<(), Error> {
    let Opened {
        mut candidate,
        mut request,
        ..
    } = opened;
    if candidate.state != CandidateState::AdvocateAsked {
        return Err(Error::MoveNotAllowed(
            "This request is over. Thank you; there is nothing left to do.".to_owned(),
        ));
    }
    let reason = ask
        .reason
        .as_deref()
        .filter(|reason| !reason.trim().is_empty())
        .map(|reason| change::text("reason", reason, 1, 2_000))
        .transpose()?;
    match ask
        .answer
        .ok_or_else(|| Error::field("answer", "Choose accept or decline."))?
    {
        YesNo::Decline => {
            owner::close(
                app,
                tx,
                &request,
                &mut candidate,
                DeclinedBy::Advocate,
                reason,
            )
            .await?;
            notify::answered(
                app,
                tx,
                "The advocate declined",
                "The next in line is asked; without one, the program team looks for somebody.",
                &request,
            )
            .await?;
        }
        YesNo::Accept => {
            accept(app, tx, &mut candidate, &request).await?;
            if let Some(slots) = &ask.offer {
                offer::put_on_offer(app, tx, &request, &mut candidate, slots).await?;
            }
        }
    }
    line::settle(app, tx, &mut request).await
}

async fn accept(
    app: &App,
    tx: &mut storage::Tx,
    candidate: &mut Candidate,
    request: &Request,
) -> Result<(), Error> {
    let deal = open_deal(tx, request).await?;
    let wish = Wish {
        advocate: candidate.advocate_id,
        activity: candidate.activity,
        day: candidate.planned_on.max(app.clock.today()),
        prospect: deal.and_then(|deal| deal.account_id),
        candidate: Some(candidate.occupies()),
    };
    let reservation = reserve::check(app, tx, &wish).await?;
    // An override by the program stands until the use; everything else is checked again.
    if candidate.override_reason.is_none() && !reservation.verdict.refusals.is_empty() {
        let why = reservation
            .verdict
            .refusals
            .first()
            .map(|refusal| reserve::sentence(*refusal))
            .unwrap_or_default();
        return Err(Error::MoveNotAllowed(format!(
            "{why} Thank you for your answer; nothing more is needed from you."
        )));
    }
    let before = step(candidate, CandidateState::Accepted, tx.now())?;
    candidate.due_on = Some(candidate.planned_on);
    storage::candidate::save(tx, candidate).await?;
    tx.record(
        event(Action::AdvocateAccepted, request, candidate)
            .detail(before.changes(candidate).into_detail()),
    );
    notify::answered(
        app,
        tx,
        "The advocate accepted",
        "Contact details are on the request now.",
        request,
    )
    .await
}

/// The times that the advocate names, when asked for them after the yes.
async fn name_times(
    app: &App,
    tx: &mut storage::Tx,
    opened: Opened,
    ask: &GiveAnswer,
) -> Result<(), Error> {
    let Opened {
        mut candidate,
        request,
        ..
    } = opened;
    let slots = ask
        .offer
        .as_ref()
        .ok_or_else(|| Error::field("offer", "Name the times that suit you."))?;
    offer::put_on_offer(app, tx, &request, &mut candidate, slots).await?;
    offer::told_of_offer(app, tx, &request).await
}

/// The advocate's side of the proof: a grade confirms the use, a no takes it back.
async fn took_place(
    app: &App,
    tx: &mut storage::Tx,
    opened: Opened,
    ask: GiveAnswer,
) -> Result<(), Error> {
    let Opened {
        mut candidate,
        mut request,
        ..
    } = opened;
    let comment = debrief::comment(ask.comment.as_deref())?;
    if ask.took_place == Some(false) {
        let used = use_of(tx, &candidate).await?;
        let said = comment.as_deref();
        group::denied(app, tx, &candidate, said).await?;
        return proof::deny(app, tx, &mut request, &mut candidate, used, said).await;
    }
    let grade = ask
        .grade
        .ok_or_else(|| Error::field("grade", "Choose a grade from 1 to 5."))?;
    let mut used = use_of(tx, &candidate).await?;
    let said = Said {
        grade: Some(grade),
        fit: ask.fit,
        comment: comment.clone(),
    };
    debrief::note(&mut used, DebriefSide::Advocate, said);
    storage::reference_use::save(tx, &mut used).await?;
    let both_graded = used.grade_seller.is_some();
    let changes = fulfil::debriefed(tx, &mut candidate, both_graded).await?;
    tx.record(
        event(Action::Graded, &request, &candidate)
            .detail(changes.beside(json!({ "grade": grade, "fit": ask.fit, "comment": comment }))),
    );
    group::graded(tx, &candidate, grade).await
}

async fn use_of(tx: &storage::Tx, candidate: &Candidate) -> Result<ReferenceUse, Error> {
    storage::reference_use::of_candidates(tx, vec![candidate.id])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}
