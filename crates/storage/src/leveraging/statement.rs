//! The parts of the metric's statements: which deals are in reach, what leverages them, and how a
//! cut groups them.

use domain::{access::Scope, opportunity::OpportunityKind};
use sea_orm::sea_query::Value;

use super::{Cut, Frame};
use crate::reference_use::took_place_sql;

/// An influence is a use on the deal that took place, or content sent on it and opened by the buyer,
/// on or before the day it closed.
pub(super) const LEVERAGED: &str = concat!(
    "(exists (
    select 1
    from uses
    where uses.opportunity_id = opportunities.id
      and uses.used_on <= opportunities.close_on
      and ",
    took_place_sql!(),
    "
  ) or exists (
    select 1
    from shares
    where shares.opportunity_id = opportunities.id
      and shares.first_opened_on <= opportunities.close_on
  ))"
);

pub(super) const ANY_INFLUENCE: &str = concat!(
    "(exists (
      select 1
      from uses
      where uses.opportunity_id = opportunities.id
        and ",
    took_place_sql!(),
    "
    )
    or exists (
      select 1
      from shares
      where shares.opportunity_id = opportunities.id and shares.first_opened_on is not null
    ))"
);

/// Builds a statement with numbered places, so that fixed text and values never mix.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) values: Vec<Value>,
    pub(super) conditions: Vec<String>,
}

impl Builder {
    pub(super) fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// An `in` list; of nothing it is never true.
    pub(super) fn within<T: Into<Value>>(
        &mut self,
        column: &str,
        values: impl IntoIterator<Item = T>,
    ) {
        let places: Vec<String> = values.into_iter().map(|value| self.place(value)).collect();
        self.conditions.push(if places.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("{column} in ({})", places.join(", "))
        });
    }

    pub(super) fn in_reach(&mut self, scope: &Scope, kinds: &[OpportunityKind]) {
        self.within("opportunities.kind", kinds.iter().copied());
        match scope {
            Scope::Everything => {}
            Scope::Nothing => self.conditions.push("1 = 0".to_owned()),
            Scope::Own(people) => self.within("opportunities.owner_id", people.iter().copied()),
        }
    }

    pub(super) fn closed_in_period(&mut self, frame: &Frame) {
        self.conditions
            .push("opportunities.status <> 'open'".to_owned());
        let (from, to) = (self.place(frame.from), self.place(frame.to));
        self.conditions.push(format!(
            "opportunities.close_on >= {from} and opportunities.close_on < {to}"
        ));
    }

    pub(super) fn conditions(&self) -> String {
        self.conditions.join("\n    and ")
    }
}

/// How a cut reads: tables put before and beside the deals, and what names the group.
pub(super) struct Grouping {
    pub(super) with: String,
    pub(super) join: &'static str,
    pub(super) id: &'static str,
    pub(super) text: &'static str,
    pub(super) none: &'static str,
    pub(super) rank: &'static str,
}

const USERS: &str = "left join users on users.id = opportunities.owner_id";
const NO_ID: &str = "cast(null as uuid)";
const NO_TEXT: &str = "cast(null as text)";
const NO_RANK: &str = "cast(null as bigint)";

pub(super) fn grouping(cut: Cut, builder: &mut Builder) -> Grouping {
    let plain = Grouping {
        with: String::new(),
        join: "",
        id: NO_ID,
        text: NO_TEXT,
        none: NO_TEXT,
        rank: NO_RANK,
    };
    match cut {
        Cut::Nothing => plain,
        Cut::Month => Grouping {
            text: "substr(opportunities.close_on, 1, 7)",
            ..plain
        },
        Cut::Quarter => Grouping {
            text: "substr(opportunities.close_on, 1, 4) || '-Q' || cast((cast(substr(opportunities.close_on, 6, 2) as integer) + 2) / 3 as text)",
            ..plain
        },
        Cut::Team => Grouping {
            join: USERS,
            text: "nullif(users.team, '')",
            none: "case when users.id is null then 'no_owner' when coalesce(users.team, '') = '' then 'no_team' end",
            ..plain
        },
        Cut::Seller => Grouping {
            join: USERS,
            id: "users.id",
            text: "users.name",
            none: "case when users.id is null then 'no_owner' end",
            ..plain
        },
        Cut::Facet(facet) => Grouping {
            with: FACET_TABLES.replace("$FACET", &builder.place(facet)),
            join: "left join segments on segments.opportunity_id = opportunities.id
  left join tagged on tagged.opportunity_id = opportunities.id",
            id: "segments.top_id",
            text: "segments.name",
            none: "case
      when segments.top_id is not null then null
      when tagged.opportunity_id is not null then 'unmapped'
      when opportunities.account_id is null then 'no_account'
      else 'untagged'
    end",
            rank: "segments.rank",
        },
    }
}

/// Each term lifted to its top, merges first; then the terms of each deal. `union` drops rows it has
/// seen, so that a circle among terms ends.
const FACET_TABLES: &str = "with recursive lifted (term_id, top_id) as (
  select id, id
  from terms
  where facet_id = $FACET
  union
  select lifted.term_id, coalesce(terms.merged_into_id, terms.parent_id)
  from lifted
  join terms on terms.id = lifted.top_id
  where coalesce(terms.merged_into_id, terms.parent_id) is not null
),
carried (opportunity_id, term_id) as (
  select tags.record_id, tags.term_id
  from tags
  where tags.record_kind = 'opportunity' and tags.facet_id = $FACET
  union
  select opportunities.id, tags.term_id
  from opportunities
  join tags on tags.record_kind = 'account'
    and tags.record_id = opportunities.account_id
    and tags.facet_id = $FACET
  where not exists (
    select 1
    from tags own
    where own.record_kind = 'opportunity'
      and own.record_id = opportunities.id
      and own.facet_id = $FACET
  )
),
segments as (
  select distinct carried.opportunity_id, tops.id as top_id, tops.name, tops.rank
  from carried
  join lifted on lifted.term_id = carried.term_id
  join terms tops on tops.id = lifted.top_id
  where tops.merged_into_id is null and tops.parent_id is null
),
tagged as (
  select distinct opportunity_id
  from carried
)
";
