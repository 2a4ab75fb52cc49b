//! Holds the walls of the architecture: which crate may depend on which, and which keep free of
//! input and output. Reads what cargo says, so nothing has to be kept in step by hand.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

/// Each crate of ours and those of ours that it may depend on. A new crate gets a line here.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("matching", &["domain"]),
    ("import", &["domain"]),
    ("planning", &["domain"]),
    ("storage", &["domain"]),
    (
        "app",
        &["domain", "matching", "import", "planning", "storage"],
    ),
    ("connect", &["app", "domain"]),
    (
        "server",
        &["app", "connect", "import", "planning", "storage", "domain"],
    ),
    ("testkit", &["app", "connect", "storage", "domain"]),
];

/// Reached from tests alone: no crate may build on it.
const FOR_TESTS_ONLY: &str = "testkit";

/// No input, no output, no async, no clock of their own.
const PURE: &[&str] = &["domain", "matching", "import", "planning"];

/// What a pure crate may not reach through any number of steps.
const IMPURE: &[&str] = &[
    "async-std",
    "axum",
    "hyper",
    "lettre",
    "libsqlite3-sys",
    "mio",
    "reqwest",
    "rusqlite",
    "sea-orm",
    "smol",
    "socket2",
    "sqlx",
    "sqlx-core",
    "tokio",
    "tower",
    "tower-http",
    "tracing-subscriber",
    "ureq",
];

/// An outside crate that belongs to one place, and that place. `domain` only derives for `sea-orm`,
/// behind its feature `sql`; `testkit` makes databases with it.
const AT_HOME: &[(&str, &[&str])] = &[
    ("sea-orm", &["storage", "domain", "testkit"]),
    ("sqlx", &["storage"]),
    ("axum", &["server"]),
    ("tower-http", &["server"]),
    ("lettre", &["connect"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Program,
    Tests,
}

#[derive(Clone, Debug)]
struct Dependency {
    name: String,
    used_by: Use,
    is_optional: bool,
}

/// The crates of ours with what each one's manifest names.
type Manifests = BTreeMap<String, Vec<Dependency>>;

/// Every crate of the build with the crates that it is linked with.
type Links = BTreeMap<String, BTreeSet<String>>;

#[test]
fn each_crate_depends_only_on_those_its_arrow_names() {
    assert_eq!(wrong_arrows(&manifests(&metadata())), Vec::<String>::new());
}

#[test]
fn pure_crates_reach_nothing_that_does_input_or_output() {
    let metadata = metadata();
    assert_eq!(
        impure_reaches(&manifests(&metadata), &links(&metadata)),
        Vec::<String>::new()
    );
}

#[test]
fn each_outside_crate_with_a_home_is_used_there_alone() {
    assert_eq!(strays(&manifests(&metadata())), Vec::<String>::new());
}

#[test]
fn an_arrow_that_the_architecture_does_not_name_is_found() {
    let program = |name: &str| dependency(name, Use::Program, false);
    let crates = Manifests::from([
        ("domain".into(), vec![program("storage")]),
        (
            "matching".into(),
            vec![program("domain"), dependency("testkit", Use::Tests, false)],
        ),
        (
            "storage".into(),
            vec![program("domain"), program("testkit")],
        ),
        ("testkit".into(), vec![program("storage")]),
        ("gadgets".into(), vec![]),
    ]);
    assert_eq!(
        wrong_arrows(&crates),
        [
            "domain depends on storage",
            "gadgets has no line in ARROWS",
            "storage builds on testkit, which is for tests only",
        ]
    );
}

#[test]
fn a_crate_reached_through_others_is_found_and_an_optional_one_is_not_counted() {
    let crates = Manifests::from([
        (
            "domain".into(),
            vec![dependency("sea-orm", Use::Program, true)],
        ),
        (
            "matching".into(),
            vec![
                dependency("domain", Use::Program, false),
                dependency("middle", Use::Program, false),
            ],
        ),
        (
            "import".into(),
            vec![dependency("tokio", Use::Tests, false)],
        ),
    ]);
    let linked = |names: &[&str]| {
        names
            .iter()
            .map(ToString::to_string)
            .collect::<BTreeSet<_>>()
    };
    let links = Links::from([
        ("domain".into(), linked(&["sea-orm"])),
        ("matching".into(), linked(&["domain", "middle"])),
        ("middle".into(), linked(&["tokio"])),
        ("sea-orm".into(), linked(&["tokio"])),
    ]);
    assert_eq!(impure_reaches(&crates, &links), ["matching reaches tokio"]);
}

#[test]
fn an_outside_crate_away_from_its_home_is_found() {
    let crates = Manifests::from([("app".into(), vec![dependency("axum", Use::Program, false)])]);
    assert_eq!(strays(&crates), ["app uses axum, whose place is server"]);
}

fn wrong_arrows(crates: &Manifests) -> Vec<String> {
    let mut found = Vec::new();
    for (name, dependencies) in crates {
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| from == name) else {
            found.push(format!("{name} has no line in ARROWS"));
            continue;
        };
        for dependency in dependencies
            .iter()
            .filter(|dependency| crates.contains_key(&dependency.name))
        {
            if dependency.name == FOR_TESTS_ONLY {
                if dependency.used_by == Use::Program {
                    found.push(format!(
                        "{name} builds on {FOR_TESTS_ONLY}, which is for tests only"
                    ));
                }
            } else if !allowed.contains(&dependency.name.as_str()) {
                found.push(format!("{name} depends on {}", dependency.name));
            }
        }
    }
    found
}

/// Follows what each pure crate is linked with. An optional dependency of ours is switched on by the
/// crate that wants it, so it counts for that one and not here.
fn impure_reaches(crates: &Manifests, links: &Links) -> Vec<String> {
    let mut found = Vec::new();
    for pure in PURE {
        let mut reached = BTreeSet::new();
        let mut to_follow = vec![(*pure).to_string()];
        while let Some(name) = to_follow.pop() {
            let next: Vec<String> = match crates.get(&name) {
                Some(dependencies) => dependencies
                    .iter()
                    .filter(|dependency| {
                        dependency.used_by == Use::Program && !dependency.is_optional
                    })
                    .map(|dependency| dependency.name.clone())
                    .collect(),
                None => links.get(&name).into_iter().flatten().cloned().collect(),
            };
            to_follow.extend(next.into_iter().filter(|name| reached.insert(name.clone())));
        }
        found.extend(
            IMPURE
                .iter()
                .filter(|name| reached.contains(**name))
                .map(|name| format!("{pure} reaches {name}")),
        );
    }
    found
}

fn strays(crates: &Manifests) -> Vec<String> {
    let mut found = Vec::new();
    for (outside, homes) in AT_HOME {
        for (name, dependencies) in crates {
            let is_used = dependencies.iter().any(|dependency| {
                dependency.name == *outside && dependency.used_by == Use::Program
            });
            if is_used && !homes.contains(&name.as_str()) {
                found.push(format!(
                    "{name} uses {outside}, whose place is {}",
                    homes.join(", ")
                ));
            }
        }
    }
    found
}

fn dependency(name: &str, used_by: Use, is_optional: bool) -> Dependency {
    Dependency {
        name: name.to_string(),
        used_by,
        is_optional,
    }
}

fn metadata() -> Value {
    // Crates of other platforms are not there after a build, and are fetched where they are not.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

fn manifests(metadata: &Value) -> Manifests {
    let members: BTreeSet<&str> = list(&metadata["workspace_members"]).map(text).collect();
    let manifests: Manifests = list(&metadata["packages"])
        .filter(|package| members.contains(text(&package["id"])))
        .map(|package| {
            let dependencies = list(&package["dependencies"])
                .map(|named| {
                    let used_by = if named["kind"] == "dev" {
                        Use::Tests
                    } else {
                        Use::Program
                    };
                    dependency(text(&named["name"]), used_by, named["optional"] == true)
                })
                .collect();
            (text(&package["name"]).to_string(), dependencies)
        })
        .collect();
    assert!(
        manifests.contains_key("domain"),
        "cargo metadata lists the crates of this workspace"
    );
    manifests
}

fn links(metadata: &Value) -> Links {
    let names: BTreeMap<&str, &str> = list(&metadata["packages"])
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let mut links = Links::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        // Two versions of one crate share a name here: what either is linked with counts.
        let linked = links
            .entry(names[text(&node["id"])].to_string())
            .or_default();
        for edge in list(&node["deps"]) {
            let is_for_program = list(&edge["dep_kinds"]).any(|kind| kind["kind"] != "dev");
            if is_for_program {
                linked.insert(names[text(&edge["pkg"])].to_string());
            }
        }
    }
    links
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value
        .as_array()
        .expect("cargo metadata has a list here")
        .iter()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("cargo metadata has text here")
}
