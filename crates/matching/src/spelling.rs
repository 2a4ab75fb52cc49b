//! What counts as the same word: plurals, words that are begun, and words that are mistyped.
//!
//! Refuses to know which words there are; callers bring the list.

use rust_stemmers::{Algorithm, Stemmer};
use strsim::osa_distance;

/// Words that hold a sentence together and say nothing about a customer, in order. A question is
/// English more often than anything else; in other languages they only cost a little weight.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "anyone", "are", "as", "at",
    "be", "because", "been", "before", "but", "by", "can", "could", "did", "do", "does", "for",
    "from", "give", "had", "has", "have", "he", "her", "here", "him", "his", "how", "i", "if",
    "in", "into", "is", "it", "its", "like", "me", "more", "most", "my", "need", "needs", "no",
    "not", "of", "on", "or", "our", "out", "per", "she", "should", "so", "some", "somebody",
    "someone", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "up", "us", "use", "used", "uses", "using", "very", "via", "want", "wants",
    "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will",
    "with", "would", "you", "your",
];

/// Letters from which on a word may be mistyped by one; below, every word is one letter from another.
const ONE_TYPO_FROM: usize = 5;
const TWO_TYPOS_FROM: usize = 8;

pub(crate) fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.binary_search(&folded).is_ok()
}

/// The word without an English plural ending: two forms of a word have the same one, which need
/// not be a word itself.
pub(crate) fn singular(word: &str) -> &str {
    let ends = |ending: &str| word.len() > ending.len() + 2 && word.ends_with(ending);
    let is_es = ["sses", "shes", "ches", "xes", "zes"]
        .into_iter()
        .any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending));
    let without = |letters: usize| &word[..word.len() - letters];
    if !word.is_ascii() || ends("ss") || ends("us") || ends("is") {
        word
    } else if ends("ies") {
        // "companies" meets "company", which loses its last letter below.
        without(3)
    } else if is_es {
        without(2)
    } else if ends("s") || ends("y") && !["ay", "ey", "oy", "uy"].into_iter().any(ends) {
        without(1)
    } else {
        word
    }
}

/// What the forms of an English word have in common: "migration", "migrated" and "migrating" meet.
pub(crate) fn stem(folded: &str) -> String {
    Stemmer::create(Algorithm::English)
        .stem(folded)
        .into_owned()
}

/// How many slips are forgiven in a word. Numbers and codes have none: 2024 is not 2025.
pub(crate) fn slips_max(word: &str) -> usize {
    if !word.chars().all(char::is_alphabetic) {
        return 0;
    }
    match word.chars().count() {
        letters if letters >= TWO_TYPOS_FROM => 2,
        letters if letters >= ONE_TYPO_FROM => 1,
        _ => 0,
    }
}

/// The slips (a letter too many, too few, wrong, or two swapped) that make `typed` out of `meant`,
/// or nothing when there are more than are forgiven or the first letter differs: people get that
/// one right, and it keeps the comparison short.
pub(crate) fn slips(typed: &str, meant: &str) -> Option<usize> {
    let most = slips_max(typed);
    let is_near = typed.chars().next() == meant.chars().next()
        && typed.len().abs_diff(meant.len()) <= most * 4
        && typed.chars().count().abs_diff(meant.chars().count()) <= most;
    if most == 0 || !is_near {
        return None;
    }
    Some(osa_distance(typed, meant)).filter(|slips| (1..=most).contains(slips))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_function_words_is_in_order() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(is_function_word("we") && is_function_word("a") && !is_function_word("cloud"));
    }

    #[test]
    fn singular_and_plural_meet() {
        for (one, many) in [
            ("bank", "banks"),
            ("company", "companies"),
            ("class", "classes"),
            ("tax", "taxes"),
            ("survey", "surveys"),
            ("branch", "branches"),
        ] {
            assert_eq!(singular(one), singular(many), "{one}");
        }
        for alone in ["business", "status", "analysis", "gas", "bus", "société"] {
            assert_eq!(singular(alone), alone);
        }
    }

    #[test]
    fn long_words_forgive_more_slips_than_short_ones_and_numbers_none() {
        assert_eq!(slips("heathcare", "healthcare"), Some(1));
        assert_eq!(slips("helathcaer", "healthcare"), Some(2));
        assert_eq!(slips("cluod", "cloud"), Some(1));
        assert_eq!(slips("clod", "cloud"), None, "four letters forgive nothing");
        assert_eq!(slips("eloud", "cloud"), None, "the first letter counts");
        assert_eq!(slips("cloud", "cloud"), None, "no slip is no typo");
        assert_eq!(slips("20245", "20255"), None);
    }
}
