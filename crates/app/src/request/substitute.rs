//! Content in place of a customer: the link that answers a request, and taking it back at once.
//!
//! It counts as a use of the content and of no advocate; as an influence it counts once the buyer
//! opens it, like everything that is shared. Refuses to know how a link is made; `share` does.

use domain::{
    candidate::CandidateState,
    id::{ContentId, RequestId, UserId},
    notice::UpdateKind,
    record::{Action, RecordKind},
    request::RequestStatus,
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{NewEvent, Tx, candidate::Candidate, request::Request};

use super::{
    RequestView, event, line, moves,
    notify::{self, Attention, Message},
    open_deal,
    reserve::{self, Wish},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    policy::{self, Permission},
    setting,
    share::{self, ShareContent},
};

/// Seconds within which it is taken back: the ten that a screen offers, and time for the way there.
const TAKE_BACK_SECONDS: i64 = 60;

/// What is sent in place of a customer, for how long.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendInstead {
    pub content_id: ContentId,
    /// The last day on which the link works; 30 days from now when absent.
    pub expires_on: Option<Day>,
}

/// A request that content answered.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AnsweredByContent {
    pub request: RequestView,
    /// The address to send, told this once; null when it was sent a second time.
    pub url: Option<String>,
}

/// Answers an open request, or an own draft, with a link to content on its deal. Whoever was asked
/// or waited is let go.
pub async fn send(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
    ask: SendInstead,
    key: Option<&CreateKey>,
) -> Result<AnsweredByContent, Error> {
    let scope = policy::require(actor, Permission::RequestCreate)?;
    policy::require(actor, Permission::ContentShare)?;
    let mut tx = app.begin(actor).await?;
    let mut request = storage::request::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(request.version, version)?;
    idempotency::claim(&tx, key, id).await?;
    line::lock(&tx, vec![id]).await?;
    let rows = line::rows(&tx, id).await?;
    may_answer(actor, &request, &rows)?;
    let opportunity_id = request.opportunity_id.ok_or_else(|| {
        Error::MoveNotAllowed(
            "Content is sent on a deal, and this request has none. Withdraw it, and send the content from the library.".to_owned(),
        )
    })?;
    let sent = ShareContent {
        opportunity_id,
        expires_on: ask.expires_on,
    };
    let link = share::make(app, &mut tx, actor, ask.content_id, sent).await?;
    let asked = let_go(&mut tx, &request, rows).await?;
    if request.status == RequestStatus::Draft {
        // Clocks and forecasts count from the day on which it was asked.
        request.created_at = tx.now();
    }
    let before = std::mem::replace(&mut request.status, RequestStatus::Fulfilled);
    request.share_id = Some(link.id);
    request.closed_at = Some(tx.now());
    request.due_on = None;
    storage::request::save(&tx, &mut request).await?;
    let beside = json!({ "changes": { "status": { "before": before, "after": request.status } }, "content": link.title });
    tx.record(of_request(Action::Closed, &request, beside));
    let words = "The buyer gets content instead, so your customer is free again.";
    tell(
        app,
        &tx,
        asked,
        "Content answers a request",
        words,
        &request,
    )
    .await?;
    if !policy::is_self(actor, request.requester_id) {
        let words = format!("The program team sends {} to the buyer.", link.title);
        notify::answered(app, &tx, "Content answers your request", &words, &request).await?;
    }
    tx.commit().await?;
    Ok(AnsweredByContent {
        request: super::get(app, actor, id).await?,
        url: Some(link.url),
    })
}

/// What an earlier answer with the same key came to. Its link was told then.
pub async fn earlier(app: &App, actor: &Actor, id: RequestId) -> Result<AnsweredByContent, Error> {
    Ok(AnsweredByContent {
        request: super::get(app, actor, id).await?,
        url: None,
    })
}

/// Takes the answer back within a minute, unless the buyer opened it: the link ends, a draft is a
/// draft again, and everybody who was let go is where they were, as far as protection still allows.
pub async fn take_back(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
) -> Result<RequestView, Error> {
    let scope = policy::require(actor, Permission::RequestCreate)?;
    policy::require(actor, Permission::ContentShare)?;
    let mut tx = app.begin(actor).await?;
    let mut request = storage::request::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(request.version, version)?;
    end_link(&mut tx, &request).await?;
    request.share_id = None;
    let closed_at = request.closed_at.take();
    let before = request.status;
    request.status = match request.draft {
        Some(_) => RequestStatus::Draft,
        None => RequestStatus::Submitted,
    };
    storage::request::save(&tx, &mut request).await?;
    let beside = json!({ "changes": { "status": { "before": before, "after": request.status } } });
    tx.record(of_request(Action::TakenBack, &request, beside));
    if request.status != RequestStatus::Draft {
        let mut rows = line::rows(&tx, id).await?;
        rows.retain(|row| row.state == CandidateState::Replaced && row.closed_at == closed_at);
        let accounts = rows.iter().map(|row| row.account_id).collect();
        line::lock_with(&tx, vec![id], accounts).await?;
        let asked = take_up(app, &mut tx, &request, rows).await?;
        let words = "The content was taken back: your customer is asked as before.";
        tell(app, &tx, asked, "A request goes on", words, &request).await?;
        line::settle(app, &mut tx, &mut request).await?;
    }
    tx.commit().await?;
    super::get(app, actor, id).await
}

/// Whether the actor may send content in place of the candidates.
pub(super) fn is_possible(actor: &Actor, request: &Request, rows: &[Candidate]) -> bool {
    policy::scope(actor, Permission::RequestCreate).reaches(Some(request.requester_id))
        && policy::may(actor, Permission::ContentShare)
        && request.opportunity_id.is_some()
        && may_answer(actor, request, rows).is_ok()
}

fn may_answer(actor: &Actor, request: &Request, rows: &[Candidate]) -> Result<(), Error> {
    if !request.status.is_open() {
        return Err(Error::MoveNotAllowed(format!(
            "This request is {} already.",
            request.status.as_str().replace('_', " ")
        )));
    }
    // A draft is its requester's to send, in whatever way.
    if request.status == RequestStatus::Draft && !policy::is_self(actor, request.requester_id) {
        return Err(Error::Forbidden);
    }
    if rows.iter().any(has_promised) {
        return Err(Error::MoveNotAllowed(
            "A customer said yes to this request already. Send the content from the deal; the request goes on.".to_owned(),
        ));
    }
    Ok(())
}

fn has_promised(row: &Candidate) -> bool {
    row.state.reserves_a_use() && row.state.reveals_contact()
}

/// Lets go of everybody who is still open; the owners of those who were asked.
async fn let_go(
    tx: &mut Tx,
    request: &Request,
    rows: Vec<Candidate>,
) -> Result<Vec<UserId>, Error> {
    let mut asked = Vec::new();
    for mut row in rows.into_iter().filter(|row| row.state.is_open()) {
        if row.state.is_asked() {
            asked.extend(row.owner_id);
        }
        line::release(tx, request, &mut row, Action::Spared).await?;
    }
    Ok(asked)
}

/// Takes up everybody again whom protection still allows; the owners of those who are asked.
async fn take_up(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    rows: Vec<Candidate>,
) -> Result<Vec<UserId>, Error> {
    let program = setting::read::<setting::Program>(tx).await?.value;
    let deal = open_deal(tx, request).await?;
    let mut asked = Vec::new();
    for mut row in rows {
        let wish = Wish {
            advocate: row.advocate_id,
            activity: row.activity,
            day: row.planned_on,
            prospect: deal.as_ref().and_then(|deal| deal.account_id),
            candidate: Some(row.occupies()),
        };
        let refusals = reserve::check(app, tx, &wish).await?.verdict.refusals;
        if reserve::in_the_way(&row, refusals).is_some() {
            continue;
        }
        let to = CandidateState::as_far_as(row.owner_asked_at, row.advocate_asked_at);
        let before = moves::take_up(&mut row, to);
        if row.state.is_asked() {
            asked.extend(row.owner_id);
        }
        row.due_on = clock_of(request, &row, &program, app.clock.today());
        row.is_in_line = row.due_on.is_none();
        storage::candidate::save(tx, &mut row).await?;
        tx.record(
            event(Action::Restored, request, &row).detail(before.changes(&row).into_detail()),
        );
    }
    Ok(asked)
}

/// The day by which the holder answers, as it was set when they were asked; none for who waits in
/// line. On a rush the program team decides anew about who was not asked yet.
fn clock_of(
    request: &Request,
    row: &Candidate,
    program: &setting::Program,
    today: Day,
) -> Option<Day> {
    let (from, days) = match row.state {
        CandidateState::AdvocateAsked => {
            (row.advocate_asked_at?.day(), program.advocate_answer_days)
        }
        CandidateState::OwnerAsked => (row.owner_asked_at?.day(), program.owner_answer_days),
        _ if request.is_rush => (today, program.program_answer_days),
        _ => return None,
    };
    Some(from.plus_working_days(days))
}

/// Ends the link that answered the request, while that can still be taken back.
async fn end_link(tx: &mut Tx, request: &Request) -> Result<(), Error> {
    let (Some(link), Some(closed_at)) = (request.share_id, request.closed_at) else {
        return Err(Error::MoveNotAllowed(
            "No content answered this request, so there is nothing to take back.".to_owned(),
        ));
    };
    if tx.now().seconds_since(closed_at) > TAKE_BACK_SECONDS {
        return Err(Error::MoveNotAllowed(
            "This can be taken back for a minute only. Send a new request.".to_owned(),
        ));
    }
    let mut link = storage::share::find(tx, link)
        .await?
        .ok_or(Error::NotFound)?;
    if link.opening_count > 0 {
        return Err(Error::MoveNotAllowed(
            "The buyer opened the content already. Send a new request if they want to hear more."
                .to_owned(),
        ));
    }
    if link.revoked_at.is_none() {
        share::end(tx, &mut link).await?;
    }
    Ok(())
}

fn of_request(action: Action, request: &Request, detail: Value) -> NewEvent {
    let event = NewEvent::new(action, RecordKind::Request, request.id).detail(detail);
    match request.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}

/// Nobody has to do anything about it, so it is a line in the inbox and no letter.
async fn tell(
    app: &App,
    tx: &Tx,
    people: Vec<UserId>,
    title: &str,
    body: &str,
    request: &Request,
) -> Result<(), Error> {
    let message = Message {
        attention: Attention::Update(UpdateKind::Use),
        about: Some((RecordKind::Request, request.id.0)),
        title,
        body,
        path: format!("/requests/{}", request.id),
    };
    notify::tell(app, tx, &people, &message).await
}
