//! Content in the trash: it goes with its file and comes back whole, what was sent stays, and without
//! the one who tells it nothing comes back.

use app::{
    Error,
    erase::{self, EraseContact},
    trash::{self, KEPT_DAYS, TrashedView},
};
use domain::{
    access::Role,
    id::{ContentId, FileId},
    record::RecordKind,
};
use storage::{
    content_file::{self, ContentFile, PIECE_BYTES},
    trash::{Rows, gather},
};
use testkit::{NOW, TestDb, build::id};

use crate::world::World;

/// Longer than a piece, so that it is kept in two.
fn bytes() -> Vec<u8> {
    (0..=u8::MAX).cycle().take(PIECE_BYTES + 7).collect()
}

async fn with_file(db: TestDb) -> World {
    let world = World::on(db).await;
    let file = ContentFile {
        id: id(71),
        content_id: world.content,
        name: "story.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        byte_count: bytes().len().try_into().expect("small"),
        digest: "d".to_owned(),
        created_at: NOW,
    };
    let tx = world.test.db.begin().await;
    content_file::replace(&tx, file, &bytes())
        .await
        .expect("a file");
    tx.commit().await.expect("committed");
    world
}

impl World {
    async fn rows(&self) -> Rows {
        let (store, content) = (&self.test.app.store, self.content);
        gather(store, RecordKind::Content, content.0)
            .await
            .expect("read")
    }

    async fn file(&self) -> Vec<u8> {
        let mut file = Vec::new();
        for position in 0.. {
            let piece = content_file::piece(&self.test.app.store, id::<FileId>(71), position).await;
            let Some(piece) = piece.expect("read") else {
                break;
            };
            file.extend(piece);
        }
        file
    }

    async fn delete(&self) -> Result<TrashedView, Error> {
        let version = self.rows().await.content[0].version;
        let (app, program) = (&self.test.app, &self.program);
        trash::delete(app, program, RecordKind::Content, self.content.0, version).await
    }

    async fn in_trash(&self) -> u64 {
        let listed = trash::list(&self.test.app, &self.program).await;
        listed.expect("the trash").total
    }

    /// Pieces of files that the trash holds.
    async fn kept_pieces(&self) -> u64 {
        let sql = "update trash_file_pieces set position = position";
        self.test.db.tamper(sql).await
    }
}

testkit::on_both_engines! {
    async fn content_goes_with_its_file_and_comes_back_whole(db: TestDb) {
        let world = with_file(db).await;
        let (app, program) = (&world.test.app, &world.program);
        let before = world.rows().await;
        let gone = world.delete().await.expect("deleted");
        assert_eq!((gone.kind, gone.name.as_str()), (RecordKind::Content, "Cutover in six weeks"));
        assert_eq!(world.rows().await, Rows::default());
        assert_eq!(world.file().await, Vec::<u8>::new());
        let seen = app::content::get(app, program, world.content).await;
        assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
        trash::restore(app, program, gone.id).await.expect("restored");
        assert_eq!(world.rows().await, before);
        assert_eq!(world.file().await, bytes());
        assert_eq!((world.in_trash().await, world.kept_pieces().await), (0, 0));
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
        world.share().await.expect("it can be sent again");
    }

    async fn content_that_was_sent_stays_and_only_who_edits_content_deletes_it(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        world.share().await.expect("sent");
        let refused = world.delete().await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("1 links that were sent") && why.contains("Retire it")), "{refused:?}");
        let other = world.approved().await;
        let owner = world.test.colleague(3, "Olga Owner", &[Role::Owner]).await;
        for actor in [&owner, &world.seller] {
            let refused = trash::delete(app, actor, RecordKind::Content, other.0, 2).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        }
        let stale = trash::delete(app, &world.program, RecordKind::Content, other.0, 1).await;
        assert!(matches!(stale, Err(Error::Stale { current: 2 })), "{stale:?}");
        trash::delete(app, &world.program, RecordKind::Content, other.0, 2).await.expect("nobody was sent this one");
    }

    async fn content_comes_back_only_with_who_tells_it(db: TestDb) {
        let world = World::on(db).await;
        let (app, program) = (&world.test.app, &world.program);
        let piece = world.delete().await.expect("deleted");
        let teller = trash::delete(app, program, RecordKind::Advocate, id::<ContentId>(1).0, 1).await.expect("nothing rests on the profile");
        let early = trash::restore(app, program, piece.id).await;
        assert!(matches!(early, Err(Error::MoveNotAllowed(_))), "{early:?}");
        assert_eq!(world.in_trash().await, 2);
        trash::restore(app, program, teller.id).await.expect("restored");
        trash::restore(app, program, piece.id).await.expect("restored");
        assert_eq!(world.rows().await.content[0].advocate_id, Some(id(1)));
    }

    async fn what_is_deleted_for_good_is_gone_and_the_log_says_so(db: TestDb) {
        let world = with_file(db).await;
        let (app, program) = (&world.test.app, &world.program);
        let piece = world.delete().await.expect("deleted");
        assert_eq!(world.kept_pieces().await, 2);
        let owner = world.test.colleague(3, "Olga Owner", &[Role::Owner]).await;
        let refused = trash::remove(app, &owner, piece.id).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        trash::remove(app, program, piece.id).await.expect("removed");
        assert_eq!((world.in_trash().await, world.kept_pieces().await), (0, 0));
        for again in [trash::remove(app, program, piece.id).await, trash::restore(app, program, piece.id).await] {
            assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        }
        let by_a_colleague = "update events set action = action where action = 'removed' and actor_kind = 'user'";
        assert!(!world.test.db.dump().await.contains("It took six weeks"), "nothing of it is left");
        assert_eq!(world.test.db.tamper(by_a_colleague).await, 1, "and by whom");
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }

    async fn what_is_over_goes_by_itself_with_its_file(db: TestDb) {
        let world = with_file(db).await;
        let app = &world.test.app;
        world.delete().await.expect("deleted");
        app.clock.set(NOW.plus_days(KEPT_DAYS).plus_seconds(1));
        app::job::tidy::run(app).await.expect("tidied");
        assert_eq!((world.in_trash().await, world.kept_pieces().await), (0, 0));
    }

    async fn who_is_forgotten_is_forgotten_in_the_trash_too(db: TestDb) {
        let world = with_file(db).await;
        let app = &world.test.app;
        let privacy = world.test.colleague(4, "Priya Privacy", &[Role::Privacy]).await;
        world.delete().await.expect("deleted");
        erase::erase(app, &privacy, id(1), EraseContact { reason: "She asked us to.".to_owned() }).await.expect("erased");
        assert_eq!((world.in_trash().await, world.kept_pieces().await), (0, 0));
        assert!(!world.test.db.dump().await.contains("It took six weeks"), "nothing of it is left");
    }
}
