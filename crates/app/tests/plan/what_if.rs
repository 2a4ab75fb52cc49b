//! What-if questions: side by side with today, kept and shared.

use app::{
    Error,
    plan::{
        gaps,
        needs::{self, CreateNeed},
        scenario::{self, SaveScenario},
        what_if::{self, AddAdvocates, AskWhatIf, MoveNeed, PlanChanges},
    },
    policy::Permission,
    setting,
};
use domain::{access::Role, activity::Activity, need::NeedKind};
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

    async fn an_event_on_another_day_gives_its_use_back_and_one_out_of_reach_tells_nothing(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let today = test.app.clock.today();
        // The only account gives one call a quarter, and an analyst needs it.
        let wave = CreateNeed {
            kind: NeedKind::AnalystRelations,
            title: "Wave".to_owned(),
            activity: Activity::ReferenceCall,
            wanted: None,
            need_on: today.plus_days(20),
            account_id: None,
            terms: None,
            note: None,
        };
        let wave = needs::create(&test.app, &team, wave, None).await.expect("noted");
        let ask = async |changes| what_if::ask(&test.app, &team, &question(changes)).await.expect("answered");
        let to = |need, days| PlanChanges { move_needs: vec![MoveNeed { need, to: today.plus_days(days) }], ..PlanChanges::default() };
        let same = ask(to(wave.id, 20)).await;
        assert_eq!((&same.today, same.today.needs_served, same.today.covered), (&same.changed, 1, 0.0));

        let later = ask(to(wave.id, 300)).await;
        assert_eq!((later.changed.needs_wanted, later.changed.needs_served), (0, 0));
        assert_eq!((later.today.money_covered.as_str(), later.changed.money_covered.as_str()), ("0.00", "1000.00"));
        assert_eq!(later.moved[0].title.as_deref(), Some("Wave"));
        assert_eq!((later.moved[0].from, later.moved[0].to), (Some(today.plus_days(20)), today.plus_days(300)));
        let over = ask(to(wave.id, -1)).await;
        assert_eq!(over.changed, later.changed, "before the day of the plan it asks for nobody");

        // Without its one advocate the need goes without; two calls a quarter serve both.
        let lost = ask(PlanChanges { lose: vec![id(1)], ..PlanChanges::default() }).await;
        assert_eq!((lost.changed.needs_wanted, lost.changed.needs_served), (1, 0));
        let both = ask(PlanChanges { account_cap: Some(2), rest_days: Some(0), ..PlanChanges::default() }).await;
        assert_eq!((both.changed.needs_served, both.changed.money_covered.as_str()), (1, "1000.00"));

        let gone = ask(to(id(77), 30)).await;
        assert_eq!((&gone.today, gone.moved[0].from), (&gone.changed, None));
        let kept = SaveScenario { name: "The wave comes later".to_owned(), ask: question(to(wave.id, 300)) };
        let kept = scenario::save(&test.app, &team, kept, None).await.expect("kept");
        assert_eq!(kept.ask.changes, to(wave.id, 300));
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
            ("changes.win_rate", PlanChanges { win_rate: Some(0.0), ..PlanChanges::default() }),
            // Without goals the win rate changes nothing, and saying nothing about it would mislead.
            ("changes.win_rate", PlanChanges { win_rate: Some(0.5), ..PlanChanges::default() }),
            ("changes.references", PlanChanges { references: Some(0.0), ..PlanChanges::default() }),
            ("changes.move_needs", PlanChanges { move_needs: vec![MoveNeed { need: id(1), to: test.app.clock.today() }; 101], ..PlanChanges::default() }),
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
