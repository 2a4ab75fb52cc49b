//! Finds the rows of a selection whose scores are high enough: one pass, strip by strip, that leaves
//! a strip as soon as even its best row cannot reach the threshold any more.

use pulp::{Simd, WithSimd};

use super::{
    bitmap::BLOCK_ROWS,
    kernel::Kernel,
    rows::{Rows, Space},
    selection::{Ones, Selection},
    sliced::{Look, Share, Sums, is_empty, strips, words},
};

/// The highest sum that the parts of one score may have.
pub const SCORE_MAX: u32 = 255;

/// What a score consists of: every row of a set is given the same points.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    pub rows: Rows<'a>,
    /// The points.
    pub points: u8,
}

/// Receives the rows that reach its threshold, in ascending order of rows.
pub trait Take {
    /// Rows with a lower score are left out. It may rise from one row to the next.
    fn threshold(&self) -> u8;
    /// One more row with its exact score.
    fn take(&mut self, row: u32, score: u8);
}

/// Gives to `taker` every row of the selection whose score reaches its threshold. The points of all
/// parts must not add up to more than [`SCORE_MAX`].
pub fn rank(selection: &Selection, parts: &[Part], kernel: Kernel, taker: &mut impl Take) {
    debug_assert!(
        parts.iter().map(|part| u32::from(part.points)).sum::<u32>() <= SCORE_MAX,
        "a score has to fit its bits"
    );
    kernel.run_in_registers(Pass {
        selection,
        parts,
        taker,
    });
}

struct Pass<'a, 'b, T> {
    selection: &'a Selection,
    parts: &'a [Part<'b>],
    taker: &'a mut T,
}

impl<T: Take> WithSimd for Pass<'_, '_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let mut parts: Vec<&Part> = self.parts.iter().filter(|part| part.points > 0).collect();
        // The largest first: the sooner the rest cannot matter any more, the sooner a strip is left.
        parts.sort_by_key(|part| std::cmp::Reverse(part.points));
        let mut spaces = vec![None; parts.len()];
        let mut sums = Sums::new(simd);
        for (number, among) in self.selection.blocks().iter().enumerate() {
            if among.is_empty() {
                continue;
            }
            let looks = Look::all(&shares(&parts, number, &mut spaces));
            for (place, among) in strips::<S>(among).iter().enumerate() {
                if is_empty(among) {
                    continue;
                }
                let found = sums.reaching(simd, among, &looks, place, self.taker.threshold());
                if !is_empty(&found) {
                    let strip_rows = words(&found).len() * 64;
                    let first = number * BLOCK_ROWS + place * strip_rows;
                    give(&sums, words(&found), first as u32, self.taker);
                }
            }
        }
    }
}

/// Gives the rows of a strip; the first word begins with the row `first`.
#[inline(always)]
fn give<S: Simd>(sums: &Sums<S>, found: &[u64], first: u32, taker: &mut impl Take) {
    for (word, rows) in found.iter().enumerate() {
        for bit in Ones(*rows) {
            let score = sums.score(word, bit);
            if score >= taker.threshold() {
                taker.take(first + word as u32 * 64 + bit, score);
            }
        }
    }
}

/// What each part gives in one block, without those that give nothing there.
#[inline(always)]
fn shares<'a>(parts: &[&'a Part], number: usize, spaces: &'a mut [Space]) -> Vec<Share<'a>> {
    let mut shares = Vec::with_capacity(parts.len());
    for (part, space) in parts.iter().zip(spaces) {
        if let Some(block) = part.rows.block(number, space) {
            shares.push(Share {
                block,
                points: part.points,
            });
        }
    }
    shares
}
