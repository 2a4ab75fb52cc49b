//! What merging asks of a kind of record.

use serde::{Serialize, de::DeserializeOwned};
use storage::{Tx, account::Account, contact::Contact};
use uuid::Uuid;

use crate::{error::Error, import::shelf::Shelved};

/// A kind of record that can be merged.
pub(super) trait Merged: Shelved + Serialize + DeserializeOwned {
    fn version(&self) -> i64;
    fn name(&self) -> &str;
    fn marks(&self) -> (Option<String>, String, Option<String>);
    async fn find(tx: &Tx, id: Uuid) -> Result<Option<Self>, Error>;
    async fn save(&mut self, tx: &Tx) -> Result<(), Error>;
    async fn insert(self, tx: &Tx) -> Result<(), Error>;
}

impl Merged for Account {
    fn version(&self) -> i64 {
        self.version
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn marks(&self) -> (Option<String>, String, Option<String>) {
        let domain = self.domain.clone();
        (self.external_id.clone(), self.name_folded.clone(), domain)
    }

    async fn find(tx: &Tx, id: Uuid) -> Result<Option<Self>, Error> {
        // The lock of the account: what reserves a use waits until the merge is through.
        storage::account::guard(tx, id.into()).await?;
        let rows = storage::account::by_ids(tx, vec![id.into()]).await?;
        Ok(rows.into_values().next())
    }

    async fn save(&mut self, tx: &Tx) -> Result<(), Error> {
        Ok(storage::account::save(tx, self).await?)
    }

    async fn insert(self, tx: &Tx) -> Result<(), Error> {
        Ok(storage::account::insert(tx, self).await?)
    }
}

impl Merged for Contact {
    fn version(&self) -> i64 {
        self.version
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn marks(&self) -> (Option<String>, String, Option<String>) {
        let email = self.email.as_ref().map(ToString::to_string);
        (self.external_id.clone(), self.name_folded.clone(), email)
    }

    async fn find(tx: &Tx, id: Uuid) -> Result<Option<Self>, Error> {
        let rows = storage::contact::by_ids(tx, vec![id.into()]).await?;
        Ok(rows.into_values().find(|row| row.erased_at.is_none()))
    }

    async fn save(&mut self, tx: &Tx) -> Result<(), Error> {
        Ok(storage::contact::save(tx, self).await?)
    }

    async fn insert(self, tx: &Tx) -> Result<(), Error> {
        Ok(storage::contact::insert(tx, self).await?)
    }
}
