//! Forecast accuracy: what was forecast on the first day of past quarters, knowing what was known on it, held against
//! what deals asked for.

use std::collections::BTreeMap;

use domain::time::Day;
use planning::demand::{Held, held};
use serde::Serialize;

use super::{
    calculator::{name_of, quarter_start},
    pipeline::{self, AskPlan, Pipeline},
};
use crate::{App, actor::Actor, error::Error, once::Cause, policy, policy::Permission};

/// Quarters that are looked back on; the running one is none of them.
pub const QUARTERS: usize = 4;

const FORMULA: &str = "Forecast = the demand as of the quarter's first day, by the rates and deals known on it, with the band that holds 8 of 10 cases. Which close date a deal had then is not kept, so its need is placed by how long deals take. Asked = references that deals open on that day asked for, needed in the quarter, at the latest day of the deal's requests; what deals that began later asked for stands beside it, since no forecast could know them";

/// Past forecasts against what came.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ForecastAccuracy {
    /// Names of the facets that the segments are cut by.
    pub facets: Vec<String>,
    /// The last four quarters that are over, the newest first.
    pub quarters: Vec<ForecastQuarter>,
    pub formula: String,
}

/// A quarter's forecast, in the whole and by segment.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ForecastQuarter {
    /// 2026-Q3.
    pub quarter: String,
    pub from: Day,
    /// The first day after it.
    pub to: Day,
    pub whole: ForecastHeld,
    /// By falling expectation, the unknown segment last; those without any forecast or ask are left out.
    pub segments: Vec<SegmentHeld>,
}

/// What was forecast in references, and what came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ForecastHeld {
    pub expected: f64,
    pub low: f64,
    pub high: f64,
    /// References that deals open on the first day asked for.
    pub asked: u32,
    /// Whether they lie in the band.
    pub holds: bool,
    /// References that deals asked for which began later.
    pub asked_later: u32,
}

/// The same of one segment.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SegmentHeld {
    pub key: String,
    pub labels: Vec<String>,
    pub is_unknown: bool,
    #[serde(flatten)]
    pub held: ForecastHeld,
}

impl From<&Held> for ForecastHeld {
    fn from(held: &Held) -> Self {
        Self {
            expected: held.forecast.expected,
            low: held.forecast.low,
            high: held.forecast.high,
            asked: held.came,
            holds: held.holds(),
            asked_later: held.later,
        }
    }
}

/// Holds past forecasts of the deals in the actor's reach against what came; worked out once for all who reach the
/// same.
pub async fn get(app: &App, actor: &Actor, ask: &AskPlan) -> Result<ForecastAccuracy, Error> {
    let whole = AskPlan {
        window_ends: Vec::new(),
        as_of: None,
        with_goals: false,
        ..ask.clone()
    };
    let pipeline = pipeline::read(app, actor, &whole).await?;
    let cause = Cause {
        version: pipeline.ground.version,
        today: app.clock.today(),
        scope: policy::require(actor, Permission::OpportunityRead)?,
        ask: whole,
    };
    let work = async { Ok(judged(&pipeline)) };
    let found = app.plans.accuracies.get(cause, work).await?;
    Ok(ForecastAccuracy::clone(&found))
}

fn judged(pipeline: &Pipeline) -> ForecastAccuracy {
    let assumptions = pipeline::asked::pure(&pipeline.assumptions, &[]);
    let mut to = quarter_start(pipeline.forecast.as_of);
    let mut quarters = Vec::with_capacity(QUARTERS);
    for _ in 0..QUARTERS {
        let from = quarter_start(to.plus_days(-1));
        let (whole, segments) = held(
            &pipeline.deals,
            &pipeline.learned_from,
            &assumptions,
            from,
            to,
        );
        quarters.push(ForecastQuarter {
            quarter: name_of(from),
            from,
            to,
            whole: ForecastHeld::from(&whole),
            segments: told(pipeline, &segments),
        });
        to = from;
    }
    let facets = pipeline.facets.iter();
    let facets = facets.filter_map(|facet| pipeline.taxonomy.facet(*facet));
    ForecastAccuracy {
        facets: facets.map(|facet| facet.name.clone()).collect(),
        quarters,
        formula: FORMULA.to_owned(),
    }
}

fn told(pipeline: &Pipeline, segments: &BTreeMap<Option<u32>, Held>) -> Vec<SegmentHeld> {
    let known = segments.iter();
    let known = known.filter(|(_, held)| held.forecast.high > 0.0 || held.came + held.later > 0);
    let mut told: Vec<SegmentHeld> = known
        .map(|(segment, held)| SegmentHeld {
            key: pipeline.key(*segment),
            labels: pipeline.labels(*segment),
            is_unknown: segment.is_none(),
            held: ForecastHeld::from(held),
        })
        .collect();
    told.sort_by(|one, other| {
        let last = one.is_unknown.cmp(&other.is_unknown);
        let expected = other.held.expected.total_cmp(&one.held.expected);
        last.then(expected).then_with(|| one.key.cmp(&other.key))
    });
    told
}
