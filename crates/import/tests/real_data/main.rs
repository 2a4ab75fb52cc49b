//! Real files imported without a mapping file, against totals known from elsewhere.
//!
//! The files are not part of this repository. They are looked for in the folder that
//! `GOODWORD_DATASETS` names; without it these tests say that they were left out.

mod crm;
mod headers;
mod messy;
mod stories;

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::money::{Currency, Money};
use import::{
    kind::Kind,
    prepare::{self, PrepareOptions, PreparedRow},
    propose,
    read::{self, ReadOptions},
    recognise,
    table::Table,
    value::Value,
};

/// The folder of real files, or a line that says what was left out.
#[expect(
    clippy::disallowed_methods,
    reason = "the one setting that these tests read"
)]
fn datasets(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GOODWORD_DATASETS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("left out: {test} needs the folder named by GOODWORD_DATASETS");
    }
    folder
}

fn open(path: &Path) -> Table {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.to_string_lossy();
    read::read(&name, &bytes, &ReadOptions::default())
        .unwrap_or_else(|problem| panic!("{name}: {problem}"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

/// Imports as a person would who only presses "next": most likely kind, no answers, dollars.
fn imported(name: &str, table: &Table, kind: Kind) -> Vec<PreparedRow> {
    let likely = recognise::recognise(name, table);
    assert_eq!(
        likely.first().map(|likely| likely.kind),
        Some(kind),
        "{name}: {likely:?}"
    );
    let proposal = propose::propose(kind, table);
    let mapping = proposal
        .mapping(&[])
        .unwrap_or_else(|problem| panic!("{name}: {problem}"));
    let options = PrepareOptions {
        default_currency: Some(Currency::USD),
        today: "2026-11-22".parse().expect("a day"),
    };
    let prepared = prepare::prepare(kind, table, &mapping, &options)
        .unwrap_or_else(|problem| panic!("{name}: {problem}"));
    prepared.rows().collect()
}

fn rows_of(folder: &Path, file: &str, kind: Kind) -> Vec<PreparedRow> {
    imported(file, &open(&folder.join(file)), kind)
}

fn count(rows: &[PreparedRow], field: &str) -> usize {
    rows.iter().filter(|row| row.get(field).is_some()).count()
}

fn with_word(rows: &[PreparedRow], field: &str, word: &'static str) -> usize {
    rows.iter()
        .filter(|row| row.get(field) == Some(&Value::Word(word)))
        .count()
}

fn text<'r>(row: &'r PreparedRow, field: &str) -> &'r str {
    row.get(field).and_then(Value::as_text).unwrap_or_default()
}

fn distinct(rows: &[PreparedRow], field: &str) -> usize {
    let mut values: Vec<&str> = rows
        .iter()
        .map(|row| text(row, field))
        .filter(|text| !text.is_empty())
        .collect();
    values.sort_unstable();
    values.dedup();
    values.len()
}

fn money(row: &PreparedRow, field: &str) -> Option<Money> {
    match row.get(field) {
        Some(Value::Money(money)) => Some(*money),
        _ => None,
    }
}

fn has_term(row: &PreparedRow, field: &str, term: &str) -> bool {
    matches!(row.get(field), Some(Value::Terms(terms)) if terms.iter().any(|held| held == term))
}

fn clean(rows: &[PreparedRow]) {
    for row in rows {
        assert_eq!(row.problems, [], "row {}", row.number);
    }
}
