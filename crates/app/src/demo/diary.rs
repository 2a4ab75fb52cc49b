//! Who can be asked on a day of the made-up past, and who was: few are asked for everything.

use std::collections::{HashMap, HashSet};

use domain::{activity::Activity, advocate::AdvocateStatus, time::Day};

use super::{
    chance::{Chance, Urn},
    requests::World,
};

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

/// Who is spared for an open deal was not asked for this long.
const SPARED_DAYS: i64 = 120;
const REST_DAYS: i64 = 30;
const YEAR_CAP: usize = 6;
const OVERUSED: usize = 6;

impl Diary {
    pub(super) fn open(world: &World<'_>, chance: &mut Chance) -> Self {
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
        let is_spared = world.pipeline.spared.contains(&profile.account);
        if is_spared && world.calendar.today.days_since(day) < SPARED_DAYS {
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

    /// The last to join who can be asked on a day, at an account without an open ask.
    pub(super) fn last_free(
        &self,
        world: &World<'_>,
        activity: Activity,
        day: Day,
    ) -> Option<usize> {
        let is_free = |place: &usize| !self.reserved.contains(&world.pool.profiles[*place].account);
        (0..world.pool.advocates.len()).rev().find(|place| {
            world.pool.advocates[*place].status == AdvocateStatus::Active
                && self.can(world, *place, activity, day)
                && is_free(place)
        })
    }

    /// Takes an account for an open ask; `false` when it has one.
    pub(super) fn reserve(&mut self, account: usize) -> bool {
        self.reserved.insert(account)
    }
}
