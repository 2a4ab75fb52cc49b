//! Planning over HTTP: the reference case to the digit, what is kept, and what is refused where.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, program};

fn reference_case() -> Value {
    json!({ "segments": [{
        "name": "Team", "sellers": 500, "quota": 1_500_000, "deal_size": 180_000,
        "need_rate": 0.7, "references": 2,
    }]})
}

async fn refused_field(client: &Client<'_>, path: &str) -> Value {
    let answer = client.get(path).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text
    );
    answer.json()["fields"][0]["field"].clone()
}

#[tokio::test]
async fn the_calculator_gives_the_reference_case_and_names_the_field_that_makes_no_sense() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    let answer = client
        .post("/plan/calculator", reference_case())
        .await
        .json();
    assert_eq!(answer["requests_team_year"].as_f64(), Some(17_500.0 / 3.0));
    let mut nonsense = reference_case();
    nonsense["segments"][0]["need_rate"] = json!(1.5);
    let refused = client.post("/plan/calculator", nonsense).await;
    assert_eq!(refused.json()["fields"][0]["field"], "segments.0.need_rate");
}

#[tokio::test]
async fn a_plan_is_saved_once_per_key_and_stands_in_the_list_and_in_the_revision() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    let body = json!({ "plan": reference_case(), "why": "First guess" });
    let saved = client
        .create("/plan/versions", "plan-first", body.clone())
        .await;
    assert_eq!(saved.status, StatusCode::CREATED, "{}", saved.text);
    let again = client.create("/plan/versions", "plan-first", body).await;
    assert_eq!(again.json()["id"], saved.json()["id"]);
    let listed = client.get("/plan/versions").await.json();
    assert_eq!(
        (&listed["total"], &listed["items"][0]["why"]),
        (&json!(1), &json!("First guess"))
    );
    let revision = client.get("/plan/revision").await.json();
    assert_eq!(revision["quarters"][0]["version_id"], saved.json()["id"]);
    let executive = program.as_role(Role::Executive).await;
    let refused = executive
        .create(
            "/plan/versions",
            "plan-second",
            json!({ "plan": reference_case(), "why": "x" }),
        )
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cut_that_makes_no_sense_is_refused_at_its_field() {
    let program = program().await;
    app::taxonomy::ensure_seeded(&program.app)
        .await
        .expect("the taxonomy is seeded");
    let client = program.as_role(Role::Program).await;
    for (path, field) in [
        ("/plan/gaps?facets=shoe_size", "facets"),
        ("/plan/gaps?window_ends=90,30", "window_ends"),
        ("/plan/gaps?window_ends=soon", "window_ends"),
        ("/plan/demand?need_rate=2", "need_rate"),
        ("/plan/gaps/detail", "segment"),
        ("/plan/gaps/candidates", "segment"),
        ("/plan/head-count?goal=lots", "goal"),
    ] {
        assert_eq!(refused_field(&client, path).await, field, "{path}");
    }
    assert_eq!(
        client.get("/plan/gaps/detail?segment=nothing").await.status,
        StatusCode::NOT_FOUND
    );
    let empty = client
        .get("/plan/gaps?facets=industry&broad=true")
        .await
        .json();
    assert_eq!(
        (&empty["segments"], &empty["money_at_risk"]),
        (&json!([]), &json!("0.00"))
    );
    let admin = program.as_role(Role::Admin).await;
    assert_eq!(admin.get("/plan/gaps").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        admin.get("/plan/gaps/detail?segment=nothing").await.status,
        StatusCode::FORBIDDEN
    );
}
