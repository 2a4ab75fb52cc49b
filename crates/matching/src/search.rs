//! Answers one query: who matches, in which order, how many, and who misses by what.

use std::cell::RefCell;

use domain::{
    id::FacetId,
    protection::{self, Ask},
    taxonomy::FULL,
};

use crate::{
    engine::{
        Bitmap, Counting, Kernel, Rows, Selection, Shortfall, count_by_lists, count_by_sets, rank,
    },
    index::{Index, Row},
    matches::{Dropped, FacetCounts, MatchRow, Matches, NearMatch, Relaxation, TermCount},
    page::{self, Judge, Kept, Page, Ranked},
    pieces::Pieces,
    plan::{Plan, Scratch},
    query::{Query, QueryProblem},
    standing::{BANDS, Band},
    worth::Worth,
};

/// Near matches that are named when nobody matches.
const NEAR_MAX: usize = 10;
/// Pairs of conditions that are named at most.
const PAIRS_MAX: usize = 10;
/// Words of a text that are looked for in each row's text. With more of them the texts of all rows are
/// read once, so that no question costs more than that.
const WORDS_MAX: usize = 32;
/// Pages that reach further are cut from the whole order.
const PAGE_MAX: usize = 400;

pub(crate) struct Search<'a> {
    index: &'a Index,
    query: &'a Query,
    plan: Plan,
    ask: Ask,
    pub(crate) kernel: Kernel,
    /// One more than the highest slot.
    pub(crate) slots: u32,
    excluded: Bitmap,
    /// Who can be had; only when others are left out.
    available: Option<Bitmap>,
    bands: Pieces<Band>,
    /// By slot the idf of the words that its text holds; only for a text of many words.
    told: Option<Vec<u64>>,
}

/// What slots are worth, as the page asks it.
struct Worths<'a, 'b> {
    search: &'b Search<'a>,
    worth: Worth,
    /// The sets of slots whose text holds each word, with the word's idf; none where that is known.
    words: Vec<(Rows<'a>, u64)>,
    scratch: RefCell<Scratch>,
    /// Slots without anything in common are left out.
    in_common: bool,
}

impl<'a> Search<'a> {
    pub(crate) fn new(index: &'a Index, query: &'a Query) -> Result<Self, QueryProblem> {
        let plan = Plan::new(&index.taxonomy, (&index.texts, index.shelf.texts()), query)?;
        let (rules, rows) = (&index.rules, &index.advocates);
        let accounts = query.exclude_accounts.iter();
        let of_accounts = accounts.flat_map(|account| index.accounts.members(*account));
        let advocates = query.exclude_advocates.iter();
        let of_advocates = advocates.filter_map(|advocate| rows.number(*advocate));
        let (standing, day, today) = (&index.standing, query.day, query.today);
        let (available, bands) = if query.only_available {
            let asked = (query.activity, day, today);
            let (mut available, bands) = standing.of(rules, rows, asked);
            for slot in query
                .prospect
                .iter()
                .flat_map(|id| index.accounts.in_conflict(*id))
            {
                available.remove(slot);
            }
            (Some(available), bands)
        } else {
            (None, standing.bands(rules, rows, (day, today), None))
        };
        let is_long = plan.words().len() > WORDS_MAX;
        Ok(Self {
            told: is_long.then(|| index.texts.matched(plan.words(), rows.len())),
            index,
            query,
            plan,
            ask: query.ask(),
            kernel: Kernel::best(),
            slots: rows.len() as u32,
            excluded: Bitmap::of(of_accounts.copied().chain(of_advocates)),
            available,
            bands,
        })
    }

    pub(crate) fn run(&self) -> Matches {
        let (dropped, conditions) = self.conditions();
        let shortfall = Shortfall::new(&self.counted(), &conditions, self.kernel);
        let met = &shortfall.met;
        let total = met.count();
        let (offset, limit) = (self.query.offset, self.query.limit);
        let page = self.page(met, offset, limit, false);
        let (taxonomy, shelf) = (&self.index.taxonomy, &self.index.shelf);
        let (content, content_total) = shelf.find(taxonomy, &self.plan, self.query);
        Matches {
            rows: self.explained(&page, |slot| met.contains(slot)),
            total,
            accounts: self.accounts(met),
            facet_counts: self.facet_counts(met),
            near: if total == 0 {
                self.near(&self.seen())
            } else {
                Vec::new()
            },
            relaxations: relaxations(&shortfall, &dropped),
            content,
            content_total,
        }
    }

    /// Who meets every condition.
    pub(crate) fn met(&self) -> Selection {
        let (_, conditions) = self.conditions();
        Shortfall::new(&self.counted(), &conditions, self.kernel).met
    }

    /// Whom the query may see and does not leave out.
    fn seen(&self) -> Selection {
        self.meeting(&[self.index.sets.seen(self.query.restricted_visible)])
    }

    /// Among whom matches are counted, and who would match with a condition less.
    fn counted(&self) -> Selection {
        let (sets, texts) = (&self.index.sets, &self.index.texts);
        let mut conditions = vec![sets.seen(self.query.restricted_visible)];
        if self.query.in_common_only {
            conditions.extend(self.plan.in_common(sets, texts));
        }
        self.meeting(&conditions)
    }

    /// Who fits every criterion in full, a wish like a must, and whose text holds every word.
    pub(crate) fn full_fit(&self) -> Selection {
        let (sets, texts) = (&self.index.sets, &self.index.texts);
        let mut conditions = vec![sets.seen(self.query.restricted_visible)];
        conditions.extend(self.available.iter().map(Rows::Bitmap));
        conditions.extend(self.plan.full(sets, texts));
        self.meeting(&conditions)
    }

    fn meeting(&self, conditions: &[Rows]) -> Selection {
        Selection::new(self.slots, conditions, &[&self.excluded], self.kernel)
    }

    /// What filters, and the rows that meet it.
    fn conditions(&self) -> (Vec<Dropped>, Vec<Rows<'_>>) {
        let musts = self.plan.musts(&self.index.sets).into_iter();
        let musts = musts.map(|(facet, rows)| (Dropped::Must(facet), rows));
        let available = self.available.iter();
        let available = available.map(|rows| (Dropped::Availability, Rows::Bitmap(rows)));
        musts.chain(available).unzip()
    }

    /// The musts that the slot does not meet.
    pub(crate) fn differs(&self, slot: u32) -> Vec<FacetId> {
        let held = self.index.columns.held(slot);
        let score = self
            .plan
            .score(held, self.idf(slot), &mut self.plan.scratch());
        self.plan.failed_facets(score.failed)
    }

    /// The best of every account, from `offset` on.
    pub(crate) fn page(
        &self,
        among: &Selection,
        offset: usize,
        limit: usize,
        in_common: bool,
    ) -> Vec<Ranked> {
        let length = offset.saturating_add(limit);
        if limit == 0 || among.count() == 0 {
            return Vec::new();
        }
        let (sets, texts) = (&self.index.sets, &self.index.texts);
        let (worth, parts) = Worth::of(self.plan.gains(sets, texts), self.plan.weights());
        let words = self.plan.words().iter().filter(|_| self.told.is_none());
        let mut worths = Worths {
            search: self,
            worth,
            words: words.map(|word| (texts.holders(word), word.idf)).collect(),
            scratch: RefCell::new(self.plan.scratch()),
            in_common,
        };
        if worth == Worth::Unknown || length > PAGE_MAX {
            worths.worth = Worth::Unknown;
            return cut(page::all(&worths, among.iter()).into_iter(), offset, limit);
        }
        let mut page = Page::new(&worths, worth, length);
        rank(among, &parts, self.kernel, &mut page);
        cut(page.rows(), offset, limit)
    }

    /// Everybody with something in common, musts taken as wishes; who is available, if anybody is.
    fn near(&self, seen: &Selection) -> Vec<NearMatch> {
        let limit = NEAR_MAX.min(self.query.limit);
        let available = self.available.iter().map(Rows::Bitmap).collect::<Vec<_>>();
        let available = Shortfall::new(seen, &available, self.kernel).met;
        let mut among = &available;
        let mut page = self.page(among, 0, limit, true);
        if page.is_empty() {
            among = seen;
            page = self.page(among, 0, limit, true);
        }
        let scratch = RefCell::new(self.plan.scratch());
        let score = |slot| {
            let held = self.index.columns.held(slot);
            self.plan
                .score(held, self.idf(slot), &mut scratch.borrow_mut())
        };
        let differs = page.iter().map(|ranked| self.differs(ranked.slot));
        let differs: Vec<_> = differs.collect();
        let counted = |slot| among.contains(slot) && score(slot).relevance != Some(0);
        let near = self.explained(&page, counted).into_iter().zip(differs);
        near.map(|(row, differs)| NearMatch { row, differs })
            .collect()
    }

    fn row(&self, slot: u32) -> Option<&'a Row> {
        self.index.advocates.get(slot)
    }

    /// The sum of the idf of the words that the slot's text holds.
    fn idf(&self, slot: u32) -> u64 {
        if let Some(told) = &self.told {
            return told[slot as usize];
        }
        let words = self.plan.words().iter();
        let held = words.filter(|word| self.index.texts.holders(word).contains(slot));
        held.map(|word| word.idf).sum()
    }

    pub(crate) fn accounts(&self, among: &Selection) -> usize {
        let mut seen = vec![0_u64; self.index.accounts.len() / 64 + 1];
        for slot in among.iter() {
            let number = self.index.columns.account_number(slot);
            seen[number as usize / 64] |= 1 << (number % 64);
        }
        seen.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn explained(
        &self,
        page: &[Ranked],
        is_counted: impl Fn(u32) -> bool,
    ) -> Vec<MatchRow> {
        let mut scratch = self.plan.scratch();
        let mut explain = |ranked: &Ranked| {
            let row = self.row(ranked.slot)?;
            let held = self.index.columns.held(ranked.slot);
            let idf = self.idf(ranked.slot);
            let taxonomy = &self.index.taxonomy;
            let has_text = !row.document.is_empty();
            let (rules, member) = (&self.index.rules, &row.member);
            let members = self.index.accounts.members(row.account).iter();
            Some(MatchRow {
                advocate: row.advocate,
                account: row.account,
                contact: row.contact,
                relevance: self.plan.score(held, idf, &mut scratch).relevance,
                points: self.plan.points(taxonomy, held, has_text, idf),
                availability: protection::availability(rules, member, &self.ask),
                load: protection::load(rules, member, &self.ask),
                verified_on: row.verified_on,
                others_at_account: members
                    .filter(|slot| **slot != ranked.slot && is_counted(**slot))
                    .count(),
            })
        };
        page.iter().filter_map(&mut explain).collect()
    }

    fn facet_counts(&self, among: &Selection) -> Vec<FacetCounts> {
        let (taxonomy, columns) = (&self.index.taxonomy, &self.index.columns);
        let positions = taxonomy.positions();
        let counts = match Counting::cheaper(among, positions) {
            Counting::BySets => count_by_sets(among, self.index.sets.counted(), self.kernel),
            Counting::ByLists => {
                count_by_lists(among, positions, |slot| columns.with_ancestors(slot))
            }
        };
        let of_facet = |facet| {
            let held = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            let mut terms: Vec<TermCount> = held
                .filter(|(position, _)| taxonomy.facet_at(*position) == facet)
                .map(|(position, count)| TermCount {
                    term: taxonomy.term_at(position),
                    count: *count as usize,
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

impl Judge for Worths<'_, '_> {
    fn judge(&self, slot: u32, points: u8) -> Option<(Ranked, u32, u32)> {
        let (plan, index) = (&self.search.plan, self.search.index);
        let relevance = match self.worth {
            Worth::Exact { unit } => plan.relevance(u64::from(points) * unit),
            Worth::Bound { .. } | Worth::Unknown => {
                let words = self.words.iter().filter(|(rows, _)| rows.contains(slot));
                let idf = match &self.search.told {
                    Some(told) => told[slot as usize],
                    None => words.map(|(_, idf)| idf).sum(),
                };
                let mut scratch = self.scratch.borrow_mut();
                plan.score(index.columns.held(slot), idf, &mut scratch)
                    .relevance
            }
        };
        if self.in_common && relevance == Some(0) {
            return None;
        }
        let relevance = relevance.unwrap_or(0);
        let band = self.search.bands.get(slot as usize).copied().unwrap_or(0);
        let ranked = Ranked {
            order: (FULL - relevance) * BANDS + u32::from(band),
            advocate: self.search.row(slot)?.advocate,
            slot,
        };
        Some((ranked, index.columns.account_number(slot), relevance))
    }

    fn may_come_before(&self, slot: u32, points: u8, worst: &Kept) -> bool {
        let band = self.search.bands.get(slot as usize).copied().unwrap_or(0);
        match self.worth {
            Worth::Exact { .. } if points == worst.points => {
                u32::from(band) <= worst.ranked.order % BANDS
            }
            Worth::Exact { .. } | Worth::Bound { .. } | Worth::Unknown => true,
        }
    }
}

/// The conditions whose loss gains anything, highest gain first, then in the order of the query:
/// single ones or, where none helps, pairs.
fn relaxations(shortfall: &Shortfall, conditions: &[Dropped]) -> Vec<Relaxation> {
    let singles = conditions.iter().zip(&shortfall.by_one);
    let singles = singles.map(|(condition, rows)| (vec![*condition], *rows));
    let pairs = shortfall.by_two.iter();
    let pairs = pairs.map(|(one, other, rows)| (vec![conditions[*one], conditions[*other]], *rows));
    let pairs_only = shortfall.by_one.iter().all(|rows| *rows == 0);
    let gains = singles.chain(pairs).filter(|(_, rows)| *rows > 0);
    let mut gains: Vec<Relaxation> = gains
        .map(|(dropped, rows)| Relaxation {
            dropped,
            gain: rows as usize,
        })
        .collect();
    gains.sort_by_key(|each| std::cmp::Reverse(each.gain));
    if pairs_only {
        gains.truncate(PAIRS_MAX);
    }
    gains
}

fn cut(rows: impl Iterator<Item = Ranked>, offset: usize, limit: usize) -> Vec<Ranked> {
    rows.skip(offset).take(limit).collect()
}
