//! Several lines of one opportunity as one row: amounts add up, terms are collected, of anything
//! else the first filled value counts.

use std::collections::HashMap;

use crate::{cells, field::Field, mapping::LineAmounts, table::Table};

use super::{
    Problem,
    convert::{self, Part},
    plan::Planned,
};

/// Which lines belong together, in the order in which each group first appears.
pub(super) struct Groups {
    /// Where the lines of a group start in `lines`; one more entry than groups.
    starts: Vec<u32>,
    lines: Vec<u32>,
}

impl Groups {
    /// Groups by the id of the opportunity; a line without one stays alone.
    pub(super) fn find(table: &Table, columns: &[Planned]) -> Option<Self> {
        let key = columns
            .iter()
            .find(|planned| planned.field.name == "opportunity.external_id")?
            .column;
        let mut group_of: HashMap<&str, u32> = HashMap::new();
        let mut groups: Vec<u32> = Vec::with_capacity(table.len());
        let mut sizes: Vec<u32> = Vec::new();
        for row in table.rows() {
            let fresh = sizes.len() as u32;
            let group = match cells::clean(row.first(key)) {
                Some(key) => *group_of.entry(key).or_insert(fresh),
                None => fresh,
            };
            if group == fresh {
                sizes.push(0);
            }
            sizes[group as usize] += 1;
            groups.push(group);
        }
        let mut starts = vec![0_u32; sizes.len() + 1];
        for (group, size) in sizes.iter().enumerate() {
            starts[group + 1] = starts[group] + size;
        }
        let mut next = starts.clone();
        let mut lines = vec![0_u32; groups.len()];
        for (line, group) in groups.iter().enumerate() {
            let place = &mut next[*group as usize];
            lines[*place as usize] = line as u32;
            *place += 1;
        }
        Some(Self { starts, lines })
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn lines(&self, group: usize) -> &[u32] {
        &self.lines[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

/// Puts the values of one more line to those of the lines before.
pub(super) fn merge(
    parts: &mut Vec<(&'static Field, Part)>,
    line: Vec<(&'static Field, Part)>,
    amounts: LineAmounts,
    problems: &mut Vec<Problem>,
) {
    if parts.is_empty() {
        *parts = line;
        return;
    }
    for (field, part) in line {
        let known = parts
            .iter_mut()
            .find(|(known, _)| known.name == field.name)
            .map(|(_, known)| known);
        match (known, part) {
            (
                Some(Part::Amount {
                    millionths,
                    currency,
                }),
                Part::Amount {
                    millionths: more,
                    currency: other,
                },
            ) => {
                if amounts == LineAmounts::Once {
                    continue;
                }
                if *currency != other {
                    problems.push(mixed(field));
                } else {
                    *millionths = millionths.saturating_add(more);
                }
            }
            (_, part) => convert::add(parts, field, part),
        }
    }
}

fn mixed(field: &'static Field) -> Problem {
    Problem {
        column: None,
        field: field.name,
        message: format!(
            "The lines of this opportunity have {}s in several currencies, which cannot be added. Use one currency.",
            field.label.to_lowercase()
        ),
        blocks: true,
    }
}
