//! What a row says about a person at a customer.

use domain::{
    id::{AccountId, ContactId},
    record::RecordKind,
    text::fold,
};
use import::kind::Kind;
use storage::contact::Contact;
use uuid::Uuid;

use super::{
    account::{self, Beside},
    desk::{Desk, Effect, OF_ACCOUNT, OF_PERSON, put},
    shelf::Key,
    values::Values,
};
use crate::clock::new_id;

/// Decides a row of a contacts file.
pub(crate) fn decide(desk: &mut Desk, values: Values<'_>, row: usize) -> Result<Effect, String> {
    let beside = account_of(desk, values);
    let (id, created) = find_or_create(desk, values, &beside)
        .ok_or("The row names nobody. Give the contact a name or an e-mail address.")?;
    let repeats = desk.repeats(id.0, row);
    let external_id = values.text("contact.external_id");
    let mark = match (external_id, values.email("contact.email")) {
        (Some(external_id), _) => Some(Key::External(external_id.to_owned())),
        (None, email) => email.map(|email| Key::Email(email.to_string())),
    };
    let merged = mark.is_some_and(|mark| desk.contacts.is_merged(&mark));
    let fills_only = (repeats || merged) && !created;
    let changed = describe(desk, values, id, &beside, fills_only);
    Ok(Effect {
        created,
        changed: changed || beside.effect.changed,
        repeats,
    })
}

/// The person whom a row of advocates or content names, created when new; none when it names none.
pub(crate) fn beside(
    desk: &mut Desk,
    values: Values<'_>,
    company: &Beside,
) -> Option<(ContactId, Effect)> {
    let (id, created) = find_or_create(desk, values, company)?;
    let fills_only = !created;
    let told_already = values.is_export() && !created;
    let changed = !told_already && describe(desk, values, id, company, fills_only);
    let effect = Effect {
        created,
        changed,
        repeats: false,
    };
    Some((id, effect))
}

/// The account a row names, or that of the person's e-mail domain where it names none.
pub(crate) fn account_of(desk: &mut Desk, values: Values<'_>) -> Beside {
    let beside = account::beside(desk, values);
    if beside.id.is_some() || beside.written.is_some() || values.is_export() {
        return beside;
    }
    let domain = values.email("contact.email").map(|email| email.domain());
    Beside {
        id: desk.find_account(None, None, domain),
        ..beside
    }
}

/// The person known by external id, e-mail address, or name at the account.
pub(crate) fn find(desk: &Desk, values: Values<'_>, company: &Beside) -> Option<ContactId> {
    let id: Option<ContactId> = values.id("contact.id");
    if let Some(id) = id.filter(|id| desk.contacts.row(id.0).is_some()) {
        return Some(id);
    }
    let external_id = values.text("contact.external_id");
    let email = values.email("contact.email");
    let by_external =
        external_id.and_then(|id| desk.contacts.known_by(&Key::External(id.to_owned())).next());
    let by_email = || {
        let key = Key::Email(email?.to_string());
        desk.contacts.known_by(&key).next()
    };
    let by_name = || {
        let folded = fold(values.text("contact.name")?);
        desk.contacts.known_by(&Key::Name(folded)).find(|known| {
            let same_company = match company.id {
                Some(id) => known.account_id == Some(id),
                None => known.account_id.is_none() && known.account_written == company.written,
            };
            let other_email = email.is_some() && known.email.is_some();
            let other_id = external_id.is_some() && known.external_id.is_some();
            same_company && !other_email && !other_id
        })
    };
    by_external
        .or_else(by_email)
        .or_else(by_name)
        .map(|known| known.id)
}

fn find_or_create(
    desk: &mut Desk,
    values: Values<'_>,
    company: &Beside,
) -> Option<(ContactId, bool)> {
    if let Some(id) = find(desk, values, company) {
        return Some((id, false));
    }
    let name = values
        .text("contact.name")
        .or_else(|| values.text("contact.email"))?;
    let id: ContactId = new_id();
    desk.contacts.add(Contact::named(id, name, desk.run.now));
    Some((id, true))
}

fn describe(
    desk: &mut Desk,
    values: Values<'_>,
    id: ContactId,
    company: &Beside,
    fills_only: bool,
) -> bool {
    let own = desk.run.kind == Kind::Contacts;
    // An address belongs to one person; an id of the other system as well.
    let email = values.email("contact.email").filter(|email| {
        let key = Key::Email(email.to_string());
        desk.contacts.known_by(&key).all(|known| known.id == id)
    });
    let text = |field: &str| values.text(field).map(str::to_owned);
    let mut changed = desk.contacts.edit(id.0, |contact| {
        put(&mut contact.external_id, text("contact.external_id"), true);
        put(&mut contact.email, email.cloned(), fills_only);
        refusal(contact, values, fills_only);
        put(&mut contact.phone, text("contact.phone"), fills_only);
        put(&mut contact.title, text("contact.title"), fills_only);
        put(
            &mut contact.time_zone,
            text("contact.time_zone"),
            fills_only,
        );
        put(
            &mut contact.left_on,
            values.day("contact.left_on"),
            fills_only,
        );
        if let Some(name) = values.text("contact.name")
            && own
            && !fills_only
            && fold(name) != contact.name_folded
        {
            contact.name = name.to_owned();
            contact.name_folded = fold(name);
        }
        place(contact, company.id, company.written.as_ref(), fills_only);
    });
    let record = (RecordKind::Contact, id.0);
    for (facet, written) in values.terms() {
        let of_company = OF_ACCOUNT.contains(&facet) && facet != "region";
        if OF_PERSON.contains(&facet) || (own && (!of_company || values.is_export())) {
            changed |= desk.set_terms(record, facet, written, fills_only);
        }
    }
    if values.is_export() {
        return changed;
    }
    changed | persona(desk, values, record, fills_only)
}

/// A refusal is of the address in the same row; of another one that they have it says nothing.
fn refusal(contact: &mut Contact, values: Values<'_>, fills_only: bool) {
    let (Some(day), Some(email)) = (
        values.day("contact.email_refused_on"),
        values.email("contact.email"),
    ) else {
        return;
    };
    let is_known = contact.email_refused_on().is_some() && fills_only;
    if contact.email.as_ref() == Some(email) && !is_known {
        contact.refused_email = Some(email.clone());
        contact.refused_on = Some(day);
    }
}

fn place(
    contact: &mut Contact,
    account: Option<AccountId>,
    written: Option<&String>,
    fills_only: bool,
) {
    let free = contact.account_id.is_none();
    if account.is_some() && (!fills_only || free) {
        contact.account_id = account;
        contact.account_written = None;
    } else if free {
        put(&mut contact.account_written, written.cloned(), fills_only);
    }
}

/// Persona and seniority follow from the job title where no column gives them.
fn persona(
    desk: &mut Desk,
    values: Values<'_>,
    record: (RecordKind, Uuid),
    fills_only: bool,
) -> bool {
    let Some(title) = values.text("contact.title") else {
        return false;
    };
    let (persona, seniority) = desk.mapper.persona(title);
    let mut changed = false;
    for (facet, term) in [("persona", persona), ("seniority", seniority)] {
        if let Some(term) = term.filter(|_| !values.says(facet))
            && let Some(name) = desk.mapper.name_of(term).map(str::to_owned)
        {
            changed |= desk.set_terms(record, facet, &[name], fills_only);
        }
    }
    changed
}
