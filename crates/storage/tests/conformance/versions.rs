//! Every versioned record is saved alone and in numbers, and an old version is refused.

use domain::{content::ContentKind, import::ImportStatus};
use storage::{
    StorageError, Tx, account, advocate, candidate, contact,
    content::{self, Content},
    import::{self, Import},
    opportunity::{self, Opportunity},
    reference_use, request, term, user,
};
use testkit::{NOW, TestDb, build, build::id, day};

/// What the rows of the test point at: user, account, contact, advocate and request number 90.
async fn insert_roots(tx: &Tx) {
    user::insert(tx, build::user(90, "Ann"))
        .await
        .expect("a user");
    account::insert(tx, build::account(90, "Acme"))
        .await
        .expect("an account");
    for number in [1, 2, 3, 90] {
        contact::insert(tx, build::contact(100 + number, "Bo", id(90)))
            .await
            .expect("a contact");
    }
    advocate::insert(tx, build::advocate(90, id(190)))
        .await
        .expect("an advocate");
    request::insert(tx, build::request(90, id(90)))
        .await
        .expect("a request");
    term::insert_facets(tx, vec![build::facet(90, "industry")])
        .await
        .expect("a facet");
}

fn file(number: u64) -> Import {
    Import {
        id: id(number),
        version: 1,
        file_name: "a.csv".into(),
        file_digest: "d".into(),
        kind: "accounts".into(),
        status: ImportStatus::Uploaded,
        mapping: "{}".into(),
        row_count: 0,
        rows_done: 0,
        report: "{}".into(),
        created_by: None,
        created_at: NOW,
        finished_at: None,
    }
}

/// Inserts three rows, saves one alone and all together, and tries both from an old version.
macro_rules! saved_alone_and_in_numbers {
    ($db:ident, $row:expr, $change:expr, $read:expr, $insert:path, $insert_all:path, $save:path, $save_all:path) => {{
        let row = $row;
        let tx = $db.begin().await;
        $insert(&tx, row(1)).await.expect("written");
        $insert_all(&tx, vec![row(2), row(3)])
            .await
            .expect("written");
        let mut alone = row(1);
        $change(&mut alone);
        $save(&tx, &mut alone).await.expect("saved");
        let mut late = row(1);
        let refused = $save(&tx, &mut late).await;
        assert!(matches!(refused, Err(StorageError::Stale)), "{refused:?}");
        assert_eq!(
            late.version, 1,
            "a refused save leaves the version as it was read"
        );
        tx.commit().await.expect("committed");

        let mut many = vec![alone.clone(), row(2), row(3)];
        many.iter_mut().for_each($change);
        let tx = $db.begin().await;
        $save_all(&tx, many.clone()).await.expect("saved");
        tx.commit().await.expect("committed");
        let tx = $db.begin().await;
        let refused = $save_all(&tx, vec![row(2)]).await;
        assert!(matches!(refused, Err(StorageError::Stale)), "{refused:?}");
        tx.roll_back().await.expect("undone");
        for mut expected in many {
            expected.version += 1;
            let kept = $read(&$db, expected.id).await;
            assert_eq!(kept, Some(expected));
        }
        let tx = $db.begin().await;
        $save_all(&tx, vec![])
            .await
            .expect("nothing to save is no mistake");
        tx.commit().await.expect("committed");
    }};
}

testkit::on_both_engines! {
    async fn people_companies_and_deals_are_saved_from_the_version_that_was_read(db: TestDb) {
        let tx = db.begin().await;
        insert_roots(&tx).await;
        tx.commit().await.expect("committed");
        saved_alone_and_in_numbers!(
            db, |number| build::user(number, "Ann"), |row: &mut user::User| row.team = Some("East".into()),
            async |db: &TestDb, id| user::find(&db.store, id).await.expect("read"),
            user::insert, user::insert_all, user::save, user::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| build::account(number, "Acme"), |row: &mut account::Account| row.nps = Some(row.nps.unwrap_or(0) - 1),
            async |db: &TestDb, id| account::by_ids(&db.store, vec![id]).await.expect("read").remove(&id),
            account::insert, account::insert_all, account::save, account::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| build::contact(number, "Cy", id(90)), |row: &mut contact::Contact| row.account_id = None,
            async |db: &TestDb, id| contact::by_ids(&db.store, vec![id]).await.expect("read").remove(&id),
            contact::insert, contact::insert_all, contact::save, contact::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| Opportunity::named(id(number), "Deal", NOW), |row: &mut Opportunity| row.amount_minor = Some(1),
            async |db: &TestDb, id| opportunity::by_ids(&db.store, vec![id]).await.expect("read").remove(&id),
            opportunity::insert, opportunity::insert_all, opportunity::save, opportunity::save_all
        );
    }

    async fn the_program_s_own_records_are_saved_from_the_version_that_was_read(db: TestDb) {
        let tx = db.begin().await;
        insert_roots(&tx).await;
        tx.commit().await.expect("committed");
        saved_alone_and_in_numbers!(
            db, |number| build::advocate(number, id(100 + number)), |row: &mut advocate::Advocate| row.is_restricted = true,
            async |db: &TestDb, id| advocate::by_ids(&db.store, vec![id]).await.expect("read").remove(&id),
            advocate::insert, advocate::insert_all, advocate::save, advocate::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| build::request(number, id(90)), |row: &mut request::Request| row.is_rush = true,
            async |db: &TestDb, id| request::by_ids(&db.store, vec![id]).await.expect("read").remove(&id),
            request::insert, request::insert_all, request::save, request::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| build::candidate(number, id(90), id(90), id(90)), |row: &mut candidate::Candidate| row.closed_at = Some(NOW),
            async |db: &TestDb, id| candidate::find(&db.store, id).await.expect("read"),
            candidate::insert, candidate::insert_all, candidate::save, candidate::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| build::used(number, id(90), id(90), day("2026-01-01")), |row: &mut reference_use::ReferenceUse| row.grade_buyer = Some(5),
            async |db: &TestDb, id| reference_use::of_advocate(&db.store, build::id(90)).await.expect("read").into_iter().find(|row| row.id == id),
            reference_use::insert, reference_use::insert_all, reference_use::save, reference_use::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| Content::titled(id(number), "Story", ContentKind::Quote, NOW), |row: &mut Content| row.body = Some("Text".into()),
            async |db: &TestDb, id| content::by_ids(&db.store, vec![id]).await.expect("read").remove(&id),
            content::insert, content::insert_all, content::save, content::save_all
        );
        saved_alone_and_in_numbers!(
            db, file, |row: &mut Import| row.rows_done += 5,
            async |db: &TestDb, id| import::find(&db.store, id).await.expect("read"),
            import::insert, import::insert_all, import::save, import::save_all
        );
        saved_alone_and_in_numbers!(
            db, |number| build::term(number, id(90), "Health"), |row: &mut term::Term| row.retired_at = Some(NOW),
            async |db: &TestDb, id| term::find(&db.store, id).await.expect("read"),
            term::insert, term::insert_all, term::save, term::save_all
        );
    }
}
