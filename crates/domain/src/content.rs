//! Customer story assets: how far they may go, and whether they may be used on a day.

use crate::{
    activity::Activity,
    consent::{Consent, ConsentKind},
    time::Day,
    word_list,
};

word_list! {
    ContentKind { CaseStudy, Video, Quote, Review, Recording, Slide, Webinar, Logo, Podcast, Blog }
}

word_list! {
    /// Only approved content may leave the house.
    ContentStatus { Draft, Approved, Retired }
}

word_list! {
    /// How far approved content may go; each reaches everybody whom the one before it reaches.
    Audience {
        /// Colleagues only.
        Internal,
        /// A buyer, by a link of a deal.
        Buyer,
        Public,
    }
}

word_list! {
    /// What content is on a day: its status, its embargo and its expiry put together. Never stored.
    ContentState { Draft, Embargoed, Approved, Expired, Retired }
}

/// The days between which content may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsableDays {
    /// The first day on which it may be used.
    pub embargo_until: Option<Day>,
    /// The last day on which it may be used.
    pub expires_on: Option<Day>,
}

impl ContentStatus {
    /// Whether a person may move content from this status to another. Whatever was retired is looked
    /// at again as a draft before it is approved again.
    pub fn may_move_to(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::Draft, Self::Approved | Self::Retired)
                | (Self::Approved, Self::Draft | Self::Retired)
                | (Self::Retired, Self::Draft)
        )
    }

    /// What content of this status is on a day.
    pub fn state(self, days: UsableDays, today: Day) -> ContentState {
        match self {
            Self::Draft => ContentState::Draft,
            Self::Retired => ContentState::Retired,
            Self::Approved if days.expires_on.is_some_and(|last| last < today) => {
                ContentState::Expired
            }
            Self::Approved if days.embargo_until.is_some_and(|first| today < first) => {
                ContentState::Embargoed
            }
            Self::Approved => ContentState::Approved,
        }
    }
}

impl ContentKind {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::CaseStudy => "Case study",
            Self::Video => "Video",
            Self::Quote => "Quote",
            Self::Review => "Review",
            Self::Recording => "Recording",
            Self::Slide => "Slide",
            Self::Webinar => "Webinar",
            Self::Logo => "Logo",
            Self::Podcast => "Podcast",
            Self::Blog => "Blog post",
        }
    }

    /// The activity whose consent covers content of this kind; `None` where only a consent to
    /// everything does.
    pub fn activity(self) -> Option<Activity> {
        match self {
            Self::CaseStudy => Some(Activity::CaseStudy),
            Self::Video => Some(Activity::Video),
            Self::Quote => Some(Activity::Quote),
            Self::Review => Some(Activity::Review),
            Self::Webinar => Some(Activity::Webinar),
            Self::Logo => Some(Activity::LogoUse),
            Self::Recording | Self::Slide | Self::Podcast | Self::Blog => None,
        }
    }
}

/// Whether the advocate's record, oldest entry first, lets content of this kind be shown on a day.
///
/// Approval vouches for content about which the record says nothing; what the record took back or
/// let run out, approval cannot give.
pub fn consent_stands(record: &[Consent], kind: ContentKind, day: Day) -> bool {
    let covers = |entry: &&Consent| match entry.activity {
        None => true,
        Some(only) => kind.activity() == Some(only),
    };
    match record.iter().rev().find(covers) {
        None => true,
        Some(last) => match last.kind {
            ConsentKind::Withdrawn => false,
            ConsentKind::Given => last.valid_until.is_none_or(|until| day <= until),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn entry(kind: ConsentKind, activity: Option<Activity>, until: Option<&str>) -> Consent {
        Consent {
            kind,
            activity,
            valid_from: day("2026-01-01"),
            valid_until: until.map(day),
        }
    }

    #[test]
    fn approved_content_is_usable_from_the_end_of_its_embargo_until_its_last_day() {
        let days = UsableDays {
            embargo_until: Some(day("2026-03-01")),
            expires_on: Some(day("2026-03-31")),
        };
        for (today, state) in [
            ("2026-02-28", ContentState::Embargoed),
            ("2026-03-01", ContentState::Approved),
            ("2026-03-31", ContentState::Approved),
            ("2026-04-01", ContentState::Expired),
        ] {
            assert_eq!(
                ContentStatus::Approved.state(days, day(today)),
                state,
                "{today}"
            );
            assert_eq!(
                ContentStatus::Draft.state(days, day(today)),
                ContentState::Draft
            );
        }
    }

    #[test]
    fn retired_content_comes_back_as_a_draft_only() {
        assert!(ContentStatus::Retired.may_move_to(ContentStatus::Draft));
        assert!(!ContentStatus::Retired.may_move_to(ContentStatus::Approved));
        for status in ContentStatus::ALL {
            assert!(!status.may_move_to(*status), "{status}");
        }
    }

    #[test]
    fn a_withdrawal_of_everything_or_of_its_own_activity_takes_content_back() {
        let today = day("2026-06-01");
        let withdrawn = |activity| [entry(ConsentKind::Withdrawn, activity, None)];
        assert!(!consent_stands(&withdrawn(None), ContentKind::Slide, today));
        assert!(!consent_stands(
            &withdrawn(Some(Activity::Video)),
            ContentKind::Video,
            today
        ));
        assert!(consent_stands(
            &withdrawn(Some(Activity::Video)),
            ContentKind::Quote,
            today
        ));
        assert!(consent_stands(&[], ContentKind::Quote, today));
    }

    #[test]
    fn a_consent_that_ran_out_no_longer_carries_content() {
        let record = [entry(ConsentKind::Given, None, Some("2026-06-30"))];
        assert!(consent_stands(
            &record,
            ContentKind::Quote,
            day("2026-06-30")
        ));
        assert!(!consent_stands(
            &record,
            ContentKind::Quote,
            day("2026-07-01")
        ));
        let again = [
            record[0],
            entry(ConsentKind::Given, Some(Activity::Quote), None),
        ];
        assert!(consent_stands(
            &again,
            ContentKind::Quote,
            day("2026-07-01")
        ));
    }
}
