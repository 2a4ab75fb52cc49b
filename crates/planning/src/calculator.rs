//! The sales-process calculator: from sellers, quota, deal size and habits to requests a year.
//!
//! Decides the top-down formula (opportunities of a seller and year = quota / deal size; requests =
//! that x need rate x references per opportunity; team = x sellers) and what is nonsense. Refuses to
//! know where the inputs came from. All sums are exact; values leave unrounded.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

mod check;
mod sensitivity;

pub use check::Problem;
pub use sensitivity::{CalculatorInput, Effect, POINT_PERCENTS};

/// Segments of one plan at most.
pub const SEGMENTS_MAX: usize = 50;
/// Uses of one advocate and year that the head count of advocates is shown for.
pub const USES_PER_ADVOCATE_YEAR: i64 = 6;

/// How one segment sells: the five inputs, and the two that refine them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = CalculatorSegment))]
pub struct Segment {
    /// What the segment is called, such as "Commercial".
    #[serde(default)]
    pub name: String,
    /// Sellers of the segment; part-time ones as fractions. From 0 to 1,000,000.
    pub sellers: f64,
    /// New-business quota of a seller and year, in the plan's currency. From 0.
    pub quota: f64,
    /// Average opportunity size in the plan's currency. Above 0.
    pub deal_size: f64,
    /// Share of opportunities that need a reference. From 0 to 1.
    pub need_rate: f64,
    /// Reference accounts per opportunity that needs one. From 0 to 100.
    pub references: f64,
    /// Share of live opportunities that are won, above 0 up to 1; when absent, only won ones are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub win_rate: Option<f64>,
    /// Weights of the twelve months, January first; equal when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seasonality: Option<Vec<f64>>,
}

/// Segments that add up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = CalculatorPlan))]
pub struct Plan {
    /// From 1 to 50.
    pub segments: Vec<Segment>,
}

/// What a segment or the whole team needs. Nothing is rounded but counts of accounts and advocates.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = CalculatorNeeds))]
pub struct Needs {
    pub opportunities_per_seller_year: f64,
    pub opportunities_per_seller_quarter: f64,
    pub opportunities_per_seller_month: f64,
    pub requests_per_seller_year: f64,
    pub requests_per_seller_quarter: f64,
    pub requests_per_seller_month: f64,
    pub opportunities_team_year: f64,
    pub requests_team_year: f64,
    pub requests_team_quarter: f64,
    pub requests_team_month: f64,
    /// Requests of the team by month, January first, by the seasonality.
    pub requests_by_month: Vec<f64>,
    /// Sellers x quota x need rate: the quota revenue of a year that needs references.
    pub revenue_needing_references: f64,
    /// Usable accounts needed at least when each gives one use a quarter.
    pub accounts_at_one_use_a_quarter: i64,
    /// Usable accounts needed at least when each gives two uses a quarter.
    pub accounts_at_two_uses_a_quarter: i64,
    /// The same at one use, in the busiest three months in a row.
    pub accounts_in_busiest_quarter: i64,
    /// Advocates needed at least when each gives six uses a year.
    pub advocates_at_six_uses_a_year: i64,
    /// The numbers as people read them.
    pub shown: Shown,
}

/// Rounded for reading: two decimals for opportunities, whole requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = CalculatorShown))]
pub struct Shown {
    /// Of a seller by year, quarter and month.
    pub opportunities_per_seller: [String; 3],
    pub requests_per_seller: [String; 3],
    pub requests_team: [String; 3],
}

/// A segment with what it needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = CalculatorSegmentNeeds))]
pub struct SegmentNeeds {
    pub name: String,
    #[serde(flatten)]
    pub needs: Needs,
}

/// The answer of the calculator.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = CalculatorAnswer))]
pub struct Answer {
    /// The whole team: the sum of the segments, per seller over all sellers.
    #[serde(flatten)]
    pub total: Needs,
    pub segments: Vec<SegmentNeeds>,
    /// What each input does to the team's requests, the strongest first.
    pub sensitivity: Vec<Effect>,
}

/// The exact values behind [`Needs`].
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    sellers: Exact,
    opportunities: Exact,
    pub(crate) requests: Exact,
    revenue: Exact,
    by_month: [Exact; 12],
}

/// A checked segment: every input exact.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    pub(crate) sellers: Exact,
    pub(crate) quota: Exact,
    pub(crate) deal_size: Exact,
    pub(crate) need_rate: Exact,
    pub(crate) references: Exact,
    pub(crate) win_rate: Option<Exact>,
    /// Parts of a year that add up to one.
    pub(crate) months: [Exact; 12],
}

impl Process {
    /// The formula of the whole calculator. `None` when a divisor is zero, which the check refuses.
    pub(crate) fn sums(&self) -> Option<Sums> {
        let won = self.quota.over(&self.deal_size)?;
        let per_seller = match &self.win_rate {
            Some(rate) => won.over(rate)?,
            None => won,
        };
        let opportunities = per_seller.times(&self.sellers);
        let requests = opportunities.times(&self.need_rate).times(&self.references);
        let by_month = std::array::from_fn(|month| requests.times(&self.months[month]));
        Some(Sums {
            sellers: self.sellers.clone(),
            revenue: self.sellers.times(&self.quota).times(&self.need_rate),
            opportunities,
            requests,
            by_month,
        })
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.sellers = self.sellers.plus(&other.sellers);
        self.opportunities = self.opportunities.plus(&other.opportunities);
        self.requests = self.requests.plus(&other.requests);
        self.revenue = self.revenue.plus(&other.revenue);
        for (month, more) in self.by_month.iter_mut().zip(&other.by_month) {
            *month = month.plus(more);
        }
    }

    /// The most requests of three months in a row, December followed by January.
    fn busiest_quarter(&self) -> Exact {
        (0..12)
            .map(|first| {
                (0..3).fold(Exact::zero(), |sum, next| {
                    sum.plus(&self.by_month[(first + next) % 12])
                })
            })
            .max()
            .unwrap_or_else(Exact::zero)
    }

    fn needs(&self, per_seller: &Self) -> Needs {
        let opportunities = per_seller.opportunities.clone();
        let requests = per_seller.requests.clone();
        let quarter = self.requests.part(4);
        let three = |year: &Exact, places| {
            [year.clone(), year.part(4), year.part(12)].map(|value| value.shown(places))
        };
        Needs {
            opportunities_per_seller_year: opportunities.to_f64(),
            opportunities_per_seller_quarter: opportunities.part(4).to_f64(),
            opportunities_per_seller_month: opportunities.part(12).to_f64(),
            requests_per_seller_year: requests.to_f64(),
            requests_per_seller_quarter: requests.part(4).to_f64(),
            requests_per_seller_month: requests.part(12).to_f64(),
            opportunities_team_year: self.opportunities.to_f64(),
            requests_team_year: self.requests.to_f64(),
            requests_team_quarter: quarter.to_f64(),
            requests_team_month: self.requests.part(12).to_f64(),
            requests_by_month: self.by_month.iter().map(Exact::to_f64).collect(),
            revenue_needing_references: self.revenue.to_f64(),
            accounts_at_one_use_a_quarter: quarter.round_up(),
            accounts_at_two_uses_a_quarter: quarter.part(2).round_up(),
            accounts_in_busiest_quarter: self.busiest_quarter().round_up(),
            advocates_at_six_uses_a_year: self.requests.part(USES_PER_ADVOCATE_YEAR).round_up(),
            shown: Shown {
                opportunities_per_seller: three(&opportunities, 2),
                requests_per_seller: three(&requests, 0),
                requests_team: three(&self.requests, 0),
            },
        }
    }

    /// The same for one seller; the average one where segments were added up. Nobody needs nothing.
    fn of_one_seller(&self) -> Self {
        let share = |value: &Exact| value.over(&self.sellers).unwrap_or_else(Exact::zero);
        Self {
            sellers: Exact::one(),
            opportunities: share(&self.opportunities),
            requests: share(&self.requests),
            revenue: share(&self.revenue),
            by_month: std::array::from_fn(|month| share(&self.by_month[month])),
        }
    }
}

/// Calculates the whole plan, or names every field that makes no sense.
pub fn calculate(plan: &Plan) -> Result<Answer, Vec<Problem>> {
    let processes = check::processes(plan)?;
    let mut total: Option<Sums> = None;
    let mut segments = Vec::with_capacity(processes.len());
    for (segment, process) in plan.segments.iter().zip(&processes) {
        let Some(sums) = process.sums() else {
            return Err(vec![Problem::new("segments", "A divisor is zero.")]);
        };
        // One seller's share does not depend on how many there are, so it stands with none as well.
        let one = Process {
            sellers: Exact::one(),
            ..process.clone()
        };
        let of_one = one.sums().unwrap_or_else(|| sums.of_one_seller());
        segments.push(SegmentNeeds {
            name: segment.name.clone(),
            needs: sums.needs(&of_one),
        });
        match &mut total {
            Some(total) => total.add(&sums),
            None => total = Some(sums),
        }
    }
    let Some(total) = total else {
        return Err(vec![Problem::new("segments", "Add at least one segment.")]);
    };
    let needs = match segments.as_slice() {
        [only] => only.needs.clone(),
        _ => total.needs(&total.of_one_seller()),
    };
    Ok(Answer {
        total: needs,
        sensitivity: sensitivity::effects(plan, &processes, &total.requests),
        segments,
    })
}
