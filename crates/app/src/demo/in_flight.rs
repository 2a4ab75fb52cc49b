//! What is going on today: asks in every state, and something to do for every demo sign-in.

use domain::{
    activity::Activity, advocate::AdvocateStatus, candidate::CandidateState, id::UserId,
    notice::NoticeClass, record::RecordKind, request::RequestStatus, time::Day,
};
use storage::request::Request;

use crate::request::submit::SubmitRequest;

use super::{
    asked::{candidate, notice, request, walk},
    chance::Chance,
    people::scaled,
    requests::{self, History, World, deal_activity, take_place},
};

/// Asks that wait for the demo owner.
const APPROVALS: usize = 5;

const STATES: [CandidateState; 5] = [
    CandidateState::Proposed,
    CandidateState::OwnerAsked,
    CandidateState::AdvocateAsked,
    CandidateState::Accepted,
    CandidateState::Scheduled,
];

pub(super) fn make(world: &World<'_>, history: &mut History, scale: f64, chance: &mut Chance) {
    approvals(world, history, chance);
    showcase(world, history, chance);
    stakeholder(world, history, chance);
    requests::looked_in_vain(world, history, chance);
    let open: Vec<usize> = (0..world.pipeline.deals.len())
        .filter(|place| !world.pipeline.deals[*place].status.is_closed())
        .filter(|place| !world.pipeline.showcase.contains(place))
        .collect();
    let (mut moving, wanted) = (0, scaled(120, scale, STATES.len()));
    for place in open {
        if moving < wanted && chance.hits(0.14) {
            let state = STATES[moving % STATES.len()];
            moving += usize::from(on_deal(world, history, place, state, chance));
        } else if chance.hits(0.3) {
            done_before(world, history, place, chance);
        } else if chance.hits(0.03) {
            waiting_for_a_match(world, history, place, chance);
        } else if chance.hits(0.01) {
            draft(world, history, place, chance);
        }
    }
}

pub(super) fn industry_of(world: &World<'_>, place: usize) -> &'static str {
    world.market.sites[world.pipeline.facts[place].account]
        .industry
        .name
}

/// A request on a deal made a few days ago, for a day soon.
fn asked(
    world: &World<'_>,
    place: usize,
    activity: Activity,
    chance: &mut Chance,
) -> Option<Request> {
    let deal = &world.pipeline.deals[place];
    let day = world.calendar.today.plus_days(-chance.between(1, 6));
    let at = world.calendar.at(day, chance).max(deal.created_at);
    let need_by = world.calendar.today.plus_days(chance.between(9, 30));
    Some(request(
        deal.owner_id?,
        Some(deal),
        activity,
        need_by,
        at,
        chance,
    ))
}

/// An ask that its seller has not sent yet.
fn draft(world: &World<'_>, history: &mut History, place: usize, chance: &mut Chance) {
    let activity = deal_activity(chance);
    let Some(mut row) = asked(world, place, activity, chance) else {
        return;
    };
    let ask = SubmitRequest {
        opportunity_id: row.opportunity_id,
        activity,
        need_by: row.need_by,
        wanted: Some(row.wanted),
        advocates: Vec::new(),
        note: row.note.clone(),
        criteria: Vec::new(),
        override_reason: None,
        is_quota: false,
    };
    row.status = RequestStatus::Draft;
    row.is_rush = false;
    row.draft = Some(serde_json::json!(ask).to_string());
    history.requests.push(row);
}

fn on_deal(
    world: &World<'_>,
    history: &mut History,
    place: usize,
    state: CandidateState,
    chance: &mut Chance,
) -> bool {
    let activity = deal_activity(chance);
    let Some(row) = asked(world, place, activity, chance) else {
        return false;
    };
    let industry = industry_of(world, place);
    let Some(advocate) = history
        .diary
        .draw(world, industry, activity, row.need_by, chance)
    else {
        return false;
    };
    ask(world, history, row, advocate, state, chance)
}

/// Puts a request with one candidate in `state`; `false` when the account is taken.
fn ask(
    world: &World<'_>,
    history: &mut History,
    mut row: Request,
    advocate: usize,
    state: CandidateState,
    chance: &mut Chance,
) -> bool {
    if !history.diary.reserve(world.pool.profiles[advocate].account) {
        return false;
    }
    let today = world.calendar.today;
    let mut asked = candidate(world, &row, advocate, chance);
    if state == CandidateState::Proposed {
        row.status = RequestStatus::Matching;
    } else {
        walk(
            &mut asked,
            state,
            row.created_at,
            world.calendar.now,
            chance,
        );
        row.status = RequestStatus::InProgress;
        asked.due_on = Some(match state {
            CandidateState::OwnerAsked => row.created_at.day().plus_working_days(2),
            CandidateState::AdvocateAsked => today.plus_working_days(3),
            _ => row.need_by,
        });
    }
    history
        .diary
        .note(world, advocate, row.activity, row.need_by);
    history.candidates.push(asked);
    history.requests.push(row);
    true
}

/// A reference that was given already while the deal is still open.
fn done_before(world: &World<'_>, history: &mut History, place: usize, chance: &mut Chance) {
    let deal = &world.pipeline.deals[place];
    let Some(requester) = deal.owner_id else {
        return;
    };
    let age = world.calendar.today.days_since(deal.created_at.day());
    if age < 12 {
        return;
    }
    let day = world
        .calendar
        .today
        .plus_days(-chance.between(2, (age - 8).min(60)));
    let activity = deal_activity(chance);
    let Some(advocate) =
        history
            .diary
            .draw(world, industry_of(world, place), activity, day, chance)
    else {
        return;
    };
    finish(
        world,
        history,
        (place, requester),
        (advocate, day, activity),
        chance,
    );
}

fn finish(
    world: &World<'_>,
    history: &mut History,
    (place, requester): (usize, UserId),
    (advocate, day, activity): (usize, Day, Activity),
    chance: &mut Chance,
) {
    let deal = &world.pipeline.deals[place];
    let asked_at = world
        .calendar
        .at(day.plus_days(-7), chance)
        .max(deal.created_at);
    let mut row = request(requester, Some(deal), activity, day, asked_at, chance);
    take_place(world, history, &row, (advocate, 1, day), Some(deal), chance);
    row.status = RequestStatus::Fulfilled;
    row.closed_at = Some(world.calendar.at(day, chance));
    history.requests.push(row);
}

fn waiting_for_a_match(
    world: &World<'_>,
    history: &mut History,
    place: usize,
    chance: &mut Chance,
) {
    let activity = deal_activity(chance);
    history
        .requests
        .extend(asked(world, place, activity, chance));
}

/// Asks by other sellers for the demo owner's advocates; the first is overdue.
fn approvals(world: &World<'_>, history: &mut History, chance: &mut Chance) {
    let owner = world.staff.id(world.staff.owners[0]);
    let mut deals = (0..world.pipeline.deals.len()).filter(|place| {
        let deal = &world.pipeline.deals[*place];
        !deal.status.is_closed()
            && deal.owner_id.is_some()
            && deal.account_id.is_some()
            && world.pipeline.facts[*place].seller != 0
    });
    let mut made = 0;
    for advocate in 0..world.pool.advocates.len() {
        if made == APPROVALS {
            break;
        }
        let account = &world.market.accounts[world.pool.profiles[advocate].account];
        let need_by = world.calendar.today.plus_days(12 + chance.between(0, 9));
        let fits = world.pool.advocates[advocate].status == AdvocateStatus::Active
            && account.owner_id == Some(owner)
            && history
                .diary
                .can(world, advocate, Activity::ReferenceCall, need_by);
        if !fits {
            continue;
        }
        let Some(mut row) = deals
            .next()
            .and_then(|place| asked(world, place, Activity::ReferenceCall, chance))
        else {
            break;
        };
        row.need_by = need_by;
        if made == 0 {
            let day = world.calendar.today.plus_days(-7);
            row.created_at = world.calendar.at(day, chance);
        }
        let link = format!("/requests/{}", row.id);
        let body = format!(
            "{} is asked for a reference call until {need_by}.",
            account.name
        );
        let at = row.created_at;
        if ask(
            world,
            history,
            row,
            advocate,
            CandidateState::OwnerAsked,
            chance,
        ) {
            history.notices.push(notice(
                owner,
                NoticeClass::Ask,
                ("Your approval is needed", body),
                link,
                (RecordKind::Advocate, world.pool.advocates[advocate].id.0),
                at,
                chance,
            ));
            made += 1;
        }
    }
}

/// The demo seller's deals: one accepted, one being asked, one just done, the last a draft; the others are bare, as the
/// first to close is.
fn showcase(world: &World<'_>, history: &mut History, chance: &mut Chance) {
    let seller = world.staff.id(world.staff.sellers[0]);
    let call = Activity::ReferenceCall;
    let states = [CandidateState::Accepted, CandidateState::AdvocateAsked];
    for (place, state) in world
        .pipeline
        .showcase
        .iter()
        .skip(1)
        .step_by(3)
        .zip(states)
    {
        for _ in 0..20 {
            let Some(row) = asked(world, *place, call, chance) else {
                break;
            };
            let industry = industry_of(world, *place);
            let Some(advocate) = history
                .diary
                .draw(world, industry, call, row.need_by, chance)
            else {
                continue;
            };
            let (id, at) = (row.id.0, world.calendar.now);
            let link = format!("/requests/{}", row.id);
            if ask(world, history, row, advocate, state, chance) {
                if state == CandidateState::Accepted {
                    let body = "Contact details are ready for you.".to_owned();
                    history.notices.push(notice(
                        seller,
                        NoticeClass::Update,
                        ("Your reference call was accepted", body),
                        link,
                        (RecordKind::Request, id),
                        at,
                        chance,
                    ));
                }
                break;
            }
        }
    }
    if let Some(place) = world.pipeline.showcase.last() {
        draft(world, history, *place, chance);
    }
    if let Some(place) = world.pipeline.showcase.get(2) {
        let day = world.calendar.today.plus_days(-2);
        if let Some(advocate) =
            history
                .diary
                .draw(world, industry_of(world, *place), call, day, chance)
        {
            finish(
                world,
                history,
                (*place, seller),
                (advocate, day, call),
                chance,
            );
        }
    }
}

/// What the demo stakeholder waits for.
fn stakeholder(world: &World<'_>, history: &mut History, chance: &mut Chance) {
    let requester = world.staff.id(world.staff.stakeholders[0]);
    for (activity, days) in [(Activity::PressInterview, 45), (Activity::Speaking, 90)] {
        let at = world
            .calendar
            .at(world.calendar.today.plus_days(-3), chance);
        let need_by = world.calendar.today.plus_days(days);
        let row = request(requester, None, activity, need_by, at, chance);
        match history.diary.last_free(world, activity, need_by) {
            Some(advocate) if activity == Activity::PressInterview => {
                ask(
                    world,
                    history,
                    row,
                    advocate,
                    CandidateState::OwnerAsked,
                    chance,
                );
            }
            Some(_) | None => history.requests.push(row),
        }
    }
}
