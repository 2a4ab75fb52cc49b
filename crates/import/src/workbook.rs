//! XLSX workbooks: one sheet of a workbook as rows of text, numbers and dates written plainly.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use crate::{problem::FileProblem, read::Limits, table::Builder};

/// Fills the table from the wanted sheet, or the first that holds anything; gives the other names.
pub(crate) fn read(
    bytes: &[u8],
    sheet: Option<&str>,
    limits: &Limits,
    builder: &mut Builder<'_>,
) -> Result<Vec<String>, FileProblem> {
    check_size(bytes, limits)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let candidates: Vec<String> = match sheet {
        None => names.clone(),
        Some(wanted) if names.iter().any(|name| name == wanted) => vec![wanted.to_owned()],
        Some(wanted) => {
            let sheets = names.join(", ");
            return Err(FileProblem::NoSuchSheet {
                sheet: wanted.to_owned(),
                sheets,
            });
        }
    };
    for name in candidates {
        if fill(&mut book, &name, builder)? {
            return Ok(names.into_iter().filter(|other| *other != name).collect());
        }
    }
    Err(FileProblem::Empty)
}

/// A workbook is a packed archive: what it unpacks to is measured first, because the sizes that
/// an archive declares may lie.
fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), FileProblem> {
    let broken = |error: &dyn std::fmt::Display| FileProblem::Workbook {
        detail: error.to_string(),
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let bytes_max = limits.text_bytes_max as u64;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(&error))?;
        let mut bounded = part.take(bytes_max + 1 - unpacked);
        unpacked += io::copy(&mut bounded, &mut io::sink()).map_err(|error| broken(&error))?;
        if unpacked > bytes_max {
            return Err(FileProblem::TooManyBytes {
                bytes_max: limits.text_bytes_max,
            });
        }
    }
    Ok(())
}

fn broken(error: XlsxError) -> FileProblem {
    FileProblem::Workbook {
        detail: error.to_string(),
    }
}

/// The cells of one line while it is collected.
#[derive(Default)]
struct Line {
    row: u32,
    cells: Vec<(u32, String)>,
}

/// Whether the sheet held a header.
fn fill(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    builder: &mut Builder<'_>,
) -> Result<bool, FileProblem> {
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A chart sheet has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(false),
        Err(error) => return Err(broken(error)),
    };
    let mut line = Line::default();
    let mut first_column: Option<u32> = None;
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        if row != line.row {
            close(&mut line, &mut first_column, builder)?;
            line.row = row;
        }
        if let Some(text) = plain(cell.get_value()) {
            line.cells.push((column, text));
        }
    }
    close(&mut line, &mut first_column, builder)?;
    Ok(first_column.is_some())
}

/// The first line with anything in it is the header; it fixes where the table starts.
fn close(
    line: &mut Line,
    first_column: &mut Option<u32>,
    builder: &mut Builder<'_>,
) -> Result<(), FileProblem> {
    let mut cells = std::mem::take(&mut line.cells);
    // A sheet may name its cells in any order.
    cells.sort_by_key(|(column, _)| *column);
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
        return Ok(());
    };
    let Some(start) = *first_column else {
        *first_column = Some(first.0);
        let width = (last.0 - first.0) as usize + 1;
        // Columns are far fewer than the sheet allows; the bound is checked while they are made.
        let mut names = vec![""; width.min(20_000)];
        for (column, name) in &cells {
            if let Some(place) = names.get_mut((column - first.0) as usize) {
                *place = name;
            }
        }
        return builder.header(names.into_iter());
    };
    builder.start_row(line.row as usize + 1)?;
    let mut uneven = 0;
    for (column, text) in &cells {
        match column.checked_sub(start).map(|column| column as usize) {
            Some(column) if column < builder.width() => builder.push(column, text)?,
            Some(column) => uneven = column + 1,
            None => uneven = builder.width() + 1,
        }
    }
    if uneven > 0 {
        builder.mark_uneven(uneven);
    }
    Ok(())
}

/// The text a person reads in the cell; errors such as `#N/A` count as empty.
fn plain(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}
