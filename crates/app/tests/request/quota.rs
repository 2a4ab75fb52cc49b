//! Quota asks find whom to ask by themselves, one for each that is missing, and nobody who is tired.

use app::{
    Error,
    find::CriterionInput,
    job::{self, Worked},
    request::{RequestView, submit},
};
use domain::{
    candidate::CandidateState, id::AccountId, record::RecordKind, request::RequestStatus,
};
use testkit::{NOW, TODAY, build, build::id, day};

use crate::world::{World, states};

impl World {
    /// Every customer is of one industry; the criterion that asks for it.
    async fn of_one_industry(&self, accounts: &[u64]) -> CriterionInput {
        let name = self.tag_both_sides().await;
        let store = &self.test.app.store;
        let tags = storage::tag::of(store, RecordKind::Account, vec![id::<AccountId>(1).0]).await;
        let tag = tags.expect("read").remove(0);
        let tx = self.test.db.begin().await;
        let rows = accounts.iter().map(|account| storage::tag::Tag {
            record_id: id::<AccountId>(*account).0,
            ..tag.clone()
        });
        storage::tag::insert_all(&tx, rows.collect())
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(tag.written, name);
        CriterionInput {
            facet: "industry".to_owned(),
            terms: vec![tag.term_id.expect("a term")],
            must: true,
            weight: None,
        }
    }

    async fn quota(&self, wanted: i64, criterion: CriterionInput) -> Result<RequestView, Error> {
        let ask = submit::SubmitRequest {
            opportunity_id: None,
            advocates: Vec::new(),
            wanted: Some(wanted),
            criteria: vec![criterion],
            is_quota: true,
            ..self.ask(1)
        };
        let made = submit::submit(&self.test.app, &self.program, ask, None).await?;
        self.jobs().await;
        Ok(self.read(made).await)
    }

    async fn jobs(&self) {
        let app = &self.test.app;
        while job::run_next(app, None).await.expect("a job") != Worked::Idle {}
    }
}

fn asked(request: &RequestView) -> usize {
    let states = states(request);
    states.iter().filter(|state| state.is_asked()).count()
}

testkit::on_both_engines! {
    async fn as_many_are_asked_as_are_missing_and_the_next_one_with_each_no(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let criterion = world.of_one_industry(&[11, 12, 13]).await;
        let request = world.quota(3, criterion).await.expect("taken");
        assert_eq!((states(&request).len(), asked(&request)), (3, 3), "one for each, of the four accounts of the industry");
        assert!(request.candidates.iter().all(|row| row.advocate.id != id(14)), "another industry");
        let first = &request.quota.as_ref().expect("a quota").days;
        assert_eq!((first.len(), first[0].asked, first[0].accepted), (1, 3, 0));

        world.decline(&request.candidates[0]).await;
        world.jobs().await;
        let after = world.read(request.id).await;
        assert_eq!((states(&after).len(), asked(&after)), (4, 3));
        world.decline(&after.candidates[1]).await;
        world.jobs().await;
        let out = world.read(request.id).await;
        assert_eq!((states(&out).len(), asked(&out), out.status), (4, 2, RequestStatus::InProgress), "nobody else fits, and nobody is asked twice");
        assert_eq!(out.quota.expect("a quota").days.last().map(|day| day.asked), Some(4));
    }

    async fn nobody_is_asked_who_has_given_most_of_their_year(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        let criterion = world.of_one_industry(&[11, 12]).await;
        let tx = world.test.db.begin().await;
        for (number, ago) in [(1, 100), (2, 150), (3, 200), (4, 250)] {
            let row = storage::reference_use::ReferenceUse { activity: domain::activity::Activity::Quote, ..build::used(number, id(11), id(11), day(TODAY).plus_days(-ago)) };
            storage::reference_use::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        let request = world.quota(3, criterion).await.expect("taken");
        let named: Vec<_> = request.candidates.iter().map(|row| row.advocate.id).collect();
        assert!(named.contains(&id(12)) && !named.contains(&id(11)), "{named:?}");
        assert!(matches!(request.candidates[0].state, CandidateState::OwnerAsked));
        world.test.app.clock.set(NOW.plus_days(2));
        let days = world.read(request.id).await.quota.expect("a quota").days;
        assert_eq!(days.len(), 2, "the day of the ask and today");
    }

    async fn a_quota_names_nobody_has_no_deal_and_says_who_is_meant(db: TestDb) {
        let world = World::on(db).await;
        let criterion = world.of_one_industry(&[]).await;
        let bad = [
            submit::SubmitRequest { is_quota: true, criteria: vec![criterion.clone()], advocates: Vec::new(), ..world.ask(1) },
            submit::SubmitRequest { is_quota: true, criteria: vec![criterion], opportunity_id: None, ..world.ask(1) },
            submit::SubmitRequest { is_quota: true, opportunity_id: None, advocates: Vec::new(), ..world.ask(1) },
        ];
        for ask in bad {
            let refused = submit::submit(&world.test.app, &world.program, ask, None).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        assert!(world.read(world.submit(1).await.expect("submitted").id).await.quota.is_none());
    }
}
