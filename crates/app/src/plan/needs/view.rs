//! Needs as they are told: in words, with who could serve them and what their day asks for now.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AccountId, NeedId, UserId},
    need::{NeedAlarm, NeedKind},
    record::RecordKind,
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::need::Need;

use super::held::{Served, ServedNeed};
use crate::{
    App,
    account::{AccountRef, PersonRef},
    actor::Actor,
    error::Error,
    policy::{self, Permission},
    tagging::{self, TagView},
};

/// An alarm is raised so many days before the day by which something has to begin.
const AHEAD_DAYS: i64 = 14;

/// A need with who could serve it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Need)]
pub struct NeedView {
    pub id: NeedId,
    pub version: i64,
    pub kind: NeedKind,
    pub title: String,
    pub activity: Activity,
    /// Reference accounts.
    pub wanted: i64,
    pub need_on: Day,
    /// The customer that has to serve it, where it names one.
    pub account: Option<AccountRef>,
    pub terms: Vec<TagView>,
    pub note: Option<String>,
    /// Absent for the person at the machine's command line.
    pub owner: Option<PersonRef>,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub close_reason: Option<String>,
    /// Accounts that could serve it beside all other needs, for who may read accounts.
    pub served_by: Vec<AccountRef>,
    /// How many they are.
    pub covered: usize,
    /// Accounts with somebody who fits, free on that day or not.
    pub fits: usize,
    /// Where accounts are missing: the next day on which one more could serve it.
    pub next_free: Option<Day>,
    /// The last day on which the notice that advocates are due still fits.
    pub ask_by: Day,
    /// The last day on which somebody can still be recruited for it: that day minus onboarding.
    pub recruit_by: Day,
    /// What has to be done now; nothing where it is closed or there is time.
    pub alarm: Option<NeedAlarm>,
    pub can_edit: bool,
}

/// Brings needs into the form in which they are told, in a fixed number of queries.
pub(super) async fn views(
    app: &App,
    actor: &Actor,
    rows: Vec<Need>,
    served: &Served,
) -> Result<Vec<NeedView>, Error> {
    let ids = rows.iter().map(|row| row.id.0).collect();
    let mut tags = tagging::of(app, RecordKind::Need, ids).await?;
    let owners: Vec<UserId> = rows.iter().filter_map(|row| row.owner_id).collect();
    let owners = storage::user::by_ids(&app.store, owners).await?;
    let serving = served.needs.values().flat_map(|one| one.accounts.iter());
    let named = rows.iter().filter_map(|row| row.account_id);
    let names = names(app, actor, serving.copied().chain(named).collect()).await?;
    let edits = policy::scope(actor, Permission::NeedEdit);
    let none = ServedNeed::default();
    let views = rows.into_iter().map(|row| {
        let own = served.needs.get(&row.id).unwrap_or(&none);
        let (ask_by, recruit_by) = begin_by(&row, served);
        NeedView {
            alarm: alarm(&row, own, (ask_by, recruit_by), served.today),
            can_edit: row.closed_at.is_none() && edits.reaches(row.owner_id),
            account: row.account_id.and_then(|id| named_as(&names, id)),
            terms: tags.remove(&row.id.0).unwrap_or_default(),
            owner: row
                .owner_id
                .and_then(|id| owners.get(&id))
                .map(PersonRef::from),
            served_by: own
                .accounts
                .iter()
                .filter_map(|id| named_as(&names, *id))
                .collect(),
            covered: own.accounts.len(),
            fits: own.fits,
            next_free: own.next_free,
            id: row.id,
            version: row.version,
            kind: row.kind,
            title: row.title,
            activity: row.activity,
            wanted: row.wanted,
            need_on: row.need_on,
            note: row.note,
            created_at: row.created_at,
            closed_at: row.closed_at,
            close_reason: row.close_reason,
            ask_by,
            recruit_by,
        }
    });
    Ok(views.collect())
}

/// Names of accounts; none for who may not read accounts.
pub(super) async fn names(
    app: &App,
    actor: &Actor,
    ids: Vec<AccountId>,
) -> Result<HashMap<AccountId, String>, Error> {
    if !policy::may(actor, Permission::AccountRead) {
        return Ok(HashMap::new());
    }
    let rows = storage::account::by_ids(&app.store, ids).await?;
    Ok(rows.into_iter().map(|(id, row)| (id, row.name)).collect())
}

pub(super) fn named_as(names: &HashMap<AccountId, String>, id: AccountId) -> Option<AccountRef> {
    names.get(&id).map(|name| AccountRef {
        id,
        name: name.clone(),
    })
}

/// The last days on which the notice fits, and on which somebody can still be recruited for it.
pub(super) fn begin_by(row: &Need, served: &Served) -> (Day, Day) {
    let ask_by = served.rules.activities.of(row.activity).ask_by(row.need_on);
    (ask_by, ask_by.plus_days(-served.onboarding_days))
}

/// What has to be done now.
pub(super) fn alarm(
    row: &Need,
    served: &ServedNeed,
    by: (Day, Day),
    today: Day,
) -> Option<NeedAlarm> {
    if row.closed_at.is_some() {
        return None;
    }
    if row.need_on < today {
        return Some(NeedAlarm::Overdue);
    }
    let wanted = usize::try_from(row.wanted).unwrap_or(0);
    let (by, late, soon) = if served.accounts.len() < wanted {
        (by.1, NeedAlarm::RecruitLate, NeedAlarm::RecruitSoon)
    } else {
        (by.0, NeedAlarm::AskLate, NeedAlarm::AskSoon)
    };
    if by < today {
        Some(late)
    } else {
        (by.days_since(today) <= AHEAD_DAYS).then_some(soon)
    }
}
