//! How much of an ask the program's rules decide ahead: by activity, tier of the advocate and size of the deal.
//!
//! Refuses to know what protection says and whether an advocate has agreed ahead: a mode skips a question,
//! never a rule.

use crate::{activity::Activity, id::TermId, time::Timestamp, word_list};

word_list! {
    /// Who still has to say yes once somebody is asked for.
    FulfilmentMode {
        /// The relationship owner, then the advocate.
        Managed,
        /// The advocate; the program's rule stands for the owner's yes.
        SelfService,
        /// Nobody, where the advocate has agreed ahead to the activity; elsewhere as in self-service.
        Instant,
    }
}

impl FulfilmentMode {
    /// The mode in which a candidate was asked, by the questions that were put.
    pub fn taken(
        owner_asked: Option<Timestamp>,
        advocate_asked: Option<Timestamp>,
        accepted: Option<Timestamp>,
    ) -> Self {
        match (owner_asked, advocate_asked, accepted) {
            (None, Some(_), _) => Self::SelfService,
            (None, None, Some(_)) => Self::Instant,
            _ => Self::Managed,
        }
    }
}

/// A row of the policy; what is absent fits everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FulfilmentRow {
    #[serde(default)]
    pub activity: Option<Activity>,
    /// A term of the taxonomy that the advocate, the person or the account carries, itself or as something
    /// more special.
    #[serde(default)]
    pub tier: Option<TermId>,
    /// The least worth of the deal, in whole units of the program's currency.
    #[serde(default)]
    pub amount_from: Option<i64>,
    /// The deal is worth less than this.
    #[serde(default)]
    pub amount_to: Option<i64>,
    pub mode: FulfilmentMode,
}

/// The rows in their order: the first that fits decides; where none does, the ask is managed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct FulfilmentPolicy {
    pub rows: Vec<FulfilmentRow>,
}

/// An ask that the policy judges.
pub struct AskFacts<'a> {
    pub activity: Activity,
    /// Whether the advocate carries a tier.
    pub carries: &'a dyn Fn(TermId) -> bool,
    /// In minor units of the program's currency; `None` without a deal or a known amount.
    pub amount_minor: Option<i64>,
    /// 100 for dollars.
    pub minor_per_unit: i64,
}

impl FulfilmentPolicy {
    /// The mode that the first fitting row says.
    pub fn mode(&self, ask: &AskFacts<'_>) -> FulfilmentMode {
        self.rows
            .iter()
            .find(|row| row.fits(ask))
            .map_or(FulfilmentMode::Managed, |row| row.mode)
    }

    /// Whether any row asks for the advocate's terms.
    pub fn names_tiers(&self) -> bool {
        self.rows.iter().any(|row| row.tier.is_some())
    }
}

impl FulfilmentRow {
    fn fits(&self, ask: &AskFacts<'_>) -> bool {
        let is_worth = |fits: &dyn Fn(i64) -> bool| ask.amount_minor.is_some_and(fits);
        let minor = |units: i64| units.saturating_mul(ask.minor_per_unit);
        self.activity.is_none_or(|only| only == ask.activity)
            && self
                .amount_from
                .is_none_or(|from| is_worth(&|amount| amount >= minor(from)))
            && self
                .amount_to
                .is_none_or(|to| is_worth(&|amount| amount < minor(to)))
            && self.tier.is_none_or(|tier| (ask.carries)(tier))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: FulfilmentRow = FulfilmentRow {
        activity: None,
        tier: None,
        amount_from: None,
        amount_to: None,
        mode: FulfilmentMode::Instant,
    };

    fn mode(rows: &[FulfilmentRow], amount: Option<i64>) -> FulfilmentMode {
        let policy = FulfilmentPolicy {
            rows: rows.to_vec(),
        };
        policy.mode(&AskFacts {
            activity: Activity::Quote,
            carries: &|tier| tier == TermId(uuid::Uuid::from_u128(1)),
            amount_minor: amount,
            minor_per_unit: 100,
        })
    }

    #[test]
    fn the_first_row_that_fits_decides_and_without_one_the_ask_is_managed() {
        use FulfilmentMode::{Instant, Managed, SelfService};
        assert_eq!(mode(&[], None), Managed);
        let call = FulfilmentRow {
            activity: Some(Activity::ReferenceCall),
            ..ANY
        };
        let quote = FulfilmentRow {
            activity: Some(Activity::Quote),
            mode: SelfService,
            ..ANY
        };
        assert_eq!(mode(&[call], None), Managed);
        assert_eq!(mode(&[call, quote, ANY], None), SelfService);
        assert_eq!(mode(&[call, ANY, quote], None), Instant);
        let tier = |number| FulfilmentRow {
            tier: Some(TermId(uuid::Uuid::from_u128(number))),
            ..ANY
        };
        assert_eq!(
            (mode(&[tier(1)], None), mode(&[tier(2)], None)),
            (Instant, Managed)
        );
    }

    #[test]
    fn a_size_begins_at_its_first_unit_ends_before_its_last_and_fits_no_deal_of_unknown_worth() {
        let sized = [FulfilmentRow {
            amount_from: Some(10),
            amount_to: Some(20),
            ..ANY
        }];
        let is_instant = |amount| mode(&sized, amount) == FulfilmentMode::Instant;
        let found = [None, Some(999), Some(1_000), Some(1_999), Some(2_000)].map(is_instant);
        assert_eq!(found, [false, false, true, true, false]);
    }

    #[test]
    fn the_questions_that_were_put_tell_the_mode() {
        let at = Some(Timestamp(1));
        use FulfilmentMode::{Instant, Managed, SelfService};
        assert_eq!(FulfilmentMode::taken(None, None, None), Managed);
        assert_eq!(FulfilmentMode::taken(at, at, at), Managed);
        assert_eq!(FulfilmentMode::taken(None, at, at), SelfService);
        assert_eq!(FulfilmentMode::taken(None, None, at), Instant);
    }
}
