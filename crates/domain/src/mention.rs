//! Colleagues who are named in a text with an `@` before their whole name.

use crate::text::fold;

/// Places in one text that are looked at.
const PLACES_MAX: usize = 20;
/// Words of a name.
const WORDS_MAX: usize = 6;

/// For each `@` the folded names that may be meant, the longest first. An `@` inside a word, as in an
/// address, means nobody, and neither does one after a backslash.
pub fn named(text: &str) -> Vec<Vec<String>> {
    let mut before = None;
    let mut places = Vec::new();
    for (at, character) in text.char_indices() {
        let begins = before.is_none_or(|c: char| !c.is_alphanumeric() && c != '\\' && c != '@');
        before = Some(character);
        if character != '@' || !begins {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        let names = names(rest);
        if !names.is_empty() {
            places.push(names);
        }
        if places.len() == PLACES_MAX {
            break;
        }
    }
    places
}

fn names(rest: &str) -> Vec<String> {
    if rest.starts_with(|c: char| c.is_whitespace() || c == '@') {
        return Vec::new();
    }
    let line = rest.lines().next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().take(WORDS_MAX).collect();
    let names = (1..=words.len()).rev();
    let names = names.filter_map(|count| Some(fold(&words.get(..count)?.join(" "))));
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_words_after_an_at_may_be_a_name_the_longest_first() {
        assert_eq!(
            named("Ask @Ann Lee, please"),
            [vec!["ann lee please", "ann lee", "ann"]]
        );
        assert_eq!(named("(@José)\n@Bo"), [vec!["jose"], vec!["bo"]]);
    }

    #[test]
    fn an_address_a_lone_sign_and_an_escaped_one_name_nobody() {
        for text in ["ann@acme.com", "at @ noon", "\\@Ann", "@@Ann", "", "@"] {
            assert_eq!(named(text), Vec::<Vec<String>>::new(), "{text}");
        }
    }

    #[test]
    fn a_text_full_of_signs_is_read_to_a_bound() {
        assert_eq!(named(&"@a ".repeat(1_000)).len(), super::PLACES_MAX);
    }
}
