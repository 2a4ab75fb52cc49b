//! Chance in whole numbers: the same on every machine.

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// Numbers below a bound, each `n`-th as frequent as `1 / (n + 1)`.
pub struct Zipf(Vec<u64>);

impl Zipf {
    /// Of the numbers below `bound`.
    pub fn new(bound: u64) -> Self {
        let mut sum = 0;
        let sums = (0..bound).map(|number| {
            sum += 1_000_000_000 / (number + 1);
            sum
        });
        Self(sums.collect())
    }

    /// One of them.
    pub fn draw(&self, random: &mut Random) -> u32 {
        let all = self.0.last().copied().unwrap_or(1);
        let at = random.below(all);
        self.0.partition_point(|sum| *sum <= at) as u32
    }
}
