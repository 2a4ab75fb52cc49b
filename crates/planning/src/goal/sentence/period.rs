//! What a period may be called in a sentence, and which days are meant.

use std::{ops::Range, sync::LazyLock};

use domain::time::Day;
use jiff::{Span, civil};
use regex::{Captures, Regex};

use super::{super::Period, pattern};

/// The first period that the sentence names, the most exact way of naming first, and its place.
pub(super) fn find(sentence: &str, today: Day) -> Option<(Period, Range<usize>)> {
    PERIODS.iter().find_map(|(pattern, reader)| {
        pattern
            .captures_iter(sentence)
            .find_map(|found| Some((reader(&found, today)?, found.get(0)?.range())))
    })
}

type PeriodReader = fn(&Captures<'_>, Day) -> Option<Period>;

/// What a period may be called, the most exact first.
static PERIODS: LazyLock<Vec<(Regex, PeriodReader)>> = LazyLock::new(|| {
    let year = r"(?:\s*,?\s*(?:of\s+|in\s+)?(?P<year>20\d\d))?";
    let lead = r"\b(?:in|by|for|during|until|this|the)?\s*(?:the\s+)?(?:end\s+of\s+)?";
    let months =
        "january|february|march|april|may|june|july|august|september|october|november|december";
    let readers: [(String, PeriodReader); 7] = [
        (format!(r"{lead}\b(?P<year>20\d\d)\s*[-/]?\s*Q(?P<part>[1-4])\b"), quarter),
        (format!(r"{lead}\bQ(?P<part>[1-4])\b{year}"), quarter),
        (format!(r"{lead}\b(?P<part>first|second|third|fourth)\s+quarter\b{year}"), quarter),
        (format!(r"{lead}\bH(?P<part>[12])\b{year}"), half),
        (format!(r"{lead}\b(?P<part>first|second)\s+half\b{year}"), half),
        (r"\b(?:in\s+|by\s+|for\s+|during\s+)?(?:the\s+)?(?P<which>this|current|next|coming)\s+(?P<unit>month|quarter|half|year)\b".to_owned(), relative),
        (format!(r"\b(?:in|by|for|during|until)\s+(?:the\s+end\s+of\s+)?(?:(?P<month>{months})\b\s*)?(?P<year>20\d\d)?\b"), month_or_year),
    ];
    readers
        .into_iter()
        .filter_map(|(words, reader)| Some((pattern(&words)?, reader)))
        .collect()
});

fn ordinal(part: &str) -> Option<i8> {
    let words = ["first", "second", "third", "fourth"];
    let lower = part.to_lowercase();
    let place = words.iter().position(|word| *word == lower);
    match place {
        Some(place) => i8::try_from(place + 1).ok(),
        None => part.parse().ok(),
    }
}

fn year_of(found: &Captures<'_>) -> Option<i16> {
    found.name("year")?.as_str().parse().ok()
}

fn quarter(found: &Captures<'_>, today: Day) -> Option<Period> {
    part_of_year(ordinal(&found["part"])?, 3, year_of(found), today)
}

fn half(found: &Captures<'_>, today: Day) -> Option<Period> {
    part_of_year(ordinal(&found["part"])?, 6, year_of(found), today)
}

/// The `part`th stretch of so many months, of the year or of the next year in which it is not over.
fn part_of_year(part: i8, months: i8, year: Option<i16>, today: Day) -> Option<Period> {
    let in_year = |year: i16| {
        let first = civil::Date::new(year, (part - 1) * months + 1, 1).ok()?;
        months_from(first, months)
    };
    match year {
        Some(year) => in_year(year),
        None => in_year(today.0.year())
            .filter(|period| period.last >= today)
            .or_else(|| in_year(today.0.year() + 1)),
    }
}

fn months_from(first: civil::Date, months: i8) -> Option<Period> {
    let last = first
        .checked_add(Span::new().months(months))
        .ok()?
        .yesterday()
        .ok()?;
    Some(Period {
        first: Day(first),
        last: Day(last),
    })
}

fn relative(found: &Captures<'_>, today: Day) -> Option<Period> {
    let months: i8 = match found["unit"].to_lowercase().as_str() {
        "month" => 1,
        "quarter" => 3,
        "half" => 6,
        _ => 12,
    };
    let begun = (today.0.month() - 1) / months * months + 1;
    let this = civil::Date::new(today.0.year(), begun, 1).ok()?;
    let is_next = matches!(found["which"].to_lowercase().as_str(), "next" | "coming");
    let ahead = if is_next { months } else { 0 };
    months_from(this.checked_add(Span::new().months(ahead)).ok()?, months)
}

fn month_or_year(found: &Captures<'_>, today: Day) -> Option<Period> {
    let year = year_of(found);
    let Some(month) = found.name("month") else {
        return months_from(civil::Date::new(year?, 1, 1).ok()?, 12);
    };
    let names = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = month.as_str().to_lowercase();
    let place = names.iter().position(|name| *name == lower)?;
    part_of_year(i8::try_from(place + 1).ok()?, 1, year, today)
}
