//! Locks of an account: what they stop, and who may lift them.

use app::{
    Actor, Error,
    account::{self, AccountView, LockAccount},
    request::propose::{self, ProposeCandidates},
};
use domain::{access::Role, candidate::CandidateState, protection::LockReason};
use testkit::build::id;

use crate::world::{World, of, only, states};

async fn lock(world: &World, actor: &Actor, reason: LockReason) -> Result<AccountView, Error> {
    let app = &world.test.app;
    let current = account::get(app, &world.program, id(1)).await?;
    let ask = LockAccount {
        reason,
        until: None,
        note: None,
    };
    account::lock(app, actor, current.id, current.version, ask).await
}

async fn unlock(world: &World, actor: &Actor) -> Result<AccountView, Error> {
    let app = &world.test.app;
    let current = account::get(app, &world.program, id(1)).await?;
    let lock = current.locks.first().expect("a lock").id;
    account::unlock(app, actor, current.id, current.version, lock).await
}

testkit::on_both_engines! {
    async fn a_lock_lets_go_of_everybody_asked_there_and_asks_the_next_in_line(db: TestDb) {
        let world = World::with_customers(db, 3).await;
        let asked = world.propose(&world.open_request().await, &[1, 11, 12, 13]).await.expect("proposed");
        lock(&world, &world.owner, LockReason::Renewal).await.expect("locked");
        let after = world.read(asked.id).await;
        assert_eq!((of(&after, 1).state, of(&after, 13).state), (CandidateState::Declined, CandidateState::OwnerAsked));
        assert_eq!(of(&after, 1).declined.and_then(|no| no.reason).as_deref(), Some("The account may not be used now."), "why is not the requester's to know");
    }

    async fn an_owner_lifts_what_the_owners_judgement_is_enough_for(db: TestDb) {
        let world = World::on(db).await;
        for reason in [LockReason::Renewal, LockReason::NpsDrop, LockReason::Other] {
            lock(&world, &world.owner, reason).await.expect("locked");
            assert!(unlock(&world, &world.owner).await.expect("lifted").locks.is_empty(), "{reason}");
        }
    }

    async fn an_owner_may_not_lift_an_opt_out_an_escalation_or_a_dispute(db: TestDb) {
        let world = World::on(db).await;
        let privacy = world.test.colleague(7, "Priya Privacy", &[Role::Privacy]).await;
        for (reason, by) in [(LockReason::OptOut, &privacy), (LockReason::OpenEscalation, &world.program), (LockReason::PaymentDispute, &world.program)] {
            lock(&world, &world.owner, reason).await.expect("locked");
            let refused = unlock(&world, &world.owner).await;
            assert!(matches!(refused, Err(Error::MoveNotAllowed(_))), "{reason}: {refused:?}");
            assert_eq!(account::get(&world.test.app, &world.owner, id(1)).await.expect("the account").locks.len(), 1);
            assert!(unlock(&world, by).await.expect("lifted").locks.is_empty());
        }
    }

    async fn a_locked_account_is_asked_only_with_a_reason_and_an_opt_out_never(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let propose = async |actor: &Actor, reason: Option<&str>| {
            let open = world.open_request().await;
            let ask = ProposeCandidates { advocates: vec![id(1)], override_reason: reason.map(str::to_owned), activity: None };
            propose::propose(app, actor, open.id, open.version, ask, None).await
        };
        lock(&world, &world.program, LockReason::OpenEscalation).await.expect("locked");
        assert!(matches!(world.submit(1).await, Err(Error::NoUseLeft { may_override: false, .. })));
        assert!(matches!(propose(&world.program, None).await, Err(Error::NoUseLeft { may_override: true, .. })));
        let forced = propose(&world.program, Some("The customer insists on it")).await.expect("overridden");
        assert_eq!(states(&forced), [CandidateState::OwnerAsked]);
        lock(&world, &world.program, LockReason::OptOut).await.expect("locked");
        assert_eq!(only(&world.read(forced.id).await).state, CandidateState::Declined);
        assert!(matches!(propose(&world.program, Some("The customer insists on it")).await, Err(Error::NoUseLeft { may_override: false, .. })));
    }
}
