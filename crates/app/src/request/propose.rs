//! The program team finds somebody to ask: matches for a request, and candidates out of them.
//!
//! Refuses to know how protection judges: every candidate goes through the same door as a named one.

use domain::{
    access::Scope,
    activity::Activity,
    candidate::{CandidateState, DeclinedBy},
    id::{AdvocateId, RequestId},
    request::RequestStatus,
};
use serde::Deserialize;
use storage::{Tx, candidate::Candidate, opportunity::Opportunity, request::Request};

use super::{
    RequestView, line,
    nominee::{self, Proposal, Refused},
    open_deal, owner, reserve, submit,
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    find::{self, CriterionInput, FindReferences, MatchAnswer},
    idempotency::{self, CreateKey},
    policy::{self, Permission},
};

/// What matches for a request are asked for.
#[derive(Clone, Debug, Default)]
pub struct RequestMatches {
    /// Leaves out advocates who rest or are blocked on the day; on unless switched off.
    pub only_available: Option<bool>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// Who fits the request: its own criteria or those of its deal, its activity and its day, without
/// the advocates who were proposed on it before.
pub async fn matches(
    app: &App,
    actor: &Actor,
    id: RequestId,
    ask: RequestMatches,
) -> Result<MatchAnswer, Error> {
    let wanted = FindReferences {
        only_available: ask.only_available,
        limit: ask.limit,
        cursor: ask.cursor,
        ..FindReferences::default()
    };
    let (deal, wanted) = need(app, actor, id, wanted).await?;
    find::for_request(app, actor, deal, wanted).await
}

/// The deal of a request, and the ask completed with what the request says: whatever the ask leaves
/// open is the request's, and whoever was proposed on it is left out.
pub(crate) async fn need(
    app: &App,
    actor: &Actor,
    id: RequestId,
    mut ask: FindReferences,
) -> Result<(Option<Opportunity>, FindReferences), Error> {
    let scope = policy::require(actor, Permission::CandidatePropose)?;
    let row = storage::request::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let deal = match row.opportunity_id {
        Some(id) => storage::opportunity::by_ids(&app.store, vec![id])
            .await?
            .remove(&id),
        None => None,
    };
    let proposed = storage::candidate::of_requests(&app.store, vec![id]).await?;
    let proposed = proposed.into_values().flatten();
    ask.criteria = ask.criteria.or_else(|| criteria(&row));
    ask.activity = ask.activity.or(Some(row.activity));
    ask.need_by = ask.need_by.or(Some(row.need_by.max(app.clock.today())));
    ask.leave_out = proposed.map(|candidate| candidate.advocate_id).collect();
    Ok((deal, ask))
}

/// The criteria that the request was made with; none leaves them to the deal.
pub(crate) fn criteria(row: &Request) -> Option<Vec<CriterionInput>> {
    serde_json::from_str::<Vec<CriterionInput>>(&row.criteria)
        .ok()
        .filter(|given| !given.is_empty())
}

/// Who should be asked next.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeCandidates {
    /// Advocates in the order in which they should be asked, 1 to 20. As many as there is room for
    /// are asked at once, the others wait in line.
    pub advocates: Vec<AdvocateId>,
    /// Why the program's own rules are set aside; listed for review.
    pub override_reason: Option<String>,
    /// What they are asked for, when it is not what the request is for: a group call, which further deals can
    /// join, for a request for a reference call.
    pub activity: Option<Activity>,
}

/// Proposes candidates on an open request. A proposal by the program team is its yes to a rush; an
/// advocate without a use left refuses the whole proposal and changes nothing.
pub async fn propose(
    app: &App,
    actor: &Actor,
    id: RequestId,
    version: i64,
    ask: ProposeCandidates,
    key: Option<&CreateKey>,
) -> Result<RequestView, Error> {
    let scope = policy::require(actor, Permission::CandidatePropose)?;
    if ask.advocates.is_empty() {
        return Err(Error::field("advocates", "Name at least one advocate."));
    }
    submit::named_once(&ask.advocates)?;
    let activity = ask.activity;
    let reason = owner::overridden(actor, ask.override_reason.as_deref())?;
    let mut tx = app.begin(actor).await?;
    let mut request = open_request(&tx, &scope, id, version).await?;
    if activity
        .is_some_and(|one| one != request.activity && !one.serves().contains(&request.activity))
    {
        return Err(Error::field(
            "activity",
            "This does not answer the request. A group call answers a request for a reference call.",
        ));
    }
    idempotency::claim(&tx, key, request.id).await?;
    let accounts = reserve::accounts_of(&tx, &ask.advocates).await?;
    line::lock_with(&tx, vec![id], accounts).await?;
    let deal = open_deal(&tx, &request).await?;
    let before = storage::candidate::of_requests(&tx, vec![id])
        .await?
        .remove(&id)
        .unwrap_or_default();
    may_be_asked_again(&before, &ask.advocates)?;
    // Everybody who names somebody raises the version, so that two people never ask twice as many.
    storage::request::save(&tx, &mut request).await?;
    let mut proposals = proposals(&before, ask.advocates, reason.as_deref());
    for proposal in &mut proposals {
        proposal.activity = activity;
    }
    if let Some(Refused { wish, reservation }) =
        add(app, &mut tx, &request, deal.as_ref(), &before, proposals).await?
    {
        tx.roll_back().await?;
        return Err(reserve::refusal(app, actor, &wish, reservation, deal.as_ref()).await?);
    }
    line::settle(app, &mut tx, &mut request).await?;
    tx.commit().await?;
    super::get(app, actor, id).await
}

async fn open_request(
    tx: &Tx,
    scope: &Scope,
    id: RequestId,
    version: i64,
) -> Result<Request, Error> {
    let row = storage::request::find(tx, scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if row.status == RequestStatus::Draft {
        return Err(Error::MoveNotAllowed(
            "This request is a draft. Whoever asks sends it first.".to_owned(),
        ));
    }
    if row.status.is_open() {
        Ok(row)
    } else {
        Err(Error::MoveNotAllowed(format!(
            "This request is {} already, so nobody else is asked for it.",
            row.status.as_str().replace('_', " ")
        )))
    }
}

/// A candidate who is still asked is not asked twice, and a customer's own no is final.
fn may_be_asked_again(before: &[Candidate], named: &[AdvocateId]) -> Result<(), Error> {
    for row in before.iter().filter(|row| named.contains(&row.advocate_id)) {
        if row.state.is_open() || row.state.reveals_contact() {
            return Err(Error::field(
                "advocates",
                "One of these advocates is a candidate of this request already.",
            ));
        }
        if row.state == CandidateState::Declined && row.declined_by == Some(DeclinedBy::Advocate) {
            return Err(Error::field(
                "advocates",
                "One of these advocates said no to this request. Nobody is asked again for the same thing.",
            ));
        }
    }
    Ok(())
}

/// Adds somebody to the end of the line whom an owner suggested; a rush waits for the program's yes.
pub(super) async fn also(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    advocates: &[AdvocateId],
) -> Result<Option<Refused>, Error> {
    let before = storage::candidate::of_requests(tx, vec![request.id])
        .await?
        .remove(&request.id)
        .unwrap_or_default();
    may_be_asked_again(&before, advocates)?;
    let mut proposals = proposals(&before, advocates.to_vec(), None);
    for proposal in &mut proposals {
        proposal.allows_rush = false;
    }
    add(app, tx, request, deal, &before, proposals).await
}

/// Each at the end of the line; who is asked at once is found when they are added.
fn proposals(
    before: &[Candidate],
    advocates: Vec<AdvocateId>,
    reason: Option<&str>,
) -> Vec<Proposal> {
    let last = before.iter().map(|row| row.position).max().unwrap_or(-1);
    (last + 1..)
        .zip(advocates)
        .map(|(position, advocate)| Proposal {
            advocate,
            position,
            is_in_line: true,
            allows_rush: true,
            override_reason: reason.map(str::to_owned),
            activity: None,
        })
        .collect()
}

/// Asks as many at once as there is room for behind those who wait already.
async fn add(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    before: &[Candidate],
    proposals: Vec<Proposal>,
) -> Result<Option<Refused>, Error> {
    let wanted = usize::try_from(request.wanted).unwrap_or(1);
    let waiting = before.iter().filter(|row| row.is_in_line).count();
    let mut states: Vec<CandidateState> = before.iter().map(|row| row.state).collect();
    for proposal in proposals {
        let proposal = Proposal {
            is_in_line: domain::request::room_to_ask(wanted, &states) <= waiting,
            ..proposal
        };
        match nominee::propose(app, tx, request, deal, proposal).await? {
            Ok(state) => states.push(state),
            Err(refused) => return Ok(Some(refused)),
        }
    }
    Ok(None)
}
