//! Telling whoever nominated somebody how it ended.

use std::collections::BTreeMap;

use domain::{advocate::AdvocateStatus, id::UserId, notice::UpdateKind, record::RecordKind};
use storage::{Tx, advocate::Advocate};

use crate::{
    App,
    actor::Actor,
    error::Error,
    policy,
    request::notify::{self, Attention, Message},
};

/// Tells who nominated these advocates how it ended, each in one message; whoever decided it knows.
/// Why stays with the program team, who wrote it for themselves.
pub(crate) async fn nominators(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    moved: &[Advocate],
) -> Result<(), Error> {
    let mut told: BTreeMap<(UserId, AdvocateStatus), Vec<&Advocate>> = BTreeMap::new();
    for row in moved {
        let nominator = row.nominated_by.filter(|by| !policy::is_self(actor, *by));
        let ends = matches!(
            row.status,
            AdvocateStatus::Active | AdvocateStatus::Declined
        );
        if let Some(nominator) = nominator.filter(|_| ends) {
            told.entry((nominator, row.status)).or_default().push(row);
        }
    }
    if told.is_empty() {
        return Ok(());
    }
    let people = told.values().flatten().map(|row| row.contact_id).collect();
    let people = storage::contact::by_ids(tx, people).await?;
    for ((nominator, status), rows) in told {
        let named: Vec<_> = rows
            .iter()
            .filter_map(|row| Some((row, people.get(&row.contact_id)?)))
            .collect();
        let Some(((row, person), others)) = named.split_first() else {
            continue;
        };
        let who = match others.len() {
            0 => person.name.clone(),
            more => format!("{} and {more} more", person.name),
        };
        let are = if others.is_empty() {
            "is an advocate"
        } else {
            "are advocates"
        };
        let (title, body) = if status == AdvocateStatus::Active {
            (
                format!("{who} {are} now"),
                "You nominated them. They can be asked from now on; thank you.",
            )
        } else {
            (
                format!("{who} will not join the program"),
                "You nominated them; thank you. The program team can tell you why.",
            )
        };
        let message = Message {
            attention: Attention::Update(UpdateKind::Nomination),
            about: Some((RecordKind::Advocate, row.id.0)),
            title: &title,
            body,
            path: format!("/advocates/{}", row.id),
        };
        notify::tell(app, tx, &[nominator], &message).await?;
    }
    Ok(())
}
