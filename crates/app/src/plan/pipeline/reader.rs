//! Reads one deal as the planning room takes it: its segment, its money in the plan's currency, what
//! it asked for. Refuses to know what follows from the deals together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    id::{FacetId, OpportunityId, TermId},
    money::Currency,
    opportunity::OpportunityStatus,
    taxonomy::Taxonomy,
    time::Day,
};
use planning::demand::{Ask, Deal};
use storage::pipeline::{self, PlannedDeal};
use uuid::Uuid;

use super::Combination;
use crate::{
    App,
    error::Error,
    plan::{
        assume::Exchange,
        goals::{About, Own},
    },
};

/// What a deal is read with, and what the deals read so far add up to.
pub(super) struct Reader<'a> {
    taxonomy: &'a Taxonomy,
    facets: &'a [FacetId],
    product: Option<FacetId>,
    /// What segments are cut by; broad terms where those were asked for.
    terms: Terms,
    /// The terms as they are carried, to look prices up by and to hold goals against.
    carried: Terms,
    exchange: Exchange,
    /// Minor units of the plan's currency.
    list_prices: HashMap<TermId, u64>,
    /// What deals asked for or used.
    asked: HashMap<OpportunityId, pipeline::Asked>,
    /// When somebody last looked for a reference for a deal in vain.
    searched: HashMap<OpportunityId, Day>,
    pub segments: Segments,
    /// Open deals with an amount in a currency without a rate, and the sum of their minor units.
    pub without_rate: BTreeMap<Currency, (usize, i64)>,
}

impl<'a> Reader<'a> {
    /// Loads what deals are read with, in four queries; `goals` are held against the deals as well.
    pub async fn open(
        app: &App,
        taxonomy: &'a Taxonomy,
        facets: &'a [FacetId],
        goals: impl Iterator<Item = &About>,
        exchange: Exchange,
        is_broad: bool,
    ) -> Result<Self, Error> {
        let product = taxonomy.facet_by_key("product").map(|facet| facet.id);
        let named = goals.flat_map(About::facets);
        let read: BTreeSet<FacetId> = facets.iter().copied().chain(product).chain(named).collect();
        let read: Vec<FacetId> = read.into_iter().collect();
        let carried = pipeline::carried_terms(&app.store, &read).await?;
        let list_prices = storage::term::terms(&app.store)
            .await?
            .into_iter()
            .filter_map(|term| {
                let currency = term.list_currency.unwrap_or(exchange.base);
                let price = exchange.convert(term.list_minor?, currency)?;
                Some((term.id, price))
            })
            .collect();
        let asked = pipeline::asked(&app.store).await?;
        let searched = pipeline::searched(&app.store).await?;
        Ok(Self {
            facets,
            product,
            terms: Terms::new(taxonomy, &carried, is_broad),
            carried: Terms::new(taxonomy, &carried, false),
            taxonomy,
            exchange,
            list_prices,
            asked: asked
                .into_iter()
                .map(|row| (row.opportunity_id, row))
                .collect(),
            searched: searched
                .into_iter()
                .map(|row| (row.opportunity_id, row.last_at.day()))
                .collect(),
            segments: Segments::default(),
            without_rate: BTreeMap::new(),
        })
    }

    pub fn deal(&mut self, row: &PlannedDeal) -> Deal {
        let asked = self.asked.get(&row.id).copied();
        let count = |references: i64| u32::try_from(references).unwrap_or(0);
        let combination = self.terms.combination(row, self.facets);
        Deal {
            segment: self.segments.number(combination),
            is_closed: row.status.is_closed(),
            stage: row.stage,
            started_on: row.created_on,
            reference_stage_on: row.reference_stage_on,
            close_on: row.close_on,
            amount: self.amount(row),
            list_price: self.list_price(row),
            references: asked.map_or(0, |asked| count(asked.references_asked)),
            ask: asked.and_then(|asked| {
                Some(Ask {
                    on: asked.first_at?.day(),
                    need_on: asked.need_on?,
                    waiting: count(asked.waiting),
                })
            }),
            searched_on: self.searched.get(&row.id).copied(),
        }
    }

    /// The deals that a goal is about. A facet that no deal carries tells nothing of deals, and is left out.
    pub fn own(&self, rows: &[PlannedDeal], about: &About) -> Own {
        let carries = |facet| rows.iter().any(|row| self.carried.of(row, facet).is_some());
        let left_out: Vec<FacetId> = about.facets().filter(|facet| !carries(*facet)).collect();
        let about = about.without(&left_out);
        let fits =
            |row: &PlannedDeal| about.fits(self.taxonomy, |facet| self.carried.of(row, facet));
        let names = left_out
            .iter()
            .filter_map(|facet| self.taxonomy.facet(*facet));
        Own {
            deals: rows.iter().map(fits).collect(),
            about: about.clone(),
            left_out: names.map(|facet| facet.name.clone()).collect(),
        }
    }

    /// Minor units of the plan's currency; an open deal's amount without a rate is put apart.
    fn amount(&mut self, row: &PlannedDeal) -> Option<u64> {
        let minor = row.amount_minor?;
        let currency = row.currency.unwrap_or(self.exchange.base);
        let amount = self.exchange.convert(minor, currency);
        if amount.is_none() && row.status == OpportunityStatus::Open {
            let (deals, sum) = self.without_rate.entry(currency).or_default();
            *deals += 1;
            *sum += minor;
        }
        amount
    }

    /// What its products cost by the list: stands in for an amount that nobody gave, not for one
    /// without a rate.
    fn list_price(&self, row: &PlannedDeal) -> Option<u64> {
        if row.amount_minor.is_some() {
            return None;
        }
        let products = self.carried.of(row, self.product?)?;
        let price = products
            .iter()
            .filter_map(|term| self.list_prices.get(term))
            .sum();
        (price > 0).then_some(price)
    }
}

/// What deals and accounts carry, by record and facet; merged terms stand for what they were merged into.
struct Terms(HashMap<(Uuid, FacetId), BTreeSet<TermId>>);

impl Terms {
    fn new(taxonomy: &Taxonomy, carried: &[pipeline::CarriedTerm], is_broad: bool) -> Self {
        let mut terms: HashMap<(Uuid, FacetId), BTreeSet<TermId>> = HashMap::new();
        for row in carried {
            let own = taxonomy.resolve(row.term_id).unwrap_or(row.term_id);
            let broadest = taxonomy.ancestors(own).last().filter(|_| is_broad);
            let term = broadest.unwrap_or(own);
            terms
                .entry((row.record_id, row.facet_id))
                .or_default()
                .insert(term);
        }
        Self(terms)
    }

    /// The deal's own terms of a facet, or its account's where it has none.
    fn of(&self, deal: &PlannedDeal, facet: FacetId) -> Option<&BTreeSet<TermId>> {
        self.0
            .get(&(deal.id.0, facet))
            .or_else(|| self.0.get(&(deal.account_id?.0, facet)))
    }

    /// `None` where the deal has no term of some facet.
    fn combination(&self, deal: &PlannedDeal, facets: &[FacetId]) -> Option<Combination> {
        facets
            .iter()
            .map(|facet| self.of(deal, *facet).cloned())
            .collect()
    }
}

/// Numbers combinations in the order in which they turn up.
#[derive(Default)]
pub(super) struct Segments {
    known: HashMap<Combination, u32>,
    pub combinations: Vec<Combination>,
}

impl Segments {
    fn number(&mut self, combination: Option<Combination>) -> Option<u32> {
        let combination = combination?;
        if let Some(number) = self.known.get(&combination) {
            return Some(*number);
        }
        let number = u32::try_from(self.combinations.len()).ok()?;
        self.combinations.push(combination.clone());
        self.known.insert(combination, number);
        Some(number)
    }
}
