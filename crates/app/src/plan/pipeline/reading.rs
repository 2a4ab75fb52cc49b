//! The deals that a plan stands on, read as planning takes them: everybody's, and those of a scope among them. What
//! all deals told stays the same whoever looks.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Scope, id::FacetId, money::Currency, opportunity::OpportunityStatus,
    taxonomy::Taxonomy, time::Day,
};
use planning::demand::{Deal, Judged, Misses};
use storage::need::Need;

use super::{
    AskPlan, Combination,
    asked::{facets, kinds, pure, with_rate},
    own,
    reader::Reader,
};
use crate::{
    App,
    error::Error,
    plan::{
        assume::{Exchange, PlanAssumptions},
        goals::{self, PlannedGoal},
        ground::{Ground, KnownDeal},
    },
    setting::{self, Program},
};

/// The deals in reach as planning takes them, whatever windows they are looked at in.
pub(in crate::plan) struct Reading {
    pub taxonomy: Taxonomy,
    pub facets: Vec<FacetId>,
    pub currency: Currency,
    pub assumptions: PlanAssumptions,
    pub ground: Arc<Ground>,
    pub as_of: Day,
    pub rows: Arc<Vec<Arc<KnownDeal>>>,
    pub deals: Arc<Vec<Deal>>,
    pub learned_from: Arc<Vec<Deal>>,
    pub segments: Arc<Vec<Combination>>,
    pub without_rate: BTreeMap<Currency, (usize, i64)>,
    pub needs: Arc<Vec<Need>>,
    pub goals: Arc<Vec<PlannedGoal>>,
    pub judged: Arc<Judged>,
    pub misses: Misses,
}

/// Everybody's deals, with what did not change since taken over from the reading before.
pub(super) async fn all_deals(
    app: &App,
    ground: Arc<Ground>,
    ask: &AskPlan,
    before: Option<Arc<Reading>>,
) -> Result<Reading, Error> {
    let kept = setting::read::<PlanAssumptions>(&app.store).await?.value;
    let assumptions = with_rate(kept, ask.need_rate)?;
    let currency = setting::read::<Program>(&app.store).await?.value.currency;
    let taxonomy = app.index.taxonomy(app).await?;
    let facets = facets(&taxonomy, &ask.facets)?;
    let as_of = ask.as_of.unwrap_or_else(|| app.clock.today());
    let kept = goals::kept(app, &taxonomy, as_of).await?;
    let needs = storage::need::open_from(&app.store, as_of).await?;
    let list_prices = storage::term::terms(&app.store).await?;
    let kinds = kinds(ask);
    let rows: Vec<Arc<KnownDeal>> = ground
        .deals
        .iter()
        .map(|(_, deal)| deal)
        .filter(|deal| kinds.contains(&deal.row.kind))
        .cloned()
        .collect();
    let exchange = Exchange::new(currency, &assumptions);
    let mut reader = Reader::new(&ground, &taxonomy, &facets, exchange, ask.is_broad);
    reader.price(list_prices);
    let deals: Vec<Deal> = rows.iter().map(|deal| reader.deal(deal)).collect();
    let segments = reader.segments.combinations;
    let own = |about: &goals::About| own(&ground, &taxonomy, &rows, about);
    let kept = goals::planned(kept, own);
    let learning = pure(&assumptions, &[]);
    // A segment's number tells of it only beside the combinations that were numbered with it.
    let judged = match before.filter(|before| segments.starts_with(&before.segments)) {
        Some(before) => before.judged.followed(&deals, &learning, as_of),
        None => Judged::learn(&deals, &learning, as_of),
    };
    let deals = Arc::new(deals);
    Ok(Reading {
        goals: Arc::new(kept),
        needs: Arc::new(needs),
        misses: Misses::told(&judged),
        judged: Arc::new(judged),
        segments: Arc::new(segments),
        without_rate: without_rate(&rows, currency, &assumptions),
        taxonomy,
        facets,
        currency,
        assumptions,
        as_of,
        rows: Arc::new(rows),
        learned_from: Arc::clone(&deals),
        deals,
        ground,
    })
}

/// Open deals with an amount in a currency without a rate, and the sum of their minor units.
fn without_rate(
    rows: &[Arc<KnownDeal>],
    base: Currency,
    assumptions: &PlanAssumptions,
) -> BTreeMap<Currency, (usize, i64)> {
    let exchange = Exchange::new(base, assumptions);
    let mut without: BTreeMap<Currency, (usize, i64)> = BTreeMap::new();
    let open = rows.iter().map(|known| &known.row);
    for row in open.filter(|row| row.status == OpportunityStatus::Open) {
        let Some(minor) = row.amount_minor else {
            continue;
        };
        let currency = row.currency.unwrap_or(base);
        if exchange.convert(minor, currency).is_none() {
            let (deals, sum) = without.entry(currency).or_default();
            *deals += 1;
            *sum += minor;
        }
    }
    without
}

impl Reading {
    /// The deals of a scope among them. What all deals told, and what combinations of terms there are, stays.
    pub fn within(&self, scope: &Scope) -> Self {
        let rows = self.rows.iter();
        let reached: Vec<bool> = rows
            .map(|known| scope.reaches(known.row.owner_id))
            .collect();
        let deals = self.rows.iter().zip(self.deals.iter()).zip(&reached);
        let own = deals.filter(|(_, is_reached)| **is_reached);
        let (rows, deals): (Vec<_>, Vec<_>) = own
            .map(|((known, deal), _)| (Arc::clone(known), *deal))
            .unzip();
        let goals = self.goals.iter().map(|goal| goal.among(&reached));
        Self {
            goals: Arc::new(goals.collect()),
            without_rate: without_rate(&rows, self.currency, &self.assumptions),
            deals: Arc::new(deals),
            rows: Arc::new(rows),
            taxonomy: self.taxonomy.clone(),
            facets: self.facets.clone(),
            assumptions: self.assumptions.clone(),
            ground: Arc::clone(&self.ground),
            learned_from: Arc::clone(&self.learned_from),
            segments: Arc::clone(&self.segments),
            needs: Arc::clone(&self.needs),
            judged: Arc::clone(&self.judged),
            misses: self.misses.clone(),
            ..*self
        }
    }
}
