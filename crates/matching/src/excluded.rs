//! Who is not among the matches although they share something with the need, and everything that
//! stands in the way. It decides what to name; it refuses to know who may read it.

use domain::{
    id::FacetId,
    protection::{self, Refusal, Verdict},
};

use crate::{
    engine::{Bitmap, Rows, Selection},
    index::Index,
    matches::MatchRow,
    query::{Query, QueryProblem},
    search::Search,
};

/// Somebody who is not among the matches; at least one of the three reasons holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    pub row: MatchRow,
    /// The musts that are not met, in the order of the query.
    pub differs: Vec<FacetId>,
    /// Every rule that stands in the way of the use on the day; empty where rules do not filter.
    pub refusals: Vec<Refusal>,
    /// The query itself leaves this advocate out.
    pub is_left_out: bool,
}

impl Index {
    /// The best of every account among those who do not match: musts are taken as wishes, so that
    /// whoever misses by one condition comes first. Accounts that the query leaves out stay out.
    ///
    /// At most `limit` rows, and never more than [`crate::LIMIT_MAX`].
    pub fn excluded(&self, query: &Query, limit: usize) -> Result<Vec<Excluded>, QueryProblem> {
        let search = Search::new(self, query)?;
        let met = search.met();
        let of_accounts = query.exclude_accounts.iter();
        let of_accounts = of_accounts.flat_map(|account| self.accounts.members(*account));
        let others = Bitmap::of((0..search.slots).filter(|slot| !met.contains(*slot)));
        let conditions = [
            self.sets.seen(query.restricted_visible),
            Rows::Bitmap(&others),
        ];
        let gone = Bitmap::of(of_accounts.copied());
        let among = Selection::new(search.slots, &conditions, &[&gone], search.kernel);
        let page = search.page(&among, 0, limit.min(crate::LIMIT_MAX), false);
        let excluded = page.iter().filter_map(|ranked| {
            let rows = search.explained(std::slice::from_ref(ranked), |slot| among.contains(slot));
            let row = rows.into_iter().next()?;
            let is_left_out = query.exclude_advocates.contains(&row.advocate);
            let refusals = match self.verdict(query, &row) {
                // Short notice alone is no reason: somebody's yes is enough.
                Some(verdict) if query.only_available && !row.availability.can_be_had() => {
                    verdict.refusals
                }
                Some(_) | None => Vec::new(),
            };
            Some(Excluded {
                differs: search.differs(ranked.slot),
                refusals,
                is_left_out,
                row,
            })
        });
        Ok(excluded.collect())
    }

    /// What protection says of the advocate of a row on the day of the query.
    pub fn verdict(&self, query: &Query, row: &MatchRow) -> Option<Verdict> {
        let slot = self.advocates.number(row.advocate)?;
        let member = &self.advocates.get(slot)?.member;
        Some(protection::check(&self.rules, member, &query.ask()))
    }
}
