//! What a record in the trash hangs on: without its account, its person or who tells it, it does not come back.

use std::collections::HashSet;

use domain::{
    id::{AccountId, AdvocateId, ContactId, UserId},
    record::RecordKind,
};
use storage::{
    Tx,
    trash::{self, Rows},
    user,
};

use crate::error::Error;

/// Makes rows point at what is still there: nothing at an account or a colleague that is gone.
pub(super) async fn hang(tx: &Tx, rows: &mut Rows) -> Result<(), Error> {
    let own: HashSet<AccountId> = rows.accounts.iter().map(|row| row.id).collect();
    let parents = rows.accounts.iter().filter_map(|row| row.parent_id);
    let employers = rows.contacts.iter().filter_map(|row| row.account_id);
    let customers = rows.content.iter().filter_map(|row| row.account_id);
    let asked: Vec<AccountId> = parents
        .chain(employers)
        .chain(customers)
        .filter(|id| !own.contains(id))
        .collect();
    let known = storage::account::by_ids(tx, asked.clone()).await?;
    for id in &asked {
        if !known.contains_key(id) && trash::holds(tx, RecordKind::Account, id.0).await? {
            return Err(Error::MoveNotAllowed(
                "The account that it belongs to is in the trash, too. Restore the account first."
                    .to_owned(),
            ));
        }
    }
    let stands = |id: &AccountId| own.contains(id) || known.contains_key(id);
    for row in &mut rows.accounts {
        row.parent_id = row.parent_id.filter(stands);
    }
    for row in &mut rows.contacts {
        row.account_id = row.account_id.filter(stands);
    }
    for row in &mut rows.content {
        row.account_id = row.account_id.filter(stands);
    }
    told_by_somebody(tx, rows).await?;
    let people: HashSet<ContactId> = rows.contacts.iter().map(|row| row.id).collect();
    let others = rows.advocates.iter().map(|row| row.contact_id);
    let others = others.filter(|id| !people.contains(id)).collect();
    let others = storage::contact::by_ids(tx, others).await?;
    let is_known = |id: &ContactId| people.contains(id) || others.contains_key(id);
    if !rows.advocates.iter().all(|row| is_known(&row.contact_id)) {
        return Err(Error::MoveNotAllowed(
            "The person of this profile is not there. Restore the contact first.".to_owned(),
        ));
    }
    let owners = rows.accounts.iter().filter_map(|row| row.owner_id);
    let nominators = rows.advocates.iter().filter_map(|row| row.nominated_by);
    let asked = rows
        .asks
        .iter()
        .flat_map(|row| [Some(row.owner_id), row.asked_by]);
    let authors = rows.comments.iter().map(|row| row.author_id);
    let named = owners
        .chain(nominators)
        .chain(asked.flatten())
        .chain(authors);
    let colleagues = user::by_ids(tx, named.collect()).await?;
    let works_here = |id: &UserId| colleagues.contains_key(id);
    for row in &mut rows.accounts {
        row.owner_id = row.owner_id.filter(works_here);
    }
    for row in &mut rows.advocates {
        row.nominated_by = row.nominated_by.filter(works_here);
    }
    rows.asks.retain(|row| works_here(&row.owner_id));
    rows.comments.retain(|row| works_here(&row.author_id));
    for row in &mut rows.asks {
        row.asked_by = row.asked_by.filter(works_here);
    }
    Ok(())
}

/// Content comes back only with the one who tells it: content of nobody needs no consent.
async fn told_by_somebody(tx: &Tx, rows: &Rows) -> Result<(), Error> {
    let tellers = rows.content.iter().filter_map(|row| row.advocate_id);
    let tellers: HashSet<AdvocateId> = tellers.collect();
    let known = storage::advocate::by_ids(tx, tellers.iter().copied().collect()).await?;
    if known.len() == tellers.len() {
        return Ok(());
    }
    Err(Error::MoveNotAllowed(
        "The profile of who tells it is not there, and with it the consent. Restore the profile first."
            .to_owned(),
    ))
}
