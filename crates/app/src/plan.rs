//! Planning: how many references are enough, which ones, by when.
//!
//! Decides who may ask and loads what the formulas of the planning crate need. Refuses to know the
//! formulas themselves.

pub mod assume;
pub mod calculator;
pub mod candidates;
pub mod demand;
pub mod gaps;
pub mod goals;
pub mod needs;
mod pipeline;
pub mod scenario;
pub mod suggest;
mod supply;
pub mod targets;
pub mod verification;
pub mod what_if;

pub use pipeline::{AskPlan, DAYS_MAX, FACETS_MAX, UNKNOWN_KEY, WINDOWS_MAX};
