//! Supply: how many uses an account can give in each window, under the rules that protect it.
//!
//! Capacity is not head count: the protection rules are asked day by day, as they are asked when a
//! use is reserved, and each use that is placed counts for the next one. Caps bind accounts, so the
//! advocates of one account are looked at together. Refuses to know who fits which segment.

use domain::{
    activity::Activity,
    protection::{self, Ask, Member, Occupied, Rules},
    time::Day,
};

/// Uses of one account that are placed at most, so that rules without any limit end.
pub const USES_MAX: u32 = 1_000;

/// What an account can give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Most uses in each window, were it the only one.
    pub per_window: Vec<u32>,
    /// Most uses over all windows together.
    pub total: u32,
}

impl Uses {
    /// The capacity in thousandths of a reference: a use is as good as the share of asks accepted.
    pub fn units(&self, acceptance_rate: f64) -> (Vec<u32>, u32) {
        let per_use = (acceptance_rate.clamp(0.0, 1.0) * 1_000.0).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 1,000 by the line above"
        )]
        let per_use = per_use as u32;
        (
            self.per_window.iter().map(|uses| uses * per_use).collect(),
            self.total * per_use,
        )
    }
}

/// The uses that an account's advocates can give from a day on, in windows that end so many days
/// after it. Uses are placed as early as the rules allow, which leaves the most room for the next.
pub fn uses(
    rules: &Rules,
    members: &[Member],
    activity: Activity,
    from: Day,
    ends: &[i64],
) -> Uses {
    let open: Vec<&Member> = members
        .iter()
        .filter(|member| protection::is_open_to(member, activity, from))
        .collect();
    if open.is_empty() {
        return Uses {
            per_window: vec![0; ends.len()],
            total: 0,
        };
    }
    let place = |start: i64, end: i64| {
        let mut people: Vec<Member> = open.iter().map(|member| (*member).clone()).collect();
        let (first, last) = (from.plus_days(start), from.plus_days(end - 1));
        placed(rules, &mut people, activity, from, first, last)
    };
    let starts = std::iter::once(&0).chain(ends);
    Uses {
        per_window: starts
            .zip(ends)
            .map(|(start, end)| place(*start, *end))
            .collect(),
        total: place(0, ends.last().copied().unwrap_or(0)),
    }
}

fn placed(
    rules: &Rules,
    people: &mut [Member],
    activity: Activity,
    today: Day,
    first: Day,
    last: Day,
) -> u32 {
    let mut day = first;
    let mut uses = 0;
    while day <= last && uses < USES_MAX {
        let next = people
            .iter()
            .filter_map(|member| {
                let ask = Ask {
                    activity,
                    day,
                    today,
                    prospect: None,
                    except: None,
                };
                let free = protection::check(rules, member, &ask).next_free?;
                (free <= last).then_some((free, member.advocate))
            })
            .min();
        let Some((free, advocate)) = next else { break };
        uses += 1;
        for member in people.iter_mut() {
            member.occupied.push(Occupied {
                day: free,
                activity,
                advocate,
                reserved: true,
                candidate: None,
            });
        }
        day = free;
    }
    uses
}

#[cfg(test)]
mod tests {
    use domain::{
        advocate::AdvocateStatus,
        consent::{Consent, ConsentKind},
        id::AdvocateId,
        protection::{Lock, LockReason, Willingness},
    };
    use uuid::Uuid;

    use super::*;

    const ENDS: [i64; 4] = [30, 60, 90, 120];

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn member(number: u64) -> Member {
        Member {
            advocate: AdvocateId(Uuid::from_u64_pair(0, number)),
            account: Uuid::from_u64_pair(1, 1).into(),
            status: AdvocateStatus::Active,
            left_on: None,
            consents: vec![Consent {
                kind: ConsentKind::Given,
                activity: None,
                valid_from: day("2025-01-01"),
                valid_until: None,
            }],
            willing: vec![Willingness {
                activity: Activity::ReferenceCall,
                limit_per_year: None,
            }],
            limit_per_year: None,
            limit_per_quarter: None,
            locks: vec![],
            occupied: vec![],
            no_go: vec![],
            related: vec![],
        }
    }

    fn of(members: &[Member]) -> Uses {
        uses(
            &Rules::default(),
            members,
            Activity::ReferenceCall,
            day("2026-03-02"),
            &ENDS,
        )
    }

    #[test]
    fn one_call_a_quarter_binds_the_account_however_many_speak_for_it() {
        let two = Uses {
            per_window: vec![1, 1, 1, 1],
            total: 2,
        };
        // 2 March and 1 June lie 91 days apart, within 120.
        assert_eq!(of(&[member(1)]), two);
        assert_eq!(of(&[member(1), member(2)]), two);
        assert_eq!(
            of(&[member(1), member(2)]).units(0.7),
            (vec![700; 4], 1_400)
        );
    }

    #[test]
    fn locks_consents_own_limits_and_promised_uses_take_capacity_away() {
        let mut locked = member(1);
        locked.locks.push(Lock {
            reason: LockReason::Renewal,
            from: day("2026-01-01"),
            until: Some(day("2026-04-30")),
        });
        // 60 days after 2 March is 1 May.
        assert_eq!(of(&[locked]).per_window, [0, 0, 1, 1]);
        let mut leaving = member(1);
        leaving.consents[0].valid_until = Some(day("2026-03-20"));
        assert_eq!(
            (of(&[leaving.clone()]).per_window, of(&[leaving]).total),
            (vec![1, 0, 0, 0], 1)
        );
        let mut promised = member(1);
        promised.occupied.push(Occupied {
            day: day("2026-03-10"),
            activity: Activity::ReferenceCall,
            advocate: promised.advocate,
            reserved: true,
            candidate: None,
        });
        assert_eq!(
            (of(&[promised.clone()]).per_window, of(&[promised]).total),
            (vec![0, 0, 0, 1], 1)
        );
        let mut seldom = member(1);
        seldom.limit_per_year = Some(1);
        assert_eq!(of(&[seldom]).total, 1);
        let mut leaving = member(1);
        leaving.left_on = Some(day("2026-04-30"));
        // 60 days after 2 March is 1 May: two windows of thirty days, and one call a quarter in all.
        assert_eq!(
            (of(&[leaving.clone()]).per_window, of(&[leaving]).total),
            (vec![1, 1, 0, 0], 1)
        );
        let mut paused = member(1);
        paused.status = AdvocateStatus::Paused;
        assert_eq!(
            of(&[paused]),
            Uses {
                per_window: vec![0; 4],
                total: 0
            }
        );
    }
}
