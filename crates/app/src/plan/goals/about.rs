//! Whose deals a goal is about: held against what deals and their accounts carry.

use std::collections::{BTreeSet, HashSet};

use domain::{
    id::{FacetId, GrowthGoalId, TermId},
    taxonomy::Taxonomy,
    time::Day,
};

use super::GrowthGoal;
use crate::{App, error::Error, tagging::standing_for};

/// The terms of a goal by facet, as deals are held against them; without any it is about all deals.
#[derive(Clone, Debug, Default)]
pub(in crate::plan) struct About(Vec<(FacetId, BTreeSet<TermId>)>);

impl About {
    pub fn new(taxonomy: &Taxonomy, terms: &[TermId]) -> Result<Self, Error> {
        let mut facets: Vec<(FacetId, BTreeSet<TermId>)> = Vec::new();
        for term in terms {
            let known = taxonomy.resolve(*term).and_then(|term| taxonomy.term(term));
            let known = known.ok_or_else(|| {
                Error::field("terms", "There is no such term. Choose from the list.")
            })?;
            match facets.iter_mut().find(|(facet, _)| *facet == known.facet) {
                Some((_, of_facet)) => drop(of_facet.insert(known.id)),
                None => facets.push((known.facet, BTreeSet::from([known.id]))),
            }
        }
        Ok(Self(facets))
    }

    /// The facets that the goal names.
    pub fn facets(&self) -> impl Iterator<Item = FacetId> {
        self.0.iter().map(|(facet, _)| *facet)
    }

    /// The goal without some facets.
    pub fn without(&self, left_out: &[FacetId]) -> Self {
        let named = self.0.iter();
        let kept = named.filter(|(facet, _)| !left_out.contains(facet));
        Self(kept.cloned().collect())
    }

    /// By facet that the goal names, the terms that answer it: its own, those under them and what was merged
    /// into those.
    pub fn answered_by(&self, taxonomy: &Taxonomy) -> Vec<(FacetId, HashSet<TermId>)> {
        let facets = self.0.iter().map(|(facet, wanted)| {
            let standing = wanted.iter().flat_map(|term| standing_for(taxonomy, *term));
            (*facet, standing.collect())
        });
        facets.collect()
    }

    /// Whether somebody who carries these terms, facet by facet, is meant: one of each facet that the goal
    /// names, or one under it.
    pub fn fits<'a>(
        &self,
        taxonomy: &Taxonomy,
        carried: impl Fn(FacetId) -> Option<&'a BTreeSet<TermId>>,
    ) -> bool {
        self.0.iter().all(|(facet, wanted)| {
            carried(*facet).into_iter().flatten().any(|term| {
                wanted.contains(term)
                    || taxonomy
                        .ancestors(*term)
                        .any(|above| wanted.contains(&above))
            })
        })
    }
}

/// A kept goal with what it is about.
pub(in crate::plan) struct Kept {
    id: GrowthGoalId,
    name: String,
    goal: GrowthGoal,
    pub about: About,
}

/// The deals that a goal is about.
#[derive(Debug)]
pub(in crate::plan) struct Own {
    /// Of each deal of the pipeline, whether it is one of them.
    pub deals: Vec<bool>,
    /// What they were held against: the goal without what was left out.
    pub about: About,
    /// Names of facets that were left out, because no deal carries a term of them.
    pub left_out: Vec<String>,
}

/// A kept goal with the deals that it is about.
#[derive(Debug)]
pub(in crate::plan) struct PlannedGoal {
    pub id: GrowthGoalId,
    pub name: String,
    pub goal: GrowthGoal,
    pub own: Own,
}

impl PlannedGoal {
    /// The same about some of the deals.
    pub fn among(&self, reached: &[bool]) -> Self {
        let deals = self.own.deals.iter().zip(reached);
        let deals = deals.filter(|(_, is_reached)| **is_reached);
        Self {
            id: self.id,
            name: self.name.clone(),
            goal: self.goal.clone(),
            own: Own {
                deals: deals.map(|(is_own, _)| *is_own).collect(),
                about: self.own.about.clone(),
                left_out: self.own.left_out.clone(),
            },
        }
    }
}

/// Goals that are kept and not over. One whose term is gone is about no deal that can be told.
pub(in crate::plan) async fn kept(
    app: &App,
    taxonomy: &Taxonomy,
    as_of: Day,
) -> Result<Vec<Kept>, Error> {
    let all = super::kept::all(&app.store).await?;
    let lasting = all.into_iter().filter(|(_, _, goal)| goal.last >= as_of);
    Ok(lasting
        .filter_map(|(id, name, goal)| {
            let about = About::new(taxonomy, &goal.terms).ok()?;
            Some(Kept {
                id,
                name,
                goal,
                about,
            })
        })
        .collect())
}

/// Holds kept goals against the deals; `own` finds those of a goal.
pub(in crate::plan) fn planned(kept: Vec<Kept>, own: impl Fn(&About) -> Own) -> Vec<PlannedGoal> {
    let hold = |kept: Kept| PlannedGoal {
        own: own(&kept.about),
        id: kept.id,
        name: kept.name,
        goal: kept.goal,
    };
    kept.into_iter().map(hold).collect()
}
