//! Advocates with the person and the account behind them, masked as on the screen.

use domain::{consent::ConsentKind, id::AdvocateId, time::Day};
use storage::{advocate::Outcome, consent::Consent};
use uuid::Uuid;

use super::{ordered, sheet::Row};
use crate::{
    App,
    actor::Actor,
    advocate::consent,
    error::Error,
    member::grouped,
    people::{self, Person},
    policy::FieldClass,
};

pub(super) const FIELDS: &[&str] = &[
    "advocate.id",
    "contact.id",
    "contact.name",
    "contact.email",
    "contact.phone",
    "contact.title",
    "contact.time_zone",
    "account.id",
    "account.name",
    "account.external_id",
    "advocate.status",
    "advocate.headline",
    "advocate.story",
    "advocate.outcomes",
    "advocate.topics",
    "advocate.topics_excluded",
    "advocate.activities",
    "advocate.limit_per_year",
    "advocate.limit_per_quarter",
    "advocate.consent_given_on",
    "advocate.consent_until",
    "advocate.consent_activities",
    "advocate.restricted",
    "advocate.verified_on",
    "advocate.notes",
];

pub(super) async fn rows(app: &App, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let wanted: Vec<AdvocateId> = ids.iter().copied().map(AdvocateId).collect();
    let people = people::load(app, actor, wanted.clone()).await?;
    let outcomes = storage::advocate::outcomes(&app.store, wanted.clone()).await?;
    let mut outcomes = grouped(outcomes, |outcome| outcome.advocate_id);
    let consents = storage::consent::of_advocates(&app.store, wanted).await?;
    let mut consents = grouped(consents, |consent| consent.advocate_id);
    let today = app.clock.today();
    let rows = ordered(ids, people).into_iter().map(|person| {
        let id = person.advocate.id;
        let mut row = Row::default();
        row.put_word("advocate.id", Some(id));
        put_person(&mut row, actor, &person);
        put_profile(&mut row, outcomes.remove(&id).unwrap_or_default(), &person);
        if person.sees(actor, FieldClass::Preferences) {
            row.put("advocate.limit_per_year", person.advocate.limit_per_year);
            row.put(
                "advocate.limit_per_quarter",
                person.advocate.limit_per_quarter,
            );
        }
        if person.sees(actor, FieldClass::ConsentRecord) {
            put_consent(&mut row, &consents.remove(&id).unwrap_or_default(), today);
        }
        if person.sees(actor, FieldClass::Internal) {
            row.put("advocate.notes", person.advocate.notes.clone());
        }
        row
    });
    Ok(rows.collect())
}

/// The person as far as the reader knows them, and the account.
pub(super) fn put_person(row: &mut Row, actor: &Actor, person: &Person) {
    let contact = &person.contact;
    if person.sees_name {
        row.put_word("contact.id", Some(contact.id));
        row.put("contact.name", contact.name.clone());
    }
    if person.sees(actor, FieldClass::ContactDetails) {
        row.put_word("contact.email", contact.email.as_ref());
        row.put("contact.phone", contact.phone.clone());
    }
    row.put("contact.title", contact.title.clone());
    row.put("contact.time_zone", contact.time_zone.clone());
    let account = person.account.as_ref();
    row.put_word("account.id", account.map(|account| account.id));
    let name = account.map(|account| &account.name);
    row.put(
        "account.name",
        name.or(contact.account_written.as_ref()).cloned(),
    );
    row.put(
        "account.external_id",
        account.and_then(|account| account.external_id.clone()),
    );
}

fn put_profile(row: &mut Row, outcomes: Vec<Outcome>, person: &Person) {
    let advocate = &person.advocate;
    let topics = |lines: &str| -> Vec<String> {
        let lines = lines.split('\n').filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    row.put_word("advocate.status", Some(advocate.status));
    row.put("advocate.headline", advocate.headline.clone());
    row.put("advocate.story", advocate.story.clone());
    let outcomes = outcomes.into_iter().map(|outcome| outcome.statement);
    row.put("advocate.outcomes", outcomes.collect::<Vec<_>>());
    row.put("advocate.topics", topics(&advocate.topics_can));
    row.put("advocate.topics_excluded", topics(&advocate.topics_cannot));
    let activities = person.activities.iter();
    let activities = activities.map(|willing| willing.activity.to_string());
    row.put("advocate.activities", activities.collect::<Vec<_>>());
    if advocate.is_restricted {
        row.put("advocate.restricted", "yes");
    }
    row.put("advocate.verified_on", advocate.verified_on);
}

/// What stands today, so that another program may start from it.
fn put_consent(row: &mut Row, record: &[Consent], today: Day) {
    let summary = consent::summary(record, today);
    if !summary.valid {
        return;
    }
    let given = record
        .iter()
        .filter(|consent| consent.kind == ConsentKind::Given && consent.valid_from <= today);
    row.put(
        "advocate.consent_given_on",
        given.map(|consent| consent.valid_from).max(),
    );
    row.put("advocate.consent_until", summary.until);
    let covers_all = summary.activities.len() == domain::activity::Activity::ALL.len();
    if !covers_all {
        let activities = summary.activities.iter().map(ToString::to_string);
        row.put(
            "advocate.consent_activities",
            activities.collect::<Vec<_>>(),
        );
    }
}
