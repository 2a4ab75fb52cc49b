//! The pipeline as planning reads it: deals with their segments and money, and the demand that follows
//! from them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use domain::{
    access::Scope,
    id::{FacetId, NeedId, TermId},
    money::Currency,
    opportunity::OpportunityKind,
    taxonomy::Taxonomy,
    time::Day,
};
use planning::{
    demand::{
        Assumptions, Deal, Forecast, Instead, Learned, Lessons, Misses, forecast_learned,
        forecast_missing,
    },
    goal::Period,
};
use storage::need::Need;

use super::{
    assume::PlanAssumptions,
    goals::{self, GoalWants, PlannedGoal},
    ground::{Ground, KnownDeal},
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    once::Cause,
    policy::{self, Permission},
};

pub(super) mod asked;
mod reader;
mod reading;

use asked::{pure, window_ends};
pub(super) use reader::own;
pub(super) use reading::Reading;
use reading::all_deals;

/// Facets that a plan is cut by at most.
pub const FACETS_MAX: usize = 5;
/// Windows of a plan at most.
pub const WINDOWS_MAX: usize = 53;
/// The longest look ahead, in days.
pub const DAYS_MAX: i64 = 730;

/// What a plan is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AskPlan {
    /// Keys of facets; industry and product when nothing is named.
    pub facets: Vec<String>,
    /// Ends of the windows in days from the day of the plan, rising; 30, 60, 90, 120 when absent.
    pub window_ends: Vec<i64>,
    /// The day of the plan; today when absent.
    pub as_of: Option<Day>,
    /// Kinds of deals; new and expansion when nothing is named.
    pub kinds: Vec<OpportunityKind>,
    /// A need rate to take instead of the learned ones, from 0 to 1.
    pub need_rate: Option<f64>,
    /// Let each term count as the broadest one above it: *Hospitals* as *Healthcare*.
    pub is_broad: bool,
    /// Let what kept growth goals lack in the pipeline compete with the deals for capacity.
    pub with_goals: bool,
}

/// A combination of terms: for each facet the terms that a deal carries.
pub(super) type Combination = Vec<BTreeSet<TermId>>;

/// The pipeline with everything that follows from it; what a scenario leaves as it is is shared.
#[derive(Clone)]
pub(super) struct Pipeline {
    pub taxonomy: Taxonomy,
    pub facets: Vec<FacetId>,
    pub currency: Currency,
    pub assumptions: PlanAssumptions,
    pub window_ends: Vec<i64>,
    pub ground: Arc<Ground>,
    /// The deals in reach, by id.
    pub rows: Arc<Vec<Arc<KnownDeal>>>,
    pub deals: Arc<Vec<Deal>>,
    /// Everybody's deals, whose lessons the forecast takes: few deals of one's own tell little.
    pub learned_from: Arc<Vec<Deal>>,
    /// The combination behind each segment's number.
    pub segments: Arc<Vec<Combination>>,
    pub forecast: Forecast,
    /// Open deals with an amount in a currency without a rate.
    pub without_rate: BTreeMap<Currency, (usize, i64)>,
    /// Everybody's open needs from the day of the plan on, by day: certain demand beside that of deals.
    pub needs: Arc<Vec<Need>>,
    /// Growth goals that are kept and not over.
    pub goals: Arc<Vec<PlannedGoal>>,
    /// What they lack in the pipeline, where the question has it compete with the deals for capacity.
    pub goal_wants: Arc<Vec<GoalWants>>,
    /// The win rate of a scenario, which goals take instead of the learned one.
    pub win_rate: Option<f64>,
}

/// What a part of the pipeline will ask for.
pub(super) struct PartDemand {
    /// Open deals, whenever they close.
    pub deals: usize,
    /// Their minor units, estimates included.
    pub money: u64,
    /// References that those closing in the period are expected to ask for.
    pub requests: f64,
    pub need_rate: Learned,
    pub reach_rate: Learned,
    pub references: Learned,
}

/// The pipeline in the actor's reach with the demand that follows from it, worked out once for all who
/// reach the same.
pub(super) async fn read(app: &App, actor: &Actor, ask: &AskPlan) -> Result<Arc<Pipeline>, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    reached(app, &scope, ask).await
}

/// The same for whoever reaches the deals of a scope.
pub(super) async fn reached(
    app: &App,
    scope: &Scope,
    ask: &AskPlan,
) -> Result<Arc<Pipeline>, Error> {
    let window_ends = window_ends(ask)?;
    let ground = app.plans.ground.now(app).await?;
    let cause = |ask| Cause {
        version: ground.version,
        today: app.clock.today(),
        scope: scope.clone(),
        ask,
    };
    let whole = AskPlan {
        window_ends: Vec::new(),
        with_goals: false,
        ..ask.clone()
    };
    let work = async {
        let all = |before| Box::pin(all_deals(app, Arc::clone(&ground), &whole, before));
        let everything = Cause {
            scope: Scope::Everything,
            ..cause(whole.clone())
        };
        let all = app.plans.readings.follow(everything, all).await?;
        if *scope == Scope::Everything {
            return Ok(Pipeline::of(&all, window_ends, ask.with_goals));
        }
        let own = async { Ok(all.within(scope)) };
        let reading = app.plans.readings.get(cause(whole.clone()), own).await?;
        Ok(Pipeline::of(&reading, window_ends, ask.with_goals))
    };
    app.plans.pipelines.get(cause(ask.clone()), work).await
}

impl Pipeline {
    /// What the deals will ask for in these windows.
    fn of(reading: &Reading, window_ends: Vec<i64>, with_goals: bool) -> Self {
        let misses = reading.misses.clone();
        let assumptions = pure(&reading.assumptions, &window_ends);
        let mut pipeline = Self {
            taxonomy: reading.taxonomy.clone(),
            facets: reading.facets.clone(),
            currency: reading.currency,
            assumptions: reading.assumptions.clone(),
            ground: Arc::clone(&reading.ground),
            rows: Arc::clone(&reading.rows),
            segments: Arc::clone(&reading.segments),
            without_rate: reading.without_rate.clone(),
            needs: Arc::clone(&reading.needs),
            goals: Arc::clone(&reading.goals),
            goal_wants: Arc::default(),
            win_rate: None,
            forecast: forecast_learned(
                &reading.deals,
                &Lessons::learn(&reading.learned_from, &assumptions, reading.as_of),
                &assumptions,
                reading.as_of,
                misses,
            ),
            deals: Arc::clone(&reading.deals),
            learned_from: Arc::clone(&reading.learned_from),
            window_ends,
        };
        if with_goals {
            pipeline.goal_wants = Arc::new(goals::wants(&pipeline));
        }
        pipeline
    }

    /// The same deals forecast with some rates replaced, and goals reached at another win rate.
    pub(crate) fn with(&self, instead: Instead, win_rate: Option<f64>) -> Self {
        let assumptions = Assumptions {
            instead,
            ..pure(&self.assumptions, &self.window_ends)
        };
        let mut other = Self {
            forecast: forecast_learned(
                &self.deals,
                &Lessons::learn(&self.learned_from, &assumptions, self.forecast.as_of),
                &assumptions,
                self.forecast.as_of,
                self.forecast.misses.clone(),
            ),
            win_rate,
            ..self.clone()
        };
        if !self.goal_wants.is_empty() {
            other.goal_wants = Arc::new(goals::wants(&other));
        }
        other
    }

    /// The same demand with some needs on other days; one before the day of the plan asks for nobody.
    pub(crate) fn with_moved(&self, days: &HashMap<NeedId, Day>) -> Self {
        let mut needs = (*self.needs).clone();
        for need in &mut needs {
            need.need_on = days.get(&need.id).copied().unwrap_or(need.need_on);
        }
        needs.retain(|need| need.need_on >= self.forecast.as_of);
        needs.sort_by_key(|need| (need.need_on, need.id));
        Self {
            needs: Arc::new(needs),
            ..self.clone()
        }
    }

    /// What open deals of a part of the pipeline will ask for, of those that close in a period. The rates
    /// are those of the part, drawn towards the whole where few of its deals closed.
    pub(crate) fn part(&self, period: Period, own: &[bool]) -> PartDemand {
        let as_of = self.forecast.as_of;
        let lead = self.assumptions.lead_days;
        let start = period.first.days_since(as_of) - lead;
        let end = (period.last.days_since(as_of) + 1 - lead).max(1);
        let ends = if start > 0 {
            vec![start, end]
        } else {
            vec![end]
        };
        let deals = self.deals.iter().zip(own).map(|(deal, is_own)| Deal {
            segment: is_own.then_some(0),
            ..*deal
        });
        let deals: Vec<Deal> = deals.collect();
        let assumptions = pure(&self.assumptions, &ends);
        let misses = Misses::of_all(self.forecast.misses.whole);
        let forecast = forecast_missing(&deals, &assumptions, as_of, misses);
        let part = forecast.segments.iter().find(|one| one.segment.is_some());
        let is_over = period.last < as_of;
        let asked = part.and_then(|part| part.by_window.get(ends.len() - 1).copied());
        // The money is that of the plan's own segments: an estimate is the median of these.
        let demands = self.forecast.deals.iter();
        let money = demands.filter(|demand| own[demand.deal]);
        PartDemand {
            deals: part.map_or(0, |part| part.deals),
            money: money.filter_map(|demand| demand.money).sum(),
            requests: asked.filter(|_| !is_over).unwrap_or(0.0),
            need_rate: part.map_or(forecast.need_rate, |part| part.need_rate),
            reach_rate: forecast.reach_rate,
            references: forecast.references,
        }
    }

    /// What people call the terms of a segment, facet by facet.
    pub(crate) fn labels(&self, segment: Option<u32>) -> Vec<String> {
        let Some(combination) = segment.and_then(|number| self.segments.get(number as usize))
        else {
            return vec!["Unknown segment".to_owned()];
        };
        combination
            .iter()
            .map(|terms| {
                let mut names: Vec<&str> = terms
                    .iter()
                    .filter_map(|term| self.taxonomy.term(*term))
                    .map(|term| term.name.as_str())
                    .collect();
                names.sort_unstable();
                names.join(" + ")
            })
            .collect()
    }

    /// Keys of the facets, in the order of the cut.
    pub(crate) fn facet_keys(&self) -> impl Iterator<Item = &str> {
        self.facets
            .iter()
            .filter_map(|facet| Some(self.taxonomy.facet(*facet)?.key.as_str()))
    }

    /// Needs until so many days from the day of the plan have passed.
    pub(crate) fn needs_within(&self, days: i64) -> &[Need] {
        let end = self.forecast.as_of.plus_days(days);
        let count = self.needs.partition_point(|need| need.need_on < end);
        &self.needs[..count]
    }

    /// How many kinds of demand there are: the segments, the unknown one, then the goals that are counted.
    pub(crate) fn kinds_of_demand(&self) -> u32 {
        self.number_of_goal(self.goal_wants.len())
    }

    /// The number under which a goal that is counted stands beside the segments.
    pub(crate) fn number_of_goal(&self, place: usize) -> u32 {
        u32::try_from(self.segments.len() + 1 + place).unwrap_or(u32::MAX)
    }

    /// The segment that a key names.
    pub(crate) fn number_of(&self, key: &str) -> Option<u32> {
        (0_u32..)
            .take(self.segments.len())
            .find(|number| self.key(Some(*number)) == key)
    }

    /// The segment as the wire names it: ids of terms, `+` within a facet, `/` between facets.
    pub(crate) fn key(&self, segment: Option<u32>) -> String {
        let Some(combination) = segment.and_then(|number| self.segments.get(number as usize))
        else {
            return UNKNOWN_KEY.to_owned();
        };
        let facets: Vec<String> = combination
            .iter()
            .map(|terms| {
                let ids: Vec<String> = terms.iter().map(ToString::to_string).collect();
                ids.join("+")
            })
            .collect();
        facets.join("/")
    }
}

/// The key of the unknown segment.
pub const UNKNOWN_KEY: &str = "~unknown";
