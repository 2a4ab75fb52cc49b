//! Which words occur in which texts. A word that no text holds any more is forgotten, so that an
//! erased profile leaves nothing behind.
//!
//! Words are found by their stem. A word of a query that no counted text holds in any form stands
//! for the words that it begins, failing those for the ones that it may be a slip of.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Bound,
    sync::Arc,
};

use domain::text;

use crate::{engine::Rows, spelling};

/// Unknown words of a query that are looked up by beginning and slip; further ones stay unknown.
pub const GUESSED_MAX: usize = 16;
/// Words that a guessed one may stand for, the most frequent ones.
pub const GUESSES_MAX: usize = 8;
/// Letters that a beginning must have.
const BEGINNING_MIN: usize = 3;

/// The words of one text, as ascending numbers of the dictionary.
#[derive(Default)]
pub(crate) struct Document {
    words: Box<[u32]>,
    counted: bool,
}

impl Document {
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[derive(Default)]
pub(crate) struct Texts {
    numbers: HashMap<Arc<str>, u32>,
    words: Vec<Word>,
    free: Vec<u32>,
    /// Every word as it is spelled, in order.
    spelled: BTreeSet<Arc<str>>,
    stems: HashMap<Arc<str>, Stem>,
    /// Which slots are counted.
    is_counted: Vec<bool>,
    counted: usize,
}

#[derive(Default)]
struct Word {
    text: Arc<str>,
    stem: Arc<str>,
    texts: usize,
    counted: usize,
}

#[derive(Default)]
struct Stem {
    /// The slots whose text holds a word of the stem, ascending.
    slots: Vec<u32>,
    counted: usize,
}

/// A word that is looked for, with its idf.
pub(crate) struct WeighedWord {
    /// A text that holds a word of any of these holds this one.
    stems: Vec<Arc<str>>,
    pub(crate) idf: u64,
}

impl Texts {
    /// Replaces the text of a slot. Texts that are not counted are found like all others, but do
    /// not move the idf: a hidden profile must not show in a visible score.
    pub(crate) fn replace(
        &mut self,
        slot: u32,
        old: Document,
        text: &str,
        counted: bool,
    ) -> Document {
        let words = text::words(text);
        let mut new: Vec<u32> = words.iter().map(|word| self.enter(word)).collect();
        new.sort_unstable();
        new.dedup();
        // A use of an advocate comes with the text that is already here.
        if !new.is_empty() && old.counted == counted && *old.words == *new {
            return old;
        }
        let stems = self.stems_of(&new);
        for number in &new {
            let word = &mut self.words[*number as usize];
            word.texts += 1;
            word.counted += usize::from(counted);
        }
        for stem in &stems {
            let stem = self.stems.entry(stem.clone()).or_default();
            stem.counted += usize::from(counted);
            // Slots mostly come in ascending order while an index is built.
            if stem.slots.last().is_none_or(|last| *last < slot) {
                stem.slots.push(slot);
            } else if let Err(place) = stem.slots.binary_search(&slot) {
                stem.slots.insert(place, slot);
            }
        }
        self.leave(slot, &old, &stems);
        self.count(slot, counted);
        Document {
            words: new.into(),
            counted,
        }
    }

    pub(crate) fn remove(&mut self, slot: u32, old: &Document) {
        self.leave(slot, old, &BTreeSet::new());
        self.count(slot, false);
    }

    /// Looks up the distinct stems of a query with their idf, in millionths:
    /// ln(1 + (texts - with the word + 1/2) / (with the word + 1/2)), over counted texts, and
    /// never 0, so that a word which all of them hold is still a word. Function words only count
    /// in a query that has no others. Words are guessed from these texts and from `others`.
    pub(crate) fn weigh(&self, others: &Self, query: &str) -> Vec<WeighedWord> {
        let mut words = text::words(query);
        if words.iter().any(|word| !spelling::is_function_word(word)) {
            words.retain(|word| !spelling::is_function_word(word));
        }
        let mut seen = BTreeSet::new();
        let mut guessed = 0;
        let mut weighed = Vec::new();
        for word in words {
            let own: Arc<str> = spelling::stem(&word).into();
            if !seen.insert(own.clone()) {
                continue;
            }
            let is_known = [self, others]
                .iter()
                .any(|texts| texts.is_counted_stem(&own));
            let mut stems = BTreeSet::from([own]);
            if !is_known && guessed < GUESSED_MAX {
                guessed += 1;
                stems.extend(guess(&word, [self, others]));
            }
            let stems: Vec<Arc<str>> = stems.into_iter().collect();
            let with = self.counted_with(&stems);
            let ratio = ((self.counted - with) as f64 + 0.5) / (with as f64 + 0.5);
            let idf = ((ratio.ln_1p() * 1e6).round() as u64).max(1);
            weighed.push(WeighedWord { stems, idf });
        }
        weighed
    }

    /// The sum of the idf of the words that each slot's text holds.
    pub(crate) fn matched(&self, query: &[WeighedWord], slots: usize) -> Vec<u64> {
        let mut matched = vec![0; slots];
        for wanted in query {
            self.each_holder(&wanted.stems, |slot| matched[slot as usize] += wanted.idf);
        }
        matched
    }

    /// The slots whose text holds the word.
    pub(crate) fn holders(&self, word: &WeighedWord) -> Rows<'_> {
        let stems = word.stems.iter().filter_map(|stem| self.stems.get(stem));
        let mut lists: Vec<Rows> = stems.map(|stem| Rows::List(&stem.slots)).collect();
        match lists.pop() {
            Some(only) if lists.is_empty() => only,
            last => Rows::AnyOf(lists.into_iter().chain(last).collect()),
        }
    }

    /// Whether a counted text holds the word just as it is spelled.
    pub(crate) fn is_word(&self, folded: &str) -> bool {
        self.counted_word(folded) > 0
    }

    fn counted_word(&self, folded: &str) -> usize {
        let number = self.numbers.get(folded);
        number.map_or(0, |number| self.words[*number as usize].counted)
    }

    fn is_counted_stem(&self, stem: &str) -> bool {
        self.stems.get(stem).is_some_and(|stem| stem.counted > 0)
    }

    fn counted_with(&self, stems: &[Arc<str>]) -> usize {
        if let [stem] = stems {
            return self.stems.get(stem).map_or(0, |stem| stem.counted);
        }
        let mut with = 0;
        self.each_holder(stems, |slot| {
            with += usize::from(self.is_counted[slot as usize]);
        });
        with
    }

    /// Every slot whose text holds one of the stems, once.
    fn each_holder(&self, stems: &[Arc<str>], mut each: impl FnMut(u32)) {
        let mut lists = stems.iter().filter_map(|stem| self.stems.get(stem));
        let Some(first) = lists.next() else {
            return;
        };
        let mut slots = first.slots.clone();
        let alone = slots.len();
        lists.for_each(|stem| slots.extend(&stem.slots));
        if slots.len() > alone {
            slots.sort_unstable();
            slots.dedup();
        }
        slots.into_iter().for_each(&mut each);
    }

    fn count(&mut self, slot: u32, counted: bool) {
        let slot = slot as usize;
        if self.is_counted.len() <= slot {
            self.is_counted.resize(slot + 1, false);
        }
        self.counted -= usize::from(self.is_counted[slot]);
        self.counted += usize::from(counted);
        self.is_counted[slot] = counted;
    }

    fn stems_of(&self, words: &[u32]) -> BTreeSet<Arc<str>> {
        let words = words.iter().map(|number| &self.words[*number as usize]);
        words.map(|word| word.stem.clone()).collect()
    }

    fn enter(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let stem = spelling::stem(text);
        let known = self.stems.get_key_value(stem.as_str());
        let word = Word {
            text: text.into(),
            stem: known.map_or_else(|| stem.as_str().into(), |(stem, _)| stem.clone()),
            ..Word::default()
        };
        let text = word.text.clone();
        let number = match self.free.pop() {
            Some(number) => {
                self.words[number as usize] = word;
                number
            }
            None => {
                self.words.push(word);
                (self.words.len() - 1) as u32
            }
        };
        self.spelled.insert(text.clone());
        self.numbers.insert(text, number);
        number
    }

    fn leave(&mut self, slot: u32, old: &Document, kept: &BTreeSet<Arc<str>>) {
        for name in self.stems_of(&old.words) {
            let Some(stem) = self.stems.get_mut(&name) else {
                continue;
            };
            stem.counted -= usize::from(old.counted);
            if kept.contains(&name) {
                continue;
            }
            if let Ok(place) = stem.slots.binary_search(&slot) {
                stem.slots.remove(place);
            }
            if stem.slots.is_empty() {
                self.stems.remove(&name);
            }
        }
        for number in &old.words {
            let word = &mut self.words[*number as usize];
            word.texts -= 1;
            word.counted -= usize::from(old.counted);
            if word.texts == 0 {
                let forgotten = std::mem::take(word);
                self.numbers.remove(&forgotten.text);
                self.spelled.remove(&forgotten.text);
                self.free.push(*number);
            }
        }
    }
}

/// The stems that an unknown word may stand for: of the words that it begins, failing those of the
/// ones with the fewest slips; the most frequent first, in counted texts only.
fn guess(typed: &str, texts: [&Texts; 2]) -> Vec<Arc<str>> {
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
        let from = texts
            .spelled
            .range::<str, _>((Bound::Included(start), Bound::Unbounded));
        for word in from.take_while(|word| word.starts_with(start)) {
            let counted = texts.counted_word(word);
            if counted > 0 {
                *found.entry(word).or_default() += counted;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_text_leaves_no_word_behind_and_shared_words_stay() {
        let mut texts = Texts::default();
        let first = texts.replace(0, Document::default(), "Saved millions", true);
        let second = texts.replace(1, Document::default(), "saved time", true);
        let first = texts.replace(0, first, "saved face", false);
        assert!(!texts.spelled.contains("millions") && !texts.stems.contains_key("million"));
        assert_eq!(texts.counted_word("saved"), 1);
        assert_eq!(texts.stems["save"].slots, [0, 1]);
        texts.remove(0, &first);
        assert!(!texts.spelled.contains("face"));
        texts.remove(1, &second);
        assert!(texts.numbers.is_empty() && texts.spelled.is_empty() && texts.stems.is_empty());
        assert_eq!((texts.counted, texts.free.len()), (0, texts.words.len()));
        assert!(texts.words.iter().all(|word| word.text.is_empty()));
    }
}
