//! What planning assumes where the program's own records do not say it: a setting.

use std::collections::BTreeMap;

use domain::money::Currency;
use planning::{demand::Assumptions, exact::Exact};
use serde::{Deserialize, Serialize};

use crate::{error::FieldProblem, setting::Setting};

/// Assumptions of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PlanAssumptions {
    /// Share of deals in the reference stage that ask for references, from 0 to 1.
    pub need_rate: f64,
    /// Share of earlier deals that reach the reference stage, from 0 to 1.
    pub reach_rate: f64,
    /// References of a deal that asks, above 0 up to 100.
    pub references: f64,
    /// Take these rates as they stand and learn none from closed deals.
    pub is_fixed: bool,
    /// Days before the close at which the reference is needed.
    pub lead_days: i64,
    /// Share of asks that advocates accept, from 0 to 1; learned from 20 answers on.
    pub acceptance_rate: f64,
    /// Share of nominations that become advocates, from 0 to 1; learned from 20 decided ones on.
    pub yield_rate: f64,
    /// Customers that one relationship owner is asked about in seven days at most, for all recruiting targets together.
    pub asks_per_week: i64,
    /// Days from a nomination to an advocate who can be asked.
    pub onboarding_days: i64,
    /// A profile verified longer ago than this is unverified.
    pub verified_days: i64,
    /// What one unit of a currency is worth in the program's currency, as decimal texts: `{"EUR": "1.08"}`.
    pub exchange_rates: BTreeMap<String, String>,
}

impl Default for PlanAssumptions {
    fn default() -> Self {
        let standard = Assumptions::default();
        Self {
            need_rate: standard.need_rate,
            reach_rate: standard.reach_rate,
            references: standard.references,
            is_fixed: standard.is_fixed,
            lead_days: standard.lead_days,
            acceptance_rate: 0.7,
            yield_rate: 0.4,
            asks_per_week: 3,
            onboarding_days: 60,
            verified_days: 365,
            exchange_rates: BTreeMap::new(),
        }
    }
}

impl Setting for PlanAssumptions {
    const NAME: &'static str = "plan_assumptions";

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut refuse = |field: &str, message: String| {
            problems.push(FieldProblem {
                field: field.to_owned(),
                message,
            });
        };
        for (field, rate) in [
            ("need_rate", self.need_rate),
            ("reach_rate", self.reach_rate),
            ("acceptance_rate", self.acceptance_rate),
            ("yield_rate", self.yield_rate),
        ] {
            if !(0.0..=1.0).contains(&rate) {
                refuse(
                    field,
                    format!("The rate is {rate}; it must be from 0 to 1."),
                );
            }
        }
        if !(self.references > 0.0 && self.references <= 100.0) {
            refuse(
                "references",
                format!(
                    "This is {}; a deal that asks needs more than 0 and at most 100 references.",
                    self.references
                ),
            );
        }
        for (field, days) in [
            ("lead_days", self.lead_days),
            ("onboarding_days", self.onboarding_days),
            ("verified_days", self.verified_days),
        ] {
            if !(0..=3_650).contains(&days) {
                refuse(
                    field,
                    format!("The number is {days}; it must be from 0 to 3650."),
                );
            }
        }
        if !(0..=100).contains(&self.asks_per_week) {
            refuse(
                "asks_per_week",
                format!(
                    "The number is {}; it must be from 0 to 100.",
                    self.asks_per_week
                ),
            );
        }
        for (code, rate) in &self.exchange_rates {
            let field = format!("exchange_rates.{code}");
            if code.parse::<Currency>().is_err() {
                refuse(
                    &field,
                    format!("{code} is not a currency code such as EUR."),
                );
            }
            if exchange_rate(rate).is_none() {
                refuse(
                    &field,
                    format!("{rate} is not a rate above 0 such as 1.08."),
                );
            }
        }
        problems
    }
}

fn exchange_rate(text: &str) -> Option<Exact> {
    let number: f64 = text.trim().parse().ok()?;
    let rate = Exact::typed(number)?;
    (!rate.is_negative() && !rate.is_zero()).then_some(rate)
}

/// Brings amounts to one currency.
pub(crate) struct Exchange {
    pub base: Currency,
    rates: BTreeMap<Currency, Exact>,
}

impl Exchange {
    pub(crate) fn new(base: Currency, assumptions: &PlanAssumptions) -> Self {
        let rates = assumptions
            .exchange_rates
            .iter()
            .filter_map(|(code, rate)| Some((code.parse().ok()?, exchange_rate(rate)?)))
            .collect();
        Self { base, rates }
    }

    /// Minor units of the base currency; `None` without a rate, and for amounts below 0.
    pub(crate) fn convert(&self, minor: i64, currency: Currency) -> Option<u64> {
        if currency == self.base {
            return u64::try_from(minor).ok();
        }
        let rate = self.rates.get(&currency)?;
        let scale = |currency: Currency| Exact::whole(10_i64.pow(currency.digits()));
        let amount = Exact::whole(minor)
            .times(rate)
            .times(&scale(self.base))
            .over(&scale(currency))?;
        amount.shown(0).parse().ok()
    }
}
