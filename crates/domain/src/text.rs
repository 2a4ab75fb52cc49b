//! Text as people compare it: folded keys for names, parsed e-mail addresses and domains.

use std::{fmt, iter, ops::Range, str::FromStr};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The comparison key of a name: accents, case, punctuation and runs of white space do not count.
///
/// `"  Société  Générale "` and `"societe generale"` fold to the same key. A text of punctuation
/// alone folds to itself in lower case, so that it never equals the empty text.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
    {
        if character.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(character);
        } else if character != '\'' && character != '\u{2019}' {
            gap = true;
        }
    }
    if folded.is_empty() {
        text.trim().to_lowercase()
    } else {
        folded
    }
}

/// Folded words, in order, for search.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// The words of [`words`] one after the other, without memory for each: all stories are read this way
/// when the program starts.
pub fn each_word(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut some = false;
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            some = true;
            each(word);
            word.clear();
        }
    };
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            word.push(character.to_ascii_lowercase());
        } else if character.is_ascii() {
            if character != '\'' {
                end(&mut word);
            }
        } else {
            let parts = iter::once(character).nfkd();
            let parts = parts.filter(|part| !is_combining_mark(*part));
            for part in parts.flat_map(char::to_lowercase) {
                if part.is_alphanumeric() {
                    word.push(part);
                } else if part != '\'' && part != '\u{2019}' {
                    end(&mut word);
                }
            }
        }
    }
    end(&mut word);
    if !some {
        let folded = fold(text);
        folded
            .split(' ')
            .filter(|word| !word.is_empty())
            .for_each(each);
    }
}

/// A folded word and where it stands in the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedWord {
    pub folded: String,
    /// In characters of the text, without what stands around the word.
    pub characters: Range<usize>,
}

/// The words of [`words`] with their places. A text without a letter or digit has none.
pub fn placed_words(text: &str) -> Vec<PlacedWord> {
    let mut placed: Vec<PlacedWord> = Vec::new();
    let mut gap = true;
    for (at, character) in text.chars().enumerate() {
        let parts = iter::once(character)
            .nfkd()
            .filter(|part| !is_combining_mark(*part));
        for part in parts.flat_map(char::to_lowercase) {
            if part.is_alphanumeric() {
                match placed.last_mut().filter(|_| !gap) {
                    Some(word) => {
                        word.folded.push(part);
                        word.characters.end = at + 1;
                    }
                    None => placed.push(PlacedWord {
                        folded: part.to_string(),
                        characters: at..at + 1,
                    }),
                }
                gap = false;
            } else if part != '\'' && part != '\u{2019}' {
                gap = true;
            }
        }
    }
    placed
}

/// An e-mail address in lower case: one `@`, a local part, and a domain with a dot; at most 254 bytes.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "sql", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sql", sea_orm(value_type = "String"))]
pub struct EmailAddress(String);

impl EmailAddress {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// The text is not an e-mail address.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an e-mail address such as ann@example.com")]
pub struct NotAnEmailAddress;

impl FromStr for EmailAddress {
    type Err = NotAnEmailAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let address = text.trim().to_lowercase();
        let (local, domain) = address.split_once('@').ok_or(NotAnEmailAddress)?;
        let legal_domain = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label
                        .chars()
                        .all(|character| character.is_alphanumeric() || character == '-')
            });
        let legal_local = !local.is_empty()
            && local.len() <= 64
            && !local.chars().any(|character| {
                character.is_whitespace()
                    || character.is_control()
                    || "<>(),;:\\\"[]".contains(character)
            });
        if address.len() > 254 || !legal_domain || !legal_local {
            return Err(NotAnEmailAddress);
        }
        Ok(Self(address))
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnEmailAddress;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The bare domain of a web address or domain text: `https://www.Acme.com/x` gives `acme.com`.
pub fn web_domain(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let rest = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next().unwrap_or("");
    let host = host
        .strip_prefix("www.")
        .unwrap_or(host)
        .trim_end_matches('.');
    let legal = host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    legal.then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_take_for_the_same_fold_to_the_same_key() {
        assert_eq!(fold("  Société  Générale "), "societe generale");
        assert_eq!(fold("GTX-Pro"), "gtx pro");
        assert_eq!(fold("Domino's"), "dominos");
        assert_eq!(fold("株式会社"), "株式会社");
        assert_ne!(fold("!!!"), "");
    }

    #[test]
    fn words_are_the_parts_of_the_folded_text() {
        for text in [
            "  Société  Générale, the\u{2019}s ½ ﬁne e\u{301}t株 ",
            "",
            " ! ?! ",
            "a--b'c d\u{301}\n\tE",
            "ǅ İstanbul\u{a0}of 1990\u{b2}, it's; Q&A",
            "cafe\u{301}s \u{1100}\u{1161} \u{fb01}x",
        ] {
            let folded = fold(text);
            let expected: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn placed_words_are_the_words_where_they_stand() {
        for text in [
            "  Société  Générale, the\u{2019}s ½ ﬁne e\u{301}t株 ",
            "",
            "a--b'c d",
            "ǅ İstanbul",
        ] {
            let placed = placed_words(text);
            let folded: Vec<&str> = placed.iter().map(|word| word.folded.as_str()).collect();
            let expected = if text.is_empty() {
                Vec::new()
            } else {
                words(text)
            };
            assert_eq!(folded, expected, "{text}");
        }
        let [_, second] = &placed_words("Acme — Société!")[..] else {
            panic!("two words");
        };
        assert_eq!(second.characters, 7..14);
    }

    #[test]
    fn addresses_are_read_and_refused() {
        assert_eq!(
            "Ann@Example.COM"
                .parse::<EmailAddress>()
                .expect("an address")
                .as_str(),
            "ann@example.com"
        );
        for wrong in [
            "ann", "@x.y", "a@b", "a b@x.y", "a@x..y", "a@-x.y", "<a@x.y>",
        ] {
            assert!(wrong.parse::<EmailAddress>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_domain_of_a_web_address_is_found() {
        assert_eq!(
            web_domain("https://www.Acme.com/about?x=1").as_deref(),
            Some("acme.com")
        );
        assert_eq!(web_domain("acme.co.uk").as_deref(), Some("acme.co.uk"));
        assert_eq!(web_domain("no domain"), None);
    }
}
