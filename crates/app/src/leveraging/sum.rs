//! What counted cells add up to: deals, and money per currency, never added across currencies.

use std::collections::BTreeMap;

use domain::{
    money::{Currency, Money},
    opportunity::OpportunityStatus,
};
use serde::Serialize;
use storage::leveraging::Cell;

/// Sums of one currency, as decimal texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MoneyInfluenced {
    /// Amounts of all won deals.
    pub revenue_won: String,
    /// Amounts of won deals with an influence, each deal once.
    pub revenue_influenced: String,
}

/// What cells add up to.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    pub(super) closed: i64,
    pub(super) leveraged: i64,
    pub(super) won: i64,
    /// Won and influenced, in minor units.
    money: BTreeMap<Currency, (i64, i64)>,
}

impl Sum {
    pub(super) fn of(cells: &[Cell]) -> Self {
        let mut sum = Self::default();
        for cell in cells {
            sum.add(cell);
        }
        sum
    }

    pub(super) fn add(&mut self, cell: &Cell) {
        let is_won = cell.status == OpportunityStatus::Won;
        self.closed += cell.deals;
        self.leveraged += if cell.is_leveraged { cell.deals } else { 0 };
        self.won += if is_won { cell.deals } else { 0 };
        if let (true, Some(currency)) = (is_won, cell.currency) {
            let money = self.money.entry(currency).or_default();
            money.0 += cell.amount_minor;
            money.1 += if cell.is_leveraged {
                cell.amount_minor
            } else {
                0
            };
        }
    }

    /// Counts what was leveraged here against everything that closed: the deals of a kind of activity
    /// are leveraged by definition.
    pub(super) fn hold_against(&mut self, total: &Self) {
        self.closed = total.closed;
        self.won = total.won;
        for (currency, (won, _)) in &total.money {
            let money = self.money.entry(*currency).or_default();
            money.0 = *won;
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of deals stay far below the 53 bits that a fraction holds exactly"
    )]
    pub(super) fn rate(&self) -> Option<f64> {
        (self.closed > 0).then(|| self.leveraged as f64 / self.closed as f64)
    }

    pub(super) fn currencies(&self) -> BTreeMap<String, MoneyInfluenced> {
        let decimal = |minor: i64, currency: Currency| Money { minor, currency }.decimal();
        self.money
            .iter()
            .map(|(currency, (won, influenced))| {
                let sums = MoneyInfluenced {
                    revenue_won: decimal(*won, *currency),
                    revenue_influenced: decimal(*influenced, *currency),
                };
                (currency.to_string(), sums)
            })
            .collect()
    }
}
