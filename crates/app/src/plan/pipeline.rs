//! The pipeline as planning reads it: deals with their segments and money, in a fixed number of
//! queries, and the demand that follows from them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    id::{FacetId, TermId},
    money::Currency,
    opportunity::{OpportunityKind, OpportunityStatus},
    taxonomy::Taxonomy,
    time::Day,
};
use planning::demand::{Assumptions, Deal, Forecast, forecast};
use storage::pipeline::{self, PlannedDeal};
use uuid::Uuid;

use super::assume::{Exchange, PlanAssumptions};
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
    setting::{self, Program},
};

/// Facets that a plan is cut by at most.
pub const FACETS_MAX: usize = 5;
/// Windows of a plan at most.
pub const WINDOWS_MAX: usize = 53;
/// The longest look ahead, in days.
pub const DAYS_MAX: i64 = 730;

/// What a plan is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AskPlan {
    /// Keys of facets; industry and product when nothing is named.
    pub facets: Vec<String>,
    /// Ends of the windows in days from the day of the plan, rising; 30, 60, 90, 120 when absent.
    pub window_ends: Vec<i64>,
    /// The day of the plan; today when absent.
    pub as_of: Option<Day>,
    /// Kinds of deals; new and expansion when nothing is named.
    pub kinds: Vec<OpportunityKind>,
    /// A need rate to take instead of the learned ones, from 0 to 1.
    pub need_rate: Option<f64>,
}

/// A combination of terms: for each facet the terms that a deal carries.
pub(crate) type Combination = Vec<BTreeSet<TermId>>;

/// The pipeline with everything that follows from it.
pub(crate) struct Pipeline {
    pub taxonomy: Taxonomy,
    pub facets: Vec<FacetId>,
    pub currency: Currency,
    pub assumptions: PlanAssumptions,
    pub window_ends: Vec<i64>,
    pub rows: Vec<PlannedDeal>,
    /// The combination behind each segment's number.
    pub segments: Vec<Combination>,
    pub forecast: Forecast,
    /// Open deals with an amount in a currency without a rate.
    pub without_rate: BTreeMap<Currency, (usize, i64)>,
}

/// Reads the pipeline in the actor's reach and forecasts its demand.
pub(crate) async fn read(app: &App, actor: &Actor, ask: &AskPlan) -> Result<Pipeline, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    let window_ends = window_ends(ask)?;
    let kept = setting::read::<PlanAssumptions>(&app.store).await?.value;
    let assumptions = with_rate(kept, ask.need_rate)?;
    let currency = setting::read::<Program>(&app.store).await?.value.currency;
    let taxonomy = app.index.taxonomy(app).await?;
    let facets = facets(&taxonomy, &ask.facets)?;
    let rows = pipeline::deals(&app.store, &scope, &kinds(ask)).await?;
    let mut facets_of = taxonomy.facets().iter();
    let product = facets_of.find(|facet| facet.key == "product");
    let mut read_facets = facets.clone();
    read_facets.extend(product.map(|facet| facet.id));
    let carried = pipeline::carried_terms(&app.store, &read_facets).await?;
    let prices = storage::term::terms(&app.store).await?;
    let asked = pipeline::asked(&app.store).await?.into_iter();
    let asked: HashMap<_, _> = asked
        .map(|row| (row.opportunity_id, row.references_asked))
        .collect();

    let exchange = Exchange::new(currency, &assumptions);
    let terms = Terms::new(&taxonomy, carried);
    let price = |term: &storage::term::Term| {
        exchange.convert(term.list_minor?, term.list_currency.unwrap_or(currency))
    };
    let priced = prices
        .iter()
        .filter_map(|term| Some((term.id, price(term)?)));
    let list_prices: HashMap<TermId, u64> = priced.collect();
    let (mut segments, mut without_rate) = (Segments::default(), BTreeMap::new());
    let deal = |row: &PlannedDeal| {
        let money = row.amount_minor.zip(row.currency.or(Some(currency)));
        let amount = money.and_then(|(minor, currency)| exchange.convert(minor, currency));
        if let (Some((minor, currency)), None, OpportunityStatus::Open) =
            (money, amount, row.status)
        {
            let (deals, sum) = without_rate.entry(currency).or_insert((0, 0));
            (*deals, *sum) = (*deals + 1, *sum + minor);
        }
        let list_price = product
            .and_then(|facet| terms.of(row, facet.id))
            .map(|terms| terms.iter().filter_map(|term| list_prices.get(term)).sum())
            // A list price stands in for an amount that nobody gave, not for one without a rate.
            .filter(|price| *price > 0 && money.is_none());
        let references = asked.get(&row.id).map(|count| u32::try_from(*count));
        Deal {
            segment: segments.number(terms.combination(row, &facets)),
            is_closed: row.status.is_closed(),
            stage: row.stage,
            started_on: row.created_on,
            reference_stage_on: row.reference_stage_on,
            close_on: row.close_on,
            amount,
            list_price,
            references: references.and_then(Result::ok).unwrap_or(0),
        }
    };
    let deals: Vec<Deal> = rows.iter().map(deal).collect();
    let as_of = ask.as_of.unwrap_or_else(|| app.clock.today());
    Ok(Pipeline {
        forecast: forecast(&deals, &pure(&assumptions, &window_ends), as_of),
        taxonomy,
        facets,
        currency,
        assumptions,
        window_ends,
        rows,
        segments: segments.combinations,
        without_rate,
    })
}

/// The kept assumptions, with the need rate of the question in place of the learned ones.
fn with_rate(kept: PlanAssumptions, asked: Option<f64>) -> Result<PlanAssumptions, Error> {
    let Some(need_rate) = asked else {
        return Ok(kept);
    };
    if !(0.0..=1.0).contains(&need_rate) {
        return Err(Error::field(
            "need_rate",
            format!("The rate is {need_rate}; it must be from 0 to 1."),
        ));
    }
    Ok(PlanAssumptions {
        need_rate,
        is_fixed: true,
        ..kept
    })
}

fn kinds(ask: &AskPlan) -> Vec<OpportunityKind> {
    if ask.kinds.is_empty() {
        vec![OpportunityKind::New, OpportunityKind::Expansion]
    } else {
        ask.kinds.clone()
    }
}

/// The assumptions as the planning room takes them.
fn pure(kept: &PlanAssumptions, window_ends: &[i64]) -> Assumptions {
    Assumptions {
        need_rate: kept.need_rate,
        reach_rate: kept.reach_rate,
        references: kept.references,
        lead_days: kept.lead_days,
        is_fixed: kept.is_fixed,
        window_ends: window_ends.to_vec(),
    }
}

fn window_ends(ask: &AskPlan) -> Result<Vec<i64>, Error> {
    if ask.window_ends.is_empty() {
        return Ok(Assumptions::default().window_ends);
    }
    let ends = &ask.window_ends;
    let rises = ends.is_sorted_by(|one, next| one < next);
    let in_bounds = ends.iter().all(|end| (1..=DAYS_MAX).contains(end));
    if rises && in_bounds && ends.len() <= WINDOWS_MAX {
        return Ok(ends.clone());
    }
    Err(Error::field(
        "window_ends",
        format!(
            "Give at most {WINDOWS_MAX} rising numbers of days from 1 to {DAYS_MAX}, such as 30,60,90,120."
        ),
    ))
}

fn facets(taxonomy: &Taxonomy, keys: &[String]) -> Result<Vec<FacetId>, Error> {
    let standard = ["industry".to_owned(), "product".to_owned()];
    let keys = if keys.is_empty() { &standard } else { keys };
    if keys.len() > FACETS_MAX {
        return Err(Error::field(
            "facets",
            format!(
                "A plan is cut by at most {FACETS_MAX} facets; {} are named.",
                keys.len()
            ),
        ));
    }
    keys.iter()
        .map(|key| {
            let facet = taxonomy.facets().iter().find(|facet| facet.key == *key);
            facet.map(|facet| facet.id).ok_or_else(|| {
                let known: Vec<&str> = taxonomy
                    .facets()
                    .iter()
                    .map(|facet| facet.key.as_str())
                    .collect();
                let key: String = key.chars().take(40).collect();
                Error::field(
                    "facets",
                    format!(
                        "There is no facet \"{key}\". Use one of {}.",
                        known.join(", ")
                    ),
                )
            })
        })
        .collect()
}

/// What deals and accounts carry, by record and facet; merged terms stand for what they were merged into.
struct Terms(HashMap<(Uuid, FacetId), BTreeSet<TermId>>);

impl Terms {
    fn new(taxonomy: &Taxonomy, carried: Vec<pipeline::CarriedTerm>) -> Self {
        let mut terms: HashMap<(Uuid, FacetId), BTreeSet<TermId>> = HashMap::new();
        for row in carried {
            let term = taxonomy.resolve(row.term_id).unwrap_or(row.term_id);
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
struct Segments {
    known: HashMap<Combination, u32>,
    combinations: Vec<Combination>,
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

impl Pipeline {
    /// What people call the terms of a segment, facet by facet.
    pub(crate) fn labels(&self, segment: Option<u32>) -> Vec<String> {
        let Some(combination) = segment.and_then(|number| self.segments.get(number as usize))
        else {
            return vec!["Unknown segment".to_owned()];
        };
        combination
            .iter()
            .map(|terms| {
                let mut names: Vec<&str> = terms
                    .iter()
                    .filter_map(|term| self.taxonomy.term(*term))
                    .map(|term| term.name.as_str())
                    .collect();
                names.sort_unstable();
                names.join(" + ")
            })
            .collect()
    }

    /// The segment as the wire names it: ids of terms, `+` within a facet, `/` between facets.
    pub(crate) fn key(&self, segment: Option<u32>) -> String {
        let Some(combination) = segment.and_then(|number| self.segments.get(number as usize))
        else {
            return UNKNOWN_KEY.to_owned();
        };
        let facets: Vec<String> = combination
            .iter()
            .map(|terms| {
                let ids: Vec<String> = terms.iter().map(ToString::to_string).collect();
                ids.join("+")
            })
            .collect();
        facets.join("/")
    }
}

/// The key of the unknown segment.
pub const UNKNOWN_KEY: &str = "~unknown";
