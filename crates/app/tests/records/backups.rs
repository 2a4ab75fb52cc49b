//! What an admin is told about backups: the newest one, and whether it is older than was promised.

use app::{Error, system};
use domain::{
    access::Role,
    backup::{BackupPlace, PROMISE_HOURS},
};
use testkit::{NOW, TestApp};

testkit::on_both_engines! {
    async fn a_backup_that_is_older_than_the_promise_is_late(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let admin = test.colleague(1, "Ada Admin", &[Role::Admin]).await;
        assert_eq!(system::look(app, &admin).await.expect("the system").backup, None);
        system::note_backup(app, &admin, (1_234, 56), BackupPlace::SameDisk).await.expect("noted");
        let told = async || system::look(app, &admin).await.expect("the system").backup.expect("a backup");
        let fresh = told().await;
        assert_eq!((fresh.made_at, fresh.bytes, fresh.rows, fresh.place, fresh.is_late), (NOW, 1_234, 56, BackupPlace::SameDisk, false));
        app.clock.set(NOW.plus_seconds(PROMISE_HOURS * 3_600));
        assert!(!told().await.is_late, "the last second counts");
        app.clock.set(NOW.plus_seconds(PROMISE_HOURS * 3_600 + 1));
        assert!(told().await.is_late);
        let program = test.colleague(2, "Pia Program", &[Role::Program]).await;
        let refused = system::note_backup(app, &program, (1, 1), BackupPlace::Folder).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    }
}
