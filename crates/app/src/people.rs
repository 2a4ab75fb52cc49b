//! Advocates as other screens name them: a page of people with accounts, in a fixed number of queries.

use std::{collections::HashMap, ops::Deref, sync::Arc};

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, ContactId},
    record::RecordKind,
};
use serde::Serialize;
use storage::{account::Account, advocate::Advocate, contact::Contact};
use uuid::Uuid;

use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    index::Moment,
    member::grouped,
    policy::{self, FieldClass, Standing},
    setting::{self, Program},
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

/// An advocate with the records that they belong to: the same for every reader.
pub(crate) struct Known {
    pub advocate: Advocate,
    pub contact: Contact,
    pub account: Option<Account>,
    pub activities: Vec<storage::advocate::Willingness>,
    pub tags: Vec<TagView>,
}

/// Everything about one advocate that several views need, with how the reader stands to them.
pub(crate) struct Person {
    known: Arc<Known>,
    pub standing: Standing,
    pub sees_name: bool,
}

impl Known {
    /// The records that they were read from.
    pub(crate) fn records(&self) -> impl Iterator<Item = Uuid> {
        let account = self.account.as_ref().map(|account| account.id.0);
        [Some(self.advocate.id.0), Some(self.contact.id.0), account]
            .into_iter()
            .flatten()
    }
}

impl Deref for Person {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
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

/// Loads people by id; those that do not exist are left out. Where the match index is at the newest
/// commit, those whom it keeps are not read again.
pub(crate) async fn load(
    app: &App,
    actor: &Actor,
    ids: Vec<AdvocateId>,
) -> Result<HashMap<AdvocateId, Person>, Error> {
    if let Some(now) = app.index.newest(app).await? {
        return load_at(app, actor, &now, ids).await;
    }
    let rows = Rows::read(app, ids).await?;
    let program = setting::read::<Program>(&app.store).await?.value;
    let tags = tagging::of_records(&app.store, rows.tagged()).await?;
    let known = rows.known(app, &tags).await?.into_iter().map(Arc::new);
    seen_by(app, actor, program.shows_names, known.collect()).await
}

/// [`load`] for a search, which knows the settings and the names of terms already, and keeps whom it
/// read for the next one.
pub(crate) async fn load_at(
    app: &App,
    actor: &Actor,
    now: &Moment,
    ids: Vec<AdvocateId>,
) -> Result<HashMap<AdvocateId, Person>, Error> {
    let (mut known, missing) = now.kept.people(ids);
    if !missing.is_empty() {
        let rows = Rows::read(app, missing).await?;
        let tags = tagging::of_records_at(&app.store, &now.taxonomy, rows.tagged()).await?;
        let read: Vec<Arc<Known>> = rows
            .known(app, &tags)
            .await?
            .into_iter()
            .map(Arc::new)
            .collect();
        now.kept.keep_people(now.position, &read);
        known.extend(read);
    }
    seen_by(app, actor, now.program.shows_names, known).await
}

/// People as the actor may see them.
async fn seen_by(
    app: &App,
    actor: &Actor,
    names_shown: bool,
    known: Vec<Arc<Known>>,
) -> Result<HashMap<AdvocateId, Person>, Error> {
    let owner = |one: &Known| one.account.as_ref().and_then(|account| account.owner_id);
    let owned: Vec<_> = known
        .iter()
        .map(|one| (one.advocate.id, owner(one)))
        .collect();
    let standings = standing::of(app, actor, names_shown, &owned).await?;
    let person = |known: Arc<Known>| {
        let id = known.advocate.id;
        let standing = standings.get(&id).copied().unwrap_or_default();
        let sees_name = policy::sees(actor, FieldClass::Name, standing);
        (
            id,
            Person {
                known,
                standing,
                sees_name,
            },
        )
    };
    Ok(known.into_iter().map(person).collect())
}

/// Advocates with the records that they belong to.
struct Rows {
    advocates: HashMap<AdvocateId, Advocate>,
    contacts: HashMap<ContactId, Contact>,
    accounts: HashMap<AccountId, Account>,
}

impl Rows {
    async fn read(app: &App, ids: Vec<AdvocateId>) -> Result<Self, Error> {
        let advocates = storage::advocate::by_ids(&app.store, ids).await?;
        let ids = advocates.values().map(|row| row.contact_id).collect();
        let contacts = storage::contact::by_ids(&app.store, ids).await?;
        let ids = contacts.values().filter_map(|row| row.account_id).collect();
        Ok(Self {
            accounts: storage::account::by_ids(&app.store, ids).await?,
            advocates,
            contacts,
        })
    }

    /// The records whose tags are theirs.
    fn tagged(&self) -> impl Iterator<Item = (RecordKind, Uuid)> {
        let advocates = self.advocates.keys().map(|id| (RecordKind::Advocate, id.0));
        let contacts = self.contacts.keys().map(|id| (RecordKind::Contact, id.0));
        let accounts = self.accounts.keys().map(|id| (RecordKind::Account, id.0));
        advocates.chain(contacts).chain(accounts)
    }

    async fn known(
        self,
        app: &App,
        tags: &HashMap<Uuid, Vec<TagView>>,
    ) -> Result<Vec<Known>, Error> {
        let ids = self.advocates.keys().copied().collect();
        let willing = storage::advocate::willingness(&app.store, ids).await?;
        let mut activities = grouped(willing, |row| row.advocate_id);
        let known = |advocate: Advocate| {
            let contact = self.contacts.get(&advocate.contact_id)?.clone();
            let account = contact.account_id.and_then(|id| self.accounts.get(&id));
            let account = account.cloned();
            let of_account = account.as_ref().map(|account| account.id.0);
            let tagged = [advocate.id.0, contact.id.0].into_iter().chain(of_account);
            let tags = tagged.filter_map(|id| tags.get(&id)).flatten();
            Some(Known {
                activities: activities.remove(&advocate.id).unwrap_or_default(),
                tags: tags.cloned().collect(),
                advocate,
                contact,
                account,
            })
        };
        Ok(self.advocates.into_values().filter_map(known).collect())
    }
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
