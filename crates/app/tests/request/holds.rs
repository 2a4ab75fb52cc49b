//! Uses kept for a deal before they are asked for, and who waits behind whom.

use app::{
    Actor, Error,
    advocate::consent::{self as consents, RecordConsent},
    bulk::{self, BulkField, BulkInput},
    opportunity::edit::{self, EditOpportunity},
    request::{
        clock,
        hold::{self, HoldView, ListHolds, PutBy},
    },
};
use domain::{
    activity::Activity,
    candidate::CandidateState,
    consent::{ConsentKind, ConsentSource},
    hold::{HoldEnd, HoldState},
    id::{HoldId, OpportunityId},
    opportunity::OpportunityStatus,
};
use import::kind::Kind;
use storage::opportunity::{self, Opportunity};
use testkit::{NOW, TODAY, build, build::id, day};

use crate::world::{DEAL, World, only, states};
use HoldState::{Held, Waiting};

/// Another deal of the seller's, and one of a colleague's.
const OTHER: u64 = 2;

impl World {
    async fn with_another_deal(db: testkit::TestDb) -> Self {
        let world = Self::with_customers(db, 4).await;
        let tx = world.test.db.begin().await;
        let row = Opportunity {
            owner_id: Some(id(1)),
            account_id: Some(id(2)),
            ..build::closed(OTHER, id(1), OpportunityStatus::Open, "2026-06-01")
        };
        opportunity::insert(&tx, row).await.expect("written");
        tx.commit().await.expect("committed");
        world
    }

    fn put_by(&self, deal: u64, advocate: u64) -> PutBy {
        PutBy {
            opportunity_id: id(deal),
            advocate_id: id(advocate),
            activity: Activity::ReferenceCall,
            planned_on: day("2026-04-15"),
            expires_on: None,
        }
    }

    async fn hold(&self, deal: u64, advocate: u64) -> Result<HoldView, Error> {
        let app = &self.test.app;
        let made = hold::put_by(app, &self.seller, self.put_by(deal, advocate), None).await?;
        hold::get(app, &self.seller, made).await
    }

    async fn held(&self, actor: &Actor, ask: ListHolds) -> Vec<HoldView> {
        hold::list(&self.test.app, actor, ask)
            .await
            .expect("a list")
            .items
    }

    async fn queue(&self, advocate: u64) -> Vec<(HoldState, usize)> {
        let ask = ListHolds {
            advocate: Some(id(advocate)),
            ..ListHolds::default()
        };
        let rows = self.held(&self.program, ask).await;
        rows.iter().map(|row| (row.state, row.ahead)).collect()
    }

    async fn ended(&self, id: HoldId) -> Option<HoldEnd> {
        let everything = domain::access::Scope::Everything;
        let row = storage::hold::find(&self.test.app.store, &everything, id).await;
        row.expect("read").expect("the hold").ended_because
    }

    async fn edit_deal(&self, deal: u64, change: EditOpportunity) {
        let app = &self.test.app;
        let id: OpportunityId = id(deal);
        let version = app::opportunity::get(app, &self.seller, id)
            .await
            .expect("the deal")
            .version;
        edit::edit(app, &self.seller, id, version, change)
            .await
            .expect("changed");
    }
}

fn closes(on: &str) -> EditOpportunity {
    EditOpportunity {
        close_on: Some(Some(day(on))),
        ..EditOpportunity::default()
    }
}

testkit::on_both_engines! {
    async fn a_hold_counts_like_a_reservation_for_everybody_but_its_own_deal(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let kept = world.hold(DEAL, 1).await.expect("held");
        assert_eq!((kept.state, kept.ahead, kept.expires_on), (Held, 0, NOW.day().plus_days(30)));
        let app = &world.test.app;
        let theirs = app::request::submit::SubmitRequest { opportunity_id: Some(id(OTHER)), need_by: day("2026-04-20"), ..world.ask(1) };
        let refused = app::request::submit::submit(app, &world.seller, theirs, None).await;
        assert!(matches!(refused, Err(Error::NoUseLeft { .. })), "{refused:?}");

        let own = app::request::submit::SubmitRequest { need_by: day("2026-04-20"), ..world.ask(1) };
        let made = app::request::submit::submit(app, &world.seller, own, None).await.expect("its own deal asks");
        assert_eq!(states(&world.read(made).await), [CandidateState::OwnerAsked]);
        assert_eq!(world.ended(kept.id).await, Some(HoldEnd::Requested));
    }

    async fn a_refused_request_leaves_the_hold_as_it_is(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let kept = world.hold(DEAL, 1).await.expect("held");
        world.hold(OTHER, 11).await.expect("held");
        let app = &world.test.app;
        let both = app::request::submit::SubmitRequest { need_by: day("2026-04-20"), advocates: vec![id(1), id(11)], ..world.ask(1) };
        let refused = app::request::submit::submit(app, &world.seller, both, None).await;
        assert!(matches!(refused, Err(Error::NoUseLeft { .. })));
        assert_eq!(world.ended(kept.id).await, None);
    }

    async fn who_waits_moves_up_in_order_when_a_hold_is_given_back(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let app = &world.test.app;
        let first = world.hold(DEAL, 1).await.expect("held");
        let second = world.hold(OTHER, 2).await.expect("waits for the same customer");
        assert_eq!((second.state, second.ahead), (Waiting, 1));
        assert!(matches!(hold::give_back(app, &world.seller, first.id, first.version + 1).await, Err(Error::Stale { .. })));
        assert!(hold::give_back(app, &world.owner, first.id, first.version).await.is_err(), "it is not the owner's");
        hold::give_back(app, &world.seller, first.id, first.version).await.expect("given back");
        assert_eq!(hold::get(app, &world.seller, second.id).await.expect("the hold").state, Held);
        assert!(world.titles(&world.seller).await.contains(&"A hold is yours".to_owned()));
        let again = hold::give_back(app, &world.seller, first.id, first.version + 1).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))), "{again:?}");
    }

    async fn a_hold_ends_with_its_day_when_its_deal_closes_and_when_it_slips(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let app = &world.test.app;
        let slips = world.hold(DEAL, 1).await.expect("held");
        let behind = world.hold(OTHER, 2).await.expect("waits");
        world.edit_deal(DEAL, closes("2026-05-01")).await;
        assert_eq!(world.ended(slips.id).await, None, "sooner is no slip");
        world.edit_deal(DEAL, closes("2026-07-01")).await;
        assert_eq!(world.ended(slips.id).await, Some(HoldEnd::DealSlipped));
        assert_eq!(hold::get(app, &world.seller, behind.id).await.expect("the hold").state, Held, "the next has it at once");
        let lost = EditOpportunity { status: Some(OpportunityStatus::Lost), ..EditOpportunity::default() };
        world.edit_deal(OTHER, lost).await;
        assert_eq!(world.ended(behind.id).await, Some(HoldEnd::DealClosed));

        let last = world.hold(DEAL, 1).await.expect("held again");
        app.clock.set(last.expires_on.start());
        clock::run(app).await.expect("a round");
        assert_eq!(world.ended(last.id).await, None, "its last day counts");
        app.clock.set(last.expires_on.plus_days(1).start());
        assert_eq!(clock::run(app).await.expect("a round"), 1);
        assert_eq!(world.ended(last.id).await, Some(HoldEnd::Expired));
        assert_eq!(clock::run(app).await.expect("a round"), 0);
    }

    async fn a_hold_ends_with_the_file_or_the_change_of_many_that_closes_its_deal(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let app = &world.test.app;
        let (by_file, by_change) = (world.hold(DEAL, 1).await.expect("held"), world.hold(OTHER, 11).await.expect("held"));
        let file = format!("Goodword opportunity id,Opportunity name,Status\n{},Deal {DEAL},lost\n", id::<OpportunityId>(DEAL));
        world.import(Kind::Opportunities, &file).await;
        assert_eq!((world.ended(by_file.id).await, world.ended(by_change.id).await), (Some(HoldEnd::DealClosed), None));
        let lost = BulkInput {
            list: Kind::Opportunities,
            ids: Some(vec![id::<OpportunityId>(OTHER).0]),
            q: None,
            filter: None,
            change: BulkField::DealStatus { status: OpportunityStatus::Lost },
            expected: None,
        };
        bulk::make(app, &world.program, lost, None).await.expect("changed");
        assert_eq!(world.ended(by_change.id).await, Some(HoldEnd::DealClosed));
    }

    async fn a_withdrawn_consent_ends_what_is_held(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let app = &world.test.app;
        let kept = world.hold(DEAL, 1).await.expect("held");
        let other = world.hold(DEAL, 11).await.expect("held");
        let no = RecordConsent { kind: ConsentKind::Withdrawn, activity: None, source: ConsentSource::Mail, text_version: "1".to_owned(), valid_until: None, agrees_ahead: false, channel: None, region_id: None };
        consents::record(app, &world.program, id(1), no, None).await.expect("withdrawn");
        assert_eq!(world.ended(kept.id).await, Some(HoldEnd::Unavailable));
        assert_eq!(world.ended(other.id).await, None);
    }

    async fn a_deal_holds_a_customer_once_and_three_at_most_and_not_without_a_forecast(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let app = &world.test.app;
        for advocate in [1, 11, 12] {
            world.hold(DEAL, advocate).await.expect("held");
        }
        assert!(matches!(world.hold(DEAL, 1).await, Err(Error::MoveNotAllowed(_))), "the same again");
        assert!(matches!(world.hold(DEAL, 13).await, Err(Error::MoveNotAllowed(_))), "a fourth");
        let bad = [
            PutBy { planned_on: day(TODAY).plus_days(2), ..world.put_by(OTHER, 13) },
            PutBy { planned_on: day(TODAY).plus_days(400), ..world.put_by(OTHER, 13) },
            PutBy { expires_on: Some(day(TODAY).plus_days(-1)), ..world.put_by(OTHER, 13) },
            PutBy { expires_on: Some(day("2026-04-16")), ..world.put_by(OTHER, 13) },
            PutBy { advocate_id: id(99), ..world.put_by(OTHER, 13) },
        ];
        for ask in bad {
            let refused = hold::put_by(app, &world.seller, ask.clone(), None).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{ask:?}: {refused:?}");
        }
        let undated = EditOpportunity { close_on: Some(None), ..EditOpportunity::default() };
        world.edit_deal(OTHER, undated).await;
        assert!(matches!(world.hold(OTHER, 13).await, Err(Error::Invalid(_))), "nothing to slip");
        assert_eq!(world.queue(13).await, []);
    }

    async fn nobody_waits_where_no_hold_is_in_the_way(db: TestDb) {
        let world = World::with_another_deal(db).await;
        let own = app::request::submit::SubmitRequest { need_by: day("2026-04-20"), ..world.ask(1) };
        let made = app::request::submit::submit(&world.test.app, &world.seller, own, None).await.expect("submitted");
        assert_eq!(only(&world.read(made).await).state, CandidateState::OwnerAsked);
        let refused = world.hold(OTHER, 1).await;
        assert!(matches!(refused, Err(Error::NoUseLeft { .. })), "{refused:?}");
    }

    async fn the_queue_is_shown_and_whose_deal_it_is_only_to_who_may_read_it(db: TestDb) {
        let world = World::with_another_deal(db).await;
        world.hold(DEAL, 1).await.expect("held");
        world.hold(OTHER, 1).await.expect("waits");
        assert_eq!(world.queue(1).await, [(Held, 0), (Waiting, 1)]);
        let stranger = world.test.colleague(9, "Sue Seller", &[domain::access::Role::Seller]).await;
        let ask = ListHolds { advocate: Some(id(1)), ..ListHolds::default() };
        let seen = world.held(&stranger, ask).await;
        assert_eq!(seen.len(), 2);
        assert!(seen.iter().all(|row| row.opportunity.is_none() && row.held_by.is_none() && !row.can_give_back));
        assert!(world.held(&stranger, ListHolds::default()).await.is_empty(), "none of theirs");
        assert_eq!(world.held(&world.seller, ListHolds::default()).await.len(), 2);
    }
}
