//! Who gets through the gate: every operation of the document, asked as everybody.

use app::policy::{
    self,
    operations::{self, Access, OPERATIONS},
};
use axum::http::{Method, StatusCode};
use domain::{access::Role, content::ContentKind, id::UserId, opportunity::OpportunityStatus};
use storage::{content::Content, opportunity::Opportunity, request::Request};
use testkit::build::{self, id};
use uuid::Uuid;

use crate::support::{Program, program};

pub struct Described {
    pub id: String,
    pub method: Method,
    /// With an id that no record has in each place.
    pub path: String,
    /// With places still to fill.
    pub template: String,
}

/// Every operation of the document.
pub fn described() -> Vec<Described> {
    let document = server::http::document();
    let mut found = Vec::new();
    for path in document.paths.paths.keys() {
        for (method, operation) in server::http::access::described(&document, path) {
            found.push(Described {
                id: operation
                    .operation_id
                    .clone()
                    .unwrap_or_else(|| panic!("{method} {path} has no operation id")),
                method: method.parse().expect("a method"),
                path: filled(path),
                template: path.clone(),
            });
        }
    }
    found
}

fn filled(path: &str) -> String {
    let nobody = "019ac000-0000-7000-8000-000000000000";
    filled_with(path, nobody, nobody)
}

pub fn filled_with(path: &str, kind: &str, id: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{kind}" => kind,
            part if part.starts_with('{') => id,
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[test]
fn every_operation_has_one_line_in_the_table_and_every_line_an_operation() {
    let mut ids: Vec<String> = described().into_iter().map(|op| op.id).collect();
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "an operation id is used twice");
    let mut lines: Vec<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    lines.sort_unstable();
    assert_eq!(ids, lines);
}

#[tokio::test]
async fn a_stranger_is_asked_to_sign_in_everywhere_but_at_the_public_doors() {
    let program = program().await;
    let stranger = program.stranger();
    for op in described() {
        let answer = stranger.ask(op.method, &op.path, &[], None).await;
        let access = operations::find(&op.id).expect("a line").access;
        let code = answer.code();
        if access == Access::Public {
            assert_ne!(code.as_deref(), Some("not_signed_in"), "{}", op.id);
        } else {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", op.id);
            assert_eq!(code.as_deref(), Some("not_signed_in"), "{}", op.id);
        }
    }
}

#[tokio::test]
async fn each_role_gets_through_exactly_where_its_permissions_reach() {
    let program = program().await;
    for role in Role::ALL {
        let user = program.person(role.as_str(), &[*role]).await;
        for op in described() {
            check_role(&program, &user, *role, op).await;
        }
    }
}

async fn check_role(program: &Program, user: &storage::user::User, role: Role, op: Described) {
    // A session of its own: some operations end it.
    let client = program.as_user(user).await;
    let answer = client.ask(op.method, &op.path, &[], None).await;
    let may = match operations::find(&op.id).expect("a line").access {
        Access::Public | Access::SignedIn => true,
        Access::Needs(permission) => policy::reach(role, permission) != policy::Reach::Nothing,
    };
    assert_eq!(
        answer.status == StatusCode::FORBIDDEN,
        !may,
        "{role} at {}: {} {}",
        op.id,
        answer.status,
        answer.text
    );
    assert_ne!(
        answer.status,
        StatusCode::UNAUTHORIZED,
        "{role} at {}",
        op.id
    );
    assert!(
        !answer.status.is_server_error(),
        "{role} at {}: {}",
        op.id,
        answer.text
    );
}

/// The contact of the records below.
pub const PERSON: &str = "Quilliana Zebrowska";
pub const ADDRESS: &str = "quilliana@zebrowska.example";

/// One record of each kind, all with the same id.
pub async fn one_of_each(program: &Program, owner: UserId) -> String {
    let tx = program.begin().await;
    let deal = Opportunity {
        account_id: Some(id(1)),
        ..build::closed(1, owner, OpportunityStatus::Open, "2026-12-01")
    };
    let request = Request {
        opportunity_id: Some(id(1)),
        ..build::request(1, owner)
    };
    let content = Content::titled(
        id(1),
        "Cutover",
        ContentKind::Quote,
        program.app.clock.now(),
    );
    storage::account::insert_all(&tx, vec![build::account(1, "Meridian")])
        .await
        .expect("written");
    let mut contact = build::contact(1, PERSON, id(1));
    contact.email = Some(ADDRESS.parse().expect("an address"));
    storage::contact::insert_all(&tx, vec![contact])
        .await
        .expect("written");
    storage::advocate::insert_all(&tx, vec![build::advocate(1, id(1))])
        .await
        .expect("written");
    storage::opportunity::insert_all(&tx, vec![deal])
        .await
        .expect("written");
    storage::request::insert_all(&tx, vec![request])
        .await
        .expect("written");
    storage::candidate::insert_all(&tx, vec![build::candidate(1, id(1), id(1), id(1))])
        .await
        .expect("written");
    storage::content::insert_all(&tx, vec![content])
        .await
        .expect("written");
    tx.commit().await.expect("committed");
    id::<Uuid>(1).to_string()
}

#[tokio::test]
async fn no_look_leaves_a_trace_in_the_database() {
    let program = program().await;
    let document = server::http::document();
    let owner = program.person("Olga", &[Role::Program]).await;
    let record = one_of_each(&program, owner.id).await;
    let mut clients = Vec::new();
    for role in Role::ALL {
        clients.push(program.as_role(*role).await);
    }
    let mut found = 0;
    let mut traces = Vec::new();
    let mut before = program.db.dump().await;
    for path in document.paths.paths.keys() {
        let mut operations = server::http::access::described(&document, path);
        if !operations.any(|(method, _)| method == "GET") {
            continue;
        }
        for client in &clients {
            let answer = client.get(&filled_with(path, "accounts", &record)).await;
            found += usize::from(answer.status.is_success());
        }
        let after = program.db.dump().await;
        if before != after {
            traces.push(path.as_str());
        }
        before = after;
    }
    assert_eq!(traces, Vec::<&str>::new());
    assert!(found > 100, "only {found} looks found something");
}

#[tokio::test]
async fn an_address_without_an_operation_is_not_found_and_a_wrong_method_says_which_is_right() {
    let program = program().await;
    let stranger = program.stranger();
    let answer = stranger.get("/nothing-here").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.code().as_deref(), Some("not_found"));
    let answer = stranger.ask(Method::PUT, "/session", &[], None).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), Some("DELETE, GET, POST"));
}
