//! The one metric through its door: who sees what, how it is named, and that it adds up.

use app::{
    Actor, Error,
    leveraging::{self, Ask, AskDeals, Behind},
    policy::Permission,
    setting::{self, LeveragingGoal},
};
use domain::{
    access::Role,
    id::UserId,
    opportunity::{
        OpportunityKind,
        OpportunityStatus::{Lost, Open, Won},
    },
};
use storage::{
    account, advocate, contact,
    opportunity::{self, Opportunity},
    reference_use::{self, ReferenceUse},
    user::User,
};
use testkit::{TestApp, TestDb, build, build::id, day};

/// Manager 1 leads seller 2 (East); seller 3 is alone in West. 24 deals of seller 2 closed in
/// February 2026 as won, six of them with a use; seller 3 lost one in January with a private use.
async fn world(db: TestDb) -> (TestApp, Actor, Actor) {
    let test = TestApp::on(db).await;
    let seller = |number: u64, team: &str, manager: Option<u64>| {
        let mut row = User {
            team: Some(team.to_owned()),
            manager_id: manager.map(id::<UserId>),
            ..build::user(number, &format!("Seller {number}"))
        };
        row.set_roles(&[Role::Seller]);
        row
    };
    test.add(seller(1, "East", None)).await;
    let two = test.add(seller(2, "East", Some(1))).await;
    test.add(seller(3, "West", None)).await;
    let tx = test.db.begin().await;
    account::insert(&tx, build::account(1, "Acme"))
        .await
        .expect("written");
    let mut person = build::contact(1, "Cy Young", id(1));
    person.title = Some("CIO".to_owned());
    contact::insert_all(&tx, vec![person, build::contact(2, "Di Vee", id(1))])
        .await
        .expect("written");
    let private = advocate::Advocate {
        is_restricted: true,
        ..build::advocate(2, id(2))
    };
    advocate::insert_all(&tx, vec![build::advocate(1, id(1)), private])
        .await
        .expect("written");
    let mut deals: Vec<Opportunity> = (1..=24)
        .map(|number| build::closed(number, id(2), Won, "2026-02-10"))
        .collect();
    deals.push(build::closed(25, id(3), Lost, "2026-01-15"));
    deals.push(Opportunity {
        status: Open,
        ..build::closed(26, id(2), Won, "2026-05-01")
    });
    opportunity::insert_all(&tx, deals).await.expect("written");
    let on = |number: u64, deal: u64, advocate: u64, on: &str| ReferenceUse {
        opportunity_id: Some(id(deal)),
        ..build::used(number, id(advocate), id(1), day(on))
    };
    let mut uses: Vec<ReferenceUse> = (1..=6)
        .map(|number| on(number, number, 1, "2026-02-01"))
        .collect();
    uses.push(on(7, 25, 2, "2026-01-10"));
    // After the close it is no influence.
    uses.push(on(8, 25, 1, "2026-01-16"));
    // What did not take place is none either, on a closed deal or an open one.
    for (number, deal) in [(9, 8), (10, 26)] {
        let mut missed = on(number, deal, 1, "2026-02-01");
        missed.outcome = Some(domain::reference_use::UseOutcome::NoShow);
        uses.push(missed);
    }
    reference_use::insert_all(&tx, uses).await.expect("written");
    tx.commit().await.expect("committed");
    let manager = test.actor(id(1)).await;
    (test, manager, two)
}

fn by(by: &str) -> Ask {
    Ask {
        by: Some(by.to_owned()),
        ..Ask::default()
    }
}

testkit::on_both_engines! {
    async fn the_rate_is_influenced_deals_among_closed_ones(db: TestDb) {
        let (test, _, _) = world(db).await;
        let metric = leveraging::get(&test.app, &Actor::operator(), &by("team")).await.expect("a metric");
        assert_eq!((metric.from, metric.to), (day("2026-01-15"), day("2026-02-11")));
        assert_eq!((metric.closed, metric.leveraged, metric.won), (25, 7, 24));
        assert_eq!(metric.rate, Some(0.28));
        assert!(!metric.small_sample);
        let dollars = &metric.currencies["USD"];
        assert_eq!((dollars.revenue_won.as_str(), dollars.revenue_influenced.as_str()), ("2400.00", "600.00"));
        assert_eq!((metric.open.count, metric.open.with_reference), (1, 0));
        let groups: Vec<_> = metric.groups.iter().map(|group| (group.label.as_str(), group.closed, group.rate, group.small_sample)).collect();
        assert_eq!(groups, [("East", 24, Some(0.25), false), ("West", 1, Some(1.0), true)]);
    }

    async fn money_of_several_currencies_is_told_for_each_and_never_added_up(db: TestDb) {
        let (test, _, _) = world(db).await;
        let tx = test.db.begin().await;
        let euros = |number: u64| Opportunity {
            amount_minor: Some(7_000),
            currency: Some("EUR".parse().expect("a currency")),
            ..build::closed(number, id(2), Won, "2026-02-10")
        };
        opportunity::insert_all(&tx, vec![euros(30), euros(31)]).await.expect("written");
        let spoken = ReferenceUse { opportunity_id: Some(id(30)), ..build::used(30, id(1), id(1), day("2026-02-01")) };
        reference_use::insert_all(&tx, vec![spoken]).await.expect("written");
        tx.commit().await.expect("committed");
        let metric = leveraging::get(&test.app, &Actor::operator(), &by("team")).await.expect("a metric");
        let told: Vec<_> = metric.currencies.iter().map(|(currency, sums)| (currency.as_str(), sums.revenue_won.as_str(), sums.revenue_influenced.as_str())).collect();
        assert_eq!(told, [("EUR", "140.00", "70.00"), ("USD", "2400.00", "600.00")]);
        assert_eq!(metric.groups[0].currencies, metric.currencies, "all of it was won in the East");
        assert!(metric.revenue_formula.contains("each currency by itself"));
    }

    async fn everybody_counts_in_their_own_reach(db: TestDb) {
        let (test, manager, seller) = world(db).await;
        let closed = async |actor: &Actor| leveraging::get(&test.app, actor, &Ask::default()).await.map(|metric| metric.closed);
        assert_eq!(closed(&manager).await.expect("a metric"), 24, "a manager sees the team");
        assert_eq!(closed(&seller).await.expect("a metric"), 24);
        let other = test.actor(id(3)).await;
        assert_eq!(closed(&other).await.expect("a metric"), 1);
        let executive = test.colleague(10, "Eve", &[Role::Executive]).await;
        assert_eq!(closed(&executive).await.expect("a metric"), 25);
        let admin = test.colleague(11, "Al", &[Role::Admin]).await;
        assert!(matches!(closed(&admin).await, Err(Error::Forbidden)));
        assert!(matches!(leveraging::deals(&test.app, &admin, &AskDeals::default()).await, Err(Error::Forbidden)));
    }

    async fn every_group_drills_to_its_deals_page_by_page(db: TestDb) {
        let (test, _, _) = world(db).await;
        let operator = Actor::operator();
        for cut in ["month", "quarter", "team", "seller", "industry"] {
            let metric = leveraging::get(&test.app, &operator, &by(cut)).await.expect("a metric");
            assert_eq!(metric.groups.iter().map(|group| group.closed).sum::<i64>(), 25, "{cut}");
            for group in &metric.groups {
                let mut ask = AskDeals { ask: by(cut), group: Some(group.key.clone()), limit: Some(10), ..AskDeals::default() };
                let mut rows = 0;
                loop {
                    let page = leveraging::deals(&test.app, &operator, &ask).await.expect("a page");
                    assert_eq!(page.total as i64, group.closed, "{cut} {}", group.label);
                    rows += page.items.len() as i64;
                    ask.cursor = page.next_cursor;
                    if ask.cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(rows, group.closed, "{cut} {}", group.label);
            }
        }
    }

    async fn a_month_without_a_close_is_shown_without_a_rate(db: TestDb) {
        let (test, _, _) = world(db).await;
        let year = |cut: &str| Ask { from: Some(day("2025-04-01")), to: Some(day("2026-03-03")), ..by(cut) };
        let metric = leveraging::get(&test.app, &Actor::operator(), &year("month")).await.expect("a metric");
        let months: Vec<_> = metric.groups.iter().map(|group| (group.key.as_str(), group.closed)).collect();
        assert_eq!(months.len(), 12);
        assert_eq!(months[8..], [("2025-12", 0), ("2026-01", 1), ("2026-02", 24), ("2026-03", 0)]);
        assert_eq!(metric.groups[8].rate, None);
        let quarters = leveraging::get(&test.app, &Actor::operator(), &year("quarter")).await.expect("a metric");
        assert_eq!(quarters.groups.iter().map(|group| group.key.as_str()).collect::<Vec<_>>(), ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]);
    }

    async fn influences_name_people_only_to_those_who_may_know(db: TestDb) {
        let (test, _, _) = world(db).await;
        let lost = AskDeals { ask: by("team"), group: Some("West".into()), ..AskDeals::default() };
        let shown = async |actor: &Actor, ask: &AskDeals| {
            let page = leveraging::deals(&test.app, actor, ask).await.expect("a page");
            let deal = page.items.into_iter().next().expect("a deal");
            deal.influences.into_iter().map(|influence| (influence.advocate_display, influence.advocate_id.is_some())).collect::<Vec<_>>()
        };
        let program = Actor::operator();
        assert_eq!(shown(&program, &lost).await, [("Di Vee".to_owned(), true)], "the use after the close is left out");
        let other = test.actor(id(3)).await;
        assert_eq!(shown(&other, &lost).await, [("A private reference".to_owned(), false)]);
        let won = AskDeals { leveraged: Some(true), behind: Behind::Won, ..AskDeals::default() };
        let executive = test.colleague(10, "Eve", &[Role::Executive]).await;
        assert_eq!(shown(&executive, &won).await, [("CIO at Acme".to_owned(), true)]);
    }

    async fn nothing_closed_gives_no_rate_and_bad_asks_are_named(db: TestDb) {
        let (test, _, _) = world(db).await;
        let operator = Actor::operator();
        let ask = Ask { kinds: vec![OpportunityKind::Renewal], ..Ask::default() };
        let metric = leveraging::get(&test.app, &operator, &ask).await.expect("a metric");
        assert_eq!((metric.closed, metric.rate), (0, None));
        let field = |error: Error| match error {
            Error::Invalid(problems) => problems[0].field.clone(),
            other => panic!("{other:?}"),
        };
        let refused = async |ask: Ask| field(leveraging::get(&test.app, &operator, &ask).await.expect_err("refused"));
        assert_eq!(refused(by("weather")).await, "by");
        assert_eq!(refused(Ask { from: Some(day("2026-03-01")), to: Some(day("2026-03-01")), ..Ask::default() }).await, "to");
        assert_eq!(refused(Ask { from: Some(day("1890-03-01")), ..Ask::default() }).await, "from");
        let wrong = AskDeals { ask: by("seller"), group: Some("East".into()), ..AskDeals::default() };
        assert_eq!(field(leveraging::deals(&test.app, &operator, &wrong).await.expect_err("refused")), "group");
        let wrong = AskDeals { group: Some("East".into()), ..AskDeals::default() };
        assert_eq!(field(leveraging::deals(&test.app, &operator, &wrong).await.expect_err("refused")), "by");
    }

    async fn the_goal_is_shown_beside_the_number_with_its_version(db: TestDb) {
        let (test, manager, _) = world(db).await;
        let metric = async || leveraging::get(&test.app, &manager, &Ask::default()).await.expect("a metric");
        let before = metric().await;
        assert_eq!((before.target, before.baseline, before.goal_version), (None, None, 0));
        let goal = LeveragingGoal { target: Some(60.0), baseline: Some(31.5) };
        let set = async |actor: &Actor, goal: &LeveragingGoal| setting::write(&test.app, actor, Permission::MetricGoalEdit, goal, before.goal_version).await;
        assert!(matches!(set(&manager, &goal).await, Err(Error::Forbidden)));
        set(&Actor::operator(), &goal).await.expect("set");
        let after = metric().await;
        assert_eq!((after.target, after.baseline, after.goal_version), (Some(60.0), Some(31.5), 1));
    }
}
