//! Reads one deal as the planning room takes it: its segment, its money in the plan's currency, what
//! it asked for. Refuses to know what follows from the deals together.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use domain::{
    id::{FacetId, TermId},
    taxonomy::Taxonomy,
};
use planning::demand::{Ask, Deal};
use storage::{pipeline::PlannedDeal, term::Term};

use super::Combination;
use crate::plan::{
    assume::Exchange,
    goals::{About, Own},
    ground::{Ground, KnownDeal},
};

/// What a deal is read with, and what the deals read so far add up to.
pub(super) struct Reader<'a> {
    ground: &'a Ground,
    facets: &'a [FacetId],
    product: Option<FacetId>,
    /// What each carried term counts as in segments: itself, what it was merged into or, where those were
    /// asked for, the broadest one above.
    cut: HashMap<TermId, TermId>,
    /// What it counts as where prices are looked up.
    resolved: HashMap<TermId, TermId>,
    exchange: Exchange,
    /// Minor units of the plan's currency.
    list_prices: HashMap<TermId, u64>,
    pub segments: Segments,
}

impl<'a> Reader<'a> {
    pub fn new(
        ground: &'a Ground,
        taxonomy: &Taxonomy,
        facets: &'a [FacetId],
        exchange: Exchange,
        is_broad: bool,
    ) -> Self {
        let known = taxonomy.terms().iter();
        let resolved: HashMap<TermId, TermId> = known
            .filter_map(|term| Some((term.id, taxonomy.resolve(term.id)?)))
            .collect();
        let broadest = |own: TermId| taxonomy.ancestors(own).last().filter(|_| is_broad);
        let cut = resolved.iter();
        let cut = cut.map(|(carried, own)| (*carried, broadest(*own).unwrap_or(*own)));
        Self {
            ground,
            facets,
            product: taxonomy.facet_by_key("product").map(|facet| facet.id),
            cut: cut.collect(),
            resolved,
            exchange,
            list_prices: HashMap::new(),
            segments: Segments::default(),
        }
    }

    /// Takes the list prices of products.
    pub fn price(&mut self, terms: Vec<Term>) {
        let priced = terms.into_iter().filter_map(|term| {
            let currency = term.list_currency.unwrap_or(self.exchange.base);
            let price = self.exchange.convert(term.list_minor?, currency)?;
            Some((term.id, price))
        });
        self.list_prices = priced.collect();
    }

    pub fn deal(&mut self, known: &KnownDeal) -> Deal {
        let (row, asked) = (&known.row, known.asked);
        let count = |references: i64| u32::try_from(references).unwrap_or(0);
        Deal {
            segment: self.segment(known),
            is_closed: row.status.is_closed(),
            stage: row.stage,
            started_on: row.created_on,
            reference_stage_on: row.reference_stage_on,
            close_on: row.close_on,
            amount: self.amount(row),
            list_price: self.list_price(known),
            references: asked.map_or(0, |asked| count(asked.references_asked)),
            ask: asked.and_then(|asked| {
                Some(Ask {
                    on: asked.first_at?.day(),
                    need_on: asked.need_on?,
                    waiting: count(asked.waiting),
                })
            }),
            searched_on: known.searched_on,
        }
    }

    /// The number of its terms of every facet; `None` where it has none of some facet.
    fn segment(&mut self, known: &KnownDeal) -> Option<u32> {
        let mut terms = std::mem::take(&mut self.segments.terms);
        terms.clear();
        let mut is_whole = true;
        for (place, facet) in (0_u8..).zip(self.facets) {
            let before = terms.len();
            let carried = carried(self.ground, known, *facet);
            terms.extend(carried.map(|term| (place, self.cut.get(&term).copied().unwrap_or(term))));
            terms[before..].sort_unstable();
            is_whole &= terms.len() > before;
        }
        terms.dedup();
        let number = is_whole.then(|| self.segments.number(&terms, self.facets.len()));
        self.segments.terms = terms;
        number.flatten()
    }

    /// Minor units of the plan's currency, where there is a rate.
    fn amount(&self, row: &PlannedDeal) -> Option<u64> {
        let currency = row.currency.unwrap_or(self.exchange.base);
        self.exchange.convert(row.amount_minor?, currency)
    }

    /// What its products cost by the list: stands in for an amount that nobody gave, not for one
    /// without a rate.
    fn list_price(&self, known: &KnownDeal) -> Option<u64> {
        if known.row.amount_minor.is_some() {
            return None;
        }
        let carried = carried(self.ground, known, self.product?);
        let products: BTreeSet<TermId> = carried
            .map(|term| self.resolved.get(&term).copied().unwrap_or(term))
            .collect();
        let prices = products.iter();
        let price = prices.filter_map(|term| self.list_prices.get(term)).sum();
        (price > 0).then_some(price)
    }
}

/// The deal's own terms of a facet, or its account's where it has none.
fn carried<'a>(
    ground: &'a Ground,
    known: &'a KnownDeal,
    facet: FacetId,
) -> impl Iterator<Item = TermId> + use<'a> {
    let of_facet = move |(of, _): &&(FacetId, TermId)| *of == facet;
    let terms = if known.carried.iter().any(|one| of_facet(&one)) {
        &*known.carried
    } else {
        let account = known.row.account_id;
        account.map_or(&[][..], |account| ground.carried_by(account))
    };
    terms.iter().filter(of_facet).map(|(_, term)| *term)
}

/// The deals that a goal is about. A facet that no deal carries tells nothing of deals, and is left out.
pub(in crate::plan) fn own(
    ground: &Ground,
    taxonomy: &Taxonomy,
    rows: &[Arc<KnownDeal>],
    about: &About,
) -> Own {
    let carries = |facet| {
        let mut rows = rows.iter();
        rows.any(|row| carried(ground, row, facet).next().is_some())
    };
    let left_out: Vec<FacetId> = about.facets().filter(|facet| !carries(*facet)).collect();
    let about = about.without(&left_out);
    let answers: Vec<(FacetId, HashSet<TermId>)> = about.answered_by(taxonomy);
    let fits = |row: &Arc<KnownDeal>| {
        let mut facets = answers.iter();
        facets.all(|(facet, terms)| carried(ground, row, *facet).any(|term| terms.contains(&term)))
    };
    let names = left_out.iter().filter_map(|facet| taxonomy.facet(*facet));
    Own {
        deals: rows.iter().map(fits).collect(),
        left_out: names.map(|facet| facet.name.clone()).collect(),
        about,
    }
}

/// Terms with the places of their facets, rising.
type Terms = Vec<(u8, TermId)>;

/// Numbers combinations in the order in which they turn up.
#[derive(Default)]
pub(super) struct Segments {
    known: HashMap<Terms, u32>,
    pub combinations: Vec<Combination>,
    /// Room for the terms of the deal that is read.
    terms: Terms,
}

impl Segments {
    fn number(&mut self, terms: &Terms, facets: usize) -> Option<u32> {
        if let Some(number) = self.known.get(terms) {
            return Some(*number);
        }
        let number = u32::try_from(self.combinations.len()).ok()?;
        let mut combination = vec![BTreeSet::new(); facets];
        for (place, term) in terms {
            combination[usize::from(*place)].insert(*term);
        }
        self.combinations.push(combination);
        self.known.insert(terms.clone(), number);
        Some(number)
    }
}
