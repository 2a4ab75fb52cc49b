//! What an advocate can be asked to do, and what each costs the customer.

use crate::{opportunity::DealStage, time::Day, word_list};

word_list! {
    /// The activity types that every program starts with; their numbers are settings.
    Activity {
        ReferenceCall,
        GroupCall,
        SiteVisit,
        Video,
        CaseStudy,
        Quote,
        Review,
        LogoUse,
        PressInterview,
        AnalystInterview,
        Speaking,
        Webinar,
        AdvisoryBoard,
    }
}

word_list! {
    /// How the notice of an activity is counted.
    NoticeUnit { Days, WorkingDays }
}

/// The rules of one activity type, as the program sets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ActivityRules {
    pub activity: Activity,
    /// Effort points: a call is 50, a site visit 500.
    pub effort_points: i64,
    pub notice: i64,
    pub notice_unit: NoticeUnit,
    /// Most uses of this activity per account in the window; `None` for no cap of its own.
    pub account_cap: Option<i64>,
    /// Length of the rolling window of `account_cap`, in days.
    pub account_cap_days: i64,
    /// The first stage of a deal that may ask; `None` for every deal, also one of unknown stage.
    #[serde(default)]
    pub stage_min: Option<DealStage>,
    /// The least worth of a deal that may ask, in whole units of the program's currency; `None` for
    /// every deal, also one of unknown worth.
    #[serde(default)]
    pub amount_min: Option<i64>,
    /// Only deals whose budget is confirmed may ask.
    #[serde(default)]
    pub needs_budget: bool,
}

impl ActivityRules {
    /// The last day on which somebody can be asked for a day with the notice that is due.
    pub fn ask_by(&self, on: Day) -> Day {
        match self.notice_unit {
            NoticeUnit::Days => on.plus_days(-self.notice),
            NoticeUnit::WorkingDays => {
                let notice = u32::try_from(self.notice).unwrap_or(0);
                let mut day = on;
                while day.plus_working_days(notice) > on {
                    day = day.plus_days(-1);
                }
                day
            }
        }
    }
}

impl Activity {
    /// Minutes that it usually takes of the person who is asked, preparation included: what an
    /// advocate is told before saying yes.
    pub fn usual_minutes(self) -> i64 {
        match self {
            Self::LogoUse => 5,
            Self::Quote => 10,
            Self::Review => 15,
            Self::ReferenceCall => 30,
            Self::PressInterview | Self::AnalystInterview => 45,
            Self::GroupCall | Self::CaseStudy => 60,
            Self::Video | Self::Webinar => 90,
            Self::AdvisoryBoard => 120,
            Self::SiteVisit | Self::Speaking => 240,
        }
    }

    /// The rules a program starts with: one call per quarter and account, one talk per two
    /// quarters; events 60 days' notice, calls 5 working days, everything else 30 days.
    pub fn default_rules(self) -> ActivityRules {
        let (effort_points, notice, notice_unit, account_cap, account_cap_days) = match self {
            Self::ReferenceCall => (50, 5, NoticeUnit::WorkingDays, Some(1), 91),
            Self::GroupCall => (75, 5, NoticeUnit::WorkingDays, Some(1), 91),
            Self::SiteVisit => (500, 30, NoticeUnit::Days, Some(1), 365),
            Self::Video => (250, 30, NoticeUnit::Days, Some(1), 365),
            Self::CaseStudy => (250, 30, NoticeUnit::Days, Some(1), 365),
            Self::Quote => (25, 30, NoticeUnit::Days, None, 365),
            Self::Review => (50, 30, NoticeUnit::Days, Some(2), 365),
            Self::LogoUse => (10, 30, NoticeUnit::Days, None, 365),
            Self::PressInterview => (100, 30, NoticeUnit::Days, Some(2), 365),
            Self::AnalystInterview => (100, 30, NoticeUnit::Days, Some(2), 365),
            Self::Speaking => (300, 60, NoticeUnit::Days, Some(1), 182),
            Self::Webinar => (200, 60, NoticeUnit::Days, Some(1), 182),
            Self::AdvisoryBoard => (150, 60, NoticeUnit::Days, Some(4), 365),
        };
        ActivityRules {
            activity: self,
            effort_points,
            notice,
            notice_unit,
            account_cap,
            account_cap_days,
            stage_min: None,
            amount_min: None,
            needs_budget: false,
        }
    }

    /// Whether one use can serve the buyers of several deals.
    pub fn takes_many(self) -> bool {
        matches!(self, Self::GroupCall | Self::SiteVisit)
    }

    /// What deals asked for that one use of this kind can serve.
    pub fn serves(self) -> &'static [Self] {
        match self {
            // A buyer who wanted to talk to a customer does so, among others.
            Self::GroupCall => &[Self::GroupCall, Self::ReferenceCall],
            Self::SiteVisit => &[Self::SiteVisit],
            _ => &[],
        }
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::ReferenceCall => "Reference call",
            Self::GroupCall => "Group call",
            Self::SiteVisit => "Site visit",
            Self::Video => "Video",
            Self::CaseStudy => "Case study",
            Self::Quote => "Quote",
            Self::Review => "Review",
            Self::LogoUse => "Logo use",
            Self::PressInterview => "Press interview",
            Self::AnalystInterview => "Analyst interview",
            Self::Speaking => "Speaking",
            Self::Webinar => "Webinar",
            Self::AdvisoryBoard => "Advisory board",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_to_ask_gives_the_notice_that_is_due_and_the_next_one_does_not() {
        let call = Activity::ReferenceCall.default_rules();
        let talk = Activity::Speaking.default_rules();
        assert_eq!(
            (call.notice_unit, talk.notice_unit),
            (NoticeUnit::WorkingDays, NoticeUnit::Days)
        );
        let first = Day::new(2026, 11, 16).expect("a day");
        for on in (0..14).map(|offset| first.plus_days(offset)) {
            assert_eq!(talk.ask_by(on), on.plus_days(-60));
            let last = call.ask_by(on);
            assert!(last.plus_working_days(5) <= on, "{on}");
            assert!(last.plus_days(1).plus_working_days(5) > on, "{on}");
        }
    }
}
