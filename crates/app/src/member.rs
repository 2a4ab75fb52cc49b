//! Stored rows put together into what protection and matching read.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{AccountId, AdvocateId},
    protection::{Lock, Member, Occupied},
};
use storage::projection::{People, Person};

/// How far back uses are read, in days: longer than any window a program can set.
pub(crate) const USES_SINCE_DAYS: i64 = 800;

/// Groups rows by a key, keeping their order.
pub(crate) fn grouped<K: std::hash::Hash + Eq, T>(
    rows: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

/// What protection knows about each of the people.
pub(crate) fn members(people: &People) -> HashMap<AdvocateId, Member> {
    let locks = grouped(&people.locks, |row| row.account_id);
    let related = grouped(&people.relations, |row| row.account_id);
    let mut occupied = occupied_by_account(people);
    for days in occupied.values_mut() {
        days.sort_by_key(|entry| (entry.day, entry.advocate));
        once_for_each_call(days);
    }
    let member = |person: &Person| Member {
        advocate: person.id,
        account: person.account_id,
        status: person.status,
        left_on: person.left_on,
        consents: person.consents.clone(),
        willing: person.willing.clone(),
        limit_per_year: person.limit_per_year,
        limit_per_quarter: person.limit_per_quarter,
        locks: rows(&locks, person.account_id)
            .map(|row| Lock {
                reason: row.reason,
                from: row.from_on,
                until: row.until_on,
            })
            .collect(),
        occupied: occupied
            .get(&person.account_id)
            .cloned()
            .unwrap_or_default(),
        no_go: person.no_go.clone(),
        related: rows(&related, person.account_id)
            .map(|row| (row.other_id, row.relation))
            .collect(),
    };
    people
        .people
        .iter()
        .map(|person| (person.id, member(person)))
        .collect()
}

fn rows<'a, K: std::hash::Hash + Eq, T>(
    groups: &'a HashMap<K, Vec<&'a T>>,
    key: K,
) -> impl Iterator<Item = &'a T> {
    groups.get(&key).into_iter().flatten().copied()
}

/// A group call serves several deals and takes its first day once.
fn once_for_each_call(days: &mut Vec<Occupied>) {
    let mut seen = HashSet::new();
    days.retain(|entry| entry.candidate.is_none_or(|call| seen.insert(call)));
}

/// Uses and reservations of each account; both count alike.
fn occupied_by_account(people: &People) -> HashMap<AccountId, Vec<Occupied>> {
    let uses = people.uses.iter().map(|row| {
        (
            row.account_id,
            Occupied {
                day: row.day,
                activity: row.activity,
                advocate: row.advocate_id,
                reserved: false,
                candidate: row.candidate_id,
            },
        )
    });
    let reservations = people.reservations.iter().map(|row| {
        (
            row.account_id,
            Occupied {
                day: row.day,
                activity: row.activity,
                advocate: row.advocate_id,
                reserved: true,
                candidate: row.candidate_id,
            },
        )
    });
    let mut occupied: HashMap<AccountId, Vec<Occupied>> = HashMap::new();
    for (account, entry) in uses.chain(reservations) {
        occupied.entry(account).or_default().push(entry);
    }
    occupied
}
