//! Weights learned from the history of the program.

use app::{
    Actor,
    find::{
        learned::{self, LearnedWeights, Lesson},
        weights::MatchWeights,
    },
    setting,
};
use domain::{
    access::Role, candidate::CandidateState, opportunity::OpportunityStatus, record::RecordKind,
    reference_use::UseOutcome,
};
use storage::{
    candidate::{self, Candidate},
    opportunity::{self, Opportunity},
    reference_use::{self, ReferenceUse},
    request::{self, Request},
    tag,
};
use testkit::{NOW, TODAY, TestDb, build, build::id, day};

use crate::world::*;

/// A deal that wants a hospital in the Midwest: two customers are hospitals, a bank is in the Midwest.
const MIXED: u64 = 2;

impl World {
    /// A program in which the bank said yes and a hospital no, as often as `yes` says.
    async fn that_likes_the_region(db: TestDb, yes: u64, grade: Option<i64>) -> (Self, Actor) {
        let world = Self::on(db).await;
        let tx = world.test.db.begin().await;
        let deal = Opportunity {
            owner_id: Some(id(1)),
            ..build::closed(MIXED, id(1), OpportunityStatus::Open, "2026-07-01")
        };
        opportunity::insert(&tx, deal).await.expect("written");
        let wanted = [("industry", "Hospitals"), ("region", "Midwest")];
        let tags =
            wanted.map(|(facet, name)| world.tag(RecordKind::Opportunity, id(MIXED), facet, name));
        tag::insert_all(&tx, tags.to_vec()).await.expect("written");
        let (mut requests, mut candidates, mut uses) = (Vec::new(), Vec::new(), Vec::new());
        for number in 1..=yes {
            requests.push(Request {
                opportunity_id: Some(id(MIXED)),
                ..build::request(number, id(1))
            });
            candidates.push(Candidate {
                state: CandidateState::Done,
                accepted_at: Some(NOW),
                ..build::candidate(number, id(number), id(BANK), id(BANK))
            });
            candidates.push(Candidate {
                state: CandidateState::Declined,
                position: 2,
                ..build::candidate(10_000 + number, id(number), id(HOSPITAL), id(HOSPITAL))
            });
            uses.push(ReferenceUse {
                candidate_id: Some(id(number)),
                grade_seller: grade,
                outcome: Some(UseOutcome::Helpful),
                ..build::used(number, id(BANK), id(BANK), day(TODAY).plus_days(-400))
            });
        }
        request::insert_all(&tx, requests).await.expect("written");
        candidate::insert_all(&tx, candidates)
            .await
            .expect("written");
        reference_use::insert_all(&tx, uses).await.expect("written");
        tx.commit().await.expect("committed");
        let team = world
            .test
            .colleague(2, "Pat Program", &[Role::Program])
            .await;
        (world, team)
    }

    async fn learn(&self, team: &Actor) -> LearnedWeights {
        let learned = learned::learn(&self.test.app, team).await;
        learned.expect("an answer")
    }
}

fn weight(lesson: &Lesson, facet: &str) -> u32 {
    lesson.weights.facets[facet]
}

testkit::on_both_engines! {
    async fn what_was_taken_again_and_again_counts_more_and_later_choices_are_foreseen(db: TestDb) {
        let (world, team) = World::that_likes_the_region(db, 45, Some(4)).await;
        let before = setting::read::<MatchWeights>(&world.test.db.store).await.expect("read");
        let learned = world.learn(&team).await;
        let lesson = learned.lesson.expect("enough choices");
        assert_eq!((lesson.learned_from, lesson.tried_on), (30, 15));
        let (region, industry) = (weight(&lesson, "region"), weight(&lesson, "industry"));
        assert!(region > 20 && industry < 30 && region > industry, "region {region}, industry {industry}");
        let facets: Vec<&str> = lesson.facets.iter().map(|facet| facet.key.as_str()).collect();
        assert_eq!(facets, ["industry", "region"], "only what choices were about");
        // Two hospitals stood before the bank, and none does with what was learned.
        assert_eq!((lesson.before.mean_place, lesson.after.mean_place), (3.0, 1.0));
        assert_eq!((lesson.better, lesson.worse), (15, 0));
        let after = setting::read::<MatchWeights>(&world.test.db.store).await.expect("read");
        assert_eq!((before.version, before.value), (after.version, after.value), "nothing was switched on");
    }

    async fn too_few_choices_teach_nothing(db: TestDb) {
        let (world, team) = World::that_likes_the_region(db, 29, None).await;
        let learned = world.learn(&team).await;
        assert_eq!((learned.choices, learned.needed, learned.lesson), (29, 30, None));
    }

    async fn a_use_that_was_graded_badly_is_no_choice_to_learn_from(db: TestDb) {
        let (world, team) = World::that_likes_the_region(db, 45, Some(2)).await;
        assert_eq!(world.learn(&team).await.choices, 0);
    }
}
