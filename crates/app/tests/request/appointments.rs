//! Times that are offered, picked, moved and called off, and the invitations that follow.

use app::{
    App, Config, Error,
    error::FieldProblem,
    job::{self, Worked},
    mail::{Carrier, Letter, Sending},
    request::{
        self, CandidateAct, CandidateView, RequestView,
        answer::{self, AnswerState, GiveAnswer, YesNo},
        appointment::{self, CallOff, PickSlot},
        clock, link,
        offer::{self, OfferSlots},
        slots_link::{self, SlotsState},
    },
};
use domain::{candidate::CandidateState, time::Timestamp};
use std::sync::Mutex;
use testkit::{NOW, build::id};

use crate::world::{World, only};

/// Three times in Chicago: 15:00 UTC while it is winter there, 14:00 UTC from 8 March on.
const TIMES: [&str; 3] = ["2026-03-05T09:00", "2026-03-09T09:00", "2026-03-10T09:00"];

fn offered(times: &[&str], zone: &str) -> OfferSlots {
    OfferSlots {
        slots: times.iter().map(|time| (*time).to_owned()).collect(),
        time_zone: zone.to_owned(),
        place: Some("https://meet.example.com/1".to_owned()),
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn picks(text: &str) -> PickSlot {
    PickSlot {
        starts_at: at(text),
        buyer_email: Some("Buyer@Prospect.example".to_owned()),
    }
}

/// Keeps what it is given.
#[derive(Default)]
struct Kept(Mutex<Vec<Letter>>);

impl Carrier for Kept {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        self.0.lock().expect("whole").push(letter.clone());
        Box::pin(async { Ok(()) })
    }
}

impl World {
    async fn offer(&self, candidate: &CandidateView) -> Result<CandidateView, Error> {
        let ask = offered(&TIMES, "America/Chicago");
        let made = offer::offer(
            &self.test.app,
            &self.seller,
            candidate.id,
            candidate.version,
            ask,
        );
        Ok(only(&made.await?))
    }

    async fn buyers_secret(&self, candidate: &CandidateView) -> String {
        let issued = slots_link::issue(
            &self.test.app,
            &self.seller,
            candidate.id,
            candidate.version,
        )
        .await
        .expect("a link");
        assert!(issued.url.contains("/pick/"), "{}", issued.url);
        issued.url.rsplit('/').next().expect("a secret").to_owned()
    }

    async fn seen(&self, candidate: &CandidateView) -> CandidateView {
        only(&self.read(candidate.request_id).await)
    }
}

/// The program with a mail server, on the same database; Sam has an address.
pub async fn with_mail(world: &World) -> App {
    let app = &world.test.app;
    let tx = world.test.db.begin().await;
    let mut sam = storage::user::find(&tx, id(1))
        .await
        .expect("read")
        .expect("Sam");
    sam.email = Some("sam@seller.example".parse().expect("an address"));
    storage::user::save(&tx, &mut sam).await.expect("saved");
    tx.commit().await.expect("committed");
    let config = Config {
        sends_mail: true,
        ..Config::clone(&app.config)
    };
    App::new(app.store.clone(), app.clock.clone(), config)
}

/// Everything that waits to be sent, sent.
pub async fn letters(app: &App) -> Vec<Letter> {
    let carrier = Kept::default();
    while job::run_next(app, Some(&carrier)).await.expect("a job") != Worked::Idle {}
    carrier.0.into_inner().expect("whole")
}

fn refused(problem: &Error) -> &[FieldProblem] {
    match problem {
        Error::Invalid(fields) => fields,
        other => panic!("{other:?}"),
    }
}

testkit::on_both_engines! {
    async fn the_buyer_picks_one_of_three_times_by_a_link_that_picks_once(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let accepted = world.accepted().await;
        assert!(accepted.can.contains(&CandidateAct::OfferSlots), "{:?}", accepted.can);
        let on_offer = world.offer(&accepted).await.expect("offered");
        assert!(on_offer.can.contains(&CandidateAct::PickSlot) && !on_offer.can.contains(&CandidateAct::CallOff), "{:?}", on_offer.can);
        let secret = world.buyers_secret(&on_offer).await;

        let before = storage::log::head(&app.store).await.expect("the head");
        for _ in 0..3 {
            let seen = slots_link::look(app, &secret).await.expect("the times");
            assert_eq!((seen.state, seen.slots.len(), seen.title.as_deref(), seen.place), (SlotsState::Open, 3, Some("CIO"), None));
            assert_eq!(seen.slots[1], at("2026-03-09T14:00:00Z"), "the clocks went forward in between");
        }
        assert_eq!(storage::log::head(&app.store).await.expect("the head"), before, "looking changes nothing");
        assert!(matches!(slots_link::file(app, &secret).await, Err(Error::NotFound)), "nothing is agreed yet");

        let picked = slots_link::pick(app, &secret, picks("2026-03-09T14:00:00Z")).await.expect("picked");
        assert_eq!((picked.state, picked.starts_at, picked.place.as_deref()), (SlotsState::Picked, Some(at("2026-03-09T14:00:00Z")), Some("https://meet.example.com/1")));
        assert!(matches!(slots_link::pick(app, &secret, picks("2026-03-10T14:00:00Z")).await, Err(Error::LinkUsed)), "a link picks once");
        let agreed = world.seen(&on_offer).await;
        assert_eq!((agreed.state, agreed.planned_on.to_string().as_str()), (CandidateState::Scheduled, "2026-03-09"));
        let appointment = agreed.appointment.expect("an appointment");
        assert_eq!((appointment.starts_at, appointment.slots.len(), appointment.buyer_is_invited), (Some(at("2026-03-09T14:00:00Z")), 0, true));
        let file = slots_link::file(app, &secret).await.expect("a file");
        assert!(file.contains("DTSTART:20260309T140000Z") && file.contains("METHOD:REQUEST"), "{file}");
    }

    async fn a_link_that_was_tampered_with_opens_nothing_and_no_link_opens_anothers_page(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let on_offer = world.offer(&world.accepted().await).await.expect("offered");
        let secret = world.buyers_secret(&on_offer).await;
        let advocates = world.link(&on_offer).await;
        let mut other = secret.clone();
        other.replace_range(0..1, if other.starts_with('A') { "B" } else { "A" });
        for token in [other.as_str(), advocates.as_str(), "", &"x".repeat(300)] {
            assert!(matches!(slots_link::look(app, token).await, Err(Error::NotFound)), "{token}");
            assert!(matches!(slots_link::pick(app, token, picks("2026-03-09T14:00:00Z")).await, Err(Error::NotFound)), "{token}");
        }
        assert!(matches!(answer::look(app, &secret).await, Err(Error::NotFound)), "a buyer does not answer for the advocate");
        app.clock.set(NOW.plus_days(link::VALID_DAYS));
        assert!(matches!(slots_link::pick(app, &secret, picks("2026-03-20T14:00:00Z")).await, Err(Error::LinkExpired)));
        assert_eq!(world.seen(&on_offer).await.version, on_offer.version, "nothing changed");
    }

    async fn a_time_that_cannot_be_kept_is_refused_in_words_and_changes_nothing(db: TestDb) {
        let world = World::on(db).await;
        let accepted = world.accepted().await;
        let offer = |times: Vec<&'static str>, zone: &'static str| offer::offer(&world.test.app, &world.seller, accepted.id, accepted.version, offered(&times, zone));
        let third = |time: &'static str| vec![TIMES[0], TIMES[1], time];
        for (times, zone, field, words) in [
            (vec![TIMES[0], TIMES[1]], "UTC", "slots", "at least 3"),
            (third("2026-03-08T02:30"), "America/Chicago", "slots.2", "does not exist in America/Chicago"),
            (third("2026-03-10T09:00"), "Mars/Olympus", "time_zone", "no known time zone"),
            (third("2026-02-01T09:00"), "UTC", "slots.2", "is over"),
            (third("2026-03-09T09:15"), "UTC", "slots.2", "runs into another"),
            (third("next week"), "UTC", "slots.2", "is no day and time"),
            (third("2026-03-10T09:01"), "UTC", "slots.2", "full five minutes"),
            (third("2026-11-01T01:30"), "America/Chicago", "slots.2", "comes twice"),
        ] {
            let problem = offer(times, zone).await.expect_err(words);
            let found = refused(&problem);
            assert_eq!(found.len(), 1);
            assert!(found[0].field == field && found[0].message.contains(words), "{found:?}");
        }
        let seen = world.seen(&accepted).await;
        assert_eq!((seen.version, seen.appointment.is_none()), (accepted.version, true));
    }

    async fn a_day_on_which_the_customer_rests_is_not_offered(db: TestDb) {
        let world = World::on(db).await;
        let accepted = world.accepted().await;
        let tx = world.test.db.begin().await;
        let used = testkit::build::used(9, id(1), id(1), "2026-07-01".parse().expect("a day"));
        storage::reference_use::insert(&tx, used).await.expect("written");
        tx.commit().await.expect("committed");
        let ask = offered(&[TIMES[0], TIMES[1], "2026-06-20T09:00"], "UTC");
        let problem = offer::offer(&world.test.app, &world.seller, accepted.id, accepted.version, ask).await.expect_err("refused");
        let found = refused(&problem);
        assert!(found[0].message.starts_with("2026-06-20: No use is left"), "{found:?}");
    }

    async fn the_advocate_says_yes_and_names_times_in_one_answer(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = only(&world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved"));
        let token = world.link(&asked).await;
        let bad = GiveAnswer { answer: Some(YesNo::Accept), offer: Some(offered(&TIMES[..2], "America/Chicago")), ..GiveAnswer::default() };
        assert!(matches!(answer::give(app, &token, bad).await, Err(Error::Invalid(_))));
        assert_eq!(world.seen(&asked).await.state, CandidateState::AdvocateAsked, "a wrong time does not swallow the answer");
        let good = GiveAnswer { answer: Some(YesNo::Accept), offer: Some(offered(&TIMES, "America/Chicago")), ..GiveAnswer::default() };
        assert_eq!(answer::give(app, &token, good).await.expect("accepted").state, AnswerState::Answered);
        let accepted = world.seen(&asked).await;
        assert_eq!((accepted.state, accepted.appointment.as_ref().map(|found| found.slots.len())), (CandidateState::Accepted, Some(3)));

        let later = world.link(&accepted).await;
        let other = GiveAnswer { offer: Some(offered(&["2026-03-11T09:00", "2026-03-12T09:00", "2026-03-13T09:00"], "Europe/London")), ..GiveAnswer::default() };
        answer::give(app, &later, other).await.expect("named");
        let slots = world.seen(&asked).await.appointment.expect("an appointment").slots;
        assert_eq!(slots[0], at("2026-03-11T09:00:00Z"), "the new times take the place of the old ones");
    }

    async fn who_stands_outside_agrees_on_nothing(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let accepted = world.accepted().await;
        let stranger = world.test.colleague(8, "Una Other", &[domain::access::Role::Seller]).await;
        let ask = || offered(&TIMES, "UTC");
        assert!(matches!(offer::offer(app, &stranger, accepted.id, accepted.version, ask()).await, Err(Error::NotFound)));
        assert!(matches!(offer::offer(app, &world.owner, accepted.id, accepted.version - 1, ask()).await, Err(Error::Stale { .. })));
        let view = offer::offer(app, &world.owner, accepted.id, accepted.version, ask()).await.expect("the owner may");
        assert!(matches!(slots_link::file_for_staff(app, &stranger, accepted.id).await, Err(Error::NotFound)));
        let early = only(&view);
        let picked = appointment::pick(app, &world.owner, early.id, early.version, picks("2026-03-09T09:00:00Z")).await.expect("picked");
        let taken = PickSlot { starts_at: at("2026-03-10T09:00:00Z"), buyer_email: None };
        assert!(matches!(appointment::pick(app, &world.owner, early.id, only(&picked).version, taken).await, Err(Error::Invalid(_))), "the other times are gone");
    }

    async fn an_agreed_time_is_moved_and_called_off_with_one_letter_each_to_everybody(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        let accepted = world.accepted().await;
        let on_offer = world.offer(&accepted).await.expect("offered");
        let view = appointment::pick(&app, &world.seller, on_offer.id, on_offer.version, picks("2026-03-09T14:00:00Z")).await.expect("picked");
        let first = letters(&app).await;
        let to: Vec<&str> = first.iter().map(|letter| letter.to.as_str()).collect();
        assert_eq!(to, ["ann@meridian.example", "sam@seller.example", "buyer@prospect.example"], "each once");
        for letter in &first {
            let file = &letter.calendar.as_ref().expect("a file").text;
            assert!(file.contains("SEQUENCE:0") && file.contains("METHOD:REQUEST"), "{file}");
            assert_eq!(file.matches("ATTENDEE").count(), 1, "nobody learns another's address: {file}");
        }
        assert!(first[0].body.contains("Monday 9 March 2026, 09:00 (America/Chicago)"), "{}", first[0].body);
        assert!(!first[2].calendar.as_ref().expect("a file").text.contains("meridian.example"), "the buyer does not learn the advocate's address");

        // Offering new times moves nothing yet.
        let agreed = only(&view);
        let moving = world.offer_again(&app, &agreed).await;
        assert_eq!(moving.appointment.as_ref().and_then(|found| found.starts_at), Some(at("2026-03-09T14:00:00Z")));
        assert!(letters(&app).await.is_empty());
        let moved = only(&appointment::pick(&app, &world.seller, moving.id, moving.version, PickSlot { starts_at: at("2026-03-11T15:00:00Z"), buyer_email: None }).await.expect("moved"));
        let second = letters(&app).await;
        assert_eq!(second.len(), 3, "the buyer's address is still known");
        assert!(second.iter().all(|letter| letter.subject.starts_with("New time") && letter.calendar.as_ref().is_some_and(|file| file.text.contains("SEQUENCE:1"))));
        assert_eq!(uid(&second[0]), uid(&first[0]), "the same event in every calendar");

        let off = only(&appointment::call_off(&app, &world.owner, moved.id, moved.version, CallOff { reason: Some("The buyer is ill".to_owned()) }).await.expect("called off"));
        assert_eq!((off.state, off.appointment.as_ref().and_then(|found| found.starts_at)), (CandidateState::Accepted, None));
        let third = letters(&app).await;
        assert_eq!(third.iter().filter(|letter| letter.calendar.as_ref().is_some_and(|file| file.text.contains("METHOD:CANCEL") && file.text.contains("SEQUENCE:2") && file.text.contains("STATUS:CANCELLED"))).count(), 3);
        assert!(matches!(appointment::call_off(&app, &world.owner, off.id, off.version, CallOff::default()).await, Err(Error::MoveNotAllowed(_))), "there is nothing to call off twice");
        let mut ids: Vec<&str> = first.iter().chain(&second).chain(&third).map(|letter| letter.message_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 9, "each letter has an id of its own");
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }

    async fn a_letter_that_is_sent_again_is_the_same_letter_and_one_that_is_overtaken_is_not_sent(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        let on_offer = world.offer(&world.accepted().await).await.expect("offered");
        let ask = PickSlot { starts_at: at("2026-03-09T14:00:00Z"), buyer_email: None };
        let agreed = only(&appointment::pick(&app, &world.seller, on_offer.id, on_offer.version, ask).await.expect("picked"));
        // The worker dies after the letter left and before it says so: the job comes back.
        let carrier = Kept::default();
        let half = {
            let job = storage::job::claim(&app.store, app.clock.now()).await.expect("read").expect("a job");
            assert_eq!(job.kind, "mail_appointment");
            job
        };
        app.clock.set(half.run_at.plus_seconds(600));
        while job::run_next(&app, Some(&carrier)).await.expect("a job") != Worked::Idle {}
        let sent = carrier.0.into_inner().expect("whole");
        assert_eq!(sent.len(), 2);
        let again = letters(&app).await;
        assert!(again.is_empty(), "once each");
        let first = &sent[0];
        assert!(first.message_id.starts_with(&format!("<{}.0.time.", agreed.id)), "{}", first.message_id);

        let moving = world.offer_again(&app, &agreed).await;
        let moved = only(&appointment::pick(&app, &world.seller, moving.id, moving.version, PickSlot { starts_at: at("2026-03-11T15:00:00Z"), buyer_email: None }).await.expect("moved"));
        appointment::call_off(&app, &world.seller, moved.id, moved.version, CallOff::default()).await.expect("called off");
        let late = letters(&app).await;
        assert_eq!(late.iter().map(|letter| letter.subject.starts_with("Called off")).collect::<Vec<_>>(), [true, true], "the move was overtaken");
    }

    async fn everybody_is_reminded_once_the_day_before(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        let on_offer = world.offer(&world.accepted().await).await.expect("offered");
        appointment::pick(&app, &world.seller, on_offer.id, on_offer.version, picks("2026-03-09T14:00:00Z")).await.expect("picked");
        letters(&app).await;
        app.clock.set(at("2026-03-08T13:59:00Z"));
        clock::run(&app).await.expect("a round");
        assert!(letters(&app).await.is_empty(), "not yet");
        app.clock.set(at("2026-03-08T14:00:00Z"));
        clock::run(&app).await.expect("a round");
        clock::run(&app).await.expect("a round");
        let sent = letters(&app).await;
        assert_eq!(sent.len(), 3, "each once");
        assert!(sent.iter().all(|letter| letter.subject.starts_with("Reminder: ") && letter.calendar.is_none()), "{:?}", sent[0].subject);
    }

    async fn a_candidate_that_leaves_takes_its_time_out_of_every_calendar(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        let on_offer = world.offer(&world.accepted().await).await.expect("offered");
        appointment::pick(&app, &world.seller, on_offer.id, on_offer.version, picks("2026-03-09T14:00:00Z")).await.expect("picked");
        letters(&app).await;
        let view: RequestView = world.read(on_offer.request_id).await;
        request::stop::withdraw(&app, &world.seller, view.id, view.version, request::stop::WithdrawRequest::default()).await.expect("withdrawn");
        let sent = letters(&app).await;
        let files = sent.iter().filter(|letter| letter.calendar.as_ref().is_some_and(|file| file.text.contains("METHOD:CANCEL"))).count();
        assert_eq!(files, 3, "{:?}", sent.iter().map(|letter| &letter.subject).collect::<Vec<_>>());
    }

    async fn the_buyers_address_is_forgotten_thirty_days_after_the_request_closes(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let on_offer = world.offer(&world.accepted().await).await.expect("offered");
        appointment::pick(app, &world.seller, on_offer.id, on_offer.version, picks("2026-03-09T14:00:00Z")).await.expect("picked");
        let view = world.read(on_offer.request_id).await;
        request::stop::withdraw(app, &world.seller, view.id, view.version, request::stop::WithdrawRequest::default()).await.expect("withdrawn");
        for (days, is_known) in [(30, true), (31, false)] {
            app.clock.set(NOW.plus_days(days));
            job::tidy::run(app).await.expect("tidied");
            let kept = world.seen(&on_offer).await.appointment.expect("an appointment");
            assert_eq!(kept.buyer_is_invited, is_known, "{days} days");
        }
    }
}

fn uid(letter: &Letter) -> String {
    let text = &letter.calendar.as_ref().expect("a file").text;
    text.lines()
        .find(|line| line.starts_with("UID:"))
        .expect("a UID")
        .to_owned()
}

impl World {
    /// Other times in place of the agreed one.
    async fn offer_again(&self, app: &App, agreed: &CandidateView) -> CandidateView {
        let times = ["2026-03-11T10:00", "2026-03-12T10:00", "2026-03-13T10:00"];
        let ask = offered(&times, "America/Chicago");
        only(
            &offer::offer(app, &self.seller, agreed.id, agreed.version, ask)
                .await
                .expect("offered"),
        )
    }
}
