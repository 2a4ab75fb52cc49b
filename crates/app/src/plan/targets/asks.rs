//! Asking relationship owners whom they would nominate for a target: the customers that fit best first, one message
//! an owner and round, and no owner about more customers in a week than the program allows.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    id::{AccountId, RecruitingTargetId, UserId},
    record::{Action, RecordKind},
    time::Timestamp,
};
use planning::recruiting::round;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Source,
    recruiting::{self, RecruitingTarget},
    recruiting_ask::{self, RecruitingAsk, ToldAsk},
};

use super::Target;
use crate::{
    App,
    account::{AccountRef, PersonRef},
    actor::Actor,
    clock::new_id,
    error::Error,
    idempotency::{self, CreateKey},
    plan::{
        AskPlan,
        assume::PlanAssumptions,
        candidates::{self, RecruitCandidate},
    },
    policy::{self, Permission},
    request::notify::{self, Attention, Message},
    setting,
};

/// Days after which somebody is asked about a customer again, whatever the target.
pub const AGAIN_DAYS: i64 = 90;
const WEEK_DAYS: i64 = 7;
/// Customers that a message names at most; the page that it opens names all.
const NAMED_MAX: usize = 5;

const FORMULA: &str = "Customers who fit and speak for nobody, the best first; as many as nominations are still needed minus customers asked about already. No owner is asked about more customers in seven days than the program allows, nor about one that somebody was asked about in the last 90 days";

/// A round to send.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendAsks {
    /// Customers to ask about at most, above 0; as many as are needed when absent.
    pub most: Option<u32>,
}

/// Who was asked for a target, and whom the next round would ask.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TargetAsks {
    /// Customers that one owner is asked about in seven days at most: an assumption of the plan.
    pub per_week: i64,
    /// What the next round would ask, for who plans; nothing for a closed target.
    pub next: Vec<OwnerRound>,
    /// Customers who wait because their owner is asked as much as the limit allows.
    pub held_back: usize,
    /// Customers who fit and whose relationship nobody active owns.
    pub without_owner: usize,
    /// What was asked, the last first, 200 at most; who does not plan sees what they were asked themselves.
    pub sent: Vec<SentAsk>,
    pub formula: String,
}

/// What one owner would be asked in the next round.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OwnerRound {
    pub owner: PersonRef,
    pub accounts: Vec<AccountRef>,
}

/// A customer that an owner was asked about.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SentAsk {
    pub account: AccountRef,
    pub owner: PersonRef,
    pub asked_at: Timestamp,
    /// People who were nominated from there for the target.
    pub nominated: i64,
}

impl From<ToldAsk> for SentAsk {
    fn from(row: ToldAsk) -> Self {
        Self {
            account: AccountRef {
                id: row.account_id,
                name: row.account_name,
            },
            owner: PersonRef {
                id: row.owner_id,
                name: row.owner_name,
            },
            asked_at: row.asked_at,
            nominated: row.nominated,
        }
    }
}

/// Who was asked for a target, and whom the next round would ask.
pub async fn asks(app: &App, actor: &Actor, id: RecruitingTargetId) -> Result<TargetAsks, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let row = recruiting::find(&app.store, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    let mut sent = recruiting_ask::of_target(&app.store, id).await?;
    let plans = policy::may(actor, Permission::PlanEdit);
    let mut next = Next::default();
    if plans {
        let candidates = fitting(app, actor, &row).await?;
        next = Next::read(app, &app.store, actor, &row, candidates).await?;
    } else {
        let own = policy::scope(actor, Permission::PlanRead);
        sent.retain(|ask| own.reaches(Some(ask.owner_id)));
    }
    Ok(TargetAsks {
        per_week: setting::read::<PlanAssumptions>(&app.store)
            .await?
            .value
            .asks_per_week,
        next: next.by_owner(),
        held_back: next.held_back,
        without_owner: next.without_owner,
        sent: sent.into_iter().map(SentAsk::from).collect(),
        formula: FORMULA.to_owned(),
    })
}

/// Sends the next round: a line in the inbox of each owner, and what was asked stands with the target.
pub async fn send(
    app: &App,
    actor: &Actor,
    id: RecruitingTargetId,
    ask: SendAsks,
    key: Option<&CreateKey>,
) -> Result<TargetAsks, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    if ask.most == Some(0) {
        return Err(Error::field("most", "Ask about at least one customer."));
    }
    let row = recruiting::find(&app.store, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    if row.closed_at.is_some() {
        return Err(Error::Conflict(
            "This target is closed. Make a new one from its gap.".to_owned(),
        ));
    }
    let target = super::get(app, actor, id).await?;
    let candidates = fitting(app, actor, &row).await?;
    let mut tx = app.begin(actor).await?;
    idempotency::claim(&tx, key, id).await?;
    // Raising the version lets one of two rounds at the same time through.
    recruiting::save(&tx, &mut row.clone()).await?;
    // Rounds for other targets count against the same weekly limit of an owner.
    recruiting_ask::one_at_a_time(&tx).await?;
    let mut next = Next::read(app, &tx, actor, &row, candidates).await?;
    if let Some(most) = ask.most.and_then(|most| usize::try_from(most).ok()) {
        next.chosen.truncate(most);
    }
    if next.chosen.is_empty() {
        return Err(Error::Conflict(
            "Nobody can be asked now: no further customer is needed, fits, or has an owner below the weekly limit.".to_owned(),
        ));
    }
    let asked_at = tx.now();
    let rows = next.chosen.iter().map(|(candidate, owner)| RecruitingAsk {
        id: new_id(),
        target_id: id,
        account_id: candidate.account.id,
        owner_id: owner.id,
        asked_by: actor.user_id(),
        asked_at,
    });
    recruiting_ask::insert_all(&tx, rows.collect()).await?;
    let rounds = next.by_owner();
    for round in &rounds {
        let (title, body) = words(&target, round);
        let message = Message {
            attention: Attention::Ask,
            about: None,
            title: &title,
            body: &body,
            path: format!("/plan/targets?target={id}"),
        };
        notify::tell(app, &tx, &[round.owner.id], &message).await?;
    }
    let event = NewEvent::new(Action::OwnerAsked, RecordKind::RecruitingTarget, id);
    let detail = json!({ "owners": rounds.len(), "customers": next.chosen.len() });
    let event = next.chosen.iter().fold(event, |event, (candidate, _)| {
        event.link(RecordKind::Account, candidate.account.id)
    });
    tx.record(event.detail(detail));
    tx.commit().await?;
    asks(app, actor, id).await
}

fn words(target: &Target, round: &OwnerRound) -> (String, String) {
    let profile = target.labels.join(" × ");
    let mut names: Vec<&str> = round.accounts.iter().map(|one| one.name.as_str()).collect();
    let more = names.len().saturating_sub(NAMED_MAX);
    names.truncate(NAMED_MAX);
    let mut body = names.join(", ");
    if more > 0 {
        body = format!("{body} and {more} more");
    }
    body.push_str(": nominate somebody there who would give references.");
    if let Some(note) = &target.note {
        body = format!("{body} {note}");
    }
    (format!("Who could speak for {profile}?"), body)
}

/// Customers who fit the target and of whom nobody is or was nominated, the best first.
async fn fitting(
    app: &App,
    actor: &Actor,
    row: &RecruitingTarget,
) -> Result<Vec<RecruitCandidate>, Error> {
    let plan = AskPlan {
        facets: row.facets.split(',').map(str::to_owned).collect(),
        is_broad: row.is_broad,
        ..AskPlan::default()
    };
    let found = match candidates::get(app, actor, &plan, &row.segment).await {
        // No deal is of this segment any more, so nothing says who fits.
        Err(Error::NotFound) => return Ok(Vec::new()),
        found => found?.candidates,
    };
    let fresh = found.into_iter().filter(|one| one.asked_before.is_none());
    Ok(fresh.collect())
}

/// The next round.
#[derive(Default)]
struct Next {
    chosen: Vec<(RecruitCandidate, PersonRef)>,
    held_back: usize,
    without_owner: usize,
}

impl Next {
    async fn read(
        app: &App,
        source: &impl Source,
        actor: &Actor,
        row: &RecruitingTarget,
        candidates: Vec<RecruitCandidate>,
    ) -> Result<Self, Error> {
        let mut next = Self::default();
        if row.closed_at.is_some() {
            return Ok(next);
        }
        let now = app.clock.now();
        let recent = recruiting_ask::since(source, now.plus_days(-AGAIN_DAYS)).await?;
        let asked: HashSet<AccountId> = recent.iter().map(|ask| ask.account_id).collect();
        let week = now.plus_days(-WEEK_DAYS);
        let mut this_week: HashMap<UserId, usize> = HashMap::new();
        for ask in recent.iter().filter(|ask| ask.asked_at > week) {
            *this_week.entry(ask.owner_id).or_default() += 1;
        }
        let owners = candidates.iter().filter_map(|one| one.owner_id).collect();
        let owners = storage::user::by_ids(source, owners).await?;
        let mut free = Vec::new();
        for candidate in candidates {
            let owner = candidate.owner_id.and_then(|id| owners.get(&id));
            match owner.filter(|user| user.is_active) {
                None => next.without_owner += 1,
                Some(_) if asked.contains(&candidate.account.id) => {}
                Some(owner) => free.push((candidate, PersonRef::from(owner))),
            }
        }
        let ids: Vec<UserId> = free.iter().map(|(_, owner)| owner.id).collect();
        let mut places: Vec<UserId> = ids.clone();
        places.sort_unstable();
        places.dedup();
        let counts: Vec<usize> = places
            .iter()
            .map(|id| this_week.get(id).copied().unwrap_or(0))
            .collect();
        let of: Vec<usize> = ids
            .iter()
            .map(|id| places.partition_point(|known| known < id))
            .collect();
        let set = setting::read::<PlanAssumptions>(&app.store).await?.value;
        let per_week = usize::try_from(set.asks_per_week).unwrap_or(0);
        let round = round(&of, &counts, per_week, most(app, actor, row).await?);
        next.held_back = round.held_back;
        let chosen: HashSet<usize> = round.ask.into_iter().collect();
        next.chosen = free
            .into_iter()
            .enumerate()
            .filter(|(place, _)| chosen.contains(place))
            .map(|(_, one)| one)
            .collect();
        Ok(next)
    }

    /// One round for each owner, the owner of the best customer first.
    fn by_owner(&self) -> Vec<OwnerRound> {
        let mut order: BTreeMap<UserId, usize> = BTreeMap::new();
        let mut rounds: Vec<OwnerRound> = Vec::new();
        for (candidate, owner) in &self.chosen {
            let place = *order.entry(owner.id).or_insert_with(|| {
                rounds.push(OwnerRound {
                    owner: owner.clone(),
                    accounts: Vec::new(),
                });
                rounds.len() - 1
            });
            rounds[place].accounts.push(candidate.account.clone());
        }
        rounds
    }
}

/// How many customers a round asks about at most: the nominations that are still needed, minus customers that were
/// asked about in the last 90 days and from whom nobody was nominated yet.
async fn most(app: &App, actor: &Actor, row: &RecruitingTarget) -> Result<usize, Error> {
    let views = super::view::views(app, actor, vec![row.clone()]).await?;
    let progress = views.targets.first().map(|target| target.progress);
    let needed = progress.and_then(|progress| progress.nominations_needed);
    let wanted = usize::try_from(row.wanted).unwrap_or(0);
    let needed = needed.map_or(wanted, |needed| usize::try_from(needed).unwrap_or(wanted));
    let since = app.clock.now().plus_days(-AGAIN_DAYS);
    let sent = recruiting_ask::of_target(&app.store, row.id).await?;
    let waiting = sent
        .iter()
        .filter(|ask| ask.asked_at >= since && ask.nominated == 0);
    Ok(needed.saturating_sub(waiting.count()))
}
