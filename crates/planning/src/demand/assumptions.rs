//! What a forecast rests on besides the deals.

use super::Instead;

/// What the plan assumes where the program's own deals do not say it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumptions {
    /// From 0 to 1.
    pub need_rate: f64,
    /// Of deals that have not reached the reference stage; from 0 to 1.
    pub reach_rate: f64,
    /// References of a deal that asks.
    pub references: f64,
    /// Days before the close at which the reference is needed.
    pub lead_days: i64,
    /// Take the rates above as they stand and learn none.
    pub is_fixed: bool,
    /// Rates to take in place of the ones learned or set.
    pub instead: Instead,
    /// Ends of the windows in days from the day of the plan, rising, such as 30, 60, 90, 120.
    pub window_ends: Vec<i64>,
}

impl Assumptions {
    /// Whether earlier forecasts are judged alike under both: by windows of their own, and without rates that
    /// replace others.
    pub(super) fn learns_alike(&self, other: &Self) -> bool {
        let learning = |one: &Self| Self {
            instead: Instead::default(),
            window_ends: Vec::new(),
            ..one.clone()
        };
        learning(self) == learning(other)
    }
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            need_rate: 0.7,
            reach_rate: 0.5,
            references: 2.0,
            lead_days: 45,
            is_fixed: false,
            instead: Instead::default(),
            window_ends: vec![30, 60, 90, 120],
        }
    }
}
