//! What a role may not see changes nothing in what it is answered: not a row, a rank, a reason, a
//! count, a facet, a relaxation or what words are taken for.

use app::{
    Actor, Error,
    find::{self, CriterionInput, FindReferences},
};
use domain::{
    access::Role,
    activity::Activity,
    id::AdvocateId,
    record::{Action, RecordKind},
};
use serde_json::Value;
use storage::{
    NewEvent, account,
    advocate::{self, Willingness},
    consent, contact, tag,
};
use testkit::{build, build::id};

use crate::world::*;

/// A restricted advocate at an account of their own, with a word that nobody else uses.
const HIDDEN: u64 = 4;
const WORD: &str = "zebrafish";

impl World {
    fn probes(&self) -> Vec<FindReferences> {
        let industry = |name: &str, must| {
            let (_, term) = self.terms[&("industry".to_owned(), name.to_owned())];
            let criterion = CriterionInput {
                facet: "industry".to_owned(),
                terms: vec![term],
                must,
                weight: None,
            };
            FindReferences {
                criteria: Some(vec![criterion]),
                ..FindReferences::default()
            }
        };
        let all = FindReferences {
            only_available: Some(false),
            ..FindReferences::default()
        };
        vec![
            FindReferences::default(),
            all,
            about(WORD),
            // A word that stories hold is no typo; one that only a hidden story holds is.
            about("zebrafsh"),
            about("shorter queues"),
            industry("Hospitals", true),
            industry("Hospitals", false),
            industry("Retail", true),
        ]
    }

    /// Every answer as it goes over the wire; none where the role may not search.
    async fn answers(&self, actor: &Actor) -> Option<Vec<Value>> {
        let mut answers = Vec::new();
        for probe in self.probes() {
            match find::search(&self.test.app, actor, probe).await {
                Ok(answer) => answers.push(serde_json::to_value(answer).expect("JSON")),
                Err(Error::Forbidden) => return None,
                Err(other) => panic!("{other:?}"),
            }
        }
        Some(answers)
    }

    /// A restricted advocate who would come first everywhere.
    async fn add_hidden_advocate(&self) {
        let mut tx = self.test.db.begin().await;
        let account = build::account(HIDDEN, "Hidden Corp");
        account::insert_all(&tx, vec![account])
            .await
            .expect("written");
        let person = build::contact(HIDDEN, "Hidden Person", id(HIDDEN));
        contact::insert_all(&tx, vec![person])
            .await
            .expect("written");
        let mut member = build::advocate(HIDDEN, id(HIDDEN));
        member.story = Some(format!("Shorter queues with {WORD}"));
        member.is_restricted = true;
        advocate::insert_all(&tx, vec![member])
            .await
            .expect("written");
        let willing = Willingness {
            advocate_id: id(HIDDEN),
            activity: Activity::ReferenceCall,
            limit_per_year: None,
        };
        advocate::insert_willingness(&tx, vec![willing])
            .await
            .expect("written");
        consent::insert_all(&tx, vec![given(HIDDEN)])
            .await
            .expect("written");
        let tags = ["Hospitals", "Retail"]
            .map(|name| self.tag(RecordKind::Account, id(HIDDEN), "industry", name));
        tag::insert_all(&tx, tags.to_vec()).await.expect("written");
        let advocate: AdvocateId = id(HIDDEN);
        tx.record(NewEvent::new(
            Action::Created,
            RecordKind::Advocate,
            advocate,
        ));
        tx.commit().await.expect("committed");
    }

    /// Notes and numbers that belong to the program team and the owner.
    async fn write_confidences(&self) {
        let mut tx = self.test.db.begin().await;
        let mut members = advocate::by_ids(&tx, vec![id(HOSPITAL)])
            .await
            .expect("read");
        let mut member = members.remove(&id(HOSPITAL)).expect("the advocate");
        member.notes = Some(format!("Unhappy about {WORD}"));
        advocate::save(&tx, &mut member).await.expect("written");
        let mut accounts = account::by_ids(&tx, vec![id(HOSPITAL)])
            .await
            .expect("read");
        let mut customer = accounts.remove(&id(HOSPITAL)).expect("the account");
        (customer.health, customer.nps) = (Some(1), Some(-90));
        account::save(&tx, &mut customer).await.expect("written");
        tx.record(NewEvent::new(
            Action::Updated,
            RecordKind::Advocate,
            member.id,
        ));
        tx.record(NewEvent::new(
            Action::Updated,
            RecordKind::Account,
            customer.id,
        ));
        tx.commit().await.expect("committed");
    }

    async fn one_of_each_role(&self) -> Vec<(Role, Actor)> {
        let mut people = Vec::new();
        for (number, role) in (20..).zip(Role::ALL.iter().copied()) {
            let person = self.test.colleague(number, "Colleague", &[role]).await;
            people.push((role, person));
        }
        people
    }
}

testkit::on_both_engines! {
    async fn a_restricted_advocate_changes_no_answer_of_a_role_that_may_not_see_one(db: TestDb) {
        let world = World::on(db).await;
        let people = world.one_of_each_role().await;
        let mut before = Vec::new();
        for (_, person) in &people {
            before.push(world.answers(person).await);
        }
        world.add_hidden_advocate().await;
        let mut blind = Vec::new();
        for ((role, person), before) in people.iter().zip(before) {
            let after = world.answers(person).await;
            let (Some(before), Some(after)) = (before, after) else { continue };
            if before == after {
                blind.push(*role);
            } else {
                // Who may see restricted profiles sees this one: the canary sings.
                assert!(after[0].to_string().contains("Hidden Corp"), "{role:?}: {}", after[0]);
            }
        }
        assert_eq!(blind, [Role::Seller, Role::Stakeholder]);
    }

    async fn notes_health_and_nps_change_no_answer_of_any_role(db: TestDb) {
        let world = World::on(db).await;
        let mut asked = 0;
        let people = world.one_of_each_role().await;
        let mut before = Vec::new();
        for (_, person) in &people {
            before.push(world.answers(person).await);
        }
        world.write_confidences().await;
        for ((role, person), before) in people.iter().zip(before) {
            assert_eq!(world.answers(person).await, before, "{role:?}");
            asked += usize::from(before.is_some());
        }
        assert_eq!(asked, 6, "every role but the one that runs the system searches");
    }
}
