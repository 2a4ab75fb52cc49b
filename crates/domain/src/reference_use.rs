//! The thing happened: a reference use and how it went.

use crate::{taxonomy::FULL, word_list};

word_list! {
    UseOutcome { Helpful, Neutral, Harmful, NoShow }
}

word_list! {
    /// How a use became known: through a request, logged by a colleague afterwards, or from a file.
    UseChannel { Request, Outside, Import }
}

word_list! {
    /// Who says after a use how it was.
    DebriefSide { Seller, Advocate, Buyer }
}

/// What a relevance of matching, from 0 to 10,000, promises as a grade of the fit, in tenths: from 10
/// for nothing in common to 50 for everything that was asked.
pub fn expected_fit(relevance: u32) -> i64 {
    10 + (i64::from(relevance.min(FULL)) * 40 + i64::from(FULL) / 2) / i64::from(FULL)
}

/// How well it did fit, in tenths of a grade: the mean of what the sides said; nothing while nobody did.
pub fn actual_fit(said: &[Option<i64>]) -> Option<i64> {
    let said: Vec<i64> = said.iter().copied().flatten().collect();
    let count = i64::try_from(said.len()).ok().filter(|count| *count > 0)?;
    Some((said.iter().sum::<i64>() * 10 + count / 2) / count)
}

/// A grade from 1 (poor) to 5 (excellent).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = i64, minimum = 1, maximum = 5))]
pub struct Grade(i64);

/// The number is not a grade.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a grade is a whole number from 1 to 5")]
pub struct NotAGrade;

impl TryFrom<i64> for Grade {
    type Error = NotAGrade;

    fn try_from(value: i64) -> Result<Self, NotAGrade> {
        if (1..=5).contains(&value) {
            Ok(Self(value))
        } else {
            Err(NotAGrade)
        }
    }
}

impl From<Grade> for i64 {
    fn from(grade: Grade) -> i64 {
        grade.0
    }
}

#[cfg(test)]
mod tests {
    use super::{actual_fit, expected_fit};

    #[test]
    fn a_relevance_promises_a_grade_from_one_to_five() {
        assert_eq!(
            [0, 5_000, 8_125, 10_000].map(expected_fit),
            [10, 30, 43, 50]
        );
    }

    #[test]
    fn the_fit_is_the_mean_of_what_was_said() {
        assert_eq!(actual_fit(&[None, None, None]), None);
        assert_eq!(actual_fit(&[Some(4), None, None]), Some(40));
        assert_eq!(actual_fit(&[Some(5), Some(4), Some(4)]), Some(43));
    }
}
