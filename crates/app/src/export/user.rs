//! Colleagues, with their roles and managers. How they sign in stays in the house.

use domain::id::UserId;
use uuid::Uuid;

use super::{named::Named, ordered, sheet::Row};
use crate::{App, error::Error};

pub(super) const FIELDS: &[&str] = &[
    "user.id",
    "user.external_id",
    "user.name",
    "user.email",
    "user.role",
    "user.team",
    "manager.id",
    "manager.name",
    "manager.email",
];

pub(super) async fn rows(app: &App, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let wanted = ids.iter().copied().map(UserId).collect();
    let users = storage::user::by_ids(&app.store, wanted).await?;
    let managers = users.values().filter_map(|user| user.manager_id);
    let named = Named::load(app, std::iter::empty(), managers).await?;
    let rows = ordered(ids, users).into_iter().map(|user| {
        let mut row = Row::default();
        let roles: Vec<String> = user.roles().iter().map(ToString::to_string).collect();
        row.put_word("user.id", Some(user.id));
        row.put("user.external_id", user.external_id);
        row.put("user.name", user.name);
        row.put_word("user.email", user.email);
        row.put("user.role", roles);
        row.put("user.team", user.team);
        named.user(&mut row, "manager", user.manager_id, None);
        row
    });
    Ok(rows.collect())
}
