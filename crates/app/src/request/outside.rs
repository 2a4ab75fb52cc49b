//! "I used X on deal Y": a use that no request led to, logged afterwards.
//!
//! It took place, so it counts like every other: in caps, rests, load and influence. What stood in
//! its way is said and told to those who look after the customer; it does not undo what happened.
//! Refuses to know how names are hidden; `people` does.

use domain::{
    access::Role,
    activity::Activity,
    id::{AccountId, AdvocateId, OpportunityId, UseId},
    notice::UpdateKind,
    protection::Refusal,
    record::{Action, RecordKind},
    reference_use::{Grade, UseChannel, UseOutcome},
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Tx,
    account::Account,
    advocate::Advocate,
    opportunity::Opportunity,
    page::Page,
    reference_use::{self, ReferenceUse},
};

use super::{
    notify::{self, Attention, Message},
    reserve::{self, Wish},
};
use crate::{
    App,
    account::standing,
    actor::Actor,
    change,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, FieldClass, Permission},
};

mod view;

pub use view::DealUse;
use view::{is_fresh, views};

/// Older uses come by an import, where somebody looks at them as a whole.
const DAYS_BACK_MAX: i64 = 365;

/// A use that a colleague knows of.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogUse {
    pub advocate_id: AdvocateId,
    /// Sellers name the deal; a stakeholder's use may have none.
    pub opportunity_id: Option<OpportunityId>,
    pub activity: Activity,
    /// When it took place: today or up to 365 days ago.
    pub used_on: Day,
    /// How well it worked, from 1 to 5.
    pub grade: Option<Grade>,
    pub comment: Option<String>,
}

/// A use that was just logged.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LoggedUse {
    #[serde(rename = "use")]
    pub used: DealUse,
    /// What stood in its way on that day, told this once; empty when nothing did.
    pub went_past: Vec<String>,
}

/// Records a use that took place outside the system.
pub async fn log(
    app: &App,
    actor: &Actor,
    ask: LogUse,
    key: Option<&CreateKey>,
) -> Result<LoggedUse, Error> {
    policy::require(actor, Permission::UseLog)?;
    check_day(ask.used_on, app.clock.today())?;
    let comment = ask
        .comment
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| change::text("comment", text, 1, 4_000))
        .transpose()?;
    let mut tx = app.begin(actor).await?;
    let advocate = crate::advocate::find_for(&tx, actor, Permission::AdvocateRead, ask.advocate_id)
        .await
        .map_err(no_advocate)?;
    let deal = deal(&tx, actor, ask.opportunity_id).await?;
    let wish = Wish {
        advocate: advocate.id,
        activity: ask.activity,
        day: ask.used_on,
        prospect: deal.as_ref().and_then(|deal| deal.account_id),
        candidate: None,
    };
    let (account, refusals) = reserve::stood_in_the_way(app, &tx, &wish).await?;
    let account = storage::account::by_ids(&tx, vec![account])
        .await?
        .remove(&account)
        .ok_or(Error::NotFound)?;
    needs_a_deal(actor, deal.as_ref(), &account)?;
    not_on_record(&tx, &ask).await?;
    let used = ReferenceUse {
        id: new_id(),
        version: 1,
        external_id: None,
        candidate_id: None,
        advocate_id: advocate.id,
        account_id: account.id,
        activity: ask.activity,
        opportunity_id: deal.as_ref().map(|deal| deal.id),
        used_on: ask.used_on,
        outcome: None,
        grade_seller: ask.grade.map(Into::into),
        grade_advocate: None,
        grade_buyer: None,
        comment,
        recorded_by: actor.user_id(),
        created_at: tx.now(),
        channel: UseChannel::Outside,
        fit_seller: None,
        fit_advocate: None,
        fit_buyer: None,
        expected_fit: None,
        comment_advocate: None,
        comment_buyer: None,
        thanked_on: None,
        call_id: None,
    };
    idempotency::claim(&tx, key, used.id).await?;
    let went_past = went_past(&refusals);
    tx.record(event(Action::Used, &used).detail(json!({
        "used_on": used.used_on, "grade": used.grade_seller, "comment": used.comment, "went_past": went_past,
    })));
    reference_use::insert(&tx, used.clone()).await?;
    tell(app, &tx, actor, &advocate, &account, &went_past).await?;
    tx.commit().await?;
    Ok(LoggedUse {
        used: one(app, actor, used).await?,
        went_past,
    })
}

/// What an earlier log with the same key recorded.
pub async fn earlier(app: &App, actor: &Actor, id: UseId) -> Result<LoggedUse, Error> {
    let used = reference_use::find(&app.store, id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(LoggedUse {
        used: one(app, actor, used).await?,
        went_past: Vec::new(),
    })
}

/// Takes a logged use off the record again: by who logged it within a day, by the program at any time.
pub async fn take_back(app: &App, actor: &Actor, id: UseId, version: i64) -> Result<(), Error> {
    let scope = policy::require(actor, Permission::UseLog)?;
    let mut tx = app.begin(actor).await?;
    let used = reference_use::find(&tx, id)
        .await?
        .filter(|used| scope.reaches(used.recorded_by))
        .ok_or(Error::NotFound)?;
    same_version(used.version, version)?;
    if used.channel != UseChannel::Outside {
        return Err(Error::MoveNotAllowed(
            "Only a use that was logged from outside the system can be taken back. Correct this one where it was recorded.".to_owned(),
        ));
    }
    if !is_fresh(&scope, &used, tx.now()) {
        return Err(Error::MoveNotAllowed(
            "A logged use can be taken back within a day. Ask the program team to take it back now.".to_owned(),
        ));
    }
    storage::account::guard(&tx, used.account_id).await?;
    reference_use::remove(&tx, &used).await?;
    tx.record(event(Action::TakenBack, &used).detail(json!({ "used_on": used.used_on })));
    tx.commit().await?;
    Ok(())
}

/// What was used on a deal, latest first.
pub async fn of_opportunity(
    app: &App,
    actor: &Actor,
    id: OpportunityId,
    page: &Page,
) -> Result<List<DealUse>, Error> {
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    storage::opportunity::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut rows = reference_use::on_opportunity(&app.store, id, page).await?;
    let views = views(app, actor, std::mem::take(&mut rows.items)).await?;
    Ok(List::from_listed(rows.with_items(views)))
}

/// What customers of an account gave, latest first.
///
/// # Errors
/// [`Error::Forbidden`] for those who are told only how often somebody was used.
pub async fn of_account(
    app: &App,
    actor: &Actor,
    id: AccountId,
    page: &Page,
) -> Result<List<DealUse>, Error> {
    let scope = policy::require(actor, Permission::AccountRead)?;
    let account = storage::account::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    if !policy::sees(actor, FieldClass::UsageHistory, standing(actor, &account)) {
        return Err(Error::Forbidden);
    }
    let mut rows = reference_use::of_account(&app.store, id, page).await?;
    let views = views(app, actor, std::mem::take(&mut rows.items)).await?;
    Ok(List::from_listed(rows.with_items(views)))
}

fn check_day(used_on: Day, today: Day) -> Result<(), Error> {
    let message = if used_on > today {
        "A use is logged once it has taken place. Choose today or an earlier day.".to_owned()
    } else if used_on < today.plus_days(-DAYS_BACK_MAX) {
        format!("Choose a day within the last {DAYS_BACK_MAX} days. Older uses come by an import.")
    } else {
        return Ok(());
    };
    Err(Error::field("used_on", message))
}

/// A wrong choice in the form, not a missing page.
fn no_advocate(error: Error) -> Error {
    match error {
        Error::NotFound => Error::field(
            "advocate_id",
            "There is no such advocate. Choose one from the list.",
        ),
        other => other,
    }
}

async fn deal(
    tx: &Tx,
    actor: &Actor,
    id: Option<OpportunityId>,
) -> Result<Option<Opportunity>, Error> {
    let Some(id) = id else { return Ok(None) };
    let scope = policy::require(actor, Permission::UseLog)?;
    let deal = storage::opportunity::find(tx, &scope, id).await?;
    deal.map(Some).ok_or_else(|| {
        Error::field(
            "opportunity_id",
            "There is no such deal of yours. Choose one from the list.",
        )
    })
}

/// Sellers used it on a deal; press, analysts, events and a customer's own owner need none.
fn needs_a_deal(actor: &Actor, deal: Option<&Opportunity>, account: &Account) -> Result<(), Error> {
    let owns = account
        .owner_id
        .is_some_and(|owner| policy::is_self(actor, owner) && actor.has(Role::Owner));
    if deal.is_some() || owns || actor.has(Role::Stakeholder) || actor.has(Role::Program) {
        return Ok(());
    }
    Err(Error::field(
        "opportunity_id",
        "Choose the deal on which the reference was used.",
    ))
}

/// Refuses what is on record already, and what an open request is about to record.
async fn not_on_record(tx: &Tx, ask: &LogUse) -> Result<(), Error> {
    let same_day = reference_use::on_days(tx, vec![ask.advocate_id], vec![ask.used_on]).await?;
    let is_known = same_day.iter().any(|used| {
        used.activity == ask.activity
            && used.opportunity_id == ask.opportunity_id
            && used.outcome != Some(UseOutcome::NoShow)
    });
    if is_known {
        return Err(Error::Conflict(
            "This use is on record already: the same advocate, activity, deal and day.".to_owned(),
        ));
    }
    if ask.opportunity_id.is_none() {
        return Ok(());
    }
    let open = storage::candidate::open_of_advocate(tx, ask.advocate_id).await?;
    let of_activity = open
        .into_iter()
        .filter(|row| row.activity == ask.activity && row.state.reveals_contact());
    let requests = of_activity.map(|row| row.request_id).collect();
    let requests = storage::request::by_ids(tx, requests).await?;
    if requests
        .values()
        .any(|request| request.opportunity_id == ask.opportunity_id)
    {
        return Err(Error::Conflict(
            "This advocate said yes to a request on this deal. Record the use on that request, so that it counts once.".to_owned(),
        ));
    }
    Ok(())
}

/// What stood in the way, in words that everybody who logs may read: never the customer's reasons.
fn went_past(refusals: &[Refusal]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for refusal in refusals {
        let words = match refusal {
            Refusal::DayIsPast => continue,
            Refusal::NotActive(_) => "The advocate is not active.",
            Refusal::Departed { .. } => "The advocate had left the company.",
            Refusal::NoConsent => "There was no valid consent for this on that day.",
            Refusal::NotWilling => "The advocate did not agree to this kind of activity.",
            Refusal::Locked { .. } => "The account may not be used.",
            Refusal::Conflict(_) => "The advocate does not speak to this company.",
            Refusal::AccountCap { .. } | Refusal::AdvocateCap { .. } | Refusal::OwnLimit { .. } => {
                "No use was left on that day."
            }
            Refusal::Resting { .. } => "The advocate was resting.",
        };
        if !said.iter().any(|known| known == words) {
            said.push(words.to_owned());
        }
    }
    said
}

fn event(action: Action, used: &ReferenceUse) -> NewEvent {
    let event = NewEvent::new(action, RecordKind::Use, used.id)
        .link(RecordKind::Advocate, used.advocate_id)
        .link(RecordKind::Account, used.account_id);
    match used.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}

/// The owner hears of it, and the program team when something stood in the way.
async fn tell(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    advocate: &Advocate,
    account: &Account,
    went_past: &[String],
) -> Result<(), Error> {
    let mut people: Vec<_> = account.owner_id.into_iter().collect();
    if !went_past.is_empty() {
        let team = storage::user::holding(tx, Role::Program).await?;
        people.extend(team.into_iter().map(|user| user.id));
    }
    people.retain(|person| !policy::is_self(actor, *person));
    let body = if went_past.is_empty() {
        format!(
            "{} was used as a reference without a request.",
            account.name
        )
    } else {
        format!(
            "{} was used as a reference without a request. {}",
            account.name,
            went_past.join(" ")
        )
    };
    let message = Message {
        attention: Attention::Update(UpdateKind::Use),
        about: Some((RecordKind::Advocate, advocate.id.0)),
        title: "A use outside the system was logged",
        body: &body,
        path: format!("/advocates/{}", advocate.id),
    };
    notify::tell(app, tx, &people, &message).await
}

async fn one(app: &App, actor: &Actor, used: ReferenceUse) -> Result<DealUse, Error> {
    views(app, actor, vec![used])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}
