//! Requests that are kept before they are sent.

use app::{
    Error,
    request::{
        self, draft,
        stop::{self, WithdrawRequest},
        submit::SubmitRequest,
    },
};
use domain::{
    access::Role,
    candidate::{CandidateState, Holder},
    request::RequestStatus,
};
use testkit::{NOW, build::id};

use crate::world::{DEAL, World};

testkit::on_both_engines! {
    async fn a_draft_asks_nobody_and_is_sent_as_it_is_asked_for_then(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let kept = draft::keep(app, &world.seller, world.ask(1), None).await.expect("kept");
        let view = request::get(app, &world.seller, kept).await.expect("the draft");
        assert_eq!((view.status, view.holder, view.candidates.len()), (RequestStatus::Draft, Holder::Requester, 0));
        assert_eq!(view.draft, Some(world.ask(1)));
        assert!(view.can_withdraw && !view.can_propose);
        let seen = world.read(kept).await;
        assert_eq!(seen.draft, None, "what is not sent is its requester's");
        assert!(storage::request::open_on(&app.store, vec![id(DEAL)]).await.expect("read").is_empty(), "nothing is asked on the deal");
        assert!(world.propose(&seen, &[1]).await.is_err(), "nobody is proposed for a draft");

        let other = SubmitRequest { note: Some("Another thing".into()), ..world.ask(1) };
        draft::change(app, &world.seller, kept, view.version, other.clone()).await.expect("changed");
        assert!(matches!(draft::change(app, &world.seller, kept, view.version, other.clone()).await, Err(Error::Stale { .. })));
        let view = request::get(app, &world.seller, kept).await.expect("the draft");
        assert_eq!((view.note.as_deref(), view.draft.clone()), (Some("Another thing"), Some(other.clone())));

        let past = SubmitRequest { need_by: NOW.day().plus_days(-1), ..other.clone() };
        assert!(matches!(draft::send(app, &world.seller, kept, view.version, past).await, Err(Error::Invalid(_))));
        draft::send(app, &world.seller, kept, view.version, other.clone()).await.expect("sent");
        let sent = request::get(app, &world.seller, kept).await.expect("the request");
        assert_eq!((sent.status, sent.candidates[0].state, sent.draft), (RequestStatus::InProgress, CandidateState::OwnerAsked, None));
        let again = draft::send(app, &world.seller, kept, sent.version, other).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))));
    }

    async fn a_draft_whose_advocate_has_no_use_left_stays_a_draft(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let kept = draft::keep(app, &world.seller, world.ask(1), None).await.expect("kept");
        world.submit(1).await.expect("somebody else asks first");
        let refused = draft::send(app, &world.seller, kept, 1, world.ask(1)).await;
        assert!(matches!(refused, Err(Error::NoUseLeft { .. })), "{refused:?}");
        let view = request::get(app, &world.seller, kept).await.expect("the draft");
        assert_eq!((view.status, view.version, view.candidates.len()), (RequestStatus::Draft, 1, 0));
    }

    async fn a_draft_is_its_requesters_to_send_and_to_drop(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let kept = draft::keep(app, &world.seller, world.ask(1), None).await.expect("kept");
        let other = world.test.colleague(77, "Otto Other", &[Role::Seller]).await;
        assert!(draft::send(app, &other, kept, 1, world.ask(1)).await.is_err());
        assert!(matches!(draft::send(app, &world.program, kept, 1, world.ask(1)).await, Err(Error::Forbidden)));
        let dropped = stop::withdraw(app, &world.seller, kept, 1, WithdrawRequest::default()).await.expect("dropped");
        assert_eq!(dropped.status, RequestStatus::Withdrawn);
        assert!(draft::send(app, &world.seller, kept, dropped.version, world.ask(1)).await.is_err());
    }
}
