//! What a row says about an advocate, with the person and the content it may bring along.

use domain::{
    activity::Activity,
    consent::{ConsentKind, ConsentSource},
    id::{AdvocateId, ContactId},
    record::RecordKind,
};
use storage::{
    advocate::{Advocate, Outcome, Willingness},
    consent::Consent,
};

use super::{
    contact, content,
    desk::{Desk, Effect, OF_PERSON, put},
    shelf::Key,
    values::Values,
};
use crate::clock::new_id;

/// The wording that an imported consent refers to: the one the customer's file records.
const TEXT_VERSION: &str = "import";

/// Decides a row of an advocates file. Without a person in it the row gives its content alone.
pub(crate) fn decide(desk: &mut Desk, values: Values<'_>, row: usize) -> Result<Effect, String> {
    let company = contact::account_of(desk, values);
    let person = contact::beside(desk, values, &company);
    let mut effect = company.effect;
    let mut advocate = None;
    match person {
        Some((contact, of_person)) => {
            let of_advocate = membership(desk, values, contact, row);
            effect.created |= of_advocate.created;
            effect.changed |= of_person.created || of_person.changed || of_advocate.changed;
            effect.repeats |= of_advocate.repeats;
            advocate = by_contact(desk, contact);
        }
        None if company.id.is_some() && content::names_any(values) => {}
        None => desk.note(
            row,
            "The row names no person, so no advocate was made of it. Add a name to nominate \
             somebody.",
        ),
    }
    let of_content = content::beside(desk, values, row, advocate, company.id);
    effect.created |= of_content.created;
    effect.changed |= of_content.changed;
    Ok(effect)
}

fn by_contact(desk: &Desk, contact: ContactId) -> Option<AdvocateId> {
    let key = Key::Of(contact.0);
    desk.advocates.known_by(&key).next().map(|known| known.id)
}

fn membership(desk: &mut Desk, values: Values<'_>, contact: ContactId, row: usize) -> Effect {
    let own_id: Option<AdvocateId> = values.id("advocate.id");
    let by_id = own_id.filter(|id| {
        let row = desk.advocates.row(id.0);
        row.is_some_and(|row| row.contact_id == contact)
    });
    let (id, created) = match by_id.or_else(|| by_contact(desk, contact)) {
        Some(id) => (id, false),
        None => {
            let id: AdvocateId = new_id();
            let mut advocate = Advocate::nominated(id, contact, desk.run.now);
            advocate.status = domain::advocate::AdvocateStatus::Vetting;
            advocate.source = Some("import".to_owned());
            desk.advocates.add(advocate);
            (id, true)
        }
    };
    let repeats = desk.repeats(id.0, row);
    let fills_only = repeats && !created;
    let mut changed = describe(desk, values, id, fills_only);
    for (facet, written) in values.terms() {
        if !OF_PERSON.contains(&facet) || values.is_export() {
            let record = (RecordKind::Advocate, id.0);
            changed |= desk.set_terms(record, facet, written, fills_only);
        }
    }
    if !fills_only {
        changed |= activities(desk, values, id);
        changed |= outcomes(desk, values, id);
    }
    // An export says again what is on record; that is no new consent.
    if created || !values.is_export() {
        changed |= consents(desk, values, id);
    }
    Effect {
        created,
        changed,
        repeats,
    }
}

fn describe(desk: &mut Desk, values: Values<'_>, id: AdvocateId, fills_only: bool) -> bool {
    let lines = |field: &str| values.list(field).map(|list| list.join("\n"));
    desk.advocates.edit(id.0, |advocate| {
        if let Some(status) = values.word("advocate.status")
            && !fills_only
        {
            advocate.status = status;
        }
        let text = |field: &str| values.text(field).map(str::to_owned);
        put(
            &mut advocate.headline,
            text("advocate.headline"),
            fills_only,
        );
        // A file may close a profile to sellers; only a person opens it again.
        advocate.is_restricted |= values.yes("advocate.restricted");
        put(&mut advocate.story, text("advocate.story"), fills_only);
        put(&mut advocate.notes, text("advocate.notes"), fills_only);
        for (field, topics) in [
            ("advocate.topics", &mut advocate.topics_can),
            ("advocate.topics_excluded", &mut advocate.topics_cannot),
        ] {
            if let Some(given) = lines(field)
                && (!fills_only || topics.is_empty())
            {
                *topics = given;
            }
        }
        put(
            &mut advocate.limit_per_year,
            values.whole("advocate.limit_per_year"),
            fills_only,
        );
        put(
            &mut advocate.limit_per_quarter,
            values.whole("advocate.limit_per_quarter"),
            fills_only,
        );
        put(
            &mut advocate.verified_on,
            values.day("advocate.verified_on"),
            fills_only,
        );
    })
}

/// What the advocate agreed to do: the activities of the row, and those consented to.
fn activities(desk: &mut Desk, values: Values<'_>, id: AdvocateId) -> bool {
    let wanted = values.words("advocate.activities").or_else(|| {
        let consented = values.words("advocate.consent_activities");
        consented.filter(|_| !values.is_export())
    });
    let Some(mut wanted): Option<Vec<Activity>> = wanted else {
        return false;
    };
    wanted.sort_unstable();
    wanted.dedup();
    let known = desk.sides.willingness.entry(id.0).or_default();
    let mut held: Vec<Activity> = known.iter().map(|row| row.activity).collect();
    held.sort_unstable();
    if held == wanted {
        return false;
    }
    let before = std::mem::take(known);
    *known = wanted
        .into_iter()
        .map(|activity| Willingness {
            advocate_id: id,
            activity,
            limit_per_year: before
                .iter()
                .find(|row| row.activity == activity)
                .and_then(|row| row.limit_per_year),
        })
        .collect();
    let changed = &mut desk.sides.changed_willingness;
    changed.entry(id.0).or_insert(before);
    true
}

fn outcomes(desk: &mut Desk, values: Values<'_>, id: AdvocateId) -> bool {
    let Some(statements) = values.list("advocate.outcomes") else {
        return false;
    };
    let known = desk.sides.outcomes.entry(id.0).or_default();
    let same = known.len() == statements.len()
        && known
            .iter()
            .zip(&statements)
            .all(|(outcome, statement)| outcome.statement == *statement);
    if same {
        return false;
    }
    let before = std::mem::take(known);
    *known = (0..)
        .zip(statements)
        .map(|(position, statement)| Outcome {
            advocate_id: id,
            position,
            statement,
            value: None,
            unit: None,
        })
        .collect();
    let changed = &mut desk.sides.changed_outcomes;
    changed.entry(id.0).or_insert(before);
    true
}

/// Adds the consent that the row records, once: the record is append-only, and a consent that
/// was withdrawn since then does not come back with the same file.
fn consents(desk: &mut Desk, values: Values<'_>, id: AdvocateId) -> bool {
    let given_on = values.day("advocate.consent_given_on");
    let until = values.day("advocate.consent_until");
    let only: Option<Vec<Activity>> = values.words("advocate.consent_activities");
    if given_on.is_none() && until.is_none() && only.is_none() {
        return false;
    }
    let activities: Vec<Option<Activity>> = match only {
        Some(only) if !only.is_empty() => only.into_iter().map(Some).collect(),
        Some(_) | None => vec![None],
    };
    let mut added = false;
    for activity in activities {
        let known = desk.sides.consents.entry(id.0).or_default();
        let repeats = known.iter().any(|consent| {
            consent.kind == ConsentKind::Given
                && consent.source == ConsentSource::Import
                && consent.activity == activity
                && consent.valid_until == until
                && given_on.is_none_or(|day| consent.valid_from == day)
        });
        if repeats {
            continue;
        }
        let consent = Consent {
            id: new_id(),
            advocate_id: id,
            kind: ConsentKind::Given,
            activity,
            source: ConsentSource::Import,
            text_version: TEXT_VERSION.to_owned(),
            valid_from: given_on.unwrap_or(desk.run.today),
            valid_until: until,
            recorded_by: desk.run.recorded_by,
            recorded_at: desk.run.now,
            agrees_ahead: false,
            channel: None,
            region_id: None,
        };
        known.push(consent.clone());
        desk.sides.new_consents.push(consent);
        added = true;
    }
    added
}
