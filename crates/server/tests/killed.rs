//! The program is killed again and again while it is written to; what it acknowledged stays.
//!
//! Killing a process does not lose what the system's cache holds, so this shows that transactions
//! are whole and that nothing is acknowledged before its commit, not that disks keep promises.

use std::{
    collections::{HashMap, HashSet},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use app::{
    App, Clock, Config,
    job::{self, Worked},
};
use domain::id::{AdvocateId, JobId, UserId};
use serde_json::{Value, json};
use storage::{ActorRef, Location, Store, job::Job};

const WRITERS: usize = 4;
const JOBS: u64 = 400;
const LONG: Duration = Duration::from_secs(60);

/// How often it is killed: 20 times, or as `GOODWORD_KILLS` says.
#[expect(
    clippy::disallowed_methods,
    reason = "nightly runs kill more often, and only they know"
)]
fn kills() -> u64 {
    std::env::var("GOODWORD_KILLS").map_or(20, |text| text.parse().expect("a number of kills"))
}

fn goodword(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goodword"));
    command
        .args(arguments)
        .arg("--data")
        .arg(folder)
        .env_remove("DATABASE_URL")
        .env_remove("GOODWORD_SMTP_URL")
        .env_remove("GOODWORD_MAIL_FROM")
        .env_remove("GOODWORD_PUBLIC_URL")
        .env_remove("RUST_LOG");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let output = goodword(folder, arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    output
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let mut child = goodword(folder, &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("an output"))
            .read_line(&mut line)
            .expect("a line");
        let address = line.trim_end().rsplit("http://").next().expect("a part");
        Self {
            address: address.to_owned(),
            child,
        }
    }

    /// The signal that nothing can catch.
    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

/// Nominates somebody new; the id, or `None` when the connection broke and nobody knows.
fn nominate(address: &str, token: &str, name: &str) -> Option<AdvocateId> {
    let body = json!({ "account_name": "Acme", "name": name }).to_string();
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(LONG)).ok()?;
    write!(
        stream,
        "POST /api/v1/advocates HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Idempotency-Key: {name}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    assert!(head.starts_with("HTTP/1.1 201"), "{answer}");
    let body: Value = serde_json::from_str(body).ok()?;
    body["id"]
        .as_str()?
        .parse::<uuid::Uuid>()
        .ok()
        .map(Into::into)
}

/// Nominates people until told to stop; each one is tried until it is acknowledged.
fn write_on(
    writer: usize,
    token: &str,
    address: &Mutex<String>,
    stop: &AtomicBool,
    acknowledged: &mpsc::Sender<AdvocateId>,
) {
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let name = format!("person-{writer}-{number}");
        let deadline = Instant::now() + LONG;
        let id = loop {
            let to = address.lock().expect("an address").clone();
            if let Some(id) = nominate(&to, token, &name) {
                break id;
            }
            assert!(Instant::now() < deadline, "no server answers");
            std::thread::yield_now();
        };
        acknowledged.send(id).expect("somebody counts");
    }
}

async fn queue_jobs(folder: &Path, user: UserId) {
    let location = Location::Folder(folder.to_owned());
    let store = Store::open(&location).await.expect("it opens");
    let now = Clock::Real.now();
    let tx = store.begin(ActorRef::SYSTEM, now).await.expect("a write");
    let task =
        json!({ "task": "mail_colleague", "user": user, "subject": "S", "body": "B", "path": "/" });
    let rows = (1..=JOBS).map(|number| Job {
        id: testkit::build::id::<JobId>(number),
        kind: "mail_colleague".to_owned(),
        payload: task.to_string(),
        run_at: now,
        attempts: 0,
        claimed_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: now,
    });
    storage::job::insert_all(&tx, rows.collect())
        .await
        .expect("queued");
    tx.commit().await.expect("committed");
    store.close().await.expect("closed");
}

/// A worker that comes an hour later: what a killed one held is free by then.
async fn work_off_the_rest(folder: &Path) {
    let location = Location::Folder(folder.to_owned());
    let store = Store::open(&location).await.expect("it opens");
    let config = Config {
        public_url: "http://localhost".to_owned(),
        is_loopback: true,
        sends_mail: false,
        is_beside: false,
    };
    let later = Clock::fixed(Clock::Real.now().plus_seconds(3_600));
    let app = App::new(store.clone(), later, config);
    while job::run_next(&app, None).await.expect("a look") != Worked::Idle {}
    store.close().await.expect("closed");
}

/// What is there in the end, against what was acknowledged.
async fn compare(folder: &Path, acknowledged: &[AdvocateId], killed: u64) {
    let location = Location::Folder(folder.to_owned());
    let store = Store::open(&location).await.expect("it opens");
    let distinct: HashSet<&AdvocateId> = acknowledged.iter().collect();
    assert_eq!(distinct.len(), acknowledged.len(), "one id was given twice");
    let kept: HashMap<_, _> = storage::advocate::by_ids(&store, acknowledged.to_vec())
        .await
        .expect("read");
    assert_eq!(
        kept.len(),
        acknowledged.len(),
        "acknowledged writes are lost"
    );
    let everything = domain::access::Scope::Everything;
    let page = storage::page::Page {
        limit: 1,
        after: None,
    };
    let people = storage::contact::list(&store, &everything, &Default::default(), &page)
        .await
        .expect("a list");
    assert_eq!(
        people.total,
        acknowledged.len() as u64,
        "a write was done twice or by halves"
    );
    let accounts = storage::account::everyone(&store).await.expect("read");
    assert_eq!(accounts.len(), 1);
    let mut tries = 0;
    for number in 1..=JOBS {
        let id = testkit::build::id::<JobId>(number);
        let job = storage::job::find(&store, id).await.expect("read");
        let job = job.expect("no job is lost");
        assert!(job.done_at.is_some() && job.dead_at.is_none(), "{job:?}");
        tries += job.attempts;
    }
    let surplus = tries.cast_unsigned() - JOBS;
    assert!(
        surplus <= killed,
        "{surplus} jobs were taken again after {killed} kills"
    );
    store.close().await.expect("closed");
}

fn doctor(folder: &Path) -> Value {
    let output = run(folder, &["doctor", "--json"]);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_kills_and_no_job_is_lost() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_owned();
    let ann = [
        "user",
        "add",
        "--name",
        "Ann",
        "--email",
        "ann@example.com",
        "--json",
    ];
    run(&folder, &ann);
    let make = [
        "token",
        "create",
        "--as",
        "ann@example.com",
        "--name",
        "load",
        "--scope",
        "advocate_nominate",
        "--scope",
        "advocate_read",
    ];
    let token = String::from_utf8(run(&folder, &make).stdout).expect("text");
    let token = token.split_whitespace().next().expect("a token").to_owned();
    queue_jobs(&folder, testkit::build::id(1)).await;

    let mut server = Server::start(&folder);
    let address = Arc::new(Mutex::new(server.address.clone()));
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (token, address) = (token.clone(), Arc::clone(&address));
            let (stop, sender) = (Arc::clone(&stop), sender.clone());
            std::thread::spawn(move || write_on(writer, &token, &address, &stop, &sender))
        })
        .collect();
    drop(sender);
    let mut acknowledged = Vec::new();
    for kill in 0..kills() {
        // A different number each time, so that the kill falls on different moments.
        for _ in 0..3 + kill * 7 % 11 {
            acknowledged.push(receiver.recv_timeout(LONG).expect("writes go on"));
        }
        server.kill();
        server = Server::start(&folder);
        address
            .lock()
            .expect("an address")
            .clone_from(&server.address);
    }
    stop.store(true, Ordering::Relaxed);
    // The list ends when every writer has.
    acknowledged.extend(receiver.iter());
    for writer in writers {
        writer
            .join()
            .expect("every answer was a yes or no answer at all");
    }
    server.kill();

    work_off_the_rest(&folder).await;
    assert_eq!(doctor(&folder)["faults"], json!([]));
    compare(&folder, &acknowledged, kills()).await;
}
