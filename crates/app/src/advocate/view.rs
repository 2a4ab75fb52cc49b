//! The reference profile as a reader sees it: which field is shown, masked or left out.

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    id::{AdvocateId, ContactId},
    time::Day,
};
use serde::Serialize;

use super::{
    consent, owner_of,
    protection::Protection,
    verify::{PartFreshness, freshness},
};
use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    content::{self, ContentRow},
    error::Error,
    find::AvailabilityView,
    people::Person,
    policy::{self, FieldClass, Permission},
    tagging::TagView,
};

/// What the advocate agreed to do.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Willingness)]
pub struct WillingnessView {
    pub activity: Activity,
    #[schema(value_type = String)]
    pub label: &'static str,
    pub limit_per_year: Option<i64>,
}

/// A result with a number where there is one.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Outcome)]
pub struct OutcomeView {
    pub statement: String,
    pub value: Option<String>,
    pub unit: Option<String>,
}

/// What the advocate allows at most, as they set it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Limits {
    pub per_year: Option<i64>,
    pub per_quarter: Option<i64>,
}

/// Whether a valid consent stands today.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ConsentSummary {
    pub valid: bool,
    /// Activity types it covers today.
    pub activities: Vec<Activity>,
    /// The first day on which one of them ends.
    pub until: Option<Day>,
}

/// How often the advocate was used; months only for those who may see the history.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Usage {
    pub band: String,
    pub months: Option<Vec<MonthUses>>,
    /// Most uses in 365 days: the program's cap or the advocate's stricter own limit.
    pub limit: Option<i64>,
    /// Whether the limit is the advocate's own wish rather than the program's rule.
    pub limit_is_own: Option<bool>,
}

/// Uses in a calendar month.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MonthUses {
    /// `YYYY-MM`.
    pub month: String,
    pub uses: usize,
}

/// Contact details, or why they are not shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ContactDetails {
    pub email: Option<String>,
    pub phone: Option<String>,
    /// The day on which a mail server refused the address for good.
    pub email_refused_on: Option<Day>,
    pub masked: bool,
    /// You may ask for them by a step of its own, which is logged.
    pub can_reveal: bool,
    pub reason: Option<String>,
}

/// The reference profile as the reader may see it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Advocate)]
pub struct AdvocateView {
    pub id: AdvocateId,
    pub version: i64,
    pub contact_id: Option<ContactId>,
    pub display_name: String,
    pub name_masked: bool,
    pub title: Option<String>,
    pub account: Option<crate::account::AccountRef>,
    pub account_owner: Option<PersonRef>,
    pub status: AdvocateStatus,
    /// The first day on which they do not work for the account any more; nobody asks them from then on.
    pub left_on: Option<Day>,
    /// Where the reader may move it next.
    pub moves: Vec<AdvocateStatus>,
    pub headline: Option<String>,
    pub story: Option<String>,
    pub outcomes: Vec<OutcomeView>,
    pub topics_can: Vec<String>,
    pub topics_cannot: Vec<String>,
    pub terms: Vec<TagView>,
    pub activities: Vec<WillingnessView>,
    pub limits: Option<Limits>,
    pub time_zone: Option<String>,
    pub availability: Option<AvailabilityView>,
    pub consent: ConsentSummary,
    pub usage: Usage,
    pub contact: ContactDetails,
    /// Internal notes; disclosable to the person.
    pub notes: Option<String>,
    pub content: Vec<ContentRow>,
    /// The last day on which all of it was confirmed.
    pub verified_on: Option<Day>,
    /// Each part with the day on which it was last confirmed.
    pub freshness: Vec<PartFreshness>,
    pub is_restricted: bool,
    pub can_edit: bool,
    pub can_record_consent: bool,
}

/// Others than the owner and the program see how often in coarse bands only.
pub(super) fn band(uses: usize) -> &'static str {
    match uses {
        0 => "none",
        1..=2 => "1-2",
        3..=5 => "3-5",
        _ => "6+",
    }
}

pub(super) async fn view(
    app: &App,
    actor: &Actor,
    person: &Person,
    protection: &Protection,
) -> Result<AdvocateView, Error> {
    let row = &person.advocate;
    let edit = policy::scope(actor, Permission::AdvocateEdit).reaches(owner_of(person));
    let moves = policy::scope(actor, Permission::AdvocateMove).reaches(owner_of(person));
    let consents = storage::consent::of_advocates(&app.store, vec![row.id]).await?;
    let checks = storage::advocate::part_checks(&app.store, row.id).await?;
    let outcomes = storage::advocate::outcomes(&app.store, vec![row.id]).await?;
    let content =
        storage::content::of_advocate(&app.store, content::sight(app, actor), row.id).await?;
    let owner = match owner_of(person) {
        Some(owner) => storage::user::find(&app.store, owner).await?,
        None => None,
    };
    let preferences = person.sees(actor, FieldClass::Preferences);
    Ok(AdvocateView {
        id: row.id,
        version: row.version,
        contact_id: person.sees_name.then_some(row.contact_id),
        display_name: person.display_name(),
        name_masked: !person.sees_name,
        title: person.contact.title.clone(),
        account: person.account_ref(),
        account_owner: owner.as_ref().map(PersonRef::from),
        status: row.status,
        left_on: person.contact.left_on,
        moves: if moves {
            row.status.moves().to_vec()
        } else {
            Vec::new()
        },
        headline: row.headline.clone(),
        story: row.story.clone(),
        outcomes: outcomes.into_iter().map(outcome_view).collect(),
        topics_can: lines(&row.topics_can),
        topics_cannot: lines(&row.topics_cannot),
        terms: person.tags.clone(),
        activities: willingness_views(person, preferences),
        limits: preferences.then_some(Limits {
            per_year: row.limit_per_year,
            per_quarter: row.limit_per_quarter,
        }),
        time_zone: person.contact.time_zone.clone(),
        availability: protection.availability(person),
        consent: consent::summary(&consents, protection.today),
        usage: usage(actor, person, protection),
        contact: contact_details(actor, person),
        notes: row
            .notes
            .clone()
            .filter(|_| person.sees(actor, FieldClass::Internal)),
        content: content::rows(app, &content).await?,
        verified_on: row.verified_on,
        freshness: freshness(row.verified_on, &checks, protection.today),
        is_restricted: row.is_restricted,
        can_edit: edit,
        can_record_consent: policy::scope(actor, Permission::ConsentRecord)
            .reaches(owner_of(person)),
    })
}

fn outcome_view(row: storage::advocate::Outcome) -> OutcomeView {
    OutcomeView {
        statement: row.statement,
        value: row.value,
        unit: row.unit,
    }
}

fn willingness_views(person: &Person, with_limits: bool) -> Vec<WillingnessView> {
    let view = |willing: &storage::advocate::Willingness| WillingnessView {
        activity: willing.activity,
        label: willing.activity.label(),
        limit_per_year: willing.limit_per_year.filter(|_| with_limits),
    };
    person.activities.iter().map(view).collect()
}

fn contact_details(actor: &Actor, person: &Person) -> ContactDetails {
    let may = person.sees(actor, FieldClass::ContactDetails);
    // Others see them by asking, which is logged.
    let shown = may && policy::knows_contact(actor, person.standing);
    let email = person.contact.email.as_ref().map(ToString::to_string);
    ContactDetails {
        email: email.filter(|_| shown),
        phone: person.contact.phone.clone().filter(|_| shown),
        email_refused_on: person.contact.email_refused_on().filter(|_| shown),
        masked: !shown,
        can_reveal: may && !shown,
        reason: (!may).then(|| "Shown to you once the advocate accepts your request.".to_owned()),
    }
}

fn usage(actor: &Actor, person: &Person, protection: &Protection) -> Usage {
    let uses = protection.uses(person.advocate.id);
    let history = person.sees(actor, FieldClass::UsageHistory);
    let months = history.then(|| {
        (0..=12)
            .rev()
            .map(|back| {
                let month = month_back(protection.today, back);
                MonthUses {
                    uses: uses
                        .iter()
                        .filter(|day| day.to_string().starts_with(&month))
                        .count(),
                    month,
                }
            })
            .collect()
    });
    let cap = protection.rules.uses_per_advocate;
    let own = person.advocate.limit_per_year.filter(|own| *own < cap);
    Usage {
        band: band(uses.len()).to_owned(),
        months,
        limit: history.then_some(own.unwrap_or(cap)),
        limit_is_own: history.then_some(own.is_some()),
    }
}

/// `YYYY-MM` of the month that many months before the day's.
fn month_back(day: Day, back: i32) -> String {
    let months = i32::from(day.0.year()) * 12 + i32::from(day.0.month()) - 1 - back;
    format!(
        "{:04}-{:02}",
        months.div_euclid(12),
        months.rem_euclid(12) + 1
    )
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_back_over_the_turn_of_the_year() {
        let day: Day = "2026-02-10".parse().expect("a day");
        assert_eq!(month_back(day, 0), "2026-02");
        assert_eq!(month_back(day, 2), "2025-12");
        assert_eq!(month_back(day, 14), "2024-12");
    }
}
