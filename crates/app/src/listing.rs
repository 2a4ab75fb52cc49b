//! Pages as callers name them: a limit and an opaque cursor in, items, a total and the next cursor out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use storage::page::{Cursor, Listed, Page};

use crate::error::Error;

mod fields;
mod filter;
mod ids;

use fields::Reader;
pub(crate) use fields::{Chosen, chosen, list_of};
pub use fields::{ListField, fields};
pub(crate) use ids::ids;

/// How a reader narrowed and sorted a list, as it stands in an address.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Part of a name, as typed.
    pub text: Option<String>,
    /// Conditions in groups, as JSON.
    pub filter: Option<String>,
    /// The key of a field.
    pub sort: Option<String>,
    /// The way that is natural for the field when absent.
    pub direction: Option<storage::page::Direction>,
}

/// Rows on a page when the caller does not say.
pub const LIMIT_DEFAULT: u64 = 50;
pub const LIMIT_MAX: u64 = 200;

/// A page of a list, with how many there are in all.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct List<T> {
    pub items: Vec<T>,
    pub total: u64,
    /// Pass it as `cursor` to read on; absent on the last page.
    pub next_cursor: Option<String>,
}

impl<T> List<T> {
    pub fn from_listed(listed: Listed<T>) -> Self {
        Self {
            items: listed.items,
            total: listed.total,
            next_cursor: listed.next.as_ref().map(encode),
        }
    }

    /// A list that is always short enough for one page.
    pub fn whole(items: Vec<T>) -> Self {
        Self {
            total: items.len() as u64,
            items,
            next_cursor: None,
        }
    }
}

/// Reads a caller's limit and cursor; nothing is silently clamped.
pub fn page(limit: Option<u64>, cursor: Option<&str>) -> Result<Page, Error> {
    let limit = limit.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(Error::field(
            "limit",
            format!("The limit is {limit}; it must be from 1 to {LIMIT_MAX}."),
        ));
    }
    Ok(Page {
        limit,
        after: cursor.map(decode).transpose()?,
    })
}

pub fn encode(cursor: &Cursor) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor).unwrap_or_default())
}

/// A cursor that this list did not give out.
pub(crate) fn foreign_cursor() -> Error {
    Error::field(
        "cursor",
        "The cursor is not one that a list gave out. Start from the first page.",
    )
}

fn decode(text: &str) -> Result<Cursor, Error> {
    let broken = foreign_cursor;
    if text.len() > 4_000 {
        return Err(broken());
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
    serde_json::from_slice(&bytes).map_err(|_| broken())
}
