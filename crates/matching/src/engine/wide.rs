//! The AVX-512 batch: one instruction adds points to those of 64 byte-wide scores whose bit is set.
#![cfg(target_arch = "x86_64")]

use std::arch::x86_64::__m512i;

use pulp::x86::V4;

use super::{
    bitmap::{BATCH_WORDS, Batch},
    rank::{Scorer, Share},
};

/// Between two looks whether any row can still reach the threshold.
const SHARES_PER_LOOK: usize = 4;

/// Proof that the processor has AVX-512.
#[derive(Clone, Copy)]
pub(super) struct Wide(V4);

impl Wide {
    pub(super) fn new() -> Option<Self> {
        V4::try_new().map(Self)
    }

    #[inline(always)]
    fn splat(self, byte: u8) -> __m512i {
        self.0.avx512f._mm512_set1_epi8(byte as i8)
    }

    /// The rows of `among` whose sum is at least `least`.
    #[inline(always)]
    fn reaching(self, among: &Batch, sums: &[__m512i; BATCH_WORDS], least: u8) -> Batch {
        let least = self.splat(least);
        let mut reached = *among;
        for (reached, sum) in reached.iter_mut().zip(sums) {
            *reached = self
                .0
                .avx512bw
                ._mm512_mask_cmpge_epu8_mask(*reached, *sum, least);
        }
        reached
    }
}

impl Scorer for Wide {
    #[inline(always)]
    fn survivors(
        self,
        among: &Batch,
        shares: &[Share],
        batch: usize,
        threshold: u8,
        scores: &mut [u8; 512],
    ) -> Batch {
        let mut sums = [self.splat(0); BATCH_WORDS];
        for look in shares.chunks(SHARES_PER_LOOK) {
            for share in look {
                let points = self.splat(share.points);
                for (sum, rows) in sums.iter_mut().zip(share.block.0[batch]) {
                    *sum = self
                        .0
                        .avx512bw
                        ._mm512_mask_add_epi8(*sum, rows, *sum, points);
                }
            }
            let rest = look.last().map_or(0, |share| share.rest);
            if threshold > rest && is_empty(&self.reaching(among, &sums, threshold - rest)) {
                return [0; BATCH_WORDS];
            }
        }
        let found = self.reaching(among, &sums, threshold);
        for ((place, sum), found) in sums.into_iter().enumerate().zip(&found) {
            if *found != 0 {
                scores[place * 64..(place + 1) * 64]
                    .copy_from_slice(bytemuck::cast_ref::<_, [u8; 64]>(&sum));
            }
        }
        found
    }
}

#[inline(always)]
fn is_empty(rows: &Batch) -> bool {
    rows.iter().fold(0, |any, word| any | word) == 0
}
