//! What a reader does with their own inbox: done, put off until later, muted.

use app::{
    Actor, Error,
    inbox::{self, InboxCounts, ListNotices, NoticeView, SnoozeNotice, kinds},
};
use domain::{
    access::Role,
    notice::{InboxPart, NoticeClass, UpdateKind},
    record::RecordKind,
};
use testkit::NOW;

use crate::world::{World, of};

impl World {
    async fn part(&self, reader: &Actor, part: InboxPart) -> Vec<NoticeView> {
        let ask = ListNotices {
            part: Some(part),
            ..ListNotices::default()
        };
        let read = inbox::list(&self.test.app, reader, ask).await;
        read.expect("an inbox").page.items
    }

    async fn counts(&self, reader: &Actor) -> InboxCounts {
        let read = inbox::list(&self.test.app, reader, ListNotices::default()).await;
        read.expect("an inbox").counts
    }
}

testkit::on_both_engines! {
    async fn an_entry_that_is_put_off_comes_back_at_its_hour_on_top_of_what_came_before(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        world.submit(1).await.expect("submitted");
        app.clock.set(NOW.plus_seconds(60));
        world.submit(11).await.expect("submitted");
        let asks = world.part(&world.owner, InboxPart::Open).await;
        assert_eq!(asks.len(), 2);
        let first = &asks[1];
        inbox::read(app, &world.owner, first.id).await.expect("read");
        let until = NOW.plus_seconds(3_600);
        inbox::snooze(app, &world.owner, first.id, SnoozeNotice { until }).await.expect("put off");
        assert_eq!(world.part(&world.owner, InboxPart::Open).await.len(), 1);
        assert_eq!(world.part(&world.owner, InboxPart::Current).await.len(), 1);
        let waits = world.part(&world.owner, InboxPart::Snoozed).await;
        assert_eq!((waits[0].id, waits[0].snoozed_until), (first.id, Some(until)));
        assert_eq!(world.counts(&world.owner).await, InboxCounts { ask: 1, snoozed: 1, ..InboxCounts::default() });
        inbox::read_all(app, &world.owner).await.expect("all read");

        app.clock.set(until);
        let back = world.part(&world.owner, InboxPart::Current).await;
        assert_eq!((back[0].id, back[0].read_at, back[0].snoozed_until), (first.id, None, None), "on top, and not done");
        assert_eq!(world.counts(&world.owner).await, InboxCounts { ask: 1, ..InboxCounts::default() });
    }

    async fn what_is_put_off_can_be_taken_up_and_what_is_done_can_be_undone(db: TestDb) {
        let world = World::on(db).await;
        let (app, owner) = (&world.test.app, &world.owner);
        world.submit(1).await.expect("submitted");
        let ask = world.part(owner, InboxPart::Open).await.remove(0);
        for until in [NOW, NOW.plus_days(366)] {
            let refused = inbox::snooze(app, owner, ask.id, SnoozeNotice { until }).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        inbox::snooze(app, owner, ask.id, SnoozeNotice { until: NOW.plus_days(7) }).await.expect("put off");
        inbox::wake(app, owner, ask.id).await.expect("woken");
        assert_eq!(world.part(owner, InboxPart::Open).await[0].id, ask.id);
        inbox::read(app, owner, ask.id).await.expect("done");
        assert_eq!(world.part(owner, InboxPart::Done).await[0].id, ask.id);
        assert!(world.part(owner, InboxPart::Open).await.is_empty());
        inbox::reopen(app, owner, ask.id).await.expect("opened again");
        assert_eq!(world.part(owner, InboxPart::Open).await.len(), 1);
        let others = [
            inbox::reopen(app, &world.seller, ask.id).await,
            inbox::snooze(app, &world.seller, ask.id, SnoozeNotice { until: NOW.plus_days(1) }).await,
            inbox::wake(app, &world.seller, ask.id).await,
            inbox::mute(app, &world.seller, ask.id).await,
            inbox::unmute(app, &world.seller, ask.id).await,
            inbox::read(app, &world.seller, ask.id).await,
        ];
        for answer in others {
            assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        }
    }

    async fn a_muted_thread_makes_no_updates_and_its_asks_still_arrive(db: TestDb) {
        let world = World::with_customers(db, 3).await;
        let (app, seller) = (&world.test.app, &world.seller);
        let asked = world.propose(&world.open_request().await, &[11, 12, 13]).await.expect("proposed");
        world.decline(&of(&asked, 11)).await;
        let update = world.part(seller, InboxPart::Open).await.remove(0);
        assert_eq!((update.class, update.title.as_str()), (NoticeClass::Update, "A candidate was declined"));
        for _ in 0..2 {
            inbox::mute(app, seller, update.id).await.expect("muted");
        }
        assert!(world.part(seller, InboxPart::Muted).await[0].is_muted);
        assert_eq!(world.counts(seller).await.muted, 1);
        let ask = world.part(&world.owner, InboxPart::Open).await.remove(0);
        let refused = inbox::mute(app, &world.owner, ask.id).await;
        assert!(matches!(refused, Err(Error::MoveNotAllowed(_))), "{refused:?}");

        let declined = async |number| world.decline(&of(&world.read(asked.id).await, number)).await;
        let before = world.part(seller, InboxPart::Current).await.len();
        declined(12).await;
        assert_eq!(world.part(seller, InboxPart::Current).await.len(), before, "the thread is silent");
        inbox::unmute(app, seller, update.id).await.expect("speaks again");
        declined(13).await;
        assert!(world.part(seller, InboxPart::Current).await.len() > before);
        assert!(world.part(seller, InboxPart::Muted).await.is_empty());
    }

    async fn an_entry_says_which_record_it_is_about_as_its_reader_may_see_it(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let owner = &world.owner;
        let asked = world.submit(1).await.expect("submitted");
        let about = |row: &NoticeView| row.record.as_ref().map(|record| (record.kind, record.name.clone()));
        let ask = world.part(owner, InboxPart::Open).await.remove(0);
        assert_eq!(about(&ask), Some((RecordKind::Advocate, "Ann Advocate, Meridian Health".to_owned())), "the owner knows the customer");
        world.decline(&asked.candidates[0]).await;
        let update = world.part(&world.seller, InboxPart::Open).await.remove(0);
        assert_eq!(about(&update), Some((RecordKind::Request, "Deal 1".to_owned())));
        assert_eq!(update.update_kind, Some(UpdateKind::Answer));

        // Whoever loses the right to the record reads its name no more: nothing of it is kept with the entry.
        let mut elsewhere = owner.clone();
        elsewhere.roles = vec![Role::Admin];
        assert_eq!(about(&world.part(&elsewhere, InboxPart::Open).await[0]), None);
        let mut asking = owner.clone();
        asking.roles = vec![Role::Stakeholder];
        let masked = about(&world.part(&asking, InboxPart::Open).await[0]).expect("a record");
        assert!(!masked.1.contains("Ann"), "{}", masked.1);
    }

    async fn a_muted_kind_makes_no_updates_on_any_record_and_others_still_arrive(db: TestDb) {
        let world = World::with_customers(db, 3).await;
        let (app, seller) = (&world.test.app, &world.seller);
        for _ in 0..2 {
            kinds::mute(app, seller, UpdateKind::Answer).await.expect("muted");
        }
        let muted = kinds::list(app, seller).await.expect("a list");
        assert_eq!(muted.kinds, [UpdateKind::Answer]);
        assert!(kinds::list(app, &world.owner).await.expect("a list").kinds.is_empty(), "for oneself alone");
        let asked = world.propose(&world.open_request().await, &[11, 12, 13]).await.expect("proposed");
        world.decline(&of(&asked, 11)).await;
        assert!(world.part(seller, InboxPart::Current).await.is_empty());
        assert!(!world.part(&world.owner, InboxPart::Open).await.is_empty(), "asks still arrive");
        for _ in 0..2 {
            kinds::unmute(app, seller, UpdateKind::Answer).await.expect("arrives again");
        }
        world.decline(&of(&world.read(asked.id).await, 12)).await;
        assert!(!world.part(seller, InboxPart::Current).await.is_empty());
    }
}
