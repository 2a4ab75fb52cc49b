//! Recruiting targets as they are told: in words, with how their nominations are getting on.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    id::{AdvocateId, RecruitingTargetId},
    money::{Currency, Money},
    taxonomy::Taxonomy,
    time::{Day, Timestamp},
};
use planning::{
    demand::Learned,
    recruiting::{Progress, outlook},
};
use serde::Serialize;
use storage::recruiting::{self, NomineeStatus, RecruitingTarget};

use crate::{
    App,
    actor::Actor,
    error::Error,
    plan::{assume::PlanAssumptions, kept::Savers},
    policy::{self, Permission},
    setting,
};

const FORMULA: &str = "Expected = advocates among the nominees + nominees under way x yield; yield = advocates / (advocates + declined) of everybody nominated here, the set rate below 20. Nominations needed = (wanted - expected) / yield, rounded up. Worth = covered pipeline that so many more advocates would have brought on the day the target was made";

/// All targets, with the yield that they are held against.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RecruitingTargets {
    /// Share of nominations that become advocates; `n` is the decided nominations behind it.
    pub yields: Learned,
    /// Open ones first, 200 at most.
    pub targets: Vec<Target>,
    pub formula: String,
}

/// Advocates to recruit for one profile.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = RecruitingTarget)]
pub struct Target {
    pub id: RecruitingTargetId,
    pub version: i64,
    /// What people call the terms of the profile, facet by facet.
    pub labels: Vec<String>,
    /// Keys of the facets that the profile is named by.
    pub facets: Vec<String>,
    /// The profile's key among the gaps of these facets.
    pub segment: String,
    pub is_broad: bool,
    pub activity: Activity,
    /// Advocates to recruit.
    pub wanted: i64,
    pub start_by: Option<Day>,
    /// Covered pipeline that so many advocates would have brought when the target was made.
    pub worth: String,
    pub currency: Currency,
    pub note: Option<String>,
    /// Who made it; "Operator" for the person at the machine's command line.
    pub created_by: String,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub close_reason: Option<String>,
    pub progress: TargetProgress,
    /// Who was nominated for it, for who plans; the first first.
    pub nominees: Vec<TargetNominee>,
}

/// How the nominations for a target are getting on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TargetProgress {
    pub nominated: u32,
    /// Not decided yet.
    pub under_way: u32,
    /// Advocates now, paused or not.
    pub advocates: u32,
    /// Declined, or retired since.
    pub left: u32,
    /// Advocates that the nominations so far are expected to give.
    pub expected: f64,
    /// Nominations still needed; absent where nominations yield nothing.
    pub nominations_needed: Option<u32>,
}

/// Somebody who was nominated for a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TargetNominee {
    pub advocate_id: AdvocateId,
    pub status: AdvocateStatus,
    /// As the reader may know them; told where one target is opened.
    pub display_name: Option<String>,
}

/// Brings targets into the form in which they are told, in a fixed number of queries.
pub(super) async fn views(
    app: &App,
    actor: &Actor,
    rows: Vec<RecruitingTarget>,
) -> Result<RecruitingTargets, Error> {
    let taxonomy = app.index.taxonomy(app).await?;
    let set = setting::read::<PlanAssumptions>(&app.store).await?.value;
    let ended = recruiting::ended(&app.store).await?;
    let count = |number: i64| usize::try_from(number).unwrap_or(0);
    let yields = Learned::share_or(count(ended.became), count(ended.decided), set.yield_rate);
    let makers = Savers::read(app, rows.iter().map(|row| row.created_by)).await?;
    let mut nominees: HashMap<RecruitingTargetId, Vec<NomineeStatus>> = HashMap::new();
    for nominee in recruiting::nominees(&app.store).await? {
        nominees.entry(nominee.target_id).or_default().push(nominee);
    }
    let sees_nominees = policy::may(actor, Permission::PlanEdit);
    let targets = rows.into_iter().map(|row| {
        let own = nominees.remove(&row.id).unwrap_or_default();
        let created_by = makers.name(row.created_by);
        let progress = progress(&own, row.wanted, yields.rate);
        let mut view = view(&taxonomy, row, created_by, progress);
        if sees_nominees {
            view.nominees = own.into_iter().map(nominee).collect();
        }
        view
    });
    Ok(RecruitingTargets {
        yields,
        targets: targets.collect(),
        formula: FORMULA.to_owned(),
    })
}

fn nominee(row: NomineeStatus) -> TargetNominee {
    TargetNominee {
        advocate_id: row.advocate_id,
        status: row.status,
        display_name: None,
    }
}

fn progress(nominees: &[NomineeStatus], wanted: i64, yields: f64) -> TargetProgress {
    let mut told = TargetProgress::default();
    for nominee in nominees {
        told.nominated += 1;
        let of_kind = match nominee.status {
            AdvocateStatus::Active | AdvocateStatus::Paused => &mut told.advocates,
            AdvocateStatus::Declined | AdvocateStatus::Retired => &mut told.left,
            AdvocateStatus::Nominated
            | AdvocateStatus::Vetting
            | AdvocateStatus::Invited
            | AdvocateStatus::Onboarding => &mut told.under_way,
        };
        *of_kind += 1;
    }
    let outlook = outlook(
        Progress {
            wanted: u32::try_from(wanted).unwrap_or(0),
            became: told.advocates,
            under_way: told.under_way,
        },
        yields,
    );
    told.expected = outlook.expected;
    told.nominations_needed = outlook.nominations_needed;
    told
}

fn view(
    taxonomy: &Taxonomy,
    row: RecruitingTarget,
    created_by: String,
    progress: TargetProgress,
) -> Target {
    Target {
        id: row.id,
        version: row.version,
        labels: labels(taxonomy, &row.segment),
        facets: row.facets.split(',').map(str::to_owned).collect(),
        segment: row.segment,
        is_broad: row.is_broad,
        activity: row.activity,
        wanted: row.wanted,
        start_by: row.start_by,
        worth: Money {
            minor: row.worth_minor,
            currency: row.currency,
        }
        .decimal(),
        currency: row.currency,
        note: row.note,
        created_by,
        created_at: row.created_at,
        closed_at: row.closed_at,
        close_reason: row.close_reason,
        progress,
        nominees: Vec::new(),
    }
}

/// What people call the terms of a segment's key now; a merged term by what it was merged into.
fn labels(taxonomy: &Taxonomy, segment: &str) -> Vec<String> {
    let name = |id: &str| {
        let id = id.parse().ok()?;
        let id = taxonomy.resolve(id).unwrap_or(id);
        Some(taxonomy.term(id)?.name.clone())
    };
    segment
        .split('/')
        .map(|terms| {
            let mut names: Vec<String> = terms.split('+').filter_map(name).collect();
            names.sort_unstable();
            names.join(" + ")
        })
        .collect()
}
