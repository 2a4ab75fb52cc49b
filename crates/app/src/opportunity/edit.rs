//! Correcting what is known of a deal.
//!
//! Decides what follows from a change: a deal that closes has a last day, a stage set by hand is no
//! longer the CRM's. Refuses to know about imports, which may say it all differently tomorrow.

use domain::{
    access::Scope,
    id::{AccountId, OpportunityId, TermId, UserId},
    money::Money,
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    record::{Action, RecordKind},
    text::fold,
    time::Day,
};
use serde::Deserialize;
use storage::{
    NewEvent, Tx,
    opportunity::{self, Opportunity},
};

use super::{MoneyView, OpportunityView, one};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    error::{Error, same_version},
    policy::{self, Permission},
    request::hold,
    tagging,
};

/// What may be changed about a deal. Absent fields stay as they are, null takes a value away.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOpportunity {
    pub name: Option<String>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<AccountId>)]
    pub account_id: Option<Option<AccountId>>,
    /// The account as a file named it; only where no account is known.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub account_raw: Option<Option<String>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<UserId>)]
    pub owner_id: Option<Option<UserId>>,
    /// The owner as a file named them; only where no owner is known.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub owner_raw: Option<Option<String>>,
    pub status: Option<OpportunityStatus>,
    pub kind: Option<OpportunityKind>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<DealStage>)]
    pub stage: Option<Option<DealStage>>,
    /// What the CRM calls the stage. A stage that is set without it is the program's own from then on.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub stage_raw: Option<Option<String>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<MoneyView>)]
    pub amount: Option<Option<MoneyView>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<Day>)]
    pub close_on: Option<Option<Day>>,
    /// When the deal entered the reference stage.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<Day>)]
    pub reference_stage_on: Option<Option<Day>>,
    /// Why this deal needs no reference; reported beside the metric. An empty text takes it away.
    pub not_needed_reason: Option<String>,
    pub is_budget_confirmed: Option<bool>,
    /// All terms that it is tagged with. Values that stand for no term stay, and so does what the CRM
    /// calls its stage.
    pub terms: Option<Vec<TermId>>,
}

pub async fn edit(
    app: &App,
    actor: &Actor,
    id: OpportunityId,
    version: i64,
    change: EditOpportunity,
) -> Result<OpportunityView, Error> {
    let scope = policy::require(actor, Permission::OpportunityEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = opportunity::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let mut changes = Changes::default();
    account(&tx, &mut row, &change, &mut changes).await?;
    owner(&tx, &mut row, &change, &mut changes).await?;
    facts(&mut row, &change, &mut changes)?;
    money(&mut row, change.amount, &mut changes)?;
    // The day that the same edit names beats the one that a step brings with it.
    let (names_close, names_reference) = (change.close_on, change.reference_stage_on);
    days(&mut row, names_close, names_reference, &mut changes);
    let today = app.clock.today();
    if let Some(stage) = change.stage {
        let written = change::optional("stage_raw", change.stage_raw.flatten().as_deref(), 200)?;
        let entered = names_reference.is_none().then_some(today);
        move_to(&mut row, stage, written, entered, &mut changes);
    }
    if let Some(status) = change.status {
        let closed = names_close.is_none().then_some(today);
        close(&mut row, status, closed, &mut changes);
    }
    let record = (RecordKind::Opportunity, id.0);
    if let Some((before, after)) = tagging::retag(app, &tx, record, change.terms).await? {
        changes.note("terms", &before, &after);
    }
    if changes.is_empty() {
        return one(app, actor, row).await;
    }
    row.updated_at = tx.now();
    opportunity::save(&tx, &mut row).await?;
    let mut event =
        NewEvent::new(Action::Updated, RecordKind::Opportunity, id).detail(changes.into_detail());
    if let Some(account) = row.account_id {
        event = event.link(RecordKind::Account, account);
    }
    tx.record(event);
    hold::judge_deal(app, &mut tx, id).await?;
    tx.commit().await?;
    one(app, actor, row).await
}

async fn account(
    tx: &Tx,
    row: &mut Opportunity,
    change: &EditOpportunity,
    changes: &mut Changes,
) -> Result<(), Error> {
    if let Some(account) = change.account_id {
        if let Some(account) = account {
            storage::account::find(tx, &Scope::Everything, account)
                .await?
                .ok_or_else(|| {
                    Error::field(
                        "account_id",
                        "There is no such account. Choose one from the list.",
                    )
                })?;
            changes.note("account_raw", &row.account_written, &None);
            row.account_written = None;
        }
        changes.note("account_id", &row.account_id, &account);
        row.account_id = account;
    }
    if let Some(written) = &change.account_raw {
        let written = named_only("account_raw", written.as_deref(), row.account_id.is_some())?;
        changes.note("account_raw", &row.account_written, &written);
        row.account_written = written;
    }
    Ok(())
}

async fn owner(
    tx: &Tx,
    row: &mut Opportunity,
    change: &EditOpportunity,
    changes: &mut Changes,
) -> Result<(), Error> {
    if let Some(owner) = change.owner_id {
        if let Some(owner) = owner {
            storage::user::find(tx, owner).await?.ok_or_else(|| {
                Error::field(
                    "owner_id",
                    "There is no such colleague. Choose one from the list.",
                )
            })?;
            changes.note("owner_raw", &row.owner_written, &None);
            row.owner_written = None;
        }
        changes.note("owner_id", &row.owner_id, &owner);
        row.owner_id = owner;
    }
    if let Some(written) = &change.owner_raw {
        let written = named_only("owner_raw", written.as_deref(), row.owner_id.is_some())?;
        changes.note("owner_raw", &row.owner_written, &written);
        row.owner_written = written;
    }
    Ok(())
}

/// A name stands in for a record that is not known; beside one that is, it would contradict it.
fn named_only(field: &str, written: Option<&str>, is_known: bool) -> Result<Option<String>, Error> {
    let written = change::optional(field, written, 300)?;
    if written.is_some() && is_known {
        return Err(Error::field(
            field,
            "Take away the one that is linked first, or leave this name out.",
        ));
    }
    Ok(written)
}

fn facts(
    row: &mut Opportunity,
    change: &EditOpportunity,
    changes: &mut Changes,
) -> Result<(), Error> {
    if let Some(name) = &change.name {
        let name = change::text("name", name, 1, 300)?;
        changes.note("name", &row.name, &name);
        row.name_folded = fold(&name);
        row.name = name;
    }
    if let Some(kind) = change.kind {
        changes.note("kind", &row.kind, &kind);
        row.kind = kind;
    }
    if let Some(reason) = &change.not_needed_reason {
        let reason = change::optional("not_needed_reason", Some(reason), 500)?;
        changes.note("not_needed_reason", &row.not_needed_reason, &reason);
        row.not_needed_reason = reason;
    }
    if let Some(is_confirmed) = change.is_budget_confirmed {
        changes.note("budget_confirmed", &row.is_budget_confirmed, &is_confirmed);
        row.is_budget_confirmed = is_confirmed;
    }
    Ok(())
}

/// The currency is that of the list price as well, which is in the same one.
fn money(
    row: &mut Opportunity,
    amount: Option<Option<MoneyView>>,
    changes: &mut Changes,
) -> Result<(), Error> {
    let Some(amount) = amount else { return Ok(()) };
    let money = amount
        .map(|amount| Money::parse(&amount.amount, amount.currency))
        .transpose()
        .map_err(|_| Error::field("amount", "Write an amount such as 1234.50."))?;
    if money.is_some_and(|money| money.minor < 0) {
        return Err(Error::field(
            "amount",
            "The amount of a deal must not be negative.",
        ));
    }
    if let (Some(list), Some(money)) = (row.list_amount(), money)
        && list.currency != money.currency
    {
        return Err(Error::field(
            "amount",
            format!(
                "The list price of this deal is in {0}. Write the amount in {0}.",
                list.currency
            ),
        ));
    }
    let view = |money: Option<Money>| money.map(MoneyView::from);
    changes.note("amount", &view(row.amount()), &view(money));
    row.amount_minor = money.map(|money| money.minor);
    row.currency = match money {
        Some(money) => Some(money.currency),
        None if row.list_minor.is_some() => row.currency,
        None => None,
    };
    Ok(())
}

fn days(
    row: &mut Opportunity,
    close_on: Option<Option<Day>>,
    reference_stage_on: Option<Option<Day>>,
    changes: &mut Changes,
) {
    if let Some(day) = close_on {
        changes.note("close_on", &row.close_on, &day);
        row.close_on = day;
    }
    if let Some(day) = reference_stage_on {
        changes.note("reference_stage_on", &row.reference_stage_on, &day);
        row.reference_stage_on = day;
    }
}

/// Moves the deal to a stage. One that reaches the reference stage for the first time enters it on
/// the day that is given.
pub(crate) fn move_to(
    row: &mut Opportunity,
    stage: Option<DealStage>,
    written: Option<String>,
    entered: Option<Day>,
    changes: &mut Changes,
) {
    changes.note("stage", &row.stage, &stage);
    changes.note("stage_raw", &row.stage_written, &written);
    let reached = stage.is_some_and(|stage| stage >= DealStage::Middle);
    if reached && row.reference_stage_on.is_none() && entered.is_some() {
        changes.note("reference_stage_on", &row.reference_stage_on, &entered);
        row.reference_stage_on = entered;
    }
    row.stage = stage;
    row.stage_written = written;
}

/// A deal that closes has its last day, unless the same edit named one.
pub(crate) fn close(
    row: &mut Opportunity,
    status: OpportunityStatus,
    closed: Option<Day>,
    changes: &mut Changes,
) {
    if status.is_closed() && !row.status.is_closed() && closed.is_some() {
        changes.note("close_on", &row.close_on, &closed);
        row.close_on = closed;
    }
    changes.note("status", &row.status, &status);
    row.status = status;
}
