//! The band of a head count, and head counts in what people write.

/// The smallest head count of each band and the key of its term, smallest band first.
pub const BANDS: [(i64, &str); 8] = [
    (1, "1_10"),
    (11, "11_50"),
    (51, "51_200"),
    (201, "201_500"),
    (501, "501_1000"),
    (1_001, "1001_5000"),
    (5_001, "5001_10000"),
    (10_001, "10001_up"),
];

/// The key of the band that holds this many employees; none for an empty company.
pub fn band(employees: i64) -> Option<&'static str> {
    BANDS
        .iter()
        .rev()
        .find(|(smallest, _)| employees >= *smallest)
        .map(|(_, key)| *key)
}

/// A head count written as a number alone: `1150`, `1,150`, `1.150` or `1 150`.
///
/// It must be looked for before a band is: `1150` and `11-50` differ by a hyphen only.
pub(crate) fn head_count(written: &str) -> Option<i64> {
    let mut groups = written.trim().split([',', '.', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
        grouped = true;
    }
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let legal = plain && !(grouped && first.is_empty());
    if legal { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_count_has_one_band() {
        for (employees, expected) in [
            (0, None),
            (1, Some("1_10")),
            (10, Some("1_10")),
            (11, Some("11_50")),
            (1_000, Some("501_1000")),
            (1_001, Some("1001_5000")),
            (10_000, Some("5001_10000")),
            (2_000_000, Some("10001_up")),
        ] {
            assert_eq!(band(employees), expected, "{employees}");
        }
    }

    #[test]
    fn a_number_is_a_head_count_and_a_range_is_not() {
        for (written, expected) in [
            ("1150", Some(1_150)),
            ("1,150", Some(1_150)),
            ("12 000", Some(12_000)),
            ("11-50", None),
            ("11,50", None),
            ("900 Globally", None),
            ("", None),
            (",150", None),
        ] {
            assert_eq!(head_count(written), expected, "{written}");
        }
    }
}
