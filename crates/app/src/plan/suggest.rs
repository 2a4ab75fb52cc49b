//! What the program's own records say about the calculator's inputs, each with how much it was learned
//! from. Suggests; a person decides what stands in the plan.

use domain::{access::Role, money::Currency, opportunity::OpportunityStatus};
use planning::demand::Learned;
use serde::Serialize;

use super::{
    assume::Exchange,
    demand::decimal,
    pipeline::{self, AskPlan, Pipeline},
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// Deals closed this many days before the day of the plan, or later, are learned from.
const LEARNED_DAYS: i64 = 365;

/// Inputs of the calculator as the records have them.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SuggestedInputs {
    /// Active people with the role seller.
    pub sellers: usize,
    pub currency: Currency,
    /// Mean amount of the deals won in the last 365 days; absent where none has an amount.
    pub deal_size: Option<String>,
    /// Won deals with an amount behind it.
    pub deal_size_n: usize,
    pub need_rate: Learned,
    pub references: Learned,
    /// Won deals of all closed in the last 365 days; absent where none closed.
    pub win_rate: Option<Learned>,
}

/// Reads the inputs from the deals in the actor's reach.
pub async fn inputs(app: &App, actor: &Actor) -> Result<SuggestedInputs, Error> {
    policy::require(actor, Permission::UserRead)?;
    let pipeline = pipeline::read(app, actor, &AskPlan::default()).await?;
    let people = storage::user::everyone(&app.store).await?;
    let sells = |user: &storage::user::User| user.is_active && user.roles().contains(&Role::Seller);
    let (deal_size, deal_size_n) = deal_size(&pipeline);
    Ok(SuggestedInputs {
        sellers: people.iter().filter(|user| sells(user)).count(),
        currency: pipeline.currency,
        deal_size,
        deal_size_n,
        need_rate: pipeline.forecast.need_rate,
        references: pipeline.forecast.references,
        win_rate: win_rate(&pipeline),
    })
}

/// The deals closed in the time that is learned from, by how they ended.
fn closed(pipeline: &Pipeline) -> impl Iterator<Item = &storage::pipeline::PlannedDeal> {
    let as_of = pipeline.forecast.as_of;
    let since = as_of.plus_days(-LEARNED_DAYS);
    let rows = pipeline.rows.iter().map(|known| &known.row);
    rows.filter(move |row| {
        row.status.is_closed()
            && row
                .close_on
                .is_some_and(|day| (since..=as_of).contains(&day))
    })
}

fn deal_size(pipeline: &Pipeline) -> (Option<String>, usize) {
    let exchange = Exchange::new(pipeline.currency, &pipeline.assumptions);
    let amounts: Vec<u64> = closed(pipeline)
        .filter(|row| row.status == OpportunityStatus::Won)
        .filter_map(|row| {
            exchange.convert(row.amount_minor?, row.currency.unwrap_or(pipeline.currency))
        })
        .filter(|amount| *amount > 0)
        .collect();
    let count = u128::try_from(amounts.len()).unwrap_or(u128::MAX);
    let sum: u128 = amounts.iter().map(|amount| u128::from(*amount)).sum();
    let mean = sum
        .checked_div(count)
        .and_then(|mean| u64::try_from(mean).ok());
    (mean.map(|mean| decimal(pipeline, mean)), amounts.len())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of deals stay far below the 53 bits that a fraction holds exactly"
)]
fn win_rate(pipeline: &Pipeline) -> Option<Learned> {
    let (mut won, mut all) = (0_usize, 0_usize);
    for row in closed(pipeline) {
        won += usize::from(row.status == OpportunityStatus::Won);
        all += 1;
    }
    (all > 0).then(|| Learned {
        rate: won as f64 / all as f64,
        n: all,
    })
}
