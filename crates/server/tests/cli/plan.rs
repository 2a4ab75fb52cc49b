//! Demand, gaps and whom to recruit, on the command line: from a file of deals to the plan.

use std::path::Path;

use serde_json::{Value, json};

use super::{path, refusal, run, stdout};

/// Two open deals in healthcare and one that nobody can place, all of 1 March 2027.
const DEALS: &str = "Deal,Deal value,Deal currency,Closes,Opened,State,Sector\n\
    Clinic,1000,USD,2027-03-01,2026-09-01,Open,Hospitals\n\
    Ward,400,USD,2027-03-01,2026-09-01,Open,Healthcare\n\
    Shop,70,USD,2027-03-01,2026-09-01,Open,\n";

fn filled(folder: &Path) -> std::path::PathBuf {
    let (deals, mapping, data) = (
        folder.join("deals.csv"),
        folder.join("mapping.json"),
        folder.join("data"),
    );
    let columns = json!([
        { "column": "Deal", "field": "opportunity.name" },
        { "column": "Deal value", "field": "opportunity.amount" },
        { "column": "Deal currency", "field": "opportunity.currency" },
        { "column": "Closes", "field": "opportunity.close_on" },
        { "column": "Opened", "field": "opportunity.created_on" },
        { "column": "State", "field": "opportunity.status" },
        { "column": "Sector", "field": "terms:industry" },
    ]);
    std::fs::write(&deals, DEALS).expect("written");
    let written = json!({ "version": 1, "kind": "opportunities", "columns": columns }).to_string();
    std::fs::write(&mapping, written).expect("written");
    let arguments = [
        "import",
        "opportunities",
        path(&deals),
        "--mapping",
        path(&mapping),
        "--data",
        path(&data),
    ];
    let done = run(&arguments);
    assert!(done.status.success(), "{done:?}");
    data
}

fn plan(data: &Path, what: &str, more: &[&str]) -> Value {
    let mut arguments = vec![
        "plan",
        what,
        "--facets",
        "industry",
        "--as-of",
        "2027-01-01",
        "--need-rate",
        "1",
    ];
    arguments.extend(["--data", path(data), "--json"]);
    arguments.extend(more);
    let output = run(&arguments);
    assert!(output.status.success(), "{output:?}");
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn demand_gaps_and_recruits_of_a_file_of_deals_add_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = filled(folder.path());
    let demand = plan(&data, "demand", &[]);
    assert_eq!(
        (&demand["deals"], &demand["money"]),
        (&json!(3), &json!("1470.00"))
    );
    let labels = |answer: &Value| -> Vec<String> {
        let segments = answer["segments"].as_array().expect("a list");
        segments
            .iter()
            .map(|one| one["labels"][0].as_str().expect("a label").to_owned())
            .collect()
    };
    assert_eq!(
        labels(&demand),
        ["Hospitals", "Healthcare", "Unknown segment"]
    );
    assert_eq!(
        labels(&plan(&data, "demand", &["--broad"])),
        ["Healthcare", "Unknown segment"]
    );

    // Nothing was asked for in earlier quarters, and nothing was expected before the deals began.
    let judged = plan(&data, "accuracy", &[]);
    assert_eq!(judged["quarters"].as_array().map(Vec::len), Some(4));

    // Nobody speaks for us: all of it is at risk, and the dearest profile is worth recruiting first.
    let gaps = plan(&data, "gaps", &[]);
    assert_eq!(
        (&gaps["accounts"], &gaps["money_covered"]),
        (&json!(0), &json!("0.00"))
    );
    assert_eq!(gaps["money_at_risk"], gaps["money_needed"]);
    // Close on 1 March, minus 45 days.
    assert_eq!(gaps["stock_out_on"], "2027-01-15");
    let recruits = plan(&data, "recruit", &[]);
    let key = recruits[0]["key"].as_str().expect("a key");
    let found = plan(&data, "recruit", &["--profile", key]);
    assert_eq!(
        (&found["labels"], &found["candidates"]),
        (&json!(["Hospitals"]), &json!([]))
    );
    assert_eq!(
        (&recruits[0]["labels"], &recruits[0]["start_by"]),
        (&json!(["Hospitals"]), &json!("2026-11-16"))
    );
}

#[test]
fn a_scenario_stands_beside_today_and_is_saved_and_answered_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = filled(folder.path());
    let gaps = plan(&data, "gaps", &[]);
    let dearest = gaps["recruits"][0]["key"].as_str().expect("a key");
    let added = format!("{dearest}=3");
    let found = plan(
        &data,
        "what-if",
        &["--add", &added, "--save", "Three more hospitals"],
    );
    assert_eq!(
        (
            &found["today"]["capacity"],
            &found["today"]["money_covered"]
        ),
        (&json!(0.0), &json!("0.00"))
    );
    assert!(found["changed"]["capacity"].as_f64() > Some(0.0), "{found}");
    assert_eq!(found["segments"][0]["labels"], json!(["Hospitals"]));
    let listed = run(&["plan", "scenarios", "--json", "--data", path(&data)]);
    let listed: Value = serde_json::from_str(&stdout(&listed)).expect("JSON");
    assert_eq!(listed["items"][0]["name"], "Three more hospitals");
    let id = listed["items"][0]["id"].as_str().expect("an id");
    let told = run(&["plan", "what-if", "--scenario", id, "--data", path(&data)]);
    assert!(stdout(&told).contains("Hospitals"), "{told:?}");
    let output = run(&["plan", "what-if", "--add", "x=many", "--data", path(&data)]);
    assert!(!output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("\"many\" is not a number of advocates"),
        "{said}"
    );
}

#[test]
fn the_plan_is_told_in_words_and_nonsense_is_refused_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = filled(folder.path());
    let told = |what: &str| {
        stdout(&run(&[
            "plan",
            what,
            "--facets",
            "industry",
            "--as-of",
            "2027-01-01",
            "--data",
            path(&data),
        ]))
    };
    assert!(
        told("demand").starts_with("3 open deals worth 1470.00 USD on 2027-01-01"),
        "{}",
        told("demand")
    );
    assert!(
        told("gaps").contains("The first need without a reference falls on 2027-01-15."),
        "{}",
        told("gaps")
    );
    let recruits = told("recruit");
    let listed = recruits.lines().find(|line| line.contains("Hospitals"));
    let key = listed
        .and_then(|line| line.split_whitespace().next())
        .expect("a key");
    let found = plan(&data, "recruit", &["--profile", key]);
    assert_eq!(found["labels"], json!(["Hospitals"]));
    let head_count = told("head-count");
    assert!(
        head_count.starts_with("Demand would ask at most "),
        "{head_count}"
    );
    let refused = refusal(&run(&[
        "plan",
        "gaps",
        "--facets",
        "shoe_size",
        "--data",
        path(&data),
    ]));
    assert!(refused.contains("shoe_size"), "{refused}");
}

#[test]
fn a_growth_goal_is_read_from_a_sentence_and_told_in_deals_and_requests() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let ask = |sentence: &str| -> Value {
        let output = run(&["plan", "goal", sentence, "--data", path(&data), "--json"]);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_str(&stdout(&output)).expect("JSON")
    };
    let made = run(&["demo", "--data", path(&data)]);
    assert!(made.status.success(), "{made:?}");
    let found = ask("increase Q3 revenue by 20% from healthcare");
    let (reading, outlook) = (&found["reading"], &found["outlook"]);
    assert_eq!(
        (&reading["change"], &reading["unread"]),
        (&json!({ "by": "share", "share": 0.2 }), &json!([]))
    );
    assert_eq!(reading["words"][0]["terms"][0]["name"], "Healthcare");
    let number = |name: &str| outlook[name].as_f64().expect("a number");
    let money = |name: &str| -> f64 {
        let text = outlook[name].as_str().expect("a text");
        text.parse().expect("a number")
    };
    assert!(outlook["earned_deals"].as_u64() > Some(0), "{outlook}");
    let target = money("earned") + money("more");
    assert!((target - money("target")).abs() < 0.011, "{outlook}");
    let wins = (money("target") - money("won")) / money("deal_size");
    assert!((wins - number("wins")).abs() < 1e-4, "{outlook}");
    let missing = number("requests") - number("pipeline_requests");
    assert!((missing.max(0.0) - number("missing_requests")).abs() < 1e-9);

    // Without a change there is nothing to work out, and it says what it understood.
    let vague = ask("more revenue in Q3");
    assert_eq!(
        (&vague["outlook"], &vague["reading"]["change"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_calendar_becomes_needs_and_comes_back_as_a_calendar() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = filled(folder.path());
    let events = folder.path().join("events.ics");
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:forum\nDTSTART:20990914T090000\nSUMMARY:Forum\nEND:VEVENT\nBEGIN:VEVENT\nUID:nothing\nEND:VEVENT\nEND:VCALENDAR\n";
    std::fs::write(&events, text).expect("written");
    let needs = |more: &[&str]| {
        let mut arguments = vec!["plan", "needs", "--data", path(&data)];
        arguments.extend(more);
        run(&arguments)
    };
    let told = needs(&["--import", path(&events), "--wanted", "2"]);
    assert!(stdout(&told).contains("1 noted"), "{told:?}");
    assert!(
        stdout(&told).contains("Event 2 (without a title)"),
        "{told:?}"
    );
    let again = needs(&["--import", path(&events), "--json"]);
    let again: Value = serde_json::from_str(&stdout(&again)).expect("JSON");
    assert_eq!(
        (&again["created"], &again["unchanged"]),
        (&json!(0), &json!(1))
    );
    let year = needs(&["--from", "2099-09-01", "--json"]);
    let year: Value = serde_json::from_str(&stdout(&year)).expect("JSON");
    let one = &year["needs"][0];
    assert_eq!(
        (
            &one["title"],
            &one["need_on"],
            &one["wanted"],
            &one["covered"]
        ),
        (&json!("Forum"), &json!("2099-09-14"), &json!(2), &json!(0))
    );
    let listed = stdout(&needs(&["--from", "2099-09-01"]));
    let id = one["id"].as_str().expect("an id");
    assert!(listed.contains("0 of 2") && listed.contains(id), "{listed}");
    assert!(
        stdout(&needs(&["--from", "2099-09-01", "--ics"])).contains("DTSTART;VALUE=DATE:20990914")
    );
    assert!(stdout(&needs(&["--from", "2090-01-01"])).contains("No need is noted"));
    assert!(!needs(&["--import", path(&data)]).status.success());
}

#[test]
fn rounds_of_asks_are_shown_sent_once_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let made = run(&["demo", "--scale", "0.1", "--data", path(&data)]);
    assert!(made.status.success(), "{made:?}");
    let asked = |more: &[&str]| -> Value {
        let mut arguments = vec!["plan"];
        arguments.extend(more);
        arguments.extend(["--data", path(&data), "--json"]);
        let output = run(&arguments);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_str(&stdout(&output)).expect("JSON")
    };
    let targets = asked(&["targets"]);
    let target = targets["targets"][0]["id"].as_str().expect("an id");
    let table = run(&["plan", "targets", "--data", path(&data)]);
    assert!(stdout(&table).contains(target), "the next command needs it");
    let before = asked(&["ask", target]);
    let owner = before["next"][0]["owner"]["name"].as_str().expect("a name");
    assert_eq!(before["sent"], json!([]));
    let told = run(&["plan", "ask", target, "--data", path(&data)]);
    assert!(stdout(&told).contains(owner), "{told:?}");
    let sent = asked(&["ask", target, "--send", "--most", "1"]);
    assert_eq!(sent["sent"].as_array().expect("a list").len(), 1);
    assert_eq!(sent["sent"][0]["account"], before["next"][0]["accounts"][0]);
    let most = run(&["plan", "ask", target, "--most", "1", "--data", path(&data)]);
    assert!(!most.status.success(), "--most is of a round that is sent");

    let first = asked(&["verify"]);
    assert!(first["profiles"].as_u64() > Some(0), "{first}");
    let again = asked(&["verify"]);
    assert_eq!(
        (&again["profiles"], &again["waiting"]),
        (&json!(0), &first["profiles"])
    );
}
