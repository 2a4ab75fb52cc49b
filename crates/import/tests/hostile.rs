//! Whatever a file holds: text stays text, nothing crashes, nothing is run by a spreadsheet.

use domain::money::Currency;
use import::{
    catalog,
    kind::Kind,
    mapping::Mapping,
    prepare::{self, PrepareOptions},
    propose::{self, ColumnAnswer},
    read::{self, Limits, ReadOptions},
    recognise, rejected, sdl,
    table::{Delimiter, Table},
    value::Value,
};
use proptest::prelude::*;

const NAUGHTY: &[&str] = &[
    "undefined",
    "hasOwnProperty",
    "1E+02",
    "-$1.00",
    "0x0",
    "<script>alert(1)</script>",
    "'; drop table account; --",
    "=HYPERLINK(\"http://example.com\",\"x\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%s%n%x",
    "../../etc/passwd",
    "田中さんにあげて下さい",
    "الكل في المجمو عة",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "\u{1}\u{2}\u{1b}[31m",
    "quoted \"text\", with; every|delimiter\tand\r\nlines",
    "&lt;not a tag&gt; &amp",
    "\u{202e}txet desrever",
];

fn read(text: &str) -> Table {
    let options = ReadOptions {
        delimiter: Some(Delimiter::Comma),
        ..ReadOptions::default()
    };
    read::read("upload.csv", text.as_bytes(), &options).expect("a table")
}

fn options() -> PrepareOptions {
    PrepareOptions {
        default_currency: Some(Currency::USD),
        today: "2026-11-22".parse().expect("a day"),
    }
}

fn quoted(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    cells.join(",") + "\n"
}

#[test]
fn naughty_strings_stay_the_text_they_are() {
    let mut file = String::from("Name,Story\n");
    for text in NAUGHTY {
        file.push_str(&quoted(&[(*text).to_owned(), (*text).to_owned()]));
    }
    let table = read(&file);
    let mapping = Mapping::new(Kind::Advocates)
        .with("Name", "contact.name")
        .with("Story", "advocate.story");
    let prepared =
        prepare::prepare(Kind::Advocates, &table, &mapping, &options()).expect("prepared");
    for (row, text) in prepared.rows().zip(NAUGHTY) {
        assert_eq!(
            row.get("contact.name").and_then(Value::as_text),
            Some(*text)
        );
        assert_eq!(
            row.get("advocate.story").and_then(Value::as_text),
            Some(*text)
        );
        assert_eq!(row.problems, []);
    }
    let errors = rejected::write(&table, (0..table.len()).map(|index| (index, "why")));
    let back: Vec<String> = read(&errors).values(0).map(str::to_owned).collect();
    assert_eq!(back, NAUGHTY);
}

#[test]
fn a_text_too_long_for_its_field_is_a_problem_and_not_cut() {
    let table = read(&format!(
        "Name,Website\nAcme,x\n{},https://example.com\n",
        "a".repeat(2001)
    ));
    let mapping = Mapping::new(Kind::Accounts)
        .with("Name", "account.name")
        .with("Website", "account.website");
    let prepared =
        prepare::prepare(Kind::Accounts, &table, &mapping, &options()).expect("prepared");
    let rows: Vec<_> = prepared.rows().collect();
    assert_eq!(rows[0].problems[0].field, "account.website");
    assert_eq!(rows[1].get("account.name"), None);
    assert!(
        rows[1].reason().contains("longer than 2000 characters"),
        "{}",
        rows[1].reason()
    );
}

/// Headings that mean something, and some that do not.
fn headings(kind: Kind) -> impl Strategy<Value = Vec<String>> {
    let labels: Vec<String> = catalog::fields(kind)
        .iter()
        .map(|field| field.label.to_owned())
        .collect();
    let heading = prop_oneof![9 => prop::sample::select(labels), 1 => "\\PC{0,12}"];
    prop::collection::vec(heading, 1..8)
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "[0-9.,$€ ()kKmMeE+-]{0,14}",
        "[0-9]{1,4}[-/. ][0-9]{1,4}[-/. ][0-9]{1,4}([T ][0-9:.Z+-]{0,12})?",
        "[a-z]{1,4}@[a-z]{1,4}\\.[a-z]{1,3}",
        "[A-Z][a-z]{1,5}( [A-Z][a-z]{1,5})?(, <?https?://[a-z]{1,5}\\.[a-z]{2,3}>?)?",
        "00[136][A-Za-z0-9]{12}([A-Z0-5]{3})?",
        prop::sample::select(NAUGHTY).prop_map(str::to_owned),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL)
}

proptest! {
    /// Reading, recognising, proposing, answering and preparing never crash, and every row is
    /// given back once.
    #[test]
    fn any_table_can_be_imported_or_is_refused(
        (kind, header, rows) in kind().prop_flat_map(|kind| {
            (Just(kind), headings(kind), prop::collection::vec(prop::collection::vec(cell(), 1..9), 0..8))
        })
    ) {
        let text: String = std::iter::once(&header).chain(&rows).map(|cells| quoted(cells)).collect();
        let options_read = ReadOptions { delimiter: Some(Delimiter::Comma), ..ReadOptions::default() };
        let Ok(table) = read::read("upload.csv", text.as_bytes(), &options_read) else { return Ok(()) };
        recognise::recognise("upload.csv", &table);
        let proposal = propose::propose(kind, &table);
        let answers: Vec<ColumnAnswer> = proposal
            .questions
            .iter()
            .map(|question| ColumnAnswer { column: question.column.clone(), answer: question.options[0].answer })
            .collect();
        let mapping = proposal.mapping(&answers).expect("every question is answered");
        let Ok(prepared) = prepare::prepare(kind, &table, &mapping, &options()) else { return Ok(()) };
        let mut lines: Vec<usize> = prepared.rows().flat_map(|row| row.lines).collect();
        lines.sort_unstable();
        prop_assert_eq!(lines, (0..table.len()).collect::<Vec<_>>());
        let names: Vec<String> = prepared.rows().flat_map(|row| row.values.into_iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()).collect();
        let known = |name: &String| catalog::fields(kind).iter().any(|field| field.name == name);
        prop_assert!(names.iter().all(known));
    }

    #[test]
    fn no_yaml_json_or_mapping_text_crashes_its_reader(text in "[-:\\[\\]{}&*|>'\"#%a0,.=\\\\u \n]{0,60}") {
        for name in ["a.yaml", "a.json", "a.csv"] {
            if let Ok(table) = read::read(name, text.as_bytes(), &ReadOptions::default()) {
                let _ = sdl::read(&text, Kind::Accounts, &table);
                prop_assert!(Table::join(vec![table.clone(), table], &Limits::default()).is_ok());
            }
        }
    }
}
