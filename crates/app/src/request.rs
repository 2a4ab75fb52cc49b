//! Requests for references, from the ask to the recorded use.
//!
//! `submit` asks where the `gate` is open, `propose` finds somebody to ask, `quota` finds them by itself, `line` says who is next, `clock` what happens
//! when time runs out, `owner` decides for the account, `delivery` brings the question to the advocate, `answer` is the advocate's word through a
//! signed link, `fulfilment` says whose yes is needed at all, `offer` and `appointment` agree on a time, `fulfil` brings it to the use, `brief` is
//! what each side reads before it, `debrief`
//! what each side says after it, `buyer_link` the buyer's way to, `thanks` what the advocate hears in return, `substitute` sends content in place of a customer, `outside` records what no request led to, `stop` ends what should not go on, `need_by` moves its day, `hold` keeps a use for a deal before it asks, `group` serves several deals with one use, `moves` is
//! the life cycle of who is asked, `view` is what people read, `board` all that is open with a forecast. `reserve` is the one door to a
//! customer's time: nothing is asked before it says yes.

use domain::{
    access::Scope,
    id::{CandidateId, OpportunityId, RequestId},
    opportunity::OpportunityStatus,
    time::Timestamp,
};
use storage::{candidate::Candidate, opportunity::Opportunity, request::Request};

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    policy::{self, Permission},
    standing,
};

mod acts;
pub mod answer;
pub mod appointment;
pub mod board;
pub mod brief;
pub mod buyer_link;
pub mod clock;
pub mod condition;
pub mod debrief;
pub(crate) mod delivery;
pub mod draft;
pub mod fulfil;
pub mod fulfilment;
mod gate;
pub mod group;
pub mod hold;
pub(crate) mod invitation;
pub(crate) mod letter;
mod line;
pub mod link;
mod moves;
pub mod need_by;
mod nominee;
pub(crate) mod notify;
pub mod offer;
pub mod outlook;
pub mod outside;
pub mod owner;
pub mod proof;
pub mod propose;
pub(crate) mod quota;
mod reasons;
mod reserve;
pub mod slots_link;
pub mod stop;
pub mod submit;
pub mod substitute;
pub(crate) mod thanks;
mod view;

pub use acts::CandidateAct;
pub use group::{CallDeal, CallView};
pub(crate) use moves::{Before, step};
pub use quota::{QuotaDay, QuotaView};
pub(crate) use reserve::sentence;
pub(crate) use view::views;
pub use view::{CandidateAdvocate, CandidateView, Declined, RequestView, Step, UseView};

/// What a list of requests is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListRequests {
    /// Only the actor's own.
    pub mine: bool,
    /// Open ones, closed ones, or both.
    pub open: Option<bool>,
    pub opportunity: Option<OpportunityId>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

pub async fn list(app: &App, actor: &Actor, ask: ListRequests) -> Result<List<RequestView>, Error> {
    let (scope, filter) = narrowed(actor, &ask)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let listed = storage::request::list(&app.store, &scope, &filter, &page).await?;
    let items = views(app, actor, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

/// Whose requests a list holds, and which of them.
pub(crate) fn narrowed(
    actor: &Actor,
    ask: &ListRequests,
) -> Result<(Scope, storage::request::Filter), Error> {
    let mut scope = policy::require(actor, Permission::RequestRead)?;
    if ask.mine {
        scope = Scope::Own(actor.user_id().into_iter().collect());
    }
    let filter = storage::request::Filter {
        open: ask.open,
        opportunity: ask.opportunity,
    };
    Ok((scope, filter))
}

/// A request for its requester, the requester's manager, the program, and the owner who is asked.
pub async fn get(app: &App, actor: &Actor, id: RequestId) -> Result<RequestView, Error> {
    let row = readable(&app.store, actor, id).await?;
    views(app, actor, &[row])
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

pub(crate) async fn readable(
    source: &impl storage::Source,
    actor: &Actor,
    id: RequestId,
) -> Result<Request, Error> {
    let scope = policy::require(actor, Permission::RequestRead)?;
    if let Some(row) = storage::request::find(source, &scope, id).await? {
        return Ok(row);
    }
    let row = storage::request::find(source, &Scope::Everything, id)
        .await?
        .ok_or(Error::NotFound)?;
    let candidates = storage::candidate::of_requests(source, vec![id]).await?;
    let approves = policy::scope(actor, Permission::CandidateApprove);
    let asked = candidates
        .values()
        .flatten()
        .any(|candidate| approves.reaches(candidate.owner_id));
    if asked { Ok(row) } else { Err(Error::NotFound) }
}

/// A candidate with its request, when the actor reaches it with a permission through
/// the holder of that permission: the owner decides, the requester fulfils, both agree on times.
pub(crate) async fn find_for(
    source: &impl storage::Source,
    actor: &Actor,
    permission: Permission,
    id: CandidateId,
) -> Result<(Candidate, Request), Error> {
    let scope = policy::require(actor, permission)?;
    let candidate = storage::candidate::find(source, id)
        .await?
        .ok_or(Error::NotFound)?;
    let request = storage::request::find(source, &Scope::Everything, candidate.request_id)
        .await?
        .ok_or(Error::NotFound)?;
    let requester = Some(request.requester_id);
    let is_reached = match permission {
        Permission::CandidateFulfil => scope.reaches(requester),
        Permission::CandidateArrange => {
            scope.reaches(requester) || scope.reaches(candidate.owner_id)
        }
        _ => scope.reaches(candidate.owner_id),
    };
    if is_reached {
        Ok((candidate, request))
    } else {
        Err(Error::NotFound)
    }
}

/// An event about a candidate, shown wherever it matters: the request, the deal, advocate, account.
pub(crate) fn event(
    action: domain::record::Action,
    request: &Request,
    candidate: &Candidate,
) -> storage::NewEvent {
    use domain::record::RecordKind;
    let event = storage::NewEvent::new(action, RecordKind::Candidate, candidate.id)
        .link(RecordKind::Request, request.id)
        .link(RecordKind::Advocate, candidate.advocate_id)
        .link(RecordKind::Account, candidate.account_id);
    match request.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}

/// The deal of a request, if it is still open.
pub(crate) async fn open_deal(
    tx: &storage::Tx,
    request: &Request,
) -> Result<Option<Opportunity>, Error> {
    let Some(id) = request.opportunity_id else {
        return Ok(None);
    };
    let deal = storage::opportunity::by_ids(tx, vec![id])
        .await?
        .remove(&id);
    Ok(deal.filter(|deal| deal.status == OpportunityStatus::Open))
}

/// Whether contact details of a candidate are the requester's to see now.
pub(crate) fn contact_is_open(row: &Candidate, request: &Request, now: Timestamp) -> bool {
    let fresh = request
        .closed_at
        .is_none_or(|closed| now < closed.plus_days(standing::CONTACT_DAYS_AFTER_CLOSE));
    row.state.reveals_contact() && fresh
}
