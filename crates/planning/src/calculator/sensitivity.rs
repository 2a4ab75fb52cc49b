//! Which input moves the answer most: each one alone, a little less and a little more.

use domain::word_list;
use serde::Serialize;

use crate::exact::Exact;

use super::{Plan, Process};

/// The changes of an input that the answer is shown for, in percent of the input.
pub const POINT_PERCENTS: [i64; 5] = [-20, -10, 0, 10, 20];

word_list! {
    /// An input of the calculator.
    CalculatorInput { Sellers, Quota, DealSize, NeedRate, References, WinRate }
}

/// What one input of one segment does to the team's requests of a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = CalculatorEffect))]
pub struct Effect {
    /// The segment's place in the plan, from 0.
    pub segment: usize,
    pub input: CalculatorInput,
    /// Requests of the team and year with the input 20 and 10 percent lower, as it is, and 10 and
    /// 20 percent higher. A rate stops at 1.
    pub requests_team_year: Vec<f64>,
    /// The requests between the lowest and the highest of these.
    pub swing: f64,
}

/// Every effect, the largest swing first; at equal swings in the order of plan and inputs.
pub(crate) fn effects(plan: &Plan, processes: &[Process], total: &Exact) -> Vec<Effect> {
    let mut effects: Vec<(Exact, Effect)> = Vec::new();
    for (segment, process) in processes.iter().enumerate() {
        let own = requests(process);
        let others = total.minus(&own);
        for input in CalculatorInput::ALL.iter().copied() {
            if input == CalculatorInput::WinRate && plan.segments[segment].win_rate.is_none() {
                continue;
            }
            let points: Vec<Exact> = POINT_PERCENTS
                .iter()
                .map(|percent| others.plus(&requests(&changed(process, input, *percent))))
                .collect();
            let most = points.iter().max().cloned().unwrap_or_else(Exact::zero);
            let least = points.iter().min().cloned().unwrap_or_else(Exact::zero);
            let swing = most.minus(&least);
            let effect = Effect {
                segment,
                input,
                requests_team_year: points.iter().map(Exact::to_f64).collect(),
                swing: swing.to_f64(),
            };
            effects.push((swing, effect));
        }
    }
    effects.sort_by(|(one, _), (other, _)| other.cmp(one));
    effects.into_iter().map(|(_, effect)| effect).collect()
}

fn requests(process: &Process) -> Exact {
    process
        .sums()
        .map_or_else(Exact::zero, |sums| sums.requests)
}

fn changed(process: &Process, input: CalculatorInput, percent: i64) -> Process {
    let scaled = |value: &Exact| value.times(&Exact::whole(100 + percent)).part(100);
    let rate = |value: &Exact| scaled(value).min(Exact::one());
    let mut changed = process.clone();
    match input {
        CalculatorInput::Sellers => changed.sellers = scaled(&process.sellers),
        CalculatorInput::Quota => changed.quota = scaled(&process.quota),
        CalculatorInput::DealSize => changed.deal_size = scaled(&process.deal_size),
        CalculatorInput::NeedRate => changed.need_rate = rate(&process.need_rate),
        CalculatorInput::References => changed.references = scaled(&process.references),
        CalculatorInput::WinRate => changed.win_rate = process.win_rate.as_ref().map(rate),
    }
    changed
}
