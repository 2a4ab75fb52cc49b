//! A program on a database of its own, people with roles, and a client that reads answers.

use app::{App, Clock, Config, clock::new_id};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    access::Role,
    id::{SessionId, UserId},
    time::Timestamp,
};
use serde_json::Value;
use server::http::Proxy;
use storage::{ActorRef, session::Session, user::User};
use testkit::TestDb;
use tower::ServiceExt;

/// The program under test.
pub struct Program {
    pub app: App,
    pub db: TestDb,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// The problem's code, or nothing where the answer is no problem.
    pub fn code(&self) -> Option<String> {
        let value: Value = serde_json::from_str(&self.text).ok()?;
        Some(value.get("code")?.as_str()?.to_owned())
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

pub fn noon() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("an instant")
}

pub fn local() -> Config {
    Config {
        public_url: "http://localhost:8080".to_owned(),
        is_loopback: true,
        sends_mail: false,
        is_beside: false,
    }
}

pub async fn program() -> Program {
    program_with(local()).await
}

pub async fn program_with(config: Config) -> Program {
    program_on(TestDb::sqlite().await, config)
}

/// The program on a database of either engine.
pub fn program_on(db: TestDb, config: Config) -> Program {
    let app = App::new(db.store.clone(), Clock::fixed(noon()), config);
    Program {
        router: server::http::router(app.clone(), Proxy::None),
        app,
        db,
    }
}

/// The program with somebody who keeps a demo company beside it as long as the test runs.
pub fn program_with_demo_company(db: TestDb, config: Config) -> Program {
    let program = program_on(db, config);
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let app = program.app.clone();
    let (router, keep) = server::http::beside::with_demo_company(app, Proxy::None, stopping);
    tokio::spawn(async move {
        keep.await;
        drop(stop);
    });
    Program { router, ..program }
}

impl Program {
    /// A person with roles and no password.
    pub async fn person(&self, name: &str, roles: &[Role]) -> User {
        let mut user = User::named(new_id(), name, self.app.clock.now());
        user.email = Some(
            format!("{}@example.com", name.to_lowercase())
                .parse()
                .expect("an address"),
        );
        user.set_roles(roles);
        let tx = self.begin().await;
        storage::user::insert(&tx, user.clone())
            .await
            .expect("the person is new");
        tx.commit().await.expect("committed");
        user
    }

    pub async fn begin(&self) -> storage::Tx {
        self.app
            .store
            .begin(ActorRef::OPERATOR, self.app.clock.now())
            .await
            .expect("a write begins")
    }

    /// The secret of a new session.
    pub async fn session(&self, user: UserId) -> String {
        let secret = app::secret::new_secret();
        let now = self.app.clock.now();
        let row = Session {
            id: new_id::<SessionId>(),
            token_hash: app::secret::hash(&secret),
            user_id: user,
            created_at: now,
            seen_at: now,
            expires_at: now.plus_days(7),
            revoked_at: None,
            viewed_user_id: None,
            viewed_role: None,
            viewing_since: None,
        };
        let tx = self.begin().await;
        storage::session::insert(&tx, row).await.expect("inserted");
        tx.commit().await.expect("committed");
        secret
    }

    /// A client signed in as a new person with one role.
    pub async fn as_role(&self, role: Role) -> Client<'_> {
        let user = self.person(&format!("{role}"), &[role]).await;
        self.as_user(&user).await
    }

    pub async fn as_user(&self, user: &User) -> Client<'_> {
        Client {
            program: self,
            cookie: Some(format!("goodword={}", self.session(user.id).await)),
        }
    }

    pub fn stranger(&self) -> Client<'_> {
        Client {
            program: self,
            cookie: None,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 * 1024 * 1024)
            .await
            .expect("the body ends");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

/// Somebody who asks.
pub struct Client<'a> {
    pub program: &'a Program,
    pub cookie: Option<String>,
}

impl Client<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, &[], Some(body)).await
    }

    pub async fn create(&self, path: &str, key: &str, body: Value) -> Answer {
        let headers = [("idempotency-key", key)];
        self.ask(Method::POST, path, &headers, Some(body)).await
    }

    /// A create whose body is a file.
    pub async fn upload(&self, path: &str, key: &str, bytes: Vec<u8>) -> Answer {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(format!("/api/v1{path}"))
            .header(header::HOST, "localhost:8080")
            .header("idempotency-key", key);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(bytes)).expect("a request");
        self.program.send(request).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, &[], None).await
    }

    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Answer {
        self.write(Method::PATCH, path, version, body).await
    }

    /// A write that starts from a version.
    pub async fn write(&self, method: Method, path: &str, version: i64, body: Value) -> Answer {
        let etag = format!("\"{version}\"");
        self.ask(method, path, &[("if-match", &etag)], Some(body))
            .await
    }

    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let uri = if path.starts_with("/api") {
            path.to_owned()
        } else {
            format!("/api/v1{path}")
        };
        let mut request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::HOST, "localhost:8080");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        let request = request.body(body).expect("a request");
        self.program.send(request).await
    }
}
