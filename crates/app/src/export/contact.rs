//! Contacts, with the accounts they belong to.

use domain::id::ContactId;
use uuid::Uuid;

use super::{named::Named, ordered, sheet::Row};
use crate::{App, error::Error};

pub(super) const FIELDS: &[&str] = &[
    "contact.id",
    "contact.external_id",
    "contact.name",
    "contact.email",
    "contact.email_refused_on",
    "contact.phone",
    "contact.title",
    "contact.time_zone",
    "contact.left_on",
    "account.id",
    "account.name",
    "account.external_id",
];

pub(super) async fn rows(app: &App, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let wanted = ids.iter().copied().map(ContactId).collect();
    let contacts = storage::contact::by_ids(&app.store, wanted).await?;
    let accounts = contacts.values().filter_map(|contact| contact.account_id);
    let named = Named::load(app, accounts, std::iter::empty()).await?;
    let rows = ordered(ids, contacts).into_iter().map(|contact| {
        let mut row = Row::default();
        row.put_word("contact.id", Some(contact.id));
        row.put("contact.email_refused_on", contact.email_refused_on());
        row.put("contact.external_id", contact.external_id);
        row.put("contact.name", contact.name);
        row.put_word("contact.email", contact.email);
        row.put("contact.phone", contact.phone);
        row.put("contact.title", contact.title);
        row.put("contact.time_zone", contact.time_zone);
        row.put("contact.left_on", contact.left_on);
        named.account(
            &mut row,
            contact.account_id,
            contact.account_written.as_ref(),
        );
        row
    });
    Ok(rows.collect())
}
