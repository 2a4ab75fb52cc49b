//! Dense numbers for the accounts that have advocates, so that rows group without hashing, and who
//! belongs to each.

use std::sync::Arc;

use domain::{id::AccountId, protection::Member};

use crate::{shards::Shards, slots::Slots};

/// A clone shares everything until one of the two is written.
#[derive(Clone, Default)]
pub(crate) struct Accounts {
    /// The slots of the account's advocates.
    members: Slots<AccountId, Vec<u32>>,
    /// The slots of those who must not speak to a prospect.
    conflicts: Shards<AccountId, Vec<u32>>,
}

impl Accounts {
    /// One more advocate at the account: the account's number.
    pub(crate) fn join(&mut self, slot: u32, member: &Member) -> u32 {
        let (number, members) = self.members.open(member.account);
        let mut members = Arc::unwrap_or_clone(members.unwrap_or_default());
        members.push(slot);
        self.members.put(number, members);
        for prospect in prospects(member) {
            self.conflicts.at(prospect).push(slot);
        }
        number
    }

    /// One advocate less; the last one gives the number back.
    pub(crate) fn leave(&mut self, slot: u32, member: &Member) {
        if let (number, Some(members)) = self.members.open(member.account) {
            let mut members = Arc::unwrap_or_clone(members);
            // Once: a slot that changes joins before it leaves.
            if let Some(place) = members.iter().position(|other| *other == slot) {
                members.swap_remove(place);
            }
            let is_last = members.is_empty();
            self.members.put(number, members);
            if is_last {
                self.members.remove(member.account);
            }
        }
        for prospect in prospects(member) {
            let slots = self.conflicts.at(prospect);
            if let Some(place) = slots.iter().position(|other| *other == slot) {
                slots.swap_remove(place);
            }
            if slots.is_empty() {
                self.conflicts.remove(&prospect);
            }
        }
    }

    /// The slots of the account's advocates.
    pub(crate) fn members(&self, account: AccountId) -> &[u32] {
        let number = self.members.number(account);
        let members = number.and_then(|number| self.members.get(number));
        members.map_or(&[], Vec::as_slice)
    }

    /// The slots of those who must not speak to the prospect, its own people among them.
    pub(crate) fn in_conflict(&self, prospect: AccountId) -> impl Iterator<Item = u32> + '_ {
        let named = self.conflicts.get(&prospect).into_iter().flatten();
        named.chain(self.members(prospect)).copied()
    }

    /// One more than the highest number.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }
}

/// The prospects that the advocate must not speak to, besides its own account.
fn prospects(member: &Member) -> impl Iterator<Item = AccountId> + '_ {
    let related = member.related.iter().map(|(account, _)| *account);
    member.no_go.iter().copied().chain(related)
}
