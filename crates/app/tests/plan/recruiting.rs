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
        targets::{self, CreateTarget, EditTarget},
    },
    policy::Permission,
    setting,
};
use domain::{access::Role, advocate::AdvocateStatus};
use testkit::TestApp;

use super::{by_industry, certain, pipeline};

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
}
