//! What the index is told of the records: rows of the store as facts of the matching room.

use domain::{
    content::{ContentStatus, consent_stands},
    time::Day,
};
use matching::{Item, Profile};
use storage::projection::{Library, People};

use crate::member::{self, grouped};
pub(super) use crate::taxonomy::stored::taxonomy_of;

pub(super) fn profiles(people: &People) -> Vec<Profile> {
    let mut members = member::members(people);
    let quotes = grouped(
        people
            .content
            .iter()
            .filter(|row| row.status == ContentStatus::Approved),
        |row| row.advocate_id,
    );
    people
        .people
        .iter()
        .filter_map(|person| {
            let mut text: Vec<&str> = [&person.headline, &person.story]
                .into_iter()
                .filter_map(Option::as_deref)
                .collect();
            text.extend(person.outcomes.iter().map(String::as_str));
            for content in quotes.get(&Some(person.id)).into_iter().flatten() {
                text.push(&content.title);
                text.extend(content.body.as_deref());
            }
            Some(Profile {
                advocate: person.id,
                account: person.account_id,
                contact: person.contact_id,
                terms: person.terms.clone(),
                text: text.join("\n"),
                member: members.remove(&person.id)?,
                verified_on: person.verified_on,
                restricted: person.is_restricted,
            })
        })
        .collect()
}

pub(super) fn items(library: &Library, today: Day) -> Vec<Item> {
    let tags = grouped(&library.tags, |tag| tag.record_id);
    let consents = grouped(&library.consents, |row| row.advocate_id);
    let consented = |row: &storage::content::Content| {
        let record: Vec<_> = row
            .advocate_id
            .and_then(|id| consents.get(&id))
            .into_iter()
            .flatten()
            .map(|entry| entry.rule())
            .collect();
        consent_stands(&record, row.kind, today)
    };
    library
        .content
        .iter()
        .map(|row| Item {
            content: row.id,
            account: row.account_id,
            advocate: row.advocate_id,
            terms: tags
                .get(&row.id.0)
                .into_iter()
                .flatten()
                .map(|held| held.term_id)
                .collect(),
            text: format!("{}\n{}", row.title, row.body.as_deref().unwrap_or_default()),
            stage: row.stage,
            embargo_until: row.embargo_until,
            expires_on: row.expires_on,
            usable: row.status == ContentStatus::Approved && consented(row),
        })
        .collect()
}
