//! The cells of a file as text, stored compactly: one text for all cells and eight bytes per
//! filled cell. Knows nothing of what the text means.

use std::collections::HashMap;

use domain::word_list;

use crate::{encoding::Encoding, problem::FileProblem, read::Limits};

word_list! {
    /// The shape of a file.
    Format { Csv, Xlsx, JsonLines, Json, Yaml }
}

word_list! {
    /// What stands between the cells of a line.
    Delimiter { Comma, Semicolon, Tab, Pipe }
}

/// One of the files that a table was read from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Source {
    pub file_name: String,
    pub format: Format,
    pub encoding: Encoding,
    pub delimiter: Option<Delimiter>,
    /// The sheets of a workbook that were not read.
    pub other_sheets: Vec<String>,
}

/// Rows of text under named columns. A cell may hold several values (a list in JSON or YAML).
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<String>,
    text: String,
    cells: Vec<Cell>,
    rows: Vec<Head>,
    sources: Vec<Source>,
    /// Rows with more cells than the header, and how many they have.
    uneven: Vec<(u32, u32)>,
}

/// A value starts where the one before it ends. Empty values are not stored.
#[derive(Clone, Copy, Debug)]
struct Cell {
    column: u32,
    end: u32,
}

#[derive(Clone, Copy, Debug)]
struct Head {
    number: u32,
    source: u32,
    first_cell: u32,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    index: usize,
}

impl Table {
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The files it was read from, in order.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        (index < self.rows.len()).then_some(Row { table: self, index })
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> + Clone {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The values of a column, top to bottom.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows().flat_map(move |row| row.values(column))
    }

    /// Bytes held for the cells.
    pub fn heap_bytes(&self) -> usize {
        self.text.capacity()
            + self.cells.capacity() * size_of::<Cell>()
            + self.rows.capacity() * size_of::<Head>()
    }

    /// Puts several files of one kind under each other; columns of the same name become one.
    pub fn join(tables: Vec<Table>, limits: &Limits) -> Result<Table, FileProblem> {
        let mut whole = Builder::new(limits);
        for table in &tables {
            let columns = table
                .columns
                .iter()
                .map(|name| whole.column(name))
                .collect::<Result<Vec<_>, _>>()?;
            let first_source = whole.table.sources.len();
            whole.table.sources.extend(table.sources.iter().cloned());
            for row in table.rows() {
                whole.source = first_source + table.rows[row.index].source as usize;
                whole.start_row(row.number())?;
                if let Some(cells) = row.uneven() {
                    whole.mark_uneven(cells);
                }
                for (column, text) in row.cells() {
                    whole.keep(columns[column], text)?;
                }
            }
        }
        whole.finish()
    }
}

impl<'t> Row<'t> {
    /// Where the row stands in the table, from 0.
    pub fn index(self) -> usize {
        self.index
    }

    /// The row as a person counts: the row of the sheet (the header is 1), or the record of a
    /// JSON or YAML file (the first is 1).
    pub fn number(self) -> usize {
        self.table.rows[self.index].number as usize
    }

    pub fn source(self) -> &'t Source {
        &self.table.sources[self.table.rows[self.index].source as usize]
    }

    /// The filled cells: column and text.
    pub fn cells(self) -> impl Iterator<Item = (usize, &'t str)> {
        let first = self.table.rows[self.index].first_cell as usize;
        let end = self
            .table
            .rows
            .get(self.index + 1)
            .map_or(self.table.cells.len(), |next| next.first_cell as usize);
        let mut start = if first == 0 {
            0
        } else {
            self.table.cells[first - 1].end as usize
        };
        self.table.cells[first..end].iter().map(move |cell| {
            let text = &self.table.text[start..cell.end as usize];
            start = cell.end as usize;
            (cell.column as usize, text)
        })
    }

    /// The values of a cell: none when it is empty, several for a list.
    pub fn values(self, column: usize) -> impl Iterator<Item = &'t str> {
        self.cells()
            .filter(move |(at, _)| *at == column)
            .map(|(_, text)| text)
    }

    /// The first value of a cell, empty when there is none.
    pub fn first(self, column: usize) -> &'t str {
        self.values(column).next().unwrap_or("")
    }

    /// The number of cells when the row has more of them than the header.
    pub fn uneven(self) -> Option<usize> {
        let at = self
            .table
            .uneven
            .binary_search_by_key(&(self.index as u32), |(row, _)| *row);
        at.ok().map(|at| self.table.uneven[at].1 as usize)
    }
}

/// Fills a table and holds its bounds.
pub(crate) struct Builder<'l> {
    table: Table,
    by_name: HashMap<String, usize>,
    limits: &'l Limits,
    source: usize,
}

impl<'l> Builder<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        let table = Table {
            columns: Vec::new(),
            text: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            sources: Vec::new(),
            uneven: Vec::new(),
        };
        Self {
            table,
            by_name: HashMap::new(),
            limits,
            source: 0,
        }
    }

    pub(crate) fn add_source(&mut self, source: Source) {
        self.table.sources.push(source);
        self.source = self.table.sources.len() - 1;
    }

    /// The column of this name, made when it is new.
    pub(crate) fn column(&mut self, name: &str) -> Result<usize, FileProblem> {
        if let Some(column) = self.by_name.get(name) {
            return Ok(*column);
        }
        let columns_max = self.limits.columns_max;
        if self.table.columns.len() >= columns_max {
            return Err(FileProblem::TooManyColumns { columns_max });
        }
        let column = self.table.columns.len();
        self.table.columns.push(name.to_owned());
        self.by_name.insert(name.to_owned(), column);
        Ok(column)
    }

    /// Makes the columns of a header row: no two alike, none without a name.
    pub(crate) fn header<'a>(
        &mut self,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<(), FileProblem> {
        for (position, name) in names.enumerate() {
            let name = name.trim();
            let name = if name.is_empty() {
                format!("Column {}", position + 1)
            } else {
                name.to_owned()
            };
            let mut unique = name.clone();
            let mut copy = 1;
            while self.by_name.contains_key(&unique) {
                copy += 1;
                unique = format!("{name} ({copy})");
            }
            self.column(&unique)?;
        }
        Ok(())
    }

    pub(crate) fn width(&self) -> usize {
        self.table.columns.len()
    }

    pub(crate) fn start_row(&mut self, number: usize) -> Result<(), FileProblem> {
        let rows_max = self.limits.rows_max;
        if self.table.rows.len() >= rows_max {
            return Err(FileProblem::TooManyRows { rows_max });
        }
        let first_cell = self.table.cells.len() as u32;
        self.table.rows.push(Head {
            number: number as u32,
            source: self.source as u32,
            first_cell,
        });
        Ok(())
    }

    /// Says that the row being filled has more cells than the header.
    pub(crate) fn mark_uneven(&mut self, cells: usize) {
        self.table
            .uneven
            .push((self.table.rows.len() as u32 - 1, cells as u32));
    }

    /// Adds a value to the row being filled, unless it is empty.
    pub(crate) fn push(&mut self, column: usize, text: &str) -> Result<(), FileProblem> {
        if text.is_empty() {
            Ok(())
        } else {
            self.keep(column, text)
        }
    }

    /// Adds a value even when it is empty, so that lists side by side stay in step.
    pub(crate) fn keep(&mut self, column: usize, text: &str) -> Result<(), FileProblem> {
        let Limits {
            cells_max,
            text_bytes_max,
            ..
        } = *self.limits;
        if self.table.cells.len() >= cells_max {
            return Err(FileProblem::TooManyCells { cells_max });
        }
        if self.table.text.len() + text.len() > text_bytes_max {
            return Err(FileProblem::TooManyBytes {
                bytes_max: text_bytes_max,
            });
        }
        self.table.text.push_str(text);
        self.table.cells.push(Cell {
            column: column as u32,
            end: self.table.text.len() as u32,
        });
        Ok(())
    }

    /// Like `finish`, with what was found out about the one file while it was read.
    pub(crate) fn finish_from(mut self, source: Source) -> Result<Table, FileProblem> {
        self.table.sources = vec![source];
        self.finish()
    }

    /// The table, without the room that growing left over. A header alone is a table of no rows.
    pub(crate) fn finish(mut self) -> Result<Table, FileProblem> {
        if self.table.columns.is_empty() {
            return Err(FileProblem::Empty);
        }
        self.table.text.shrink_to_fit();
        self.table.cells.shrink_to_fit();
        Ok(self.table)
    }
}
