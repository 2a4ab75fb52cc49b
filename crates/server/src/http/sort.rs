//! The way a list runs, as every list takes it.

use serde::Deserialize;
use storage::page;

/// The way a list runs; each sort has its natural one when absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Ascending,
    Descending,
}

impl From<Direction> for page::Direction {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Ascending => Self::Ascending,
            Direction::Descending => Self::Descending,
        }
    }
}
