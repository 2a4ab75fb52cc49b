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
    candidate::CandidateState,
    consent::{ConsentChannel, ConsentKind, ConsentSource},
    id::{AccountId, TermId},
    protection::LockReason,
    record::RecordKind,
};
use testkit::{NOW, build::id, day};

use crate::world::{NEED_BY, World, only};

async fn ask(world: &World, activity: Activity, on: &str) -> MayAnswer {
    let ask = AskMay {
        activity,
        on: Some(day(on)),
        channel: None,
        region: None,
    };
    may::may(&world.test.app, &world.program, id(1), ask)
        .await
        .expect("an answer")
}

async fn record(world: &World, kind: ConsentKind, activity: Option<Activity>, until: Option<&str>) {
    let ask = RecordConsent {
        kind,
        activity,
        source: ConsentSource::Call,
        text_version: "2026-2".to_owned(),
        valid_until: until.map(day),
        agrees_ahead: false,
        channel: None,
        region_id: None,
    };
    consent::record(&world.test.app, &world.owner, id(1), ask, None)
        .await
        .expect("recorded");
}

/// A region and another below it, by name.
async fn regions(world: &World) -> [(TermId, String); 3] {
    let terms = storage::term::terms(&world.test.app.store).await;
    let terms = terms.expect("the taxonomy");
    let facets = storage::term::facets(&world.test.app.store).await;
    let facets = facets.expect("the facets");
    let region = facets.iter().find(|row| row.facet_key == "region");
    let region = region.expect("the regions").id;
    let is_here = |row: &&storage::term::Term| row.facet_id == region;
    let below = terms
        .iter()
        .filter(is_here)
        .find(|row| row.parent_id.is_some())
        .expect("a region in another");
    let above = terms.iter().find(|row| Some(row.id) == below.parent_id);
    let other = terms
        .iter()
        .filter(is_here)
        .find(|row| row.parent_id.is_none() && Some(row.id) != below.parent_id);
    [above.expect("it"), below, other.expect("another")].map(|row| (row.id, row.name.clone()))
}

async fn limited(
    world: &World,
    kind: ConsentKind,
    channel: Option<ConsentChannel>,
    region_id: Option<TermId>,
) -> Result<consent::ConsentView, Error> {
    let ask = RecordConsent {
        kind,
        activity: None,
        source: ConsentSource::Call,
        text_version: "2026-3".to_owned(),
        valid_until: None,
        agrees_ahead: false,
        channel,
        region_id,
    };
    consent::record(&world.test.app, &world.owner, id(1), ask, None).await
}

async fn there(
    world: &World,
    channel: Option<ConsentChannel>,
    region: Option<TermId>,
) -> MayAnswer {
    let ask = AskMay {
        activity: Activity::ReferenceCall,
        on: Some(day(NEED_BY)),
        channel,
        region,
    };
    let answer = may::may(&world.test.app, &world.program, id(1), ask).await;
    answer.expect("an answer")
}

testkit::on_both_engines! {
    async fn a_consent_holds_through_its_channel_and_in_its_region(db: TestDb) {
        let world = World::on(db).await;
        let [(above, name), (below, _), (other, _)] = regions(&world).await;
        let (web, press) = (Some(ConsentChannel::Website), Some(ConsentChannel::Press));
        let entry = limited(&world, ConsentKind::Withdrawn, web, Some(above)).await.expect("recorded");
        assert_eq!((entry.channel, entry.region.map(|term| term.name)), (web, Some(name.clone())));
        for (channel, region, may) in [(None, None, true), (web, None, true), (web, Some(other), true), (press, Some(above), true), (web, Some(above), false), (web, Some(below), false)] {
            let answer = there(&world, channel, region).await;
            assert_eq!(answer.may, may, "{channel:?} {region:?}: {:?}", answer.because);
        }
        let no = there(&world, web, Some(below)).await;
        assert_eq!(no.because, [format!("Consent to everything on the website in {name} was withdrawn on {}.", NOW.day())]);

        record(&world, ConsentKind::Withdrawn, None, None).await;
        limited(&world, ConsentKind::Given, press, None).await.expect("recorded");
        assert!(!there(&world, None, None).await.may && there(&world, press, Some(other)).await.may, "what was given for the press holds for the press");
        assert_eq!(may::region_named(&world.test.app, &world.program, &name.to_uppercase()).await.expect("found"), above);
    }

    async fn a_buyer_in_a_region_without_consent_is_not_talked_to(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let [(above, _), (below, name), _] = regions(&world).await;
        let asked = world.submit(1).await.expect("a prospect of which no region is known");
        limited(&world, ConsentKind::Withdrawn, None, Some(above)).await.expect("recorded");
        assert_eq!(only(&world.read(asked.id).await).state, CandidateState::OwnerAsked, "it says nothing of this buyer");
        let tx = world.test.db.begin().await;
        let facets = storage::term::facets(&tx).await.expect("the facets");
        let facet_id = facets.iter().find(|row| row.facet_key == "region").expect("the regions").id;
        let tag = storage::tag::Tag { record_kind: RecordKind::Account, record_id: id::<AccountId>(2).0, facet_id, folded: domain::text::fold(&name), written: name, term_id: Some(below) };
        storage::tag::insert_all(&tx, vec![tag]).await.expect("written");
        tx.commit().await.expect("committed");
        let refused = world.approve(&only(&asked)).await;
        assert!(matches!(&refused, Err(Error::NoUseLeft { why, .. }) if why.contains("no valid consent")), "{refused:?}");
        limited(&world, ConsentKind::Withdrawn, Some(ConsentChannel::Press), Some(above)).await.expect("recorded");
        assert_eq!(only(&world.read(asked.id).await).state, CandidateState::OwnerAsked, "the press is no conversation");
        limited(&world, ConsentKind::Withdrawn, Some(ConsentChannel::Conversation), Some(above)).await.expect("recorded");
        assert_eq!(only(&world.read(asked.id).await).state, CandidateState::Declined, "at once");
        limited(&world, ConsentKind::Given, Some(ConsentChannel::Conversation), Some(below)).await.expect("recorded");
        world.submit(1).await.expect("there, and only there, they talk again");
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }

    async fn a_limit_that_makes_no_sense_is_refused_and_nothing_is_recorded(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let industry = storage::term::terms(&app.store).await.expect("terms");
        let [(region, _), ..] = regions(&world).await;
        let of_region = industry.iter().find(|row| row.id == region).expect("it").facet_id;
        let no_region = industry.iter().find(|row| row.facet_id != of_region).expect("another facet").id;
        for wrong in [no_region, id(999)] {
            let refused = limited(&world, ConsentKind::Given, None, Some(wrong)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
            let ask = AskMay { activity: Activity::Quote, on: None, channel: None, region: Some(wrong) };
            assert!(matches!(may::may(app, &world.program, id(1), ask).await, Err(Error::Invalid(_))));
        }
        let ahead = RecordConsent { kind: ConsentKind::Given, activity: Some(Activity::Quote), source: ConsentSource::Call, text_version: "1".to_owned(), valid_until: None, agrees_ahead: true, channel: Some(ConsentChannel::Press), region_id: None };
        assert!(matches!(consent::record(app, &world.owner, id(1), ahead, None).await, Err(Error::Invalid(_))));
        assert!(matches!(may::region_named(app, &world.program, "Atlantis").await, Err(Error::Invalid(_))));
        assert_eq!(storage::consent::whole(&app.store, id(1)).await.expect("the record").len(), 1);
    }

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
        let call = AskMay { activity: Activity::ReferenceCall, on: None, channel: None, region: None };
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
