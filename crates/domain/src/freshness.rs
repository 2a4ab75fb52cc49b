//! How long what a reference profile says can be relied on, part by part: a story ages slower than
//! what somebody agreed to do.
//!
//! Decides which day counts for a part and for the whole; refuses to know who confirmed it.

use crate::{time::Day, word_list};

word_list! {
    /// A part of a reference profile that is confirmed as one.
    ProfilePart {
        /// Headline and story.
        Story,
        Outcomes,
        /// What the advocate speaks about, and what not.
        Topics,
        /// What the advocate agreed to do, and how often at most.
        Activities,
        /// Job title, tags and whatever else places the person.
        Facts,
    }
}

impl ProfilePart {
    /// Days for which a confirmation of this part holds. What happened stays true for a year; what
    /// somebody is willing to do and where they work changes within half of one.
    pub fn believed_days(self) -> i64 {
        match self {
            Self::Story | Self::Outcomes => 365,
            Self::Topics | Self::Activities | Self::Facts => 180,
        }
    }
}

/// When a profile was confirmed: as a whole, and its parts since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    whole: Option<Day>,
    parts: Vec<(ProfilePart, Day)>,
}

impl Confirmed {
    pub fn new(whole: Option<Day>, parts: Vec<(ProfilePart, Day)>) -> Self {
        Self { whole, parts }
    }

    /// Notes that a part was confirmed on a day.
    pub fn confirm(&mut self, part: ProfilePart, on: Day) {
        self.parts.push((part, on));
    }

    /// The last day on which a part was confirmed, by itself or with the whole profile.
    pub fn on(&self, part: ProfilePart) -> Option<Day> {
        let own = self.parts.iter().filter(|(one, _)| *one == part);
        own.map(|(_, day)| *day).max().max(self.whole)
    }

    /// Whether a part was never confirmed, or too long ago.
    pub fn is_stale(&self, part: ProfilePart, today: Day) -> bool {
        self.on(part)
            .is_none_or(|day| day < today.plus_days(-part.believed_days()))
    }

    /// The last day on which every part was confirmed; none while one never was.
    pub fn whole(&self) -> Option<Day> {
        let days: Option<Vec<Day>> = ProfilePart::ALL.iter().map(|part| self.on(*part)).collect();
        days?.into_iter().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_part_counts_from_its_own_day_or_that_of_the_whole_whichever_is_later() {
        let confirmed = Confirmed::new(
            Some(day("2026-01-10")),
            vec![
                (ProfilePart::Story, day("2026-03-01")),
                (ProfilePart::Topics, day("2025-06-01")),
            ],
        );
        assert_eq!(confirmed.on(ProfilePart::Story), Some(day("2026-03-01")));
        assert_eq!(confirmed.on(ProfilePart::Topics), Some(day("2026-01-10")));
        assert_eq!(confirmed.on(ProfilePart::Facts), Some(day("2026-01-10")));
    }

    #[test]
    fn a_story_holds_for_a_year_and_willingness_for_half_of_one() {
        let confirmed = Confirmed::new(Some(day("2026-01-01")), Vec::new());
        let (half, later) = (day("2026-06-30"), day("2026-07-01"));
        assert!(!confirmed.is_stale(ProfilePart::Activities, half));
        assert!(confirmed.is_stale(ProfilePart::Activities, later));
        assert!(!confirmed.is_stale(ProfilePart::Story, later));
        assert!(!confirmed.is_stale(ProfilePart::Story, day("2027-01-01")));
        assert!(confirmed.is_stale(ProfilePart::Story, day("2027-01-02")));
        assert!(Confirmed::default().is_stale(ProfilePart::Story, half));
    }

    #[test]
    fn the_whole_is_as_old_as_its_oldest_part_and_unconfirmed_while_one_part_is() {
        let mut confirmed = Confirmed::default();
        for (part, on) in
            ProfilePart::ALL
                .iter()
                .zip(["2026-03-05", "2026-03-01", "2026-03-02", "2026-03-03"])
        {
            assert_eq!(confirmed.whole(), None);
            confirmed.confirm(*part, day(on));
        }
        assert_eq!(confirmed.whole(), None, "the facts are missing");
        confirmed.confirm(ProfilePart::Facts, day("2026-03-04"));
        assert_eq!(confirmed.whole(), Some(day("2026-03-01")));
    }
}
