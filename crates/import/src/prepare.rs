//! A table and a mapping into typed rows, one at a time, each with what is wrong with it.

mod convert;
mod derive;
mod lines;
mod plan;

use domain::{money::Currency, time::Day};
use serde::Serialize;

use crate::{
    amount, catalog,
    exported::Cells,
    field::{self, Field, ValueKind},
    kind::Kind,
    mapping::{LineAmounts, Mapping, VERSION},
    problem::MappingProblem,
    propose,
    table::{Row, Table},
    value::Value,
};

use convert::{Part, Reader};
use lines::Groups;
use plan::Planned;

/// What the program knows and the file does not.
#[derive(Clone, Copy, Debug)]
pub struct PrepareOptions {
    /// The currency of amounts for which neither file nor mapping names one.
    pub default_currency: Option<Currency>,
    pub today: Day,
}

/// A mapping that fits its table.
pub struct Prepared<'t> {
    table: &'t Table,
    kind: Kind,
    columns: Vec<Planned>,
    constants: Vec<(&'static Field, Value)>,
    groups: Option<Groups>,
    lines: LineAmounts,
    reader: Reader,
}

/// A row of the file as typed values.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedRow {
    /// The row as a person counts; the first one, when several lines make one row.
    pub number: usize,
    /// Whether the program wrote the file itself: then its values are what they say and no more.
    pub is_export: bool,
    /// Places in the table of the lines that make the row: give them back in the error file.
    pub lines: Vec<usize>,
    /// Field names and values, each field once.
    pub values: Vec<(&'static str, Value)>,
    pub problems: Vec<Problem>,
}

/// What is wrong with a value of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub column: Option<String>,
    pub field: &'static str,
    /// What happened, why and what to do.
    pub message: String,
    /// Whether the row must not be imported; otherwise only this value is left out.
    pub blocks: bool,
}

/// Checks the mapping against the table and decides what only whole columns tell.
pub fn prepare<'t>(
    kind: Kind,
    table: &'t Table,
    mapping: &Mapping,
    options: &PrepareOptions,
) -> Result<Prepared<'t>, MappingProblem> {
    if mapping.version != VERSION {
        return Err(MappingProblem::OtherVersion {
            version: mapping.version,
        });
    }
    if mapping.kind != kind {
        return Err(MappingProblem::OtherKind {
            mapped: mapping.kind.label(),
            wanted: kind.label(),
        });
    }
    let columns = mapping
        .columns
        .iter()
        .map(|mapped| plan::column(kind, table, mapped))
        .collect::<Result<Vec<_>, _>>()?;
    let reader = Reader {
        cells: Cells::of(table, kind),
        default_currency: mapping.default_currency.or(options.default_currency),
        today: options.today,
    };
    let constants = mapping
        .constants
        .iter()
        .map(|constant| plan::constant_value(kind, constant, &reader))
        .collect::<Result<Vec<_>, _>>()?;
    let is_fed = |name: &str| {
        columns
            .iter()
            .any(|planned| planned.field.name == name || derive::also_gives(planned, name))
            || constants.iter().any(|(field, _)| field.name == name)
    };
    if let Some(group) = propose::missing(kind, is_fed) {
        let labels: Vec<&str> = group
            .iter()
            .filter_map(|name| field::find(kind, name))
            .map(|field| field.label)
            .collect();
        return Err(MappingProblem::NothingRequired {
            needed: labels.join(" or "),
        });
    }
    plan::check_currency(table, &columns, &reader)?;
    let groups = mapping.lines.and_then(|_| Groups::find(table, &columns));
    Ok(Prepared {
        table,
        kind,
        columns,
        constants,
        groups,
        lines: mapping.lines.unwrap_or(LineAmounts::Sum),
        reader,
    })
}

impl Prepared<'_> {
    /// How many rows there will be.
    pub fn len(&self) -> usize {
        self.groups.as_ref().map_or(self.table.len(), Groups::len)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Columns of the file that no field takes.
    pub fn ignored(&self) -> impl Iterator<Item = &str> {
        let is_mapped = |column: usize| self.columns.iter().any(|planned| planned.column == column);
        let columns = self.table.columns().iter().enumerate();
        columns
            .filter(move |(column, _)| !is_mapped(*column))
            .map(|(_, name)| name.as_str())
    }

    /// The typed rows, made while they are asked for.
    pub fn rows(&self) -> impl Iterator<Item = PreparedRow> {
        (0..self.len()).filter_map(|index| match &self.groups {
            None => self.table.row(index).map(|row| self.row(&[row])),
            Some(groups) => {
                let rows: Vec<Row<'_>> = groups
                    .lines(index)
                    .iter()
                    .filter_map(|line| self.table.row(*line as usize))
                    .collect();
                (!rows.is_empty()).then(|| self.row(&rows))
            }
        })
    }

    fn row(&self, rows: &[Row<'_>]) -> PreparedRow {
        let mut prepared = PreparedRow {
            is_export: self.reader.cells.is_export(),
            number: rows.first().map_or(0, |row| row.number()),
            lines: rows.iter().map(|row| row.index()).collect(),
            values: Vec::with_capacity(self.columns.len() + self.constants.len()),
            problems: Vec::new(),
        };
        let mut parts: Vec<(&'static Field, Part)> = Vec::with_capacity(self.columns.len());
        for row in rows {
            if let Some(cells) = row.uneven() {
                prepared
                    .problems
                    .push(uneven(cells, self.table.columns().len()));
            }
            let mut of_line: Vec<(&'static Field, Part)> = Vec::with_capacity(self.columns.len());
            self.read_line(*row, &mut of_line, &mut prepared.problems);
            lines::merge(&mut parts, of_line, self.lines, &mut prepared.problems);
        }
        let mut lines = Vec::new();
        for (field, part) in parts {
            match part {
                Part::Line(line) => lines.push((field.name, line)),
                part => match part.finish() {
                    Some(value) => prepared.values.push((field.name, value)),
                    None => prepared.problems.push(too_large(field)),
                },
            }
        }
        derive::split(&lines, &mut prepared);
        for (field, value) in &self.constants {
            if prepared.get(field.name).is_none() {
                prepared.values.push((field.name, value.clone()));
            }
        }
        derive::complete(self.kind, &mut prepared);
        self.check_required(&mut prepared);
        prepared
    }

    fn read_line(
        &self,
        row: Row<'_>,
        parts: &mut Vec<(&'static Field, Part)>,
        problems: &mut Vec<Problem>,
    ) {
        let currency = self
            .columns
            .iter()
            .find(|planned| planned.field.value == ValueKind::Currency);
        let currency = currency.and_then(|planned| amount::currency(row.first(planned.column)));
        for planned in &self.columns {
            let mut refused = None;
            for text in row.values(planned.column) {
                let Some(text) = self.reader.clean(planned, text) else {
                    continue;
                };
                match self.reader.part(planned, text.as_ref(), currency) {
                    Ok(part) => {
                        convert::add(parts, planned.field, part);
                        refused = None;
                        if !planned.field.several {
                            break;
                        }
                    }
                    Err(message) => refused = Some(message),
                }
            }
            if let Some(message) = refused {
                problems.push(Problem {
                    column: Some(planned.mapped.column.clone()),
                    field: planned.field.name,
                    message,
                    blocks: false,
                });
            }
        }
    }

    fn check_required(&self, prepared: &mut PreparedRow) {
        for group in catalog::required(self.kind) {
            let Some(first) = group.first() else { continue };
            if group.iter().any(|name| prepared.get(name).is_some()) {
                continue;
            }
            let labels: Vec<&str> = group
                .iter()
                .filter_map(|name| field::find(self.kind, name))
                .map(|field| field.label)
                .collect();
            prepared.problems.push(Problem {
                column: None,
                field: first,
                message: format!(
                    "The row has no {}, so it cannot be told which record it is. Fill it in.",
                    labels.join(" or ")
                ),
                blocks: true,
            });
        }
    }
}

impl PreparedRow {
    /// The value of a field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.values
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, value)| value)
    }

    /// Whether the row must not be imported.
    pub fn is_blocked(&self) -> bool {
        self.problems.iter().any(|problem| problem.blocks)
    }

    /// All problems as one text, for the error file.
    pub fn reason(&self) -> String {
        let messages: Vec<&str> = self
            .problems
            .iter()
            .map(|problem| problem.message.as_str())
            .collect();
        messages.join(" ")
    }

    /// Takes the value of a field out of the row.
    fn take(&mut self, field: &str) -> Option<Value> {
        let at = self.values.iter().position(|(name, _)| *name == field)?;
        Some(self.values.remove(at).1)
    }
}

fn uneven(cells: usize, columns: usize) -> Problem {
    Problem {
        column: None,
        field: "",
        message: format!(
            "The row has {cells} cells and the header {columns}: a quote or a delimiter is missing or too many. Correct the row."
        ),
        blocks: true,
    }
}

fn too_large(field: &Field) -> Problem {
    let message = format!(
        "The {} is too large to be an amount. Correct it.",
        field.label.to_lowercase()
    );
    Problem {
        column: None,
        field: field.name,
        message,
        blocks: false,
    }
}
