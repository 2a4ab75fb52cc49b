//! Two years of asks: who was asked for which deal, what came of it, and who was never asked.

use std::collections::{HashMap, HashSet};

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    candidate::{CandidateState, DeclinedBy},
    id::UserId,
    reference_use::UseOutcome,
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
    chance::{Chance, Urn},
    deals::Pipeline,
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

/// Who is drawn how often, and when they were used: few are asked for everything.
#[derive(Default)]
pub(super) struct Diary {
    by_industry: HashMap<&'static str, Urn>,
    everyone: Urn,
    /// Days on which each advocate was used.
    used: Vec<Vec<Day>>,
    /// Days on which each account gave a call.
    calls: HashMap<usize, Vec<Day>>,
    /// The few whom nobody spares.
    overused: HashSet<usize>,
    /// Accounts with an open candidate.
    reserved: HashSet<usize>,
}

const REST_DAYS: i64 = 30;
const YEAR_CAP: usize = 6;
const OVERUSED: usize = 6;

impl Diary {
    fn open(world: &World<'_>, chance: &mut Chance) -> Self {
        let mut diary = Self {
            used: vec![Vec::new(); world.pool.advocates.len()],
            ..Self::default()
        };
        let mut ranked: Vec<(f64, usize)> = (0..world.pool.advocates.len())
            .filter(|place| world.pool.advocates[*place].status == AdvocateStatus::Active)
            .map(|place| (chance.share(), place))
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut weight_of_rank = 6.0;
        for (_, place) in ranked {
            let weight = 1.0 / weight_of_rank;
            weight_of_rank += 1.0;
            let industry = world.market.sites[world.pool.profiles[place].account]
                .industry
                .name;
            diary
                .by_industry
                .entry(industry)
                .or_default()
                .add(place, weight);
            diary.everyone.add(place, weight);
            if diary.overused.len() < OVERUSED {
                diary.overused.insert(place);
            }
        }
        diary
    }

    /// An advocate for a day, from the industry where one is free, else from anywhere.
    pub(super) fn draw(
        &self,
        world: &World<'_>,
        industry: &str,
        activity: Activity,
        day: Day,
        chance: &mut Chance,
    ) -> Option<usize> {
        let own = self.by_industry.get(industry);
        for round in 0..14 {
            let urn = own.filter(|_| round < 10).unwrap_or(&self.everyone);
            let place = urn.draw(chance)?;
            if self.can(world, place, activity, day) {
                return Some(place);
            }
        }
        None
    }

    pub(super) fn can(
        &self,
        world: &World<'_>,
        place: usize,
        activity: Activity,
        day: Day,
    ) -> bool {
        let profile = &world.pool.profiles[place];
        let joined = world.pool.advocates[place].created_at.day().plus_days(45);
        if day < joined || !profile.activities.contains(&activity) {
            return false;
        }
        let near = |days: &[Day], within: i64| {
            days.iter()
                .filter(|other| other.days_since(day).abs() < within)
                .count()
        };
        if self.overused.contains(&place) && day < world.calendar.today {
            return near(&self.used[place], 24) == 0;
        }
        let account_is_free = activity != Activity::ReferenceCall
            || self
                .calls
                .get(&profile.account)
                .is_none_or(|days| near(days, 91) == 0);
        account_is_free
            && near(&self.used[place], REST_DAYS) == 0
            && near(&self.used[place], 365) < YEAR_CAP
    }

    pub(super) fn note(&mut self, world: &World<'_>, place: usize, activity: Activity, day: Day) {
        self.used[place].push(day);
        if activity == Activity::ReferenceCall {
            let account = world.pool.profiles[place].account;
            self.calls.entry(account).or_default().push(day);
        }
    }

    /// Takes an account for an open ask; `false` when it has one.
    pub(super) fn reserve(&mut self, account: usize) -> bool {
        self.reserved.insert(account)
    }
}

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
        missed(world, history, requester, deal, industry, asked_at, chance);
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
        1 => UseOutcome::NoShow,
        2 => UseOutcome::Harmful,
        3..=6 => UseOutcome::Neutral,
        _ => UseOutcome::Helpful,
    };
    let low = if outcome == UseOutcome::Helpful { 4 } else { 1 };
    history.uses.push(ReferenceUse {
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
    });
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
    row.declined_by = Some(by);
    row.reason = Some(reason.to_owned());
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
        missed(world, history, requester, deal, industry, asked_at, chance);
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
    if !chance.hits(0.3) {
        return;
    }
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
