//! Nominating: whoever is in the program already is told while the form is filled in, no more is told
//! than that, and the nominator finds the nomination again.

use app::{
    Actor, Error,
    advocate::{
        self as advocates, ListAdvocates,
        known::{AskKnown, KnownAdvocate, KnownNominee, known},
        nominate::{Nominate, nominate},
    },
};
use domain::{access::Role, advocate::AdvocateStatus, id::AccountId};
use storage::{
    account, advocate,
    contact::{self, Contact},
};
use testkit::{TestApp, build, build::id};

/// Acme (11) with Ann (21), who is an advocate (31), Bo (22), who is not, and Cy (23), whose profile (33)
/// is restricted; Acme Labs (12) with nobody.
async fn world(test: &TestApp) -> (Actor, Actor) {
    let program = test.colleague(1, "Pat Program", &[Role::Program]).await;
    let seller = test.colleague(2, "Sol Seller", &[Role::Seller]).await;
    let person = |number, name: &str, email: &str| Contact {
        email: Some(email.parse().expect("an address")),
        ..build::contact(number, name, id(11))
    };
    let mut hidden = build::advocate(33, id(23));
    hidden.is_restricted = true;
    let tx = test.db.begin().await;
    account::insert_all(
        &tx,
        vec![build::account(11, "Acme"), build::account(12, "Acme Labs")],
    )
    .await
    .expect("accounts");
    contact::insert_all(
        &tx,
        vec![
            person(21, "Ann Lee", "ann@acme.com"),
            person(22, "Bo Ray", "bo@acme.com"),
            person(23, "Cy Orr", "cy@acme.com"),
        ],
    )
    .await
    .expect("people");
    advocate::insert_all(&tx, vec![build::advocate(31, id(21)), hidden])
        .await
        .expect("profiles");
    tx.commit().await.expect("committed");
    (program, seller)
}

fn typed(account: &str, name: &str, email: &str) -> AskKnown {
    AskKnown {
        account_id: None,
        account_name: Some(account.to_owned()),
        name: Some(name.to_owned()),
        email: Some(email.to_owned()),
    }
}

fn names(found: &KnownNominee) -> Vec<&str> {
    found.accounts.iter().map(|row| row.name.as_str()).collect()
}

testkit::on_both_engines! {
    async fn a_form_tells_which_accounts_and_advocates_it_names_while_it_is_filled_in(db: TestDb) {
        let test = TestApp::on(db).await;
        let (_, seller) = world(&test).await;
        let app = &test.app;
        let look = async |ask| known(app, &seller, ask).await.expect("an answer");
        assert_eq!(look(typed("a", "", "")).await, KnownNominee::default(), "one letter is too few");
        let half = look(typed("acm", "Ann Lee", "")).await;
        assert_eq!((names(&half), half.advocate), (vec!["Acme", "Acme Labs"], None));
        let ann = KnownAdvocate { advocate_id: Some(id(31)), status: AdvocateStatus::Active };
        assert_eq!(look(typed("ACME", "ann lee", "")).await.advocate, Some(ann));
        assert_eq!(look(typed("Elsewhere", "Somebody", "ann@acme.com")).await.advocate, Some(ann), "an address is one person's");
        let here = AskKnown { account_id: Some(id::<AccountId>(11)), name: Some("Ann Lee".to_owned()), ..AskKnown::default() };
        assert_eq!(look(here).await, KnownNominee { accounts: vec![], advocate: Some(ann) });
    }

    async fn a_form_tells_nothing_of_a_mere_contact_and_no_more_than_the_status_of_a_hidden_profile(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, seller) = world(&test).await;
        let app = &test.app;
        assert_eq!(known(app, &seller, typed("Acme", "Bo Ray", "bo@acme.com")).await.expect("an answer").advocate, None);
        let hidden = known(app, &seller, typed("Acme", "", "cy@acme.com")).await.expect("an answer").advocate;
        assert_eq!(hidden, Some(KnownAdvocate { advocate_id: None, status: AdvocateStatus::Active }));
        let seen = known(app, &program, typed("Acme", "", "cy@acme.com")).await.expect("an answer").advocate;
        assert_eq!(seen, Some(KnownAdvocate { advocate_id: Some(id(33)), status: AdvocateStatus::Active }));
        let admin = test.colleague(3, "Ada Admin", &[Role::Admin]).await;
        assert!(matches!(known(app, &admin, typed("Acme", "", "")).await, Err(Error::Forbidden)));
    }

    async fn a_nominator_finds_own_nominations_with_where_they_stand(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, seller) = world(&test).await;
        let app = &test.app;
        let ask = Nominate { account_id: Some(id(12)), name: "Dee Fox".to_owned(), ..Nominate::default() };
        let made = nominate(app, &seller, ask, None).await.expect("a nomination");
        let mine = |actor| {
            let ask = ListAdvocates { filter: Some(r#"{"field":"nominated_by","is":"any_of","value":["me"]}"#.to_owned()), ..ListAdvocates::default() };
            advocates::list(app, actor, ask)
        };
        let found = mine(&seller).await.expect("a list");
        assert_eq!(found.items.iter().map(|row| (row.id, row.status)).collect::<Vec<_>>(), [(made, AdvocateStatus::Nominated)]);
        assert_eq!(mine(&program).await.expect("a list").total, 0);
    }
}
