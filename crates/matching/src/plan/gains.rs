//! The plan as sets: who meets a must, and which sets of slots gain which part of the fits.

use domain::{
    id::FacetId,
    taxonomy::{FULL, Fit},
};

use super::{Plan, Wanted};
use crate::{engine::Rows, sets::Sets, texts::Texts, worth::Gain};

/// Which held terms answer one requested term, by position.
#[derive(Clone, Default)]
struct Answers {
    same: usize,
    descendants: usize,
    halves: Vec<usize>,
    quarters: Vec<usize>,
}

impl Answers {
    fn full<'a>(&self, sets: &'a Sets) -> Rows<'a> {
        if self.descendants > 0 {
            sets.under(self.same)
        } else {
            // Bands have parents in the taxonomy that do not count for the fit.
            sets.held(self.same)
        }
    }

    /// The slots whose best fit has at least the value, the lowest value first.
    fn levels<'a>(&self, sets: &'a Sets) -> Vec<(u32, Rows<'a>)> {
        let mut rows = vec![self.full(sets)];
        let mut levels = vec![(FULL, self.full(sets))];
        for (fit, held) in [(Fit::Parent, &self.halves), (Fit::Sibling, &self.quarters)] {
            if !held.is_empty() {
                rows.extend(held.iter().map(|position| sets.held(*position)));
                levels.push((fit.value(), Rows::AnyOf(rows.clone())));
            }
        }
        levels.reverse();
        levels
    }
}

impl Plan {
    /// The musts in the order of the query: who fits one of the requested terms in full.
    pub(crate) fn musts<'a>(&self, sets: &'a Sets) -> Vec<(FacetId, Rows<'a>)> {
        let answers = self.answers();
        let musts = self.wanted.iter().filter(|wanted| wanted.must);
        let full = |wanted: &Wanted| {
            let full = answers[wanted.requested.clone()]
                .iter()
                .map(|each| each.full(sets));
            Rows::AnyOf(full.collect())
        };
        musts.map(|wanted| (wanted.facet, full(wanted))).collect()
    }

    /// What each criterion and each word wants in full, in the order of the query.
    pub(crate) fn full<'a>(&self, sets: &'a Sets, texts: &'a Texts) -> Vec<Rows<'a>> {
        let answers = self.answers();
        let full = |wanted: &Wanted| {
            let terms = answers[wanted.requested.clone()].iter();
            Rows::AnyOf(terms.map(|each| each.full(sets)).collect())
        };
        let words = self.words().iter().map(|word| texts.holders(word));
        self.wanted.iter().map(full).chain(words).collect()
    }

    /// Who meets a must, or whom a wish fits at least in part, or any word. `None` without wishes and
    /// words: nothing would be in common with what is left when the musts are given up, and then
    /// everybody matches.
    pub(crate) fn in_common<'a>(&self, sets: &'a Sets, texts: &'a Texts) -> Option<Rows<'a>> {
        if self.text.is_none() && self.wanted.iter().all(|wanted| wanted.must) {
            return None;
        }
        let answers = self.answers();
        let mut rows: Vec<Rows> = self
            .words()
            .iter()
            .map(|word| texts.holders(word))
            .collect();
        for wanted in &self.wanted {
            for each in &answers[wanted.requested.clone()] {
                let widest = each.levels(sets).into_iter().next().map(|(_, rows)| rows);
                // The lowest level holds the higher ones.
                rows.extend(if wanted.must {
                    Some(each.full(sets))
                } else {
                    widest
                });
            }
        }
        Some(Rows::AnyOf(rows))
    }

    /// What each set of slots adds to the weighted sum of fits.
    pub(crate) fn gains<'a>(&self, sets: &'a Sets, texts: &'a Texts) -> Vec<Gain<'a>> {
        let answers = self.answers();
        let mut gains = Vec::new();
        for wanted in &self.wanted {
            for answers in &answers[wanted.requested.clone()] {
                let mut below = 0;
                for (value, rows) in answers.levels(sets) {
                    gains.push(Gain {
                        rows,
                        weight: wanted.weight,
                        fit: u64::from(value - below),
                        among: wanted.requested.len() as u64,
                    });
                    below = value;
                }
            }
        }
        if let Some(text) = &self.text {
            gains.extend(text.words.iter().map(|word| Gain {
                rows: texts.holders(word),
                weight: text.weight,
                fit: word.idf * u64::from(FULL),
                among: text.idf,
            }));
        }
        gains
    }

    fn answers(&self) -> Vec<Answers> {
        let mut answers = vec![Answers::default(); self.requested];
        for (held, bounds) in self.starts.windows(2).enumerate() {
            for hit in &self.hits[bounds[0] as usize..bounds[1] as usize] {
                let answers = &mut answers[usize::from(hit.requested)];
                match hit.fit {
                    Fit::Same => answers.same = held,
                    Fit::Descendant => answers.descendants += 1,
                    Fit::Parent | Fit::Adjacent => answers.halves.push(held),
                    Fit::Sibling => answers.quarters.push(held),
                    Fit::None => {}
                }
            }
        }
        answers
    }
}
