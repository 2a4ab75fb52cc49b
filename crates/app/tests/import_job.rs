//! The rows of an uploaded file as a job: it goes on where it was cut off, is cancelled, and acts
//! with the rights that its author has when it runs.

use app::{
    Actor, App, Error,
    import::upload::{self, ImportView},
    job::{self, Worked},
};
use domain::{access::Role, id::ImportId, import::ImportStatus, record::RecordKind};
use storage::export::Reach;
use testkit::TestApp;

const ROWS: usize = 3_500;

/// Contacts, one to a row; the tenth row has no name, and the last one repeats the first.
fn contacts(rows: usize) -> Vec<u8> {
    let mut text = "Contact Name,Email,Account Name,Job Title\n".to_owned();
    for row in 1..rows {
        if row == 10 {
            text.push_str(",,Acme,Nobody\n");
        } else {
            text.push_str(&format!("Person {row},person{row}@acme.com,Acme,Buyer\n"));
        }
    }
    text.push_str("Person 1,person1@acme.com,Acme,Director\n");
    text.into_bytes()
}

async fn started(test: &TestApp, actor: &Actor, rows: usize) -> ImportView {
    let view = upload::upload(&test.app, actor, "contacts.csv", contacts(rows), None)
        .await
        .expect("an upload");
    assert_eq!((view.kind.as_str(), view.rows), ("contacts", rows as i64));
    upload::start(&test.app, actor, view.id, view.version)
        .await
        .expect("a start")
}

async fn now(app: &App, id: ImportId) -> ImportView {
    upload::get(app, &Actor::operator(), id)
        .await
        .expect("an import")
}

async fn rows_done(app: &App, id: ImportId, at_least: i64) {
    while now(app, id).await.rows_done < at_least {
        tokio::task::yield_now().await;
    }
}

async fn contacts_held(app: &App) -> usize {
    let reach = Reach {
        scope: domain::access::Scope::Everything,
        restricted: true,
        content: storage::content::Sight::Everything,
    };
    let ids = storage::export::ids(&app.store, RecordKind::Contact, &reach).await;
    ids.expect("contacts").len()
}

/// What became of the rows, whether or not the job was cut off.
async fn assert_whole(app: &App, id: ImportId) {
    let view = now(app, id).await;
    assert_eq!(view.status, ImportStatus::Done);
    assert_eq!(view.rows_done, ROWS as i64);
    let report = view.report.expect("a report");
    let counts = (report.rows, report.created, report.failed, report.skipped);
    let rows = ROWS as u64;
    assert_eq!(counts, (rows, rows - 2, 1, 1), "{report:#?}");
    assert_eq!(report.records["contact"].created, rows - 2);
    assert_eq!(contacts_held(app).await, ROWS - 2);
    let errors = upload::error_file(app, &Actor::operator(), id).await;
    let errors = String::from_utf8(errors.expect("an error file")).expect("text");
    assert_eq!(errors.lines().count(), 2, "{errors}");
    let faults = storage::log::verify(&app.store).await.expect("a chain");
    assert_eq!(faults, []);
}

testkit::on_both_engines! {
    async fn an_import_that_nothing_disturbs_is_done_in_one_go(db: TestDb) {
        let test = TestApp::on(db).await;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let view = started(&test, &actor, ROWS).await;
        assert_eq!(job::run_next(&test.app, None).await.expect("a look"), Worked::Idle);
        let worked = job::run_next_long(&test.app).await.expect("a run");
        assert_eq!(worked, Worked::Done);
        assert_whole(&test.app, view.id).await;
        assert_eq!(job::run_next_long(&test.app).await.expect("a look"), Worked::Idle);
    }

    async fn an_import_that_is_cut_off_goes_on_where_it_stopped(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let view = started(&test, &actor, ROWS).await;
        let mut reached = 0;
        for wanted in [1_000, 2_000] {
            tokio::select! {
                worked = job::run_next_long(app) => panic!("too fast to be cut off: {worked:?}"),
                () = rows_done(app, view.id, wanted) => {}
            }
            let cut = now(app, view.id).await;
            assert_eq!(cut.status, ImportStatus::Applying);
            assert!(cut.rows_done > reached && cut.rows_done < ROWS as i64, "{cut:?}");
            assert!(contacts_held(app).await >= cut.rows_done as usize - 1);
            reached = cut.rows_done;
            // Whoever died holds it for half a minute.
            assert_eq!(job::run_next_long(app).await.expect("a look"), Worked::Idle);
            app.clock.set(app.clock.now().plus_seconds(31));
        }
        assert_eq!(job::run_next_long(app).await.expect("a run"), Worked::Done);
        assert_whole(app, view.id).await;
    }

    async fn a_cancelled_import_keeps_what_is_in_and_writes_no_more(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let view = started(&test, &actor, 9_000).await;
        let running = job::run_next_long(app);
        let cancelling = async {
            rows_done(app, view.id, 1_000).await;
            upload::cancel(app, &actor, view.id, view.version).await.expect("a cancel")
        };
        let (worked, cancelled) = tokio::join!(running, cancelling);
        assert_eq!(worked.expect("a run"), Worked::Done);
        assert_eq!(cancelled.status, ImportStatus::Cancelled);
        let view = now(app, view.id).await;
        assert_eq!(view.status, ImportStatus::Cancelled);
        assert_eq!(contacts_held(app).await as i64, view.rows_done - 1);
        let again = upload::cancel(app, &actor, view.id, view.version).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))), "{again:?}");
        // Started again, it finds what is in and adds the rest.
        upload::start(app, &actor, view.id, view.version).await.expect("a start");
        assert_eq!(job::run_next_long(app).await.expect("a run"), Worked::Done);
        assert_eq!(contacts_held(app).await, 9_000 - 2);
    }

    async fn whoever_lost_the_right_to_import_writes_nothing(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let view = started(&test, &actor, 20).await;
        test.db.tamper("update users set roles = 'seller'").await;
        assert_eq!(job::run_next_long(app).await.expect("a run"), Worked::Done);
        let view = now(app, view.id).await;
        assert_eq!(view.status, ImportStatus::Failed);
        let report = view.report.expect("a report");
        assert_eq!(report.failure.as_deref(), Some("not permitted"));
        assert_eq!(contacts_held(app).await, 0);
    }

    async fn a_running_import_is_not_edited_checked_or_started_twice(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let view = started(&test, &actor, 20).await;
        let (id, version) = (view.id, view.version);
        let edited = upload::edit(app, &actor, id, version, upload::EditImport::default()).await;
        let checked = upload::check(app, &actor, id, version).await;
        let started = upload::start(app, &actor, id, version).await;
        for refused in [edited, checked, started] {
            assert!(matches!(refused, Err(Error::MoveNotAllowed(_))), "{refused:?}");
        }
        let hidden = upload::error_file(app, &actor, id).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
    }
}
