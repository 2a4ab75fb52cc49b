//! A use that is kept for a deal before anybody asks for it, and what ends that by itself.
//!
//! Refuses to know whether the use can be had: protection counts a hold like a reservation.

use crate::{time::Day, word_list};

word_list! {
    /// `Waiting` is behind the holds of others and counts nothing yet.
    HoldState { Waiting, Held, Ended }
}

word_list! {
    /// Why a hold is over.
    HoldEnd {
        /// The deal asked for it: the reservation of the request stands in its place.
        Requested,
        /// Whoever held it, or the program team, gave it back.
        GivenBack,
        Expired,
        DealClosed,
        DealSlipped,
        /// The customer may not be asked any more.
        Unavailable,
    }
}

/// Holds that a deal may have at once: as many customers as are asked at once for a reference.
pub const HOLDS_PER_DEAL_MAX: usize = 3;

/// What was known when the use was put by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The last day of the hold.
    pub expires_on: Day,
    /// The day of the use.
    pub planned_on: Day,
    /// When the deal was expected to close.
    pub close_on: Day,
}

/// The deal as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DealNow {
    pub is_open: bool,
    pub close_on: Option<Day>,
}

/// Why a hold is over today without anybody's doing; `None` while it stands. A deal that closes later
/// than it said, or does not say when any more, has slipped.
pub fn ended_by_itself(terms: Terms, deal: DealNow, today: Day) -> Option<HoldEnd> {
    if !deal.is_open {
        Some(HoldEnd::DealClosed)
    } else if deal.close_on.is_none_or(|day| day > terms.close_on) {
        Some(HoldEnd::DealSlipped)
    } else if terms.expires_on < today || terms.planned_on < today {
        Some(HoldEnd::Expired)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_stands_until_its_last_day_and_while_the_deal_keeps_its_own() {
        let today = Day::new(2026, 3, 2).expect("a day");
        let terms = Terms {
            expires_on: today,
            planned_on: today.plus_days(10),
            close_on: today.plus_days(60),
        };
        let deal = |is_open, later: Option<i64>| DealNow {
            is_open,
            close_on: later.map(|days| terms.close_on.plus_days(days)),
        };
        let on = |day| ended_by_itself(terms, deal(true, Some(0)), day);
        assert_eq!(on(today), None);
        assert_eq!(on(today.plus_days(1)), Some(HoldEnd::Expired));
        let past = Terms {
            planned_on: today.plus_days(-1),
            ..terms
        };
        let ended = |terms, deal| ended_by_itself(terms, deal, today);
        assert_eq!(ended(past, deal(true, Some(0))), Some(HoldEnd::Expired));
        assert_eq!(ended(terms, deal(true, Some(-20))), None);
        for slipped in [Some(1), None] {
            assert_eq!(
                ended(terms, deal(true, slipped)),
                Some(HoldEnd::DealSlipped)
            );
        }
        assert_eq!(
            ended(terms, deal(false, Some(0))),
            Some(HoldEnd::DealClosed)
        );
    }
}
