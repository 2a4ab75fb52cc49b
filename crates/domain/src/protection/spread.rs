//! How evenly uses are spread over advocates: the same five customers, or everybody in turn.

/// Points of a Lorenz curve at most, the origin left out.
const POINTS_MAX: usize = 100;

/// A point of the Lorenz curve: the least used share of advocates gave this share of uses.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LorenzPoint {
    /// From 0 to 1.
    pub advocates: f64,
    /// From 0 to 1.
    pub uses: f64,
}

/// How the uses of a period are spread over the advocates who could have given them.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    pub advocates: usize,
    pub uses: i64,
    /// Share of all uses that the most used tenth of advocates gave, from 0 to 1; absent without uses.
    pub top_tenth: Option<f64>,
    /// Gini coefficient: 0 when all gave the same, towards 1 when one gave everything; absent
    /// without uses. Sum of (2 i - n - 1) x_i over n times the sum of x_i, x ascending.
    pub gini: Option<f64>,
    /// From the least to the most used, the origin left out; empty without uses.
    pub lorenz: Vec<LorenzPoint>,
}

/// Measures the spread of uses, one number per advocate; unused advocates count with 0.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of uses stay far below the 53 bits that a fraction holds exactly"
)]
pub fn spread(mut uses: Vec<i64>) -> Spread {
    uses.sort_unstable();
    let (count, sum) = (uses.len(), uses.iter().sum::<i64>());
    if sum == 0 {
        return Spread {
            advocates: count,
            uses: 0,
            top_tenth: None,
            gini: None,
            lorenz: Vec::new(),
        };
    }
    let total = sum as f64;
    let top: i64 = uses.iter().rev().take(count.div_ceil(10)).sum();
    let ranked: f64 = uses
        .iter()
        .enumerate()
        .map(|(place, uses)| (2.0 * (place as f64 + 1.0) - count as f64 - 1.0) * *uses as f64)
        .sum();
    let points = count.min(POINTS_MAX);
    let (mut given, mut passed) = (0, 0);
    let lorenz = (1..=points)
        .map(|point| {
            let until = count * point / points;
            given += uses[passed..until].iter().sum::<i64>();
            passed = until;
            LorenzPoint {
                advocates: until as f64 / count as f64,
                uses: given as f64 / total,
            }
        })
        .collect();
    Spread {
        advocates: count,
        uses: sum,
        top_tenth: Some(top as f64 / total),
        gini: Some(ranked / (count as f64 * total)),
        lorenz,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_given_by_all_alike_have_no_spread() {
        let spread = spread(vec![2; 20]);
        assert_eq!(spread.gini, Some(0.0));
        assert_eq!(spread.top_tenth, Some(0.1));
        assert!(
            spread
                .lorenz
                .iter()
                .all(|point| (point.advocates - point.uses).abs() < 1e-12)
        );
    }

    #[test]
    fn one_advocate_who_gives_everything_is_the_other_end() {
        let mut uses = vec![0; 9];
        uses.push(7);
        let spread = spread(uses);
        assert_eq!(spread.top_tenth, Some(1.0));
        assert_eq!(spread.gini, Some(0.9));
        assert_eq!(spread.lorenz.last().map(|point| point.uses), Some(1.0));
        assert_eq!(spread.lorenz[8].uses, 0.0);
    }

    #[test]
    fn a_large_pool_keeps_a_hundred_points_and_ends_at_one() {
        let spread = spread((0..12_345).collect());
        assert_eq!(spread.lorenz.len(), 100);
        let last = spread.lorenz[99];
        assert_eq!((last.advocates, last.uses), (1.0, 1.0));
        // A straight ramp has a Gini coefficient of one third.
        assert!((spread.gini.expect("uses") - 1.0 / 3.0).abs() < 1e-3);
    }

    #[test]
    fn nobody_used_and_nobody_there_have_no_figures() {
        for uses in [vec![], vec![0, 0, 0]] {
            let spread = spread(uses);
            assert_eq!((spread.gini, spread.top_tenth), (None, None));
            assert!(spread.lorenz.is_empty());
        }
    }
}
