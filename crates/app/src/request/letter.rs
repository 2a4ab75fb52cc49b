//! Letters to advocates. They are written when they are sent, so that no secret link lies in the
//! queue; a repeat after a crash holds another link to the same answer.

use domain::{
    access::Scope,
    candidate::{CandidateState, LinkPurpose},
    id::{AdvocateId, CandidateId},
};
use storage::{Source, contact::Contact, request::Request};

use super::{condition::Conditions, link};
use crate::{App, actor::Actor, error::Error, mail::Letter, setting};

/// The contact behind an advocate.
pub(crate) async fn contact_of(
    source: &impl Source,
    advocate: AdvocateId,
) -> Result<Option<Contact>, Error> {
    let Some(row) = storage::advocate::by_ids(source, vec![advocate])
        .await?
        .remove(&advocate)
    else {
        return Ok(None);
    };
    Ok(storage::contact::by_ids(source, vec![row.contact_id])
        .await?
        .remove(&row.contact_id))
}

/// Whom a letter about a request comes from, in words, and the program that sends it.
pub(super) async fn sender(
    app: &App,
    request: &Request,
) -> Result<(String, setting::Program), Error> {
    let requester = storage::user::find(&app.store, request.requester_id).await?;
    let program = setting::read::<setting::Program>(&app.store).await?.value;
    let from = match (requester, program.company()) {
        (Some(user), Some(company)) => format!("{} at {company}", user.name),
        (Some(user), None) => user.name,
        (None, company) => company.unwrap_or_else(|| program.name.clone()),
    };
    Ok((from, program))
}

/// The letter that asks an advocate, unless the answer is in already; that tells who it is for, where they
/// agreed ahead.
pub(crate) async fn ask(app: &App, id: CandidateId) -> Result<Option<Letter>, Error> {
    let found = storage::candidate::find(&app.store, id).await?;
    if found.is_some_and(|row| row.was_agreed_ahead()) {
        return write(app, id, CandidateState::Accepted, LinkPurpose::Offer).await;
    }
    write(app, id, CandidateState::AdvocateAsked, LinkPurpose::Ask).await
}

/// The letter that asks how it went, unless that was said already.
pub(crate) async fn debrief(app: &App, id: CandidateId) -> Result<Option<Letter>, Error> {
    write(app, id, CandidateState::Done, LinkPurpose::Debrief).await
}

async fn write(
    app: &App,
    id: CandidateId,
    state: CandidateState,
    purpose: LinkPurpose,
) -> Result<Option<Letter>, Error> {
    let Some(candidate) = storage::candidate::find(&app.store, id)
        .await?
        .filter(|row| row.state == state)
    else {
        return Ok(None);
    };
    let Some(contact) = contact_of(&app.store, candidate.advocate_id).await? else {
        return Ok(None);
    };
    let Some(to) = contact.email.clone() else {
        return Ok(None);
    };
    let request = storage::request::find(&app.store, &Scope::Everything, candidate.request_id)
        .await?
        .ok_or(Error::NotFound)?;
    let (from, program) = sender(app, &request).await?;
    let what = candidate.activity.label().to_lowercase();
    let agreed = Conditions::of(&candidate).map(|conditions| conditions.agreed() + " ");
    let (subject, ask) = match purpose {
        LinkPurpose::Ask => (
            format!("{from} asks for a {what}"),
            format!(
                "{from} would like to ask you for a {what} by {}. It usually takes {} minutes. {}You can accept or decline here, without signing in:",
                candidate.planned_on,
                candidate.activity.usual_minutes(),
                agreed.unwrap_or_default()
            ),
        ),
        LinkPurpose::Debrief => (
            format!("How was the {what}?"),
            format!("Thank you for the {what}. Please tell us in one click how it went:"),
        ),
        LinkPurpose::Offer => (
            format!("{from} speaks to you about a {what}"),
            format!(
                "You agreed ahead to a {what}, and {from} would like to have one by {}. It usually takes {} minutes. You can name times that suit you here, without signing in:",
                candidate.planned_on,
                candidate.activity.usual_minutes(),
            ),
        ),
        // These are passed on by the person who arranges it, or have a letter of their own.
        LinkPurpose::Pick
        | LinkPurpose::BuyerDebrief
        | LinkPurpose::AdvocateBrief
        | LinkPurpose::BuyerBrief => return Ok(None),
    };
    let issued = link::issue(app, &Actor::system(), &candidate, &request, purpose).await?;
    let body = format!(
        "Hello {},\n\n{ask}\n\n{}\n\nThe link works once and until {}.\n\n{}\n",
        contact.name,
        issued.url,
        issued.expires_at.day(),
        program.name
    );
    Ok(Some(Letter {
        message_id: String::new(),
        to,
        subject,
        body,
        calendar: None,
    }))
}
