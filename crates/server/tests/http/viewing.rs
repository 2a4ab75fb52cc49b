//! Looking through other eyes: every operation, and how it ends.

use app::{
    App, Clock,
    policy::operations::{self, Access, Effect},
    session,
};
use axum::http::{Method, StatusCode};
use domain::{access::Role, id::UserId};
use serde_json::{Value, json};
use storage::user::User;

use crate::{
    access::{ADDRESS, PERSON, described, filled_with, one_of_each},
    support::{Answer, Client, Program, local, noon, program},
};

async fn view_as(client: &Client<'_>, body: Value) -> Answer {
    client
        .ask(Method::PUT, "/session/viewing", &[], Some(body))
        .await
}

/// A client that looks through the eyes of a person.
async fn viewing<'a>(program: &'a Program, viewer: &User, viewed: &User) -> Client<'a> {
    let client = program.as_user(viewer).await;
    let answer = view_as(&client, json!({ "user_id": viewed.id })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    client
}

/// A person of each role, and the records of one of them.
async fn people(program: &Program) -> (Vec<User>, String) {
    let mut people = Vec::new();
    for role in Role::ALL {
        people.push(program.person(role.as_str(), &[*role]).await);
    }
    let owner = people[0].id;
    (people, one_of_each(program, owner).await)
}

#[tokio::test]
async fn a_viewer_reads_what_the_other_one_reads_and_every_write_is_refused() {
    let program = program().await;
    let (people, record) = people(&program).await;
    let both = program.person("Vera", &[Role::Admin, Role::Program]).await;
    for person in &people {
        let own = program.as_user(person).await;
        let viewer = viewing(&program, &both, person).await;
        let before = program.db.dump().await;
        let mut found = 0;
        for op in described() {
            let line = operations::find(&op.id).expect("a line");
            if line.access == Access::Public || line.effect == Effect::OwnSession {
                continue;
            }
            let path = filled_with(&op.template, "accounts", &record);
            let seen = viewer.ask(op.method.clone(), &path, &[], None).await;
            if line.effect == Effect::Withheld {
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{}", op.id);
                continue;
            }
            if op.method == Method::GET && op.id != "get_session" {
                let plain = own.get(&path).await;
                found += usize::from(plain.status.is_success());
                assert_eq!(
                    (seen.status, &seen.text),
                    (plain.status, &plain.text),
                    "{}",
                    op.id
                );
            }
            let is_read = op.method == Method::GET || line.effect == Effect::Reads;
            let is_refused = seen.code().as_deref() == Some("only_viewing");
            assert_eq!(is_refused, !is_read, "{}: {}", op.id, seen.text);
        }
        assert!(
            found > 5,
            "{}: only {found} looks found something",
            person.name
        );
        assert!(
            before == program.db.dump().await,
            "{} left a trace",
            person.name
        );
    }
}

#[tokio::test]
async fn an_admin_meets_no_customer_s_person_through_anybody_s_eyes() {
    let program = program().await;
    let (people, record) = people(&program).await;
    let admin = program.person("Adam", &[Role::Admin]).await;
    let mut known = 0;
    for person in &people {
        let own = program.as_user(person).await;
        let viewer = viewing(&program, &admin, person).await;
        for op in described() {
            if op.method != Method::GET {
                continue;
            }
            let path = filled_with(&op.template, "accounts", &record);
            let names = |text: &str| text.contains(PERSON) || text.contains(ADDRESS);
            known += usize::from(names(&own.get(&path).await.text));
            let seen = viewer.get(&path).await;
            assert!(
                !names(&seen.text),
                "{} at {}: {}",
                person.name,
                op.id,
                seen.text
            );
        }
    }
    let manager = people.iter().find(|person| person.roles == "program");
    let viewer = viewing(&program, &admin, manager.expect("one of each role")).await;
    let ask = json!({ "list": "advocates", "ids": [record], "change": { "field": "add_activities", "activities": ["quote"] } });
    let refused = viewer.post("/bulk-changes/preview", ask).await;
    assert_eq!(
        refused.code().as_deref(),
        Some("forbidden"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("Your own roles see none of them"),
        "{}",
        refused.text
    );
    assert!(
        known >= 6,
        "only {known} answers name the person to those who may know"
    );
}

#[tokio::test]
async fn a_search_without_a_match_is_no_demand_when_somebody_only_views() {
    let program = program().await;
    let (people, _) = people(&program).await;
    let both = program.person("Vera", &[Role::Admin, Role::Program]).await;
    let viewer = viewing(&program, &both, &people[0]).await;
    let before = program.db.dump().await;
    let answer = viewer
        .post("/matches", json!({ "text": "nobodyhasthisword" }))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["total"], 0);
    assert_eq!(answer.json()["unmet_recorded"], false);
    assert!(before == program.db.dump().await);
}

#[tokio::test]
async fn begin_and_end_are_in_the_log_and_the_session_says_who_looks() {
    let program = program().await;
    let admin = program.person("Adam", &[Role::Admin]).await;
    let seller = program.person("Sally", &[Role::Seller]).await;
    let client = viewing(&program, &admin, &seller).await;
    let session = client.get("/session").await.json();
    assert_eq!(session["user"]["name"], "Sally");
    assert_eq!(
        session["viewing"],
        json!({ "viewer_name": "Adam", "role": null, "until": "2026-11-23T13:00:00.000000Z", "is_masked": true })
    );
    let next = view_as(&client, json!({ "role": "owner" })).await.json();
    assert_eq!(next["viewing"]["role"], "owner");
    assert_eq!(next["user"]["roles"], json!(["owner"]));
    assert_eq!(
        client.get("/opportunities").await.json()["items"],
        json!([]),
        "nobody's records"
    );
    let back = client.delete("/session/viewing").await.json();
    assert_eq!(
        (&back["user"]["name"], &back["viewing"]),
        (&json!("Adam"), &Value::Null)
    );
    let log = client.get("/events?kind=user").await.json();
    let told: Vec<&str> = log["items"]
        .as_array()
        .expect("events")
        .iter()
        .filter(|event| event["actor_name"] == "Adam")
        .filter_map(|event| event["summary"].as_str())
        .collect();
    let began = "Began to view as somebody else";
    let ended = "Stopped viewing as somebody else";
    assert_eq!(told, [ended, began, ended, began], "{}", log);
}

async fn through(app: &App, client: &Client<'_>) -> (UserId, bool) {
    let cookie = client.cookie.clone().expect("a cookie");
    let secret = cookie.strip_prefix("goodword=").expect("a secret");
    let who = session::by_cookie(app, secret)
        .await
        .expect("read")
        .expect("live");
    (who.user.id, who.behind.is_some())
}

#[tokio::test]
async fn it_ends_after_an_hour_at_sign_out_and_when_the_right_to_it_is_gone() {
    let program = program().await;
    let admin = program.person("Adam", &[Role::Admin]).await;
    let mut seller = program.person("Sally", &[Role::Seller]).await;
    let at = |seconds| {
        App::new(
            program.db.store.clone(),
            Clock::fixed(noon().plus_seconds(seconds)),
            local(),
        )
    };
    let client = viewing(&program, &admin, &seller).await;
    assert_eq!(through(&at(3_599), &client).await, (seller.id, true));
    assert_eq!(through(&at(3_600), &client).await, (admin.id, false));
    assert_eq!(
        through(&at(1), &client).await,
        (admin.id, false),
        "it does not come back"
    );

    let client = viewing(&program, &admin, &seller).await;
    let tx = program.begin().await;
    seller.is_active = false;
    storage::user::save(&tx, &mut seller).await.expect("saved");
    tx.commit().await.expect("committed");
    assert_eq!(through(&program.app, &client).await, (admin.id, false));
    let refused = view_as(&client, json!({ "user_id": seller.id })).await;
    assert_eq!(refused.code().as_deref(), Some("move_not_allowed"));

    let other = program.person("Otto", &[Role::Owner]).await;
    let client = viewing(&program, &admin, &other).await;
    assert_eq!(
        client.delete("/session").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        client.get("/session").await.status,
        StatusCode::UNAUTHORIZED
    );
    let own = program.as_user(&admin).await;
    let log = own.get("/events?kind=user&limit=200").await.text;
    assert_eq!(log.matches("Began to view").count(), 3);
    assert_eq!(log.matches("Stopped viewing").count(), 3);
}

#[tokio::test]
async fn who_has_less_to_run_a_token_and_oneself_are_refused() {
    let program = program().await;
    let manager = program.person("Paula", &[Role::Program]).await;
    let admin = program.person("Adam", &[Role::Admin]).await;
    let client = program.as_user(&manager).await;
    for body in [
        json!({ "user_id": admin.id }),
        json!({ "role": "admin" }),
        json!({ "user_id": manager.id }),
    ] {
        let refused = view_as(&client, body).await;
        assert_eq!(
            refused.code().as_deref(),
            Some("move_not_allowed"),
            "{}",
            refused.text
        );
    }
    let refused = view_as(&client, json!({ "user_id": admin.id, "role": "seller" })).await;
    assert_eq!(refused.code().as_deref(), Some("invalid_input"));
    let token = client
        .create("/tokens", "one-token", json!({ "name": "Script", "scopes": ["user_read", "view_as"], "expires_on": "2026-12-31" }))
        .await;
    assert_eq!(token.status, StatusCode::CREATED, "{}", token.text);
    let bearer = format!(
        "Bearer {}",
        token.json()["token"].as_str().expect("a token")
    );
    let refused = program
        .stranger()
        .ask(
            Method::PUT,
            "/session/viewing",
            &[("authorization", &bearer)],
            Some(json!({ "role": "seller" })),
        )
        .await;
    assert_eq!(
        refused.code().as_deref(),
        Some("move_not_allowed"),
        "{}",
        refused.text
    );
}
