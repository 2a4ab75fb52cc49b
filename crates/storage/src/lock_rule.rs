//! Accounts that a rule may lock, and the locks that rules have set.

use domain::{
    id::AccountId,
    lock_rule::{AccountFacts, LockRules},
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    account::{AccountLock, lock_entity},
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

/// Accounts and locks that are read at most; what is left comes with the next round.
pub const READ_MAX: u64 = 2_000;

/// An account with an advocate, and what the rules ask of it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Matching {
    pub id: AccountId,
    pub name: String,
    pub nps: Option<i64>,
    pub health: Option<i64>,
    pub renewal_on: Option<Day>,
    pub has_open_escalation: bool,
    pub has_payment_dispute: bool,
}

impl Matching {
    pub fn facts(&self) -> AccountFacts {
        AccountFacts {
            nps: self.nps,
            health: self.health,
            renewal_on: self.renewal_on,
            has_open_escalation: self.has_open_escalation,
            has_payment_dispute: self.has_payment_dispute,
        }
    }
}

const MATCHING: &str = "
select id, name, nps, health, renewal_on, has_open_escalation, has_payment_dispute
from (
  select accounts.id as id, accounts.name as name, accounts.nps as nps, accounts.health as health,
    accounts.has_open_escalation as has_open_escalation,
    accounts.has_payment_dispute as has_payment_dispute,
    (select min(opportunities.close_on) from opportunities
      where opportunities.account_id = accounts.id and opportunities.kind = 'renewal'
        and opportunities.status = 'open' and opportunities.close_on >= $3
        and opportunities.close_on <= $4) as renewal_on
  from accounts
  where exists (select 1 from contacts join advocates on advocates.contact_id = contacts.id
    where contacts.account_id = accounts.id)
) customers
where nps < $1 or health < $2 or renewal_on is not null
  or (has_open_escalation and $6) or (has_payment_dispute and $7)
order by id
limit $5";

/// Accounts with an advocate that the rules lock today, 2,000 at most.
pub async fn matching(
    source: &impl Source,
    rules: &LockRules,
    today: Day,
) -> Result<Vec<Matching>, StorageError> {
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let last = rules
        .renewal_until(today)
        .unwrap_or_else(|| today.plus_days(-1));
    let values = vec![
        rules.nps_min.unwrap_or(i64::MIN).into(),
        rules.health_min.unwrap_or(i64::MIN).into(),
        today.into(),
        last.into(),
        READ_MAX.cast_signed().into(),
        rules.on_escalation.into(),
        rules.on_dispute.into(),
    ];
    record::all(source, MATCHING, values).await
}

/// The locks that rules have set and that bind on a day, or that somebody lifted after an instant; of
/// some accounts or of all.
pub async fn set_by_rules(
    source: &impl Source,
    of: Option<AccountId>,
    today: Day,
    lifted_since: Timestamp,
) -> Result<Vec<AccountLock>, StorageError> {
    use lock_entity::Column;
    let binds = sea_orm::Condition::any()
        .add(Column::UntilOn.is_null())
        .add(Column::UntilOn.gte(today));
    let lifted = sea_orm::Condition::any()
        .add(Column::LiftedAt.is_null())
        .add(Column::LiftedAt.gte(lifted_since));
    let mut select = lock_entity::Entity::find()
        .filter(Column::IsByRule.eq(true))
        .filter(binds)
        .filter(lifted);
    if let Some(account) = of {
        select = select.filter(Column::AccountId.eq(account));
    }
    Ok(select
        .order_by_asc(Column::Id)
        .limit(READ_MAX * 4)
        .all(source.connection())
        .await?)
}

const END: &str = "update account_locks set until_on = $1 where id = $2 and lifted_at is null";

/// Ends a lock with a day, as a rule does whose fact is over; a lock that somebody lifted stays lifted.
pub async fn end(tx: &Tx, lock: &AccountLock, last: Day) -> Result<(), StorageError> {
    record::execute(tx, END, vec![last.into(), lock.id.into()]).await?;
    Ok(())
}
