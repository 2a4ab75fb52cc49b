//! Other records as a row names them: by our id, by the other system's, and by a name to read.

use std::collections::HashMap;

use domain::id::{AccountId, UserId};
use storage::{account::Account, user::User};

use super::sheet::Row;
use crate::{App, error::Error};

/// Accounts and colleagues beside the records of a chunk.
pub(super) struct Named {
    accounts: HashMap<AccountId, Account>,
    users: HashMap<UserId, User>,
}

impl Named {
    pub(super) async fn load(
        app: &App,
        accounts: impl Iterator<Item = AccountId>,
        users: impl Iterator<Item = UserId>,
    ) -> Result<Self, Error> {
        let mut accounts: Vec<AccountId> = accounts.collect();
        accounts.sort_unstable();
        accounts.dedup();
        let mut users: Vec<UserId> = users.collect();
        users.sort_unstable();
        users.dedup();
        Ok(Self {
            accounts: storage::account::by_ids(&app.store, accounts).await?,
            users: storage::user::by_ids(&app.store, users).await?,
        })
    }

    /// The account that a row belongs to, or what was written for it while nobody knows it.
    pub(super) fn account(&self, row: &mut Row, id: Option<AccountId>, written: Option<&String>) {
        self.named_account(row, "account", id, written);
    }

    pub(super) fn parent(&self, row: &mut Row, id: Option<AccountId>, written: Option<&String>) {
        self.named_account(row, "account.parent", id, written);
    }

    fn named_account(
        &self,
        row: &mut Row,
        record: &str,
        id: Option<AccountId>,
        written: Option<&String>,
    ) {
        let account = id.and_then(|id| self.accounts.get(&id));
        row.put_word(&format!("{record}.id"), account.map(|account| account.id));
        let name = account.map(|account| &account.name).or(written);
        row.put(&format!("{record}.name"), name.cloned());
        let external_id = account.and_then(|account| account.external_id.clone());
        row.put(&format!("{record}.external_id"), external_id);
    }

    pub(super) fn owner(&self, row: &mut Row, id: Option<UserId>, written: Option<&String>) {
        self.user(row, "owner", id, written);
    }

    pub(super) fn user(
        &self,
        row: &mut Row,
        record: &str,
        id: Option<UserId>,
        written: Option<&String>,
    ) {
        let user = id.and_then(|id| self.users.get(&id));
        row.put_word(&format!("{record}.id"), user.map(|user| user.id));
        let name = user.map(|user| &user.name).or(written);
        row.put(&format!("{record}.name"), name.cloned());
        let email = user.and_then(|user| user.email.as_ref());
        row.put_word(&format!("{record}.email"), email);
    }
}
