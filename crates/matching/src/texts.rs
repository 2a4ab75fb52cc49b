//! Which words occur in which texts. A word that no text holds any more is forgotten, so that an
//! erased profile leaves nothing behind.

use std::{collections::HashMap, sync::Arc};

use domain::text;

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
    counted: usize,
}

#[derive(Default)]
struct Word {
    text: Arc<str>,
    /// The slots whose text holds the word, ascending.
    slots: Vec<u32>,
    counted: usize,
}

/// A word that is looked for, with its idf.
pub(crate) struct WeighedWord {
    text: String,
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
        self.counted += usize::from(counted);
        let words = text::words(text);
        let mut new: Vec<u32> = words.iter().map(|word| self.enter(word)).collect();
        new.sort_unstable();
        new.dedup();
        for number in &new {
            let word = &mut self.words[*number as usize];
            word.counted += usize::from(counted);
            // Slots mostly come in ascending order while an index is built.
            if word.slots.last().is_none_or(|last| *last < slot) {
                word.slots.push(slot);
            } else if let Err(place) = word.slots.binary_search(&slot) {
                word.slots.insert(place, slot);
            }
        }
        self.leave(slot, &old, &new);
        Document {
            words: new.into(),
            counted,
        }
    }

    pub(crate) fn remove(&mut self, slot: u32, old: &Document) {
        self.leave(slot, old, &[]);
    }

    /// Looks up distinct words with their idf, in millionths:
    /// ln(1 + (texts - with the word + 1/2) / (with the word + 1/2)), over counted texts, and
    /// never 0, so that a word which all of them hold is still a word.
    pub(crate) fn weigh(&self, query: &str) -> Vec<WeighedWord> {
        let mut words = text::words(query);
        words.sort_unstable();
        words.dedup();
        let weighed = words.into_iter().map(|text| {
            let with = self.word(&text).map_or(0, |word| word.counted);
            let ratio = ((self.counted - with) as f64 + 0.5) / (with as f64 + 0.5);
            let idf = ((ratio.ln_1p() * 1e6).round() as u64).max(1);
            WeighedWord { text, idf }
        });
        weighed.collect()
    }

    /// The sum of the idf of the words that each slot's text holds.
    pub(crate) fn matched(&self, query: &[WeighedWord], slots: usize) -> Vec<u64> {
        let mut matched = vec![0; slots];
        for wanted in query {
            let holders = self.word(&wanted.text).map(|word| word.slots.as_slice());
            for slot in holders.unwrap_or_default() {
                matched[*slot as usize] += wanted.idf;
            }
        }
        matched
    }

    /// Whether a counted text holds the word.
    pub(crate) fn is_word(&self, folded: &str) -> bool {
        self.word(folded).is_some_and(|word| word.counted > 0)
    }

    fn word(&self, text: &str) -> Option<&Word> {
        let number = self.numbers.get(text)?;
        self.words.get(*number as usize)
    }

    fn enter(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let word = Word {
            text: text.into(),
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
        self.numbers.insert(text, number);
        number
    }

    fn leave(&mut self, slot: u32, old: &Document, kept: &[u32]) {
        self.counted -= usize::from(old.counted);
        for number in &old.words {
            let word = &mut self.words[*number as usize];
            word.counted -= usize::from(old.counted);
            if kept.binary_search(number).is_ok() {
                continue;
            }
            if let Ok(place) = word.slots.binary_search(&slot) {
                word.slots.remove(place);
            }
            if word.slots.is_empty() {
                let forgotten = std::mem::take(word);
                self.numbers.remove(&forgotten.text);
                self.free.push(*number);
            }
        }
    }
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
        assert!(texts.word("millions").is_none());
        assert_eq!(texts.word("saved").map(|word| word.counted), Some(1));
        texts.remove(0, &first);
        assert!(texts.word("face").is_none());
        texts.remove(1, &second);
        assert!(texts.numbers.is_empty());
        assert_eq!((texts.counted, texts.free.len()), (0, texts.words.len()));
        assert!(texts.words.iter().all(|word| word.text.is_empty()));
    }
}
