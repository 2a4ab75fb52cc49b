//! The counts behind the one metric: closed deals, and those with an influence before they closed.
//!
//! A deal without a close date cannot be placed in time: it is in no count but `undated`.

mod statement;

use domain::{
    access::Scope,
    id::{FacetId, OpportunityId},
    money::Currency,
    opportunity::{NoGroup, OpportunityKind, OpportunityStatus},
    time::Day,
};
use sea_orm::{DbErr, FromQueryResult, QueryResult};
use uuid::Uuid;

use crate::{
    error::StorageError,
    opportunity::{self, Opportunity},
    page::{Cursor, Key, Listed, Page},
    record::{self, Source},
};

use statement::{ANY_INFLUENCE, Builder, CLOSED, Grouping, LEVERAGED, grouping};

/// What the metric is cut by; by several at once, each combination is a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The month of the close, `YYYY-MM`.
    Month,
    /// The quarter of the close, `YYYY-Q1`.
    Quarter,
    Team,
    Seller,
    /// The kinds of activity that leveraged a deal, and content that its buyer opened: a deal counts
    /// once under each.
    Activity,
    /// Top-level terms of a facet: the deal's own, or its account's where it has none.
    Facet(FacetId),
}

impl Cut {
    /// Whether every deal is in one group and no more.
    pub fn parts(self) -> bool {
        match self {
            Self::Month | Self::Quarter | Self::Team | Self::Seller => true,
            Self::Activity | Self::Facet(_) => false,
        }
    }
}

/// One group of a cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// A seller or a term.
    Id(Uuid),
    /// A period or a team.
    Text(String),
    None(NoGroup),
}

/// Which deals count.
#[derive(Clone, Debug)]
pub struct Frame {
    pub scope: Scope,
    /// First day, inclusive.
    pub from: Day,
    /// Last day, exclusive.
    pub to: Day,
    pub kinds: Vec<OpportunityKind>,
}

/// Where deals stand in one cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The seller or term.
    pub id: Option<Uuid>,
    /// The period, the team, the activity, or the name of the seller or term.
    pub text: Option<String>,
    pub none: Option<NoGroup>,
    /// The place of the term in an ordinal facet.
    pub rank: Option<i64>,
}

/// Deals that agree in everything that the metric tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// One for each cut, in their order.
    pub parts: Vec<Part>,
    pub status: OpportunityStatus,
    pub is_leveraged: bool,
    pub currency: Option<Currency>,
    pub deals: i64,
    pub amount_minor: i64,
}

impl FromQueryResult for Cell {
    fn from_query_result(found: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let cuts: i64 = found.try_get(prefix, "cuts")?;
        let part = |at: i64| -> Result<Part, DbErr> {
            Ok(Part {
                id: found.try_get(prefix, &format!("id_{at}"))?,
                text: found.try_get(prefix, &format!("text_{at}"))?,
                none: found.try_get(prefix, &format!("none_{at}"))?,
                rank: found.try_get(prefix, &format!("rank_{at}"))?,
            })
        };
        Ok(Self {
            parts: (0..cuts).map(part).collect::<Result<_, _>>()?,
            status: found.try_get(prefix, "status")?,
            is_leveraged: found.try_get(prefix, "is_leveraged")?,
            currency: found.try_get(prefix, "currency")?,
            deals: found.try_get(prefix, "deals")?,
            amount_minor: found.try_get(prefix, "amount_minor")?,
        })
    }
}

#[derive(FromQueryResult)]
struct Span {
    first: Option<Day>,
    last: Option<Day>,
}

/// The days of the first and the last close in reach; `None` when nothing closed.
pub async fn span(
    source: &impl Source,
    scope: &Scope,
    kinds: &[OpportunityKind],
) -> Result<Option<(Day, Day)>, StorageError> {
    let mut builder = Builder::default();
    builder.in_reach(scope, kinds);
    let conditions = builder.conditions();
    // Each by itself is the first entry of an index; together they would read every closed deal.
    let day = |order: &str| {
        let of = |status: &str| {
            format!(
                "select * from (select close_on from opportunities
  where status = '{status}' and close_on is not null and {conditions} order by close_on {order} limit 1) {status}"
            )
        };
        format!("{} union all {}", of("won"), of("lost"))
    };
    let sql = format!(
        "select (select min(close_on) from ({}) firsts) as first, (select max(close_on) from ({}) lasts) as last",
        day("asc"),
        day("desc"),
    );
    let span: Option<Span> = record::one(source, &sql, builder.values).await?;
    Ok(span.and_then(|span| Some((span.first?, span.last?))))
}

/// How each of the cuts reads, in their order.
fn groupings(cuts: &[Cut], builder: &mut Builder) -> Vec<Grouping> {
    let placed = cuts.iter().enumerate();
    placed
        .map(|(place, cut)| grouping(*cut, place, builder))
        .collect()
}

/// Counts closed deals. By a facet, a deal with several top-level terms counts once under each.
pub async fn closed(
    source: &impl Source,
    frame: &Frame,
    cuts: &[Cut],
) -> Result<Vec<Cell>, StorageError> {
    let mut builder = Builder::default();
    let groupings = groupings(cuts, &mut builder);
    builder.in_reach(&frame.scope, &frame.kinds);
    builder.closed_in_period(frame);
    let conditions = builder.conditions();
    let (with, joins) = (statement::with(&groupings), statement::joins(&groupings));
    let (mut names, mut columns) = (String::new(), String::new());
    for (at, part) in groupings.iter().enumerate() {
        names += &format!("id_{at}, text_{at}, none_{at}, rank_{at}, ");
        columns += &format!(
            "{} as id_{at}, {} as text_{at}, {} as none_{at}, {} as rank_{at},\n    ",
            part.id, part.text, part.none, part.rank
        );
    }
    let cuts = cuts.len();
    let sql = format!(
        "{with}select {names}status, is_leveraged, currency,
  cast({cuts} as bigint) as cuts,
  cast(count(*) as bigint) as deals,
  cast(coalesce(sum(amount_minor), 0) as bigint) as amount_minor
from (
  select {columns}opportunities.status, {LEVERAGED} as is_leveraged, opportunities.currency,
    opportunities.amount_minor
  from opportunities
  {joins}
  where {conditions}
) deals
group by {names}status, is_leveraged, currency
order by {names}status, is_leveraged, currency"
    );
    record::all(source, &sql, builder.values).await
}

/// Numbers that stand beside the metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Beside {
    /// Open deals, whenever they are expected to close.
    pub open: i64,
    /// Open deals with an influence already.
    pub open_leveraged: i64,
    /// Closed deals without a close date: in no period.
    pub undated: i64,
    /// Closed deals of the period that carry a reason why no reference was needed.
    pub not_needed: i64,
}

pub async fn beside(source: &impl Source, frame: &Frame) -> Result<Beside, StorageError> {
    let mut builder = Builder::default();
    builder.in_reach(&frame.scope, &frame.kinds);
    let (from, to) = (builder.place(frame.from), builder.place(frame.to));
    let conditions = builder.conditions();
    // Each number by itself: together they would read every deal for the few that each counts.
    let count = |which: &str| {
        format!(
            "(select cast(count(*) as bigint) from opportunities where {which} and {conditions})"
        )
    };
    let sql = format!(
        "select {} as open, {} as open_leveraged, {} as undated, {} as not_needed",
        count("status = 'open'"),
        count(&format!("status = 'open' and {ANY_INFLUENCE}")),
        count(&format!("{CLOSED} and close_on is null")),
        count(&format!(
            "not_needed_reason is not null and {CLOSED} and close_on >= {from} and close_on < {to}"
        )),
    );
    Ok(record::one(source, &sql, builder.values)
        .await?
        .unwrap_or_default())
}

/// The deals behind one of the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All of the period, or those with or without an influence.
    #[default]
    Closed,
    Won,
    Open,
    Undated,
    NotNeeded,
}

/// What a list of deals is narrowed to.
#[derive(Clone, Debug)]
pub struct Drill {
    pub which: Which,
    pub leveraged: Option<bool>,
    /// The cuts and where the deals stand in each; every deal when there are none.
    pub group: Vec<(Cut, Group)>,
}

/// The place of deals without a close date, after all others.
const NO_DATE: &str = "0000-00-00";

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

#[derive(FromQueryResult)]
struct DealId {
    id: OpportunityId,
}

/// The deals behind a number, latest close first.
pub async fn deals(
    source: &impl Source,
    frame: &Frame,
    drill: &Drill,
    page: &Page,
) -> Result<Listed<Opportunity>, StorageError> {
    let mut builder = Builder::default();
    // Only what the deals are narrowed to is joined, so that no deal shows twice.
    let cuts: Vec<Cut> = drill.group.iter().map(|(cut, _)| *cut).collect();
    let groupings = groupings(&cuts, &mut builder);
    builder.in_reach(&frame.scope, &frame.kinds);
    narrow(&mut builder, frame, drill, &groupings);
    let (with, join) = (statement::with(&groupings), statement::joins(&groupings));
    let count = format!(
        "{with}select cast(count(*) as bigint) as total from opportunities {join} where {}",
        builder.conditions()
    );
    let total: Option<Total> = record::one(source, &count, builder.values.clone()).await?;
    let key = format!("coalesce(opportunities.close_on, '{NO_DATE}')");
    if let Some(Cursor {
        key: Key::Text(day),
        id,
    }) = &page.after
    {
        let (day, id) = (builder.place(day.clone()), builder.place(*id));
        builder.conditions.push(format!(
            "({key} < {day} or ({key} = {day} and opportunities.id < {id}))"
        ));
    }
    let limit = builder.place(i64::try_from(page.limit + 1).unwrap_or(i64::MAX));
    let sql = format!(
        "{with}select opportunities.id as id
from opportunities
{join}
where {}
order by {key} desc, opportunities.id desc
limit {limit}",
        builder.conditions()
    );
    let ids: Vec<DealId> = record::all(source, &sql, builder.values).await?;
    let more = ids.len() as u64 > page.limit;
    let mut found = opportunity::by_ids(source, ids.iter().map(|row| row.id).collect()).await?;
    let mut items: Vec<Opportunity> = ids
        .into_iter()
        .filter_map(|row| found.remove(&row.id))
        .collect();
    items.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    let next = items.last().filter(|_| more).map(|row| Cursor {
        key: Key::Text(
            row.close_on
                .map_or_else(|| NO_DATE.to_owned(), |day| day.to_string()),
        ),
        id: row.id.0,
    });
    Ok(Listed {
        items,
        total: total.map_or(0, |row| u64::try_from(row.total).unwrap_or(0)),
        next,
    })
}

fn narrow(builder: &mut Builder, frame: &Frame, drill: &Drill, groupings: &[Grouping]) {
    match drill.which {
        Which::Closed => builder.closed_in_period(frame),
        Which::Won => {
            builder.closed_in_period(frame);
            builder
                .conditions
                .push("opportunities.status = 'won'".to_owned());
        }
        Which::NotNeeded => {
            builder.closed_in_period(frame);
            builder
                .conditions
                .push("opportunities.not_needed_reason is not null".to_owned());
        }
        Which::Open => builder
            .conditions
            .push("opportunities.status = 'open'".to_owned()),
        Which::Undated => builder.conditions.push(format!(
            "opportunities.{CLOSED} and opportunities.close_on is null"
        )),
    }
    let influence = match drill.which {
        Which::Open => ANY_INFLUENCE,
        Which::Closed | Which::Won | Which::Undated | Which::NotNeeded => LEVERAGED,
    };
    match drill.leveraged {
        Some(true) => builder.conditions.push(influence.to_owned()),
        Some(false) => builder.conditions.push(format!("not {influence}")),
        None => {}
    }
    for ((_, group), grouping) in drill.group.iter().zip(groupings) {
        let condition = match group {
            Group::Id(id) => format!("{} = {}", grouping.id, builder.place(*id)),
            Group::Text(text) => format!("{} = {}", grouping.text, builder.place(text.clone())),
            Group::None(none) => format!("{} = {}", grouping.none, builder.place(*none)),
        };
        builder.conditions.push(condition);
    }
}
