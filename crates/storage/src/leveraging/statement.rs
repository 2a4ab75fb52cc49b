//! The parts of the metric's statements: which deals are in reach, what leverages them, and how a
//! cut groups them.

use domain::{access::Scope, opportunity::OpportunityKind};
use sea_orm::sea_query::Value;

use super::{Cut, Frame};
use crate::reference_use::took_place_sql;

/// Closed deals, named one by one so that an index that begins with the status finds them.
pub(super) const CLOSED: &str = "status in ('won', 'lost')";

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
        self.conditions.push(format!("opportunities.{CLOSED}"));
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
    pub(super) join: String,
    pub(super) id: String,
    pub(super) text: String,
    pub(super) none: String,
    pub(super) rank: String,
}

const NO_ID: &str = "cast(null as uuid)";
const NO_TEXT: &str = "cast(null as text)";
const NO_RANK: &str = "cast(null as bigint)";

/// How the cut at a place among several reads; the place is part of every name, so that one deal
/// can be cut by several facets at once.
pub(super) fn grouping(cut: Cut, place: usize, builder: &mut Builder) -> Grouping {
    let named = |text: &str| text.replace('#', &place.to_string());
    let plain = Grouping {
        with: String::new(),
        join: String::new(),
        id: NO_ID.to_owned(),
        text: NO_TEXT.to_owned(),
        none: NO_TEXT.to_owned(),
        rank: NO_RANK.to_owned(),
    };
    match cut {
        Cut::Month => Grouping {
            text: "substr(opportunities.close_on, 1, 7)".to_owned(),
            ..plain
        },
        Cut::Quarter => Grouping {
            text: "substr(opportunities.close_on, 1, 4) || '-Q' || cast((cast(substr(opportunities.close_on, 6, 2) as integer) + 2) / 3 as text)".to_owned(),
            ..plain
        },
        Cut::Team => Grouping {
            join: named(USERS),
            text: named("nullif(users_#.team, '')"),
            none: named("case when users_#.id is null then 'no_owner' when coalesce(users_#.team, '') = '' then 'no_team' end"),
            ..plain
        },
        Cut::Seller => Grouping {
            join: named(USERS),
            id: named("users_#.id"),
            text: named("users_#.name"),
            none: named("case when users_#.id is null then 'no_owner' end"),
            ..plain
        },
        Cut::Activity => Grouping {
            join: named(INFLUENCES),
            text: named("influences_#.activity"),
            none: named("case when influences_#.activity is null then 'not_leveraged' end"),
            ..plain
        },
        Cut::Facet(facet) => Grouping {
            with: named(&FACET_TABLES.replace("$FACET", &builder.place(facet))),
            join: named("left join segments_# on segments_#.opportunity_id = opportunities.id
  left join tagged_# on tagged_#.opportunity_id = opportunities.id"),
            id: named("segments_#.top_id"),
            text: named("segments_#.name"),
            none: named("case
      when segments_#.top_id is not null then null
      when tagged_#.opportunity_id is not null then 'unmapped'
      when opportunities.account_id is null then 'no_account'
      else 'untagged'
    end"),
            rank: named("segments_#.rank"),
        },
    }
}

/// The tables of several cuts before a statement.
pub(super) fn with(groupings: &[Grouping]) -> String {
    let tables: Vec<&str> = groupings
        .iter()
        .map(|grouping| grouping.with.as_str())
        .filter(|with| !with.is_empty())
        .collect();
    if tables.is_empty() {
        String::new()
    } else {
        format!("with recursive {}\n", tables.join(",\n"))
    }
}

/// The tables of several cuts beside the deals.
pub(super) fn joins(groupings: &[Grouping]) -> String {
    let joins: Vec<&str> = groupings
        .iter()
        .map(|grouping| grouping.join.as_str())
        .collect();
    joins.join("\n  ")
}

const USERS: &str = "left join users users_# on users_#.id = opportunities.owner_id";

/// Each deal with every kind of activity that leveraged it; content that the buyer opened is `content`.
const INFLUENCES: &str = concat!(
    "left join (
    select distinct uses.opportunity_id, uses.activity
    from uses
    join opportunities used_on_deal on used_on_deal.id = uses.opportunity_id
    where uses.used_on <= used_on_deal.close_on
      and ",
    took_place_sql!(),
    "
    union
    select shares.opportunity_id, 'content'
    from shares
    join opportunities sent_on_deal on sent_on_deal.id = shares.opportunity_id
    where shares.first_opened_on <= sent_on_deal.close_on
  ) influences_# on influences_#.opportunity_id = opportunities.id"
);

/// Each term lifted to its top, merges first; then the terms of each deal. `union` drops rows it has
/// seen, so that a circle among terms ends.
const FACET_TABLES: &str = "lifted_# (term_id, top_id) as (
  select id, id
  from terms
  where facet_id = $FACET
  union
  select lifted_#.term_id, coalesce(terms.merged_into_id, terms.parent_id)
  from lifted_#
  join terms on terms.id = lifted_#.top_id
  where coalesce(terms.merged_into_id, terms.parent_id) is not null
),
carried_# (opportunity_id, term_id) as (
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
segments_# as (
  select distinct carried_#.opportunity_id, tops.id as top_id, tops.name, tops.rank
  from carried_#
  join lifted_# on lifted_#.term_id = carried_#.term_id
  join terms tops on tops.id = lifted_#.top_id
  where tops.merged_into_id is null and tops.parent_id is null
),
tagged_# as (
  select distinct opportunity_id
  from carried_#
)";
