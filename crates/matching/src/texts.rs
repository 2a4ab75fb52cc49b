//! Which words occur in which texts. A word that no text holds any more is forgotten, so that an
//! erased profile leaves nothing behind.
//!
//! Words are found by their stem. A word of a query that no counted text holds in any form stands
//! for the words that it begins, failing those for the ones that it may be a slip of.

mod gathered;
mod guess;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::text;

use crate::{
    engine::{Bitmap, Rows},
    pieces::Pieces,
    postings::Postings,
    shards::Shards,
    spelling,
};

pub(crate) use gathered::Gathered;

/// Unknown words of a query that are looked up by beginning and slip; further ones stay unknown.
pub const GUESSED_MAX: usize = 16;

/// The words of one text, as ascending numbers of the dictionary.
#[derive(Clone, Default)]
pub(crate) struct Document {
    words: Arc<[u32]>,
    counted: bool,
}

impl Document {
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A clone shares everything until one of the two is written.
#[derive(Clone, Default)]
pub(crate) struct Texts {
    numbers: Shards<Arc<str>, u32>,
    words: Pieces<Word>,
    free: Vec<u32>,
    /// Every word as it is spelled, in order, by its first letter.
    spelled: BTreeMap<char, Arc<BTreeSet<Arc<str>>>>,
    stem_numbers: Shards<Arc<str>, u32>,
    stems: Pieces<Stem>,
    free_stems: Vec<u32>,
    is_counted: Bitmap,
    counted: usize,
}

#[derive(Clone, Default)]
struct Word {
    text: Arc<str>,
    stem: u32,
    texts: u32,
    counted: u32,
}

#[derive(Clone, Default)]
struct Stem {
    text: Arc<str>,
    /// Whose text holds a word of the stem.
    slots: Postings,
    counted: usize,
}

/// A word that is looked for, with its idf.
pub(crate) struct WeighedWord {
    /// A text that holds a word of any of these holds this one.
    stems: Vec<Arc<str>>,
    pub(crate) idf: u64,
}

impl Texts {
    /// The texts of all slots from the first one on, as the spans have them one after the other; those
    /// of the slots in `is_counted` are counted. The same as from one text after the other.
    pub(crate) fn of(spans: Vec<Gathered>, is_counted: Bitmap) -> (Self, Vec<Document>) {
        let mut texts = Self {
            counted: is_counted.count(),
            is_counted,
            ..Self::default()
        };
        let mut documents = Vec::new();
        let mut by_stem: Vec<Vec<u32>> = Vec::new();
        for span in spans {
            let first = documents.len() as u32;
            let numbers: Vec<u32> = span.words.iter().map(|word| texts.enter(word)).collect();
            by_stem.resize(texts.stems.len(), Vec::new());
            for (number, holders) in numbers.iter().zip(&span.holders) {
                let slots = holders.iter().map(|text| first + text);
                let counted = slots
                    .clone()
                    .filter(|slot| texts.is_counted.contains(*slot));
                let counted = counted.count() as u32;
                let word = texts.words.at(*number as usize);
                word.texts += holders.len() as u32;
                word.counted += counted;
                by_stem[word.stem as usize].extend(slots);
            }
            for places in span.texts() {
                let words = places.iter().map(|place| numbers[*place as usize]);
                let mut words: Vec<u32> = words.collect();
                words.sort_unstable();
                documents.push(Document {
                    words: words.into(),
                    counted: texts.is_counted.contains(documents.len() as u32),
                });
            }
        }
        for (number, mut slots) in by_stem.into_iter().enumerate() {
            slots.sort_unstable();
            slots.dedup();
            let counted = slots
                .iter()
                .filter(|slot| texts.is_counted.contains(**slot));
            let counted = counted.count();
            let stem = texts.stems.at(number);
            stem.counted = counted;
            stem.slots = Postings::of(&slots);
        }
        (texts, documents)
    }

    /// Replaces the text of a slot. Texts that are not counted are found like all others, but do
    /// not move the idf: a hidden profile must not show in a visible score.
    pub(crate) fn replace(
        &mut self,
        slot: u32,
        old: Document,
        text: &str,
        counted: bool,
    ) -> Document {
        let mut new = Vec::new();
        text::each_word(text, |word| new.push(self.enter(word)));
        new.sort_unstable();
        new.dedup();
        // A use of an advocate comes with the text that is already here.
        if !new.is_empty() && old.counted == counted && *old.words == *new {
            return old;
        }
        let stems = self.stems_of(&new);
        for number in &new {
            let word = self.words.at(*number as usize);
            word.texts += 1;
            word.counted += u32::from(counted);
        }
        for stem in &stems {
            let stem = self.stems.at(*stem as usize);
            stem.counted += usize::from(counted);
            stem.slots.insert(slot);
        }
        self.leave(slot, &old, &stems);
        self.count(slot, counted);
        Document {
            words: new.into(),
            counted,
        }
    }

    pub(crate) fn remove(&mut self, slot: u32, old: &Document) {
        self.leave(slot, old, &[]);
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
                stems.extend(guess::stems(&word, [self, others]));
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
        let stems = word.stems.iter().filter_map(|stem| self.stem(stem));
        let mut lists: Vec<Rows> = stems.map(|stem| stem.slots.rows()).collect();
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
        let word = number.and_then(|number| self.words.get(*number as usize));
        word.map_or(0, |word| word.counted as usize)
    }

    fn stem(&self, text: &str) -> Option<&Stem> {
        let number = self.stem_numbers.get(text)?;
        self.stems.get(*number as usize)
    }

    fn is_counted_stem(&self, stem: &str) -> bool {
        self.stem(stem).is_some_and(|stem| stem.counted > 0)
    }

    fn counted_with(&self, stems: &[Arc<str>]) -> usize {
        if let [stem] = stems {
            return self.stem(stem).map_or(0, |stem| stem.counted);
        }
        let mut with = 0;
        self.each_holder(stems, |slot| {
            with += usize::from(self.is_counted.contains(slot));
        });
        with
    }

    /// Every slot whose text holds one of the stems, once.
    fn each_holder(&self, stems: &[Arc<str>], mut each: impl FnMut(u32)) {
        let mut stems = stems.iter().filter_map(|stem| self.stem(stem));
        let Some(first) = stems.next() else {
            return;
        };
        let mut slots = first.slots.to_vec();
        let alone = slots.len();
        stems.for_each(|stem| slots.extend(stem.slots.to_vec()));
        if slots.len() > alone {
            slots.sort_unstable();
            slots.dedup();
        }
        slots.into_iter().for_each(&mut each);
    }

    fn count(&mut self, slot: u32, counted: bool) {
        self.counted -= usize::from(self.is_counted.contains(slot));
        self.counted += usize::from(counted);
        self.is_counted.set(slot, counted);
    }

    /// The numbers of the stems of the words, ascending, each once.
    fn stems_of(&self, words: &[u32]) -> Vec<u32> {
        let words = words
            .iter()
            .filter_map(|number| self.words.get(*number as usize));
        let mut stems: Vec<u32> = words.map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The number of a word; one that is new is entered, and has to be put into a text.
    fn enter(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let word = Word {
            text: text.into(),
            stem: self.enter_stem(&spelling::stem(text)),
            ..Word::default()
        };
        let text = word.text.clone();
        let number = self.free.pop();
        let number = number.unwrap_or_else(|| self.words.len() as u32);
        *self.words.at(number as usize) = word;
        let first = text.chars().next().unwrap_or_default();
        let spelled = self.spelled.entry(first).or_default();
        Arc::make_mut(spelled).insert(text.clone());
        self.numbers.insert(text, number);
        number
    }

    fn enter_stem(&mut self, text: &str) -> u32 {
        if let Some(number) = self.stem_numbers.get(text) {
            return *number;
        }
        let text: Arc<str> = text.into();
        let number = self.free_stems.pop();
        let number = number.unwrap_or_else(|| self.stems.len() as u32);
        self.stems.at(number as usize).text = text.clone();
        self.stem_numbers.insert(text, number);
        number
    }

    /// `kept` are the stems that the slot's next text holds, ascending.
    fn leave(&mut self, slot: u32, old: &Document, kept: &[u32]) {
        for number in self.stems_of(&old.words) {
            let stem = self.stems.at(number as usize);
            stem.counted -= usize::from(old.counted);
            if kept.binary_search(&number).is_ok() {
                continue;
            }
            stem.slots.remove(slot);
            if stem.slots.is_empty() {
                let forgotten = std::mem::take(stem);
                self.stem_numbers.remove(&forgotten.text);
                self.free_stems.push(number);
            }
        }
        for number in old.words.iter().copied() {
            let word = self.words.at(number as usize);
            word.texts -= 1;
            word.counted -= u32::from(old.counted);
            if word.texts == 0 {
                let forgotten = std::mem::take(word);
                self.forget(&forgotten.text);
                self.free.push(number);
            }
        }
    }

    fn forget(&mut self, word: &Arc<str>) {
        self.numbers.remove(word);
        let first = word.chars().next().unwrap_or_default();
        if let Some(spelled) = self.spelled.get_mut(&first) {
            Arc::make_mut(spelled).remove(word);
            if spelled.is_empty() {
                self.spelled.remove(&first);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(texts: &Texts) -> Vec<&str> {
        let spelled = texts.spelled.values().flat_map(|words| words.iter());
        spelled.map(AsRef::as_ref).collect()
    }

    #[test]
    fn a_removed_text_leaves_no_word_behind_and_shared_words_stay() {
        let mut texts = Texts::default();
        let first = texts.replace(0, Document::default(), "Saved millions", true);
        let second = texts.replace(1, Document::default(), "saved time", true);
        let first = texts.replace(0, first, "saved face", false);
        assert_eq!(spelled(&texts), ["face", "saved", "time"]);
        assert!(texts.stem("million").is_none());
        assert_eq!(texts.counted_word("saved"), 1);
        let save = texts.stem("save").expect("a stem");
        assert_eq!(save.slots.to_vec(), [0, 1]);
        texts.remove(0, &first);
        assert_eq!(spelled(&texts), ["saved", "time"]);
        texts.remove(1, &second);
        assert!(texts.numbers.is_empty() && texts.stem_numbers.is_empty());
        assert!(texts.spelled.is_empty());
        assert_eq!((texts.counted, texts.free.len()), (0, texts.words.len()));
        assert_eq!(texts.free_stems.len(), texts.stems.len());
        assert!(texts.words.iter().all(|word| word.text.is_empty()));
        assert!(texts.stems.iter().all(|stem| stem.text.is_empty()));
    }
}
