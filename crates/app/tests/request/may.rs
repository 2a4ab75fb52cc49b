//! May an advocate be used for something on a day, and because of what.

use app::{
    Error,
    account::{self, LockAccount},
    advocate::{
        consent::{self, RecordConsent},
        may::{self, AskMay, MayAnswer},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    consent::{ConsentChannel, ConsentKind},
    protection::LockReason,
};
use testkit::{NOW, build::id, day};

use crate::world::{NEED_BY, World};

async fn ask(world: &World, activity: Activity, on: &str) -> MayAnswer {
    let ask = AskMay {
        activity,
        on: Some(day(on)),
    };
    may::may(&world.test.app, &world.program, id(1), ask)
        .await
        .expect("an answer")
}

async fn record(world: &World, kind: ConsentKind, activity: Option<Activity>, until: Option<&str>) {
    let ask = RecordConsent {
        kind,
        activity,
        channel: ConsentChannel::Call,
        text_version: "2026-2".to_owned(),
        valid_until: until.map(day),
        agrees_ahead: false,
    };
    consent::record(&world.test.app, &world.owner, id(1), ask, None)
        .await
        .expect("recorded");
}

testkit::on_both_engines! {
    async fn a_yes_names_the_consent_that_it_rests_on(db: TestDb) {
        let world = World::on(db).await;
        let answer = ask(&world, Activity::ReferenceCall, NEED_BY).await;
        assert!(answer.may && !answer.is_rush);
        assert_eq!(answer.because.len(), 1);
        assert!(answer.because[0].starts_with("Consent to everything was recorded on"), "{:?}", answer.because);
        assert_eq!(answer.consent.map(|entry| entry.text_version), Some("1".to_owned()));
        record(&world, ConsentKind::Given, Some(Activity::ReferenceCall), Some("2026-12-31")).await;
        let answer = ask(&world, Activity::ReferenceCall, NEED_BY).await;
        assert!(answer.because[0].contains("reference call") && answer.because[0].contains("until 2026-12-31"), "{:?}", answer.because);
    }

    async fn a_no_names_every_rule_in_the_way_and_the_next_free_day(db: TestDb) {
        let world = World::on(db).await;
        assert_eq!(ask(&world, Activity::Video, NEED_BY).await.because, ["They did not agree to a video."]);
        world.submit(2).await.expect("a colleague of theirs is asked");
        let answer = ask(&world, Activity::ReferenceCall, NEED_BY).await;
        assert!(!answer.may);
        assert_eq!(answer.because, ["The account gives no more than 1 of a reference call in 91 days."]);
        assert_eq!(answer.next_free, Some(day(NEED_BY).plus_days(91)));
        let lock = LockAccount { reason: LockReason::PaymentDispute, until: Some(day("2026-04-30")), note: None };
        account::lock(&world.test.app, &world.program, id(1), 1, lock).await.expect("locked");
        let answer = ask(&world, Activity::ReferenceCall, NEED_BY).await;
        assert!(answer.because.contains(&"The account is locked until 2026-04-30: a payment is disputed.".to_owned()), "{:?}", answer.because);
    }

    async fn what_was_withdrawn_or_ran_out_is_said_with_its_day(db: TestDb) {
        let world = World::on(db).await;
        record(&world, ConsentKind::Given, None, Some("2026-06-30")).await;
        assert!(ask(&world, Activity::ReferenceCall, "2026-06-30").await.may);
        let after = ask(&world, Activity::ReferenceCall, "2026-07-01").await;
        assert!(after.because.contains(&"Consent to everything ends on 2026-06-30.".to_owned()), "{:?}", after.because);
        record(&world, ConsentKind::Withdrawn, Some(Activity::ReferenceCall), None).await;
        let answer = ask(&world, Activity::ReferenceCall, NEED_BY).await;
        let withdrawn = format!("Consent to reference call was withdrawn on {}.", NOW.day());
        assert!(!answer.may && answer.because.contains(&withdrawn), "{:?}", answer.because);
        assert_eq!(answer.consent.map(|entry| entry.kind), Some(ConsentKind::Withdrawn));
    }

    async fn only_who_reads_the_record_is_told_and_only_of_days_to_come(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let call = AskMay { activity: Activity::ReferenceCall, on: None };
        let usual = may::may(app, &world.owner, id(1), call).await.expect("the owner of the account");
        assert!(usual.may && !usual.is_rush, "the first day without a rush");
        assert!(matches!(may::may(app, &world.seller, id(1), call).await, Err(Error::Forbidden)));
        let other = world.test.colleague(78, "Oda Owner", &[Role::Owner]).await;
        assert!(matches!(may::may(app, &other, id(1), call).await, Err(Error::NotFound)));
        for on in [NOW.day().plus_days(-1), NOW.day().plus_days(731)] {
            let ask = AskMay { on: Some(on), ..call };
            assert!(matches!(may::may(app, &world.program, id(1), ask).await, Err(Error::Invalid(_))), "{on}");
        }
    }

    async fn an_advocate_is_named_by_id_or_address_by_who_may_read_the_address(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let address = "ann@meridian.example";
        assert_eq!(may::named(app, &world.program, address).await.expect("found"), id(1));
        assert_eq!(may::named(app, &world.program, &id::<domain::id::AdvocateId>(1).to_string()).await.expect("an id"), id(1));
        for (actor, written) in [(&world.program, "nobody@meridian.example"), (&world.program, "Ann"), (&world.seller, address)] {
            assert!(matches!(may::named(app, actor, written).await, Err(Error::NotFound | Error::Forbidden)), "{written}");
        }
        let other = world.test.colleague(78, "Oda Owner", &[Role::Owner]).await;
        assert!(matches!(may::named(app, &other, address).await, Err(Error::NotFound)), "an address elsewhere is not told");
    }
}
