//! Signing in and out, and turning a secret back into the person who holds it.
//!
//! An address that nobody has, a wrong password, and a person who may not sign in look the same
//! from outside, in words and in work.

mod new_password;
pub mod viewing;

pub use new_password::{ChangePassword, change_password};

use domain::{
    access::Role,
    id::{SessionId, TokenId, UserId},
    record::{Action, RecordKind},
    text::EmailAddress,
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use storage::{
    NewEvent, Tx,
    rate::{self, Limit},
    session::Session,
    user::User,
};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    password,
    policy::{self, Permission},
    secret,
    setting::{self, Program},
};

/// What every token starts with, so that a leaked one is recognised.
pub const TOKEN_PREFIX: &str = "gw_";

const IDLE_SECONDS: i64 = 8 * 3_600;
const ABSOLUTE_DAYS: i64 = 7;
const SEEN_EVERY_SECONDS: i64 = 60;
const SIGN_INS: Limit = Limit {
    attempts: 10,
    per_seconds: 180,
};

/// A person's address and password.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
}

/// Where a sign-in comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The network address, for the limit on attempts.
    pub address: String,
    /// The secret of the session that the browser has; it ends when a new one starts.
    pub earlier: Option<String>,
}

/// A session that just started. The secret is told once and kept as a hash only.
pub struct Started {
    pub secret: String,
    pub view: SessionView,
}

/// How a request proved who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Session(SessionId),
    Token(TokenId),
}

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct Authenticated {
    pub actor: Actor,
    pub user: User,
    pub via: Via,
    /// Who looks, where this is somebody else's eyes.
    pub behind: Option<Box<viewing::Behind>>,
}

/// The signed-in person, as they see themselves.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SelfView {
    pub id: UserId,
    pub name: String,
    pub email: Option<String>,
    pub roles: Vec<Role>,
}

/// What a client needs to know before it shows anything.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Session)]
pub struct SessionView {
    pub user: SelfView,
    /// Present while somebody else looks through this person's eyes.
    pub viewing: Option<viewing::ViewingView>,
    /// What this person may do, on some records at least.
    pub permissions: Vec<Permission>,
    pub mail_configured: bool,
    pub is_demo: bool,
    /// Whether this is a visit to the demo company beside the reader's own program.
    pub is_visit: bool,
    pub today: Day,
    pub currency: String,
    pub program_name: String,
}

pub async fn sign_in(app: &App, origin: &Origin, ask: SignIn) -> Result<Started, Error> {
    if app.config.is_beside {
        return Err(Error::SignInFailed);
    }
    let email = ask.email.parse::<EmailAddress>().ok();
    let buckets = buckets(&origin.address, &ask.email);
    take_attempt(app, &buckets).await?;
    let user = match &email {
        Some(email) => storage::user::find_by_email(&app.store, email).await?,
        None => None,
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let is_right = password::is_right(app, &ask.password, hash).await?;
    let Some(user) = user.clone().filter(|user| is_right && may_enter(app, user)) else {
        note_failure(app, user.map(|user| user.id)).await?;
        return Err(Error::SignInFailed);
    };
    let actor = Actor::of_user(&app.store, &user, app.clock.today()).await?;
    let mut tx = app.begin(&actor).await?;
    // Only failures count: a whole office may sign in from one address.
    for bucket in &buckets {
        rate::give_back(&tx, bucket, SIGN_INS).await?;
    }
    end_earlier(&mut tx, origin.earlier.as_deref()).await?;
    let secret = start(&mut tx, user.id).await?;
    tx.commit().await?;
    let view = view_of(app, &actor, &user).await?;
    Ok(Started { secret, view })
}

/// The buckets of an attempt; names are hashed, so that nobody's address stands in the table.
fn buckets(address: &str, email: &str) -> [String; 2] {
    let email = email.trim().to_lowercase();
    [
        format!("sign_in:address:{}", secret::hash(address)),
        format!("sign_in:account:{}", secret::hash(&email)),
    ]
}

async fn take_attempt(app: &App, buckets: &[String]) -> Result<(), Error> {
    let tx = app.begin(&Actor::system()).await?;
    let mut is_allowed = true;
    for bucket in buckets {
        is_allowed &= rate::take(&tx, bucket, SIGN_INS).await?;
    }
    tx.commit().await?;
    if is_allowed {
        return Ok(());
    }
    Err(Error::TooManyAttempts {
        retry_after_seconds: rate::retry_after_seconds(SIGN_INS),
    })
}

/// Whether a person with the right password may come in: the made-up people of the demo company
/// only from this machine, because their passwords are public, or from the program that it stands
/// beside, where no password opens it.
fn may_enter(app: &App, user: &User) -> bool {
    let is_let_in = !user.is_demo || app.config.is_loopback || app.config.is_beside;
    user.is_active && is_let_in
}

/// Written for known and unknown addresses alike; an unknown one has no id.
async fn note_failure(app: &App, user: Option<UserId>) -> Result<(), Error> {
    let mut tx = app.begin(&Actor::system()).await?;
    let event = match user {
        Some(id) => NewEvent::new(Action::SignInFailed, RecordKind::User, id),
        None => NewEvent::new(Action::SignInFailed, RecordKind::User, Uuid::nil()),
    };
    tx.record(event);
    Ok(tx.commit().await?)
}

pub(crate) async fn end_earlier(tx: &mut Tx, earlier: Option<&str>) -> Result<(), Error> {
    let Some(earlier) = earlier else {
        return Ok(());
    };
    if let Some(session) = storage::session::find_by_hash(tx, &secret::hash(earlier)).await? {
        viewing::end(tx, session.id).await?;
        storage::session::revoke(tx, session.id).await?;
    }
    Ok(())
}

/// Starts a session inside a write and returns its secret.
pub(crate) async fn start(tx: &mut Tx, user: UserId) -> Result<String, Error> {
    let secret = secret::new_secret();
    let id: SessionId = new_id();
    let now = tx.now();
    let row = Session {
        id,
        token_hash: secret::hash(&secret),
        user_id: user,
        created_at: now,
        seen_at: now,
        expires_at: now.plus_days(ABSOLUTE_DAYS),
        revoked_at: None,
        viewed_user_id: None,
        viewed_role: None,
        viewing_since: None,
    };
    storage::session::insert(tx, row).await?;
    tx.record(
        NewEvent::new(Action::SignedIn, RecordKind::User, user).link(RecordKind::Session, id),
    );
    Ok(secret)
}

/// Who holds the secret of a live session, with the rights that they have now.
pub async fn by_cookie(app: &App, secret: &str) -> Result<Option<Authenticated>, Error> {
    let found = storage::session::find_by_hash(&app.store, &secret::hash(secret)).await?;
    let now = app.clock.now();
    let Some(session) = found.filter(|session| is_live(session, now)) else {
        return Ok(None);
    };
    let Some(user) = storage::user::find(&app.store, session.user_id).await? else {
        return Ok(None);
    };
    if !may_enter(app, &user) {
        return Ok(None);
    }
    if now.seconds_since(session.seen_at) >= SEEN_EVERY_SECONDS {
        note_seen(app, Via::Session(session.id)).await;
    }
    let own = Authenticated {
        actor: Actor::of_user(&app.store, &user, app.clock.today()).await?,
        user,
        via: Via::Session(session.id),
        behind: None,
    };
    Ok(Some(viewing::current(app, &session, own).await?))
}

fn is_live(session: &Session, now: Timestamp) -> bool {
    session.expires_at > now && session.seen_at.plus_seconds(IDLE_SECONDS) > now
}

/// Who made a live token, with the rights that they have now and never more than the token's.
pub async fn by_token(app: &App, token: &str) -> Result<Option<Authenticated>, Error> {
    if !token.starts_with(TOKEN_PREFIX) {
        return Ok(None);
    }
    let found = storage::token::find_by_hash(&app.store, &secret::hash(token)).await?;
    let Some(row) = found.filter(|row| row.expires_on >= app.clock.today()) else {
        return Ok(None);
    };
    let Some(user) = storage::user::find(&app.store, row.user_id).await? else {
        return Ok(None);
    };
    if !may_enter(app, &user) {
        return Ok(None);
    }
    let now = app.clock.now();
    if row
        .seen_at
        .is_none_or(|seen| now.seconds_since(seen) >= SEEN_EVERY_SECONDS)
    {
        note_seen(app, Via::Token(row.id)).await;
    }
    let mut actor = Actor::of_user(&app.store, &user, app.clock.today()).await?;
    actor.scopes = Some(
        row.scopes
            .split(',')
            .filter_map(|scope| scope.parse().ok())
            .collect(),
    );
    Ok(Some(Authenticated {
        actor,
        user,
        via: Via::Token(row.id),
        behind: None,
    }))
}

/// Being seen is worth a note, not a refusal: reading goes on where writing cannot.
async fn note_seen(app: &App, via: Via) {
    let noted = async {
        let tx = app.begin(&Actor::system()).await?;
        match via {
            Via::Session(id) => storage::session::touch(&tx, id).await?,
            Via::Token(id) => storage::token::touch(&tx, id).await?,
        }
        Ok::<(), Error>(tx.commit().await?)
    };
    if let Err(error) = noted.await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the last use of a session could not be noted"
        );
    }
}

pub async fn view(app: &App, who: &Authenticated) -> Result<SessionView, Error> {
    let view = view_of(app, &who.actor, &who.user).await?;
    let viewing = who.behind.as_ref().map(|behind| behind.view(&who.actor));
    Ok(SessionView { viewing, ..view })
}

pub(crate) async fn view_of(app: &App, actor: &Actor, user: &User) -> Result<SessionView, Error> {
    let program = setting::read::<Program>(&app.store).await?.value;
    Ok(SessionView {
        user: SelfView {
            id: user.id,
            name: user.name.clone(),
            email: user.email.as_ref().map(ToString::to_string),
            roles: user.roles(),
        },
        viewing: None,
        permissions: policy::held(actor),
        mail_configured: app.config.sends_mail,
        is_demo: user.is_demo,
        is_visit: app.config.is_beside,
        today: app.clock.today(),
        currency: program.currency.to_string(),
        program_name: program.name,
    })
}

/// Ends the session that asks. A token does not sign out: it is revoked.
pub async fn sign_out(app: &App, who: &Authenticated) -> Result<(), Error> {
    let Via::Session(id) = who.via else {
        return Err(Error::MoveNotAllowed(
            "A token has no session to end. Revoke the token instead.".to_owned(),
        ));
    };
    let mut tx = app.begin(&who.actor).await?;
    viewing::end(&mut tx, id).await?;
    storage::session::revoke(&tx, id).await?;
    tx.record(
        NewEvent::new(Action::SignedOut, RecordKind::User, who.user.id)
            .link(RecordKind::Session, id),
    );
    Ok(tx.commit().await?)
}

/// Ends every session of the person who asks.
pub async fn sign_out_everywhere(app: &App, who: &Authenticated) -> Result<(), Error> {
    if let Via::Token(_) = who.via {
        return Err(Error::Forbidden);
    }
    let mut tx = app.begin(&who.actor).await?;
    if let Via::Session(id) = who.via {
        viewing::end(&mut tx, id).await?;
    }
    let ended = storage::session::revoke_all(&tx, who.user.id).await?;
    tx.record(
        NewEvent::new(Action::SignedOut, RecordKind::User, who.user.id)
            .detail(serde_json::json!({ "sessions": ended })),
    );
    Ok(tx.commit().await?)
}
