//! The command line, run as people run it.

#[path = "cli/asks.rs"]
mod asks;
#[path = "cli/exchange.rs"]
mod exchange;
#[path = "cli/may.rs"]
mod may;
#[path = "cli/people.rs"]
mod people;
#[path = "cli/plan.rs"]
mod plan;
#[path = "cli/weights.rs"]
mod weights;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

fn goodword(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goodword"));
    command
        .args(arguments)
        .env_remove("DATABASE_URL")
        .env_remove("GOODWORD_SMTP_URL")
        .env_remove("GOODWORD_MAIL_FROM")
        .env_remove("GOODWORD_PUBLIC_URL")
        .env_remove("RUST_LOG");
    command
}

fn run(arguments: &[&str]) -> Output {
    goodword(arguments).output().expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// The one line of a refusal.
fn refusal(output: &Output) -> String {
    assert!(!output.status.success(), "{}", stdout(output));
    let text = String::from_utf8(output.stderr.clone()).expect("text");
    assert_eq!(text.lines().count(), 1, "{text}");
    text.trim_end().to_owned()
}

fn path(folder: &Path) -> &str {
    folder.to_str().expect("a path of text")
}

/// Adds the first account.
const ANN: [&str; 6] = [
    "user",
    "add",
    "--name",
    "Ann Example",
    "--email",
    "ann@example.com",
];

#[test]
fn every_command_ends_its_help_with_an_example() {
    let help = stdout(&run(&["--help"]));
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(
        commands.contains(&"serve") && commands.contains(&"doctor"),
        "{commands:?}"
    );
    for command in commands {
        let output = run(&[command, "--help"]);
        let text = stdout(&output);
        let example = text.split("Example:").nth(1).unwrap_or_default();
        assert!(example.contains(&format!("goodword {command}")), "{text}");
    }
}

#[test]
fn the_data_folder_is_named_before_or_after_the_command_and_made_when_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("new/data");
    let added = goodword(&ANN)
        .args(["--data", path(&data)])
        .output()
        .expect("it runs");
    assert!(added.status.success(), "{added:?}");
    assert!(
        stdout(&added).contains("Password, shown this once: "),
        "{added:?}"
    );
    let listed = stdout(&run(&["--data", path(&data), "user", "list"]));
    let expected = "NAME         E-MAIL           ROLES           TEAM  SIGNS IN\nAnn Example  ann@example.com  program, admin        yes\n";
    assert_eq!(listed, expected);
    let json = stdout(&run(&["user", "list", "--json", "--data", path(&data)]));
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["items"][0]["roles"][0], "program");
}

#[test]
fn a_password_comes_from_standard_input_and_a_weak_one_is_refused_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    for (password, works) in [("too short\n", false), ("correct horse battery\n", true)] {
        let mut child = goodword(&ANN)
            .args(["--password-stdin", "--data", path(folder.path())])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut input = child.stdin.take().expect("an input");
        input.write_all(password.as_bytes()).expect("written");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.success(), works, "{output:?}");
        assert!(!stdout(&output).contains(password.trim()), "{output:?}");
        if !works {
            assert!(refusal(&output).starts_with("goodword: password: This password has"));
        }
    }
}

#[test]
fn the_doctor_finds_nothing_in_sound_data_and_changes_nothing_where_there_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let absent = folder.path().join("absent");
    let output = run(&["doctor", "--data", path(&absent)]);
    assert!(refusal(&output).contains("There is no goodword data"));
    assert!(!absent.exists());
    let added = goodword(&ANN)
        .args(["--data", path(folder.path())])
        .output();
    assert!(added.expect("it runs").status.success());
    let sound = run(&["doctor", "--data", path(folder.path()), "--json"]);
    assert!(sound.status.success(), "{sound:?}");
    let report: Value = serde_json::from_str(&stdout(&sound)).expect("JSON");
    assert_eq!(report["faults"], serde_json::json!([]));
    assert!(report["events"].as_i64().is_some_and(|events| events > 0));
}

#[tokio::test]
async fn the_doctor_ends_with_a_failure_where_the_log_was_edited_and_data_of_a_newer_program_is_left_alone()
 {
    let db = testkit::TestDb::sqlite().await;
    let storage::Location::Folder(folder) = &db.location else {
        panic!("the database is in a folder");
    };
    let data = path(folder);
    assert!(
        goodword(&ANN)
            .args(["--data", data])
            .output()
            .expect("it runs")
            .status
            .success()
    );
    db.tamper("update events set at = at + 1 where position = 1")
        .await;
    let output = run(&["doctor", "--data", data]);
    assert!(!output.status.success());
    assert!(
        stdout(&output).contains("Fault: Event 1 of the log is not what was written. "),
        "{}",
        stdout(&output)
    );
    assert!(!stdout(&output).contains('{'), "{}", stdout(&output));
    db.tamper("update schema_migrations set version = 999 where version = (select max(version) from schema_migrations)")
        .await;
    let newer = run(&["user", "list", "--data", data]);
    assert!(refusal(&newer).contains("schema 999, which this program does not know"));
}

#[test]
fn the_server_says_where_it_is_answers_and_stops_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = goodword(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        path(folder.path()),
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::null())
    .spawn()
    .expect("the server starts");
    let output = server.stdout.take().expect("an output");
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).expect("a line");
    let address = line
        .trim_end()
        .rsplit("http://")
        .next()
        .expect("an address");
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(
        stream,
        "GET /api/v1/health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let told = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(told.success());
    assert!(server.wait().expect("it ends").success());
}

#[test]
fn the_calculator_gives_the_reference_case_to_the_digit_and_needs_no_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let ask = |need_rate: &str, json: bool| {
        let mut arguments = vec![
            "plan",
            "calculator",
            "--sellers",
            "500",
            "--quota",
            "1500000",
            "--deal-size",
            "180000",
            "--references",
            "2",
            "--need-rate",
            need_rate,
        ];
        if json {
            arguments.push("--json");
        }
        let mut command = goodword(&arguments);
        command
            .current_dir(folder.path())
            .output()
            .expect("the program runs")
    };
    let answer: Value = serde_json::from_str(&stdout(&ask("0.7", true))).expect("JSON");
    assert_eq!(answer["opportunities_per_seller_year"], 25.0 / 3.0);
    assert_eq!(answer["requests_per_seller_year"], 35.0 / 3.0);
    assert_eq!(answer["requests_team_year"], 17_500.0 / 3.0);
    assert!(stdout(&ask("0.7", false)).contains("5833"));
    assert_eq!(
        refusal(&ask("70", false)),
        "goodword: --need-rate: This is 70; the need rate must be from 0 to 1. For 70 percent write 0.7."
    );
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 0, "nothing was written");
}

#[test]
fn where_others_can_connect_the_console_shows_a_setup_code_and_a_loopback_server_shows_none() {
    let folder = tempfile::tempdir().expect("a folder");
    for (listen, shows_code) in [("127.0.0.1:0", false), ("0.0.0.0:0", true)] {
        let mut server = goodword(&["serve", "--listen", listen, "--data", path(folder.path())])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(server.stdout.take().expect("an output"));
        let mut lines = String::new();
        for _ in 0..if shows_code { 3 } else { 2 } {
            output.read_line(&mut lines).expect("a line");
        }
        let told = Command::new("kill")
            .args(["-TERM", &server.id().to_string()])
            .status();
        assert!(told.expect("kill runs").success());
        assert!(server.wait().expect("it ends").success());
        output.read_to_string(&mut lines).expect("the rest");
        assert!(lines.contains("make the first account"), "{lines}");
        assert_eq!(lines.contains("Setup code, needed"), shows_code, "{lines}");
    }
}
