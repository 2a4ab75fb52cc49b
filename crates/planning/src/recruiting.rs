//! A recruiting target against what nominations yield: how many it will get, how many more it needs.
//!
//! Decides the forecast from counts and a rate. Refuses to know who was nominated.

/// Where the nominations of a target stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Advocates to recruit.
    pub wanted: u32,
    /// Nominees who became advocates.
    pub became: u32,
    /// Nominees who are not decided yet.
    pub under_way: u32,
}

/// What the nominations will come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Advocates that the nominations so far are expected to give: became + under way x yield.
    pub expected: f64,
    /// Nominations that are still needed: (wanted - expected) / yield, rounded up. `None` where
    /// nominations yield nothing.
    pub nominations_needed: Option<u32>,
}

/// Holds progress against the share of nominations that become advocates, from 0 to 1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is above 0, and casting stops at the largest number"
)]
pub fn outlook(progress: Progress, yields: f64) -> Outlook {
    let expected = f64::from(progress.became) + f64::from(progress.under_way) * yields;
    let missing = f64::from(progress.wanted) - expected;
    let nominations_needed = if missing <= 0.0 {
        Some(0)
    } else if yields > 0.0 {
        // What is left by rounding must not ask for one nomination more.
        Some((missing / yields - 1e-9).ceil().max(0.0) as u32)
    } else {
        None
    };
    Outlook {
        expected,
        nominations_needed,
    }
}

/// Whom a round asks about, and who has to wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Places of the customers, in the order given.
    pub ask: Vec<usize>,
    /// Customers passed over because their owner is asked as much as the limit allows.
    pub held_back: usize,
}

/// Picks the customers of a round, the best first: `most` at most, and of no owner more than `per_week` with those
/// that they were asked about in the last seven days. `owners` names each customer's owner by a place in `asked`.
pub fn round(owners: &[usize], asked: &[usize], per_week: usize, most: usize) -> Round {
    let mut asked = asked.to_vec();
    let mut round = Round::default();
    for (place, owner) in owners.iter().enumerate() {
        if round.ask.len() == most {
            break;
        }
        if asked[*owner] < per_week {
            asked[*owner] += 1;
            round.ask.push(place);
        } else {
            round.held_back += 1;
        }
    }
    round
}

#[cfg(test)]
mod tests {
    use super::{Outlook, Progress, Round, outlook, round};

    #[test]
    fn nominations_under_way_count_by_their_yield() {
        let progress = Progress {
            wanted: 5,
            became: 1,
            under_way: 4,
        };
        // One is there and two of four will be: two more take four more nominations.
        let expected = Outlook {
            expected: 3.0,
            nominations_needed: Some(4),
        };
        assert_eq!(outlook(progress, 0.5), expected);
        let third = outlook(
            Progress {
                wanted: 1,
                ..Progress::default()
            },
            0.3,
        );
        assert_eq!(third.nominations_needed, Some(4));
    }

    #[test]
    fn a_target_that_is_reached_needs_nobody_and_one_without_yield_cannot_be_reached() {
        let reached = Progress {
            wanted: 2,
            became: 3,
            under_way: 0,
        };
        assert_eq!(outlook(reached, 0.0).nominations_needed, Some(0));
        let stuck = Progress {
            wanted: 2,
            became: 1,
            under_way: 9,
        };
        assert_eq!(outlook(stuck, 0.0).nominations_needed, None);
    }

    #[test]
    fn a_fraction_that_only_rounding_leaves_asks_for_no_further_nomination() {
        for wanted in 1..200 {
            let open = Progress {
                wanted,
                ..Progress::default()
            };
            for tenths in 1..=10_u32 {
                let needed = outlook(open, f64::from(tenths) / 10.0).nominations_needed;
                assert_eq!(
                    needed,
                    Some((wanted * 10).div_ceil(tenths)),
                    "{wanted} at {tenths}/10"
                );
            }
        }
    }

    #[test]
    fn a_round_asks_the_best_first_and_no_owner_beyond_the_limit() {
        // The first owner was asked once this week already and is asked twice at most.
        let owners = [0, 0, 1, 0, 1, 1];
        let all = Round {
            ask: vec![0, 2, 4],
            held_back: 3,
        };
        assert_eq!(round(&owners, &[1, 0], 2, 10), all);
        let enough = Round {
            ask: vec![0, 2],
            held_back: 1,
        };
        assert_eq!(round(&owners, &[1, 0], 2, 2), enough);
        assert_eq!(round(&owners, &[1, 0], 0, 2).ask, Vec::<usize>::new());
        assert_eq!(round(&owners, &[1, 0], 2, 0), Round::default());
    }
}
