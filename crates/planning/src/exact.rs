//! Numbers without rounding: what a person typed, as the fraction that they meant.
//!
//! A rate typed as 0.7 means seven tenths, which no binary fraction is. Results leave as the nearest
//! binary fraction of the exact value, and whole numbers are counted from the exact value.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact fraction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

impl Exact {
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    pub fn one() -> Self {
        Self(BigRational::one())
    }

    pub fn whole(number: i64) -> Self {
        Self(BigRational::from_integer(number.into()))
    }

    /// The decimal that a person sees for this binary fraction: 0.7 gives seven tenths. `None` for
    /// what is no number.
    pub fn typed(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        // The shortest decimal text that reads back as the same number is the one that was typed.
        let text = format!("{number}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let places = u32::try_from(fraction.len()).ok()?;
        Some(Self(BigRational::new(digits, BigInt::from(10).pow(places))))
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// The nearest binary fraction.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The least whole number that is not below the value; at most `i64::MAX`.
    pub fn round_up(&self) -> i64 {
        self.0.ceil().to_integer().to_i64().unwrap_or(i64::MAX)
    }

    /// The value with `places` decimals, halves away from zero, for people to read.
    pub fn shown(&self, places: u32) -> String {
        let scale = BigInt::from(10).pow(places);
        let scaled = (self.0.clone() * BigRational::from_integer(scale))
            .round()
            .to_integer();
        let sign = if scaled.is_negative() { "-" } else { "" };
        let digits = scaled.abs().to_string();
        let width = places as usize + 1;
        let padded = format!("{digits:0>width$}");
        let (whole, fraction) = padded.split_at(padded.len() - places as usize);
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    pub fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    /// `None` for a division by zero.
    pub fn over(&self, other: &Self) -> Option<Self> {
        (!other.0.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    /// Divided by a number that is written in the formula and is not zero.
    pub(crate) fn part(&self, parts: i64) -> Self {
        debug_assert!(parts != 0, "a formula divides by no zero");
        Self(&self.0 / BigRational::from_integer(parts.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_decimal_is_the_fraction_that_was_meant() {
        let seven_tenths = Exact::whole(7).part(10);
        assert_eq!(Exact::typed(0.7), Some(seven_tenths));
        assert_eq!(Exact::typed(1e21).map(|n| n.to_f64()), Some(1e21));
        assert_eq!(Exact::typed(-2.5), Some(Exact::whole(-5).part(2)));
        assert_eq!(Exact::typed(1e-7).map(|n| n.to_f64()), Some(1e-7));
        assert_eq!(Exact::typed(f64::NAN), None);
        assert_eq!(Exact::typed(f64::INFINITY), None);
    }

    #[test]
    fn rounding_for_people_takes_halves_away_from_zero() {
        assert_eq!(Exact::whole(25).part(3).shown(2), "8.33");
        assert_eq!(Exact::whole(1).part(200).shown(2), "0.01");
        assert_eq!(Exact::whole(-1).part(200).shown(2), "-0.01");
        assert_eq!(Exact::whole(35).part(3).shown(0), "12");
        assert_eq!(Exact::whole(4_375).part(3).round_up(), 1_459);
        assert_eq!(Exact::whole(1_459).round_up(), 1_459);
    }
}
