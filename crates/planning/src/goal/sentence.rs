//! What an English sentence says of a goal's period, change and company size; the other words are
//! handed on.

use std::{
    ops::{Range, RangeInclusive},
    sync::LazyLock,
};

use domain::time::Day;
use regex::{Captures, Regex};

use super::{Change, Period, SHARE_MAX};

mod period;

/// A sentence taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub period: Option<Period>,
    /// Money is in whole units, not minor ones: the sentence does not say how small its currency's
    /// coins are.
    pub change: Option<Change>,
    /// The code or sign of the currency as written.
    pub currency: Option<String>,
    /// Employees of the companies that are meant, and how that was written.
    pub employees: Option<(RangeInclusive<u32>, String)>,
    /// What says none of it.
    pub rest: String,
}

/// Reads a sentence such as "increase Q3 revenue by 20% from mid-sized healthcare". A period without
/// a year is the next one that is not over on `today`; years are those of the calendar.
pub fn read(sentence: &str, today: Day) -> Said {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let period = period::find(sentence, today).map(|(period, place)| {
        taken.push(place);
        period
    });
    let outside = |taken: &[Range<usize>], place: &Range<usize>| {
        taken
            .iter()
            .all(|one| one.end <= place.start || place.end <= one.start)
    };
    let size = SIZES.iter().find_map(|(pattern, employees)| {
        let place = pattern.find(sentence)?.range();
        Some((employees.clone(), place))
    });
    let employees = size.map(|(employees, place)| {
        let written = sentence.get(place.clone()).unwrap_or_default().to_owned();
        taken.push(place);
        (employees, written)
    });
    let mut currency = None;
    let mut change = None;
    if let Some(found) = first(&SHARE, sentence) {
        let percent = plain(&found["percent"]).filter(|percent| *percent > 0.0);
        change = percent.map(|percent| Change::Share((percent / 100.0).min(SHARE_MAX)));
        taken.extend(
            found
                .get(0)
                .filter(|_| percent.is_some())
                .map(|all| all.range()),
        );
    } else if let Some(found) = first(&TIMES, sentence) {
        let share = if found["times"].to_lowercase().starts_with('d') {
            1.0
        } else {
            2.0
        };
        change = Some(Change::Share(share));
        taken.extend(found.get(0).map(|all| all.range()));
    } else {
        let mut amounts = MONEY.iter().flat_map(|money| money.captures_iter(sentence));
        let money = amounts.find_map(|found| {
            let place = found.get(0)?.range();
            outside(&taken, &place).then_some(())?;
            Some((amount_of(&found)?, found, place))
        });
        if let Some((amount, found, place)) = money {
            let is_total = found.name("to").is_some();
            change = Some(if is_total {
                Change::To(amount)
            } else {
                Change::By(amount)
            });
            let written = found.name("sign").or_else(|| found.name("code"));
            currency = written.map(|written| written.as_str().trim().to_owned());
            taken.push(place);
        }
    }
    Said {
        period,
        change,
        currency,
        employees,
        rest: rest(sentence, taken),
    }
}

/// What companies of a size are called, with their employees. Mid-sized are 50 to 249 in Europe and 100
/// to 999 with analysts; both count, in whole bands of what people choose from.
static SIZES: LazyLock<Vec<(Regex, RangeInclusive<u32>)>> = LazyLock::new(|| {
    let sizes = [
        (
            r"small\s+and\s+(?:mid(?:dle|-size|-sized|size|sized)?|medium)(?:[\s-]+sized?)?|smbs?|smes?",
            1..=1_000,
        ),
        (
            r"mid(?:dle)?[\s-]*(?:sized?|market)|medium(?:[\s-]+sized?)?",
            51..=1_000,
        ),
        (r"small(?:[\s-]+sized?)?", 1..=50),
        (r"large(?:[\s-]+sized?)?|big|enterprises?", 1_001..=u32::MAX),
    ];
    let whole = |words: &str| pattern(&format!(r"\b(?:{words})\b"));
    sizes
        .into_iter()
        .filter_map(|(words, employees)| Some((whole(words)?, employees)))
        .collect()
});

/// A pattern for which small and capital letters are the same. Every pattern is fixed, and the tests
/// read with all of them; one that did not compile would find nothing.
fn pattern(words: &str) -> Option<Regex> {
    Regex::new(&format!("(?i){words}")).ok()
}

fn first<'a>(pattern: &Option<Regex>, sentence: &'a str) -> Option<Captures<'a>> {
    pattern.as_ref()?.captures(sentence)
}

const NUMBER: &str = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?";

static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:\bby\s+|\bof\s+)?\+?\s*\b(?P<percent>{NUMBER})\s*(?:%|per\s?cent\b)"
    ))
});

static TIMES: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\b(?P<times>double|doubling|triple|tripling)\b"));

static MONEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?x)
        (?:(?P<to>\bto\s+|\breach(?:ing)?\s+|\btotal(?:ing)?\s+)|\bby\s+|\bof\s+|\+)?
        (?P<sign>[$€£¥]|\b(?:USD|EUR|GBP|CHF|JPY|CAD|AUD)\s)?\s*
        (?P<number>{NUMBER})\s?
        (?P<unit>thousand|million|billion|k|mn|m|bn|b)?\b
        (?:\s?(?P<code>USD|EUR|GBP|CHF|JPY|CAD|AUD|dollars?|euros?|pounds?)\b)?"
    ))
});

/// Money in whole units; `None` for a number that nothing marks as money.
fn amount_of(found: &Captures<'_>) -> Option<u64> {
    let unit = found.name("unit").map(|unit| unit.as_str().to_lowercase());
    if unit.is_none() && found.name("sign").is_none() && found.name("code").is_none() {
        return None;
    }
    let times = match unit.as_deref() {
        Some("k" | "thousand") => 1e3,
        Some("m" | "mn" | "million") => 1e6,
        Some(_) => 1e9,
        None => 1.0,
    };
    let amount = plain(&found["number"])? * times;
    (1.0..1e15).contains(&amount).then(|| super::minor(amount))
}

fn plain(number: &str) -> Option<f64> {
    number.replace(',', "").parse().ok()
}

/// Words that every goal is made of; a term of the same name is not meant by them.
const USUAL: &[&str] = &[
    "achieve",
    "add",
    "additional",
    "book",
    "bookings",
    "boost",
    "bring",
    "business",
    "companies",
    "company",
    "customers",
    "deals",
    "earn",
    "expand",
    "extra",
    "get",
    "grow",
    "growth",
    "income",
    "increase",
    "more",
    "new",
    "organisations",
    "organizations",
    "our",
    "product",
    "products",
    "raise",
    "reach",
    "revenue",
    "revenues",
    "sales",
    "sell",
    "total",
    "turnover",
    "us",
    "we",
    "want",
    "will",
    "win",
];

/// Whether every word is one that goals are made of, whatever they are about.
pub fn is_usual(words: &str) -> bool {
    words.split_whitespace().all(|word| {
        let bare = word
            .trim_matches(|sign: char| !sign.is_alphanumeric())
            .to_lowercase();
        bare.is_empty() || USUAL.contains(&bare.as_str())
    })
}

/// The sentence without the places that were read.
fn rest(sentence: &str, mut taken: Vec<Range<usize>>) -> String {
    taken.sort_by_key(|place| place.start);
    let mut left = String::new();
    let mut from = 0;
    for place in taken {
        left.push_str(sentence.get(from..place.start).unwrap_or_default());
        left.push(' ');
        from = from.max(place.end);
    }
    left.push_str(sentence.get(from..).unwrap_or_default());
    left.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().expect("a day"))
    }

    fn said(sentence: &str) -> Said {
        read(sentence, day("2026-11-22"))
    }

    fn period(sentence: &str) -> Option<(String, String)> {
        let period = said(sentence).period?;
        Some((period.first.to_string(), period.last.to_string()))
    }

    fn days(first: &str, last: &str) -> Option<(String, String)> {
        Some((first.to_owned(), last.to_owned()))
    }

    #[test]
    fn the_sentence_of_a_sales_leader_becomes_period_change_and_words() {
        let said = said(
            "Increase Q3 revenue by 20% from mid-sized healthcare organizations in the Midwest with the new cloud product",
        );
        let period = said.period.expect("a period");
        assert_eq!(
            (period.first, period.last),
            (day("2027-07-01"), day("2027-09-30"))
        );
        assert_eq!(said.change, Some(Change::Share(0.2)));
        assert_eq!(said.employees, Some((51..=1_000, "mid-sized".to_owned())));
        assert_eq!(
            said.rest,
            "Increase revenue from healthcare organizations in the Midwest with the new cloud product"
        );
        assert!(is_usual("Increase revenue") && is_usual("organizations, new"));
        assert!(!is_usual("healthcare") && !is_usual("sales cloud"));
    }

    #[test]
    fn a_period_is_named_in_many_ways() {
        for (sentence, first, last) in [
            ("grow 10% in Q4", "2026-10-01", "2026-12-31"),
            ("grow 10% in Q4 2027", "2027-10-01", "2027-12-31"),
            ("grow 10% in 2028-Q1", "2028-01-01", "2028-03-31"),
            (
                "grow 10% in the second half of 2027",
                "2027-07-01",
                "2027-12-31",
            ),
            ("grow 10% in H1", "2027-01-01", "2027-06-30"),
            ("grow 10% next quarter", "2027-01-01", "2027-03-31"),
            ("grow 10% this year", "2026-01-01", "2026-12-31"),
            ("grow 10% by 2028", "2028-01-01", "2028-12-31"),
            ("grow 10% in March", "2027-03-01", "2027-03-31"),
            (
                "grow 10% in the third quarter of 2027",
                "2027-07-01",
                "2027-09-30",
            ),
        ] {
            assert_eq!(period(sentence), days(first, last), "{sentence}");
        }
        assert_eq!(period("grow 10% in Germany"), None);
    }

    #[test]
    fn a_change_is_a_share_or_money() {
        for (sentence, change) in [
            ("grow by 12.5 percent", Change::Share(0.125)),
            ("double revenue in retail", Change::Share(1.0)),
            ("grow retail by $2.5M in Q2", Change::By(2_500_000)),
            ("reach EUR 3 million in banking", Change::To(3_000_000)),
            ("add 400k dollars", Change::By(400_000)),
            ("grow to $1,250,000", Change::To(1_250_000)),
        ] {
            assert_eq!(said(sentence).change, Some(change), "{sentence}");
        }
        assert_eq!(said("win 5 customers in 2027").change, None);
        assert_eq!(said("grow by €2m").currency.as_deref(), Some("€"));
    }

    #[test]
    fn a_size_in_words_is_a_number_of_employees() {
        for (sentence, employees) in [
            ("grow 10% with small businesses", Some(1..=50)),
            ("grow 10% in the mid-market", Some(51..=1_000)),
            ("grow 10% with small and mid-sized banks", Some(1..=1_000)),
            ("grow 10% with SMBs", Some(1..=1_000)),
            ("grow 10% with large enterprises", Some(1_001..=u32::MAX)),
            ("grow 10% in biggest banks", None),
        ] {
            let read = said(sentence).employees.map(|(employees, _)| employees);
            assert_eq!(read, employees, "{sentence}");
        }
    }

    #[test]
    fn nonsense_says_nothing_and_is_handed_on() {
        for sentence in ["", "   ", "hello", "0%", "-5", "🦀 Q9 % $", "Q3Q3Q3"] {
            let said = said(sentence);
            assert_eq!(said.change, None, "{sentence}");
            assert_eq!(said.period, None, "{sentence}");
        }
        assert_eq!(said("hello world").rest, "hello world");
    }
}
