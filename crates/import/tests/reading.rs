//! Files into tables: formats, delimiters, quotes, bounds and refusals.

use import::{
    problem::FileProblem,
    read::{self, Limits, ReadOptions},
    rejected,
    table::{Delimiter, Format, Table},
};
use proptest::prelude::*;

fn read(file_name: &str, text: &str) -> Table {
    read::read(file_name, text.as_bytes(), &ReadOptions::default()).expect("a table")
}

fn refused(file_name: &str, bytes: &[u8]) -> FileProblem {
    read::read(file_name, bytes, &ReadOptions::default()).expect_err("a refusal")
}

/// Every cell, lists joined with `|`, empty cells as empty text.
fn grid(table: &Table) -> Vec<Vec<String>> {
    let cell =
        |row: import::table::Row<'_>, column| row.values(column).collect::<Vec<_>>().join("|");
    table
        .rows()
        .map(|row| {
            (0..table.columns().len())
                .map(|column| cell(row, column))
                .collect()
        })
        .collect()
}

fn check(file_name: &str, text: &str, columns: &[&str], rows: &[&[&str]]) {
    let table = read(file_name, text);
    assert_eq!(table.columns(), columns, "{text}");
    assert_eq!(grid(&table), rows, "{text}");
}

#[test]
fn delimiters_are_found_by_the_lines_they_split_evenly() {
    for (delimiter, mark) in [
        (Delimiter::Comma, ","),
        (Delimiter::Semicolon, ";"),
        (Delimiter::Tab, "\t"),
        (Delimiter::Pipe, "|"),
    ] {
        let text = [
            "name",
            "amount",
            "note\nAcme",
            "12",
            "a, b; c\nBeta",
            "13",
            "\"x\ny\"\n",
        ]
        .join(mark);
        let text = if mark == "," || mark == ";" {
            text.replace("a, b; c", "\"a, b; c\"")
        } else {
            text
        };
        let table = read("deals.csv", &text);
        assert_eq!(table.sources()[0].delimiter, Some(delimiter));
        assert_eq!(
            grid(&table),
            [["Acme", "12", "a, b; c"], ["Beta", "13", "x\ny"]]
        );
    }
    check(
        "a.csv",
        "sep=;\r\na;b\r\n1,5;2\r\n",
        &["a", "b"],
        &[&["1,5", "2"]],
    );
    check(
        "a.csv",
        "a;b\n1,5;2,5\n1,5;2,5\n",
        &["a", "b"],
        &[&["1,5", "2,5"], &["1,5", "2,5"]],
    );
}

#[test]
fn quotes_line_ends_and_blank_lines_are_read_as_a_spreadsheet_reads_them() {
    check(
        "a.csv",
        "a,b\r\n\"1\r\n2\",\"say \"\"hi\"\"\"\r\n",
        &["a", "b"],
        &[&["1\r\n2", "say \"hi\""]],
    );
    check("a.csv", "a,b\r1,2\r", &["a", "b"], &[&["1", "2"]]);
    check(
        "a.csv",
        "a,b\n5\" disk,\"x\"y\n",
        &["a", "b"],
        &[&["5\" disk", "xy"]],
    );
    let table = read("a.csv", "\n\na,b\n1,2\n\n3,4");
    let numbers: Vec<usize> = table.rows().map(|row| row.number()).collect();
    assert_eq!(numbers, [4, 6], "rows have the numbers that a person sees");
}

#[test]
fn headers_are_made_unique_and_named() {
    check(
        "a.csv",
        " a ,,a,a\n1,2,3,4\n",
        &["a", "Column 2", "a (2)", "a (3)"],
        &[&["1", "2", "3", "4"]],
    );
}

#[test]
fn a_row_with_more_cells_than_the_header_says_so() {
    let table = read("a.csv", "a,b\n1,2,\n1,2,3\n1\n");
    let uneven: Vec<Option<usize>> = table.rows().map(|row| row.uneven()).collect();
    assert_eq!(
        uneven,
        [None, Some(3), None],
        "surplus empty cells and missing last cells do no harm"
    );
}

#[test]
fn json_and_yaml_records_become_rows_with_dotted_columns_and_lists() {
    let columns = ["name", "address.country", "tags", "links.url", "links.text"];
    let rows: &[&[&str]] = &[
        &["Acme", "DE", "a|b", "u1|u2", "|t2"],
        &["Beta", "", "", "", ""],
    ];
    let json = r#"{"name":"Acme","address":{"country":"DE"},"tags":["a","b"],"links":[{"url":"u1"},{"url":"u2","text":"t2"}]}"#;
    check(
        "a.jsonl",
        &format!("{json}\n{{\"name\":\"Beta\"}}\n"),
        &columns,
        rows,
    );
    check(
        "a.json",
        &format!("[{json}, {{\"name\":\"Beta\",\"tags\":null}}]"),
        &columns,
        rows,
    );
    check(
        "a.json",
        &format!("{{\"records\":[{json},{{\"name\":\"Beta\"}}]}}"),
        &columns,
        rows,
    );
    let yaml = "- name: Acme\n  address: {country: DE}\n  tags: [a, b]\n  links:\n  - url: u1\n  - {url: u2, text: t2}\n- name: Beta\n";
    check("a.yml", yaml, &columns, rows);
    check(
        "a.yaml",
        "adopters:\n  project: x\n  companies:\n  - name: Acme\n  - name: Beta\n",
        &["name"],
        &[&["Acme"], &["Beta"]],
    );
    check(
        "a.yaml",
        "name: Acme\n---\nname: Beta\n",
        &["name"],
        &[&["Acme"], &["Beta"]],
    );
}

#[test]
fn yaml_scalars_stay_the_text_they_are() {
    let yaml = "country: no\nversion: 1.10\ndate: 2020-05-05T02:59:51.000Z\nempty: ~\nword: 'null'\nanchor: &a x\nalias: *a\n";
    check(
        "a.yaml",
        yaml,
        &["country", "version", "date", "word", "anchor", "alias"],
        &[&["no", "1.10", "2020-05-05T02:59:51.000Z", "null", "x", "x"]],
    );
}

#[test]
fn several_files_of_one_kind_become_one_table() {
    let tables = vec![
        read("a.yaml", "name: Acme\nsize: 3"),
        read("b.yaml", "size: 4\nurl: x\nname: Beta"),
    ];
    let table = Table::join(tables, &Limits::default()).expect("a table");
    assert_eq!(table.columns(), ["name", "size", "url"]);
    assert_eq!(grid(&table), [["Acme", "3", ""], ["Beta", "4", "x"]]);
    let sources: Vec<&str> = table
        .rows()
        .map(|row| row.source().file_name.as_str())
        .collect();
    assert_eq!(sources, ["a.yaml", "b.yaml"]);
}

#[test]
fn what_is_no_table_is_refused_whole_and_says_what_it_is() {
    assert_eq!(refused("a.csv", b""), FileProblem::Empty);
    assert_eq!(refused("a.csv", b" \r\n\r\n"), FileProblem::Empty);
    assert_eq!(
        refused("a.csv", b"%PDF-1.7"),
        FileProblem::NotATable {
            found: "a PDF document"
        }
    );
    assert_eq!(
        refused("a.csv", b"a,b\n1,\0\n"),
        FileProblem::NotATable {
            found: "binary data"
        }
    );
    assert_eq!(
        refused("a.csv", b"<!DOCTYPE html><p>Sign in"),
        FileProblem::NotATable {
            found: "a web page"
        }
    );
    assert_eq!(
        refused("a.csv", b"a,b\n1,2\n3,\"cut of"),
        FileProblem::UnclosedQuote { row: 3 }
    );
    assert!(matches!(
        refused("a.xlsx", b"PK\x03\x04 no workbook"),
        FileProblem::Workbook { .. }
    ));
    assert!(matches!(
        refused("a.jsonl", b"{\"a\":1}\n{\"a\":"),
        FileProblem::Malformed { record: 2, .. }
    ));
    assert!(matches!(
        refused("a.json", b"[{\"a\":1},{\"a\":}]"),
        FileProblem::Malformed { record: 2, .. }
    ));
    assert!(matches!(
        refused("a.yaml", b"a: [1\nb: }"),
        FileProblem::Malformed { record: 1, .. }
    ));
}

#[test]
fn bounds_are_held() {
    let limits = Limits {
        bytes_max: 1000,
        text_bytes_max: 100,
        rows_max: 3,
        columns_max: 3,
        cells_max: 5,
    };
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let problem =
        |text: &str| read::read("a.csv", text.as_bytes(), &options).expect_err("a refusal");
    assert_eq!(
        problem("a\n1\n2\n3\n4\n"),
        FileProblem::TooManyRows { rows_max: 3 }
    );
    assert_eq!(
        problem("a,b,c,d\n"),
        FileProblem::TooManyColumns { columns_max: 3 }
    );
    assert_eq!(
        problem("a,b\n1,2\n1,2\n1,2\n"),
        FileProblem::TooManyCells { cells_max: 5 }
    );
    assert_eq!(
        problem(&format!("a\n{}\n", "x".repeat(101))),
        FileProblem::TooManyBytes { bytes_max: 100 }
    );
    assert_eq!(
        problem(&"x".repeat(1001)),
        FileProblem::TooManyBytes { bytes_max: 1000 }
    );
}

#[test]
fn a_yaml_file_that_blows_itself_up_or_nests_without_end_is_refused() {
    let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for level in 1..10 {
        let inner = format!("*a{}", level - 1);
        bomb.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            [inner.as_str(); 10].join(",")
        ));
    }
    assert!(matches!(
        refused("a.yaml", bomb.as_bytes()),
        FileProblem::Malformed { .. }
    ));
    let deep = format!("a: {}{}", "[".repeat(200), "]".repeat(200));
    assert!(matches!(
        refused("a.yaml", deep.as_bytes()),
        FileProblem::Malformed { .. }
    ));
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    assert!(matches!(
        refused("a.json", deep.as_bytes()),
        FileProblem::Malformed { .. }
    ));
}

#[test]
fn the_error_file_opens_safely_and_reads_back_as_it_was() {
    let table = read(
        "a.csv",
        "name,formula\nAcme,\"=1+1\"\n\"'quoted\",@x\n-5,plain\n",
    );
    let file = rejected::write(&table, (0..table.len()).map(|index| (index, "=because")));
    for line in file.lines().skip(1) {
        assert!(
            line.split(',')
                .all(|cell| !cell.starts_with(['=', '+', '-', '@'])),
            "{line}"
        );
    }
    let back = read("errors.csv", &file);
    assert_eq!(back.columns(), ["name", "formula", rejected::REASON_COLUMN]);
    assert_eq!(grid(&back)[0], ["Acme", "=1+1", "=because"]);
    assert_eq!(grid(&back)[1], ["'quoted", "@x", "=because"]);
    assert_eq!(grid(&back)[2], ["-5", "plain", "=because"]);
}

#[test]
fn the_format_is_found_without_a_telling_name() {
    assert_eq!(
        read("upload", "{\"a\":1}\n{\"a\":2}").sources()[0].format,
        Format::JsonLines
    );
    assert_eq!(
        read("upload", "---\na: 1\n").sources()[0].format,
        Format::Yaml
    );
    assert_eq!(
        read("upload", "a,b\n1,2\n").sources()[0].format,
        Format::Csv
    );
}

fn cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof!["[ -~\n\r\t\"',;|=+@äß€😀-]{0,12}", "\\PC{0,8}"];
    (1_usize..6).prop_flat_map(move |width| {
        prop::collection::vec(prop::collection::vec(cell.clone(), width), 1..8)
    })
}

proptest! {
    /// What the error file writes, it reads back: cells with anything but NUL in them.
    #[test]
    fn rows_survive_being_written_and_read(rows in cells()) {
        let width = rows[0].len();
        let mut text = (0..width).map(|column| format!("c{column}")).collect::<Vec<_>>().join(",");
        text.push('\n');
        for row in &rows {
            let quoted: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        let options = ReadOptions { delimiter: Some(Delimiter::Comma), ..ReadOptions::default() };
        let table = read::read("a.csv", text.as_bytes(), &options).expect("a table");
        let kept: Vec<Vec<String>> = rows.into_iter().filter(|row| width > 1 || !row[0].trim().is_empty()).collect();
        prop_assert_eq!(grid(&table), kept.clone());
        let file = rejected::write(&table, (0..table.len()).map(|index| (index, "why")));
        let back = read::read("errors.csv", file.as_bytes(), &options).expect("a table");
        let back: Vec<Vec<String>> = grid(&back).into_iter().map(|mut row| { row.pop(); row }).collect();
        prop_assert_eq!(back, kept);
    }

    /// On files that the csv crate and we both accept, we read the same cells.
    #[test]
    fn cells_are_those_of_the_csv_crate(text in "[ab,\"\n ]{0,40}") {
        let text = format!("h,i\n{text}");
        let options = ReadOptions { delimiter: Some(Delimiter::Comma), ..ReadOptions::default() };
        let Ok(table) = read::read("a.csv", text.as_bytes(), &options) else { return Ok(()) };
        let mut oracle = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = oracle
            .records()
            .map(|record| record.expect("a record"))
            .filter(|record| record.len() > 1 || !record[0].trim().is_empty())
            .map(|record| (0..2).map(|at| record.get(at).unwrap_or("").to_owned()).collect())
            .collect();
        prop_assert_eq!(grid(&table), expected);
    }

    /// Whatever the bytes: a table or a refusal, never a crash.
    #[test]
    fn no_bytes_crash_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), name in "a\\.(csv|json|yaml|xlsx|txt)") {
        let _ = read::read(&name, &bytes, &ReadOptions::default());
    }
}
