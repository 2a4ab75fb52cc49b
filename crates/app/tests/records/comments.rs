//! What colleagues write to each other on records: who reads it, who is told, and how it goes again.

use app::{
    Actor, App, Error,
    advocate::{self, edit},
    audit::{self, Reading},
    comment::{self, CommentView, ListComments, WriteComment},
    erase::{self, EraseContact},
    inbox::{self, ListNotices},
    job, trash,
};
use domain::{
    access::Role,
    id::{AccountId, AdvocateId, CommentId, OpportunityId},
    notice::NoticeClass,
    record::RecordKind,
};
use storage::opportunity::Opportunity;
use testkit::{NOW, build::id};
use uuid::Uuid;

use crate::World;

const DEAL: (RecordKind, u64) = (RecordKind::Opportunity, 7);
const ANN: (RecordKind, u64) = (RecordKind::Advocate, 1);
const MERIDIAN: (RecordKind, u64) = (RecordKind::Account, 1);

fn uuid(number: u64) -> Uuid {
    id::<AccountId>(number).0
}

/// A seller with a deal, and another one who does not see it.
async fn sellers(world: &World) -> (Actor, Actor) {
    let sam = world
        .test
        .colleague(11, "Sam Seller", &[Role::Seller])
        .await;
    let sue = world
        .test
        .colleague(12, "Sue Seller", &[Role::Seller])
        .await;
    let deal = Opportunity {
        owner_id: Some(id(11)),
        ..Opportunity::named(id::<OpportunityId>(DEAL.1), "Big deal", NOW)
    };
    let tx = world.test.db.begin().await;
    storage::opportunity::insert(&tx, deal)
        .await
        .expect("a deal");
    tx.commit().await.expect("committed");
    (sam, sue)
}

async fn write(
    app: &App,
    actor: &Actor,
    on: (RecordKind, u64),
    body: &str,
) -> Result<CommentId, Error> {
    let ask = WriteComment {
        record_kind: on.0,
        record_id: uuid(on.1),
        body: body.to_owned(),
    };
    comment::write(app, actor, ask, None).await
}

async fn read(app: &App, actor: &Actor, on: (RecordKind, u64)) -> Result<Vec<CommentView>, Error> {
    let ask = ListComments {
        record_kind: on.0,
        record_id: uuid(on.1),
        limit: None,
        cursor: None,
    };
    Ok(comment::list(app, actor, ask).await?.items)
}

/// Title, text, screen and record of each mention.
async fn mentions(app: &App, reader: &Actor) -> Vec<(String, String, String, Option<String>)> {
    let ask = ListNotices {
        class: Some(NoticeClass::Mention),
        ..ListNotices::default()
    };
    let inbox = inbox::list(app, reader, ask).await.expect("the inbox");
    let told = inbox.page.items.into_iter();
    told.map(|one| {
        let record = one.record.map(|record| record.name);
        (one.title, one.body, one.link, record)
    })
    .collect()
}

testkit::on_both_engines! {
    async fn whoever_reads_a_deal_writes_there_and_tells_who_reads_it_too(db: TestDb) {
        let world = World::on(db).await;
        let (sam, sue) = sellers(&world).await;
        let app = &world.test.app;
        write(app, &sam, DEAL, "@Pia Program @Sue Seller @Sam Seller: who speaks for this?").await.expect("written");
        let link = format!("/opportunities/{}?part=comments#comments", uuid(DEAL.1));
        let told = ("Sam Seller mentioned you".to_owned(), "In a comment.".to_owned(), link, Some("Big deal".to_owned()));
        assert_eq!(mentions(app, &world.program).await, [told]);
        for reader in [&sue, &sam] {
            assert!(mentions(app, reader).await.is_empty(), "{}", reader.name);
        }
        app.clock.set(NOW.plus_seconds(1));
        write(app, &world.program, DEAL, "  Ann does.\nAsk her.  ").await.expect("written");
        let seen = read(app, &sam, DEAL).await.expect("comments");
        let facts: Vec<_> = seen.iter().map(|one| (one.author.as_ref().map(|author| author.name.as_str()), one.body.as_str(), one.can_remove)).collect();
        assert_eq!(facts[0], (Some("Pia Program"), "Ann does.\nAsk her.", false));
        assert_eq!(facts[1].0, Some("Sam Seller"));
        assert!(facts[1].2, "one's own");
        for stranger in [&sue, &world.stranger] {
            assert!(matches!(read(app, stranger, DEAL).await, Err(Error::NotFound)));
            assert!(matches!(write(app, stranger, DEAL, "Me too").await, Err(Error::NotFound)));
            assert!(matches!(comment::get(app, stranger, seen[0].id).await, Err(Error::NotFound)));
        }
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }

    async fn each_kind_of_record_leads_back_to_its_screen_by_name(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        for (on, screen, name) in [
            (MERIDIAN, "accounts", "Meridian Health"),
            ((RecordKind::Contact, 1), "accounts/contacts", "Ann Advocate"),
            (ANN, "advocates", "Ann Advocate, Meridian Health"),
        ] {
            app.clock.set(app.clock.now().plus_seconds(1));
            write(app, &world.program, on, "@Olga Owner, look").await.expect("written");
            let told = mentions(app, &world.owner).await;
            assert_eq!(told[0].2, format!("/{screen}/{}?tab=activity", uuid(on.1)));
            assert_eq!(told[0].3.as_deref(), Some(name));
        }
        let admin = world.test.colleague(13, "Ada Admin", &[Role::Admin]).await;
        assert!(matches!(read(app, &admin, MERIDIAN).await, Err(Error::NotFound)), "the admin sees no customer");
        let refused = write(app, &world.program, (RecordKind::Term, 1), "x").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        for body in ["", "  \n ", &"x".repeat(5_001), "a\0b"] {
            let refused = write(app, &world.program, ANN, body).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        assert!(matches!(write(app, &world.program, (RecordKind::Advocate, 99), "x").await, Err(Error::NotFound)));
    }

    async fn a_private_profile_keeps_its_comments_to_those_who_see_it(db: TestDb) {
        let world = World::on(db).await;
        let (sam, _) = sellers(&world).await;
        let app = &world.test.app;
        write(app, &sam, ANN, "Looks like my buyer").await.expect("written");
        let now = advocate::get(app, &world.program, id(1)).await.expect("a profile");
        let hide = edit::EditAdvocate { is_restricted: Some(true), ..Default::default() };
        edit::edit(app, &world.program, id(1), now.version, hide).await.expect("hidden");
        assert!(matches!(read(app, &sam, ANN).await, Err(Error::NotFound)));
        write(app, &world.program, ANN, "@Sam Seller, not now").await.expect("written");
        assert!(mentions(app, &sam).await.is_empty());
        assert_eq!(read(app, &world.owner, ANN).await.expect("comments").len(), 2);
    }

    async fn a_comment_is_removed_by_its_author_or_the_program_and_put_back_for_a_day(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let own = write(app, &world.owner, MERIDIAN, "Quorvath").await.expect("written");
        assert!(matches!(comment::remove(app, &world.stranger, own).await, Err(Error::Forbidden)));
        comment::remove(app, &world.owner, own).await.expect("removed");
        assert!(read(app, &world.program, MERIDIAN).await.expect("comments").is_empty());
        assert!(matches!(comment::remove(app, &world.owner, own).await, Err(Error::NotFound)), "once");
        assert!(matches!(comment::get(app, &world.owner, own).await, Err(Error::NotFound)));
        comment::put_back(app, &world.owner, own).await.expect("back");
        assert_eq!(read(app, &world.stranger, MERIDIAN).await.expect("comments")[0].body, "Quorvath");
        comment::remove(app, &world.program, own).await.expect("removed");
        app.clock.set(NOW.plus_days(1).plus_seconds(1));
        job::tidy::run(app).await.expect("tidied");
        assert!(matches!(comment::put_back(app, &world.owner, own).await, Err(Error::NotFound)), "gone for good");
        assert!(!world.test.db.dump().await.contains("Quorvath"), "and the log held nothing of it");
        let told = audit::of_account(app, &world.program, id(1), &Reading::default()).await.expect("a timeline");
        let words: Vec<_> = told.items.iter().map(|entry| entry.summary.as_str()).collect();
        assert_eq!(words, ["Removed a comment", "Put a comment back", "Removed a comment", "Wrote a comment"]);
    }

    async fn comments_go_to_the_trash_and_back_with_their_record_and_are_forgotten_with_a_person(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        write(app, &world.program, ANN, "She is tired").await.expect("written");
        write(app, &world.program, MERIDIAN, "Ann Advocate is tired").await.expect("written");
        let now = advocate::get(app, &world.program, id(1)).await.expect("a profile");
        let gone = trash::delete(app, &world.program, RecordKind::Advocate, id::<AdvocateId>(1).0, now.version).await.expect("deleted");
        assert!(matches!(read(app, &world.program, ANN).await, Err(Error::NotFound)));
        trash::restore(app, &world.program, gone.id).await.expect("restored");
        assert_eq!(read(app, &world.program, ANN).await.expect("comments")[0].body, "She is tired");
        let because = EraseContact { reason: "Asked for in writing".to_owned() };
        erase::erase(app, &world.privacy, id(1), because).await.expect("erased");
        assert!(read(app, &world.program, ANN).await.expect("comments").is_empty(), "what was said about the person");
        let left = read(app, &world.program, MERIDIAN).await.expect("comments");
        assert_eq!(left[0].body, "[erased] is tired");
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }
}
