//! Searches that nobody should send: each gets a sane answer or a clear refusal.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Program, local, program, program_on};

async fn seeded() -> Program {
    let program = program().await;
    app::taxonomy::ensure_seeded(&program.app)
        .await
        .expect("a taxonomy");
    program
}

/// The id of a term by facet and name.
async fn term(client: &Client<'_>, facet: &str, name: &str) -> Value {
    let terms = client
        .get(&format!("/api/v1/terms?facet={facet}&limit=5000"))
        .await
        .json();
    let terms = terms["items"].as_array().expect("terms").clone();
    let found = terms.into_iter().find(|term| term["name"] == name);
    found.expect("a term")["id"].clone()
}

fn refused_at(answer: &Answer, field: &str, words: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text
    );
    let problem = answer.json();
    assert_eq!(problem["fields"][0]["field"], field, "{}", answer.text);
    let message = problem["fields"][0]["message"].as_str().expect("a message");
    assert!(message.contains(words), "{message}");
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one table of refusals")]
async fn criteria_that_make_no_sense_are_refused_with_what_to_do() {
    let program = seeded().await;
    let client = program.as_role(Role::Program).await;
    let banking = term(&client, "industry", "Banking").await;
    let france = term(&client, "region", "France").await;
    let unknown = "019ac000-0000-7000-8000-000000000000";
    let one = |facet: &str, terms: Value| json!({ "facet": facet, "terms": terms });
    let twice = [
        one("industry", json!([banking])),
        one("industry", json!([banking])),
    ];
    for (criteria, field, words) in [
        (
            json!([one("colour", json!([banking]))]),
            "criteria[0].facet",
            "Facets are: industry",
        ),
        (
            json!([one("industry", json!([unknown]))]),
            "criteria",
            "no term",
        ),
        (
            json!([one("industry", json!([france]))]),
            "criteria",
            "belongs to another facet",
        ),
        (
            json!([one("industry", json!([]))]),
            "criteria",
            "names no term",
        ),
        (json!(twice), "criteria", "put their terms into one"),
        (
            json!([{ "facet": "industry", "terms": [banking], "weight": 0 }]),
            "criteria[0].weight",
            "1 to 100",
        ),
        (
            json!([{ "facet": "industry", "terms": [banking], "weight": 4_000_000_000_u32 }]),
            "criteria[0].weight",
            "1 to 100",
        ),
        (
            json!([one("industry", json!(vec![banking.clone(); 201]))]),
            "criteria",
            "at most 200",
        ),
    ] {
        let answer = client
            .post("/api/v1/matches", json!({ "criteria": criteria }))
            .await;
        refused_at(&answer, field, words);
    }
    for (body, field, words) in [
        (
            json!({ "need_by": "2020-01-01" }),
            "need_by",
            "choose 2026-11-23 or a later day",
        ),
        (json!({ "limit": 100_000 }), "limit", "200"),
        (json!({ "cursor": "nonsense" }), "cursor", "first page"),
        (
            json!({ "text": "a", "plain": vec!["a"; 51] }),
            "plain",
            "At most 50",
        ),
    ] {
        refused_at(&client.post("/api/v1/matches", body).await, field, words);
    }
    for body in [
        json!({ "criteria": [{ "facet": "industry", "terms": ["banking"] }] }),
        json!({ "criteria": [{ "facet": "industry", "terms": [banking], "weight": -1 }] }),
        json!({ "criteria": [{ "facet": "industry", "terms": [banking], "weight": 1e300 }] }),
        json!({ "text": 7 }),
        json!({ "wishes": [] }),
    ] {
        let answer = client.post("/api/v1/matches", body).await;
        assert!(answer.status.is_client_error(), "{}", answer.text);
        assert!(answer.code().is_some(), "{}", answer.text);
    }
}

#[tokio::test]
async fn contradictory_and_far_away_wishes_are_answered() {
    let program = seeded().await;
    let client = program.as_role(Role::Program).await;
    let banking = term(&client, "industry", "Banking").await;
    let retail = term(&client, "industry", "Retail").await;
    let both =
        json!([{ "facet": "industry", "terms": [banking, retail], "must": true, "weight": 100 }]);
    for body in [
        json!({ "criteria": both, "text": "neither banking nor retail", "need_by": "9999-12-31" }),
        json!({ "criteria": both, "text": "" }),
        json!({ "criteria": [], "text": "   \u{a0} " }),
        json!({}),
    ] {
        let answer = client.post("/api/v1/matches", body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json()["total"], 0);
    }
}

#[tokio::test]
async fn ten_thousand_bytes_of_text_are_answered_and_one_more_is_refused() {
    let program = seeded().await;
    let client = program.as_role(Role::Program).await;
    let mut text = "heathcare retial xqzzy migratoin ".repeat(400);
    text.truncate(10_000);
    let answer = client
        .post("/api/v1/matches", json!({ "text": text }))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let named = answer.json()["recognised"]
        .as_array()
        .expect("a list")
        .len();
    assert_eq!(named, 32);
    text.push('a');
    let answer = client
        .post("/api/v1/matches", json!({ "text": text }))
        .await;
    refused_at(&answer, "text", "at most 10000 are taken; shorten it");
}

/// Some of everything that breaks programs: markup, quotes, marks that turn the writing, nothing.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "' or 1=1; drop table advocates; --",
    "\u{202e}evil\u{202c}",
    "\u{0}",
    "\u{feff}",
    "\u{200b}",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
    "%s%n%x",
    "../../etc/passwd",
    "`",
    "\\",
    "\"",
    "田中さんにあげて下さい",
    "👩‍👩‍👧‍👦",
    "(｡◕ ∀ ◕｡)",
    "ﷺ",
    "1/0",
    "NaN",
    "null",
    "{{7*7}}",
    "AND OR NOT NEAR",
    "*",
    "a*",
    "ı İ ß ﬁ",
    "'",
    "’’’",
    "--",
    "🇺🇸🇷🇺🇸",
    "\r\n\t",
    "ｔｈｅ ｑｕｉｃｋ",
];

/// The hostile strings, and the naughty ones where they are at hand: they are not part of the project.
fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = HOSTILE.iter().map(|text| (*text).to_owned()).collect();
    #[expect(
        clippy::disallowed_methods,
        reason = "the folder of files that are not part of the project"
    )]
    if let Some(folder) = std::env::var_os("GOODWORD_DATASETS") {
        let file = std::path::Path::new(&folder).join("messy/blns.json");
        let json = std::fs::read(file).expect("the naughty strings");
        let naughty: Vec<String> = serde_json::from_slice(&json).expect("JSON");
        assert!(naughty.len() > 500);
        texts.extend(naughty);
    }
    texts
}

testkit::on_both_engines! {
    async fn hostile_text_is_answered_and_kept_like_any_other(db: TestDb) {
        let program = program_on(db, local());
        app::taxonomy::ensure_seeded(&program.app).await.expect("a taxonomy");
        let client = program.as_role(Role::Seller).await;
        for (number, text) in hostile_texts().into_iter().enumerate() {
            let answer = client.post("/api/v1/matches", json!({ "text": text })).await;
            assert_eq!(answer.status, StatusCode::OK, "{text:?}: {}", answer.text);
            let listed = client.post("/api/v1/matches/questions", json!({ "text": text })).await;
            let is_sane =
                listed.status.is_success() || listed.code().as_deref() == Some("invalid_input");
            assert!(is_sane, "{text:?}: {}", listed.text);
            let answer = answer.json();
            for one in answer["recognised"].as_array().expect("a list") {
                assert_eq!(one["written"], written(&text, one).as_str(), "{text:?}");
            }
            // The worst of them suffice to be kept.
            if number >= HOSTILE.len() {
                continue;
            }
            let ask = json!({ "name": text, "ask": { "text": text }, "alerts": true });
            let kept = client.create("/api/v1/saved-searches", &format!("kept-text-{number}"), ask).await;
            if kept.status == StatusCode::CREATED {
                let id = kept.json()["id"].as_str().expect("an id").to_owned();
                let path = format!("/api/v1/saved-searches/{id}");
                assert_eq!(client.delete(&path).await.status, StatusCode::NO_CONTENT);
            } else {
                assert_eq!(kept.code().as_deref(), Some("invalid_input"), "{text:?}: {}", kept.text);
            }
        }
    }
}

testkit::on_both_engines! {
    async fn a_text_that_cannot_be_kept_is_no_fault_of_the_program(db: TestDb) {
        let program = program_on(db, local());
        let client = program.as_role(Role::Program).await;
        for path in ["/accounts?q=a%00b", "/contacts?q=%00", "/opportunities/a%00b/matches"] {
            let answer = client.get(&format!("/api/v1{path}")).await;
            let is_sane = answer.status.is_success() || answer.status.is_client_error();
            assert!(is_sane, "{path}: {}", answer.text);
        }
        let ask = json!({ "name": "a\u{0}b", "ask": {}, "alerts": false });
        let kept = client.create("/api/v1/saved-searches", "with-a-nul", ask).await;
        refused_at(&kept, "name", "NUL");
    }
}

/// The part of the text that a recognised word says it stands at.
fn written(text: &str, one: &Value) -> String {
    let at = |end: &str| usize::try_from(one[end].as_u64().expect("a place")).expect("small");
    let letters = text.chars().skip(at("start"));
    letters.take(at("end") - at("start")).collect()
}

#[tokio::test]
async fn a_search_is_kept_once_per_key_and_changed_from_its_version() {
    let program = seeded().await;
    let client = program.as_role(Role::Seller).await;
    let ask = json!({ "name": "Banks", "ask": { "text": "banking" }, "alerts": true });
    let made = client
        .create("/api/v1/saved-searches", "one-and-the-same", ask.clone())
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let again = client
        .create("/api/v1/saved-searches", "one-and-the-same", ask)
        .await
        .json();
    assert_eq!(again["id"], made.json()["id"]);
    let path = format!(
        "/api/v1/saved-searches/{}",
        again["id"].as_str().expect("an id")
    );
    let changed = client.patch(&path, 1, json!({ "alerts": false })).await;
    assert_eq!(changed.json()["alerts"], false);
    let stale = client.patch(&path, 1, json!({ "alerts": true })).await;
    assert_eq!(
        stale.status,
        StatusCode::PRECONDITION_FAILED,
        "{}",
        stale.text
    );
    assert_eq!(client.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(client.delete(&path).await.status, StatusCode::NOT_FOUND);
    let nameless = json!({ "name": " ", "ask": {} });
    refused_at(
        &client
            .create("/api/v1/saved-searches", "without-a-name", nameless)
            .await,
        "name",
        "",
    );
    let past = json!({ "name": "Past", "ask": { "need_by": "2020-01-01" } });
    let kept = client
        .create("/api/v1/saved-searches", "in-the-past", past)
        .await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text);
}
