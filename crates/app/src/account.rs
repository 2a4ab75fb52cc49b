//! Accounts: looking, editing, and the locks that keep an account from being used.

use domain::{
    access::Scope,
    id::{AccountId, LockId, UserId},
    protection::LockReason,
    record::{Action, RecordKind},
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent,
    account::{self, Account, AccountLock},
    page::Direction,
    user::User,
};

use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    duplicate,
    error::{Error, same_version},
    listing::{self, Choice, List},
    policy::{self, FieldClass, Permission, Standing},
    request::stop,
    tagging::{self, TagView},
};

pub mod edit;
pub mod lock_rules;

/// A colleague beside a record.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PersonRef {
    pub id: UserId,
    pub name: String,
}

impl From<&User> for PersonRef {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            name: user.name.clone(),
        }
    }
}

/// An account beside a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct AccountRef {
    pub id: AccountId,
    pub name: String,
}

impl From<&Account> for AccountRef {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id,
            name: account.name.clone(),
        }
    }
}

/// A reason why the account may not be used now.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LockView {
    pub id: LockId,
    /// Hidden from those who may only know that the account is locked.
    pub reason: Option<LockReason>,
    pub from: Day,
    pub until: Option<Day>,
    /// What was noted with it; hidden like the reason.
    pub note: Option<String>,
}

/// An account as the reader may see it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    pub id: AccountId,
    pub version: i64,
    pub external_id: Option<String>,
    pub name: String,
    pub domain: Option<String>,
    pub owner: Option<PersonRef>,
    pub employees: Option<i64>,
    pub terms: Vec<TagView>,
    /// Hidden unless the reader owns the account or runs the program.
    pub health: Option<i64>,
    pub nps: Option<i64>,
    /// What the file of accounts says of it; hidden like health and NPS.
    pub has_open_escalation: Option<bool>,
    pub has_payment_dispute: Option<bool>,
    pub locks: Vec<LockView>,
    pub advocates_count: u64,
    pub can_edit: bool,
    /// Whether the reader may list what its customers gave.
    pub sees_uses: bool,
}

/// What a list of accounts is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListAccounts {
    pub text: Option<String>,
    /// Only accounts the actor owns.
    pub mine: bool,
    /// Only accounts that nobody owns.
    pub unowned: bool,
    /// Only accounts that may not be used today.
    pub locked: bool,
    /// Conditions in groups, as JSON.
    pub filter: Option<String>,
    /// The key of a field of the list.
    pub sort: Option<String>,
    pub direction: Option<Direction>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

pub async fn list(app: &App, actor: &Actor, ask: ListAccounts) -> Result<List<AccountView>, Error> {
    let scope = policy::require(actor, Permission::AccountRead)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let choice = Choice {
        text: None,
        filter: ask.filter,
        sort: ask.sort,
        direction: ask.direction,
    };
    let chosen = listing::chosen(app, actor, RecordKind::Account, &choice).await?;
    let filter = account::Filter {
        text: ask.text,
        owner: if ask.mine { actor.user_id() } else { None },
        unowned: ask.unowned,
        locked_on: ask.locked.then(|| app.clock.today()),
        narrowing: chosen.narrowing,
        sorting: chosen.sorting,
    };
    let listed = account::list(&app.store, &scope, &filter, &page).await?;
    let items = views(app, actor, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

pub async fn get(app: &App, actor: &Actor, id: AccountId) -> Result<AccountView, Error> {
    let scope = policy::require(actor, Permission::AccountRead)?;
    let row = match account::find(&app.store, &scope, id).await? {
        Some(row) => Some(row),
        // The id of a merged account leads to the one that it is part of.
        None => match duplicate::merge::end(app, RecordKind::Account, id.0).await? {
            Some(end) => account::find(&app.store, &scope, end.into()).await?,
            None => None,
        },
    };
    one(app, actor, row.ok_or(Error::NotFound)?).await
}

async fn one(app: &App, actor: &Actor, row: Account) -> Result<AccountView, Error> {
    views(app, actor, &[row])
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

/// A reason to keep an account from being used.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LockAccount {
    pub reason: LockReason,
    /// The last day of the lock; without one it stands until somebody lifts it.
    pub until: Option<Day>,
    pub note: Option<String>,
}

/// Keeps the account from being used; whoever is being asked there is let go at once.
pub async fn lock(
    app: &App,
    actor: &Actor,
    id: AccountId,
    version: i64,
    ask: LockAccount,
) -> Result<AccountView, Error> {
    let scope = policy::require(actor, Permission::AccountLock)?;
    let mut tx = app.begin(actor).await?;
    let row = account::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let today = app.clock.today();
    if ask.until.is_some_and(|until| until < today) {
        return Err(Error::field(
            "until",
            "The last day of a lock must not be over already.",
        ));
    }
    let note = ask
        .note
        .as_deref()
        .map(|note| change::text("note", note, 1, 2_000))
        .transpose()?;
    let lock = AccountLock {
        id: new_id(),
        account_id: id,
        reason: ask.reason,
        note: note.clone(),
        from_on: today,
        until_on: ask.until,
        locked_by: actor.user_id(),
        lifted_at: None,
        is_by_rule: false,
    };
    stop::lock_account(&tx, id).await?;
    let mut row = account::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    account::save(&tx, &mut row).await?;
    tx.record(
        NewEvent::new(Action::Locked, RecordKind::Account, id).detail(
            json!({ "lock": lock.id, "reason": ask.reason, "until": ask.until, "note": note }),
        ),
    );
    account::insert_lock(&tx, lock).await?;
    stop::open_candidates_of_account(app, &mut tx, id, "The account may not be used now.").await?;
    tx.commit().await?;
    one(app, actor, row).await
}

/// Lifts a lock. The owner's judgement is enough for some reasons only; an escalation or a dispute
/// has to end first, and an opt-out is the customer's own word: those are lifted by the program or
/// the privacy role.
pub async fn unlock(
    app: &App,
    actor: &Actor,
    id: AccountId,
    version: i64,
    lock: LockId,
) -> Result<AccountView, Error> {
    let scope = policy::require(actor, Permission::AccountLock)?;
    let mut tx = app.begin(actor).await?;
    let mut row = account::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let reason = account::locks(&tx, vec![id])
        .await?
        .into_iter()
        .find(|row| row.id == lock)
        .ok_or(Error::NotFound)?
        .reason;
    if scope != Scope::Everything && !reason.owner_may_lift() {
        return Err(Error::MoveNotAllowed(
            "An escalation, a dispute or a customer's wish not to be asked is not the owner's to lift. Ask the program team.".to_owned(),
        ));
    }
    if !account::lift_lock(&tx, id, lock).await? {
        return Err(Error::NotFound);
    }
    account::save(&tx, &mut row).await?;
    tx.record(
        NewEvent::new(Action::Unlocked, RecordKind::Account, id).detail(json!({ "lock": lock })),
    );
    tx.commit().await?;
    one(app, actor, row).await
}

/// How the actor stands to the customers of an account.
pub(crate) fn standing(actor: &Actor, row: &Account) -> Standing {
    Standing {
        owns_account: row
            .owner_id
            .is_some_and(|owner| policy::is_self(actor, owner)),
        ..Standing::default()
    }
}

/// Builds the views of a page of accounts in a fixed number of queries.
pub(crate) async fn views(
    app: &App,
    actor: &Actor,
    rows: &[Account],
) -> Result<Vec<AccountView>, Error> {
    let ids: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
    let owners = storage::user::by_ids(
        &app.store,
        rows.iter().filter_map(|row| row.owner_id).collect(),
    )
    .await?;
    let mut tags = tagging::of(
        app,
        RecordKind::Account,
        ids.iter().map(|id| id.0).collect(),
    )
    .await?;
    let locks = account::locks(&app.store, ids.clone()).await?;
    let advocates = storage::advocate::count_by_account(&app.store, ids).await?;
    let today = app.clock.today();
    let edit = policy::scope(actor, Permission::AccountEdit);
    Ok(rows
        .iter()
        .map(|row| {
            let standing = standing(actor, row);
            let internal = policy::sees(actor, FieldClass::Internal, standing);
            let locks = locks.iter().filter(|lock| {
                lock.account_id == row.id && lock.until_on.is_none_or(|until| until >= today)
            });
            AccountView {
                id: row.id,
                version: row.version,
                external_id: row.external_id.clone(),
                name: row.name.clone(),
                domain: row.domain.clone(),
                owner: row
                    .owner_id
                    .and_then(|id| owners.get(&id))
                    .map(PersonRef::from),
                employees: row.employees,
                terms: tags.remove(&row.id.0).unwrap_or_default(),
                health: row.health.filter(|_| internal),
                nps: row.nps.filter(|_| internal),
                has_open_escalation: internal.then_some(row.has_open_escalation),
                has_payment_dispute: internal.then_some(row.has_payment_dispute),
                locks: locks
                    .map(|lock| LockView {
                        id: lock.id,
                        reason: internal.then_some(lock.reason),
                        from: lock.from_on,
                        until: lock.until_on,
                        note: lock.note.clone().filter(|_| internal),
                    })
                    .collect(),
                advocates_count: advocates.get(&row.id).copied().unwrap_or(0),
                can_edit: edit.reaches(row.owner_id),
                sees_uses: policy::sees(actor, FieldClass::UsageHistory, standing),
            }
        })
        .collect())
}
