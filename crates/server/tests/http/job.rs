//! The queue: tried again with patience, given up with a reason, replayed by a person.

use std::sync::Mutex;

use app::{
    Config,
    job::{self, Task, Worked},
    mail::{Carrier, Letter, NotSent, Sending},
};
use axum::http::StatusCode;
use domain::{
    access::Role,
    id::{JobId, UserId},
    time::Timestamp,
};
use serde_json::json;
use storage::job::{ATTEMPTS_MAX, Job};

use crate::support::{Program, local, noon, program, program_on, program_with};

#[derive(Clone, Copy)]
enum Mood {
    Takes,
    Refuses,
    IsAway,
}

/// A mail server in a mood, which remembers what it was given.
struct Post {
    mood: Mutex<Mood>,
    seen: Mutex<Vec<Letter>>,
}

impl Post {
    fn new(mood: Mood) -> Self {
        Self {
            mood: Mutex::new(mood),
            seen: Mutex::new(Vec::new()),
        }
    }

    fn seen(&self) -> Vec<Letter> {
        self.seen.lock().expect("not poisoned").clone()
    }
}

impl Carrier for Post {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        self.seen.lock().expect("not poisoned").push(letter.clone());
        let mood = *self.mood.lock().expect("not poisoned");
        Box::pin(async move {
            match mood {
                Mood::Takes => Ok(()),
                Mood::Refuses => Err(NotSent::Refused("550 no such ann@example.com".into())),
                Mood::IsAway => Err(NotSent::NotNow("connection refused".into())),
            }
        })
    }
}

fn mailing() -> Config {
    Config {
        public_url: "https://references.example.com".to_owned(),
        sends_mail: true,
        ..local()
    }
}

async fn queue(program: &Program, reader: UserId) -> JobId {
    let task = Task::MailColleague {
        user: reader,
        subject: "A request waits for you".to_owned(),
        body: "Please decide.".to_owned(),
        path: "/approvals".to_owned(),
    };
    let tx = program.begin().await;
    let id = app::clock::new_id();
    let row = Job {
        id,
        kind: "mail_colleague".to_owned(),
        payload: serde_json::to_string(&task).expect("a payload"),
        run_at: tx.now(),
        attempts: 0,
        claimed_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: tx.now(),
    };
    storage::job::insert(&tx, row).await.expect("inserted");
    tx.commit().await.expect("committed");
    id
}

async fn work(program: &Program, post: &Post) -> Worked {
    job::run_next(&program.app, Some(post))
        .await
        .expect("the queue is read")
}

async fn kept(program: &Program, id: JobId) -> Job {
    storage::job::find(&program.app.store, id)
        .await
        .expect("the database answers")
        .expect("the job is kept")
}

#[tokio::test]
async fn a_letter_is_sent_once_and_its_job_forgets_what_it_carried() {
    let program = program_with(mailing()).await;
    let ann = program.person("Ann", &[Role::Owner]).await;
    let id = queue(&program, ann.id).await;
    let post = Post::new(Mood::Takes);
    assert_eq!(work(&program, &post).await, Worked::Done);
    assert_eq!(work(&program, &post).await, Worked::Idle);
    let seen = post.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].to.as_str(), "ann@example.com");
    assert_eq!(seen[0].message_id, format!("<{id}@references.example.com>"));
    assert!(
        seen[0]
            .body
            .contains("https://references.example.com/approvals")
    );
    assert_eq!(kept(&program, id).await.payload, "{}");
}

#[tokio::test]
async fn a_letter_that_was_not_taken_comes_back_with_the_same_message_id_at_doubling_intervals() {
    let program = program_with(mailing()).await;
    let ann = program.person("Ann", &[Role::Owner]).await;
    let id = queue(&program, ann.id).await;
    let post = Post::new(Mood::IsAway);
    let mut at: Timestamp = noon();
    for attempt in 1..ATTEMPTS_MAX {
        assert_eq!(
            work(&program, &post).await,
            Worked::Failed,
            "attempt {attempt}"
        );
        let next = kept(&program, id).await.run_at;
        assert_eq!(next.seconds_since(at), 60 << (attempt - 1));
        assert_eq!(
            work(&program, &post).await,
            Worked::Idle,
            "not before its time"
        );
        at = next;
        program.app.clock.set(at);
    }
    *post.mood.lock().expect("not poisoned") = Mood::Takes;
    assert_eq!(work(&program, &post).await, Worked::Done);
    let mut ids: Vec<String> = post
        .seen()
        .into_iter()
        .map(|letter| letter.message_id)
        .collect();
    assert_eq!(ids.len(), 8);
    ids.dedup();
    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn a_job_that_outlives_no_worker_is_dead_after_eight() {
    let program = program_with(mailing()).await;
    let ann = program.person("Ann", &[Role::Owner]).await;
    let id = queue(&program, ann.id).await;
    let clock = &program.app.clock;
    for _ in 0..ATTEMPTS_MAX {
        let claimed = storage::job::claim(&program.app.store, clock.now()).await;
        assert!(claimed.expect("the database answers").is_some());
        clock.set(clock.now().plus_seconds(120));
    }
    let post = Post::new(Mood::Takes);
    assert_eq!(work(&program, &post).await, Worked::Failed);
    assert_eq!(work(&program, &post).await, Worked::Idle);
    assert_eq!(post.seen().len(), 0);
    assert!(kept(&program, id).await.dead_at.is_some());
}

#[tokio::test]
async fn a_refused_letter_is_dead_at_once_and_an_admin_gives_it_another_round() {
    let program = program_with(Config {
        public_url: local().public_url,
        ..mailing()
    })
    .await;
    let ann = program.person("Ann", &[Role::Owner]).await;
    let id = queue(&program, ann.id).await;
    let post = Post::new(Mood::Refuses);
    assert_eq!(work(&program, &post).await, Worked::Failed);
    let admin = program.as_role(Role::Admin).await;
    let system = admin.get("/system").await.json();
    assert_eq!(system["jobs_dead"], 1, "{system}");
    assert_eq!(system["jobs_waiting"], 0, "{system}");
    assert_eq!(system["schema"], "current", "{system}");
    assert_eq!(system["mail_configured"], true, "{system}");
    let page = admin.get("/jobs?state=dead").await;
    assert_eq!(page.json()["items"][0]["state"], "dead", "{}", page.text);
    assert!(!page.text.contains("ann@example.com"), "{}", page.text);
    assert!(!page.text.contains("Please decide"), "{}", page.text);
    *post.mood.lock().expect("not poisoned") = Mood::Takes;
    let replay = format!("/jobs/{id}/replay");
    assert_eq!(
        admin.post(&replay, json!({})).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(work(&program, &post).await, Worked::Done);
    let again = admin.post(&replay, json!({})).await;
    assert_eq!(again.code().as_deref(), Some("move_not_allowed"));
    let absent = format!("/jobs/{}/replay", JobId(app::clock::new_id()));
    assert_eq!(
        admin.post(&absent, json!({})).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_job_of_another_version_is_set_aside_and_harms_no_other() {
    let program = program_with(mailing()).await;
    let ann = program.person("Ann", &[Role::Owner]).await;
    let strange = queue(&program, ann.id).await;
    program
        .db
        .tamper(r#"update jobs set payload = '{"task":"fly"}'"#)
        .await;
    queue(&program, ann.id).await;
    let post = Post::new(Mood::Takes);
    assert_eq!(work(&program, &post).await, Worked::Failed);
    assert_eq!(work(&program, &post).await, Worked::Done);
    assert!(kept(&program, strange).await.dead_at.is_some());
}

#[tokio::test]
async fn nobody_who_left_is_written_to_and_without_mail_the_inbox_is_enough() {
    let program = program().await;
    let mut ann = program.person("Ann", &[Role::Owner]).await;
    queue(&program, ann.id).await;
    let worked = job::run_next(&program.app, None)
        .await
        .expect("the queue is read");
    assert_eq!(worked, Worked::Done);
    ann.is_active = false;
    let tx = program.begin().await;
    storage::user::save(&tx, &mut ann).await.expect("saved");
    tx.commit().await.expect("committed");
    queue(&program, ann.id).await;
    let post = Post::new(Mood::Takes);
    assert_eq!(work(&program, &post).await, Worked::Done);
    assert!(post.seen().is_empty());
}

#[tokio::test]
async fn tidying_up_removes_what_is_done_and_keeps_what_waits_for_a_person() {
    let program = program_with(mailing()).await;
    let ann = program.person("Ann", &[Role::Owner]).await;
    let done = queue(&program, ann.id).await;
    work(&program, &Post::new(Mood::Takes)).await;
    let dead = queue(&program, ann.id).await;
    work(&program, &Post::new(Mood::Refuses)).await;
    let session = program.session(ann.id).await;
    program.app.clock.set(noon().plus_days(15));
    job::tidy::run(&program.app).await.expect("tidied");
    let find = |id| storage::job::find(&program.app.store, id);
    assert!(find(done).await.expect("an answer").is_none());
    assert!(find(dead).await.expect("an answer").is_some());
    let hash = app::secret::hash(&session);
    let ended = storage::session::find_by_hash(&program.app.store, &hash).await;
    assert!(ended.expect("an answer").is_none());
}

testkit::on_both_engines! {
    async fn six_workers_send_thirty_letters_thirty_times(db: TestDb) {
        let program = program_on(db, mailing());
        let ann = program.person("Ann", &[Role::Owner]).await;
        for _ in 0..30 {
            queue(&program, ann.id).await;
        }
        let post = Post::new(Mood::Takes);
        let workers = (0..6).map(|_| async {
            while work(&program, &post).await != Worked::Idle {}
        });
        futures_util::future::join_all(workers).await;
        let mut ids: Vec<String> = post.seen().into_iter().map(|letter| letter.message_id).collect();
        assert_eq!(ids.len(), 30);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 30);
    }
}
