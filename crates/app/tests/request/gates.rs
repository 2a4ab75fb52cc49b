//! An activity that is for some deals only: the ask is refused with the reason, and the program goes
//! past it with one that is listed for review.

use app::{
    Actor, Error, load,
    opportunity::edit::{self, EditOpportunity},
    policy::Permission,
    request::{
        outlook::{self, AskOutlook, Outlook},
        submit::{self, SubmitRequest},
    },
    setting,
};
use domain::{
    activity::{Activity, ActivityRules},
    opportunity::DealStage,
    protection::Rules,
};
use testkit::{build::id, day};

use crate::world::{DEAL, NEED_BY, World};

impl World {
    async fn gate(&self, stage_min: Option<DealStage>, amount_min: Option<i64>) {
        let app = &self.test.app;
        let current = setting::read::<Rules>(&app.store).await.expect("the rules");
        let mut rules = current.value;
        rules.activities.set(ActivityRules {
            stage_min,
            amount_min,
            ..*rules.activities.of(Activity::ReferenceCall)
        });
        let operator = Actor::operator();
        setting::write(
            app,
            &operator,
            Permission::SettingEdit,
            &rules,
            current.version,
        )
        .await
        .expect("written");
    }

    async fn facts(&self, stage: Option<DealStage>, amount_minor: i64, currency: &str) {
        let tx = self.test.db.begin().await;
        let mut deal = storage::opportunity::by_ids(&tx, vec![id(DEAL)])
            .await
            .expect("read")
            .remove(&id(DEAL))
            .expect("the deal");
        deal.stage = stage;
        deal.amount_minor = Some(amount_minor);
        deal.currency = Some(currency.parse().expect("a currency"));
        storage::opportunity::save(&tx, &mut deal)
            .await
            .expect("saved");
        tx.commit().await.expect("committed");
    }

    /// The budget gate of the calls, and what is known of the deal's budget.
    async fn budget(&self, needs_budget: bool, is_confirmed: bool) {
        let app = &self.test.app;
        let current = setting::read::<Rules>(&app.store).await.expect("the rules");
        let mut rules = current.value;
        rules.activities.set(ActivityRules {
            needs_budget,
            ..*rules.activities.of(Activity::ReferenceCall)
        });
        let (operator, may) = (Actor::operator(), Permission::SettingEdit);
        setting::write(app, &operator, may, &rules, current.version)
            .await
            .expect("written");
        let deal = app::opportunity::get(app, &self.seller, id(DEAL))
            .await
            .expect("the deal");
        let said = EditOpportunity {
            is_budget_confirmed: Some(is_confirmed),
            ..EditOpportunity::default()
        };
        let said = edit::edit(app, &self.seller, id(DEAL), deal.version, said).await;
        assert_eq!(said.expect("changed").is_budget_confirmed, is_confirmed);
    }

    async fn gates(&self, actor: &Actor) -> Outlook {
        let ask = AskOutlook {
            opportunity: Some(id(DEAL)),
            activity: Activity::ReferenceCall,
            need_by: day(NEED_BY),
            advocate: None,
        };
        outlook::outlook(&self.test.app, actor, ask)
            .await
            .expect("an outlook")
    }

    async fn ask_because(&self, actor: &Actor, reason: Option<&str>) -> Result<(), Error> {
        let ask = SubmitRequest {
            override_reason: reason.map(str::to_owned),
            ..self.ask(1)
        };
        submit::submit(&self.test.app, actor, ask, None)
            .await
            .map(|_| ())
    }
}

testkit::on_both_engines! {
    async fn a_deal_that_has_not_passed_a_gate_is_told_which_and_asks_once_it_has(db: TestDb) {
        let world = World::on(db).await;
        world.gate(Some(DealStage::Middle), Some(1_000)).await;
        world.facts(Some(DealStage::Early), 99_999, "USD").await;
        let said = world.gates(&world.seller).await;
        assert_eq!(said.gates, [
            "This activity is for deals in the middle stage or later. This one is in the early stage.",
            "This activity is for deals of at least 1000.00 USD. This one is smaller.",
        ]);
        assert!(!said.may_override_gates);
        match world.ask_because(&world.seller, None).await {
            Err(Error::GateClosed { why, may_override: false }) => assert_eq!(why, said.gates.join(" ")),
            other => panic!("not refused by the gate: {other:?}"),
        }
        assert!(storage::request::open_on(&world.test.app.store, vec![id(DEAL)]).await.expect("read").is_empty(), "nothing is written");

        world.facts(Some(DealStage::Middle), 100_000, "USD").await;
        assert!(world.gates(&world.seller).await.gates.is_empty());
        world.ask_because(&world.seller, None).await.expect("taken");
    }

    async fn what_is_not_known_of_a_deal_does_not_pass(db: TestDb) {
        let world = World::on(db).await;
        world.gate(Some(DealStage::Early), Some(1)).await;
        world.facts(None, 100_000, "JPY").await;
        let said = world.gates(&world.seller).await.gates;
        assert_eq!(said, [
            "This activity is for deals in a known stage. The stage of this one is not known.",
            "This activity is for deals of at least 1.00 USD. The amount of this one is not known.",
        ], "there is no rate for yen");
    }

    async fn an_activity_with_a_budget_gate_waits_until_somebody_says_that_the_budget_is_confirmed(db: TestDb) {
        let world = World::on(db).await;
        world.budget(true, false).await;
        let gates = world.gates(&world.seller).await.gates;
        assert_eq!(gates, ["This activity is for deals whose budget is confirmed. Nobody has said so of this one."]);
        assert!(matches!(world.ask_because(&world.seller, None).await, Err(Error::GateClosed { .. })));
        world.budget(true, true).await;
        assert!(world.gates(&world.seller).await.gates.is_empty());
        world.ask_because(&world.seller, None).await.expect("taken");
    }

    async fn the_program_goes_past_a_gate_with_a_reason_that_is_listed_for_review(db: TestDb) {
        let world = World::on(db).await;
        world.gate(Some(DealStage::Late), None).await;
        world.facts(Some(DealStage::Early), 100_000, "USD").await;
        let seller = world.ask_because(&world.seller, Some("It is urgent.")).await;
        assert!(matches!(seller, Err(Error::Forbidden)), "a reason is not a right");
        let silent = world.ask_because(&world.program, None).await;
        assert!(matches!(silent, Err(Error::GateClosed { may_override: true, .. })));
        world.ask_because(&world.program, Some("The board asked for it.")).await.expect("taken");

        let listed = load::overrides(&world.test.app, &world.program, None, None).await.expect("the list").items;
        let row = listed.first().expect("the override");
        assert_eq!((listed.len(), row.reason.as_deref()), (1, Some("The board asked for it.")));
        assert_eq!((row.candidate_id, row.advocate_id), (None, None));
        assert!(row.opportunity_name.is_some());
        assert!(load::overrides(&world.test.app, &world.owner, None, None).await.expect("the list").items.is_empty(), "no customer of the owner's");
    }

    async fn a_reason_without_a_closed_gate_goes_past_nothing(db: TestDb) {
        let world = World::on(db).await;
        world.ask_because(&world.program, Some("To be safe.")).await.expect("taken");
        assert!(load::overrides(&world.test.app, &world.program, None, None).await.expect("the list").items.is_empty());
    }
}
