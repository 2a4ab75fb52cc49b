//! Somebody is away: their stand-in answers, from the first day to the last, and nobody else.

use app::{
    Actor, Error,
    absence::{self, PlanAbsence},
    inbox::{self, ListNotices},
    request::{
        CandidateAct, clock,
        owner::{self, Approve},
    },
};
use domain::{access::Role, id::UserId};
use testkit::{NOW, build, build::id, day};

use crate::world::{World, only};

const LAST: &str = "2026-03-04";

fn planned(stand_in: u64) -> PlanAbsence {
    PlanAbsence {
        from_on: day("2026-03-02"),
        until_on: day(LAST),
        stand_in_id: id(stand_in),
    }
}

impl World {
    async fn can_sign_in(&self, number: u64, name: &str, roles: &[Role]) -> Actor {
        let mut row = build::user(number, name);
        row.set_roles(roles);
        row.password_hash = Some("a hash".to_owned());
        self.test.add(row).await
    }

    /// The colleague with the rights of today.
    async fn now(&self, number: u64) -> Actor {
        self.test.actor(id::<UserId>(number)).await
    }

    pub async fn titles(&self, actor: &Actor) -> Vec<String> {
        let found = inbox::list(&self.test.app, actor, ListNotices::default()).await;
        let page = found.expect("an inbox").page;
        page.items.into_iter().map(|entry| entry.title).collect()
    }
}

testkit::on_both_engines! {
    async fn a_stand_in_answers_for_an_owner_who_is_away_and_not_after(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        world.can_sign_in(5, "Oscar Owner", &[Role::Owner]).await;
        let before = only(&world.submit(1).await.expect("submitted"));
        let oscar = world.now(5).await;
        let approve = async |actor: &Actor| owner::approve(app, actor, before.id, before.version, Approve::default()).await;
        assert!(matches!(approve(&oscar).await, Err(Error::NotFound)), "Olga is there");

        absence::plan(app, &world.owner, planned(5)).await.expect("planned");
        let told = absence::get(app, &world.owner).await.expect("read");
        assert_eq!((told.until_on, told.stand_in.map(|person| person.name)), (Some(day(LAST)), Some("Oscar Owner".to_owned())));
        let oscar = world.now(5).await;
        let waiting = owner::approvals(app, &oscar, None, None).await.expect("approvals");
        assert_eq!(waiting.total, 1, "what was open is his to answer");
        let seen = &waiting.items[0];
        assert_eq!(seen.candidate.stand_in.as_ref().map(|person| person.name.as_str()), Some("Oscar Owner"));
        assert_eq!((seen.candidate.holder_name.as_deref(), seen.request.stand_in.as_ref().map(|person| person.id)), (Some("Olga Owner"), Some(id(5))));
        assert!(seen.candidate.can.contains(&CandidateAct::Approve) && !seen.candidate.advocate.name_masked, "he knows for whom he answers");
        // The last day is over, and the answer is late.
        app.clock.set(NOW.plus_days(2));
        clock::run(app).await.expect("a round");
        assert!(world.titles(&oscar).await.contains(&"An answer is due today".to_owned()), "the clock reaches him");

        app.clock.set(NOW.plus_days(3));
        let oscar = world.now(5).await;
        assert!(matches!(approve(&oscar).await, Err(Error::NotFound)), "Olga is back");
        assert_eq!(absence::get(app, &world.owner).await.expect("read").from_on, None, "it is over");
        app.clock.set(NOW);
        let oscar = world.now(5).await;
        let current = only(&world.read(before.request_id).await);
        owner::approve(app, &oscar, current.id, current.version, Approve::default()).await.expect("approved");
        absence::end(app, &world.owner).await.expect("back");
        assert_eq!(owner::approvals(app, &world.now(5).await, None, None).await.expect("approvals").total, 0);
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }

    async fn what_begins_meanwhile_reaches_both_and_nobody_approves_their_own_ask(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        world.can_sign_in(5, "Sue Both", &[Role::Owner, Role::Seller]).await;
        absence::plan(app, &world.owner, planned(5)).await.expect("planned");
        let asked = only(&world.submit(1).await.expect("submitted"));
        let title = "A customer of yours is asked for".to_owned();
        for reader in [&world.owner, &world.now(5).await] {
            assert!(world.titles(reader).await.contains(&title));
        }
        // Sam is away as well, and Sue asks in nobody's name: she fulfils what is his.
        absence::plan(app, &world.seller, planned(5)).await.expect("planned");
        let sue = world.now(5).await;
        let approved = owner::approve(app, &sue, asked.id, asked.version, Approve::default()).await.expect("approved");
        let token = world.link(&only(&approved)).await;
        world.answer(&token, app::request::answer::YesNo::Accept).await.expect("accepted");
        let row = only(&app::request::get(app, &sue, asked.request_id).await.expect("hers to read"));
        assert!(row.can.contains(&CandidateAct::RecordUse));
        assert!(world.titles(&sue).await.contains(&"The advocate accepted".to_owned()));
    }

    async fn only_somebody_who_can_answer_stands_in(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        world.can_sign_in(5, "Oscar Owner", &[Role::Owner]).await;
        world.can_sign_in(6, "Ed Executive", &[Role::Executive]).await;
        world.can_sign_in(7, "Pam Program", &[Role::Program]).await;
        let refused = async |ask: PlanAbsence| matches!(absence::plan(app, &world.owner, ask).await, Err(Error::Invalid(_)));
        assert!(refused(planned(2)).await, "nobody for themselves");
        assert!(refused(planned(1)).await, "Sam cannot sign in");
        assert!(refused(planned(6)).await, "no role to answer with");
        assert!(refused(planned(99)).await, "nobody");
        assert!(refused(PlanAbsence { until_on: day("2026-03-01"), ..planned(5) }).await, "the wrong order");
        assert!(refused(PlanAbsence { from_on: day("2026-02-01"), until_on: day("2026-02-02"), stand_in_id: id(5) }).await, "over");
        assert!(refused(PlanAbsence { until_on: day("2026-12-31"), ..planned(5) }).await, "too long");
        assert!(absence::get(app, &world.owner).await.expect("read").stand_in.is_none(), "nothing changed");
        absence::plan(app, &world.now(5).await, planned(7)).await.expect("the program team may do all of it");
        assert!(refused(planned(5)).await, "he is away himself");
        assert!(matches!(absence::get(app, &Actor::operator()).await, Err(Error::Forbidden)), "an operator is nobody's colleague");
    }
}
