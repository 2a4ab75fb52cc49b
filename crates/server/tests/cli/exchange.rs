//! Files in and out on the command line, and readers that have seen enough.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::{Value, json};

use super::{goodword, path, refusal, run, stdout};

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let at = folder.join(name);
    std::fs::write(&at, text).expect("written");
    at
}

/// What the columns of a made-up file of people mean.
fn contact_mapping(folder: &Path) -> PathBuf {
    let mapping = json!({
        "version": 1,
        "kind": "contacts",
        "columns": [
            { "column": "Person", "field": "contact.name" },
            { "column": "Mail", "field": "contact.email" },
            { "column": "Works at", "field": "account.name" },
        ],
    });
    file(folder, "mapping.json", &mapping.to_string())
}

fn report(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert!(output.status.success(), "{output:?}");
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn a_file_is_checked_imported_exported_and_imported_again_unchanged() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let contacts = file(
        folder.path(),
        "people.csv",
        "Person,Mail,Works at\nAnn Lee,ann@acme.com,Acme\n=Bob,bob@acme.com,Acme\n",
    );
    let mapping = contact_mapping(folder.path());
    let import = |more: &[&str]| {
        let mut arguments = vec!["import", "contacts", path(&contacts), "--json"];
        arguments.extend(["--mapping", path(&mapping), "--data", path(&data)]);
        arguments.extend(more);
        report(&arguments)
    };
    let planned = import(&["--dry-run"]);
    assert_eq!(
        (&planned["created"], &planned["dry_run"]),
        (&json!(2), &json!(true))
    );
    let done = import(&[]);
    assert_eq!((&done["created"], &done["failed"]), (&json!(2), &json!(0)));
    for format in ["csv", "jsonl"] {
        let out = folder.path().join(format!("contacts.{format}"));
        let arguments = [
            "export",
            "contacts",
            "--format",
            format,
            "--out",
            path(&out),
            "--data",
            path(&data),
        ];
        assert_eq!(stdout(&run(&arguments)), "2 rows written.\n");
        let again = report(&[
            "import",
            "contacts",
            path(&out),
            "--json",
            "--data",
            path(&data),
        ]);
        assert_eq!(
            (&again["unchanged"], &again["rows"]),
            (&json!(2), &json!(2)),
            "{again:#}"
        );
    }
    let printed = stdout(&run(&["export", "contacts", "--data", path(&data)]));
    assert!(printed.starts_with("Goodword contact id,"), "{printed}");
    assert!(printed.contains(",'=Bob,"), "{printed}");
}

#[test]
fn a_mapping_is_kept_under_a_name_and_used_by_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let contacts = file(
        folder.path(),
        "people.csv",
        "Person,Mail,Works at\nAnn Lee,ann@acme.com,Acme\n",
    );
    let mapping = contact_mapping(folder.path());
    let import = |more: &[&str]| {
        let mut arguments = vec!["import", "contacts", path(&contacts)];
        arguments.extend(["--data", path(&data)]);
        arguments.extend(more);
        run(&arguments)
    };
    let unknown = refusal(&import(&["--mapping", "events"]));
    assert!(unknown.contains("None is saved yet"), "{unknown}");
    let first = import(&["--mapping", path(&mapping), "--save-mapping", "events"]);
    assert!(
        stdout(&first).ends_with("use it again with --mapping \"events\".\n"),
        "{first:?}"
    );
    let again = import(&["--mapping", "events", "--json"]);
    let again: Value = serde_json::from_str(&stdout(&again)).expect("JSON");
    assert_eq!(again["unchanged"], 1, "{again:#}");
    let taken = refusal(&import(&["--save-mapping", "events"]));
    assert!(taken.contains("nothing was imported"), "{taken}");
    let unknown = refusal(&import(&["--mapping", "fairs"]));
    assert!(unknown.contains("Saved are: events."), "{unknown}");
}

#[test]
fn an_import_is_taken_back_once_and_what_it_changed_has_its_former_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let import = |name: &str, rows: &str| {
        let text = format!("Account Name,Employees\n{rows}");
        let from = file(folder.path(), name, &text);
        let arguments = ["import", "accounts", path(&from), "--json"];
        report(&[arguments.as_slice(), &["--data", path(&data)]].concat());
    };
    let past =
        |more: &[&str]| run(&[["import"].as_slice(), more, &["--data", path(&data)]].concat());
    let employees = || {
        let export = ["export", "accounts", "--format", "jsonl"];
        let printed = stdout(&run(&[export.as_slice(), &["--data", path(&data)]].concat()));
        let rows = printed
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        rows.map(|row| format!("{} {}", row["Account name"], row["Employees"]))
            .collect::<Vec<_>>()
            .join(", ")
    };
    import("first.csv", "Acme,10\nBolt,20\n");
    let before = employees();
    import("second.csv", "Acme,11\nCrane,30\n");
    let listed: Value = serde_json::from_str(&stdout(&past(&["list", "--json"]))).expect("JSON");
    let id = |place: usize| {
        listed["items"][place]["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    };
    let (second, first) = (id(0), id(1));
    let table = stdout(&past(&["list"]));
    assert!(
        table.contains("second.csv") && table.contains(&second),
        "{table}"
    );
    let planned = stdout(&past(&["undo", &second, "--dry-run"]));
    // The number of employees and the size that follows from it.
    let removed = "Records of the kind account: 1 removed.\nFields of the kind account: 2 with";
    assert!(planned.starts_with(removed), "{planned}");
    assert!(planned.ends_with("this was a dry run.\n"), "{planned}");
    assert!(employees().contains("Crane"), "nothing was taken back yet");
    let done = stdout(&past(&["undo", &second]));
    assert!(
        done.starts_with(removed) && !done.contains("dry run"),
        "{done}"
    );
    assert_eq!(employees(), before);
    assert!(refusal(&past(&["undo", &second])).contains("undone already"));
    let done = stdout(&past(&["undo", &first, "--json"]));
    let done: Value = serde_json::from_str(&done).expect("JSON");
    assert_eq!(
        (&done["removed"]["account"], employees().as_str()),
        (&json!(2), ""),
        "{done:#}"
    );
    let unknown = refusal(&past(&["undo", "00000000-0000-0000-0000-000000000001"]));
    assert!(unknown.contains("goodword import list"), "{unknown}");
}

#[test]
fn json_is_printed_where_json_is_asked_for_and_a_table_never_takes_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let accounts = file(folder.path(), "accounts.csv", "Account Name\nAcme\nBolt\n");
    let imported = run(&["import", "accounts", path(&accounts), "--data", path(&data)]);
    assert!(imported.status.success(), "{imported:?}");
    let out = folder.path().join("out.csv");
    let export = |more: &[&str]| {
        let mut arguments = vec!["export", "accounts", "--json", "--data", path(&data)];
        arguments.extend(more);
        run(&arguments)
    };
    let printed = stdout(&export(&[]));
    let names: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["Account name"].clone())
        .collect();
    assert_eq!(names, ["Acme", "Bolt"], "{printed}");
    assert!(refusal(&export(&["--format", "csv"])).contains("Leave one of them out"));
    assert_eq!(stdout(&export(&["--out", path(&out)])), "{\"rows\":2}\n");
    let written = std::fs::read_to_string(&out).expect("a file");
    assert!(written.starts_with("Goodword account id,"), "{written}");
}

#[test]
fn an_ambiguous_date_is_refused_until_the_order_is_said_and_failed_rows_come_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let accounts = file(
        folder.path(),
        "accounts.csv",
        "Account Name,Customer Since\nAcme,03/04/2025\n,05/06/2025\n",
    );
    let errors = folder.path().join("errors.csv");
    let mut arguments = vec!["import", "accounts", path(&accounts), "--data", path(&data)];
    let refused = refusal(&run(&arguments));
    assert_eq!(
        refused,
        "goodword: \"Customer Since\" can be read in more than one way. Add --date-order \"Customer Since=month_first\" (Month first: 03/04/2025 is 2025-03-04), or --date-order \"Customer Since=day_first\" (Day first: 03/04/2025 is 2025-04-03)."
    );
    arguments.extend([
        "--date-order",
        "Customer Since=day_first",
        "--errors",
        path(&errors),
    ]);
    let done = stdout(&run(&arguments));
    assert!(done.starts_with("CREATED  UPDATED"), "{done}");
    let errors = std::fs::read_to_string(&errors).expect("an error file");
    assert_eq!(errors.lines().count(), 2, "{errors}");
    let raw = [
        "export",
        "accounts",
        "--format",
        "jsonl",
        "--data",
        path(&data),
    ];
    let account: Value = serde_json::from_str(&stdout(&run(&raw))).expect("one record");
    assert_eq!(account["Customer since"], "2025-04-03");
}

#[test]
fn groups_that_are_not_printed_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut deals =
        "Opportunity Name,Account,Stage,Amount,Close Date,Opportunity Owner\n".to_owned();
    for number in 1..=203 {
        deals.push_str(&format!(
            "Deal {number},Acme,Closed Won,5,2026-01-31,Seller {number:03}\n"
        ));
    }
    let mut people = "Full Name,Email\n".to_owned();
    for number in 1..=203 {
        people.push_str(&format!("Seller {number:03},s{number}@example.com\n"));
    }
    for (kind, text) in [("users", people), ("opportunities", deals)] {
        let from = file(folder.path(), &format!("{kind}.csv"), &text);
        let done = report(&["import", kind, path(&from), "--json", "--data", path(&data)]);
        assert_eq!(done["created"], 203, "{done:#}");
    }
    let metric = ["metrics", "leveraging", "--by", "seller"];
    let printed = run(&[metric.as_slice(), &["--data", path(&data)]].concat());
    let printed = stdout(&printed);
    assert!(
        printed.ends_with("And 3 more groups. Use --groups to see them.\n"),
        "{printed}"
    );
}

#[test]
fn a_list_goes_out_as_it_is_narrowed_and_options_of_others_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let export = |more: &[&str]| {
        let mut arguments = vec!["export"];
        arguments.extend(more);
        arguments.extend(["--data", path(&data)]);
        run(&arguments)
    };
    let out = folder.path().join("terms.csv");
    export(&["terms", "--out", path(&out)]);
    let audit = folder.path().join("audit.csv");
    let said = stdout(&export(&["events", "--of", "term", "--out", path(&audit)]));
    assert_eq!(said, "1 rows written.\n");
    let text = std::fs::read_to_string(&audit).expect("read");
    assert!(text.contains("Exported the term"), "{text}");
    let none = stdout(&export(&["events", "--before", "2020-01-01T00:00:00Z"]));
    assert_eq!(none.lines().count(), 1, "only the heading: {none}");
    for refused in [
        ["steward", "--of", "everything"],
        ["terms", "--of", "term"],
        ["requests", "--sort", "need_by"],
        ["load", "--since", "2026-01-01T00:00:00Z"],
        ["secrets", "--format", "csv"],
    ] {
        let output = export(&refused);
        assert!(!output.status.success(), "{refused:?}: {output:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = ["--data", path(folder.path())];
    let demo = goodword(&["demo", "--scale", "0.02"]).args(data).output();
    let demo = demo.expect("it runs");
    assert!(demo.status.success(), "{demo:?}");
    let deals = goodword(&["export", "opportunities", "--format", "jsonl"])
        .args(data)
        .output();
    let deals = stdout(&deals.expect("it runs"));
    let deal: Value = serde_json::from_str(deals.lines().next().expect("a deal")).expect("JSON");
    let deal = deal["Goodword opportunity id"].as_str().expect("an id");
    let users = file(
        folder.path(),
        "users.csv",
        "Full Name,Email\nZoe,zoe@example.com\n",
    );
    for arguments in [
        vec!["export", "terms"],
        vec!["import", "users", path(&users)],
        vec!["import", "users", path(&users), "--json"],
        vec!["match", "--opportunity", deal],
        vec!["match", "--opportunity", deal, "--json"],
        vec!["metrics", "leveraging", "--by", "quarter"],
        vec!["metrics", "leveraging", "--json"],
        vec!["user", "list"],
    ] {
        let mut child = goodword(&arguments)
            .args(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        // Closed before anything is written: every line meets a closed pipe.
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}
