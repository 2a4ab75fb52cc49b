//! Many texts read at once, for an index that is built: each span of texts is read apart from the
//! others, and they are put together word by word instead of text by text.

use std::collections::HashMap;

use domain::text;

/// The words of a span of texts.
#[derive(Default)]
pub(crate) struct Gathered {
    /// Each word that occurs, once.
    pub(super) words: Vec<String>,
    /// By word: the numbers of the texts that hold it, ascending from 0 at the first of the span.
    pub(super) holders: Vec<Vec<u32>>,
    /// Of one text after the other: the places of its words in `words`, each once.
    held: Vec<u32>,
    /// By text: where its words end in `held`.
    ends: Vec<usize>,
}

impl Gathered {
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut gathered = Self::default();
        let mut places = HashMap::new();
        for (text, number) in texts.zip(0..) {
            text::each_word(text, |word| gathered.hold(number, word, &mut places));
            gathered.ends.push(gathered.held.len());
        }
        gathered
    }

    fn hold(&mut self, number: u32, word: &str, places: &mut HashMap<String, u32>) {
        let place = places.get(word).copied().unwrap_or_else(|| {
            let place = self.words.len() as u32;
            places.insert(word.to_owned(), place);
            self.words.push(word.to_owned());
            self.holders.push(Vec::new());
            place
        });
        let holders = &mut self.holders[place as usize];
        if holders.last() != Some(&number) {
            holders.push(number);
            self.held.push(place);
        }
    }

    /// The places in `words` of the words of each text.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let spans = starts.zip(&self.ends);
        spans.map(|(start, end)| &self.held[start..*end])
    }
}
