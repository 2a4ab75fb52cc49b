//! Planning through its door: who may, what is kept, and that the numbers add up.

use app::{
    Error,
    plan::{
        AskPlan,
        assume::PlanAssumptions,
        demand,
        gaps::{self, AskGaps},
        suggest,
    },
    policy::Permission,
    setting,
};
use domain::{
    access::Role,
    activity::Activity,
    consent::{ConsentKind, ConsentSource},
    opportunity::{DealStage, OpportunityStatus},
    record::{Action, RecordKind},
    request::RequestStatus,
};
use storage::{
    NewEvent, Tx, account, advocate, consent, contact,
    opportunity::{self, Opportunity},
    request::Request,
    tag::Tag,
};
use testkit::{FIRST_PAGE, NOW, TestApp, build, build::id, day};

#[path = "plan/accuracy.rs"]
mod accuracy;
#[path = "plan/calculator.rs"]
mod calculator;
#[path = "plan/candidates.rs"]
mod candidates;
#[path = "plan/followed.rs"]
mod followed;
#[path = "plan/goals.rs"]
mod goals;
#[path = "plan/needs.rs"]
mod needs;
#[path = "plan/needs_calendar.rs"]
mod needs_calendar;
#[path = "plan/recruiting.rs"]
mod recruiting;
#[path = "plan/what_if.rs"]
mod what_if;

/// Tells the event log of records that a test writes past the program: what plans stand on follows the log.
fn noted(tx: &mut Tx, kind: RecordKind, records: impl IntoIterator<Item = u64>) {
    for number in records {
        tx.record(NewEvent::new(
            Action::Imported,
            kind,
            id::<uuid::Uuid>(number),
        ));
    }
}

/// Adds a term of the industry facet and tags a record with it.
async fn tagged(test: &TestApp, kind: RecordKind, records: &[u64], name: &str) {
    let facets = storage::term::facets(&test.db.store).await.expect("facets");
    let facet = facets
        .iter()
        .find(|facet| facet.facet_key == "industry")
        .expect("industry")
        .id;
    let terms = storage::term::terms(&test.db.store).await.expect("terms");
    let term = terms
        .iter()
        .find(|term| term.facet_id == facet && term.name == name)
        .expect("a term of the starting taxonomy");
    let rows = records.iter().map(|number| Tag {
        record_kind: kind,
        record_id: id::<uuid::Uuid>(*number),
        facet_id: facet,
        folded: term.name_folded.clone(),
        written: term.name.clone(),
        term_id: Some(term.id),
    });
    let mut tx = test.db.begin().await;
    noted(&mut tx, kind, records.iter().copied());
    storage::tag::insert_all(&tx, rows.collect())
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

/// Two open deals in healthcare and one nobody can place; one verified advocate in healthcare.
async fn pipeline(test: &TestApp) {
    let tx = test.db.begin().await;
    account::insert(&tx, build::account(1, "Clinic"))
        .await
        .expect("written");
    account::insert(&tx, build::account(2, "Prospect"))
        .await
        .expect("written");
    contact::insert_all(&tx, vec![build::contact(1, "Cy Young", id(1))])
        .await
        .expect("written");
    let speaker = advocate::Advocate {
        verified_on: Some(day("2026-02-01")),
        ..build::advocate(1, id(1))
    };
    advocate::insert_all(&tx, vec![speaker])
        .await
        .expect("written");
    let willing = advocate::Willingness {
        advocate_id: id(1),
        activity: Activity::ReferenceCall,
        limit_per_year: None,
    };
    advocate::insert_willingness(&tx, vec![willing])
        .await
        .expect("written");
    let consent = consent::Consent {
        id: id(1),
        advocate_id: id(1),
        kind: ConsentKind::Given,
        activity: None,
        source: ConsentSource::Mail,
        text_version: "1".to_owned(),
        valid_from: day("2026-01-01"),
        valid_until: None,
        recorded_by: None,
        recorded_at: NOW,
        agrees_ahead: false,
        channel: None,
        region_id: None,
    };
    consent::insert_all(&tx, vec![consent])
        .await
        .expect("written");
    let open = |number: u64, account: Option<u64>, dollars: i64, close: &str| Opportunity {
        account_id: account.map(id),
        amount_minor: Some(dollars * 100),
        stage: Some(DealStage::Middle),
        status: OpportunityStatus::Open,
        ..build::closed(number, id(1), OpportunityStatus::Won, close)
    };
    let deals = vec![
        open(1, Some(2), 1_000, "2026-04-20"),
        open(2, Some(2), 400, "2026-04-25"),
        open(3, None, 70, "2026-04-25"),
    ];
    opportunity::insert_all(&tx, deals).await.expect("written");
    tx.commit().await.expect("committed");
    tagged(test, RecordKind::Account, &[1, 2], "Healthcare").await;
}

/// Every deal asks for exactly one reference, and every advocate accepts.
fn certain() -> PlanAssumptions {
    PlanAssumptions {
        need_rate: 1.0,
        references: 1.0,
        acceptance_rate: 1.0,
        ..PlanAssumptions::default()
    }
}

fn by_industry() -> AskGaps {
    AskGaps {
        plan: AskPlan {
            facets: vec!["industry".to_owned()],
            ..AskPlan::default()
        },
        ..AskGaps::default()
    }
}

testkit::on_both_engines! {
    async fn the_one_use_that_is_left_covers_the_deal_worth_most_and_the_next_recruit_the_other(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let found = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps");
        // Both deals need their call within 30 days, and the account gives one a quarter.
        assert_eq!((found.accounts, found.advocates, found.unverified), (1, 1, 0));
        assert_eq!((found.money_needed.as_str(), found.money_covered.as_str()), ("1470.00", "1000.00"));
        let [healthcare, unknown] = found.segments.as_slice() else { panic!("{found:?}") };
        assert_eq!((healthcare.labels.join(""), healthcare.money_at_risk.as_str()), ("Healthcare".to_owned(), "400.00"));
        assert_eq!((healthcare.covered, healthcare.accounts, healthcare.most_used_share), (1.0, 1, Some(1.0)));
        // Close on 25 April, minus 45 days.
        assert_eq!(healthcare.stock_out_on, Some(day("2026-03-11")));
        assert!(unknown.is_unknown && unknown.money_at_risk == "70.00");
        let [recruit] = found.recruits.as_slice() else { panic!("{:?}", found.recruits) };
        assert_eq!((recruit.labels.join(""), recruit.worth.as_str()), ("Healthcare".to_owned(), "400.00"));
        assert_eq!(recruit.start_by, Some(day("2026-01-10")));
    }

    async fn an_ask_that_nobody_serves_and_a_search_in_vain_are_demand_once(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        let plan = by_industry().plan;
        let unasked = demand::get(&test.app, &team, &plan).await.expect("demand");
        assert_eq!((unasked.observed, unasked.observed_deals), (0.0, 0));
        let mut tx = test.db.begin().await;
        noted(&mut tx, RecordKind::Opportunity, 1..=3);
        let unfilled = Request {
            opportunity_id: Some(id(1)),
            wanted: 3,
            status: RequestStatus::Unfilled,
            ..build::request(1, id(1))
        };
        let withdrawn = Request { opportunity_id: Some(id(3)), status: RequestStatus::Withdrawn, ..build::request(2, id(1)) };
        for row in [unfilled, withdrawn] {
            storage::request::insert(&tx, row).await.expect("written");
        }
        let search = storage::unmet_search::UnmetSearch {
            id: id(1),
            user_id: Some(id(1)),
            opportunity_id: Some(id(2)),
            criteria: "{}".to_owned(),
            amount_minor: None,
            currency: None,
            at: NOW,
        };
        storage::unmet_search::insert(&tx, search).await.expect("written");
        tx.commit().await.expect("committed");
        let told = demand::get(&test.app, &team, &plan).await.expect("demand");
        // Three of the request, two of the deal that was searched for; the third deal may ask for two.
        assert_eq!((told.observed, told.observed_deals, told.deals), (5.0, 2, 3));
        assert!((told.expected - (5.0 + 0.7 * 2.0)).abs() < 1e-9, "{}", told.expected);
        assert_eq!(told.money, unasked.money);
        let found = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps");
        let opened = gaps::detail::get(&test.app, &team, &by_industry(), &found.segments[0].key).await.expect("opened");
        assert!(opened.deals.iter().all(|deal| deal.is_observed), "{:?}", opened.deals);
        assert!((found.needed - told.expected).abs() < 0.01, "{}", found.needed);
    }

    async fn behind_a_gap_stand_its_deals_and_the_accounts_that_fit(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let found = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps");
        let key = &found.segments[0].key;
        let opened = gaps::detail::get(&test.app, &team, &by_industry(), key).await.expect("opened");
        assert_eq!((&opened.segment, opened.recruit.as_ref(), opened.deal_count), (&found.segments[0], found.recruits.first(), 2));
        let deals: Vec<_> = opened.deals.iter().map(|deal| (deal.money.as_deref(), deal.covered, deal.money_at_risk.as_str())).collect();
        // The dearer deal takes the one call; the other is what is missing, and stands first.
        assert_eq!(deals, [(Some("400.00"), 0.0, "400.00"), (Some("1000.00"), 1.0, "0.00")]);
        let [account] = opened.accounts.as_slice() else { panic!("{:?}", opened.accounts) };
        assert_eq!(account.account.as_ref().map(|account| account.name.as_str()), Some("Clinic"));
        assert_eq!((account.advocates, account.gives_here, account.gives_elsewhere), (1, 1.0, 0.0));
        let named: Vec<_> = account.people.iter().map(|one| (one.advocate_id, one.display_name.as_str())).collect();
        assert_eq!(named, [(id(1), "Cy Young")]);
        let whole = gaps::detail::get(&test.app, &team, &by_industry(), gaps::detail::ALL_KEY).await.expect("opened");
        assert_eq!((whole.deal_count, &whole.segment.money_at_risk, whole.segment.most_used_share), (3, &found.money_at_risk, Some(1.0)));
        assert_eq!((whole.accounts.as_slice(), whole.segment.accounts), (opened.accounts.as_slice(), found.accounts));
        let unknown = gaps::detail::get(&test.app, &team, &by_industry(), "~unknown").await.expect("opened");
        assert_eq!((unknown.deal_count, unknown.accounts.len()), (1, 0));
        assert!(matches!(gaps::detail::get(&test.app, &team, &by_industry(), "nothing").await, Err(Error::NotFound)));
        // A seller opens the gap of own deals alone.
        let other = test.colleague(2, "Sue Seller", &[Role::Seller]).await;
        assert!(matches!(gaps::detail::get(&test.app, &other, &by_industry(), key).await, Err(Error::NotFound)));
    }

    async fn an_owner_sees_what_own_customers_are_planned_for_and_nothing_of_the_deals(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let owner = test.colleague(2, "Olive Owner", &[Role::Owner]).await;
        let other = test.colleague(3, "Otto Owner", &[Role::Owner]).await;
        let seller = test.colleague(4, "Sal Seller", &[Role::Seller]).await;
        pipeline(&test).await;
        let mut clinic = account::by_ids(&test.db.store, vec![id(1)]).await.expect("read").remove(&id(1)).expect("it exists");
        clinic.owner_id = Some(id(2));
        let mut tx = test.db.begin().await;
        noted(&mut tx, RecordKind::Account, [1]);
        account::save(&tx, &mut clinic).await.expect("saved");
        tx.commit().await.expect("committed");
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let own = async |actor| gaps::customers::get(&test.app, actor, &by_industry()).await;
        assert_eq!(gaps::get(&test.app, &owner, &by_industry()).await.expect("gaps").demand.deals, 0);
        let found = own(&owner).await.expect("found");
        // Two calls in 120 days, of which both deals need theirs in the first quarter.
        assert_eq!((found.count, found.gives, found.planned, found.unverified), (1, 2.0, 1.0, 0));
        let [customer] = found.customers.as_slice() else { panic!("{found:?}") };
        assert_eq!((customer.account.name.as_str(), customer.people[0].display_name.as_str()), ("Clinic", "Cy Young"));
        assert_eq!((customer.segments[0].labels.join(""), customer.segments[0].references), ("Healthcare".to_owned(), 1.0));
        assert_eq!(own(&team).await.expect("found").customers, found.customers);
        assert_eq!(own(&other).await.expect("found").count, 0);
        assert!(matches!(own(&seller).await, Err(Error::Forbidden)));
        let strict = PlanAssumptions { verified_days: 10, ..certain() };
        setting::write(&test.app, &team, Permission::PlanEdit, &strict, 1).await.expect("written");
        let stale = own(&owner).await.expect("found");
        assert_eq!((stale.gives, stale.unverified, stale.customers[0].unverified_people[0].advocate_id), (0.0, 1, id(1)));
    }

    async fn cut_broadly_a_hospital_counts_as_healthcare_and_who_speaks_for_either_covers_it(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        tagged(&test, RecordKind::Opportunity, &[3], "Hospitals").await;
        let segments = async |is_broad: bool| {
            let ask = AskGaps { plan: AskPlan { is_broad, ..by_industry().plan }, ..by_industry() };
            let found = gaps::get(&test.app, &team, &ask).await.expect("gaps");
            let mut named: Vec<_> = found.segments.iter().map(|one| (one.labels.join(""), one.accounts)).collect();
            named.sort_unstable();
            named
        };
        assert_eq!(segments(false).await, [("Healthcare".to_owned(), 1), ("Hospitals".to_owned(), 0)]);
        assert_eq!(segments(true).await, [("Healthcare".to_owned(), 1)]);
    }

    async fn a_profile_that_was_not_verified_lately_is_no_supply_unless_asked_for(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        let strict = PlanAssumptions { verified_days: 10, ..certain() };
        setting::write(&test.app, &team, Permission::PlanEdit, &strict, 0).await.expect("written");
        let without = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps");
        assert_eq!((without.accounts, without.unverified, without.money_covered.as_str()), (0, 1, "0.00"));
        let opened = gaps::detail::get(&test.app, &team, &by_industry(), &without.segments[0].key).await.expect("opened");
        assert_eq!((opened.accounts.len(), opened.unverified), (0, 1));
        assert_eq!(opened.unverified_people.iter().map(|one| one.advocate_id).collect::<Vec<_>>(), [id(1)]);
        let with = gaps::get(&test.app, &team, &AskGaps { with_unverified: true, ..by_industry() }).await.expect("gaps");
        assert_eq!((with.accounts, with.money_covered.as_str()), (1, "1000.00"));
    }

    async fn a_seller_sees_the_demand_of_own_deals_and_an_admin_none(db: TestDb) {
        let test = TestApp::on(db).await;
        let owner = test.colleague(1, "Sal Seller", &[Role::Seller]).await;
        let other = test.colleague(2, "Sue Seller", &[Role::Seller]).await;
        let admin = test.colleague(3, "Ad Min", &[Role::Admin]).await;
        pipeline(&test).await;
        let plan = by_industry().plan;
        let own = demand::get(&test.app, &owner, &plan).await.expect("demand");
        assert_eq!((own.deals, own.money.as_str()), (3, "1470.00"));
        assert_eq!(demand::get(&test.app, &other, &plan).await.expect("demand").deals, 0);
        assert!(matches!(demand::get(&test.app, &admin, &plan).await, Err(Error::Forbidden)));
        // Who has closed nothing takes what everybody's deals told: the same deal asks as much whoever looks.
        let mut tx = test.db.begin().await;
        noted(&mut tx, RecordKind::Opportunity, 100..130);
        let closed = (100..130).map(|number| Opportunity {
            stage: Some(DealStage::Middle),
            ..build::closed(number, id(1), OpportunityStatus::Won, "2026-01-15")
        });
        opportunity::insert_all(&tx, closed.collect()).await.expect("written");
        tx.commit().await.expect("committed");
        let told = async |actor| demand::get(&test.app, actor, &plan).await.expect("demand");
        let (own, others) = (told(&owner).await, told(&other).await);
        assert_eq!((own.deals, others.deals, own.reach_rate.n), (3, 0, 30));
        assert_eq!((own.need_rate, own.reach_rate, own.miss), (others.need_rate, others.reach_rate, others.miss));
        let listed = demand::deals(&test.app, &owner, &plan, Some("~unknown"), &FIRST_PAGE).await.expect("deals");
        assert_eq!(listed.items.iter().map(|deal| deal.money.as_deref()).collect::<Vec<_>>(), [Some("70.00")]);
        let refused = demand::get(&test.app, &owner, &AskPlan { facets: vec!["shoe_size".to_owned()], ..plan }).await;
        assert!(matches!(refused, Err(Error::Invalid(problems)) if problems[0].field == "facets"));
    }

    async fn inputs_are_suggested_from_the_records_with_the_size_of_the_sample(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sal Seller", &[Role::Seller]).await;
        let nothing = suggest::inputs(&test.app, &team).await.expect("read");
        assert_eq!((nothing.sellers, nothing.deal_size, nothing.win_rate), (1, None, None));
        let mut tx = test.db.begin().await;
        noted(&mut tx, RecordKind::Opportunity, 1..=5);
        let deals = [(1, OpportunityStatus::Won, 100), (2, OpportunityStatus::Won, 300), (3, OpportunityStatus::Lost, 900), (4, OpportunityStatus::Lost, 900)];
        let closed = |(number, status, dollars): (u64, OpportunityStatus, i64)| Opportunity {
            amount_minor: Some(dollars * 100),
            ..build::closed(number, id(1), status, "2026-01-15")
        };
        // Won longer than a year ago: what deals were worth then says little about now.
        let old = Opportunity { amount_minor: Some(99_999_900), ..build::closed(5, id(1), OpportunityStatus::Won, "2024-12-01") };
        opportunity::insert_all(&tx, deals.into_iter().map(closed).chain([old]).collect()).await.expect("written");
        tx.commit().await.expect("committed");
        let inputs = suggest::inputs(&test.app, &team).await.expect("read");
        assert_eq!((inputs.deal_size.as_deref(), inputs.deal_size_n), (Some("200.00"), 2));
        assert_eq!(inputs.win_rate.map(|rate| (rate.rate, rate.n)), Some((0.5, 4)));
        // A seller learns from own deals alone, and has none.
        assert_eq!(suggest::inputs(&test.app, &seller).await.expect("read").deal_size_n, 0);
    }
}
