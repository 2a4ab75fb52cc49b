//! One sign-in for each role. They work on a loopback listener only.

use domain::access::Role;
use storage::user::User;

use crate::{
    App,
    error::Error,
    password::{self, NewPassword},
};

/// A person of the demo company whom everybody may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SignIn {
    pub role: Role,
    pub name: &'static str,
    pub email: &'static str,
}

/// The password of every demo sign-in.
pub const PASSWORD: &str = "larkspur in bloom";

const fn sign_in(role: Role, name: &'static str, email: &'static str) -> SignIn {
    SignIn { role, name, email }
}

pub const SIGN_INS: [SignIn; 7] = [
    sign_in(Role::Seller, "Sam Rivera", "seller@demo.example"),
    sign_in(Role::Owner, "Olive Chen", "owner@demo.example"),
    sign_in(
        Role::Stakeholder,
        "Stella Okafor",
        "stakeholder@demo.example",
    ),
    sign_in(Role::Program, "Priya Raman", "program@demo.example"),
    sign_in(
        Role::Executive,
        "Edward Lindqvist",
        "executive@demo.example",
    ),
    sign_in(Role::Admin, "Adam Novak", "admin@demo.example"),
    sign_in(Role::Privacy, "Paula Weiss", "privacy@demo.example"),
];

/// Hashes the one password once: the people share it anyway.
pub(super) async fn give_password(app: &App, users: &mut [User]) -> Result<(), Error> {
    let parsed = NewPassword::parse("password", PASSWORD, None)?;
    let hash = password::hash(app, parsed).await?;
    for user in users {
        let signs_in = user
            .email
            .as_ref()
            .is_some_and(|email| SIGN_INS.iter().any(|one| one.email == email.as_str()));
        if signs_in {
            user.password_hash = Some(hash.clone());
        }
    }
    Ok(())
}
