//! What a file brings ends what it must end, as the same change by hand does.

use app::{
    Actor,
    import::{RunImport, run},
};
use domain::candidate::CandidateState;
use import::kind::Kind;
use testkit::build::id;

use crate::world::{World, of, only, states};

async fn import(world: &World, kind: Kind, text: &str) {
    let ask = RunImport {
        kind,
        files: vec![("file.csv".to_owned(), text.as_bytes().to_vec())],
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    let done = run(&world.test.app, &Actor::operator(), ask, |_, _| {})
        .await
        .expect("an import");
    assert_eq!(
        (done.report.updated, done.report.failed),
        (1, 0),
        "{:?}",
        done.report
    );
}

testkit::on_both_engines! {
    async fn a_departure_from_a_file_ends_what_is_planned_after_it(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.submit(1).await.expect("submitted");
        let planned = only(&asked).planned_on;
        let leaves = async |on: domain::time::Day| {
            let text = format!("Contact Name,Email,Left On\nAnn Advocate,ann@meridian.example,{on}\n");
            import(&world, Kind::Contacts, &text).await;
        };
        leaves(planned.plus_days(1)).await;
        assert_eq!(states(&world.read(asked.id).await), [CandidateState::OwnerAsked], "the use is before they leave");
        leaves(planned).await;
        let after = world.read(asked.id).await;
        assert_eq!(states(&after), [CandidateState::Declined]);
        let why = only(&after).declined.and_then(|no| no.reason);
        assert_eq!(why.as_deref(), Some("The advocate has left the company by then."));
        assert_eq!(storage::log::verify(&world.test.app.store).await.expect("a chain"), []);
    }

    async fn a_lock_from_a_file_lets_go_of_everybody_asked_there_and_asks_the_next(db: TestDb) {
        let world = World::with_customers(db, 3).await;
        let asked = world.propose(&world.open_request().await, &[1, 11, 12, 13]).await.expect("proposed");
        import(&world, Kind::Accounts, "Account Name,Locked\nMeridian Health,yes\n").await;
        let after = world.read(asked.id).await;
        assert_eq!((of(&after, 1).state, of(&after, 13).state), (CandidateState::Declined, CandidateState::OwnerAsked));
        let refused = world.submit(1).await;
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!(storage::candidate::open_of_any(&world.test.app.store, vec![id(1)], vec![id(1)]).await.expect("read"), []);
    }
}
