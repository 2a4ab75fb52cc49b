//! The demo company: the same every time, believable, and something to do for everybody.

use std::collections::{HashMap, HashSet};

use app::{
    Actor, Error,
    demo::{self, DemoOptions, PASSWORD, SIGN_INS},
    duplicate::{self, Kind},
    leveraging::{self, Ask},
};
use domain::{
    access::{Role, Scope},
    advocate::AdvocateStatus,
};
use storage::{log, page::Page, user};
use testkit::{TestApp, TestDb};

const SMALL: DemoOptions = DemoOptions {
    scale: 0.1,
    seed: 7,
};

async fn seeded(db: TestDb) -> (TestApp, demo::Made) {
    let test = TestApp::on(db).await;
    let made = demo::seed(&test.app, SMALL, |_, _| {})
        .await
        .expect("the demo is made");
    (test, made)
}

async fn signed_in(test: &TestApp, role: Role) -> Actor {
    let known = SIGN_INS
        .iter()
        .find(|one| one.role == role)
        .expect("a sign-in for each role");
    let email = known.email.parse().expect("an address");
    let row = user::find_by_email(&test.app.store, &email)
        .await
        .expect("a look-up")
        .expect("the sign-in exists");
    assert!(row.is_demo && row.password_hash.is_some());
    Actor::of_user(&test.app.store, &row, test.app.clock.today())
        .await
        .expect("an actor")
}

testkit::on_both_engines! {
    async fn the_demo_company_has_the_parts_that_the_screens_need(db: TestDb) {
        let (test, made) = seeded(db).await;
        let store = &test.app.store;
        assert_eq!(log::verify(store).await.expect("read"), []);
        assert!(made.opportunities > 900 && made.uses > 100 && made.unmet_searches > 0, "{made:?}");
        for role in Role::ALL {
            signed_in(&test, *role).await;
        }
        let page = Page { limit: 200, after: None };
        for status in AdvocateStatus::ALL {
            let filter = storage::advocate::Filter { status: Some(*status), restricted_visible: true, ..Default::default() };
            let total = storage::advocate::list(store, &Scope::Everything, &filter, &page).await.expect("a list").total;
            assert!(total > 0, "no advocate is {status}");
        }
        let soon = test.app.clock.today().plus_days(30);
        let upkeep = storage::steward::advocates(store, &Scope::Everything, soon).await.expect("rows");
        let left: Vec<bool> = upkeep.iter().filter_map(|row| Some(row.left_on? <= test.app.clock.today())).collect();
        assert_eq!(left.len(), 2, "two leave their company");
        assert!(left.contains(&true) && left.contains(&false), "one is gone, one goes soon");
        assert_eq!(upkeep.iter().filter(|row| row.email_refused_on.is_some()).count(), 1, "one address is refused");
        let one = storage::page::Page { limit: 1, after: None };
        let waiting = storage::tag::unmapped(store, &one).await.expect("a reading").expect("a page");
        assert!(waiting.total > 0, "nothing waits to be mapped");
        let program = signed_in(&test, Role::Program).await;
        for kind in [Kind::Account, Kind::Contact] {
            let pairs = duplicate::list(&test.app, &program, kind, &page).await.expect("the queue").items;
            let reasons: HashSet<_> = pairs.iter().filter_map(|pair| pair.reasons.first().map(|reason| format!("{reason:?}"))).collect();
            assert!(pairs.len() >= 4 && reasons.len() >= 3, "{kind:?}: {pairs:?}");
        }
        let everyone = user::everyone(store).await.expect("users");
        assert!(everyone.iter().all(|user| user.is_demo));
        let accounts = storage::account::everyone(store).await.expect("accounts");
        assert!(accounts.iter().all(|row| row.external_id.as_deref().is_some_and(|id| id.starts_with("demo-"))));
    }

    async fn every_demo_sign_in_has_something_to_do(db: TestDb) {
        let (test, _) = seeded(db).await;
        let store = &test.app.store;
        let seller = signed_in(&test, Role::Seller).await.user_id().expect("a person");
        let own = Scope::Own(vec![seller]);
        let open = storage::opportunity::Filter { status: Some(domain::opportunity::OpportunityStatus::Open), without_reference: true, ..Default::default() };
        let page = Page { limit: 50, after: None };
        let deals = storage::opportunity::list(store, &own, &open, &page).await.expect("a list");
        assert!(deals.total >= 10, "the seller has {} open deals without a reference", deals.total);
        let asked = storage::request::list(store, &own, &storage::request::Filter { open: Some(true), opportunity: None }, &page).await.expect("a list");
        assert!(asked.total >= 2, "the seller waits for {} requests", asked.total);
        let owner = signed_in(&test, Role::Owner).await.user_id().expect("a person");
        let waiting = storage::candidate::waiting_for_owner(store, &Scope::Own(vec![owner]), &page).await.expect("a list");
        assert!(waiting.total >= 5, "the owner has {} approvals", waiting.total);
        let overdue = waiting.items.iter().filter(|row| row.due_on.is_some_and(|due| due < test.app.clock.today())).count();
        assert!(overdue >= 1, "nothing is overdue");
        let sam = signed_in(&test, Role::Seller).await;
        let mut fits = 0;
        for deal in &deals.items {
            let ask = app::find::FindReferences { opportunity_id: Some(deal.id), ..Default::default() };
            let answer = app::find::search(&test.app, &sam, ask).await.expect("an answer");
            fits += usize::from(answer.rows.first().and_then(|row| row.relevance).is_some_and(|best| best >= 0.6));
        }
        assert!(fits >= 8, "somebody fits {fits} of the seller's deals well");
        let home = app::home::program(&test.app, &signed_in(&test, Role::Program).await).await.expect("the home");
        assert!(home.accounts_locked >= 3 && home.nominated > 0 && home.unmet_last_week >= 3, "{home:?}");
        let need = signed_in(&test, Role::Stakeholder).await.user_id().expect("a person");
        let asked = storage::request::list(store, &Scope::Own(vec![need]), &storage::request::Filter { open: Some(true), opportunity: None }, &page).await.expect("a list");
        assert!(asked.items.iter().any(|row| row.status == domain::request::RequestStatus::InProgress), "nobody is asked for the stakeholder");
    }

    async fn the_number_rises_and_some_advocates_are_asked_for_everything(db: TestDb) {
        let (test, _) = seeded(db).await;
        let today = test.app.clock.today();
        let rate = async |from: i64, to: i64| {
            let ask = Ask { from: Some(today.plus_days(from)), to: Some(today.plus_days(to)), ..Ask::default() };
            leveraging::get(&test.app, &Actor::operator(), &ask).await.expect("a metric").rate.expect("deals closed")
        };
        let (first, second) = (rate(-730, -365).await, rate(-365, 1).await);
        assert!(second > first, "{first} then {second}");
        assert!((0.15..0.6).contains(&second), "{second}");
        let projection = storage::projection::load(&test.app.store, today.plus_days(-730)).await.expect("a reading");
        let mut uses: HashMap<_, usize> = HashMap::new();
        for used in &projection.people.uses {
            *uses.entry(used.advocate_id).or_default() += 1;
        }
        let mut counts: Vec<usize> = uses.values().copied().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let top: usize = counts.iter().take(projection.people.people.len() / 10).sum();
        let share = top as f64 / projection.people.uses.len() as f64;
        assert!((0.2..0.8).contains(&share), "the top tenth gave {share} of all uses");
        assert!(uses.len() < projection.people.people.len(), "somebody was never asked");
    }

    async fn no_planning_screen_of_the_demo_company_is_empty(db: TestDb) {
        use app::request::hold;
        use app::plan::{calculator, demand, goals, needs, scenario, targets, what_if, AskPlan};
        let (test, made) = seeded(db).await;
        let program = signed_in(&test, Role::Program).await;
        let (app, store) = (&test.app, &test.app.store);
        let calendar = needs::calendar(app, &program, Some(test.app.clock.today().plus_days(-30))).await.expect("a calendar");
        assert_eq!(calendar.needs.len(), made.needs);
        let alarms: Vec<_> = calendar.needs.iter().filter_map(|need| need.alarm).collect();
        assert!(alarms.contains(&domain::need::NeedAlarm::Overdue) && alarms.len() > 1, "{alarms:?}");
        assert!(calendar.needs.iter().any(|need| need.covered > 0), "nobody serves any need");
        let clashes: usize = calendar.customers.iter().map(|customer| customer.clashes).sum();
        assert!(clashes > 0, "one of two talks of one customer has no room: {:?}", calendar.customers);
        let own = needs::calendar(app, &signed_in(&test, Role::Stakeholder).await, None).await.expect("a calendar");
        assert!(own.needs.len() >= 4, "the stakeholder has {} needs", own.needs.len());
        assert_eq!(goals::list(app, &program).await.expect("a list").total, 2);
        let ask = AskPlan { window_ends: vec![365], ..AskPlan::default() };
        let demand = demand::get(app, &program, &ask).await.expect("a forecast");
        assert!(demand.goals.iter().all(|goal| goal.requests > 0.0), "{:?}", demand.goals);
        assert!(demand.needs_within[0] > 0);
        assert!(demand.without_rate.is_empty(), "deals count without their money: {:?}", demand.without_rate);
        let seller = signed_in(&test, Role::Seller).await;
        let holds = hold::list(app, &seller, hold::ListHolds::default()).await.expect("a list");
        assert!(!holds.items.is_empty() && holds.items.iter().all(|hold| hold.opportunity.is_some()), "{holds:?}");
        let kept = scenario::list(app, &program).await.expect("a list");
        assert_eq!(kept.total, 3);
        for one in kept.items {
            let answer = what_if::ask(app, &program, &one.ask).await.expect("an answer");
            assert_ne!(answer.today, answer.changed, "{} changes nothing", one.name);
        }
        let board = targets::list(app, &program).await.expect("a list");
        assert_eq!(board.targets.len(), 1);
        assert!(board.targets[0].progress.nominated > 0, "{board:?}");
        // Some nominations came to nothing, as everywhere, and there are owners to ask about the next ones.
        assert!(board.yields.n > 40 && (0.35..0.75).contains(&board.yields.rate), "{:?}", board.yields);
        let round = targets::asks(app, &program, board.targets[0].id).await.expect("a round");
        assert!(!round.next.is_empty(), "{round:?}");
        let customers = storage::pipeline::customers(store).await.expect("customers");
        let signed = customers.iter().filter(|one| one.customer_since.is_some()).count();
        assert_eq!(signed, customers.len(), "whoever signed is a customer since some day");
        let versions = calculator::list(app, &program, None, None).await.expect("a list");
        assert_eq!(versions.total, 1);
    }

    async fn a_company_that_was_cut_off_is_known_as_such_and_not_taken_for_a_whole_one(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = test.app.clone();
        let seeding = async move {
            demo::seed(&app, SMALL, |what, _| assert!(what != "content", "the machine stops here")).await
        };
        let machine = tokio::task::LocalSet::new();
        let cut_off = machine.run_until(async { tokio::task::spawn_local(seeding).await }).await;
        assert!(cut_off.is_err());
        assert!(demo::is_half_made(&test.app).await.expect("an answer"));
        let refused = demo::seed(&test.app, SMALL, |_, _| {}).await.expect_err("refused");
        assert!(matches!(&refused, Error::Conflict(text) if text.contains("cut off")), "{refused:?}");
    }

    async fn a_database_with_people_in_it_is_left_alone(db: TestDb) {
        let test = TestApp::on(db).await;
        test.colleague(1, "Ann", &[Role::Program]).await;
        let refused = demo::seed(&test.app, SMALL, |_, _| {}).await.expect_err("refused");
        assert!(matches!(refused, Error::Conflict(_)), "{refused:?}");
        assert_eq!(user::everyone(&test.app.store).await.expect("users").len(), 1);
    }
}

#[test]
fn the_same_seed_and_day_make_the_same_company() {
    testkit::run(async {
        let (one, made) = seeded(TestDb::sqlite().await).await;
        let (other, again) = seeded(TestDb::sqlite().await).await;
        assert_eq!(made, again);
        let uses = async |test: &TestApp| {
            let projection =
                storage::projection::load(&test.app.store, test.app.clock.today().plus_days(-730))
                    .await
                    .expect("a reading");
            let mut rows = projection.people.uses;
            rows.sort_by_key(|row| format!("{row:?}"));
            rows
        };
        assert_eq!(uses(&one).await, uses(&other).await);
        let different = TestApp::on(TestDb::sqlite().await).await;
        demo::seed(&different.app, DemoOptions { seed: 8, ..SMALL }, |_, _| {})
            .await
            .expect("made");
        assert_ne!(uses(&one).await, uses(&different).await);
    });
}

#[test]
fn a_demo_person_signs_in_with_the_published_password() {
    testkit::run(async {
        let (test, _) = seeded(TestDb::sqlite().await).await;
        for one in SIGN_INS {
            let origin = app::session::Origin {
                address: "127.0.0.1".into(),
                earlier: None,
            };
            let ask = app::session::SignIn {
                email: one.email.into(),
                password: PASSWORD.into(),
            };
            app::session::sign_in(&test.app, &origin, ask)
                .await
                .expect("signed in");
        }
    });
}
