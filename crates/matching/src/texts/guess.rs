//! What a word that no counted text holds may stand for: the words that it begins, or those that it
//! may be a slip of.

use std::{cmp::Reverse, collections::BTreeMap, ops::Bound, sync::Arc};

use super::Texts;
use crate::spelling;

/// Words that a guessed one may stand for, the most frequent ones.
const GUESSES_MAX: usize = 8;
/// Letters that a beginning must have.
const BEGINNING_MIN: usize = 3;

/// The stems that an unknown word may stand for: of the words that it begins, failing those of the
/// ones with the fewest slips; the most frequent first, in counted texts only.
pub(super) fn stems(typed: &str, texts: [&Texts; 2]) -> Vec<Arc<str>> {
    if !typed.chars().all(char::is_alphabetic) || typed.chars().count() < BEGINNING_MIN {
        return Vec::new();
    }
    let begun = starting(typed, texts);
    let mut found: Vec<(&Arc<str>, usize)> = if begun.is_empty() {
        let first: String = typed.chars().take(1).collect();
        let mut near: Vec<(usize, (&Arc<str>, usize))> = starting(&first, texts)
            .into_iter()
            .filter_map(|(word, counted)| Some((spelling::slips(typed, word)?, (word, counted))))
            .collect();
        let least = near.iter().map(|(slips, _)| *slips).min();
        near.retain(|(slips, _)| Some(*slips) == least);
        near.into_iter().map(|(_, found)| found).collect()
    } else {
        begun.into_iter().collect()
    };
    found.sort_by_key(|(word, counted)| (Reverse(*counted), *word));
    let found = found.into_iter().take(GUESSES_MAX);
    found.map(|(word, _)| spelling::stem(word).into()).collect()
}

/// The words that start like this, and how many counted texts hold each.
fn starting<'a>(start: &str, texts: [&'a Texts; 2]) -> BTreeMap<&'a Arc<str>, usize> {
    let mut found = BTreeMap::new();
    for texts in texts {
        let first = start.chars().next().unwrap_or_default();
        let Some(spelled) = texts.spelled.get(&first) else {
            continue;
        };
        let from = spelled.range::<str, _>((Bound::Included(start), Bound::Unbounded));
        for word in from.take_while(|word| word.starts_with(start)) {
            let counted = texts.counted_word(word);
            if counted > 0 {
                *found.entry(word).or_default() += counted;
            }
        }
    }
    found
}
