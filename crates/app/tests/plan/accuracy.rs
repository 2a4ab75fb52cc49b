//! Earlier forecasts against what came of them.

use app::{
    Error,
    plan::{AskPlan, accuracy},
    policy::Permission,
    setting,
};
use domain::{
    access::Role,
    opportunity::{DealStage, OpportunityStatus},
    record::RecordKind,
};
use storage::{
    opportunity::{self, Opportunity},
    request::Request,
};
use testkit::{TestApp, build, build::id, day};

use super::{by_industry, certain, noted, pipeline, tagged};

testkit::on_both_engines! {
    async fn a_past_quarter_is_forecast_by_what_was_known_and_held_against_what_was_asked(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sue Seller", &[Role::Seller]).await;
        let admin = test.colleague(3, "Ad Min", &[Role::Admin]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        // Two deals are open when the last quarter of 2025 begins, one begins in it; two of the three ask.
        let deal = |number: u64, began: &str| Opportunity {
            stage: Some(DealStage::Middle),
            status: OpportunityStatus::Open,
            created_on: Some(day(began)),
            reference_stage_on: Some(day(began)),
            ..build::closed(number, id(1), OpportunityStatus::Won, "2025-12-20")
        };
        let asks = |number: u64, asked_on: &str, wanted: i64| Request {
            opportunity_id: Some(id(number)),
            wanted,
            need_by: day("2025-12-01"),
            created_at: day(asked_on).start(),
            ..build::request(number, id(1))
        };
        let mut tx = test.db.begin().await;
        noted(&mut tx, RecordKind::Opportunity, 20..=22);
        let deals = vec![deal(20, "2025-09-01"), deal(21, "2025-09-01"), deal(22, "2025-11-01")];
        opportunity::insert_all(&tx, deals).await.expect("written");
        for row in [asks(20, "2025-11-05", 2), asks(22, "2025-11-05", 3)] {
            storage::request::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        tagged(&test, RecordKind::Opportunity, &[20, 21, 22], "Retail").await;

        let plan = by_industry().plan;
        let found = accuracy::get(&test.app, &team, &plan).await.expect("judged");
        let named: Vec<_> = found.quarters.iter().map(|one| one.quarter.as_str()).collect();
        assert_eq!(named, ["2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1"]);
        let last = &found.quarters[0];
        assert_eq!((last.whole.asked, last.whole.asked_later), (2, 3));
        let retail = last.segments.iter().find(|one| one.labels == ["Retail"]).expect("a segment");
        // Each of both deals is certain to ask for one.
        assert!((retail.held.expected - 2.0).abs() < 1e-9, "{retail:?}");
        assert_eq!((retail.held.asked, retail.held.asked_later, retail.held.holds), (2, 3, true));
        let whole = accuracy::get(&test.app, &team, &AskPlan { as_of: Some(day("2025-06-01")), ..plan.clone() }).await.expect("judged");
        assert_eq!(whole, found, "the day of the plan and its windows change nothing about what is past");
        let own = accuracy::get(&test.app, &seller, &plan).await.expect("judged");
        assert_eq!(own.quarters[0].whole.asked, 0, "a seller sees what own deals asked for");
        assert!(matches!(accuracy::get(&test.app, &admin, &plan).await, Err(Error::Forbidden)));
    }
}
