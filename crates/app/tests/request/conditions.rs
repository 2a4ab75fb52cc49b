//! What an owner says beside yes and no: from when, how, and who instead.

use app::{
    Error,
    request::{
        self,
        answer::{self, YesNo},
        fulfil,
        owner::{self, Approve, DeclineCandidate},
    },
};
use domain::{candidate::CandidateState, time::Day};
use testkit::{TODAY, build::id, day};

use crate::{
    appointments::{letters, with_mail},
    world::{NEED_BY, World, only},
};

testkit::on_both_engines! {
    async fn a_yes_with_conditions_holds_for_whoever_plans_the_use(db: TestDb) {
        let world = World::on(db).await;
        let app = &with_mail(&world).await;
        let candidate = only(&world.submit(1).await.expect("submitted"));
        let approve = |ask: Approve| owner::approve(app, &world.owner, candidate.id, candidate.version, ask);
        let from = |day: Day| Approve { not_before: Some(day), ..Approve::default() };
        for refused in [from(day(TODAY).plus_days(-1)), from(day(TODAY).plus_days(366)), Approve { condition: Some("x".repeat(501)), ..Approve::default() }] {
            assert!(matches!(approve(refused).await, Err(Error::Invalid(_))));
        }
        let first = day(NEED_BY).plus_days(5);
        let ask = Approve { condition: Some("By e-mail only".to_owned()), ..from(first) };
        let candidate = only(&approve(ask).await.expect("approved"));
        let conditions = candidate.conditions.clone().expect("conditions");
        assert_eq!((conditions.not_before, conditions.words.as_deref(), candidate.planned_on), (Some(first), Some("By e-mail only"), first));
        let told: Vec<String> = letters(app).await.into_iter().map(|letter| letter.body).collect();
        let agreed = format!("What was agreed on your behalf: not before {first}; By e-mail only.");
        assert!(told.iter().any(|body| body.contains(&agreed)), "{told:?}");
        let token = world.link(&candidate).await;
        let shown = answer::look(app, &token).await.expect("the question").conditions.expect("conditions");
        assert_eq!((shown.not_before, shown.words.as_deref()), (Some(first), Some("By e-mail only")));
        world.answer(&token, YesNo::Accept).await.expect("a yes");
        let accepted = only(&request::get(app, &world.seller, candidate.request_id).await.expect("the request"));
        let plan = |on: Day| fulfil::schedule(app, &world.seller, accepted.id, accepted.version, fulfil::ScheduleUse { planned_on: on });
        let Err(Error::Invalid(problems)) = plan(first.plus_days(-1)).await else { panic!("before the day") };
        assert!(problems[0].message.contains(&first.to_string()));
        plan(first).await.expect("on the day");
    }

    async fn an_owner_who_declines_suggests_somebody_else_who_is_asked_next(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let view = world.submit(1).await.expect("submitted");
        let candidate = only(&view);
        let decline = |instead: u64| owner::decline(app, &world.owner, candidate.id, candidate.version, DeclineCandidate { reason: "In a renewal".to_owned(), instead: Some(id(instead)) });
        for refused in [1, 77] {
            assert!(matches!(decline(refused).await, Err(Error::Invalid(_))), "not the same again, and nobody unknown");
        }
        let view = decline(2).await.expect("declined");
        let states: Vec<_> = view.candidates.iter().map(|row| (row.advocate.id, row.state)).collect();
        assert_eq!(states, [(id(1), CandidateState::Declined), (id(2), CandidateState::OwnerAsked)]);
    }
}
