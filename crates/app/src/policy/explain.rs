//! Why somebody sees a class of fields or not, read off the rules themselves.
//!
//! Asks [`sees`] and writes no rule down a second time, so what it says is what holds.

use domain::access::FieldClass;
use serde::Serialize;

use super::{Standing, sees};
use crate::actor::Actor;

/// Something that makes a class of fields of an advocate visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SightCondition)]
pub enum Condition {
    /// They own the relationship with the advocate's account.
    OwnsAccount,
    /// The owner approved their request for this advocate.
    OwnerApproved,
    /// The advocate accepted their request, and it closed at most 30 days ago.
    AdvocateAccepted,
    /// The program shows names to everybody who may search.
    NamesShown,
}

impl Condition {
    const ALL: [Self; 4] = [
        Self::OwnsAccount,
        Self::OwnerApproved,
        Self::AdvocateAccepted,
        Self::NamesShown,
    ];

    /// Whether it holds for somebody who stands like this to an advocate.
    pub fn holds(self, standing: Standing) -> bool {
        match self {
            Self::OwnsAccount => standing.owns_account,
            Self::OwnerApproved => standing.owner_approved,
            Self::AdvocateAccepted => standing.advocate_accepted,
            Self::NamesShown => standing.names_shown,
        }
    }

    fn alone(self) -> Standing {
        let nothing = Standing::default();
        match self {
            Self::OwnsAccount => Standing {
                owns_account: true,
                ..nothing
            },
            Self::OwnerApproved => Standing {
                owner_approved: true,
                ..nothing
            },
            Self::AdvocateAccepted => Standing {
                advocate_accepted: true,
                ..nothing
            },
            Self::NamesShown => Standing {
                names_shown: true,
                ..nothing
            },
        }
    }
}

/// When an actor sees a class of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Of every advocate in reach.
    Always,
    /// As soon as one of its conditions holds.
    Sometimes,
    Never,
}

/// When the actor's roles show a class of fields, and each condition that is enough by itself.
pub fn rule(actor: &Actor, class: FieldClass) -> (Shown, Vec<Condition>) {
    if sees(actor, class, Standing::default()) {
        return (Shown::Always, Vec::new());
    }
    let enough: Vec<Condition> = Condition::ALL
        .into_iter()
        .filter(|condition| sees(actor, class, condition.alone()))
        .collect();
    if enough.is_empty() {
        (Shown::Never, enough)
    } else {
        (Shown::Sometimes, enough)
    }
}

#[cfg(test)]
mod tests {
    use domain::access::Role;

    use super::*;

    #[test]
    fn what_is_explained_is_what_holds_for_any_two_roles_in_any_standing() {
        let mut asked = 0;
        for one in Role::ALL {
            for other in Role::ALL {
                let mut actor = Actor::operator();
                actor.roles = vec![*one, *other];
                for class in FieldClass::ALL {
                    let (shown, enough) = rule(&actor, *class);
                    for bits in 0..16_u8 {
                        let standing = Standing {
                            owns_account: bits & 1 != 0,
                            owner_approved: bits & 2 != 0,
                            advocate_accepted: bits & 4 != 0,
                            names_shown: bits & 8 != 0,
                        };
                        let said = match shown {
                            Shown::Always => true,
                            Shown::Sometimes => enough.iter().any(|one| one.holds(standing)),
                            Shown::Never => false,
                        };
                        assert_eq!(
                            said,
                            sees(&actor, *class, standing),
                            "{one} {other} {class} {standing:?}"
                        );
                        asked += 1;
                    }
                }
            }
        }
        assert_eq!(asked, 7 * 7 * 7 * 16);
    }
}
