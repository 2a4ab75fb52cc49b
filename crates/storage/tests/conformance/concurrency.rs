//! What many callers at once must not break.

use std::collections::HashSet;

use domain::id::JobId;
use storage::{
    ActorRef, StorageError, account, candidate,
    job::{self, ATTEMPTS_MAX, Job},
    page::Page,
    rate::{self, Limit},
    user,
};
use testkit::{NOW, TestDb, build, build::id};

const CALLERS: u64 = 40;

/// Runs `call` forty times at once and gathers the answers.
async fn at_once<T, F>(call: impl Fn(u64) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let calls: Vec<_> = (1..=CALLERS)
        .map(|number| tokio::spawn(call(number)))
        .collect();
    let mut answers = Vec::with_capacity(calls.len());
    for call in calls {
        answers.push(call.await.expect("the caller ends well"));
    }
    answers
}

fn waiting(number: u64) -> Job {
    Job {
        id: id::<JobId>(number),
        kind: "greet".into(),
        payload: "{}".into(),
        run_at: NOW,
        attempts: 0,
        claimed_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: NOW,
    }
}

async fn enqueue(db: &TestDb, count: u64) {
    let tx = db.begin().await;
    for number in 1..=count {
        job::insert(&tx, waiting(number)).await.expect("a job");
    }
    tx.commit().await.expect("committed");
}

testkit::on_both_engines! {
    async fn a_caller_who_is_gone_before_the_write_stands_leaves_no_open_one_behind(db: TestDb) {
        for patience in 0..200 {
            let gone = async {
                for _ in 0..patience {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                _ = db.store.begin(ActorRef::SYSTEM, NOW) => {}
                () = gone => {}
            }
            // Inside a transaction that somebody left open, a read of one moment cannot begin any
            // more once something was read.
            user::find(&db.store, id(1)).await.expect("a read");
            storage::projection::load(&db.store, testkit::day("2026-01-01")).await.expect("a clean connection");
        }
    }

    async fn forty_claimers_get_every_job_exactly_once(db: TestDb) {
        enqueue(&db, 25).await;
        let store = db.store.clone();
        let claimed = at_once(move |_| {
            let store = store.clone();
            async move {
                let mut mine = Vec::new();
                // A claimer that loses the race for one job may get none: it asks again.
                for _ in 0..30 {
                    mine.extend(job::claim(&store, NOW).await.expect("an answer").map(|job| job.id));
                }
                mine
            }
        }).await;
        let all: Vec<JobId> = claimed.into_iter().flatten().collect();
        assert_eq!(all.len(), 25, "{all:?}");
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 25);
        assert_eq!(job::claim(&db.store, NOW).await.expect("an answer"), None);
    }

    async fn a_job_whose_worker_died_is_taken_over_when_its_claim_ends(db: TestDb) {
        enqueue(&db, 1).await;
        let first = job::claim(&db.store, NOW).await.expect("an answer").expect("a job");
        let until = first.claimed_until.expect("a claim ends");
        assert_eq!(job::claim(&db.store, until.plus_seconds(-1)).await.expect("an answer"), None);
        let second = job::claim(&db.store, until).await.expect("an answer").expect("the same job");
        assert_eq!((second.id, second.attempts), (first.id, 2));
    }

    async fn a_job_that_fails_waits_twice_as_long_each_time_and_then_lies_dead(db: TestDb) {
        enqueue(&db, 1).await;
        let mut now = NOW;
        for attempt in 1..=ATTEMPTS_MAX {
            let claimed = job::claim(&db.store, now).await.expect("an answer").expect("the job");
            assert_eq!(claimed.attempts, attempt);
            let tx = db.store.begin(ActorRef::SYSTEM, now).await.expect("a write");
            job::fail(&tx, &claimed, "no route").await.expect("noted");
            tx.commit().await.expect("committed");
            let wait = 60 * (1 << (attempt - 1));
            assert_eq!(job::claim(&db.store, now.plus_seconds(wait - 1)).await.expect("an answer"), None);
            now = now.plus_seconds(wait);
        }
        assert_eq!(job::claim(&db.store, now.plus_days(30)).await.expect("an answer"), None);
        let queue = job::standing(&db.store).await.expect("standing");
        assert_eq!((queue.waiting, queue.dead, queue.oldest_due), (0, 1, None));
        let dead = job::list(&db.store, true, &Page { limit: 10, after: None }).await.expect("a list");
        assert_eq!(dead.items[0].last_error.as_deref(), Some("no route"));

        let tx = db.begin().await;
        assert!(job::replay(&tx, id(1)).await.expect("an answer"));
        assert!(!job::replay(&tx, id(1)).await.expect("an answer"), "it is no longer dead");
        tx.commit().await.expect("committed");
        let again = job::claim(&db.store, NOW).await.expect("an answer").expect("the job");
        assert_eq!(again.attempts, 1);
        let tx = db.begin().await;
        job::finish(&tx, again.id).await.expect("noted");
        tx.commit().await.expect("committed");
        assert_eq!(job::standing(&db.store).await.expect("standing"), job::Standing::default());
    }

    async fn forty_attempts_spend_a_bucket_of_five_five_times(db: TestDb) {
        const LIMIT: Limit = Limit { attempts: 5, per_seconds: 300 };
        let store = db.store.clone();
        let taken = at_once(move |_| {
            let store = store.clone();
            async move {
                let tx = store.begin(ActorRef::SYSTEM, NOW).await.expect("a write");
                let taken = rate::take(&tx, "sign-in", LIMIT).await.expect("an answer");
                tx.commit().await.expect("committed");
                taken
            }
        }).await;
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 5);

        let take_after = async |seconds: i64| {
            let tx = db.store.begin(ActorRef::SYSTEM, NOW.plus_seconds(seconds)).await.expect("a write");
            let taken = rate::take(&tx, "sign-in", LIMIT).await.expect("an answer");
            tx.commit().await.expect("committed");
            taken
        };
        assert!(!take_after(59).await, "an attempt comes back every 60 seconds");
        assert!(take_after(60).await);
        assert!(!take_after(61).await);
        let mut refilled = 0;
        while take_after(100_000).await {
            refilled += 1;
        }
        assert_eq!(refilled, 5, "a bucket never holds more than it may");
        let tx = db.begin().await;
        assert_eq!(rate::prune(&tx, NOW.plus_seconds(100_001)).await.expect("pruned"), 1);
    }

    async fn forty_callers_behind_the_guard_book_exactly_three(db: TestDb) {
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("a user");
        account::insert(&tx, build::account(1, "Acme")).await.expect("an account");
        storage::contact::insert(&tx, build::contact(1, "Bo", id(1))).await.expect("a contact");
        storage::advocate::insert(&tx, build::advocate(1, id(1))).await.expect("an advocate");
        storage::request::insert(&tx, build::request(1, id(1))).await.expect("a request");
        tx.commit().await.expect("committed");
        let store = db.store.clone();
        let booked = at_once(move |number| {
            let store = store.clone();
            async move {
                let tx = store.begin(ActorRef::SYSTEM, NOW).await.expect("a write");
                assert!(account::guard(&tx, id(1)).await.expect("the guard"));
                let reserved = candidate::reserving(&tx, vec![id(1)]).await.expect("reservations");
                if reserved.len() >= 3 {
                    return false;
                }
                candidate::insert(&tx, build::candidate(number, id(1), id(1), id(1))).await.expect("booked");
                tx.commit().await.expect("committed");
                true
            }
        }).await;
        assert_eq!(booked.iter().filter(|booked| **booked).count(), 3);
        assert_eq!(candidate::reserving(&db.store, vec![id(1)]).await.expect("reservations").len(), 3);
    }

    async fn of_forty_saves_from_one_version_one_wins(db: TestDb) {
        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("an account");
        tx.commit().await.expect("committed");
        let store = db.store.clone();
        let saved = at_once(move |number| {
            let store = store.clone();
            async move {
                let mut row = build::account(1, &format!("Acme {number}"));
                let tx = store.begin(ActorRef::SYSTEM, NOW).await.expect("a write");
                match account::save(&tx, &mut row).await {
                    Ok(()) => {
                        tx.commit().await.expect("committed");
                        true
                    }
                    Err(StorageError::Stale) => false,
                    Err(other) => panic!("{other:?}"),
                }
            }
        }).await;
        assert_eq!(saved.iter().filter(|saved| **saved).count(), 1);
    }
}
