//! Why somebody sees a record or not, as colleagues are told.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};
use storage::user::User;

use crate::{
    access::{ADDRESS, PERSON, one_of_each},
    support::{Client, Program, program},
};

async fn sight(client: &Client<'_>, of: &User, kind: &str, record: &str) -> Value {
    let path = format!("/users/{}/sight?kind={kind}&record={record}", of.id);
    let answer = client.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(
        !answer.text.contains(PERSON) && !answer.text.contains(ADDRESS),
        "{}",
        answer.text
    );
    answer.json()
}

/// Somebody who could sign in.
async fn colleague(program: &Program, name: &str, role: Role) -> User {
    let mut user = program.person(name, &[role]).await;
    let tx = program.begin().await;
    user.password_hash = Some("a hash".to_owned());
    storage::user::save(&tx, &mut user).await.expect("saved");
    tx.commit().await.expect("committed");
    user
}

#[tokio::test]
async fn an_admin_is_told_which_rule_hides_a_record_from_a_colleague_and_no_value_of_it() {
    let program = program().await;
    let sally = colleague(&program, "Sally", Role::Seller).await;
    let other = colleague(&program, "Otto", Role::Seller).await;
    let adam = colleague(&program, "Adam", Role::Admin).await;
    let runs = colleague(&program, "Rosa", Role::Admin).await;
    let record = one_of_each(&program, sally.id).await;
    let admin = program.as_user(&adam).await;
    let outcome =
        async |of: &User, kind: &str| sight(&admin, of, kind, &record).await["outcome"].clone();
    assert_eq!(outcome(&sally, "opportunity").await, "seen");
    assert_eq!(outcome(&other, "opportunity").await, "not_theirs");
    assert_eq!(outcome(&other, "account").await, "seen");
    assert_eq!(outcome(&other, "contact").await, "no_role");
    assert_eq!(outcome(&runs, "account").await, "no_role");
    let nobody = "019ac000-0000-7000-8000-000000000000";
    assert_eq!(
        sight(&admin, &sally, "account", nobody).await["outcome"],
        "no_such_record"
    );

    let profile = sight(&admin, &sally, "advocate", &record).await;
    assert_eq!(profile["outcome"], "seen");
    assert_eq!(profile["rule"]["reach"], "everything");
    let name = profile["fields"].as_array().expect("fields")[0].clone();
    assert_eq!(
        name,
        json!({
            "class": "name", "seen": false, "shown": "sometimes", "holding": [],
            "conditions": ["owner_approved", "advocate_accepted", "names_shown"],
        })
    );

    let tx = program.begin().await;
    let everything = domain::access::Scope::Everything;
    let id = record.parse().expect("an id");
    let mut advocate = storage::advocate::find(&tx, &everything, true, id)
        .await
        .expect("read")
        .expect("there");
    advocate.is_restricted = true;
    storage::advocate::save(&tx, &mut advocate)
        .await
        .expect("saved");
    tx.commit().await.expect("committed");
    assert_eq!(outcome(&sally, "advocate").await, "private");

    let known = program.person("Nia", &[Role::Seller]).await;
    assert_eq!(outcome(&known, "account").await, "switched_off");
}

#[tokio::test]
async fn nobody_is_explained_who_could_not_be_viewed_as() {
    let program = program().await;
    let manager = colleague(&program, "Paula", Role::Program).await;
    let admin = colleague(&program, "Adam", Role::Admin).await;
    let record = one_of_each(&program, manager.id).await;
    let client = program.as_user(&manager).await;
    for of in [&manager, &admin] {
        let path = format!("/users/{}/sight?kind=account&record={record}", of.id);
        assert_eq!(
            client.get(&path).await.code().as_deref(),
            Some("invalid_input")
        );
    }
    let seller = colleague(&program, "Sally", Role::Seller).await;
    let path = format!("/users/{}/sight?kind=job&record={record}", seller.id);
    assert_eq!(
        client.get(&path).await.code().as_deref(),
        Some("invalid_input")
    );
}

#[tokio::test]
async fn the_rules_that_somebody_is_told_are_those_of_their_roles_and_name_whom_to_ask() {
    let program = program().await;
    colleague(&program, "Adam", Role::Admin).await;
    let sally = colleague(&program, "Sally", Role::Seller).await;
    let client = program.as_user(&sally).await;
    let before = client.get("/sight").await.json();
    let reach = |kind: &str| {
        let records = before["records"].as_array().expect("rules").iter();
        let mut found = records.filter(|rule| rule["kind"] == kind);
        found.next().expect("a rule")["reach"].clone()
    };
    assert_eq!(reach("account"), "everything");
    assert_eq!(reach("opportunity"), "team");
    assert_eq!(reach("contact"), "nothing");
    assert_eq!(before["sees_private"], false);
    assert_eq!(before["admins"][0]["name"], "Adam");
    assert_eq!(before["program"], json!([]));
    let record = one_of_each(&program, sally.id).await;
    assert_eq!(
        client.get("/sight").await.json(),
        before,
        "whatever records there are, such as {record}"
    );
}
