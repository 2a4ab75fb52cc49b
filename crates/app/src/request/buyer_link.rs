//! The buyer says how it was, through a signed link and without a login.
//!
//! Looking changes nothing, so a mail scanner that opens the link says nothing for anybody. The
//! buyer reads who they spoke to by title and company, as the link to pick a time told them.

use domain::{
    access::Scope,
    candidate::{CandidateState, LinkPurpose},
    id::CandidateId,
    notice::UpdateKind,
    record::Action,
    reference_use::{DebriefSide, Grade, UseOutcome},
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{candidate::Candidate, reference_use::ReferenceUse};

use super::{
    answer::AnswerState,
    debrief::{self, Said},
    event, find_for, letter,
    link::{self, Opened},
    notify,
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    job::{self, Task},
    mail::Letter,
    policy::Permission,
    setting,
};

/// What a buyer is asked about.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = BuyerDebrief)]
pub struct BuyerDebriefView {
    pub state: AnswerState,
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    /// Who arranged it.
    pub asked_by: String,
    /// The company that arranged it; absent until the program says its name.
    pub company: Option<String>,
    /// The title of whom the buyer spoke to.
    pub title: Option<String>,
    pub account_name: Option<String>,
    pub used_on: Day,
    pub expires_at: Timestamp,
}

/// How it was for the buyer.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayHow {
    /// How useful it was.
    pub grade: Grade,
    /// How close the customer's situation was to the buyer's own.
    pub fit: Option<Grade>,
    pub comment: Option<String>,
}

/// Whether the buyer can be asked how it was.
pub(super) fn is_awaited(row: &Candidate, used: Option<&ReferenceUse>) -> bool {
    matches!(row.state, CandidateState::Done | CandidateState::Debriefed)
        && used.is_some_and(|used| {
            used.grade_buyer.is_none() && used.outcome != Some(UseOutcome::NoShow)
        })
}

/// A link for the buyer, shown once, for the requester to send.
pub async fn issue(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
) -> Result<link::IssuedLink, Error> {
    let tx = app.begin(actor).await?;
    let (row, request) = find_for(&tx, actor, Permission::CandidateFulfil, id).await?;
    let used = storage::reference_use::of_candidates(&tx, vec![id]).await?;
    tx.roll_back().await?;
    same_version(row.version, version)?;
    if !is_awaited(&row, used.first()) {
        return Err(Error::MoveNotAllowed(
            "The buyer can be asked once it took place, and only until they have said how it was."
                .to_owned(),
        ));
    }
    link::issue(app, actor, &row, &request, LinkPurpose::BuyerDebrief).await
}

async fn open(
    app: &App,
    source: &impl storage::Source,
    token: &str,
) -> Result<(Opened, ReferenceUse), Error> {
    let meant = |purpose| purpose == LinkPurpose::BuyerDebrief;
    let opened = link::open(app, source, token, meant).await?;
    let used = storage::reference_use::of_candidates(source, vec![opened.candidate.id])
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    Ok((opened, used))
}

/// What stands behind the link; changes nothing.
pub async fn look(app: &App, token: &str) -> Result<BuyerDebriefView, Error> {
    let (opened, used) = open(app, &app.store, token).await?;
    let store = &app.store;
    let contact = letter::contact_of(store, opened.candidate.advocate_id).await?;
    let account = storage::account::by_ids(store, vec![opened.candidate.account_id])
        .await?
        .remove(&opened.candidate.account_id);
    let requester = storage::user::find(store, opened.request.requester_id).await?;
    let program = setting::read::<setting::Program>(store).await?.value;
    let state = if opened.link.used_at.is_some() {
        AnswerState::Answered
    } else if is_awaited(&opened.candidate, Some(&used)) {
        AnswerState::Open
    } else {
        AnswerState::Over
    };
    Ok(BuyerDebriefView {
        state,
        activity_label: used.activity.label(),
        asked_by: requester.map_or_else(|| "A colleague".to_owned(), |user| user.name),
        company: program.company(),
        title: contact.and_then(|contact| contact.title),
        account_name: account.map(|account| account.name),
        used_on: used.used_on,
        expires_at: opened.link.expires_at,
    })
}

/// Takes the buyer's word once for each use.
pub async fn give(app: &App, token: &str, ask: SayHow) -> Result<BuyerDebriefView, Error> {
    let comment = debrief::comment(ask.comment.as_deref())?;
    let mut tx = app.begin(&Actor::buyer()).await?;
    let (opened, mut used) = open(app, &tx, token).await?;
    opened.spend(&tx).await?;
    let Opened {
        candidate, request, ..
    } = opened;
    if !is_awaited(&candidate, Some(&used)) {
        return Err(Error::MoveNotAllowed(
            "Nobody waits for an answer here any more. Thank you; there is nothing left to do."
                .to_owned(),
        ));
    }
    let said = Said {
        grade: Some(ask.grade),
        fit: ask.fit,
        comment: comment.clone(),
    };
    debrief::note(&mut used, DebriefSide::Buyer, said);
    storage::reference_use::save(&tx, &mut used).await?;
    let detail = json!({ "grade": ask.grade, "fit": ask.fit, "comment": comment });
    tx.record(event(Action::Graded, &request, &candidate).detail(detail));
    let body = "Their answer is on the request.";
    notify::requester(
        app,
        &tx,
        UpdateKind::FollowUp,
        "The buyer said how it was",
        body,
        &request,
    )
    .await?;
    tx.commit().await?;
    look(app, token).await
}

/// Queues the letter that asks the buyer, where their address is known.
pub(super) async fn enqueue(app: &App, tx: &storage::Tx, row: &Candidate) -> Result<(), Error> {
    let known = storage::appointment::of_candidates(tx, vec![row.id]).await?;
    let is_known = known.values().any(|found| found.buyer_email.is_some());
    if app.config.sends_mail && is_known {
        job::enqueue(tx, &Task::MailBuyerDebrief { candidate: row.id }).await?;
    }
    Ok(())
}

/// The letter that asks the buyer how it was, unless they said it or their address was forgotten.
pub(crate) async fn write(app: &App, id: CandidateId) -> Result<Option<Letter>, Error> {
    let store = &app.store;
    let Some(candidate) = storage::candidate::find(store, id).await? else {
        return Ok(None);
    };
    let used = storage::reference_use::of_candidates(store, vec![id]).await?;
    let appointment = storage::appointment::of_candidates(store, vec![id])
        .await?
        .remove(&id);
    let Some(to) = appointment
        .and_then(|found| found.buyer_email)
        .filter(|_| is_awaited(&candidate, used.first()))
    else {
        return Ok(None);
    };
    let request = storage::request::find(store, &Scope::Everything, candidate.request_id)
        .await?
        .ok_or(Error::NotFound)?;
    let (from, program) = letter::sender(app, &request).await?;
    let purpose = LinkPurpose::BuyerDebrief;
    let issued = link::issue(app, &Actor::system(), &candidate, &request, purpose).await?;
    let what = candidate.activity.label().to_lowercase();
    Ok(Some(Letter {
        message_id: String::new(),
        to,
        subject: format!("How was the {what}?"),
        body: format!(
            "Hello,\n\n{from} arranged a {what} for you. Three short questions about it, without signing in:\n\n{}\n\nThe link works once and until {}. You get no other letter about it.\n\n{}\n",
            issued.url,
            issued.expires_at.day(),
            program.name
        ),
        calendar: None,
    }))
}
