//! Records out over HTTP.

use axum::http::StatusCode;
use domain::access::Role;

use crate::support::program;

#[tokio::test]
async fn an_export_is_a_file_that_states_its_rows() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    let answer = client.post("/exports/users", serde_json::Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.header("goodword-rows"), Some("1"));
    assert_eq!(
        answer.header("content-disposition"),
        Some("attachment; filename=\"users-2026-11-23.csv\"")
    );
    let mut lines = answer.text.lines();
    let header = lines.next().expect("a header");
    assert!(header.starts_with("\u{feff}Goodword user id,"), "{header}");
    assert_eq!(lines.count(), 1);
    let raw = client
        .post("/exports/users?format=jsonl", serde_json::Value::Null)
        .await;
    let type_of = raw.header("content-type");
    assert_eq!(type_of, Some("application/jsonl; charset=utf-8"));
    let row: serde_json::Value = serde_json::from_str(&raw.text).expect("one record");
    assert_eq!(row["Role"], serde_json::json!(["program"]));
}

#[tokio::test]
async fn an_export_of_several_parts_is_whole_and_reads_back() {
    let program = program().await;
    app::taxonomy::ensure_seeded(&program.app)
        .await
        .expect("a taxonomy of more than 500 terms");
    let client = program.as_role(Role::Program).await;
    let answer = client.post("/exports/terms", serde_json::Value::Null).await;
    let rows: usize = answer
        .header("goodword-rows")
        .and_then(|rows| rows.parse().ok())
        .expect("a count");
    assert!(rows > 500, "{rows}");
    let options = import::read::ReadOptions::default();
    let table = import::read::read("terms.csv", answer.text.as_bytes(), &options).expect("a table");
    assert_eq!(table.len(), rows);
    let kind = import::exported::kind_of(&table);
    assert_eq!(kind, Some(import::kind::Kind::Terms));
}

#[tokio::test]
async fn what_cannot_be_exported_is_refused_with_what_can() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    for path in ["/exports/secrets", "/exports/users?format=exe"] {
        let answer = client.post(path, serde_json::Value::Null).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.text.contains("Choose one of: "), "{}", answer.text);
    }
    let seller = program.as_role(Role::Seller).await;
    let answer = seller
        .post("/exports/contacts", serde_json::Value::Null)
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
}

#[tokio::test]
async fn a_list_is_a_file_that_states_its_rows_and_takes_what_the_list_takes() {
    let program = program().await;
    let client = program.as_role(Role::Admin).await;
    let nothing = || serde_json::Value::Null;
    client.post("/events/export", nothing()).await;
    let answer = client.post("/events/export?kind=user", nothing()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let kept_as = answer.header("content-disposition");
    assert_eq!(
        kept_as,
        Some("attachment; filename=\"events-2026-11-23.csv\"")
    );
    assert_eq!(answer.header("goodword-rows"), Some("1"));
    assert!(
        answer.text.contains("Exported the audit log"),
        "{}",
        answer.text
    );
    let none = client.post("/events/export?kind=setting", nothing()).await;
    assert_eq!(none.header("goodword-rows"), Some("0"));
    for path in [
        "/events/export?limit=5",
        "/events/export?record=018f4c2e-0000-7000-8000-000000000001",
        "/load/export?list=everybody",
    ] {
        let answer = client.post(path, nothing()).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.text);
    }
    let pat = program.as_role(Role::Program).await;
    for path in [
        "/requests/export",
        "/steward/export?format=jsonl",
        "/load/export?list=tiring",
        "/duplicates/export?kind=contact",
    ] {
        let answer = pat.post(path, nothing()).await;
        assert_eq!(
            answer.header("goodword-rows"),
            Some("0"),
            "{path}: {}",
            answer.text
        );
    }
}
