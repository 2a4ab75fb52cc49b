//! Who fits which segment, by the terms that they carry.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    id::{FacetId, TermId},
    taxonomy::Fit,
};

use crate::plan::pipeline::Pipeline;

/// Which held terms answer which requested ones in full: the same term or one under it.
pub(in crate::plan) struct Fitting {
    /// By facet, the segments that each held term answers, rising.
    answered: Vec<HashMap<TermId, Vec<u32>>>,
}

impl Fitting {
    pub fn new(pipeline: &Pipeline) -> Self {
        let mut asking: Vec<HashMap<TermId, Vec<u32>>> =
            vec![HashMap::new(); pipeline.facets.len()];
        for (number, combination) in (0_u32..).zip(pipeline.segments.iter()) {
            for (facet, terms) in combination.iter().enumerate() {
                for term in terms {
                    asking[facet].entry(*term).or_default().push(number);
                }
            }
        }
        let taxonomy = &pipeline.taxonomy;
        let facets = pipeline.facets.iter().zip(asking);
        let answered = facets.map(|(facet, asking)| {
            let held = taxonomy.terms().iter().filter(|term| term.facet == *facet);
            let answered = held.map(|held| {
                let fits =
                    |asked| matches!(taxonomy.fit(asked, held.id), Fit::Same | Fit::Descendant);
                let asking = asking.iter().filter(|(asked, _)| fits(**asked));
                let segments: BTreeSet<u32> = asking.flat_map(|(_, own)| own).copied().collect();
                (held.id, segments.into_iter().collect())
            });
            answered.collect()
        });
        Self {
            answered: answered.collect(),
        }
    }

    /// The segments that somebody with these terms fits: in every facet one of the terms asked for.
    pub fn segments_of(&self, held: &HashSet<TermId>) -> BTreeSet<u32> {
        let mut facets = self.answered.iter().map(|answered| {
            let here = held.iter().filter_map(|term| answered.get(term));
            here.flatten().copied().collect::<BTreeSet<u32>>()
        });
        let first = facets.next().unwrap_or_default();
        facets.fold(first, |fitting, here| &fitting & &here)
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
