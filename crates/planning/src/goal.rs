//! Growth goals: what more revenue in a period asks of the sales process, in deals and references.
//!
//! Decides what a sentence says of period, change and company size, and what follows from a goal.
//! Refuses to know which words name an industry or a region, and where revenue is read from.

use domain::time::Day;

use crate::{
    count::number,
    demand::{Learned, PRIOR_DEALS},
};

mod sentence;

pub use sentence::{Said, is_usual, read};

/// The largest change by a share: a hundred times as much on top.
pub const SHARE_MAX: f64 = 100.0;
/// The longest period, in days: three years.
pub const PERIOD_DAYS_MAX: i64 = 1_096;

/// From a day to another, both within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub first: Day,
    pub last: Day,
}

impl Period {
    /// Days in it, both ends counted; below 1 where it ends before it begins.
    pub fn days(self) -> i64 {
        self.last.days_since(self.first) + 1
    }

    /// The same days a year before.
    #[must_use]
    pub fn year_before(self) -> Self {
        let before = |day: Day| Day(day.0.saturating_sub(jiff::Span::new().years(1)));
        Self {
            first: before(self.first),
            last: before(self.last),
        }
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// How revenue is to change against the same period a year before. Money is in minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Grow by this share: 0.2 for a fifth more. Above 0.
    Share(f64),
    /// Grow by this much.
    By(u64),
    /// Come to this much.
    To(u64),
}

/// What has been won among the deals that a goal is about, and among all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    pub won: usize,
    pub lost: usize,
    /// Won deals with an amount, and their minor units in all.
    pub priced: usize,
    pub money: u64,
}

/// A sales process as the deals of a goal go through it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Process {
    /// Mean minor units of a won deal.
    pub deal_size: Learned,
    /// Won deals of all closed.
    pub win_rate: Learned,
}

impl Process {
    /// Learns from the deals that the goal is about, drawn towards all deals where they are few: the
    /// overall figure weighs as much as [`PRIOR_DEALS`] deals. `None` where nothing was ever won with
    /// an amount.
    pub fn learn(own: Closed, all: Closed) -> Option<Self> {
        let drawn = |part: f64, count: usize, overall: f64| Learned {
            rate: (part + PRIOR_DEALS * overall) / (number(count) + PRIOR_DEALS),
            n: count,
        };
        let decided = all.won + all.lost;
        if all.priced == 0 || all.money == 0 || decided == 0 {
            return None;
        }
        let overall_size = amount(all.money) / number(all.priced);
        let overall_rate = number(all.won) / number(decided);
        Some(Self {
            deal_size: drawn(amount(own.money), own.priced, overall_size),
            win_rate: drawn(number(own.won), own.won + own.lost, overall_rate),
        })
    }
}

/// What a goal asks for. Counts are expected values, unrounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// Minor units to win in the period.
    pub target: u64,
    /// Of those, what goes beyond the year before; 0 where the goal is below it.
    pub more: u64,
    /// Deals still to win: what is not won yet / deal size.
    pub wins: f64,
    /// Deals to work on: wins / win rate.
    pub opportunities: f64,
    /// Requests: opportunities x need rate x references of an asking deal.
    pub requests: f64,
}

/// What a goal starts from, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// What the same period brought a year before.
    pub earned: u64,
    /// What the period itself has brought so far.
    pub won: u64,
}

/// What follows from a goal. `need_rate` is the share of opportunities that ask, from 0 to 1, and
/// `references` what one that asks asks for.
pub fn asked(
    change: Change,
    start: Start,
    process: &Process,
    need_rate: f64,
    references: f64,
) -> Asked {
    let earned = start.earned;
    let target = match change {
        Change::Share(share) => earned.saturating_add(minor(amount(earned) * share)),
        Change::By(more) => earned.saturating_add(more),
        Change::To(total) => total,
    };
    let wins = amount(target.saturating_sub(start.won)) / process.deal_size.rate;
    let opportunities = wins / process.win_rate.rate;
    Asked {
        target,
        more: target.saturating_sub(earned),
        wins,
        opportunities,
        requests: opportunities * need_rate * references,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an amount beyond 53 bits of minor units loses less than its last digit"
)]
fn amount(minor: u64) -> f64 {
    minor as f64
}

/// The share of a period's needs that fall within so many days from `as_of` on, from 0 to 1. A need
/// falls `lead` days before a close, at the earliest on `as_of`; they spread evenly over the days left.
pub fn share_within(period: Period, lead: i64, as_of: Day, days: i64) -> f64 {
    let first = period.first.plus_days(-lead).max(as_of);
    let last = period.last.plus_days(-lead).max(first);
    let all = last.days_since(first) + 1;
    let within = as_of.plus_days(days).days_since(first).clamp(0, all);
    let number = |days: i64| f64::from(i32::try_from(days).unwrap_or(i32::MAX));
    number(within) / number(all)
}

/// The whole minor units nearest to a value; none below 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is brought to 0 and above, and casting stops at the largest number"
)]
pub fn minor(value: f64) -> u64 {
    value.max(0.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn day(year: i16, month: i8, day: i8) -> Day {
        Day(jiff::civil::date(year, month, day))
    }

    #[test]
    fn a_fifth_more_of_ten_deals_asks_for_twelve_wins_and_their_references() {
        let closed = Closed {
            won: 500,
            lost: 1_500,
            priced: 500,
            money: 50_000_000,
        };
        let process = Process::learn(closed, closed).expect("something was won");
        assert!((process.deal_size.rate - 100_000.0).abs() < 1e-6);
        assert!((process.win_rate.rate - 0.25).abs() < 1e-9);

        let start = Start {
            earned: 1_000_000,
            won: 0,
        };
        let goal = asked(Change::Share(0.2), start, &process, 0.5, 2.0);

        assert_eq!((goal.target, goal.more), (1_200_000, 200_000));
        assert!((goal.wins - 12.0).abs() < 1e-9);
        assert!((goal.opportunities - 48.0).abs() < 1e-9);
        assert!((goal.requests - 48.0).abs() < 1e-9);

        // A third of it is won already: two thirds are left to ask for.
        let begun = Start {
            won: 400_000,
            ..start
        };
        let left = asked(Change::Share(0.2), begun, &process, 0.5, 2.0);
        assert_eq!(left.target, goal.target);
        assert!((left.requests - 32.0).abs() < 1e-9);
    }

    #[test]
    fn a_goal_that_is_won_already_asks_for_nobody() {
        let closed = Closed {
            won: 10,
            lost: 10,
            priced: 10,
            money: 1_000,
        };
        let process = Process::learn(closed, closed).expect("something was won");
        let start = Start {
            earned: 1_000,
            won: 500,
        };
        let goal = asked(Change::To(400), start, &process, 0.5, 1.0);
        assert_eq!((goal.target, goal.more), (400, 0));
        assert!(goal.requests.abs() < f64::EPSILON, "it is reached already");
    }

    #[test]
    fn few_deals_of_its_own_are_drawn_towards_all() {
        let all = Closed {
            won: 50,
            lost: 50,
            priced: 50,
            money: 5_000,
        };
        let own = Closed {
            won: 1,
            lost: 0,
            priced: 1,
            money: 1_000,
        };
        let process = Process::learn(own, all).expect("something was won");
        assert!(process.win_rate.rate > 0.5 && process.win_rate.rate < 0.6);
        assert!(process.deal_size.rate > 100.0 && process.deal_size.rate < 250.0);
        assert_eq!((process.win_rate.n, process.deal_size.n), (1, 1));
    }

    #[test]
    fn nothing_is_learned_where_nothing_was_won() {
        let all = Closed {
            lost: 30,
            ..Closed::default()
        };
        assert_eq!(Process::learn(Closed::default(), all), None);
    }

    #[test]
    fn the_needs_of_a_period_come_before_it_and_spread_over_the_days_left() {
        let period = Period {
            first: day(2026, 7, 1),
            last: day(2026, 9, 30),
        };
        let share = |as_of, days| share_within(period, 30, as_of, days);
        // Needed from 1 June to 31 August, 92 days.
        assert!(share(day(2026, 5, 1), 31).abs() < 1e-12);
        assert!((share(day(2026, 5, 1), 31 + 46) - 0.5).abs() < 1e-12);
        assert!((share(day(2026, 5, 1), 365) - 1.0).abs() < 1e-12);
        // Of it, 62 days are left on 1 July, and one at its end.
        assert!((share(day(2026, 7, 1), 31) - 0.5).abs() < 1e-12);
        assert!((share(day(2026, 9, 29), 1) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_year_before_a_leap_day_is_the_last_of_february() {
        let period = Period {
            first: day(2028, 2, 1),
            last: day(2028, 2, 29),
        };
        let before = period.year_before();
        assert_eq!(
            (before.first, before.last),
            (day(2027, 2, 1), day(2027, 2, 28))
        );
    }
}
