//! Content in place of a customer.

use app::{
    Error,
    content::{
        approve::{self, MoveContent},
        edit::{self, CreateContent},
    },
    idempotency::{self, CreateKey},
    inbox::{self, ListNotices},
    leveraging::{self, Ask},
    request::{
        self, RequestView, draft,
        outlook::{self, AskOutlook},
        substitute::{self, AnsweredByContent, SendInstead},
    },
    share::{
        ShareState,
        visit::{self, Visitor},
    },
};
use domain::{
    access::Role,
    candidate::{CandidateState, Holder},
    content::{ContentKind, ContentStatus},
    id::{AccountId, ContentId},
    opportunity::OpportunityStatus,
    request::RequestStatus,
};
use testkit::{NOW, build::id};

use crate::world::{DEAL, World, only, states};

async fn story(world: &World) -> ContentId {
    let ask = CreateContent {
        title: "Cutover in six weeks".to_owned(),
        kind: ContentKind::CaseStudy,
        audience: None,
        stage: None,
        url: None,
        body: Some("It took six weeks.".to_owned()),
        account_id: None,
        advocate_id: None,
        embargo_until: None,
        expires_on: None,
        terms: None,
    };
    let (app, program) = (&world.test.app, &world.program);
    let made = edit::create(app, program, ask, None).await.expect("made");
    let ask = MoveContent {
        to: ContentStatus::Approved,
        reason: None,
    };
    approve::advance(app, program, made, 1, ask)
        .await
        .expect("approved");
    made
}

async fn answered(world: &World, request: &RequestView) -> Result<AnsweredByContent, Error> {
    let ask = SendInstead {
        content_id: story(world).await,
        expires_on: None,
    };
    let (app, seller) = (&world.test.app, &world.seller);
    substitute::send(app, seller, request.id, request.version, ask, None).await
}

async fn taken_back(world: &World, request: &RequestView) -> Result<RequestView, Error> {
    let (app, seller) = (&world.test.app, &world.seller);
    substitute::take_back(app, seller, request.id, request.version).await
}

fn token(answered: &AnsweredByContent) -> String {
    let url = answered.url.as_deref().expect("a link");
    url.rsplit('/').next().expect("a secret").to_owned()
}

fn buyer() -> Visitor {
    Visitor {
        is_colleague: false,
        user_agent: Some(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
        ),
    }
}

/// The buyer looks for ten seconds.
async fn open(world: &World, token: &str) {
    let app = &world.test.app;
    let begun = visit::begin(app, token, &buyer()).await.expect("begun");
    app.clock.set(app.clock.now().plus_seconds(10));
    let view = begun.id.expect("it counts");
    visit::finish(app, token, view, &buyer())
        .await
        .expect("taken");
}

testkit::on_both_engines! {
    async fn content_answers_a_request_and_keeps_the_use_of_the_customer(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.submit(1).await.expect("submitted");
        assert!(asked.can_substitute && asked.answered_by.is_none());
        assert!(world.submit(2).await.is_err(), "the only use of the quarter is reserved");
        let done = answered(&world, &asked).await.expect("answered");
        let view = &done.request;
        assert_eq!((view.status, view.holder, states(view)), (RequestStatus::Fulfilled, Holder::Nobody, vec![CandidateState::Replaced]));
        assert!(view.closed_at.is_some() && !view.can_substitute && !view.can_withdraw);
        let by = view.answered_by.as_ref().expect("the content");
        assert_eq!((by.title.as_str(), by.state, by.opening_count), ("Cutover in six weeks", ShareState::Live, 0));
        assert!(visit::look(app, &token(&done)).await.is_ok(), "the link works");
        let uses = storage::reference_use::of_accounts_since(&app.store, vec![id::<AccountId>(1)], NOW.day().plus_days(-400)).await.expect("read");
        assert!(uses.is_empty(), "no use of the advocate");
        let again = world.submit(2).await.expect("the use is free again");
        assert_eq!(again.status, RequestStatus::InProgress);
        let told = inbox::list(app, &world.owner, ListNotices::default()).await.expect("the inbox");
        assert!(told.page.items.iter().any(|row| row.title == "Content answers a request"), "{:?}", told.page.items);
    }

    async fn what_content_answered_says_nothing_about_how_customers_answer(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.submit(1).await.expect("submitted");
        let chance = async || {
            let ask = AskOutlook { activity: asked.activity, need_by: app.clock.today(), opportunity: None, advocate: None };
            outlook::outlook(app, &world.seller, ask).await.expect("the outlook").chance.asks
        };
        answered(&world, &asked).await.expect("answered");
        world.submit(1).await.expect("submitted again");
        app.clock.set(NOW.plus_days(30));
        assert_eq!(chance().await, 1, "only the ask that customers could answer");
    }

    async fn it_is_an_influence_once_the_buyer_opened_it(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let done = answered(&world, &world.submit(1).await.expect("submitted")).await.expect("answered");
        let tx = world.test.db.begin().await;
        let scope = domain::access::Scope::Everything;
        let mut deal = storage::opportunity::find(&tx, &scope, id(DEAL)).await.expect("read").expect("the deal");
        deal.status = OpportunityStatus::Won;
        deal.close_on = Some(NOW.day());
        storage::opportunity::save(&tx, &mut deal).await.expect("saved");
        tx.commit().await.expect("committed");
        let leveraged = async || leveraging::get(app, &world.program, &Ask::default()).await.expect("the metric").leveraged;
        assert_eq!(leveraged().await, 0, "sent is not opened");
        open(&world, &token(&done)).await;
        assert_eq!(leveraged().await, 1);
    }

    async fn taken_back_at_once_everybody_is_where_they_were(db: TestDb) {
        let world = World::with_customers(db, 3).await;
        let app = &world.test.app;
        let ask = request::submit::SubmitRequest { advocates: vec![id(1), id(11), id(12), id(13)], ..world.ask(1) };
        let made = request::submit::submit(app, &world.seller, ask, None).await.expect("submitted");
        let asked = world.approve(&world.read(made).await.candidates[0]).await.expect("approved");
        let link = world.link(&asked.candidates[0]).await;
        let before = request::get(app, &world.seller, made).await.expect("the request");
        let stood = |view: &RequestView| view.candidates.iter().map(|row| (row.state, row.due_on, row.is_in_line, row.holder)).collect::<Vec<_>>();
        assert_eq!(states(&before), [CandidateState::AdvocateAsked, CandidateState::OwnerAsked, CandidateState::OwnerAsked, CandidateState::Proposed]);
        let done = answered(&world, &before).await.expect("answered");
        assert!(states(&done.request).iter().all(|state| *state == CandidateState::Replaced));
        assert!(world.answer(&link, request::answer::YesNo::Accept).await.is_err(), "nobody says yes to what is answered");
        app.clock.set(app.clock.now().plus_seconds(10));
        let back = taken_back(&world, &done.request).await.expect("taken back");
        assert_eq!((back.status, stood(&back)), (before.status, stood(&before)));
        assert_eq!((back.closed_at, back.answered_by.is_none(), back.can_substitute), (None, true, true));
        assert!(matches!(visit::look(app, &token(&done)).await, Err(Error::ShareOver)), "the link is over");
        world.answer(&link, request::answer::YesNo::Accept).await.expect("the advocate's link works as before");
        assert!(taken_back(&world, &world.read(made).await).await.is_err(), "there is nothing to take back any more");
    }

    async fn a_customer_whose_use_was_taken_meanwhile_stays_let_go(db: TestDb) {
        let world = World::on(db).await;
        let done = answered(&world, &world.submit(1).await.expect("submitted")).await.expect("answered");
        world.submit(2).await.expect("the use goes to another request");
        let back = taken_back(&world, &done.request).await.expect("taken back");
        assert_eq!((back.status, states(&back)), (RequestStatus::Matching, vec![CandidateState::Replaced]));
        assert_eq!(back.holder, Holder::Program);
        assert!(back.due_on.is_some(), "a clock runs");
    }

    async fn it_is_not_taken_back_after_a_minute_or_once_the_buyer_opened_it(db: TestDb) {
        let world = World::on(db).await;
        let done = answered(&world, &world.submit(1).await.expect("submitted")).await.expect("answered");
        open(&world, &token(&done)).await;
        let refused = taken_back(&world, &done.request).await;
        assert!(matches!(&refused, Err(Error::MoveNotAllowed(why)) if why.contains("opened")), "{refused:?}");
        let done = answered(&world, &world.submit(1).await.expect("submitted")).await.expect("answered");
        world.test.app.clock.set(world.test.app.clock.now().plus_seconds(61));
        let refused = taken_back(&world, &done.request).await;
        assert!(matches!(&refused, Err(Error::MoveNotAllowed(why)) if why.contains("minute")), "{refused:?}");
        assert_eq!(world.read(done.request.id).await.status, RequestStatus::Fulfilled);
    }

    async fn a_yes_that_was_given_is_kept(db: TestDb) {
        let world = World::on(db).await;
        let yes = world.accepted().await;
        let asked = world.read(yes.request_id).await;
        assert!(!asked.can_substitute);
        let refused = answered(&world, &asked).await;
        assert!(matches!(&refused, Err(Error::MoveNotAllowed(why)) if why.contains("said yes")), "{refused:?}");
        assert_eq!(only(&world.read(asked.id).await).state, CandidateState::Accepted);
    }

    async fn a_retry_makes_one_link_and_a_stale_version_none(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.submit(1).await.expect("submitted");
        let ask = SendInstead { content_id: story(&world).await, expires_on: None };
        let stale = substitute::send(app, &world.seller, asked.id, asked.version + 1, ask.clone(), None).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        let key = CreateKey::new("user:1".into(), "once".into(), "send_instead", b"{}");
        let send = async || idempotency::once(
            app, &key,
            async || substitute::send(app, &world.seller, asked.id, asked.version, ask.clone(), Some(&key)).await,
            async |found| substitute::earlier(app, &world.seller, domain::id::RequestId(found)).await,
        ).await.expect("answered");
        let (first, second) = (send().await, send().await);
        assert!(first.url.is_some() && second.url.is_none(), "the link is told once");
        assert_eq!(first.request.answered_by.map(|by| by.id), second.request.answered_by.map(|by| by.id));
        let shares = storage::share::on_opportunities(&app.store, vec![id(DEAL)]).await.expect("read");
        assert_eq!(shares.len(), 1);
    }

    async fn only_who_asked_or_runs_the_program_sends_content_instead(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.submit(1).await.expect("submitted");
        let ask = SendInstead { content_id: story(&world).await, expires_on: None };
        let other = world.test.colleague(77, "Otto Other", &[Role::Seller]).await;
        for actor in [&other, &world.owner] {
            let refused = substitute::send(app, actor, asked.id, asked.version, ask.clone(), None).await;
            assert!(matches!(refused, Err(Error::NotFound | Error::Forbidden)), "{refused:?}");
        }
        assert!(!request::get(app, &world.owner, asked.id).await.expect("read").can_substitute);
        substitute::send(app, &world.program, asked.id, asked.version, ask, None).await.expect("the program team may");
        let told = inbox::list(app, &world.seller, ListNotices::default()).await.expect("the inbox");
        assert!(told.page.items.iter().any(|row| row.title == "Content answers your request"));
    }

    async fn a_draft_that_content_answers_asked_nobody_and_is_a_draft_again_when_taken_back(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let kept = draft::keep(app, &world.seller, world.ask(1), None).await.expect("kept");
        let seen = request::get(app, &world.seller, kept).await.expect("the draft");
        assert!(seen.can_substitute && !world.read(kept).await.can_substitute, "a draft is its requester's");
        app.clock.set(NOW.plus_days(2));
        let done = answered(&world, &seen).await.expect("answered");
        assert_eq!((done.request.status, done.request.candidates.len(), done.request.draft.is_none()), (RequestStatus::Fulfilled, 0, true));
        assert_eq!(done.request.created_at, NOW.plus_days(2), "it counts from the day on which it was asked");
        let back = taken_back(&world, &done.request).await.expect("taken back");
        assert_eq!((back.status, back.draft), (RequestStatus::Draft, Some(world.ask(1))));
    }
}
