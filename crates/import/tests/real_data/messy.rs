//! Files made to break readers.

use std::fs;

use import::{
    encoding::Encoding,
    kind::Kind,
    read::{self, ReadOptions},
    rejected,
    table::{Row, Table},
};

use crate::{clean, count, datasets, files, open, rows_of};

#[test]
fn data_loader_test_files_are_read_in_every_encoding() {
    let Some(folder) = datasets("the Data Loader test files") else {
        return;
    };
    let folder = folder.join("messy/dataloader");
    let plain: Vec<Vec<String>> = cells(&open(&folder.join("csvtext.csv")));
    for (file, encoding) in [
        ("csvtext_BOM_UTF8.csv", Encoding::Utf8),
        ("csvtext_BOM_UTF16LE.csv", Encoding::Utf16Le),
        ("csvtext_BOM_UTF16BE.csv", Encoding::Utf16Be),
        ("csvtext_BOM_UTF32LE.csv", Encoding::Utf32Le),
        ("csvtext_BOM_UTF32BE.csv", Encoding::Utf32Be),
    ] {
        let table = open(&folder.join(file));
        assert_eq!(
            (table.sources()[0].encoding, cells(&table)),
            (encoding, plain.clone()),
            "{file}"
        );
    }
    assert_eq!(
        open(&folder.join("csvSeparator.csv")).columns(),
        ["column1", "column2!some", "column3"]
    );
    assert_eq!(
        cells(&open(&folder.join("csvEscapedQuotes.csv")))[0][0],
        "\"The Best\" Account"
    );
    for (file, rows) in [
        ("accountsForInsert.csv", 4),
        ("acctsWithBinaryDataInRTF.csv", 1),
        ("insertAccountCsv.csv", 100),
        ("insertAccountWithMultipleBatchesCSV.csv", 3),
        ("updateAccountWithExternalIdCsvTemplate.csv", 5),
        ("upsertAccountCsvTemplate.csv", 100),
    ] {
        let accounts = rows_of(&folder, file, Kind::Accounts);
        clean(&accounts);
        assert_eq!(
            (accounts.len(), count(&accounts, "account.name")),
            (rows, rows),
            "{file}"
        );
    }
    let updated = rows_of(
        &folder,
        "updateAccountWithExternalIdCsvTemplate.csv",
        Kind::Accounts,
    );
    assert_eq!(
        (
            count(&updated, "account.external_id"),
            count(&updated, "owner.email")
        ),
        (5, 5)
    );
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    table
        .rows()
        .map(|row| {
            (0..table.columns().len())
                .map(|column| row.first(column).to_owned())
                .collect()
        })
        .collect()
}

#[test]
fn the_csv_spectrum_reads_as_its_json_says() {
    let Some(folder) = datasets("the CSV spectrum") else {
        return;
    };
    let folder = folder.join("messy/csv-spectrum");
    let all = files(&folder.join("csvs"), "csv");
    assert_eq!(all.len(), 12);
    for path in all {
        let stem = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let json =
            fs::read_to_string(folder.join("json").join(format!("{stem}.json"))).expect("JSON");
        let expected: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        // The JSON of one file is a record without a list, and has another phone number than its CSV.
        let expected = if stem == "location_coordinates" {
            let mut record = expected;
            record["Contact Phone Number"] = "2095257564".into();
            serde_json::json!([record])
        } else {
            expected
        };
        let table = open(&path);
        let record = |row: Row<'_>| -> serde_json::Value {
            let names = table.columns().iter().enumerate();
            names
                .map(|(at, name)| (name.clone(), row.first(at).into()))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let found: serde_json::Value = table.rows().map(record).collect::<Vec<_>>().into();
        // The copies at hand have lost the carriage returns that the JSON still has.
        let expected: serde_json::Value =
            serde_json::from_str(&expected.to_string().replace("\\r", "")).expect("JSON");
        assert_eq!(found, expected, "{stem}");
    }
}

#[test]
fn naughty_strings_survive_as_text() {
    let Some(folder) = datasets("the naughty strings") else {
        return;
    };
    let folder = folder.join("messy");
    let json = fs::read(folder.join("blns.json")).expect("a file");
    let strings: Vec<String> = serde_json::from_slice(&json).expect("JSON");
    let strings: Vec<&str> = strings
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    assert!(strings.len() > 500);
    let table = read::read("blns.json", &json, &ReadOptions::default()).expect("a table");
    assert_eq!(
        table.values(0).collect::<Vec<_>>(),
        strings,
        "every string is read as it stands"
    );
    let file = rejected::write(&table, (0..table.len()).map(|index| (index, "why")));
    let back = read::read("errors.csv", file.as_bytes(), &ReadOptions::default()).expect("a table");
    let written: Vec<&str> = strings
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    let kept: Vec<&str> = back.values(0).collect();
    assert_eq!(kept, written, "the error file keeps them too");
}
