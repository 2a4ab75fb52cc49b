//! What past choices say about how much each criterion should count.
//!
//! A choice is one advocate who was taken, among others who could have been. How likely a choice is
//! follows a conditional logit (McFadden 1974): the chance of each is proportional to the exponential
//! of its weighted sum of fits. The weights that make the choices likeliest are looked for by gradient
//! ascent, held near the weights that are used now: few choices move them little. A sample of the
//! others does as well as all of them (McFadden 1978). No randomness: the same choices in the same
//! order give the same weights. It refuses to know whose choices they are.

use std::cmp::Ordering;

/// One advocate who was taken, and others who were not; fits criterion by criterion, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub taken: Vec<f64>,
    pub others: Vec<Vec<f64>>,
    /// How much it counts; 1 for an ordinary choice.
    pub importance: f64,
}

/// The places that weights give to the advocates who were taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foresight {
    /// Share of the choices whose advocate is among the first [`HITS_WITHIN`], from 0 to 1.
    pub hit_rate: f64,
    /// Mean place of the advocate who was taken, 1 for the first; equals stand in the middle.
    pub mean_place: f64,
}

/// Places that somebody looks at.
pub const HITS_WITHIN: usize = 10;
/// What weights can be set to.
const LEAST: f64 = 1.0;
const MOST: f64 = 100.0;
/// A weight of 10 makes a full fit e times as likely as none.
const PER_UNIT: f64 = 0.1;
const STEPS: usize = 400;
/// No step moves a weight by more than five: the ascent cannot swing far.
const STEP_MAX: f64 = 0.5;
/// What leaving the weights of now by ten costs, in choices.
const PRIOR: f64 = 1.0;

/// The weights, one per criterion from 1 to 100, that foresee the choices best without leaving `now`
/// further than the choices warrant. A criterion in which no choice differs keeps its weight.
pub fn learn(choices: &[Choice], now: &[f64]) -> Vec<f64> {
    let start: Vec<f64> = now.iter().map(|weight| weight * PER_UNIT).collect();
    let total: f64 = choices.iter().map(|choice| choice.importance).sum();
    // A fit from 0 to 1 varies by a quarter at most, which bounds the slope of the slope.
    let steepest = total * 0.25 * start.len() as f64 + PRIOR;
    let mut weights = start.clone();
    for _ in 0..STEPS {
        let held = weights.iter().zip(&start);
        let mut slopes: Vec<f64> = held
            .map(|(weight, start)| PRIOR * (start - weight))
            .collect();
        for choice in choices {
            add_slopes(choice, &weights, &mut slopes);
        }
        for (weight, slope) in weights.iter_mut().zip(&slopes) {
            let step = (slope / steepest).clamp(-STEP_MAX, STEP_MAX);
            *weight = (*weight + step).clamp(LEAST * PER_UNIT, MOST * PER_UNIT);
        }
    }
    weights.iter().map(|weight| weight / PER_UNIT).collect()
}

/// Adds importance x (what was taken - what was to be expected).
fn add_slopes(choice: &Choice, weights: &[f64], slopes: &mut [f64]) {
    let all = || std::iter::once(&choice.taken).chain(&choice.others);
    let worths: Vec<f64> = all().map(|fits| worth(fits, weights)).collect();
    let highest = worths.iter().copied().fold(f64::MIN, f64::max);
    let odds: Vec<f64> = worths.iter().map(|worth| (worth - highest).exp()).collect();
    let sum: f64 = odds.iter().sum();
    for (place, slope) in slopes.iter_mut().enumerate() {
        let offered = all().zip(&odds);
        let expected: f64 = offered.map(|(fits, odds)| fits[place] * odds / sum).sum();
        *slope += choice.importance * (choice.taken[place] - expected);
    }
}

/// How well the weights foresee the choices; `None` without a choice.
pub fn foresight(choices: &[Choice], weights: &[f64]) -> Option<Foresight> {
    if choices.is_empty() {
        return None;
    }
    let places = choices.iter().map(|choice| place(choice, weights));
    let places: Vec<f64> = places.collect();
    let count = choices.len() as f64;
    let hits = places.iter().filter(|place| **place <= HITS_WITHIN as f64);
    Some(Foresight {
        hit_rate: hits.count() as f64 / count,
        mean_place: places.iter().sum::<f64>() / count,
    })
}

/// Where the weights put the one who was taken: 1 is first, and equals share the middle.
pub fn place(choice: &Choice, weights: &[f64]) -> f64 {
    let taken = worth(&choice.taken, weights);
    let (mut better, mut equal) = (0.0, 0.0);
    for other in &choice.others {
        match worth(other, weights).total_cmp(&taken) {
            Ordering::Greater => better += 1.0,
            Ordering::Equal => equal += 1.0,
            Ordering::Less => {}
        }
    }
    1.0 + better + equal / 2.0
}

fn worth(fits: &[f64], weights: &[f64]) -> f64 {
    let weighed = fits.iter().zip(weights);
    weighed.map(|(fit, weight)| fit * weight).sum()
}
