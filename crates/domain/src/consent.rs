//! Who agreed to what, until when. The record is append-only and a withdrawal beats everything.

use crate::{activity::Activity, id::TermId, time::Day, word_list};

word_list! {
    ConsentKind { Given, Withdrawn }
}

word_list! {
    /// How the consent reached us.
    ConsentSource { SignedLink, Mail, Call, Contract, Import }
}

word_list! {
    /// Through what somebody is used: a talk with one buyer, or something that more people see.
    ConsentChannel { Conversation, Website, SocialMedia, Mailing, Press, Event }
}

/// Where an entry of the record holds; everywhere where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    pub channel: Option<ConsentChannel>,
    pub region: Option<TermId>,
}

/// Where somebody would be used. What is left open is asked for in general, and no entry with a limit answers
/// that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    pub channel: Option<ConsentChannel>,
    /// The region with everything above it in the taxonomy; empty where it is left open.
    pub regions: Vec<TermId>,
}

impl Reach {
    pub fn is_everywhere(self) -> bool {
        self == Self::default()
    }

    pub fn covers(self, asked: &Whereabouts) -> bool {
        self.channel.is_none_or(|only| asked.channel == Some(only))
            && self.region.is_none_or(|only| asked.regions.contains(&only))
    }
}

/// The entries that say something about a use there, oldest entry first.
pub fn covering(
    record: impl IntoIterator<Item = (Consent, Reach)>,
    there: &Whereabouts,
) -> Vec<Consent> {
    let covers = |(entry, reach): (Consent, Reach)| reach.covers(there).then_some(entry);
    record.into_iter().filter_map(covers).collect()
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
    fn an_entry_with_a_limit_answers_only_there() {
        let (germany, france) = (
            TermId(uuid::Uuid::from_u128(1)),
            TermId(uuid::Uuid::from_u128(2)),
        );
        let there = |channel, region: Option<TermId>| Whereabouts {
            channel,
            regions: region.into_iter().collect(),
        };
        let only = |channel, region| Reach { channel, region };
        let (web, press) = (Some(ConsentChannel::Website), Some(ConsentChannel::Press));
        let no = Consent {
            kind: ConsentKind::Withdrawn,
            ..given(None, None)
        };
        let record = [
            (given(None, None), Reach::default()),
            (no, only(web, Some(germany))),
            (no, only(press, None)),
        ];
        let today = day("2026-06-01");
        let may = |channel, region| {
            allows(
                &covering(record, &there(channel, region)),
                Activity::Video,
                today,
            )
        };
        assert!(may(None, None) && may(web, None) && may(None, Some(germany)));
        assert!(!may(web, Some(germany)) && may(web, Some(france)));
        assert!(!may(press, None) && !may(press, Some(france)));
        let narrow = [(given(None, None), only(web, None))];
        let allowed = |channel| {
            allows(
                &covering(narrow, &there(channel, Some(france))),
                Activity::Video,
                today,
            )
        };
        assert!(allowed(web) && !allowed(None) && !allowed(press));
    }

    #[test]
    fn a_consent_ends_after_its_last_day_and_covers_only_its_activity() {
        let record = [given(Some(Activity::ReferenceCall), Some("2026-06-30"))];
        assert!(allows(&record, Activity::ReferenceCall, day("2026-06-30")));
        assert!(!allows(&record, Activity::ReferenceCall, day("2026-07-01")));
        assert!(!allows(&record, Activity::Video, day("2026-06-30")));
    }
}
