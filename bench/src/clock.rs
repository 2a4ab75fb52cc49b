//! What an engine costs: the processor time of the thread that works for it.

use rustix::time::{ClockId, clock_gettime};

fn read(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Nanoseconds that this thread has used.
pub fn thread() -> u64 {
    read(ClockId::ThreadCPUTime)
}

/// Nanoseconds that all threads of this process have used.
pub fn process() -> u64 {
    read(ClockId::ProcessCPUTime)
}

/// Nanoseconds on the wall.
pub fn wall() -> u64 {
    read(ClockId::Monotonic)
}

/// A quantile in thousandths of the whole.
pub fn quantile(samples: &[u64], thousandths: usize) -> u64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().saturating_sub(1);
    sorted
        .get(last.min(sorted.len() * thousandths / 1000))
        .copied()
        .unwrap_or(0)
}
