//! A head count held against demand: of so many new references, how many would be asked at all.

use planning::head_count::{COUNT_MAX, Goal, Prospect, Recruit, Standing, prospect};
use serde::Serialize;

use super::{AskGaps, Solved, references, sums::Sums};
use crate::{
    App,
    actor::Actor,
    error::Error,
    plan::AskPlan,
    policy::{self, Permission},
};

/// Ends of the windows that are looked at, in days: half a year.
const WINDOW_ENDS: [i64; 6] = [30, 60, 91, 121, 152, 182];

const FORMULA: &str = "Asks = references that are missing in the next 182 days / acceptance, by profile. At most so many new advocates would each be asked once; enough to cover what is missing = missing references / (uses that the protection rules leave in 182 days x acceptance). A profile whose next advocate would be asked less than once counts nobody. Deals of the unknown segment are left out";

/// What demand would do with new references in the next 182 days.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HeadCount {
    /// Days looked ahead.
    pub days: i64,
    /// The head count that was asked about.
    pub goal: Option<HeadCountGoal>,
    /// The most new advocates who would each be asked at least once.
    pub asked_at_most: u64,
    /// New advocates who cover what is missing.
    pub enough: u64,
    /// Every profile with demand, the most advocates first.
    pub profiles: Vec<HeadCountProfile>,
    pub formula: String,
}

/// What a head count comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HeadCountGoal {
    /// The new references that it asks for.
    pub new_references: u64,
    /// What its percent counts on: advocates for growth, customers for a share of them.
    pub base: Option<u64>,
    /// Of the base, customers who have an advocate already.
    pub speaking: Option<u64>,
    /// The share of the new references that demand would ever ask, from 0 to 1; absent where the goal
    /// is reached.
    pub share: Option<f64>,
}

/// What demand would do with new references of one profile.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HeadCountProfile {
    pub key: String,
    pub labels: Vec<String>,
    /// References that nobody covers.
    pub missing: f64,
    /// Asks that the next new advocate would get.
    pub asks_of_next: f64,
    /// Whether the next one would be asked at least once; else content or the community is the
    /// better place for a nominee.
    pub is_in_demand: bool,
    pub asked_at_most: u64,
    pub enough: u64,
}

/// Holds a head count, such as `+100`, `25 %` or `+20 %`, against the demand of the whole program.
/// Windows and day of the question are not read: it is always the half year from today on.
pub async fn get(
    app: &App,
    actor: &Actor,
    ask: &AskGaps,
    goal: Option<&str>,
) -> Result<HeadCount, Error> {
    policy::require(actor, Permission::DemandRead)?;
    let goal = goal.map(parsed).transpose()?;
    let solved = Solved::read(app, actor, &half_year(ask)).await?;
    let customers = match goal {
        Some(Goal::OfCustomers(_)) => storage::pipeline::customers(&app.store).await?.len(),
        _ => 0,
    };
    Ok(told(&solved, goal, customers))
}

/// The same question about the half year from today on.
pub(super) fn half_year(ask: &AskGaps) -> AskGaps {
    let plan = AskPlan {
        window_ends: WINDOW_ENDS.to_vec(),
        as_of: None,
        ..ask.plan.clone()
    };
    AskGaps {
        plan,
        ..ask.clone()
    }
}

fn parsed(text: &str) -> Result<Goal, Error> {
    text.parse().map_err(|_| {
        let message = format!(
            "Write a head count such as +100 (to {COUNT_MAX}), +20 % (more than there are) or 25 % (of the customers)."
        );
        Error::field("goal", message)
    })
}

fn weighed(goal: Goal, standing: Standing, asked_at_most: u64) -> HeadCountGoal {
    let new_references = goal.new_references(standing);
    let used = asked_at_most.min(new_references);
    HeadCountGoal {
        new_references,
        base: match goal {
            Goal::More(_) => None,
            Goal::Growth(_) => Some(standing.advocates),
            Goal::OfCustomers(_) => Some(standing.customers),
        },
        speaking: matches!(goal, Goal::OfCustomers(_)).then_some(standing.speaking),
        share: (new_references > 0).then(|| references(used) / references(new_references)),
    }
}

/// What one new advocate could give.
pub(super) fn recruit(solved: &Solved) -> Recruit {
    let uses = &solved.supply.of_a_recruit;
    let (_, units) = uses.units(solved.supply.acceptance.rate);
    Recruit {
        uses: uses.total,
        milli_per_ask: units.checked_div(uses.total).unwrap_or(0),
    }
}

fn told(solved: &Solved, goal: Option<Goal>, customers: usize) -> HeadCount {
    let recruit = recruit(solved);
    let (_, by_segment) = solved.sums();
    let mut profiles: Vec<HeadCountProfile> = by_segment
        .iter()
        .filter(|((is_unknown, _), _)| !is_unknown)
        .map(|((_, number), sums)| profile(solved, *number, sums, recruit))
        .collect();
    profiles.sort_by(|one, other| {
        let order = other.missing.total_cmp(&one.missing);
        order.then_with(|| one.key.cmp(&other.key))
    });
    let asked_at_most: u64 = profiles.iter().map(|one| one.asked_at_most).sum();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let standing = Standing {
        advocates: count(solved.supply.speaking.advocates),
        customers: count(customers),
        speaking: count(solved.supply.speaking.accounts),
    };
    HeadCount {
        days: solved.pipeline.window_ends.last().copied().unwrap_or(0),
        goal: goal.map(|goal| weighed(goal, standing, asked_at_most)),
        asked_at_most,
        enough: profiles.iter().map(|one| one.enough).sum(),
        profiles,
        formula: FORMULA.to_owned(),
    }
}

fn profile(solved: &Solved, number: u32, sums: &Sums, recruit: Recruit) -> HeadCountProfile {
    let missing = sums.needed - sums.covered;
    let Prospect {
        milli_asks_of_next,
        asked_at_most,
        enough,
    } = prospect(missing, recruit);
    HeadCountProfile {
        key: solved.pipeline.key(Some(number)),
        labels: solved.pipeline.labels(Some(number)),
        missing: references(missing),
        asks_of_next: references(milli_asks_of_next),
        is_in_demand: asked_at_most > 0,
        asked_at_most,
        enough,
    }
}
