//! A policy tried on the asks of the last quarter: which questions it would have skipped.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    candidate::DeclinedBy,
    fulfilment::{FulfilmentMode, FulfilmentPolicy},
    id::{AdvocateId, RequestId},
    protection::QUARTER_DAYS,
    time::Day,
};
use serde::Serialize;
use storage::{candidate::Candidate, opportunity::Opportunity};

use super::{Judge, agrees_ahead};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    member::grouped,
    people,
    policy::{self, Permission},
    setting::{self, Setting},
};

/// Asks that are looked at, the latest first.
const ASKS_MAX: u64 = 2_000;
/// Asks that a preview names.
const ROWS: usize = 50;

/// How many asks each mode takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ModeCounts {
    pub managed: usize,
    pub self_service: usize,
    pub instant: usize,
}

impl ModeCounts {
    fn count(modes: impl Iterator<Item = FulfilmentMode>) -> Self {
        let mut counts = Self::default();
        for mode in modes {
            *match mode {
                FulfilmentMode::Managed => &mut counts.managed,
                FulfilmentMode::SelfService => &mut counts.self_service,
                FulfilmentMode::Instant => &mut counts.instant,
            } += 1;
        }
        counts
    }
}

/// An ask that the policy would have led another way than the owner's.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TriedAsk {
    pub request_id: RequestId,
    pub advocate_id: AdvocateId,
    pub display_name: String,
    pub account: Option<AccountRef>,
    pub activity: Activity,
    pub asked_on: Day,
    pub mode: FulfilmentMode,
    /// The owner said no, whom this policy would not have asked.
    pub owner_declined: bool,
}

/// A policy held against the asks of the last 91 days. Consent is judged as it stands today.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FulfilmentPreview {
    /// Customers who were asked for in the last 91 days; the latest 2,000 at most.
    pub asks: usize,
    pub modes: ModeCounts,
    /// What the policy of today would have made of the same asks.
    pub modes_now: ModeCounts,
    /// Noes of owners whom this policy would not have asked.
    pub owner_declined: usize,
    /// Asks that it would have led another way than the owner's; 50 at most, those an owner declined first.
    pub rows: Vec<TriedAsk>,
}

/// Tries a policy on the last quarter; changes nothing.
pub async fn preview(
    app: &App,
    actor: &Actor,
    tried: FulfilmentPolicy,
) -> Result<FulfilmentPreview, Error> {
    policy::require(actor, Permission::SettingEdit)?;
    let problems = tried.problems();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let since = app.clock.today().plus_days(1 - QUARTER_DAYS).start();
    let asks = storage::candidate::asked_since(&app.store, since, ASKS_MAX).await?;
    let now = setting::read::<FulfilmentPolicy>(&app.store).await?.value;
    let past = Past::load(app, &asks).await?;
    let modes = past.modes(app, tried, &asks).await?;
    let modes_now = past.modes(app, now, &asks).await?;
    let mut other: Vec<(&Candidate, FulfilmentMode)> = asks
        .iter()
        .zip(modes.iter().copied())
        .filter(|(_, mode)| *mode != FulfilmentMode::Managed)
        .collect();
    other.sort_by_key(|(row, _)| !is_owners_no(row));
    let owner_declined = other.iter().filter(|(row, _)| is_owners_no(row)).count();
    other.truncate(ROWS);
    let shown = other.iter().map(|(row, _)| row.advocate_id).collect();
    let named = people::load(app, actor, shown).await?;
    let rows = other.into_iter().filter_map(|(row, mode)| {
        let person = named.get(&row.advocate_id)?;
        Some(TriedAsk {
            request_id: row.request_id,
            advocate_id: row.advocate_id,
            display_name: person.display_name(),
            account: person.account_ref(),
            activity: row.activity,
            asked_on: asked_at(row)?.day(),
            mode,
            owner_declined: is_owners_no(row),
        })
    });
    Ok(FulfilmentPreview {
        asks: asks.len(),
        modes: ModeCounts::count(modes.iter().copied()),
        modes_now: ModeCounts::count(modes_now.into_iter()),
        owner_declined,
        rows: rows.collect(),
    })
}

fn is_owners_no(row: &Candidate) -> bool {
    row.declined_by == Some(DeclinedBy::Owner)
}

fn asked_at(row: &Candidate) -> Option<domain::time::Timestamp> {
    row.owner_asked_at
        .or(row.advocate_asked_at)
        .or(row.accepted_at)
}

/// What the asks were made on, and what their advocates agreed to.
struct Past {
    deals: HashMap<RequestId, Opportunity>,
    consents: HashMap<AdvocateId, Vec<storage::consent::Consent>>,
}

impl Past {
    async fn load(app: &App, asks: &[Candidate]) -> Result<Self, Error> {
        let requests = asks.iter().map(|row| row.request_id).collect();
        let requests = storage::request::by_ids(&app.store, requests).await?;
        let deals = requests.values().filter_map(|row| row.opportunity_id);
        let deals = storage::opportunity::by_ids(&app.store, deals.collect()).await?;
        let advocates = asks.iter().map(|row| row.advocate_id).collect();
        let consents = storage::consent::of_advocates(&app.store, advocates).await?;
        Ok(Self {
            deals: requests
                .into_values()
                .filter_map(|row| Some((row.id, deals.get(&row.opportunity_id?)?.clone())))
                .collect(),
            consents: grouped(consents, |row| row.advocate_id),
        })
    }

    async fn modes(
        &self,
        app: &App,
        policy: FulfilmentPolicy,
        asks: &[Candidate],
    ) -> Result<Vec<FulfilmentMode>, Error> {
        let judge = Judge::of(&app.store, policy).await?;
        let of = asks.iter().map(|row| (row.advocate_id, row.account_id));
        let held = judge.held(&app.store, of.collect()).await?;
        let mode = |row: &Candidate| {
            if row.override_reason.is_some() {
                return FulfilmentMode::Managed;
            }
            let held = held.get(&row.advocate_id).map_or(&[][..], Vec::as_slice);
            let amount = self
                .deals
                .get(&row.request_id)
                .and_then(Opportunity::amount);
            let consents = self.consents.get(&row.advocate_id);
            let record = consents.map_or(&[][..], Vec::as_slice);
            match judge.mode(row.activity, amount, held) {
                FulfilmentMode::Instant
                    if agrees_ahead(record, row.activity, app.clock.today()).is_none() =>
                {
                    FulfilmentMode::SelfService
                }
                mode => mode,
            }
        };
        Ok(asks.iter().map(mode).collect())
    }
}
