//! Full text once more, read literally: what a word of a question stands for, and what it weighs.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use domain::text::words;
use rust_stemmers::{Algorithm, Stemmer};
use strsim::osa_distance;

use crate::oracle::Oracle;

/// The forms of an English word share it; the library is the definition.
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// Of at least three letters: the words that start with it; else those with the fewest slips,
/// one from five letters on, two from eight. The eight most frequent.
fn guess(word: &str, dictionary: &BTreeMap<String, usize>) -> Vec<String> {
    let letters = word.chars().count();
    if letters < 3 || !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let mut found: Vec<&String> = dictionary
        .keys()
        .filter(|known| known.starts_with(word))
        .collect();
    if found.is_empty() {
        let most = usize::from(letters >= 5) + usize::from(letters >= 8);
        let slips = |known: &String| osa_distance(word, known);
        found = dictionary
            .keys()
            .filter(|known| known.starts_with(&word[..1]))
            .collect();
        let least = found
            .iter()
            .map(|known| slips(known))
            .min()
            .filter(|least| *least <= most);
        found.retain(|known| Some(slips(known)) == least);
    }
    found.sort_by_key(|known| (Reverse(dictionary[*known]), *known));
    found.into_iter().take(8).map(|known| stem(known)).collect()
}

impl Oracle {
    /// The stems that the words of a query stand for, one set for each distinct stem: its own, and
    /// where no counted text holds that, what the word begins or may be a slip of.
    pub fn wanted(&self, query: &str) -> Vec<BTreeSet<String>> {
        let is_small = |word: &String| ["the", "we"].contains(&word.as_str());
        let mut asked = words(query);
        if !asked.iter().all(is_small) {
            asked.retain(|word| !is_small(word));
        }
        let mut stems: Vec<String> = Vec::new();
        asked.retain(|word| {
            !stems.contains(&stem(word)) && {
                stems.push(stem(word));
                true
            }
        });
        let known = self.dictionary();
        let stands_for = |word: String| {
            let own = stem(&word);
            let is_known = known.keys().any(|known| stem(known) == own);
            let guessed = if is_known {
                Vec::new()
            } else {
                guess(&word, &known)
            };
            guessed.into_iter().chain([own]).collect()
        };
        asked.into_iter().map(stands_for).collect()
    }

    /// Every word of a text that anybody may see, and how many of them hold it.
    fn dictionary(&self) -> BTreeMap<String, usize> {
        let people = self.profiles.iter().filter(|profile| !profile.restricted);
        let content = self.items.iter().filter(|item| item.usable);
        let texts = people
            .map(|profile| &profile.text)
            .chain(content.map(|item| &item.text));
        let mut dictionary = BTreeMap::new();
        for text in texts {
            for word in words(text).into_iter().collect::<BTreeSet<String>>() {
                *dictionary.entry(word).or_default() += 1;
            }
        }
        dictionary
    }

    /// Over the profiles that anybody may see, in whole millionths.
    pub fn idf(&self, stems: &BTreeSet<String>) -> f64 {
        let open = self.profiles.iter().filter(|profile| !profile.restricted);
        let (with, without): (Vec<_>, Vec<_>) = open.partition(|profile| {
            let mut held = words(&profile.text).into_iter().map(|word| stem(&word));
            held.any(|stem| stems.contains(&stem))
        });
        let ratio = (without.len() as f64 + 0.5) / (with.len() as f64 + 0.5);
        (1e6 * (1.0 + ratio).ln()).round().max(1.0)
    }
}
