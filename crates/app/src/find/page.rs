//! One page of a search: the accounts with somebody who fits everything that was asked first, those
//! that only come near after them. Refuses to know how either is worded.

use matching::{FullFit, Index, LIMIT_MAX, MatchRow, Matches, Query, QueryProblem};

/// What the index found, with how many of it fit everything.
pub(super) struct Found {
    pub(super) matches: Matches,
    /// Advocates who fit everything.
    pub(super) fit_all: usize,
    /// Accounts that the pages reach.
    pub(super) reached: usize,
}

/// The page that the query asks for.
pub(super) fn read(index: &Index, query: &Query) -> Result<Found, QueryProblem> {
    let (mut matches, full) = index.query_with_full_fit(query)?;
    let mut reached = matches.accounts;
    if is_parted(query) && 0 < full.accounts && full.accounts < matches.accounts {
        (matches.rows, reached) = parted(index, query, &full, reached)?;
    }
    Ok(Found {
        matches,
        fit_all: full.total,
        reached,
    })
}

/// Whether somebody who fits everything may be ranked below somebody who does not: the fit of several
/// terms of a facet is their mean, and one of them is enough to fit.
fn is_parted(query: &Query) -> bool {
    let mut criteria = query.criteria.iter();
    criteria.any(|criterion| criterion.terms.len() > 1)
}

/// The rows of the page, and how many accounts the pages reach. Who comes near is left out where more
/// accounts fit everything than a query names.
fn parted(
    index: &Index,
    query: &Query,
    full: &FullFit,
    accounts: usize,
) -> Result<(Vec<MatchRow>, usize), QueryProblem> {
    let mut rows = full.rows.clone();
    if full.accounts > LIMIT_MAX {
        return Ok((rows, full.accounts));
    }
    if rows.len() < query.limit {
        let mut all = query.clone();
        (all.offset, all.limit) = (0, full.accounts);
        let all = index.full_fit(&all)?;
        let mut near = query.clone();
        near.exclude_accounts
            .extend(all.rows.iter().map(|row| row.account));
        near.offset = query.offset.saturating_sub(full.accounts);
        near.limit = query.limit - rows.len();
        rows.extend(index.query(&near)?.rows);
    }
    Ok((rows, accounts))
}
