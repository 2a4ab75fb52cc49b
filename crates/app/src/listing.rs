//! Pages as callers name them: a limit and an opaque cursor in, items, a total and the next cursor out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
pub use storage::page::Page;
use storage::page::{Cursor, Key, Listed};
use uuid::Uuid;

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

    /// A page of rows that are all at hand, in an order that a change between two pages may shift:
    /// the reader goes on after the row it saw last, or from its old place when that row is gone.
    pub fn part(items: Vec<T>, page: &Page, id_of: impl Fn(&T) -> Uuid) -> Result<Self, Error> {
        let total = items.len() as u64;
        let start = match &page.after {
            None => 0,
            Some(Cursor {
                key: Key::Number(place),
                id,
            }) => items
                .iter()
                .position(|item| id_of(item) == *id)
                .map_or(usize::try_from(*place).unwrap_or(0), |at| at + 1),
            Some(_) => return Err(foreign_cursor()),
        };
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let end = start.saturating_add(limit);
        let items: Vec<T> = items.into_iter().skip(start).take(limit).collect();
        let next = items
            .last()
            .filter(|_| (end as u64) < total)
            .map(|last| Cursor {
                key: Key::Number(i64::try_from(end).unwrap_or(i64::MAX)),
                id: id_of(last),
            });
        Ok(Self::from_listed(Listed { items, total, next }))
    }

    /// A list that a rule of the program keeps short enough for one page.
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
    page_up_to(LIMIT_MAX, limit, cursor)
}

/// Like [`page`], for rows so small that a page may hold more of them.
pub fn page_up_to(most: u64, limit: Option<u64>, cursor: Option<&str>) -> Result<Page, Error> {
    let limit = limit.unwrap_or(LIMIT_DEFAULT);
    if !(1..=most).contains(&limit) {
        return Err(Error::field(
            "limit",
            format!("The limit is {limit}; it must be from 1 to {most}."),
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
    if text.len() > 4_000 {
        return Err(foreign_cursor());
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| foreign_cursor())?;
    serde_json::from_slice(&bytes).map_err(|_| foreign_cursor())
}
