//! Signed links: the secret is shown once and kept as a hash; one answer, fourteen days.

use domain::{
    candidate::{CandidateState, LinkPurpose},
    id::CandidateId,
    record::Action,
    time::Timestamp,
};
use serde::Serialize;
use serde_json::json;
use storage::{answer_link::AnswerLink, candidate::Candidate, request::Request};

use super::{event, find_for};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::{Error, same_version},
    policy::Permission,
    secret,
};

/// Days that a link works.
pub const VALID_DAYS: i64 = 14;

/// A link as it is shown once.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct IssuedLink {
    pub url: String,
    pub expires_at: Timestamp,
}

/// A link for staff to pass on, where no mail reaches the advocate.
pub async fn copy(
    app: &App,
    actor: &Actor,
    id: CandidateId,
    version: i64,
) -> Result<IssuedLink, Error> {
    let tx = app.begin(actor).await?;
    let (row, request) = find_for(&tx, actor, Permission::LinkCopy, id).await?;
    tx.roll_back().await?;
    same_version(row.version, version)?;
    let purpose = match row.state {
        CandidateState::AdvocateAsked => LinkPurpose::Ask,
        CandidateState::Accepted | CandidateState::Scheduled => LinkPurpose::Offer,
        CandidateState::Done => LinkPurpose::Debrief,
        _ => {
            return Err(Error::MoveNotAllowed(
                "The advocate is not being asked anything now, so there is no link to pass on."
                    .to_owned(),
            ));
        }
    };
    issue(app, actor, &row, &request, purpose).await
}

/// Makes a link. Older links to the same question stay valid: whichever answers first counts.
pub(super) async fn issue(
    app: &App,
    actor: &Actor,
    candidate: &Candidate,
    request: &Request,
    purpose: LinkPurpose,
) -> Result<IssuedLink, Error> {
    let secret = secret::new_secret();
    let mut tx = app.begin(actor).await?;
    let mut expires_at = tx.now().plus_days(VALID_DAYS);
    if purpose.is_read() {
        // It is read until the use is over, however far ahead that is.
        let over = candidate.planned_on.plus_days(1).start();
        expires_at = expires_at.max(over);
    }
    let row = AnswerLink {
        id: new_id(),
        token_hash: secret::hash(&secret),
        purpose,
        candidate_id: candidate.id,
        created_at: tx.now(),
        expires_at,
        used_at: None,
    };
    storage::answer_link::insert(&tx, row).await?;
    tx.record(event(Action::LinkIssued, request, candidate).detail(json!({ "purpose": purpose })));
    tx.commit().await?;
    let page = match purpose {
        LinkPurpose::Ask | LinkPurpose::Debrief | LinkPurpose::Offer => "answer",
        LinkPurpose::Pick => "pick",
        LinkPurpose::BuyerDebrief => "debrief",
        LinkPurpose::AdvocateBrief | LinkPurpose::BuyerBrief => "brief",
    };
    Ok(IssuedLink {
        url: format!("{}/{page}/{secret}", app.config.public_url),
        expires_at,
    })
}
