//! Every field of every kind of file, with the column headings that mean it.

mod account;
pub(crate) mod added;
mod advocacy;
mod deal;
mod person;
mod tag;

use std::sync::LazyLock;

pub use added::is_tagged;

use crate::{
    field::{Field, ValueKind, Words},
    kind::Kind,
    words,
};

/// Headings between semicolons, the most certain first; a `~` marks a doubtful one.
type Aliases = &'static str;

const fn field(
    name: &'static str,
    label: &'static str,
    value: ValueKind,
    aliases: Aliases,
) -> Field {
    let several = matches!(
        value,
        ValueKind::LongText
            | ValueKind::Lines
            | ValueKind::PersonName
            | ValueKind::Email
            | ValueKind::Phone
            | ValueKind::Terms { .. }
            | ValueKind::Words { .. }
            | ValueKind::List
    );
    Field {
        name,
        label,
        value,
        several,
        aliases,
    }
}

const fn terms(
    name: &'static str,
    facet: &'static str,
    label: &'static str,
    aliases: Aliases,
) -> Field {
    field(name, label, ValueKind::Terms { facet }, aliases)
}

const fn word(
    name: &'static str,
    label: &'static str,
    list: words::WordList,
    aliases: Aliases,
) -> Field {
    field(name, label, ValueKind::Word { list: Words(list) }, aliases)
}

/// Headings that mean a field only in a file of its own kind: `Name` in an accounts file.
const BARE: &[(Kind, &str, Aliases)] = &[
    (
        Kind::Accounts,
        "account.external_id",
        "id; record id; external id; account number; attributes reference id; ~oracle \
         id; ~anchor; ~symbol; ~key",
    ),
    (
        Kind::Accounts,
        "account.name",
        "name; security; site name; ~title",
    ),
    (Kind::Accounts, "account.website", "url; web"),
    (Kind::Accounts, "owner.name", "account owner"),
    (Kind::Accounts, "terms:relationship", "~type"),
    (
        Kind::Contacts,
        "contact.external_id",
        "id; record id; external id; rec id; attributes reference id",
    ),
    (Kind::Contacts, "contact.name", "name"),
    (Kind::Contacts, "contact.title", "title"),
    (Kind::Users, "user.external_id", "id; external id"),
    (Kind::Users, "user.name", "name"),
    (
        Kind::Opportunities,
        "opportunity.external_id",
        "id; record id; external id; attributes reference id",
    ),
    (Kind::Opportunities, "opportunity.name", "name"),
    (Kind::Advocates, "advocate.external_id", "~id; ~external id"),
    (Kind::Advocates, "account.name", "~name; ~title"),
    (Kind::Advocates, "contact.name", "name"),
    (Kind::Content, "content.external_id", "id; external id"),
    (Kind::Advocates, "content.title", "~title"),
    (Kind::Content, "content.title", "title; name"),
    (Kind::Content, "account.name", "~name; ~title"),
    (Kind::Content, "content.stage", "stage"),
    (Kind::Content, "content.status", "status"),
    (Kind::Uses, "use.external_id", "id; external id"),
];

static FIELDS: LazyLock<Vec<Vec<Field>>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| build(*kind)).collect());

fn build(kind: Kind) -> Vec<Field> {
    let parts: &[&[Field]] = match kind {
        Kind::Accounts => &[
            account::ACCOUNT,
            account::ACCOUNT_FACTS,
            account::OWNER,
            tag::TERMS,
            account::DELETED,
        ],
        Kind::Contacts => &[
            person::CONTACT,
            account::ACCOUNT,
            account::ACCOUNT_FACTS,
            account::OWNER,
            tag::TERMS,
            account::DELETED,
        ],
        Kind::Users => &[person::USER, account::DELETED],
        Kind::Opportunities => &[
            deal::OPPORTUNITY,
            account::ACCOUNT,
            account::OWNER,
            person::CONTACT,
            tag::TERMS,
            account::DELETED,
        ],
        Kind::Advocates => &[
            advocacy::ADVOCATE,
            person::CONTACT,
            advocacy::CONTENT,
            account::ACCOUNT,
            account::ACCOUNT_FACTS,
            account::OWNER,
            tag::TERMS,
            account::DELETED,
        ],
        Kind::Content => &[
            advocacy::CONTENT,
            person::CONTACT,
            account::ACCOUNT,
            account::ACCOUNT_FACTS,
            tag::TERMS,
            account::DELETED,
        ],
        Kind::Uses => &[
            advocacy::USE,
            person::CONTACT,
            account::ACCOUNT,
            deal::OPPORTUNITY_LINK,
            account::OWNER,
            account::DELETED,
        ],
        Kind::Terms => &[tag::TERM],
    };
    parts.concat()
}

/// Every field of a kind, in the order in which they are offered.
pub fn fields(kind: Kind) -> &'static [Field] {
    &FIELDS[kind as usize]
}

/// The headings of a list.
pub(crate) fn split(aliases: Aliases) -> impl Iterator<Item = &'static str> {
    aliases.split("; ")
}

/// Headings that mean the field only in this kind of file.
pub(crate) fn bare_aliases(kind: Kind, field: &str) -> impl Iterator<Item = &'static str> {
    BARE.iter()
        .filter(move |(of, name, _)| *of == kind && *name == field)
        .flat_map(|(_, _, aliases)| split(aliases))
}

/// Of each group, a row needs at least one field: otherwise nobody could tell which record it is.
pub fn required(kind: Kind) -> &'static [&'static [&'static str]] {
    match kind {
        Kind::Accounts => &[&["account.name", "account.external_id", "account.website"]],
        Kind::Contacts => &[&[
            "contact.name",
            "contact.last_name",
            "contact.first_name",
            "contact.email",
        ]],
        Kind::Users => &[&["user.name", "user.last_name", "user.email"]],
        Kind::Opportunities => &[&["opportunity.external_id", "opportunity.name"]],
        Kind::Advocates => &[&[
            "contact.name",
            "contact.last_name",
            "contact.email",
            "content.quote",
            "content.title",
            "account.name",
        ]],
        Kind::Content => &[&[
            "content.title",
            "content.url",
            "content.quote",
            "content.text",
        ]],
        Kind::Uses => &[
            &[
                "contact.email",
                "contact.name",
                "contact.external_id",
                "account.name",
                "account.external_id",
            ],
            &["use.activity"],
            &["use.used_on"],
        ],
        Kind::Terms => &[&["term.name"], &["term.facet"]],
    }
}
