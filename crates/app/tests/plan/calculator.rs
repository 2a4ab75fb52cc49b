//! The calculator: what is kept of a plan, and what it is held against.

use app::{
    Error,
    plan::calculator::{self, SavePlan},
    policy::Permission,
};
use domain::access::Role;
use planning::calculator::{Plan, Segment};
use storage::request::Request;
use testkit::{NOW, TestApp, build, build::id};

fn reference_plan() -> Plan {
    Plan {
        segments: vec![Segment {
            name: "Team".to_owned(),
            sellers: 500.0,
            quota: 1_500_000.0,
            deal_size: 180_000.0,
            need_rate: 0.7,
            references: 2.0,
            win_rate: None,
            seasonality: None,
        }],
    }
}

testkit::on_both_engines! {
    async fn a_saved_plan_keeps_who_and_why_and_only_those_who_plan_may_save(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let executive = test.colleague(2, "Ed Exec", &[Role::Executive]).await;
        let admin = test.colleague(3, "Ad Min", &[Role::Admin]).await;
        let ask = || SavePlan { plan: reference_plan(), why: " First guess ".to_owned() };
        let saved = calculator::save(&test.app, &team, ask(), None).await.expect("saved");
        assert_eq!((saved.why.as_str(), saved.saved_by.as_str()), ("First guess", "Pat Program"));
        assert_eq!(saved.requests_team_year.to_bits(), (17_500.0_f64 / 3.0).to_bits());
        let list = calculator::list(&test.app, &executive, None, None).await.expect("read");
        assert_eq!((list.total, list.items[0].id), (1, saved.id));
        assert!(matches!(calculator::save(&test.app, &executive, ask(), None).await, Err(Error::Forbidden)));
        assert!(matches!(calculator::list(&test.app, &admin, None, None).await, Err(Error::Forbidden)));
        assert!(!app::policy::may(&admin, Permission::PlanRead));
    }

    async fn nonsense_is_not_saved_and_says_where(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let mut plan = reference_plan();
        plan.segments[0].deal_size = 0.0;
        let refused = calculator::save(&test.app, &team, SavePlan { plan, why: "x".to_owned() }, None).await;
        let Err(Error::Invalid(problems)) = refused else { panic!("{refused:?}") };
        assert_eq!(problems[0].field, "plan.segments.0.deal_size");
        assert_eq!(calculator::list(&test.app, &team, None, None).await.expect("read").total, 0);
    }

    async fn the_revision_holds_the_plan_in_force_against_what_deals_asked_for(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let tx = test.db.begin().await;
        storage::opportunity::insert(&tx, build::closed(1, id(1), domain::opportunity::OpportunityStatus::Won, "2026-03-01")).await.expect("written");
        let asked = |number: u64, deal: Option<u64>, at: domain::time::Timestamp| Request {
            opportunity_id: deal.map(id),
            wanted: 2,
            created_at: at,
            ..build::request(number, id(1))
        };
        for row in [
            asked(1, Some(1), NOW),
            // The last instant of the quarter before.
            asked(2, Some(1), domain::time::Timestamp(testkit::day("2026-01-01").start().0 - 1)),
            // For an event, not for a deal.
            asked(3, None, NOW),
        ] {
            storage::request::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        let saved = calculator::save(&test.app, &team, SavePlan { plan: reference_plan(), why: "Plan".to_owned() }, None).await.expect("saved");
        let revision = calculator::revision(&test.app, &team).await.expect("read");
        assert_eq!(revision.next_on, testkit::day("2026-04-01"));
        let [now, before, ..] = revision.quarters.as_slice() else { panic!("eight quarters") };
        assert_eq!((now.quarter.as_str(), now.actual, now.is_running, now.version_id), ("2026-Q1", 2, true, Some(saved.id)));
        assert!((now.planned.expect("a plan is in force") - 17_500.0 / 12.0).abs() < 1e-9);
        assert_eq!((before.quarter.as_str(), before.actual, before.planned), ("2025-Q4", 2, None));
        assert_eq!(revision.quarters.len(), calculator::REVISION_QUARTERS);
    }
}
