//! The one policy layer: what each role may do, on whose records, and which fields it sees.
//!
//! Denies by default: a permission that [`reach`] does not grant is not there. API, search,
//! facets, reports, export, mail and the command line all ask here.

pub mod explain;
pub mod operations;
pub mod viewing;

pub use domain::access::{FieldClass, Permission};
use domain::{
    access::{Role, Scope},
    id::UserId,
};

use crate::{actor::Actor, error::Error};

/// How far a permission goes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Nothing,
    /// The actor's own records.
    Own,
    /// Also those of the people who report to the actor.
    Team,
    Everything,
}

/// What a role grants. One arm a role, so that a reviewer reads a role in one place.
pub fn reach(role: Role, permission: Permission) -> Reach {
    match role {
        Role::Seller => seller(permission),
        Role::Owner => owner(permission),
        Role::Stakeholder => stakeholder(permission),
        Role::Program => program(permission),
        Role::Executive => executive(permission),
        Role::Admin => admin(permission),
        Role::Privacy => privacy(permission),
    }
}

/// What everybody who signs in may do.
fn colleague(permission: Permission) -> Reach {
    match permission {
        Permission::TaxonomyRead | Permission::UserRead => Reach::Everything,
        Permission::TokenOwn | Permission::InboxOwn | Permission::Comment => Reach::Own,
        _ => Reach::Nothing,
    }
}

fn seller(permission: Permission) -> Reach {
    match permission {
        Permission::AccountRead
        | Permission::Match
        | Permission::AdvocateRead
        | Permission::ContentRead
        | Permission::AdvocateNominate => Reach::Everything,
        Permission::OpportunityRead
        | Permission::RequestRead
        | Permission::MetricRead
        | Permission::PlanRead
        | Permission::NeedRead => Reach::Team,
        Permission::OpportunityEdit
        | Permission::RequestCreate
        | Permission::CandidateArrange
        | Permission::CandidateFulfil
        | Permission::UseLog
        | Permission::BulkEdit
        | Permission::Export
        | Permission::ContentShare => Reach::Own,
        _ => colleague(permission),
    }
}

fn owner(permission: Permission) -> Reach {
    match permission {
        Permission::AccountRead
        | Permission::Match
        | Permission::AdvocateRead
        | Permission::ContentRead
        | Permission::NeedRead => Reach::Everything,
        Permission::ContactRead
        | Permission::ContactEdit
        | Permission::AccountEdit
        | Permission::AccountLock
        | Permission::AdvocateNominate
        | Permission::AdvocateEdit
        | Permission::ConsentRead
        | Permission::ConsentRecord
        | Permission::CandidateApprove
        | Permission::CandidateArrange
        | Permission::UseLog
        | Permission::LinkCopy
        | Permission::LoadRead
        | Permission::Steward
        | Permission::RecordDelete
        | Permission::BulkEdit
        | Permission::Export
        | Permission::ContentShare
        | Permission::OpportunityRead
        | Permission::RequestRead
        | Permission::MetricRead
        | Permission::PlanRead => Reach::Own,
        _ => colleague(permission),
    }
}

fn stakeholder(permission: Permission) -> Reach {
    match permission {
        Permission::AccountRead
        | Permission::Match
        | Permission::AdvocateRead
        | Permission::ContentRead
        | Permission::AdvocateNominate => Reach::Everything,
        Permission::RequestRead
        | Permission::RequestCreate
        | Permission::CandidateArrange
        | Permission::CandidateFulfil
        | Permission::UseLog
        | Permission::NeedRead
        | Permission::NeedEdit
        | Permission::MetricRead => Reach::Own,
        _ => colleague(permission),
    }
}

fn program(permission: Permission) -> Reach {
    match permission {
        Permission::UserEdit
        | Permission::JobRead
        | Permission::JobReplay
        | Permission::AuditVerify
        | Permission::Erase => Reach::Nothing,
        Permission::TokenOwn | Permission::InboxOwn => Reach::Own,
        _ => Reach::Everything,
    }
}

fn executive(permission: Permission) -> Reach {
    match permission {
        Permission::AccountRead
        | Permission::OpportunityRead
        | Permission::Match
        | Permission::AdvocateRead
        | Permission::AdvocateNominate
        | Permission::ContentRead
        | Permission::RequestRead
        | Permission::DemandRead
        | Permission::MetricRead
        | Permission::PlanRead
        | Permission::NeedRead => Reach::Everything,
        _ => colleague(permission),
    }
}

fn admin(permission: Permission) -> Reach {
    match permission {
        Permission::UserEdit
        | Permission::ViewAs
        | Permission::JobRead
        | Permission::JobReplay
        | Permission::AuditRead
        | Permission::AuditVerify
        | Permission::SettingRead
        | Permission::SettingEdit => Reach::Everything,
        // Of the people that the admin edits; no customer is within reach.
        Permission::BulkEdit => Reach::Own,
        _ => colleague(permission),
    }
}

fn privacy(permission: Permission) -> Reach {
    match permission {
        Permission::AccountRead
        | Permission::AccountLock
        | Permission::ContactRead
        // Whoever is asked to correct what is kept about a person can do so.
        | Permission::ContactEdit
        | Permission::Match
        | Permission::AdvocateRead
        | Permission::ContentRead
        | Permission::ConsentRead
        | Permission::ConsentRecord
        | Permission::AuditRead
        | Permission::AuditVerify
        | Permission::Erase => Reach::Everything,
        _ => colleague(permission),
    }
}

/// How far a permission goes for the actor: the widest of the roles, within what a token may do and
/// what is kept from a viewer.
pub fn reach_of(actor: &Actor, permission: Permission) -> Reach {
    let is_outside = |scopes: &Vec<Permission>| !scopes.contains(&permission);
    if actor.scopes.as_ref().is_some_and(is_outside) || viewing::hides(actor, permission) {
        return Reach::Nothing;
    }
    actor
        .roles
        .iter()
        .map(|role| reach(*role, permission))
        .max()
        .unwrap_or(Reach::Nothing)
}

/// The records that the actor reaches with a permission.
pub fn scope(actor: &Actor, permission: Permission) -> Scope {
    match reach_of(actor, permission) {
        Reach::Nothing => Scope::Nothing,
        Reach::Own => actor.user_id().map_or(Scope::Nothing, |user| {
            Scope::Own(with_absent(actor, permission, vec![user]))
        }),
        Reach::Team => Scope::Own(with_absent(actor, permission, actor.team.clone())),
        Reach::Everything => Scope::Everything,
    }
}

/// These people, and for what a stand-in does those for whom the actor stands in.
fn with_absent(actor: &Actor, permission: Permission, mut people: Vec<UserId>) -> Vec<UserId> {
    let is_passed_on = matches!(
        permission,
        Permission::CandidateApprove
            | Permission::CandidateArrange
            | Permission::CandidateFulfil
            | Permission::LinkCopy
            | Permission::RequestRead
    );
    if is_passed_on {
        people.extend(&actor.stands_in_for);
    }
    people
}

/// Whether the actor has a permission at all, on whichever records.
pub fn may(actor: &Actor, permission: Permission) -> bool {
    !scope(actor, permission).is_empty()
}

/// The scope, or a refusal when it reaches nothing.
pub fn require(actor: &Actor, permission: Permission) -> Result<Scope, Error> {
    let scope = scope(actor, permission);
    if !scope.is_empty() {
        return Ok(scope);
    }
    let reaches = |role: &Role| reach(*role, permission) != Reach::Nothing;
    if viewing::hides(actor, permission) && actor.roles.iter().any(reaches) {
        return Err(Error::HiddenFromViewer);
    }
    Err(Error::Forbidden)
}

/// Permissions that the actor holds, for a client to know what to offer.
pub fn held(actor: &Actor) -> Vec<Permission> {
    Permission::ALL
        .iter()
        .copied()
        .filter(|permission| may(actor, *permission))
        .collect()
}

/// How the actor stands to an advocate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The actor owns the relationship with the account.
    pub owns_account: bool,
    /// The owner approved the actor's request for this advocate.
    pub owner_approved: bool,
    /// The advocate accepted it, and it has not been closed for 30 days.
    pub advocate_accepted: bool,
    /// The program decided to show names to everybody who may search.
    pub names_shown: bool,
}

/// Whether the actor sees a class of fields about an advocate.
pub fn sees(actor: &Actor, class: FieldClass, standing: Standing) -> bool {
    if viewing::is_masked(actor) {
        return false;
    }
    let own = standing.owns_account && actor.has(Role::Owner);
    let always = sees_everybody(actor) || own;
    let asks = actor.has(Role::Seller) || actor.has(Role::Stakeholder) || actor.has(Role::Owner);
    match class {
        FieldClass::Name => {
            always
                || (asks
                    && (standing.owner_approved
                        || standing.advocate_accepted
                        || standing.names_shown))
        }
        FieldClass::ContactDetails => always || (asks && standing.advocate_accepted),
        FieldClass::UsageHistory
        | FieldClass::AvailabilityReason
        | FieldClass::Internal
        | FieldClass::ConsentRecord
        | FieldClass::Preferences => always,
    }
}

/// Whether the actor sees every field of every advocate, whatever was asked of whom.
pub fn sees_everybody(actor: &Actor) -> bool {
    actor.has(Role::Program) || actor.has(Role::Privacy)
}

/// Whether contact details stand in the profile itself; everybody else who sees them asks for them
/// first, which is logged.
pub fn knows_contact(actor: &Actor, standing: Standing) -> bool {
    !viewing::is_masked(actor)
        && (actor.has(Role::Privacy) || (standing.owns_account && actor.has(Role::Owner)))
}

/// Whether private and blackout profiles are in the actor's sight.
pub fn sees_restricted(actor: &Actor) -> bool {
    [Role::Program, Role::Owner, Role::Executive, Role::Privacy]
        .iter()
        .any(|role| actor.has(*role))
}

/// Whether two people are the same actor for the rule that nobody approves their own request.
pub fn is_self(actor: &Actor, other: UserId) -> bool {
    actor.user_id() == Some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn actor(roles: &[Role]) -> Actor {
        let mut actor = Actor::operator();
        actor.roles = roles.to_vec();
        actor
    }

    #[test]
    fn the_admin_runs_the_system_and_sees_no_customer() {
        let admin = actor(&[Role::Admin]);
        for permission in [
            Permission::AccountRead,
            Permission::ContactRead,
            Permission::AdvocateRead,
            Permission::Match,
            Permission::OpportunityRead,
            Permission::Export,
        ] {
            assert!(!may(&admin, permission), "{permission}");
        }
        let everything = Standing {
            owns_account: true,
            owner_approved: true,
            advocate_accepted: true,
            names_shown: true,
        };
        for class in FieldClass::ALL {
            assert!(!sees(&admin, *class, everything), "{class}");
        }
    }

    #[test]
    fn a_seller_sees_contact_details_only_after_the_advocate_accepts() {
        let seller = actor(&[Role::Seller]);
        let approved = Standing {
            owner_approved: true,
            ..Standing::default()
        };
        let accepted = Standing {
            advocate_accepted: true,
            ..approved
        };
        assert!(!sees(&seller, FieldClass::Name, Standing::default()));
        assert!(sees(&seller, FieldClass::Name, approved));
        assert!(!sees(&seller, FieldClass::ContactDetails, approved));
        assert!(sees(&seller, FieldClass::ContactDetails, accepted));
        assert!(!sees(&seller, FieldClass::Internal, accepted));
    }

    #[test]
    fn roles_add_up_and_a_token_takes_away() {
        let mut both = actor(&[Role::Seller, Role::Admin]);
        assert!(may(&both, Permission::UserEdit) && may(&both, Permission::Match));
        both.scopes = Some(vec![Permission::Match]);
        assert!(!may(&both, Permission::UserEdit) && may(&both, Permission::Match));
    }

    #[test]
    fn only_the_program_role_may_override_protection() {
        for role in Role::ALL {
            assert_eq!(
                reach(*role, Permission::Override) == Reach::Everything,
                *role == Role::Program,
                "{role}"
            );
        }
    }
}
