//! The first run: one account, made by whoever comes first, while nobody can sign in.

use domain::{
    access::Role,
    record::{Action, RecordKind},
    text::EmailAddress,
};
use serde::Deserialize;
use storage::{
    NewEvent,
    rate::{self, Limit},
    user::{self, User},
};

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    password::{self, NewPassword},
    session::{self, Started},
};

/// The account that sets the program up.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstAccount {
    pub name: String,
    pub email: String,
    pub password: String,
}

const ATTEMPTS: Limit = Limit {
    attempts: 20,
    per_seconds: 60,
};

/// Whether the first account is still missing.
pub async fn is_needed(app: &App) -> Result<bool, Error> {
    Ok(!user::anyone_signs_in(&app.store).await?)
}

/// Makes the first account, with the roles admin and program, and signs it in.
pub async fn create_first_account(app: &App, ask: FirstAccount) -> Result<Started, Error> {
    if !is_needed(app).await? {
        return Err(already());
    }
    let name = crate::change::text("name", &ask.name, 1, 200)?;
    let email: EmailAddress = ask
        .email
        .parse()
        .map_err(|_| Error::field("email", "Write an e-mail address such as ann@example.com."))?;
    let password = NewPassword::parse("password", &ask.password, Some(&email))?;
    let hash = password::hash(app, password).await?;
    let mut tx = app.begin(&Actor::system()).await?;
    // The bucket's row is also the lock: of two first accounts at once, the second waits here
    // until the first is committed, and then finds it.
    if !rate::take(&tx, "setup", ATTEMPTS).await? {
        return Err(Error::TooManyAttempts {
            retry_after_seconds: rate::retry_after_seconds(ATTEMPTS),
        });
    }
    if user::anyone_signs_in(&tx).await? {
        return Err(already());
    }
    let mut row = User::named(new_id(), &name, tx.now());
    row.email = Some(email);
    row.password_hash = Some(hash);
    row.set_roles(&[Role::Program, Role::Admin]);
    tx.record(NewEvent::new(Action::Created, RecordKind::User, row.id));
    user::insert(&tx, row.clone()).await?;
    let secret = session::start(&mut tx, row.id).await?;
    tx.commit().await?;
    let actor = Actor::of_user(&app.store, &row).await?;
    let view = session::view_of(app, &actor, &row).await?;
    Ok(Started { secret, view })
}

fn already() -> Error {
    Error::Conflict(
        "This program is set up: somebody can sign in. Ask an admin for an account.".to_owned(),
    )
}
