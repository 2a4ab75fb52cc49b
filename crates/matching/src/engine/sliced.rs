//! The definition of a score, a strip of rows at a time: a score is kept as eight bit planes, and
//! points are added to all rows at once by the addition that is taught at school, in base two. What a
//! column carries is added up in the next column with what belongs there anyway, two numbers at a
//! time. Every kernel runs these loops; they differ in how many rows a register takes.

use pulp::{
    Simd,
    bytemuck::{self, Pod},
};

use super::bitmap::Block;

/// Columns of the addition: a score is at most 255.
const PLANES: usize = 8;
/// Sets that are added between two looks whether any row can still reach the threshold. Looks are
/// cheaper to leave out than strips: with 7 the addition of 21 sets took a third longer.
const SHARES_PER_LOOK: usize = 24;

/// Registers that are worked on at once: one sum has to be there before the next begins, and four of
/// them can be under way.
const STRIDE: usize = 4;
pub(super) type Strip<S> = [<S as Simd>::u64s; STRIDE];

/// On a border of cache lines: what crosses one takes twice as long.
#[repr(align(64))]
struct Aligned<T>(T);

/// What is worked out for the rows of a strip.
pub(super) struct Sums<S: Simd> {
    /// Bit `p` of every row's score is in plane `p`.
    planes: Aligned<[Strip<S>; PLANES]>,
    /// What one column hands to the next. A column halves what it is given, so there is at most one
    /// from each set, and one for the even number.
    carries: Aligned<[Strip<S>; SHARES_PER_LOOK + 1]>,
}

static EMPTY: Block = Block::EMPTY;

/// A part of the score as one block sees it.
#[derive(Clone, Copy)]
pub(super) struct Share<'a> {
    pub(super) block: &'a Block,
    pub(super) points: u8,
}

/// What is added between two looks, by columns.
pub(super) struct Look<'a> {
    /// The sets whose points have bit 0, then those with bit 1, and so on.
    sets: Vec<&'a Block>,
    /// Where each column ends.
    ends: [usize; PLANES],
    /// The points of all later looks.
    rest: u8,
}

impl<'a> Look<'a> {
    /// The looks of a block, in the order of the shares.
    pub(super) fn all(shares: &[Share<'a>]) -> Vec<Self> {
        let mut rest = shares.iter().map(|share| share.points).sum();
        let looks = shares.chunks(SHARES_PER_LOOK).map(|shares| {
            rest -= shares.iter().map(|share| share.points).sum::<u8>();
            Self::new(shares, rest)
        });
        looks.collect()
    }

    fn new(shares: &[Share<'a>], rest: u8) -> Self {
        let mut sets = Vec::with_capacity(shares.len() * PLANES);
        let mut carried = 0;
        let ends = std::array::from_fn(|plane| {
            let start = sets.len();
            let asked = shares.iter().filter(|share| share.points >> plane & 1 == 1);
            sets.extend(asked.map(|share| share.block));
            // A column takes two numbers at a time.
            if (carried + sets.len() - start) % 2 == 1 {
                sets.push(&EMPTY);
            }
            carried = (carried + sets.len() - start) / 2;
            sets.len()
        });
        Self { sets, ends, rest }
    }

    /// Adds the points of the rows of one strip.
    #[inline(always)]
    fn add_to<S: Simd>(&self, simd: S, sums: &mut Sums<S>, place: usize) {
        let carries = &mut sums.carries.0;
        let (mut waiting, mut start) = (0, 0);
        for (plane, end) in sums.planes.0.iter_mut().zip(self.ends) {
            let mut sets = &self.sets[start..end];
            let mut sum = *plane;
            let mut carried = 0;
            while carried * 2 + 1 < waiting {
                let (one, other) = (carries[carried * 2], carries[carried * 2 + 1]);
                carries[carried] = add(simd, &mut sum, &one, &other);
                carried += 1;
            }
            if let (1, [first, others @ ..]) = (waiting % 2, sets) {
                carries[carried] = add(
                    simd,
                    &mut sum,
                    &carries[waiting - 1],
                    read::<S>(first, place),
                );
                carried += 1;
                sets = others;
            }
            for [one, other] in sets.as_chunks::<2>().0 {
                carries[carried] = add(
                    simd,
                    &mut sum,
                    read::<S>(one, place),
                    read::<S>(other, place),
                );
                carried += 1;
            }
            *plane = sum;
            (waiting, start) = (carried, end);
        }
    }
}

impl<S: Simd> Sums<S> {
    pub(super) fn new(simd: S) -> Self {
        Self {
            planes: Aligned([zero(simd); PLANES]),
            carries: Aligned([zero(simd); SHARES_PER_LOOK + 1]),
        }
    }

    /// The rows of `among`, the strip at `place`, whose score reaches the threshold.
    #[inline(always)]
    pub(super) fn reaching(
        &mut self,
        simd: S,
        among: &Strip<S>,
        looks: &[Look],
        place: usize,
        threshold: u8,
    ) -> Strip<S> {
        self.planes.0 = [zero(simd); PLANES];
        let mut alive = *among;
        for look in looks {
            look.add_to(simd, self, place);
            alive = self.at_least(simd, among, threshold.saturating_sub(look.rest));
            if is_empty(&alive) {
                break;
            }
        }
        alive
    }

    /// The score of one row of the strip.
    #[inline(always)]
    pub(super) fn score(&self, word: usize, bit: u32) -> u8 {
        let mut score = 0;
        for (place, plane) in self.planes.0.iter().enumerate() {
            score |= ((words(plane)[word] >> bit & 1) as u8) << place;
        }
        score
    }

    /// The rows of `among` whose score is not below `least` by now.
    #[inline(always)]
    fn at_least(&self, simd: S, among: &Strip<S>, least: u8) -> Strip<S> {
        // From the lowest bit up: a higher bit that differs decides, an equal one leaves it as it is.
        let mut reached = [simd.splat_u64s(u64::MAX); STRIDE];
        for (place, plane) in self.planes.0.iter().enumerate() {
            let is_free = simd.splat_u64s(u64::from(least >> place & 1).wrapping_sub(1));
            for (reached, plane) in reached.iter_mut().zip(plane) {
                *reached = majority(simd, *reached, *plane, is_free);
            }
        }
        for (reached, among) in reached.iter_mut().zip(among) {
            *reached = simd.and_u64s(*reached, *among);
        }
        reached
    }
}

/// The bits of a block, strip by strip.
#[inline(always)]
pub(super) fn strips<S: Simd>(block: &Block) -> &[Strip<S>] {
    S::as_simd_u64s(block.0.as_flattened()).0.as_chunks().0
}

#[inline(always)]
fn read<S: Simd>(block: &Block, place: usize) -> &Strip<S> {
    &strips::<S>(block)[place]
}

/// Whether no row is in it.
#[inline(always)]
pub(super) fn is_empty<R: Pod>(strip: &[R; STRIDE]) -> bool {
    words(strip).iter().fold(0, |any, word| any | word) == 0
}

/// The words of a strip.
#[inline(always)]
pub(super) fn words<R: Pod>(strip: &[R; STRIDE]) -> &[u64] {
    bytemuck::cast_slice(strip)
}

/// Adds two numbers of one bit to a third, which keeps the lower bit of the sum; the upper one is
/// returned.
#[inline(always)]
fn add<S: Simd>(simd: S, sum: &mut Strip<S>, one: &Strip<S>, other: &Strip<S>) -> Strip<S> {
    let mut carry = zero(simd);
    for place in 0..STRIDE {
        let (one, other) = (one[place], other[place]);
        carry[place] = majority(simd, sum[place], one, other);
        sum[place] = simd.xor_u64s(simd.xor_u64s(sum[place], one), other);
    }
    carry
}

#[inline(always)]
fn zero<S: Simd>(simd: S) -> Strip<S> {
    [simd.splat_u64s(0); STRIDE]
}

/// The bits that are set in at least two of the three.
#[inline(always)]
fn majority<S: Simd>(simd: S, one: S::u64s, two: S::u64s, three: S::u64s) -> S::u64s {
    let (both, either) = (simd.and_u64s(one, two), simd.or_u64s(one, two));
    simd.or_u64s(both, simd.and_u64s(three, either))
}
