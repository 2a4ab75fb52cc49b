//! Growth goals: a sentence read, and what it asks of the pipeline.

use app::{
    Error,
    plan::{
        AskPlan, demand,
        gaps::{self, AskGaps},
        goals::{self, GoalChange, GoalReading, GrowthGoal, ReadGoal, SaveGoal},
        what_if::{self, AskWhatIf, PlanChanges},
    },
    policy::Permission,
    setting,
};
use domain::{access::Role, opportunity::OpportunityStatus, record::RecordKind};
use storage::opportunity::{self, Opportunity};
use testkit::{TestApp, build, build::id, day};

use super::{by_industry, certain, noted, pipeline, tagged};

async fn read(test: &TestApp, actor: &app::Actor, sentence: &str) -> GoalReading {
    let ask = ReadGoal {
        sentence: sentence.to_owned(),
    };
    goals::read(&test.app, actor, &ask).await.expect("read")
}

fn goal(reading: &GoalReading) -> GrowthGoal {
    let terms = reading.words.iter().flat_map(|words| &words.terms);
    GrowthGoal {
        first: reading.first.expect("a first day"),
        last: reading.last.expect("a last day"),
        change: reading.change.clone().expect("a change"),
        terms: terms.map(|term| term.id).collect(),
    }
}

/// Two deals won and two lost by the prospect in healthcare a year ago, and one won elsewhere.
async fn last_year(test: &TestApp) {
    let deal = |number: u64, account: Option<u64>, status| Opportunity {
        account_id: account.map(id),
        amount_minor: Some(100_000),
        ..build::closed(number, id(1), status, "2025-05-10")
    };
    let (won, lost) = (OpportunityStatus::Won, OpportunityStatus::Lost);
    let deals = vec![
        deal(11, Some(2), won),
        deal(12, Some(2), won),
        deal(13, Some(2), lost),
        deal(14, Some(2), lost),
        deal(15, None, won),
        deal(16, None, lost),
    ];
    let mut tx = test.db.begin().await;
    noted(&mut tx, RecordKind::Opportunity, 11..=16);
    opportunity::insert_all(&tx, deals).await.expect("written");
    tx.commit().await.expect("committed");
}

testkit::on_both_engines! {
    async fn a_sentence_becomes_period_change_and_terms_and_what_was_not_understood_is_told(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let said = read(&test, &team, "Increase Q3 revenue by 20% from mid-sized healthcare organizations in the Midwest with the new cloud product, by grit").await;
        assert_eq!((said.first, said.last), (Some(day("2026-07-01")), Some(day("2026-09-30"))));
        assert_eq!(said.change, Some(GoalChange::Share { share: 0.2 }));
        let words: Vec<_> = said.words.iter().map(|one| (one.written.as_str(), one.terms.iter().map(|term| term.name.as_str()).collect::<Vec<_>>().join(" "))).collect();
        for expected in [("healthcare", "Healthcare"), ("Midwest", "Midwest"), ("mid-sized", "51-200 201-500 501-1,000")] {
            assert!(words.iter().any(|(written, names)| (*written, names.as_str()) == expected), "{expected:?} in {words:?}");
        }
        assert!(words.iter().any(|(written, _)| *written == "cloud"), "{words:?}");
        assert_eq!(said.unread, ["grit"]);

        let money = read(&test, &team, "grow by $2.5M in 2027").await;
        assert_eq!(money.change, Some(GoalChange::More { amount: "2500000.00".to_owned() }));
        let foreign = read(&test, &team, "grow by €2m in 2027").await;
        assert_eq!(foreign.change, None);
        assert!(foreign.change_problem.is_some_and(|problem| problem.contains("exchange rate of EUR")));
    }

    async fn a_goal_asks_for_what_last_year_s_deals_say_and_the_pipeline_counts_towards_it(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        let said = read(&test, &team, "increase Q2 revenue by 50% from healthcare").await;
        let refused = goals::outlook(&test.app, &team, &goal(&said)).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("Import closed deals")), "{refused:?}");

        last_year(&test).await;
        tagged(&test, RecordKind::Opportunity, &[15, 16], "Retail").await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let found = goals::outlook(&test.app, &team, &goal(&said)).await.expect("an outlook");
        assert_eq!((found.before_first, found.before_last, found.is_before_running), (day("2025-04-01"), day("2025-06-30"), false));
        assert_eq!((found.earned.as_str(), found.earned_deals), ("2000.00", 2));
        assert_eq!((found.target.as_str(), found.more.as_str(), found.won.as_str()), ("3000.00", "1000.00", "0.00"));
        // Three deals of $1,000 at one of two won; half of the six get so far as to ask for one.
        assert_eq!((found.wins, found.opportunities, found.requests), (3.0, 6.0, 3.0));
        assert_eq!((found.win_rate.n, found.deal_size.as_str(), found.deal_size_n), (4, "1000.00", 2));
        // The two open deals in healthcare are in the reference stage and close in April.
        assert_eq!((found.open_deals, found.open_money.as_str()), (2, "1400.00"));
        assert_eq!((found.pipeline_requests, found.missing_requests), (2.0, 1.0));

        let everything = GrowthGoal { terms: vec![], ..goal(&said) };
        let all = goals::outlook(&test.app, &team, &everything).await.expect("an outlook");
        assert_eq!((all.earned.as_str(), all.open_deals), ("3000.00", 3));
    }

    async fn a_counted_goal_competes_with_the_deals_for_capacity_and_shows_who_could_speak(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        last_year(&test).await;
        tagged(&test, RecordKind::Opportunity, &[15, 16], "Retail").await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        for sentence in ["increase Q2 revenue by 50% from retail", "increase Q2 revenue by 50% from healthcare"] {
            let said = read(&test, &team, sentence).await;
            let ask = SaveGoal { name: sentence.to_owned(), goal: goal(&said) };
            goals::save(&test.app, &team, ask, None).await.expect("kept");
        }
        let ask = |with_goals| AskGaps {
            plan: AskPlan { window_ends: vec![38, 76, 90], with_goals, ..by_industry().plan },
            ..by_industry()
        };
        let without = gaps::get(&test.app, &team, &ask(false)).await.expect("gaps");
        let with = gaps::get(&test.app, &team, &ask(true)).await.expect("gaps");
        assert!(without.goals.is_empty(), "goals are counted where somebody asks for it");
        let [healthcare, retail] = with.goals.as_slice() else { panic!("{:?}", with.goals) };
        // One request of a mean deal of $1,000; the one advocate can serve one thing in a quarter.
        assert_eq!((healthcare.needed, healthcare.money_needed.as_str()), (1.0, "1000.00"));
        assert_eq!((healthcare.advocates, healthcare.accounts, healthcare.worth.as_str()), (1, 1, "1000.00"));
        assert_eq!((retail.advocates, retail.accounts, retail.covered, retail.most_used_account.is_none()), (0, 0, 0.0, true));
        assert!(retail.needed > 0.0 && retail.stock_out_on == Some(test.app.clock.today()), "{retail:?}");
        assert_eq!(with.money_covered, without.money_covered, "what can be given is no more than before");
        let asked = with.needed - without.needed;
        assert!((asked - healthcare.needed - retail.needed).abs() < 0.002, "{asked}");
        let of_deals: f64 = with.segments.iter().map(|one| one.needed).sum();
        assert!((of_deals - without.needed).abs() < 0.002, "segments are the deals alone");

        // Who wins a quarter as often works on more opportunities for the same goal, and each may ask.
        let changes = PlanChanges { win_rate: Some(0.1), ..PlanChanges::default() };
        let question = AskWhatIf { facets: vec!["industry".to_owned()], window_ends: vec![38, 76, 90], goals: true, changes, ..AskWhatIf::default() };
        let rarely = what_if::ask(&test.app, &team, &question).await.expect("answered");
        assert_eq!(rarely.today.needed, with.needed);
        assert!(rarely.changed.needed > with.needed + 1.0, "{rarely:?}");
    }

    async fn a_kept_goal_is_demand_beside_that_of_open_deals_until_it_is_removed(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        last_year(&test).await;
        tagged(&test, RecordKind::Opportunity, &[15, 16], "Retail").await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let said = read(&test, &team, "increase Q2 revenue by 50% from healthcare").await;
        let ask = SaveGoal { name: "Healthcare in Q2".to_owned(), goal: goal(&said) };
        let kept = goals::save(&test.app, &team, ask.clone(), None).await.expect("kept");
        assert_eq!((kept.version, kept.saved_by.as_str(), kept.terms[0].name.as_str()), (1, "Pat Program", "Healthcare"));
        assert_eq!(goals::list(&test.app, &team).await.expect("listed").items, std::slice::from_ref(&kept));

        // One request is missing. Needed 45 days before closing in Q2: from today to 16 May, 76 days.
        let plan = AskPlan { window_ends: vec![38, 76, 90], ..AskPlan::default() };
        let found = demand::get(&test.app, &team, &plan).await.expect("demand");
        assert_eq!(found.goals_within, [0.5, 1.0, 1.0]);
        assert_eq!((found.goals[0].name.as_str(), found.goals[0].missing_requests), ("Healthcare in Q2", 1.0));
        assert_eq!(found.deals, 3, "open deals stay what they are");

        let seller = test.colleague(2, "Sue Seller", &[Role::Seller]).await;
        assert!(matches!(goals::save(&test.app, &seller, ask.clone(), None).await, Err(Error::Forbidden)));
        let nonsense = SaveGoal { goal: GrowthGoal { last: day("2020-01-01"), ..ask.goal.clone() }, ..ask.clone() };
        let refused = goals::save(&test.app, &team, nonsense, None).await;
        assert!(matches!(&refused, Err(Error::Invalid(problems)) if problems[0].field == "goal.last"), "{refused:?}");

        let changed = SaveGoal { goal: GrowthGoal { change: GoalChange::Total { amount: "9000".to_owned() }, ..ask.goal.clone() }, ..ask };
        assert!(matches!(goals::edit(&test.app, &team, kept.id, 7, changed.clone()).await, Err(Error::Stale { current: 1 })));
        let edited = goals::edit(&test.app, &team, kept.id, 1, changed).await.expect("saved again");
        assert_eq!(edited.version, 2);
        let more = demand::get(&test.app, &team, &plan).await.expect("demand");
        // Nine deals, eighteen opportunities, nine requests, two of them of open deals.
        assert_eq!(more.goals_within, [3.5, 7.0, 7.0]);

        goals::remove(&test.app, &team, kept.id, 2).await.expect("removed");
        assert!(matches!(goals::get(&test.app, &team, kept.id).await, Err(Error::NotFound)));
        let without = demand::get(&test.app, &team, &plan).await.expect("demand");
        assert_eq!((without.goals_within, without.goals.len()), (vec![0.0, 0.0, 0.0], 0));
    }

    async fn a_facet_that_no_deal_carries_is_left_out_and_named(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        last_year(&test).await;
        let said = read(&test, &team, "increase Q2 revenue by 50% from healthcare in the Midwest").await;
        assert_eq!(said.words.len(), 2);
        let found = goals::outlook(&test.app, &team, &goal(&said)).await.expect("an outlook");
        assert_eq!((found.left_out.as_slice(), found.earned_deals), (&["Region".to_owned()][..], 2));
    }

    async fn a_goal_that_makes_no_sense_says_where_and_a_seller_sees_own_deals_alone(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        last_year(&test).await;
        let good = GrowthGoal { first: day("2026-04-01"), last: day("2026-06-30"), change: GoalChange::Share { share: 0.5 }, terms: vec![] };
        for (field, bad) in [
            ("last", GrowthGoal { last: day("2026-03-31"), ..good.clone() }),
            ("last", GrowthGoal { last: day("2030-03-31"), ..good.clone() }),
            ("change", GrowthGoal { change: GoalChange::Share { share: 0.0 }, ..good.clone() }),
            ("change", GrowthGoal { change: GoalChange::Share { share: f64::NAN }, ..good.clone() }),
            ("change", GrowthGoal { change: GoalChange::More { amount: "-5".to_owned() }, ..good.clone() }),
            ("change", GrowthGoal { change: GoalChange::Total { amount: "a lot".to_owned() }, ..good.clone() }),
            ("terms", GrowthGoal { terms: vec![id(99)], ..good.clone() }),
        ] {
            let refused = goals::outlook(&test.app, &team, &bad).await;
            let Err(Error::Invalid(problems)) = refused else { panic!("{field}: {refused:?}") };
            assert_eq!(problems[0].field, field);
        }
        let seller = test.colleague(2, "Sue Seller", &[Role::Seller]).await;
        let own = goals::outlook(&test.app, &seller, &good).await;
        assert!(matches!(own, Err(Error::Conflict(_))), "no deal of hers was won: {own:?}");
        let admin = test.colleague(3, "Ad Min", &[Role::Admin]).await;
        assert!(matches!(goals::outlook(&test.app, &admin, &good).await, Err(Error::Forbidden)));
    }
}
