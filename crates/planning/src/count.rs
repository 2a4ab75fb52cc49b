//! Counts as fractions.

/// A count of deals or forecasts as a fraction.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts stay far below the 53 bits that a fraction holds exactly"
)]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}
