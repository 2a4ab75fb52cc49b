//! Supply as coverage reads it: accounts with their capacity and the segments they fit.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{Consent, ConsentKind},
    id::{AccountId, AdvocateId},
    protection::{self, Member, Occupied, Rules, Willingness},
    time::Day,
};
use planning::{
    demand::Learned,
    supply::{Uses, uses},
};
use uuid::Uuid;

use super::{ground::Ground, needs::Placing, pipeline::Pipeline};
use crate::{App, actor::Actor, error::Error, policy, setting};

mod fitting;

pub(super) use fitting::Fitting;
use fitting::goals_of;

/// Advocates by account, each with the numbers of the segments they fit.
type Crowd = BTreeMap<AccountId, Vec<(Member, BTreeSet<u32>)>>;

/// The usable accounts.
pub(super) struct Supply {
    pub accounts: Vec<Usable>,
    /// Who can be asked, by account, with the segments they fit; shared with scenarios. The uses that
    /// needs take today stand last among theirs.
    crowd: Arc<Crowd>,
    placing: Arc<Placing>,
    /// By account, the uses that needs take today.
    reserved: Arc<HashMap<AccountId, Vec<Occupied>>>,
    pub rules: Rules,
    /// Advocates who can be asked at all.
    pub advocates: usize,
    /// Advocates left out because their profile was not verified lately.
    pub unverified: usize,
    pub speaking: Speaking,
    pub acceptance: Learned,
    /// What one new advocate at a new account could give.
    pub of_a_recruit: Uses,
    pub needs: NeedsServed,
    /// By segment, the advocates who fit it and were left out as unverified.
    unverified_by_segment: HashMap<u32, usize>,
}

impl Supply {
    /// Whether the plan counts on an advocate.
    pub fn holds(&self, advocate: AdvocateId) -> bool {
        let mut members = self.crowd.values().flatten();
        members.any(|(member, _)| member.advocate == advocate)
    }

    /// Advocates who can be asked and fit a segment, or a goal that is counted.
    pub fn advocates_of(&self, number: u32) -> usize {
        let members = self.crowd.values().flatten();
        members.filter(|(_, fits)| fits.contains(&number)).count()
    }

    /// Thousandths of references that all accounts can give.
    pub fn capacity(&self) -> u64 {
        self.accounts.iter().map(|one| u64::from(one.total)).sum()
    }

    /// The supply of a scenario; `pipeline` is its own.
    pub fn with(&self, pipeline: &Pipeline, activity: Activity, otherwise: Otherwise<'_>) -> Self {
        let Otherwise {
            lost,
            add,
            are_needs_moved,
            ..
        } = otherwise;
        let ends = &pipeline.window_ends;
        let as_of = pipeline.forecast.as_of;
        let is_ruled_otherwise = otherwise.rules.is_some();
        let rules = otherwise.rules.unwrap_or_else(|| self.rules.clone());
        let placed = (are_needs_moved || is_ruled_otherwise || !lost.is_empty()).then(|| {
            let open = &pipeline.needs;
            self.placing.place(&pipeline.taxonomy, open, &rules, lost)
        });
        let reserved = placed.as_ref().map_or(&*self.reserved, |one| &one.uses);
        let mut known: HashMap<AccountId, &Usable> = HashMap::new();
        known.extend(self.accounts.iter().map(|one| (one.account, one)));
        let mut accounts: Vec<Usable> = Vec::with_capacity(self.accounts.len() + add.len());
        for (account, people) in self.crowd.iter() {
            let stays = |(member, _): &&(Member, BTreeSet<u32>)| !lost.contains(&member.advocate);
            let staying = people.iter().filter(stays).count();
            let (before, after) = (self.reserved.get(account), reserved.get(account));
            if staying == people.len() && before == after && !is_ruled_otherwise {
                accounts.extend(known.get(account).map(|one| (*one).clone()));
                continue;
            }
            let mut staying: Vec<(Member, BTreeSet<u32>)> =
                people.iter().filter(stays).cloned().collect();
            for (member, _) in &mut staying {
                let own = member.occupied.len() - before.map_or(0, Vec::len);
                member.occupied.truncate(own);
                member.occupied.extend(after.into_iter().flatten().cloned());
            }
            let given = Given::new(&rules, activity, as_of, ends, self.acceptance.rate);
            accounts.extend(given.usable(*account, staying));
        }
        let of_a_recruit = of_a_recruit(&rules, activity, as_of, ends);
        accounts.extend(added(add, &of_a_recruit.units(self.acceptance.rate)));
        Self {
            accounts,
            needs: placed.map_or(self.needs, |one| NeedsServed::count(pipeline, &one.served)),
            crowd: Arc::clone(&self.crowd),
            placing: Arc::clone(&self.placing),
            reserved: Arc::clone(&self.reserved),
            rules,
            of_a_recruit,
            unverified_by_segment: self.unverified_by_segment.clone(),
            ..*self
        }
    }

    /// Advocates who fit a segment and were left out as unverified.
    pub fn unverified_of(&self, segment: u32) -> usize {
        self.unverified_by_segment
            .get(&segment)
            .copied()
            .unwrap_or(0)
    }
}

/// What a scenario has otherwise than today.
pub(super) struct Otherwise<'a> {
    pub lost: &'a HashSet<AdvocateId>,
    /// `None` where they stay.
    pub rules: Option<Rules>,
    /// So many new advocates for each of some segments, all at accounts of their own.
    pub add: &'a [(u32, u32)],
    /// The needs stand on other days than today's.
    pub are_needs_moved: bool,
}

fn added(
    add: &[(u32, u32)],
    (per_window, total): &(Vec<u32>, u32),
) -> impl Iterator<Item = Usable> {
    add.iter().map(|(segment, count)| Usable {
        account: Uuid::nil().into(),
        fits: vec![*segment],
        advocates: usize::try_from(*count).unwrap_or(0),
        per_window: per_window
            .iter()
            .map(|units| units.saturating_mul(*count))
            .collect(),
        total: total.saturating_mul(*count),
    })
}

/// Needs until the last window's end, which take their uses before any deal does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NeedsServed {
    /// Reference accounts that they ask for, and how many of them the rules leave room for.
    pub wanted: i64,
    pub served: i64,
}

impl NeedsServed {
    fn count(pipeline: &Pipeline, served: &[usize]) -> Self {
        let needs = pipeline.needs_within(pipeline.window_ends.last().copied().unwrap_or(0));
        let served = served.iter().take(needs.len()).sum::<usize>();
        Self {
            wanted: needs.iter().map(|need| need.wanted).sum(),
            served: i64::try_from(served).unwrap_or(i64::MAX),
        }
    }
}

/// An account that can be used.
#[derive(Clone)]
pub(super) struct Usable {
    pub account: AccountId,
    /// Numbers of the segments that one of its advocates fits, rising.
    pub fits: Vec<u32>,
    /// Its advocates who can be asked.
    pub advocates: usize,
    /// Units in each window and in all, in thousandths of a reference.
    pub per_window: Vec<u32>,
    pub total: u32,
}

/// Everybody who can be asked for an activity, with what they can give.
pub(super) async fn read(
    app: &App,
    actor: &Actor,
    pipeline: &Pipeline,
    activity: Activity,
    with_unverified: bool,
) -> Result<Supply, Error> {
    let as_of = pipeline.forecast.as_of;
    let rules = setting::read::<Rules>(&app.store).await?.value;
    let answers = storage::pipeline::answers(&app.store).await?;
    let acceptance = acceptance(answers, pipeline.assumptions.acceptance_rate);
    let verified_from = as_of.plus_days(-pipeline.assumptions.verified_days);
    let days = (as_of, verified_from);
    let placing = Placing::read(app, actor, pipeline, days).await?;
    let nobody = HashSet::new();
    let reserved = placing.place(&pipeline.taxonomy, &pipeline.needs, &rules, &nobody);
    let sees_restricted = policy::sees_restricted(actor);
    let mut by_account = Crowd::new();
    let (mut advocates, mut unverified) = (0, 0);
    let fitting = Fitting::new(pipeline);
    let mut unverified_by_segment: HashMap<u32, usize> = HashMap::new();
    let everybody = pipeline.ground.accounts.iter();
    let everybody =
        everybody.flat_map(|(id, account)| account.people.iter().map(move |one| (id, one)));
    for (account, person) in everybody {
        let is_hidden = person.is_restricted && !sees_restricted;
        if is_hidden || !protection::is_open_to(&person.member, activity, as_of) {
            continue;
        }
        let is_verified = person.verified_on.is_some_and(|day| day >= verified_from);
        unverified += usize::from(!is_verified);
        let mut fits = fitting.segments_of(pipeline, &person.held);
        fits.extend(goals_of(pipeline, &person.held));
        if !is_verified && !with_unverified {
            for segment in fits {
                *unverified_by_segment.entry(segment).or_default() += 1;
            }
            continue;
        }
        advocates += 1;
        let mut member = person.member.clone();
        let needed = reserved.uses.get(&account);
        member
            .occupied
            .extend(needed.into_iter().flatten().cloned());
        let own = by_account.entry(account).or_default();
        own.push((member, fits));
    }
    let ends = &pipeline.window_ends;
    let given = Given::new(&rules, activity, as_of, ends, acceptance.rate);
    let accounts = by_account
        .iter()
        .filter_map(|(account, people)| given.usable(*account, people.clone()))
        .collect();
    Ok(Supply {
        accounts,
        speaking: Speaking::count(&pipeline.ground, as_of),
        needs: NeedsServed::count(pipeline, &reserved.served),
        advocates,
        unverified,
        unverified_by_segment,
        acceptance,
        of_a_recruit: of_a_recruit(&rules, activity, as_of, ends),
        crowd: Arc::new(by_account),
        placing: Arc::new(placing),
        reserved: Arc::new(reserved.uses),
        rules,
    })
}

/// Whether somebody in this state counts as supply, now or after a pause.
pub(super) fn speaks(status: AdvocateStatus) -> bool {
    matches!(status, AdvocateStatus::Active | AdvocateStatus::Paused)
}

/// What accounts are held against to say what they give.
struct Given<'a> {
    rules: &'a Rules,
    activity: Activity,
    as_of: Day,
    window_ends: &'a [i64],
    acceptance: f64,
}

impl<'a> Given<'a> {
    fn new(
        rules: &'a Rules,
        activity: Activity,
        as_of: Day,
        window_ends: &'a [i64],
        acceptance: f64,
    ) -> Self {
        Self {
            rules,
            activity,
            as_of,
            window_ends,
            acceptance,
        }
    }

    /// `None` for an account that can give nothing.
    fn usable(&self, account: AccountId, people: Vec<(Member, BTreeSet<u32>)>) -> Option<Usable> {
        let (members, fits): (Vec<Member>, Vec<BTreeSet<u32>>) = people.into_iter().unzip();
        let fits: BTreeSet<u32> = fits.into_iter().flatten().collect();
        let given = uses(
            self.rules,
            &members,
            self.activity,
            self.as_of,
            self.window_ends,
        );
        let (per_window, total) = given.units(self.acceptance);
        (total > 0).then(|| Usable {
            account,
            fits: fits.into_iter().collect(),
            advocates: members.len(),
            per_window,
            total,
        })
    }
}

/// Everybody who is an advocate, for any activity, paused or not.
#[derive(Clone, Copy)]
pub(super) struct Speaking {
    pub advocates: usize,
    /// Their accounts.
    pub accounts: usize,
}

impl Speaking {
    fn count(ground: &Ground, as_of: Day) -> Self {
        let accounts = ground.accounts.iter().map(|(_, account)| {
            let people = account.people.iter();
            people.filter(|one| speaks(one.status_on(as_of))).count()
        });
        accounts.fold(
            Self {
                advocates: 0,
                accounts: 0,
            },
            |sum, speaking| Self {
                advocates: sum.advocates + speaking,
                accounts: sum.accounts + usize::from(speaking > 0),
            },
        )
    }
}

/// What one new advocate at a new account could give.
fn of_a_recruit(rules: &Rules, activity: Activity, as_of: Day, window_ends: &[i64]) -> Uses {
    let recruit = [nobody_yet(activity, as_of)];
    uses(rules, &recruit, activity, as_of, window_ends)
}

/// An advocate without a past, who agreed to the activity and set no limits.
fn nobody_yet(activity: Activity, from: Day) -> Member {
    Member {
        advocate: Uuid::nil().into(),
        account: Uuid::nil().into(),
        status: AdvocateStatus::Active,
        left_on: None,
        consents: vec![Consent {
            kind: ConsentKind::Given,
            activity: None,
            valid_from: from,
            valid_until: None,
        }],
        willing: vec![Willingness {
            activity,
            limit_per_year: None,
        }],
        limit_per_year: None,
        limit_per_quarter: None,
        locks: Vec::new(),
        occupied: Vec::new(),
        no_go: Vec::new(),
        related: Vec::new(),
    }
}

fn acceptance(answers: storage::pipeline::Answers, set: f64) -> Learned {
    let count = |number: i64| usize::try_from(number).unwrap_or(0);
    Learned::share_or(count(answers.accepted), count(answers.asked), set)
}
