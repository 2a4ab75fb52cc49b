//! Program settings: typed values with defaults, one versioned JSON row each.

use domain::{
    fulfilment::FulfilmentPolicy,
    lock_rule::LockRules,
    money::Currency,
    protection::Rules,
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use storage::{NewEvent, Source, StorageError};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    change::Changes,
    error::{Error, FieldProblem},
    find::weights::MatchWeights,
    plan::assume::PlanAssumptions,
    policy::{self, Permission},
};

mod last_change;
pub mod preview;

use last_change::LastChanges;
pub use last_change::RuleChange;

/// A value with a name, a default, and a check that bad values do not pass.
pub trait Setting: Serialize + DeserializeOwned + Default {
    const NAME: &'static str;

    /// What is wrong with the value, by field.
    fn problems(&self) -> Vec<FieldProblem> {
        Vec::new()
    }
}

/// What the program is called and counts in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Program {
    pub name: String,
    /// The company that asks, as customers know it; empty until somebody says it.
    pub company: String,
    pub currency: Currency,
    /// Whether sellers see the names of advocates before the owner approves.
    pub shows_names: bool,
    /// Whether a relationship owner may approve a request of their own; every such approval is flagged.
    pub allows_self_approval: bool,
    /// Working days the program team has to propose somebody or to allow a rush.
    pub program_answer_days: u32,
    /// Working days an owner has to answer.
    pub owner_answer_days: u32,
    /// Working days an advocate has to answer.
    pub advocate_answer_days: u32,
    /// Days that a use is held for a deal in the forecast, unless who holds it says another.
    pub hold_days: u32,
}

impl Default for Program {
    fn default() -> Self {
        Self {
            name: "Customer references".to_owned(),
            company: String::new(),
            currency: Currency::USD,
            shows_names: false,
            allows_self_approval: false,
            program_answer_days: 1,
            owner_answer_days: 2,
            advocate_answer_days: 5,
            hold_days: 30,
        }
    }
}

impl Setting for Program {
    const NAME: &'static str = "program";

    fn problems(&self) -> Vec<FieldProblem> {
        let characters = self.name.trim().chars().count();
        let name = (!(1..=200).contains(&characters)).then(|| FieldProblem {
            field: "name".to_owned(),
            message: "Give the program a name of 1 to 200 characters.".to_owned(),
        });
        let company = (self.company.chars().count() > 200).then(|| FieldProblem {
            field: "company".to_owned(),
            message: "Give the company a name of at most 200 characters.".to_owned(),
        });
        let days = [
            ("program_answer_days", i64::from(self.program_answer_days)),
            ("owner_answer_days", i64::from(self.owner_answer_days)),
            ("advocate_answer_days", i64::from(self.advocate_answer_days)),
            ("hold_days", i64::from(self.hold_days)),
        ];
        name.into_iter()
            .chain(company)
            .chain(outside(&days, 1, 60))
            .collect()
    }
}

impl Program {
    /// The company, where it was said.
    pub fn company(&self) -> Option<String> {
        let company = self.company.trim();
        (!company.is_empty()).then(|| company.to_owned())
    }
}

/// The numbers that are not from `least` to `most`.
pub(crate) fn outside(values: &[(&str, i64)], least: i64, most: i64) -> Vec<FieldProblem> {
    values
        .iter()
        .filter(|(_, value)| !(least..=most).contains(value))
        .map(|(field, value)| FieldProblem {
            field: (*field).to_owned(),
            message: format!("The number is {value}; it must be from {least} to {most}."),
        })
        .collect()
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

    fn problems(&self) -> Vec<FieldProblem> {
        [("target", self.target), ("baseline", self.baseline)]
            .into_iter()
            .filter(|(_, value)| value.is_some_and(|value| !(0.0..=100.0).contains(&value)))
            .map(|(field, _)| FieldProblem {
                field: field.to_owned(),
                message: "A percentage must be from 0 to 100.".to_owned(),
            })
            .collect()
    }
}

impl Setting for Rules {
    const NAME: &'static str = "protection";

    fn problems(&self) -> Vec<FieldProblem> {
        let days = [
            ("rest_days", self.rest_days),
            ("heavy_rest_days", self.heavy_rest_days),
        ];
        let counts = [
            ("uses_per_advocate", self.uses_per_advocate),
            ("uses_window_days", self.uses_window_days),
            ("heavy_effort_points", self.heavy_effort_points),
        ];
        let mut problems = outside(&days, 0, 3_650);
        problems.extend(outside(&counts, 1, 100_000));
        for rules in self.activities.iter() {
            let of = |field: &str| format!("activities.{}.{field}", rules.activity);
            let (effort, notice) = (of("effort_points"), of("notice"));
            let (cap, window) = (of("account_cap"), of("account_cap_days"));
            problems.extend(outside(&[(&effort, rules.effort_points)], 0, 100_000));
            problems.extend(outside(&[(&notice, rules.notice)], 0, 3_650));
            problems.extend(outside(&[(&cap, rules.account_cap.unwrap_or(1))], 1, 1_000));
            problems.extend(outside(&[(&window, rules.account_cap_days)], 1, 3_650));
            let amount = of("amount_min");
            let least = rules.amount_min.unwrap_or(1);
            problems.extend(outside(&[(&amount, least)], 1, 1_000_000_000));
        }
        problems
    }
}

/// A setting as it is stored, with the version to write it back with.
#[derive(Clone, Debug)]
pub struct Current<T> {
    pub value: T,
    /// 0 while the default stands.
    pub version: i64,
}

/// A setting as it goes out.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SettingView<T> {
    /// 0 while the default stands.
    pub version: i64,
    pub value: T,
    /// What holds where nobody changed it.
    pub default: T,
    /// When it was last changed; null while the default stands.
    pub changed_at: Option<Timestamp>,
    /// Who changed it last; null where it was nobody who signs in.
    pub changed_by: Option<String>,
    /// The last change of each rule of it that anybody changed.
    pub changes: Vec<RuleChange>,
}

/// Every setting that people change.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Settings {
    pub program: SettingView<Program>,
    pub protection: SettingView<Rules>,
    pub lock_rules: SettingView<LockRules>,
    pub fulfilment: SettingView<FulfilmentPolicy>,
    pub leveraging_goal: SettingView<LeveragingGoal>,
    pub plan_assumptions: SettingView<PlanAssumptions>,
    pub match_weights: SettingView<MatchWeights>,
}

/// Reads every setting.
pub async fn all(app: &App, actor: &Actor) -> Result<Settings, Error> {
    policy::require(actor, Permission::SettingRead)?;
    let changes = LastChanges::load(app).await?;
    Ok(Settings {
        program: changes.view(read(&app.store).await?),
        protection: changes.view(read(&app.store).await?),
        lock_rules: changes.view(read(&app.store).await?),
        fulfilment: changes.view(read(&app.store).await?),
        leveraging_goal: changes.view(read(&app.store).await?),
        plan_assumptions: changes.view(read(&app.store).await?),
        match_weights: changes.view(read(&app.store).await?),
    })
}

/// Changes the fields of a setting that are named and keeps the others.
pub async fn edit<T: Setting>(
    app: &App,
    actor: &Actor,
    permission: Permission,
    version: i64,
    change: serde_json::Map<String, serde_json::Value>,
) -> Result<SettingView<T>, Error> {
    policy::require(actor, permission)?;
    let current = read::<T>(&app.store).await?;
    let mut merged = to_json(&current.value)?;
    let known: Vec<String> = merged
        .as_object()
        .map(|fields| fields.keys().cloned().collect())
        .unwrap_or_default();
    let mut unknown = Vec::new();
    for (field, value) in change {
        if known.contains(&field) {
            merged[&field] = value;
        } else {
            let message = format!(
                "This field is not known here; known are {}.",
                known.join(", ")
            );
            unknown.push(FieldProblem { field, message });
        }
    }
    if !unknown.is_empty() {
        return Err(Error::Invalid(unknown));
    }
    let value: T = serde_json::from_value(merged)
        .map_err(|error| Error::field(T::NAME, format!("This value does not fit: {error}.")))?;
    let written = write(app, actor, permission, &value, version).await?;
    Ok(LastChanges::load(app).await?.view(written))
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
    let detail = differences(&to_json(&before.value)?, &body).into_detail();
    tx.record(NewEvent::new(Action::Updated, RecordKind::Setting, id_of(T::NAME)).detail(detail));
    tx.commit().await?;
    read::<T>(&app.store).await
}

/// The fields of a setting that are not what they were.
fn differences(before: &serde_json::Value, after: &serde_json::Value) -> Changes {
    let mut changes = Changes::default();
    for (field, value) in after.as_object().into_iter().flatten() {
        changes.note(
            field,
            before.get(field).unwrap_or(&serde_json::Value::Null),
            value,
        );
    }
    changes
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
pub(crate) fn id_of(name: &str) -> Uuid {
    let mut bytes = [0_u8; 16];
    for (place, byte) in name.bytes().enumerate() {
        bytes[place % 16] = bytes[place % 16].wrapping_mul(31).wrapping_add(byte);
    }
    Uuid::from_bytes(bytes)
}
