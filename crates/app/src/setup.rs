//! The first run: one account, made while nobody can sign in.
//!
//! Where only this machine can connect, whoever comes first makes it. Elsewhere a stranger could come
//! first, so the account takes a setup code that only the program's console shows.

use domain::{
    access::Role,
    record::{Action, RecordKind},
    text::EmailAddress,
};
use serde::{Deserialize, Serialize};
use storage::{
    NewEvent, Tx,
    rate::{self, Limit},
    user::{self, User},
};

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    password::{self, NewPassword},
    secret,
    session::{self, Started},
    setting::{self, Setting},
};

/// The account that sets the program up.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstAccount {
    pub name: String,
    pub email: String,
    pub password: String,
    /// What the program's console shows, where other machines can connect.
    #[serde(default)]
    pub code: Option<String>,
}

/// Codes that are taken, as hashes: every node that starts adds its own, and any of them opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    hashes: Vec<String>,
}

impl Setting for Codes {
    const NAME: &'static str = "setup_codes";
}

/// What the first account is: somebody has to run the program, and somebody the customer references.
const FIRST_ROLES: [Role; 2] = [Role::Program, Role::Admin];

/// The newest codes that are kept; a program that is started again and again shows the last.
const CODES_MAX: usize = 16;

const ATTEMPTS: Limit = Limit {
    attempts: 20,
    per_seconds: 60,
};

/// Holds tries of the setup code apart from the account itself.
const CODES_BUCKET: &str = "setup_code";

/// Whether the first account is still missing.
pub async fn is_needed(app: &App) -> Result<bool, Error> {
    Ok(!user::anyone_signs_in(&app.store).await?)
}

/// Whether the first account takes a setup code.
pub fn needs_code(app: &App) -> bool {
    !app.config.is_loopback
}

/// A new setup code for the console; `None` where none is asked for.
pub async fn new_code(app: &App) -> Result<Option<String>, Error> {
    if !needs_code(app) {
        return Ok(None);
    }
    let code = secret::new_code();
    let tx = app.begin(&Actor::system()).await?;
    // The lock: of two nodes that start at once, the second adds to what the first wrote.
    rate::take(&tx, CODES_BUCKET, ATTEMPTS).await?;
    let mut kept = setting::read::<Codes>(&tx).await?;
    kept.value.hashes.push(secret::hash(&code));
    let surplus = kept.value.hashes.len().saturating_sub(CODES_MAX);
    kept.value.hashes.drain(..surplus);
    let body = serde_json::to_value(&kept.value).map_err(|_| Error::Broken("codes as JSON"))?;
    storage::setting::put(&tx, Codes::NAME, &body, kept.version).await?;
    tx.commit().await?;
    Ok(Some(code))
}

/// Refuses a code that no console showed. Every try counts, so that nobody guesses one.
async fn check_code(app: &App, code: Option<&str>) -> Result<(), Error> {
    if !needs_code(app) {
        return Ok(());
    }
    let tx = app.begin(&Actor::system()).await?;
    let is_allowed = rate::take(&tx, CODES_BUCKET, ATTEMPTS).await?;
    let kept = setting::read::<Codes>(&tx).await?;
    tx.commit().await?;
    if !is_allowed {
        return Err(too_many());
    }
    let hash = secret::hash(&code.unwrap_or_default().trim().to_uppercase());
    if kept.value.hashes.contains(&hash) {
        return Ok(());
    }
    Err(Error::field(
        "code",
        "This is not the setup code. The console of the program shows it when it starts.",
    ))
}

/// Makes the first account, with the roles admin and program, and signs it in.
pub async fn create_first_account(app: &App, ask: FirstAccount) -> Result<Started, Error> {
    if !is_needed(app).await? {
        return Err(already());
    }
    check_code(app, ask.code.as_deref()).await?;
    let name = crate::change::text("name", &ask.name, 1, 200)?;
    let email: EmailAddress = ask
        .email
        .parse()
        .map_err(|_| Error::field("email", "Write an e-mail address such as ann@example.com."))?;
    let password = NewPassword::parse("password", &ask.password, Some(&email))?;
    let hash = password::hash(app, password).await?;
    let mut tx = app.begin(&Actor::system()).await?;
    lock(&tx).await?;
    if user::anyone_signs_in(&tx).await? {
        return Err(already());
    }
    let mut row = User::named(new_id(), &name, tx.now());
    row.email = Some(email);
    row.password_hash = Some(hash);
    row.set_roles(&FIRST_ROLES);
    tx.record(NewEvent::new(Action::Created, RecordKind::User, row.id));
    user::insert(&tx, row.clone()).await?;
    let secret = session::start(&mut tx, row.id).await?;
    tx.commit().await?;
    let actor = Actor::of_user(&app.store, &row, app.clock.today()).await?;
    let view = session::view_of(app, &actor, &row).await?;
    Ok(Started { secret, view })
}

/// The bucket's row is also the lock: of two first accounts at once, the second waits here until the
/// first is committed, and then finds it.
async fn lock(tx: &Tx) -> Result<(), Error> {
    if rate::take(tx, "setup", ATTEMPTS).await? {
        return Ok(());
    }
    Err(too_many())
}

/// The roles of a colleague who is added, inside the write that adds them. Added by somebody who
/// signed in, those that were asked for. At the command line the first account of all is an admin, and
/// what the first run in the browser makes where no role is named.
pub(crate) async fn roles_of_new(
    tx: &Tx,
    actor: &Actor,
    asked: Vec<Role>,
) -> Result<Vec<Role>, Error> {
    if actor.user_id().is_some() {
        return Ok(asked);
    }
    let mut is_first = !user::anyone_signs_in(tx).await?;
    if is_first {
        lock(tx).await?;
        is_first = !user::anyone_signs_in(tx).await?;
    }
    match (is_first, asked.as_slice()) {
        (true, []) => Ok(FIRST_ROLES.to_vec()),
        (true, roles) if !roles.contains(&Role::Admin) => Err(Error::field(
            "roles",
            "Nobody would be an admin: this is the first account that can sign in. Add an admin first, with the role admin or with none named.",
        )),
        (false, []) => Err(Error::field(
            "roles",
            "Say what this colleague does with at least one role, such as seller.",
        )),
        _ => Ok(asked),
    }
}

fn too_many() -> Error {
    Error::TooManyAttempts {
        retry_after_seconds: rate::retry_after_seconds(ATTEMPTS),
    }
}

fn already() -> Error {
    Error::Conflict(
        "This program is set up: somebody can sign in. Ask an admin for an account.".to_owned(),
    )
}
