//! An import is taken back: what it created goes, former values come back, and what somebody built
//! on stays with a reason. What the preview says is what happens.

use app::{
    Actor, App, Error,
    account::{
        self,
        edit::{EditAccount, edit},
    },
    advocate::nominate::{Nominate, nominate},
    import::{
        RunImport, run,
        undo::{self, UndoReport, WhyLeft},
        upload,
    },
    job::{self, Worked},
};
use domain::{
    access::Role,
    id::{AccountId, ImportId},
    import::ImportStatus,
};
use import::kind::Kind;
use storage::{account::Account, contact::Contact};
use testkit::TestApp;

async fn imported(app: &App, actor: &Actor, kind: Kind, text: &str) -> ImportId {
    let ask = RunImport {
        kind,
        files: vec![("file.csv".to_owned(), text.as_bytes().to_vec())],
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    let done = run(app, actor, ask, |_, _| {}).await.expect("an import");
    assert_eq!(done.report.failed, 0, "{:?}", done.report);
    done.id.expect("a run")
}

/// What the preview says, checked against what the undo then does.
async fn undone(app: &App, actor: &Actor, id: ImportId) -> UndoReport {
    let preview = undo::preview(app, actor, id).await.expect("a preview");
    assert_eq!(preview.refused, None);
    let file = upload::get(app, actor, id).await.expect("an import");
    undo::start(app, actor, id, file.version)
        .await
        .expect("a start");
    assert_eq!(job::run_next_long(app).await.expect("a run"), Worked::Done);
    let file = upload::get(app, actor, id).await.expect("an import");
    assert_eq!(file.status, ImportStatus::Undone);
    let report = file
        .report
        .and_then(|report| report.undo)
        .expect("a report");
    assert_eq!(
        (&report.removed, &report.put_back, sorted(&report)),
        (
            &preview.report.removed,
            &preview.report.put_back,
            sorted(&preview.report)
        ),
        "the preview says what happens"
    );
    assert_eq!(report.done, report.total);
    assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    report
}

fn sorted(report: &UndoReport) -> Vec<(String, String, u64)> {
    let rows = report.left.iter();
    let mut rows: Vec<_> = rows
        .map(|row| (row.kind.clone(), format!("{:?}", row.why), row.count))
        .collect();
    rows.sort();
    rows
}

fn counts(of: &std::collections::BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    of.iter()
        .map(|(kind, count)| (kind.as_str(), *count))
        .collect()
}

async fn accounts(app: &App) -> Vec<Account> {
    let mut rows = storage::account::everyone(&app.store)
        .await
        .expect("accounts");
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

fn names(rows: &[Account]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

async fn contact(app: &App, email: &str) -> Option<Contact> {
    let address = email.parse().expect("an address");
    storage::contact::find_by_email(&app.store, &address)
        .await
        .expect("an answer")
}

async fn rename(app: &App, actor: &Actor, id: AccountId, name: &str) {
    let row = account::get(app, actor, id).await.expect("an account");
    let change = EditAccount {
        name: Some(name.to_owned()),
        ..EditAccount::default()
    };
    edit(app, actor, id, row.version, change)
        .await
        .expect("a change");
}

const PEOPLE: &str = "Contact Name,Email,Account Name,Job Title\n\
    Ann Lee,ann@acme.com,Acme,Buyer\nBo Ray,bo@beta.com,Beta,Buyer\nCy Fox,cy@beta.com,Beta,Buyer\n";

testkit::on_both_engines! {
    async fn what_an_import_created_and_nobody_used_is_gone(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let text = "Contact Name,Email,Account Name,Advocate Status,Consent Until,Outcomes\n\
                    Ann Lee,ann@acme.com,Acme,active,2027-12-31,Saved 20 %\n";
        let id = imported(app, &actor, Kind::Advocates, text).await;
        let report = undone(app, &actor, id).await;
        assert_eq!(counts(&report.removed), [("account", 1), ("advocate", 1), ("contact", 1)]);
        assert_eq!(report.left, [], "the consent goes with the advocate");
        assert_eq!(names(&accounts(app).await), Vec::<&str>::new());
        assert!(contact(app, "ann@acme.com").await.is_none());
        // The same file again brings them back.
        imported(app, &actor, Kind::Advocates, text).await;
        assert!(contact(app, "ann@acme.com").await.is_some());
    }

    async fn what_was_changed_since_stays_and_so_does_what_it_needs(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let id = imported(app, &actor, Kind::Contacts, PEOPLE).await;
        let acme = accounts(app).await.remove(0);
        rename(app, &actor, acme.id, "Acme Corporation").await;
        let bo = Nominate { account_id: None, account_name: Some("Beta".to_owned()), name: "Bo Ray".to_owned(), email: Some("bo@beta.com".to_owned()), title: None, why: None, target_id: None };
        nominate(app, &actor, bo, None).await.expect("a nomination");
        let report = undone(app, &actor, id).await;
        assert_eq!(counts(&report.removed), [("contact", 2)], "Ann and Cy");
        assert_eq!(sorted(&report), [
            ("account".to_owned(), "UsedSince".to_owned(), 2),
            ("contact".to_owned(), "UsedSince".to_owned(), 1),
        ], "what happens to Bo shows at Beta too");
        assert_eq!(names(&accounts(app).await), ["Acme Corporation", "Beta"]);
        assert!(contact(app, "bo@beta.com").await.is_some());
    }

    async fn fields_get_their_former_value_unless_somebody_changed_them_since(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        imported(app, &actor, Kind::Accounts, "Account Name,Website,Employees,Industry\nAcme,acme.com,100,Healthcare\nBeta,beta.com,5,Retail\n").await;
        let before = accounts(app).await;
        let tags = storage::tag::of(&app.store, domain::record::RecordKind::Account, before.iter().map(|row| row.id.0).collect()).await.expect("tags");
        let id = imported(app, &actor, Kind::Accounts, "Account Name,Website,Employees,Industry\nAcme Inc,acme.com,250,Retail\nBeta,beta.com,7,Retail\nGamma,gamma.com,1,Retail\n").await;
        let now = accounts(app).await;
        let beta = now.iter().find(|row| row.name == "Beta").expect("Beta");
        let change = EditAccount { employees: Some(Some(9)), ..EditAccount::default() };
        edit(app, &actor, beta.id, beta.version, change).await.expect("a change");
        let report = undone(app, &actor, id).await;
        assert_eq!(counts(&report.removed), [("account", 1)], "Gamma");
        assert!(report.left.iter().any(|row| row.why == WhyLeft::ChangedSince && row.kind == "account"), "{:?}", report.left);
        let after = accounts(app).await;
        let facts = |rows: &[Account]| rows.iter().map(|row| (row.name.clone(), row.name_folded.clone(), row.employees)).collect::<Vec<_>>();
        assert_eq!(facts(&after)[0], facts(&before)[0]);
        assert_eq!(after[1].employees, Some(9), "the hand of a person stands");
        let back = storage::tag::of(&app.store, domain::record::RecordKind::Account, before.iter().map(|row| row.id.0).collect()).await.expect("tags");
        let industry = |rows: &[storage::tag::Tag]| rows.iter().map(|row| (row.record_id, row.folded.clone(), row.term_id)).collect::<Vec<_>>();
        assert_eq!(industry(&back).iter().filter(|row| row.0 == before[0].id.0).collect::<Vec<_>>(), industry(&tags).iter().filter(|row| row.0 == before[0].id.0).collect::<Vec<_>>());
    }

    async fn two_imports_are_undone_one_after_the_other(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let first = imported(app, &actor, Kind::Contacts, PEOPLE).await;
        let second = imported(app, &actor, Kind::Contacts, &PEOPLE.replace("Buyer", "Director")).await;
        let preview = undo::preview(app, &actor, first).await.expect("a preview");
        assert_eq!(counts(&preview.report.removed), [], "the second import used all of it");
        let report = undone(app, &actor, second).await;
        assert!(counts(&report.put_back).iter().any(|(kind, fields)| *kind == "contact" && *fields >= 3), "{report:?}");
        assert_eq!(contact(app, "bo@beta.com").await.and_then(|row| row.title).as_deref(), Some("Buyer"));
        let report = undone(app, &actor, first).await;
        assert_eq!(counts(&report.removed), [("account", 2), ("contact", 3)]);
    }

    async fn activities_and_outcomes_come_back_with_their_limits_and_figures(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let file = |activities: &str, outcomes: &str| format!("Contact Name,Email,Account Name,Activities,Outcomes\nAnn Lee,ann@acme.com,Acme,{activities},{outcomes}\n");
        imported(app, &actor, Kind::Advocates, &file("reference call", "Saved 20 %")).await;
        assert_eq!(test.db.tamper("update advocate_activities set limit_per_year = 2").await, 1);
        assert_eq!(test.db.tamper("update outcomes set value = '20', unit = '%'").await, 1);
        let id = imported(app, &actor, Kind::Advocates, &file("video", "Saved 30 %")).await;
        let report = undone(app, &actor, id).await;
        assert!(counts(&report.put_back).iter().any(|(kind, fields)| *kind == "advocate" && *fields >= 2), "{report:?}");
        let ann = contact(app, "ann@acme.com").await.expect("Ann");
        let advocate = storage::advocate::of_contacts(&app.store, vec![ann.id]).await.expect("read").remove(0).id;
        let willing = storage::advocate::willingness(&app.store, vec![advocate]).await.expect("read");
        assert_eq!(willing.iter().map(|row| (row.activity.as_str(), row.limit_per_year)).collect::<Vec<_>>(), [("reference_call", Some(2))]);
        let outcomes = storage::advocate::outcomes(&app.store, vec![advocate]).await.expect("read");
        let told: Vec<_> = outcomes.iter().map(|row| (row.statement.as_str(), row.value.as_deref(), row.unit.as_deref())).collect();
        assert_eq!(told, [("Saved 20 %", Some("20"), Some("%"))]);
    }

    async fn an_undo_that_is_cut_off_goes_on_and_takes_nothing_back_twice(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let rows: String = (0..2_000).map(|row| format!("Person {row},p{row}@acme.com,Acme\n")).collect();
        let id = imported(app, &actor, Kind::Contacts, &format!("Contact Name,Email,Account Name\n{rows}")).await;
        let file = upload::get(app, &actor, id).await.expect("an import");
        undo::start(app, &actor, id, file.version).await.expect("a start");
        let done = async || upload::get(app, &actor, id).await.expect("an import").report.and_then(|report| report.undo).map_or(0, |undo| undo.done);
        let some_are_gone = async {
            while done().await == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            worked = job::run_next_long(app) => panic!("too fast to be cut off: {worked:?}"),
            () = some_are_gone => {}
        }
        let reached = done().await;
        assert!(reached > 0 && reached < 2_001, "{reached}");
        assert_eq!(job::run_next_long(app).await.expect("a look"), Worked::Idle, "whoever died holds it for half a minute");
        app.clock.set(app.clock.now().plus_seconds(31));
        assert_eq!(job::run_next_long(app).await.expect("a run"), Worked::Done);
        let file = upload::get(app, &actor, id).await.expect("an import");
        let report = file.report.and_then(|report| report.undo).expect("a report");
        assert_eq!((file.status, counts(&report.removed)), (ImportStatus::Undone, vec![("account", 1), ("contact", 2_000)]));
        assert_eq!(names(&accounts(app).await), Vec::<&str>::new());
        let again = undo::start(app, &actor, id, file.version).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))), "{again:?}");
        let applied = upload::start(app, &actor, id, file.version).await;
        assert!(matches!(applied, Err(Error::MoveNotAllowed(_))), "{applied:?}");
    }

    async fn an_undo_is_refused_too_late_too_early_for_others_and_from_an_old_version(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sol Seller", &[Role::Seller]).await;
        let id = imported(app, &actor, Kind::Contacts, PEOPLE).await;
        let file = upload::get(app, &actor, id).await.expect("an import");
        assert!(matches!(undo::preview(app, &seller, id).await, Err(Error::Forbidden)));
        assert!(matches!(undo::start(app, &seller, id, file.version).await, Err(Error::Forbidden)));
        assert!(matches!(undo::start(app, &actor, id, file.version + 1).await, Err(Error::Stale { .. })));
        let waiting = upload::upload(app, &actor, "more.csv", PEOPLE.as_bytes().to_vec(), None).await.expect("an upload");
        assert!(undo::preview(app, &actor, waiting.id).await.expect("a preview").refused.is_some());
        let same = imported(app, &actor, Kind::Contacts, PEOPLE).await;
        let nothing = undo::preview(app, &actor, same).await.expect("a preview");
        assert_eq!(nothing.refused.as_deref(), Some("This import changed nothing that could be taken back."));
        app.clock.set(app.clock.now().plus_days(undo::UNDO_DAYS).plus_seconds(1));
        let late = undo::start(app, &actor, id, file.version).await;
        assert!(matches!(late, Err(Error::MoveNotAllowed(_))), "{late:?}");
        assert!(contact(app, "ann@acme.com").await.is_some());
    }

    async fn whoever_lost_the_right_to_import_undoes_nothing(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let id = imported(app, &actor, Kind::Contacts, PEOPLE).await;
        let file = upload::get(app, &actor, id).await.expect("an import");
        undo::start(app, &actor, id, file.version).await.expect("a start");
        test.db.tamper("update users set roles = 'seller'").await;
        assert_eq!(job::run_next_long(app).await.expect("a run"), Worked::Done);
        let file = upload::get(app, &Actor::operator(), id).await.expect("an import");
        let failure = file.report.and_then(|report| report.failure);
        assert_eq!((file.status, failure.as_deref()), (ImportStatus::Done, Some("The undo broke off: not permitted")));
        assert!(contact(app, "ann@acme.com").await.is_some());
    }
}
