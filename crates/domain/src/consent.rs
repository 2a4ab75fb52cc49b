//! Who agreed to what, until when. The record is append-only and a withdrawal beats everything.

use crate::{activity::Activity, time::Day, word_list};

word_list! {
    ConsentKind { Given, Withdrawn }
}

word_list! {
    /// How the consent reached us.
    ConsentChannel { SignedLink, Mail, Call, Contract, Import }
}

/// One entry of the consent record, in the order it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Consent {
    pub kind: ConsentKind,
    /// `None` covers every activity type.
    pub activity: Option<Activity>,
    pub valid_from: Day,
    /// The last day on which it holds; `None` until withdrawn.
    pub valid_until: Option<Day>,
}

impl Consent {
    fn holds_on(&self, day: Day) -> bool {
        self.kind == ConsentKind::Given
            && self.valid_from <= day
            && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// The place of the entry that decides about `activity` in the record, oldest entry first: the last
/// one that covers it.
pub fn deciding(record: &[Consent], activity: Activity) -> Option<usize> {
    record
        .iter()
        .rposition(|entry| entry.activity.is_none_or(|only| only == activity))
}

/// Whether the record, oldest entry first, allows `activity` on `day`.
pub fn allows(record: &[Consent], activity: Activity, day: Day) -> bool {
    deciding(record, activity)
        .and_then(|place| record.get(place))
        .is_some_and(|entry| entry.holds_on(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn given(activity: Option<Activity>, until: Option<&str>) -> Consent {
        Consent {
            kind: ConsentKind::Given,
            activity,
            valid_from: day("2026-01-01"),
            valid_until: until.map(day),
        }
    }

    #[test]
    fn a_withdrawal_beats_what_was_given_before() {
        let withdrawn = Consent {
            kind: ConsentKind::Withdrawn,
            ..given(None, None)
        };
        let record = [given(None, None), withdrawn];
        assert!(!allows(&record, Activity::Quote, day("2026-06-01")));
        assert!(allows(&record[..1], Activity::Quote, day("2026-06-01")));
        assert_eq!(deciding(&record, Activity::Quote), Some(1));
        let narrow = [record[0], given(Some(Activity::Video), None)];
        assert_eq!(deciding(&narrow, Activity::Quote), Some(0));
        assert_eq!(deciding(&narrow[1..], Activity::Quote), None);
    }

    #[test]
    fn a_consent_ends_after_its_last_day_and_covers_only_its_activity() {
        let record = [given(Some(Activity::ReferenceCall), Some("2026-06-30"))];
        assert!(allows(&record, Activity::ReferenceCall, day("2026-06-30")));
        assert!(!allows(&record, Activity::ReferenceCall, day("2026-07-01")));
        assert!(!allows(&record, Activity::Video, day("2026-06-30")));
    }
}
