//! How the actor stands to advocates: what decides which of their fields are seen.

use std::collections::HashMap;

use domain::{
    access::Scope,
    candidate::CandidateState,
    id::{AdvocateId, UserId},
};
use storage::candidate::Candidate;

use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Standing},
};

/// Contact details stay visible for this long after the request closed.
pub(crate) const CONTACT_DAYS_AFTER_CLOSE: i64 = 30;

/// The actor's standing to each of these advocates, who come with the owner of their account, in one
/// query. `names_shown` is the program's setting.
pub(crate) async fn of(
    app: &App,
    actor: &Actor,
    names_shown: bool,
    advocates: &[(AdvocateId, Option<UserId>)],
) -> Result<HashMap<AdvocateId, Standing>, Error> {
    // What they asked for opens nothing to those who see everybody anyway.
    let asker = actor.user_id().filter(|_| !policy::sees_everybody(actor));
    let asked = match asker {
        Some(user) => {
            storage::candidate::asked_by(
                &app.store,
                &Scope::Own(vec![user]),
                advocates.iter().map(|(id, _)| *id).collect(),
            )
            .await?
        }
        None => Vec::new(),
    };
    let now = app.clock.now();
    let by_advocate = crate::member::grouped(asked, |(candidate, _)| candidate.advocate_id);
    Ok(advocates
        .iter()
        .map(|(id, owner)| {
            let stands_in = owner.is_some_and(|owner| actor.stands_in_for.contains(&owner));
            let mut standing = Standing {
                // Whoever answers for the owner knows for whom; more of the customer stays with the owner.
                owner_approved: stands_in,
                owns_account: owner.is_some_and(|owner| policy::is_self(actor, owner)),
                names_shown,
                ..Standing::default()
            };
            for (candidate, closed_at) in by_advocate.get(id).into_iter().flatten() {
                let fresh =
                    closed_at.is_none_or(|closed| now < closed.plus_days(CONTACT_DAYS_AFTER_CLOSE));
                standing.owner_approved |= owner_approved(candidate);
                standing.advocate_accepted |= candidate.state.reveals_contact() && fresh;
            }
            (*id, standing)
        })
        .collect())
}

/// The owner said yes to this ask; the name was told to the requester then and stays known.
pub(crate) fn owner_approved(candidate: &Candidate) -> bool {
    candidate.state == CandidateState::AdvocateAsked || candidate.state.reveals_contact()
}
