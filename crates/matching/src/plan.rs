//! A query against the current taxonomy: which held term answers which requested one, and what a
//! set of held terms is worth. One code path for people and content, for scores and explanations.

mod gains;

use std::ops::Range;

use domain::{
    id::FacetId,
    taxonomy::{FULL, Fit, Taxonomy},
};

use crate::{
    matches::{CriterionRef, Points},
    query::{Criterion, Query, QueryProblem, check_bounds},
    texts::{Texts, WeighedWord},
};

pub(crate) struct Plan {
    wanted: Vec<Wanted>,
    text: Option<WantedText>,
    weights: u64,
    /// The hits of position p are `hits[starts[p]..starts[p + 1]]`.
    starts: Vec<u32>,
    hits: Vec<Hit>,
    requested: usize,
}

struct Wanted {
    facet: FacetId,
    requested: Range<usize>,
    must: bool,
    weight: u64,
}

struct WantedText {
    words: Vec<WeighedWord>,
    idf: u64,
    weight: u64,
}

/// A held term answers a requested one.
#[derive(Clone, Copy)]
struct Hit {
    requested: u8,
    fit: Fit,
}

/// What a set of held terms and a text are worth.
pub(crate) struct Score {
    pub(crate) relevance: Option<u32>,
    /// A bit per must that is not met, by the place of its criterion.
    pub(crate) failed: u64,
}

/// Memory that is used again from one row to the next: the best fit per requested term.
pub(crate) struct Scratch(Vec<Fit>);

impl Plan {
    /// `texts` are those of people, which weigh the words, and those of content.
    pub(crate) fn new(
        taxonomy: &Taxonomy,
        texts: (&Texts, &Texts),
        query: &Query,
    ) -> Result<Self, QueryProblem> {
        check_bounds(query)?;
        let mut wanted = Vec::with_capacity(query.criteria.len());
        let mut hits = Vec::new();
        let mut requested = 0;
        for criterion in &query.criteria {
            if wanted
                .iter()
                .any(|earlier: &Wanted| earlier.facet == criterion.facet)
            {
                return Err(QueryProblem::FacetNamedTwice(criterion.facet));
            }
            let first = requested;
            for position in positions(taxonomy, criterion)? {
                // At most 200 terms are taken, so their places fit.
                let place = requested as u8;
                let fits = taxonomy.fits_at(position).into_iter();
                hits.extend(fits.map(|(held, fit)| {
                    (
                        held,
                        Hit {
                            requested: place,
                            fit,
                        },
                    )
                }));
                requested += 1;
            }
            wanted.push(Wanted {
                facet: criterion.facet,
                requested: first..requested,
                must: criterion.must,
                weight: u64::from(criterion.weight),
            });
        }
        let text = match &query.text {
            Some(text) => Some(wanted_text(texts, &text.text, text.weight)?),
            None => None,
        };
        let weights = wanted.iter().map(|each| each.weight).sum::<u64>();
        let (starts, hits) = by_position(hits, taxonomy.positions());
        Ok(Self {
            weights: weights + text.as_ref().map_or(0, |text| text.weight),
            wanted,
            text,
            starts,
            hits,
            requested,
        })
    }

    pub(crate) fn scratch(&self) -> Scratch {
        Scratch(vec![Fit::None; self.requested])
    }

    /// The relevance of a weighted sum of fits.
    pub(crate) fn relevance(&self, sum: u64) -> Option<u32> {
        self.has_criteria().then(|| rounded(sum, self.weights))
    }

    pub(crate) fn weights(&self) -> u64 {
        self.weights
    }

    pub(crate) fn has_criteria(&self) -> bool {
        self.weights > 0
    }

    pub(crate) fn words(&self) -> &[WeighedWord] {
        self.text.as_ref().map_or(&[], |text| &text.words)
    }

    pub(crate) fn facet(&self, criterion: usize) -> FacetId {
        self.wanted[criterion].facet
    }

    /// The facets of a score's failed musts, in the order of the query.
    pub(crate) fn failed_facets(&self, failed: u64) -> Vec<FacetId> {
        let places = (0..self.wanted.len()).filter(|place| failed >> place & 1 == 1);
        places.map(|place| self.facet(place)).collect()
    }

    pub(crate) fn score(&self, held: &[u32], matched_idf: u64, scratch: &mut Scratch) -> Score {
        let best = &mut scratch.0;
        best.fill(Fit::None);
        for held in held {
            for hit in self.hits_of(*held) {
                // Fits are declared best first.
                let place = &mut best[usize::from(hit.requested)];
                *place = hit.fit.min(*place);
            }
        }
        let mut failed = 0;
        let mut sum = 0;
        for (place, wanted) in self.wanted.iter().enumerate() {
            let fits = &best[wanted.requested.clone()];
            if wanted.must && !fits.iter().any(|fit| fit.value() == FULL) {
                failed |= 1 << place;
            }
            sum += wanted.weight * u64::from(mean(fits));
        }
        if let Some(text) = &self.text {
            sum += text.weight * u64::from(text.fit(matched_idf));
        }
        Score {
            relevance: self.relevance(sum),
            failed,
        }
    }

    /// The score in parts.
    pub(crate) fn points(
        &self,
        taxonomy: &Taxonomy,
        held: &[u32],
        has_text: bool,
        matched_idf: u64,
    ) -> Vec<Points> {
        let mut points = Vec::with_capacity(self.wanted.len() + 1);
        let (mut sum, mut given) = (0, 0);
        let mut share = |weight: u64, fit: u32| {
            sum += weight * u64::from(fit);
            let before = given;
            given = rounded(sum, self.weights);
            given - before
        };
        for wanted in &self.wanted {
            let mut best = vec![Fit::None; wanted.requested.len()];
            let mut answer: Option<(Fit, u32)> = None;
            for held in held {
                let hits = self.hits_of(*held).iter();
                for hit in hits.filter(|hit| wanted.requested.contains(&usize::from(hit.requested)))
                {
                    let place = &mut best[usize::from(hit.requested) - wanted.requested.start];
                    *place = hit.fit.min(*place);
                    let this = (hit.fit, *held);
                    answer = Some(answer.map_or(this, |other| other.min(this)));
                }
            }
            let fit = mean(&best);
            let mut facets = held.iter().map(|held| taxonomy.facet_at(*held as usize));
            points.push(Points {
                criterion: CriterionRef::Facet(wanted.facet),
                fit,
                points: share(wanted.weight, fit),
                kind: Some(answer.map_or(Fit::None, |(fit, _)| fit)),
                matched: answer.map(|(_, held)| taxonomy.term_at(held as usize)),
                missing: !facets.any(|facet| facet == wanted.facet),
            });
        }
        if let Some(text) = &self.text {
            let fit = text.fit(matched_idf);
            points.push(Points {
                criterion: CriterionRef::Text,
                fit,
                points: share(text.weight, fit),
                kind: None,
                matched: None,
                missing: !has_text,
            });
        }
        points
    }

    fn hits_of(&self, position: u32) -> &[Hit] {
        let position = position as usize;
        &self.hits[self.starts[position] as usize..self.starts[position + 1] as usize]
    }
}

impl WantedText {
    fn fit(&self, matched_idf: u64) -> u32 {
        rounded(matched_idf * u64::from(FULL), self.idf)
    }
}

fn wanted_text(
    texts: (&Texts, &Texts),
    text: &str,
    weight: u32,
) -> Result<WantedText, QueryProblem> {
    let words = texts.0.weigh(texts.1, text);
    if words.is_empty() {
        return Err(QueryProblem::NoWords);
    }
    Ok(WantedText {
        idf: words.iter().map(|word| word.idf).sum(),
        words,
        weight: u64::from(weight),
    })
}

/// The distinct requested positions, merges resolved, in the order of the criterion.
fn positions(taxonomy: &Taxonomy, criterion: &Criterion) -> Result<Vec<usize>, QueryProblem> {
    let facet = criterion.facet;
    if taxonomy.facet(facet).is_none() {
        return Err(QueryProblem::UnknownFacet(facet));
    }
    if criterion.terms.is_empty() {
        return Err(QueryProblem::NoTerms(facet));
    }
    let mut positions = Vec::with_capacity(criterion.terms.len());
    for term in &criterion.terms {
        let position = taxonomy
            .position(*term)
            .ok_or(QueryProblem::UnknownTerm(*term))?;
        if taxonomy.facet_at(position) != facet {
            return Err(QueryProblem::TermOfAnotherFacet { term: *term, facet });
        }
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
    Ok(positions)
}

fn by_position(mut hits: Vec<(usize, Hit)>, positions: usize) -> (Vec<u32>, Vec<Hit>) {
    hits.sort_by_key(|(held, _)| *held);
    let mut starts = vec![0; positions + 1];
    for (held, _) in &hits {
        starts[held + 1] += 1;
    }
    for position in 0..positions {
        starts[position + 1] += starts[position];
    }
    (starts, hits.into_iter().map(|(_, hit)| hit).collect())
}

fn mean(fits: &[Fit]) -> u32 {
    let sum = fits.iter().map(|fit| u64::from(fit.value())).sum();
    rounded(sum, fits.len() as u64)
}

/// Half up; the quotient of a sum of fits by its weights is never above [`FULL`].
fn rounded(sum: u64, by: u64) -> u32 {
    ((2 * sum + by) / (2 * by)) as u32
}
