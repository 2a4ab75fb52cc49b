//! Signing in, staying signed in, and being refused.

use app::Config;
use axum::http::{Method, StatusCode};
use domain::access::Role;
use serde_json::json;

use crate::setup::{public, set_up_with};
use crate::support::{Answer, Client, Program, local, noon, program, program_on, program_with};

pub const PASSWORD: &str = "correct horse battery";

pub async fn set_up(program: &Program) -> Answer {
    program
        .stranger()
        .post(
            "/setup",
            json!({ "name": "Ann", "email": "ann@example.com", "password": PASSWORD }),
        )
        .await
}

async fn sign_in(program: &Program, email: &str, password: &str) -> Answer {
    program
        .stranger()
        .post("/session", json!({ "email": email, "password": password }))
        .await
}

fn client<'a>(program: &'a Program, answer: &Answer) -> Client<'a> {
    let cookie = answer.header("set-cookie").expect("a cookie");
    Client {
        program,
        cookie: cookie.split(';').next().map(str::to_owned),
    }
}

#[tokio::test]
async fn the_first_account_is_made_once_and_runs_the_program() {
    let program = program().await;
    let stranger = program.stranger();
    assert_eq!(
        stranger.get("/setup").await.json(),
        json!({ "needed": true, "code_needed": false })
    );
    let answer = set_up(&program).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(answer.json()["user"]["roles"], json!(["program", "admin"]));
    assert_eq!(
        stranger.get("/setup").await.json(),
        json!({ "needed": false, "code_needed": false })
    );
    let again = set_up(&program).await;
    assert_eq!(again.code().as_deref(), Some("conflict"));
    let session = client(&program, &answer).get("/session").await;
    assert_eq!(session.json()["user"]["email"], "ann@example.com");
    assert_eq!(session.json()["today"], "2026-11-23");
    assert_eq!(session.json()["mail_configured"], false);
}

testkit::on_both_engines! {
    async fn of_twenty_guesses_at_once_ten_are_heard(db: TestDb) {
        let program = program_on(db, local());
        set_up(&program).await;
        let guesses = (0..20).map(|_| sign_in(&program, "ann@example.com", "not the right one"));
        let answers = futures_util::future::join_all(guesses).await;
        let heard = answers.iter().filter(|answer| answer.status == StatusCode::UNAUTHORIZED);
        assert_eq!(heard.count(), 10);
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_bound_to_this_host_over_https() {
    let plain = program().await;
    let answer = set_up(&plain).await;
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("goodword="), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "{cookie}");

    let https = program_with(public()).await;
    let code = app::setup::new_code(&https.app).await.expect("a code");
    let answer = set_up_with(&https, &code.expect("one is needed")).await;
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-goodword="), "{cookie}");
    assert!(
        cookie.contains("Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let program = program().await;
    set_up(&program).await;
    let wrong = sign_in(&program, "ann@example.com", "not the right one").await;
    let unknown = sign_in(&program, "nobody@example.com", PASSWORD).await;
    let no_address = sign_in(&program, "nobody", PASSWORD).await;
    for answer in [&wrong, &unknown, &no_address] {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.text, wrong.text);
        assert!(answer.header("set-cookie").is_none());
    }
    let right = sign_in(&program, " ANN@example.com ", PASSWORD).await;
    assert_eq!(right.status, StatusCode::OK, "{}", right.text);
}

#[tokio::test]
async fn the_eleventh_wrong_guess_is_stopped_and_the_wait_is_named() {
    let program = program().await;
    set_up(&program).await;
    for _ in 0..10 {
        let answer = sign_in(&program, "ann@example.com", "not the right one").await;
        assert_eq!(answer.code().as_deref(), Some("sign_in_failed"));
    }
    let stopped = sign_in(&program, "ann@example.com", PASSWORD).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(stopped.header("retry-after"), Some("18"));
    program.app.clock.set(noon().plus_seconds(19));
    let later = sign_in(&program, "ann@example.com", PASSWORD).await;
    assert_eq!(later.status, StatusCode::OK, "{}", later.text);
}

#[tokio::test]
async fn a_whole_office_signs_in_from_one_address() {
    let program = program().await;
    set_up(&program).await;
    for _ in 0..15 {
        let answer = sign_in(&program, "ann@example.com", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
}

#[tokio::test]
async fn signing_in_again_ends_the_earlier_session_of_the_same_browser() {
    let program = program().await;
    let first = client(&program, &set_up(&program).await);
    let answer = first
        .post(
            "/session",
            json!({ "email": "ann@example.com", "password": PASSWORD }),
        )
        .await;
    let second = client(&program, &answer);
    assert_ne!(first.cookie, second.cookie);
    assert_eq!(
        first.get("/session").await.code().as_deref(),
        Some("not_signed_in")
    );
    assert_eq!(second.get("/session").await.status, StatusCode::OK);
}

#[tokio::test]
async fn signing_out_ends_one_session_and_signing_out_everywhere_ends_all() {
    let program = program().await;
    let ann = client(&program, &set_up(&program).await);
    let phone = client(
        &program,
        &sign_in(&program, "ann@example.com", PASSWORD).await,
    );
    let tablet = client(
        &program,
        &sign_in(&program, "ann@example.com", PASSWORD).await,
    );
    let out = phone.delete("/session").await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(
        out.header("set-cookie")
            .expect("a cookie")
            .contains("Max-Age=0")
    );
    assert_eq!(phone.get("/session").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ann.get("/session").await.status, StatusCode::OK);
    assert_eq!(ann.delete("/sessions").await.status, StatusCode::NO_CONTENT);
    for client in [&ann, &tablet] {
        assert_eq!(
            client.get("/session").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
}

#[tokio::test]
async fn a_session_ends_after_eight_idle_hours_and_after_seven_days_whatever_happens() {
    let program = program().await;
    let idle = client(&program, &set_up(&program).await);
    let busy = client(
        &program,
        &sign_in(&program, "ann@example.com", PASSWORD).await,
    );
    for hour in 1..=(7 * 24) - 1 {
        program.app.clock.set(noon().plus_seconds(hour * 3_600));
        assert_eq!(
            busy.get("/session").await.status,
            StatusCode::OK,
            "hour {hour}"
        );
        // Looked at once only: every look at a live session keeps it alive.
        if hour == 8 {
            assert_eq!(idle.get("/session").await.status, StatusCode::UNAUTHORIZED);
        }
    }
    program.app.clock.set(noon().plus_days(7));
    assert_eq!(busy.get("/session").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_person_who_is_switched_off_or_loses_a_role_notices_at_the_next_request() {
    let program = program().await;
    let mut user = program.person("Bea", &[Role::Program]).await;
    let bea = program.as_user(&user).await;
    assert_eq!(bea.get("/accounts").await.status, StatusCode::OK);
    user.set_roles(&[Role::Admin]);
    let tx = program.begin().await;
    storage::user::save(&tx, &mut user).await.expect("saved");
    tx.commit().await.expect("committed");
    assert_eq!(bea.get("/accounts").await.status, StatusCode::FORBIDDEN);
    user.is_active = false;
    let tx = program.begin().await;
    storage::user::save(&tx, &mut user).await.expect("saved");
    tx.commit().await.expect("committed");
    assert_eq!(bea.get("/accounts").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn demo_people_get_in_from_this_machine_only() {
    for (is_loopback, expected) in [(true, 200), (false, 401)] {
        let program = program_with(Config {
            is_loopback,
            ..local()
        })
        .await;
        let mut user = program.person("Demo", &[Role::Seller]).await;
        user.is_demo = true;
        let tx = program.begin().await;
        storage::user::save(&tx, &mut user).await.expect("saved");
        tx.commit().await.expect("committed");
        let demo = program.as_user(&user).await;
        assert_eq!(demo.get("/session").await.status.as_u16(), expected);
    }
}

#[tokio::test]
async fn a_page_of_another_site_cannot_write() {
    let program = program().await;
    let ann = client(&program, &set_up(&program).await);
    for headers in [
        [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        [
            ("sec-fetch-site", "same-site"),
            ("origin", "http://other.localhost"),
        ],
        [("x-filler", "1"), ("origin", "https://evil.example")],
        [("x-filler", "1"), ("origin", "null")],
    ] {
        let answer = ann.ask(Method::DELETE, "/session", &headers, None).await;
        assert_eq!(answer.code().as_deref(), Some("cross_site"), "{headers:?}");
    }
    assert_eq!(ann.get("/session").await.status, StatusCode::OK);
    let own = [
        ("sec-fetch-site", "same-origin"),
        ("origin", "http://localhost:8080"),
    ];
    let answer = ann.ask(Method::DELETE, "/session", &own, None).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn weak_passwords_and_broken_bodies_are_refused_with_the_field_named() {
    let program = program().await;
    let stranger = program.stranger();
    for (body, field) in [
        (
            json!({ "name": "Ann", "email": "ann@example.com", "password": "short" }),
            "password",
        ),
        (
            json!({ "name": "Ann", "email": "ann", "password": PASSWORD }),
            "email",
        ),
        (
            json!({ "name": " ", "email": "ann@example.com", "password": PASSWORD }),
            "name",
        ),
        (
            json!({ "name": "Ann", "email": "ann@example.com" }),
            "password",
        ),
        (
            json!({ "name": 7, "email": "ann@example.com", "password": PASSWORD }),
            "name",
        ),
        (
            json!({ "name": "Ann", "email": "a@example.com", "password": PASSWORD, "roles": ["admin"] }),
            "roles",
        ),
    ] {
        let answer = stranger.post("/setup", body).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.text
        );
        assert_eq!(
            answer.json()["fields"][0]["field"],
            field,
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn changing_the_password_asks_for_the_old_one_and_ends_other_sessions() {
    let program = program().await;
    let ann = client(&program, &set_up(&program).await);
    let phone = client(
        &program,
        &sign_in(&program, "ann@example.com", PASSWORD).await,
    );
    let new = "three green elephants";
    let wrong = ann
        .post(
            "/session/password",
            json!({ "current": "a guess of a thief", "new": new }),
        )
        .await;
    assert_eq!(wrong.json()["fields"][0]["field"], "current");
    let right = ann
        .post(
            "/session/password",
            json!({ "current": PASSWORD, "new": new }),
        )
        .await;
    assert_eq!(right.status, StatusCode::OK, "{}", right.text);
    for client in [&ann, &phone] {
        assert_eq!(
            client.get("/session").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    assert_eq!(
        client(&program, &right).get("/session").await.status,
        StatusCode::OK
    );
    let old = sign_in(&program, "ann@example.com", PASSWORD).await;
    assert_eq!(old.code().as_deref(), Some("sign_in_failed"));
    assert_eq!(
        sign_in(&program, "ann@example.com", new).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn secrets_of_sessions_and_passwords_are_nowhere_in_the_database() {
    let program = program().await;
    let answer = set_up(&program).await;
    let cookie = answer.header("set-cookie").expect("a cookie");
    let secret = cookie
        .split_once('=')
        .and_then(|(_, rest)| rest.split(';').next())
        .expect("a secret");
    let storage::Location::Folder(folder) = &program.db.location else {
        panic!("the database is in a folder");
    };
    for file in ["goodword.db", "goodword.db-wal"] {
        let bytes = std::fs::read(folder.join(file)).expect("the file is read");
        for needle in [secret, PASSWORD] {
            let found = bytes
                .windows(needle.len())
                .any(|part| part == needle.as_bytes());
            assert!(!found, "{file} holds a secret");
        }
    }
}
