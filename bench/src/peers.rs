//! The engines that ours is compared with, each in the best form that was found for it.

pub mod duckdb;
pub mod full_text;
pub mod postgres;
pub mod sql;
pub mod sqlite;

use crate::world::{Answer, Query};

/// Whatever goes wrong with a peer ends the run: a missing peer is a failure, not a skip.
pub type Failure = Box<dyn std::error::Error>;

/// One engine that has loaded the population.
pub trait Peer {
    fn name(&self) -> &'static str;

    /// The answer and the nanoseconds of processor time that it took.
    fn ask(&mut self, query: &Query) -> Result<(Answer, u64), Failure>;
}
