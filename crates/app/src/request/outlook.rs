//! What an ask can expect before it is sent: who decides, how long each usually takes, how often
//! somebody said yes in time, and whether a colleague asked for the same already.
//!
//! Reads the program's own past and writes nothing. Says counts, never whose they are.

use domain::{
    access::Scope,
    activity::Activity,
    candidate::Holder,
    fulfilment::FulfilmentMode,
    id::{AdvocateId, OpportunityId, RequestId, UserId},
    outlook::{self, HISTORY_MIN, PastAsk},
    protection::{QUARTER_DAYS, Rules},
    request::RequestStatus,
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{candidate::PastStep, opportunity::Opportunity};

use super::{fulfilment, gate};
use crate::{
    App,
    actor::Actor,
    error::Error,
    find,
    policy::{self, Permission},
    setting,
};

/// The past that counts.
pub(super) const PAST_DAYS: i64 = 365;
/// Steps of the past that are read at most, the newest first.
pub(super) const PAST_STEPS_MAX: u64 = 2_000;

/// An ask as it would be sent.
#[derive(Clone, Copy, Debug)]
pub struct AskOutlook {
    pub opportunity: Option<OpportunityId>,
    pub activity: Activity,
    pub need_by: Day,
    /// The advocate who would be asked first; none leaves the choice to the program.
    pub advocate: Option<AdvocateId>,
}

/// Who decides, and how long that usually takes.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Decision {
    pub holder: Holder,
    /// Who that is; absent where it is not known yet or not told yet.
    pub name: Option<String>,
    /// Answers of the past year that the times are taken from.
    pub cases: usize,
    /// Half of them came within this many hours; absent below `cases_min`.
    pub median_hours: Option<f64>,
    /// Nine of ten came within this many hours; absent below `cases_min`.
    pub ninetieth_hours: Option<f64>,
}

/// How often somebody said yes in the time that this ask has.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Chance {
    /// Days until the need-by day.
    pub days: i64,
    /// Asks of the past year that are old enough to tell.
    pub asks: usize,
    /// Those of them that had a yes by then; absent below `cases_min`.
    pub in_time: Option<usize>,
}

/// An open ask for the same on the same deal.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SameAsk {
    /// Absent where it is not the reader's to see.
    pub id: Option<RequestId>,
    pub requester_name: String,
    pub is_own: bool,
    pub asked_at: Timestamp,
    pub need_by: Day,
}

/// What the ask can expect.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Outlook {
    pub is_rush: bool,
    /// The first need-by day that leaves the notice that the activity needs.
    pub first_day_without_rush: Day,
    /// In the order in which they decide, without those whom the program's rules do not ask; empty where the
    /// advocate agreed ahead.
    pub decisions: Vec<Decision>,
    pub chance: Chance,
    /// Fewer cases than this say nothing.
    pub cases_min: usize,
    pub same_ask: Option<SameAsk>,
    /// The gates that the deal has not passed, in words; the ask is refused while there is one.
    pub gates: Vec<String>,
    /// Whether the reader may set them aside with a reason.
    pub may_override_gates: bool,
}

pub async fn outlook(app: &App, actor: &Actor, ask: AskOutlook) -> Result<Outlook, Error> {
    policy::require(actor, Permission::RequestCreate)?;
    let today = app.clock.today();
    if ask.need_by < today {
        return Err(Error::field(
            "need_by",
            "This day is over. Choose today or a later day.",
        ));
    }
    let deal = deal(app, actor, ask.opportunity).await?;
    let rules = setting::read::<Rules>(&app.store).await?.value;
    let first_day_without_rush = find::first_day_without_rush(&rules, ask.activity, today);
    let is_rush = ask.need_by < first_day_without_rush;
    let now = app.clock.now();
    let past = storage::candidate::past_steps(
        &app.store,
        Some(ask.activity),
        now.plus_days(-PAST_DAYS),
        PAST_STEPS_MAX,
    )
    .await?;
    let owner = owner_name(app, actor, ask.advocate).await?;
    let when = (ask.activity, ask.need_by);
    let mode = fulfilment::expected(&app.store, deal.as_ref(), when, ask.advocate).await?;
    Ok(Outlook {
        is_rush,
        first_day_without_rush,
        decisions: decisions(&past, is_rush || ask.advocate.is_none(), mode, owner),
        chance: chance(&past, ask.need_by.days_since(today), now),
        cases_min: HISTORY_MIN,
        same_ask: same_ask(app, actor, deal.as_ref(), ask.activity).await?,
        gates: gate::closed(&app.store, &rules, ask.activity, deal.as_ref()).await?,
        may_override_gates: policy::may(actor, Permission::Override),
    })
}

/// How many asks came too late for the notice of their activity.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct RushRate {
    /// The days that are looked back on.
    pub days: i64,
    pub requests: u64,
    pub rushes: u64,
}

/// The rushes among the requests of the last quarter that the reader may see.
pub async fn rush_rate(app: &App, actor: &Actor) -> Result<RushRate, Error> {
    let scope = policy::require(actor, Permission::RequestRead)?;
    let since = app.clock.now().plus_days(-QUARTER_DAYS);
    let counted = storage::request::rushes(&app.store, &scope, since).await?;
    Ok(RushRate {
        days: QUARTER_DAYS,
        requests: counted.requests,
        rushes: counted.rushes,
    })
}

async fn deal(
    app: &App,
    actor: &Actor,
    id: Option<OpportunityId>,
) -> Result<Option<Opportunity>, Error> {
    let Some(id) = id else {
        return Ok(None);
    };
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    storage::opportunity::find(&app.store, &scope, id)
        .await?
        .map(Some)
        .ok_or_else(|| Error::field("opportunity", "There is no such deal in your reach."))
}

/// Who owns the relationship with the named advocate's account, where the reader may know of them.
async fn owner_name(
    app: &App,
    actor: &Actor,
    advocate: Option<AdvocateId>,
) -> Result<Option<String>, Error> {
    let Some(id) = advocate else {
        return Ok(None);
    };
    let scope = policy::require(actor, Permission::AdvocateRead)?;
    let restricted = policy::sees_restricted(actor);
    storage::advocate::find(&app.store, &scope, restricted, id)
        .await?
        .ok_or_else(|| Error::field("advocate", "There is no such advocate."))?;
    let Some(account) = storage::advocate::account_of(&app.store, id).await? else {
        return Ok(None);
    };
    let owner: Option<UserId> = storage::account::by_ids(&app.store, vec![account])
        .await?
        .remove(&account)
        .and_then(|account| account.owner_id);
    match owner {
        Some(owner) => Ok(storage::user::find(&app.store, owner)
            .await?
            .map(|user| user.name)),
        None => Ok(None),
    }
}

/// Seconds between two stamps, where both are there.
pub(super) fn took(from: Option<Timestamp>, to: Option<Timestamp>) -> Option<i64> {
    Some(to?.seconds_since(from?)).filter(|seconds| *seconds >= 0)
}

fn decisions(
    past: &[PastStep],
    team_first: bool,
    mode: FulfilmentMode,
    owner: Option<String>,
) -> Vec<Decision> {
    let decision = |holder, name, seconds: Vec<i64>| {
        let cases = seconds.len();
        let usual = outlook::usual(seconds);
        Decision {
            holder,
            name,
            cases,
            median_hours: usual.map(|usual| hours(usual.median)),
            ninetieth_hours: usual.map(|usual| hours(usual.ninetieth)),
        }
    };
    let of = |took: fn(&PastStep) -> Option<i64>| past.iter().filter_map(took).collect();
    let team = team_first.then(|| {
        decision(
            Holder::Program,
            None,
            of(|step| took(Some(step.requested_at), step.owner_asked_at)),
        )
    });
    let owner = (mode == FulfilmentMode::Managed).then(|| {
        decision(
            Holder::Owner,
            owner,
            of(|step| took(step.owner_asked_at, step.advocate_asked_at)),
        )
    });
    let advocate = (mode != FulfilmentMode::Instant).then(|| {
        decision(
            Holder::Advocate,
            None,
            of(|step| took(step.advocate_asked_at, step.accepted_at)),
        )
    });
    team.into_iter().chain(owner).chain(advocate).collect()
}

/// Hours with one digit after the point.
#[expect(
    clippy::cast_precision_loss,
    reason = "a year has far fewer seconds than a double has digits"
)]
fn hours(seconds: i64) -> f64 {
    (seconds as f64 / 360.0).round() / 10.0
}

fn chance(past: &[PastStep], days: i64, now: Timestamp) -> Chance {
    let mut asks: Vec<PastAsk> = Vec::new();
    let mut last: Option<RequestId> = None;
    // Steps of one request stand together.
    for step in past {
        let yes_after = took(Some(step.requested_at), step.accepted_at);
        if let (Some(ask), true) = (asks.last_mut(), last == Some(step.request_id)) {
            ask.yes_after = match (ask.yes_after, yes_after) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            continue;
        }
        last = Some(step.request_id);
        asks.push(PastAsk {
            age: now.seconds_since(step.requested_at),
            yes_after,
            ended_by_asker: step.status == RequestStatus::Withdrawn || step.share_id.is_some(),
        });
    }
    // The whole of the need-by day is still in time.
    let (in_time, telling) = outlook::answered_within(&asks, (days + 1) * 86_400);
    Chance {
        days,
        asks: telling,
        in_time: (telling >= HISTORY_MIN).then_some(in_time),
    }
}

/// The open ask for the same activity on the same deal, the reader's own before others.
async fn same_ask(
    app: &App,
    actor: &Actor,
    deal: Option<&Opportunity>,
    activity: Activity,
) -> Result<Option<SameAsk>, Error> {
    let Some(deal) = deal else {
        return Ok(None);
    };
    let open = storage::request::open_on(&app.store, vec![deal.id]).await?;
    let is_own = |requester| policy::is_self(actor, requester);
    let found = open
        .into_iter()
        .filter(|row| row.activity == activity)
        .max_by_key(|row| (is_own(row.requester_id), row.created_at));
    let Some(row) = found else {
        return Ok(None);
    };
    let reads: Scope = policy::scope(actor, Permission::RequestRead);
    let requester = storage::user::find(&app.store, row.requester_id).await?;
    Ok(Some(SameAsk {
        id: reads.reaches(Some(row.requester_id)).then_some(row.id),
        requester_name: requester.map_or_else(|| "A colleague".to_owned(), |user| user.name),
        is_own: is_own(row.requester_id),
        asked_at: row.created_at,
        need_by: row.need_by,
    }))
}
