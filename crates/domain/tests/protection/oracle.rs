//! The rules of protection once more, read literally and day by day, against random members.

use proptest::prelude::*;

use super::*;

const CANDIDATE: CandidateId = CandidateId(Uuid::from_u128(5));

fn naive_caps(rules: &Rules, member: &Member, ask: &Ask) -> Vec<(Refusal, i64, i64, Vec<i64>)> {
    let activity = rules.activities.of(ask.activity);
    let others = |keep: &dyn Fn(&Occupied) -> bool| -> Vec<i64> {
        let entries = member.occupied.iter();
        entries
            .filter(|entry| ask.except.is_none() || entry.candidate != ask.except)
            .filter(|entry| keep(entry))
            .map(|entry| entry.day.days_since(today()))
            .collect()
    };
    let mine = others(&|entry| entry.advocate == member.advocate);
    let mine_of_activity =
        others(&|entry| entry.advocate == member.advocate && entry.activity == ask.activity);
    let of_account = others(&|entry| entry.activity == ask.activity);
    let willing = member
        .willing
        .iter()
        .filter(|to| to.activity == ask.activity);
    let own = |limit: Option<i64>, days, activity| {
        limit.map(|limit| {
            let refusal = Refusal::OwnLimit {
                limit,
                days,
                activity,
            };
            (refusal, limit, days)
        })
    };
    let with = |cap: Option<(Refusal, i64, i64)>, entries: &[i64]| {
        cap.map(|(refusal, cap, days)| (refusal, cap, days, entries.to_vec()))
    };
    let account = activity.account_cap.map(|cap| {
        let days = activity.account_cap_days;
        (Refusal::AccountCap { cap, days }, cap, days)
    });
    let (cap, days) = (rules.uses_per_advocate, rules.uses_window_days);
    let of_activity = willing.filter_map(|to| to.limit_per_year).min();
    let caps = [
        with(account, &of_account),
        with(Some((Refusal::AdvocateCap { cap, days }, cap, days)), &mine),
        with(own(of_activity, 365, Some(ask.activity)), &mine_of_activity),
        with(own(member.limit_per_year, 365, None), &mine),
        with(own(member.limit_per_quarter, 91, None), &mine),
    ];
    caps.into_iter().flatten().collect()
}

/// The most entries in any window of `days` days that contains `day`; all counted from today.
fn fullest_window(entries: &[i64], day: Day, days: i64) -> i64 {
    let day = day.days_since(today());
    let windows = (0..days).map(|back| {
        let window = day - back..day - back + days;
        entries.iter().filter(|at| window.contains(*at)).count() as i64
    });
    windows.max().unwrap_or(0)
}

fn naive_standing(member: &Member, ask: &Ask) -> Vec<Refusal> {
    let mut found = Vec::new();
    if ask.day < ask.today {
        found.push(Refusal::DayIsPast);
    }
    if member.status != AdvocateStatus::Active {
        found.push(Refusal::NotActive(member.status));
    }
    if let Some(on) = member.left_on
        && ask.day >= on
    {
        found.push(Refusal::Departed { on });
    }
    if !domain::consent::allows(&member.consents, ask.activity, ask.day) {
        found.push(Refusal::NoConsent);
    }
    if member.willing.iter().all(|to| to.activity != ask.activity) {
        found.push(Refusal::NotWilling);
    }
    for lock in &member.locks {
        if lock.from <= ask.day && lock.until.is_none_or(|until| ask.day <= until) {
            let (reason, until) = (lock.reason, lock.until);
            found.push(Refusal::Locked { reason, until });
        }
    }
    if let Some(prospect) = ask.prospect {
        let is = |relation| member.related.contains(&(prospect, relation));
        if member.no_go.contains(&prospect) {
            found.push(Refusal::Conflict(Conflict::NoGo));
        }
        if is(Relation::Competitor) {
            found.push(Refusal::Conflict(Conflict::Competitor));
        }
        if is(Relation::SameGroup) || prospect == member.account {
            found.push(Refusal::Conflict(Conflict::SameGroup));
        }
    }
    found
}

fn naive_rest(rules: &Rules, member: &Member, ask: &Ask) -> Option<Refusal> {
    let rest = |activity| {
        let heavy = rules.activities.of(activity).effort_points >= rules.heavy_effort_points;
        if heavy {
            rules.heavy_rest_days
        } else {
            rules.rest_days
        }
    };
    let mut until = None;
    for entry in &member.occupied {
        let other = ask.except.is_none() || entry.candidate != ask.except;
        if entry.advocate != member.advocate || !other {
            continue;
        }
        // The earlier of the two needs its rest before the later; on one day each does.
        let after_it = entry.day <= ask.day && ask.day < entry.day.plus_days(rest(entry.activity));
        let after_this = ask.day <= entry.day && entry.day < ask.day.plus_days(rest(ask.activity));
        if after_it || after_this {
            until = until.max(Some(entry.day.plus_days(rest(entry.activity).max(1))));
        }
    }
    until.map(|until| Refusal::Resting { until })
}

fn naive_refusals(rules: &Rules, member: &Member, ask: &Ask) -> Vec<Refusal> {
    let mut found = naive_standing(member, ask);
    for (refusal, cap, days, entries) in naive_caps(rules, member, ask) {
        if fullest_window(&entries, ask.day, days) + 1 > cap {
            found.push(refusal);
        }
    }
    found.extend(naive_rest(rules, member, ask));
    found
}

fn naive_next_free(rules: &Rules, member: &Member, ask: &Ask) -> Option<Day> {
    let first = ask.day.max(ask.today);
    let days = (0..=730).map(|offset| first.plus_days(offset));
    let mut asks = days.map(|day| Ask { day, ..*ask });
    // The dear part comes last: most days are ruled out without it.
    let free = asks.find(|ask| {
        naive_standing(member, ask).is_empty()
            && naive_rest(rules, member, ask).is_none()
            && naive_refusals(rules, member, ask).is_empty()
    });
    free.map(|ask| ask.day)
}

fn naive_availability(refusals: &[Refusal], is_rush: bool, next_free: Option<Day>) -> Availability {
    let by_time = |refusal: &Refusal| {
        matches!(
            refusal,
            Refusal::AccountCap { .. }
                | Refusal::AdvocateCap { .. }
                | Refusal::OwnLimit { .. }
                | Refusal::Resting { .. }
        )
    };
    let by_owner = |refusal: &Refusal| {
        matches!(
            refusal,
            Refusal::Locked {
                reason: LockReason::Renewal | LockReason::NpsDrop | LockReason::Other,
                ..
            }
        )
    };
    match next_free {
        _ if refusals.is_empty() && !is_rush => Availability::Free,
        _ if refusals.iter().all(by_owner) => Availability::AskOwner,
        Some(day) if refusals.iter().all(by_time) => Availability::RestsUntil(day),
        Some(_) | None => Availability::Blocked,
    }
}

fn activity() -> impl Strategy<Value = Activity> {
    prop::sample::select(vec![
        Activity::ReferenceCall,
        Activity::SiteVisit,
        Activity::Quote,
    ])
}

fn occupied() -> impl Strategy<Value = Occupied> {
    (-60..60_i64, activity(), 0..4, any::<bool>(), any::<bool>()).prop_map(
        |(offset, activity, whose, reserved, moved)| Occupied {
            day: on(offset),
            activity,
            advocate: if whose == 0 { COLLEAGUE } else { ADVOCATE },
            reserved,
            candidate: moved.then_some(CANDIDATE),
        },
    )
}

fn rules() -> impl Strategy<Value = Rules> {
    let table = (
        prop::option::of(0..4_i64),
        1..40_i64,
        0..12_i64,
        any::<bool>(),
    );
    (0..6_i64, 1..50_i64, 0..6_i64, 0..12_i64, table).prop_map(
        |(uses, window, rest_days, heavy_rest_days, (cap, cap_days, notice, working))| {
            let mut rules = Rules {
                uses_per_advocate: uses,
                uses_window_days: window,
                rest_days,
                heavy_rest_days,
                ..Rules::default()
            };
            for activity in [Activity::ReferenceCall, Activity::SiteVisit] {
                rules.activities.set(ActivityRules {
                    account_cap: cap,
                    account_cap_days: cap_days,
                    notice,
                    notice_unit: if working {
                        NoticeUnit::WorkingDays
                    } else {
                        NoticeUnit::Days
                    },
                    ..activity.default_rules()
                });
            }
            rules
        },
    )
}

fn lock() -> impl Strategy<Value = Lock> {
    (
        prop::sample::select(LockReason::ALL.to_vec()),
        -20..40_i64,
        prop::option::of(0..20_i64),
    )
        .prop_map(|(reason, from, days)| Lock {
            reason,
            from: on(from),
            until: days.map(|days| on(from + days)),
        })
}

fn consent() -> impl Strategy<Value = Consent> {
    (
        prop::bool::weighted(0.9),
        prop::option::weighted(0.2, activity()),
        -60..20_i64,
        prop::option::weighted(0.3, 0..90_i64),
    )
        .prop_map(|(given, activity, from, days)| Consent {
            kind: if given {
                ConsentKind::Given
            } else {
                ConsentKind::Withdrawn
            },
            activity,
            valid_from: on(from),
            valid_until: days.map(|days| on(from + days)),
        })
}

fn any_member() -> impl Strategy<Value = Member> {
    let limit = |weight| prop::option::weighted(weight, 0..4_i64);
    (
        (
            prop::bool::weighted(0.95),
            prop::option::weighted(0.1, -10..80_i64),
        ),
        prop::collection::vec(consent(), 1..4),
        prop::collection::vec((activity(), limit(0.3)), 1..5),
        (limit(0.3), limit(0.3)),
        prop::collection::vec(lock(), 0..2),
        prop::collection::vec(occupied(), 0..12),
        (
            prop::bool::weighted(0.05),
            prop::bool::weighted(0.05),
            prop::bool::weighted(0.05),
        ),
    )
        .prop_map(
            |((active, left), consents, willing, limits, locks, occupied, related)| {
                let willing = willing
                    .into_iter()
                    .map(|(activity, limit_per_year)| Willingness {
                        activity,
                        limit_per_year,
                    });
                Member {
                    status: if active {
                        AdvocateStatus::Active
                    } else {
                        AdvocateStatus::Paused
                    },
                    left_on: left.map(on),
                    consents,
                    willing: willing.collect(),
                    limit_per_year: limits.0,
                    limit_per_quarter: limits.1,
                    locks,
                    occupied,
                    no_go: related.0.then_some(PROSPECT).into_iter().collect(),
                    related: [
                        (related.1, Relation::Competitor),
                        (related.2, Relation::SameGroup),
                    ]
                    .into_iter()
                    .filter_map(|(is, relation)| is.then_some((PROSPECT, relation)))
                    .collect(),
                    ..member()
                }
            },
        )
}

fn any_ask() -> impl Strategy<Value = Ask> {
    (activity(), -5..50_i64, any::<bool>(), any::<bool>()).prop_map(
        |(activity, offset, prospect, except)| Ask {
            activity,
            day: on(offset),
            today: today(),
            prospect: prospect.then_some(PROSPECT),
            except: except.then_some(CANDIDATE),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_refusal_is_what_the_rules_say(rules in rules(), member in any_member(), ask in any_ask()) {
        for offset in -5..50 {
            let ask = Ask { day: on(offset), ..ask };
            let verdict = check(&rules, &member, &ask);
            prop_assert_eq!(&verdict.refusals, &naive_refusals(&rules, &member, &ask));
            let left = naive_caps(&rules, &member, &ask)
                .into_iter()
                .map(|(_, cap, days, entries)| (cap - fullest_window(&entries, ask.day, days)).max(0));
            prop_assert_eq!(Some(verdict.uses_left), left.min());
            let notice = rules.activities.of(ask.activity);
            let earliest = match notice.notice_unit {
                NoticeUnit::Days => ask.today.plus_days(notice.notice),
                NoticeUnit::WorkingDays => ask.today.plus_working_days(notice.notice as u32),
            };
            prop_assert_eq!(verdict.is_rush, ask.day < earliest);
        }
    }

    #[test]
    fn the_next_free_day_is_the_first_without_a_refusal(rules in rules(), member in any_member(), ask in any_ask()) {
        let next_free = check(&rules, &member, &ask).next_free;
        prop_assert_eq!(next_free, naive_next_free(&rules, &member, &ask));
    }

    #[test]
    fn the_short_answers_agree_with_the_long_one(rules in rules(), member in any_member(), ask in any_ask()) {
        for offset in -5..50 {
            let ask = Ask { day: on(offset), ..ask };
            let verdict = check(&rules, &member, &ask);
            let expected = naive_availability(&verdict.refusals, verdict.is_rush, verdict.next_free);
            prop_assert_eq!(verdict.availability(), expected);
            prop_assert_eq!(availability(&rules, &member, &ask), expected);
            prop_assert_eq!(can_be_had(&rules, &member, &ask), expected.can_be_had());
        }
    }
}
