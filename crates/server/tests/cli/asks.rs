//! Open requests and holds on the command line.

use serde_json::Value;

use super::{goodword, path, stdout};

#[test]
fn the_board_and_the_holds_are_told_to_people_and_to_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let ask = |arguments: &[&str]| {
        let command = goodword(arguments)
            .args(["--data", path(folder.path())])
            .output();
        command.expect("it runs")
    };
    assert!(ask(&["demo", "--scale", "0.1"]).status.success());
    let json = |what| -> Value {
        let told = ask(&["asks", what, "--json"]);
        serde_json::from_str(&stdout(&told)).expect("JSON")
    };
    let lines = |what| stdout(&ask(&["asks", what])).lines().count();

    let board = json("board");
    let columns = board["columns"].as_array().expect("columns");
    let cards: usize = columns
        .iter()
        .filter_map(|column| column["cards"].as_array())
        .map(Vec::len)
        .sum();
    assert!(cards > 0, "{board}");
    assert_eq!(
        lines("board"),
        cards + 3,
        "a heading, each request, a gap, a sum"
    );

    let holds = json("holds");
    let held = holds.as_array().expect("holds").len();
    assert!(held > 0, "{holds}");
    assert_eq!(lines("holds"), held + 3);
    assert!(!ask(&["asks", "everything"]).status.success());
}
