//! The thing happened: a reference use and how it went.

use crate::word_list;

word_list! {
    UseOutcome { Helpful, Neutral, Harmful, NoShow }
}

word_list! {
    /// How a use became known: through a request, logged by a colleague afterwards, or from a file.
    UseChannel { Request, Outside, Import }
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
