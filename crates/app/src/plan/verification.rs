//! The verification round: data is cleaned before anybody recruits. Each relationship owner gets one message about
//! their advocates whose profile nobody confirmed for so long that the plan leaves them out.

use std::collections::{BTreeMap, HashSet};

use domain::{
    id::UserId,
    record::{Action, RecordKind},
    steward::StewardReason,
};
use serde::Serialize;
use serde_json::json;
use storage::{
    NewEvent,
    steward::{self, PutOff, Upkeep},
};
use uuid::Uuid;

use super::assume::PlanAssumptions;
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
    request::notify::{self, Attention, Message},
    setting,
};

/// Profiles of one round at most, those confirmed the longest ago first.
pub const ROUND_MAX: usize = 1_000;
/// So long an owner has to look before a profile is asked about again.
const OWNER_DAYS: i64 = 14;

/// What a round asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct VerificationRound {
    /// Profiles that owners were asked to look at now.
    pub profiles: usize,
    /// Owners who were told, each once.
    pub owners: usize,
    /// Profiles that wait for their owner since an earlier ask, or were put off.
    pub waiting: usize,
    /// Profiles of accounts that nobody who works here owns.
    pub without_owner: usize,
    /// Profiles beyond the 1,000 of one round.
    pub left: usize,
}

/// Asks the owners of all active advocates that the plan leaves out as unverified. Asking again within two weeks asks
/// nobody twice.
pub async fn start(app: &App, actor: &Actor) -> Result<VerificationRound, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let scope = policy::require(actor, Permission::Steward)?;
    let today = app.clock.today();
    let days = setting::read::<PlanAssumptions>(&app.store)
        .await?
        .value
        .verified_days;
    let verified_from = today.plus_days(-days);
    let mut tx = app.begin(actor).await?;
    let put_offs = steward::put_offs(&tx, today).await?.into_iter();
    let waiting: HashSet<Uuid> = put_offs
        .filter(|row| row.reason == StewardReason::Stale)
        .map(|row| row.record_id)
        .collect();
    let mut stale = steward::advocates(&tx, &scope, today).await?;
    stale.retain(|row| {
        let is_verified = row.verified_on.is_some_and(|day| day >= verified_from);
        !is_verified && row.left_on.is_none_or(|day| day > today)
    });
    stale.sort_by_key(|row| (row.verified_on, row.advocate_id));
    let mut told = VerificationRound::default();
    let mut asked: BTreeMap<UserId, Vec<&Upkeep>> = BTreeMap::new();
    for row in &stale {
        match row.owner_id {
            _ if waiting.contains(&row.advocate_id.0) => told.waiting += 1,
            None => told.without_owner += 1,
            Some(_) if told.profiles == ROUND_MAX => told.left += 1,
            Some(owner) => {
                told.profiles += 1;
                asked.entry(owner).or_default().push(row);
            }
        }
    }
    if asked.is_empty() {
        return Ok(told);
    }
    told.owners = asked.len();
    let until = today.plus_days(OWNER_DAYS);
    let put_off = asked.values().flatten().map(|row| PutOff {
        reason: StewardReason::Stale,
        record_id: row.advocate_id.0,
        until_on: until,
        owner_asked: true,
        made_by: actor.user_id(),
        made_at: tx.now(),
    });
    steward::put_off_all(&tx, put_off.collect()).await?;
    for (owner, rows) in &asked {
        let title = title(rows.len());
        let message = Message {
            attention: Attention::Ask,
            about: None,
            title: &title,
            body: &format!(
                "The plan counts only profiles that were confirmed within {days} days. Look at each, correct what changed, and confirm it."
            ),
            path: own_profiles(days),
        };
        notify::tell(app, &tx, &[*owner], &message).await?;
    }
    for row in asked.values().flatten() {
        let event = NewEvent::new(Action::Reminded, RecordKind::Advocate, row.advocate_id);
        tx.record(event.detail(json!({ "reason": StewardReason::Stale, "until": until })));
    }
    tx.commit().await?;
    Ok(told)
}

/// The list of the reader's own active profiles that were not verified for so many days, as its address has it.
fn own_profiles(days: i64) -> String {
    let stale = json!([
        { "field": "verified", "is": "before", "value": days },
        { "field": "verified", "is": "empty" },
    ]);
    let mine = json!({ "field": "owner", "is": "any_of", "value": ["me"] });
    let filter = json!({ "all": [mine, { "any": stale }] }).to_string();
    let filter = filter.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'0'..=b'9' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    let filter: String = filter.collect();
    format!("/advocates?status=active&sort=verified&filter={filter}")
}

fn title(advocates: usize) -> String {
    match advocates {
        1 => "One of your advocates waits to be verified".to_owned(),
        count => format!("{count} of your advocates wait to be verified"),
    }
}
