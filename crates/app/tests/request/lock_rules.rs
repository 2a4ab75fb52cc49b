//! Locks by rule: set from what is known of an account, seen before they hold, and lifted by people.

use app::{
    Error,
    account::{
        self,
        lock_rules::{self, LockPreview},
    },
    policy::Permission,
    request::clock,
    setting,
};
use domain::{
    id::AccountId,
    lock_rule::LockRules,
    opportunity::{OpportunityKind, OpportunityStatus},
    protection::LockReason,
    time::Day,
};
use import::kind::Kind;
use storage::{
    account::{self as accounts, AccountLock},
    opportunity::{self, Opportunity},
};
use testkit::{NOW, TODAY, build, build::id, day};

use crate::world::{World, states};

impl World {
    async fn know(&self, account: u64, nps: Option<i64>, health: Option<i64>) {
        let tx = self.test.db.begin().await;
        let ids = vec![id::<AccountId>(account)];
        let mut row = accounts::by_ids(&tx, ids)
            .await
            .expect("read")
            .remove(&id(account))
            .expect("the account");
        (row.nps, row.health) = (nps, health);
        accounts::save(&tx, &mut row).await.expect("saved");
        tx.commit().await.expect("committed");
    }

    async fn renewal(&self, number: u64, account: u64, close_on: Day) {
        let tx = self.test.db.begin().await;
        let row = Opportunity {
            account_id: Some(id(account)),
            kind: OpportunityKind::Renewal,
            close_on: Some(close_on),
            ..build::closed(number, id(1), OpportunityStatus::Open, TODAY)
        };
        opportunity::insert(&tx, row).await.expect("written");
        tx.commit().await.expect("committed");
    }

    async fn rule(&self, rules: LockRules) {
        let app = &self.test.app;
        let version = setting::read::<LockRules>(&app.store)
            .await
            .expect("the rules")
            .version;
        setting::write(app, &self.program, Permission::SettingEdit, &rules, version)
            .await
            .expect("written");
    }

    async fn try_rules(&self, rules: LockRules) -> LockPreview {
        lock_rules::preview(&self.test.app, &self.program, rules)
            .await
            .expect("a preview")
    }

    async fn binding(&self, account: u64) -> Vec<AccountLock> {
        let today = self.test.app.clock.today();
        let locks = accounts::locks(&self.test.app.store, vec![id(account)]).await;
        let mut locks = locks.expect("the locks");
        locks.retain(|lock| lock.until_on.is_none_or(|until| until >= today));
        locks
    }

    async fn reasons(&self, account: u64) -> Vec<LockReason> {
        let locks = self.binding(account).await;
        locks.iter().map(|lock| lock.reason).collect()
    }

    async fn round(&self) -> u64 {
        clock::run(&self.test.app).await.expect("a round")
    }
}

const NPS: LockRules = LockRules {
    nps_min: Some(20),
    health_min: None,
    renewal_days: None,
    on_escalation: false,
    on_dispute: false,
};
const RENEWAL: LockRules = LockRules {
    nps_min: None,
    health_min: None,
    renewal_days: Some(30),
    on_escalation: false,
    on_dispute: false,
};

testkit::on_both_engines! {
    async fn a_rule_locks_who_is_below_it_lets_go_of_who_is_asked_and_unlocks_with_the_fact(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let asked = world.submit(1).await.expect("submitted");
        world.know(1, Some(10), None).await;
        world.know(11, Some(60), None).await;
        assert_eq!(world.round().await, 0, "no rule, no lock");
        world.rule(NPS).await;
        assert_eq!(world.round().await, 1);
        assert_eq!(world.round().await, 0, "once");
        let locks = world.binding(1).await;
        assert_eq!((locks[0].reason, locks[0].note.as_deref(), locks[0].is_by_rule), (LockReason::NpsDrop, Some("By rule: NPS 10 is below 20."), true));
        assert!(world.binding(11).await.is_empty());
        assert_eq!(states(&world.read(asked.id).await), [domain::candidate::CandidateState::Declined]);
        assert!(matches!(world.submit(1).await, Err(Error::NoUseLeft { .. })));

        world.know(1, Some(20), None).await;
        assert_eq!(world.round().await, 1);
        assert!(world.binding(1).await.is_empty());
        world.submit(1).await.expect("free again");
    }

    async fn a_renewal_locks_until_it_is_over_and_another_one_locks_again(db: TestDb) {
        let world = World::on(db).await;
        world.rule(RENEWAL).await;
        world.renewal(50, 1, day(TODAY).plus_days(31)).await;
        assert_eq!(world.round().await, 0, "not near yet");
        world.test.app.clock.set(NOW.plus_days(1));
        assert_eq!(world.round().await, 1);
        let lock = world.binding(1).await.remove(0);
        assert_eq!((lock.reason, lock.until_on), (LockReason::Renewal, Some(day(TODAY).plus_days(31))));

        let app = &world.test.app;
        let version = account::get(app, &world.owner, id(1)).await.expect("the account").version;
        account::unlock(app, &world.owner, id(1), version, lock.id).await.expect("the owner's to lift");
        assert_eq!(world.round().await, 0, "what somebody lifted stays lifted");
        world.renewal(51, 1, day(TODAY).plus_days(20)).await;
        assert_eq!(world.round().await, 1, "another renewal");
        assert_eq!(world.reasons(1).await, [LockReason::Renewal]);
    }

    async fn a_rule_that_is_taken_away_takes_its_locks_along_and_no_others(db: TestDb) {
        let world = World::on(db).await;
        world.know(1, Some(-5), Some(10)).await;
        world.rule(LockRules { health_min: Some(50), ..NPS }).await;
        assert_eq!(world.round().await, 1);
        let mut reasons = world.reasons(1).await;
        reasons.sort_unstable_by_key(|reason| reason.as_str());
        assert_eq!(reasons, [LockReason::NpsDrop, LockReason::Other]);
        let app = &world.test.app;
        let version = account::get(app, &world.program, id(1)).await.expect("the account").version;
        let by_hand = account::LockAccount { reason: LockReason::OpenEscalation, until: None, note: None };
        account::lock(app, &world.program, id(1), version, by_hand).await.expect("locked");
        world.rule(LockRules::default()).await;
        assert_eq!(world.round().await, 1);
        assert_eq!(world.reasons(1).await, [LockReason::OpenEscalation]);
    }

    async fn a_file_that_tells_of_an_escalation_or_a_dispute_locks_at_once_and_frees_at_once(db: TestDb) {
        let world = World::on(db).await;
        let rules = LockRules { on_escalation: true, on_dispute: true, ..LockRules::default() };
        let told = |escalation, dispute| format!("Account name,Open escalation,Payment dispute\nMeridian Health,{escalation},{dispute}\n");
        world.import(Kind::Accounts, &told("yes", "no")).await;
        assert!(world.binding(1).await.is_empty(), "known, and no rule asks for it");
        let known = async |actor| account::get(&world.test.app, actor, id(1)).await.map(|seen| (seen.has_open_escalation, seen.has_payment_dispute)).expect("the account");
        assert_eq!((known(&world.owner).await, known(&world.seller).await), ((Some(true), Some(false)), (None, None)));
        assert_eq!(world.try_rules(rules).await.rows[0].reasons, [LockReason::OpenEscalation]);
        world.rule(rules).await;
        world.import(Kind::Accounts, &told("yes", "yes")).await;
        let mut reasons = world.reasons(1).await;
        reasons.sort_unstable_by_key(|reason| reason.as_str());
        assert_eq!(reasons, [LockReason::OpenEscalation, LockReason::PaymentDispute]);
        assert!(matches!(world.submit(1).await, Err(Error::NoUseLeft { .. })));
        let lock = world.binding(1).await.remove(0);
        let version = account::get(&world.test.app, &world.owner, id(1)).await.expect("the account").version;
        let lifted = account::unlock(&world.test.app, &world.owner, id(1), version, lock.id).await;
        assert!(lifted.is_err(), "it has to end first");
        world.import(Kind::Accounts, &told("no", "no")).await;
        assert!(world.binding(1).await.is_empty());
        world.submit(1).await.expect("free again");
    }

    async fn a_preview_says_whom_it_would_have_stopped_and_changes_nothing(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        for (account, nps) in [(1, 10), (2, 1), (11, 19), (12, 20)] {
            world.know(account, Some(nps), None).await;
        }
        let tx = world.test.db.begin().await;
        for (number, days) in [(1, -10), (2, -90), (3, -91)] {
            let row = build::used(number, id(11), id(11), day(TODAY).plus_days(days));
            storage::reference_use::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        world.submit(1).await.expect("submitted");
        let tried = world.try_rules(NPS).await;
        assert_eq!((tried.accounts, tried.uses, tried.open_asks), (2, 2, 1), "an account without an advocate is nobody's");
        let rows: Vec<_> = tried.rows.iter().map(|row| (row.account.id, row.uses, row.open_asks)).collect();
        assert_eq!(rows, [(id(11), 2, 0), (id(1), 0, 1)]);
        assert!(world.binding(11).await.is_empty() && world.round().await == 0);
        assert_eq!(world.try_rules(LockRules::default()).await.accounts, 0);
        let bad = LockRules { renewal_days: Some(0), ..NPS };
        assert!(matches!(lock_rules::preview(&world.test.app, &world.program, bad).await, Err(Error::Invalid(_))));
        assert!(matches!(lock_rules::preview(&world.test.app, &world.seller, NPS).await, Err(Error::Forbidden)));
    }
}
