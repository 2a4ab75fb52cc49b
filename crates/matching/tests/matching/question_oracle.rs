//! Recognition once more, read literally: every phrase of the taxonomy against every place of the
//! text, words compared pair by pair, without a tree and without a dictionary.

use std::cmp::Ordering;

use domain::{
    id::TermId,
    taxonomy::Taxonomy,
    text::{PlacedWord, fold, placed_words, words},
};
use matching::Manner;
use strsim::osa_distance;

/// First and last word, the term, how, and what else it may be.
pub type Found = (usize, usize, TermId, Manner, Vec<TermId>);

struct Phrase {
    term: TermId,
    words: Vec<String>,
    is_name: bool,
    is_code: bool,
    place: (usize, usize),
    written: String,
}

/// The endings of English plurals that are told apart.
fn singular(word: &str) -> String {
    let endings = [
        ("ss", "ss"),
        ("us", "us"),
        ("is", "is"),
        ("ies", ""),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("zes", "z"),
        ("s", ""),
        ("ay", "ay"),
        ("ey", "ey"),
        ("oy", "oy"),
        ("uy", "uy"),
        ("y", ""),
    ];
    for (ending, instead) in endings {
        let kept = if ending.len() > 2 && ending.ends_with("es") && ending != "ies" {
            1
        } else {
            2
        };
        if word.is_ascii() && word.len() > ending.len() + kept && word.ends_with(ending) {
            return format!("{}{instead}", &word[..word.len() - ending.len()]);
        }
    }
    word.to_owned()
}

fn phrases(taxonomy: &Taxonomy) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for info in taxonomy.terms() {
        let term = taxonomy.resolve(info.id).expect("a known term");
        if info.retired || taxonomy.term(term).expect("known").retired {
            continue;
        }
        let facets = taxonomy.facets().iter();
        let facet = facets.take_while(|facet| facet.id != info.facet).count();
        let names: Vec<&String> = [&info.name].into_iter().chain(&info.synonyms).collect();
        let initials: Vec<String> = names
            .iter()
            .map(|name| {
                words(name)
                    .iter()
                    .filter_map(|word| word.chars().next())
                    .collect()
            })
            .collect();
        for (at, written) in names.iter().enumerate() {
            let is_name = at == 0 && info.id == term;
            let letters = written.chars().count();
            let is_short =
                (letters == 2 || letters == 3) && written.chars().all(char::is_uppercase);
            phrases.push(Phrase {
                term,
                words: words(written)
                    .into_iter()
                    .filter(|word| word != "and")
                    .collect(),
                is_name,
                is_code: is_short && !is_name && !initials.contains(&fold(written)),
                place: (facet, taxonomy.ancestors(term).count()),
                written: (*written).clone(),
            });
        }
    }
    phrases
}

/// How a typed word stands for a word of a phrase, among all words of all phrases.
fn stands_for(typed: &str, meant: &str, all: &[&str], is_word: bool) -> Option<Option<Manner>> {
    if typed == meant {
        return Some(None);
    }
    if singular(typed) == singular(meant) {
        return Some(Some(Manner::Plural));
    }
    let is_known = is_word || all.iter().any(|word| singular(word) == singular(typed));
    let letters = typed.chars().count();
    if is_known || letters < 4 || !typed.chars().all(char::is_alphabetic) {
        return None;
    }
    let begun: Vec<&&str> = all.iter().filter(|word| word.starts_with(typed)).collect();
    if !begun.is_empty() {
        let is_clear =
            begun.len() <= 8 && begun.iter().any(|word| singular(word) == singular(meant));
        return is_clear.then_some(Some(Manner::Beginning));
    }
    let most = if letters >= 8 {
        2
    } else {
        usize::from(letters >= 5)
    };
    let slips = |word: &str| {
        let slips = osa_distance(typed, word);
        (slips <= most && typed.chars().next() == word.chars().next()).then_some(slips)
    };
    let least = all.iter().filter_map(|word| slips(word)).min()?;
    let mut nearest = all.iter().filter(|word| slips(word) == Some(least));
    nearest
        .any(|word| singular(word) == singular(meant))
        .then_some(Some(Manner::Typo))
}

/// A code last, then how, the place of the term, the term, and the name that was meant.
type Meant<'a> = (bool, Manner, (usize, usize), TermId, &'a String);

/// Every phrase that the words stand for, each word by one of its manners.
fn named_by<'a>(
    phrases: &'a [Phrase],
    span: &[&PlacedWord],
    all: &[&str],
    is_word: &impl Fn(&str) -> bool,
    is_capital: bool,
) -> Vec<Meant<'a>> {
    let mut named = Vec::new();
    let as_long = |phrase: &&Phrase| phrase.words.len() == span.len();
    for phrase in phrases.iter().filter(as_long) {
        let pairs = span.iter().zip(&phrase.words);
        let manners: Option<Vec<Option<Manner>>> = pairs
            .map(|(word, meant)| stands_for(&word.folded, meant, all, is_word(&word.folded)))
            .collect();
        let needs_capitals =
            phrase.is_code || ["in", "it", "us"].contains(&phrase.words[0].as_str());
        if span.len() == 1 && needs_capitals && !is_capital {
            continue;
        }
        let Some(manners) = manners else { continue };
        let own = if phrase.is_name {
            Manner::Name
        } else {
            Manner::Synonym
        };
        let manner = manners.into_iter().flatten().fold(own, Ord::max);
        named.push((
            phrase.is_code,
            manner,
            phrase.place,
            phrase.term,
            &phrase.written,
        ));
    }
    named
}

pub fn read(taxonomy: &Taxonomy, text: &str, is_word: impl Fn(&str) -> bool) -> Vec<Found> {
    let phrases = phrases(taxonomy);
    let mut all: Vec<&str> = phrases
        .iter()
        .flat_map(|one| &one.words)
        .map(String::as_str)
        .collect();
    all.sort_unstable();
    all.dedup();
    let letters: Vec<char> = text.chars().collect();
    let placed = placed_words(text);
    let says_by_case = placed.len() <= 3 || letters.iter().any(|letter| letter.is_lowercase());
    let mut found = Vec::new();
    let mut start = 0;
    while start < placed.len() {
        let ends = (start..placed.len()).rev();
        let longest = ends.map(|end| {
            let span: Vec<_> = (start..=end)
                .filter(|at| *at == start || placed[*at].folded != "and")
                .map(|at| &placed[at])
                .collect();
            if placed[end].folded == "and" && end > start {
                return (end, Vec::new());
            }
            let is_capital = says_by_case
                && letters[span[0].characters.clone()]
                    .iter()
                    .all(|letter| letter.is_uppercase());
            let mut named = named_by(&phrases, &span, &all, &is_word, is_capital);
            named.sort();
            (end, named)
        });
        let mut longest = longest.filter(|(_, named)| !named.is_empty());
        let Some((end, named)) = longest.next() else {
            start += 1;
            continue;
        };
        let mut terms: Vec<TermId> = Vec::new();
        for (_, _, _, term, _) in &named {
            if !terms.contains(term) {
                terms.push(*term);
            }
        }
        let others = terms.into_iter().skip(1).take(4).collect();
        found.push((start, end, named[0].3, named[0].1, others));
        start = end + 1;
    }
    found.sort_by(|one, other| one.0.partial_cmp(&other.0).unwrap_or(Ordering::Equal));
    found
}
