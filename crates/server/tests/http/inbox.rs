//! The inbox: one's own, and nobody else's.

use axum::http::StatusCode;
use domain::{access::Role, id::UserId, notice::NoticeClass};
use serde_json::json;
use storage::notice::Notice;

use crate::support::{Program, program};

async fn notices(program: &Program, reader: UserId, count: usize) {
    let tx = program.begin().await;
    let rows = (1..=count)
        .map(|number| Notice {
            id: app::clock::new_id(),
            user_id: reader,
            class: NoticeClass::Ask,
            title: format!("Ask {number}"),
            body: "Please decide.".to_owned(),
            path: "/approvals".to_owned(),
            created_at: tx.now(),
            read_at: None,
            snoozed_until: None,
            record_kind: None,
            record_id: None,
            update_kind: None,
        })
        .collect();
    storage::notice::insert_all(&tx, rows)
        .await
        .expect("inserted");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn entries_are_read_one_by_one_or_all_at_once() {
    let program = program().await;
    let user = program.person("Olga", &[Role::Owner]).await;
    let olga = program.as_user(&user).await;
    notices(&program, user.id, 3).await;
    let page = olga.get("/inbox?part=open").await.json();
    assert_eq!(page["total"], 3);
    let read = format!(
        "/inbox/{}/read",
        page["items"][0]["id"].as_str().expect("an id")
    );
    for _ in 0..2 {
        assert_eq!(
            olga.post(&read, json!({})).await.status,
            StatusCode::NO_CONTENT
        );
    }
    assert_eq!(olga.get("/inbox?part=open").await.json()["total"], 2);
    assert_eq!(
        olga.post("/inbox/read-all", json!({})).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(olga.get("/inbox?part=open").await.json()["total"], 0);
    assert_eq!(olga.get("/inbox").await.json()["total"], 3);
}

#[tokio::test]
async fn somebody_elses_entry_is_not_there() {
    let program = program().await;
    let user = program.person("Olga", &[Role::Owner]).await;
    let olga = program.as_user(&user).await;
    notices(&program, user.id, 1).await;
    let other = program.as_role(Role::Program).await;
    assert_eq!(other.get("/inbox").await.json()["total"], 0);
    let page = olga.get("/inbox").await.json();
    let read = format!(
        "/inbox/{}/read",
        page["items"][0]["id"].as_str().expect("an id")
    );
    assert_eq!(
        other.post(&read, json!({})).await.status,
        StatusCode::NOT_FOUND
    );
    other.post("/inbox/read-all", json!({})).await;
    assert_eq!(olga.get("/inbox?part=open").await.json()["total"], 1);
}
