//! What makes a record need a person's eye: each reason, with the day since which it holds.
//!
//! Decides when a reason holds; refuses to know where the facts are kept, who may see them, and what
//! is done about it.

use crate::{
    freshness::ProfilePart,
    protection::{QUARTER_DAYS, Rules, YEAR_DAYS},
    record::RecordKind,
    time::Day,
    word_list,
};

word_list! {
    /// Why a record waits in the steward queue, the most pressing first.
    StewardReason {
        /// The contact has left the company that they speak for, or leaves soon.
        Departed,
        /// A mail server refused the address of the contact for good.
        AddressRefused,
        /// A consent that an agreed activity rests on has ended, or ends soon.
        ConsentEnding,
        /// Approved content has expired, or expires soon.
        ContentEnding,
        /// Past a cap of the program or a limit of their own.
        OverLimit,
        /// Nobody who works here owns an account with active advocates.
        OwnerGone,
        /// Nobody confirmed the profile for half a year.
        Stale,
        /// Nobody asked them for half a year.
        NeverAsked,
    }
}

impl StewardReason {
    /// The kind of record that waits for this reason.
    pub fn record_kind(self) -> RecordKind {
        match self {
            Self::ContentEnding => RecordKind::Content,
            Self::OwnerGone => RecordKind::Account,
            Self::Departed
            | Self::AddressRefused
            | Self::ConsentEnding
            | Self::OverLimit
            | Self::Stale
            | Self::NeverAsked => RecordKind::Advocate,
        }
    }
}

/// So many days ahead of its last day, a consent, a piece of content or a contact is looked at.
pub const ENDING_DAYS: i64 = 30;

/// Not asked for so many days, an advocate waits; who joined since does not.
pub const NEVER_ASKED_DAYS: i64 = 182;

/// How often an advocate was used, over each window that a cap counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    pub year: i64,
    /// In the program's own window.
    pub window: i64,
    pub quarter: i64,
    pub limit_per_year: Option<i64>,
    pub limit_per_quarter: Option<i64>,
}

/// A window that holds more uses than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OverLimit {
    pub uses: i64,
    pub limit: i64,
    /// How long the window is.
    pub days: i64,
    /// The limit is the advocate's own, not the program's.
    pub is_own: bool,
}

/// The windows that end today and hold more than they may.
pub fn over_limits(uses: Uses, rules: &Rules) -> Vec<OverLimit> {
    let over = |uses, limit: Option<i64>, days, is_own| {
        let limit = limit.filter(|limit| uses > *limit)?;
        Some(OverLimit {
            uses,
            limit,
            days,
            is_own,
        })
    };
    [
        over(
            uses.window,
            Some(rules.uses_per_advocate),
            rules.uses_window_days,
            false,
        ),
        over(uses.year, uses.limit_per_year, YEAR_DAYS, true),
        over(uses.quarter, uses.limit_per_quarter, QUARTER_DAYS, true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The day since which nobody asked for too long, when that day has come: counted from the last ask
/// or use, else from joining.
pub fn never_asked_since(joined_on: Day, last_on: Option<Day>, today: Day) -> Option<Day> {
    let since = last_on.unwrap_or(joined_on).max(joined_on);
    let due = since.plus_days(NEVER_ASKED_DAYS);
    (due <= today).then_some(due)
}

/// The day since which a profile is believed no more, when that day has come: a half year after it
/// was confirmed, at once when it never was.
pub fn stale_since(joined_on: Day, verified_on: Option<Day>, today: Day) -> Option<Day> {
    let since = verified_on.map_or(joined_on, |day| {
        day.plus_days(ProfilePart::Facts.believed_days() + 1)
    });
    (since <= today).then_some(since)
}

/// The day since which something with a last day needs a look, when that day has come.
pub fn ending_since(last_day: Day, today: Day) -> Option<Day> {
    let since = last_day.plus_days(-ENDING_DAYS);
    (since <= today).then_some(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_profile_is_stale_from_the_day_after_its_half_year_and_at_once_when_never_confirmed() {
        let joined = day("2025-01-01");
        let stale =
            |verified: Option<&str>, today| stale_since(joined, verified.map(day), day(today));
        assert_eq!(stale(Some("2026-01-01"), "2026-06-30"), None);
        assert_eq!(
            stale(Some("2026-01-01"), "2026-07-01"),
            Some(day("2026-07-01"))
        );
        assert_eq!(stale(None, "2025-01-01"), Some(joined));
    }

    #[test]
    fn who_was_not_asked_for_182_days_waits_and_who_joined_since_does_not() {
        let never = |joined, last: Option<&str>| {
            never_asked_since(day(joined), last.map(day), day("2026-07-02"))
        };
        assert_eq!(never("2026-01-01", None), Some(day("2026-07-02")));
        assert_eq!(never("2026-01-02", None), None);
        assert_eq!(never("2025-01-01", Some("2026-01-02")), None);
        assert_eq!(
            never("2025-01-01", Some("2025-06-01")),
            Some(day("2025-11-30"))
        );
        assert_eq!(
            never("2026-03-01", Some("2025-06-01")),
            None,
            "an imported use from before joining does not count against them"
        );
    }

    #[test]
    fn a_window_that_is_full_is_not_past_its_limit() {
        let rules = Rules::default();
        let uses = Uses {
            year: 3,
            window: rules.uses_per_advocate,
            quarter: 2,
            limit_per_year: Some(2),
            limit_per_quarter: Some(2),
        };
        let over = over_limits(uses, &rules);
        assert_eq!(over.len(), 1);
        assert_eq!((over[0].uses, over[0].limit, over[0].is_own), (3, 2, true));
        let fuller = Uses {
            window: rules.uses_per_advocate + 1,
            ..uses
        };
        assert!(!over_limits(fuller, &rules)[0].is_own);
    }

    #[test]
    fn what_ends_is_looked_at_thirty_days_ahead() {
        let last = day("2026-03-31");
        assert_eq!(ending_since(last, day("2026-02-28")), None);
        assert_eq!(
            ending_since(last, day("2026-03-01")),
            Some(day("2026-03-01"))
        );
    }
}
