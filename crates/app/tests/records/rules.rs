//! The rules of the program: each tells who changed it last, when, and from what to what.

use app::{
    Error,
    policy::Permission,
    setting::{self, Program, RuleChange},
};
use domain::{access::Role, activity::Activity, protection::Rules};
use serde_json::{Map, Value, json};
use testkit::{NOW, TestApp};

fn fields(value: Value) -> Map<String, Value> {
    value.as_object().expect("fields").clone()
}

fn told(changes: &[RuleChange]) -> Vec<(&str, &Value, &Value, Option<&str>)> {
    let told = changes.iter();
    told.map(|one| {
        (
            one.rule.as_str(),
            &one.before,
            &one.after,
            one.by.as_deref(),
        )
    })
    .collect()
}

testkit::on_both_engines! {
    async fn every_rule_tells_its_own_last_change(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let pia = test.colleague(1, "Pia Program", &[Role::Program]).await;
        let ada = test.colleague(2, "Ada Admin", &[Role::Admin]).await;
        let all = setting::all(app, &pia).await.expect("the settings");
        assert_eq!((all.program.changes.len(), all.program.changed_at), (0, None));
        let permission = Permission::SettingEdit;
        let first = json!({ "name": "Stories", "owner_answer_days": 3 });
        let one = setting::edit::<Program>(app, &pia, permission, 0, fields(first)).await.expect("changed");
        app.clock.set(NOW.plus_days(2));
        let two = setting::edit::<Program>(app, &ada, permission, one.version, fields(json!({ "owner_answer_days": 4 }))).await.expect("changed");
        let (before, after) = (json!("Customer references"), json!("Stories"));
        let (three, four) = (json!(3), json!(4));
        assert_eq!(told(&two.changes), [("name", &before, &after, Some("Pia Program")), ("owner_answer_days", &three, &four, Some("Ada Admin"))]);
        assert_eq!((two.changes[0].at, two.changes[1].at), (NOW, NOW.plus_days(2)));
        assert_eq!((two.changed_at, two.changed_by.as_deref()), (Some(NOW.plus_days(2)), Some("Ada Admin")));
        let seen = setting::all(app, &pia).await.expect("the settings");
        assert_eq!(seen.program.changes, two.changes);
        assert!(seen.protection.changes.is_empty(), "of another setting");
    }

    async fn a_rule_of_one_activity_tells_of_that_activity_alone(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let pia = test.colleague(1, "Pia Program", &[Role::Program]).await;
        let rules = setting::all(app, &pia).await.expect("the settings").protection.value;
        let mut rules = serde_json::to_value(&rules).expect("json");
        let quote = rules["activities"].as_array_mut().expect("a list").iter_mut();
        let quote = quote.into_iter().find(|row| row["activity"] == json!(Activity::Quote)).expect("quotes");
        let before = quote["effort_points"].clone();
        quote["effort_points"] = json!(17);
        let change = fields(json!({ "activities": rules["activities"] }));
        let saved = setting::edit::<Rules>(app, &pia, Permission::SettingEdit, 0, change).await.expect("changed");
        let after = json!(17);
        assert_eq!(told(&saved.changes), [("activities.quote.effort_points", &before, &after, Some("Pia Program"))]);
        let bad = setting::edit::<Rules>(app, &pia, Permission::SettingEdit, saved.version, fields(json!({ "rest_days": -1 }))).await;
        assert!(matches!(bad, Err(Error::Invalid(_))), "{bad:?}");
        let seen = setting::all(app, &pia).await.expect("the settings");
        assert_eq!(seen.protection.changes, saved.changes, "what was refused is no change");
    }
}
