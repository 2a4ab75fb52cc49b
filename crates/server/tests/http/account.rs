//! Accounts: versions, scopes, and who sees what of a timeline.

use axum::http::{Method, StatusCode};
use domain::{
    access::Role,
    id::{AccountId, UserId},
};
use serde_json::json;
use storage::account::Account;

use crate::support::{Program, program};

async fn account(program: &Program, name: &str, owner: Option<UserId>) -> AccountId {
    let id = app::clock::new_id();
    let mut row = Account::named(id, name, program.app.clock.now());
    row.owner_id = owner;
    row.health = Some(7);
    let tx = program.begin().await;
    storage::account::insert(&tx, row).await.expect("inserted");
    tx.commit().await.expect("committed");
    id
}

#[tokio::test]
async fn an_edit_needs_the_version_it_starts_from_and_says_which_is_current() {
    let program = program().await;
    let owner = program.person("Olga", &[Role::Owner]).await;
    let olga = program.as_user(&owner).await;
    let id = account(&program, "Meridian", Some(owner.id)).await;
    let path = format!("/accounts/{id}");

    let read = olga.get(&path).await;
    assert_eq!(read.header("etag"), Some("\"1\""));
    let blind = olga
        .ask(
            Method::PATCH,
            &path,
            &[],
            Some(json!({ "name": "Meridian Health" })),
        )
        .await;
    assert_eq!(blind.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(blind.code().as_deref(), Some("version_required"));

    let saved = olga
        .patch(&path, 1, json!({ "name": "Meridian Health" }))
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    assert_eq!(saved.header("etag"), Some("\"2\""));
    assert_eq!(saved.json()["name"], "Meridian Health");

    let stale = olga.patch(&path, 1, json!({ "name": "Other" })).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(stale.json()["current"], 2);
    for etag in ["*", "2", "\"two\"", "\"1\", \"2\""] {
        let headers = [("if-match", etag)];
        let answer = olga
            .ask(
                Method::PATCH,
                &path,
                &headers,
                Some(json!({ "name": "Other" })),
            )
            .await;
        assert_eq!(answer.code().as_deref(), Some("malformed"), "{etag}");
    }
    let weakened = [("if-match", "W/\"2\"")];
    let answer = olga
        .ask(
            Method::PATCH,
            &path,
            &weakened,
            Some(json!({ "employees": 40 })),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn an_account_out_of_reach_is_answered_like_one_that_is_not_there() {
    let program = program().await;
    let olga = program.as_role(Role::Owner).await;
    let other = program.person("Otto", &[Role::Owner]).await;
    let id = account(&program, "Meridian", Some(other.id)).await;
    let body = json!({ "name": "Mine" });
    let foreign = olga
        .patch(&format!("/accounts/{id}"), 1, body.clone())
        .await;
    let absent = AccountId(app::clock::new_id());
    let nowhere = olga.patch(&format!("/accounts/{absent}"), 1, body).await;
    let garbled = olga.get("/accounts/not-an-id").await;
    for answer in [&foreign, &nowhere, &garbled] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.text, foreign.text);
    }
}

#[tokio::test]
async fn a_list_pages_through_everything_once_and_refuses_what_it_does_not_know() {
    let program = program().await;
    for name in ["Alder", "Birch", "Cedar", "Douglas", "Elm"] {
        account(&program, name, None).await;
    }
    let seller = program.as_role(Role::Seller).await;
    let mut names = Vec::new();
    let mut path = "/accounts?limit=2".to_owned();
    loop {
        let page = seller.get(&path).await.json();
        assert_eq!(page["total"], 5);
        for item in page["items"].as_array().expect("items") {
            names.push(item["name"].as_str().expect("a name").to_owned());
            assert!(item["health"].is_null(), "a seller sees no health");
        }
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/accounts?limit=2&cursor={cursor}");
    }
    assert_eq!(names, ["Alder", "Birch", "Cedar", "Douglas", "Elm"]);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=two", "limit"),
        ("cursor=garbage", "cursor"),
        ("colour=red", "colour"),
        ("owner=somebody", "owner"),
    ] {
        let answer = seller.get(&format!("/accounts?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(
            answer.json()["fields"][0]["field"],
            field,
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn a_lock_is_set_and_lifted_and_the_timeline_tells_values_to_those_who_may_know() {
    let program = program().await;
    let owner = program.person("Olga", &[Role::Owner]).await;
    let olga = program.as_user(&owner).await;
    let seller = program.as_role(Role::Seller).await;
    let id = account(&program, "Meridian", Some(owner.id)).await;
    let locks = format!("/accounts/{id}/locks");
    let body = json!({ "reason": "renewal", "note": "Signs in March" });
    assert_eq!(
        seller
            .write(Method::POST, &locks, 1, body.clone())
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let locked = olga.write(Method::POST, &locks, 1, body).await;
    assert_eq!(locked.status, StatusCode::OK, "{}", locked.text);
    let lock = locked.json()["locks"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let seen = seller.get(&format!("/accounts/{id}")).await.json();
    assert!(seen["locks"][0]["reason"].is_null(), "{seen}");
    let lifted = olga
        .write(Method::DELETE, &format!("{locks}/{lock}"), 2, json!({}))
        .await;
    assert_eq!(lifted.json()["locks"], json!([]), "{}", lifted.text);

    let timeline = format!("/accounts/{id}/timeline");
    let full = olga.get(&timeline).await.json();
    assert_eq!(full["items"][0]["action"], "unlocked");
    assert_eq!(full["items"][1]["summary"], "Locked the account");
    assert_eq!(full["items"][1]["actor_name"], "Olga");
    assert!(full.to_string().contains("Signs in March"));
    let masked = seller.get(&timeline).await;
    assert_eq!(masked.json()["total"], 2);
    assert!(!masked.text.contains("Signs in March"), "{}", masked.text);
}
