//! The one metric: the percentage of opportunities leveraging references, and the deals behind it.
//!
//! Decides what is counted and how it is named. Every number is counted in the reader's scope and
//! drills to its deals; several currencies are never added up.

use std::collections::{BTreeMap, HashMap};

use domain::{
    access::Scope,
    activity::Activity,
    id::{AdvocateId, ContentId, OpportunityId},
    money::{Currency, Money},
    opportunity::{NoGroup, OpportunityKind, OpportunityStatus},
    time::Day,
};
use serde::{Deserialize, Serialize};
use storage::leveraging::{self, Beside, Cell, Cut, Drill, Frame, Group, Which};

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    opportunity::{self, OpportunityView},
    people,
    policy::{self, Permission},
    setting::{self, LeveragingGoal},
    share,
};

mod group;

use group::By;

/// Below this many closed deals a percentage says little, and is marked.
pub const SMALL_SAMPLE_BELOW: i64 = 20;

/// Groups shown at most, those with the most closed deals; periods are always all shown.
pub const GROUPS_MAX: usize = 200;

/// The longest period that is counted at once.
const PERIOD_DAYS_MAX: i64 = 36_525;

pub const FORMULA: &str = "Closed opportunities of the period with at least one reference use, or shared content opened by the buyer, on or before the day they closed, divided by all closed opportunities of the period";

/// What the metric is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// First day; by default the day of the first close in reach.
    pub from: Option<Day>,
    /// The day after the last; by default the day after the last close in reach.
    pub to: Option<Day>,
    /// `month`, `quarter`, `team`, `seller` or the key of a facet.
    pub by: Option<String>,
    /// New and expansion when nothing is named.
    pub kinds: Vec<OpportunityKind>,
}

/// Sums of one currency, as decimal texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MoneyInfluenced {
    /// Amounts of all won deals.
    pub revenue_won: String,
    /// Amounts of won deals with an influence, each deal once.
    pub revenue_influenced: String,
}

/// The metric of one group of deals.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct MetricGroup {
    /// Pass it as `group` to list the deals of the group.
    pub key: String,
    pub label: String,
    pub closed: i64,
    pub leveraged: i64,
    pub won: i64,
    /// From 0 to 1; absent when nothing closed.
    pub rate: Option<f64>,
    pub currencies: BTreeMap<String, MoneyInfluenced>,
    /// Fewer than 20 closed deals.
    pub small_sample: bool,
}

/// Deals that are still open, whenever they are expected to close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OpenPipeline {
    pub count: i64,
    pub with_reference: i64,
}

/// The metric of a period, as the reader may see it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Leveraging {
    pub from: Day,
    /// The day after the last.
    pub to: Day,
    pub kinds: Vec<OpportunityKind>,
    pub closed: i64,
    pub leveraged: i64,
    pub won: i64,
    /// From 0 to 1; absent when nothing closed.
    pub rate: Option<f64>,
    pub small_sample: bool,
    pub currencies: BTreeMap<String, MoneyInfluenced>,
    /// Percentages from 0 to 100, entered by hand.
    pub target: Option<f64>,
    pub baseline: Option<f64>,
    /// The version to write target and baseline back with; 0 while none was ever set.
    pub goal_version: i64,
    pub formula: String,
    pub groups: Vec<MetricGroup>,
    /// Groups beyond those shown.
    pub groups_left_out: usize,
    pub open: OpenPipeline,
    /// Closed deals without a close date: they are in no period.
    pub undated: i64,
    /// Closed deals of the period that say why they needed no reference; they count all the same.
    pub not_needed: i64,
}

/// Counts the metric of a period.
pub async fn get(app: &App, actor: &Actor, ask: &Ask) -> Result<Leveraging, Error> {
    let scope = policy::require(actor, Permission::MetricRead)?;
    let frame = frame(app, scope, ask).await?;
    let by = match &ask.by {
        Some(by) => Some(group::parse(app, by).await?),
        None => None,
    };
    let total = Sum::of(&leveraging::closed(&app.store, &frame, Cut::Nothing).await?);
    let (groups, groups_left_out) = match by {
        Some(by) => {
            let cells = leveraging::closed(&app.store, &frame, by.cut).await?;
            group::build(cells, &by, &frame)
        }
        None => (Vec::new(), 0),
    };
    let beside = leveraging::beside(&app.store, &frame).await?;
    let goal = setting::read::<LeveragingGoal>(&app.store).await?;
    Ok(Leveraging {
        from: frame.from,
        to: frame.to,
        kinds: frame.kinds,
        closed: total.closed,
        leveraged: total.leveraged,
        won: total.won,
        rate: total.rate(),
        small_sample: total.closed < SMALL_SAMPLE_BELOW,
        currencies: total.currencies(),
        target: goal.value.target,
        baseline: goal.value.baseline,
        goal_version: goal.version,
        formula: FORMULA.to_owned(),
        groups,
        groups_left_out,
        open: open_of(beside),
        undated: beside.undated,
        not_needed: beside.not_needed,
    })
}

fn open_of(beside: Beside) -> OpenPipeline {
    OpenPipeline {
        count: beside.open,
        with_reference: beside.open_leveraged,
    }
}

async fn frame(app: &App, scope: Scope, ask: &Ask) -> Result<Frame, Error> {
    let kinds = kinds(ask);
    let (from, to) = match (ask.from, ask.to) {
        (Some(from), Some(to)) => (from, to),
        (from, to) => {
            let span = leveraging::span(&app.store, &scope, &kinds).await?;
            let today = app.clock.today();
            let (first, last) = span.unwrap_or((today, today));
            let from = from.unwrap_or_else(|| to.map_or(first, |to| first.min(to.plus_days(-1))));
            (from, to.unwrap_or_else(|| last.max(from).plus_days(1)))
        }
    };
    if from >= to {
        return Err(Error::field(
            "to",
            format!("The period ends on {to}, before it starts on {from}. Choose a later end."),
        ));
    }
    if to.days_since(from) > PERIOD_DAYS_MAX {
        return Err(Error::field(
            "from",
            "The period is longer than a hundred years. Choose a later start.",
        ));
    }
    Ok(Frame {
        scope,
        from,
        to,
        kinds,
    })
}

/// New and expansion when nothing is named.
fn kinds(ask: &Ask) -> Vec<OpportunityKind> {
    if ask.kinds.is_empty() {
        return vec![OpportunityKind::New, OpportunityKind::Expansion];
    }
    let mut kinds = ask.kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// What cells add up to.
#[derive(Clone, Debug, Default)]
struct Sum {
    closed: i64,
    leveraged: i64,
    won: i64,
    /// Won and influenced, in minor units.
    money: BTreeMap<Currency, (i64, i64)>,
}

impl Sum {
    fn of(cells: &[Cell]) -> Self {
        let mut sum = Self::default();
        for cell in cells {
            sum.add(cell);
        }
        sum
    }

    fn add(&mut self, cell: &Cell) {
        let is_won = cell.status == OpportunityStatus::Won;
        self.closed += cell.deals;
        self.leveraged += if cell.is_leveraged { cell.deals } else { 0 };
        self.won += if is_won { cell.deals } else { 0 };
        if let (true, Some(currency)) = (is_won, cell.currency) {
            let money = self.money.entry(currency).or_default();
            money.0 += cell.amount_minor;
            money.1 += if cell.is_leveraged {
                cell.amount_minor
            } else {
                0
            };
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of deals stay far below the 53 bits that a fraction holds exactly"
    )]
    fn rate(&self) -> Option<f64> {
        (self.closed > 0).then(|| self.leveraged as f64 / self.closed as f64)
    }

    fn currencies(&self) -> BTreeMap<String, MoneyInfluenced> {
        let decimal = |minor: i64, currency: Currency| Money { minor, currency }.decimal();
        self.money
            .iter()
            .map(|(currency, (won, influenced))| {
                let sums = MoneyInfluenced {
                    revenue_won: decimal(*won, *currency),
                    revenue_influenced: decimal(*influenced, *currency),
                };
                (currency.to_string(), sums)
            })
            .collect()
    }
}

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
    let (cut, group) = match (&ask.group, &ask.ask.by) {
        (None, _) => (Cut::Nothing, None),
        (Some(key), Some(by)) => {
            let By { cut, .. } = group::parse(app, by).await?;
            (cut, Some(group::of_key(cut, key)?))
        }
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
        cut,
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
