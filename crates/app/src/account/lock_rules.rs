//! Locks that the program sets by itself from what is known of an account, with a look at whom a rule
//! would have stopped before it holds.
//!
//! A lock by rule is a lock like any other: it is seen, and an owner may lift it. What somebody lifted
//! stays lifted, for a renewal until another one comes near, for a number for a quarter.

use domain::{
    id::AccountId,
    lock_rule::{Due, LockRules, due},
    protection::{LockReason, QUARTER_DAYS},
    record::{Action, RecordKind},
    time::{Day, Timestamp},
};
use serde::Serialize;
use serde_json::json;
use storage::{
    NewEvent, Tx,
    account::{self, AccountLock},
    lock_rule::{self, Matching},
};

use super::AccountRef;
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::{Error, FieldProblem},
    member::grouped,
    policy::{self, Permission},
    request::stop,
    setting::{self, Setting, outside},
};

/// Customers that a preview names.
const PREVIEW_ROWS: usize = 50;

impl Setting for LockRules {
    const NAME: &'static str = "lock_rules";

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = outside(&[("nps_min", self.nps_min.unwrap_or(0))], -100, 100);
        problems.extend(outside(
            &[("health_min", self.health_min.unwrap_or(1))],
            1,
            100,
        ));
        problems.extend(outside(
            &[("renewal_days", self.renewal_days.unwrap_or(1))],
            1,
            365,
        ));
        problems
    }
}

/// A customer whom the rules lock today.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LockedByRule {
    pub account: AccountRef,
    pub reasons: Vec<LockReason>,
    /// Uses of the last 91 days that the lock would have stopped.
    pub uses: usize,
    /// Asks that are open there now and that it would end.
    pub open_asks: usize,
}

/// Whom rules would stop, and whom they would have stopped last quarter: judged by what is known of the
/// accounts today.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LockPreview {
    /// Customers with an advocate that would be locked today; 2,000 at most are looked at.
    pub accounts: usize,
    /// Uses of the last 91 days at them.
    pub uses: usize,
    /// Asks that are open at them now.
    pub open_asks: usize,
    /// 50 at most, those with the most uses first.
    pub rows: Vec<LockedByRule>,
}

/// Tries rules; changes nothing.
pub async fn preview(app: &App, actor: &Actor, rules: LockRules) -> Result<LockPreview, Error> {
    policy::require(actor, Permission::SettingEdit)?;
    let problems = rules.problems();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let today = app.clock.today();
    let found = lock_rule::matching(&app.store, &rules, today).await?;
    let ids: Vec<AccountId> = found.iter().map(|row| row.id).collect();
    let since = today.plus_days(1 - QUARTER_DAYS);
    let uses = storage::reference_use::of_accounts_since(&app.store, ids.clone(), since).await?;
    let uses = grouped(uses, |row| row.account_id);
    let asks = storage::candidate::open_of_any(&app.store, Vec::new(), ids).await?;
    let asks = grouped(asks, |row| row.account_id);
    let mut rows: Vec<LockedByRule> = found
        .iter()
        .map(|row| LockedByRule {
            account: AccountRef {
                id: row.id,
                name: row.name.clone(),
            },
            reasons: due(&rules, &row.facts(), today)
                .iter()
                .map(|due| due.reason)
                .collect(),
            uses: uses.get(&row.id).map_or(0, storage::reference_use::count),
            open_asks: asks.get(&row.id).map_or(0, Vec::len),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.uses, row.open_asks)));
    let preview = LockPreview {
        accounts: rows.len(),
        uses: rows.iter().map(|row| row.uses).sum(),
        open_asks: rows.iter().map(|row| row.open_asks).sum(),
        rows: Vec::new(),
    };
    rows.truncate(PREVIEW_ROWS);
    Ok(LockPreview { rows, ..preview })
}

/// Brings the locks by rule in step with what is known of the accounts. Answers with how many accounts
/// changed.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let today = app.clock.today();
    let rules = setting::read::<LockRules>(&app.store).await?.value;
    let found = lock_rule::matching(&app.store, &rules, today).await?;
    let set = lock_rule::set_by_rules(&app.store, None, today, lifted_since(app)).await?;
    let mut set = grouped(set, |lock| lock.account_id);
    let mut changed = 0;
    for row in found {
        let locks = set.remove(&row.id).unwrap_or_default();
        let wanted = due(&rules, &row.facts(), today);
        if !Step::between(&wanted, &locks).is_empty() {
            changed += u64::from(bring_in_step(app, &rules, &row).await?);
        }
    }
    for (account, locks) in set {
        if !Step::between(&[], &locks).is_empty() {
            changed += u64::from(bring_in_step(app, &rules, &gone(account)).await?);
        }
    }
    Ok(changed)
}

/// An account that no rule asks anything of any more.
fn gone(id: AccountId) -> Matching {
    Matching {
        id,
        name: String::new(),
        nps: None,
        health: None,
        renewal_on: None,
        has_open_escalation: false,
        has_payment_dispute: false,
    }
}

/// A number that somebody set aside is not asked about again before a quarter is over.
fn lifted_since(app: &App) -> Timestamp {
    app.clock.now().plus_days(-QUARTER_DAYS)
}

/// What has to be done about the locks of one account.
#[derive(Debug, Default)]
struct Step {
    set: Vec<Due>,
    end: Vec<AccountLock>,
}

impl Step {
    fn between(wanted: &[Due], locks: &[AccountLock]) -> Self {
        let is_met = |due: &Due| {
            locks
                .iter()
                .any(|lock| lock.reason == due.reason && lock.until_on == due.until)
        };
        let is_wanted = |lock: &AccountLock| {
            wanted
                .iter()
                .any(|due| lock.reason == due.reason && lock.until_on == due.until)
        };
        Self {
            set: wanted.iter().filter(|due| !is_met(due)).copied().collect(),
            end: locks
                .iter()
                .filter(|lock| lock.lifted_at.is_none() && !is_wanted(lock))
                .cloned()
                .collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.set.is_empty() && self.end.is_empty()
    }
}

/// Judges one account again under its locks.
async fn bring_in_step(app: &App, rules: &LockRules, row: &Matching) -> Result<bool, Error> {
    let today = app.clock.today();
    let mut tx = app.begin(&Actor::system()).await?;
    stop::lock_account(&tx, row.id).await?;
    let locks = lock_rule::set_by_rules(&tx, Some(row.id), today, lifted_since(app)).await?;
    let step = Step::between(&due(rules, &row.facts(), today), &locks);
    if step.is_empty() {
        tx.roll_back().await?;
        return Ok(false);
    }
    for lock in &step.end {
        lock_rule::end(&tx, lock, today.plus_days(-1)).await?;
        let detail = json!({ "lock": lock.id, "reason": lock.reason });
        tx.record(NewEvent::new(Action::Unlocked, RecordKind::Account, row.id).detail(detail));
    }
    let is_locked = !step.set.is_empty();
    for due in step.set {
        set_lock(&mut tx, rules, row, due, today).await?;
    }
    if is_locked {
        let why = "The account may not be used now.";
        stop::open_candidates_of_account(app, &mut tx, row.id, why).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn set_lock(
    tx: &mut Tx,
    rules: &LockRules,
    row: &Matching,
    due: Due,
    today: Day,
) -> Result<(), Error> {
    let lock = AccountLock {
        id: new_id(),
        account_id: row.id,
        reason: due.reason,
        note: Some(words(rules, row, due)),
        from_on: today,
        until_on: due.until,
        locked_by: None,
        lifted_at: None,
        is_by_rule: true,
    };
    tx.record(NewEvent::new(Action::Locked, RecordKind::Account, row.id).detail(
        json!({ "lock": lock.id, "reason": lock.reason, "until": lock.until_on, "note": lock.note }),
    ));
    account::insert_lock(tx, lock).await?;
    Ok(())
}

/// The fact behind a lock, for those who may know it.
fn words(rules: &LockRules, row: &Matching, due: Due) -> String {
    let below = |what: &str, value: Option<i64>, least: Option<i64>| {
        format!(
            "By rule: {what} {} is below {}.",
            value.unwrap_or_default(),
            least.unwrap_or_default()
        )
    };
    match due.reason {
        LockReason::NpsDrop => below("NPS", row.nps, rules.nps_min),
        LockReason::Renewal => "By rule: a renewal closes soon.".to_owned(),
        LockReason::OpenEscalation => "By rule: an escalation is open.".to_owned(),
        LockReason::PaymentDispute => "By rule: a payment is disputed.".to_owned(),
        _ => below("health", row.health, rules.health_min),
    }
}
