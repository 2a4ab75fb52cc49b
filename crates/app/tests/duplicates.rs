//! Probable duplicates are found, merged with everything that belongs to them, and parted again.

use app::{
    Actor, App, Error,
    advocate::nominate::{Nominate, nominate},
    duplicate::{
        self, Kind, PairInput, Reason,
        merge::{self, MergeInput},
    },
    import::{RunImport, run},
};
use domain::{access::Role, record::RecordKind};
use import::kind::Kind as FileKind;
use storage::{account::Account, contact::Contact};
use testkit::{FIRST_PAGE, TestApp};
use uuid::Uuid;

async fn imported(app: &App, kind: FileKind, text: &str) {
    let ask = RunImport {
        kind,
        files: vec![("file.csv".to_owned(), text.as_bytes().to_vec())],
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    let done = run(app, &Actor::operator(), ask, |_, _| {})
        .await
        .expect("an import");
    assert_eq!(done.report.failed, 0, "{:?}", done.report);
}

async fn accounts(app: &App) -> Vec<Account> {
    let mut rows = storage::account::everyone(&app.store)
        .await
        .expect("accounts");
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

async fn contact(app: &App, email: &str) -> Contact {
    let address = email.parse().expect("an address");
    storage::contact::find_by_email(&app.store, &address)
        .await
        .expect("an answer")
        .expect("a contact")
}

fn into(kind: Kind, winner: (Uuid, i64), loser: (Uuid, i64), take: &[&str]) -> MergeInput {
    MergeInput {
        kind,
        winner: winner.0,
        winner_version: winner.1,
        loser: loser.0,
        loser_version: loser.1,
        take: take.iter().map(|field| (*field).to_owned()).collect(),
    }
}

async fn merged(app: &App, actor: &Actor, ask: MergeInput) -> merge::MergeView {
    merge::merge(app, actor, ask, None).await.expect("a merge")
}

const COMPANIES: &str = "Account Name,Account ID,Website,Employees,Industry\n\
    Acme,A1,acme.com,100,Retail\n\"Acme, Inc.\",A2,,250,\nGlobex,A3,globex.com,5,Retail\n";
const PEOPLE: &str = "Contact Name,Email,Account Name,Job Title\n\
    Ann Lee,ann@acme.com,\"Acme, Inc.\",Buyer\nBo Ray,bo@globex.com,Globex,Buyer\n";

/// Acme and Acme, Inc. with one person at the second.
async fn world(test: &TestApp) -> (Actor, Account, Account) {
    imported(&test.app, FileKind::Accounts, COMPANIES).await;
    imported(&test.app, FileKind::Contacts, PEOPLE).await;
    let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
    let mut rows = accounts(&test.app).await.into_iter();
    let (acme, inc) = (rows.next().expect("Acme"), rows.next().expect("Acme, Inc."));
    (actor, acme, inc)
}

testkit::on_both_engines! {
    async fn a_look_finds_the_pair_and_telling_it_apart_lasts(db: TestDb) {
        let test = TestApp::on(db).await;
        let (actor, acme, inc) = world(&test).await;
        let app = &test.app;
        let found = duplicate::look(app, &actor).await.expect("a look");
        assert_eq!((found.accounts, found.contacts), (1, 0));
        let pairs = duplicate::list(app, &actor, Kind::Account, &FIRST_PAGE).await.expect("a list").items;
        assert_eq!(pairs[0].reasons, [Reason::SameNameButForm]);
        let mut names = [pairs[0].one.name.as_str(), pairs[0].other.name.as_str()];
        names.sort_unstable();
        assert_eq!(names, ["Acme", "Acme, Inc."]);
        let pair = PairInput { kind: Kind::Account, one: inc.id.0, other: acme.id.0 };
        duplicate::dismiss(app, &actor, pair).await.expect("told apart");
        assert_eq!(duplicate::look(app, &actor).await.expect("a look").accounts, 0);
        assert!(matches!(duplicate::dismiss(app, &actor, pair).await, Err(Error::NotFound)));
        let swapped = PairInput { one: acme.id.0, other: inc.id.0, ..pair };
        duplicate::reinstate(app, &actor, swapped).await.expect("taken back");
        assert_eq!(duplicate::list(app, &actor, Kind::Account, &FIRST_PAGE).await.expect("a list").items.len(), 1);
        assert!(matches!(duplicate::reinstate(app, &actor, pair).await, Err(Error::NotFound)), "they were not told apart");
    }

    async fn everything_follows_the_winner_and_the_old_id_leads_there(db: TestDb) {
        let test = TestApp::on(db).await;
        let (actor, acme, inc) = world(&test).await;
        let app = &test.app;
        let compared = merge::compare(app, &actor, PairInput { kind: Kind::Account, one: acme.id.0, other: inc.id.0 }).await.expect("side by side");
        assert_eq!((compared.one_version, compared.refused), (acme.version, None));
        let employees = compared.fields.iter().find(|field| field.field == "employees").expect("employees");
        assert_eq!((&employees.one, &employees.other), (&serde_json::json!(100), &serde_json::json!(250)));
        let done = merged(app, &actor, into(Kind::Account, (acme.id.0, acme.version), (inc.id.0, inc.version), &["employees"])).await;
        assert_eq!(done.loser_name, "Acme, Inc.");
        let rows = accounts(app).await;
        let facts: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.employees)).collect();
        assert_eq!(facts, [("Acme", Some(250)), ("Globex", Some(5))]);
        assert_eq!(contact(app, "ann@acme.com").await.account_id, Some(acme.id));
        let led = app::account::get(app, &actor, inc.id).await.expect("the winner");
        assert_eq!(led.id, acme.id);
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
        assert_eq!(merge::recent(app, &actor, &FIRST_PAGE).await.expect("a list").items, [done]);
    }

    async fn a_file_that_names_the_merged_record_means_the_winner(db: TestDb) {
        let test = TestApp::on(db).await;
        let (actor, acme, inc) = world(&test).await;
        let app = &test.app;
        merged(app, &actor, into(Kind::Account, (acme.id.0, acme.version), (inc.id.0, inc.version), &[])).await;
        imported(app, FileKind::Accounts, COMPANIES).await;
        imported(app, FileKind::Contacts, PEOPLE).await;
        let rows = accounts(app).await;
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Acme", "Globex"]);
        assert_eq!(contact(app, "ann@acme.com").await.account_id, Some(acme.id));
    }

    async fn an_undone_merge_gives_both_records_back_and_keeps_what_changed_since(db: TestDb) {
        let test = TestApp::on(db).await;
        let (actor, acme, inc) = world(&test).await;
        let app = &test.app;
        let done = merged(app, &actor, into(Kind::Account, (inc.id.0, inc.version), (acme.id.0, acme.version), &["employees", "domain"])).await;
        let tags = async |id: domain::id::AccountId| storage::tag::of(&app.store, RecordKind::Account, vec![id.0]).await.expect("tags").len();
        assert_eq!(tags(inc.id).await, 2, "beside its size the winner had no industry, so it got one");
        let winner = app::account::get(app, &actor, inc.id).await.expect("the winner");
        let change = app::account::edit::EditAccount { employees: Some(Some(7)), ..Default::default() };
        app::account::edit::edit(app, &actor, inc.id, winner.version, change).await.expect("a change");
        merge::undo(app, &actor, done.id).await.expect("undone");
        let rows = accounts(app).await;
        let facts: Vec<_> = rows.iter().map(|row| (row.id, row.name.as_str(), row.domain.as_deref(), row.employees)).collect();
        assert_eq!(facts[..2], [(acme.id, "Acme", Some("acme.com"), Some(100)), (inc.id, "Acme, Inc.", None, Some(7))]);
        assert_eq!(contact(app, "ann@acme.com").await.account_id, Some(inc.id));
        assert_eq!((tags(acme.id).await, tags(inc.id).await), (2, 1));
        let again = merge::undo(app, &actor, done.id).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))), "{again:?}");
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }

    async fn a_contact_gives_its_address_and_its_profile_to_the_one_that_stays(db: TestDb) {
        let test = TestApp::on(db).await;
        let (actor, _, inc) = world(&test).await;
        let app = &test.app;
        let ask = |name: &str, email: Option<&str>| Nominate { account_id: Some(inc.id), target_id: None, account_name: None, name: name.to_owned(), email: email.map(str::to_owned), title: None, why: None };
        let advocate = nominate(app, &actor, ask("Anne Lee", None), None).await.expect("a nomination");
        let (ann, anne) = (contact(app, "ann@acme.com").await, storage::contact::find_at_account(&app.store, inc.id, "Anne Lee").await.expect("read").expect("Anne"));
        let done = merged(app, &actor, into(Kind::Contact, (anne.id.0, anne.version), (ann.id.0, ann.version), &["email", "title"])).await;
        assert_eq!(contact(app, "ann@acme.com").await.id, anne.id);
        merge::undo(app, &actor, done.id).await.expect("undone");
        assert_eq!(contact(app, "ann@acme.com").await.id, ann.id);
        // The other way round the profile moves.
        let (ann, anne) = (contact(app, "ann@acme.com").await, storage::contact::find_at_account(&app.store, inc.id, "Anne Lee").await.expect("read").expect("Anne"));
        merged(app, &actor, into(Kind::Contact, (ann.id.0, ann.version), (anne.id.0, anne.version), &[])).await;
        let of_ann = storage::advocate::of_contacts(&app.store, vec![ann.id]).await.expect("read");
        assert_eq!(of_ann.iter().map(|row| row.id).collect::<Vec<_>>(), [advocate]);
    }

    async fn a_merge_is_refused_with_an_old_version_two_profiles_or_no_right(db: TestDb) {
        let test = TestApp::on(db).await;
        let (actor, acme, inc) = world(&test).await;
        let app = &test.app;
        let ask = |version| into(Kind::Account, (acme.id.0, version), (inc.id.0, inc.version), &[]);
        assert!(matches!(merge::merge(app, &actor, ask(acme.version + 1), None).await, Err(Error::Stale { .. })));
        let seller = test.colleague(2, "Sol Seller", &[Role::Seller]).await;
        assert!(matches!(merge::merge(app, &seller, ask(acme.version), None).await, Err(Error::Forbidden)));
        assert!(matches!(duplicate::list(app, &seller, Kind::Account, &FIRST_PAGE).await, Err(Error::Forbidden)));
        let itself = into(Kind::Account, (acme.id.0, acme.version), (acme.id.0, acme.version), &[]);
        assert!(matches!(merge::merge(app, &actor, itself, None).await, Err(Error::Conflict(_))));
        let unknown = into(Kind::Account, (acme.id.0, acme.version), (inc.id.0, inc.version), &["shoe_size"]);
        assert!(matches!(merge::merge(app, &actor, unknown, None).await, Err(Error::Invalid(_))));
        let nominated = async |name: &str, email: &str| {
            let ask = Nominate { account_id: Some(inc.id), target_id: None, account_name: None, name: name.to_owned(), email: Some(email.to_owned()), title: None, why: None };
            nominate(app, &actor, ask, None).await.expect("a nomination");
            contact(app, email).await
        };
        let (ann, anne) = (nominated("Ann Lee", "ann@acme.com").await, nominated("Anne Lee", "anne@acme.com").await);
        let both = merge::merge(app, &actor, into(Kind::Contact, (ann.id.0, ann.version), (anne.id.0, anne.version), &[]), None).await;
        assert!(matches!(both, Err(Error::Conflict(_))), "{both:?}");
        app.clock.set(app.clock.now().plus_seconds(1));
        let done = merged(app, &actor, ask(acme.version)).await;
        app.clock.set(app.clock.now().plus_days(merge::UNDO_DAYS).plus_seconds(1));
        let late = merge::undo(app, &actor, done.id).await;
        assert!(matches!(late, Err(Error::MoveNotAllowed(_))), "{late:?}");
    }
}
