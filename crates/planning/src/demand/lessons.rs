//! What deals tell of others. Refuses to know which deals are forecast by it.

use domain::time::Day;

use super::{Assumptions, Cycles, Deal, Phase, Rates, phase, price::Prices};

/// What deals told by a day: how many ask, how long they take, what they are worth.
pub struct Lessons {
    pub(super) rates: Rates,
    pub(super) cycles: Cycles,
    pub(super) prices: Prices,
}

impl Lessons {
    /// Learns from the deals that were closed by the day; of those that were open, that they still were.
    pub fn learn(deals: &[Deal], assumptions: &Assumptions, as_of: Day) -> Self {
        let (mut closed, mut open) = (Vec::new(), Vec::new());
        for deal in deals {
            match phase(deal, as_of) {
                Phase::Closed => closed.push(*deal),
                Phase::Open(_) => open.push(deal),
                Phase::NotYet => {}
            }
        }
        Self {
            rates: Rates::of(&closed, assumptions),
            cycles: Cycles::learn(&closed, open, as_of),
            prices: Prices::learn(&closed),
        }
    }
}
