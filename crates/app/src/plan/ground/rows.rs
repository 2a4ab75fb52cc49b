//! Stored rows put together into what plans stand on.

use std::collections::{BTreeMap, HashMap};

use domain::{
    id::{AccountId, OpportunityId},
    protection::Lock,
};
use storage::{
    pipeline::{CarriedTerm, Deals},
    projection::People,
};
use uuid::Uuid;

use super::{Carried, KnownAccount, KnownDeal, KnownPerson};
use crate::member;

/// Deals with what stands beside them, and what accounts carry.
pub(super) fn deals(
    found: Deals,
) -> (
    BTreeMap<OpportunityId, KnownDeal>,
    HashMap<AccountId, Carried>,
) {
    let mut carried = by_record(found.carried);
    let mut deals = BTreeMap::new();
    for row in found.deals {
        let known = KnownDeal {
            carried: carried.remove(&row.id.0).unwrap_or_default(),
            asked: None,
            searched_on: None,
            row,
        };
        deals.insert(known.row.id, known);
    }
    for asked in found.asked {
        if let Some(deal) = deals.get_mut(&asked.opportunity_id) {
            deal.asked = Some(asked);
        }
    }
    for searched in found.searched {
        if let Some(deal) = deals.get_mut(&searched.opportunity_id) {
            deal.searched_on = Some(searched.last_at.day());
        }
    }
    let of_accounts = by_record(found.carried_by_accounts).into_iter();
    let of_accounts = of_accounts.map(|(id, terms)| (AccountId(id), terms));
    (deals, of_accounts.collect())
}

fn by_record(rows: Vec<CarriedTerm>) -> HashMap<Uuid, Carried> {
    let mut carried: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        let own = carried.entry(row.record_id).or_default();
        own.push((row.facet_id, row.term_id));
    }
    let carried = carried.into_iter();
    carried.map(|(id, terms)| (id, terms.into())).collect()
}

/// Accounts with an advocate or a lock.
pub(super) fn accounts(people: &People) -> HashMap<AccountId, KnownAccount> {
    let mut members = member::members(people);
    let mut accounts: HashMap<AccountId, KnownAccount> = HashMap::new();
    for lock in &people.locks {
        accounts
            .entry(lock.account_id)
            .or_default()
            .locks
            .push(Lock {
                reason: lock.reason,
                from: lock.from_on,
                until: lock.until_on,
            });
    }
    for person in &people.people {
        let Some(member) = members.remove(&person.id) else {
            continue;
        };
        let own = accounts.entry(person.account_id).or_default();
        own.people.push(KnownPerson {
            member,
            contact_id: person.contact_id,
            is_restricted: person.is_restricted,
            verified_on: person.verified_on,
            held: person.terms.iter().copied().collect(),
        });
    }
    for account in accounts.values_mut() {
        account.people.sort_by_key(|person| person.member.advocate);
    }
    accounts
}
