//! Requests as people read them: who holds each candidate, until when, and what the reader may do.
//!
//! Decides which fields and acts a reader gets; refuses to know how anything is moved.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    candidate::{CandidateState, DeclinedBy, Holder},
    id::{AccountId, AdvocateId, CandidateId, OpportunityId, RequestId, UseId, UserId},
    reference_use::UseOutcome,
    request::{RequestStatus, UnfilledReason},
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{
    appointment::Appointment, candidate::Candidate, opportunity::Opportunity,
    reference_use::ReferenceUse, request::Request, user::User,
};

use super::{
    acts::{CandidateAct, possible},
    appointment::AppointmentView,
    condition::Conditions,
    draft,
    submit::SubmitRequest,
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
};

/// A step of a candidate's way, for the tracker.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = CandidateStep)]
pub struct Step {
    pub state: CandidateState,
    pub at: Option<Timestamp>,
    pub done: bool,
}

/// Who said no, and why.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Declined {
    pub by: DeclinedBy,
    pub reason: Option<String>,
}

/// The advocate of a candidate, masked by role.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CandidateAdvocate {
    pub id: AdvocateId,
    pub display_name: String,
    pub name_masked: bool,
    pub title: Option<String>,
    pub account_name: String,
}

/// The use that came out of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Use)]
pub struct UseView {
    pub id: UseId,
    pub version: i64,
    pub used_on: Day,
    pub activity: Activity,
    pub outcome: Option<UseOutcome>,
    pub grade_seller: Option<i64>,
    pub grade_advocate: Option<i64>,
}

/// An advocate on a request, with who holds it and until when.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Candidate)]
pub struct CandidateView {
    pub id: CandidateId,
    pub version: i64,
    pub request_id: RequestId,
    pub state: CandidateState,
    pub holder: Holder,
    pub holder_name: Option<String>,
    pub due_on: Option<Day>,
    pub overdue: bool,
    pub advocate: CandidateAdvocate,
    pub steps: Vec<Step>,
    pub declined: Option<Declined>,
    pub planned_on: Day,
    /// Minutes that the activity usually takes.
    pub minutes: i64,
    /// When it takes place; absent until times were offered.
    pub appointment: Option<AppointmentView>,
    /// Proposed, and asked as soon as there is room.
    pub is_in_line: bool,
    /// What the owner's yes depends on, where it does.
    pub conditions: Option<Conditions>,
    pub can: Vec<CandidateAct>,
    #[serde(rename = "use")]
    pub used: Option<UseView>,
    pub is_self_approval: bool,
}

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
    pub due_on: Option<Day>,
    pub overdue: bool,
    pub can_withdraw: bool,
    /// Whether the reader may propose candidates now.
    pub can_propose: bool,
    /// What a draft asks for, to go on with; to its own requester alone.
    pub draft: Option<SubmitRequest>,
}

const PROGRAM_TEAM: &str = "Program team";

/// What the views of a page of requests are made from.
struct Loaded {
    candidates: HashMap<RequestId, Vec<Candidate>>,
    people: HashMap<AdvocateId, Person>,
    users: HashMap<UserId, User>,
    deals: HashMap<OpportunityId, Opportunity>,
    accounts: HashMap<AccountId, storage::account::Account>,
    uses: HashMap<Option<CandidateId>, Vec<ReferenceUse>>,
    appointments: HashMap<CandidateId, Appointment>,
}

async fn load(app: &App, actor: &Actor, rows: &[Request]) -> Result<Loaded, Error> {
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
    let users = storage::user::by_ids(&app.store, user_ids).await?;
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
    Ok(Loaded {
        people,
        users,
        deals,
        accounts,
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
    let create = policy::scope(actor, Permission::RequestCreate);
    let propose = policy::scope(actor, Permission::CandidatePropose);
    let today = app.clock.today();
    Ok(rows
        .iter()
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
                    candidate_view(actor, &loaded, row, candidate, app.clock.now())
                })
                .collect();
            let (holder, holder_name, due_on) = match row.status {
                RequestStatus::Draft => {
                    let requester = person_ref(&loaded.users, row.requester_id);
                    (Holder::Requester, Some(requester.name), None)
                }
                _ => held_by(row, &candidates),
            };
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
                due_on,
                overdue: due_on.is_some_and(|due| due < today),
                can_propose: row.status.is_open()
                    && row.status != RequestStatus::Draft
                    && propose.reaches(Some(row.requester_id)),
                draft: draft::read(actor, row),
                can_withdraw: row.status.is_open() && create.reaches(Some(row.requester_id)),
            }
        })
        .collect())
}

/// The candidate's step that is due first holds the request; without one, the program team looks
/// for somebody.
fn held_by(row: &Request, candidates: &[CandidateView]) -> (Holder, Option<String>, Option<Day>) {
    let first = candidates
        .iter()
        .filter(|candidate| candidate.holder != Holder::Nobody && !candidate.is_in_line)
        .min_by_key(|candidate| (candidate.due_on.is_none(), candidate.due_on));
    match first {
        Some(first) => (first.holder, first.holder_name.clone(), first.due_on),
        None if row.status.is_open() => {
            (Holder::Program, Some(PROGRAM_TEAM.to_owned()), row.due_on)
        }
        None => (Holder::Nobody, None, None),
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

fn candidate_view(
    actor: &Actor,
    loaded: &Loaded,
    request: &Request,
    row: &Candidate,
    now: Timestamp,
) -> Option<CandidateView> {
    let today = now.day();
    let person = loaded.people.get(&row.advocate_id)?;
    let used = loaded.uses.get(&Some(row.id)).and_then(|uses| uses.first());
    let holder = holder(row, used);
    let appointment = loaded
        .appointments
        .get(&row.id)
        .map(|found| AppointmentView::of(found, now));
    Some(CandidateView {
        id: row.id,
        version: row.version,
        request_id: row.request_id,
        state: row.state,
        holder,
        holder_name: holder_name(loaded, request, row, person, holder),
        due_on: row.due_on,
        overdue: row.due_on.is_some_and(|due| due < today),
        advocate: CandidateAdvocate {
            id: row.advocate_id,
            display_name: person.display_name(),
            name_masked: !person.sees_name,
            title: person.contact.title.clone(),
            account_name: person.account_name(),
        },
        steps: steps(row),
        declined: row.declined_by.map(|by| Declined {
            by,
            reason: row.reason.clone(),
        }),
        planned_on: row.planned_on,
        minutes: row.activity.usual_minutes(),
        is_in_line: row.is_in_line,
        conditions: Conditions::of(row),
        can: possible(actor, request, row, person, used, appointment.as_ref()),
        appointment,
        used: used.map(use_view),
        is_self_approval: row.is_self_approval,
    })
}

fn use_view(row: &ReferenceUse) -> UseView {
    UseView {
        id: row.id,
        version: row.version,
        used_on: row.used_on,
        activity: row.activity,
        outcome: row.outcome,
        grade_seller: row.grade_seller,
        grade_advocate: row.grade_advocate,
    }
}

/// After the use both sides say how it was; once the requester has, the advocate's word is awaited.
fn holder(row: &Candidate, used: Option<&ReferenceUse>) -> Holder {
    match row.state.holder() {
        Holder::Requester
            if row.state == CandidateState::Done
                && used.is_some_and(|used| used.grade_seller.is_some()) =>
        {
            Holder::Advocate
        }
        holder => holder,
    }
}

fn holder_name(
    loaded: &Loaded,
    request: &Request,
    row: &Candidate,
    person: &Person,
    holder: Holder,
) -> Option<String> {
    match holder {
        Holder::Program => Some(PROGRAM_TEAM.to_owned()),
        Holder::Owner => Some(
            row.owner_id
                .and_then(|id| loaded.users.get(&id))
                .map_or_else(|| PROGRAM_TEAM.to_owned(), |user| user.name.clone()),
        ),
        Holder::Advocate => Some(person.display_name()),
        Holder::Requester => loaded
            .users
            .get(&request.requester_id)
            .map(|user| user.name.clone()),
        Holder::Nobody => None,
    }
}

fn steps(row: &Candidate) -> Vec<Step> {
    [
        (CandidateState::OwnerAsked, row.owner_asked_at),
        (CandidateState::AdvocateAsked, row.advocate_asked_at),
        (CandidateState::Accepted, row.accepted_at),
        (CandidateState::Scheduled, row.scheduled_at),
        (CandidateState::Done, row.done_at),
    ]
    .into_iter()
    .map(|(state, at)| Step {
        state,
        at,
        done: at.is_some(),
    })
    .collect()
}
