//! The match workbench: what the weights do, who is missing and why, and who may open it.

use app::{
    Actor, Error,
    contact::edit::{self, EditContact},
    find::{
        CriterionInput, FindReferences,
        workbench::{self, Workbench, WorkbenchAsk},
    },
};
use domain::{
    access::Role,
    id::{AdvocateId, OpportunityId},
    time::Day,
};
use storage::account::{self, AccountLock};
use testkit::{build::id, day};

use crate::world::*;

/// The deal asks for a bank in the Midwest: one customer is both, two are hospitals.
fn for_deal() -> WorkbenchAsk {
    WorkbenchAsk {
        ask: FindReferences {
            opportunity_id: Some(id::<OpportunityId>(DEAL)),
            ..FindReferences::default()
        },
        ..WorkbenchAsk::default()
    }
}

async fn team(world: &World) -> Actor {
    let test = &world.test;
    test.colleague(2, "Pat Program", &[Role::Program]).await
}

impl World {
    async fn bench(&self, actor: &Actor, ask: WorkbenchAsk) -> Workbench {
        let opened = workbench::open(&self.test.app, actor, ask).await;
        opened.expect("an answer")
    }

    fn hospitals(&self, must: bool) -> CriterionInput {
        let key = ("industry".to_owned(), "Hospitals".to_owned());
        CriterionInput {
            facet: "industry".to_owned(),
            terms: vec![self.terms[&key].1],
            must,
            weight: None,
        }
    }
}

fn share(bench: &Workbench, advocate: u64) -> f64 {
    let rows = &bench.answer.rows;
    let row = rows
        .iter()
        .find(|row| row.advocate == id::<AdvocateId>(advocate));
    row.expect("a row").relevance.expect("a share")
}

testkit::on_both_engines! {
    async fn who_left_the_company_is_not_found_from_that_day_and_the_team_reads_why(db: TestDb) {
        let world = World::on(db).await;
        let team = team(&world).await;
        let today = world.test.app.clock.today();
        let leaves = async |version, left_on| {
            let change = EditContact { left_on: Some(left_on), ..EditContact::default() };
            edit::edit(&world.test.app, &team, id(BANK), version, change).await.expect("saved");
        };
        let found = async |day: Day| {
            let ask = FindReferences { need_by: Some(day), ..FindReferences::default() };
            world.search(ask).await.rows.iter().any(|row| row.advocate == id(BANK))
        };
        let gone = today.plus_days(40);
        assert!(found(gone).await);
        leaves(1, Some(gone)).await;
        assert_eq!((found(gone.plus_days(-1)).await, found(gone).await), (true, false));
        let opened = WorkbenchAsk {
            ask: FindReferences { need_by: Some(gone), ..for_deal().ask },
            ..for_deal()
        };
        let bench = world.bench(&team, opened).await;
        let excluded = bench.excluded.iter().find(|row| row.row.advocate == id(BANK)).expect("named");
        assert_eq!(excluded.excluded_by, [format!("Left the company on {gone}")]);
        leaves(2, None).await;
        assert!(found(gone).await, "a slip is taken back");
    }

    async fn a_tried_weight_moves_the_ranking_and_is_not_kept(db: TestDb) {
        let world = World::on(db).await;
        let team = team(&world).await;
        let tags = [world.tag(
            domain::record::RecordKind::Account,
            id(HOSPITAL),
            "region",
            "Midwest",
        )];
        let tx = world.test.db.begin().await;
        storage::tag::insert_all(&tx, tags.to_vec())
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        let before = world.bench(&team, for_deal()).await;
        let mut tried = for_deal();
        tried.weights = [("region".to_owned(), 100), ("industry".to_owned(), 1)].into();
        let after = world.bench(&team, tried).await;
        assert!(share(&after, HOSPITAL) > share(&before, HOSPITAL));
        assert!(share(&after, HOSPITAL) > 0.95);
        let region = after.weights.iter().find(|one| one.key == "region");
        let region = region.expect("a weight");
        assert_eq!((region.weight, region.standard), (100, 20));
        let again = world.bench(&team, for_deal()).await;
        assert_eq!(share(&again, HOSPITAL), share(&before, HOSPITAL));
    }

    async fn whoever_is_missing_is_named_with_everything_in_the_way(db: TestDb) {
        let world = World::on(db).await;
        let team = team(&world).await;
        let tx = world.test.db.begin().await;
        let row = AccountLock {
            id: id(77),
            account_id: id(BANK),
            reason: domain::protection::LockReason::OpenEscalation,
            note: None,
            from_on: day("2026-01-01"),
            until_on: None,
            locked_by: None,
            lifted_at: None,
            is_by_rule: false,
        };
        account::insert_lock(&tx, row).await.expect("written");
        tx.commit().await.expect("committed");
        let mut ask = for_deal();
        ask.ask.criteria = Some(vec![world.hospitals(true)]);
        let bench = world.bench(&team, ask).await;
        assert_eq!(bench.answer.total, 2);
        let [bank] = bench.excluded.as_slice() else {
            panic!("one is missing: {:?}", bench.excluded);
        };
        assert_eq!(bank.row.advocate, id::<AdvocateId>(BANK));
        assert_eq!(
            bank.excluded_by,
            [
                "Must fit and does not: industry",
                "Account locked: open escalation"
            ]
        );
        assert_eq!(bench.limits.len(), 2);
        assert!(bench.limits.values().all(|limits| limits.uses_left == 1));
    }

    async fn only_those_who_propose_candidates_open_it(db: TestDb) {
        let world = World::on(db).await;
        for role in Role::ALL.iter().copied() {
            if role == Role::Program {
                continue;
            }
            let number = 20 + role as u64;
            let other = world.test.colleague(number, "Other", &[role]).await;
            let refused = workbench::open(&world.test.app, &other, for_deal()).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{role:?}");
        }
    }

    async fn weights_that_make_no_sense_are_refused_by_name(db: TestDb) {
        let world = World::on(db).await;
        let team = team(&world).await;
        let mut ask = for_deal();
        ask.weights = [("region".to_owned(), 0), ("moon".to_owned(), 5)].into();
        let refused = workbench::open(&world.test.app, &team, ask).await;
        let Err(Error::Invalid(problems)) = refused else {
            panic!("a refusal");
        };
        let fields: Vec<&str> = problems.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["weights.moon", "weights.region"]);
    }
}
