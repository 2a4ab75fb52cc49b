//! How the kernels stand beside plain loops and beside reading their own bytes, by the processor time
//! of this thread, in turns and the best of several: ratios inside one process, never times. The
//! bounds leave room for a busy machine; what is measured with care stands in `bench/`.

use std::{cmp::Reverse, hint::black_box};

use matching::engine::{Bitmap, Kernel, Part, Rows, Selection, Top, rank};
use rustix::time::{ClockId, clock_gettime};

const ROWS: u32 = 100_000;
const SETS: usize = 12;
const LIMIT: usize = 20;
const TURNS: usize = 9;

/// Measured at 9, and at 56 to 60 with AVX-512.
const PORTABLE_AT_LEAST: f64 = 4.0;
const BEST_AT_LEAST: f64 = 10.0;
/// Times what reading the bytes of the sets takes; measured at 3.
const BYTES_AT_MOST: f64 = 10.0;

/// One set in so many rows, in no order.
fn set(number: u64, one_in: u64) -> Vec<bool> {
    let mix = |row: u64| {
        let mixed = (row + number * 1_000_003).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33
    };
    (0..u64::from(ROWS))
        .map(|row| mix(row) % one_in == 0)
        .collect()
}

fn bitmap(set: &[bool]) -> Bitmap {
    let held = (0..).zip(set).filter(|(_, is_in)| **is_in);
    Bitmap::of(held.map(|(row, _)| row))
}

/// Nanoseconds of this thread that `work` takes.
pub fn time<R>(work: impl FnOnce() -> R) -> (u64, R) {
    let read = || {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
    };
    let start = read();
    let done = black_box(work());
    (read() - start, done)
}

/// The definition: every row is looked at, scored and sorted.
fn plain(conditions: &[Vec<bool>], scored: &[(Vec<bool>, u8)]) -> Vec<(u32, u8)> {
    let meets = |row: &u32| conditions.iter().all(|set| set[*row as usize]);
    let score = |row: u32| {
        let held = scored.iter().filter(|(set, _)| set[row as usize]);
        held.map(|(_, points)| *points).sum::<u8>()
    };
    let mut best: Vec<(Reverse<u8>, u32)> = (0..ROWS)
        .filter(meets)
        .map(|row| (Reverse(score(row)), row))
        .collect();
    best.sort_unstable();
    best.truncate(LIMIT);
    best.into_iter()
        .map(|(score, row)| (row, score.0))
        .collect()
}

/// Reads the words, sixteen at once.
fn read(words: &[u64]) -> [u64; 16] {
    let mut sums = [0; 16];
    for chunk in black_box(words).as_chunks::<16>().0 {
        for (sum, word) in sums.iter_mut().zip(chunk) {
            *sum ^= word;
        }
    }
    sums
}

fn kernel(kernel: Kernel, conditions: &[Rows], parts: &[Part]) -> Vec<(u32, u8)> {
    let selection = Selection::new(ROWS, conditions, &[], kernel);
    let mut top = Top::new(LIMIT, |_| 0);
    rank(&selection, parts, kernel, &mut top);
    top.rows().collect()
}

#[test]
fn the_kernels_leave_plain_loops_behind_and_keep_close_to_reading_their_bytes() {
    let conditions = [set(1, 2), set(2, 3)];
    let scored: Vec<(Vec<bool>, u8)> = (0..SETS as u64)
        .map(|place| (set(10 + place, 2 + place), 1 + place as u8 % 7))
        .collect();
    let asked = conditions.each_ref().map(|set| bitmap(set));
    let asked = asked.each_ref().map(Rows::Bitmap);
    let sets: Vec<Bitmap> = scored.iter().map(|(set, _)| bitmap(set)).collect();
    let parts: Vec<Part> = sets
        .iter()
        .zip(&scored)
        .map(|(set, (_, points))| Part {
            rows: Rows::Bitmap(set),
            points: *points,
        })
        .collect();
    let bytes = vec![0x5A5A_5A5A_5A5A_5A5A_u64; (SETS + asked.len()) * ROWS as usize / 64];
    let mut best = [u64::MAX; 4];
    for _ in 0..TURNS {
        let (plainly, expected) = time(|| plain(&conditions, &scored));
        let (portably, portable) = time(|| kernel(Kernel::Portable, &asked, &parts));
        let (quickly, quick) = time(|| kernel(Kernel::best(), &asked, &parts));
        let (reading, _) = time(|| read(&bytes));
        assert_eq!((&portable, &quick), (&expected, &expected));
        for (best, now) in best.iter_mut().zip([plainly, portably, quickly, reading]) {
            *best = now.min(*best);
        }
    }
    let [plainly, portably, quickly, reading] = best.map(|time| time.max(1) as f64);
    let ratio = plainly / portably;
    assert!(
        ratio >= PORTABLE_AT_LEAST,
        "portable: only {ratio:.1} times as fast as plain loops"
    );
    if Kernel::best() != Kernel::Portable {
        let ratio = plainly / quickly;
        assert!(
            ratio >= BEST_AT_LEAST,
            "best: only {ratio:.1} times as fast as plain loops"
        );
        let ratio = quickly / reading;
        assert!(
            ratio <= BYTES_AT_MOST,
            "best: {ratio:.1} times what reading its bytes takes"
        );
    }
}
