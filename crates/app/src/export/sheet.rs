//! Columns and cells of an export, as the importer reads them back.

use domain::{
    id::FacetId,
    money::{Currency, Money},
    time::Day,
};
use import::{exported, field, kind::Kind};
use serde_json::{Map, Value, json};

use super::Format;
use crate::{App, error::Error};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(i64),
    List(Vec<String>),
    /// What has a form of its own: as it is in JSON lines, as its text in a cell.
    Json(Value),
}

impl Cell {
    /// An amount: with at least two digits after the point, and never with three alone, which
    /// could be taken for thousands.
    pub(super) fn amount(money: Money) -> Self {
        let mut text = money.decimal();
        if money.currency.digits() == 3 {
            text.push('0');
        }
        Self::Text(text)
    }

    /// An amount with its currency, where no column of its own gives that.
    pub(super) fn money(minor: Option<i64>, currency: Option<Currency>) -> Self {
        let (Some(minor), Some(currency)) = (minor, currency) else {
            return Self::Empty;
        };
        match Self::amount(Money { minor, currency }) {
            Self::Text(amount) => Self::Text(format!("{currency} {amount}")),
            other => other,
        }
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

impl From<Option<Day>> for Cell {
    fn from(day: Option<Day>) -> Self {
        day.map_or(Self::Empty, |day| Self::Text(day.to_string()))
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        if value.is_null() {
            Self::Empty
        } else {
            Self::Json(value)
        }
    }
}

impl From<Vec<String>> for Cell {
    fn from(values: Vec<String>) -> Self {
        if values.is_empty() {
            Self::Empty
        } else {
            Self::List(values)
        }
    }
}

/// The filled cells of a record, by field.
#[derive(Clone, Debug, Default)]
pub(super) struct Row(Vec<(String, Cell)>);

impl Row {
    pub(super) fn put(&mut self, field: &str, cell: impl Into<Cell>) {
        let cell = cell.into();
        if cell != Cell::Empty {
            self.0.push((field.to_owned(), cell));
        }
    }

    /// A word of a closed list, an id or anything else with one way to write it.
    pub(super) fn put_word(&mut self, field: &str, word: Option<impl ToString>) {
        self.put(field, word.map(|word| word.to_string()));
    }

    fn cell(&self, field: &str) -> Option<&Cell> {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map(|(_, cell)| cell)
    }
}

/// A facet with a column of its own.
pub(super) struct FacetColumn {
    pub(super) facet: FacetId,
    pub(super) field: String,
}

/// The columns of an export: those of its kind, then the facets that its records carry.
pub(super) struct Columns {
    /// Field and heading.
    columns: Vec<(String, String)>,
    pub(super) facets: Vec<FacetColumn>,
}

impl Columns {
    pub(super) async fn of(app: &App, kind: Kind, fields: &[&str]) -> Result<Self, Error> {
        let mut columns = fields
            .iter()
            .map(|field| {
                let heading = exported::heading(kind, field);
                let heading = heading.ok_or_else(|| super::no_heading(field))?;
                Ok(((*field).to_owned(), heading.to_owned()))
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let mut facets = Vec::new();
        let in_use = storage::export::facets_in_use(&app.store, super::record_kind(kind)).await?;
        for facet in storage::term::facets(&app.store).await? {
            // The stage of a deal has a column already.
            if !in_use.contains(&facet.id) || facet.facet_key == crate::taxonomy::DEAL_STAGE {
                continue;
            }
            let field = format!("terms:{}", facet.facet_key);
            let heading = match field::find(kind, &field) {
                Some(known) => known.label.to_owned(),
                None => free_heading(&columns, &facet.name),
            };
            columns.push((field.clone(), heading));
            facets.push(FacetColumn {
                facet: facet.id,
                field,
            });
        }
        Ok(Self { columns, facets })
    }

    /// Columns of a list that is not taken back in: the heading is all there is to know of each.
    pub(super) fn named(headings: &[&str]) -> Self {
        let columns = headings
            .iter()
            .map(|heading| ((*heading).to_owned(), (*heading).to_owned()));
        Self {
            columns: columns.collect(),
            facets: Vec::new(),
        }
    }

    pub(super) fn has_facets(&self) -> bool {
        !self.facets.is_empty()
    }

    pub(super) fn header(&self, format: Format, out: &mut String) {
        if format == Format::Csv {
            let headings = self.columns.iter().map(|(_, heading)| heading.as_str());
            exported::write_line(headings, out);
        }
    }

    /// Writes one record.
    pub(super) fn write(&self, format: Format, row: &Row, out: &mut String) {
        match format {
            Format::Csv => {
                let cells: Vec<String> = self
                    .columns
                    .iter()
                    .map(|(field, _)| plain(row.cell(field)))
                    .collect();
                exported::write_line(cells.iter().map(String::as_str), out);
            }
            Format::Jsonl => {
                let members: Map<String, Value> = self
                    .columns
                    .iter()
                    .map(|(field, heading)| (heading.clone(), value(row.cell(field))))
                    .collect();
                out.push_str(&Value::Object(members).to_string());
                out.push('\n');
            }
        }
    }
}

/// A facet that a program added may be named like another column.
fn free_heading(columns: &[(String, String)], name: &str) -> String {
    let taken = |wanted: &str| columns.iter().any(|(_, heading)| heading == wanted);
    if taken(name) {
        format!("{name} (facet)")
    } else {
        name.to_owned()
    }
}

fn plain(cell: Option<&Cell>) -> String {
    match cell {
        None | Some(Cell::Empty) => String::new(),
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::List(values)) => exported::join(values),
        Some(Cell::Json(value)) => value.to_string(),
    }
}

fn value(cell: Option<&Cell>) -> Value {
    match cell {
        None | Some(Cell::Empty) => Value::Null,
        Some(Cell::Text(text)) => json!(text),
        Some(Cell::Number(number)) => json!(number),
        Some(Cell::List(values)) => json!(values),
        Some(Cell::Json(value)) => value.clone(),
    }
}
