//! Two records side by side: what each says, field by field.

use std::collections::HashMap;

use domain::id::{AccountId, UserId};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{kinds::Merged, refusal};
use crate::{
    App,
    actor::Actor,
    duplicate::{Kind, PairInput, SideView, sides},
    error::Error,
    policy::{self, Permission},
};

/// A field of two records side by side, as the event log writes values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DuplicateField)]
pub struct FieldView {
    pub field: String,
    #[schema(value_type = Object, nullable)]
    pub one: Value,
    #[schema(value_type = Object, nullable)]
    pub other: Value,
    /// The name of the record that the value points at.
    pub one_name: Option<String>,
    pub other_name: Option<String>,
}

/// Two records side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Comparison)]
pub struct ComparisonView {
    pub kind: Kind,
    pub one: SideView,
    pub other: SideView,
    pub one_version: i64,
    pub other_version: i64,
    /// Every field in which one of them has a value.
    pub fields: Vec<FieldView>,
    /// Why they cannot be merged; none when they can.
    pub refused: Option<String>,
}

/// Shows two records side by side.
pub async fn compare(app: &App, actor: &Actor, pair: PairInput) -> Result<ComparisonView, Error> {
    policy::require(actor, Permission::RecordMerge)?;
    let ids = [pair.one, pair.other].into_iter().collect();
    let mut sides = sides(app, pair.kind, ids).await?;
    let (one, other) = (sides.remove(&pair.one), sides.remove(&pair.other));
    let (one, other) = (one.ok_or(Error::NotFound)?, other.ok_or(Error::NotFound)?);
    let ((one_version, first), (other_version, second)) = match pair.kind {
        Kind::Account => {
            let ids = vec![pair.one.into(), pair.other.into()];
            let rows = storage::account::by_ids(&app.store, ids).await?;
            (
                facts(rows.get(&pair.one.into()))?,
                facts(rows.get(&pair.other.into()))?,
            )
        }
        Kind::Contact => {
            let ids = vec![pair.one.into(), pair.other.into()];
            let rows = storage::contact::by_ids(&app.store, ids).await?;
            (
                facts(rows.get(&pair.one.into()))?,
                facts(rows.get(&pair.other.into()))?,
            )
        }
    };
    let names = names(app, first.iter().chain(&second)).await?;
    let name = |value: &Value| names.get(value.as_str()?).cloned();
    let fields = first
        .into_iter()
        .zip(second)
        .filter(|((_, one), (_, other))| !(one.is_null() && other.is_null()))
        .map(|((field, one), (_, other))| FieldView {
            field: field.to_owned(),
            one_name: name(&one),
            other_name: name(&other),
            one,
            other,
        });
    Ok(ComparisonView {
        kind: pair.kind,
        fields: fields.collect(),
        refused: refusal(&app.store, pair).await?,
        one,
        other,
        one_version,
        other_version,
    })
}

/// What the colleagues and accounts are called that fields point at.
async fn names(
    app: &App,
    facts: impl Iterator<Item = &(&'static str, Value)> + Clone,
) -> Result<HashMap<String, String>, Error> {
    let ids = |fields: &[&str]| -> Vec<Uuid> {
        let of = facts.clone().filter(|(field, _)| fields.contains(field));
        of.filter_map(|(_, value)| value.as_str()?.parse().ok())
            .collect()
    };
    let people = ids(&["owner_id"]).into_iter().map(UserId).collect();
    let companies = ids(&["parent_id", "account_id"]);
    let companies = companies.into_iter().map(AccountId).collect();
    let people = storage::user::by_ids(&app.store, people).await?;
    let companies = storage::account::by_ids(&app.store, companies).await?;
    let people = people
        .into_values()
        .map(|row| (row.id.to_string(), row.name));
    let companies = companies
        .into_values()
        .map(|row| (row.id.to_string(), row.name));
    Ok(people.chain(companies).collect())
}

type Facts = (i64, Vec<(&'static str, Value)>);

fn facts<T: Merged>(row: Option<&T>) -> Result<Facts, Error> {
    let row = row.ok_or(Error::NotFound)?;
    Ok((row.version(), row.facts()))
}
