//! Both sides say whether a use took place, and what did not counts nowhere.

use app::{
    Error, audit,
    find::{self, FindReferences},
    opportunity,
    request::{
        self, CandidateAct, CandidateView, RequestView,
        answer::{self, GiveAnswer, YesNo},
        fulfil::{self, GradeUse, RecordUse},
    },
};
use domain::{
    candidate::CandidateState,
    reference_use::{Grade, UseOutcome},
    request::RequestStatus,
};
use testkit::{TODAY, build::id, day};

use crate::world::{DEAL, NEED_BY, World, of, only};

fn came_of_it(outcome: UseOutcome) -> RecordUse {
    RecordUse {
        used_on: day(TODAY),
        outcome,
        grade: None,
        fit: None,
        comment: None,
    }
}

impl World {
    async fn record(&self, row: &CandidateView, outcome: UseOutcome) -> Result<RequestView, Error> {
        let ask = came_of_it(outcome);
        fulfil::record_use(&self.test.app, &self.seller, row.id, row.version, ask).await
    }

    async fn free(&self) -> u64 {
        let ask = FindReferences {
            need_by: Some(day(NEED_BY)),
            ..FindReferences::default()
        };
        let deal = id::<domain::id::OpportunityId>(DEAL).to_string();
        let found = find::for_opportunity(&self.test.app, &self.seller, &deal, ask).await;
        u64::try_from(found.expect("matches").total).expect("a count")
    }

    async fn has_reference(&self) -> bool {
        let deal = opportunity::get(&self.test.app, &self.seller, id(DEAL)).await;
        deal.expect("the deal").has_reference
    }
}

testkit::on_both_engines! {
    async fn what_did_not_take_place_gives_the_use_back_and_counts_nowhere(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let row = world.accepted().await;
        assert_eq!(world.free().await, 0, "the promise reserves the use");
        let graded = RecordUse { grade: Some(Grade::try_from(1).expect("a grade")), ..came_of_it(UseOutcome::NoShow) };
        let refused = fulfil::record_use(app, &world.seller, row.id, row.version, graded).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "nothing to grade");

        let after = world.record(&row, UseOutcome::NoShow).await.expect("recorded");
        let left = only(&after);
        assert_eq!((after.status, left.state), (RequestStatus::Matching, CandidateState::Replaced));
        assert_eq!(left.used.as_ref().and_then(|used| used.outcome), Some(UseOutcome::NoShow), "it stays on record");
        assert!(!left.can.contains(&CandidateAct::Grade) && !left.can.contains(&CandidateAct::RevealContact));
        let grade = GradeUse { grade: Grade::try_from(5).expect("a grade"), fit: None, comment: None };
        assert!(matches!(fulfil::grade(app, &world.seller, left.id, left.version, grade).await, Err(Error::MoveNotAllowed(_))));
        assert_eq!(world.free().await, 2, "both are free in the very next search");
        assert!(!world.has_reference().await);
        world.submit(1).await.expect("the use of the quarter is left");

        let entries = audit::of_request(app, &world.seller, after.id, &audit::Reading::default()).await.expect("the timeline");
        let said: Vec<&str> = entries.items.iter().map(|entry| entry.summary.as_str()).collect();
        assert!(said.contains(&"Recorded that it did not take place"), "{said:?}");
        assert!(!said.contains(&"Recorded a reference use"), "{said:?}");
    }

    async fn the_next_in_line_is_asked_when_it_did_not_take_place(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14]).await.expect("proposed");
        let approved = world.approve(&of(&asked, 11)).await.expect("approved");
        let token = world.link(&of(&approved, 11)).await;
        world.answer(&token, YesNo::Accept).await.expect("accepted");
        let waiting = world.read(asked.id).await;
        assert_eq!(of(&waiting, 14).state, CandidateState::Proposed, "in line behind the promise");
        let after = world.record(&of(&waiting, 11), UseOutcome::NoShow).await.expect("recorded");
        assert_eq!((after.status, of(&after, 14).state), (RequestStatus::InProgress, CandidateState::OwnerAsked));
    }

    async fn the_advocate_confirms_a_use_or_takes_it_back_by_the_debrief_link(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let row = world.accepted().await;
        let done = world.record(&row, UseOutcome::Helpful).await.expect("recorded");
        assert_eq!((done.status, world.has_reference().await), (RequestStatus::Fulfilled, true));
        let token = world.link(&only(&done)).await;
        let no = GiveAnswer { took_place: Some(false), comment: Some("Nobody dialled in.".to_owned()), ..GiveAnswer::default() };
        answer::give(app, &token, no.clone()).await.expect("taken");

        let after = request::get(app, &world.seller, done.id).await.expect("the request");
        let left = only(&after);
        assert_eq!((after.status, after.closed_at, left.state), (RequestStatus::Matching, None, CandidateState::Replaced), "open again");
        assert_eq!(left.used.and_then(|used| used.outcome), Some(UseOutcome::NoShow));
        assert_eq!((world.free().await, world.has_reference().await), (2, false));
        assert!(matches!(answer::give(app, &token, no).await, Err(Error::LinkUsed)), "a link takes one answer");
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }
}
