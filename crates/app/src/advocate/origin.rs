//! Where a membership comes from: who nominated, when, and whose customer it is.

use std::collections::HashMap;

use domain::{id::UserId, time::Day};
use serde::Serialize;
use storage::user::User;

use super::owner_of;
use crate::{App, actor::Actor, error::Error, people::Person, policy::FieldClass};

/// Where an advocate comes from, and who would know more.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Origin {
    /// The day of the nomination.
    pub since: Day,
    /// The colleague who nominated; absent for rows that were imported.
    pub nominated_by: Option<String>,
    /// Where the row came from, as it was recorded: `nomination`, or an import's own word.
    pub source: Option<String>,
    /// The relationship owner of the account.
    pub owner: Option<String>,
}

/// The colleagues whom the origins of a page of people name.
pub(super) struct Origins(HashMap<UserId, User>);

impl Origins {
    pub(super) async fn load(
        app: &App,
        people: impl Iterator<Item = &Person>,
    ) -> Result<Self, Error> {
        let named = people
            .flat_map(|person| [person.advocate.nominated_by, owner_of(person)])
            .flatten()
            .collect();
        Ok(Self(storage::user::by_ids(&app.store, named).await?))
    }

    pub(super) fn of(&self, actor: &Actor, person: &Person) -> Option<Origin> {
        let name = |id: Option<UserId>| Some(self.0.get(&id?)?.name.clone());
        person.sees(actor, FieldClass::Internal).then(|| Origin {
            since: person.advocate.created_at.day(),
            nominated_by: name(person.advocate.nominated_by),
            source: person.advocate.source.clone(),
            owner: name(owner_of(person)),
        })
    }
}
