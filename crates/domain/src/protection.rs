//! The one place where protection is checked: may this advocate be asked for this activity on this
//! day, and if not, why not and when again.
//!
//! The match index asks it to show availability, the committing transaction asks it before it
//! reserves a use. Refuses to know who asks and whether somebody may override the answer.
//! Everything is judged on the planned day: consent, locks, caps over every rolling window that
//! contains the day, rest before and after it. Days beyond the calendar's end are never free.

use crate::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent::Consent,
    id::{AccountId, AdvocateId, CandidateId},
    time::Day,
    word_list,
};

mod calendar;
mod case;
mod rules;
pub mod spread;
pub mod tiring;

pub use rules::{ActivityTable, Rules};

/// A next free day is looked for this many days from the planned one.
pub const NEXT_FREE_DAYS_MAX: i64 = 730;
/// A quarter is a rolling window, never a calendar period.
pub const QUARTER_DAYS: i64 = 91;
/// A year is a rolling window, never a calendar period.
pub const YEAR_DAYS: i64 = 365;

word_list! {
    /// Why an account may not be used.
    LockReason { OpenEscalation, Renewal, PaymentDispute, NpsDrop, OptOut, Other }
}

impl LockReason {
    /// Whether the relationship owner's judgement is enough: an escalation or a dispute has to end
    /// first, and an opt-out is the customer's own word.
    pub fn owner_may_lift(self) -> bool {
        match self {
            Self::Renewal | Self::NpsDrop | Self::Other => true,
            Self::OpenEscalation | Self::PaymentDispute | Self::OptOut => false,
        }
    }
}

word_list! {
    /// How another account is related to the advocate's.
    Relation { Competitor, SameGroup }
}

word_list! {
    /// Why an advocate may not speak to this prospect. The advocate's own account counts as its group.
    Conflict { NoGo, Competitor, SameGroup }
}

word_list! {
    /// How much of a year's uses an advocate has given or promised, in thirds of the cap.
    Load { Low, Medium, High }
}

/// A reason not to use an account, from its first to its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    pub reason: LockReason,
    pub from: Day,
    /// The last day of the lock; `None` until somebody lifts it.
    pub until: Option<Day>,
}

/// An activity type that the advocate agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Willingness {
    pub activity: Activity,
    /// Most uses of this activity in any year; `None` for no limit of its own.
    pub limit_per_year: Option<i64>,
}

/// A use that took place, a reservation or a hold: all count alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occupied {
    pub day: Day,
    pub activity: Activity,
    pub advocate: AdvocateId,
    pub reserved: bool,
    pub candidate: Option<CandidateId>,
}

/// What protection has to know about one advocate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub advocate: AdvocateId,
    pub account: AccountId,
    pub status: AdvocateStatus,
    /// The first day on which they do not work for the company any more.
    pub left_on: Option<Day>,
    /// The consent record, oldest entry first.
    pub consents: Vec<Consent>,
    pub willing: Vec<Willingness>,
    /// The advocate's own limits over all activities.
    pub limit_per_year: Option<i64>,
    pub limit_per_quarter: Option<i64>,
    pub locks: Vec<Lock>,
    /// Of the whole account, in any order, back to the longest window of the rules.
    pub occupied: Vec<Occupied>,
    /// Accounts that the advocate does not want to speak to.
    pub no_go: Vec<AccountId>,
    pub related: Vec<(AccountId, Relation)>,
}

/// What the advocate would be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    pub activity: Activity,
    /// The planned day: the need-by day until something is scheduled.
    pub day: Day,
    pub today: Day,
    pub prospect: Option<AccountId>,
    /// The candidate that is being moved; it does not block itself.
    pub except: Option<CandidateId>,
}

/// One rule that stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The planned day is over: nothing can be planned on it.
    DayIsPast,
    NotActive(AdvocateStatus),
    /// They do not work for the company since `on`, so they speak for it no longer.
    Departed {
        on: Day,
    },
    NoConsent,
    NotWilling,
    /// `until` is the last day of the lock.
    Locked {
        reason: LockReason,
        until: Option<Day>,
    },
    Conflict(Conflict),
    /// The account gives no more than `cap` of this activity in any `days` days.
    AccountCap {
        cap: i64,
        days: i64,
    },
    /// The advocate gives no more than `cap` uses of any kind in any `days` days.
    AdvocateCap {
        cap: i64,
        days: i64,
    },
    /// The advocate asked for no more than `limit` in any `days` days; of one activity or of all.
    OwnLimit {
        limit: i64,
        days: i64,
        activity: Option<Activity>,
    },
    /// `until` is the first day after the rest that stands in the way.
    Resting {
        until: Day,
    },
}

impl Refusal {
    /// Caps and rests pass with time alone.
    pub fn passes_with_time(self) -> bool {
        match self {
            Self::AccountCap { .. }
            | Self::AdvocateCap { .. }
            | Self::OwnLimit { .. }
            | Self::Resting { .. } => true,
            Self::DayIsPast
            | Self::NotActive(_)
            | Self::Departed { .. }
            | Self::NoConsent
            | Self::NotWilling
            | Self::Locked { .. }
            | Self::Conflict(_) => false,
        }
    }

    /// Whether the program role may go past it with a reason. What the customer said stays said,
    /// and a day that is over stays over: only the program's own rules bend.
    pub fn may_be_overridden(self) -> bool {
        match self {
            Self::AccountCap { .. }
            | Self::AdvocateCap { .. }
            | Self::Resting { .. }
            | Self::Conflict(Conflict::Competitor | Conflict::SameGroup) => true,
            Self::Locked { reason, .. } => reason != LockReason::OptOut,
            Self::DayIsPast
            | Self::NotActive(_)
            | Self::Departed { .. }
            | Self::NoConsent
            | Self::NotWilling
            | Self::OwnLimit { .. }
            | Self::Conflict(Conflict::NoGo) => false,
        }
    }

    fn owner_may_lift(self) -> bool {
        matches!(self, Self::Locked { reason, .. } if reason.owner_may_lift())
    }
}

/// The answer to an ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Every rule that stands in the way; empty when the advocate may be asked.
    pub refusals: Vec<Refusal>,
    /// The notice is shorter than the rule: a manager has to say yes.
    pub is_rush: bool,
    /// How many uses all caps and own limits still leave on the planned day, this one included.
    pub uses_left: i64,
    /// The first day without a refusal from the planned day (or today) on, within
    /// [`NEXT_FREE_DAYS_MAX`] days; the planned day itself when nothing stands in the way.
    pub next_free: Option<Day>,
}

/// What people see of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    Free,
    /// Only rest or caps stand in the way; the day is the next free one.
    RestsUntil(Day),
    /// Only a lock that the owner may lift, or short notice.
    AskOwner,
    Blocked,
}

impl Availability {
    /// Whether the use can take place on the planned day, if need be with somebody's yes.
    pub fn can_be_had(self) -> bool {
        matches!(self, Self::Free | Self::AskOwner)
    }
}

impl Verdict {
    pub fn availability(&self) -> Availability {
        let mut weight = case::Weight::default();
        for refusal in &self.refusals {
            weight.add(*refusal);
        }
        weight.availability(self.is_rush, || self.next_free)
    }
}

/// Checks every rule and says all that stands in the way.
pub fn check(rules: &Rules, member: &Member, ask: &Ask) -> Verdict {
    let case = case::Case::new(rules, member, ask);
    Verdict {
        refusals: case.all_refusals(),
        is_rush: case.is_rush(),
        uses_left: case.uses_left(),
        next_free: case.next_free(),
    }
}

/// The availability of the verdict, without building it.
pub fn availability(rules: &Rules, member: &Member, ask: &Ask) -> Availability {
    let case = case::Case::new(rules, member, ask);
    case.weight()
        .availability(case.is_rush(), || case.next_free())
}

/// [`Availability::can_be_had`] at the lowest price: stops at the first rule that rules it out.
pub fn can_be_had(rules: &Rules, member: &Member, ask: &Ask) -> bool {
    case::Case::new(rules, member, ask).can_be_had()
}

/// Whether status, company and willingness allow the activity on the day or any later one; where
/// they do not, nothing else has to be asked.
pub fn is_open_to(member: &Member, activity: Activity, day: Day) -> bool {
    case::is_active(member)
        && case::left_by(member, day).is_none()
        && case::is_willing(member, activity)
}

/// How much the advocate already gives: uses, reservations and holds less than a cap window before
/// or after the planned day, against the program's cap or the own yearly limit if that is stricter.
pub fn load(rules: &Rules, member: &Member, ask: &Ask) -> Load {
    case::load(rules, member, ask)
}
