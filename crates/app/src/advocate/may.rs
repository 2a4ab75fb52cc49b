//! May an advocate be used for something on a day? Yes or no, and because of what.
//!
//! The record of consents and protection answer, in words for whoever may read that record. Refuses
//! to know who would be spoken to: conflicts with a prospect are for the ask itself.

use domain::{
    activity::Activity,
    consent::{self as rule, ConsentChannel, ConsentKind, Whereabouts},
    id::{AdvocateId, TermId},
    protection::{self, Ask, LockReason, Refusal, Rules},
    time::Day,
};
use serde::Serialize;
use storage::{Source, consent::Consent};

use super::{
    consent::{self, ConsentView},
    whereabouts,
};
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
    /// Through what; in general when absent.
    pub channel: Option<ConsentChannel>,
    /// Where, a term of the facet region; in general when absent.
    pub region: Option<TermId>,
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
    let mut member = member::members(&held).remove(&id).ok_or(Error::NotFound)?;
    let mut record = storage::consent::whole(&app.store, id).await?;
    let there = there(&app.store, ask).await?;
    record.retain(|entry| entry.reach().covers(&there));
    member.consents = record.iter().map(Consent::rule).collect();
    let asked = Ask {
        activity: ask.activity,
        day: on,
        today,
        prospect: None,
        except: None,
    };
    let verdict = protection::check(&rules, &member, &asked);
    let entry = rule::deciding(&member.consents, ask.activity).and_then(|place| record.get(place));
    let regions = whereabouts::names(&app.store, &record).await?;
    let said = entry.map(|entry| Said {
        entry,
        region: entry.region_id.and_then(|id| regions.get(&id)),
    });
    Ok(MayAnswer {
        advocate_id: id,
        display_name: person.display_name(),
        activity: ask.activity,
        activity_label: ask.activity.label(),
        on,
        may: verdict.refusals.is_empty(),
        because: because(ask.activity, on, &verdict.refusals, said.as_ref()),
        consent: entry.cloned().map(|entry| consent::view(entry, &regions)),
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

/// A region as somebody names it: its name or another word for it in the taxonomy.
pub async fn region_named(app: &App, actor: &Actor, written: &str) -> Result<TermId, Error> {
    policy::require(actor, Permission::ConsentRead)?;
    whereabouts::region_named(&app.store, written)
        .await?
        .ok_or_else(|| Error::field("region", "No region of the taxonomy is called like that."))
}

fn because(
    activity: Activity,
    on: Day,
    refusals: &[Refusal],
    entry: Option<&Said<'_>>,
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

/// An entry of the record, with what its region is called.
struct Said<'a> {
    entry: &'a Consent,
    region: Option<&'a String>,
}

/// What it is about, and where it holds.
fn what(said: &Said<'_>) -> String {
    let activity = match said.entry.activity {
        None => "everything".to_owned(),
        Some(only) => only.label().to_lowercase(),
    };
    let channel = said.entry.channel.map(channel_words);
    let channel = channel.map_or_else(String::new, |words| format!(" {words}"));
    let region = said.region.map(|name| format!(" in {name}"));
    format!("{activity}{channel}{}", region.unwrap_or_default())
}

fn channel_words(channel: ConsentChannel) -> &'static str {
    match channel {
        ConsentChannel::Conversation => "in conversations",
        ConsentChannel::Website => "on the website",
        ConsentChannel::SocialMedia => "on social media",
        ConsentChannel::Mailing => "in mailings",
        ConsentChannel::Press => "in the press",
        ConsentChannel::Event => "at events",
    }
}

async fn there(source: &impl Source, ask: AskMay) -> Result<Whereabouts, Error> {
    let regions = match whereabouts::region(source, "region", ask.region).await? {
        Some(id) => whereabouts::with_all_above(&whereabouts::taxonomy(source).await?, id),
        None => Vec::new(),
    };
    Ok(Whereabouts {
        channel: ask.channel,
        regions,
    })
}

fn given(said: &Said<'_>) -> String {
    let entry = said.entry;
    let how = entry.source.as_str().replace('_', " ");
    let until = match entry.valid_until {
        Some(until) => format!("until {until}"),
        None => "until it is withdrawn".to_owned(),
    };
    format!(
        "Consent to {} was recorded on {} ({how}, wording {}) and holds {until}.",
        what(said),
        entry.recorded_at.day(),
        entry.text_version
    )
}

fn no_consent(on: Day, entry: Option<&Said<'_>>) -> String {
    let Some(said) = entry else {
        return "No consent to this is on record.".to_owned();
    };
    let entry = said.entry;
    match (entry.kind, entry.valid_until) {
        (ConsentKind::Withdrawn, _) => format!(
            "Consent to {} was withdrawn on {}.",
            what(said),
            entry.recorded_at.day()
        ),
        (ConsentKind::Given, Some(until)) if until < on => {
            format!("Consent to {} ends on {until}.", what(said))
        }
        (ConsentKind::Given, _) => {
            format!("Consent to {} begins on {}.", what(said), entry.valid_from)
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
