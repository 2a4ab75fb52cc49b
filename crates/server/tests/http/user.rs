//! Colleagues: added once, changed with care, never without an admin.

use axum::http::{Method, StatusCode};
use domain::access::Role;
use serde_json::{Value, json};

use crate::support::{local, program, program_on};

const KEY: &str = "3f1c9a70-key";

fn bea() -> Value {
    json!({ "name": "Bea", "email": "bea@example.com", "password": "correct horse battery", "roles": ["seller"] })
}

testkit::on_both_engines! {
    async fn the_same_create_sent_ten_times_at_once_adds_one_colleague(db: TestDb) {
        let program = program_on(db, local());
        let admin = program.as_role(Role::Admin).await;
        let tries = (0..10).map(|_| admin.create("/users", KEY, bea()));
        let answers = futures_util::future::join_all(tries).await;
        for answer in &answers {
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
            assert_eq!(answer.json()["id"], answers[0].json()["id"]);
            assert_eq!(answer.header("location"), answers[0].header("location"));
        }
        assert_eq!(admin.get("/users?q=bea").await.json()["total"], 1);
    }
}

#[tokio::test]
async fn a_create_needs_a_key_and_a_key_stands_for_one_body() {
    let program = program().await;
    let admin = program.as_role(Role::Admin).await;
    let without = admin.post("/users", bea()).await;
    assert_eq!(without.status, StatusCode::BAD_REQUEST);
    assert_eq!(without.code().as_deref(), Some("idempotency_key_required"));
    for key in ["short", "has a space in it", &"k".repeat(201)] {
        let answer = admin.create("/users", key, bea()).await;
        assert_eq!(answer.code().as_deref(), Some("malformed"), "{key}");
    }
    let made = admin.create("/users", KEY, bea()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let mut other = bea();
    other["email"] = json!("bob@example.com");
    let reused = admin.create("/users", KEY, other.clone()).await;
    assert_eq!(reused.code().as_deref(), Some("idempotency_key_reused"));
    // Keys of different people never meet.
    let second = program.person("Second", &[Role::Admin]).await;
    let second = program.as_user(&second).await;
    let answer = second.create("/users", KEY, other).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
}

#[tokio::test]
async fn an_address_is_taken_once_and_the_field_says_so() {
    let program = program().await;
    let admin = program.as_role(Role::Admin).await;
    admin.create("/users", KEY, bea()).await;
    let again = admin.create("/users", "another-key", bea()).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(again.json()["fields"][0]["field"], "email");
    let mut unknown_role = bea();
    unknown_role["roles"] = json!(["king"]);
    let answer = admin.create("/users", "a-third-key", unknown_role).await;
    assert_eq!(
        answer.json()["fields"][0]["field"],
        "roles[0]",
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let program = program().await;
    let operator = program.as_role(Role::Admin).await;
    let made = operator
        .create("/users", KEY, json!({ "name": "Ann", "email": "ann@example.com", "password": "correct horse battery", "roles": ["admin"] }))
        .await;
    let path = made.header("location").expect("a location").to_owned();
    // The first admin has no password and cannot sign in, so Ann is the only one who can.
    for change in [
        json!({ "roles": ["seller"] }),
        json!({ "is_active": false }),
    ] {
        let answer = operator.patch(&path, 1, change).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
        assert_eq!(answer.code().as_deref(), Some("move_not_allowed"));
    }
    let second = operator
        .create("/users", "a-second-admin", json!({ "name": "Bob", "email": "bob@example.com", "password": "correct horse battery", "roles": ["admin"] }))
        .await;
    assert_eq!(second.status, StatusCode::CREATED);
    let answer = operator
        .patch(&path, 1, json!({ "roles": ["seller"] }))
        .await;
    assert_eq!(answer.json()["roles"], json!(["seller"]), "{}", answer.text);
}

#[tokio::test]
async fn an_edit_changes_what_it_names_and_a_new_password_ends_sessions() {
    let program = program().await;
    let admin = program.as_role(Role::Admin).await;
    let user = program.person("Bea", &[Role::Seller]).await;
    let bea = program.as_user(&user).await;
    let path = format!("/users/{}", user.id);
    let moved = admin.patch(&path, 1, json!({ "team": "North" })).await;
    assert_eq!(moved.json()["team"], "North", "{}", moved.text);
    assert_eq!(moved.json()["name"], "Bea");
    assert_eq!(bea.get("/session").await.status, StatusCode::OK);
    let own = admin
        .patch(&path, 2, json!({ "manager_id": user.id }))
        .await;
    assert_eq!(own.json()["fields"][0]["field"], "manager_id");
    let reset = admin
        .patch(&path, 2, json!({ "password": "three green elephants" }))
        .await;
    assert_eq!(reset.status, StatusCode::OK, "{}", reset.text);
    assert!(!reset.text.contains("argon2"), "{}", reset.text);
    assert_eq!(bea.get("/session").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn bodies_that_are_no_json_or_too_large_are_refused_as_such() {
    let program = program().await;
    let admin = program.as_role(Role::Admin).await;
    let key = [("idempotency-key", KEY), ("content-type", "text/plain")];
    let answer = admin.ask(Method::POST, "/users", &key, None).await;
    assert_eq!(answer.code().as_deref(), Some("wrong_media_type"));
    let key = [
        ("idempotency-key", KEY),
        ("content-type", "application/json"),
    ];
    let answer = admin.ask(Method::POST, "/users", &key, None).await;
    assert_eq!(answer.code().as_deref(), Some("malformed"));
    let mut large = bea();
    large["name"] = json!("x".repeat(1024 * 1024));
    let answer = admin.create("/users", KEY, large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.code().as_deref(), Some("too_large"));
}
