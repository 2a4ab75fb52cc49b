//! What goes out comes back unchanged, and only what the reader may see goes out.

#[path = "export/hostile.rs"]
mod hostile;
#[path = "export/lists.rs"]
mod lists;
#[path = "export/real.rs"]
mod real;

use app::{
    Actor, App, Error,
    demo::{self, DemoOptions},
    export::{self, Format},
    import::{Report, RunImport, run},
};
use domain::{access::Role, opportunity::OpportunityStatus};
use import::kind::Kind;
use storage::log;
use testkit::TestApp;

const SMALL: DemoOptions = DemoOptions {
    scale: 0.1,
    seed: 7,
};

/// An export with the row count it states.
async fn exported(app: &App, actor: &Actor, kind: Kind, format: Format) -> (String, usize) {
    let export = export::open(app, actor, kind, format, None)
        .await
        .unwrap_or_else(|error| panic!("{kind}: {error}"));
    let rows = export.rows();
    (export.text().await.expect("an export"), rows)
}

async fn import(app: &App, kind: Kind, format: Format, text: String) -> Report {
    let ask = RunImport {
        kind,
        files: vec![(format!("{kind}.{format}"), text.into_bytes())],
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    let done = run(app, &Actor::operator(), ask, |_, _| {}).await;
    done.unwrap_or_else(|error| panic!("{kind} as {format}: {error}"))
        .report
}

/// Takes every kind out in both formats and brings it back: each row is unchanged, and nothing
/// but the import itself is in the log.
async fn everything_comes_back(app: &App) {
    for kind in Kind::ALL {
        for format in Format::ALL {
            let (text, rows) = exported(app, &Actor::operator(), *kind, *format).await;
            let before = log::head(&app.store).await.expect("the head").position;
            if rows == 0 {
                continue;
            }
            let report = import(app, *kind, *format, text).await;
            let what = format!("{kind} as {format}: {report:#?}");
            assert_eq!(report.unchanged, rows as u64, "{what}");
            assert_eq!(report.rows, rows as u64, "{what}");
            assert_eq!(
                (&report.problems, report.linked),
                (&Vec::new(), 0),
                "{what}"
            );
            assert!(report.records.is_empty(), "{what}");
            let after = log::head(&app.store).await.expect("the head").position;
            assert_eq!(after - before, 2, "only the import's own events: {what}");
        }
    }
}

testkit::on_both_engines! {
    async fn every_export_of_the_demo_company_comes_back_unchanged(db: TestDb) {
        let test = TestApp::on(db).await;
        demo::seed(&test.app, SMALL, |_, _| {}).await.expect("the demo is made");
        everything_comes_back(&test.app).await;
    }
}

testkit::on_both_engines! {
    async fn a_seller_takes_along_their_own_deals_and_no_contacts(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let seller = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let other = test.colleague(2, "Olga Other", &[Role::Seller]).await;
        let tx = test.db.begin().await;
        for (number, owner) in [(1, &seller), (2, &other)] {
            let mut deal = testkit::build::closed(number, testkit::build::id(number), OpportunityStatus::Won, "2026-02-01");
            deal.owner_id = owner.user_id();
            storage::opportunity::insert(&tx, deal).await.expect("a deal");
        }
        tx.commit().await.expect("a commit");
        let (text, rows) = exported(app, &seller, Kind::Opportunities, Format::Jsonl).await;
        assert_eq!((rows, text.lines().count()), (1, 1), "{text}");
        assert!(text.contains("Deal 1") && !text.contains("Deal 2"), "{text}");
        for kind in [Kind::Contacts, Kind::Users, Kind::Terms, Kind::Uses] {
            let refused = export::open(app, &seller, kind, Format::Csv, None).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{kind}");
        }
        for role in [Role::Admin, Role::Executive, Role::Stakeholder, Role::Privacy] {
            let actor = test.colleague(10 + role as u64, &format!("{role}"), &[role]).await;
            let refused = export::open(app, &actor, Kind::Opportunities, Format::Csv, None).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{role}");
        }
    }

    async fn a_seller_who_owns_an_account_takes_its_advocate_along_without_name_and_address(db: TestDb) {
        let test = TestApp::on(db).await;
        demo::seed(&test.app, SMALL, |_, _| {}).await.expect("the demo is made");
        let everyone = storage::user::everyone(&test.app.store).await.expect("users");
        let owner = everyone
            .iter()
            .find(|user| user.roles() == [Role::Owner])
            .expect("an owner in the demo");
        let full = Actor::of_user(&test.app.store, owner, test.app.clock.today()).await.expect("an actor");
        let mut masked = full.clone();
        masked.roles = vec![Role::Seller];
        let (shown, of_owner) = exported(&test.app, &full, Kind::Advocates, Format::Jsonl).await;
        let (hidden, of_seller) = exported(&test.app, &masked, Kind::Advocates, Format::Jsonl).await;
        assert!(of_owner >= of_seller && of_seller > 0, "{of_owner} and {of_seller}");
        for (text, is_shown) in [(&shown, true), (&hidden, false)] {
            for line in text.lines() {
                let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
                let personal = ["Contact name", "Contact e-mail", "Contact phone", "Notes"];
                let any = personal.iter().any(|heading| !row[*heading].is_null());
                assert_eq!(any, is_shown, "{row:#}");
            }
        }
    }

    async fn exports_are_events_with_their_row_count_and_are_bounded(db: TestDb) {
        let test = TestApp::on(db).await;
        let program = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let before = log::head(&test.app.store).await.expect("the head").position;
        let (_, rows) = exported(&test.app, &program, Kind::Users, Format::Csv).await;
        assert_eq!(rows, 1);
        let after = log::head(&test.app.store).await.expect("the head").position;
        assert_eq!(after - before, 1);
        for _ in 1..16 {
            exported(&test.app, &program, Kind::Users, Format::Csv).await;
        }
        let refused = export::open(&test.app, &program, Kind::Users, Format::Csv, None).await;
        assert!(matches!(refused, Err(Error::TooManyAttempts { .. })));
    }
}
