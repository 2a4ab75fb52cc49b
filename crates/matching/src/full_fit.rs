//! Who fits everything that is asked. Decides who they are and their order; refuses to know how they
//! are told from those who come near.

use domain::taxonomy::{FULL, Fit};

use crate::{
    index::Index,
    matches::{CriterionRef, MatchRow, Matches},
    query::{LIMIT_MAX, Query, QueryProblem},
    search::Search,
};

/// The advocates who fit every criterion in full, and whose text holds every word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FullFit {
    /// The advocates.
    pub total: usize,
    /// Their accounts.
    pub accounts: usize,
    /// The best of each account, best first: the asked page.
    pub rows: Vec<MatchRow>,
}

impl Index {
    /// Who fits all of the query: wishes count like musts. Nobody when nothing is asked.
    pub fn full_fit(&self, query: &Query) -> Result<FullFit, QueryProblem> {
        Search::new(self, query).map(|search| full_fit(&search, query))
    }

    /// The answer to a need beside who fits all of it, worked out from one plan.
    pub fn query_with_full_fit(&self, query: &Query) -> Result<(Matches, FullFit), QueryProblem> {
        let search = Search::new(self, query)?;
        Ok((search.run(), full_fit(&search, query)))
    }
}

fn full_fit(search: &Search, query: &Query) -> FullFit {
    if query.criteria.is_empty() && query.text.is_none() {
        return FullFit::default();
    }
    let full = search.full_fit();
    let page = search.page(&full, query.offset, query.limit.min(LIMIT_MAX), false);
    FullFit {
        total: full.count(),
        accounts: search.accounts(&full),
        rows: search.explained(&page, |slot| full.contains(slot)),
    }
}

impl MatchRow {
    /// Whether everything that was asked fits in full; not when nothing was.
    pub fn fits_all(&self) -> bool {
        let fits = |fit: Option<Fit>| fit.is_some_and(|fit| fit.value() == FULL);
        !self.points.is_empty()
            && self.points.iter().all(|points| match points.criterion {
                CriterionRef::Facet(_) => fits(points.kind),
                CriterionRef::Text => points.fit == FULL,
            })
    }
}
