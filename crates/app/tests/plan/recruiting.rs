//! Recruiting as planning sees it: how many would be asked at all, and the targets that follow.

use app::{
    Error,
    advocate::{
        self,
        edit::{self, MoveAdvocate},
        nominate::{self, Nominate},
    },
    inbox::{self, ListNotices},
    plan::{
        AskPlan,
        assume::PlanAssumptions,
        gaps::{self, AskGaps, head_count},
        targets::{self, CreateTarget, EditTarget, SendAsks},
        verification::{self, VerificationRound},
    },
    policy::Permission,
    setting, trash,
};
use domain::{access::Role, activity::Activity, advocate::AdvocateStatus, record::RecordKind};
use storage::{account, contact};
use testkit::{TestApp, build, build::id, day};

use super::{by_industry, certain, pipeline, tagged};

testkit::on_both_engines! {
    async fn a_head_count_is_held_against_what_demand_would_ask_of_new_references(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sal Seller", &[Role::Seller]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let found = head_count::get(&test.app, &team, &by_industry(), Some("+100")).await.expect("weighed");
        // Two deals ask, the one advocate serves one of them: the other would ask one of the hundred.
        assert_eq!((found.asked_at_most, found.enough), (1, 1));
        let goal = found.goal.expect("weighed");
        assert_eq!((goal.new_references, goal.base, goal.share), (100, None, Some(0.01)));
        let [healthcare] = found.profiles.as_slice() else { panic!("{:?}", found.profiles) };
        assert_eq!((healthcare.missing, healthcare.asks_of_next, healthcare.is_in_demand), (1.0, 1.0, true));
        let rarely = AskGaps { plan: AskPlan { need_rate: Some(0.6), ..by_industry().plan }, ..by_industry() };
        let found = head_count::get(&test.app, &team, &rarely, None).await.expect("weighed");
        // Two deals ask with 60 %: after the advocate's one use a fifth of a reference is missing.
        assert_eq!((found.profiles[0].asks_of_next, found.profiles[0].is_in_demand), (0.2, false));
        assert_eq!((found.asked_at_most, found.enough, found.goal), (0, 0, None));
        // The one advocate speaks for one of the customers: half as many again is one more.
        let growth = head_count::get(&test.app, &team, &by_industry(), Some("+50 %")).await.expect("weighed");
        let growth = growth.goal.expect("weighed");
        assert_eq!((growth.new_references, growth.base, growth.speaking, growth.share), (1, Some(1), None, Some(1.0)));
        let share = head_count::get(&test.app, &team, &by_industry(), Some("1 %")).await.expect("weighed");
        let share = share.goal.expect("weighed");
        assert_eq!((share.new_references, share.speaking, share.share), (0, Some(1), None));
        let nonsense = head_count::get(&test.app, &team, &rarely, Some("lots")).await;
        assert!(matches!(nonsense, Err(Error::Invalid(problems)) if problems[0].field == "goal"));
        assert!(matches!(head_count::get(&test.app, &seller, &rarely, None).await, Err(Error::Forbidden)));
    }

    async fn a_target_made_from_a_gap_counts_its_nominees_and_says_how_many_it_still_needs(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sal Seller", &[Role::Seller]).await;
        pipeline(&test).await;
        let assumed = PlanAssumptions { yield_rate: 0.5, ..certain() };
        setting::write(&test.app, &team, Permission::PlanEdit, &assumed, 0).await.expect("written");
        let found = gaps::get(&test.app, &team, &by_industry()).await.expect("read");
        let gap = &found.recruits[0];
        let ask = || CreateTarget {
            facets: vec!["industry".to_owned()],
            segment: gap.key.clone(),
            broad: false,
            window_ends: Vec::new(),
            activity: None,
            wanted: 2,
            start_by: None,
            note: Some(" Hospitals first ".to_owned()),
        };
        let made = targets::create(&test.app, &team, ask(), None).await.expect("made");
        // One reference is missing: the second advocate brings nothing more.
        assert_eq!((&made.labels, &made.worth, made.start_by), (&gap.labels, &gap.worth, gap.start_by));
        assert_eq!((made.note.as_deref(), made.created_by.as_str()), (Some("Hospitals first"), "Pat Program"));
        assert_eq!((made.progress.nominations_needed, made.progress.expected), (Some(4), 0.0));
        let again = targets::create(&test.app, &team, ask(), None).await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        assert!(matches!(targets::create(&test.app, &seller, ask(), None).await, Err(Error::Forbidden)));
        let unknown = CreateTarget { segment: "nothing".to_owned(), ..ask() };
        assert!(matches!(targets::create(&test.app, &team, unknown, None).await, Err(Error::Invalid(problems)) if problems[0].field == "segment"));
        let nobody = CreateTarget { wanted: 0, ..ask() };
        assert!(matches!(targets::create(&test.app, &team, nobody, None).await, Err(Error::Invalid(problems)) if problems[0].field == "wanted"));

        let nomination = |name: &str| Nominate {
            account_name: Some("New customer".to_owned()),
            name: name.to_owned(),
            target_id: Some(made.id),
            ..Nominate::default()
        };
        let nominee = nominate::nominate(&test.app, &seller, nomination("Nia New"), None).await.expect("nominated");
        let seen = targets::list(&test.app, &seller).await.expect("read");
        assert_eq!(seen.targets[0].progress.under_way, 1);
        assert!(seen.targets[0].nominees.is_empty(), "who does not plan sees counts alone");
        let told = targets::get(&test.app, &team, made.id).await.expect("read");
        assert_eq!((told.progress.expected, told.progress.nominations_needed), (0.5, Some(3)));
        assert_eq!((told.nominees[0].advocate_id, told.nominees[0].display_name.as_deref()), (nominee, Some("Nia New")));

        // The nominator hears how it ended.
        let row = advocate::get(&test.app, &team, nominee).await.expect("read");
        let out = MoveAdvocate { to: AdvocateStatus::Declined, reason: Some("No time".to_owned()) };
        edit::move_to(&test.app, &team, nominee, row.version, out).await.expect("moved");
        let notices = inbox::list(&test.app, &seller, ListNotices::default()).await.expect("read");
        assert!(notices.page.items.iter().any(|one| one.title == "Nia New will not join the program"), "{notices:?}");

        let closing = EditTarget { close_reason: Some("Enough for now".to_owned()), ..EditTarget::default() };
        let closed = targets::edit(&test.app, &team, made.id, made.version, closing.clone()).await.expect("closed");
        assert!(closed.closed_at.is_some());
        let late = nominate::nominate(&test.app, &seller, nomination("Late Lou"), None).await;
        assert!(matches!(late, Err(Error::Invalid(problems)) if problems[0].field == "target_id"));
        let stale = targets::edit(&test.app, &team, made.id, made.version, closing).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        targets::create(&test.app, &team, ask(), None).await.expect("the other one is closed");
    }

    async fn owners_are_asked_about_their_best_customers_once_and_under_a_weekly_limit(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sal Seller", &[Role::Seller]).await;
        let ona = test.colleague(3, "Ona Owner", &[Role::Owner]).await;
        let oli = test.colleague(4, "Oli Owner", &[Role::Owner]).await;
        pipeline(&test).await;
        let tx = test.db.begin().await;
        let customer = |number: u64, owner: Option<u64>, health: i64| account::Account {
            health: Some(health),
            customer_since: Some(day("2025-06-01")),
            owner_id: owner.map(id),
            ..build::account(number, &format!("Customer {number}"))
        };
        for row in [customer(11, Some(3), 90), customer(12, Some(3), 80), customer(13, Some(3), 70), customer(14, Some(4), 60), customer(15, None, 50)] {
            account::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        tagged(&test, RecordKind::Account, &[11, 12, 13, 14, 15], "Healthcare").await;
        let assumed = PlanAssumptions { yield_rate: 0.5, asks_per_week: 2, ..certain() };
        setting::write(&test.app, &team, Permission::PlanEdit, &assumed, 0).await.expect("written");
        let found = gaps::get(&test.app, &team, &by_industry()).await.expect("read");
        let ask = CreateTarget {
            facets: vec!["industry".to_owned()],
            segment: found.recruits[0].key.clone(),
            broad: false,
            window_ends: Vec::new(),
            activity: None,
            wanted: 2,
            start_by: None,
            note: Some("Hospitals first".to_owned()),
        };
        let target = targets::create(&test.app, &team, ask, None).await.expect("made");
        let told = |asks: &targets::TargetAsks| -> Vec<(String, Vec<String>)> {
            let names = |round: &targets::OwnerRound| round.accounts.iter().map(|one| one.name.clone()).collect();
            asks.next.iter().map(|round| (round.owner.name.clone(), names(round))).collect()
        };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let before = targets::asks(&test.app, &team, target.id).await.expect("read");
        assert_eq!(told(&before), [
            ("Ona Owner".to_owned(), names(&["Customer 11", "Customer 12"])),
            ("Oli Owner".to_owned(), names(&["Customer 14"])),
        ]);
        assert_eq!((before.held_back, before.without_owner, before.sent.len()), (1, 1, 0));
        assert!(matches!(targets::send(&test.app, &ona, target.id, SendAsks::default(), None).await, Err(Error::Forbidden)));
        let nobody = targets::send(&test.app, &team, target.id, SendAsks { most: Some(0) }, None).await;
        assert!(matches!(nobody, Err(Error::Invalid(problems)) if problems[0].field == "most"));

        let sent = targets::send(&test.app, &team, target.id, SendAsks::default(), None).await.expect("sent");
        assert_eq!((sent.sent.len(), sent.next.len(), sent.held_back), (3, 0, 1), "{sent:?}");
        let inbox = inbox::list(&test.app, &ona, ListNotices::default()).await.expect("read").page.items;
        let notice = inbox.iter().find(|one| one.title == "Who could speak for Healthcare?").expect("told");
        assert_eq!(notice.body, "Customer 11, Customer 12: nominate somebody there who would give references. Hospitals first");
        let own = targets::asks(&test.app, &oli, target.id).await.expect("read");
        let seen: Vec<_> = own.sent.iter().map(|one| one.account.name.as_str()).collect();
        assert_eq!((seen, own.next.len()), (vec!["Customer 14"], 0), "an owner sees what they were asked");
        assert!(targets::asks(&test.app, &seller, target.id).await.expect("read").sent.is_empty());
        let again = targets::send(&test.app, &team, target.id, SendAsks::default(), None).await;
        assert!(matches!(&again, Err(Error::Conflict(why)) if why.contains("Nobody can be asked now")), "{again:?}");

        // A nomination answers the ask; a week later the customer who was held back has its turn.
        let nomination = Nominate { account_id: Some(id(14)), name: "Nia New".to_owned(), target_id: Some(target.id), ..Nominate::default() };
        nominate::nominate(&test.app, &oli, nomination, None).await.expect("nominated");
        test.app.clock.set(test.app.clock.now().plus_days(8));
        let later = targets::asks(&test.app, &team, target.id).await.expect("read");
        assert_eq!(told(&later), [("Ona Owner".to_owned(), names(&["Customer 13"]))]);
        let answered: Vec<_> = later.sent.iter().filter(|one| one.nominated == 1).map(|one| one.account.name.as_str()).collect();
        assert_eq!(answered, ["Customer 14"]);

        let closing = EditTarget { close_reason: Some("Enough".to_owned()), ..EditTarget::default() };
        let version = targets::get(&test.app, &team, target.id).await.expect("read").version;
        targets::edit(&test.app, &team, target.id, version, closing).await.expect("closed");
        assert!(targets::asks(&test.app, &team, target.id).await.expect("read").next.is_empty());
        assert!(matches!(targets::send(&test.app, &team, target.id, SendAsks::default(), None).await, Err(Error::Conflict(_))));
    }

    async fn two_rounds_at_one_instant_keep_the_weekly_limit_and_what_was_asked_goes_to_the_trash_and_back(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        test.colleague(3, "Ona Owner", &[Role::Owner]).await;
        pipeline(&test).await;
        let tx = test.db.begin().await;
        for number in 11..=16 {
            let row = account::Account {
                customer_since: Some(day("2025-06-01")),
                owner_id: Some(id(3)),
                ..build::account(number, &format!("Customer {number}"))
            };
            account::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        tagged(&test, RecordKind::Account, &[11, 12, 13, 14, 15, 16], "Healthcare").await;
        let assumed = PlanAssumptions { yield_rate: 0.5, asks_per_week: 3, ..certain() };
        setting::write(&test.app, &team, Permission::PlanEdit, &assumed, 0).await.expect("written");
        let segment = gaps::get(&test.app, &team, &by_industry()).await.expect("read").recruits[0].key.clone();
        let target = async |activity| {
            let ask = CreateTarget {
                facets: vec!["industry".to_owned()],
                segment: segment.clone(),
                broad: false,
                window_ends: Vec::new(),
                activity: Some(activity),
                wanted: 2,
                start_by: None,
                note: None,
            };
            targets::create(&test.app, &team, ask, None).await.expect("made").id
        };
        let (calls, quotes) = (target(Activity::ReferenceCall).await, target(Activity::Quote).await);
        let send = async |id| targets::send(&test.app, &team, id, SendAsks::default(), None).await;
        let _ = tokio::join!(send(calls), send(quotes));
        let sent = async |id| targets::asks(&test.app, &team, id).await.expect("read").sent;
        let mut asked: Vec<_> = sent(calls).await.into_iter().chain(sent(quotes).await).map(|one| one.account.name).collect();
        asked.sort_unstable();
        assert_eq!(asked.len(), 3, "{asked:?}");
        asked.dedup();
        assert_eq!(asked.len(), 3, "nobody is asked twice about one customer");

        let number: u64 = asked[0].trim_start_matches("Customer ").parse().expect("a number");
        let version = account::by_ids(&test.db.store, vec![id(number)]).await.expect("read")[&id(number)].version;
        let entry = trash::delete(&test.app, &team, RecordKind::Account, id(number), version).await.expect("in the trash");
        assert_eq!(sent(calls).await.len() + sent(quotes).await.len(), 2);
        trash::restore(&test.app, &team, entry.id).await.expect("restored");
        assert_eq!(sent(calls).await.len() + sent(quotes).await.len(), 3);
    }

    async fn a_verification_round_tells_each_owner_once_about_profiles_that_the_plan_leaves_out(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let ona = test.colleague(3, "Ona Owner", &[Role::Owner]).await;
        let tx = test.db.begin().await;
        for (number, owner) in [(1, Some(3)), (2, Some(3)), (3, Some(3)), (4, None)] {
            let row = account::Account { owner_id: owner.map(id), ..build::account(number, &format!("Customer {number}")) };
            account::insert(&tx, row).await.expect("written");
            contact::insert_all(&tx, vec![build::contact(number, &format!("Cy {number}"), id(number))]).await.expect("written");
            let verified_on = (number == 3).then(|| day("2026-02-01"));
            storage::advocate::insert_all(&tx, vec![storage::advocate::Advocate { verified_on, ..build::advocate(number, id(number)) }]).await.expect("written");
        }
        tx.commit().await.expect("committed");
        assert!(matches!(verification::start(&test.app, &ona).await, Err(Error::Forbidden)));
        let round = verification::start(&test.app, &team).await.expect("started");
        assert_eq!(round, VerificationRound { profiles: 2, owners: 1, without_owner: 1, ..VerificationRound::default() });
        let inbox = inbox::list(&test.app, &ona, ListNotices::default()).await.expect("read").page.items;
        let titles: Vec<_> = inbox.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["2 of your advocates wait to be verified"]);
        // It leads to the owner's own ones, not to everybody's nominees who were never verified.
        assert!(inbox[0].link.starts_with("/advocates?status=active&sort=verified&filter=%7B%22all%22%3A%5B%7B%22field%22%3A%22owner%22"), "{}", inbox[0].link);
        let again = verification::start(&test.app, &team).await.expect("started");
        assert_eq!(again, VerificationRound { waiting: 2, without_owner: 1, ..VerificationRound::default() });
        test.app.clock.set(test.app.clock.now().plus_days(15));
        let later = verification::start(&test.app, &team).await.expect("started");
        assert_eq!((later.profiles, later.waiting), (2, 0), "two weeks later nobody has looked");
    }
}
