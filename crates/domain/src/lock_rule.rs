//! Locks that follow from what is known of an account: its NPS, its health, an open escalation, a
//! disputed payment, a renewal that comes near.
//!
//! Refuses to know where the facts come from and who may lift a lock.

use crate::{protection::LockReason, time::Day};

/// What the program locks an account for by itself; nothing at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LockRules {
    /// The least NPS that may be used, -100 to 100; `None` for no rule.
    pub nps_min: Option<i64>,
    /// The least health that may be used, 1 to 100; `None` for no rule.
    pub health_min: Option<i64>,
    /// Days before an open renewal closes in which nobody there is asked, 1 to 365; `None` for no rule.
    pub renewal_days: Option<i64>,
    /// Nobody is asked where an escalation is open.
    pub on_escalation: bool,
    /// Nobody is asked where a payment is disputed.
    pub on_dispute: bool,
}

impl LockRules {
    /// Whether any rule is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The last day on which a renewal may close to lock its account today.
    pub fn renewal_until(&self, today: Day) -> Option<Day> {
        self.renewal_days.map(|days| today.plus_days(days))
    }
}

/// What is known of an account; `None` for what nobody said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountFacts {
    pub nps: Option<i64>,
    pub health: Option<i64>,
    /// When its next open renewal is expected to close.
    pub renewal_on: Option<Day>,
    pub has_open_escalation: bool,
    pub has_payment_dispute: bool,
}

/// A lock that a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub reason: LockReason,
    /// The last day; `None` while the fact stands.
    pub until: Option<Day>,
}

/// The locks that the rules ask for today. What is not known locks nobody.
pub fn due(rules: &LockRules, facts: &AccountFacts, today: Day) -> Vec<Due> {
    let is_below = |value: Option<i64>, least: Option<i64>| {
        value.zip(least).is_some_and(|(value, least)| value < least)
    };
    let nps = is_below(facts.nps, rules.nps_min).then_some(Due {
        reason: LockReason::NpsDrop,
        until: None,
    });
    let health = is_below(facts.health, rules.health_min).then_some(Due {
        reason: LockReason::Other,
        until: None,
    });
    let renewal = facts
        .renewal_on
        .filter(|on| *on >= today)
        .filter(|on| rules.renewal_until(today).is_some_and(|last| *on <= last))
        .map(|on| Due {
            reason: LockReason::Renewal,
            until: Some(on),
        });
    let stands = |is_so: bool, reason| {
        is_so.then_some(Due {
            reason,
            until: None,
        })
    };
    let escalation = stands(
        rules.on_escalation && facts.has_open_escalation,
        LockReason::OpenEscalation,
    );
    let dispute = stands(
        rules.on_dispute && facts.has_payment_dispute,
        LockReason::PaymentDispute,
    );
    [nps, health, renewal, escalation, dispute]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_locks_below_its_number_and_until_the_renewal_and_nobody_of_whom_nothing_is_known() {
        let today = Day::new(2026, 3, 2).expect("a day");
        let rules = LockRules {
            nps_min: Some(20),
            health_min: Some(40),
            renewal_days: Some(30),
            on_escalation: true,
            on_dispute: true,
        };
        let reasons = |facts| -> Vec<LockReason> {
            due(&rules, &facts, today)
                .iter()
                .map(|due| due.reason)
                .collect()
        };
        assert_eq!(reasons(AccountFacts::default()), []);
        let well = AccountFacts {
            nps: Some(20),
            health: Some(40),
            renewal_on: Some(today.plus_days(31)),
            ..AccountFacts::default()
        };
        assert_eq!(reasons(well), []);
        let ill = AccountFacts {
            nps: Some(19),
            health: Some(39),
            renewal_on: Some(today.plus_days(30)),
            has_open_escalation: true,
            has_payment_dispute: true,
        };
        assert_eq!(
            reasons(ill),
            [
                LockReason::NpsDrop,
                LockReason::Other,
                LockReason::Renewal,
                LockReason::OpenEscalation,
                LockReason::PaymentDispute
            ]
        );
        assert_eq!(due(&rules, &ill, today)[2].until, ill.renewal_on);
        let over = AccountFacts {
            renewal_on: Some(today.plus_days(-1)),
            ..well
        };
        assert_eq!(reasons(over), []);
        assert_eq!(due(&LockRules::default(), &ill, today), []);
    }
}
