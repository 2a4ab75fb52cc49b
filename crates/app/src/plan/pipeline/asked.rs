//! What a plan is asked for, checked: which facets, windows, kinds of deals and rates.

use domain::{id::FacetId, opportunity::OpportunityKind, taxonomy::Taxonomy};
use planning::demand::{Assumptions, Instead};

use super::{AskPlan, DAYS_MAX, FACETS_MAX, PlanAssumptions, WINDOWS_MAX};
use crate::error::Error;

/// The kept assumptions, with the need rate of the question in place of the learned ones.
pub(super) fn with_rate(
    kept: PlanAssumptions,
    asked: Option<f64>,
) -> Result<PlanAssumptions, Error> {
    let Some(need_rate) = asked else {
        return Ok(kept);
    };
    if !(0.0..=1.0).contains(&need_rate) {
        return Err(Error::field(
            "need_rate",
            format!("The rate is {need_rate}; it must be from 0 to 1."),
        ));
    }
    Ok(PlanAssumptions {
        need_rate,
        is_fixed: true,
        ..kept
    })
}

pub(super) fn kinds(ask: &AskPlan) -> Vec<OpportunityKind> {
    if ask.kinds.is_empty() {
        vec![OpportunityKind::New, OpportunityKind::Expansion]
    } else {
        ask.kinds.clone()
    }
}

/// The assumptions as the planning room takes them.
pub(in crate::plan) fn pure(kept: &PlanAssumptions, window_ends: &[i64]) -> Assumptions {
    Assumptions {
        need_rate: kept.need_rate,
        reach_rate: kept.reach_rate,
        references: kept.references,
        lead_days: kept.lead_days,
        is_fixed: kept.is_fixed,
        window_ends: window_ends.to_vec(),
        instead: Instead::default(),
    }
}

pub(super) fn window_ends(ask: &AskPlan) -> Result<Vec<i64>, Error> {
    if ask.window_ends.is_empty() {
        return Ok(Assumptions::default().window_ends);
    }
    let ends = &ask.window_ends;
    let rises = ends.is_sorted_by(|one, next| one < next);
    let in_bounds = ends.iter().all(|end| (1..=DAYS_MAX).contains(end));
    if rises && in_bounds && ends.len() <= WINDOWS_MAX {
        return Ok(ends.clone());
    }
    Err(Error::field(
        "window_ends",
        format!(
            "Give at most {WINDOWS_MAX} rising numbers of days from 1 to {DAYS_MAX}, such as 30,60,90,120."
        ),
    ))
}

pub(super) fn facets(taxonomy: &Taxonomy, keys: &[String]) -> Result<Vec<FacetId>, Error> {
    let standard = ["industry".to_owned(), "product".to_owned()];
    let keys = if keys.is_empty() { &standard } else { keys };
    if keys.len() > FACETS_MAX {
        return Err(Error::field(
            "facets",
            format!(
                "A plan is cut by at most {FACETS_MAX} facets; {} are named.",
                keys.len()
            ),
        ));
    }
    keys.iter()
        .map(|key| {
            let facet = taxonomy.facet_by_key(key);
            facet.map(|facet| facet.id).ok_or_else(|| {
                let known: Vec<&str> = taxonomy
                    .facets()
                    .iter()
                    .map(|facet| facet.key.as_str())
                    .collect();
                let key: String = key.chars().take(40).collect();
                Error::field(
                    "facets",
                    format!(
                        "There is no facet \"{key}\". Use one of {}.",
                        known.join(", ")
                    ),
                )
            })
        })
        .collect()
}
