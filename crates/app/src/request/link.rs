//! Signed links: the secret is shown once and kept as a hash; one answer, fourteen days.

use domain::{
    access::Scope,
    candidate::{CandidateState, LinkPurpose},
    id::CandidateId,
    record::Action,
    time::Timestamp,
};
use serde::Serialize;
use serde_json::json;
use storage::{Source, Tx, answer_link::AnswerLink, candidate::Candidate, request::Request};

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

/// What a link of an outsider leads to.
pub(super) struct Opened {
    pub(super) link: AnswerLink,
    pub(super) candidate: Candidate,
    pub(super) request: Request,
}

impl Opened {
    /// Uses the link up, once whoever comes at the same time.
    pub(super) async fn spend(&self, tx: &Tx) -> Result<(), Error> {
        if self.link.used_at.is_some() || !storage::answer_link::spend(tx, self.link.id).await? {
            return Err(Error::LinkUsed);
        }
        Ok(())
    }
}

/// Longer texts are no secret of ours.
const TOKEN_BYTES_MAX: usize = 100;

/// The link of a secret, where its purpose is one that is `meant`.
///
/// # Errors
/// [`Error::NotFound`] for every other text.
pub(super) async fn find(
    source: &impl Source,
    token: &str,
    meant: impl Fn(LinkPurpose) -> bool,
) -> Result<AnswerLink, Error> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(Error::NotFound);
    }
    storage::answer_link::find_by_hash(source, &secret::hash(token))
        .await?
        .filter(|link| meant(link.purpose))
        .ok_or(Error::NotFound)
}

/// What stands behind a link that takes one answer; changes nothing. One that was used still shows
/// what came of it.
///
/// # Errors
/// [`Error::NotFound`] as [`find`] says, [`Error::LinkExpired`] when its days are over unused.
pub(super) async fn open(
    app: &App,
    source: &impl Source,
    token: &str,
    meant: impl Fn(LinkPurpose) -> bool,
) -> Result<Opened, Error> {
    let link = find(source, token, meant).await?;
    if link.used_at.is_none() && link.expires_at <= app.clock.now() {
        return Err(Error::LinkExpired);
    }
    let candidate = storage::candidate::find(source, link.candidate_id)
        .await?
        .ok_or(Error::NotFound)?;
    let request = storage::request::find(source, &Scope::Everything, candidate.request_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Opened {
        link,
        candidate,
        request,
    })
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
