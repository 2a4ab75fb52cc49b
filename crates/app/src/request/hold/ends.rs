//! How holds end, and who moves up: with the deal, the day, the customer, or the ask itself.

use domain::{
    activity::Activity,
    hold::{self as rule, HoldEnd, HoldState},
    id::{AccountId, AdvocateId, OpportunityId},
    opportunity::OpportunityStatus,
    record::Action,
    time::Day,
};
use serde_json::json;
use storage::{Tx, hold::Hold, opportunity::Opportunity};

use super::{
    super::reserve::{self, Wish},
    event, tell,
};
use crate::{App, actor::Actor, change::Changes, error::Error};

/// The deal asks for what it holds: the candidate takes the place of the hold. The caller checks
/// protection next and rolls back where it refuses.
pub(in super::super) async fn make_way(
    app: &App,
    tx: &mut Tx,
    deal: Option<&Opportunity>,
    advocate: AdvocateId,
    activity: Activity,
) -> Result<(), Error> {
    let Some(deal) = deal else { return Ok(()) };
    let own = storage::hold::Filter {
        opportunity: Some(deal.id),
        advocate: Some(advocate),
        ..storage::hold::Filter::default()
    };
    for row in storage::hold::open(tx, &own).await? {
        if row.activity == activity {
            storage::account::guard(tx, row.account_id).await?;
            end(app, tx, row, HoldEnd::Requested, false).await?;
        }
    }
    Ok(())
}

/// Which customers may not be asked any more.
pub(crate) struct Gone<'a> {
    pub advocates: &'a [AdvocateId],
    pub accounts: &'a [AccountId],
    /// Only this activity; all where there is none.
    pub activity: Option<Activity>,
    /// Only what is planned for this day or later; all where there is none.
    pub from: Option<Day>,
}

/// Ends what is held of customers who may not be asked. The caller holds the locks of the accounts.
pub(crate) async fn end_unavailable(app: &App, tx: &mut Tx, gone: Gone<'_>) -> Result<(), Error> {
    let (advocates, accounts) = (gone.advocates.to_vec(), gone.accounts.to_vec());
    for row in storage::hold::open_of_any(tx, advocates, accounts).await? {
        let is_gone = gone.activity.is_none_or(|only| only == row.activity)
            && gone.from.is_none_or(|from| row.planned_on >= from);
        if is_gone {
            end(app, tx, row, HoldEnd::Unavailable, true).await?;
        }
    }
    Ok(())
}

/// Ends what a deal holds that has closed or slipped with this write.
pub(crate) async fn judge_deal(app: &App, tx: &mut Tx, deal: OpportunityId) -> Result<(), Error> {
    let of_deal = storage::hold::Filter {
        opportunity: Some(deal),
        ..storage::hold::Filter::default()
    };
    let rows = storage::hold::open(tx, &of_deal).await?;
    let mut accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    for account in &accounts {
        storage::account::guard(tx, *account).await?;
    }
    for account in accounts {
        judge(app, tx, account).await?;
    }
    Ok(())
}

/// Judges every hold on an account again, for the clock. Whether any moved.
pub(in super::super) async fn of_account(app: &App, account: AccountId) -> Result<bool, Error> {
    let mut tx = app.begin(&Actor::system()).await?;
    storage::account::guard(&tx, account).await?;
    if judge(app, &mut tx, account).await? {
        tx.commit().await?;
        return Ok(true);
    }
    tx.roll_back().await?;
    Ok(false)
}

/// Ends what is over on an account and lets the next move up; under the account's lock.
async fn judge(app: &App, tx: &mut Tx, account: AccountId) -> Result<bool, Error> {
    let today = app.clock.today();
    let rows = storage::hold::open_on(tx, vec![account]).await?;
    let ids = rows.iter().map(|row| row.opportunity_id).collect();
    let deals = storage::opportunity::by_ids(tx, ids).await?;
    let mut moved = false;
    for row in rows {
        let deal = deals.get(&row.opportunity_id);
        let terms = rule::Terms {
            expires_on: row.expires_on,
            planned_on: row.planned_on,
            close_on: row.close_on,
        };
        let now = rule::DealNow {
            is_open: deal.is_some_and(|deal| deal.status == OpportunityStatus::Open),
            close_on: deal.and_then(|deal| deal.close_on),
        };
        if let Some(because) = rule::ended_by_itself(terms, now, today) {
            end(app, tx, row, because, true).await?;
            moved = true;
        }
    }
    Ok(move_up(app, tx, account).await? || moved)
}

/// Lets those who wait have what is free now, in their order. Whether anybody moved.
pub(super) async fn move_up(app: &App, tx: &mut Tx, account: AccountId) -> Result<bool, Error> {
    let mut waiting = storage::hold::open_on(tx, vec![account]).await?;
    waiting.retain(|row| row.state == HoldState::Waiting);
    let ids = waiting.iter().map(|row| row.opportunity_id).collect();
    let deals = storage::opportunity::by_ids(tx, ids).await?;
    let mut moved = false;
    for mut row in waiting {
        let prospect = deals
            .get(&row.opportunity_id)
            .and_then(|deal| deal.account_id);
        let wish = Wish {
            advocate: row.advocate_id,
            activity: row.activity,
            day: row.planned_on,
            prospect,
            candidate: None,
        };
        if !reserve::check(app, tx, &wish)
            .await?
            .verdict
            .refusals
            .is_empty()
        {
            continue;
        }
        let before = std::mem::replace(&mut row.state, HoldState::Held);
        storage::hold::save(tx, &mut row).await?;
        let mut changes = Changes::default();
        changes.note("state", &before, &row.state);
        tx.record(event(Action::Moved, &row).detail(changes.into_detail()));
        let body = format!(
            "The customer you waited for is held for your deal until {}.",
            row.expires_on
        );
        tell(app, tx, &row, "A hold is yours", &body).await?;
        moved = true;
    }
    Ok(moved)
}

pub(super) async fn end(
    app: &App,
    tx: &mut Tx,
    mut row: Hold,
    because: HoldEnd,
    tells_holder: bool,
) -> Result<(), Error> {
    let before = std::mem::replace(&mut row.state, HoldState::Ended);
    row.ended_at = Some(tx.now());
    row.ended_because = Some(because);
    storage::hold::save(tx, &mut row).await?;
    let mut changes = Changes::default();
    changes.note("state", &before, &row.state);
    tx.record(event(Action::Closed, &row).detail(changes.beside(json!({ "because": because }))));
    if tells_holder {
        tell(app, tx, &row, "A hold is over", why(because)).await?;
    }
    Ok(())
}

fn why(because: HoldEnd) -> &'static str {
    match because {
        HoldEnd::Requested => "The deal asked for it.",
        HoldEnd::GivenBack => "The program team gave it back.",
        HoldEnd::Expired => "Its last day is over. Hold again, or ask.",
        HoldEnd::DealClosed => "The deal is closed.",
        HoldEnd::DealSlipped => "The deal closes later than it did. Hold again for the new day.",
        HoldEnd::Unavailable => "The customer may not be asked any more.",
    }
}
