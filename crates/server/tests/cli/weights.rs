//! Weights of the matching on the command line: shown, tried, saved, learned.

use serde_json::Value;

use super::{goodword, path, refusal, stdout};

#[test]
fn weights_are_shown_tried_without_a_trace_saved_and_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let weights = |arguments: &[&str]| {
        let command = goodword(&["match", "weights"])
            .args(arguments)
            .args(["--data", path(folder.path())])
            .output();
        command.expect("it runs")
    };
    let json = |arguments: &[&str]| -> Value {
        let output = weights(&[arguments, &["--json"]].concat());
        assert!(output.status.success(), "{output:?}");
        serde_json::from_str(&stdout(&output)).expect("JSON")
    };
    let demo = goodword(&["demo", "--scale", "0.1", "--data", path(folder.path())]).output();
    assert!(demo.expect("it runs").status.success());

    let shown = stdout(&weights(&[]));
    let industry = shown.lines().find(|line| line.starts_with("industry "));
    let cells: Vec<&str> = industry.expect("a line").split_whitespace().collect();
    assert_eq!(cells, ["industry", "30", "30"], "{shown}");

    // Everything but the region hardly counts any more, so others are offered.
    let turned = [
        "region=100",
        "industry=1",
        "product=1",
        "use_case=1",
        "persona=1",
    ];
    let tried = json(&[["try"].as_slice(), &turned].concat());
    let changed = tried["changed"].as_u64().expect("a number");
    assert!(changed > 0, "{tried:#}");
    let told = stdout(&weights(&[["try"].as_slice(), &turned].concat()));
    let deals = tried["deals"].as_array().expect("deals").len();
    let first = format!("{changed} of {deals} open deals would be offered others.");
    assert_eq!(told.lines().next(), Some(first.as_str()));
    assert_eq!(told.lines().count() as u64, changed + 2, "{told}");
    assert_eq!(json(&[])["version"], 0, "trying saves nothing");

    let saved = json(&["set", "industry=77", "text=5"]);
    assert_eq!(saved["value"]["facets"]["industry"], 77);
    assert_eq!(saved["value"]["text"], 5);
    assert_eq!(saved["value"]["facets"]["region"], 20, "others keep theirs");
    assert_eq!(json(&[])["value"], saved["value"]);

    assert!(refusal(&weights(&["set", "indstry=5"])).contains("There is no facet with this key"));
    assert!(refusal(&weights(&["set", "industry=101"])).contains("must be from 1 to 100"));
    let unread = weights(&["set", "industry"]);
    let why = String::from_utf8(unread.stderr).expect("text");
    assert!(
        !unread.status.success() && why.contains("such as industry=40"),
        "{why}"
    );
    assert_eq!(
        json(&[])["value"],
        saved["value"],
        "refusals change nothing"
    );

    let learned = json(&["learn"]);
    let told = stdout(&weights(&["learn"]));
    if learned["lesson"].is_null() {
        assert!(
            told.contains("30 are needed; nothing was learned"),
            "{told}"
        );
    } else {
        assert!(
            told.contains("To save them: goodword match weights set"),
            "{told}"
        );
    }
    assert_eq!(json(&[])["value"], saved["value"], "learning saves nothing");
}
