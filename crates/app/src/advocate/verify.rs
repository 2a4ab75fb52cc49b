//! "Still true": somebody confirms a profile, or a part of it, as it stands.

use domain::{
    freshness::{Confirmed, ProfilePart},
    id::AdvocateId,
    record::Action,
    time::Day,
};
use serde::Serialize;
use storage::{
    Tx,
    advocate::{self, Advocate, PartCheck},
};

use super::{AdvocateView, edit::PartDay, event, find_for};
use crate::{
    App,
    actor::Actor,
    change::Changes,
    error::{Error, same_version},
    policy::Permission,
};

/// How fresh a part of a profile is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PartFreshness {
    pub part: ProfilePart,
    /// The last day on which it was confirmed, by itself or with the whole profile.
    pub verified_on: Option<Day>,
    /// Never confirmed, or longer ago than a confirmation of this part holds.
    pub is_stale: bool,
}

/// Every part of a profile with the day on which it was last confirmed.
pub(super) fn freshness(
    whole: Option<Day>,
    checks: &[PartCheck],
    today: Day,
) -> Vec<PartFreshness> {
    let confirmed = confirmed(whole, checks);
    let part = |part: &ProfilePart| PartFreshness {
        part: *part,
        verified_on: confirmed.on(*part),
        is_stale: confirmed.is_stale(*part, today),
    };
    ProfilePart::ALL.iter().map(part).collect()
}

fn confirmed(whole: Option<Day>, checks: &[PartCheck]) -> Confirmed {
    let parts = checks.iter().map(|check| (check.part, check.verified_on));
    Confirmed::new(whole, parts.collect())
}

/// Confirms the whole profile today.
pub async fn verify(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    version: i64,
) -> Result<AdvocateView, Error> {
    let (tx, mut row) = begin(app, actor, id, version).await?;
    let mut changes = Changes::default();
    let today = Some(app.clock.today());
    changes.note("verified_on", &row.verified_on, &today);
    row.verified_on = today;
    finish(tx, row, changes).await?;
    super::get(app, actor, id).await
}

/// Confirms a part today. Once every part was confirmed, the whole profile counts as verified since
/// the oldest of those days.
pub async fn verify_part(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    version: i64,
    part: ProfilePart,
) -> Result<AdvocateView, Error> {
    let (tx, mut row) = begin(app, actor, id, version).await?;
    let today = app.clock.today();
    let checks = advocate::part_checks(&tx, id).await?;
    let mut known = confirmed(row.verified_on, &checks);
    let mut changes = Changes::default();
    changes.note(part.as_str(), &known.on(part), &Some(today));
    known.confirm(part, today);
    changes.note("verified_on", &row.verified_on, &known.whole());
    row.verified_on = known.whole();
    let check = PartCheck {
        advocate_id: id,
        part,
        verified_on: today,
    };
    advocate::set_part_check(&tx, check).await?;
    finish(tx, row, changes).await?;
    super::get(app, actor, id).await
}

/// Takes confirmations of parts back: each has the earlier day again, or none.
pub(super) async fn take_back(
    tx: &Tx,
    id: AdvocateId,
    parts: Option<&[PartDay]>,
    changes: &mut Changes,
) -> Result<(), Error> {
    let Some(parts) = parts.filter(|parts| !parts.is_empty()) else {
        return Ok(());
    };
    let checks = advocate::part_checks(tx, id).await?;
    for PartDay { part, verified_on } in parts {
        let kept = checks.iter().find(|check| check.part == *part);
        let kept = kept.map(|check| check.verified_on);
        if *verified_on > kept {
            return Err(Error::field(
                "verified_parts",
                "A part is confirmed as it stands, today. Press Still true.",
            ));
        }
        changes.note(part.as_str(), &kept, verified_on);
        advocate::remove_part_check(tx, id, *part).await?;
        if let Some(verified_on) = *verified_on {
            let check = PartCheck {
                advocate_id: id,
                part: *part,
                verified_on,
            };
            advocate::set_part_check(tx, check).await?;
        }
    }
    Ok(())
}

async fn begin(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    version: i64,
) -> Result<(Tx, Advocate), Error> {
    let tx = app.begin(actor).await?;
    let row = find_for(&tx, actor, Permission::AdvocateEdit, id).await?;
    same_version(row.version, version)?;
    Ok((tx, row))
}

async fn finish(mut tx: Tx, mut row: Advocate, changes: Changes) -> Result<(), Error> {
    row.updated_at = tx.now();
    advocate::save(&tx, &mut row).await?;
    let event = event(&tx, Action::Verified, &row)
        .await?
        .detail(changes.into_detail());
    tx.record(event);
    Ok(tx.commit().await?)
}
