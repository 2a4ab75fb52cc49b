//! How fast this process can read memory and change the engine's table.

use std::{hint::black_box, sync::Arc};

use crate::{
    clock,
    ours::Table,
    peers::{Failure, full_text::FullText},
    world::Row,
};

/// Larger than any cache.
const PROBE_WORDS: usize = 32 << 20;
const UPDATES: usize = 2_000;
/// Updates that one reading of the clock covers: a reading costs about as much as an update.
const UPDATES_PER_LOOK: usize = 10;
const PEER_UPDATES: usize = 60;

/// Bytes a second that one thread reads from memory, the best of five passes.
pub fn bandwidth() -> f64 {
    let words: Vec<u64> = (0..PROBE_WORDS as u64).collect();
    let pass = || {
        let start = clock::thread();
        let mut sums = [0_u64; 16];
        for chunk in words.as_chunks::<16>().0 {
            for (sum, word) in sums.iter_mut().zip(chunk) {
                *sum ^= word;
            }
        }
        black_box(sums);
        clock::thread() - start
    };
    let best = (0..5).map(|_| pass()).min().unwrap_or(1);
    (PROBE_WORDS * 8) as f64 * 1e9 / best as f64
}

/// Processor time of one use of an advocate until the next reader sees it: the row changes its
/// standing, a reader of the version before keeps it, the next version is published.
pub fn updates(table: &Table, rows: &[Row]) -> Vec<u64> {
    let mut writer = table.clone();
    let published = arc_swap::ArcSwap::from_pointee(table.clone());
    let step = rows.len() / UPDATES + 1;
    let numbers: Vec<usize> = (0..rows.len()).step_by(step).collect();
    let mut samples = Vec::new();
    for look in numbers.chunks(UPDATES_PER_LOOK) {
        let reader = published.load_full();
        let start = clock::thread();
        for number in look {
            let row = &rows[*number];
            writer.set_standing(*number as u32, !row.eligible(), (row.uses + 1).min(7));
            published.store(Arc::new(writer.clone()));
        }
        samples.push((clock::thread() - start) / look.len() as u64);
        for number in look {
            let seen = published.load();
            let row = &rows[*number];
            assert_eq!(
                seen.is_eligible(*number as u32),
                !row.eligible(),
                "a use is seen"
            );
            assert_eq!(
                reader.is_eligible(*number as u32),
                row.eligible(),
                "no reader is disturbed"
            );
        }
    }
    samples
}

/// The same with tantivy: processor time and time on the wall. The rows are put back afterwards.
pub fn peer_updates(peer: &mut FullText, rows: &[Row]) -> Result<(Vec<u64>, Vec<u64>), Failure> {
    let (mut used, mut walls) = (Vec::new(), Vec::new());
    for number in (0..rows.len()).step_by(rows.len() / PEER_UPDATES + 1) {
        let mut row = rows[number].clone();
        row.resting = !row.resting;
        let (cpu, wall) = peer.update(number, &row)?;
        used.push(cpu);
        walls.push(wall);
        peer.update(number, &rows[number])?;
    }
    Ok((used, walls))
}
