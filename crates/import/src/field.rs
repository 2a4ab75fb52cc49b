//! What a field is: its name, what it holds and which column headings mean it.

use serde::Serialize;

use crate::{
    catalog,
    kind::Kind,
    words::{self, WordList},
};

/// A field that a column may feed. The part before the dot names the record it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    pub name: &'static str,
    /// The name people read.
    pub label: &'static str,
    pub value: ValueKind,
    /// Whether several columns may feed it: texts and terms add up, of anything else the first
    /// filled one counts.
    pub several: bool,
    /// Column headings that mean it.
    #[serde(skip)]
    pub(crate) aliases: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum ValueKind {
    Text,
    /// Paragraphs; blank lines are kept.
    LongText,
    /// A statement a line.
    Lines,
    /// The name of a person: never taken for "nothing".
    PersonName,
    /// The key of a record in another system; Salesforce ids are brought to 18 characters.
    Id,
    Email,
    Phone,
    /// A web address or a bare domain.
    Url,
    Day,
    Money,
    Currency,
    Whole {
        min: i64,
        max: i64,
    },
    /// A head count, also from `900 Globally` or `1,001-5,000` (the first number).
    Count,
    YesNo,
    Word {
        #[serde(skip)]
        list: Words,
    },
    Words {
        #[serde(skip)]
        list: Words,
    },
    /// Terms of the facet with this key.
    Terms {
        facet: &'static str,
    },
    List,
}

/// A closed list of words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Words(pub(crate) WordList);

impl Words {
    /// The stored forms.
    pub fn all(self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(word, _)| *word)
    }

    pub(crate) fn find(self, written: &str) -> Option<&'static str> {
        words::find(self.0, written)
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.all()).finish()
    }
}

impl Field {
    /// The record that the field belongs to: `account` of `account.parent.name`.
    pub fn record(&self) -> &'static str {
        self.name.split(['.', ':']).next().unwrap_or(self.name)
    }
}

/// The field of this name: one of the catalogue, or the terms of a facet that a program added.
/// Whether there is such a facet is the caller's to know.
pub fn find(kind: Kind, name: &str) -> Option<&'static Field> {
    let known = catalog::fields(kind)
        .iter()
        .find(|field| field.name == name);
    known.or_else(|| catalog::added::find(kind, name))
}
