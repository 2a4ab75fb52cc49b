//! Dated needs held against what accounts can give under the rules that protect them.
//!
//! Decides who could serve which need: those that have the fewest accounts to spare choose first,
//! and of their accounts those that fit the fewest other needs; what is placed counts for the next.
//! So nothing is promised that the rules refuse. It is one way that holds, not the most that could
//! be covered. Refuses to know what a need asks for in words.

use domain::{
    activity::Activity,
    protection::{self, Ask, Member, Occupied, Rules},
    time::Day,
};

/// References needed on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub day: Day,
    pub activity: Activity,
    /// Accounts that have to serve it.
    pub wanted: usize,
    /// Who fits it.
    pub fits: Vec<Fit>,
}

/// Advocates of one account who fit a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The account's place.
    pub account: usize,
    /// The places of the advocates among the account's.
    pub advocates: Vec<usize>,
}

/// How a need is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Places of the accounts that could serve it, `wanted` at most, each once.
    pub accounts: Vec<usize>,
    /// Where it is not served in full: the next day from its own on at which one more account could.
    pub next_free: Option<Day>,
}

/// Places every need. `accounts` holds the advocates of each account with what they gave and promised,
/// and has the placed uses among these afterwards.
pub fn place(
    rules: &Rules,
    accounts: &mut [Vec<Member>],
    needs: &[Need],
    today: Day,
) -> Vec<Placed> {
    let mut sought = vec![0_usize; accounts.len()];
    for fit in needs.iter().flat_map(|need| &need.fits) {
        sought[fit.account] += 1;
    }
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by_key(|place| {
        let need = &needs[*place];
        (
            need.fits.len().saturating_sub(need.wanted),
            need.day,
            *place,
        )
    });
    let mut placed = vec![Placed::default(); needs.len()];
    for place in order {
        let need = &needs[place];
        let mut fits: Vec<&Fit> = need.fits.iter().collect();
        fits.sort_by_key(|fit| (sought[fit.account], fit.account));
        for fit in fits {
            if placed[place].accounts.len() == need.wanted {
                break;
            }
            if serve(rules, &mut accounts[fit.account], fit, need, today) {
                placed[place].accounts.push(fit.account);
            }
        }
    }
    for (need, placed) in needs.iter().zip(&mut placed) {
        if placed.accounts.len() < need.wanted {
            placed.next_free = next_free(rules, accounts, need, &placed.accounts, today);
        }
    }
    placed
}

fn ask(need: &Need, today: Day) -> Ask {
    Ask {
        activity: need.activity,
        day: need.day,
        today,
        prospect: None,
        except: None,
    }
}

/// Takes the first advocate of the account who can be had on the day; `false` where none can.
fn serve(rules: &Rules, account: &mut [Member], fit: &Fit, need: &Need, today: Day) -> bool {
    let ask = ask(need, today);
    let found = fit
        .advocates
        .iter()
        .find(|place| protection::can_be_had(rules, &account[**place], &ask));
    let Some(advocate) = found.map(|place| account[*place].advocate) else {
        return false;
    };
    for member in account {
        member.occupied.push(Occupied {
            day: need.day,
            activity: need.activity,
            advocate,
            reserved: true,
            candidate: None,
        });
    }
    true
}

fn next_free(
    rules: &Rules,
    accounts: &[Vec<Member>],
    need: &Need,
    serving: &[usize],
    today: Day,
) -> Option<Day> {
    let ask = ask(need, today);
    need.fits
        .iter()
        .filter(|fit| !serving.contains(&fit.account))
        .flat_map(|fit| {
            fit.advocates
                .iter()
                .map(|place| &accounts[fit.account][*place])
        })
        .filter_map(|member| protection::check(rules, member, &ask).next_free)
        .min()
}

#[cfg(test)]
mod tests {
    use domain::{
        advocate::AdvocateStatus,
        consent::{Consent, ConsentKind},
        id::AdvocateId,
        protection::Willingness,
    };
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn today() -> Day {
        day("2026-03-02")
    }

    /// One advocate at each of so many accounts.
    fn accounts(count: u64) -> Vec<Vec<Member>> {
        let member = |number| Member {
            advocate: AdvocateId(Uuid::from_u64_pair(0, number)),
            account: Uuid::from_u64_pair(1, number).into(),
            status: AdvocateStatus::Active,
            left_on: None,
            consents: vec![Consent {
                kind: ConsentKind::Given,
                activity: None,
                valid_from: day("2025-01-01"),
                valid_until: None,
            }],
            willing: vec![Willingness {
                activity: Activity::Speaking,
                limit_per_year: None,
            }],
            limit_per_year: None,
            limit_per_quarter: None,
            locks: vec![],
            occupied: vec![],
            no_go: vec![],
            related: vec![],
        };
        (0..count).map(|number| vec![member(number)]).collect()
    }

    fn need(on: &str, wanted: usize, fits: &[usize]) -> Need {
        let fits = fits.iter().map(|account| Fit {
            account: *account,
            advocates: vec![0],
        });
        Need {
            day: day(on),
            activity: Activity::Speaking,
            wanted,
            fits: fits.collect(),
        }
    }

    fn served(count: u64, needs: &[Need]) -> Vec<Vec<usize>> {
        let placed = place(&Rules::default(), &mut accounts(count), needs, today());
        placed.into_iter().map(|one| one.accounts).collect()
    }

    #[test]
    fn a_need_that_names_its_customer_goes_before_one_that_can_choose() {
        let needs = [need("2026-06-01", 1, &[0, 1]), need("2026-06-10", 1, &[0])];
        assert_eq!(served(2, &needs), [vec![1], vec![0]]);
    }

    #[test]
    fn two_talks_of_one_customer_within_their_rest_clash_and_the_next_free_day_is_told() {
        let needs = [need("2026-06-01", 1, &[0]), need("2026-06-10", 1, &[0])];
        let placed = place(&Rules::default(), &mut accounts(1), &needs, today());
        assert_eq!((placed[0].accounts.len(), placed[1].accounts.len()), (1, 0));
        assert_eq!(placed[0].next_free, None, "it is served in full");
        // One talk in two quarters: 182 days after the first.
        assert_eq!(placed[1].next_free, Some(day("2026-11-30")));
    }

    #[test]
    fn an_account_serves_a_need_once_and_nobody_serves_a_day_that_is_over() {
        let needs = [need("2026-06-01", 3, &[0, 1]), need("2026-03-01", 1, &[2])];
        assert_eq!(served(3, &needs), [vec![0, 1], vec![]]);
    }

    #[test]
    fn what_is_placed_never_breaks_a_rule() {
        let rules = Rules::default();
        let mut state = 7_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        for _ in 0..50 {
            let needs: Vec<Need> = (0..12)
                .map(|_| {
                    let fits: Vec<usize> = (0..6).filter(|_| random(2) == 0).collect();
                    let on = today().plus_days(random(500).cast_signed());
                    Need {
                        day: on,
                        ..need("2026-06-01", 2, &fits)
                    }
                })
                .collect();
            let mut after = accounts(6);
            let placed = place(&rules, &mut after, &needs, today());
            for (need, placed) in needs.iter().zip(&placed) {
                for account in &placed.accounts {
                    assert!(need.fits.iter().any(|fit| fit.account == *account));
                    // Without the use itself, the rules still allow it beside all others.
                    let mut member = after[*account][0].clone();
                    let own = member.occupied.iter().position(|one| one.day == need.day);
                    member.occupied.remove(own.expect("it is placed"));
                    assert!(protection::can_be_had(&rules, &member, &ask(need, today())));
                }
            }
        }
    }
}
