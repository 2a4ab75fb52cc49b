//! References that were only written so far, linked once an import brings what they mean.

use domain::id::{AccountId, ContactId, OpportunityId, UserId};
use uuid::Uuid;

use super::{
    desk::{Desk, Named},
    flush::{self, Origin},
    load,
};
use crate::{App, actor::Actor, error::Error};

/// Records that are looked at in one write.
const BATCH: u64 = 1_000;

/// Links what can be linked now, a bounded write at a time, and says how many records it were.
///
/// Called after an import that created or renamed accounts or colleagues: only then can a written
/// name have got a meaning.
pub(super) async fn link(
    app: &App,
    actor: &Actor,
    desk: &mut Desk,
    origin: &Origin,
) -> Result<u64, Error> {
    let mut linked = 0;
    let mut after = Uuid::nil();
    loop {
        desk.clear();
        let mut tx = app.begin(actor).await?;
        let deals = storage::opportunity::unlinked(&tx, OpportunityId(after), BATCH).await?;
        let Some(last) = deals.last().map(|deal| deal.id.0) else {
            break;
        };
        let written = deals.iter().filter_map(|deal| deal.account_written.clone());
        load::load_written(desk, &tx, written.collect(), true).await?;
        let ids: Vec<Uuid> = deals.iter().map(|deal| deal.id.0).collect();
        desk.opportunities.put_all(deals);
        for id in ids {
            linked += u64::from(link_deal(desk, id));
        }
        flush::write(app, &mut tx, desk, origin).await?;
        tx.commit().await?;
        after = last;
    }
    after = Uuid::nil();
    loop {
        desk.clear();
        let mut tx = app.begin(actor).await?;
        let contacts = storage::contact::unlinked(&tx, ContactId(after), BATCH).await?;
        let Some(last) = contacts.last().map(|contact| contact.id.0) else {
            break;
        };
        let written = contacts
            .iter()
            .filter_map(|row| row.account_written.clone());
        load::load_written(desk, &tx, written.collect(), false).await?;
        let ids: Vec<Uuid> = contacts.iter().map(|contact| contact.id.0).collect();
        desk.contacts.put_all(contacts);
        for id in ids {
            linked += u64::from(link_contact(desk, id));
        }
        flush::write(app, &mut tx, desk, origin).await?;
        tx.commit().await?;
        after = last;
    }
    Ok(linked + link_accounts(app, actor, desk, origin).await?)
}

async fn link_accounts(
    app: &App,
    actor: &Actor,
    desk: &mut Desk,
    origin: &Origin,
) -> Result<u64, Error> {
    let mut linked = 0;
    let mut after = Uuid::nil();
    loop {
        desk.clear();
        let mut tx = app.begin(actor).await?;
        let accounts = storage::account::unlinked(&tx, AccountId(after), BATCH).await?;
        let Some(last) = accounts.last().map(|account| account.id.0) else {
            break;
        };
        let written = accounts.iter().filter_map(|row| row.parent_written.clone());
        load::load_written(desk, &tx, written.collect(), true).await?;
        let ids: Vec<Uuid> = accounts.iter().map(|account| account.id.0).collect();
        desk.accounts.put_all(accounts);
        for id in ids {
            linked += u64::from(link_account(desk, id));
        }
        flush::write(app, &mut tx, desk, origin).await?;
        tx.commit().await?;
        after = last;
    }
    Ok(linked)
}

/// A written reference may be an id, an address or a name.
fn account_of(desk: &Desk, written: Option<&str>) -> Option<AccountId> {
    let written = written?;
    let domain = domain::text::web_domain(written);
    desk.find_account(Some(written), None, None)
        .or_else(|| desk.find_account(None, Some(written), domain.as_deref()))
}

fn user_of(desk: &Desk, written: Option<&str>) -> Option<UserId> {
    let written = written?;
    let by_id = Named {
        external_id: Some(written),
        ..Named::default()
    };
    let by_words = Named {
        email: Some(written),
        name: Some(written),
        ..Named::default()
    };
    desk.find_user(by_id).or_else(|| {
        let email = Named {
            name: None,
            ..by_words
        };
        let name = Named {
            email: None,
            ..by_words
        };
        desk.find_user(email).or_else(|| desk.find_user(name))
    })
}

fn link_deal(desk: &mut Desk, id: Uuid) -> bool {
    let Some(deal) = desk.opportunities.row(id) else {
        return false;
    };
    let account = account_of(desk, deal.account_written.as_deref());
    let owner = user_of(desk, deal.owner_written.as_deref());
    desk.opportunities.edit(id, |deal| {
        if account.is_some() {
            deal.account_id = account;
            deal.account_written = None;
        }
        if owner.is_some() {
            deal.owner_id = owner;
            deal.owner_written = None;
        }
    })
}

fn link_contact(desk: &mut Desk, id: Uuid) -> bool {
    let Some(contact) = desk.contacts.row(id) else {
        return false;
    };
    let account = account_of(desk, contact.account_written.as_deref());
    desk.contacts.edit(id, |contact| {
        if account.is_some() {
            contact.account_id = account;
            contact.account_written = None;
        }
    })
}

fn link_account(desk: &mut Desk, id: Uuid) -> bool {
    let Some(account) = desk.accounts.row(id) else {
        return false;
    };
    let parent =
        account_of(desk, account.parent_written.as_deref()).filter(|parent| parent.0 != id);
    let owner = user_of(desk, account.owner_written.as_deref());
    desk.accounts.edit(id, |account| {
        if parent.is_some() {
            account.parent_id = parent;
            account.parent_written = None;
        }
        if owner.is_some() {
            account.owner_id = owner;
            account.owner_written = None;
        }
    })
}
