//! What a program's own past says about an ask before it is sent: how long a step usually takes, and
//! how often somebody said yes in time.
//!
//! Says nothing from too little: fewer than [`HISTORY_MIN`] cases are no history.

/// Cases below which nothing is said.
pub const HISTORY_MIN: usize = 10;

/// How long a step takes, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// Half of the cases took at most this long.
    pub median: i64,
    /// Nine of ten took at most this long.
    pub ninetieth: i64,
}

/// The median and the ninetieth percentile by nearest rank: values that did occur. `None` below
/// [`HISTORY_MIN`] cases.
pub fn usual(mut seconds: Vec<i64>) -> Option<Usual> {
    if seconds.len() < HISTORY_MIN {
        return None;
    }
    seconds.sort_unstable();
    let at = |percent: usize| {
        let rank = (seconds.len() * percent).div_ceil(100);
        seconds.get(rank.saturating_sub(1)).copied()
    };
    Some(Usual {
        median: at(50)?,
        ninetieth: at(90)?,
    })
}

/// An ask of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastAsk {
    /// Seconds from the ask to now.
    pub age: i64,
    /// Seconds from the ask to the first yes; `None` without one.
    pub yes_after: Option<i64>,
    /// The asker took it back or sent content instead: it says nothing about the answer.
    pub ended_by_asker: bool,
}

/// How many of the asks that are old enough to tell had a yes within `seconds`, and how many there
/// are. An ask that is younger is left out whether or not it has a yes, so that quick answers do not
/// count twice.
pub fn answered_within(asks: &[PastAsk], seconds: i64) -> (usize, usize) {
    let telling = asks
        .iter()
        .filter(|ask| ask.age >= seconds && (ask.yes_after.is_some() || !ask.ended_by_asker));
    let (mut hits, mut all) = (0, 0);
    for ask in telling {
        all += 1;
        hits += usize::from(ask.yes_after.is_some_and(|after| after <= seconds));
    }
    (hits, all)
}

#[cfg(test)]
mod tests {
    use super::{PastAsk, Usual, answered_within, usual};

    #[test]
    fn the_median_and_the_ninetieth_are_values_that_occurred() {
        assert_eq!(
            usual((1..=10).rev().collect()),
            Some(Usual {
                median: 5,
                ninetieth: 9
            })
        );
        assert_eq!(
            usual((1..=11).collect()),
            Some(Usual {
                median: 6,
                ninetieth: 10
            })
        );
    }

    #[test]
    fn nine_cases_are_no_history() {
        assert_eq!(usual((1..=9).collect()), None);
        assert_eq!(usual(Vec::new()), None);
    }

    #[test]
    fn only_asks_that_are_old_enough_tell_and_a_withdrawn_one_says_nothing() {
        let ask = |age, yes_after, ended_by_asker| PastAsk {
            age,
            yes_after,
            ended_by_asker,
        };
        let asks = [
            ask(100, Some(10), false),
            ask(100, Some(50), false),
            ask(100, None, false),
            ask(100, None, true),
            // Taken back after somebody had said yes: the yes came.
            ask(100, Some(20), true),
            // Too young to tell, although it has a yes.
            ask(20, Some(5), false),
        ];
        assert_eq!(answered_within(&asks, 30), (2, 4));
        assert_eq!(answered_within(&asks, 50), (3, 4));
        assert_eq!(
            answered_within(&asks, 5),
            (1, 5),
            "the young one is old enough for this"
        );
        assert_eq!(answered_within(&[], 5), (0, 0));
    }
}
