//! The error file: the rows that were not imported as they were, each with its reason.
//!
//! It opens safely in a spreadsheet (no cell is taken for a formula), and reading the corrected
//! file again gives the values as they were.

use std::borrow::Cow;

use crate::{
    delimited,
    exported::{self, Cells},
    kind::Kind,
    table::{Row, Table},
};

/// The heading of the last column; it also tells the reader that cells are escaped.
pub const REASON_COLUMN: &str = "reason (Goodword)";

/// What stands between the values of a list in one cell.
const LIST_MARK: &str = "; ";

/// The given rows (by their place in the table) as CSV, with a last column saying why.
pub fn write<'a>(table: &Table, rows: impl IntoIterator<Item = (usize, &'a str)>) -> String {
    let mut out = String::new();
    let header: Vec<Cow<'_, str>> = table.columns().iter().map(|name| escape(name)).collect();
    delimited::write_line(
        header.iter().map(Cow::as_ref).chain([REASON_COLUMN]),
        &mut out,
    );
    let records = exported::kind_of(table).filter(|kind| Cells::of(table, *kind) == Cells::Records);
    for (index, reason) in rows {
        let Some(row) = table.row(index) else {
            continue;
        };
        let cells = match records {
            Some(kind) => exported_cells(kind, table, row),
            None => cells(table, row),
        };
        let escaped: Vec<Cow<'_, str>> = cells.iter().map(|cell| escape(cell)).collect();
        let reason = escape(reason);
        delimited::write_line(
            escaped.iter().map(Cow::as_ref).chain([reason.as_ref()]),
            &mut out,
        );
    }
    out
}

fn cells(table: &Table, row: Row<'_>) -> Vec<String> {
    let mut cells = vec![String::new(); table.columns().len()];
    for (column, text) in row.cells() {
        if !cells[column].is_empty() {
            cells[column].push_str(LIST_MARK);
        }
        cells[column].push_str(text);
    }
    cells
}

/// Records of an export become a sheet of an export, so that the corrected rows read the same.
fn exported_cells(kind: Kind, table: &Table, row: Row<'_>) -> Vec<String> {
    let columns = table.columns().iter().enumerate();
    columns
        .map(|(column, heading)| {
            let values: Vec<&str> = row.values(column).collect();
            exported::sheet_cell(kind, heading, &values)
        })
        .collect()
}

/// Puts a `'` before what a spreadsheet would take for a formula (and before a `'`, so that
/// nothing is lost on the way back).
pub fn escape(cell: &str) -> Cow<'_, str> {
    let risky = cell.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠',
    ]);
    if risky {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Takes the `'` away again.
pub(crate) fn unescape(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}
