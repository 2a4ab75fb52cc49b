//! The audit list: each role its part, and no quiet edit.

use axum::http::StatusCode;
use domain::{access::Role, record::RecordKind};
use serde_json::json;
use storage::account::Account;

use crate::support::{Program, program};

/// One event about an account and one about a colleague.
async fn happenings(program: &Program) {
    let olga = program.person("Olga", &[Role::Owner]).await;
    let mut row = Account::named(app::clock::new_id(), "Meridian", program.app.clock.now());
    row.owner_id = Some(olga.id);
    let id = row.id;
    let tx = program.begin().await;
    storage::account::insert(&tx, row).await.expect("inserted");
    tx.commit().await.expect("committed");
    let client = program.as_user(&olga).await;
    let path = format!("/accounts/{id}");
    client
        .patch(&path, 1, json!({ "name": "Meridian Health" }))
        .await;
    client.delete("/session").await;
}

#[tokio::test]
async fn each_role_reads_the_part_of_the_log_it_answers_for() {
    let program = program().await;
    happenings(&program).await;
    for (role, expected) in [
        (Role::Program, vec!["account"]),
        (Role::Admin, vec!["user"]),
        (Role::Privacy, vec!["user", "account"]),
    ] {
        let client = program.as_role(role).await;
        let page = client.get("/events").await.json();
        let kinds: Vec<&str> = page["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter_map(|item| item["record_kind"].as_str())
            .collect();
        assert_eq!(kinds, expected, "{role}");
    }
    let admin = program.person("Second", &[Role::Admin]).await;
    let admin = program.as_user(&admin).await;
    for kind in RecordKind::ALL {
        let page = admin.get(&format!("/events?kind={kind}")).await.json();
        let is_people = *kind == RecordKind::User;
        assert_eq!(page["total"] == 0, !is_people, "{kind}: {page}");
    }
}

#[tokio::test]
async fn an_edited_row_of_the_log_is_found() {
    let program = program().await;
    happenings(&program).await;
    let admin = program.as_role(Role::Admin).await;
    let whole = admin.post("/events/verify", json!({})).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.json()["is_whole"], true, "{}", whole.text);
    let touched = program
        .db
        .tamper("update events set action = 'created' where action = 'updated'")
        .await;
    assert_eq!(touched, 1);
    let broken = admin.post("/events/verify", json!({})).await.json();
    assert_eq!(broken["is_whole"], false);
    assert_eq!(broken["faults"][0]["kind"], "changed");
}

#[tokio::test]
async fn the_log_narrows_to_a_record_a_person_and_a_time() {
    let program = program().await;
    happenings(&program).await;
    let privacy = program.as_role(Role::Privacy).await;
    let page = privacy.get("/events?kind=account").await.json();
    let event = &page["items"][0];
    let (record, at) = (
        event["record_id"].as_str().expect("an id"),
        event["at"].as_str().expect("an instant"),
    );
    let found = privacy
        .get(&format!("/events?kind=account&record={record}"))
        .await;
    assert_eq!(found.json()["total"], 1, "{}", found.text);
    let later = privacy
        .get(&format!("/events?kind=account&before={at}"))
        .await;
    assert_eq!(later.json()["total"], 0, "{}", later.text);
    let since = privacy
        .get(&format!("/events?kind=account&since={at}"))
        .await;
    assert_eq!(since.json()["total"], 1, "{}", since.text);
    let bare = privacy.get(&format!("/events?record={record}")).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bare.json()["fields"][0]["field"], "kind");
    let admin = program.as_role(Role::Admin).await;
    let hidden = admin
        .get(&format!("/events?kind=account&record={record}"))
        .await;
    assert_eq!(hidden.json()["total"], 0, "{}", hidden.text);
}
