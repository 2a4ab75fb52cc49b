//! What everything that the plan keeps under a name shares, versions of the calculator, growth goals, scenarios and
//! targets: who saved it, and how what was written as JSON is read back.

use std::{collections::HashMap, fmt::Display};

use domain::id::UserId;
use serde::de::DeserializeOwned;
use storage::{StorageError, user::User};

use crate::{App, error::Error};

/// Colleagues who saved something.
pub(super) struct Savers(HashMap<UserId, User>);

impl Savers {
    /// Reads them in one query.
    pub async fn read(
        app: &App,
        savers: impl Iterator<Item = Option<UserId>>,
    ) -> Result<Self, Error> {
        let known = storage::user::by_ids(&app.store, savers.flatten().collect()).await?;
        Ok(Self(known))
    }

    /// What people call one of them; "Operator" for the person at the machine's command line.
    pub fn name(&self, saver: Option<UserId>) -> String {
        let known = saver.and_then(|id| self.0.get(&id));
        known.map_or_else(|| "Operator".to_owned(), |user| user.name.clone())
    }
}

/// Reads back what was written as JSON into a row of the table.
pub(super) fn read_back<T: DeserializeOwned>(
    table: &'static str,
    id: impl Display,
    body: &str,
) -> Result<T, Error> {
    let read = serde_json::from_str(body).map_err(|error| StorageError::BadRow {
        table,
        problem: format!("{id}: {error}"),
    });
    Ok(read?)
}
