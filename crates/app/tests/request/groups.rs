//! Group calls: one use of an advocate serves several deals, and counts once.

use app::{
    Actor, App, Error,
    request::{
        self, CandidateAct, CandidateView, RequestView,
        answer::{self, GiveAnswer, YesNo},
        appointment::{self, CallOff, InviteBuyer, PickSlot},
        brief,
        fulfil::{self, RecordUse, ScheduleUse},
        group::join::{self, JoinCall},
        offer::{self, OfferSlots},
        propose::{self, ProposeCandidates},
        stop::{self, WithdrawRequest},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    candidate::CandidateState,
    opportunity::OpportunityStatus,
    protection::LockReason,
    reference_use::{Grade, UseOutcome},
    request::RequestStatus,
};
use storage::{account, advocate, opportunity};
use testkit::{NOW, TestDb, build, build::id, day};

use crate::{
    appointments::{letters, with_mail},
    world::{World, of, only},
};

/// An advocate who speaks to many, and two more deals: Sue's and another of Sam's.
struct Group {
    world: World,
    sue: Actor,
}

const STARTS: &str = "2026-03-09T09:00:00Z";

impl Group {
    async fn on(db: TestDb) -> Self {
        let world = World::on(db).await;
        let sue = world.test.colleague(4, "Sue Seller", &[Role::Seller]).await;
        let tx = world.test.db.begin().await;
        let willing = advocate::Willingness {
            advocate_id: id(1),
            activity: Activity::GroupCall,
            limit_per_year: None,
        };
        advocate::insert_willingness(&tx, vec![willing])
            .await
            .expect("written");
        for (number, owner) in [(2_u64, 4_u64), (3, 1)] {
            let prospect = build::account(number + 1, &format!("Prospect {number}"));
            account::insert(&tx, prospect).await.expect("written");
            let deal = opportunity::Opportunity {
                owner_id: Some(id(owner)),
                account_id: Some(id(number + 1)),
                close_on: Some(day("2026-06-01")),
                ..build::closed(number, id(owner), OpportunityStatus::Open, "2026-06-01")
            };
            opportunity::insert(&tx, deal).await.expect("written");
        }
        tx.commit().await.expect("committed");
        Self { world, sue }
    }

    fn app(&self) -> &App {
        &self.world.test.app
    }

    async fn ask(
        &self,
        actor: &Actor,
        deal: u64,
        activity: Activity,
        named: &[u64],
    ) -> RequestView {
        let ask = SubmitRequest {
            opportunity_id: Some(id(deal)),
            activity,
            advocates: named.iter().map(|number| id(*number)).collect(),
            ..self.world.ask(1)
        };
        let made = submit::submit(self.app(), actor, ask, None)
            .await
            .expect("taken");
        self.world.read(made).await
    }

    /// Sam's group call that Ann said yes to.
    async fn promised(&self) -> CandidateView {
        let made = self
            .ask(&self.world.seller, 1, Activity::GroupCall, &[1])
            .await;
        let asked = self.world.approve(&only(&made)).await.expect("approved");
        let token = self.world.link(&only(&asked)).await;
        self.world
            .answer(&token, YesNo::Accept)
            .await
            .expect("accepted");
        only(&self.world.read(made.id).await)
    }

    async fn join(
        &self,
        call: &CandidateView,
        requests: &[&RequestView],
    ) -> Result<RequestView, Error> {
        let ask = JoinCall {
            requests: requests.iter().map(|request| request.id).collect(),
        };
        join::join(
            self.app(),
            &self.world.program,
            call.id,
            call.version,
            ask,
            None,
        )
        .await
    }

    /// A call of three deals with an agreed time: Sam's, Sue's and Sam's other one.
    async fn agreed(&self, app: &App) -> [CandidateView; 3] {
        let call = self.promised().await;
        let sues = self.ask(&self.sue, 2, Activity::ReferenceCall, &[]).await;
        let other = self
            .ask(&self.world.seller, 3, Activity::GroupCall, &[])
            .await;
        let joined = only(&self.join(&call, &[&sues, &other]).await.expect("joined"));
        self.book(app, &joined, STARTS, Some("buyer@prospect.example"))
            .await;
        self.all([
            &joined,
            &only(&self.world.read(sues.id).await),
            &only(&self.world.read(other.id).await),
        ])
        .await
    }

    async fn all(&self, rows: [&CandidateView; 3]) -> [CandidateView; 3] {
        let [one, two, three] = rows.map(|row| row.request_id);
        [
            only(&self.world.read(one).await),
            only(&self.world.read(two).await),
            only(&self.world.read(three).await),
        ]
    }

    async fn book(&self, app: &App, row: &CandidateView, at: &str, buyer: Option<&str>) {
        let ask = OfferSlots {
            slots: [at, "2026-03-10T09:00:00Z", "2026-03-11T09:00:00Z"]
                .map(|time| time[..16].to_owned())
                .to_vec(),
            time_zone: "UTC".to_owned(),
            place: Some("https://meet.example.com/1".to_owned()),
        };
        let seller = &self.world.seller;
        let offered = offer::offer(app, seller, row.id, row.version, ask)
            .await
            .expect("offered");
        let pick = PickSlot {
            starts_at: at.parse().expect("an instant"),
            buyer_email: buyer.map(str::to_owned),
        };
        let version = only(&offered).version;
        appointment::pick(app, seller, row.id, version, pick)
            .await
            .expect("picked");
    }

    async fn uses_of_the_year(&self) -> i64 {
        let report = app::load::report(self.app(), &self.world.program).await;
        report.expect("a report").uses
    }
}

fn states(rows: &[CandidateView]) -> Vec<CandidateState> {
    rows.iter().map(|row| row.state).collect()
}

fn starts(row: &CandidateView) -> Option<String> {
    let found = row.appointment.as_ref().and_then(|found| found.starts_at);
    found.map(|at| at.to_string()[..16].to_owned())
}

fn to(letters: &[app::mail::Letter]) -> Vec<&str> {
    let mut to: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    to.sort_unstable();
    to
}

fn not_allowed<T>(answer: &Result<T, Error>) -> bool {
    matches!(answer, Err(Error::MoveNotAllowed(_)))
}

fn took_place() -> RecordUse {
    RecordUse {
        used_on: day("2026-03-09"),
        outcome: UseOutcome::Helpful,
        grade: Some(Grade::try_from(5).expect("a grade")),
        fit: None,
        comment: None,
    }
}

testkit::on_both_engines! {
    async fn one_call_serves_three_deals_and_counts_once(db: TestDb) {
        let group = Group::on(db).await;
        let app = with_mail(&group.world).await;
        let rows = group.agreed(&app).await;
        assert_eq!(states(&rows), [CandidateState::Scheduled; 3]);
        for row in &rows {
            assert_eq!((starts(row).as_deref(), row.activity), (Some("2026-03-09T09:00"), Activity::GroupCall));
            assert_eq!(row.call.as_ref().map(|call| (call.serves, call.others.len())), Some((3, 2)), "the program sees all");
        }
        assert_eq!(rows.each_ref().map(|row| row.call.as_ref().is_some_and(|call| call.is_arranged_here)), [true, false, false]);
        let seen = only(&request::get(&app, &group.sue, rows[1].request_id).await.expect("her own"));
        assert_eq!(seen.call.as_ref().map(|call| (call.serves, call.others.clone())), Some((3, vec![])), "Sue learns of no other deal");
        assert!(seen.can.contains(&CandidateAct::InviteBuyer) && !seen.can.contains(&CandidateAct::CallOff), "{:?}", seen.can);
        let sent = letters(&app).await;
        let invited: Vec<_> = sent.into_iter().filter(|letter| letter.calendar.is_some()).collect();
        assert_eq!(to(&invited), ["ann@meridian.example", "buyer@prospect.example", "sam@seller.example", "sam@seller.example"], "Ann once, Sue has no address");

        let ask = || InviteBuyer { buyer_email: "second@prospect.example".to_owned() };
        let asked = appointment::invite_buyer(&app, &group.sue, seen.id, seen.version, ask()).await.expect("invited");
        assert_eq!(to(&letters(&app).await), ["second@prospect.example"], "a buyer of her own, and nobody anew");
        assert!(not_allowed(&appointment::invite_buyer(&app, &group.sue, seen.id, only(&asked).version, ask()).await), "once");
        let briefs = brief::of_candidate(&app, &group.world.program, rows[0].id).await.expect("briefs");
        let advocates = briefs.iter().find(|brief| !brief.other_prospects.is_empty()).expect("the advocate's");
        assert_eq!(advocates.other_prospects, ["Prospect 2", "Prospect 3"]);

        app.clock.set(NOW.plus_days(20));
        let mut after = Vec::new();
        for (row, actor) in rows.iter().zip([&group.world.seller, &group.sue, &group.world.seller]) {
            let version = only(&group.world.read(row.request_id).await).version;
            let done = fulfil::record_use(&app, actor, row.id, version, took_place()).await.expect("recorded");
            assert_eq!(done.status, RequestStatus::Fulfilled, "each deal is served");
            after.push(only(&done));
        }
        assert_eq!(group.uses_of_the_year().await, 1, "one use of the customer");
        let uses = storage::reference_use::on_opportunities(&app.store, vec![id(1), id(2), id(3)]).await.expect("uses");
        assert_eq!((uses.len(), storage::reference_use::count(&uses)), (3, 1));
        let asked = letters(&app).await;
        assert_eq!(to(&asked), ["ann@meridian.example", "buyer@prospect.example", "second@prospect.example"], "Ann is asked once how it was, each buyer for their own");
        let token = group.world.link(&after[1]).await;
        let said = GiveAnswer { grade: Some(Grade::try_from(4).expect("a grade")), ..GiveAnswer::default() };
        answer::give(&app, &token, said).await.expect("debriefed");
        let rows = group.all(rows.each_ref()).await;
        assert_eq!(states(&rows), [CandidateState::Debriefed; 3], "what she says of it holds for all three");
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }

    async fn moving_and_calling_off_moves_everybody(db: TestDb) {
        let group = Group::on(db).await;
        let app = with_mail(&group.world).await;
        let rows = group.agreed(&app).await;
        letters(&app).await;
        group.book(&app, &rows[0], "2026-03-12T09:00:00Z", None).await;
        let moved = group.all(rows.each_ref()).await;
        assert!(moved.iter().all(|row| starts(row).as_deref() == Some("2026-03-12T09:00") && row.planned_on == day("2026-03-12")));
        let sent = letters(&app).await;
        assert_eq!(sent.len(), 4);
        assert!(sent.iter().all(|letter| letter.calendar.as_ref().is_some_and(|file| file.text.contains("SEQUENCE:1"))));
        let off = |row: &CandidateView, actor| {
            let (app, row) = (app.clone(), row.clone());
            async move { appointment::call_off(&app, actor, row.id, row.version, CallOff::default()).await }
        };
        assert!(not_allowed(&off(&moved[1], &group.sue).await), "it is not hers to call off");
        let day_of_her_own = ScheduleUse { planned_on: day("2026-03-13") };
        assert!(not_allowed(&fulfil::schedule(&app, &group.sue, moved[1].id, moved[1].version, day_of_her_own).await));
        off(&moved[0], &group.world.seller).await.expect("called off");
        let after = group.all(rows.each_ref()).await;
        assert_eq!((states(&after), starts(&after[1])), (vec![CandidateState::Accepted; 3], None));
        let sent = letters(&app).await;
        assert_eq!(sent.iter().filter(|letter| letter.calendar.as_ref().is_some_and(|file| file.text.contains("METHOD:CANCEL"))).count(), 4);
    }

    async fn the_call_goes_on_without_the_deal_that_it_began_with(db: TestDb) {
        let group = Group::on(db).await;
        let app = with_mail(&group.world).await;
        let rows = group.agreed(&app).await;
        letters(&app).await;
        let first = group.world.read(rows[0].request_id).await;
        stop::withdraw(&app, &group.world.seller, first.id, first.version, WithdrawRequest { reason: None }).await.expect("withdrawn");
        let after = group.all(rows.each_ref()).await;
        assert_eq!(states(&after), [CandidateState::Declined, CandidateState::Scheduled, CandidateState::Scheduled]);
        assert_eq!(after[1].call.as_ref().map(|call| (call.serves, call.is_arranged_here)), Some((2, true)), "Sue arranges it now");
        let sent = letters(&app).await;
        let to_ann: Vec<_> = sent.iter().filter(|letter| letter.to.as_str() == "ann@meridian.example").filter_map(|letter| letter.calendar.as_ref()).collect();
        assert_eq!(to_ann.len(), 2, "the first event is gone from her calendar and another is in it");
        assert!(to_ann.iter().any(|file| file.text.contains("METHOD:CANCEL")) && to_ann.iter().any(|file| file.text.contains("METHOD:REQUEST")));

        let current = app::account::get(&app, &group.world.program, id(1)).await.expect("the account");
        let lock = app::account::LockAccount { reason: LockReason::Renewal, until: None, note: None };
        app::account::lock(&app, &group.world.owner, current.id, current.version, lock).await.expect("locked");
        let after = group.all(rows.each_ref()).await;
        assert_eq!(states(&after), [CandidateState::Declined; 3], "a lock ends the call for everybody");
        let to_ann = letters(&app).await.into_iter().filter(|letter| letter.to.as_str() == "ann@meridian.example" && letter.calendar.is_some()).count();
        assert_eq!(to_ann, 1, "she hears of it once");
        assert_eq!(group.world.read(rows[1].request_id).await.status, RequestStatus::Matching);
    }

    async fn what_a_call_cannot_serve_is_refused_and_nothing_changes(db: TestDb) {
        let group = Group::on(db).await;
        let app = group.app();
        let world = &group.world;
        let sues = group.ask(&group.sue, 2, Activity::ReferenceCall, &[]).await;
        let quote = group.ask(&group.sue, 2, Activity::Quote, &[]).await;
        let call = group.promised().await;
        let tx = world.test.db.begin().await;
        advocate::set_no_go(&tx, id(1), vec![advocate::NoGo { advocate_id: id(1), account_id: id(4) }]).await.expect("written");
        tx.commit().await.expect("committed");
        let nobody_goes = group.ask(&world.seller, 3, Activity::GroupCall, &[]).await;
        let offered = join::open_to(app, &world.program, call.id).await.expect("requests");
        assert_eq!(offered.iter().map(|request| request.id).collect::<Vec<_>>(), [sues.id, nobody_goes.id], "for the same, and open");
        let own = world.read(call.request_id).await;
        for wrong in [vec![&quote], vec![&nobody_goes], vec![&own], vec![&sues, &sues], vec![&sues, &quote], vec![]] {
            let refused = group.join(&call, &wrong).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let ask = || JoinCall { requests: vec![sues.id] };
        assert!(matches!(join::join(app, &world.program, call.id, call.version - 1, ask(), None).await, Err(Error::Stale { .. })));
        assert!(matches!(join::join(app, &world.seller, call.id, call.version, ask(), None).await, Err(Error::Forbidden)));
        assert!(world.read(sues.id).await.candidates.is_empty() && only(&world.read(call.request_id).await).call.is_none());

        let joined = only(&group.join(&call, &[&sues]).await.expect("joined"));
        assert!(matches!(group.join(&joined, &[&sues]).await, Err(Error::Invalid(_))), "served already");
        app.clock.set(NOW.plus_days(60));
        assert!(not_allowed(&group.join(&joined, &[&nobody_goes]).await), "it is over");
    }

    async fn a_request_for_a_call_is_answered_by_a_group_call_and_one_to_one_calls_stay_so(db: TestDb) {
        let group = Group::on(db).await;
        let world = &group.world;
        let sues = group.ask(&group.sue, 2, Activity::ReferenceCall, &[]).await;
        let propose = |activity| {
            let ask = ProposeCandidates { advocates: vec![id(1)], override_reason: None, activity: Some(activity) };
            propose::propose(group.app(), &world.program, sues.id, sues.version, ask, None)
        };
        assert!(matches!(propose(Activity::SiteVisit).await, Err(Error::Invalid(_))));
        let asked = propose(Activity::GroupCall).await.expect("proposed");
        assert_eq!(of(&asked, 1).activity, Activity::GroupCall);
        world.decline(&of(&asked, 1)).await;
        let alone = world.accepted().await;
        assert!(!alone.can.contains(&CandidateAct::JoinDeals));
        assert!(not_allowed(&group.join(&alone, &[&sues]).await));
    }
}
