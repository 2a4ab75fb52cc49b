//! A change of more records than one write takes: made piece by piece, survives a crash, is cancelled,
//! and taken back as one.

use app::{
    Actor, App, Error,
    bulk::{self, AT_ONCE_MAX, BulkChangeView},
    job::{self, Worked},
};
use domain::{access::Role, bulk::BulkState, id::UserId};
use import::kind::Kind;
use testkit::{TestApp, TestDb, build, build::id};

use crate::{ask, own};

const MANY: u64 = AT_ONCE_MAX as u64 + 1_500;

/// Pat (1), Otto (3), and accounts from 101 on that nobody owns.
async fn crowd(db: TestDb) -> (TestApp, Actor) {
    let test = TestApp::on(db).await;
    let program = test.colleague(1, "Pat Program", &[Role::Program]).await;
    test.colleague(3, "Otto Owner", &[Role::Owner]).await;
    let rows = (0..MANY)
        .map(|number| build::account(101 + number, &format!("Account {number}")))
        .collect();
    let tx = test.db.begin().await;
    storage::account::insert_all(&tx, rows)
        .await
        .expect("accounts");
    tx.commit().await.expect("committed");
    (test, program)
}

async fn begun(app: &App, actor: &Actor) -> BulkChangeView {
    let numbers: Vec<u64> = (0..MANY).map(|number| 101 + number).collect();
    let ask = ask(Kind::Accounts, &numbers, own(3));
    let preview = bulk::preview(app, actor, ask.clone())
        .await
        .expect("a look");
    assert_eq!(
        (preview.changing, preview.total, preview.is_long),
        (MANY, MANY, true)
    );
    let made = bulk::make(app, actor, ask, None).await.expect("queued");
    assert_eq!(
        (made.state, made.changed, made.total),
        (BulkState::Running, 0, MANY)
    );
    made
}

/// How many accounts Otto owns.
async fn owned(app: &App) -> u64 {
    let scope = domain::access::Scope::Own(vec![id::<UserId>(3)]);
    let filter = storage::account::Filter::default();
    let ids = storage::account::ids(&app.store, &scope, &filter).await;
    ids.expect("read").len() as u64
}

async fn now(app: &App, actor: &Actor, change: &BulkChangeView) -> BulkChangeView {
    bulk::get(app, actor, change.id).await.expect("the change")
}

/// Works until a first piece is written, and drops the worker there: it dies wherever it is by then.
async fn cut_off_after_a_piece(app: &App, actor: &Actor, change: &BulkChangeView) {
    let seen = async {
        while now(app, actor, change).await.changed == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = seen => {}
        worked = job::run_next_long(app) => panic!("it was through before anybody looked: {worked:?}"),
    }
}

testkit::on_both_engines! {
    async fn many_records_change_piece_by_piece_and_one_undo_takes_all_of_it_back(db: TestDb) {
        let (test, program) = crowd(db).await;
        let app = &test.app;
        let made = begun(app, &program).await;
        let early = bulk::undo(app, &program, made.id, made.version).await;
        assert!(matches!(early, Err(Error::MoveNotAllowed(_))), "{early:?}");
        assert_eq!(job::run_next_long(app).await.expect("worked"), Worked::Done);
        let done = now(app, &program, &made).await;
        assert_eq!((done.state, done.changed, done.looked, done.can_undo), (BulkState::Done, MANY, MANY, true));
        assert_eq!(owned(app).await, MANY);
        let inbox = app::inbox::list(app, &program, app::inbox::ListNotices::default()).await.expect("the inbox");
        assert!(inbox.page.items.iter().any(|one| one.title == format!("{MANY} records are changed")), "{inbox:?}");
        let undoing = bulk::undo(app, &program, done.id, done.version).await.expect("queued");
        assert_eq!((undoing.state, undoing.can_undo, undoing.left), (BulkState::Undoing, false, None));
        assert_eq!(job::run_next_long(app).await.expect("worked"), Worked::Done);
        let back = now(app, &program, &made).await;
        assert_eq!((back.state, back.left, back.undone_at.is_some()), (BulkState::Done, Some(0), true));
        assert_eq!(owned(app).await, 0);
        assert_eq!(job::run_next_long(app).await.expect("looked"), Worked::Idle);
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }

    async fn a_change_that_is_cut_off_goes_on_where_it_stopped(db: TestDb) {
        let (test, program) = crowd(db).await;
        let app = &test.app;
        let made = begun(app, &program).await;
        cut_off_after_a_piece(app, &program, &made).await;
        let so_far = now(app, &program, &made).await;
        assert_eq!(so_far.changed, owned(app).await, "what is counted is what is written");
        assert!((1..MANY).contains(&so_far.changed), "{so_far:?}");
        assert_eq!(so_far.state, BulkState::Running);
        app.clock.set(app.clock.now().plus_seconds(60));
        assert_eq!(job::run_next_long(app).await.expect("worked"), Worked::Done);
        let done = now(app, &program, &made).await;
        assert_eq!((done.state, done.changed, done.looked), (BulkState::Done, MANY, MANY));
        assert_eq!(owned(app).await, MANY);
    }

    async fn a_cancelled_change_stops_and_what_is_changed_can_be_taken_back(db: TestDb) {
        let (test, program) = crowd(db).await;
        let app = &test.app;
        let made = begun(app, &program).await;
        let stale = bulk::cancel(app, &program, made.id, made.version + 1).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        cut_off_after_a_piece(app, &program, &made).await;
        let stopped = bulk::cancel(app, &program, made.id, made.version).await.expect("cancelled");
        assert_eq!((stopped.state, stopped.changed), (BulkState::Cancelled, owned(app).await));
        assert!((1..MANY).contains(&stopped.changed), "{stopped:?}");
        app.clock.set(app.clock.now().plus_seconds(60));
        job::run_next_long(app).await.expect("looked");
        assert_eq!(owned(app).await, stopped.changed, "nothing more is written");
        let again = bulk::cancel(app, &program, made.id, stopped.version).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))), "{again:?}");
        assert!(stopped.can_undo);
        bulk::undo(app, &program, stopped.id, stopped.version).await.expect("taken back");
        job::run_next_long(app).await.expect("looked");
        assert_eq!(owned(app).await, 0);
    }

    async fn who_lost_the_right_meanwhile_changes_nothing_more(db: TestDb) {
        let (test, program) = crowd(db).await;
        let app = &test.app;
        let made = begun(app, &program).await;
        test.db.tamper("update users set roles = 'executive' where name = 'Pat Program'").await;
        assert_eq!(job::run_next_long(app).await.expect("worked"), Worked::Done);
        let row = storage::bulk_change::find(&app.store, &domain::access::Scope::Everything, made.id).await.expect("read").expect("the change");
        assert_eq!((row.state, row.changed), (BulkState::Failed, 0));
        assert!(row.problem.is_some_and(|why| why.contains("not permitted")));
    }
}
