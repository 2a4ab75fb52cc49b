//! Which instructions a query runs on. The choice never changes an answer.

use pulp::{Simd, WithSimd};

/// A way to run the same loops: they are compiled once per set of instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Plain Rust that runs everywhere, 64 rows at a time: the definition.
    Portable,
    /// AVX2, 256 rows at a time.
    Avx2,
    /// AVX-512, 512 rows at a time.
    Avx512,
}

impl Kernel {
    /// All that this processor can run, the portable one first and the fastest last.
    pub fn available() -> Vec<Self> {
        let all = [Self::Portable, Self::Avx2, Self::Avx512];
        all.into_iter()
            .filter(|kernel| kernel.is_available())
            .collect()
    }

    /// The fastest that this processor can run.
    pub fn best() -> Self {
        if Self::Avx512.is_available() {
            Self::Avx512
        } else if Self::Avx2.is_available() {
            Self::Avx2
        } else {
            Self::Portable
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            Self::Avx2 => pulp::x86::V3::is_available(),
            Self::Avx512 => pulp::x86::V4::is_available(),
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn is_available(self) -> bool {
        self == Self::Portable
    }

    /// Runs loops, which have to be inlined into `loops`, compiled for these instructions.
    #[inline(always)]
    pub(super) fn run<R>(self, loops: impl FnOnce() -> R) -> R {
        self.run_in_registers(Plain(loops))
    }

    /// The same for loops that name the registers they work with.
    #[inline(always)]
    pub(super) fn run_in_registers<L: WithSimd>(self, loops: L) -> L::Output {
        #[cfg(target_arch = "x86_64")]
        match self {
            Self::Portable => {}
            Self::Avx2 => {
                if let Some(avx2) = pulp::x86::V3::try_new() {
                    return Simd::vectorize(avx2, loops);
                }
            }
            Self::Avx512 => {
                if let Some(avx512) = pulp::x86::V4::try_new() {
                    return Simd::vectorize(avx512, loops);
                }
            }
        }
        pulp::Scalar.vectorize(loops)
    }
}

/// Loops that leave the registers to the compiler.
struct Plain<L>(L);

impl<R, L: FnOnce() -> R> WithSimd for Plain<L> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> R {
        self.0()
    }
}
