//! Two years of asks: who was asked for which deal, what came of it, and who was never asked.

use domain::{
    activity::Activity,
    candidate::{CandidateState, DeclinedBy},
    id::UserId,
    reference_use::{UseChannel, UseOutcome},
    request::{RequestStatus, UnfilledReason},
    time::{Day, Timestamp},
};
use storage::{
    candidate::Candidate, notice::Notice, opportunity::Opportunity, reference_use::ReferenceUse,
    request::Request, unmet_search::UnmetSearch,
};

use super::{
    Calendar,
    accounts::Market,
    advocates::Pool,
    asked::{candidate, request, walk},
    chance::Chance,
    deals::Pipeline,
    diary::Diary,
    people::Staff,
};

/// Everything that asks follow from.
pub(super) struct World<'a> {
    pub calendar: Calendar,
    pub staff: &'a Staff,
    pub market: &'a Market,
    pub pool: &'a Pool,
    pub pipeline: &'a Pipeline,
}

#[derive(Default)]
pub(super) struct History {
    pub requests: Vec<Request>,
    pub candidates: Vec<Candidate>,
    pub uses: Vec<ReferenceUse>,
    pub unmet: Vec<UnmetSearch>,
    pub notices: Vec<Notice>,
    pub diary: Diary,
}

/// Searches without a match in the last days.
const SEARCHES_THIS_WEEK: usize = 3;

const ON_DEALS: &[(Activity, f64)] = &[
    (Activity::ReferenceCall, 72.0),
    (Activity::GroupCall, 7.0),
    (Activity::SiteVisit, 4.0),
    (Activity::Quote, 10.0),
    (Activity::CaseStudy, 7.0),
];

const OF_STAKEHOLDERS: &[Activity] = &[
    Activity::Speaking,
    Activity::PressInterview,
    Activity::AnalystInterview,
    Activity::Webinar,
    Activity::Video,
];

pub(super) fn deal_activity(chance: &mut Chance) -> Activity {
    chance.weighted(ON_DEALS, |row| row.1).0
}

pub(super) fn make(world: &World<'_>, chance: &mut Chance) -> History {
    let mut history = History {
        diary: Diary::open(world, chance),
        ..History::default()
    };
    for place in 0..world.pipeline.deals.len() {
        let deal = &world.pipeline.deals[place];
        let (Some(requester), Some(close), true) =
            (deal.owner_id, deal.close_on, deal.status.is_closed())
        else {
            continue;
        };
        if world.pipeline.facts[place].asks {
            served(world, &mut history, place, requester, close, chance);
        } else if chance.hits(0.035) {
            unserved(world, &mut history, place, requester, close, chance);
        }
    }
    let needs = world.staff.stakeholders.len() * 12;
    for _ in 0..needs {
        need(world, &mut history, chance);
    }
    history
}

fn served(
    world: &World<'_>,
    history: &mut History,
    place: usize,
    requester: UserId,
    close: Day,
    chance: &mut Chance,
) {
    let deal = &world.pipeline.deals[place];
    let created = deal.created_at.day();
    let first = close
        .plus_days(-chance.between(4, 60))
        .max(created.plus_days(2))
        .min(close);
    let asked = first.plus_days(-chance.between(7, 21)).max(created);
    let asked_at = world.calendar.at(asked, chance);
    let activity = deal_activity(chance);
    let industry = world.market.sites[world.pipeline.facts[place].account]
        .industry
        .name;
    let mut row = request(requester, Some(deal), activity, first, asked_at, chance);
    row.wanted = if chance.hits(0.28) { 2 } else { 1 };
    let mut given = 0;
    for position in 1..=row.wanted {
        let day = first.plus_days((position - 1) * 3).min(close);
        let Some(advocate) = history.diary.draw(world, industry, activity, day, chance) else {
            continue;
        };
        given += 1;
        take_place(
            world,
            history,
            &row,
            (advocate, position, day),
            Some(deal),
            chance,
        );
    }
    if given > 0 && chance.hits(0.16) {
        decline(world, history, &row, given + 1, industry, chance);
    }
    row.closed_at = Some(first.plus_days(1).start().min(world.calendar.now));
    row.status = match given {
        0 => RequestStatus::Unfilled,
        given if given < row.wanted => RequestStatus::PartlyFulfilled,
        _ => RequestStatus::Fulfilled,
    };
    if given == 0 {
        row.unfilled_reason = Some(UnfilledReason::AllBusy);
        if chance.hits(0.3) {
            missed(world, history, requester, deal, industry, asked_at, chance);
        }
    }
    history.requests.push(row);
}

/// A use that took place, with the candidate it came out of.
pub(super) fn take_place(
    world: &World<'_>,
    history: &mut History,
    request: &Request,
    (advocate, position, day): (usize, i64, Day),
    deal: Option<&Opportunity>,
    chance: &mut Chance,
) {
    let at = world.calendar.at(day, chance);
    let is_graded = chance.hits(0.7);
    let mut row = candidate(world, request, advocate, chance);
    row.position = position;
    row.planned_on = day;
    let state = if is_graded {
        CandidateState::Debriefed
    } else {
        CandidateState::Done
    };
    walk(&mut row, state, request.created_at, at, chance);
    row.done_at = Some(at);
    row.closed_at = is_graded.then_some(at);
    let outcome = match chance.between(1, 25) {
        1 => UseOutcome::Harmful,
        2..=6 => UseOutcome::Neutral,
        _ => UseOutcome::Helpful,
    };
    let low = if outcome == UseOutcome::Helpful { 4 } else { 1 };
    let mut used = ReferenceUse {
        id: chance.id(at),
        version: 1,
        external_id: None,
        candidate_id: Some(row.id),
        advocate_id: row.advocate_id,
        account_id: row.account_id,
        activity: request.activity,
        opportunity_id: deal.map(|deal| deal.id),
        used_on: day,
        outcome: Some(outcome),
        grade_seller: is_graded.then(|| chance.between(low, 5)),
        grade_advocate: (is_graded && chance.hits(0.6)).then(|| chance.between(3, 5)),
        grade_buyer: (is_graded && chance.hits(0.3)).then(|| chance.between(low, 5)),
        comment: (is_graded && chance.hits(0.2))
            .then(|| "They asked for the slides afterwards.".to_owned()),
        recorded_by: Some(request.requester_id),
        created_at: at,
        channel: UseChannel::Request,
        fit_seller: None,
        fit_advocate: None,
        fit_buyer: None,
        expected_fit: None,
        comment_advocate: None,
        comment_buyer: None,
        // Nobody hears anew of what was decided before the demo began.
        thanked_on: deal.and_then(|deal| deal.status.is_closed().then_some(day)),
        call_id: None,
    };
    // Who helped fitted; what matching promised lies around it, the same at every start.
    used.fit_seller = used.grade_seller;
    used.fit_buyer = used.grade_buyer;
    used.expected_fit = is_graded.then(|| 36 + i64::from(used.id.0.as_bytes()[15] % 13));
    history.uses.push(used);
    history.diary.note(world, advocate, request.activity, day);
    history.candidates.push(row);
}

fn decline(
    world: &World<'_>,
    history: &mut History,
    request: &Request,
    position: i64,
    industry: &str,
    chance: &mut Chance,
) {
    let Some(advocate) =
        history
            .diary
            .draw(world, industry, request.activity, request.need_by, chance)
    else {
        return;
    };
    let (by, reason) = *chance.pick(&[
        (DeclinedBy::Owner, "The renewal is being negotiated."),
        (DeclinedBy::Owner, "They gave a call to us last month."),
        (DeclinedBy::Advocate, "On leave that week."),
        (DeclinedBy::Advocate, "Too close to a competitor."),
    ]);
    let mut row = candidate(world, request, advocate, chance);
    row.position = position;
    row.state = CandidateState::Declined;
    row.owner_asked_at = Some(request.created_at);
    if by == DeclinedBy::Advocate {
        row.advocate_asked_at = Some(
            request
                .created_at
                .plus_seconds(20_000)
                .min(world.calendar.now),
        );
    }
    // Now and then nobody answers at all, or somebody else says yes first.
    if chance.hits(0.2) {
        row.state = CandidateState::Expired;
    } else if chance.hits(0.15) {
        row.state = CandidateState::Replaced;
    } else {
        row.declined_by = Some(by);
        row.reason = Some(reason.to_owned());
    }
    row.closed_at = Some(request.created_at.plus_days(2).min(world.calendar.now));
    history.candidates.push(row);
}

fn unserved(
    world: &World<'_>,
    history: &mut History,
    place: usize,
    requester: UserId,
    close: Day,
    chance: &mut Chance,
) {
    let deal = &world.pipeline.deals[place];
    let asked = close
        .plus_days(-chance.between(8, 40))
        .max(deal.created_at.day());
    let asked_at = world.calendar.at(asked, chance);
    let activity = deal_activity(chance);
    let mut row = request(
        requester,
        Some(deal),
        activity,
        asked.plus_days(10),
        asked_at,
        chance,
    );
    row.closed_at = Some(asked_at.plus_days(9).min(world.calendar.now));
    if chance.hits(0.25) {
        row.status = RequestStatus::Withdrawn;
    } else {
        let industry = world.market.sites[world.pipeline.facts[place].account]
            .industry
            .name;
        row.status = RequestStatus::Unfilled;
        row.unfilled_reason = Some(*chance.pick(&[
            UnfilledReason::NoMatch,
            UnfilledReason::NoMatch,
            UnfilledReason::TooLate,
            UnfilledReason::OwnerDeclined,
            UnfilledReason::AdvocateDeclined,
        ]));
        if chance.hits(0.3) {
            missed(world, history, requester, deal, industry, asked_at, chance);
        }
    }
    history.requests.push(row);
}

/// The search that found nobody, with the value of the deal.
fn missed(
    world: &World<'_>,
    history: &mut History,
    requester: UserId,
    deal: &Opportunity,
    industry: &str,
    at: Timestamp,
    chance: &mut Chance,
) {
    let criteria = serde_json::json!({
        "criteria": [{ "facet": "industry", "facet_name": "Industry", "terms": [{ "name": industry }], "must": true, "weight": 50 }],
        "text": null,
        "activity": Activity::ReferenceCall,
        "need_by": at.day().plus_days(14).min(world.calendar.today),
    });
    history.unmet.push(UnmetSearch {
        id: chance.id(at),
        user_id: Some(requester),
        opportunity_id: Some(deal.id),
        criteria: criteria.to_string(),
        amount_minor: deal.amount_minor,
        currency: deal.currency,
        at,
    });
}

/// What public relations, events and marketing asked for.
fn need(world: &World<'_>, history: &mut History, chance: &mut Chance) {
    let requester = world.staff.id(*chance.pick(&world.staff.stakeholders));
    let activity = *chance.pick(OF_STAKEHOLDERS);
    let day = world.calendar.start.plus_days(chance.between(120, 720));
    let asked_at = world
        .calendar
        .at(day.plus_days(-chance.between(35, 90)), chance);
    let mut row = request(requester, None, activity, day, asked_at, chance);
    row.closed_at = Some(day.start().min(world.calendar.now));
    match history.diary.draw(world, "", activity, day, chance) {
        Some(advocate) => {
            take_place(world, history, &row, (advocate, 1, day), None, chance);
            row.status = RequestStatus::Fulfilled;
        }
        None => {
            row.status = RequestStatus::Unfilled;
            row.unfilled_reason = Some(UnfilledReason::NoMatch);
        }
    }
    history.requests.push(row);
}

/// Sellers who found nobody this week.
pub(super) fn looked_in_vain(world: &World<'_>, history: &mut History, chance: &mut Chance) {
    let deals = (0..world.pipeline.deals.len())
        .filter(|place| !world.pipeline.deals[*place].status.is_closed())
        .filter(|place| world.pipeline.facts[*place].seller != 0)
        .filter_map(|place| Some((place, world.pipeline.deals[place].owner_id?)))
        .take(SEARCHES_THIS_WEEK);
    for (place, requester) in deals {
        let day = world.calendar.today.plus_days(-chance.between(1, 6));
        let at = world.calendar.at(day, chance);
        let deal = &world.pipeline.deals[place];
        let industry = world.market.sites[world.pipeline.facts[place].account]
            .industry
            .name;
        missed(world, history, requester, deal, industry, at, chance);
    }
}
