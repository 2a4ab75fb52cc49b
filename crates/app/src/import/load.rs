//! Reading what is known about a batch of rows, in a fixed number of queries.

mod merged;

use std::collections::BTreeSet;

use domain::{
    id::{AccountId, AdvocateId, ContactId, ContentId, OpportunityId, UseId},
    text::{EmailAddress, fold, web_domain},
};
use import::{kind::Kind, prepare::PreparedRow};
use storage::Source;

use super::{
    content,
    desk::{Desk, held},
    opportunity,
    values::{Values, names_company},
};
use crate::error::Error;

/// Everything by which the records of a batch may be known.
#[derive(Default)]
struct Keys {
    names_people: bool,
    /// Our own ids, as an export gives them.
    accounts: BTreeSet<AccountId>,
    contacts: BTreeSet<ContactId>,
    deals: BTreeSet<OpportunityId>,
    advocates: BTreeSet<AdvocateId>,
    content: BTreeSet<ContentId>,
    uses: BTreeSet<UseId>,
    account_ids: BTreeSet<String>,
    account_names: BTreeSet<String>,
    domains: BTreeSet<String>,
    contact_ids: BTreeSet<String>,
    contact_names: BTreeSet<String>,
    emails: BTreeSet<EmailAddress>,
    deal_ids: BTreeSet<String>,
    deal_names: BTreeSet<String>,
    content_ids: BTreeSet<String>,
    titles: BTreeSet<String>,
    use_ids: BTreeSet<String>,
    days: BTreeSet<domain::time::Day>,
}

fn put(set: &mut BTreeSet<String>, text: Option<&str>) {
    set.extend(text.map(str::to_owned));
}

fn put_folded(set: &mut BTreeSet<String>, text: Option<&str>) {
    set.extend(text.map(fold));
}

impl Keys {
    fn add(&mut self, values: Values<'_>) {
        self.accounts.extend(values.id::<AccountId>("account.id"));
        self.accounts
            .extend(values.id::<AccountId>("account.parent.id"));
        self.contacts.extend(values.id::<ContactId>("contact.id"));
        self.deals
            .extend(values.id::<OpportunityId>("opportunity.id"));
        self.advocates
            .extend(values.id::<AdvocateId>("advocate.id"));
        self.content.extend(values.id::<ContentId>("content.id"));
        self.uses.extend(values.id::<UseId>("use.id"));
        let domain = values.domain("account.website");
        let email = values.email("contact.email");
        put(&mut self.account_ids, values.text("account.external_id"));
        put(
            &mut self.account_ids,
            values.text("account.parent.external_id"),
        );
        for field in ["account.name", "account.parent.name"] {
            put_folded(&mut self.account_names, values.text(field));
        }
        if values.text("account.name").is_none() {
            put_folded(&mut self.account_names, domain.as_deref());
        }
        self.domains
            .extend(domain.filter(|domain| names_company(domain)));
        if let Some(email) = email {
            let domain = email.domain();
            if names_company(domain) {
                self.domains.insert(domain.to_owned());
            }
            self.emails.insert(email.clone());
        }
        put(&mut self.contact_ids, values.text("contact.external_id"));
        put_folded(&mut self.contact_names, values.text("contact.name"));
        put(&mut self.deal_ids, values.text("opportunity.external_id"));
        let deal = opportunity::name_of(values);
        put_folded(&mut self.deal_names, deal.as_deref());
        put(&mut self.content_ids, values.text("content.external_id"));
        self.titles.extend(content::titles(values));
        put(&mut self.use_ids, values.text("use.external_id"));
        self.days.extend(values.day("use.used_on"));
        self.names_people |= ["owner", "manager", "user"].iter().any(|record| {
            ["id", "external_id", "email", "name"]
                .iter()
                .any(|field| values.text(&format!("{record}.{field}")).is_some())
        });
    }
}

fn listed<T>(set: BTreeSet<T>) -> Vec<T> {
    set.into_iter().collect()
}

/// Puts on the desk what the rows may be about.
pub(super) async fn load(
    desk: &mut Desk,
    source: &impl Source,
    rows: &[PreparedRow],
) -> Result<(), Error> {
    let mut keys = Keys::default();
    for row in rows {
        keys.add(Values(row));
    }
    let kind = desk.run.kind;
    if keys.names_people {
        desk.users.put_all(storage::user::everyone(source).await?);
    }
    let known = storage::account::by_ids(source, listed(keys.accounts)).await?;
    desk.accounts.put_all(known.into_values().collect());
    let (ids, names) = (listed(keys.account_ids), listed(keys.account_names));
    let domains = listed(keys.domains);
    let accounts =
        storage::account::known_by(source, ids.clone(), names.clone(), domains.clone()).await?;
    desk.accounts.put_all(accounts);
    merged::accounts(desk, source, ids, names, domains).await?;
    if matches!(
        kind,
        Kind::Contacts | Kind::Advocates | Kind::Content | Kind::Uses
    ) {
        let (ids, emails) = (listed(keys.contact_ids), listed(keys.emails));
        let names = listed(keys.contact_names);
        let contacts =
            storage::contact::known_by(source, ids.clone(), emails.clone(), names).await?;
        desk.contacts.put_all(contacts);
        merged::contacts(desk, source, ids, emails).await?;
        let known = storage::contact::by_ids(source, listed(keys.contacts)).await?;
        desk.contacts.put_all(known.into_values().collect());
    }
    if matches!(kind, Kind::Opportunities | Kind::Uses) {
        let deals =
            storage::opportunity::known_by(source, listed(keys.deal_ids), listed(keys.deal_names));
        desk.opportunities.put_all(deals.await?);
        let known = storage::opportunity::by_ids(source, listed(keys.deals)).await?;
        desk.opportunities.put_all(known.into_values().collect());
    }
    if matches!(kind, Kind::Advocates | Kind::Content) {
        let content =
            storage::content::known_by(source, listed(keys.content_ids), listed(keys.titles));
        desk.content.put_all(content.await?);
        let known = storage::content::by_ids(source, listed(keys.content)).await?;
        desk.content.put_all(known.into_values().collect());
    }
    let known = storage::advocate::by_ids(source, listed(keys.advocates)).await?;
    desk.advocates.put_all(known.into_values().collect());
    load_advocates(desk, source).await?;
    if kind == Kind::Uses {
        let uses = storage::reference_use::known_by(source, listed(keys.use_ids)).await?;
        desk.uses.put_all(uses);
        let known = storage::reference_use::by_ids(source, listed(keys.uses)).await?;
        desk.uses.put_all(known.into_values().collect());
        let advocates = desk.advocates.ids().into_iter().map(AdvocateId).collect();
        let uses = storage::reference_use::on_days(source, advocates, listed(keys.days)).await?;
        desk.uses.put_all(uses);
    }
    load_tags(desk, source).await
}

async fn load_advocates(desk: &mut Desk, source: &impl Source) -> Result<(), Error> {
    let kind = desk.run.kind;
    let accounts: Vec<AccountId> = desk.accounts.ids().into_iter().map(AccountId).collect();
    if kind == Kind::Uses {
        for placed in storage::advocate::of_accounts(source, accounts).await? {
            let known = desk.sides.placed.entry(placed.account_id).or_default();
            if !known.contains(&placed) {
                known.push(placed);
            }
        }
        let only: Vec<AdvocateId> = desk
            .sides
            .placed
            .values()
            .filter_map(|placed| match placed.as_slice() {
                [one] => Some(one.id),
                _ => None,
            })
            .collect();
        let advocates = storage::advocate::by_ids(source, only).await?;
        desk.advocates.put_all(advocates.into_values().collect());
    } else {
        let unread = unread_of(desk, accounts.iter().map(|id| id.0).collect());
        let locks = storage::account::locks(source, unread).await?;
        for lock in locks {
            let known = desk.sides.locks.entry(lock.account_id.0).or_default();
            if known.iter().all(|held| held.id != lock.id) {
                known.push(lock);
            }
        }
    }
    if !matches!(kind, Kind::Advocates | Kind::Content | Kind::Uses) {
        return Ok(());
    }
    let contacts: Vec<ContactId> = desk.contacts.ids().into_iter().map(ContactId).collect();
    let advocates = storage::advocate::of_contacts(source, contacts).await?;
    desk.advocates.put_all(advocates);
    if kind != Kind::Advocates {
        return Ok(());
    }
    load_sides(desk, source).await
}

/// Puts beside the advocates on the desk what they agreed to and what they achieved.
pub(super) async fn load_sides(desk: &mut Desk, source: &impl Source) -> Result<(), Error> {
    // What a dry run decided before stays; only what was not read yet is read.
    let ids: Vec<AdvocateId> = desk
        .advocates
        .ids()
        .into_iter()
        .filter(|id| !desk.sides.willingness.contains_key(id))
        .map(AdvocateId)
        .collect();
    for id in &ids {
        desk.sides.willingness.entry(id.0).or_default();
    }
    for row in storage::advocate::willingness(source, ids.clone()).await? {
        let known = desk.sides.willingness.entry(row.advocate_id.0).or_default();
        known.push(row);
    }
    for row in storage::advocate::outcomes(source, ids.clone()).await? {
        let known = desk.sides.outcomes.entry(row.advocate_id.0).or_default();
        known.push(row);
    }
    for row in storage::consent::of_advocates(source, ids).await? {
        let known = desk.sides.consents.entry(row.advocate_id.0).or_default();
        known.push(row);
    }
    Ok(())
}

fn unread_of(desk: &Desk, ids: Vec<uuid::Uuid>) -> Vec<AccountId> {
    desk.tags
        .unread(domain::record::RecordKind::Account, ids)
        .into_iter()
        .map(AccountId)
        .collect()
}

/// Puts the terms of the records on the desk beside them.
pub(super) async fn load_tags(desk: &mut Desk, source: &impl Source) -> Result<(), Error> {
    let shelves = [
        held(&desk.accounts),
        held(&desk.contacts),
        held(&desk.opportunities),
        held(&desk.advocates),
        held(&desk.content),
    ];
    for (kind, ids) in shelves {
        let ids = desk.tags.unread(kind, ids);
        if ids.is_empty() {
            continue;
        }
        let mut rows = Vec::new();
        for batch in ids.chunks(10_000) {
            rows.extend(storage::tag::of(source, kind, batch.to_vec()).await?);
        }
        desk.tags.put_all(kind, &ids, rows);
    }
    Ok(())
}

/// Puts on the desk the accounts and colleagues that written references may mean.
pub(super) async fn load_written(
    desk: &mut Desk,
    source: &impl Source,
    accounts: Vec<String>,
    people: bool,
) -> Result<(), Error> {
    if people {
        desk.users.put_all(storage::user::everyone(source).await?);
    }
    let names = accounts.iter().map(|text| fold(text)).collect();
    let domains = accounts
        .iter()
        .filter_map(|text| web_domain(text))
        .collect();
    let (names, domains): (Vec<String>, Vec<String>) = (names, domains);
    let rows = storage::account::known_by(source, accounts.clone(), names.clone(), domains.clone())
        .await?;
    desk.accounts.put_all(rows);
    merged::accounts(desk, source, accounts, names, domains).await
}
