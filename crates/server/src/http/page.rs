//! The part of a list that a caller asks for.

use app::{
    Error,
    listing::{self, Page},
};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Rows on a page, 1 to 200; 50 when absent.
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    pub(super) fn page(&self) -> Result<Page, Error> {
        listing::page(self.limit, self.cursor.as_deref())
    }
}
