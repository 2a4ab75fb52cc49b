//! The names and synonyms of a taxonomy, word by word, and which of their words an unknown one may be.

use std::collections::{BTreeMap, HashMap};

use domain::{
    id::{FacetId, TermId},
    taxonomy::{Taxonomy, TermInfo},
    text::placed_words,
};

use crate::{recognise::Manner, spelling};

/// Joins names without adding to them: "oil & gas" is "oil and gas".
pub(crate) const AND: &str = "and";
/// Letters that a beginning must have, and completions beyond which it says nothing.
const BEGINNING_MIN: usize = 4;
const COMPLETIONS_MAX: usize = 8;

/// The names and synonyms of a taxonomy as a tree of words.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// The number of a word by its singular.
    pub(crate) numbers: HashMap<String, u32>,
    /// Every word as it is spelled, in order, with its number.
    spelled: BTreeMap<String, u32>,
    pub(crate) nodes: Vec<Node>,
}

#[derive(Default)]
pub(crate) struct Node {
    pub(crate) next: HashMap<u32, usize>,
    pub(crate) phrases: Vec<Phrase>,
}

pub(crate) struct Phrase {
    pub(crate) term: TermId,
    pub(crate) facet: FacetId,
    pub(crate) words: Vec<String>,
    pub(crate) written: String,
    pub(crate) is_name: bool,
    pub(crate) is_code: bool,
    /// The place of the facet, then the depth of the term: the order among equals.
    pub(crate) place: (usize, usize),
}

impl Vocabulary {
    pub(crate) fn new(taxonomy: &Taxonomy) -> Self {
        let mut vocabulary = Self {
            nodes: vec![Node::default()],
            ..Self::default()
        };
        let places: HashMap<FacetId, usize> = taxonomy
            .facets()
            .iter()
            .enumerate()
            .map(|(place, facet)| (facet.id, place))
            .collect();
        for info in taxonomy.terms().iter().filter(|info| !info.retired) {
            let Some(term) = taxonomy.resolve(info.id) else {
                continue;
            };
            // The names of a merged term stand for the one that it was merged into.
            if taxonomy.term(term).is_none_or(|into| into.retired) {
                continue;
            }
            let facet = places.get(&info.facet).copied().unwrap_or(usize::MAX);
            let place = (facet, taxonomy.ancestors(term).count());
            vocabulary.add_names(info, term, place);
        }
        vocabulary
    }

    fn add_names(&mut self, info: &TermInfo, term: TermId, place: (usize, usize)) {
        let names = || std::iter::once(&info.name).chain(&info.synonyms);
        let initials: Vec<String> = names().map(|name| initials(name)).collect();
        for (at, written) in names().enumerate() {
            let words = phrase_words(written);
            if words.is_empty() {
                continue;
            }
            let is_name = at == 0 && info.id == term;
            let is_short = written.chars().all(char::is_uppercase)
                && (2..=3).contains(&written.chars().count());
            let phrase = Phrase {
                term,
                facet: info.facet,
                is_code: is_short && !is_name && !initials.contains(&words[0]),
                is_name,
                words,
                written: written.clone(),
                place,
            };
            self.add(phrase);
        }
    }

    fn add(&mut self, phrase: Phrase) {
        let mut node = 0;
        for word in &phrase.words {
            let fresh = self.numbers.len() as u32;
            let key = spelling::singular(word).to_owned();
            let number = *self.numbers.entry(key).or_insert(fresh);
            self.spelled.insert(word.clone(), number);
            let nodes = self.nodes.len();
            node = *self.nodes[node].next.entry(number).or_insert(nodes);
            if node == nodes {
                self.nodes.push(Node::default());
            }
        }
        self.nodes[node].phrases.push(phrase);
    }

    /// The words that an unknown one may be the beginning of; failing those, the nearest typos.
    pub(crate) fn guess(&self, typed: &str) -> (Vec<u32>, Option<Manner>) {
        let is_long = typed.chars().count() >= BEGINNING_MIN;
        if !is_long || !typed.chars().all(char::is_alphabetic) {
            return (Vec::new(), None);
        }
        let starting = |start: &str| {
            let start = start.to_owned();
            let from = self.spelled.range(start.clone()..);
            from.map(|(word, _)| word.as_str())
                .take_while(move |word| word.starts_with(&start))
        };
        let begun: Vec<&str> = starting(typed).take(COMPLETIONS_MAX + 1).collect();
        if !begun.is_empty() {
            let vague = begun.len() > COMPLETIONS_MAX;
            let begun = if vague { Vec::new() } else { begun };
            return (self.numbers_of(&begun), Some(Manner::Beginning));
        }
        let first: String = typed.chars().take(1).collect();
        let near: Vec<(usize, &str)> = starting(&first)
            .filter_map(|word| Some((spelling::slips(typed, word)?, word)))
            .collect();
        let least = near.iter().map(|(slips, _)| *slips).min();
        let nearest = near.into_iter().filter(|(slips, _)| Some(*slips) == least);
        let nearest: Vec<&str> = nearest
            .map(|(_, word)| word)
            .take(COMPLETIONS_MAX)
            .collect();
        (self.numbers_of(&nearest), Some(Manner::Typo))
    }

    fn numbers_of(&self, words: &[&str]) -> Vec<u32> {
        let numbers = words.iter().filter_map(|word| self.spelled.get(*word));
        let mut numbers: Vec<u32> = numbers.copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// The words of a name without what joins them.
fn phrase_words(name: &str) -> Vec<String> {
    let placed = placed_words(name).into_iter().map(|word| word.folded);
    placed
        .enumerate()
        .filter(|(at, word)| *at == 0 || word != AND)
        .map(|(_, word)| word)
        .collect()
}

/// "cio" of "Chief information officer", "usa" of "United States of America".
fn initials(name: &str) -> String {
    let words = placed_words(name).into_iter().map(|word| word.folded);
    words
        .filter(|word| word != "of" && word != AND)
        .filter_map(|word| word.chars().next())
        .collect()
}
