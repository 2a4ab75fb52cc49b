//! Amounts as people and programs write them: signs, symbols, separators. Whether a comma splits
//! thousands or cents is decided from the whole column, or asked.

use domain::{
    money::{Currency, Money},
    word_list,
};

word_list! {
    /// What stands before the cents.
    DecimalMark { Dot, Comma }
}

/// What an amount says about the mark of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkEvidence {
    /// No separator in it.
    Silent,
    Mark(DecimalMark),
    /// One separator before three digits: `1,234` or `1.234`.
    Either,
    NotANumber,
}

/// An amount before rounding, so that lines add up before they are rounded once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub millionths: i128,
    /// The currency that its code or symbol names.
    pub currency: Option<Currency>,
}

/// A number in parts: sign, digits with separators, power of ten and currency.
struct Parts<'t> {
    negative: bool,
    digits: &'t str,
    power: u32,
    currency: Option<&'t str>,
}

/// Symbols that name one currency; `$` and `¥` are taken for the dollar and the yen.
const SYMBOLS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("AU$", "AUD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("SG$", "SGD"),
    ("MX$", "MXN"),
    ("R$", "BRL"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("₪", "ILS"),
    ("₺", "TRY"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("฿", "THB"),
    ("₫", "VND"),
    ("₱", "PHP"),
    ("₦", "NGN"),
    ("Fr.", "CHF"),
];

const MILLION: i128 = 1_000_000;

/// Reads an amount, given the mark of its column.
pub fn read(text: &str, mark: DecimalMark) -> Option<Amount> {
    let parts = split(text)?;
    let (decimal, group) = match mark {
        DecimalMark::Dot => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = match parts.digits.rsplit_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (parts.digits, ""),
    };
    let mut units: i128 = 0;
    for digit in plain_digits(whole, group)?
        .chars()
        .chain(fraction.chars().take(12))
    {
        units = units
            .checked_mul(10)?
            .checked_add(i128::from(digit.to_digit(10)?))?;
    }
    if !fraction.chars().all(|character| character.is_ascii_digit())
        || (whole.is_empty() && fraction.is_empty())
    {
        return None;
    }
    let shown = fraction.len().min(12) as u32;
    let scaled = units
        .checked_mul(MILLION)?
        .checked_mul(10_i128.checked_pow(parts.power)?)?;
    let millionths = rounded(scaled, 10_i128.checked_pow(shown)?);
    let currency = parts.currency.and_then(currency);
    if parts.currency.is_some_and(|written| !written.is_empty()) && currency.is_none() {
        return None;
    }
    Some(Amount {
        millionths: if parts.negative {
            -millionths
        } else {
            millionths
        },
        currency,
    })
}

/// What the text says about the mark of its column.
pub fn evidence(text: &str) -> MarkEvidence {
    let Some(parts) = split(text) else {
        return MarkEvidence::NotANumber;
    };
    let digits = parts.digits;
    let found = match (digits.rfind('.'), digits.rfind(',')) {
        (None, None) => {
            return if read(text, DecimalMark::Dot).is_some() {
                MarkEvidence::Silent
            } else {
                MarkEvidence::NotANumber
            };
        }
        (Some(dot), Some(comma)) if dot > comma => DecimalMark::Dot,
        (Some(_), Some(_)) => DecimalMark::Comma,
        (Some(_), None) if digits.matches('.').count() > 1 => DecimalMark::Comma,
        (None, Some(_)) if digits.matches(',').count() > 1 => DecimalMark::Dot,
        (dot, _) => {
            let at = digits.find(['.', ',']).unwrap_or(0);
            let before = &digits[..at];
            let groups = digits.len() - at - 1 == 3
                && (1..=3).contains(&before.len())
                && !before.starts_with('0');
            if groups && parts.power == 0 && before.bytes().all(|byte| byte.is_ascii_digit()) {
                return MarkEvidence::Either;
            }
            if dot.is_some() {
                DecimalMark::Dot
            } else {
                DecimalMark::Comma
            }
        }
    };
    if read(text, found).is_some() {
        MarkEvidence::Mark(found)
    } else {
        MarkEvidence::NotANumber
    }
}

impl Amount {
    /// The amount in whole minor units, rounded half away from zero; `None` beyond what fits.
    pub fn money(self, currency: Currency) -> Option<Money> {
        let scale = MILLION / 10_i128.checked_pow(currency.digits().min(6))?;
        let minor = i64::try_from(rounded(self.millionths, scale)).ok()?;
        Some(Money { minor, currency })
    }
}

fn rounded(value: i128, unit: i128) -> i128 {
    let half = unit / 2;
    value.saturating_add(if value < 0 { -half } else { half }) / unit
}

/// The currency that a code or symbol names.
pub fn currency(written: &str) -> Option<Currency> {
    let written = written.trim();
    let symbol = SYMBOLS.iter().find(|(symbol, _)| *symbol == written);
    symbol.map_or(written, |(_, code)| code).parse().ok()
}

/// Digits without the marks between groups; every group after the first has three digits
/// (two are allowed before the last, as in India).
fn plain_digits(whole: &str, group: char) -> Option<String> {
    let is_gap = |character: char| {
        character == group || character.is_whitespace() || matches!(character, '\'' | '’')
    };
    let groups: Vec<&str> = whole.split(is_gap).collect();
    let (first, rest) = groups.split_first()?;
    let all_digits = groups
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let last_is_full = rest.last().is_none_or(|last| last.len() == 3);
    let sizes = rest.iter().all(|part| matches!(part.len(), 2 | 3))
        && (rest.is_empty() || (1..=3).contains(&first.len()));
    (all_digits && last_is_full && sizes).then(|| groups.concat())
}

fn split(text: &str) -> Option<Parts<'_>> {
    let mut rest = text.trim();
    let mut negative = false;
    if let Some(inner) = rest
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
    {
        (rest, negative) = (inner.trim(), true);
    }
    let minus = |character: char| matches!(character, '-' | '−' | '–');
    let first = rest.find(|character: char| character.is_ascii_digit())?;
    let last = rest.rfind(|character: char| character.is_ascii_digit())? + 1;
    // `.5` and `,5` start with their mark.
    let first = if rest[..first].ends_with(['.', ',']) {
        first - 1
    } else {
        first
    };
    let (mut before, digits, mut after) = (
        rest[..first].trim(),
        &rest[first..last],
        rest[last..].trim(),
    );
    for side in [&mut before, &mut after] {
        let stripped =
            side.trim_matches(|character: char| minus(character) || character.is_whitespace());
        if stripped.len() != side.len() {
            negative = true;
        }
        *side = stripped.trim_matches('+').trim();
    }
    let (digits, power) = power_of(digits, &mut after)?;
    let currency = match (before, after) {
        ("", "") => None,
        (one, "") | ("", one) => Some(one),
        (one, other) if currency(one).is_some() && currency(one) == currency(other) => Some(one),
        // `$ 1,200 USD`: the code is more exact than the symbol.
        (one, other) if one.ends_with('$') && currency(other).is_some() => Some(other),
        _ => return None,
    };
    Some(Parts {
        negative,
        digits,
        power,
        currency,
    })
}

/// Java and Excel write large numbers as `1.0E7`; people write `1.2M`.
fn power_of<'t>(digits: &'t str, after: &mut &'t str) -> Option<(&'t str, u32)> {
    if let Some((number, exponent)) = digits.split_once(['e', 'E']) {
        let exponent: u32 = exponent.trim_start_matches('+').parse().ok()?;
        return (exponent <= 15).then_some((number, exponent));
    }
    let (unit, rest) = after.split_at(after.bytes().take_while(u8::is_ascii_alphabetic).count());
    let power = match unit {
        "k" | "K" => 3,
        "m" | "M" | "mn" | "Mio" | "MM" => 6,
        "bn" | "Bn" | "B" | "b" => 9,
        _ => return Some((digits, 0)),
    };
    *after = rest.trim();
    Some((digits, power))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, mark: DecimalMark, expected: Option<(&str, Option<&str>)>) {
        let read = read(text, mark).map(|amount| {
            let money = amount.money(Currency::USD).expect("money");
            (
                money.decimal(),
                amount.currency.map(|currency| currency.to_string()),
            )
        });
        let read = read
            .as_ref()
            .map(|(amount, currency)| (amount.as_str(), currency.as_deref()));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn amounts_are_read_with_signs_symbols_and_separators() {
        use DecimalMark::{Comma, Dot};
        check("1,234.50", Dot, Some(("1234.50", None)));
        check("1.234,50", Comma, Some(("1234.50", None)));
        check("$ 1 200", Dot, Some(("1200.00", Some("USD"))));
        check("€1.234,5", Comma, Some(("1234.50", Some("EUR"))));
        check("1'234.50 CHF", Dot, Some(("1234.50", Some("CHF"))));
        check("(500)", Dot, Some(("-500.00", None)));
        check("($1,500.25)", Dot, Some(("-1500.25", Some("USD"))));
        check("-$5", Dot, Some(("-5.00", Some("USD"))));
        check("500-", Dot, Some(("-500.00", None)));
        check("1.0E7", Dot, Some(("10000000.00", None)));
        check("$1.2M", Dot, Some(("1200000.00", Some("USD"))));
        check("12,34,567.00", Dot, Some(("1234567.00", None)));
        check("0.005", Dot, Some(("0.01", None)));
        check("USD 7", Dot, Some(("7.00", Some("USD"))));
        check(".5", Dot, Some(("0.50", None)));
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for wrong in [
            "", "abc", "1,2,3", "12 5", "1.2.3", "Q3 2019", "5 apples", "1/2", "0..0", "1-2", "$",
            "1e400",
        ] {
            check(wrong, DecimalMark::Dot, None);
        }
        check(
            "9999999999999999999999999999999999999999",
            DecimalMark::Dot,
            None,
        );
        let large = read("9999999999999999999999", DecimalMark::Dot).expect("a number");
        assert_eq!(large.money(Currency::USD), None);
    }

    #[test]
    fn the_mark_of_a_column_shows_in_its_amounts() {
        use MarkEvidence::{Either, Mark, NotANumber, Silent};
        for (text, expected) in [
            ("1,234.50", Mark(DecimalMark::Dot)),
            ("1.234,50", Mark(DecimalMark::Comma)),
            ("1,5", Mark(DecimalMark::Comma)),
            ("0.325", Mark(DecimalMark::Dot)),
            ("1,234", Either),
            ("1.234", Either),
            ("1234.500", Mark(DecimalMark::Dot)),
            ("1.234.567", Mark(DecimalMark::Comma)),
            ("1,234,567", Mark(DecimalMark::Dot)),
            ("1200", Silent),
            ("(500)", Silent),
            ("x", NotANumber),
        ] {
            assert_eq!(evidence(text), expected, "{text}");
        }
    }
}
