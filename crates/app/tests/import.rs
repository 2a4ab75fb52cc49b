//! What an import does with rows that are odd, repeated, unknown or hostile.

use app::{
    Actor, App, Error,
    import::{Finished, RunImport, run},
};
use domain::access::Role;
use import::kind::Kind;
use storage::contact::Contact;
use testkit::TestApp;

async fn try_import(app: &App, actor: &Actor, kind: Kind, text: &str) -> Result<Finished, Error> {
    let ask = RunImport {
        kind,
        files: vec![("file.csv".to_owned(), text.as_bytes().to_vec())],
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    run(app, actor, ask, |_, _| {}).await
}

async fn import(app: &App, kind: Kind, text: &str) -> Finished {
    try_import(app, &Actor::operator(), kind, text)
        .await
        .expect("an import")
}

async fn contact(app: &App, email: &str) -> Contact {
    let address = email.parse().expect("an address");
    storage::contact::find_by_email(&app.store, &address)
        .await
        .expect("an answer")
        .expect("a contact")
}

testkit::on_both_engines! {
    async fn one_bad_row_fails_alone_and_comes_back_with_its_reason(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let text = "Account Name,Employees\nAcme,120\n,5\nGlobex,40\n";
        let done = import(app, Kind::Accounts, text).await;
        assert_eq!((done.report.created, done.report.failed), (2, 1));
        let file = done.error_file.expect("an error file");
        assert!(file.starts_with("Account Name,Employees,reason"), "{file}");
        assert_eq!(file.trim_end().lines().count(), 2, "{file}");
    }

    async fn a_file_that_cannot_be_read_changes_nothing(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let before = storage::log::head(&app.store).await.expect("the head");
        let actor = Actor::operator();
        for text in ["", "Name\n\"open quote", "%PDF-1.7"] {
            let refused = try_import(app, &actor, Kind::Accounts, text).await;
            assert!(matches!(refused, Err(Error::BadFile(_))), "{text}");
        }
        let after = storage::log::head(&app.store).await.expect("the head");
        assert_eq!(before, after);
    }

    async fn a_seller_may_not_import(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let mut seller = Actor::operator();
        seller.roles = vec![Role::Seller];
        let refused = try_import(app, &seller, Kind::Accounts, "Account Name\nAcme\n").await;
        assert!(matches!(refused, Err(Error::Forbidden)));
    }

    async fn an_imported_advocate_is_vetted_and_has_not_consented_unless_the_file_says_so(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let text = "Contact Name,Email,Account Name,Advocate Status,Consent Until\n\
                    Ann Lee,ann@acme.com,Acme,,\n\
                    Bob Ray,bob@acme.com,Acme,active,2027-12-31\n";
        let done = import(app, Kind::Advocates, text).await;
        assert_eq!(done.report.records["account"].created, 1);
        let (ann, bob) = (
            contact(app, "ann@acme.com").await,
            contact(app, "bob@acme.com").await,
        );
        let advocates = storage::advocate::of_contacts(&app.store, vec![ann.id, bob.id])
            .await
            .expect("advocates");
        let of = |id| {
            let mut all = advocates.iter();
            all.find(|advocate| advocate.contact_id == id)
                .expect("an advocate")
        };
        assert_eq!(of(ann.id).status.as_str(), "vetting");
        assert_eq!(of(bob.id).status.as_str(), "active");
        let consents = storage::consent::of_advocates(&app.store, vec![of(ann.id).id, of(bob.id).id])
            .await
            .expect("consents");
        assert_eq!(consents.len(), 1);
        assert_eq!(consents[0].advocate_id, of(bob.id).id);
    }

    async fn two_rows_for_one_account_do_not_take_turns(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let text = "Account Name,Employees,Industry\nAcme,120,Retail\nACME,5,Banking\n";
        let first = import(app, Kind::Accounts, text).await.report;
        assert_eq!((first.created, first.skipped), (1, 1));
        let second = import(app, Kind::Accounts, text).await.report;
        assert_eq!((second.unchanged, second.skipped), (1, 1));
    }

    async fn a_file_does_not_make_administrators(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let mut program = Actor::operator();
        program.roles = vec![Role::Program];
        let text = "Full Name,Email,Role\nEve,eve@example.com,admin\n";
        let done = try_import(app, &program, Kind::Users, text)
            .await
            .expect("an import");
        assert_eq!(done.report.problems.len(), 1, "{:?}", done.report);
        let users = storage::user::everyone(&app.store).await.expect("users");
        assert_eq!(users[0].roles(), [Role::Seller]);
    }

    async fn an_empty_cell_never_empties_what_is_known(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let full = "Contact Name,Email,Account Name,Job Title\nAnn Lee,ann@acme.com,Acme,CIO\n";
        import(app, Kind::Contacts, full).await;
        let bare = "Contact Name,Email,Account Name,Job Title\nAnn Lee,ann@acme.com,Acme,\n";
        let report = import(app, Kind::Contacts, bare).await.report;
        assert_eq!(report.unchanged, 1, "{report:?}");
        let title = contact(app, "ann@acme.com").await.title;
        assert_eq!(title.as_deref(), Some("CIO"));
    }

    async fn a_past_use_needs_an_advocate_and_is_kept_once(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let uses =
            "Email,Activity,Used On\nann@acme.com,call,2026-03-01\nnobody@acme.com,call,2026-03-01\n";
        let none = import(app, Kind::Uses, uses).await.report;
        assert_eq!(none.failed, 2, "{none:?}");
        let people =
            "Contact Name,Email,Account Name,Advocate Status\nAnn Lee,ann@acme.com,Acme,active\n";
        import(app, Kind::Advocates, people).await;
        let once = import(app, Kind::Uses, uses).await.report;
        assert_eq!((once.created, once.failed), (1, 1), "{once:?}");
        let twice = import(app, Kind::Uses, uses).await.report;
        assert_eq!((twice.unchanged, twice.failed), (1, 1), "{twice:?}");
    }
}
