//! The spread of a count of independent chances, exactly: by convolution, one chance at a time.

use serde::Serialize;

/// Counts less likely than this are left out at both ends: the distribution misses less than a
/// thousandth of a millionth in all, for up to a million chances.
const NEGLIGIBLE: f64 = 1e-15;

/// An expected number with the band that holds it in eight of ten cases, if the chances are right:
/// it spans who asks, not how far the learned rates and days may be off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Band {
    pub expected: f64,
    /// At most this in one of ten cases.
    pub low: f64,
    /// At most this in nine of ten cases.
    pub high: f64,
}

impl Band {
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            expected: self.expected * factor,
            low: self.low * factor,
            high: self.high * factor,
        }
    }
}

/// The distribution of how many of the chances come true.
#[derive(Clone, Debug)]
struct Counts {
    /// The count of the first entry.
    first: usize,
    likely: Vec<f64>,
}

impl Counts {
    fn add(&mut self, chance: f64) {
        self.likely.push(0.0);
        for place in (1..self.likely.len()).rev() {
            let with = self.likely[place - 1] * chance;
            self.likely[place] = self.likely[place] * (1.0 - chance) + with;
        }
        self.likely[0] *= 1.0 - chance;
        while self.likely.last().is_some_and(|last| *last < NEGLIGIBLE) && self.likely.len() > 1 {
            self.likely.pop();
        }
        let low = self
            .likely
            .iter()
            .take_while(|likely| **likely < NEGLIGIBLE)
            .count();
        if low > 0 && low < self.likely.len() {
            self.likely.drain(..low);
            self.first += low;
        }
    }

    /// The least count that at least this share of cases does not exceed.
    fn quantile(&self, share: f64) -> usize {
        let mut sum = 0.0;
        for (place, likely) in self.likely.iter().enumerate() {
            sum += likely;
            if sum >= share - 1e-12 {
                return self.first + place;
            }
        }
        self.first + self.likely.len().saturating_sub(1)
    }
}

/// The band of how many of independent chances come true. Chances outside 0 to 1 are brought inside.
pub fn of_chances(chances: impl IntoIterator<Item = f64>) -> Band {
    let mut counts = Counts {
        first: 0,
        likely: vec![1.0],
    };
    let mut expected = 0.0;
    for chance in chances {
        let chance = chance.clamp(0.0, 1.0);
        expected += chance;
        if chance > 0.0 {
            counts.add(chance);
        }
    }
    Band {
        expected,
        low: number(counts.quantile(0.1)),
        high: number(counts.quantile(0.9)),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of deals stay far below the 53 bits that a fraction holds exactly"
)]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_chances_give_the_binomial_distribution() {
        // Ten fair coins: 10 % lie at or below 3, 90 % at or below 7.
        let band = of_chances([0.5; 10]);
        assert_eq!((band.low, band.high), (3.0, 7.0));
        assert!((band.expected - 5.0).abs() < 1e-12);
    }

    #[test]
    fn unequal_chances_agree_with_every_outcome_counted() {
        let chances = [0.1, 0.9, 0.35, 0.5, 0.72, 0.01, 1.0];
        let mut likely = [0.0; 8];
        for outcome in 0_u32..1 << chances.len() {
            let mut product = 1.0;
            for (place, chance) in chances.iter().enumerate() {
                product *= if outcome >> place & 1 == 1 {
                    *chance
                } else {
                    1.0 - *chance
                };
            }
            likely[outcome.count_ones() as usize] += product;
        }
        let quantile = |share: f64| {
            let mut sum = 0.0;
            likely
                .iter()
                .take_while(|one| {
                    sum += **one;
                    sum < share
                })
                .count() as f64
        };
        let band = of_chances(chances);
        assert_eq!((band.low, band.high), (quantile(0.1), quantile(0.9)));
    }

    #[test]
    fn certain_and_absent_chances_leave_no_band_and_many_chances_stay_exact() {
        let sure = of_chances([1.0, 1.0, 0.0]);
        assert_eq!((sure.low, sure.expected, sure.high), (2.0, 2.0, 2.0));
        assert_eq!(of_chances([]), Band::default());
        // 20,000 chances of 0.3: the normal approximation lies within one of the exact quantiles.
        let many = of_chances(vec![0.3; 20_000]);
        let spread = 1.281_551_565_5 * (20_000.0_f64 * 0.3 * 0.7).sqrt();
        assert!((many.low - (6_000.0 - spread)).abs() <= 1.0, "{many:?}");
        assert!((many.high - (6_000.0 + spread)).abs() <= 1.0, "{many:?}");
    }
}
