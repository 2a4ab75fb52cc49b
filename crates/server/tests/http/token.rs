//! Keys for programs: no more able than their makers, and gone when revoked.

use axum::http::{Method, StatusCode};
use domain::access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Program, noon, program};

const KEY: &str = "key-of-a-token";

fn reading() -> Value {
    json!({ "name": "Reporting", "scopes": ["account_read", "token_own"], "expires_on": "2026-12-31" })
}

async fn with_token(program: &Program, token: &str, path: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    program
        .stranger()
        .ask(Method::GET, path, &headers, None)
        .await
}

#[tokio::test]
async fn a_token_does_what_its_scopes_name_and_no_more() {
    let program = program().await;
    let seller = program.as_role(Role::Seller).await;
    let made = seller.create("/tokens", KEY, reading()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let token = made.json()["token"].as_str().expect("a token").to_owned();
    assert!(token.starts_with("gw_"), "{token}");
    let allowed = with_token(&program, &token, "/accounts").await;
    assert_eq!(allowed.status, StatusCode::OK, "{}", allowed.text);
    let beyond = with_token(&program, &token, "/inbox").await;
    assert_eq!(beyond.status, StatusCode::FORBIDDEN);
    let bent = with_token(&program, &format!("{token}x"), "/accounts").await;
    assert_eq!(bent.status, StatusCode::UNAUTHORIZED);
    let listed = seller.get("/tokens").await;
    assert_eq!(listed.json()["total"], 1);
    assert!(!listed.text.contains(&token), "the secret is told once");
}

#[tokio::test]
async fn sending_a_create_again_makes_no_second_token_and_tells_no_secret() {
    let program = program().await;
    let seller = program.as_role(Role::Seller).await;
    let first = seller.create("/tokens", KEY, reading()).await.json();
    let second = seller.create("/tokens", KEY, reading()).await.json();
    assert_eq!(first["id"], second["id"]);
    assert!(second["token"].is_null());
    assert_eq!(seller.get("/tokens").await.json()["total"], 1);
}

#[tokio::test]
async fn nobody_hands_out_more_than_they_hold_or_for_longer_than_a_year() {
    let program = program().await;
    let seller = program.as_role(Role::Seller).await;
    for (change, field) in [
        (json!({ "scopes": ["user_edit"] }), "scopes"),
        (json!({ "scopes": [] }), "scopes"),
        (json!({ "expires_on": "2026-11-22" }), "expires_on"),
        (json!({ "expires_on": "2028-01-01" }), "expires_on"),
        (json!({ "name": "" }), "name"),
    ] {
        let mut body = reading();
        for (name, value) in change.as_object().expect("fields") {
            body[name] = value.clone();
        }
        let answer = seller.create("/tokens", KEY, body).await;
        assert_eq!(
            answer.json()["fields"][0]["field"],
            field,
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn a_token_ends_when_it_is_revoked_when_it_expires_and_when_its_maker_goes() {
    let program = program().await;
    let mut user = program.person("Sam", &[Role::Seller]).await;
    let sam = program.as_user(&user).await;
    let made = sam.create("/tokens", KEY, reading()).await.json();
    let token = made["token"].as_str().expect("a token").to_owned();
    let path = format!("/tokens/{}", made["id"].as_str().expect("an id"));

    let stranger = program.as_role(Role::Owner).await;
    assert_eq!(stranger.delete(&path).await.status, StatusCode::NOT_FOUND);
    program.app.clock.set(noon().plus_days(39));
    assert_eq!(
        with_token(&program, &token, "/accounts").await.status,
        StatusCode::UNAUTHORIZED
    );
    program.app.clock.set(noon().plus_days(38));
    assert_eq!(
        with_token(&program, &token, "/accounts").await.status,
        StatusCode::OK
    );
    program.app.clock.set(noon());

    user.is_active = false;
    let tx = program.begin().await;
    storage::user::save(&tx, &mut user).await.expect("saved");
    tx.commit().await.expect("committed");
    assert_eq!(
        with_token(&program, &token, "/accounts").await.status,
        StatusCode::UNAUTHORIZED
    );
    user.is_active = true;
    let tx = program.begin().await;
    storage::user::save(&tx, &mut user).await.expect("saved");
    tx.commit().await.expect("committed");

    assert_eq!(sam.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        with_token(&program, &token, "/accounts").await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(sam.delete(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_token_cannot_end_sessions_or_change_the_password() {
    let program = program().await;
    let seller = program.as_role(Role::Seller).await;
    let made = seller.create("/tokens", KEY, reading()).await.json();
    let bearer = format!("Bearer {}", made["token"].as_str().expect("a token"));
    let headers = [("authorization", bearer.as_str())];
    let stranger = program.stranger();
    for (method, path, body) in [
        (Method::DELETE, "/sessions", None),
        (
            Method::POST,
            "/session/password",
            Some(json!({ "current": "x", "new": "y" })),
        ),
    ] {
        let answer = stranger.ask(method, path, &headers, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(seller.get("/session").await.status, StatusCode::OK);
}
