//! Advocates as other screens name them: a page of people with accounts, in a fixed number of queries.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, ContactId},
    record::RecordKind,
};
use serde::Serialize;
use storage::{account::Account, advocate::Advocate, contact::Contact};

use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    member::grouped,
    policy::{self, FieldClass, Standing},
    standing,
    tagging::{self, TagView},
};

/// An activity type with the name people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ActivityRef {
    pub activity: Activity,
    #[schema(value_type = String)]
    pub label: &'static str,
}

impl From<Activity> for ActivityRef {
    fn from(activity: Activity) -> Self {
        Self {
            activity,
            label: activity.label(),
        }
    }
}

/// Everything about one advocate that several views need, with how the reader stands to them.
pub(crate) struct Person {
    pub advocate: Advocate,
    pub contact: Contact,
    pub account: Option<Account>,
    pub standing: Standing,
    pub activities: Vec<storage::advocate::Willingness>,
    pub tags: Vec<TagView>,
    pub sees_name: bool,
}

impl Person {
    /// The name where the reader may see it, else what suffices to judge fit.
    pub(crate) fn display_name(&self) -> String {
        if self.sees_name {
            return self.contact.name.clone();
        }
        let role = self
            .contact
            .title
            .as_deref()
            .filter(|title| !title.is_empty())
            .unwrap_or("Advocate");
        match &self.account {
            Some(account) => format!("{role} at {}", account.name),
            None => role.to_owned(),
        }
    }

    pub(crate) fn account_ref(&self) -> Option<AccountRef> {
        self.account.as_ref().map(AccountRef::from)
    }

    pub(crate) fn account_name(&self) -> String {
        self.account
            .as_ref()
            .map_or_else(|| "No account".to_owned(), |account| account.name.clone())
    }

    /// The first mapped term of a facet, most specific as tagged.
    pub(crate) fn term(&self, facet: &str) -> Option<String> {
        self.tags
            .iter()
            .filter(|tag| tag.facet == facet)
            .find_map(|tag| tag.term_name.clone())
    }

    pub(crate) fn sees(&self, actor: &Actor, class: FieldClass) -> bool {
        policy::sees(actor, class, self.standing)
    }
}

/// Loads people by id; those that do not exist are left out.
pub(crate) async fn load(
    app: &App,
    actor: &Actor,
    ids: Vec<AdvocateId>,
) -> Result<HashMap<AdvocateId, Person>, Error> {
    let advocates = storage::advocate::by_ids(&app.store, ids).await?;
    let ids: Vec<AdvocateId> = advocates.keys().copied().collect();
    let contacts = storage::contact::by_ids(
        &app.store,
        advocates.values().map(|row| row.contact_id).collect(),
    )
    .await?;
    let account_ids: Vec<AccountId> = contacts.values().filter_map(|row| row.account_id).collect();
    let accounts = storage::account::by_ids(&app.store, account_ids).await?;
    let pairs: Vec<_> = advocates
        .values()
        .map(|row| {
            (
                row.id,
                contacts
                    .get(&row.contact_id)
                    .and_then(|contact| contact.account_id),
            )
        })
        .collect();
    let standings = standing::of(app, actor, &pairs, &accounts).await?;
    let mut activities = grouped(
        storage::advocate::willingness(&app.store, ids.clone()).await?,
        |row| row.advocate_id,
    );
    let mut tags = tags_of(app, &advocates, &contacts, &accounts).await?;
    let mut people = HashMap::new();
    for (id, advocate) in advocates {
        let Some(contact) = contacts.get(&advocate.contact_id).cloned() else {
            continue;
        };
        let account = contact.account_id.and_then(|id| accounts.get(&id)).cloned();
        let standing = standings.get(&id).copied().unwrap_or_default();
        let sees_name = policy::sees(actor, FieldClass::Name, standing);
        let activities = activities.remove(&id).unwrap_or_default();
        people.insert(
            id,
            Person {
                advocate,
                contact,
                account,
                standing,
                activities,
                tags: tags.remove(&id).unwrap_or_default(),
                sees_name,
            },
        );
    }
    Ok(people)
}

/// Tags of each advocate: their own, their contact's and their account's.
async fn tags_of(
    app: &App,
    advocates: &HashMap<AdvocateId, Advocate>,
    contacts: &HashMap<ContactId, Contact>,
    accounts: &HashMap<AccountId, Account>,
) -> Result<HashMap<AdvocateId, Vec<TagView>>, Error> {
    let ids = advocates.keys().map(|id| id.0).collect();
    let mut own = tagging::of(app, RecordKind::Advocate, ids).await?;
    let ids = contacts.keys().map(|id| id.0).collect();
    let of_contact = tagging::of(app, RecordKind::Contact, ids).await?;
    let ids = accounts.keys().map(|id| id.0).collect();
    let of_account = tagging::of(app, RecordKind::Account, ids).await?;
    let collect = |row: &Advocate| {
        let contact = contacts.get(&row.contact_id);
        let account = contact.and_then(|contact| contact.account_id);
        let mut tags = own.remove(&row.id.0).unwrap_or_default();
        tags.extend(
            of_contact
                .get(&row.contact_id.0)
                .into_iter()
                .flatten()
                .cloned(),
        );
        let of_account = account.and_then(|id| of_account.get(&id.0));
        tags.extend(of_account.into_iter().flatten().cloned());
        (row.id, tags)
    };
    Ok(advocates.values().map(collect).collect())
}

/// The first letters of the first two words, for a picture where there is none.
pub(crate) fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The first characters of a text, cut at a word.
pub(crate) fn excerpt(text: &str, longest: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= longest {
        return flat;
    }
    let cut: String = flat.chars().take(longest).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_story_is_cut_at_a_word() {
        assert_eq!(excerpt("one  two\nthree", 20), "one two three");
        assert_eq!(excerpt("one two three", 9), "one two…");
    }

    #[test]
    fn initials_come_from_the_first_two_words() {
        assert_eq!(initials("Meridian Health Group"), "MH");
        assert_eq!(initials("(acme)"), "A");
        assert_eq!(initials("!"), "");
    }
}
