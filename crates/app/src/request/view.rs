//! Requests as people read them: who holds each candidate, until when, and what the reader may do.
//!
//! Decides which fields and acts a reader gets; refuses to know how anything is moved.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    candidate::Holder,
    id::{AccountId, AdvocateId, CandidateId, OpportunityId, RequestId, ShareId, UserId},
    request::{RequestStatus, UnfilledReason},
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{
    appointment::Appointment, candidate::Candidate, opportunity::Opportunity,
    reference_use::ReferenceUse, request::Request, user::User,
};

use super::{
    draft,
    group::{self, Calls},
    quota::{self, QuotaView},
    submit::SubmitRequest,
    substitute,
};
use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    error::Error,
    member::grouped,
    opportunity::OpportunityRef,
    people::{self, Person},
    policy::{self, Permission},
    share::{self, ShareView},
};

mod candidate;

use candidate::candidate_view;
pub use candidate::{CandidateAdvocate, CandidateView, Declined, Step, UseView};

/// A request with its candidates.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Request)]
pub struct RequestView {
    pub id: RequestId,
    pub version: i64,
    pub status: RequestStatus,
    pub activity: Activity,
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    pub need_by: Day,
    pub wanted: i64,
    pub note: Option<String>,
    pub is_rush: bool,
    pub requester: PersonRef,
    pub opportunity: Option<OpportunityRef>,
    /// The prospect of the deal.
    pub account_name: Option<String>,
    pub candidates: Vec<CandidateView>,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub unfilled_reason: Option<UnfilledReason>,
    /// Who has to act next on the request as a whole.
    pub holder: Holder,
    pub holder_name: Option<String>,
    /// Who answers for the holder, who is away.
    pub stand_in: Option<PersonRef>,
    pub due_on: Option<Day>,
    pub overdue: bool,
    pub can_withdraw: bool,
    /// The content that answered it in place of a customer.
    pub answered_by: Option<ShareView>,
    /// Whether the reader may send content instead now.
    pub can_substitute: bool,
    /// Whether the reader may propose candidates now.
    pub can_propose: bool,
    /// What a draft asks for, to go on with; to its own requester alone.
    pub draft: Option<SubmitRequest>,
    /// How far a quota ask is; null for every other request.
    pub quota: Option<QuotaView>,
}

const PROGRAM_TEAM: &str = "Program team";

/// What the views of a page of requests are made from.
pub(super) struct Loaded {
    pub(super) candidates: HashMap<RequestId, Vec<Candidate>>,
    people: HashMap<AdvocateId, Person>,
    users: HashMap<UserId, User>,
    deals: HashMap<OpportunityId, Opportunity>,
    accounts: HashMap<AccountId, storage::account::Account>,
    uses: HashMap<Option<CandidateId>, Vec<ReferenceUse>>,
    appointments: HashMap<CandidateId, Appointment>,
    shares: HashMap<ShareId, ShareView>,
    calls: Calls,
}

/// Reads what the views of these requests need in a fixed number of queries.
pub(super) async fn load(app: &App, actor: &Actor, rows: &[Request]) -> Result<Loaded, Error> {
    let candidates =
        storage::candidate::of_requests(&app.store, rows.iter().map(|row| row.id).collect())
            .await?;
    let all: Vec<&Candidate> = candidates.values().flatten().collect();
    let people = people::load(app, actor, all.iter().map(|row| row.advocate_id).collect()).await?;
    let user_ids = rows
        .iter()
        .map(|row| row.requester_id)
        .chain(all.iter().filter_map(|row| row.owner_id))
        .collect();
    let mut users = storage::user::by_ids(&app.store, user_ids).await?;
    let today = app.clock.today();
    let stand_ins: Vec<UserId> = users
        .values()
        .filter_map(|user| user.stand_in_on(today))
        .collect();
    users.extend(storage::user::by_ids(&app.store, stand_ins).await?);
    let deals = storage::opportunity::by_ids(
        &app.store,
        rows.iter().filter_map(|row| row.opportunity_id).collect(),
    )
    .await?;
    let accounts = storage::account::by_ids(
        &app.store,
        deals.values().filter_map(|deal| deal.account_id).collect(),
    )
    .await?;
    let candidate_ids: Vec<CandidateId> = all.iter().map(|row| row.id).collect();
    let uses = storage::reference_use::of_candidates(&app.store, candidate_ids.clone()).await?;
    let appointments = storage::appointment::of_candidates(&app.store, candidate_ids).await?;
    let calls = all.iter().filter_map(|row| row.call_id).collect();
    let share_ids = rows.iter().filter_map(|row| row.share_id).collect();
    Ok(Loaded {
        shares: share::by_ids(app, actor, share_ids).await?,
        people,
        users,
        deals,
        accounts,
        calls: group::load(app, calls).await?,
        uses: grouped(uses, |row| row.candidate_id),
        appointments,
        candidates,
    })
}

/// Builds the views of a page of requests in a fixed number of queries.
pub(crate) async fn views(
    app: &App,
    actor: &Actor,
    rows: &[Request],
) -> Result<Vec<RequestView>, Error> {
    let loaded = load(app, actor, rows).await?;
    Ok(shown(app, actor, rows, &loaded))
}

/// [`views`] of what was read already.
pub(super) fn shown(
    app: &App,
    actor: &Actor,
    rows: &[Request],
    loaded: &Loaded,
) -> Vec<RequestView> {
    let create = policy::scope(actor, Permission::RequestCreate);
    let propose = policy::scope(actor, Permission::CandidatePropose);
    let today = app.clock.today();
    rows.iter()
        .map(|row| {
            let deal = row.opportunity_id.and_then(|id| loaded.deals.get(&id));
            let account = deal
                .and_then(|deal| deal.account_id)
                .and_then(|id| loaded.accounts.get(&id));
            let candidates: Vec<CandidateView> = loaded
                .candidates
                .get(&row.id)
                .into_iter()
                .flatten()
                .filter_map(|candidate| {
                    candidate_view(actor, loaded, row, candidate, app.clock.now())
                })
                .collect();
            let (holder, holder_name, stand_in, due_on) = held_by(loaded, row, &candidates);
            RequestView {
                id: row.id,
                version: row.version,
                status: row.status,
                activity: row.activity,
                activity_label: row.activity.label(),
                need_by: row.need_by,
                wanted: row.wanted,
                note: row.note.clone(),
                is_rush: row.is_rush,
                requester: person_ref(&loaded.users, row.requester_id),
                opportunity: deal.map(|deal| OpportunityRef {
                    id: deal.id,
                    name: deal.name.clone(),
                    amount: deal.amount().map(Into::into),
                }),
                account_name: account
                    .map(|account| account.name.clone())
                    .or_else(|| deal.and_then(|deal| deal.account_written.clone())),
                candidates,
                created_at: row.created_at,
                closed_at: row.closed_at,
                unfilled_reason: row.unfilled_reason,
                holder,
                holder_name,
                stand_in,
                due_on,
                overdue: due_on.is_some_and(|due| due < today),
                can_propose: row.status.is_open()
                    && row.status != RequestStatus::Draft
                    && propose.reaches(Some(row.requester_id)),
                draft: draft::read(actor, row),
                quota: quota::view(
                    row,
                    loaded.candidates.get(&row.id).map_or(&[], Vec::as_slice),
                    today,
                ),
                answered_by: row.share_id.and_then(|id| loaded.shares.get(&id)).cloned(),
                can_substitute: substitute::is_possible(
                    actor,
                    row,
                    loaded.candidates.get(&row.id).map_or(&[], Vec::as_slice),
                ),
                can_withdraw: row.status.is_open() && create.reaches(Some(row.requester_id)),
            }
        })
        .collect()
}

/// The candidate's step that is due first holds the request; without one, the program team looks
/// for somebody.
fn held_by(
    loaded: &Loaded,
    row: &Request,
    candidates: &[CandidateView],
) -> (Holder, Option<String>, Option<PersonRef>, Option<Day>) {
    if row.status == RequestStatus::Draft {
        let requester = person_ref(&loaded.users, row.requester_id);
        return (Holder::Requester, Some(requester.name), None, None);
    }
    let first = candidates
        .iter()
        .filter(|candidate| candidate.holder != Holder::Nobody && !candidate.is_in_line)
        .min_by_key(|candidate| (candidate.due_on.is_none(), candidate.due_on));
    match first {
        Some(first) => (
            first.holder,
            first.holder_name.clone(),
            first.stand_in.clone(),
            first.due_on,
        ),
        None if row.status.is_open() => (
            Holder::Program,
            Some(PROGRAM_TEAM.to_owned()),
            None,
            row.due_on,
        ),
        None => (Holder::Nobody, None, None, None),
    }
}

fn person_ref(users: &HashMap<UserId, User>, id: UserId) -> PersonRef {
    PersonRef {
        id,
        name: users
            .get(&id)
            .map_or_else(|| "Former colleague".to_owned(), |user| user.name.clone()),
    }
}
