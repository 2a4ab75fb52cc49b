//! The consent record of an advocate: append-only, and a withdrawal acts at once.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    consent::{self as rule, ConsentChannel, ConsentKind, ConsentSource},
    id::{AdvocateId, ConsentId, TermId},
    record::Action,
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    consent::{self, Consent},
    page::Page,
};

use super::{ConsentSummary, whereabouts};
use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::Error,
    find::TermRef,
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

/// An entry of the record.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Consent)]
pub struct ConsentView {
    pub id: ConsentId,
    pub kind: ConsentKind,
    pub activity: Option<Activity>,
    pub source: ConsentSource,
    pub text_version: String,
    pub valid_from: Day,
    pub valid_until: Option<Day>,
    pub recorded_at: Timestamp,
    /// They need not be asked each time.
    pub agrees_ahead: bool,
    /// Through what it holds; null for everything.
    pub channel: Option<ConsentChannel>,
    /// Where it holds, with everything below it; null for everywhere.
    pub region: Option<TermRef>,
}

/// A consent that was given or withdrawn.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConsent {
    pub kind: ConsentKind,
    /// Absent for every activity type.
    pub activity: Option<Activity>,
    pub source: ConsentSource,
    /// Which wording the person agreed to.
    pub text_version: String,
    pub valid_until: Option<Day>,
    /// They agree to this activity without being asked each time; only with an activity.
    #[serde(default)]
    pub agrees_ahead: bool,
    /// Through what it holds; absent for everything.
    pub channel: Option<ConsentChannel>,
    /// A term of the facet region: it holds there and in all below it; absent for everywhere.
    pub region_id: Option<TermId>,
}

/// The consent record of an advocate, newest entry first.
pub async fn list(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    page: &Page,
) -> Result<List<ConsentView>, Error> {
    readable(app, actor, id).await?;
    let rows = consent::of_advocate(&app.store, id, page).await?;
    let regions = whereabouts::names(&app.store, &rows.items).await?;
    Ok(List::from_listed(rows.map(|row| view(row, &regions))))
}

pub(super) fn view(row: Consent, regions: &HashMap<TermId, String>) -> ConsentView {
    ConsentView {
        channel: row.channel,
        region: row.region_id.and_then(|id| {
            let name = regions.get(&id)?.clone();
            Some(TermRef { id, name })
        }),
        id: row.id,
        kind: row.kind,
        activity: row.activity,
        source: row.source,
        text_version: row.text_version,
        valid_from: row.valid_from,
        valid_until: row.valid_until,
        recorded_at: row.recorded_at,
        agrees_ahead: row.agrees_ahead,
    }
}

/// Appends to the record. A withdrawal cancels the open candidates that it touches.
pub async fn record(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    ask: RecordConsent,
    key: Option<&CreateKey>,
) -> Result<ConsentView, Error> {
    let mut tx = app.begin(actor).await?;
    let row = super::find_for(&tx, actor, Permission::ConsentRecord, id).await?;
    let today = app.clock.today();
    if ask.kind == ConsentKind::Given && ask.valid_until.is_some_and(|until| until < today) {
        return Err(Error::field(
            "valid_until",
            "The last day of a consent must not be over already.",
        ));
    }
    if ask.agrees_ahead && (ask.kind != ConsentKind::Given || ask.activity.is_none()) {
        return Err(Error::field(
            "agrees_ahead",
            "Say to which activity they agree ahead.",
        ));
    }
    if ask.agrees_ahead && (ask.channel.is_some() || ask.region_id.is_some()) {
        return Err(Error::field(
            "agrees_ahead",
            "Who agrees ahead agrees for every channel and region. Record a limit as an entry of its own.",
        ));
    }
    let region = whereabouts::region(&tx, "region_id", ask.region_id).await?;
    let entry = Consent {
        id: new_id(),
        advocate_id: id,
        kind: ask.kind,
        activity: ask.activity,
        source: ask.source,
        text_version: change::text("text_version", &ask.text_version, 1, 100)?,
        valid_from: today,
        valid_until: if ask.kind == ConsentKind::Given {
            ask.valid_until
        } else {
            None
        },
        recorded_by: actor.user_id(),
        recorded_at: tx.now(),
        agrees_ahead: ask.agrees_ahead,
        channel: ask.channel,
        region_id: region,
    };
    idempotency::claim(&tx, key, entry.id).await?;
    let action = match ask.kind {
        ConsentKind::Given => Action::ConsentRecorded,
        ConsentKind::Withdrawn => Action::ConsentWithdrawn,
    };
    let detail = json!({ "consent": entry.id, "activity": entry.activity, "until": entry.valid_until, "text_version": entry.text_version, "source": entry.source, "agrees_ahead": entry.agrees_ahead, "channel": entry.channel, "region": entry.region_id });
    let event = super::event(&tx, action, &row).await?.detail(detail);
    crate::request::stop::lock_advocate(&tx, id).await?;
    consent::insert_all(&tx, vec![entry.clone()]).await?;
    tx.record(event);
    if ask.kind == ConsentKind::Withdrawn && !entry.reach().is_everywhere() {
        crate::request::stop::talks_there(app, &mut tx, &entry, "The customer withdrew consent.")
            .await?;
    } else if ask.kind == ConsentKind::Withdrawn {
        crate::request::stop::open_candidates(
            app,
            &mut tx,
            id,
            ask.activity,
            "The customer withdrew consent.",
        )
        .await?;
    }
    let regions = whereabouts::names(&tx, std::slice::from_ref(&entry)).await?;
    tx.commit().await?;
    Ok(view(entry, &regions))
}

/// The entry that an earlier identical create made.
pub async fn get(
    app: &App,
    actor: &Actor,
    advocate: AdvocateId,
    id: ConsentId,
) -> Result<ConsentView, Error> {
    readable(app, actor, advocate).await?;
    let rows = consent::whole(&app.store, advocate).await?;
    let row = rows
        .into_iter()
        .find(|row| row.id == id)
        .ok_or(Error::NotFound)?;
    let regions = whereabouts::names(&app.store, std::slice::from_ref(&row)).await?;
    Ok(view(row, &regions))
}

/// Refuses whoever may not read the consent record of this advocate.
async fn readable(app: &App, actor: &Actor, id: AdvocateId) -> Result<(), Error> {
    let scope = policy::require(actor, Permission::ConsentRead)?;
    storage::advocate::find(&app.store, &scope, policy::sees_restricted(actor), id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(())
}

/// What the record allows today.
pub(crate) fn summary(record: &[Consent], today: Day) -> ConsentSummary {
    let rules: Vec<rule::Consent> = record.iter().map(Consent::rule).collect();
    let activities: Vec<Activity> = Activity::ALL
        .iter()
        .copied()
        .filter(|activity| rule::allows(&rules, *activity, today))
        .collect();
    let until = rules
        .iter()
        .filter(|entry| entry.kind == ConsentKind::Given)
        .filter_map(|entry| entry.valid_until)
        .filter(|until| *until >= today)
        .min();
    ConsentSummary {
        valid: !activities.is_empty(),
        until: until.filter(|_| !activities.is_empty()),
        activities,
    }
}
