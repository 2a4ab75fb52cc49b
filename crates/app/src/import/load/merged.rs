//! Marks of merged records, under which files go on to name the record that they went into.

use domain::{
    id::{AccountId, ContactId},
    record::RecordKind,
    text::EmailAddress,
};
use storage::Source;

use crate::{
    error::Error,
    import::{desk::Desk, shelf::Key},
};

/// Lets the marks of merged accounts stand for the accounts that they are part of.
pub(super) async fn accounts(
    desk: &mut Desk,
    source: &impl Source,
    ids: Vec<String>,
    names: Vec<String>,
    domains: Vec<String>,
) -> Result<(), Error> {
    let kind = RecordKind::Account;
    let aliases = storage::merge::aliases(source, kind, ids, names, domains).await?;
    let ends = aliases
        .iter()
        .map(|alias| alias.winner_id.into())
        .collect::<Vec<AccountId>>();
    let rows = storage::account::by_ids(source, ends).await?;
    desk.accounts.put_all(rows.into_values().collect());
    for alias in aliases {
        let marks = [
            alias.external_id.map(Key::External),
            Some(Key::Name(alias.name_folded)),
            alias.mark.map(Key::Domain),
        ];
        for mark in marks.into_iter().flatten() {
            desk.accounts.stand_for(mark, alias.winner_id);
        }
    }
    Ok(())
}

/// Lets the ids and addresses of merged contacts stand for the contacts that they are part of.
pub(super) async fn contacts(
    desk: &mut Desk,
    source: &impl Source,
    ids: Vec<String>,
    emails: Vec<EmailAddress>,
) -> Result<(), Error> {
    let kind = RecordKind::Contact;
    let emails = emails.iter().map(ToString::to_string).collect();
    let aliases = storage::merge::aliases(source, kind, ids, Vec::new(), emails).await?;
    let ends = aliases
        .iter()
        .map(|alias| alias.winner_id.into())
        .collect::<Vec<ContactId>>();
    let rows = storage::contact::by_ids(source, ends).await?;
    desk.contacts.put_all(rows.into_values().collect());
    for alias in aliases {
        let marks = [
            alias.external_id.map(Key::External),
            alias.mark.map(Key::Email),
        ];
        for mark in marks.into_iter().flatten() {
            desk.contacts.stand_for(mark, alias.winner_id);
        }
    }
    Ok(())
}
