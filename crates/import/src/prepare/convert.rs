//! One cell into one typed value, or the reason why not.

use std::borrow::Cow;

use domain::{
    money::{Currency, Money},
    text::EmailAddress,
    time::Day,
};

use crate::{
    amount::{self, Amount},
    cells, day,
    exported::Cells,
    facts,
    field::{Field, ValueKind},
    salesforce,
    value::Value,
    words,
};

use super::plan::Planned;

/// A value while the lines of a row are put together. Amounts stay unrounded until the end.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Value(Value),
    /// A cell that holds more than its field; it is split when the row is complete.
    Line(String),
    Amount {
        millionths: i128,
        currency: Currency,
    },
}

impl Part {
    /// The value; `None` for an amount beyond what money can hold.
    pub(super) fn finish(self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Line(line) => Some(Value::Text(line)),
            Self::Amount {
                millionths,
                currency,
            } => Amount {
                millionths,
                currency: None,
            }
            .money(currency)
            .map(|Money { minor, currency }| Value::Money(Money { minor, currency })),
        }
    }
}

/// Reads cells with what the program knows.
pub(super) struct Reader {
    pub(super) default_currency: Option<Currency>,
    pub(super) today: Day,
    pub(super) cells: Cells,
}

/// Longest text of a short field, in characters.
const TEXT_MAX: usize = 2_000;

impl Reader {
    /// The cell without blanks at its ends; `None` when it means "nothing".
    pub(super) fn clean<'c>(&self, planned: &Planned, text: &'c str) -> Option<Cow<'c, str>> {
        if self.cells.is_export() {
            return self.cells.plain(text).map(Cow::Borrowed);
        }
        let text = cells::clean(text)?;
        Some(if planned.mapped.character_references {
            cells::plain_text(text)
        } else {
            Cow::Borrowed(text)
        })
    }

    /// What the cell says.
    pub(super) fn part(
        &self,
        planned: &Planned,
        text: &str,
        currency: Option<Currency>,
    ) -> Result<Part, String> {
        let field = planned.field;
        let value = match field.value {
            ValueKind::Text | ValueKind::PersonName if planned.mapped.splits => {
                return Ok(Part::Line(short(field, text)?.to_owned()));
            }
            ValueKind::Text | ValueKind::PersonName => Value::Text(short(field, text)?.to_owned()),
            ValueKind::Lines if self.cells.is_export() => Value::List(self.cells.list(text)),
            ValueKind::LongText | ValueKind::Lines => Value::Text(text.to_owned()),
            ValueKind::Id if self.cells.is_export() => Value::Text(short(field, text)?.to_owned()),
            ValueKind::Id => Value::Text(id(planned, text)?),
            ValueKind::Phone => Value::Text(short(field, text)?.to_owned()),
            ValueKind::Email => Value::Email(email(text)?),
            ValueKind::Url => Value::Url(web_address(text)?),
            ValueKind::Day => Value::Day(self.day(planned, text)?),
            ValueKind::Money => return self.amount(planned, text, currency),
            ValueKind::Currency => Value::Currency(
                amount::currency(text).ok_or_else(|| not(text, "a currency code such as USD"))?,
            ),
            ValueKind::Whole { min, max } => Value::Whole(whole(text, min, max)?),
            ValueKind::Count => Value::Whole(count(text).ok_or_else(|| not(text, "a number"))?),
            ValueKind::YesNo => {
                Value::YesNo(words::yes_no(text).ok_or_else(|| not(text, "yes or no"))?)
            }
            // A program adds facets of its own: which there are is the caller's to know.
            ValueKind::Word { list } if field.name == "term.facet" => {
                let known = list.find(text).filter(|_| !self.cells.is_export());
                match known {
                    Some(word) => Value::Word(word),
                    None => Value::Text(short(field, text)?.to_owned()),
                }
            }
            ValueKind::Word { list } => Value::Word(
                list.find(text)
                    .ok_or_else(|| not_in(text, field, list.all()))?,
            ),
            ValueKind::Words { list } => {
                let mut words = Vec::new();
                for part in text.split([';', ',', '|', '\n']).filter_map(cells::clean) {
                    let word = list
                        .find(part)
                        .ok_or_else(|| not_in(part, field, list.all()))?;
                    if !words.contains(&word) {
                        words.push(word);
                    }
                }
                Value::Words(words)
            }
            ValueKind::Terms { .. } => Value::Terms(self.several(field, text)?),
            ValueKind::List => Value::List(self.several(field, text)?),
        };
        Ok(Part::Value(value))
    }

    fn several(&self, field: &Field, text: &str) -> Result<Vec<String>, String> {
        if self.cells.is_export() {
            Ok(self.cells.list(text))
        } else {
            several(field, text)
        }
    }

    fn day(&self, planned: &Planned, text: &str) -> Result<Day, String> {
        let day = day::read(text)
            .day(planned.order)
            .ok_or_else(|| not(text, "a date such as 2026-03-31"))?;
        // A slip in the year (0206, 2206) would spoil every window it falls into.
        let distance = day.days_since(self.today).abs();
        if distance > 200 * 366 {
            Err(not(text, "a date near today"))
        } else {
            Ok(day)
        }
    }

    fn amount(
        &self,
        planned: &Planned,
        text: &str,
        currency: Option<Currency>,
    ) -> Result<Part, String> {
        let amount = amount::read(text, planned.mark)
            .ok_or_else(|| not(text, "an amount such as 1234.50"))?;
        let currency = currency
            .or(amount.currency)
            .or(planned.mapped.currency)
            .or(self.default_currency);
        let currency = currency.ok_or_else(|| {
            format!(
                "\"{}\" has no currency. Fill in the currency column.",
                shown(text)
            )
        })?;
        Ok(Part::Amount {
            millionths: amount.millionths,
            currency,
        })
    }
}

/// Puts a value to those of the same field: terms and texts add up, of anything else the first counts.
pub(super) fn add(parts: &mut Vec<(&'static Field, Part)>, field: &'static Field, part: Part) {
    let Some((_, known)) = parts.iter_mut().find(|(known, _)| known.name == field.name) else {
        parts.push((field, part));
        return;
    };
    match (known, part) {
        (
            Part::Value(Value::Terms(known) | Value::List(known)),
            Part::Value(Value::Terms(more) | Value::List(more)),
        ) => {
            for term in more {
                if !known.contains(&term) {
                    known.push(term);
                }
            }
        }
        (Part::Value(Value::Words(known)), Part::Value(Value::Words(more))) => {
            for word in more {
                if !known.contains(&word) {
                    known.push(word);
                }
            }
        }
        (Part::Value(Value::Text(known)), Part::Value(Value::Text(more)))
            if matches!(field.value, ValueKind::LongText | ValueKind::Lines) =>
        {
            if !known.contains(&more) {
                known.push_str("\n\n");
                known.push_str(&more);
            }
        }
        (_, _) => {}
    }
}

fn shown(text: &str) -> String {
    if text.chars().count() > 60 {
        text.chars().take(57).chain("...".chars()).collect()
    } else {
        text.to_owned()
    }
}

fn not(text: &str, expected: &str) -> String {
    format!(
        "\"{}\" is not {expected}. Correct it or leave it empty.",
        shown(text)
    )
}

fn not_in(text: &str, field: &Field, words: impl Iterator<Item = &'static str>) -> String {
    let words: Vec<String> = words.map(|word| word.replace('_', " ")).collect();
    format!(
        "\"{}\" is not a {} we know. Use one of: {}.",
        shown(text),
        field.label.to_lowercase(),
        words.join(", ")
    )
}

fn short<'t>(field: &Field, text: &'t str) -> Result<&'t str, String> {
    if text.chars().count() > TEXT_MAX {
        return Err(format!(
            "The {} is longer than {TEXT_MAX} characters. Shorten it.",
            field.label.to_lowercase()
        ));
    }
    Ok(text)
}

/// `@AccountRef1` in a Salesforce tree points at the record whose referenceId is `AccountRef1`.
fn id(planned: &Planned, text: &str) -> Result<String, String> {
    let text = short(planned.field, text)?;
    if planned.mapped.salesforce_ids {
        return salesforce::normalise(text)
            .ok_or_else(|| not(text, "a Salesforce id of 15 or 18 characters"));
    }
    if text.len() == 18 && salesforce::is_id(text) {
        return Ok(salesforce::normalise(text).unwrap_or_else(|| text.to_owned()));
    }
    let whole_number = text
        .strip_suffix(".0")
        .filter(|front| front.bytes().all(|byte| byte.is_ascii_digit()));
    Ok(whole_number
        .unwrap_or(text.strip_prefix('@').unwrap_or(text))
        .to_owned())
}

/// The first address of the cell: `ann@example.com`, `Ann <ann@example.com>` or a list of them.
fn email(text: &str) -> Result<EmailAddress, String> {
    let first = text.split([';', ',']).next().unwrap_or(text).trim();
    let inner = first
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or(first, |(inner, _)| inner);
    let bare = inner.strip_prefix("mailto:").unwrap_or(inner);
    bare.parse()
        .map_err(|_| not(text, "an e-mail address such as ann@example.com"))
}

fn web_address(text: &str) -> Result<String, String> {
    let bare = text.trim_start_matches('<').trim_end_matches('>').trim();
    let scheme = bare
        .split_once("://")
        .map_or("http", |(scheme, _)| scheme)
        .to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https")
        || bare.chars().count() > TEXT_MAX
        || !facts::is_web_address(bare)
    {
        return Err(not(text, "a web address such as https://example.com"));
    }
    Ok(bare.to_owned())
}

fn whole(text: &str, min: i64, max: i64) -> Result<i64, String> {
    let number: f64 = text
        .trim_end_matches('%')
        .trim()
        .replace(',', ".")
        .parse()
        .map_err(|_| not(text, "a whole number"))?;
    let number = number.round();
    if !number.is_finite() || number < min as f64 || number > max as f64 {
        return Err(not(text, &format!("between {min} and {max}")));
    }
    Ok(number as i64)
}

/// The first number of a text; separators before three digits split thousands.
fn count(text: &str) -> Option<i64> {
    let start = text.find(|character: char| character.is_ascii_digit())?;
    let rest = &text[start..];
    let mut digits = String::new();
    for (at, character) in rest.char_indices() {
        let next_three = rest.get(at + character.len_utf8()..at + character.len_utf8() + 3);
        let groups =
            next_three.is_some_and(|three| three.bytes().all(|byte| byte.is_ascii_digit()));
        match character {
            digit if digit.is_ascii_digit() => digits.push(digit),
            ',' | '.' | ' ' | '\'' | '\u{A0}' | '\u{202F}' if groups => {}
            'k' | 'K' => digits.push_str("000"),
            _ => break,
        }
        if matches!(character, 'k' | 'K') {
            break;
        }
    }
    digits.parse().ok()
}

/// The values of a cell with several: Salesforce and HubSpot write `;` between them.
fn several(field: &Field, text: &str) -> Result<Vec<String>, String> {
    let mut values: Vec<String> = Vec::new();
    for value in text.split([';', '|', '\n']).filter_map(cells::clean) {
        let value = short(field, value)?;
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_counts_are_found_in_words() {
        for (text, expected) in [
            ("900 Globally", 900),
            ("13,000 students", 13_000),
            ("625 employees", 625),
            ("100", 100),
            ("1,001-5,000", 1001),
            ("10k+", 10_000),
            ("over 1.200", 1200),
            ("2822.0", 2822),
            ("50 to 100", 50),
        ] {
            assert_eq!(count(text), Some(expected), "{text}");
        }
        assert_eq!(count("many"), None);
    }

    #[test]
    fn addresses_are_found_in_what_mail_programs_copy() {
        assert_eq!(
            email("Ann Lee <Ann@Example.com>")
                .expect("an address")
                .as_str(),
            "ann@example.com"
        );
        assert_eq!(
            email("ann@example.com; bo@example.com")
                .expect("an address")
                .as_str(),
            "ann@example.com"
        );
        assert!(email("ann at example.com").is_err());
        assert_eq!(
            web_address("<https://example.com/x>"),
            Ok("https://example.com/x".to_owned())
        );
        assert!(web_address("javascript://example.com/%0aalert(1)").is_err());
    }
}
