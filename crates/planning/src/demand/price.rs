//! What a deal is worth that does not say it: its list price, or what deals of its segment were sold for.

use std::collections::HashMap;

use super::Deal;

/// What deals of a segment are worth at the median, where they do not say it themselves.
pub(super) struct Prices {
    by_segment: HashMap<u32, u64>,
}

impl Prices {
    pub fn learn(closed: &[Deal]) -> Self {
        let mut amounts: HashMap<u32, Vec<u64>> = HashMap::new();
        for deal in closed {
            // A lost deal closes at nothing: only what was paid says what deals are worth.
            let amount = deal.amount.filter(|amount| *amount > 0);
            if let (Some(segment), Some(amount)) = (deal.segment, amount) {
                amounts.entry(segment).or_default().push(amount);
            }
        }
        let by_segment = amounts
            .into_iter()
            .map(|(segment, mut amounts)| {
                amounts.sort_unstable();
                (segment, amounts[amounts.len() / 2])
            })
            .collect();
        Self { by_segment }
    }

    pub fn of(&self, deal: &Deal) -> Option<u64> {
        deal.list_price
            .or_else(|| self.by_segment.get(&deal.segment?).copied())
    }
}
