//! What the log tells of every move of a candidate: state and planned day, before and after.

use app::{
    Error,
    audit::{self, ListEvents, TimelineEntry},
    request::{
        CandidateView, RequestView,
        answer::{self, GiveAnswer, YesNo},
        appointment::{self, CallOff, PickSlot},
        fulfil::{self, GradeUse, RecordUse, ScheduleUse},
        offer::{self, OfferSlots},
    },
};
use domain::{
    record::{Action, RecordKind},
    reference_use::{Grade, UseOutcome},
};
use serde_json::{Value, json};
use testkit::{TODAY, day};

use crate::world::{NEED_BY, World, only};

/// What happened to candidates, oldest first.
async fn told(world: &World) -> Vec<TimelineEntry> {
    let ask = ListEvents {
        kind: Some(RecordKind::Candidate),
        ..ListEvents::default()
    };
    let mut events = audit::list(&world.test.app, &world.program, ask)
        .await
        .expect("events")
        .items;
    events.reverse();
    events
}

fn change(entry: &TimelineEntry, field: &str) -> Option<(Value, Value)> {
    let changes = entry.changes.as_deref().unwrap_or_default();
    let found = changes.iter().find(|change| change.field == field)?;
    Some((found.before.clone(), found.after.clone()))
}

async fn record(
    world: &World,
    row: &CandidateView,
    outcome: UseOutcome,
) -> Result<RequestView, Error> {
    let ask = RecordUse {
        used_on: day(TODAY),
        outcome,
        grade: None,
        fit: None,
        comment: None,
    };
    fulfil::record_use(&world.test.app, &world.seller, row.id, row.version, ask).await
}

/// The actions that moved the state, each with where from and where to.
fn states(events: &[TimelineEntry]) -> Vec<(Action, Value, Value)> {
    let moves = events.iter();
    moves
        .filter_map(|entry| {
            change(entry, "state").map(|(before, after)| (entry.action, before, after))
        })
        .collect()
}

fn of(events: &[TimelineEntry], action: Action) -> &TimelineEntry {
    events
        .iter()
        .rev()
        .find(|entry| entry.action == action)
        .unwrap_or_else(|| panic!("{action:?} is in the log"))
}

testkit::on_both_engines! {
    async fn every_move_on_the_way_to_both_grades_tells_the_state_before_and_after(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let row = world.accepted().await;
        let later = ScheduleUse { planned_on: day(NEED_BY).plus_days(3) };
        let row = only(&fulfil::schedule(app, &world.seller, row.id, row.version, later).await.expect("scheduled"));
        let done = only(&record(&world, &row, UseOutcome::Helpful).await.expect("recorded"));
        let grade = || Grade::try_from(5).expect("a grade");
        fulfil::grade(app, &world.seller, done.id, done.version, GradeUse { grade: grade(), fit: None, comment: None }).await.expect("graded");
        let debrief = GiveAnswer { grade: Some(grade()), ..GiveAnswer::default() };
        answer::give(app, &world.link(&done).await, debrief).await.expect("debriefed");

        let events = told(&world).await;
        let way = [
            (Action::Proposed, json!(null), json!("proposed")),
            (Action::OwnerAsked, json!("proposed"), json!("owner_asked")),
            (Action::OwnerApproved, json!("owner_asked"), json!("advocate_asked")),
            (Action::AdvocateAsked, json!("owner_asked"), json!("advocate_asked")),
            (Action::AdvocateAccepted, json!("advocate_asked"), json!("accepted")),
            (Action::Scheduled, json!("accepted"), json!("scheduled")),
            (Action::Used, json!("scheduled"), json!("done")),
            (Action::Graded, json!("done"), json!("debriefed")),
        ];
        assert_eq!(states(&events), way);
        let days = (json!(NEED_BY), json!(day(NEED_BY).plus_days(3)));
        assert_eq!(change(of(&events, Action::Scheduled), "planned_on"), Some(days));
        assert_eq!(change(of(&events, Action::Proposed), "planned_on"), Some((json!(null), json!(NEED_BY))));
        assert_eq!(change(of(&events, Action::AdvocateAccepted), "planned_on"), None, "a day that stays is not told");
    }

    async fn a_no_tells_what_it_ended_and_why(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        world.answer(&world.link(&only(&asked)).await, YesNo::Decline).await.expect("declined");
        let events = told(&world).await;
        let declined = of(&events, Action::Declined);
        assert_eq!(change(declined, "state"), Some((json!("advocate_asked"), json!("declined"))));
        assert_eq!(change(declined, "by"), Some((json!(null), json!("advocate"))));
    }

    async fn a_time_that_is_agreed_and_called_off_tells_the_state_the_day_and_the_reason(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let row = world.accepted().await;
        let times = ["2026-03-09T15:00", "2026-03-10T15:00", "2026-03-11T15:00"];
        let slots = OfferSlots { slots: times.map(str::to_owned).to_vec(), time_zone: "UTC".to_owned(), place: None };
        let row = only(&offer::offer(app, &world.seller, row.id, row.version, slots).await.expect("offered"));
        let picks = PickSlot { starts_at: "2026-03-10T15:00:00Z".parse().expect("an instant"), buyer_email: None };
        let row = only(&appointment::pick(app, &world.seller, row.id, row.version, picks).await.expect("agreed"));
        let why = CallOff { reason: Some("The buyer is ill".to_owned()) };
        appointment::call_off(app, &world.owner, row.id, row.version, why).await.expect("called off");

        let events = told(&world).await;
        let agreed = of(&events, Action::Scheduled);
        assert_eq!(change(agreed, "state"), Some((json!("accepted"), json!("scheduled"))));
        assert_eq!(change(agreed, "planned_on"), Some((json!(NEED_BY), json!("2026-03-10"))));
        let off = of(&events, Action::CalledOff);
        assert_eq!(change(off, "state"), Some((json!("scheduled"), json!("accepted"))));
        assert_eq!(change(off, "starts_at").map(|(_, after)| after), Some(json!(null)));
        assert_eq!(change(off, "reason"), Some((json!(null), json!("The buyer is ill"))));
    }

    async fn what_did_not_take_place_tells_that_the_candidate_left(db: TestDb) {
        let world = World::on(db).await;
        let row = world.accepted().await;
        record(&world, &row, UseOutcome::NoShow).await.expect("recorded");
        let events = told(&world).await;
        assert_eq!(change(of(&events, Action::DidNotTakePlace), "state"), Some((json!("accepted"), json!("replaced"))));
    }
}
