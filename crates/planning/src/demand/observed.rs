//! What a deal has asked for already: demand that was seen, and no chance any more. Refuses to know what
//! such a deal is worth and when one that has not asked will.

use domain::time::Day;

use super::Deal;

/// What a deal has asked for already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The first request.
    pub on: Day,
    /// The latest day on which one of them needs its reference.
    pub need_on: Day,
    /// References that nobody is asked for, has promised or has given by now; those of requests that
    /// ended unfilled among them.
    pub waiting: u32,
}

/// What is known of a deal's asking on a day.
#[derive(Clone, Copy, Debug)]
pub(super) enum Observed {
    /// It asked, and so many references still wait for somebody.
    Waiting { references: u32, need_on: Day },
    /// It asked, and what it asked for is given or under way.
    Served,
    /// Somebody looked for a reference for it and found nobody.
    Searched,
}

impl Observed {
    pub fn of(deal: &Deal, as_of: Day) -> Option<Self> {
        let Some(ask) = deal.ask.filter(|ask| ask.on <= as_of) else {
            let searched = deal.searched_on.filter(|day| *day <= as_of);
            return searched.map(|_| Self::Searched);
        };
        // Of a deal that has closed since, it is not kept what was waiting when: all until the last need.
        let waiting = match (deal.is_closed, ask.need_on < as_of) {
            (false, _) => ask.waiting,
            (true, false) => deal.references,
            (true, true) => 0,
        };
        Some(if waiting == 0 {
            Self::Served
        } else {
            Self::Waiting {
                references: waiting,
                need_on: ask.need_on,
            }
        })
    }

    pub fn asks(self) -> bool {
        !matches!(self, Self::Served)
    }
}
