//! Which deals an activity is open to: a use is spent where a deal can carry it.
//!
//! Refuses to know who may set a gate aside and where amounts of other currencies come from.

use crate::{activity::ActivityRules, opportunity::DealStage};

/// What is known of the deal that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DealFacts {
    pub stage: Option<DealStage>,
    /// In minor units of the program's currency; `None` where it is unknown or has no rate.
    pub amount_minor: Option<i64>,
    pub is_budget_confirmed: bool,
}

/// A gate that the deal has not passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The deal has not reached this stage, or its stage is not known.
    Stage(DealStage),
    /// The deal is worth less than so many whole units, or its amount is not known.
    Amount(i64),
    /// Nobody has said that the buyer's budget is confirmed.
    Budget,
}

/// The gates of an activity that a deal has not passed. `minor_per_unit` is 100 for dollars.
pub fn closed(rules: &ActivityRules, deal: DealFacts, minor_per_unit: i64) -> Vec<Closed> {
    let stage = rules
        .stage_min
        .filter(|needs| deal.stage.is_none_or(|stage| stage < *needs))
        .map(Closed::Stage);
    let amount = rules
        .amount_min
        .filter(|needs| {
            let least = needs.saturating_mul(minor_per_unit);
            deal.amount_minor.is_none_or(|amount| amount < least)
        })
        .map(Closed::Amount);
    let lacks_budget = rules.needs_budget && !deal.is_budget_confirmed;
    let budget = lacks_budget.then_some(Closed::Budget);
    stage.into_iter().chain(amount).chain(budget).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Activity;

    fn gated() -> ActivityRules {
        ActivityRules {
            stage_min: Some(DealStage::Middle),
            amount_min: Some(1_000),
            needs_budget: true,
            ..Activity::SiteVisit.default_rules()
        }
    }

    #[test]
    fn an_activity_without_gates_is_open_to_every_deal() {
        let unknown = DealFacts {
            stage: None,
            amount_minor: None,
            is_budget_confirmed: false,
        };
        let rules = Activity::SiteVisit.default_rules();
        assert_eq!(closed(&rules, unknown, 100), []);
    }

    #[test]
    fn a_deal_passes_at_the_stage_and_the_amount_and_not_before() {
        let deal = |stage, amount_minor| DealFacts {
            stage: Some(stage),
            amount_minor: Some(amount_minor),
            is_budget_confirmed: true,
        };
        let of = |deal| closed(&gated(), deal, 100);
        assert_eq!(of(deal(DealStage::Middle, 100_000)), []);
        assert_eq!(of(deal(DealStage::Late, 900_000)), []);
        assert_eq!(
            of(deal(DealStage::Early, 100_000)),
            [Closed::Stage(DealStage::Middle)]
        );
        assert_eq!(of(deal(DealStage::Late, 99_999)), [Closed::Amount(1_000)]);
    }

    #[test]
    fn what_is_not_known_does_not_pass() {
        let unknown = DealFacts {
            stage: None,
            amount_minor: None,
            is_budget_confirmed: false,
        };
        assert_eq!(
            closed(&gated(), unknown, 1),
            [
                Closed::Stage(DealStage::Middle),
                Closed::Amount(1_000),
                Closed::Budget
            ]
        );
    }
}
