//! Who fits which segment, by the terms that they carry.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    id::{FacetId, TermId},
    taxonomy::Fit,
};

use crate::plan::pipeline::Pipeline;

/// Which held terms answer which requested ones in full: the same term or one under it.
pub(in crate::plan) struct Fitting {
    /// By facet, the segments that ask for each term.
    segments: Vec<HashMap<TermId, Vec<u32>>>,
    /// By facet, the terms that are asked for.
    asked: Vec<(FacetId, Vec<TermId>)>,
}

impl Fitting {
    pub fn new(pipeline: &Pipeline) -> Self {
        let mut segments: Vec<HashMap<TermId, Vec<u32>>> =
            vec![HashMap::new(); pipeline.facets.len()];
        for (number, combination) in (0_u32..).zip(pipeline.segments.iter()) {
            for (facet, terms) in combination.iter().enumerate() {
                for term in terms {
                    segments[facet].entry(*term).or_default().push(number);
                }
            }
        }
        let asked = pipeline
            .facets
            .iter()
            .zip(&segments)
            .map(|(facet, terms)| (*facet, terms.keys().copied().collect()))
            .collect();
        Self { segments, asked }
    }

    /// The segments that somebody with these terms fits: in every facet one of the terms asked for.
    pub fn segments_of(&self, pipeline: &Pipeline, held: &HashSet<TermId>) -> BTreeSet<u32> {
        let mut fitting: Option<BTreeSet<u32>> = None;
        for ((facet, asked), segments) in self.asked.iter().zip(&self.segments) {
            let of_facet: Vec<TermId> = held
                .iter()
                .copied()
                .filter(|term| {
                    pipeline
                        .taxonomy
                        .term(*term)
                        .is_some_and(|term| term.facet == *facet)
                })
                .collect();
            let answers = |asked: &TermId| {
                of_facet.iter().any(|held| {
                    matches!(
                        pipeline.taxonomy.fit(*asked, *held),
                        Fit::Same | Fit::Descendant
                    )
                })
            };
            let here: BTreeSet<u32> = asked
                .iter()
                .filter(|term| answers(term))
                .filter_map(|term| segments.get(term))
                .flatten()
                .copied()
                .collect();
            fitting = Some(match fitting {
                None => here,
                Some(before) => before.intersection(&here).copied().collect(),
            });
        }
        fitting.unwrap_or_default()
    }
}

/// The numbers of the goals that are counted and that somebody with these terms fits: of each facet that the goal
/// names, one of its terms or one under it.
pub(in crate::plan) fn goals_of(
    pipeline: &Pipeline,
    held: &HashSet<TermId>,
) -> impl Iterator<Item = u32> {
    let mut by_facet: HashMap<FacetId, BTreeSet<TermId>> = HashMap::new();
    if !pipeline.goal_wants.is_empty() {
        let known = held.iter().filter_map(|term| pipeline.taxonomy.term(*term));
        for term in known {
            by_facet.entry(term.facet).or_default().insert(term.id);
        }
    }
    let goals = pipeline.goal_wants.iter().enumerate();
    goals.filter_map(move |(place, wants)| {
        let about = &pipeline.goals.get(wants.place)?.own.about;
        let fits = about.fits(&pipeline.taxonomy, |facet| by_facet.get(&facet));
        fits.then(|| pipeline.number_of_goal(place))
    })
}
