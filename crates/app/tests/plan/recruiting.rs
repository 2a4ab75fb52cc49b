//! Recruiting as planning sees it: how many would be asked at all.

use app::{
    Error,
    plan::{
        AskPlan,
        gaps::{AskGaps, head_count},
    },
    policy::Permission,
    setting,
};
use domain::access::Role;
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
}
