//! Protection through its public door. The properties, in words:
//! a use is refused when it would make any window too full or stand too close to another one, in
//! either direction; the short answers agree with the long one; nothing but the rules decides.

use domain::{
    activity::{Activity, ActivityRules, NoticeUnit},
    advocate::AdvocateStatus,
    consent::{Consent, ConsentKind},
    id::{AccountId, AdvocateId, CandidateId},
    protection::{
        Ask, Availability, Conflict, Load, Lock, LockReason, Member, Occupied, Refusal, Relation,
        Rules, Willingness, availability, can_be_had, check, load,
    },
    time::Day,
};
use uuid::Uuid;

#[path = "protection/leaving.rs"]
mod leaving;
#[path = "protection/oracle.rs"]
mod oracle;

const ADVOCATE: AdvocateId = AdvocateId(Uuid::from_u128(1));
const COLLEAGUE: AdvocateId = AdvocateId(Uuid::from_u128(2));
const ACCOUNT: AccountId = AccountId(Uuid::from_u128(10));
const PROSPECT: AccountId = AccountId(Uuid::from_u128(11));

fn today() -> Day {
    Day::new(2026, 11, 23).expect("a day")
}

fn on(offset: i64) -> Day {
    today().plus_days(offset)
}

/// An advocate who may be asked for everything.
fn member() -> Member {
    let consent = Consent {
        kind: ConsentKind::Given,
        activity: None,
        valid_from: on(-1000),
        valid_until: None,
    };
    let willing = Activity::ALL.iter().map(|activity| Willingness {
        activity: *activity,
        limit_per_year: None,
    });
    Member {
        advocate: ADVOCATE,
        account: ACCOUNT,
        status: AdvocateStatus::Active,
        left_on: None,
        consents: vec![consent],
        willing: willing.collect(),
        limit_per_year: None,
        limit_per_quarter: None,
        locks: Vec::new(),
        occupied: Vec::new(),
        no_go: Vec::new(),
        related: Vec::new(),
    }
}

fn call(offset: i64) -> Ask {
    Ask {
        activity: Activity::ReferenceCall,
        day: on(offset),
        today: today(),
        prospect: Some(PROSPECT),
        except: None,
    }
}

fn used(offset: i64, activity: Activity) -> Occupied {
    Occupied {
        day: on(offset),
        activity,
        advocate: ADVOCATE,
        reserved: offset > 0,
        candidate: None,
    }
}

fn with_uses(uses: &[(i64, Activity)]) -> Member {
    let occupied = uses
        .iter()
        .map(|(offset, activity)| used(*offset, *activity));
    Member {
        occupied: occupied.collect(),
        ..member()
    }
}

fn refusals(member: &Member, ask: &Ask) -> Vec<Refusal> {
    check(&Rules::default(), member, ask).refusals
}

fn availability_of(member: &Member, ask: &Ask) -> Availability {
    availability(&Rules::default(), member, ask)
}

#[test]
fn an_advocate_with_nothing_in_the_way_is_free_and_has_one_call_left_this_quarter() {
    let verdict = check(&Rules::default(), &member(), &call(20));
    assert_eq!(verdict.refusals, []);
    assert!(!verdict.is_rush);
    assert_eq!(verdict.uses_left, 1);
    assert_eq!(verdict.next_free, Some(on(20)));
    assert_eq!(verdict.availability(), Availability::Free);
}

#[test]
fn one_call_per_quarter_and_account_counts_a_colleague_and_days_before_and_after() {
    for offset in [20 - 90, 20 + 90] {
        let mut colleague = used(offset, Activity::ReferenceCall);
        colleague.advocate = COLLEAGUE;
        let member = Member {
            occupied: vec![colleague],
            ..member()
        };
        let verdict = check(&Rules::default(), &member, &call(20));
        assert_eq!(verdict.refusals, [Refusal::AccountCap { cap: 1, days: 91 }]);
        assert_eq!(verdict.uses_left, 0);
        assert_eq!(verdict.next_free, Some(on(offset + 91)));
    }
    for offset in [20 - 91, 20 + 91] {
        let member = with_uses(&[(offset, Activity::ReferenceCall)]);
        assert_eq!(refusals(&member, &call(20)), []);
    }
}

#[test]
fn a_window_that_only_fills_up_with_later_reservations_refuses_too() {
    // Six uses in 326 days around the planned one; alone, neither side holds six.
    let uses = [-180, -120, -60, 60, 100, 145].map(|offset| (offset, Activity::Quote));
    let member = with_uses(&uses);
    let cap = Refusal::AdvocateCap { cap: 6, days: 365 };
    assert_eq!(refusals(&member, &call(0)), [cap]);
    assert_eq!(refusals(&with_uses(&uses[1..]), &call(0)), []);
    // 366 days from the first to the last: no window of a year holds all six.
    let mut spread = uses;
    spread[5].0 = 185;
    assert_eq!(refusals(&with_uses(&spread), &call(0)), []);
}

#[test]
fn rest_is_thirty_days_ninety_after_heavy_work_and_counts_backwards_too() {
    let after = |activity, days| refusals(&with_uses(&[(0, activity)]), &call(days));
    assert_eq!(
        after(Activity::Quote, 29),
        [Refusal::Resting { until: on(30) }]
    );
    assert_eq!(after(Activity::Quote, 30), []);
    assert_eq!(
        after(Activity::SiteVisit, 89),
        [Refusal::Resting { until: on(90) }]
    );
    assert_eq!(after(Activity::SiteVisit, 90), []);
    // A call 29 days before a promised quote would leave no rest between the two.
    let promised = with_uses(&[(60, Activity::Quote)]);
    assert_eq!(
        refusals(&promised, &call(31)),
        [Refusal::Resting { until: on(90) }]
    );
    assert_eq!(refusals(&promised, &call(30)), []);
}

#[test]
fn a_candidate_that_is_moved_does_not_block_itself() {
    let candidate = CandidateId(Uuid::from_u128(77));
    let mut member = with_uses(&[(25, Activity::ReferenceCall)]);
    member.occupied[0].candidate = Some(candidate);
    assert_eq!(
        availability_of(&member, &call(20)),
        Availability::RestsUntil(on(116))
    );
    let moved = Ask {
        except: Some(candidate),
        ..call(20)
    };
    assert_eq!(availability_of(&member, &moved), Availability::Free);
}

#[test]
fn the_stricter_own_limit_wins() {
    let mut member = with_uses(&[(-60, Activity::Quote)]);
    member.limit_per_quarter = Some(1);
    let own = |days, activity| Refusal::OwnLimit {
        limit: 1,
        days,
        activity,
    };
    assert_eq!(refusals(&member, &call(20)), [own(91, None)]);
    member.limit_per_year = Some(1);
    assert_eq!(
        refusals(&member, &call(20)),
        [own(365, None), own(91, None)]
    );
    let mut member = with_uses(&[(-100, Activity::ReferenceCall)]);
    member.willing[0].limit_per_year = Some(1);
    assert_eq!(
        refusals(&member, &call(20)),
        [own(365, Some(Activity::ReferenceCall))]
    );
    member.willing[0].limit_per_year = Some(0);
    assert_eq!(availability_of(&member, &call(20)), Availability::Blocked);
}

#[test]
fn what_time_does_not_heal_blocks() {
    let paused = Member {
        status: AdvocateStatus::Paused,
        ..member()
    };
    let silent = Member {
        consents: Vec::new(),
        ..member()
    };
    let unwilling = Member {
        willing: Vec::new(),
        ..member()
    };
    let no_go = Member {
        no_go: vec![PROSPECT],
        ..member()
    };
    let rival = Member {
        related: vec![(PROSPECT, Relation::Competitor)],
        ..member()
    };
    let sister = Member {
        related: vec![(PROSPECT, Relation::SameGroup)],
        ..member()
    };
    let itself = Member {
        account: PROSPECT,
        ..member()
    };
    let cases = [
        (paused, Refusal::NotActive(AdvocateStatus::Paused)),
        (silent, Refusal::NoConsent),
        (unwilling, Refusal::NotWilling),
        (no_go, Refusal::Conflict(Conflict::NoGo)),
        (rival, Refusal::Conflict(Conflict::Competitor)),
        (sister, Refusal::Conflict(Conflict::SameGroup)),
        (itself, Refusal::Conflict(Conflict::SameGroup)),
    ];
    for (member, refusal) in cases {
        let verdict = check(&Rules::default(), &member, &call(20));
        assert_eq!(verdict.refusals, [refusal]);
        assert_eq!(verdict.next_free, None);
        assert_eq!(verdict.availability(), Availability::Blocked);
    }
}

#[test]
fn a_consent_that_begins_later_is_waited_for_and_another_activitys_is_not() {
    let begins = |offset, activity| Consent {
        kind: ConsentKind::Given,
        activity,
        valid_from: on(offset),
        valid_until: None,
    };
    let member = Member {
        consents: vec![begins(30, None), begins(60, Some(Activity::Video))],
        ..member()
    };
    let verdict = check(&Rules::default(), &member, &call(20));
    assert_eq!(verdict.refusals, [Refusal::NoConsent]);
    assert_eq!(verdict.next_free, Some(on(30)));
}

#[test]
fn a_day_that_is_over_is_refused_and_the_next_free_one_is_today() {
    let verdict = check(&Rules::default(), &member(), &call(-1));
    assert_eq!(verdict.refusals, [Refusal::DayIsPast]);
    assert_eq!(verdict.next_free, Some(today()));
    assert_eq!(verdict.availability(), Availability::Blocked);
}

#[test]
fn only_some_locks_are_the_owners_to_lift_and_a_lock_ends_after_its_last_day() {
    for reason in LockReason::ALL {
        let lock = Lock {
            reason: *reason,
            from: on(10),
            until: Some(on(20)),
        };
        let member = Member {
            locks: vec![lock],
            ..member()
        };
        let expected = if reason.owner_may_lift() {
            Availability::AskOwner
        } else {
            Availability::Blocked
        };
        assert_eq!(availability_of(&member, &call(20)), expected, "{reason}");
        assert_eq!(availability_of(&member, &call(21)), Availability::Free);
        let verdict = check(&Rules::default(), &member, &call(10));
        assert_eq!(verdict.next_free, Some(on(21)));
    }
    assert!(!LockReason::OptOut.owner_may_lift());
}

#[test]
fn an_owner_can_lift_a_lock_but_not_a_rest() {
    let renewal = Lock {
        reason: LockReason::Renewal,
        from: on(0),
        until: None,
    };
    let member = Member {
        locks: vec![renewal],
        ..with_uses(&[(0, Activity::Quote)])
    };
    assert_eq!(availability_of(&member, &call(20)), Availability::Blocked);
    assert_eq!(availability_of(&member, &call(40)), Availability::AskOwner);
}

#[test]
fn short_notice_is_a_rush_and_not_a_refusal() {
    // Today is a Monday: five working days lead to the next one.
    let verdict = check(&Rules::default(), &member(), &call(6));
    assert!(verdict.is_rush);
    assert_eq!(verdict.refusals, []);
    assert_eq!(verdict.availability(), Availability::AskOwner);
    assert_eq!(availability_of(&member(), &call(7)), Availability::Free);
    let webinar = |offset| Ask {
        activity: Activity::Webinar,
        ..call(offset)
    };
    assert_eq!(
        availability_of(&member(), &webinar(59)),
        Availability::AskOwner
    );
    assert_eq!(availability_of(&member(), &webinar(60)), Availability::Free);
}

#[test]
fn the_load_counts_in_thirds_of_the_stricter_cap() {
    let rules = Rules::default();
    let uses: Vec<_> = (1..=4).map(|at| (-80 * at, Activity::Quote)).collect();
    let loads = [Load::Low, Load::Low, Load::Medium, Load::Medium, Load::High];
    for (count, expected) in loads.into_iter().enumerate() {
        let member = with_uses(&uses[..count]);
        assert_eq!(load(&rules, &member, &call(20)), expected, "{count} uses");
    }
    let careful = Member {
        limit_per_year: Some(2),
        ..with_uses(&uses[..1])
    };
    assert_eq!(load(&rules, &careful, &call(20)), Load::Medium);
    let idle = with_uses(&[(20 - 365, Activity::Quote), (20 + 365, Activity::Quote)]);
    assert_eq!(load(&rules, &idle, &call(20)), Load::Low);
}

#[test]
fn absurd_numbers_neither_panic_nor_hang() {
    let mut rules = Rules {
        uses_window_days: i64::MAX,
        rest_days: i64::MAX,
        heavy_rest_days: i64::MIN,
        uses_per_advocate: i64::MAX,
        ..Rules::default()
    };
    rules.activities.set(ActivityRules {
        notice: i64::MAX,
        notice_unit: NoticeUnit::WorkingDays,
        account_cap_days: i64::MIN,
        ..Activity::ReferenceCall.default_rules()
    });
    let member = with_uses(&[(0, Activity::Quote)]);
    let verdict = check(&rules, &member, &call(20));
    assert_eq!(verdict.availability(), Availability::Blocked);
    let end = Day::new(9999, 12, 31).expect("a day");
    let ask = Ask {
        day: end,
        today: end,
        ..call(0)
    };
    let mut member = with_uses(&[(0, Activity::Quote)]);
    member.occupied[0].day = end;
    assert_eq!(check(&Rules::default(), &member, &ask).next_free, None);
    assert!(!can_be_had(&Rules::default(), &member, &ask));
}
