//! What came of it goes back to the advocate as thanks, once the deal they helped is decided.
//!
//! Says neither the amount nor anything else about the deal. Refuses to know when it is looked for.

use domain::{
    advocate::AdvocateStatus,
    id::UseId,
    notice::UpdateKind,
    opportunity::OpportunityStatus,
    record::{Action, RecordKind},
    time::Day,
};
use storage::{NewEvent, Source, reference_use::ReferenceUse};

use super::{
    letter,
    notify::{self, Attention, Message},
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    job::{self, Task},
    mail::Letter,
    setting,
};

/// Nobody remembers an hour of longer ago.
const DAYS_BACK: i64 = 365;

/// The first day on which a use may lie that its advocate still hears of.
pub(super) fn since(today: Day) -> Day {
    today.plus_days(-DAYS_BACK)
}

/// Marks a use as thanked for, asks for the letter, and tells the owner. `false` where another node
/// was first or there is nothing to say.
pub(super) async fn thank(app: &App, id: UseId) -> Result<bool, Error> {
    let mut tx = app.begin(&Actor::system()).await?;
    let found = storage::reference_use::by_ids(&tx, vec![id])
        .await?
        .remove(&id);
    let Some(mut used) = found.filter(|used| used.thanked_on.is_none()) else {
        tx.roll_back().await?;
        return Ok(false);
    };
    let Some(status) = decided(&tx, &used).await? else {
        tx.roll_back().await?;
        return Ok(false);
    };
    used.thanked_on = Some(app.clock.today());
    storage::reference_use::save(&tx, &mut used).await?;
    if app.config.sends_mail {
        job::enqueue(&tx, &Task::MailThanks { used: id }).await?;
    }
    let account = storage::account::by_ids(&tx, vec![used.account_id])
        .await?
        .remove(&used.account_id);
    if let Some(account) = account
        && let Some(owner) = account.owner_id
    {
        let title = match status {
            OpportunityStatus::Won => "Your customer helped to win a deal",
            OpportunityStatus::Lost | OpportunityStatus::Open => {
                "A deal your customer spoke for is decided"
            }
        };
        let body = format!(
            "Thank {}: a word from you counts more than a letter.",
            account.name
        );
        let message = Message {
            attention: Attention::Update(UpdateKind::Thanks),
            about: Some((RecordKind::Advocate, used.advocate_id.0)),
            title,
            body: &body,
            path: format!("/advocates/{}", used.advocate_id),
        };
        notify::tell(app, &tx, &[owner], &message).await?;
    }
    let event = NewEvent::new(Action::Thanked, RecordKind::Use, used.id)
        .link(RecordKind::Advocate, used.advocate_id)
        .link(RecordKind::Account, used.account_id);
    tx.record(event);
    tx.commit().await?;
    Ok(true)
}

/// How the deal of a use ended; nothing while it is open.
async fn decided(
    source: &impl Source,
    used: &ReferenceUse,
) -> Result<Option<OpportunityStatus>, Error> {
    let Some(id) = used.opportunity_id else {
        return Ok(None);
    };
    let deal = storage::opportunity::by_ids(source, vec![id])
        .await?
        .remove(&id);
    Ok(deal
        .map(|deal| deal.status)
        .filter(|status| status.is_closed()))
}

/// The letter to the advocate, as long as they are one and can be reached.
pub(crate) async fn write(app: &App, id: UseId) -> Result<Option<Letter>, Error> {
    let store = &app.store;
    let Some(used) = storage::reference_use::by_ids(store, vec![id])
        .await?
        .remove(&id)
    else {
        return Ok(None);
    };
    let Some(status) = decided(store, &used).await? else {
        return Ok(None);
    };
    let advocate = storage::advocate::by_ids(store, vec![used.advocate_id])
        .await?
        .remove(&used.advocate_id);
    if advocate.is_none_or(|row| row.status != AdvocateStatus::Active) {
        return Ok(None);
    }
    let Some(contact) = letter::contact_of(store, used.advocate_id)
        .await?
        .filter(|contact| contact.left_on.is_none())
    else {
        return Ok(None);
    };
    let Some(to) = contact.reached_by().cloned() else {
        return Ok(None);
    };
    let program = setting::read::<setting::Program>(store).await?.value;
    let us = program.company().unwrap_or_else(|| "us".to_owned());
    let what = used.activity.label().to_lowercase();
    let (subject, came) = match status {
        OpportunityStatus::Won => (
            format!("Your {what} helped"),
            format!("They have decided for {us}, and what you said was part of it."),
        ),
        OpportunityStatus::Lost | OpportunityStatus::Open => (
            format!("What came of your {what}"),
            "They have decided. What you said helped them to, and your time counts for us."
                .to_owned(),
        ),
    };
    Ok(Some(Letter {
        message_id: String::new(),
        to,
        subject,
        body: format!(
            "Hello {},\n\nOn {} you gave a {what} for {us}. {came}\n\nThank you. Nothing is asked of you.\n\n{}\n",
            contact.name, used.used_on, program.name
        ),
        calendar: None,
    }))
}
