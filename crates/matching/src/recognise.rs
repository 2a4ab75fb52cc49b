//! Which words of a question name a term of the taxonomy.
//!
//! Decides what a word stands for by name, synonym, plural, beginning or typo, longest phrase first,
//! and what is left as text. Refuses to know what is done with the terms. The work is bounded: the
//! text by [`TEXT_BYTES_MAX`], the unknown words that are looked up by [`UNKNOWN_MAX`].

use std::{collections::HashMap, ops::Range};

use domain::{
    id::{FacetId, TermId},
    text::{PlacedWord, placed_words, words},
};

use crate::{
    query::{QueryProblem, TEXT_BYTES_MAX},
    spelling,
    vocabulary::{AND, Phrase, Vocabulary},
};

/// Distinct words of a text that are looked up by beginning and typo.
pub const UNKNOWN_MAX: usize = 64;
/// Places in a text that are recognised; what comes after stays text.
pub const RECOGNISED_MAX: usize = 32;
/// Other terms that are named for an ambiguous place.
pub const OTHERS_MAX: usize = 4;
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
