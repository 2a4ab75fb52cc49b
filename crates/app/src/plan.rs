//! Planning: how many references are enough, which ones, by when.
//!
//! Decides who may ask and loads what the formulas of the planning crate need. Refuses to know the
//! formulas themselves.

use crate::{App, error::Error, once::Once};

pub mod accuracy;
pub mod assume;
pub mod calculator;
pub mod candidates;
pub mod demand;
pub mod gaps;
pub mod goals;
mod ground;
mod kept;
pub mod needs;
mod pipeline;
pub mod scenario;
pub mod suggest;
mod supply;
pub mod targets;
pub mod verification;
pub mod what_if;

/// What plans of this node stand on, and what was worked out of it last.
#[derive(Default)]
pub(crate) struct Plans {
    ground: ground::Live,
    readings: Once<AskPlan, pipeline::Reading>,
    pipelines: Once<AskPlan, pipeline::Pipeline>,
    accuracies: Once<AskPlan, accuracy::ForecastAccuracy>,
    solutions: Once<(gaps::AskGaps, bool), gaps::Solved>,
}

/// Reads what plans stand on, or follows it to the newest commit: so that nobody who plans waits for it.
pub async fn get_ready(app: &App) -> Result<(), Error> {
    app.plans.ground.now(app).await.map(drop)
}

/// Solves plans ahead where anything changed: what was asked for last, and what the screen of gaps opens with.
pub async fn solve_ahead(app: &App) -> Result<(), Error> {
    gaps::solve_ahead(app).await
}

pub use pipeline::{AskPlan, DAYS_MAX, FACETS_MAX, UNKNOWN_KEY, WINDOWS_MAX};
