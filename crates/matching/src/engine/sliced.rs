//! The definition of a score, 64 rows at a time: a score is kept as eight bit planes, and points are
//! added to all rows of a word at once by the addition that is taught at school, in base two.

use super::{
    bitmap::{BATCH_WORDS, Batch},
    rank::{Scorer, Share},
};

const PLANES: usize = 8;
/// Between two looks whether any row can still reach the threshold.
const SHARES_PER_LOOK: usize = 3;

/// Bit `p` of every row's score is in plane `p`.
type Planes = [Batch; PLANES];

#[derive(Clone, Copy)]
pub(super) struct Sliced;

impl Scorer for Sliced {
    #[inline(always)]
    fn survivors(
        self,
        among: &Batch,
        shares: &[Share],
        batch: usize,
        threshold: u8,
        scores: &mut [u8; 512],
    ) -> Batch {
        let mut planes = [[0; BATCH_WORDS]; PLANES];
        for look in shares.chunks(SHARES_PER_LOOK) {
            for share in look {
                add(&mut planes, &share.block.0[batch], share.points);
            }
            let rest = look.last().map_or(0, |share| share.rest);
            let alive = reaching(&planes, among, threshold.saturating_sub(rest));
            if alive.iter().all(|word| *word == 0) {
                return alive;
            }
        }
        let found = reaching(&planes, among, threshold);
        for (word, rows) in found.into_iter().enumerate() {
            if rows != 0 {
                read(&planes, word, &mut scores[word * 64..(word + 1) * 64]);
            }
        }
        found
    }
}

/// Adds the points to the score of every row in `rows`.
#[inline(always)]
fn add(planes: &mut Planes, rows: &Batch, points: u8) {
    for lowest in 0..PLANES {
        if points >> lowest & 1 == 0 {
            continue;
        }
        let mut carry = *rows;
        for plane in &mut planes[lowest..] {
            for (bit, carry) in plane.iter_mut().zip(&mut carry) {
                let sum = *bit ^ *carry;
                *carry &= *bit;
                *bit = sum;
            }
        }
    }
}

/// The rows of `among` whose score is at least `least`.
#[inline(always)]
fn reaching(planes: &Planes, among: &Batch, least: u8) -> Batch {
    // From the lowest bit up: a higher bit that differs decides, an equal one leaves it as it is.
    let mut reached = [u64::MAX; BATCH_WORDS];
    for (place, plane) in planes.iter().enumerate() {
        let asked = least >> place & 1 == 1;
        for (reached, bit) in reached.iter_mut().zip(plane) {
            *reached = if asked {
                *reached & bit
            } else {
                *reached | bit
            };
        }
    }
    for (reached, among) in reached.iter_mut().zip(among) {
        *reached &= among;
    }
    reached
}

/// The scores of the 64 rows of one word.
#[inline(always)]
fn read(planes: &Planes, word: usize, scores: &mut [u8]) {
    for (row, score) in scores.iter_mut().enumerate() {
        let bits = planes.iter().enumerate();
        *score = bits
            .map(|(place, plane)| ((plane[word] >> row & 1) as u8) << place)
            .sum();
    }
}
