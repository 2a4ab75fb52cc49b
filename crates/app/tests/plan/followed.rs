//! A node that planned before takes over what did not change, and answers as one that reads everything now.

use app::{
    Actor, App, Clock, Config,
    demo::{self, DemoOptions},
    plan::{
        self, AskPlan, demand,
        gaps::{self, AskGaps, head_count},
        needs::{self, CreateNeed},
    },
    policy::Permission,
    setting,
};
use domain::{
    access::{Role, Scope},
    activity::Activity,
    advocate::AdvocateStatus,
    need::NeedKind,
    opportunity::{DealStage, OpportunityStatus},
    protection::{LockReason, Rules},
    record::{Action, RecordKind},
};
use storage::{NewEvent, account, advocate, opportunity, page::Page};
use testkit::{TestApp, build::id};

const SMALL: DemoOptions = DemoOptions {
    scale: 0.1,
    seed: 7,
};

fn ask() -> AskGaps {
    AskGaps::first()
}

/// Asks the node that planned before, and one that has read nothing yet.
async fn agrees(test: &TestApp, reader: &Actor, after: &str) {
    let config = Config::clone(&test.app.config);
    let clock = Clock::fixed(test.app.clock.now());
    let anew = App::new(test.db.store.clone(), clock, config);
    let counted = AskGaps {
        plan: AskPlan {
            with_goals: true,
            ..ask().plan
        },
        ..ask()
    };
    for ask in [ask(), counted] {
        let followed = gaps::get(&test.app, reader, &ask).await.expect("a plan");
        let read = gaps::get(&anew, reader, &ask).await.expect("a plan");
        assert!(followed.needed > 0.0 && followed.covered > 0.0, "{after}");
        assert_eq!(followed, read, "{after}");
    }
    let plan = ask().plan;
    let followed = demand::get(&test.app, reader, &plan).await.expect("demand");
    assert_eq!(
        followed,
        demand::get(&anew, reader, &plan).await.expect("demand"),
        "{after}"
    );
    let followed = head_count::get(&test.app, reader, &ask(), Some("+20"))
        .await
        .expect("a count");
    let read = head_count::get(&anew, reader, &ask(), Some("+20"))
        .await
        .expect("a count");
    assert_eq!(followed, read, "{after}");
}

testkit::on_both_engines! {
    async fn a_plan_that_follows_changes_is_the_plan_that_reads_everything(db: TestDb) {
        let test = TestApp::on(db).await;
        demo::seed(&test.app, SMALL, |_, _| {}).await.expect("the demo is made");
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        agrees(&test, &team, "the first plan").await;

        let scope = Scope::Everything;
        let page = Page { limit: 20, after: None };
        let open = opportunity::Filter { status: Some(OpportunityStatus::Open), ..Default::default() };
        let deals: Vec<_> = opportunity::list(&test.db.store, &scope, &open, &page).await.expect("a list").items;
        let today = test.app.clock.today();
        for (place, listed) in deals.iter().take(6).enumerate() {
            let mut row = listed.clone();
            match place {
                0 => row.amount_minor = Some(99_000_000),
                1 => row.close_on = Some(today.plus_days(60)),
                2 => row.stage = Some(DealStage::Late),
                3 => (row.status, row.close_on) = (OpportunityStatus::Won, Some(today)),
                4 => row.account_id = None,
                _ => row.created_on = Some(today.plus_days(-200)),
            }
            let mut tx = test.db.begin().await;
            opportunity::save(&tx, &mut row).await.expect("saved");
            tx.record(NewEvent::new(Action::Updated, RecordKind::Opportunity, row.id));
            tx.commit().await.expect("committed");
            agrees(&test, &team, &format!("deal {place} changed")).await;
        }

        let filter = advocate::Filter { status: Some(AdvocateStatus::Active), restricted_visible: true, ..Default::default() };
        let speakers = advocate::list(&test.db.store, &scope, &filter, &page).await.expect("a list").items;
        for (place, listed) in speakers.iter().take(3).enumerate() {
            let mut row = listed.clone();
            match place {
                0 => row.verified_on = Some(today),
                1 => row.verified_on = None,
                _ => row.limit_per_year = Some(1),
            }
            let mut tx = test.db.begin().await;
            advocate::save(&tx, &mut row).await.expect("saved");
            tx.record(NewEvent::new(Action::Updated, RecordKind::Advocate, row.id));
            tx.commit().await.expect("committed");
            agrees(&test, &team, &format!("advocate {place} changed")).await;
        }

        let need = CreateNeed {
            kind: NeedKind::Event,
            title: "Forum".to_owned(),
            activity: Activity::ReferenceCall,
            wanted: Some(3),
            need_on: today.plus_days(40),
            account_id: None,
            terms: None,
            note: None,
        };
        needs::create(&test.app, &team, need, None).await.expect("noted");
        agrees(&test, &team, "a need was noted").await;

        let customer = deals.iter().find_map(|deal| deal.account_id).expect("a deal has an account");
        let lock = account::AccountLock {
            id: id(900),
            account_id: customer,
            reason: LockReason::OpenEscalation,
            note: None,
            from_on: today,
            until_on: None,
            locked_by: None,
            lifted_at: None,
            is_by_rule: false,
        };
        let mut tx = test.db.begin().await;
        account::insert_locks(&tx, vec![lock]).await.expect("written");
        tx.record(NewEvent::new(Action::Locked, RecordKind::Lock, id::<uuid::Uuid>(900)).link(RecordKind::Account, customer));
        tx.commit().await.expect("committed");
        plan::solve_ahead(&test.app).await.expect("solved");
        agrees(&test, &team, "a customer was locked").await;

        let kept = setting::read::<Rules>(&test.db.store).await.expect("read");
        let rules = Rules { rest_days: kept.value.rest_days + 30, ..kept.value };
        setting::write(&test.app, &Actor::operator(), Permission::SettingEdit, &rules, kept.version).await.expect("written");
        agrees(&test, &team, "the rules changed").await;

        test.app.clock.set(test.app.clock.now().plus_days(1));
        agrees(&test, &team, "a day went by").await;
    }
}
