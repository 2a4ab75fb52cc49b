//! What the metric is cut by: names of cuts and groups, their order, and the periods in between.

use std::collections::BTreeMap;

use super::{Cell, Cut, Day, Error, Frame, Group, MetricGroup, NoGroup, SMALL_SAMPLE_BELOW, Sum};
use crate::App;
use domain::activity::Activity;
use storage::leveraging::Part;

/// Cuts of one answer: a combination of more says little about few deals each.
const CUTS_MAX: usize = 3;

/// Between the parts of a group's key and label.
const AND: &str = "|";

/// What the metric is cut by, each cut with the name of the facet where it is one.
#[derive(Clone, Debug)]
pub(super) struct By(Vec<(Cut, String)>);

impl By {
    pub(super) fn cuts(&self) -> Vec<Cut> {
        self.0.iter().map(|(cut, _)| *cut).collect()
    }

    /// The one cut, where there is no other.
    fn alone(&self) -> Option<Cut> {
        match self.0.as_slice() {
            [(cut, _)] => Some(*cut),
            _ => None,
        }
    }
}

/// Reads names with commas between.
pub(super) async fn parse(app: &App, by: &str) -> Result<By, Error> {
    let names: Vec<&str> = by.split(',').map(str::trim).collect();
    let mut facets = None;
    let mut cuts: Vec<(Cut, String)> = Vec::new();
    for name in &names {
        let cut = match *name {
            "month" => (Cut::Month, String::new()),
            "quarter" => (Cut::Quarter, String::new()),
            "team" => (Cut::Team, String::new()),
            "seller" => (Cut::Seller, String::new()),
            "activity" => (Cut::Activity, String::new()),
            key => {
                let known = match facets.take() {
                    Some(known) => known,
                    None => storage::term::facets(&app.store).await?,
                };
                let facet = known.iter().find(|facet| facet.facet_key == key);
                let cut = facet.map(|facet| (Cut::Facet(facet.id), facet.name.clone()));
                facets = Some(known);
                cut.ok_or_else(|| unknown(key))?
            }
        };
        if cuts.iter().any(|(known, _)| *known == cut.0) {
            return Err(Error::field(
                "by",
                format!("\"{name}\" is named twice. Name each thing to count by once."),
            ));
        }
        cuts.push(cut);
    }
    if cuts.len() > CUTS_MAX {
        return Err(Error::field(
            "by",
            format!("Count by at most {CUTS_MAX} things at once."),
        ));
    }
    if cuts.len() > 1 && cuts.iter().any(|(cut, _)| *cut == Cut::Activity) {
        return Err(Error::field(
            "by",
            "Count by activity alone: one deal can be leveraged by several.",
        ));
    }
    Ok(By(cuts))
}

fn unknown(by: &str) -> Error {
    let by: String = by.chars().take(40).collect();
    Error::field(
        "by",
        format!(
            "There is nothing called \"{by}\" to count by. Use month, quarter, team, seller, activity or the key of a facet such as industry, several with commas between."
        ),
    )
}

/// A group as the wire names it. A tilde marks deals in no group, so that no team name meets them.
fn key_of(groups: &[Group]) -> String {
    let keys: Vec<String> = groups
        .iter()
        .map(|group| match group {
            Group::Id(id) => id.to_string(),
            // A team may be called anything.
            Group::Text(text) if groups.len() > 1 => text.replace('%', "%25").replace(AND, "%7C"),
            Group::Text(text) => text.clone(),
            Group::None(none) => format!("~{none}"),
        })
        .collect();
    keys.join(AND)
}

/// Where the deals of a group stand in each cut.
pub(super) fn of_key(by: &By, key: &str) -> Result<Vec<(Cut, Group)>, Error> {
    let broken = || {
        Error::field(
            "group",
            "There is no such group. Use the key of a group of the same answer.",
        )
    };
    let several = by.0.len() > 1;
    let parts: Vec<&str> = if several {
        key.split(AND).collect()
    } else {
        vec![key]
    };
    if parts.len() != by.0.len() {
        return Err(broken());
    }
    let part = |(cut, part): (Cut, &str)| -> Result<(Cut, Group), Error> {
        if let Some(none) = part.strip_prefix('~') {
            let none = none.parse().map_err(|_| broken())?;
            return Ok((cut, Group::None(none)));
        }
        let group = match cut {
            Cut::Seller | Cut::Facet(_) => Group::Id(part.parse().map_err(|_| broken())?),
            Cut::Month | Cut::Quarter | Cut::Team | Cut::Activity if several => {
                Group::Text(part.replace("%7C", AND).replace("%25", "%"))
            }
            Cut::Month | Cut::Quarter | Cut::Team | Cut::Activity => Group::Text(part.to_owned()),
        };
        Ok((cut, group))
    };
    by.cuts().into_iter().zip(parts).map(part).collect()
}

/// The groups in the order in which they are read, and how many more there are.
pub(super) fn build(
    cells: Vec<Cell>,
    by: &By,
    frame: &Frame,
    total: &Sum,
    shown: usize,
) -> (Vec<MetricGroup>, usize) {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for cell in cells {
        let groups: Vec<Group> = cell.parts.iter().map(group_of).collect();
        let row = rows.entry(key_of(&groups)).or_insert_with(|| Row {
            label: label_of(&groups, &cell, by),
            is_none: groups.iter().any(|group| matches!(group, Group::None(_))),
            rank: cell.parts.iter().map(|part| part.rank).collect(),
            sum: Sum::default(),
        });
        row.sum.add(&cell);
    }
    if by.alone() == Some(Cut::Activity) {
        // What nothing leveraged is the rest of every row, not a row.
        rows.retain(|_, row| !row.is_none);
        for row in rows.values_mut() {
            row.sum.hold_against(total);
        }
    }
    let periods_of = by
        .alone()
        .filter(|cut| matches!(cut, Cut::Month | Cut::Quarter));
    let is_period = periods_of.is_some();
    if let Some(cut) = periods_of {
        for label in periods(cut, frame) {
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
        rows.len().saturating_sub(shown)
    };
    if !is_period {
        rows.sort_by(|(_, a), (_, b)| {
            (a.is_none, -a.sum.closed, &a.label).cmp(&(b.is_none, -b.sum.closed, &b.label))
        });
        rows.truncate(shown);
        // Stable: groups without a rank keep the order from above.
        rows.sort_by(|(_, a), (_, b)| (a.is_none, &a.rank).cmp(&(b.is_none, &b.rank)));
    }
    let groups = rows.into_iter().map(|(key, row)| row.into_group(key));
    (groups.collect(), left_out)
}

#[derive(Default)]
struct Row {
    label: String,
    is_none: bool,
    rank: Vec<Option<i64>>,
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

fn group_of(part: &Part) -> Group {
    match (part.id, &part.text, part.none) {
        (Some(id), ..) => Group::Id(id),
        (None, Some(text), _) => Group::Text(text.clone()),
        (None, None, Some(none)) => Group::None(none),
        (None, None, None) => Group::None(NoGroup::Untagged),
    }
}

fn label_of(groups: &[Group], cell: &Cell, by: &By) -> String {
    let parts = groups.iter().zip(&cell.parts).zip(&by.0);
    let labels: Vec<String> = parts
        .map(|((group, part), (cut, facet_name))| {
            let text = part.text.clone().unwrap_or_default();
            match group {
                Group::None(none) => label_of_none(*none, facet_name),
                Group::Id(_) | Group::Text(_) if *cut != Cut::Activity => text,
                Group::Id(_) | Group::Text(_) => match text.parse::<Activity>() {
                    Ok(activity) => activity.label().to_owned(),
                    Err(_) => "Content".to_owned(),
                },
            }
        })
        .collect();
    labels.join(" · ")
}

fn label_of_none(none: NoGroup, facet_name: &str) -> String {
    match none {
        NoGroup::NoOwner => "No owner".to_owned(),
        NoGroup::NoTeam => "No team".to_owned(),
        NoGroup::NoAccount => "No account".to_owned(),
        NoGroup::Unmapped => "Unmapped".to_owned(),
        NoGroup::Untagged => format!("No {}", facet_name.to_lowercase()),
        NoGroup::NotLeveraged => "Not leveraged".to_owned(),
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
