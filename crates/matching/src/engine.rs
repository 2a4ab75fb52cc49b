//! The engine under the index: sets of rows, and which rows of a set score highest.
//!
//! A score is a sum of small integers, each given to one set of rows; whoever builds the sets decides
//! what they mean. The engine decides nothing about people: it knows rows, sets and numbers. Every
//! [`Kernel`] gives the same answer; [`Kernel::Portable`] is the definition, the others are faster.

mod bitmap;
mod counts;
mod kernel;
mod list;
mod rank;
mod rows;
mod selection;
mod shortfall;
mod sliced;
mod top;

pub use bitmap::{BLOCK_ROWS, Bitmap};
pub use counts::{Counting, count_by_lists, count_by_sets};
pub use kernel::Kernel;
pub use list::List;
pub use rank::{Part, SCORE_MAX, Take, rank};
pub use rows::Rows;
pub use selection::Selection;
pub use shortfall::Shortfall;
pub use top::Top;
