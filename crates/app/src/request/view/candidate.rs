//! Candidates as people read them: where each stands, who holds it, and what came of it.

use domain::{
    activity::Activity,
    candidate::{CandidateState, DeclinedBy, Holder},
    fulfilment::FulfilmentMode,
    id::{AdvocateId, CandidateId, RequestId, UseId},
    reference_use::UseOutcome,
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{candidate::Candidate, reference_use::ReferenceUse, request::Request};

use super::{
    super::{
        acts::{Arranged, CandidateAct, possible},
        appointment::AppointmentView,
        condition::Conditions,
        debrief::{self, Debrief, FitView},
        group::{self, CallView},
    },
    Loaded, PROGRAM_TEAM,
};
use crate::{account::PersonRef, actor::Actor, people::Person};

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
    /// What each side said about it, as far as the reader may see it.
    pub debriefs: Vec<Debrief>,
    /// How well matching foresaw how the two would fit; null where it had nothing to go by.
    pub fit: Option<FitView>,
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
    /// Who answers for the holder, who is away.
    pub stand_in: Option<PersonRef>,
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
    /// Whose yes was asked for: the program's rules may stand for the owner's.
    pub mode: FulfilmentMode,
    /// What they are asked for; a request for a call may be answered by a group call.
    pub activity: Activity,
    /// The other deals that the same use serves; null for a use of its own.
    pub call: Option<CallView>,
}

pub(super) fn candidate_view(
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
    let call = group::view(actor, &loaded.calls, row);
    Some(CandidateView {
        id: row.id,
        version: row.version,
        request_id: row.request_id,
        state: row.state,
        holder,
        holder_name: holder_name(loaded, request, row, person, holder),
        stand_in: stand_in(loaded, request, row, holder, today),
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
        can: possible(
            actor,
            request,
            row,
            person,
            used,
            &Arranged {
                appointment: appointment.as_ref(),
                call: call.as_ref(),
                now,
            },
        ),
        activity: row.activity,
        call,
        appointment,
        used: used.map(|used| use_view(actor, person, used)),
        is_self_approval: row.is_self_approval,
        mode: row.mode(),
    })
}

fn use_view(actor: &Actor, person: &Person, row: &ReferenceUse) -> UseView {
    UseView {
        id: row.id,
        version: row.version,
        used_on: row.used_on,
        activity: row.activity,
        outcome: row.outcome,
        grade_seller: row.grade_seller,
        grade_advocate: row.grade_advocate,
        debriefs: debrief::views(actor, person, row),
        fit: debrief::fit(row),
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

/// Who answers for the holder today, where the holder is a colleague who is away.
fn stand_in(
    loaded: &Loaded,
    request: &Request,
    row: &Candidate,
    holder: Holder,
    today: Day,
) -> Option<PersonRef> {
    let user = match holder {
        Holder::Owner => row.owner_id?,
        Holder::Requester => request.requester_id,
        Holder::Program | Holder::Advocate | Holder::Nobody => return None,
    };
    let id = loaded.users.get(&user)?.stand_in_on(today)?;
    loaded.users.get(&id).map(PersonRef::from)
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
