//! What a head count of new advocates would meet: how many of them demand would ever ask.
//!
//! Decides it for one profile from what is missing there, and reads the ways in which people set such a
//! goal. Refuses to know who the advocates would be.

use std::str::FromStr;

/// Thousandths in a whole.
const MILLI: u64 = 1_000;

/// The largest head count that is weighed.
pub const COUNT_MAX: u64 = 100_000;
/// Thousandths of a percent in a whole.
const WHOLE: u64 = 100_000;
/// The largest growth that is weighed, in thousandths of a percent: a hundred times as many.
const GROWTH_MAX: u64 = 100 * WHOLE;

/// A head count as people set it. Shares are in thousandths of a percent, so that they stay exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// So many new references: `+100` or `100`.
    More(u64),
    /// So many more than there are: `+20 %`.
    Growth(u64),
    /// So many of the customers: `25 %`.
    OfCustomers(u64),
}

/// The program as it stands, which a goal in percent refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub advocates: u64,
    pub customers: u64,
    /// Customers with an advocate.
    pub speaking: u64,
}

/// The text is no head count, or one out of bounds: 1 to 100,000 new ones, above 0 up to 10,000 %
/// more, or above 0 up to 100 % of the customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAGoal;

impl FromStr for Goal {
    type Err = NotAGoal;

    fn from_str(text: &str) -> Result<Self, NotAGoal> {
        let text = text.trim();
        let (is_more, text) = match text.strip_prefix('+') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let Some(percent) = text.strip_suffix('%') else {
            let digits: String = text
                .chars()
                .filter(|one| !matches!(one, ',' | ' '))
                .collect();
            let count = whole(&digits)?;
            return bounded(count, COUNT_MAX).map(Self::More);
        };
        let percent = percent.trim_end();
        let (units, fraction) = percent.split_once(['.', ',']).unwrap_or((percent, "0"));
        if fraction.len() > 3 {
            return Err(NotAGoal);
        }
        let share = whole(units)? * MILLI + whole(&format!("{fraction:0<3}"))?;
        if is_more {
            bounded(share, GROWTH_MAX).map(Self::Growth)
        } else {
            bounded(share, WHOLE).map(Self::OfCustomers)
        }
    }
}

/// At most nine digits, so that no sum of them overflows.
fn whole(digits: &str) -> Result<u64, NotAGoal> {
    let is_number =
        (1..=9).contains(&digits.len()) && digits.bytes().all(|one| one.is_ascii_digit());
    if !is_number {
        return Err(NotAGoal);
    }
    digits.parse().map_err(|_| NotAGoal)
}

fn bounded(value: u64, most: u64) -> Result<u64, NotAGoal> {
    if (1..=most).contains(&value) {
        Ok(value)
    } else {
        Err(NotAGoal)
    }
}

impl Goal {
    /// The new references that the goal asks for, rounded up. Of the customers, those who have an
    /// advocate already are there.
    pub fn new_references(self, standing: Standing) -> u64 {
        let part = |share: u64, of: u64| share.saturating_mul(of).div_ceil(WHOLE);
        match self {
            Self::More(count) => count,
            Self::Growth(share) => part(share, standing.advocates),
            Self::OfCustomers(share) => {
                part(share, standing.customers).saturating_sub(standing.speaking)
            }
        }
    }
}

/// What one new advocate can do in the days looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recruit {
    /// Times that the protection rules let them be used.
    pub uses: u32,
    /// References that come of one ask, in thousandths: the share of asks accepted.
    pub milli_per_ask: u32,
}

/// What new advocates of one profile would meet. All of it is nothing where nothing is missing, or
/// where nobody new may be used or accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prospect {
    /// Asks that a first new advocate would get, in thousandths: missing references / acceptance,
    /// and never more than their uses.
    pub milli_asks_of_next: u64,
    /// The most new advocates who would each be asked at least once: the asks, rounded down.
    pub asked_at_most: u64,
    /// New advocates who cover what is missing: missing references / (uses x acceptance), rounded up.
    /// None where not even the first would be asked once.
    pub enough: u64,
}

/// Holds new advocates of one profile against what is missing there, in thousandths of a reference.
pub fn prospect(milli_missing: u64, recruit: Recruit) -> Prospect {
    let gives = u64::from(recruit.uses) * u64::from(recruit.milli_per_ask);
    if gives == 0 {
        return Prospect::default();
    }
    let milli_asks = milli_missing.saturating_mul(MILLI) / u64::from(recruit.milli_per_ask);
    let asked_at_most = milli_asks / MILLI;
    Prospect {
        milli_asks_of_next: milli_asks.min(u64::from(recruit.uses) * MILLI),
        asked_at_most,
        enough: if asked_at_most == 0 {
            0
        } else {
            milli_missing.div_ceil(gives)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Goal, NotAGoal, Prospect, Recruit, Standing, prospect};

    const TWICE_AND_HALF_ACCEPT: Recruit = Recruit {
        uses: 2,
        milli_per_ask: 500,
    };

    #[test]
    fn a_goal_is_read_as_people_write_it() {
        for (text, goal) in [
            ("+100", Goal::More(100)),
            ("100", Goal::More(100)),
            (" + 1,000 ", Goal::More(1_000)),
            ("25 %", Goal::OfCustomers(25_000)),
            ("2.5%", Goal::OfCustomers(2_500)),
            ("+20 %", Goal::Growth(20_000)),
            ("+ 12,25%", Goal::Growth(12_250)),
        ] {
            assert_eq!(text.parse(), Ok(goal), "{text}");
        }
        for text in [
            "",
            "+",
            "%",
            "0",
            "-5",
            "many",
            "0 %",
            "101 %",
            "1.5",
            "2.%x",
            "1.2345 %",
            "100001",
            "+10001 %",
            "99999999999999999999",
            "9999999999 %",
        ] {
            assert_eq!(text.parse::<Goal>(), Err(NotAGoal), "{text}");
        }
    }

    #[test]
    fn a_share_counts_on_what_is_there() {
        let standing = Standing {
            advocates: 190,
            customers: 401,
            speaking: 90,
        };
        assert_eq!(Goal::More(100).new_references(standing), 100);
        assert_eq!(Goal::Growth(20_000).new_references(standing), 38);
        // A quarter of 401 is 100.25, so 101; 90 of them speak already.
        assert_eq!(Goal::OfCustomers(25_000).new_references(standing), 11);
        assert_eq!(Goal::OfCustomers(10_000).new_references(standing), 0);
    }

    #[test]
    fn three_missing_references_take_six_asks_and_three_advocates_who_give_one_each() {
        let expected = Prospect {
            milli_asks_of_next: 2_000,
            asked_at_most: 6,
            enough: 3,
        };
        assert_eq!(prospect(3_000, TWICE_AND_HALF_ACCEPT), expected);
    }

    #[test]
    fn an_advocate_who_would_be_asked_less_than_once_is_not_worth_recruiting() {
        let expected = Prospect {
            milli_asks_of_next: 800,
            asked_at_most: 0,
            enough: 0,
        };
        assert_eq!(prospect(400, TWICE_AND_HALF_ACCEPT), expected);
        assert_eq!(prospect(500, TWICE_AND_HALF_ACCEPT).asked_at_most, 1);
    }

    #[test]
    fn nobody_is_needed_where_nothing_is_missing_or_nobody_new_can_be_used() {
        let unused = Recruit {
            uses: 0,
            ..TWICE_AND_HALF_ACCEPT
        };
        let refusing = Recruit {
            milli_per_ask: 0,
            ..TWICE_AND_HALF_ACCEPT
        };
        for (missing, recruit) in [
            (0, TWICE_AND_HALF_ACCEPT),
            (9_000, unused),
            (9_000, refusing),
        ] {
            assert_eq!(prospect(missing, recruit), Prospect::default());
        }
    }
}
