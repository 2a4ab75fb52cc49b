//! The spread of a count of independent chances, exactly: by convolution, one chance at a time.

use serde::Serialize;

use crate::count::number;

/// Counts less likely than this are left out at both ends: the distribution misses less than a
/// thousandth of a millionth in all, for up to a million chances.
const NEGLIGIBLE: f64 = 1e-15;

/// Middles of fifteen equally likely parts of the normal distribution, the upper half.
const MIDDLES: [f64; 7] = [0.1679, 0.3407, 0.5244, 0.7279, 0.9674, 1.2816, 1.8339];

/// An expected number with the band that holds it in eight of ten cases. It spans who asks and, where
/// earlier forecasts could be judged, how far off they were.
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

    #[must_use]
    pub fn plus(self, certain: f64) -> Self {
        Self {
            expected: self.expected + certain,
            low: self.low + certain,
            high: self.high + certain,
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

    /// That at most so many come true, by rising count from the first on.
    fn sums(&self) -> Vec<f64> {
        let sums = self.likely.iter().scan(0.0, |sum, likely| {
            *sum += likely;
            Some(*sum)
        });
        sums.collect()
    }
}

/// The least count up to `most` that at least this share of cases does not exceed, where each of the
/// factors is as likely to stretch what comes true.
fn quantile(counts: &Counts, factors: &[f64], share: f64, most: usize) -> usize {
    let sums = counts.sums();
    let at_most = |count: usize| {
        let reached = factors.iter().map(|factor| {
            let unstretched = whole(number(count) / factor);
            let place = unstretched.checked_sub(counts.first);
            place.map_or(0.0, |place| sums[place.min(sums.len() - 1)])
        });
        reached.sum::<f64>() / number(factors.len())
    };
    let (mut below, mut count) = (0, most);
    while below < count {
        let middle = usize::midpoint(below, count);
        if at_most(middle) >= share - 1e-12 {
            count = middle;
        } else {
            below = middle + 1;
        }
    }
    count
}

/// Factors that spread as earlier forecasts missed, each as likely; 1 alone where none did.
fn factors(spread: f64) -> Vec<f64> {
    if spread <= 0.0 {
        return vec![1.0];
    }
    let upper = MIDDLES.iter().map(|middle| (spread * middle).exp());
    upper
        .flat_map(|factor| [factor, 1.0 / factor])
        .chain([1.0])
        .collect()
}

/// The band of how many of independent chances come true, all of them stretched together as far as earlier
/// forecasts missed ([`Miss::spread`](super::Miss); 0 for not at all). Chances outside 0 to 1 are brought
/// inside.
pub fn of_chances(chances: impl IntoIterator<Item = f64>, spread: f64) -> Band {
    let mut most = 0;
    let mut counts = Counts {
        first: 0,
        likely: vec![1.0],
    };
    let mut expected = 0.0;
    for chance in chances {
        let chance = chance.clamp(0.0, 1.0);
        expected += chance;
        if chance > 0.0 {
            most += 1;
            counts.add(chance);
        }
    }
    let factors = factors(spread);
    Band {
        expected,
        low: number(quantile(&counts, &factors, 0.1, most)),
        high: number(quantile(&counts, &factors, 0.9, most)),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count over a factor above 0: not below 0, and casting stops at the largest number"
)]
fn whole(value: f64) -> usize {
    // What division leaves of a whole number may lie a hair below it.
    (value + 1e-9) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_chances_give_the_binomial_distribution() {
        // Ten fair coins: 10 % lie at or below 3, 90 % at or below 7.
        let band = of_chances([0.5; 10], 0.0);
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
        let band = of_chances(chances, 0.0);
        assert_eq!((band.low, band.high), (quantile(0.1), quantile(0.9)));
    }

    #[test]
    fn certain_and_absent_chances_leave_no_band_and_many_chances_stay_exact() {
        let sure = of_chances([1.0, 1.0, 0.0], 0.0);
        assert_eq!((sure.low, sure.expected, sure.high), (2.0, 2.0, 2.0));
        assert_eq!(of_chances([], 0.0), Band::default());
        // 20,000 chances of 0.3: the normal approximation lies within one of the exact quantiles.
        let many = of_chances(vec![0.3; 20_000], 0.0);
        let spread = 1.281_551_565_5 * (20_000.0_f64 * 0.3 * 0.7).sqrt();
        assert!((many.low - (6_000.0 - spread)).abs() <= 1.0, "{many:?}");
        assert!((many.high - (6_000.0 + spread)).abs() <= 1.0, "{many:?}");
    }
    #[test]
    fn what_earlier_forecasts_missed_stretches_the_band_and_never_beyond_all_deals() {
        let exact = of_chances([0.5; 40], 0.0);
        let stretched = of_chances([0.5; 40], 0.4);
        assert_eq!(stretched.expected.to_bits(), exact.expected.to_bits());
        assert!(stretched.low < exact.low - 3.0 && stretched.high > exact.high + 3.0);
        // Many chances: the band is that of the factor alone, e to the 0.4 x 1.28 and its inverse.
        let many = of_chances(vec![0.3; 20_000], 0.4);
        assert!((many.high / 6_000.0 - 1.67).abs() < 0.05, "{many:?}");
        assert!((many.low / 6_000.0 - 0.6).abs() < 0.05, "{many:?}");
        let all = of_chances([0.9; 10], 1.0);
        assert_eq!(all.high.to_bits(), 10.0_f64.to_bits());
    }
}
