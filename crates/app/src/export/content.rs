//! Stories, quotes and other content, with the advocate and the account they show.

use domain::id::{AdvocateId, ContentId};
use uuid::Uuid;

use super::{named::Named, ordered, sheet::Row};
use crate::{App, actor::Actor, error::Error, people};

pub(super) const FIELDS: &[&str] = &[
    "content.id",
    "content.external_id",
    "content.title",
    "content.kind",
    "content.status",
    "content.stage",
    "content.url",
    "content.text",
    "content.expires_on",
    "contact.id",
    "contact.name",
    "account.id",
    "account.name",
    "account.external_id",
];

pub(super) async fn rows(app: &App, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let wanted = ids.iter().copied().map(ContentId).collect();
    let content = storage::content::by_ids(&app.store, wanted).await?;
    let shown: Vec<AdvocateId> = content.values().filter_map(|one| one.advocate_id).collect();
    let people = people::load(app, actor, shown).await?;
    let accounts = content.values().filter_map(|one| one.account_id);
    let named = Named::load(app, accounts, std::iter::empty()).await?;
    let rows = ordered(ids, content).into_iter().map(|content| {
        let mut row = Row::default();
        row.put_word("content.id", Some(content.id));
        row.put("content.external_id", content.external_id);
        row.put("content.title", content.title);
        row.put_word("content.kind", Some(content.kind));
        row.put_word("content.status", Some(content.status));
        row.put_word("content.stage", content.stage);
        row.put("content.url", content.url);
        row.put("content.text", content.body);
        row.put("content.expires_on", content.expires_on);
        let person = content.advocate_id.and_then(|id| people.get(&id));
        if let Some(person) = person.filter(|person| person.sees_name) {
            row.put_word("contact.id", Some(person.contact.id));
            row.put("contact.name", person.contact.name.clone());
        }
        named.account(&mut row, content.account_id, None);
        row
    });
    Ok(rows.collect())
}
