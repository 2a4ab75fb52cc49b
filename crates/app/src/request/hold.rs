//! Uses that are kept for a deal before anybody asks for them, and the queue of who waits for one.
//!
//! A hold counts like a reservation and goes through the same door. It ends with its last day, when
//! the deal closes or slips, when the customer may not be asked, and when the deal asks: the candidate
//! stands in its place. Who waits moves up in the order in which they came.

use domain::{
    activity::Activity,
    hold::{HOLDS_PER_DEAL_MAX, HoldEnd, HoldState},
    id::{AdvocateId, HoldId, OpportunityId},
    notice::UpdateKind,
    protection::{Refusal, Rules},
    record::{Action, RecordKind},
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::{NewEvent, Tx, hold::Hold, opportunity::Opportunity};

use super::{
    gate,
    notify::{self, Attention, Message},
    reserve::{self, Wish},
    submit,
};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::{Error, same_version},
    find,
    idempotency::{self, CreateKey},
    policy::{self, Permission},
    setting,
};

mod ends;
mod view;

pub(crate) use ends::{Gone, end_unavailable, judge_deal};
use ends::{end, move_up};
pub(super) use ends::{make_way, of_account};
pub use view::{HoldView, ListHolds, get, list};

/// A use to put by stays within this many days from today.
const PLANNED_DAYS_MAX: i64 = 365;
/// No hold lasts longer without being asked for again.
const HOLD_DAYS_MAX: i64 = 90;
/// More do not wait for one customer: the last would wait in vain.
const QUEUE_MAX: usize = 20;

/// A use that a deal expects to need.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutBy {
    /// Open, and with a day on which it is expected to close.
    pub opportunity_id: OpportunityId,
    pub advocate_id: AdvocateId,
    pub activity: Activity,
    /// The day of the use: with the notice that the activity needs, before the deal closes, and at most
    /// a year ahead.
    pub planned_on: Day,
    /// The last day of the hold, at most 90 days ahead and no later than the use; the program's
    /// number of days when absent.
    pub expires_on: Option<Day>,
}

/// Puts a use by, or waits for it behind the holds of others.
///
/// # Errors
/// [`Error::NoUseLeft`] where waiting would not help either, [`Error::GateClosed`] for a deal that may
/// not ask for the activity, [`Error::MoveNotAllowed`] beyond three holds of a deal.
pub async fn put_by(
    app: &App,
    actor: &Actor,
    ask: PutBy,
    key: Option<&CreateKey>,
) -> Result<HoldId, Error> {
    let holder = submit::requester(actor)?;
    let advocate = seen(app, actor, ask.advocate_id).await?;
    let mut tx = app.begin(actor).await?;
    let deal = submit::deal(&tx, actor, Some(ask.opportunity_id))
        .await?
        .ok_or(Error::NotFound)?;
    let (close_on, expires_on) = days(app, &tx, &deal, &ask).await?;
    let wish = Wish {
        advocate,
        activity: ask.activity,
        day: ask.planned_on,
        prospect: deal.account_id,
        candidate: None,
    };
    let reservation = reserve::check(app, &tx, &wish).await?;
    at_most_once(&tx, &ask).await?;
    let queue = storage::hold::open_on(&tx, vec![reservation.account]).await?;
    let refusals = &reservation.verdict.refusals;
    let state = if refusals.is_empty() {
        HoldState::Held
    } else if may_wait(refusals, &queue) {
        HoldState::Waiting
    } else {
        tx.roll_back().await?;
        return Err(reserve::refusal(app, actor, &wish, reservation, Some(&deal)).await?);
    };
    let row = Hold {
        id: new_id(),
        version: 1,
        opportunity_id: deal.id,
        advocate_id: advocate,
        account_id: reservation.account,
        activity: ask.activity,
        state,
        planned_on: ask.planned_on,
        expires_on,
        close_on,
        held_by: holder,
        created_at: tx.now(),
        ended_at: None,
        ended_because: None,
    };
    idempotency::claim(&tx, key, row.id).await?;
    storage::hold::insert(&tx, row.clone()).await?;
    tx.record(event(Action::Created, &row).detail(json!({
        "state": row.state, "activity": row.activity, "planned_on": row.planned_on, "expires_on": row.expires_on,
    })));
    tx.commit().await?;
    Ok(row.id)
}

/// An advocate whom the actor may read.
async fn seen(app: &App, actor: &Actor, id: AdvocateId) -> Result<AdvocateId, Error> {
    let scope = policy::require(actor, Permission::AdvocateRead)?;
    storage::advocate::find(&app.store, &scope, policy::sees_restricted(actor), id)
        .await?
        .map(|found| found.id)
        .ok_or_else(|| Error::field("advocate_id", "There is no such advocate in your reach."))
}

/// When the deal is to close and the hold to end, where all days and gates allow it.
async fn days(app: &App, tx: &Tx, deal: &Opportunity, ask: &PutBy) -> Result<(Day, Day), Error> {
    let today = app.clock.today();
    let Some(close_on) = deal.close_on.filter(|day| *day >= today) else {
        return Err(Error::field(
            "opportunity_id",
            "A hold is for a deal in the forecast. Say first when this one is expected to close.",
        ));
    };
    let rules = setting::read::<Rules>(tx).await?.value;
    let closed = gate::closed(tx, &rules, ask.activity, Some(deal)).await?;
    if !closed.is_empty() {
        return Err(Error::GateClosed {
            why: closed.join(" "),
            may_override: false,
        });
    }
    let first = find::first_day_without_rush(&rules, ask.activity, today);
    if ask.planned_on < first {
        return Err(Error::field(
            "planned_on",
            format!(
                "{first} is the first day with the notice that this needs. Choose it or a later day, or ask now."
            ),
        ));
    }
    let last = close_on.min(today.plus_days(PLANNED_DAYS_MAX));
    if ask.planned_on > last {
        return Err(Error::field(
            "planned_on",
            format!("Choose a day until {last}: later, the use cannot help this deal."),
        ));
    }
    let program = setting::read::<setting::Program>(tx).await?.value;
    let usual = today.plus_days(i64::from(program.hold_days));
    let expires_on = ask.expires_on.unwrap_or(usual.min(ask.planned_on));
    let last = today.plus_days(HOLD_DAYS_MAX).min(ask.planned_on);
    if !(today..=last).contains(&expires_on) {
        return Err(Error::field(
            "expires_on",
            format!("Choose a day from today to {last}."),
        ));
    }
    Ok((close_on, expires_on))
}

/// A deal holds a customer once, and not more than a few.
async fn at_most_once(tx: &Tx, ask: &PutBy) -> Result<(), Error> {
    let of_deal = storage::hold::Filter {
        opportunity: Some(ask.opportunity_id),
        ..storage::hold::Filter::default()
    };
    let open = storage::hold::open(tx, &of_deal).await?;
    let is_same = |row: &&Hold| row.advocate_id == ask.advocate_id && row.activity == ask.activity;
    if let Some(same) = open.iter().find(is_same) {
        return Err(Error::MoveNotAllowed(format!(
            "This deal holds the same until {} already.",
            same.expires_on
        )));
    }
    if open.len() >= HOLDS_PER_DEAL_MAX {
        return Err(Error::MoveNotAllowed(format!(
            "This deal has {HOLDS_PER_DEAL_MAX} holds already. Give one back first."
        )));
    }
    Ok(())
}

/// Waiting helps where only time stands in the way and somebody's hold may end before.
fn may_wait(refusals: &[Refusal], queue: &[Hold]) -> bool {
    refusals.iter().all(|refusal| refusal.passes_with_time())
        && queue.iter().any(|row| row.state == HoldState::Held)
        && queue.len() < QUEUE_MAX
}

/// Gives a use back before its day; who waits moves up.
pub async fn give_back(app: &App, actor: &Actor, id: HoldId, version: i64) -> Result<(), Error> {
    let scope = policy::require(actor, Permission::RequestCreate)?;
    let mut tx = app.begin(actor).await?;
    let found = storage::hold::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    storage::account::guard(&tx, found.account_id).await?;
    let row = storage::hold::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if row.state == HoldState::Ended {
        return Err(Error::MoveNotAllowed(
            "This hold is over already.".to_owned(),
        ));
    }
    let (account, holder) = (row.account_id, row.held_by);
    end(
        app,
        &mut tx,
        row,
        HoldEnd::GivenBack,
        !policy::is_self(actor, holder),
    )
    .await?;
    move_up(app, &mut tx, account).await?;
    tx.commit().await?;
    Ok(())
}

async fn tell(app: &App, tx: &Tx, row: &Hold, title: &str, body: &str) -> Result<(), Error> {
    let message = Message {
        attention: Attention::Update(UpdateKind::Hold),
        about: Some((RecordKind::Opportunity, row.opportunity_id.0)),
        title,
        body,
        path: format!("/opportunities/{}", row.opportunity_id),
    };
    notify::tell(app, tx, &[row.held_by], &message).await
}

/// On the timelines of the deal, the advocate and the account, which is read anew for matching.
fn event(action: Action, row: &Hold) -> NewEvent {
    NewEvent::new(action, RecordKind::Hold, row.id)
        .link(RecordKind::Opportunity, row.opportunity_id)
        .link(RecordKind::Advocate, row.advocate_id)
        .link(RecordKind::Account, row.account_id)
}
