//! A request and a candidate of the made-up past, every field filled.

use domain::{
    activity::Activity,
    candidate::CandidateState,
    id::UserId,
    notice::{NoticeClass, UpdateKind},
    record::RecordKind,
    request::RequestStatus,
    time::{Day, Timestamp},
};
use storage::{candidate::Candidate, notice::Notice, opportunity::Opportunity, request::Request};
use uuid::Uuid;

use super::{chance::Chance, requests::World};

/// A request with every field; the status and the end are the caller's.
pub(super) fn request(
    requester: UserId,
    deal: Option<&Opportunity>,
    activity: Activity,
    need_by: Day,
    asked_at: Timestamp,
    chance: &mut Chance,
) -> Request {
    let note = *chance.pick(&[
        None,
        None,
        Some("Someone of the same size, please."),
        Some("They want to hear how long it really took."),
        Some("The CISO will be on the call."),
    ]);
    Request {
        id: chance.id(asked_at),
        version: 1,
        opportunity_id: deal.map(|deal| deal.id),
        requester_id: requester,
        activity,
        need_by,
        wanted: 1,
        note: note.map(str::to_owned),
        criteria: "[]".to_owned(),
        status: RequestStatus::Matching,
        is_rush: need_by.days_since(asked_at.day()) < 7,
        unfilled_reason: None,
        created_at: asked_at,
        closed_at: None,
        due_on: None,
        reminded_on: None,
        override_reason: None,
        draft: None,
        share_id: None,
        is_quota: false,
    }
}

/// A candidate who was just proposed.
pub(super) fn candidate(
    world: &World<'_>,
    request: &Request,
    advocate: usize,
    chance: &mut Chance,
) -> Candidate {
    let account = &world.market.accounts[world.pool.profiles[advocate].account];
    Candidate {
        id: chance.id(request.created_at.plus_seconds(60)),
        version: 1,
        request_id: request.id,
        advocate_id: world.pool.advocates[advocate].id,
        account_id: account.id,
        position: 1,
        state: CandidateState::Proposed,
        activity: request.activity,
        planned_on: request.need_by,
        owner_id: account.owner_id,
        due_on: None,
        declined_by: None,
        reason: None,
        override_reason: None,
        is_self_approval: false,
        owner_asked_at: None,
        advocate_asked_at: None,
        accepted_at: None,
        scheduled_at: None,
        done_at: None,
        closed_at: None,
        reminded_on: None,
        is_in_line: false,
        not_before: None,
        owner_condition: None,
        call_id: None,
    }
}

/// Walks a candidate to `state`, a step every day or two, never later than `until`.
pub(super) fn walk(
    row: &mut Candidate,
    state: CandidateState,
    from: Timestamp,
    until: Timestamp,
    chance: &mut Chance,
) {
    let mut at = from;
    let mut step = |slot: &mut Option<Timestamp>| {
        at = at
            .plus_seconds(chance.between(2 * 3_600, 40 * 3_600))
            .min(until);
        *slot = Some(at);
    };
    use CandidateState::{Accepted, AdvocateAsked, Debriefed, Done, OwnerAsked, Scheduled};
    row.state = state;
    row.owner_asked_at = Some(from);
    let reached = |needed: &[CandidateState]| needed.contains(&state);
    if reached(&[AdvocateAsked, Accepted, Scheduled, Done, Debriefed]) {
        step(&mut row.advocate_asked_at);
    }
    if reached(&[Accepted, Scheduled, Done, Debriefed]) {
        step(&mut row.accepted_at);
    }
    if reached(&[Scheduled, Done, Debriefed]) {
        step(&mut row.scheduled_at);
    }
    debug_assert!(state != OwnerAsked || row.advocate_asked_at.is_none());
}

/// A line in an inbox.
pub(super) fn notice(
    user: UserId,
    class: NoticeClass,
    (title, body): (&str, String),
    path: String,
    about: (RecordKind, Uuid),
    at: Timestamp,
    chance: &mut Chance,
) -> Notice {
    Notice {
        id: chance.id(at),
        user_id: user,
        class,
        title: title.to_owned(),
        body,
        path,
        created_at: at,
        read_at: None,
        snoozed_until: None,
        record_kind: Some(about.0),
        record_id: Some(about.1),
        update_kind: (class == NoticeClass::Update).then_some(UpdateKind::Answer),
    }
}
