//! Why a file or a mapping is refused whole, in words for the person who brought it.

/// The file cannot be read as a table; nothing of it is used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    #[error(
        "The file has no rows. Export it again and check that it holds a header and at least one row."
    )]
    Empty,
    #[error("The file holds {found}, not a table. Save it as CSV, XLSX, JSON lines or YAML.")]
    NotATable { found: &'static str },
    #[error(
        "The file says it is {encoding} but its bytes are not. Save it again as UTF-8 and upload it once more."
    )]
    Garbled { encoding: &'static str },
    #[error(
        "Row {row} opens a quotation mark that is never closed, so the file is cut off or a quote is missing. Correct that row, or export the file again."
    )]
    UnclosedQuote { row: usize },
    #[error("The file is larger than {bytes_max} bytes. Split it into smaller files.")]
    TooManyBytes { bytes_max: usize },
    #[error("The file has more than {rows_max} rows. Split it into smaller files.")]
    TooManyRows { rows_max: usize },
    #[error("The file has more than {columns_max} columns. Leave out the columns you do not need.")]
    TooManyColumns { columns_max: usize },
    #[error("The file has more than {cells_max} filled cells. Split it into smaller files.")]
    TooManyCells { cells_max: usize },
    #[error(
        "Record {record} is not valid {format}: {detail}. Correct it, or export the file again."
    )]
    Malformed {
        format: &'static str,
        record: usize,
        detail: String,
    },
    #[error("The workbook cannot be opened: {detail}. Save it again as XLSX without a password.")]
    Workbook { detail: String },
    #[error("The workbook has no sheet named \"{sheet}\". Choose one of its sheets: {sheets}.")]
    NoSuchSheet { sheet: String, sheets: String },
}

/// The mapping cannot be applied to the table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingProblem {
    #[error(
        "The file has no column \"{column}\". Choose another column or take it out of the mapping."
    )]
    NoSuchColumn { column: String },
    #[error("There is no field \"{field}\" for {kind}. Choose another field for this column.")]
    NoSuchField { field: String, kind: &'static str },
    #[error(
        "No column gives {needed}. Map a column to it, or it cannot be told which record a row is."
    )]
    NothingRequired { needed: String },
    #[error("\"{column}\" can be read in more than one way. Say which one is meant: {options}.")]
    Unanswered { column: String, options: String },
    #[error(
        "\"{column}\" holds amounts without a currency. Map a currency column or choose a default currency."
    )]
    NoCurrency { column: String },
    #[error("\"{value}\" cannot be read as {field}. Choose another constant.")]
    Constant { field: String, value: String },
    #[error(
        "The mapping is for {mapped}, the import is for {wanted}. Choose a mapping for {wanted}."
    )]
    OtherKind {
        mapped: &'static str,
        wanted: &'static str,
    },
    #[error(
        "The mapping has version {version}, this program reads version 1. Make the mapping again."
    )]
    OtherVersion { version: u32 },
    #[error(
        "Line {line} of the mapping file is not \"column=field\". Correct it and upload it again."
    )]
    NotProperties { line: usize },
}
