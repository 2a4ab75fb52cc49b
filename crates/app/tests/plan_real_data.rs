//! Planning on real pipelines, on both engines: nothing is lost, and what is estimated is marked.
//!
//! The files are not part of the project. GOODWORD_DATASETS names the folder that holds them;
//! without it these tests say so and check nothing.

use std::path::Path;

use app::{
    Actor, App,
    import::{RunImport, run},
    plan::{
        AskPlan,
        assume::PlanAssumptions,
        demand::{self, Demand},
        gaps::{self, AskGaps},
    },
    policy::Permission,
    setting,
};
use domain::{
    access::Scope,
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{ConsentKind, ConsentSource},
    id::AdvocateId,
    record::{Action, RecordKind},
};
use import::kind::Kind;
use storage::NewEvent;
use testkit::{TestApp, datasets, day, files};

async fn import(app: &App, kind: Kind, at: &Path) {
    let ask = RunImport {
        kind,
        files: files(at),
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    let done = run(app, &Actor::operator(), ask, |_, _| {})
        .await
        .expect("an import");
    assert_eq!(done.report.failed, 0, "{:?}", done.report.problems);
}

async fn demand_of(app: &App, ask: &AskPlan) -> Demand {
    demand::get(app, &Actor::operator(), ask)
        .await
        .expect("the demand")
}

/// Cents of a decimal text.
fn cents(text: &str) -> i64 {
    text.replace('.', "").parse().expect("a decimal")
}

fn adds_up(demand: &Demand) {
    let sum: usize = demand.segments.iter().map(|one| one.deals).sum();
    assert_eq!(sum, demand.deals);
    let money: i64 = demand.segments.iter().map(|one| cents(&one.money)).sum();
    assert_eq!(money, cents(&demand.money));
    let expected: f64 = demand.segments.iter().map(|one| one.expected).sum();
    assert!((expected - demand.expected).abs() < 1e-6);
}

/// Everybody who tells a story agrees to take calls, and was verified that year.
async fn all_speak(test: &TestApp) -> usize {
    let page = storage::page::Page {
        limit: 10_000,
        after: None,
    };
    let filter = storage::advocate::Filter {
        restricted_visible: true,
        ..Default::default()
    };
    let listed = storage::advocate::list(&test.db.store, &Scope::Everything, &filter, &page).await;
    let ids: Vec<AdvocateId> = listed
        .expect("advocates")
        .items
        .iter()
        .map(|row| row.id)
        .collect();
    let mut tx = test.db.begin().await;
    for (number, id) in (1_u64..).zip(&ids) {
        let mut row = storage::advocate::find(&tx, &Scope::Everything, true, *id)
            .await
            .expect("read")
            .expect("it exists");
        row.status = AdvocateStatus::Active;
        row.verified_on = Some(day("2017-06-01"));
        storage::advocate::save(&tx, &mut row).await.expect("saved");
        let consent = storage::consent::Consent {
            id: testkit::build::id(number),
            advocate_id: *id,
            kind: ConsentKind::Given,
            activity: None,
            source: ConsentSource::Mail,
            text_version: "1".to_owned(),
            valid_from: day("2017-01-01"),
            valid_until: None,
            recorded_by: None,
            recorded_at: testkit::NOW,
            agrees_ahead: false,
            channel: None,
            region_id: None,
        };
        storage::consent::insert_all(&tx, vec![consent])
            .await
            .expect("written");
        let calls = storage::advocate::Willingness {
            advocate_id: *id,
            activity: Activity::ReferenceCall,
            limit_per_year: None,
        };
        storage::advocate::insert_willingness(&tx, vec![calls])
            .await
            .expect("written");
    }
    for id in &ids {
        tx.record(NewEvent::new(Action::Updated, RecordKind::Advocate, *id));
    }
    tx.commit().await.expect("committed");
    ids.len()
}

testkit::on_both_engines! {
    async fn the_maven_pipeline_comes_out_estimated_and_marked_and_adds_up(db: TestDb) {
        let Some(folder) = datasets() else { return };
        let maven = folder.join("crm/maven");
        let test = TestApp::on(db).await;
        let app = &test.app;
        import(app, Kind::Terms, &maven.join("products.csv")).await;
        import(app, Kind::Accounts, &maven.join("accounts.csv")).await;
        import(app, Kind::Opportunities, &maven.join("sales_pipeline.csv")).await;
        let today = AskPlan {
            facets: vec!["product".to_owned()],
            as_of: Some(day("2017-12-31")),
            ..AskPlan::default()
        };
        let demand = demand_of(app, &today).await;
        adds_up(&demand);
        // No open deal has a close date or an amount. The product's list price stands in for the
        // amount; 500 deals in prospecting never started, so nothing says when they close.
        assert_eq!((demand.deals, demand.undated, demand.with_estimated_day), (2_089, 500, 1_589));
        assert_eq!((demand.unpriced, demand.with_estimated_money), (0, 2_089));
        let by_account = AskPlan { facets: vec!["industry".to_owned()], ..today.clone() };
        let unknown = demand_of(app, &by_account).await.segments.pop().expect("segments");
        assert!(unknown.is_unknown && unknown.deals > 1_000 && cents(&unknown.money) > 0, "{unknown:?}");
    }

    async fn real_stories_cover_a_part_of_the_maven_pipeline_and_the_rest_is_at_risk(db: TestDb) {
        let Some(folder) = datasets() else { return };
        let test = TestApp::on(db).await;
        let app = &test.app;
        let maven = folder.join("crm/maven");
        import(app, Kind::Terms, &maven.join("products.csv")).await;
        import(app, Kind::Accounts, &maven.join("accounts.csv")).await;
        import(app, Kind::Opportunities, &maven.join("sales_pipeline.csv")).await;
        import(app, Kind::Advocates, &folder.join("stories/jenkins")).await;
        import(app, Kind::Advocates, &folder.join("stories/gitlab")).await;
        let ask = AskGaps {
            plan: AskPlan {
                facets: vec!["industry".to_owned()],
                is_broad: true,
                as_of: Some(day("2017-12-31")),
                ..AskPlan::default()
            },
            ..AskGaps::default()
        };
        let told = async || gaps::get(app, &Actor::operator(), &ask).await.expect("gaps");
        let none = told().await;
        assert_eq!((none.accounts, none.money_covered.as_str()), (0, "0.00"), "nobody has agreed to anything");
        let speakers = all_speak(&test).await;
        assert!(speakers > 100, "{speakers}");
        let found = told().await;
        assert!(found.accounts > 50 && found.advocates <= speakers, "{} {}", found.accounts, found.advocates);
        assert_eq!(found.money_needed, none.money_needed);
        assert!(cents(&found.money_covered) > 0 && cents(&found.money_at_risk) > 0, "{} {}", found.money_covered, found.money_at_risk);
        // A sum is rounded once, a segment at a time, so it may be a cent off.
        let near = |sum: i64, all: &str| assert!((sum - cents(all)).abs() <= 50, "{sum} {all}");
        near(cents(&found.money_covered) + cents(&found.money_at_risk), &found.money_needed);
        near(found.segments.iter().map(|one| cents(&one.money_needed)).sum(), &found.money_needed);
        near(found.segments.iter().map(|one| cents(&one.money_at_risk)).sum(), &found.money_at_risk);
        let software = found.segments.iter().find(|one| one.accounts > 10).expect("an industry with stories");
        assert!(software.covered > 0.0, "{software:?}");
        let unknown = found.segments.iter().find(|one| one.is_unknown).expect("deals without an account");
        assert_eq!((unknown.covered, unknown.accounts), (0.0, 0));
    }

    async fn lines_of_the_eci_pipeline_are_one_deal_each_and_three_currencies_need_rates(db: TestDb) {
        let Some(folder) = datasets() else { return };
        let test = TestApp::on(db).await;
        let app = &test.app;
        import(app, Kind::Opportunities, &folder.join("crm/eci-open-pipeline/eci_open_opportunity_lines.csv")).await;
        let ask = AskPlan {
            facets: vec!["region".to_owned()],
            as_of: Some(day("2019-06-01")),
            kinds: domain::opportunity::OpportunityKind::ALL.to_vec(),
            ..AskPlan::default()
        };
        let demand = demand_of(app, &ask).await;
        adds_up(&demand);
        assert_eq!(demand.deals, 1_567);
        let apart: Vec<_> = demand.without_rate.iter().map(|one| (one.currency.to_string(), one.deals)).collect();
        // The quote's expiry says when it closes, or else the planned start of the delivery: every deal
        // has one of them, and none is estimated. Most lie before the day of the plan.
        assert_eq!((demand.undated, demand.with_estimated_day), (0, 0));
        assert!(demand.overdue > 1_200, "{}", demand.overdue);
        println!("{apart:?} undated {} unpriced {} overdue {}", demand.undated, demand.unpriced, demand.overdue);
        assert_eq!(apart.len(), 2, "two currencies beside the dollar: {apart:?}");
        assert!(demand.without_rate.iter().all(|one| one.message.contains("Set the exchange rate")));
        let rates = apart.iter().map(|(code, _)| (code.clone(), "1.1".to_owned())).collect();
        let assumptions = PlanAssumptions { exchange_rates: rates, ..PlanAssumptions::default() };
        setting::write(app, &Actor::operator(), Permission::PlanEdit, &assumptions, 0).await.expect("written");
        let converted = demand_of(app, &ask).await;
        adds_up(&converted);
        assert!(converted.without_rate.is_empty());
        assert!(cents(&converted.money) > cents(&demand.money));
        // Nobody speaks for us yet: all demand is at risk, and a recruit is worth something.
        let found = gaps::get(app, &Actor::operator(), &AskGaps { plan: ask, ..AskGaps::default() }).await.expect("gaps");
        assert_eq!((found.accounts, found.money_covered.as_str()), (0, "0.00"));
        assert_eq!(found.money_at_risk, found.money_needed);
        assert!(!found.recruits.is_empty() && cents(&found.recruits[0].worth) > 0);
    }
}
