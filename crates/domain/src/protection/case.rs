//! One ask to one advocate, judged rule by rule. Each rule is written once, here; the callers only
//! differ in what they do with a refusal, so that the short answers cannot drift from the long one.

use std::ops::ControlFlow::{self, Break, Continue};

use super::{
    Ask, Availability, Conflict, Load, Member, NEXT_FREE_DAYS_MAX, Occupied, QUARTER_DAYS, Refusal,
    Relation, Rules, YEAR_DAYS,
    calendar::{DAYS_MAX, earliest, number},
};
use crate::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent,
    id::{AdvocateId, CandidateId},
    time::Day,
};

pub(super) struct Case<'a> {
    rules: &'a Rules,
    member: &'a Member,
    ask: &'a Ask,
}

/// No more than `cap` entries in any `days` consecutive days.
#[derive(Clone, Copy)]
struct Limit {
    kind: LimitKind,
    cap: i64,
    days: i64,
}

#[derive(Clone, Copy)]
enum LimitKind {
    AccountCap,
    AdvocateCap,
    OwnOfActivity,
    Own,
}

/// One account cap, one advocate cap, and the advocate's own three.
const LIMITS: usize = 5;

impl Limit {
    /// Where no limit is set, the cap is out of reach.
    fn new(kind: LimitKind, cap: Option<i64>, days: i64) -> Self {
        Self {
            kind,
            cap: cap.unwrap_or(i64::MAX),
            days: days.clamp(1, DAYS_MAX),
        }
    }

    fn counts(&self, entry: &Occupied, advocate: AdvocateId, activity: Activity) -> bool {
        match self.kind {
            LimitKind::AccountCap => entry.activity == activity,
            LimitKind::AdvocateCap | LimitKind::Own => entry.advocate == advocate,
            LimitKind::OwnOfActivity => entry.advocate == advocate && entry.activity == activity,
        }
    }

    fn refusal(&self, activity: Activity) -> Refusal {
        let Self { kind, cap, days } = *self;
        let own = |activity| Refusal::OwnLimit {
            limit: cap,
            days,
            activity,
        };
        match kind {
            LimitKind::AccountCap => Refusal::AccountCap { cap, days },
            LimitKind::AdvocateCap => Refusal::AdvocateCap { cap, days },
            LimitKind::OwnOfActivity => own(Some(activity)),
            LimitKind::Own => own(None),
        }
    }
}

/// What refusals add up to.
#[derive(Clone, Copy, Default)]
pub(super) struct Weight {
    passes_with_time: bool,
    owner_may_lift: bool,
    stays: bool,
}

impl Weight {
    pub(super) fn add(&mut self, refusal: Refusal) {
        if refusal.passes_with_time() {
            self.passes_with_time = true;
        } else if refusal.owner_may_lift() {
            self.owner_may_lift = true;
        } else {
            self.stays = true;
        }
    }

    pub(super) fn availability(
        self,
        is_rush: bool,
        next_free: impl FnOnce() -> Option<Day>,
    ) -> Availability {
        match (self.stays, self.passes_with_time, self.owner_may_lift) {
            (true, _, _) | (false, true, true) => Availability::Blocked,
            (false, true, false) => {
                next_free().map_or(Availability::Blocked, Availability::RestsUntil)
            }
            (false, false, true) => Availability::AskOwner,
            (false, false, false) if is_rush => Availability::AskOwner,
            (false, false, false) => Availability::Free,
        }
    }
}

impl<'a> Case<'a> {
    pub(super) fn new(rules: &'a Rules, member: &'a Member, ask: &'a Ask) -> Self {
        Self { rules, member, ask }
    }

    pub(super) fn is_rush(&self) -> bool {
        let rules = self.rules.activities.of(self.ask.activity);
        number(self.ask.day) < earliest(number(self.ask.today), rules.notice, rules.notice_unit)
    }

    pub(super) fn all_refusals(&self) -> Vec<Refusal> {
        let mut all = Vec::new();
        let _ = self.refusals(self.ask.day, &mut |refusal, _| {
            all.push(refusal);
            Continue(())
        });
        all
    }

    pub(super) fn weight(&self) -> Weight {
        let mut weight = Weight::default();
        let _ = self.refusals(self.ask.day, &mut |refusal, _| {
            weight.add(refusal);
            if weight.stays {
                Break(())
            } else {
                Continue(())
            }
        });
        weight
    }

    pub(super) fn can_be_had(&self) -> bool {
        let found = self.refusals(self.ask.day, &mut |refusal, _| {
            if refusal.owner_may_lift() {
                Continue(())
            } else {
                Break(())
            }
        });
        found.is_continue()
    }

    /// The worst window of each limit decides.
    pub(super) fn uses_left(&self) -> i64 {
        let day = number(self.ask.day);
        let left = self.limits().into_iter().map(|limit| {
            let limit = &limit;
            let starts = self.entries(limit).filter(|start| *start <= day);
            let starts = starts.filter(|start| day < start + limit.days).chain([day]);
            let fullest = starts.map(|start| self.count(limit, start, start + limit.days - 1));
            limit.cap.saturating_sub(fullest.max().unwrap_or(0))
        });
        left.min().unwrap_or(0).max(0)
    }

    /// Leaps from the end of one refusal to the next, never past a free day.
    pub(super) fn next_free(&self) -> Option<Day> {
        let first = self.ask.day.max(self.ask.today);
        let last = first.plus_days(NEXT_FREE_DAYS_MAX);
        let mut day = first;
        while day <= last {
            let mut next = number(day);
            let refused = self.refusals(day, &mut |_, ends| match ends {
                Some(end) => {
                    next = next.max(end);
                    Continue(())
                }
                None => Break(()),
            });
            if refused.is_break() {
                return None;
            }
            if next == number(day) {
                return Some(day);
            }
            let later = day.plus_days(next - number(day));
            if later <= day {
                return None;
            }
            day = later;
        }
        None
    }

    /// Reports each refusal on `day` with the first day on which it may be over; every day before
    /// that one is refused by the same rule. `None` does not pass with time.
    fn refusals(
        &self,
        day: Day,
        report: &mut impl FnMut(Refusal, Option<i64>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.refusals_of_standing(day, report)?;
        self.refusals_of_use(number(day), report)
    }

    fn refusals_of_standing(
        &self,
        day: Day,
        report: &mut impl FnMut(Refusal, Option<i64>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Self { member, ask, .. } = self;
        if day < ask.today {
            report(Refusal::DayIsPast, Some(number(ask.today)))?;
        }
        if !is_active(member) {
            report(Refusal::NotActive(member.status), None)?;
        }
        if let Some(on) = left_by(member, day) {
            report(Refusal::Departed { on }, None)?;
        }
        if !consent::allows(&member.consents, ask.activity, day) {
            let begins = member.consents.iter().map(|entry| entry.valid_from);
            let next = begins.filter(|begin| *begin > day).min();
            report(Refusal::NoConsent, next.map(number))?;
        }
        if !is_willing(member, ask.activity) {
            report(Refusal::NotWilling, None)?;
        }
        for lock in &member.locks {
            if lock.from <= day && lock.until.is_none_or(|until| day <= until) {
                let refusal = Refusal::Locked {
                    reason: lock.reason,
                    until: lock.until,
                };
                report(refusal, lock.until.map(|until| number(until) + 1))?;
            }
        }
        for conflict in Conflict::ALL {
            if self.has_conflict(*conflict) {
                report(Refusal::Conflict(*conflict), None)?;
            }
        }
        Continue(())
    }

    fn has_conflict(&self, conflict: Conflict) -> bool {
        let Some(prospect) = self.ask.prospect else {
            return false;
        };
        let related = |relation| self.member.related.contains(&(prospect, relation));
        match conflict {
            Conflict::NoGo => self.member.no_go.contains(&prospect),
            Conflict::Competitor => related(Relation::Competitor),
            Conflict::SameGroup => prospect == self.member.account || related(Relation::SameGroup),
        }
    }

    fn refusals_of_use(
        &self,
        day: i64,
        report: &mut impl FnMut(Refusal, Option<i64>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        // One pass finds the rests and how many entries could share a window with the day at all;
        // windows are only looked into where these reach the cap.
        let limits = self.limits();
        let own_rest = rest(self.rules, self.ask.activity);
        let mut near = [0; LIMITS];
        let mut rests_until = None;
        for entry in occupied(self.member, self.ask.except) {
            let at = number(entry.day);
            for (limit, near) in limits.iter().zip(&mut near) {
                let shares = (at - day).abs() < limit.days;
                *near += i64::from(shares && self.is_counted(limit, entry));
            }
            if entry.advocate == self.member.advocate {
                let rest = rest(self.rules, entry.activity);
                // Both ways: rest after the other use, and rest after this one before the other.
                if (at <= day && day < at + rest) || (day <= at && at < day + own_rest) {
                    // A later use without a rest of its own is in the way until its day is over.
                    rests_until = rests_until.max(Some(at + rest.max(1)));
                }
            }
        }
        for (limit, near) in limits.iter().zip(near) {
            if limit.cap <= 0 {
                report(limit.refusal(self.ask.activity), None)?;
            } else if near >= limit.cap
                && let Some(end) = self.full_until(limit, day)
            {
                report(limit.refusal(self.ask.activity), Some(end))?;
            }
        }
        if let Some(end) = rests_until {
            let until = self.ask.day.plus_days(end - number(self.ask.day));
            report(Refusal::Resting { until }, Some(end))?;
        }
        Continue(())
    }

    /// When some window that contains the day is full: the first day after the last such window.
    fn full_until(&self, limit: &Limit, day: i64) -> Option<i64> {
        let near = self.entries(limit);
        let near = near.filter(|first| (first - day).abs() < limit.days);
        // A window that begins with an entry holds the most. It has to reach back to the day.
        let full = near.filter(|first| {
            let last = (*first).min(day) + limit.days - 1;
            self.count(limit, *first, last) >= limit.cap
        });
        full.map(|first| first + limit.days).max()
    }

    fn limits(&self) -> [Limit; LIMITS] {
        let (rules, member, activity) = (self.rules, self.member, self.ask.activity);
        let of_activity = rules.activities.of(activity);
        let willing = member.willing.iter().filter(|to| to.activity == activity);
        let own = willing.filter_map(|to| to.limit_per_year).min();
        let (cap, days) = (of_activity.account_cap, of_activity.account_cap_days);
        let uses = Some(rules.uses_per_advocate);
        [
            Limit::new(LimitKind::AccountCap, cap, days),
            Limit::new(LimitKind::AdvocateCap, uses, rules.uses_window_days),
            Limit::new(LimitKind::OwnOfActivity, own, YEAR_DAYS),
            Limit::new(LimitKind::Own, member.limit_per_year, YEAR_DAYS),
            Limit::new(LimitKind::Own, member.limit_per_quarter, QUARTER_DAYS),
        ]
    }

    fn count(&self, limit: &Limit, first: i64, last: i64) -> i64 {
        let within = self.entries(limit);
        within.map(|at| i64::from(first <= at && at <= last)).sum()
    }

    fn entries(&self, limit: &Limit) -> impl Iterator<Item = i64> + '_ {
        let limit = *limit;
        occupied(self.member, self.ask.except)
            .filter(move |entry| self.is_counted(&limit, entry))
            .map(|entry| number(entry.day))
    }

    fn is_counted(&self, limit: &Limit, entry: &Occupied) -> bool {
        limit.counts(entry, self.member.advocate, self.ask.activity)
    }
}

pub(super) fn is_active(member: &Member) -> bool {
    member.status == AdvocateStatus::Active
}

/// The day on which they left, when that day has come by `day`.
pub(super) fn left_by(member: &Member, day: Day) -> Option<Day> {
    member.left_on.filter(|left| *left <= day)
}

pub(super) fn is_willing(member: &Member, activity: Activity) -> bool {
    member.willing.iter().any(|to| to.activity == activity)
}

pub(super) fn load(rules: &Rules, member: &Member, ask: &Ask) -> Load {
    let day = number(ask.day);
    let days = rules.uses_window_days.clamp(1, DAYS_MAX);
    let given: i64 = occupied(member, ask.except)
        .filter(|entry| entry.advocate == member.advocate)
        .map(|entry| i64::from((number(entry.day) - day).abs() < days))
        .sum();
    let own = member.limit_per_year.unwrap_or(i64::MAX);
    let cap = rules.uses_per_advocate.min(own);
    if given.saturating_mul(3) < cap {
        Load::Low
    } else if given.saturating_mul(3) < cap.saturating_mul(2) {
        Load::Medium
    } else {
        Load::High
    }
}

fn occupied(member: &Member, except: Option<CandidateId>) -> impl Iterator<Item = &Occupied> {
    let others = move |entry: &&Occupied| except.is_none() || entry.candidate != except;
    member.occupied.iter().filter(others)
}

fn rest(rules: &Rules, activity: Activity) -> i64 {
    rules.rest_after(activity).clamp(0, DAYS_MAX)
}
