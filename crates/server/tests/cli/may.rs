//! May an advocate be used, asked on the command line.

use serde_json::Value;

use super::{goodword, path, refusal, stdout};

#[test]
fn whether_somebody_may_be_used_is_answered_with_what_it_rests_on_and_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let ask = |arguments: &[&str]| {
        let command = goodword(arguments)
            .args(["--data", path(folder.path())])
            .output();
        command.expect("it runs")
    };
    assert!(ask(&["demo", "--scale", "0.1"]).status.success());
    let exported = stdout(&ask(&["export", "advocates", "--json"]));
    let row = exported
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .find(|row| row["Contact e-mail"].is_string())
        .expect("somebody with an address");
    let email = row["Contact e-mail"].as_str().expect("an address");

    let said = ask(&["may", email, "--activity", "quote"]);
    assert!(said.status.success(), "{said:?}");
    let said = stdout(&said);
    let first = said.lines().next().expect("a line");
    assert!(
        first.starts_with("Yes: ") || first.starts_with("No: "),
        "{said}"
    );
    assert!(first.contains(", quote, "), "{said}");
    assert!(said.lines().count() > 1, "an answer says why: {said}");

    let json = ask(&["may", email, "--activity", "quote", "--json"]);
    let answer: Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    assert_eq!(answer["may"], first.starts_with("Yes"));
    assert!(!answer["because"].as_array().expect("reasons").is_empty());

    assert!(
        refusal(&ask(&["may", "nobody@nowhere.example"])).contains("No advocate in your reach")
    );
    assert!(
        !ask(&["may", email, "--activity", "singing"])
            .status
            .success()
    );
    let past = refusal(&ask(&["may", email, "--on", "2001-01-01"]));
    assert!(past.contains("Choose today or a day"), "{past}");
}
