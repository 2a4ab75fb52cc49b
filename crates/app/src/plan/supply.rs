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
    protection::{Member, Rules, Willingness},
    time::Day,
};
use planning::{
    demand::Learned,
    supply::{Uses, uses},
};
use uuid::Uuid;

use super::{
    gaps::Solved,
    ground::Ground,
    needs::{Placing, Reserved},
    pipeline::Pipeline,
};
use crate::{App, error::Error, setting};

mod fitting;
mod held;

pub(super) use fitting::Fitting;
use held::{Desk, Held};

/// Accounts with those who can be asked there.
type Crowd = BTreeMap<AccountId, Arc<Held>>;

/// The usable accounts.
pub(super) struct Supply {
    pub accounts: Vec<Usable>,
    /// Shared with scenarios, and with the next plan where nothing changed.
    crowd: Arc<Crowd>,
    placing: Arc<Placing>,
    /// What needs take today.
    reserved: Arc<Reserved>,
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
        let mut members = self.crowd.values().flat_map(|account| &account.people);
        members.any(|(member, _)| member.advocate == advocate)
    }

    /// Advocates who can be asked and fit a segment, or a goal that is counted.
    pub fn advocates_of(&self, number: u32) -> usize {
        let members = self.crowd.values().flat_map(|account| &account.people);
        members.filter(|(_, fits)| fits.contains(&number)).count()
    }

    /// Who of an account can be asked and fits a segment, or whichever.
    pub fn fitting_at(
        &self,
        account: AccountId,
        segment: Option<u32>,
    ) -> impl Iterator<Item = AdvocateId> {
        let people = self.crowd.get(&account).into_iter();
        let people = people.flat_map(|held| &held.people);
        let fitting = people.filter(move |(_, fits)| is_among(fits, segment));
        fitting.map(|(member, _)| member.advocate)
    }

    /// Accounts with somebody who can be asked, or who waits to be verified.
    pub fn known_accounts(&self) -> impl Iterator<Item = AccountId> {
        let known = self.crowd.iter();
        let known = known.filter(|(_, held)| !(held.people.is_empty() && held.left_out.is_empty()));
        known.map(|(account, _)| *account)
    }

    /// Who of an account can be asked, and who was left out as unverified; `None` where there is nobody.
    pub fn people_at(&self, account: AccountId) -> Option<(Vec<AdvocateId>, Vec<AdvocateId>)> {
        let held = self.crowd.get(&account)?;
        let people = held.people.iter().map(|(member, _)| member.advocate);
        let left_out = held.left_out.iter().map(|(advocate, _)| *advocate);
        let both: (Vec<_>, Vec<_>) = (people.collect(), left_out.collect());
        (!(both.0.is_empty() && both.1.is_empty())).then_some(both)
    }

    /// Who fits a segment, or whichever, and was left out as unverified.
    pub fn left_out_of(&self, segment: Option<u32>) -> impl Iterator<Item = AdvocateId> {
        let left_out = self.crowd.values().flat_map(|held| &held.left_out);
        let fitting = left_out.filter(move |(_, fits)| is_among(fits, segment));
        fitting.map(|(advocate, _)| *advocate)
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
            self.placing.place(open, &rules, lost)
        });
        let reserved = &placed.as_ref().unwrap_or(&self.reserved).uses;
        let mut known: HashMap<AccountId, &Usable> = HashMap::new();
        known.extend(self.accounts.iter().map(|one| (one.account, one)));
        let mut accounts: Vec<Usable> = Vec::with_capacity(self.accounts.len() + add.len());
        for (account, held) in self.crowd.iter() {
            let people = &held.people;
            let stays = |(member, _): &&(Member, BTreeSet<u32>)| !lost.contains(&member.advocate);
            let staying = people.iter().filter(stays).count();
            let (before, after) = (self.reserved.uses.get(account), reserved.get(account));
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
            let left = Held::new(staying, &rules, activity, as_of, ends);
            accounts.extend(left.usable(*account, self.acceptance.rate));
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

fn is_among(fits: &BTreeSet<u32>, segment: Option<u32>) -> bool {
    segment.is_none_or(|number| fits.contains(&number))
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

/// Everybody who can be asked for an activity, with what they can give. What an account gives is taken over from
/// the plan before where nothing that it follows from has changed.
pub(super) async fn read(
    app: &App,
    sees_restricted: bool,
    pipeline: &Pipeline,
    (activity, with_unverified): (Activity, bool),
    before: Option<&Solved>,
) -> Result<Supply, Error> {
    let as_of = pipeline.forecast.as_of;
    let rules = setting::read::<Rules>(&app.store).await?.value;
    let answers = storage::pipeline::answers(&app.store).await?;
    let acceptance = acceptance(answers, pipeline.assumptions.acceptance_rate);
    let verified_from = as_of.plus_days(-pipeline.assumptions.verified_days);
    let placing = Placing::read(app, sees_restricted, pipeline, (as_of, verified_from)).await?;
    let ruled_alike = before
        .map(|one| &one.supply)
        .filter(|one| one.rules == rules);
    let reserved = match ruled_alike.filter(|one| one.placing.is_like(&placing)) {
        Some(one) => Arc::clone(&one.reserved),
        None => Arc::new(placing.place(&pipeline.needs, &rules, &HashSet::new())),
    };
    let known =
        ruled_alike.filter(|_| before.is_some_and(|one| reads_alike(&one.pipeline, pipeline)));
    let desk = Desk {
        fitting: Fitting::new(pipeline),
        pipeline,
        rules: &rules,
        activity,
        verified_from,
        with_unverified,
        sees_restricted,
    };
    let accounts = pipeline.ground.accounts.iter().map(|(id, source)| {
        let taken = reserved.uses.get(&id).map_or(&[][..], Vec::as_slice);
        let before = known.and_then(|supply| supply.crowd.get(&id));
        let same = before.filter(|before| before.is_of(source, taken));
        let held = same.map_or_else(|| Arc::new(desk.hold(source, taken)), Arc::clone);
        (id, held)
    });
    let crowd: Crowd = accounts.collect();
    let mut unverified_by_segment: HashMap<u32, usize> = HashMap::new();
    let left_out = crowd.values().flat_map(|held| &held.left_out);
    for segment in left_out.flat_map(|(_, fits)| fits) {
        *unverified_by_segment.entry(*segment).or_default() += 1;
    }
    let given = crowd.iter();
    let given = given.filter_map(|(account, held)| held.usable(*account, acceptance.rate));
    let ends = &pipeline.window_ends;
    Ok(Supply {
        accounts: given.collect(),
        speaking: Speaking::count(&pipeline.ground, as_of),
        needs: NeedsServed::count(pipeline, &reserved.served),
        advocates: crowd.values().map(|held| held.people.len()).sum(),
        unverified: crowd.values().map(|held| held.unverified).sum(),
        unverified_by_segment,
        acceptance,
        of_a_recruit: of_a_recruit(&rules, activity, as_of, ends),
        crowd: Arc::new(crowd),
        placing: Arc::new(placing),
        reserved,
        rules,
    })
}

/// Whether an account that stands as it stood gives the same to both: they ask for the same segments on the same day.
/// Goals that are counted have numbers of their own, which are not compared.
fn reads_alike(before: &Pipeline, now: &Pipeline) -> bool {
    let (was, is) = (&before.taxonomy, &now.taxonomy);
    before.forecast.as_of == now.forecast.as_of
        && before.window_ends == now.window_ends
        && before.assumptions.verified_days == now.assumptions.verified_days
        && before.segments == now.segments
        && before.goal_wants.is_empty()
        && now.goal_wants.is_empty()
        && was.facets() == is.facets()
        && was.terms() == is.terms()
}

/// Whether somebody in this state counts as supply, now or after a pause.
pub(super) fn speaks(status: AdvocateStatus) -> bool {
    matches!(status, AdvocateStatus::Active | AdvocateStatus::Paused)
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
