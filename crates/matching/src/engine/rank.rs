//! Finds the rows of a selection whose scores are high enough: one pass, 512 rows at a time, that
//! leaves a batch as soon as even its best row cannot reach the threshold any more.

use super::{
    bitmap::{BATCHES, BLOCK_ROWS, Batch, Block},
    kernel::Kernel,
    rows::Rows,
    selection::{Ones, Selection},
    sliced::Sliced,
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

/// A part as one block sees it.
#[derive(Clone, Copy)]
pub(super) struct Share<'a> {
    pub(super) block: &'a Block,
    pub(super) points: u8,
    /// The sum of all shares after this one.
    pub(super) rest: u8,
}

/// Works out the scores of 512 rows.
pub(super) trait Scorer: Copy {
    /// The rows of `among` whose score reaches the threshold; their scores are put at their places.
    fn survivors(
        self,
        among: &Batch,
        shares: &[Share],
        batch: usize,
        threshold: u8,
        scores: &mut [u8; 512],
    ) -> Batch;
}

/// Gives to `taker` every row of the selection whose score reaches its threshold. The points of all
/// parts must not add up to more than [`SCORE_MAX`].
pub fn rank(selection: &Selection, parts: &[Part], kernel: Kernel, taker: &mut impl Take) {
    debug_assert!(
        parts.iter().map(|part| u32::from(part.points)).sum::<u32>() <= SCORE_MAX,
        "a score has to fit its bits"
    );
    let mut parts: Vec<&Part> = parts.iter().filter(|part| part.points > 0).collect();
    // The largest first: the sooner the rest cannot matter any more, the sooner a batch is left.
    parts.sort_by_key(|part| std::cmp::Reverse(part.points));
    #[cfg(target_arch = "x86_64")]
    if kernel == Kernel::Avx512
        && let Some(wide) = super::wide::Wide::new()
    {
        return kernel.run(
            #[inline(always)]
            || pass(wide, selection, &parts, taker),
        );
    }
    kernel.run(
        #[inline(always)]
        || pass(Sliced, selection, &parts, taker),
    );
}

#[inline(always)]
fn pass(scorer: impl Scorer, selection: &Selection, parts: &[&Part], taker: &mut impl Take) {
    let mut spaces = vec![Block::EMPTY; parts.len()];
    let mut read = vec![0; parts.len()];
    let mut scores = [0; 512];
    for (number, among) in selection.blocks().iter().enumerate() {
        if among.is_empty() {
            continue;
        }
        let shares = shares(parts, number, &mut spaces, &mut read);
        for batch in 0..BATCHES {
            let among = &among.0[batch];
            if among.iter().all(|word| *word == 0) {
                continue;
            }
            let threshold = taker.threshold();
            let found = scorer.survivors(among, &shares, batch, threshold, &mut scores);
            let first = (number * BLOCK_ROWS + batch * 512) as u32;
            for (word, place) in found.into_iter().zip((0..).step_by(64)) {
                for bit in Ones(word) {
                    let score = scores[(place + bit) as usize];
                    if score >= taker.threshold() {
                        taker.take(first + place + bit, score);
                    }
                }
            }
        }
    }
}

/// What each part gives in one block, without those that give nothing there. `read` is how far the
/// list of each part was read: blocks come in ascending order.
#[inline(always)]
fn shares<'a>(
    parts: &[&'a Part],
    number: usize,
    spaces: &'a mut [Block],
    read: &mut [usize],
) -> Vec<Share<'a>> {
    let mut shares = Vec::with_capacity(parts.len());
    for ((part, space), read) in parts.iter().zip(spaces).zip(read) {
        if let Some(block) = part.rows.next_block(number, space, read) {
            shares.push(Share {
                block,
                points: part.points,
                rest: 0,
            });
        }
    }
    let mut rest = 0;
    for share in shares.iter_mut().rev() {
        share.rest = rest;
        rest += share.points;
    }
    shares
}
