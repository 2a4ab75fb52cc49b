//! Accounts, with their owners, parents and the lock that holds longest.

use std::collections::HashMap;

use domain::{
    id::AccountId,
    time::{Day, Timestamp},
};
use storage::account::AccountLock;
use uuid::Uuid;

use super::{
    named::Named,
    ordered,
    sheet::{Cell, Row},
};
use crate::{App, error::Error};

pub(super) const FIELDS: &[&str] = &[
    "account.id",
    "account.external_id",
    "account.name",
    "account.website",
    "owner.id",
    "owner.name",
    "owner.email",
    "account.parent.id",
    "account.parent.name",
    "account.parent.external_id",
    "account.employees",
    "account.revenue",
    "account.health",
    "account.nps",
    "account.open_escalation",
    "account.payment_dispute",
    "account.customer_since",
    "account.locked",
    "account.lock_reason",
    "account.locked_until",
];

pub(super) async fn rows(app: &App, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let wanted: Vec<AccountId> = ids.iter().copied().map(AccountId).collect();
    let accounts = storage::account::by_ids(&app.store, wanted.clone()).await?;
    let locks = storage::account::locks(&app.store, wanted).await?;
    let locks = longest(locks, app.clock.today());
    let named = Named::load(
        app,
        accounts.values().filter_map(|account| account.parent_id),
        accounts.values().filter_map(|account| account.owner_id),
    )
    .await?;
    let rows = ordered(ids, accounts).into_iter().map(|account| {
        let mut row = Row::default();
        row.put_word("account.id", Some(account.id));
        row.put("account.external_id", account.external_id);
        row.put("account.name", account.name);
        row.put("account.website", account.domain);
        named.owner(&mut row, account.owner_id, account.owner_written.as_ref());
        named.parent(&mut row, account.parent_id, account.parent_written.as_ref());
        row.put("account.employees", account.employees);
        let revenue = Cell::money(account.revenue_minor, account.revenue_currency);
        row.put("account.revenue", revenue);
        row.put("account.health", account.health);
        row.put("account.nps", account.nps);
        for (field, is_so) in [
            ("account.open_escalation", account.has_open_escalation),
            ("account.payment_dispute", account.has_payment_dispute),
        ] {
            if is_so {
                row.put(field, "yes");
            }
        }
        row.put("account.customer_since", account.customer_since);
        if let Some(lock) = locks.get(&account.id) {
            row.put("account.locked", "yes");
            row.put_word("account.lock_reason", Some(lock.reason));
            row.put("account.locked_until", lock.until_on);
        }
        row
    });
    Ok(rows.collect())
}

/// Of the locks that stand, the one of each account that ends last.
fn longest(locks: Vec<AccountLock>, today: Day) -> HashMap<AccountId, AccountLock> {
    let end = |lock: &AccountLock| {
        lock.until_on
            .map_or(Timestamp(i64::MAX), |until| until.start())
    };
    let mut longest: HashMap<AccountId, AccountLock> = HashMap::new();
    for lock in locks {
        let stands = lock.lifted_at.is_none() && lock.until_on.is_none_or(|until| until >= today);
        let beaten = longest
            .get(&lock.account_id)
            .is_some_and(|known| end(known) >= end(&lock));
        if stands && !beaten {
            longest.insert(lock.account_id, lock);
        }
    }
    longest
}
