//! Reference uses, with the advocate, the account and the deal.

use domain::id::{AdvocateId, OpportunityId, UseId};
use uuid::Uuid;

use super::{named::Named, ordered, sheet::Row};
use crate::{App, actor::Actor, error::Error, people};

pub(super) const FIELDS: &[&str] = &[
    "use.id",
    "use.external_id",
    "use.activity",
    "use.used_on",
    "contact.id",
    "contact.name",
    "account.id",
    "account.name",
    "account.external_id",
    "opportunity.id",
    "opportunity.name",
    "opportunity.external_id",
    "use.outcome",
    "use.buyer_grade",
    "use.advocate_grade",
    "use.seller_grade",
    "use.notes",
    "use.channel",
];

pub(super) async fn rows(app: &App, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let wanted = ids.iter().copied().map(UseId).collect();
    let uses = storage::reference_use::by_ids(&app.store, wanted).await?;
    let used: Vec<AdvocateId> = uses.values().map(|one| one.advocate_id).collect();
    let people = people::load(app, actor, used).await?;
    let deals: Vec<OpportunityId> = uses.values().filter_map(|one| one.opportunity_id).collect();
    let deals = storage::opportunity::by_ids(&app.store, deals).await?;
    let accounts = uses.values().map(|one| one.account_id);
    let named = Named::load(app, accounts, std::iter::empty()).await?;
    let rows = ordered(ids, uses).into_iter().map(|used| {
        let mut row = Row::default();
        row.put_word("use.id", Some(used.id));
        row.put("use.external_id", used.external_id);
        row.put_word("use.activity", Some(used.activity));
        row.put("use.used_on", Some(used.used_on));
        let person = people.get(&used.advocate_id);
        if let Some(person) = person.filter(|person| person.sees_name) {
            row.put_word("contact.id", Some(person.contact.id));
            row.put("contact.name", person.contact.name.clone());
        }
        named.account(&mut row, Some(used.account_id), None);
        let deal = used.opportunity_id.and_then(|id| deals.get(&id));
        row.put_word("opportunity.id", deal.map(|deal| deal.id));
        row.put("opportunity.name", deal.map(|deal| deal.name.clone()));
        let external_id = deal.and_then(|deal| deal.external_id.clone());
        row.put("opportunity.external_id", external_id);
        row.put_word("use.outcome", used.outcome);
        row.put("use.buyer_grade", used.grade_buyer);
        row.put("use.advocate_grade", used.grade_advocate);
        row.put("use.seller_grade", used.grade_seller);
        row.put("use.notes", used.comment);
        row.put_word("use.channel", Some(used.channel));
        row
    });
    Ok(rows.collect())
}
