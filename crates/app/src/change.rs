//! What a write changed, field by field, and the checks that every text field shares.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::error::Error;

/// Before and after by field; fields that stay the same are left out.
#[derive(Debug, Default)]
pub(crate) struct Changes(Map<String, Value>);

impl Changes {
    pub(crate) fn note<T: Serialize>(&mut self, field: &str, before: &T, after: &T) {
        let (before, after) = (json!(before), json!(after));
        if before != after {
            self.0.insert(
                field.to_owned(),
                json!({ "before": before, "after": after }),
            );
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The detail of an `updated` event.
    pub(crate) fn into_detail(self) -> Value {
        json!({ "changes": self.0 })
    }

    /// The detail of an event that notes these fields beside what changed, if anything did.
    pub(crate) fn beside(self, noted: Value) -> Value {
        let mut detail = noted;
        if !self.is_empty() {
            detail["changes"] = Value::Object(self.0);
        }
        detail
    }
}

/// Trims a text field and checks its length in characters.
pub(crate) fn text(
    field: &str,
    value: &str,
    shortest: usize,
    longest: usize,
) -> Result<String, Error> {
    let value = value.trim();
    // One engine keeps it and the other does not, so a program could not move from one to the other.
    if value.contains('\0') {
        return Err(Error::field(
            field,
            "This text holds the character NUL, which cannot be kept. Take it out.",
        ));
    }
    let length = value.chars().count();
    if length < shortest {
        return Err(Error::field(field, "Write something here."));
    }
    if length > longest {
        return Err(Error::field(
            field,
            format!("This text has {length} characters; at most {longest} fit."),
        ));
    }
    Ok(value.to_owned())
}

/// A text that may be taken away: null and a blank text both mean that there is none.
pub(crate) fn optional(
    field: &str,
    value: Option<&str>,
    longest: usize,
) -> Result<Option<String>, Error> {
    let value = text(field, value.unwrap_or_default(), 0, longest)?;
    Ok(Some(value).filter(|value| !value.is_empty()))
}

/// Tells an absent field from one that is `null`.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
