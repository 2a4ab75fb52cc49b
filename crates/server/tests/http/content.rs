//! Content over HTTP: creates that are safe to repeat, and files that no browser runs.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use domain::access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Client, program};

const PDF: &str =
    "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

async fn draft(client: &Client<'_>) -> Value {
    let body = json!({ "title": "Cutover in six weeks", "kind": "case_study", "body": "A story." });
    let made = client.create("/content", "key-content-1", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()
}

async fn upload(client: &Client<'_>, path: &str, version: i64, bytes: &[u8]) -> Answer {
    let mut request = Request::put(format!("/api/v1{path}"))
        .header("host", "localhost:8080")
        .header("if-match", format!("\"{version}\""))
        .header("content-type", "application/octet-stream");
    if let Some(cookie) = &client.cookie {
        request = request.header("cookie", cookie);
    }
    let request = request.body(Body::from(bytes.to_vec())).expect("a request");
    client.program.send(request).await
}

#[tokio::test]
async fn a_create_sent_twice_makes_one_draft() {
    let program = program().await;
    let pia = program.as_role(Role::Program).await;
    let (first, second) = (draft(&pia).await, draft(&pia).await);
    assert_eq!(first["id"], second["id"]);
    assert_eq!(pia.get("/content").await.json()["total"], 1);
}

#[tokio::test]
async fn an_unknown_field_is_refused_by_name() {
    let program = program().await;
    let pia = program.as_role(Role::Program).await;
    let body = json!({ "title": "A", "kind": "quote", "status": "approved" });
    let refused = pia.create("/content", "key-content-2", body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["fields"][0]["field"], "status");
}

#[tokio::test]
async fn a_file_goes_out_as_a_download_that_no_page_can_run() {
    let program = program().await;
    let pia = program.as_role(Role::Program).await;
    let id = draft(&pia).await["id"].as_str().expect("an id").to_owned();
    let path = format!("/content/{id}/file?file_name=Six%20weeks%20%22%C3%BC%22.html");
    let put = upload(&pia, &path, 1, PDF.as_bytes()).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    let file = put.json()["file"].clone();
    assert_eq!(file["name"], "Six weeks -ü-.pdf");
    assert_eq!(file["media_type"], "application/pdf");

    let address = format!(
        "/content/{id}/files/{}",
        file["id"].as_str().expect("an id")
    );
    let got = pia.get(&address).await;
    assert_eq!((got.status, got.text.as_str()), (StatusCode::OK, PDF));
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        (
            "content-security-policy",
            "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'none'",
        ),
        (
            "content-disposition",
            "attachment; filename=\"Six weeks -_-.pdf\"; filename*=UTF-8''Six%20weeks%20-%C3%BC-.pdf",
        ),
        ("accept-ranges", "bytes"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(got.header(name), Some(value), "{name}");
    }
    // A draft's file is as hidden from sellers as the draft.
    let seller = program.as_role(Role::Seller).await;
    assert_eq!(seller.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        program.stranger().get(&address).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_range_of_a_file_is_exactly_what_was_asked_for() {
    let program = program().await;
    let pia = program.as_role(Role::Program).await;
    let id = draft(&pia).await["id"].as_str().expect("an id").to_owned();
    // Longer than one piece, so that ranges cross from piece to piece.
    let long: String = (0..60_000).map(|number| format!("{number:09}\n")).collect();
    let whole = format!("%PDF-1.4\n{long}%%EOF\n");
    let put = upload(
        &pia,
        &format!("/content/{id}/file?file_name=a.pdf"),
        1,
        whole.as_bytes(),
    )
    .await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    let file = put.json()["file"]["id"].as_str().expect("an id").to_owned();
    let address = format!("/content/{id}/files/{file}");
    let size = whole.len();
    let whole_answer = pia.get(&address).await;
    assert!(whole_answer.text == whole);
    let etag = whole_answer.header("etag").expect("an etag").to_owned();
    for (range, first, last) in [
        ("bytes=0-9".to_owned(), 0, 9),
        ("bytes=262140-262150".to_owned(), 262_140, 262_150),
        (format!("bytes={}-", size - 5), size - 5, size - 1),
        ("bytes=-4".to_owned(), size - 4, size - 1),
        ("bytes=100-999999999".to_owned(), 100, size - 1),
    ] {
        let part = pia
            .ask(Method::GET, &address, &[("range", &range)], None)
            .await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{range}");
        let expected = format!("bytes {first}-{last}/{size}");
        assert_eq!(part.header("content-range"), Some(expected.as_str()));
        assert!(part.text == whole[first..=last], "{range}");
    }
    let beyond = pia
        .ask(Method::GET, &address, &[("range", "bytes=99999999-")], None)
        .await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let nonsense = pia
        .ask(Method::GET, &address, &[("range", "lines=1-2")], None)
        .await;
    assert_eq!(nonsense.status, StatusCode::OK);
    let same = [("range", "bytes=0-3"), ("if-range", etag.as_str())];
    let other = [("range", "bytes=0-3"), ("if-range", "\"other\"")];
    assert_eq!(
        pia.ask(Method::GET, &address, &same, None).await.text,
        "%PDF"
    );
    assert_eq!(
        pia.ask(Method::GET, &address, &other, None).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_replaced_file_has_a_new_address_and_the_old_one_is_gone() {
    let program = program().await;
    let pia = program.as_role(Role::Program).await;
    let id = draft(&pia).await["id"].as_str().expect("an id").to_owned();
    let path = format!("/content/{id}/file?file_name=a.pdf");
    let first = upload(&pia, &path, 1, PDF.as_bytes()).await.json();
    let stale = upload(&pia, &path, 1, PDF.as_bytes()).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let second = upload(&pia, &path, 2, PDF.as_bytes()).await.json();
    let address = |file: &Value| {
        format!(
            "/content/{id}/files/{}",
            file["file"]["id"].as_str().expect("an id")
        )
    };
    assert_eq!(
        pia.get(&address(&first)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(pia.get(&address(&second)).await.status, StatusCode::OK);
    let gone = pia
        .ask(
            Method::DELETE,
            &format!("/content/{id}/file"),
            &[("if-match", "\"3\"")],
            None,
        )
        .await;
    assert_eq!(gone.json()["file"], Value::Null);
    assert_eq!(
        pia.get(&address(&second)).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_refused_file_says_why_and_leaves_the_content_as_it_was() {
    let program = program().await;
    let pia = program.as_role(Role::Program).await;
    let id = draft(&pia).await["id"].as_str().expect("an id").to_owned();
    let refused = upload(
        &pia,
        &format!("/content/{id}/file?file_name=a.png"),
        1,
        b"<svg onload='x()'/>",
    )
    .await;
    assert_eq!(refused.code().as_deref(), Some("bad_file"));
    assert!(
        refused.text.contains("SVG pictures can carry scripts"),
        "{}",
        refused.text
    );
    assert_eq!(
        pia.get(&format!("/content/{id}")).await.json()["version"],
        1
    );
    let large = vec![b'x'; 26 * 1024 * 1024];
    let refused = upload(
        &pia,
        &format!("/content/{id}/file?file_name=a.png"),
        1,
        &large,
    )
    .await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}
