//! What an owner's yes depends on: from which day on, and how.
//!
//! The day is kept by whoever plans the use; the words are read by everybody on the request.

use domain::{candidate::CandidateState, time::Day};
use serde::Serialize;
use storage::candidate::Candidate;

use crate::{change, error::Error};

/// No yes waits longer than this: who may be asked in two years is asked in two years.
const WAIT_DAYS_MAX: i64 = 365;
const WORDS_MAX: usize = 500;

/// The conditions of a yes; at least one is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Conditions {
    /// The use takes place on this day or later.
    pub not_before: Option<Day>,
    /// Anything else, such as "by e-mail only".
    pub words: Option<String>,
}

impl Conditions {
    /// Reads what an owner wrote beside the yes; `None` for a plain yes.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a day that is over or more than a year ahead, for words that are too
    /// long, and for conditions of somebody who does not speak for the customer yet.
    pub(super) fn read(
        row: &Candidate,
        not_before: Option<Day>,
        words: Option<&str>,
        today: Day,
    ) -> Result<Option<Self>, Error> {
        let words = words
            .filter(|words| !words.trim().is_empty())
            .map(|words| change::text("condition", words, 1, WORDS_MAX))
            .transpose()?;
        if not_before.is_none() && words.is_none() {
            return Ok(None);
        }
        if row.state == CandidateState::Proposed {
            return Err(Error::field(
                "condition",
                "This yes is to the rush alone. Conditions are the owner's, who is asked next.",
            ));
        }
        let reach = today..=today.plus_days(WAIT_DAYS_MAX);
        if not_before.is_some_and(|day| !reach.contains(&day)) {
            return Err(Error::field(
                "not_before",
                "Choose a day from today on, at most a year ahead.",
            ));
        }
        Ok(Some(Self { not_before, words }))
    }

    pub(super) fn of(row: &Candidate) -> Option<Self> {
        let conditions = Self {
            not_before: row.not_before,
            words: row.owner_condition.clone(),
        };
        (conditions.not_before.is_some() || conditions.words.is_some()).then_some(conditions)
    }

    /// The planned day, moved where it lies before what the owner allows.
    pub(super) fn day(&self, planned: Day) -> Day {
        self.not_before.map_or(planned, |day| day.max(planned))
    }

    pub(super) fn put_on(self, row: &mut Candidate) {
        row.planned_on = self.day(row.planned_on);
        row.not_before = self.not_before;
        row.owner_condition = self.words;
    }

    /// As the requester reads it in a message.
    pub(super) fn sentence(&self) -> String {
        format!("The owner's condition: {}.", self.parts())
    }

    /// As the advocate reads it in the letter that asks.
    pub(super) fn agreed(&self) -> String {
        format!("What was agreed on your behalf: {}.", self.parts())
    }

    /// Without a full stop, which a person may have written too.
    fn parts(&self) -> String {
        let day = self.not_before.map(|day| format!("not before {day}"));
        let parts: Vec<String> = day.into_iter().chain(self.words.clone()).collect();
        parts.join("; ").trim_end_matches('.').to_owned()
    }
}

/// Refuses a day before the one that the owner allowed.
pub(super) fn allows(row: &Candidate, field: &str, day: Day) -> Result<(), Error> {
    match row.not_before {
        Some(first) if day < first => Err(Error::field(
            field,
            format!("{day}: the owner said yes from {first} on. Choose another day."),
        )),
        _ => Ok(()),
    }
}
