//! The counts behind the one metric: closed deals, and those with a reference use before they closed.

use domain::{
    access::Scope,
    id::{FacetId, OpportunityId},
    money::Currency,
    opportunity::{OpportunityKind, OpportunityStatus},
    time::Day,
};
use sea_orm::{FromQueryResult, sea_query::Value};

use crate::{
    error::StorageError,
    opportunity::{self, Opportunity},
    record::{self, Source},
};

/// What the metric is cut by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    Nothing,
    /// The month of the close, `YYYY-MM`.
    Month,
    Team,
    Seller,
    /// A facet of the deal or its account, by top-level term.
    Facet(FacetId),
}

/// Which deals count.
#[derive(Clone, Debug)]
pub struct Frame {
    pub scope: Scope,
    /// First day, inclusive.
    pub from: Option<Day>,
    /// Last day, exclusive.
    pub to: Option<Day>,
    pub kinds: Vec<OpportunityKind>,
}

/// Deals that agree in everything that the metric tells apart.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Cell {
    /// The month, team, seller id or term id; absent where the deal has none.
    pub cut: Option<String>,
    pub status: OpportunityStatus,
    pub is_leveraged: bool,
    pub currency: Option<Currency>,
    pub deals: i64,
    pub amount_minor: i64,
}

/// An influence is a use on the deal on or before the day it closed.
const LEVERAGED: &str = "exists (
    select 1
    from uses
    where uses.opportunity_id = opportunities.id
      and uses.used_on <= opportunities.close_on
  )";

/// Builds `where` with numbered places, so that fixed text and values never mix.
struct Where {
    text: String,
    values: Vec<Value>,
}

impl Where {
    fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn closed(frame: &Frame) -> Self {
        let mut this = Self {
            text: "opportunities.status <> 'open'".to_owned(),
            values: Vec::new(),
        };
        this.in_frame(frame);
        if let Some(from) = frame.from {
            let place = this.place(from);
            this.text += &format!(" and opportunities.close_on >= {place}");
        }
        if let Some(to) = frame.to {
            let place = this.place(to);
            this.text += &format!(" and opportunities.close_on < {place}");
        }
        this
    }

    fn open(frame: &Frame) -> Self {
        let mut this = Self {
            text: "opportunities.status = 'open'".to_owned(),
            values: Vec::new(),
        };
        this.in_frame(frame);
        this
    }

    fn in_frame(&mut self, frame: &Frame) {
        let kinds: Vec<String> = frame.kinds.iter().map(|kind| self.place(*kind)).collect();
        self.text += &format!(
            " and opportunities.kind in ({})",
            if kinds.is_empty() {
                "null".to_owned()
            } else {
                kinds.join(", ")
            }
        );
        match &frame.scope {
            Scope::Everything => {}
            Scope::Nothing => self.text += " and 1 = 0",
            Scope::Own(people) => {
                let people: Vec<String> = people.iter().map(|person| self.place(*person)).collect();
                self.text += &format!(
                    " and opportunities.owner_id in ({})",
                    if people.is_empty() {
                        "null".to_owned()
                    } else {
                        people.join(", ")
                    }
                );
            }
        }
    }
}

/// Counts closed deals. With a facet, a deal with several top-level terms counts once under each.
pub async fn closed(
    source: &impl Source,
    frame: &Frame,
    cut: Cut,
) -> Result<Vec<Cell>, StorageError> {
    let mut filter = Where::closed(frame);
    let (cut_sql, join) = match cut {
        Cut::Nothing => ("cast(null as text)".to_owned(), String::new()),
        Cut::Month => (
            "substr(opportunities.close_on, 1, 7)".to_owned(),
            String::new(),
        ),
        Cut::Team => (
            "users.team".to_owned(),
            "left join users on users.id = opportunities.owner_id".to_owned(),
        ),
        Cut::Seller => (
            "users.name".to_owned(),
            "left join users on users.id = opportunities.owner_id".to_owned(),
        ),
        Cut::Facet(facet) => {
            let place = filter.place(facet);
            (
                "segments.name".to_owned(),
                FACET_JOIN.replace("$FACET", &place),
            )
        }
    };
    let sql = format!(
        "select cut, status, is_leveraged, currency, cast(count(*) as bigint) as deals, cast(coalesce(sum(amount_minor), 0) as bigint) as amount_minor
from (
  select {cut_sql} as cut, opportunities.status, {LEVERAGED} as is_leveraged, opportunities.currency, opportunities.amount_minor
  from opportunities
  {join}
  where {}
) deals
group by cut, status, is_leveraged, currency
order by cut, status, is_leveraged, currency",
        filter.text
    );
    record::all(source, &sql, filter.values).await
}

/// The top-level term of each deal in a facet, through the deal's own tags or its account's.
const FACET_JOIN: &str = "left join (
    select distinct deals.id as opportunity_id, coalesce(grandparents.name, parents.name, terms.name) as name
    from opportunities deals
    join tags on (tags.record_kind = 'opportunity' and tags.record_id = deals.id)
      or (tags.record_kind = 'account' and tags.record_id = deals.account_id)
    join terms tagged on tagged.id = tags.term_id
    join terms on terms.id = coalesce(tagged.merged_into_id, tagged.id)
    left join terms parents on parents.id = terms.parent_id
    left join terms grandparents on grandparents.id = parents.parent_id
    where tags.facet_id = $FACET
  ) segments on segments.opportunity_id = opportunities.id";

#[derive(FromQueryResult)]
struct OpenCount {
    total: i64,
    leveraged: i64,
}

/// Open deals, and those with a use already.
pub async fn open(source: &impl Source, frame: &Frame) -> Result<(i64, i64), StorageError> {
    let filter = Where::open(frame);
    let sql = format!(
        "select cast(count(*) as bigint) as total,
  cast(count(*) filter (where exists (select 1 from uses where uses.opportunity_id = opportunities.id)) as bigint) as leveraged
from opportunities
where {}",
        filter.text
    );
    let row: Option<OpenCount> = record::one(source, &sql, filter.values).await?;
    Ok(row.map_or((0, 0), |row| (row.total, row.leveraged)))
}

#[derive(FromQueryResult)]
struct DealId {
    id: OpportunityId,
}

/// The deals behind the number, latest close first: one page from `skip`, and how many there are.
pub async fn deals(
    source: &impl Source,
    frame: &Frame,
    leveraged: Option<bool>,
    after: Option<(Day, OpportunityId)>,
    limit: u64,
) -> Result<(Vec<Opportunity>, u64), StorageError> {
    let mut filter = Where::closed(frame);
    match leveraged {
        Some(true) => filter.text += &format!(" and {LEVERAGED}"),
        Some(false) => filter.text += &format!(" and not {LEVERAGED}"),
        None => {}
    }
    filter.text += " and opportunities.close_on is not null";
    let count = format!(
        "select cast(count(*) as bigint) as total, cast(0 as bigint) as leveraged from opportunities where {}",
        filter.text
    );
    let total: Option<OpenCount> = record::one(source, &count, filter.values.clone()).await?;
    if let Some((day, id)) = after {
        let (day, id) = (filter.place(day), filter.place(id));
        filter.text += &format!(
            " and (opportunities.close_on < {day} or (opportunities.close_on = {day} and opportunities.id < {id}))"
        );
    }
    let sql = format!(
        "select opportunities.id as id from opportunities where {} order by opportunities.close_on desc, opportunities.id desc limit {limit}",
        filter.text
    );
    let ids: Vec<DealId> = record::all(source, &sql, filter.values).await?;
    let mut found = opportunity::by_ids(source, ids.iter().map(|row| row.id).collect()).await?;
    let rows = ids
        .into_iter()
        .filter_map(|row| found.remove(&row.id))
        .collect();
    Ok((
        rows,
        total.map_or(0, |row| u64::try_from(row.total).unwrap_or(0)),
    ))
}
