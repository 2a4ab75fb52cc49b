//! Which rows meet all conditions, and how many miss by one of them or by two.

use super::{
    bitmap::{BATCH_WORDS, BATCHES, Block},
    kernel::Kernel,
    rows::Rows,
    selection::Selection,
};

/// The rows of a selection by how many conditions they miss.
#[derive(Clone, Debug, Default)]
pub struct Shortfall {
    /// The rows that meet all conditions.
    pub met: Selection,
    /// By condition: the rows that miss it alone.
    pub by_one: Vec<u32>,
    /// By two conditions, the earlier one first: the rows that miss just these. Only counted when
    /// no row misses by one.
    pub by_two: Vec<(usize, usize, u32)>,
}

impl Shortfall {
    /// Of the rows of `among`.
    pub fn new(among: &Selection, conditions: &[Rows], kernel: Kernel) -> Self {
        kernel.run(
            #[inline(always)]
            || Self::of(among, conditions),
        )
    }

    #[inline(always)]
    fn of(among: &Selection, conditions: &[Rows]) -> Self {
        let mut spaces = vec![None; conditions.len()];
        let mut met = Vec::with_capacity(among.blocks().len());
        let mut by_one = vec![0; conditions.len()];
        let mut pairs = vec![0; conditions.len() * conditions.len()];
        let mut one_helps = false;
        for (number, rows) in among.blocks().iter().enumerate() {
            let mut blocks = Vec::with_capacity(conditions.len());
            for (condition, space) in conditions.iter().zip(&mut spaces) {
                blocks.push(condition.block(number, space).unwrap_or(&EMPTY));
            }
            let [one, two, three] = missing(rows, &blocks);
            let mut all = rows.clone();
            all.combine(&one, |rows, missing| rows & !missing);
            met.push(all);
            let mut just_one = one;
            just_one.combine(&two, |at_least, more| at_least & !more);
            let mut just_two = two;
            just_two.combine(&three, |at_least, more| at_least & !more);
            for (place, block) in blocks.iter().enumerate() {
                by_one[place] += without(&just_one, &[block]);
                one_helps |= by_one[place] > 0;
            }
            if one_helps {
                continue;
            }
            for first in 0..blocks.len() {
                for second in first + 1..blocks.len() {
                    pairs[first * blocks.len() + second] +=
                        without(&just_two, &[blocks[first], blocks[second]]);
                }
            }
        }
        let pairs = pairs
            .into_iter()
            .enumerate()
            .filter(|(_, rows)| !one_helps && *rows > 0);
        let count = conditions.len().max(1);
        Self {
            met: Selection::of(met),
            by_one,
            by_two: pairs
                .map(|(place, rows)| (place / count, place % count, rows))
                .collect(),
        }
    }
}

static EMPTY: Block = Block::EMPTY;

/// The rows that miss at least one, two and three of the conditions.
#[inline(always)]
fn missing(rows: &Block, conditions: &[&Block]) -> [Block; 3] {
    let mut at_least = [Block::EMPTY; 3];
    for condition in conditions {
        for batch in 0..BATCHES {
            for word in 0..BATCH_WORDS {
                let misses = rows.0[batch][word] & !condition.0[batch][word];
                at_least[2].0[batch][word] |= at_least[1].0[batch][word] & misses;
                at_least[1].0[batch][word] |= at_least[0].0[batch][word] & misses;
                at_least[0].0[batch][word] |= misses;
            }
        }
    }
    at_least
}

/// How many of the rows are in none of the blocks.
#[inline(always)]
fn without(rows: &Block, blocks: &[&Block]) -> u32 {
    let mut count = 0;
    for batch in 0..BATCHES {
        for word in 0..BATCH_WORDS {
            let mut left = rows.0[batch][word];
            for block in blocks {
                left &= !block.0[batch][word];
            }
            count += left.count_ones();
        }
    }
    count
}
