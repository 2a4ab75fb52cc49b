//! The promises, read off the rows plainly and judged without the program's own protection code.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    candidate::CandidateState,
    consent::ConsentKind,
    hold::HoldState,
    id::{AccountId, AdvocateId, CandidateId, UseId},
    time::Day,
};
use storage::{candidate::Candidate, hold::Hold, reference_use::ReferenceUse, request::Request};
use testkit::build::id;

use crate::{
    rows::Moment,
    world::{ADVOCATES, CUSTOMERS, World, account_of},
};

/// At most so many customers are asked at once for each reference that is wanted.
const ASKED_AT_ONCE: usize = 3;
const REST_DAYS: i64 = 30;
const HEAVY_REST_DAYS: i64 = 90;
const USES_A_YEAR: usize = 6;

/// What was there before the last command: nothing of it may be lost or come back to life.
#[derive(Default)]
pub struct Seen {
    candidates: BTreeMap<CandidateId, CandidateState>,
    /// Whether each was open, and whether content had answered it, which can be taken back.
    requests: BTreeMap<domain::id::RequestId, (bool, bool)>,
    uses: BTreeMap<UseId, Day>,
}

/// A use that took place or is promised.
#[derive(Clone, Debug)]
struct Occupied {
    advocate: AdvocateId,
    account: AccountId,
    activity: Activity,
    day: Day,
    /// The call, which is one use whatever the number of deals that it serves; none of a hold.
    call: Option<CandidateId>,
    /// The program went past a rule for it, and said why.
    is_overridden: bool,
}

impl Seen {
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.requests.len(), self.candidates.len(), self.uses.len())
    }

    /// Every promise that does not hold now.
    pub async fn broken(&mut self, world: &World) -> Vec<String> {
        let Moment {
            requests,
            candidates,
            uses,
            holds,
        } = Moment::read(world).await;
        let mut broken = Vec::new();
        self.nothing_lost(&requests, &candidates, &uses, &mut broken);
        held_and_clocked(&requests, &candidates, &mut broken);
        protected(&occupied(&candidates, &uses, &holds), &mut broken);
        may_be_asked(world, &candidates, &holds, &mut broken).await;
        broken
    }

    fn nothing_lost(
        &mut self,
        requests: &[Request],
        candidates: &[Candidate],
        uses: &[ReferenceUse],
        broken: &mut Vec<String>,
    ) {
        let was_answered: Vec<_> = self
            .requests
            .iter()
            .filter_map(|(id, (_, by_content))| by_content.then_some(*id))
            .collect();
        let of: BTreeMap<_, _> = candidates.iter().map(|row| (row.id, row)).collect();
        for (id, before) in &self.candidates {
            let Some(row) = of.get(id) else {
                broken.push(format!("candidate {id} is gone"));
                continue;
            };
            let is_taken_up = *before == CandidateState::Replaced
                && was_answered.contains(&row.request_id)
                && leads_to(CandidateState::Proposed, row.state);
            if row.state != *before && !leads_to(*before, row.state) && !is_taken_up {
                broken.push(format!(
                    "candidate {id} went from {before} to {}",
                    row.state
                ));
            }
        }
        let open: BTreeMap<_, _> = requests
            .iter()
            .map(|row| (row.id, (row.status.is_open(), row.share_id.is_some())))
            .collect();
        for (id, (was_open, by_content)) in &self.requests {
            match open.get(id) {
                None => broken.push(format!("request {id} is gone")),
                Some((true, _)) if !was_open && !by_content => {
                    broken.push(format!("request {id} came back to life"));
                }
                Some(_) => {}
            }
        }
        let now = candidates.iter().map(|row| (row.id, row.state)).collect();
        let days: BTreeMap<_, _> = uses.iter().map(|row| (row.id, row.used_on)).collect();
        for (id, on) in &self.uses {
            if days.get(id) != Some(on) {
                broken.push(format!("use {id} of {on} is not what it was"));
            }
        }
        (self.candidates, self.requests, self.uses) = (now, open, days);
    }
}

/// Whether one state is reached from another by moves of the life cycle.
fn leads_to(from: CandidateState, to: CandidateState) -> bool {
    let mut reached = vec![from];
    let mut at = 0;
    while at < reached.len() {
        for next in CandidateState::ALL {
            if reached[at].can_move_to(*next) && !reached.contains(next) {
                reached.push(*next);
            }
        }
        at += 1;
    }
    reached.contains(&to)
}

/// Every request ends, or somebody holds it and a clock runs; nobody asks too many at once.
fn held_and_clocked(requests: &[Request], candidates: &[Candidate], broken: &mut Vec<String>) {
    let mut of_request: HashMap<_, Vec<&Candidate>> = HashMap::new();
    for row in candidates {
        of_request.entry(row.request_id).or_default().push(row);
    }
    for request in requests {
        let rows = of_request.remove(&request.id).unwrap_or_default();
        let open = rows.iter().filter(|row| row.state.is_open());
        if !request.status.is_open() {
            for row in open {
                broken.push(format!(
                    "candidate {} is {} on a request that is over",
                    row.id, row.state
                ));
            }
            continue;
        }
        let clocks = rows
            .iter()
            .filter(|row| row.state.is_open() && row.due_on.is_some())
            .count();
        if clocks == 0 && request.due_on.is_none() {
            broken.push(format!(
                "request {} is {} and no clock runs",
                request.id, request.status
            ));
        }
        for row in open {
            let waits_in_line = row.state == CandidateState::Proposed && row.is_in_line;
            if row.due_on.is_none() && !waits_in_line {
                broken.push(format!(
                    "candidate {} is {} and no clock runs",
                    row.id, row.state
                ));
            }
        }
        let asked = rows.iter().filter(|row| row.state.is_asked()).count();
        let wanted = usize::try_from(request.wanted).expect("a few");
        if asked > ASKED_AT_ONCE * wanted {
            broken.push(format!(
                "request {} asks {asked} at once for {wanted}",
                request.id
            ));
        }
    }
}

/// Uses that took place and those that candidates and holds reserve, each call once.
fn occupied(candidates: &[Candidate], uses: &[ReferenceUse], holds: &[Hold]) -> Vec<Occupied> {
    let overridden: HashMap<_, bool> = candidates
        .iter()
        .map(|row| (row.id, row.override_reason.is_some()))
        .collect();
    let promised = candidates
        .iter()
        .filter(|row| row.state.reserves_a_use())
        .map(|row| Occupied {
            advocate: row.advocate_id,
            account: row.account_id,
            activity: row.activity,
            day: row.planned_on,
            call: Some(row.call_id.unwrap_or(row.id)),
            is_overridden: row.override_reason.is_some(),
        });
    let held = holds
        .iter()
        .filter(|row| row.state == HoldState::Held)
        .map(|row| Occupied {
            advocate: row.advocate_id,
            account: row.account_id,
            activity: row.activity,
            day: row.planned_on,
            call: None,
            is_overridden: false,
        });
    let taken = uses.iter().map(|row| Occupied {
        advocate: row.advocate_id,
        account: row.account_id,
        activity: row.activity,
        day: row.used_on,
        call: row.call_id.or(row.candidate_id),
        is_overridden: row
            .candidate_id
            .is_some_and(|id| overridden.get(&id) == Some(&true)),
    });
    let mut all: Vec<Occupied> = taken.chain(promised).chain(held).collect();
    let mut calls = HashSet::new();
    all.retain(|row| row.call.is_none_or(|call| calls.insert(call)));
    all.sort_by_key(|row| row.day);
    all
}

/// Caps over every window that ends on a day with a use, and rests between neighbours.
fn protected(all: &[Occupied], broken: &mut Vec<String>) {
    for last in all {
        let window = |days: i64| {
            all.iter()
                .filter(move |row| row.day > last.day.plus_days(-days) && row.day <= last.day)
        };
        let mut over = |what: &str, cap: usize, rows: Vec<&Occupied>| {
            if rows.len() > cap && !rows.iter().any(|row| row.is_overridden) {
                broken.push(format!("{what}: {rows:#?}"));
            }
        };
        let of_account = |activity: Activity| {
            move |row: &&Occupied| row.account == last.account && row.activity == activity
        };
        let calls = window(91)
            .filter(of_account(Activity::ReferenceCall))
            .collect();
        over("more than one call of an account in 91 days", 1, calls);
        let group = window(91).filter(of_account(Activity::GroupCall)).collect();
        over(
            "more than one group call of an account in 91 days",
            1,
            group,
        );
        let talks = window(182).filter(of_account(Activity::Speaking)).collect();
        over("more than one talk of an account in 182 days", 1, talks);
        let own = |row: &&Occupied| row.advocate == last.advocate;
        over(
            "more than six uses of an advocate in 365 days",
            USES_A_YEAR,
            window(365).filter(own).collect(),
        );
        if last.advocate == id(1) {
            let alike =
                |row: &&Occupied| row.advocate == last.advocate && row.activity == last.activity;
            let rows: Vec<&Occupied> = window(365).filter(alike).collect();
            // What advocates ask for themselves is nobody's to go past.
            if rows.len() > 2 {
                broken.push(format!(
                    "more than the advocate's own limit of two: {rows:#?}"
                ));
            }
        }
    }
    for advocate in (1..=ADVOCATES).map(id::<AdvocateId>) {
        let own: Vec<&Occupied> = all.iter().filter(|row| row.advocate == advocate).collect();
        for pair in own.windows(2) {
            let rest = if pair[0].activity == Activity::Speaking {
                HEAVY_REST_DAYS
            } else {
                REST_DAYS
            };
            let is_overridden = pair.iter().any(|row| row.is_overridden);
            if pair[1].day.days_since(pair[0].day) < rest && !is_overridden {
                broken.push(format!("an advocate without a rest: {pair:#?}"));
            }
        }
    }
}

/// Nobody is asked, held, or held to a promise, who is paused, has withdrawn or is locked.
async fn may_be_asked(
    world: &World,
    candidates: &[Candidate],
    holds: &[Hold],
    broken: &mut Vec<String>,
) {
    let store = &world.test.db.store;
    let today = world.app().clock.today();
    let advocates: Vec<AdvocateId> = (1..=ADVOCATES).map(id).collect();
    let status = storage::advocate::by_ids(store, advocates.clone())
        .await
        .expect("advocates");
    let consents = storage::consent::of_advocates(store, advocates)
        .await
        .expect("consents");
    let accounts = (1..=CUSTOMERS).map(id::<AccountId>).collect();
    let locks = storage::account::locks(store, accounts)
        .await
        .expect("locks");
    for number in 1..=ADVOCATES {
        let advocate = id::<AdvocateId>(number);
        let account = id::<AccountId>(account_of(number));
        let last = consents
            .iter()
            .filter(|row| row.advocate_id == advocate)
            .max_by_key(|row| (row.recorded_at, row.id));
        let is_out = status[&advocate].status != AdvocateStatus::Active
            || last.is_none_or(|row| row.kind == ConsentKind::Withdrawn);
        let is_locked = locks.iter().any(|lock| {
            lock.account_id == account && lock.lifted_at.is_none() && lock.from_on <= today
        });
        for row in holds.iter().filter(|row| row.advocate_id == advocate) {
            if is_out || is_locked {
                broken.push(format!(
                    "advocate {number} may not be asked and is held: {row:?}"
                ));
            }
        }
        for row in candidates
            .iter()
            .filter(|row| row.advocate_id == advocate && row.state.is_open())
        {
            if is_out || (is_locked && row.override_reason.is_none()) {
                broken.push(format!(
                    "advocate {number} may not be asked and candidate {} is {}",
                    row.id, row.state
                ));
            }
        }
    }
}
