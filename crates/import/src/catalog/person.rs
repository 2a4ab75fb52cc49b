//! Fields of contacts and of colleagues.

use crate::{
    field::{Field, ValueKind, Words},
    words,
};

use super::field;

pub(super) const CONTACT: &[Field] = &[
    field(
        "contact.id",
        "Goodword contact id",
        ValueKind::Id,
        "goodword contact id",
    ),
    field(
        "contact.external_id",
        "Contact id",
        ValueKind::Id,
        "contact id; person id; contact external id",
    ),
    field(
        "contact.name",
        "Contact name",
        ValueKind::PersonName,
        "contact name; full name; person name; advocate name; contact; advocate; \
         customer contact; reference contact; quotes from; customer study quotes \
         attribution; spokesperson; author; authored by; ~map authored by; \
         ~attribution; ~speaker; ~director",
    ),
    field(
        "contact.first_name",
        "First name",
        ValueKind::PersonName,
        "first name; given name; person first name; contact first name; forename",
    ),
    field(
        "contact.last_name",
        "Last name",
        ValueKind::PersonName,
        "last name; surname; family name; person last name; contact last name",
    ),
    field(
        "contact.email",
        "Contact e-mail",
        ValueKind::Email,
        "email; email address; contact email; e mail; person email work; work email; \
         person email; person email home; ~private email address; ~private e mail \
         address",
    ),
    field(
        "contact.email_refused_on",
        "Address refused on",
        ValueKind::Day,
        "address refused on; email refused on; email bounced date; email bounced on; bounced on; \
         hard bounced on; hard bounce date",
    ),
    field(
        "contact.phone",
        "Contact phone",
        ValueKind::Phone,
        "phone; phone number; contact phone; person phone; telephone; mobile phone; \
         mobile phone number; mobile; ~whatsapp phone number",
    ),
    field(
        "contact.title",
        "Job title",
        ValueKind::Text,
        "job title; contact title; customer study quotes attribution title; position; \
         ~title; ~role",
    ),
    field(
        "contact.time_zone",
        "Time zone",
        ValueKind::Text,
        "time zone; timezone",
    ),
    field(
        "contact.left_on",
        "Left the company on",
        ValueKind::Day,
        "left on; left the company; left the company on; left company on; departed on; departure date; \
         date left",
    ),
];

pub(super) const USER: &[Field] = &[
    field(
        "user.id",
        "Goodword user id",
        ValueKind::Id,
        "goodword user id",
    ),
    field(
        "user.external_id",
        "User id",
        ValueKind::Id,
        "user id; employee id; owner id; employee number",
    ),
    field(
        "user.name",
        "Name",
        ValueKind::PersonName,
        "full name; user; user name; sales agent; sales rep; employee; owner name; \
         seller; owner",
    ),
    field(
        "user.first_name",
        "First name",
        ValueKind::PersonName,
        "first name; given name",
    ),
    field(
        "user.last_name",
        "Last name",
        ValueKind::PersonName,
        "last name; surname; family name",
    ),
    field(
        "user.email",
        "E-mail",
        ValueKind::Email,
        "email; email address; e mail; user email; work email",
    ),
    field(
        "user.role",
        "Role",
        ValueKind::Words {
            list: Words(words::ROLE),
        },
        "role; roles; goodword role; user role; profile",
    ),
    field(
        "user.team",
        "Team",
        ValueKind::Text,
        "team; hubspot team; sales team; department; group; division",
    ),
    field(
        "user.office",
        "Office",
        ValueKind::Text,
        "office; regional office; location; region; site",
    ),
    field(
        "manager.id",
        "Goodword manager id",
        ValueKind::Id,
        "goodword manager id",
    ),
    field(
        "manager.external_id",
        "Manager id",
        ValueKind::Id,
        "manager id",
    ),
    field(
        "manager.email",
        "Manager e-mail",
        ValueKind::Email,
        "manager email; manager e mail",
    ),
    field(
        "manager.name",
        "Manager name",
        ValueKind::Text,
        "manager; manager name; reports to; supervisor",
    ),
];
