//! What each side says after a use, what matching had promised, and what the advocate hears in return.

use app::{
    Error,
    request::{
        CandidateAct, CandidateView, RequestView,
        answer::{self, AnswerState, GiveAnswer},
        appointment::{self, PickSlot},
        buyer_link::{self, SayHow},
        clock,
        debrief::FitView,
        fulfil::{self, GradeUse, RecordUse},
        offer::{self, OfferSlots},
        proof,
    },
};
use domain::{
    candidate::CandidateState,
    opportunity::OpportunityStatus,
    reference_use::{DebriefSide, Grade, UseOutcome},
    request::RequestStatus,
};
use testkit::{NOW, TODAY, build::id, day};

use crate::{
    appointments::{letters, with_mail},
    world::{DEAL, World, of, only},
};

fn grade(value: i64) -> Grade {
    Grade::try_from(value).expect("a grade")
}

fn took_place() -> RecordUse {
    RecordUse {
        used_on: day(TODAY),
        outcome: UseOutcome::Helpful,
        grade: None,
        fit: None,
        comment: None,
    }
}

fn says(value: i64, fit: Option<i64>, words: &str) -> SayHow {
    SayHow {
        grade: grade(value),
        fit: fit.map(grade),
        comment: Some(words.to_owned()),
    }
}

impl World {
    async fn done(&self) -> CandidateView {
        let row = self.accepted().await;
        let (app, ask) = (&self.test.app, took_place());
        let done = fulfil::record_use(app, &self.seller, row.id, row.version, ask).await;
        only(&done.expect("recorded"))
    }

    async fn asks_the_buyer(&self, row: &CandidateView) -> Result<String, Error> {
        let issued = buyer_link::issue(&self.test.app, &self.seller, row.id, row.version).await?;
        assert!(issued.url.contains("/debrief/"), "{}", issued.url);
        Ok(issued.url.rsplit('/').next().expect("a secret").to_owned())
    }

    async fn decide(&self, status: OpportunityStatus) {
        let tx = self.test.db.begin().await;
        let deal = storage::opportunity::by_ids(&tx, vec![id(DEAL)]).await;
        let mut deal = deal.expect("read").remove(&id(DEAL)).expect("the deal");
        deal.status = status;
        storage::opportunity::save(&tx, &mut deal)
            .await
            .expect("saved");
        tx.commit().await.expect("committed");
    }

    async fn seen_by(&self, actor: &app::Actor, row: &CandidateView) -> CandidateView {
        let read = app::request::get(&self.test.app, actor, row.request_id).await;
        only(&read.expect("the request"))
    }
}

fn words(row: &CandidateView, side: DebriefSide) -> Option<String> {
    let used = row.used.as_ref().expect("a use");
    let said = used.debriefs.iter().find(|said| said.side == side)?;
    said.comment.clone()
}

fn not_allowed<T>(answer: &Result<T, Error>) -> bool {
    matches!(answer, Err(Error::MoveNotAllowed(_)))
}

testkit::on_both_engines! {
    async fn three_sides_answer_three_questions_and_the_match_is_held_against_its_promise(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        world.tag_both_sides().await;
        let row = world.done().await;
        let promised = Some(FitView { expected: Some(5.0), actual: None });
        assert_eq!(row.used.as_ref().and_then(|used| used.fit.clone()), promised, "the same industry was all that was asked");

        let graded = GradeUse { grade: grade(5), fit: Some(grade(4)), comment: Some("It convinced them.".to_owned()) };
        fulfil::grade(app, &world.seller, row.id, row.version, graded).await.expect("graded");
        let debrief = GiveAnswer { grade: Some(grade(4)), fit: Some(grade(3)), comment: Some("Too much about prices.".to_owned()), ..GiveAnswer::default() };
        answer::give(app, &world.link(&row).await, debrief).await.expect("debriefed");
        let row = world.seen_by(&world.seller, &row).await;
        assert_eq!(row.state, CandidateState::Debriefed);
        let token = world.asks_the_buyer(&row).await.expect("a link also after the debrief");
        let shown = buyer_link::look(app, &token).await.expect("a question");
        assert_eq!((shown.state, shown.title.as_deref(), shown.used_on), (AnswerState::Open, Some("CIO"), day(TODAY)));
        buyer_link::give(app, &token, says(5, Some(3), "Close to what we do.")).await.expect("taken");
        assert!(matches!(buyer_link::give(app, &token, says(1, None, "again")).await, Err(Error::LinkUsed)));
        assert_eq!(buyer_link::look(app, &token).await.expect("a page").state, AnswerState::Answered);

        let seen = world.seen_by(&world.seller, &row).await;
        let used = seen.used.as_ref().expect("a use");
        let grades: Vec<_> = used.debriefs.iter().map(|said| (said.side, said.grade, said.fit)).collect();
        assert_eq!(grades, vec![
            (DebriefSide::Seller, Some(5), Some(4)),
            (DebriefSide::Advocate, Some(4), Some(3)),
            (DebriefSide::Buyer, Some(5), Some(3)),
        ]);
        assert_eq!(used.fit, Some(FitView { expected: Some(5.0), actual: Some(3.3) }));
        assert!(!seen.can.contains(&CandidateAct::CopyBuyerDebriefLink), "the buyer has said it");
        assert_eq!(words(&seen, DebriefSide::Buyer).as_deref(), Some("Close to what we do."));
        assert_eq!(words(&seen, DebriefSide::Advocate), None, "the advocate speaks to those who look after them");
        for reader in [&world.program, &world.owner] {
            let seen = world.seen_by(reader, &row).await;
            assert_eq!(words(&seen, DebriefSide::Advocate).as_deref(), Some("Too much about prices."));
        }
    }

    async fn a_buyer_is_asked_only_about_what_took_place(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let accepted = world.accepted().await;
        assert!(not_allowed(&world.asks_the_buyer(&accepted).await), "nothing took place yet");
        let done = fulfil::record_use(app, &world.seller, accepted.id, accepted.version, took_place()).await.expect("recorded");
        let row = only(&done);
        let stranger = buyer_link::issue(app, &world.owner, row.id, row.version).await;
        assert!(matches!(stranger, Err(Error::Forbidden)), "the requester's to send");
        let token = world.asks_the_buyer(&row).await.expect("a link");
        assert!(matches!(answer::look(app, &token).await, Err(Error::NotFound)), "no link of the advocate's");
        assert!(matches!(buyer_link::look(app, &world.link(&row).await).await, Err(Error::NotFound)));
        let long = says(5, None, &"x".repeat(4_001));
        assert!(matches!(buyer_link::give(app, &token, long).await, Err(Error::Invalid(_))));
        let no = GiveAnswer { took_place: Some(false), ..GiveAnswer::default() };
        answer::give(app, &world.link(&row).await, no).await.expect("taken");
        assert_eq!(buyer_link::look(app, &token).await.expect("a page").state, AnswerState::Over);
        assert!(not_allowed(&buyer_link::give(app, &token, says(5, None, "well")).await));
        world.test.app.clock.set(NOW.plus_days(15));
        assert!(matches!(buyer_link::look(app, &token).await, Err(Error::LinkExpired)));
    }

    async fn the_buyer_whose_address_is_known_gets_one_letter(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        let row = world.accepted().await;
        let slots = OfferSlots { slots: ["2026-03-05T09:00", "2026-03-09T09:00", "2026-03-10T09:00"].map(str::to_owned).to_vec(), time_zone: "UTC".to_owned(), place: None };
        let offered = offer::offer(&app, &world.seller, row.id, row.version, slots).await.expect("offered");
        let pick = PickSlot { starts_at: "2026-03-05T09:00:00Z".parse().expect("an instant"), buyer_email: Some("buyer@prospect.example".to_owned()) };
        let row = only(&offered);
        let picked = appointment::pick(&app, &world.seller, row.id, row.version, pick).await.expect("picked");
        let row = only(&picked);
        letters(&app).await;
        fulfil::record_use(&app, &world.seller, row.id, row.version, took_place()).await.expect("recorded");
        let sent = letters(&app).await;
        let to_buyer: Vec<_> = sent.iter().filter(|letter| letter.to.to_string() == "buyer@prospect.example").collect();
        assert_eq!(to_buyer.len(), 1, "{sent:?}");
        let body = &to_buyer[0].body;
        assert!(body.contains("/debrief/") && !body.contains("Ann"), "{body}");
    }

    async fn the_advocate_hears_once_what_came_of_it(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        let row = world.done().await;
        letters(&app).await;
        clock::run(&app).await.expect("a round");
        assert!(letters(&app).await.is_empty(), "nothing is decided");
        world.decide(OpportunityStatus::Won).await;
        clock::run(&app).await.expect("a round");
        clock::run(&app).await.expect("another round");
        let sent = letters(&app).await;
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert_eq!((sent[0].to.to_string().as_str(), sent[0].subject.as_str()), ("ann@meridian.example", "Your reference call helped"));
        assert!(sent[0].body.contains("decided for us") && !sent[0].body.contains("Prospect Corp"), "{}", sent[0].body);
        let told = app::inbox::list(&app, &world.owner, app::inbox::ListNotices::default()).await.expect("an inbox");
        let titles: Vec<_> = told.page.items.iter().map(|entry| entry.title.as_str()).collect();
        assert!(titles.contains(&"Your customer helped to win a deal"), "{titles:?}");
        let used = row.used.expect("a use").id;
        let kept = storage::reference_use::by_ids(&app.store, vec![used]).await.expect("read");
        assert_eq!(kept[&used].thanked_on, Some(day(TODAY)));
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }

    async fn no_letter_thanks_somebody_who_is_no_advocate_any_more(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        world.done().await;
        letters(&app).await;
        let tx = world.test.db.begin().await;
        let mut ann = storage::advocate::by_ids(&tx, vec![id(1)]).await.expect("read").remove(&id(1)).expect("Ann");
        ann.status = domain::advocate::AdvocateStatus::Retired;
        storage::advocate::save(&tx, &mut ann).await.expect("saved");
        tx.commit().await.expect("committed");
        world.decide(OpportunityStatus::Lost).await;
        clock::run(&app).await.expect("a round");
        assert!(letters(&app).await.is_empty());
    }

    async fn that_it_did_not_take_place_is_taken_back_within_a_minute(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let app = &world.test.app;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14]).await.expect("proposed");
        let approved = world.approve(&of(&asked, 11)).await.expect("approved");
        let token = world.link(&of(&approved, 11)).await;
        world.answer(&token, answer::YesNo::Accept).await.expect("accepted");
        let no_show = async |row: &CandidateView| -> RequestView {
            let ask = RecordUse { outcome: UseOutcome::NoShow, ..took_place() };
            fulfil::record_use(app, &world.seller, row.id, row.version, ask).await.expect("recorded")
        };
        let after = no_show(&of(&world.read(asked.id).await, 11)).await;
        assert_eq!(of(&after, 14).state, CandidateState::OwnerAsked, "the next in line is asked");
        let row = of(&after, 11);
        let take_back = async |row: &CandidateView| proof::take_back(app, &world.seller, row.id, row.version).await;
        assert!(matches!(proof::take_back(app, &world.owner, row.id, row.version).await, Err(Error::Forbidden)));

        let back = take_back(&row).await.expect("taken back");
        let row = of(&back, 11);
        assert_eq!((back.status, row.state, row.due_on), (RequestStatus::InProgress, CandidateState::Accepted, Some(row.planned_on)));
        assert!(row.used.is_none() && row.can.contains(&CandidateAct::RecordUse));
        assert!(of(&back, 14).state == CandidateState::Replaced, "who was asked in their place is let go");
        assert!(not_allowed(&take_back(&row).await), "there is nothing left to take back");

        let row = of(&no_show(&row).await, 11);
        app.clock.set(NOW.plus_seconds(61));
        assert!(not_allowed(&take_back(&row).await), "a minute is over");
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }
}
