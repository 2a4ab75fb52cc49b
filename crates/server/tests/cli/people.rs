//! Who acts at the command line, what they may do, and what the log says about it.

use std::{path::Path, process::Output};

use serde_json::Value;

use super::{ANN, goodword, path, refusal, run, stdout};

fn at(data: &Path, arguments: &[&str]) -> Output {
    let mut command = goodword(arguments);
    command
        .args(["--data", path(data)])
        .output()
        .expect("it runs")
}

fn add<'a>(name: &'a str, email: &'a str, role: &'a str) -> [&'a str; 8] {
    [
        "user", "add", "--name", name, "--email", email, "--role", role,
    ]
}

/// Ann is admin and program, Pia program, Sam a seller.
fn company(data: &Path) {
    for arguments in [
        ANN.as_slice(),
        &add("Pia", "pia@example.com", "program"),
        &add("Sam", "sam@example.com", "seller"),
    ] {
        let added = at(data, arguments);
        assert!(added.status.success(), "{added:?}");
    }
}

#[test]
fn the_first_account_is_an_admin_and_nobody_comes_before_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let early = at(data, &add("Sam", "sam@example.com", "seller"));
    assert!(refusal(&early).contains("Nobody would be an admin"));
    let listed = stdout(&at(data, &["user", "list"]));
    assert_eq!(listed.lines().count(), 1, "{listed}");
    let chosen = tempfile::tempdir().expect("a folder");
    let first = at(chosen.path(), &add("Ada", "ada@example.com", "admin"));
    assert!(first.status.success(), "{first:?}");
    let listed = stdout(&at(chosen.path(), &["user", "list", "--json"]));
    let listed: Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(listed["items"][0]["roles"], serde_json::json!(["admin"]));
    let mut second = ANN;
    second[5] = "bob@example.com";
    assert!(refusal(&at(chosen.path(), &second)).contains("--role seller"));
}

#[test]
fn a_command_acts_with_the_rights_of_the_person_it_is_run_as() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    company(data);
    let bob = add("Bob", "bob@example.com", "seller");
    let as_colleague = |email| at(data, &[bob.as_slice(), &["--as", email]].concat());
    let refused = as_colleague("pia@example.com");
    assert_eq!(refusal(&refused), "goodword: not permitted");
    assert!(refusal(&as_colleague("zoe@example.com")).contains("No active colleague"));
    let token = [
        "token",
        "create",
        "--name",
        "reports",
        "--scope",
        "metric_read",
    ];
    assert!(refusal(&at(data, &token)).contains("--as EMAIL"));
    let made = at(
        data,
        &[token.as_slice(), &["--as", "pia@example.com"]].concat(),
    );
    assert!(stdout(&made).starts_with("gw_"), "{made:?}");
}

#[test]
fn the_doctor_answers_admins_and_nobody_unknown() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    company(data);
    let doctor = |email| at(data, &["doctor", "--as", email]);
    assert!(refusal(&doctor("zoe@example.com")).contains("No active colleague"));
    assert_eq!(
        refusal(&doctor("pia@example.com")),
        "goodword: not permitted"
    );
    let ann = stdout(&doctor("ann@example.com"));
    assert!(ann.ends_with("All is well.\n"), "{ann}");
}

#[test]
fn commands_that_act_for_nobody_refuse_to_be_run_as_somebody() {
    for arguments in [
        vec!["openapi"],
        vec!["serve", "--listen", "127.0.0.1:0"],
        vec![
            "plan",
            "calculator",
            "--sellers=5",
            "--quota=100",
            "--deal-size=10",
            "--need-rate=0.5",
            "--references=1",
        ],
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let output = at(
            &data,
            &[arguments.as_slice(), &["--as", "ann@example.com"]].concat(),
        );
        let said = refusal(&output);
        assert!(
            said.contains("--as does not go with this command."),
            "{said}"
        );
        assert!(!data.exists(), "nothing is made");
    }
}

/// The audit list of a copied or copying database: who took a copy along.
async fn copies(data: &Path) -> Vec<(Option<String>, Value)> {
    let store = storage::Store::open(&storage::Location::Folder(data.to_owned()))
        .await
        .expect("a database");
    let config = app::Config {
        public_url: "http://127.0.0.1:7300".to_owned(),
        is_loopback: true,
        sends_mail: false,
        is_beside: false,
    };
    let app = app::App::new(store, app::Clock::Real, config);
    let entries = app::audit::list(
        &app,
        &app::Actor::operator(),
        app::audit::ListEvents::default(),
    )
    .await
    .expect("the audit list");
    let value = serde_json::to_value(entries.items).expect("JSON");
    let entries = value.as_array().expect("a list").clone();
    entries
        .into_iter()
        .filter(|entry| entry["summary"] == "Began a copy of the whole database")
        .map(|entry| (entry["actor_name"].as_str().map(str::to_owned), entry))
        .collect()
}

#[tokio::test]
async fn a_copy_of_everything_has_the_same_rows_takes_an_admin_and_is_in_both_logs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    company(&from);
    let copy = |email| {
        at(
            &from,
            &["copy-database", "--json", "--to", path(&to), "--as", email],
        )
    };
    assert!(refusal(&copy("zoe@example.com")).contains("No active colleague"));
    assert_eq!(refusal(&copy("pia@example.com")), "goodword: not permitted");
    assert_eq!(copies(&from).await, [], "a refused copy is not one");
    let copied = copy("ann@example.com");
    assert!(copied.status.success(), "{copied:?}");
    let listed = stdout(&run(&["user", "list", "--data", path(&to)]));
    assert!(listed.contains("ann@example.com"), "{listed}");
    assert!(refusal(&copy("ann@example.com")).contains("not empty"));
    let (here, there) = (copies(&from).await, copies(&to).await);
    assert_eq!(here, there);
    assert_eq!(here.len(), 1, "{here:?}");
    assert_eq!(here[0].0.as_deref(), Some("Ann Example"), "{here:?}");
}

#[tokio::test]
async fn a_backup_is_a_whole_data_folder_and_the_database_knows_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, kept) = (folder.path().join("data"), folder.path().join("kept"));
    company(&data);
    let back_up = |email| {
        at(
            &data,
            &["backup", "--json", "--to", path(&kept), "--as", email],
        )
    };
    assert_eq!(
        refusal(&back_up("pia@example.com")),
        "goodword: not permitted"
    );
    assert_eq!(
        std::fs::read_dir(&kept).expect("the folder").count(),
        0,
        "half a backup is none"
    );
    let told: Value = serde_json::from_str(&stdout(&back_up("ann@example.com"))).expect("JSON");
    let made = told["folder"].as_str().expect("a folder");
    assert_eq!(told["place"], "same_disk");
    let listed = stdout(&run(&["user", "list", "--data", made]));
    assert!(listed.contains("sam@example.com"), "{listed}");
    assert!(
        stdout(&run(&["doctor", "--data", made])).contains("All is well"),
        "it can be served"
    );
    let store = storage::Store::open(&storage::Location::Folder(data.clone()))
        .await
        .expect("opened");
    let newest = storage::backup::newest(&store)
        .await
        .expect("read")
        .expect("a backup");
    assert_eq!(Some(newest.byte_count), told["bytes"].as_i64());
    assert!(newest.row_count > 3, "{newest:?}");
    let missing = folder.path().join("nothing");
    assert!(
        !at(&missing, &["backup", "--to", path(&kept)])
            .status
            .success()
    );
}
