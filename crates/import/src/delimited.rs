//! Lines of cells between delimiters, with quotes.
//!
//! Stricter than common readers in one point and closer to a spreadsheet in another: a quote that
//! is never closed refuses the file instead of swallowing its rest, and blank lines are counted,
//! so that a row has the number a person sees.

use crate::{
    problem::FileProblem,
    rejected,
    table::{Builder, Delimiter},
};

impl Delimiter {
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

/// The cells of one line.
#[derive(Default)]
struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = &self.text[start..*end];
            start = *end;
            cell
        })
    }

    fn is_blank(&self) -> bool {
        self.len() <= 1 && self.text.trim().is_empty()
    }
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
    delimiter: u8,
    number: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, delimiter: Delimiter) -> Self {
        Self {
            text,
            at: 0,
            delimiter: delimiter.byte(),
            number: 0,
        }
    }

    /// Reads the next line into `cells`; false at the end of the text.
    fn next(&mut self, cells: &mut Cells) -> Result<bool, FileProblem> {
        cells.clear();
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return Ok(false);
        }
        self.number += 1;
        loop {
            if bytes.get(self.at) == Some(&b'"') {
                self.quoted(cells)?;
            }
            self.plain(cells);
            cells.ends.push(cells.text.len());
            match bytes.get(self.at) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                Some(b'\r') if bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return Ok(true);
                }
                _ => {
                    self.at += 1;
                    return Ok(true);
                }
            }
        }
    }

    /// Text up to the next delimiter or line end. After a closing quote it is kept as it stands.
    fn plain(&mut self, cells: &mut Cells) {
        let rest = &self.text.as_bytes()[self.at..];
        let stops = |byte: &u8| *byte == self.delimiter || *byte == b'\n' || *byte == b'\r';
        let length = rest.iter().position(stops).unwrap_or(rest.len());
        cells.text.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
    }

    fn quoted(&mut self, cells: &mut Cells) -> Result<(), FileProblem> {
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            let rest = &bytes[self.at..];
            let Some(length) = rest.iter().position(|byte| *byte == b'"') else {
                return Err(FileProblem::UnclosedQuote { row: self.number });
            };
            cells.text.push_str(&self.text[self.at..self.at + length]);
            self.at += length + 1;
            if bytes.get(self.at) != Some(&b'"') {
                return Ok(());
            }
            cells.text.push('"');
            self.at += 1;
        }
    }
}

/// Fills the table from delimited text; the first line that is not blank is the header.
pub(crate) fn read(
    text: &str,
    delimiter: Delimiter,
    builder: &mut Builder<'_>,
) -> Result<(), FileProblem> {
    let mut lines = Lines::new(text, delimiter);
    let mut cells = Cells::default();
    while lines.next(&mut cells)? {
        if !cells.is_blank() {
            break;
        }
    }
    if cells.is_blank() {
        return Err(FileProblem::Empty);
    }
    let escaped = cells
        .iter()
        .last()
        .is_some_and(|name| name.trim() == rejected::REASON_COLUMN);
    builder.header(cells.iter())?;
    while lines.next(&mut cells)? {
        if cells.is_blank() {
            continue;
        }
        builder.start_row(lines.number)?;
        let surplus = cells
            .iter()
            .skip(builder.width())
            .any(|cell| !cell.trim().is_empty());
        if surplus {
            builder.mark_uneven(cells.len());
        }
        for (column, cell) in cells.iter().take(builder.width()).enumerate() {
            builder.push(
                column,
                if escaped {
                    rejected::unescape(cell)
                } else {
                    cell
                },
            )?;
        }
    }
    Ok(())
}

/// The delimiter that splits most lines into as many cells as the header has.
pub(crate) fn sniff(text: &str) -> Delimiter {
    let sample = &text[..text.floor_char_boundary(64 * 1024)];
    let mut best = (0.0, Delimiter::Comma);
    for delimiter in Delimiter::ALL {
        let score = evenness(sample, *delimiter, sample.len() < text.len());
        if score > best.0 {
            best = (score, *delimiter);
        }
    }
    best.1
}

fn evenness(sample: &str, delimiter: Delimiter, cut: bool) -> f64 {
    let mut lines = Lines::new(sample, delimiter);
    let mut cells = Cells::default();
    let mut lengths = Vec::new();
    while lengths.len() < 100 && matches!(lines.next(&mut cells), Ok(true)) {
        if !cells.is_blank() {
            lengths.push(cells.len());
        }
    }
    if cut && lengths.len() > 1 && lines.at >= sample.len() {
        lengths.pop();
    }
    let Some(header) = lengths.first().copied().filter(|header| *header > 1) else {
        return 0.0;
    };
    let even = lengths.iter().filter(|length| **length == header).count() as f64;
    // More columns break the tie between two delimiters that both split evenly.
    even / lengths.len() as f64 + header.min(100) as f64 / 1000.0
}

/// A first line such as `sep=;` is how Excel is told the delimiter: it and the rest of the text.
pub(crate) fn declared(text: &str) -> Option<(Delimiter, &str)> {
    let rest = text.strip_prefix("sep=")?;
    let delimiter = Delimiter::ALL
        .iter()
        .copied()
        .find(|delimiter| rest.as_bytes().first() == Some(&delimiter.byte()))?;
    let rest = rest[1..].strip_prefix('\r').unwrap_or(&rest[1..]);
    Some((delimiter, rest.strip_prefix('\n')?))
}

/// Writes one line of comma-separated cells, quoting where the format asks for it.
pub fn write_line<'a>(cells: impl IntoIterator<Item = &'a str>, out: &mut String) {
    let start = out.len();
    let mut first = true;
    for cell in cells {
        if !first {
            out.push(',');
        }
        first = false;
        let special = |character| matches!(character, ',' | '"' | '\n' | '\r' | ';' | '\t' | '|');
        if cell.contains(special) || cell != cell.trim() {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    if out.len() == start {
        // One empty cell alone would read back as a blank line.
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
}
