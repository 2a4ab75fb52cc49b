//! Program settings: typed values with defaults, one versioned JSON row each.

use domain::{
    money::Currency,
    protection::Rules,
    record::{Action, RecordKind},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use storage::{NewEvent, Source, StorageError};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// A value with a name, a default, and a check that bad values do not pass.
pub trait Setting: Serialize + DeserializeOwned + Default {
    const NAME: &'static str;

    /// What is wrong with the value, by field.
    fn problems(&self) -> Vec<crate::error::FieldProblem> {
        Vec::new()
    }
}

/// What the program is called and counts in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Program {
    pub name: String,
    pub currency: Currency,
    /// Whether sellers see the names of advocates before the owner approves.
    pub shows_names: bool,
    /// Whether a relationship owner may approve a request of their own; every such approval is flagged.
    pub allows_self_approval: bool,
    /// Working days an owner has to answer.
    pub owner_answer_days: u32,
    /// Working days an advocate has to answer.
    pub advocate_answer_days: u32,
}

impl Default for Program {
    fn default() -> Self {
        Self {
            name: "Customer references".to_owned(),
            currency: Currency::USD,
            shows_names: false,
            allows_self_approval: false,
            owner_answer_days: 2,
            advocate_answer_days: 5,
        }
    }
}

impl Setting for Program {
    const NAME: &'static str = "program";
}

/// Where the one metric stood before and where it should go, in percent; entered by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeveragingGoal {
    pub target: Option<f64>,
    /// The answer of the survey: "On average, what percentage of your opportunities require
    /// customer references in order to buy?"
    pub baseline: Option<f64>,
}

impl Setting for LeveragingGoal {
    const NAME: &'static str = "leveraging_goal";

    fn problems(&self) -> Vec<crate::error::FieldProblem> {
        [("target", self.target), ("baseline", self.baseline)]
            .into_iter()
            .filter(|(_, value)| value.is_some_and(|value| !(0.0..=100.0).contains(&value)))
            .map(|(field, _)| crate::error::FieldProblem {
                field: field.to_owned(),
                message: "A percentage must be from 0 to 100.".to_owned(),
            })
            .collect()
    }
}

impl Setting for Rules {
    const NAME: &'static str = "protection";
}

/// A setting as it is stored, with the version to write it back with.
#[derive(Clone, Debug)]
pub struct Current<T> {
    pub value: T,
    /// 0 while the default stands.
    pub version: i64,
}

/// Reads a setting, or its default.
pub async fn read<T: Setting>(source: &impl Source) -> Result<Current<T>, Error> {
    let Some(row) = storage::setting::find(source, T::NAME).await? else {
        return Ok(Current {
            value: T::default(),
            version: 0,
        });
    };
    let value = serde_json::from_str(&row.body).map_err(|error| StorageError::BadRow {
        table: "settings",
        problem: format!("{}: {error}", T::NAME),
    })?;
    Ok(Current {
        value,
        version: row.version,
    })
}

/// Writes a setting whose version was `version`.
pub async fn write<T: Setting>(
    app: &App,
    actor: &Actor,
    permission: Permission,
    value: &T,
    version: i64,
) -> Result<Current<T>, Error> {
    policy::require(actor, permission)?;
    let problems = value.problems();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut tx = app.begin(actor).await?;
    let before = read::<T>(&tx).await?;
    crate::error::same_version(before.version, version)?;
    let body = to_json(value)?;
    storage::setting::put(&tx, T::NAME, &body, version).await?;
    let detail =
        serde_json::json!({ "setting": T::NAME, "before": to_json(&before.value)?, "after": body });
    tx.record(NewEvent::new(Action::Updated, RecordKind::Setting, id_of(T::NAME)).detail(detail));
    tx.commit().await?;
    read::<T>(&app.store).await
}

fn to_json(value: &impl Serialize) -> Result<serde_json::Value, Error> {
    serde_json::to_value(value).map_err(|error| {
        StorageError::BadRow {
            table: "settings",
            problem: error.to_string(),
        }
        .into()
    })
}

/// Settings have names, events want ids: the same name always gives the same id.
fn id_of(name: &str) -> Uuid {
    let mut bytes = [0_u8; 16];
    for (place, byte) in name.bytes().enumerate() {
        bytes[place % 16] = bytes[place % 16].wrapping_mul(31).wrapping_add(byte);
    }
    Uuid::from_bytes(bytes)
}
