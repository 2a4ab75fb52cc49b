//! Which instructions a query runs on. The choice never changes an answer.

/// A way to run the same loops. The sliced loops are compiled once per set of instructions; only
/// AVX-512, which adds to 64 masked bytes at once, has a batch of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Plain Rust that runs everywhere: the definition.
    Portable,
    /// The portable loops, compiled for AVX2.
    Avx2,
    /// Masked adds of AVX-512.
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
        #[cfg(target_arch = "x86_64")]
        match self {
            Self::Portable => {}
            Self::Avx2 => {
                if let Some(avx2) = pulp::x86::V3::try_new() {
                    return avx2.vectorize(loops);
                }
            }
            Self::Avx512 => {
                if let Some(avx512) = pulp::x86::V4::try_new() {
                    return avx512.vectorize(loops);
                }
            }
        }
        loops()
    }
}
