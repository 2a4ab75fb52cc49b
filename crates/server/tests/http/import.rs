//! A file on its way in over HTTP, step by step, and what is refused on the way.

use app::job::{self, Worked};
use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, program};

const CONTACTS: &str = "Person,Mail,Works at,Since\n\
    Ann Lee,ann@acme.com,Acme,03/04/2025\n\
    Bob Ray,not an address,Acme,05/06/2025\n\
    ,,Acme,01/02/2025\n";

async fn upload(client: &Client<'_>, name: &str, text: &str) -> Value {
    let path = format!("/imports?file_name={name}");
    let answer = client.upload(&path, name, text.as_bytes().to_vec()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

fn path(import: &Value, step: &str) -> String {
    format!("/imports/{}{step}", import["id"].as_str().expect("an id"))
}

fn version(import: &Value) -> i64 {
    import["version"].as_i64().expect("a version")
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one file on its whole way")]
async fn a_file_is_proposed_mapped_checked_applied_and_its_errors_fetched() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    let fields = client.get("/import-fields/contacts").await.json();
    let label = |name: &str| {
        let fields = fields["items"].as_array().expect("a list");
        let field = fields.iter().find(|field| field["name"] == name);
        field.map(|field| field["label"].clone())
    };
    assert_eq!(label("contact.email"), Some(json!("Contact e-mail")));
    assert_eq!(label("opportunity.amount"), None);
    let import = upload(&client, "contacts.csv", CONTACTS).await;
    assert_eq!(import["rows"], 3);
    assert_eq!(import["status"], "uploaded");
    let mapping = json!({
        "version": 1,
        "kind": "contacts",
        "columns": [
            { "column": "Person", "field": "contact.name" },
            { "column": "Mail", "field": "contact.email" },
            { "column": "Works at", "field": "account.name" },
        ],
    });
    let mapped = client
        .patch(
            &path(&import, ""),
            version(&import),
            json!({ "mapping": mapping }),
        )
        .await;
    assert_eq!(mapped.status, StatusCode::OK, "{}", mapped.text);
    let import = mapped.json();
    assert_eq!(import["columns"][1]["field"], "contact.email");

    let checked = client
        .write(
            axum::http::Method::POST,
            &path(&import, "/dry-run"),
            version(&import),
            json!({}),
        )
        .await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
    let import = checked.json();
    let report = &import["report"];
    assert_eq!(
        (&report["created"], &report["failed"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(report["dry_run"], true);
    let contacts = client.get("/contacts").await.json();
    assert_eq!(contacts["total"], 0, "a dry run writes nothing");

    let applying = client
        .write(
            axum::http::Method::POST,
            &path(&import, "/apply"),
            version(&import),
            json!({}),
        )
        .await;
    assert_eq!(applying.status, StatusCode::ACCEPTED, "{}", applying.text);
    assert_eq!(applying.json()["status"], "applying");
    let worked = job::run_next_long(&program.app).await.expect("a run");
    assert_eq!(worked, Worked::Done);
    let import = client.get(&path(&import, "")).await.json();
    assert_eq!(
        (&import["status"], &import["rows_done"]),
        (&json!("done"), &json!(3))
    );
    assert_eq!(
        import["columns"][1]["samples"],
        json!([]),
        "samples are values of people"
    );
    let report = &import["report"];
    assert_eq!(
        (&report["created"], &report["failed"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(client.get("/contacts").await.json()["total"], 2);
    let errors = client.get(&path(&import, "/errors")).await;
    assert_eq!(
        errors.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    assert!(
        errors
            .text
            .starts_with("Person,Mail,Works at,Since,reason (Goodword)")
    );
    assert_eq!(errors.text.lines().count(), 2, "{}", errors.text);
}

#[tokio::test]
async fn an_ambiguous_date_is_asked_about_and_the_answer_is_used() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    let text = "Account Name,Customer Since\nAcme,03/04/2025\nGlobex,05/06/2025\n";
    let import = upload(&client, "accounts.csv", text).await;
    assert_eq!(import["questions"][0]["column"], "Customer Since");
    assert_eq!(import["mapping"], Value::Null);
    let unanswered = client
        .write(
            axum::http::Method::POST,
            &path(&import, "/apply"),
            version(&import),
            json!({}),
        )
        .await;
    assert_eq!(
        unanswered.status,
        StatusCode::CONFLICT,
        "{}",
        unanswered.text
    );
    let answer = import["questions"][0]["options"][1]["answer"].clone();
    let answers = json!({ "answers": [{ "column": "Customer Since", "answer": answer }] });
    let answered = client
        .patch(&path(&import, ""), version(&import), answers)
        .await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.text);
    assert_ne!(answered.json()["mapping"], Value::Null);
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_whole() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    for (name, bytes) in [
        ("empty.csv", b"".to_vec()),
        ("quote.csv", b"Name\n\"open".to_vec()),
        ("paper.pdf", b"%PDF-1.7".to_vec()),
        ("picture.csv", b"\x89PNG\r\n".to_vec()),
        ("broken.json", b"[{\"Name\":".to_vec()),
    ] {
        let answer = client
            .upload(&format!("/imports?file_name={name}"), name, bytes)
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}: {}",
            answer.text
        );
    }
    assert_eq!(client.get("/imports").await.json()["total"], 0);
    let large = vec![b'x'; server::http::import::FILE_BYTES_MAX + 1];
    let answer = client
        .upload("/imports?file_name=large.csv", "large.csv", large)
        .await;
    assert_eq!(
        answer.status,
        StatusCode::PAYLOAD_TOO_LARGE,
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_wrong_kind_a_wrong_field_and_a_stale_version_are_refused_and_change_nothing() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    let import = upload(&client, "contacts.csv", CONTACTS).await;
    let bad = |field: &str| {
        json!({ "mapping": { "version": 1, "kind": "contacts",
            "columns": [{ "column": "Person", "field": field }] } })
    };
    for change in [
        json!({ "kind": "planets" }),
        bad("contact.shoe_size"),
        bad("opportunity.name"),
    ] {
        let answer = client
            .patch(&path(&import, ""), version(&import), change)
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.text
        );
    }
    let stale = client.patch(&path(&import, ""), 99, json!({})).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let absent = client.post(&path(&import, "/apply"), json!({})).await;
    assert_eq!(absent.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(client.get(&path(&import, "")).await.json(), import);
    let other = client
        .patch(
            &path(&import, ""),
            version(&import),
            json!({ "kind": "accounts" }),
        )
        .await;
    assert_eq!(other.json()["kind"], "accounts");
}

#[tokio::test]
async fn only_the_program_role_imports() {
    let program = program().await;
    for role in Role::ALL {
        let client = program.as_role(*role).await;
        let name = format!("{role}.csv");
        let answer = client
            .upload(
                &format!("/imports?file_name={name}"),
                &name,
                CONTACTS.into(),
            )
            .await;
        let expected = if *role == Role::Program {
            StatusCode::CREATED
        } else {
            StatusCode::FORBIDDEN
        };
        assert_eq!(answer.status, expected, "{role}: {}", answer.text);
    }
}

#[tokio::test]
async fn an_import_that_waits_is_cancelled_and_started_again() {
    let program = program().await;
    let client = program.as_role(Role::Program).await;
    let text = "Account Name\nAcme\nGlobex\n";
    let import = upload(&client, "accounts.csv", text).await;
    let step = async |import: &Value, step: &str| {
        let at = path(import, step);
        client
            .write(axum::http::Method::POST, &at, version(import), json!({}))
            .await
    };
    let import = step(&import, "/apply").await.json();
    let twice = step(&import, "/apply").await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.text);
    let import = step(&import, "/cancel").await.json();
    assert_eq!(import["status"], "cancelled");
    assert_eq!(
        job::run_next_long(&program.app).await.expect("a run"),
        Worked::Done
    );
    assert_eq!(client.get("/accounts").await.json()["total"], 0);
    let import = step(&import, "/apply").await.json();
    assert_eq!(
        job::run_next_long(&program.app).await.expect("a run"),
        Worked::Done
    );
    assert_eq!(
        client.get(&path(&import, "")).await.json()["status"],
        "done"
    );
    assert_eq!(client.get("/accounts").await.json()["total"], 2);
}
