//! Settings: versioned, checked, and changed field by field.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::json;

use crate::support::program;

#[tokio::test]
async fn a_setting_starts_at_its_default_and_keeps_the_fields_that_are_not_named() {
    let program = program().await;
    let team = program.as_role(Role::Program).await;
    let before = team.get("/settings").await.json();
    assert_eq!(before["program"]["version"], 0);
    assert_eq!(before["protection"]["value"]["uses_per_advocate"], 6);
    let saved = team
        .patch(
            "/settings/program",
            0,
            json!({ "name": "Voices", "shows_names": true }),
        )
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    assert_eq!(saved.header("etag"), Some("\"1\""));
    assert_eq!(saved.json()["value"]["currency"], "USD");
    let stale = team
        .patch("/settings/program", 0, json!({ "name": "Other" }))
        .await;
    assert_eq!(stale.json()["current"], 1, "{}", stale.text);
    assert_eq!(team.get("/session").await.json()["program_name"], "Voices");
}

#[tokio::test]
async fn values_out_of_range_and_fields_of_another_setting_are_refused_by_name() {
    let program = program().await;
    let team = program.as_role(Role::Program).await;
    for (path, change, field) in [
        ("/settings/program", json!({ "name": " " }), "name"),
        (
            "/settings/program",
            json!({ "owner_answer_days": 0 }),
            "owner_answer_days",
        ),
        ("/settings/program", json!({ "rest_days": 3 }), "rest_days"),
        (
            "/settings/protection",
            json!({ "uses_per_advocate": 0 }),
            "uses_per_advocate",
        ),
        (
            "/settings/protection",
            json!({ "rest_days": -1 }),
            "rest_days",
        ),
        (
            "/settings/protection",
            json!({ "rest_days": "soon" }),
            "protection",
        ),
        (
            "/metrics/leveraging/goal",
            json!({ "target": 101 }),
            "target",
        ),
    ] {
        let answer = team.patch(path, 0, change).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.text
        );
        assert_eq!(
            answer.json()["fields"][0]["field"],
            field,
            "{}",
            answer.text
        );
    }
    assert_eq!(team.get("/settings").await.json()["program"]["version"], 0);
}

#[tokio::test]
async fn a_goal_is_cleared_by_null() {
    let program = program().await;
    let team = program.as_role(Role::Program).await;
    let path = "/metrics/leveraging/goal";
    let set = team
        .patch(path, 0, json!({ "target": 60, "baseline": 40 }))
        .await;
    assert_eq!(
        set.json()["value"],
        json!({ "target": 60.0, "baseline": 40.0 })
    );
    let cleared = team.patch(path, 1, json!({ "target": null })).await;
    assert_eq!(
        cleared.json()["value"],
        json!({ "target": null, "baseline": 40.0 })
    );
}

#[tokio::test]
async fn a_setting_tells_its_default_and_who_changed_it_last() {
    let program = program().await;
    let priya = program.person("Priya", &[Role::Program]).await;
    let team = program.as_user(&priya).await;
    let before = team.get("/settings").await.json();
    assert_eq!(before["protection"]["changed_at"], json!(null));
    assert_eq!(before["protection"]["changed_by"], json!(null));
    let saved = team
        .patch("/settings/protection", 0, json!({ "rest_days": 45 }))
        .await
        .json();
    assert_eq!(saved["value"]["rest_days"], 45);
    assert_eq!(saved["default"]["rest_days"], 30);
    assert_eq!(saved["changed_by"], "Priya");
    let after = team.get("/settings").await.json();
    assert_eq!(
        after["protection"]["changed_at"], saved["changed_at"],
        "{after}"
    );
    assert_eq!(after["program"]["changed_by"], json!(null));
}
