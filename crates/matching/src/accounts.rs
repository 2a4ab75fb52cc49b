//! Dense numbers for the accounts that have advocates, so that rows group without hashing.

use domain::id::AccountId;

use crate::slots::Slots;

#[derive(Default)]
pub(crate) struct Accounts(Slots<AccountId, u32>);

impl Accounts {
    /// One more advocate at the account.
    pub(crate) fn join(&mut self, account: AccountId) -> u32 {
        let (number, advocates) = self.0.open(account);
        self.0.put(number, advocates.unwrap_or(0) + 1);
        number
    }

    /// One advocate less; the last one gives the number back.
    pub(crate) fn leave(&mut self, account: AccountId) {
        match self.0.open(account) {
            (number, Some(advocates)) if advocates > 1 => self.0.put(number, advocates - 1),
            (_, Some(_) | None) => {
                self.0.remove(account);
            }
        }
    }

    pub(crate) fn number(&self, account: AccountId) -> Option<u32> {
        self.0.number(account)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
