//! The demo company beside the program: who gets there, and that nothing of it mixes or stays.

use app::{
    Actor, Config,
    demo::{
        DemoOptions,
        beside::{self, Standing},
    },
};
use axum::http::{Method, StatusCode, header};
use domain::access::Role;
use serde_json::json;
use testkit::TestDb;

use crate::support::{Client, Program, local, program_with_demo_company};

const SMALL: DemoOptions = DemoOptions {
    scale: 0.02,
    seed: 7,
};

async fn make(program: &Program) {
    let mut standing = program.app.beside.watch();
    beside::make(&program.app, &Actor::operator(), SMALL)
        .await
        .expect("it is begun");
    standing
        .wait_for(|standing| matches!(standing, Standing::There(_)))
        .await
        .expect("it is made");
}

/// The same browser, on a visit in a role. The router may be a moment behind the company.
async fn visit<'a>(client: &Client<'a>, role: &str) -> Client<'a> {
    let path = "/demo-company/visit";
    let answer = client.ask(Method::PUT, path, &[], Some(json!({ "role": role })));
    let answer = answer.await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let cookie = answer.header(header::SET_COOKIE).expect("a cookie");
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    let secret = cookie.split(';').next().expect("a value");
    let own = client.cookie.as_deref().expect("an own session");
    Client {
        program: client.program,
        cookie: Some(format!("{own}; {secret}")),
    }
}

async fn name_of(client: &Client<'_>) -> String {
    let session = client.get("/session").await;
    let name = session.json()["user"]["name"].as_str().map(str::to_owned);
    name.unwrap_or_else(|| panic!("{} {}", session.status, session.text))
}

testkit::on_both_engines! {
    async fn what_is_done_on_a_visit_stays_there_and_goes_with_the_company(db: TestDb) {
        let program = program_with_demo_company(db, local());
        let ada = program.person("Ada", &[Role::Admin, Role::Program]).await;
        let admin = program.as_user(&ada).await;
        make(&program).await;
        let folder = program.app.beside.company().expect("made").folder().to_owned();
        let before = program.db.dump().await;

        let guest = visit(&admin, "seller").await;
        let session = guest.get("/session").await.json();
        assert_eq!(session["user"]["name"], "Sam Rivera");
        assert_eq!(session["is_visit"], true);
        let accounts = guest.get("/accounts?limit=5").await.json();
        let account = accounts["items"][0]["id"].as_str().expect("an account").to_owned();
        assert_eq!(admin.get("/accounts?limit=5").await.json()["items"], json!([]));
        let found = admin.get(&format!("/accounts/{account}")).await;
        assert_eq!(found.status, StatusCode::NOT_FOUND, "the program knows none of it");

        let program_guest = visit(&guest, "program").await;
        assert_eq!(name_of(&program_guest).await, "Priya Raman");
        assert_eq!(name_of(&guest).await, "Ada", "the visit before has ended");
        let name = json!({ "name": "Renamed on a visit" });
        let version = program_guest.get(&format!("/accounts/{account}")).await.json()["version"]
            .as_i64()
            .expect("a version");
        let renamed = program_guest.patch(&format!("/accounts/{account}"), version, name).await;
        assert_eq!(renamed.status, StatusCode::OK, "{}", renamed.text);
        assert_eq!(program.db.dump().await, before, "nothing of it is written here");

        assert!(folder.exists());
        let removed = admin.delete("/demo-company").await;
        assert_eq!(removed.status, StatusCode::NO_CONTENT);
        assert_eq!(name_of(&program_guest).await, "Ada");
        assert_eq!(admin.get("/demo-company").await.json()["state"], "none");
        let gone = async {
            while folder.exists() {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(20), gone).await;
        assert!(waited.is_ok(), "{} is left", folder.display());

        make(&program).await;
        assert_eq!(name_of(&program_guest).await, "Ada", "an old visit opens no new company");
    }
}

#[tokio::test]
async fn only_who_is_signed_in_to_the_program_gets_to_its_demo_company() {
    let program = program_with_demo_company(TestDb::sqlite().await, local());
    let seller = program.as_role(Role::Seller).await;
    make(&program).await;
    for (method, path) in [
        (Method::PUT, "/demo-company"),
        (Method::DELETE, "/demo-company"),
    ] {
        let refused = seller.ask(method, path, &[], None).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    let guest = visit(&seller, "admin").await;
    assert_eq!(name_of(&guest).await, "Adam Novak");

    let visit_alone = guest
        .cookie
        .as_deref()
        .and_then(|both| both.split("; ").nth(1));
    let outsider = Client {
        program: &program,
        cookie: visit_alone.map(str::to_owned),
    };
    let refused = outsider.get("/session").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);

    // The known password of the demo people opens nothing.
    let sign_in = json!({ "email": "admin@demo.example", "password": app::demo::PASSWORD });
    for client in [&guest, &outsider, &seller] {
        let refused = client.post("/session", sign_in.clone()).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.text);
    }

    let left = guest.delete("/demo-company/visit").await;
    assert_eq!(left.status, StatusCode::NO_CONTENT);
    assert_eq!(
        name_of(&guest).await,
        "seller",
        "the visit's secret is spent"
    );
    let nested = visit(&seller, "admin").await;
    let own = nested.ask(Method::PUT, "/demo-company", &[], None).await;
    assert_eq!(
        own.status,
        StatusCode::FORBIDDEN,
        "a visitor has their own rights outside"
    );
}

#[tokio::test]
async fn it_takes_part_in_the_promises_of_cookies_over_https() {
    let config = Config {
        public_url: "https://references.example.com".to_owned(),
        is_loopback: false,
        ..local()
    };
    let program = program_with_demo_company(TestDb::sqlite().await, config);
    make(&program).await;
    let user = program.person("Ann", &[Role::Seller]).await;
    let client = Client {
        program: &program,
        cookie: Some(format!(
            "__Host-goodword={}",
            program.session(user.id).await
        )),
    };
    let guest = visit(&client, "owner").await;
    assert!(
        guest
            .cookie
            .as_deref()
            .is_some_and(|both| both.contains("__Host-goodword-demo="))
    );
    assert_eq!(name_of(&guest).await, "Olive Chen");
}
