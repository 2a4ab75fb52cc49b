//! Fields for the facets that a program added: `terms:compliance`, for whatever can be tagged.
//!
//! Which facets there are is the caller's to know; here only the shape of the name is judged. A field
//! lives as long as the process, like those of the catalogue, so their number is bounded.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{fields, terms};
use crate::{field::Field, kind::Kind};

/// What the name of a field begins with that holds the terms of a facet.
pub(super) const PREFIX: &str = "terms:";

const KEY_MAX: usize = 40;
/// Facets of all programs that this process serves.
const ADDED_MAX: usize = 1_000;

static ADDED: Mutex<Option<HashMap<String, &'static Field>>> = Mutex::new(None);

/// Whether records of this kind carry terms.
pub fn is_tagged(kind: Kind) -> bool {
    fields(kind)
        .iter()
        .any(|field| field.name.starts_with(PREFIX))
}

/// The field of a facet that the catalogue does not know.
pub(crate) fn find(kind: Kind, name: &str) -> Option<&'static Field> {
    let key = name.strip_prefix(PREFIX)?;
    let begins = key.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !begins || key.len() > KEY_MAX || !key.chars().all(plain) || !is_tagged(kind) {
        return None;
    }
    let mut added = ADDED.lock().unwrap_or_else(PoisonError::into_inner);
    let added = added.get_or_insert_with(HashMap::new);
    if let Some(field) = added.get(key) {
        return Some(field);
    }
    if added.len() >= ADDED_MAX {
        return None;
    }
    let kept = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let facet = kept(key.to_owned());
    let field = terms(kept(name.to_owned()), facet, facet, "");
    let field: &'static Field = Box::leak(Box::new(field));
    added.insert(key.to_owned(), field);
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_of_the_program_has_one_field_wherever_terms_are() {
        let field = find(Kind::Accounts, "terms:compliance_need").expect("a field");
        assert_eq!(field.name, "terms:compliance_need");
        let again = find(Kind::Contacts, "terms:compliance_need").expect("a field");
        assert!(std::ptr::eq(field, again));
    }

    #[test]
    fn what_is_no_key_of_a_facet_or_of_an_untagged_kind_has_no_field() {
        for name in [
            "terms:",
            "terms:Compliance",
            "terms:a b",
            "terms:1st",
            "account.x",
        ] {
            assert!(find(Kind::Accounts, name).is_none(), "{name}");
        }
        assert!(find(Kind::Accounts, &format!("terms:{}", "a".repeat(41))).is_none());
        assert!(find(Kind::Users, "terms:compliance_need").is_none());
    }
}
