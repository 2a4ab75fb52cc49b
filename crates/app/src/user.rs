//! Colleagues: who they are, what roles they hold, whether they may sign in.

use domain::{
    access::Role,
    id::UserId,
    record::{Action, RecordKind},
    text::{EmailAddress, fold},
};
use serde::{Deserialize, Serialize};
use storage::{
    NewEvent, Tx,
    page::Direction,
    user::{self, User},
};

use crate::{
    App,
    actor::Actor,
    change::Changes,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::{self, Choice, List},
    password::{self, NewPassword},
    policy::{self, Permission},
    setup,
};

/// A colleague.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = User)]
pub struct UserView {
    pub id: UserId,
    pub version: i64,
    pub name: String,
    pub email: Option<String>,
    pub roles: Vec<Role>,
    pub team: Option<String>,
    pub manager_id: Option<UserId>,
    pub manager_name: Option<String>,
    pub is_active: bool,
    /// Whether a password is set; without one the person is known from an import only.
    pub can_sign_in: bool,
}

/// What a list of users is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListUsers {
    pub text: Option<String>,
    pub role: Option<Role>,
    /// Conditions in groups, as JSON.
    pub filter: Option<String>,
    pub sort: Option<String>,
    pub direction: Option<Direction>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

pub async fn list(app: &App, actor: &Actor, ask: ListUsers) -> Result<List<UserView>, Error> {
    policy::require(actor, Permission::UserRead)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let choice = Choice {
        text: None,
        filter: ask.filter,
        sort: ask.sort,
        direction: ask.direction,
    };
    let chosen = listing::chosen(app, actor, RecordKind::User, &choice).await?;
    let filter = user::Filter {
        text: ask.text,
        role: ask.role,
        narrowing: chosen.narrowing,
        sorting: chosen.sorting,
    };
    let listed = user::list(&app.store, &filter, &page).await?;
    let items = views(app, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

pub async fn get(app: &App, actor: &Actor, id: UserId) -> Result<UserView, Error> {
    policy::require(actor, Permission::UserRead)?;
    let row = user::find(&app.store, id).await?.ok_or(Error::NotFound)?;
    one(app, row).await
}

async fn one(app: &App, row: User) -> Result<UserView, Error> {
    views(app, &[row])
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

async fn views(app: &App, rows: &[User]) -> Result<Vec<UserView>, Error> {
    let managers = rows.iter().filter_map(|row| row.manager_id).collect();
    let managers = user::by_ids(&app.store, managers).await?;
    Ok(rows
        .iter()
        .map(|row| UserView {
            id: row.id,
            version: row.version,
            name: row.name.clone(),
            email: row.email.as_ref().map(ToString::to_string),
            roles: row.roles(),
            team: row.team.clone(),
            manager_id: row.manager_id,
            manager_name: row
                .manager_id
                .and_then(|id| managers.get(&id))
                .map(|manager| manager.name.clone()),
            is_active: row.is_active,
            can_sign_in: row.password_hash.is_some(),
        })
        .collect())
}

/// A colleague to be.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub password: String,
    pub roles: Vec<Role>,
    pub team: Option<String>,
    pub manager_id: Option<UserId>,
}

pub async fn create(
    app: &App,
    actor: &Actor,
    ask: NewUser,
    key: Option<&CreateKey>,
) -> Result<UserView, Error> {
    policy::require(actor, Permission::UserEdit)?;
    let name = crate::change::text("name", &ask.name, 1, 200)?;
    let email = address(&ask.email)?;
    let team = ask.team.as_deref().map(team).transpose()?.flatten();
    let password = NewPassword::parse("password", &ask.password, Some(&email))?;
    let hash = password::hash(app, password).await?;
    let mut tx = app.begin(actor).await?;
    let roles = setup::roles_of_new(&tx, actor, ask.roles).await?;
    not_taken(&tx, &email, None).await?;
    if let Some(manager) = ask.manager_id {
        manager_exists(&tx, manager, None).await?;
    }
    let mut row = User::named(new_id(), &name, tx.now());
    row.email = Some(email);
    row.password_hash = Some(hash);
    row.set_roles(&roles);
    row.team = team;
    row.manager_id = ask.manager_id;
    user::insert(&tx, row.clone()).await?;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::User, row.id)
            .detail(serde_json::json!({ "roles": row.roles })),
    );
    idempotency::claim(&tx, key, row.id).await?;
    tx.commit().await?;
    one(app, row).await
}

fn address(text: &str) -> Result<EmailAddress, Error> {
    text.parse()
        .map_err(|_| Error::field("email", "Write an e-mail address such as ann@example.com."))
}

/// An empty text takes the person out of every team.
pub(crate) fn team(text: &str) -> Result<Option<String>, Error> {
    let team = crate::change::text("team", text, 0, 100)?;
    Ok(Some(team).filter(|team| !team.is_empty()))
}

async fn not_taken(tx: &Tx, email: &EmailAddress, by: Option<UserId>) -> Result<(), Error> {
    match user::find_by_email(tx, email).await? {
        Some(other) if Some(other.id) != by => Err(Error::field(
            "email",
            "Another colleague has this address. Look for it in the list of users.",
        )),
        Some(_) | None => Ok(()),
    }
}

async fn manager_exists(tx: &Tx, manager: UserId, of: Option<UserId>) -> Result<(), Error> {
    if Some(manager) == of {
        return Err(Error::field(
            "manager_id",
            "Nobody is their own manager. Choose somebody else.",
        ));
    }
    user::find(tx, manager).await?.ok_or_else(|| {
        Error::field(
            "manager_id",
            "There is no such colleague. Choose one from the list.",
        )
    })?;
    Ok(())
}

/// What may be changed about a colleague. Absent fields stay as they are.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditUser {
    pub name: Option<String>,
    pub email: Option<String>,
    pub roles: Option<Vec<Role>>,
    /// An empty text takes the person out of every team.
    pub team: Option<String>,
    pub manager_id: Option<UserId>,
    /// Switching a person off ends their sessions; their tokens stop with them.
    pub is_active: Option<bool>,
    /// A new password ends the person's sessions.
    pub password: Option<String>,
}

pub async fn edit(
    app: &App,
    actor: &Actor,
    id: UserId,
    version: i64,
    mut change: EditUser,
) -> Result<UserView, Error> {
    policy::require(actor, Permission::UserEdit)?;
    let known = user::find(&app.store, id).await?.ok_or(Error::NotFound)?;
    let hash = match change.password.take() {
        Some(password) => {
            let password = NewPassword::parse("password", &password, known.email.as_ref())?;
            Some(password::hash(app, password).await?)
        }
        None => None,
    };
    let mut tx = app.begin(actor).await?;
    let mut row = user::find(&tx, id).await?.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let was_admin = is_admin(&row);
    let mut changes = apply(&tx, &mut row, change).await?;
    if let Some(hash) = hash {
        row.password_hash = Some(hash);
        changes.note("password", &false, &true);
    }
    if changes.is_empty() {
        return one(app, row).await;
    }
    if was_admin && !is_admin(&row) {
        someone_else_administers(&tx, id).await?;
    }
    let ends_sessions = !row.is_active || row.password_hash != known.password_hash;
    user::save(&tx, &mut row).await?;
    if ends_sessions {
        storage::session::revoke_all(&tx, id).await?;
    }
    tx.record(NewEvent::new(Action::Updated, RecordKind::User, id).detail(changes.into_detail()));
    tx.commit().await?;
    one(app, row).await
}

async fn apply(tx: &Tx, row: &mut User, change: EditUser) -> Result<Changes, Error> {
    let mut changes = Changes::default();
    if let Some(name) = change.name {
        let name = crate::change::text("name", &name, 1, 200)?;
        changes.note("name", &row.name, &name);
        row.name_folded = fold(&name);
        row.name = name;
    }
    if let Some(email) = change.email {
        let email = address(&email)?;
        not_taken(tx, &email, Some(row.id)).await?;
        let before = row.email.as_ref().map(ToString::to_string);
        changes.note("email", &before, &Some(email.to_string()));
        row.email = Some(email);
    }
    if let Some(roles) = change.roles {
        let before = row.roles();
        row.set_roles(&roles);
        changes.note("roles", &before, &row.roles());
    }
    if let Some(text) = change.team {
        let team = team(&text)?;
        changes.note("team", &row.team, &team);
        row.team = team;
    }
    if let Some(manager) = change.manager_id {
        manager_exists(tx, manager, Some(row.id)).await?;
        changes.note("manager_id", &row.manager_id, &Some(manager));
        row.manager_id = Some(manager);
    }
    if let Some(is_active) = change.is_active {
        changes.note("is_active", &row.is_active, &is_active);
        row.is_active = is_active;
    }
    Ok(changes)
}

fn is_admin(user: &User) -> bool {
    user.is_active && user.password_hash.is_some() && user.roles().contains(&Role::Admin)
}

/// Without an admin who signs in, nobody could ever change a role again.
async fn someone_else_administers(tx: &Tx, id: UserId) -> Result<(), Error> {
    let admins = user::holding(tx, Role::Admin).await?;
    if admins.iter().any(|other| other.id != id && is_admin(other)) {
        return Ok(());
    }
    Err(Error::MoveNotAllowed(
        "This is the only admin who can sign in. Make somebody else an admin first.".to_owned(),
    ))
}
