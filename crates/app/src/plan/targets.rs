//! Recruiting targets: how many advocates of which profile, by when, and how the nominations for them
//! are getting on against what nominations yield.

use domain::{
    activity::Activity,
    id::RecruitingTargetId,
    record::{Action, RecordKind},
    time::Day,
};
use planning::coverage::Capacity;
use serde::Deserialize;
use serde_json::json;
use storage::{
    NewEvent,
    recruiting::{self, RecruitingTarget},
};

use super::gaps::{AskGaps, Solved};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    people,
    policy::{self, Permission},
};

mod asks;
mod view;

pub use asks::{OwnerRound, SendAsks, SentAsk, TargetAsks, asks, send};
pub use view::{RecruitingTargets, Target, TargetNominee, TargetProgress};

/// Advocates that one target asks for at most.
pub const WANTED_MAX: i64 = 1_000;

/// A target to make from a gap, named as the gap is.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateRecruitingTarget)]
pub struct CreateTarget {
    /// Keys of the facets that the gaps are cut by.
    pub facets: Vec<String>,
    /// The segment's key.
    pub segment: String,
    /// Terms count as the broadest above them.
    #[serde(default)]
    pub broad: bool,
    /// Ends of the windows in days; 30, 60, 90, 120 when absent.
    #[serde(default)]
    pub window_ends: Vec<i64>,
    /// What the advocates are needed for; a reference call when absent.
    pub activity: Option<Activity>,
    /// Advocates to recruit, 1 to 1,000.
    pub wanted: i64,
    /// When recruiting has to start; the segment's stock-out minus onboarding when absent.
    pub start_by: Option<Day>,
    /// What to tell those who are asked to nominate, to 2,000 characters.
    pub note: Option<String>,
}

/// What may be changed. Absent fields stay as they are; a target is closed by saying why.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditRecruitingTarget)]
pub struct EditTarget {
    pub wanted: Option<i64>,
    pub start_by: Option<Day>,
    pub note: Option<String>,
    /// Why the target is closed; a closed one takes no nominations.
    pub close_reason: Option<String>,
}

/// Every target with its progress.
pub async fn list(app: &App, actor: &Actor) -> Result<RecruitingTargets, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let rows = recruiting::list(&app.store).await?;
    view::views(app, actor, rows).await
}

/// One target, its nominees by name.
pub async fn get(app: &App, actor: &Actor, id: RecruitingTargetId) -> Result<Target, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let row = recruiting::find(&app.store, id).await?;
    let mut views = view::views(app, actor, vec![row.ok_or(Error::NotFound)?]).await?;
    let mut target = views.targets.pop().ok_or(Error::NotFound)?;
    let ids = target.nominees.iter().map(|one| one.advocate_id).collect();
    let people = people::load(app, actor, ids).await?;
    for nominee in &mut target.nominees {
        let person = people.get(&nominee.advocate_id);
        nominee.display_name = person.map(people::Person::display_name);
    }
    Ok(target)
}

fn wanted(count: i64) -> Result<i64, Error> {
    if (1..=WANTED_MAX).contains(&count) {
        return Ok(count);
    }
    let message = format!("A target asks for 1 to {WANTED_MAX} advocates; this is {count}.");
    Err(Error::field("wanted", message))
}

/// An optional text; an empty one is none.
fn note(field: &str, text: Option<&str>) -> Result<Option<String>, Error> {
    let text = text.map(|text| change::text(field, text, 0, 2_000));
    Ok(text.transpose()?.filter(|text| !text.is_empty()))
}

/// Makes a target from a gap and notes what reaching it is worth today. A profile has one open
/// target for an activity.
pub async fn create(
    app: &App,
    actor: &Actor,
    ask: CreateTarget,
    key: Option<&CreateKey>,
) -> Result<Target, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let wanted = wanted(ask.wanted)?;
    let note = note("note", ask.note.as_deref())?;
    let solved = Solved::read(app, actor, &gaps_of(&ask)).await?;
    let number = solved.pipeline.number_of(&ask.segment).ok_or_else(|| {
        Error::field(
            "segment",
            "No open deal is of this segment. Name one by the key that the gaps give it.",
        )
    })?;
    let (worth_minor, starts) = worth(&solved, number, wanted)?;
    let facets: Vec<&str> = solved.pipeline.facet_keys().collect();
    let mut tx = app.begin(actor).await?;
    let row = RecruitingTarget {
        id: new_id(),
        version: 1,
        facets: facets.join(","),
        segment: ask.segment,
        is_broad: ask.broad,
        activity: solved.activity,
        wanted,
        start_by: ask.start_by.or(starts),
        worth_minor,
        currency: solved.pipeline.currency,
        note,
        created_by: actor.user_id(),
        created_at: tx.now(),
        closed_at: None,
        close_reason: None,
    };
    idempotency::claim(&tx, key, row.id).await?;
    if let Some(open) = recruiting::open_for(&tx, &row.facets, &row.segment, row.activity).await? {
        return Err(Error::Conflict(format!(
            "There is an open target for this profile already; it asks for {}. Change that one.",
            open.wanted
        )));
    }
    recruiting::insert(&tx, row.clone()).await?;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::RecruitingTarget, row.id)
            .detail(json!({ "wanted": row.wanted, "start_by": row.start_by, "note": row.note })),
    );
    tx.commit().await?;
    get(app, actor, row.id).await
}

fn gaps_of(ask: &CreateTarget) -> AskGaps {
    AskGaps {
        plan: super::AskPlan {
            facets: ask.facets.clone(),
            window_ends: ask.window_ends.clone(),
            is_broad: ask.broad,
            ..super::AskPlan::default()
        },
        activity: ask.activity,
        with_unverified: false,
    }
}

/// Minor units that so many more advocates of a segment would cover, and the day by which recruiting
/// them has to start.
fn worth(solved: &Solved, number: u32, wanted: i64) -> Result<(i64, Option<Day>), Error> {
    let (per_window, total) = solved
        .supply
        .of_a_recruit
        .units(solved.supply.acceptance.rate);
    let times = u32::try_from(wanted).unwrap_or(1);
    let per_window: Vec<u32> = per_window
        .iter()
        .map(|units| units.saturating_mul(times))
        .collect();
    let capacity = Capacity {
        per_window: &per_window,
        total: total.saturating_mul(times),
    };
    let brings = solved
        .coverage
        .recruit(&[number], capacity)
        .map_err(|_| Error::Broken("a segment of the plan is not in its coverage"))?;
    let (_, by_segment) = solved.sums();
    let stock_out = by_segment
        .get(&(false, number))
        .and_then(|sums| sums.stock_out_on);
    let onboarding = solved.pipeline.assumptions.onboarding_days;
    let minor = i64::try_from((brings.value + 500) / 1_000).unwrap_or(i64::MAX);
    Ok((minor, stock_out.map(|day| day.plus_days(-onboarding))))
}

/// Changes a target, or closes it for good.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: RecruitingTargetId,
    version: i64,
    ask: EditTarget,
) -> Result<Target, Error> {
    policy::require(actor, Permission::PlanEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = recruiting::find(&tx, id).await?.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if row.closed_at.is_some() {
        return Err(Error::Conflict(
            "This target is closed. Make a new one from its gap.".to_owned(),
        ));
    }
    let mut changes = Changes::default();
    if let Some(count) = ask.wanted {
        let count = wanted(count)?;
        changes.note("wanted", &row.wanted, &count);
        row.wanted = count;
    }
    if let Some(day) = ask.start_by {
        changes.note("start_by", &row.start_by, &Some(day));
        row.start_by = Some(day);
    }
    if ask.note.is_some() {
        let note = note("note", ask.note.as_deref())?;
        changes.note("note", &row.note, &note);
        row.note = note;
    }
    let action = match ask.close_reason.as_deref() {
        None => Action::Updated,
        Some(reason) => {
            let reason = Some(change::text("close_reason", reason, 1, 1_000)?);
            changes.note("close_reason", &row.close_reason, &reason);
            row.close_reason = reason;
            row.closed_at = Some(tx.now());
            Action::Closed
        }
    };
    if !changes.is_empty() {
        recruiting::save(&tx, &mut row).await?;
        let event = NewEvent::new(action, RecordKind::RecruitingTarget, id);
        tx.record(event.detail(changes.into_detail()));
        tx.commit().await?;
    }
    get(app, actor, id).await
}
