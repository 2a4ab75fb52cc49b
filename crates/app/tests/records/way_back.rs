//! What is taken back: a move by whoever made it, a confirmed part, and what a value stands for.

use app::{
    Error,
    advocate::{
        self,
        edit::{self, EditAdvocate, MoveAdvocate, PartDay},
        verify, way_back,
    },
    taxonomy::unmapped::{self, MapValue, UnmapValue},
};
use domain::{
    access::Role, advocate::AdvocateStatus, freshness::ProfilePart, id::AdvocateId,
    record::RecordKind,
};
use storage::tag;
use testkit::{NOW, build, build::id};

use crate::World;

fn to(to: AdvocateStatus) -> MoveAdvocate {
    MoveAdvocate {
        to,
        reason: Some("A slip of the hand".to_owned()),
    }
}

testkit::on_both_engines! {
    async fn a_move_is_taken_back_by_who_made_it_within_a_minute(db: TestDb) {
        let world = World::on(db).await;
        let (app, program) = (&world.test.app, &world.program);
        let advocate: AdvocateId = id(1);
        let now = advocate::get(app, program, advocate).await.expect("a profile");
        let retired = edit::move_to(app, program, advocate, now.version, to(AdvocateStatus::Retired)).await.expect("retired");
        let other = world.test.colleague(9, "Paul Program", &[Role::Program]).await;
        let refused = way_back::undo_move(app, &other, advocate, retired.version).await;
        assert!(matches!(refused, Err(Error::MoveNotAllowed(_))), "{refused:?}");
        let stale = way_back::undo_move(app, program, advocate, now.version).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        let back = way_back::undo_move(app, program, advocate, retired.version).await.expect("taken back");
        assert_eq!(back.status, AdvocateStatus::Active);
        let twice = way_back::undo_move(app, program, advocate, back.version).await.expect("the undo is a move too");
        assert_eq!(twice.status, AdvocateStatus::Retired);
        world.test.app.clock.set(NOW.plus_seconds(61));
        let late = way_back::undo_move(app, program, advocate, twice.version).await;
        assert!(matches!(late, Err(Error::MoveNotAllowed(_))), "{late:?}");
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }

    async fn a_confirmed_part_has_its_former_day_again(db: TestDb) {
        let world = World::on(db).await;
        let (app, program) = (&world.test.app, &world.program);
        let advocate: AdvocateId = id(1);
        let before = advocate::get(app, program, advocate).await.expect("a profile");
        let day = |view: &advocate::AdvocateView| view.freshness.iter().find(|one| one.part == ProfilePart::Story).and_then(|one| one.verified_on);
        let saved = verify::verify_part(app, program, advocate, before.version, ProfilePart::Story).await.expect("confirmed");
        assert_eq!(day(&saved), Some(app.clock.today()));
        let tomorrow = EditAdvocate { verified_parts: Some(vec![PartDay { part: ProfilePart::Story, verified_on: Some(app.clock.today().plus_days(1)) }]), ..EditAdvocate::default() };
        let refused = edit::edit(app, program, advocate, saved.version, tomorrow).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let undo = EditAdvocate { verified_parts: Some(vec![PartDay { part: ProfilePart::Story, verified_on: day(&before) }]), ..EditAdvocate::default() };
        let back = edit::edit(app, program, advocate, saved.version, undo).await.expect("taken back");
        assert_eq!(day(&back), day(&before));
    }

    async fn a_value_that_was_mapped_waits_again(db: TestDb) {
        let world = World::on(db).await;
        let (app, program) = (&world.test.app, &world.program);
        let taxonomy = app.index.taxonomy(app).await.expect("a taxonomy");
        let industry = taxonomy.facets().iter().find(|facet| facet.key == "industry").expect("industry").id;
        let retail = taxonomy.terms().iter().find(|term| term.name == "Retail").expect("retail").id;
        let tx = world.test.db.begin().await;
        tag::insert_all(&tx, vec![build::tag(RecordKind::Account, 1, industry, "Shopkeeping", None)]).await.expect("a tag");
        tx.commit().await.expect("committed");
        let ask = MapValue { facet: "industry".to_owned(), raw: "Shopkeeping".to_owned(), term_id: retail };
        let reached = unmapped::map(app, program, ask).await.expect("mapped");
        assert_eq!(reached.records, 1);
        let undo = UnmapValue { facet: "industry".to_owned(), raw: "Shopkeeping".to_owned(), term_id: retail };
        assert_eq!(unmapped::unmap(app, program, undo.clone()).await.expect("taken back").records, 1);
        let held = tag::of(&app.store, RecordKind::Account, vec![id::<domain::id::AccountId>(1).0]).await.expect("tags");
        assert!(held.iter().any(|tag| tag.written == "Shopkeeping" && tag.term_id.is_none()), "{held:?}");
        let waiting = unmapped::list(app, program, None, None).await.expect("the queue");
        assert!(waiting.items.iter().any(|row| row.raw == "Shopkeeping"), "{waiting:?}");
        let again = unmapped::unmap(app, program, undo).await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        let known = app.index.taxonomy(app).await.expect("a taxonomy");
        assert_eq!(known.terms().len(), taxonomy.terms().len());
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }
}
