//! What-if questions: side by side with today, kept and shared.

use app::{
    Error,
    plan::{
        gaps,
        scenario::{self, SaveScenario},
        what_if::{self, AddAdvocates, AskWhatIf, PlanChanges},
    },
    policy::Permission,
    setting,
};
use domain::access::Role;
use testkit::{TestApp, build::id};

use super::{by_industry, certain, pipeline};

fn question(changes: PlanChanges) -> AskWhatIf {
    AskWhatIf {
        facets: vec!["industry".to_owned()],
        changes,
        ..AskWhatIf::default()
    }
}

testkit::on_both_engines! {
    async fn losing_or_winning_advocates_and_other_rules_and_rates_stand_beside_today(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let found = gaps::get(&test.app, &team, &by_industry()).await.expect("read");
        let ask = async |changes| what_if::ask(&test.app, &team, &question(changes)).await.expect("answered");
        let same = ask(PlanChanges::default()).await;
        assert_eq!(same.today, same.changed);
        assert_eq!((&same.today.money_at_risk, same.today.stock_out_on), (&found.money_at_risk, found.stock_out_on));
        assert!(same.segments.is_empty());

        let lost = ask(PlanChanges { lose: vec![id(1), id(99)], ..PlanChanges::default() }).await;
        assert_eq!((lost.changed.covered, lost.changed.capacity), (0.0, 0.0));
        assert_eq!(lost.changed.money_at_risk, lost.changed.money_needed);
        let told: Vec<_> = lost.lost.iter().map(|one| (one.is_supply, one.display_name.is_some())).collect();
        assert_eq!(told, [(true, true), (false, false)]);
        assert_eq!(lost.segments[0].changed_at_risk, found.segments[0].money_needed);

        // Nobody can be used at all, which is as bad as losing everybody.
        let capped = ask(PlanChanges { account_cap: Some(0), ..PlanChanges::default() }).await;
        assert_eq!(capped.changed, lost.changed);

        let segment = found.recruits[0].key.clone();
        let added = ask(PlanChanges { add: vec![AddAdvocates { segment, count: 5 }], ..PlanChanges::default() }).await;
        assert!(added.changed.covered > added.today.covered, "{added:?}");
        assert!(added.segments.iter().all(|one| one.changed_at_risk != one.today_at_risk));

        let idle = ask(PlanChanges { need_rate: Some(0.0), ..PlanChanges::default() }).await;
        assert_eq!((idle.changed.needed, idle.changed.stock_out_days), (0.0, None));
        let twice = ask(PlanChanges { references: Some(2.0), ..PlanChanges::default() }).await;
        assert!((twice.changed.needed - 2.0 * twice.today.needed).abs() < 0.01, "{twice:?}");
    }

    async fn a_question_that_makes_no_sense_says_where(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        let add = |segment: &str, count| vec![AddAdvocates { segment: segment.to_owned(), count }];
        for (field, changes) in [
            ("changes.add.0.segment", PlanChanges { add: add("nothing", 1), ..PlanChanges::default() }),
            ("changes.add.0.count", PlanChanges { add: add("nothing", 0), ..PlanChanges::default() }),
            ("changes.rest_days", PlanChanges { rest_days: Some(-1), ..PlanChanges::default() }),
            ("changes.need_rate", PlanChanges { need_rate: Some(1.5), ..PlanChanges::default() }),
            ("changes.references", PlanChanges { references: Some(0.0), ..PlanChanges::default() }),
            ("changes.lose", PlanChanges { lose: vec![id(1); 201], ..PlanChanges::default() }),
        ] {
            let refused = what_if::ask(&test.app, &team, &question(changes)).await;
            let Err(Error::Invalid(problems)) = refused else { panic!("{field}: {refused:?}") };
            assert_eq!(problems[0].field, field);
        }
    }

    async fn a_scenario_is_kept_by_who_plans_and_opened_by_who_reads_demand(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let executive = test.colleague(2, "Ed Exec", &[Role::Executive]).await;
        let seller = test.colleague(3, "Sal Seller", &[Role::Seller]).await;
        pipeline(&test).await;
        let ask = question(PlanChanges { lose: vec![id(1)], ..PlanChanges::default() });
        let save = |name: &str| SaveScenario { name: name.to_owned(), ask: ask.clone() };
        let kept = scenario::save(&test.app, &team, save(" Clinic leaves "), None).await.expect("kept");
        assert_eq!((kept.name.as_str(), kept.saved_by.as_str(), &kept.ask), ("Clinic leaves", "Pat Program", &ask));
        let opened = scenario::get(&test.app, &executive, kept.id).await.expect("read");
        assert_eq!(opened, kept);
        assert!(matches!(scenario::save(&test.app, &executive, save("x"), None).await, Err(Error::Forbidden)));
        assert!(matches!(scenario::list(&test.app, &seller).await, Err(Error::Forbidden)));
        let nameless = scenario::save(&test.app, &team, save(" "), None).await;
        assert!(matches!(nameless, Err(Error::Invalid(problems)) if problems[0].field == "name"));
        let other = SaveScenario { name: "Nobody leaves".to_owned(), ask: question(PlanChanges::default()) };
        let edited = scenario::edit(&test.app, &team, kept.id, 1, other.clone()).await.expect("saved again");
        assert_eq!((edited.version, &edited.name, &edited.ask), (2, &other.name, &other.ask));
        assert!(matches!(scenario::edit(&test.app, &team, kept.id, 1, other.clone()).await, Err(Error::Stale { .. })));
        assert!(matches!(scenario::edit(&test.app, &executive, kept.id, 2, other).await, Err(Error::Forbidden)));
        assert!(matches!(scenario::remove(&test.app, &team, kept.id, 1).await, Err(Error::Stale { .. })));
        scenario::remove(&test.app, &team, kept.id, 2).await.expect("removed");
        assert_eq!(scenario::list(&test.app, &team).await.expect("read").total, 0);
        assert!(matches!(scenario::get(&test.app, &team, kept.id).await, Err(Error::NotFound)));
    }
}
