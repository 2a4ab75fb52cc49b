//! Dates as people and programs write them. A date such as 4/12/2019 alone cannot be read: its
//! order is decided from the whole column, or asked.
//!
//! A date with a time and a zone is the day that is written, not that day moved to another zone.

use domain::{time::Day, word_list};

word_list! {
    /// What comes first in a date such as 4/12/2019.
    DateOrder { MonthFirst, DayFirst }
}

/// What a text says as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The form itself says the day.
    Day(Day),
    /// Only this order makes a day of it.
    Only(DateOrder, Day),
    /// Both orders make a day of it.
    Either {
        month_first: Day,
        day_first: Day,
    },
    NotADay,
}

/// Excel counts days from here: its day 1 is 1900-01-01, and it believes in a 1900-02-29.
const SERIAL_ZERO: &str = "1899-12-30";
/// 1954-10-03 to 2119-01-10: smaller and larger numbers are hardly dates.
const SERIALS: std::ops::RangeInclusive<i64> = 20_000..=80_000;
/// Milliseconds since 1970 from 2001-09-09 to 2286: what web APIs write.
const MILLISECONDS: std::ops::RangeInclusive<i64> = 1_000_000_000_000..=9_999_999_999_999;

impl Reading {
    /// The day, given the order of the column.
    pub fn day(self, order: Option<DateOrder>) -> Option<Day> {
        match (self, order) {
            (Self::Day(day), _) => Some(day),
            (Self::Only(only, day), Some(order)) => (only == order).then_some(day),
            (Self::Only(_, day), None) => Some(day),
            (Self::Either { month_first, .. }, Some(DateOrder::MonthFirst)) => Some(month_first),
            (Self::Either { day_first, .. }, Some(DateOrder::DayFirst)) => Some(day_first),
            (Self::Either { .. }, None) | (Self::NotADay, _) => None,
        }
    }
}

/// Reads one date, with or without a time after it.
pub fn read(text: &str) -> Reading {
    let text = text.trim();
    let is_number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if let Some(day) = is_number.then(|| counted(text)).flatten() {
        return Reading::Day(day);
    }
    if let Some(day) = named(text) {
        return Reading::Day(day);
    }
    numbers(text).unwrap_or(Reading::NotADay)
}

/// `20220613`, an Excel serial such as `45631.0`, or milliseconds since 1970.
fn counted(text: &str) -> Option<Day> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.contains('.') {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let zero: Day = SERIAL_ZERO.parse().ok()?;
    if whole.len() == 5 && SERIALS.contains(&number) {
        return Some(zero.plus_days(number));
    }
    if !fraction.is_empty() {
        return None;
    }
    if MILLISECONDS.contains(&number) {
        return Some(Day::new(1970, 1, 1)?.plus_days(number / 86_400_000));
    }
    if whole.len() == 8 && (1900..=2199).contains(&(number / 10_000)) {
        return make(number / 10_000, number / 100 % 100, number % 100);
    }
    None
}

fn make(year: i64, month: i64, day: i64) -> Option<Day> {
    Day::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
}

/// Three numbers with the same mark between them; the year has four digits in front or is last.
fn numbers(text: &str) -> Option<Reading> {
    let (date, time) = split_time(text);
    if !is_time(time) {
        return None;
    }
    let mark = date.chars().find(|character| !character.is_ascii_digit())?;
    if !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let mut parts = date.split(mark).map(|part| part.trim());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.next().is_some() || ![first, second, third].into_iter().all(digits) {
        return None;
    }
    let number = |part: &str| part.parse::<i64>().ok();
    if first.len() == 4 {
        return make(number(first)?, number(second)?, number(third)?).map(Reading::Day);
    }
    if first.len() > 2 || second.len() > 2 || third.len() == 3 {
        return None;
    }
    let year = full_year(third)?;
    let month_first = make(year, number(first)?, number(second)?);
    let day_first = make(year, number(second)?, number(first)?);
    match (month_first, day_first) {
        // With dots the day comes first wherever dates are written so.
        (_, Some(day)) if mark == '.' => Some(Reading::Day(day)),
        (Some(month_first), Some(day_first)) => Some(Reading::Either {
            month_first,
            day_first,
        }),
        (Some(day), None) if mark != '.' => Some(Reading::Only(DateOrder::MonthFirst, day)),
        (None, Some(day)) => Some(Reading::Only(DateOrder::DayFirst, day)),
        (_, None) => None,
    }
}

/// Two digits mean 1970 to 2069.
fn full_year(text: &str) -> Option<i64> {
    let year: i64 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year >= 70 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn split_time(text: &str) -> (&str, &str) {
    match text.find(['T', ' ']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

/// Nothing, or a time of day such as `21:03:42.000Z`, `09:30 PM` or `12:00:00.000GMT`.
fn is_time(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let clock = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
        .count();
    let zone = text[clock..].trim();
    let known = ["", "z", "gmt", "utc", "am", "pm"].contains(&zone.to_ascii_lowercase().as_str());
    let offset = zone.starts_with(['+', '-'])
        && zone[1..]
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b':');
    let hour = text
        .split(':')
        .next()
        .and_then(|hour| hour.parse::<u8>().ok());
    text[..clock].contains(':') && hour.is_some_and(|hour| hour < 25) && (known || offset)
}

/// `12 Mar 2024`, `March 12, 2024`, `12-Mar-24`.
fn named(text: &str) -> Option<Day> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    if text.len() > 40 || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut parts = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let month = |part: &str| {
        let lower = part.to_ascii_lowercase();
        let full = [
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
        let at = MONTHS
            .iter()
            .position(|name| lower == *name || lower == "sept" && *name == "sep");
        at.or_else(|| full.iter().position(|name| lower == *name))
            .map(|at| at as i64 + 1)
    };
    let day = |part: &str| {
        part.trim_end_matches(|character: char| character.is_ascii_alphabetic())
            .parse()
            .ok()
    };
    let rest_is_time = parts
        .next()
        .is_none_or(|part| part.starts_with(|character: char| character.is_ascii_digit()));
    if !rest_is_time {
        return None;
    }
    if let Some(month) = month(second) {
        return make(full_year(third)?, month, day(first)?);
    }
    make(full_year(third)?, month(first)?, day(second)?)
}

/// What the dates of a column say about its order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderEvidence {
    pub month_first: usize,
    pub day_first: usize,
    pub either: usize,
    pub plain: usize,
    pub unreadable: usize,
}

/// The order of a whole column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnOrder {
    /// No date depends on it.
    NotNeeded,
    Decided(DateOrder),
    /// The column allows both, or holds both: only a person knows.
    Open,
}

impl OrderEvidence {
    pub fn add(&mut self, reading: Reading) {
        match reading {
            Reading::Day(_) => self.plain += 1,
            Reading::Only(DateOrder::MonthFirst, _) => self.month_first += 1,
            Reading::Only(DateOrder::DayFirst, _) => self.day_first += 1,
            Reading::Either { .. } => self.either += 1,
            Reading::NotADay => self.unreadable += 1,
        }
    }

    pub fn order(&self) -> ColumnOrder {
        match (self.month_first, self.day_first, self.either) {
            (0, 0, 0) => ColumnOrder::NotNeeded,
            (0, 0, _) => ColumnOrder::Open,
            (_, 0, _) => ColumnOrder::Decided(DateOrder::MonthFirst),
            (0, _, _) => ColumnOrder::Decided(DateOrder::DayFirst),
            (_, _, _) => ColumnOrder::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(
            read(text).day(None).map(|day| day.to_string()).as_deref(),
            Some(expected),
            "{text}"
        );
    }

    #[test]
    fn dates_that_say_their_day_are_read_in_every_form() {
        for text in [
            "2026-03-12",
            "2026/3/12",
            "2026-03-12T21:03:42.000Z",
            "2026-03-12 09:30",
            "20260312",
            "46093",
            "46093.0",
            "12.03.2026",
            "12.3.26",
            "12 Mar 2026",
            "March 12, 2026",
            "12-Mar-26",
            "12th March 2026",
            "2026-03-12T23:30:00-08:00",
            "2026-03-12T12:00:00.000GMT",
            "1773273600000",
            "2026-03-12 09:30:00 PM",
        ] {
            check(text, "2026-03-12");
        }
        check("45631.0", "2024-12-05");
        check("3/31/99", "1999-03-31");
    }

    #[test]
    fn what_is_not_a_date_is_not_read() {
        for text in [
            "",
            "wrongdate",
            "2026-02-30",
            "13/13/2026",
            "2026",
            "12:30",
            "1.5",
            "2011 Q3",
            "4/12",
            "1/2/3/4",
            "99999999",
            "12/2026",
            "2026-03-12 garbage",
            "1/2/345",
            "Mar 2026",
            "192.168.1.1",
            "100000",
        ] {
            assert_eq!(read(text), Reading::NotADay, "{text}");
        }
    }

    #[test]
    fn a_column_decides_the_order_and_an_open_one_stays_open() {
        let order = |texts: &[&str]| {
            let mut evidence = OrderEvidence::default();
            texts.iter().for_each(|text| evidence.add(read(text)));
            evidence.order()
        };
        assert_eq!(
            order(&["4/12/2019", "1/17/2019"]),
            ColumnOrder::Decided(DateOrder::MonthFirst)
        );
        assert_eq!(
            order(&["4/12/2019", "17/1/2019"]),
            ColumnOrder::Decided(DateOrder::DayFirst)
        );
        assert_eq!(order(&["4/12/2019", "2019-04-12"]), ColumnOrder::Open);
        assert_eq!(order(&["1/17/2019", "17/1/2019"]), ColumnOrder::Open);
        assert_eq!(order(&["2019-04-12", "45631"]), ColumnOrder::NotNeeded);
    }
}
