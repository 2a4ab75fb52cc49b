//! What is kept about a file between the steps, and how it is shown.

use domain::{id::ImportId, import::ImportStatus, time::Timestamp};
use import::{
    mapping::Mapping,
    propose::{ColumnAnswer, Proposal},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{StorageError, import::Import};

use super::super::Report;
use crate::error::Error;

/// A column of the file and the field it probably feeds.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImportColumn)]
pub struct ColumnView {
    pub column: String,
    pub field: Option<String>,
    /// From 0 to 100.
    pub confidence: u8,
    pub why: String,
    /// A few values; gone once the import is done.
    pub samples: Vec<String>,
}

/// What is kept about a file between the steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    pub(super) kinds: Vec<String>,
    #[serde(default)]
    pub(super) written_by: Option<String>,
    pub(super) columns: Vec<ColumnView>,
    /// Questions as the proposal words them; each must be answered before the file is applied.
    pub(super) questions: Value,
    pub(super) mapping: Option<Mapping>,
}

/// A file on its way in.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Import)]
pub struct ImportView {
    pub id: ImportId,
    pub version: i64,
    pub file_name: String,
    pub status: ImportStatus,
    pub kind: String,
    /// Kinds that the file may be, the most likely first.
    pub kinds: Vec<String>,
    /// The program that wrote the file, where its headings tell: its columns are known.
    pub written_by: Option<String>,
    pub columns: Vec<ColumnView>,
    /// What has to be answered: `{column, what, options: [{answer, meaning}]}`.
    #[schema(value_type = Vec<Object>)]
    pub questions: Value,
    /// What is applied; none while a question is open.
    #[schema(value_type = Option<Object>)]
    pub mapping: Option<Value>,
    pub rows: i64,
    pub rows_done: i64,
    /// Of the last check, or of the import.
    pub report: Option<Report>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

pub(super) fn plan_of(
    proposal: &Proposal,
    kinds: Vec<String>,
    answers: &[ColumnAnswer],
) -> Result<Plan, Error> {
    let columns = proposal
        .columns
        .iter()
        .map(|column| ColumnView {
            column: column.column.clone(),
            field: column.mapped.as_ref().map(|mapped| mapped.field.clone()),
            confidence: column.confidence,
            why: column.why.clone(),
            samples: column.samples.clone(),
        })
        .collect();
    Ok(Plan {
        kinds,
        written_by: proposal.preset.map(|preset| preset.label().to_owned()),
        columns,
        questions: serde_json::to_value(&proposal.questions).map_err(bad_plan)?,
        mapping: proposal.mapping(answers).ok(),
    })
}

pub(super) fn bad_plan(error: serde_json::Error) -> Error {
    StorageError::BadRow {
        table: "imports",
        problem: error.to_string(),
    }
    .into()
}

pub(super) fn plan(row: &Import) -> Result<Option<Plan>, Error> {
    // An import from the command line keeps its mapping alone.
    let value: Value = serde_json::from_str(&row.mapping).map_err(bad_plan)?;
    if value.get("kinds").is_none() {
        return Ok(None);
    }
    serde_json::from_value(value).map(Some).map_err(bad_plan)
}

pub(crate) fn view(row: Import) -> Result<ImportView, Error> {
    let plan = plan(&row)?;
    let report: Option<Report> = serde_json::from_str(&row.report).ok();
    let mapping = match &plan {
        Some(plan) => plan.mapping.as_ref().map(serde_json::to_value),
        None => Some(serde_json::from_str(&row.mapping)),
    };
    Ok(ImportView {
        id: row.id,
        version: row.version,
        file_name: row.file_name,
        status: row.status,
        kind: row.kind,
        kinds: plan
            .as_ref()
            .map(|plan| plan.kinds.clone())
            .unwrap_or_default(),
        written_by: match &plan {
            Some(plan) => plan.written_by.clone(),
            None => report.as_ref().and_then(|report| report.written_by.clone()),
        },
        questions: plan
            .as_ref()
            .map_or_else(|| json!([]), |plan| plan.questions.clone()),
        columns: plan.map(|plan| plan.columns).unwrap_or_default(),
        mapping: mapping.transpose().map_err(bad_plan)?,
        rows: row.row_count,
        rows_done: row.rows_done,
        report,
        created_at: row.created_at,
        finished_at: row.finished_at,
    })
}

pub(super) fn mapping_of(row: &Import) -> Result<Mapping, Error> {
    plan(row)?.and_then(|plan| plan.mapping).ok_or_else(|| {
        Error::MoveNotAllowed(
            "A column can be read in more than one way. Answer the questions first.".to_owned(),
        )
    })
}
