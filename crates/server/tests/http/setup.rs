//! The first account, and who may make it.

use app::Config;
use axum::http::StatusCode;
use serde_json::json;

use crate::{
    session::{PASSWORD, set_up},
    support::{Answer, Program, local, program_on},
};

async fn set_up_as(program: &Program, email: &str) -> Answer {
    let first = json!({ "name": "Cyd", "email": email, "password": PASSWORD });
    program.stranger().post("/setup", first).await
}

pub async fn set_up_with(program: &Program, code: &str) -> Answer {
    let first =
        json!({ "name": "Ann", "email": "ann@example.com", "password": PASSWORD, "code": code });
    program.stranger().post("/setup", first).await
}

pub fn public() -> Config {
    Config {
        public_url: "https://references.example.com".to_owned(),
        is_loopback: false,
        ..local()
    }
}

testkit::on_both_engines! {
    async fn of_two_first_accounts_at_once_one_is_made(db: TestDb) {
        let program = program_on(db, local());
        let (one, two) = tokio::join!(set_up(&program), set_up(&program));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }

    async fn of_two_accounts_added_at_once_to_an_empty_database_one_is_the_admin(db: TestDb) {
        let program = program_on(db, local());
        let operator = app::Actor::operator();
        let add = |email: &str| {
            let ask = app::user::NewUser {
                name: "Ann".to_owned(), email: email.to_owned(), password: PASSWORD.to_owned(),
                roles: Vec::new(), team: None, manager_id: None,
            };
            app::user::create(&program.app, &operator, ask, None)
        };
        let (one, two, three) = tokio::join!(add("ann@example.com"), add("bob@example.com"), set_up_as(&program, "cyd@example.com"));
        let made = [one.is_ok(), two.is_ok(), three.status == StatusCode::CREATED];
        assert_eq!(made.iter().filter(|made| **made).count(), 1, "{one:?} {two:?} {}", three.text);
        let admins = storage::user::holding(&program.app.store, domain::access::Role::Admin).await.expect("read");
        assert_eq!(admins.len(), 1);
        let seller = app::user::NewUser {
            name: "Sam".to_owned(), email: "sam@example.com".to_owned(), password: PASSWORD.to_owned(),
            roles: vec![domain::access::Role::Seller], team: None, manager_id: None,
        };
        app::user::create(&program.app, &operator, seller, None).await.expect("nobody is first any more");
    }

    async fn where_others_can_connect_the_first_account_takes_a_code_that_a_console_showed(db: TestDb) {
        let program = program_on(db, public());
        let shown = program.stranger().get("/setup").await.json();
        assert_eq!(shown, json!({ "needed": true, "code_needed": true }));
        let new_code = async || app::setup::new_code(&program.app).await.expect("a code").expect("one is needed");
        // Two nodes start: either console's code opens.
        let (first, second) = (new_code().await, new_code().await);
        assert_ne!(first, second);
        assert_eq!(set_up(&program).await.json()["fields"][0]["field"], "code");
        for wrong in ["", "AAAA-AAAA-AAAA", &second[1..]] {
            let refused = set_up_with(&program, wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", refused.text);
        }
        let made = set_up_with(&program, &format!(" {} ", first.to_lowercase())).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        assert_eq!(set_up_with(&program, &second).await.code().as_deref(), Some("conflict"));
    }

    async fn guesses_of_the_setup_code_are_bounded(db: TestDb) {
        let program = program_on(db, public());
        let code = app::setup::new_code(&program.app).await.expect("a code").expect("one is needed");
        let mut refused = 0;
        while set_up_with(&program, "AAAA-AAAA-AAAA").await.status != StatusCode::TOO_MANY_REQUESTS {
            refused += 1;
            assert!(refused < 30, "guesses are not bounded");
        }
        let late = set_up_with(&program, &code).await;
        assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS, "even the right one waits");
    }
}
