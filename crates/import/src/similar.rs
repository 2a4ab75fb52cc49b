//! Suggestions for what was probably meant: `technolgy` for Technology.

use domain::text::fold;

/// From this likeness on a suggestion is made: one slip in five letters or fewer slips in more.
pub const LIKENESS_MIN: f64 = 0.8;
/// Shorter texts differ by one letter too easily (`EMEA`, `APAC`): they must be equal when folded.
pub const LENGTH_MIN: usize = 5;

/// The candidate that the value probably means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion<'c> {
    /// Place among the candidates.
    pub index: usize,
    pub candidate: &'c str,
    /// 1 for equal but for case, accents, blanks and punctuation.
    pub likeness: f64,
}

/// The most similar candidate, when it is similar enough and no other is just as similar.
///
/// Likeness is 1 - (slips / length of the longer text) over folded letters and digits, where a
/// slip is a letter too many, missing, changed or swapped with its neighbour.
pub fn similar<'c>(
    value: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<Suggestion<'c>> {
    let squeeze = |text: &str| fold(text).replace(' ', "");
    let value = squeeze(value);
    let mut best: Option<Suggestion<'c>> = None;
    let mut tied = false;
    for (index, candidate) in candidates.into_iter().enumerate() {
        let other = squeeze(candidate);
        let short = value.chars().count().min(other.chars().count()) < LENGTH_MIN;
        let likeness = match (value == other, short) {
            (true, _) => 1.0,
            (false, true) => 0.0,
            (false, false) => strsim::normalized_damerau_levenshtein(&value, &other),
        };
        if likeness < LIKENESS_MIN {
            continue;
        }
        match best {
            Some(known) if known.likeness > likeness => {}
            Some(known) if known.likeness == likeness => {
                tied = fold(known.candidate) != fold(candidate) || tied
            }
            Some(_) | None => {
                best = Some(Suggestion {
                    index,
                    candidate,
                    likeness,
                });
                tied = false;
            }
        }
    }
    best.filter(|_| !tied)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, candidates: &[&str], expected: Option<&str>) {
        let found = similar(value, candidates.iter().copied());
        assert_eq!(found.map(|found| found.candidate), expected, "{value}");
    }

    #[test]
    fn slips_of_the_pen_find_what_was_meant() {
        check(
            "technolgy",
            &["Healthcare", "Technology", "Telecommunications"],
            Some("Technology"),
        );
        check(
            "Philipines",
            &["Poland", "Philippines"],
            Some("Philippines"),
        );
        check(
            "GTXPro",
            &["GTX Basic", "GTX Pro", "GTX Plus Pro"],
            Some("GTX Pro"),
        );
        check("HEALTH CARE", &["Healthcare"], Some("Healthcare"));
        check(
            "Sofware development",
            &["Software Development"],
            Some("Software Development"),
        );
    }

    #[test]
    fn what_is_far_off_short_or_undecided_gives_no_suggestion() {
        check("Retail", &["Technology", "Healthcare"], None);
        check("UAE", &["USA"], None);
        check("Region 1", &["Region 2", "Region 3"], None);
        check("", &["", "Technology"], Some(""));
        check("Austria", &[], None);
    }
}
