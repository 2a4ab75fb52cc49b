//! XLSX workbooks, made here so that every part of the file is known.

use std::io::{Cursor, Write};

use import::{
    problem::FileProblem,
    read::{self, Limits, ReadOptions},
    table::Table,
};
use zip::{ZipWriter, write::SimpleFileOptions};

const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// A workbook of these sheets: name and rows as XML.
fn workbook(sheets: &[(&str, &str)], extra: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(content).expect("written");
    };
    let mut content_types = String::from(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>"#,
    );
    let mut entries = String::new();
    let mut relations = String::from(
        r#"<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    );
    for (number, (name, rows)) in sheets.iter().enumerate() {
        content_types.push_str(&format!(r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#));
        entries.push_str(&format!(
            r#"<sheet name="{name}" sheetId="{}" r:id="r{number}"/>"#,
            number + 1
        ));
        relations.push_str(&format!(r#"<Relationship Id="r{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#));
        let sheet = format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        );
        add(
            &format!("xl/worksheets/sheet{number}.xml"),
            sheet.as_bytes(),
        );
    }
    content_types.push_str("</Types>");
    add("[Content_Types].xml", content_types.as_bytes());
    let book = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{entries}</sheets></workbook>"#
    );
    add("xl/workbook.xml", book.as_bytes());
    let package = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    add("_rels/.rels", package);
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    );
    add("xl/_rels/workbook.xml.rels", relations.as_bytes());
    add("xl/styles.xml", STYLES.as_bytes());
    for (name, content) in extra {
        add(name, content);
    }
    zip.finish().expect("a workbook").into_inner()
}

fn text(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn deals() -> String {
    let header = [
        text("B2", "Name"),
        text("C2", "Close date"),
        text("D2", "Amount"),
        text("E2", "Won"),
    ]
    .concat();
    let first = format!(
        r#"{}<c r="C3" s="1"><v>45631</v></c><c r="D3"><v>1234.5</v></c><c r="E3" t="b"><v>1</v></c>"#,
        text("B3", "Acme &amp; Co")
    );
    let second = format!(r#"{}<c r="D5" t="e"><v>#N/A</v></c>"#, text("B5", "Beta"));
    format!(r#"<row r="2">{header}</row><row r="3">{first}</row><row r="5">{second}</row>"#)
}

fn grid(table: &Table) -> Vec<Vec<&str>> {
    table
        .rows()
        .map(|row| {
            (0..table.columns().len())
                .map(|column| row.first(column))
                .collect()
        })
        .collect()
}

#[test]
fn the_first_sheet_with_content_is_read_with_plain_numbers_and_dates() {
    let bytes = workbook(&[("Empty", ""), ("Deals", &deals()), ("More", "")], &[]);
    let table = read::read("deals.xlsx", &bytes, &ReadOptions::default()).expect("a table");
    assert_eq!(table.columns(), ["Name", "Close date", "Amount", "Won"]);
    assert_eq!(
        grid(&table),
        [
            ["Acme & Co", "2024-12-05", "1234.5", "true"],
            ["Beta", "", "", ""]
        ]
    );
    assert_eq!(
        table.rows().map(|row| row.number()).collect::<Vec<_>>(),
        [3, 5]
    );
    assert_eq!(table.sources()[0].other_sheets, ["Empty", "More"]);
}

#[test]
fn a_sheet_may_be_chosen_by_name() {
    let other = format!(
        r#"<row r="1">{}</row><row r="2">{}</row>"#,
        text("A1", "a"),
        text("A2", "x")
    );
    let bytes = workbook(&[("Deals", &deals()), ("Other", &other)], &[]);
    let choose = |sheet: &str| {
        read::read(
            "a.xlsx",
            &bytes,
            &ReadOptions {
                sheet: Some(sheet.to_owned()),
                ..ReadOptions::default()
            },
        )
    };
    assert_eq!(grid(&choose("Other").expect("a table")), [["x"]]);
    assert!(matches!(
        choose("Gone"),
        Err(FileProblem::NoSuchSheet { .. })
    ));
}

#[test]
fn a_workbook_that_unpacks_to_more_than_the_bound_is_refused_before_it_is_opened() {
    let bytes = workbook(
        &[("Deals", &deals())],
        &[("xl/media/bomb.bin", &vec![0; 3_000_000])],
    );
    assert!(bytes.len() < 20_000);
    let limits = Limits {
        text_bytes_max: 1_000_000,
        ..Limits::default()
    };
    let refused = read::read(
        "a.xlsx",
        &bytes,
        &ReadOptions {
            limits,
            ..ReadOptions::default()
        },
    );
    assert_eq!(
        refused.err(),
        Some(FileProblem::TooManyBytes {
            bytes_max: 1_000_000
        })
    );
}

#[test]
fn workbooks_without_rows_and_other_archives_are_refused() {
    let empty = workbook(&[("Empty", "")], &[]);
    assert_eq!(
        read::read("a.xlsx", &empty, &ReadOptions::default()).err(),
        Some(FileProblem::Empty)
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.csv", SimpleFileOptions::default())
        .expect("a part");
    let archive = zip.finish().expect("an archive").into_inner();
    assert!(matches!(
        read::read("a.xlsx", &archive, &ReadOptions::default()),
        Err(FileProblem::Workbook { .. })
    ));
    let cut = &workbook(&[("Deals", &deals())], &[])[..200];
    assert!(matches!(
        read::read("a.xlsx", cut, &ReadOptions::default()),
        Err(FileProblem::Workbook { .. })
    ));
}
