//! What the metric is cut by: names of cuts and groups, their order, and the periods in between.

use std::collections::BTreeMap;

use super::{
    Cell, Cut, Day, Error, Frame, GROUPS_MAX, Group, MetricGroup, NoGroup, SMALL_SAMPLE_BELOW, Sum,
};
use crate::App;

/// A cut with the name of the facet, where it is one.
#[derive(Clone, Debug)]
pub(super) struct By {
    pub cut: Cut,
    facet_name: String,
}

pub(super) async fn parse(app: &App, by: &str) -> Result<By, Error> {
    let cut = match by {
        "month" => Cut::Month,
        "quarter" => Cut::Quarter,
        "team" => Cut::Team,
        "seller" => Cut::Seller,
        key => {
            let facets = storage::term::facets(&app.store).await?;
            let facet = facets
                .into_iter()
                .find(|facet| facet.facet_key == key)
                .ok_or_else(|| unknown(key))?;
            return Ok(By {
                cut: Cut::Facet(facet.id),
                facet_name: facet.name,
            });
        }
    };
    Ok(By {
        cut,
        facet_name: String::new(),
    })
}

fn unknown(by: &str) -> Error {
    let by: String = by.chars().take(40).collect();
    Error::field(
        "by",
        format!(
            "There is nothing called \"{by}\" to count by. Use month, quarter, team, seller or the key of a facet such as industry."
        ),
    )
}

/// A group as the wire names it. A tilde marks deals in no group, so that no team name meets them.
fn key_of(group: &Group) -> String {
    match group {
        Group::Id(id) => id.to_string(),
        Group::Text(text) => text.clone(),
        Group::None(none) => format!("~{none}"),
    }
}

pub(super) fn of_key(cut: Cut, key: &str) -> Result<Group, Error> {
    let broken = || {
        Error::field(
            "group",
            "There is no such group. Use the key of a group of the same answer.",
        )
    };
    if let Some(none) = key.strip_prefix('~') {
        return none.parse().map(Group::None).map_err(|_| broken());
    }
    match cut {
        Cut::Seller | Cut::Facet(_) => key.parse().map(Group::Id).map_err(|_| broken()),
        Cut::Month | Cut::Quarter | Cut::Team => Ok(Group::Text(key.to_owned())),
        Cut::Nothing => Err(broken()),
    }
}

/// The groups in the order in which they are read, and how many more there are.
pub(super) fn build(cells: Vec<Cell>, by: &By, frame: &Frame) -> (Vec<MetricGroup>, usize) {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for cell in cells {
        let group = group_of(&cell);
        let row = rows.entry(key_of(&group)).or_insert_with(|| Row {
            label: label_of(&group, &cell, by),
            is_none: matches!(group, Group::None(_)),
            rank: cell.rank,
            sum: Sum::default(),
        });
        row.sum.add(&cell);
    }
    let is_period = matches!(by.cut, Cut::Month | Cut::Quarter);
    if is_period {
        for label in periods(by.cut, frame) {
            rows.entry(label.clone()).or_insert_with(|| Row {
                label,
                ..Row::default()
            });
        }
    }
    let mut rows: Vec<(String, Row)> = rows.into_iter().collect();
    let left_out = if is_period {
        0
    } else {
        rows.len().saturating_sub(GROUPS_MAX)
    };
    if !is_period {
        rows.sort_by(|(_, a), (_, b)| {
            (a.is_none, -a.sum.closed, &a.label).cmp(&(b.is_none, -b.sum.closed, &b.label))
        });
        rows.truncate(GROUPS_MAX);
        // Stable: groups without a rank keep the order from above.
        rows.sort_by_key(|(_, row)| (row.is_none, row.rank));
    }
    let groups = rows.into_iter().map(|(key, row)| row.into_group(key));
    (groups.collect(), left_out)
}

#[derive(Default)]
struct Row {
    label: String,
    is_none: bool,
    rank: Option<i64>,
    sum: Sum,
}

impl Row {
    fn into_group(self, key: String) -> MetricGroup {
        MetricGroup {
            key,
            label: self.label,
            closed: self.sum.closed,
            leveraged: self.sum.leveraged,
            won: self.sum.won,
            rate: self.sum.rate(),
            currencies: self.sum.currencies(),
            small_sample: self.sum.closed < SMALL_SAMPLE_BELOW,
        }
    }
}

fn group_of(cell: &Cell) -> Group {
    match (cell.group_id, &cell.group_text, cell.no_group) {
        (Some(id), ..) => Group::Id(id),
        (None, Some(text), _) => Group::Text(text.clone()),
        (None, None, Some(none)) => Group::None(none),
        (None, None, None) => Group::None(NoGroup::Untagged),
    }
}

fn label_of(group: &Group, cell: &Cell, by: &By) -> String {
    let Group::None(none) = group else {
        return cell.group_text.clone().unwrap_or_default();
    };
    match none {
        NoGroup::NoOwner => "No owner".to_owned(),
        NoGroup::NoTeam => "No team".to_owned(),
        NoGroup::NoAccount => "No account".to_owned(),
        NoGroup::Unmapped => "Unmapped".to_owned(),
        NoGroup::Untagged => format!("No {}", by.facet_name.to_lowercase()),
    }
}

/// The first day of the month that lies `months` before that of `day`.
pub(super) fn months_before(day: Day, months: i32) -> Day {
    let months_since_zero = i32::from(day.0.year()) * 12 + i32::from(day.0.month()) - 1 - months;
    let (year, month) = (
        months_since_zero.div_euclid(12),
        months_since_zero.rem_euclid(12) + 1,
    );
    let day_of =
        |year: i32, month: i32| Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1);
    day_of(year, month).unwrap_or(day)
}

/// Every period that the frame touches, so that a month without a close is seen as such.
fn periods(cut: Cut, frame: &Frame) -> Vec<String> {
    let last = months_before(frame.to.plus_days(-1), 0);
    let mut month = months_before(frame.from, 0);
    let mut labels = Vec::new();
    while month <= last {
        let (year, number) = (month.0.year(), month.0.month());
        let label = if cut == Cut::Quarter {
            format!("{year:04}-Q{}", (number + 2) / 3)
        } else {
            format!("{year:04}-{number:02}")
        };
        if labels.last() != Some(&label) {
            labels.push(label);
        }
        let next = months_before(month, -1);
        if next <= month {
            break;
        }
        month = next;
    }
    labels
}
