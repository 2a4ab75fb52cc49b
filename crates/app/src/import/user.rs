//! What a row says about a colleague.

use domain::{access::Role, id::UserId, text::fold};
use storage::user::User;

use super::{
    desk::{Desk, Effect, Named, put},
    shelf::Key,
    values::Values,
};
use crate::clock::new_id;

/// Rights that a file may give; the others are given by whoever runs the system.
const GIVEN_BY_FILE: &[Role] = &[Role::Seller, Role::Owner, Role::Stakeholder];

/// Decides a row of a users file.
pub(crate) fn decide(desk: &mut Desk, values: Values<'_>, row: usize) -> Result<Effect, String> {
    let named = Named::of(values, "user");
    let found = desk.find_user(named);
    let roles = roles(desk, values, found, row);
    let (id, created) = match found {
        Some(id) => (id, false),
        None => {
            let name = named
                .name
                .or(named.email)
                .ok_or("The row names nobody. Give the colleague a name or an e-mail address.")?;
            (create(desk, name, &roles), true)
        }
    };
    let repeats = desk.repeats(id.0, row);
    let (manager, made) = manager(desk, values, id);
    let fills_only = repeats && !created;
    let changed = describe(desk, values, id, manager, &roles, fills_only, row);
    Ok(Effect {
        created,
        changed: changed || made,
        repeats,
    })
}

fn create(desk: &mut Desk, name: &str, roles: &[Role]) -> UserId {
    let id: UserId = new_id();
    let mut user = User::named(id, name, desk.run.now);
    user.set_roles(if roles.is_empty() {
        &[Role::Seller]
    } else {
        roles
    });
    desk.users.add(user);
    id
}

/// The roles of the row that a file may give, or that the colleague has already.
fn roles(desk: &mut Desk, values: Values<'_>, found: Option<UserId>, row: usize) -> Vec<Role> {
    let mut roles: Vec<Role> = values.words("user.role").unwrap_or_default();
    let user = found.and_then(|id| desk.users.row(id.0));
    let held = user.map(User::roles).unwrap_or_default();
    let edits_users = desk.run.edits_users;
    let given = |role: &Role| edits_users || GIVEN_BY_FILE.contains(role) || held.contains(role);
    let left_out: Vec<Role> = roles.iter().copied().filter(|role| !given(role)).collect();
    roles.retain(given);
    for role in left_out {
        desk.note(
            row,
            format!(
                "The role {role} was left out: only somebody who may manage colleagues gives it. \
                 Ask an administrator."
            ),
        );
    }
    roles
}

/// The manager whom the row names, created when new: a team is known by its lead.
fn manager(desk: &mut Desk, values: Values<'_>, id: UserId) -> (Option<UserId>, bool) {
    let named = Named::of(values, "manager");
    if let Some(found) = desk.find_user(named) {
        return (Some(found).filter(|manager| *manager != id), false);
    }
    let Some(name) = named.name.or(named.email) else {
        return (None, false);
    };
    let manager = create(desk, name, &[]);
    let email = named.email.and_then(|email| email.parse().ok());
    desk.users.edit(manager.0, |user| {
        put(&mut user.email, email, true);
        put(
            &mut user.external_id,
            named.external_id.map(str::to_owned),
            true,
        );
    });
    (Some(manager), true)
}

fn describe(
    desk: &mut Desk,
    values: Values<'_>,
    id: UserId,
    manager: Option<UserId>,
    given: &[Role],
    fills_only: bool,
    row: usize,
) -> bool {
    let signs_in = desk
        .users
        .row(id.0)
        .is_some_and(|user| user.password_hash.is_some());
    let may_change_sign_in = desk.run.edits_users || !signs_in;
    let email = values.email("user.email").filter(|email| {
        let key = Key::Email(email.to_string());
        desk.users.known_by(&key).all(|known| known.id == id)
    });
    let other_email = desk.users.row(id.0).is_some_and(|user| {
        user.email.is_some() && email.is_some() && user.email.as_ref() != email
    });
    if other_email && !may_change_sign_in {
        desk.note(
            row,
            "The e-mail address of somebody who signs in was left as it is. Ask an administrator \
             to change it.",
        );
    }
    let team = values
        .text("user.team")
        .or_else(|| values.text("user.office"))
        .map(str::to_owned);
    desk.users.edit(id.0, |user| {
        let external_id = values.text("user.external_id").map(str::to_owned);
        put(&mut user.external_id, external_id, true);
        put(
            &mut user.email,
            email.cloned(),
            fills_only || !may_change_sign_in,
        );
        put(&mut user.team, team, fills_only);
        put(&mut user.manager_id, manager, fills_only);
        if let Some(name) = values.text("user.name")
            && !fills_only
            && fold(name) != user.name_folded
        {
            user.name = name.to_owned();
            user.name_folded = fold(name);
        }
        if may_change_sign_in && !fills_only && !given.is_empty() {
            // Roles add up: a file that names one does not take the others away.
            let mut roles = user.roles();
            roles.extend(given);
            user.set_roles(&roles);
        }
    })
}
