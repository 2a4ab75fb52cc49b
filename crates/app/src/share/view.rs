//! Shares as people read them: where each link is, and how often it was opened.

use std::collections::HashMap;

use domain::{
    content::{Audience, ContentKind, ContentState},
    id::{ContentId, OpportunityId, ShareId},
    opportunity::DealStage,
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{
    content::{self, Content},
    share::{self, Share},
};

use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    content::consents,
    error::Error,
    policy::{self, Permission},
};

/// Where a share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShareState {
    /// The link works.
    Live,
    Expired,
    Revoked,
    /// The content may not be shown any more, whatever became of the link.
    Stopped,
}

/// Content that was sent on a deal.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Share)]
pub struct ShareView {
    pub id: ShareId,
    pub opportunity_id: OpportunityId,
    pub content_id: ContentId,
    pub title: String,
    pub kind: ContentKind,
    pub stage: Option<DealStage>,
    pub state: ShareState,
    pub created_by: Option<PersonRef>,
    pub created_at: Timestamp,
    /// The last day on which the link works.
    pub expires_on: Day,
    pub opening_count: i64,
    pub first_opened_on: Option<Day>,
    pub last_opened_on: Option<Day>,
    pub can_revoke: bool,
}

/// Shares by their ids, for whoever may read what they answered.
pub(crate) async fn by_ids(
    app: &App,
    actor: &Actor,
    ids: Vec<ShareId>,
) -> Result<HashMap<ShareId, ShareView>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = share::by_ids(&app.store, ids).await?;
    let views = views(app, actor, rows.into_values().collect()).await?;
    Ok(views.into_iter().map(|view| (view.id, view)).collect())
}

/// Builds the views in a fixed number of queries.
pub(super) async fn views(
    app: &App,
    actor: &Actor,
    rows: Vec<Share>,
) -> Result<Vec<ShareView>, Error> {
    let content =
        content::by_ids(&app.store, rows.iter().map(|row| row.content_id).collect()).await?;
    let deals = storage::opportunity::by_ids(
        &app.store,
        rows.iter().map(|row| row.opportunity_id).collect(),
    )
    .await?;
    let people = storage::user::by_ids(
        &app.store,
        rows.iter().filter_map(|row| row.created_by).collect(),
    )
    .await?;
    let shown: Vec<Content> = content.values().cloned().collect();
    let today = app.clock.today();
    let stands = consents(&app.store, &shown, today).await?;
    let reach = policy::scope(actor, Permission::ContentShare);
    let view = |row: Share| {
        let piece = content.get(&row.content_id)?;
        let owner = deals
            .get(&row.opportunity_id)
            .and_then(|deal| deal.owner_id);
        let may_be_shown = piece.state(today) == ContentState::Approved
            && piece.audience >= Audience::Buyer
            && stands.get(&piece.id) == Some(&true);
        let state = state(&row, may_be_shown, today);
        let sender = row.created_by.and_then(|id| people.get(&id));
        Some(ShareView {
            id: row.id,
            opportunity_id: row.opportunity_id,
            content_id: row.content_id,
            title: piece.title.clone(),
            kind: piece.kind,
            stage: piece.stage,
            state,
            created_by: sender.map(PersonRef::from),
            created_at: row.created_at,
            expires_on: row.expires_on,
            opening_count: row.opening_count,
            first_opened_on: row.first_opened_on,
            last_opened_on: row.last_opened_on,
            can_revoke: state == ShareState::Live && reach.reaches(owner),
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

fn state(row: &Share, may_be_shown: bool, today: Day) -> ShareState {
    if row.revoked_at.is_some() {
        ShareState::Revoked
    } else if row.expires_on < today {
        ShareState::Expired
    } else if may_be_shown {
        ShareState::Live
    } else {
        ShareState::Stopped
    }
}
