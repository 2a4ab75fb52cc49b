//! Looking through another's eyes: who may, through whose, and what stays hidden all the same.
//!
//! Scopes and permissions are those of the viewed person. What is about customers' people needs the
//! viewer's own right too, and nothing is written: see `App::begin`.

use domain::access::Role;

use super::{Permission, may};
use crate::actor::{Actor, Viewer};

/// What shows people by name, or letters about them: nothing of it for a viewer who is masked.
const ABOUT_PEOPLE: &[Permission] = &[
    Permission::ContactRead,
    Permission::ContactEdit,
    Permission::ConsentRead,
    Permission::ConsentRecord,
    Permission::CandidateArrange,
    Permission::Import,
    Permission::RecordMerge,
    Permission::RecordDelete,
    Permission::RecordForget,
    // Its preview names some of the records.
    Permission::BulkEdit,
    Permission::InboxOwn,
    // People write there what they like, names as well.
    Permission::Comment,
    Permission::AuditRead,
];

/// Whether somebody with these roles sees customers' people in their own right.
fn sees_people(actor: &Actor) -> bool {
    actor.has(Role::Program) || actor.has(Role::Privacy)
}

/// With what sight an actor looks through the eyes of somebody with these roles; `None` where they
/// may not: the program role looks through nobody who runs or audits the system.
pub fn view_as(actor: &Actor, roles: &[Role]) -> Option<Viewer> {
    if !may(actor, Permission::ViewAs) || actor.is_viewed() {
        return None;
    }
    let above_program = [Role::Admin, Role::Privacy];
    if !actor.has(Role::Admin) && above_program.iter().any(|role| roles.contains(role)) {
        return None;
    }
    Some(if sees_people(actor) {
        Viewer::SeesPeople
    } else {
        Viewer::Masked
    })
}

/// Whether the actor is looked through by somebody who sees no people in their own right.
pub(super) fn is_masked(actor: &Actor) -> bool {
    actor.viewer == Some(Viewer::Masked)
}

/// Whether a permission of the viewed person is kept from who looks through them.
pub(super) fn hides(actor: &Actor, permission: Permission) -> bool {
    is_masked(actor) && ABOUT_PEOPLE.contains(&permission)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{FieldClass, Standing, knows_contact, require, scope, sees, tests::actor};

    #[test]
    fn only_admins_and_the_program_role_view_as_others_and_the_program_as_nobody_above_it() {
        for role in Role::ALL {
            for other in Role::ALL {
                let may = match role {
                    Role::Admin => true,
                    Role::Program => !matches!(other, Role::Admin | Role::Privacy),
                    _ => false,
                };
                let sight = view_as(&actor(&[*role]), &[*other]);
                assert_eq!(sight.is_some(), may, "{role} as {other}");
            }
        }
    }

    #[test]
    fn nobody_views_through_somebody_who_is_viewed() {
        let mut admin = actor(&[Role::Admin]);
        admin.viewer = Some(Viewer::Masked);
        assert_eq!(view_as(&admin, &[Role::Seller]), None);
    }

    #[test]
    fn an_admin_sees_no_people_through_whoever_and_the_program_sees_what_they_see() {
        assert_eq!(
            view_as(&actor(&[Role::Admin]), &[Role::Program]),
            Some(Viewer::Masked)
        );
        let both = actor(&[Role::Admin, Role::Program]);
        assert_eq!(view_as(&both, &[Role::Privacy]), Some(Viewer::SeesPeople));
        let own = Standing {
            owns_account: true,
            owner_approved: true,
            advocate_accepted: true,
            names_shown: true,
        };
        for role in Role::ALL {
            let mut viewed = actor(&[*role]);
            let plain = actor(&[*role]);
            viewed.viewer = Some(Viewer::SeesPeople);
            for class in FieldClass::ALL {
                assert_eq!(
                    sees(&viewed, *class, own),
                    sees(&plain, *class, own),
                    "{role} {class}"
                );
            }
            viewed.viewer = Some(Viewer::Masked);
            assert!(!knows_contact(&viewed, own), "{role}");
            for class in FieldClass::ALL {
                assert!(!sees(&viewed, *class, own), "{role} {class}");
            }
            for permission in Permission::ALL {
                let is_hidden = ABOUT_PEOPLE.contains(permission);
                let seen = scope(&viewed, *permission);
                assert_eq!(
                    seen,
                    if is_hidden {
                        domain::access::Scope::Nothing
                    } else {
                        scope(&plain, *permission)
                    }
                );
            }
        }
    }

    #[test]
    fn a_masked_viewer_is_told_that_their_own_roles_hide_it() {
        let mut viewed = actor(&[Role::Program]);
        viewed.viewer = Some(Viewer::Masked);
        let refused = require(&viewed, Permission::ContactRead);
        assert!(
            matches!(refused, Err(crate::Error::HiddenFromViewer)),
            "{refused:?}"
        );
        let refused = require(&viewed, Permission::UserEdit);
        assert!(
            matches!(refused, Err(crate::Error::Forbidden)),
            "{refused:?}"
        );
    }
}
