//! One pass over all advocates: who matches, in which order, how many, and who misses by what.

use domain::{
    id::AdvocateId,
    protection::{self, Ask},
    taxonomy::FULL,
    time::Day,
};

use crate::{
    columns::Glance,
    index::{Index, Row},
    matches::{FacetCounts, MatchRow, Matches, NearMatch, TermCount},
    misses::Misses,
    plan::{Plan, Score, Scratch},
    query::{Query, QueryProblem},
};

/// Near matches that are named when nobody matches.
const NEAR_MAX: usize = 10;
/// Verification is fresh, then ageing, for this long.
const FRESH_DAYS: i64 = 90;
const AGEING_DAYS: i64 = 180;

pub(crate) struct Search<'a> {
    index: &'a Index,
    query: &'a Query,
    plan: Plan,
    ask: Ask,
    /// The matched idf by slot; empty without a text.
    matched: Vec<u64>,
    /// Ascending, like the slots.
    excluded_accounts: Vec<u32>,
    excluded_slots: Vec<u32>,
    fresh_from: Day,
    ageing_from: Day,
}

/// A matching advocate; the lesser one comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    /// Relevance, load and verification in one number.
    order: u32,
    advocate: AdvocateId,
    slot: u32,
}

/// The best advocate and the number of advocates, by account number.
struct Groups(Vec<Option<(Ranked, usize)>>);

impl Groups {
    fn add(&mut self, account_number: u32, ranked: Ranked) {
        let group = &mut self.0[account_number as usize];
        *group = Some(group.map_or((ranked, 1), |(best, count)| (best.min(ranked), count + 1)));
    }

    /// The number of accounts, and the page of them in order.
    fn page(self, offset: usize, limit: usize) -> (usize, Vec<(Ranked, usize)>) {
        let mut all: Vec<(Ranked, usize)> = self.0.into_iter().flatten().collect();
        let accounts = all.len();
        let end = offset.saturating_add(limit);
        if end < accounts {
            all.select_nth_unstable(end);
            all.truncate(end);
        }
        all.sort_unstable();
        (accounts, all.split_off(offset.min(all.len())))
    }
}

impl<'a> Search<'a> {
    pub(crate) fn new(index: &'a Index, query: &'a Query) -> Result<Self, QueryProblem> {
        let plan = Plan::new(&index.taxonomy, (&index.texts, index.shelf.texts()), query)?;
        let matched = if plan.words().is_empty() {
            Vec::new()
        } else {
            index.texts.matched(plan.words(), index.advocates.len())
        };
        let mut excluded_accounts: Vec<u32> = query
            .exclude_accounts
            .iter()
            .filter_map(|account| index.accounts.number(*account))
            .collect();
        let mut excluded_slots: Vec<u32> = query
            .exclude_advocates
            .iter()
            .filter_map(|advocate| index.advocates.number(*advocate))
            .collect();
        excluded_accounts.sort_unstable();
        excluded_slots.sort_unstable();
        Ok(Self {
            index,
            query,
            plan,
            ask: Ask {
                activity: query.activity,
                day: query.day,
                today: query.today,
                prospect: query.prospect,
                except: None,
            },
            matched,
            excluded_accounts,
            excluded_slots,
            fresh_from: query.today.plus_days(-FRESH_DAYS),
            ageing_from: query.today.plus_days(-AGEING_DAYS),
        })
    }

    pub(crate) fn run(&self) -> Matches {
        let taxonomy = &self.index.taxonomy;
        let mut groups = self.groups();
        let mut total = 0;
        let mut counts = vec![0_usize; taxonomy.positions()];
        let mut misses = Misses::default();
        let mut scratch = self.plan.scratch();
        for (slot, glance) in self.seen() {
            let score = self.score(slot, &mut scratch);
            match score.failed.count_ones() {
                0 if self.is_available(slot, glance) => {
                    total += 1;
                    for position in self.index.columns.with_ancestors(slot) {
                        counts[*position as usize] += 1;
                    }
                    self.add(&mut groups, slot, glance, &score);
                }
                0 => misses.add_unavailable(),
                1 => misses.add_one(score.failed, self.is_available(slot, glance)),
                2 => misses.add_two(slot, glance, score.failed),
                _ => {}
            }
        }
        let (accounts, page) = groups.page(self.query.offset, self.query.limit);
        let is_available = |slot, glance| self.is_available(slot, glance);
        let (content, content_total) = self.index.shelf.find(taxonomy, &self.plan, self.query);
        Matches {
            rows: self.explained(page),
            total,
            accounts,
            facet_counts: self.facet_counts(&counts),
            relaxations: misses.relaxations(&self.plan, is_available),
            near: if total == 0 { self.near() } else { Vec::new() },
            content,
            content_total,
        }
    }

    /// Everybody with something in common, musts taken as wishes; who is available, if anybody is.
    fn near(&self) -> Vec<NearMatch> {
        let available = self.near_where(|slot, glance| self.is_available(slot, glance));
        if available.is_empty() {
            self.near_where(|_, _| true)
        } else {
            available
        }
    }

    fn near_where(&self, may_be_shown: impl Fn(u32, Glance) -> bool) -> Vec<NearMatch> {
        let mut groups = self.groups();
        let mut scratch = self.plan.scratch();
        for (slot, glance) in self.seen() {
            let score = self.score(slot, &mut scratch);
            if score.relevance != Some(0) && may_be_shown(slot, glance) {
                self.add(&mut groups, slot, glance, &score);
            }
        }
        let (_, page) = groups.page(0, NEAR_MAX.min(self.query.limit));
        let failed = page
            .iter()
            .map(|(ranked, _)| self.score(ranked.slot, &mut scratch).failed);
        let differs: Vec<_> = failed
            .map(|failed| self.plan.failed_facets(failed))
            .collect();
        let near = self.explained(page).into_iter().zip(differs);
        near.map(|(row, differs)| NearMatch { row, differs })
            .collect()
    }

    /// The advocates that the query may see.
    fn seen(&self) -> impl Iterator<Item = (u32, Glance)> + '_ {
        self.index.columns.iter().filter(|(slot, glance)| {
            (self.query.restricted_visible || !glance.restricted)
                && self.excluded_slots.binary_search(slot).is_err()
                && self
                    .excluded_accounts
                    .binary_search(&glance.account_number)
                    .is_err()
        })
    }

    fn score(&self, slot: u32, scratch: &mut Scratch) -> Score {
        let held = self.index.columns.held(slot);
        self.plan.score(held, self.matched_idf(slot), scratch)
    }

    fn row(&self, slot: u32) -> Option<&'a Row> {
        self.index.advocates.get(slot)
    }

    fn groups(&self) -> Groups {
        Groups(vec![None; self.index.accounts.len()])
    }

    fn matched_idf(&self, slot: u32) -> u64 {
        self.matched.get(slot as usize).copied().unwrap_or(0)
    }

    fn is_available(&self, slot: u32, glance: Glance) -> bool {
        let (rules, ask) = (&self.index.rules, &self.ask);
        let can_be_had = |row: &Row| protection::can_be_had(rules, &row.member, ask);
        !self.query.only_available
            || (glance.is_open_to(ask.activity) && self.row(slot).is_some_and(can_be_had))
    }

    fn add(&self, groups: &mut Groups, slot: u32, glance: Glance, score: &Score) {
        let Some(row) = self.row(slot) else {
            return;
        };
        let load = protection::load(&self.index.rules, &row.member, &self.ask) as u32;
        let verification = match row.verified_on {
            Some(day) if day >= self.fresh_from => 0,
            Some(day) if day >= self.ageing_from => 1,
            Some(_) | None => 2,
        };
        let missing = FULL - score.relevance.unwrap_or(0);
        let ranked = Ranked {
            // Three bands each.
            order: (missing * 3 + load) * 3 + verification,
            advocate: row.advocate,
            slot,
        };
        groups.add(glance.account_number, ranked);
    }

    fn explained(&self, page: Vec<(Ranked, usize)>) -> Vec<MatchRow> {
        let mut scratch = self.plan.scratch();
        let explain = |(ranked, count): (Ranked, usize)| {
            let row = self.row(ranked.slot)?;
            let held = self.index.columns.held(ranked.slot);
            let idf = self.matched_idf(ranked.slot);
            let taxonomy = &self.index.taxonomy;
            let has_text = !row.document.is_empty();
            let (rules, member) = (&self.index.rules, &row.member);
            Some(MatchRow {
                advocate: row.advocate,
                account: row.account,
                contact: row.contact,
                relevance: self.plan.score(held, idf, &mut scratch).relevance,
                points: self.plan.points(taxonomy, held, has_text, idf),
                availability: protection::availability(rules, member, &self.ask),
                load: protection::load(rules, member, &self.ask),
                verified_on: row.verified_on,
                others_at_account: count - 1,
            })
        };
        page.into_iter().filter_map(explain).collect()
    }

    fn facet_counts(&self, counts: &[usize]) -> Vec<FacetCounts> {
        let taxonomy = &self.index.taxonomy;
        let of_facet = |facet| {
            let held = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            let mut terms: Vec<TermCount> = held
                .filter(|(position, _)| taxonomy.facet_at(*position) == facet)
                .map(|(position, count)| TermCount {
                    term: taxonomy.term_at(position),
                    count: *count,
                })
                .collect();
            // A stable sort: equal counts stay in the order of ids.
            terms.sort_by_key(|each| std::cmp::Reverse(each.count));
            FacetCounts { facet, terms }
        };
        let facets = taxonomy.facets().iter().map(|facet| of_facet(facet.id));
        facets.filter(|facet| !facet.terms.is_empty()).collect()
    }
}
