//! Which words of a question name a term of the taxonomy.
//!
//! Decides what a word stands for by name, synonym, plural, beginning or typo, longest phrase first,
//! and what is left as text. Refuses to know what is done with the terms. The work is bounded: the
//! text by [`TEXT_BYTES_MAX`], the unknown words that are looked up by [`UNKNOWN_MAX`].

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use domain::{
    id::{FacetId, TermId},
    taxonomy::{Taxonomy, TermInfo},
    text::{PlacedWord, placed_words, words},
};

use crate::{
    query::{QueryProblem, TEXT_BYTES_MAX},
    spelling,
};

/// Distinct words of a text that are looked up by beginning and typo.
pub const UNKNOWN_MAX: usize = 64;
/// Places in a text that are recognised; what comes after stays text.
pub const RECOGNISED_MAX: usize = 32;
/// Other terms that are named for an ambiguous place.
pub const OTHERS_MAX: usize = 4;
/// Letters that a beginning must have, and completions beyond which it says nothing.
const BEGINNING_MIN: usize = 4;
const COMPLETIONS_MAX: usize = 8;
/// Joins names without adding to them: "oil & gas" is "oil and gas".
const AND: &str = "and";
/// Country codes that nearly always mean something else in a question to a software company.
const NOT_A_CODE: &[&str] = &["ad", "ai", "ar", "cc", "id", "io", "ml", "pr", "qa", "tv"];

/// How words name a term, most certain first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    Name,
    Synonym,
    /// Another number of the name or a synonym.
    Plural,
    /// The beginning of a word.
    Beginning,
    /// A word with a slip or two.
    Typo,
}

/// A term that words may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub term: TermId,
    pub facet: FacetId,
    pub manner: Manner,
    /// The name or synonym that was meant.
    pub phrase: String,
}

/// Words of a text that name a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The place in the text, in characters.
    pub characters: Range<usize>,
    /// As written in the text.
    pub written: String,
    pub named: Named,
    /// What else the words may name, likeliest first; at most [`OTHERS_MAX`].
    pub others: Vec<Named>,
}

/// A text in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub recognised: Vec<Recognised>,
    /// What is left to look for in stories; `None` when only function words are.
    pub rest: Option<String>,
}

/// How to read.
#[derive(Clone, Copy, Default)]
pub struct ReadAs<'a> {
    /// Words that stay text even where they name a term.
    pub plain: &'a [String],
    /// Facets whose terms are not recognised.
    pub skipped: &'a [FacetId],
}

/// The names and synonyms of a taxonomy as a tree of words.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// The number of a word by its singular.
    numbers: HashMap<String, u32>,
    /// Every word as it is spelled, in order, with its number.
    spelled: BTreeMap<String, u32>,
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    next: HashMap<u32, usize>,
    phrases: Vec<Phrase>,
}

struct Phrase {
    term: TermId,
    facet: FacetId,
    words: Vec<String>,
    written: String,
    is_name: bool,
    is_code: bool,
    /// The place of the facet, then the depth of the term: the order among equals.
    place: (usize, usize),
}

/// A word of the text, with the numbers it may stand for.
struct Token {
    word: PlacedWord,
    is_capital: bool,
    /// Told by the caller to stay text.
    is_plain: bool,
    stands_for: Vec<u32>,
    guess: Option<Manner>,
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

    /// Reads a text. `is_word` says whether a story holds a word: such a word is no typo.
    pub(crate) fn read(
        &self,
        text: &str,
        how: ReadAs<'_>,
        is_word: impl Fn(&str) -> bool,
    ) -> Result<Reading, QueryProblem> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(QueryProblem::TextTooLong(text.len()));
        }
        let letters: Vec<char> = text.chars().collect();
        let written =
            |characters: &Range<usize>| -> String { letters[characters.clone()].iter().collect() };
        let tokens = self.tokens(text, &letters, how.plain, is_word);
        let (mut recognised, mut rest) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let found = (recognised.len() < RECOGNISED_MAX)
                .then(|| self.longest(&tokens[at..], how.skipped))
                .flatten();
            if let Some((length, mut named)) = found {
                let characters =
                    token.word.characters.start..tokens[at + length - 1].word.characters.end;
                let others = named.split_off(1);
                recognised.extend(named.pop().map(|named| Recognised {
                    written: written(&characters),
                    characters,
                    named,
                    others,
                }));
                at += length;
            } else {
                if token.is_plain || !spelling::is_function_word(&token.word.folded) {
                    rest.push(written(&token.word.characters));
                }
                at += 1;
            }
        }
        let rest = if tokens.is_empty() {
            text.trim().to_owned()
        } else {
            rest.join(" ")
        };
        Ok(Reading {
            recognised,
            rest: Some(rest).filter(|rest| !rest.is_empty()),
        })
    }

    fn tokens(
        &self,
        text: &str,
        letters: &[char],
        plain: &[String],
        is_word: impl Fn(&str) -> bool,
    ) -> Vec<Token> {
        let placed = placed_words(text);
        // In a text of capitals alone, capitals say nothing.
        let says_by_case = placed.len() <= 3 || letters.iter().any(|letter| letter.is_lowercase());
        let mut looked_up: HashMap<String, (Vec<u32>, Option<Manner>)> = HashMap::new();
        let mut is_plain = vec![false; placed.len()];
        for phrase in plain.iter().map(|phrase| words(phrase)) {
            for start in 0..placed.len() {
                let end = start + phrase.len();
                let is_here = placed.get(start..end).is_some_and(|here| {
                    here.iter()
                        .zip(&phrase)
                        .all(|(word, plain)| word.folded == *plain)
                });
                if is_here {
                    is_plain[start..end].fill(true);
                }
            }
        }
        let mut tokens = Vec::with_capacity(placed.len());
        for (word, is_plain) in placed.into_iter().zip(is_plain) {
            let known = self.numbers.get(spelling::singular(&word.folded)).copied();
            let (stands_for, guess) = match known {
                Some(number) => (vec![number], None),
                None if is_word(&word.folded) => (Vec::new(), None),
                None => match looked_up.get(&word.folded) {
                    Some(found) => found.clone(),
                    None if looked_up.len() >= UNKNOWN_MAX => (Vec::new(), None),
                    None => {
                        let found = self.guess(&word.folded);
                        looked_up.insert(word.folded.clone(), found.clone());
                        found
                    }
                },
            };
            let capitals = &letters[word.characters.clone()];
            tokens.push(Token {
                is_capital: says_by_case && capitals.iter().all(|letter| letter.is_uppercase()),
                word,
                is_plain,
                stands_for,
                guess,
            });
        }
        tokens
    }

    /// The words that an unknown one may be the beginning of; failing those, the nearest typos.
    fn guess(&self, typed: &str) -> (Vec<u32>, Option<Manner>) {
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

    /// The terms that the longest phrase from here names, likeliest first, and its length.
    fn longest(&self, tokens: &[Token], skipped: &[FacetId]) -> Option<(usize, Vec<Named>)> {
        let mut best = None;
        // The nodes that the words up to here lead to.
        let mut reached = vec![0];
        for (at, token) in tokens.iter().enumerate() {
            if token.is_plain {
                break;
            }
            if at > 0 && token.word.folded == AND {
                continue;
            }
            let step = |node: &usize| {
                let next = &self.nodes[*node].next;
                let nodes = token
                    .stands_for
                    .iter()
                    .filter_map(|number| next.get(number));
                nodes.copied().collect::<Vec<usize>>()
            };
            reached = reached.iter().flat_map(step).collect();
            if reached.is_empty() {
                break;
            }
            let named = self.named(&reached, &tokens[..=at], skipped);
            if !named.is_empty() {
                best = Some((at + 1, named));
            }
        }
        best
    }

    fn named(&self, nodes: &[usize], tokens: &[Token], skipped: &[FacetId]) -> Vec<Named> {
        let tokens: Vec<&Token> = tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| *at == 0 || token.word.folded != AND)
            .map(|(_, token)| token)
            .collect();
        let phrases = nodes.iter().flat_map(|node| &self.nodes[*node].phrases);
        let mut named: Vec<_> = phrases
            .filter(|phrase| !skipped.contains(&phrase.facet))
            .filter_map(|phrase| {
                let manner = manner(phrase, &tokens)?;
                let order = (phrase.is_code, manner, phrase.place, phrase.term);
                Some((order, phrase))
            })
            .collect();
        named.sort_by(|one, other| {
            one.0
                .cmp(&other.0)
                .then(one.1.written.cmp(&other.1.written))
        });
        let mut seen: Vec<TermId> = Vec::new();
        let mut all = Vec::new();
        for ((_, manner, _, term), phrase) in named {
            if !seen.contains(&term) && all.len() <= OTHERS_MAX {
                seen.push(term);
                all.push(Named {
                    term,
                    facet: phrase.facet,
                    manner,
                    phrase: phrase.written.clone(),
                });
            }
        }
        all
    }
}

/// How the words name the phrase, or nothing where they are too short to be meant so.
fn manner(phrase: &Phrase, tokens: &[&Token]) -> Option<Manner> {
    if let [token] = tokens {
        let folded = token.word.folded.as_str();
        let is_word = spelling::is_function_word(folded);
        let is_elsewhere = phrase.is_code && NOT_A_CODE.contains(&folded);
        // "in" is no country and "it" no department, unless written like one.
        if is_elsewhere || (phrase.is_code || is_word) && !token.is_capital {
            return None;
        }
    }
    let words = tokens.iter().zip(&phrase.words);
    let of_words = words.filter_map(|(token, word)| match token.guess {
        Some(guess) => Some(guess),
        None if token.word.folded != *word => Some(Manner::Plural),
        None => None,
    });
    let of_phrase = if phrase.is_name {
        Manner::Name
    } else {
        Manner::Synonym
    };
    Some(of_words.fold(of_phrase, Manner::max))
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
