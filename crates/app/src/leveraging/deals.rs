//! The deals behind a number of the metric, each with what influenced it before it closed.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AdvocateId, ContentId, OpportunityId},
    time::Day,
};
use serde::{Deserialize, Serialize};
use storage::leveraging::{self, Drill, Which};

use super::{Ask, frame, group};
use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    opportunity::{self, OpportunityView},
    people,
    policy::{self, Permission},
    share,
};

/// Which number the listed deals are behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Behind {
    #[default]
    Closed,
    Won,
    Open,
    Undated,
    NotNeeded,
}

/// Which deals of the metric are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskDeals {
    pub ask: Ask,
    pub behind: Behind,
    pub leveraged: Option<bool>,
    /// The key of a group of the same `by`.
    pub group: Option<String>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// Something that spoke for us on a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Influence {
    /// `use` or `share`.
    #[schema(value_type = String, example = "use")]
    pub kind: &'static str,
    pub on: Day,
    /// What the advocate did; absent for content.
    pub activity: Option<Activity>,
    /// The activity, or the kind of content, as people read it.
    #[schema(value_type = String)]
    pub activity_label: &'static str,
    /// Absent for content, and for a private profile that the reader may not see.
    pub advocate_id: Option<AdvocateId>,
    /// The name, or the role and account where the reader may not see names; of content, its title.
    pub advocate_display: String,
    /// The content that the buyer opened.
    pub content_id: Option<ContentId>,
}

/// A deal with what influenced it before it closed.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LeveragingDeal {
    pub opportunity: OpportunityView,
    pub influences: Vec<Influence>,
}

/// The deals behind a number, latest close first.
pub async fn deals(
    app: &App,
    actor: &Actor,
    ask: &AskDeals,
) -> Result<List<LeveragingDeal>, Error> {
    policy::require(actor, Permission::MetricRead)?;
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    let frame = frame(app, scope, &ask.ask).await?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let group = match (&ask.group, &ask.ask.by) {
        (None, _) => Vec::new(),
        (Some(key), Some(by)) => group::of_key(&group::parse(app, by).await?, key)?,
        (Some(_), None) => {
            return Err(Error::field(
                "by",
                "A group was named, but not what the groups are cut by.",
            ));
        }
    };
    let drill = Drill {
        which: match ask.behind {
            Behind::Closed => Which::Closed,
            Behind::Won => Which::Won,
            Behind::Open => Which::Open,
            Behind::Undated => Which::Undated,
            Behind::NotNeeded => Which::NotNeeded,
        },
        leveraged: ask.leveraged,
        group,
    };
    let listed = leveraging::deals(&app.store, &frame, &drill, &page).await?;
    let views = opportunity::views(app, actor, &listed.items).await?;
    let mut influences = influences(app, actor, &listed.items).await?;
    let items = views
        .into_iter()
        .map(|view| LeveragingDeal {
            influences: influences.remove(&view.id).unwrap_or_default(),
            opportunity: view,
        })
        .collect();
    Ok(List::from_listed(listed.with_items(items)))
}

/// The uses and the opened content on each deal until it closed; on an open deal, all so far.
async fn influences(
    app: &App,
    actor: &Actor,
    rows: &[storage::opportunity::Opportunity],
) -> Result<HashMap<OpportunityId, Vec<Influence>>, Error> {
    let closes: HashMap<OpportunityId, Option<Day>> = rows
        .iter()
        .map(|row| (row.id, row.close_on.filter(|_| row.status.is_closed())))
        .collect();
    let uses =
        storage::reference_use::on_opportunities(&app.store, closes.keys().copied().collect())
            .await?;
    let mut advocates: Vec<AdvocateId> = uses.iter().map(|used| used.advocate_id).collect();
    advocates.sort_unstable();
    advocates.dedup();
    let people = people::load(app, actor, advocates).await?;
    let sees_restricted = policy::sees_restricted(actor);
    let mut influences: HashMap<OpportunityId, Vec<Influence>> = HashMap::new();
    for used in uses {
        let Some(deal) = used.opportunity_id else {
            continue;
        };
        let after_close = closes
            .get(&deal)
            .copied()
            .flatten()
            .is_some_and(|close| used.used_on > close);
        if after_close {
            continue;
        }
        let seen = people
            .get(&used.advocate_id)
            .filter(|person| sees_restricted || !person.advocate.is_restricted);
        influences.entry(deal).or_default().push(Influence {
            kind: "use",
            on: used.used_on,
            activity: Some(used.activity),
            content_id: None,
            activity_label: used.activity.label(),
            advocate_id: seen.map(|person| person.advocate.id),
            advocate_display: seen.map_or_else(
                || "A private reference".to_owned(),
                people::Person::display_name,
            ),
        });
    }
    let deals = closes.keys().copied().collect();
    for (deal, opened) in share::opened_on(app, deals).await? {
        let close = closes.get(&deal).copied().flatten();
        let in_time = opened
            .into_iter()
            .filter(|share| close.is_none_or(|close| share.on <= close));
        let of_deal = influences.entry(deal).or_default();
        of_deal.extend(in_time.map(|share| Influence {
            kind: "share",
            on: share.on,
            activity: None,
            activity_label: share.content.kind.label(),
            advocate_id: None,
            advocate_display: share.content.title,
            content_id: Some(share.content.id),
        }));
        of_deal.sort_by_key(|influence| influence.on);
    }
    Ok(influences)
}
