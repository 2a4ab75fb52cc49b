//! May an advocate be used for something on a day? Yes or no, and because of what.
//!
//! The record of consents and protection answer, in words for whoever may read that record. Refuses
//! to know who would be spoken to: conflicts with a prospect are for the ask itself.

use domain::{
    activity::Activity,
    consent::{self as rule, ConsentKind},
    id::AdvocateId,
    protection::{self, Ask, LockReason, Refusal, Rules},
    time::Day,
};
use serde::Serialize;
use storage::consent::Consent;

use super::consent::{self, ConsentView};
use crate::{
    App,
    actor::Actor,
    error::Error,
    find, member, people,
    policy::{self, Permission},
    setting,
};

/// Questions reach two years ahead, as requests do.
const DAYS_AHEAD_MAX: i64 = 730;

/// What an advocate would be used for, and when.
#[derive(Clone, Copy, Debug)]
pub struct AskMay {
    pub activity: Activity,
    /// Today or later, at most two years ahead; the first day without a rush when absent.
    pub on: Option<Day>,
}

/// The answer, with what it rests on.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MayAnswer {
    pub advocate_id: AdvocateId,
    pub display_name: String,
    pub activity: Activity,
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    pub on: Day,
    pub may: bool,
    /// Sentences: every rule in the way of a use, or the consent that a yes rests on.
    pub because: Vec<String>,
    /// The entry of the record that decides about this activity.
    pub consent: Option<ConsentView>,
    /// The notice is short, so the program team has to say yes as well.
    pub is_rush: bool,
    /// The first day from then on without anything in the way, within two years.
    pub next_free: Option<Day>,
}

/// Whether the advocate may be used; changes nothing.
pub async fn may(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    ask: AskMay,
) -> Result<MayAnswer, Error> {
    let scope = policy::require(actor, Permission::ConsentRead)?;
    storage::advocate::find(&app.store, &scope, policy::sees_restricted(actor), id)
        .await?
        .ok_or(Error::NotFound)?;
    let today = app.clock.today();
    let rules = setting::read::<Rules>(&app.store).await?.value;
    let on = ask
        .on
        .unwrap_or_else(|| find::need_by_default(&rules, ask.activity, today));
    if on < today || on > today.plus_days(DAYS_AHEAD_MAX) {
        return Err(Error::field(
            "on",
            "Choose today or a day within the next two years.",
        ));
    }
    let person = people::load(app, actor, vec![id])
        .await?
        .remove(&id)
        .ok_or(Error::NotFound)?;
    let account = person.contact.account_id.ok_or_else(|| {
        Error::MoveNotAllowed("This advocate has no account, so the limits of the customer are not known. Link the contact to an account first.".to_owned())
    })?;
    let since = today.plus_days(-member::USES_SINCE_DAYS);
    let held = storage::projection::load_accounts(&app.store, &[account], since).await?;
    let member = member::members(&held).remove(&id).ok_or(Error::NotFound)?;
    let asked = Ask {
        activity: ask.activity,
        day: on,
        today,
        prospect: None,
        except: None,
    };
    let verdict = protection::check(&rules, &member, &asked);
    let record = storage::consent::of_advocates(&app.store, vec![id]).await?;
    let entries: Vec<rule::Consent> = record.iter().map(Consent::rule).collect();
    let entry = rule::deciding(&entries, ask.activity).and_then(|place| record.get(place));
    Ok(MayAnswer {
        advocate_id: id,
        display_name: person.display_name(),
        activity: ask.activity,
        activity_label: ask.activity.label(),
        on,
        may: verdict.refusals.is_empty(),
        because: because(ask.activity, on, &verdict.refusals, entry),
        consent: entry.cloned().map(consent::view),
        is_rush: verdict.is_rush,
        next_free: verdict.next_free,
    })
}

/// An advocate as somebody names them: by the id here, or by the address of their contact.
pub async fn named(app: &App, actor: &Actor, written: &str) -> Result<AdvocateId, Error> {
    if let Ok(id) = written.parse() {
        return Ok(id);
    }
    // Whoever may not read contacts cannot find out whose address it is.
    let scope = policy::require(actor, Permission::ContactRead)?;
    let email = written.parse().map_err(|_| Error::NotFound)?;
    let found = storage::contact::find_by_email(&app.store, &email)
        .await?
        .ok_or(Error::NotFound)?;
    let contact = storage::contact::find(&app.store, &scope, found.id)
        .await?
        .ok_or(Error::NotFound)?;
    let advocates = storage::advocate::of_contacts(&app.store, vec![contact.id]).await?;
    advocates
        .into_iter()
        .next()
        .map(|row| row.id)
        .ok_or(Error::NotFound)
}

fn because(
    activity: Activity,
    on: Day,
    refusals: &[Refusal],
    entry: Option<&Consent>,
) -> Vec<String> {
    if refusals.is_empty() {
        return entry.map(given).into_iter().collect();
    }
    let mut said: Vec<String> = Vec::new();
    for refusal in refusals {
        let words = match refusal {
            Refusal::NoConsent => no_consent(on, entry),
            other => in_the_way(activity, *other),
        };
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said
}

fn what(entry: &Consent) -> String {
    entry.activity.map_or_else(
        || "everything".to_owned(),
        |only| only.label().to_lowercase(),
    )
}

fn given(entry: &Consent) -> String {
    let how = entry.channel.as_str().replace('_', " ");
    let until = match entry.valid_until {
        Some(until) => format!("until {until}"),
        None => "until it is withdrawn".to_owned(),
    };
    format!(
        "Consent to {} was recorded on {} ({how}, wording {}) and holds {until}.",
        what(entry),
        entry.recorded_at.day(),
        entry.text_version
    )
}

fn no_consent(on: Day, entry: Option<&Consent>) -> String {
    let Some(entry) = entry else {
        return "No consent to this is on record.".to_owned();
    };
    match (entry.kind, entry.valid_until) {
        (ConsentKind::Withdrawn, _) => format!(
            "Consent to {} was withdrawn on {}.",
            what(entry),
            entry.recorded_at.day()
        ),
        (ConsentKind::Given, Some(until)) if until < on => {
            format!("Consent to {} ends on {until}.", what(entry))
        }
        (ConsentKind::Given, _) => {
            format!("Consent to {} begins on {}.", what(entry), entry.valid_from)
        }
    }
}

fn in_the_way(activity: Activity, refusal: Refusal) -> String {
    let label = activity.label().to_lowercase();
    match refusal {
        Refusal::DayIsPast => "The day is over.".to_owned(),
        Refusal::NotActive(status) => {
            format!("They are {} in the program, not active.", status.as_str())
        }
        Refusal::Departed { on } => format!("They do not work for the company from {on} on."),
        Refusal::NoConsent => "No consent to this is on record.".to_owned(),
        Refusal::NotWilling => format!("They did not agree to a {label}."),
        Refusal::Locked { reason, until } => {
            let until = until.map_or_else(String::new, |until| format!(" until {until}"));
            format!("The account is locked{until}: {}.", lock_words(reason))
        }
        Refusal::Conflict(_) => "They do not speak to this company.".to_owned(),
        Refusal::AccountCap { cap, days } => {
            format!("The account gives no more than {cap} of a {label} in {days} days.")
        }
        Refusal::AdvocateCap { cap, days } => {
            format!("They give no more than {cap} uses of any kind in {days} days.")
        }
        Refusal::OwnLimit {
            limit,
            days,
            activity,
        } => {
            let what = activity.map_or("any kind", |_| "this kind");
            format!("They asked for no more than {limit} uses of {what} in {days} days.")
        }
        Refusal::Resting { until } => format!("They rest until {until}."),
    }
}

fn lock_words(reason: LockReason) -> &'static str {
    match reason {
        LockReason::OpenEscalation => "an escalation is open",
        LockReason::Renewal => "a renewal is near",
        LockReason::PaymentDispute => "a payment is disputed",
        LockReason::NpsDrop => "their satisfaction dropped",
        LockReason::OptOut => "the customer opted out",
        LockReason::Other => "another reason, told on the account",
    }
}
