//! A file's name and bytes into a table: finds the format by content first, by name second.

use crate::{
    delimited,
    encoding::{self, Encoding},
    exported, json,
    problem::FileProblem,
    table::{Builder, Delimiter, Format, Source, Table},
    workbook, yaml,
};

/// What a file may at most hold. With the defaults a table takes at most 256 MB for its text and
/// 172 MB for its cells and rows; 100,000 contacts of 16 columns take 36 MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub bytes_max: usize,
    /// All text of the cells together, also what a packed workbook unpacks to.
    pub text_bytes_max: usize,
    pub rows_max: usize,
    pub columns_max: usize,
    pub cells_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 128 << 20,
            text_bytes_max: 256 << 20,
            rows_max: 1_000_000,
            columns_max: 1_000,
            cells_max: 20_000_000,
        }
    }
}

/// What the caller knows better than the file; everything is found out when left empty.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    pub limits: Limits,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    /// The sheet of a workbook; the first that holds anything when absent.
    pub sheet: Option<String>,
}

/// Reads a whole file, or refuses it whole.
pub fn read(file_name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Table, FileProblem> {
    let bytes_max = options.limits.bytes_max;
    if bytes.len() > bytes_max {
        return Err(FileProblem::TooManyBytes { bytes_max });
    }
    let mut builder = Builder::new(&options.limits);
    let mut source = Source {
        file_name: file_name.to_owned(),
        format: Format::Xlsx,
        encoding: Encoding::Utf8,
        delimiter: None,
        other_sheets: Vec::new(),
    };
    if bytes.starts_with(b"PK\x03\x04") {
        builder.add_source(source.clone());
        let sheet = options.sheet.as_deref();
        source.other_sheets = workbook::read(bytes, sheet, &options.limits, &mut builder)?;
        return builder.finish_from(source);
    }
    if let Some(found) = foreign(bytes) {
        return Err(FileProblem::NotATable { found });
    }
    let (text, encoding) = encoding::decode(bytes, options.encoding)?;
    source.encoding = encoding;
    if text.trim().is_empty() {
        return Err(FileProblem::Empty);
    }
    if text.contains('\0') {
        return Err(FileProblem::NotATable {
            found: "binary data",
        });
    }
    builder.add_source(source.clone());
    source.format = format(file_name, &text)?;
    match source.format {
        Format::Json | Format::JsonLines => source.format = json::read(&text, &mut builder)?,
        Format::Yaml => yaml::read(&text, &mut builder)?,
        Format::Csv | Format::Xlsx => {
            let (declared, text) = match delimited::declared(&text) {
                Some((delimiter, rest)) => (Some(delimiter), rest),
                None => (None, text.as_ref()),
            };
            let delimiter = options
                .delimiter
                .or(declared)
                .or_else(|| exported::delimiter(text))
                .unwrap_or_else(|| delimited::sniff(text));
            source.delimiter = Some(delimiter);
            delimited::read(text, delimiter, &mut builder)?;
        }
    }
    builder.finish_from(source)
}

/// Files of other programs, by how they start.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let known: &[(&[u8], &'static str)] = &[
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "a packed archive"),
        (b"7z\xBC\xAF", "a packed archive"),
        (b"Rar!", "a packed archive"),
        (
            b"\xD0\xCF\x11\xE0",
            "an old or password-protected Office document",
        ),
        (b"{\\rtf", "a rich text document"),
    ];
    known
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, found)| *found)
}

fn format(file_name: &str, text: &str) -> Result<Format, FileProblem> {
    let name = file_name.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let start = text.trim_start();
    let lower: String = start.chars().take(15).collect::<String>().to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Err(FileProblem::NotATable {
            found: "a web page",
        });
    }
    Ok(if ends(&[".csv", ".tsv", ".txt", ".tab", ".psv"]) {
        Format::Csv
    } else if ends(&[".json", ".jsonl", ".ndjson"]) {
        Format::Json
    } else if ends(&[".yaml", ".yml"]) {
        Format::Yaml
    } else if start.starts_with(['{', '[']) {
        Format::Json
    } else if start.starts_with("---") {
        Format::Yaml
    } else {
        Format::Csv
    })
}
