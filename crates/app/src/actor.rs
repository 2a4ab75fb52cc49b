//! Who asks, as policy sees them.

use domain::{
    access::{ActorKind, Role},
    id::{AdvocateId, UserId},
    time::Day,
};
use storage::{ActorRef, Store, user::User};
use uuid::Uuid;

use crate::{error::Error, policy::Permission};

/// Somebody who acts: a signed-in person, a program with a token, or the operator.
#[derive(Clone, Debug)]
pub struct Actor {
    kind: ActorKind,
    id: Option<Uuid>,
    /// The name shown beside what they did.
    pub name: String,
    pub roles: Vec<Role>,
    /// The actor and, for a manager, the people who report to them.
    pub team: Vec<UserId>,
    /// Colleagues who are away, and for whom the actor answers today.
    pub stands_in_for: Vec<UserId>,
    /// What a token may do at most; `None` for a person.
    pub scopes: Option<Vec<Permission>>,
    /// Who looks through this person's eyes; `None` for the person.
    pub viewer: Option<Viewer>,
}

/// Somebody who looks through the eyes of another and changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Sees customers' people in their own right: sees what the other one sees.
    SeesPeople,
    /// Sees none in their own right, and none through the other.
    Masked,
}

impl Actor {
    /// The person at the machine's command line: program and admin rights, logged as operator.
    pub fn operator() -> Self {
        Self {
            kind: ActorKind::Operator,
            id: None,
            name: "Operator".to_owned(),
            roles: vec![Role::Program, Role::Admin],
            team: Vec::new(),
            stands_in_for: Vec::new(),
            scopes: None,
            viewer: None,
        }
    }

    /// Somebody without a role: what they may do is decided by what led them here.
    fn without_role(kind: ActorKind, name: &str) -> Self {
        Self {
            kind,
            id: None,
            name: name.to_owned(),
            roles: Vec::new(),
            team: Vec::new(),
            stands_in_for: Vec::new(),
            scopes: None,
            viewer: None,
        }
    }

    /// The program itself.
    pub fn system() -> Self {
        Self::without_role(ActorKind::System, "Goodword")
    }

    /// A buyer who followed a signed link; the link, not a role, is the permission.
    pub fn buyer() -> Self {
        Self::without_role(ActorKind::Buyer, "Buyer")
    }

    /// An advocate who followed a signed link; the link, not a role, is the permission.
    pub fn advocate(id: AdvocateId) -> Self {
        Self {
            id: Some(id.0),
            ..Self::without_role(ActorKind::Advocate, "Advocate")
        }
    }

    /// A colleague with the rights that they have on a day: today.
    pub async fn of_user(store: &Store, user: &User, today: Day) -> Result<Self, Error> {
        let mut team = vec![user.id];
        team.extend(storage::user::reports_of(store, user.id).await?);
        Ok(Self {
            kind: ActorKind::User,
            id: Some(user.id.0),
            name: user.name.clone(),
            roles: user.roles(),
            team,
            stands_in_for: storage::user::away_with(store, user.id, today).await?,
            scopes: None,
            viewer: None,
        })
    }

    pub fn user_id(&self) -> Option<UserId> {
        match self.kind {
            ActorKind::User => self.id.map(UserId),
            ActorKind::Operator | ActorKind::Advocate | ActorKind::Buyer | ActorKind::System => {
                None
            }
        }
    }

    /// Somebody who has a role and no records of their own, to look through.
    pub(crate) fn of_role(role: Role) -> Self {
        Self {
            id: Some(Uuid::nil()),
            roles: vec![role],
            team: vec![UserId(Uuid::nil())],
            ..Self::without_role(ActorKind::User, "Nobody in particular")
        }
    }

    /// Whether somebody only looks through this person's eyes.
    pub fn is_viewed(&self) -> bool {
        self.viewer.is_some()
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The author as the event log keeps it.
    pub fn as_ref(&self) -> ActorRef {
        ActorRef {
            kind: self.kind,
            id: self.id,
        }
    }
}
