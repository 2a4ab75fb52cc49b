//! Terms of the taxonomy: as tags of other records, and as records of their own.

use crate::{
    field::{Field, ValueKind},
    words,
};

use super::{field, terms, word};

/// The taxonomy; every kind that can be tagged.
pub(super) const TERMS: &[Field] = &[
    terms(
        "terms:industry",
        "industry",
        "Industry",
        "industry; industries; sector; vertical; account industry; gics sector; gics \
         sub industry; customer industry; metadata industries; metadata industry; map \
         industries",
    ),
    terms(
        "terms:region",
        "region",
        "Region or country",
        "country; billing country; account country; country region; region; mailing \
         country; territory; location; office location; map location; customer \
         location; headquarters location; geography; ~shipping country; ~billing \
         country code; ~geo",
    ),
    terms(
        "terms:product",
        "product",
        "Product",
        "product; products; product name; products owned; customer solution; \
         solution; ~product family; ~license type",
    ),
    terms(
        "terms:use_case",
        "use_case",
        "Use case",
        "use case; use cases; solution area",
    ),
    terms(
        "terms:company_size",
        "company_size",
        "Company size",
        "company size; size band; employee range; segment; market segment; \
         identifier; ~tier",
    ),
    terms(
        "terms:persona",
        "persona",
        "Persona",
        "persona; job function; buying role; department; ~function",
    ),
    terms(
        "terms:seniority",
        "seniority",
        "Seniority",
        "seniority; seniority level; job level",
    ),
    terms(
        "terms:deployment",
        "deployment",
        "Deployment",
        "deployment; hosting; deployment type; partner; channel",
    ),
    terms(
        "terms:language",
        "language",
        "Language",
        "language; languages; preferred language; spoken languages",
    ),
    terms("terms:story_type", "story_type", "Story type", "story type"),
    terms(
        "terms:buyer_concern",
        "buyer_concern",
        "Buyer concern",
        "buyer concern; concern; objection; topic",
    ),
    terms("terms:tenure", "tenure", "Tenure", "tenure"),
    terms(
        "terms:relationship",
        "relationship",
        "Relationship",
        "relationship; account type; customer type; ~lifecycle stage",
    ),
];

pub(super) const TERM: &[Field] = &[
    field(
        "term.id",
        "Goodword term id",
        ValueKind::Id,
        "goodword term id",
    ),
    field(
        "term.parent.id",
        "Goodword parent term id",
        ValueKind::Id,
        "goodword parent term id",
    ),
    word(
        "term.facet",
        "Facet",
        words::FACET,
        "facet; category type; dimension; taxonomy",
    ),
    field(
        "term.name",
        "Term",
        ValueKind::Text,
        "term; term name; product name; product; name; label; ~title",
    ),
    field(
        "term.external_id",
        "Term id",
        ValueKind::Id,
        "term id; product id; product code; code; id; sku",
    ),
    field(
        "term.parent",
        "Parent term",
        ValueKind::Text,
        "parent term; parent; series; product family; family; category",
    ),
    field(
        "term.synonyms",
        "Synonyms",
        ValueKind::List,
        "synonyms; also known as; aliases; alt labels",
    ),
    field(
        "term.rank",
        "Rank",
        ValueKind::Whole {
            min: 0,
            max: 1_000_000,
        },
        "rank; order; position; sort order",
    ),
    field(
        "term.list_price",
        "List price",
        ValueKind::Money,
        "sales price; list price; price; unit price",
    ),
];
