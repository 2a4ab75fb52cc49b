//! The answer, read literally from the rules: slow and short.

use std::cmp::Reverse;

use crate::world::{Answer, Query, Row, USE_POINTS, USES_MAX, VALUES};

/// Rows of an answer.
pub const LIMIT: usize = 20;

pub fn answer(rows: &[Row], query: &Query) -> Answer {
    let mut counts = vec![0; VALUES];
    let mut found = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let values = row.values();
        let holds = |value: &u16| values.contains(&u32::from(*value));
        if !row.eligible() || !query.musts.iter().all(holds) {
            continue;
        }
        for value in &values {
            counts[*value as usize] += 1;
        }
        let mut score = (USES_MAX - row.uses) * USE_POINTS;
        for wish in &query.wishes {
            if wish.values.iter().any(holds) {
                score += wish.points;
            }
        }
        for (word, points) in &query.words {
            if row.words.contains(word) {
                score += points;
            }
        }
        found.push((Reverse(score), row.uses, number as u32));
    }
    found.sort_unstable();
    let best = found.iter().take(LIMIT);
    Answer {
        rows: best.map(|(score, _, number)| (*number, score.0)).collect(),
        counts,
        total: found.len() as u32,
    }
}
