//! Records out, as a spreadsheet or as JSON lines.
//!
//! An export is what the actor may see and is an event of its own. Columns carry the names that the
//! import knows, so that no mapping is needed on the way back.

use domain::{
    access::Scope,
    id::UserId,
    record::{Action, RecordKind},
    word_list,
};
use serde_json::{Map, Value, json};
use storage::{
    NewEvent,
    page::{Listed, Page},
};

use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

word_list! {
    /// What can be exported.
    ExportKind { Accounts, Contacts, Users, Opportunities }
}

word_list! {
    /// How it is written.
    Format { Csv, Json }
}

/// An export with its row count, which the reader can hold against the list.
#[derive(Clone, Debug)]
pub struct Exported {
    pub text: String,
    pub rows: usize,
}

/// A row by column; absent values are empty.
type Row = Vec<(&'static str, Option<String>)>;

const PAGE: u64 = 200;

pub async fn export(
    app: &App,
    actor: &Actor,
    kind: ExportKind,
    format: Format,
) -> Result<Exported, Error> {
    policy::require(actor, Permission::Export)?;
    let rows = match kind {
        ExportKind::Accounts => accounts(app, actor).await?,
        ExportKind::Contacts => contacts(app, actor).await?,
        ExportKind::Users => users(app, actor).await?,
        ExportKind::Opportunities => opportunities(app, actor).await?,
    };
    let text = match format {
        Format::Csv => csv(&rows),
        Format::Json => lines(&rows),
    };
    let mut tx = app.begin(actor).await?;
    let actor_id = actor.user_id().unwrap_or(UserId(uuid::Uuid::nil()));
    tx.record(
        NewEvent::new(Action::Exported, record_kind(kind), actor_id.0)
            .detail(json!({ "kind": kind, "rows": rows.len() })),
    );
    tx.commit().await?;
    Ok(Exported {
        text,
        rows: rows.len(),
    })
}

fn record_kind(kind: ExportKind) -> RecordKind {
    match kind {
        ExportKind::Accounts => RecordKind::Account,
        ExportKind::Contacts => RecordKind::Contact,
        ExportKind::Users => RecordKind::User,
        ExportKind::Opportunities => RecordKind::Opportunity,
    }
}

/// The next page of a list, or `None` after its last.
fn next<T>(listed: &Listed<T>) -> Option<Page> {
    listed.next.clone().map(|after| Page {
        limit: PAGE,
        after: Some(after),
    })
}

fn first() -> Option<Page> {
    Some(Page {
        limit: PAGE,
        after: None,
    })
}

async fn accounts(app: &App, actor: &Actor) -> Result<Vec<Row>, Error> {
    let scope = policy::require(actor, Permission::AccountRead)?;
    let mut rows = Vec::new();
    let mut page = first();
    while let Some(wanted) = page {
        let listed = storage::account::list(
            &app.store,
            &scope,
            &storage::account::Filter::default(),
            &wanted,
        )
        .await?;
        page = next(&listed);
        let owners = storage::user::by_ids(
            &app.store,
            listed.items.iter().filter_map(|row| row.owner_id).collect(),
        )
        .await?;
        rows.extend(listed.items.into_iter().map(|row| {
            let owner = row
                .owner_id
                .and_then(|id| owners.get(&id))
                .map(|user| user.name.clone());
            vec![
                ("Account ID", row.external_id),
                ("Account Name", Some(row.name)),
                ("Website", row.domain),
                ("Employees", row.employees.map(|count| count.to_string())),
                ("Owner", owner.or(row.owner_written)),
            ]
        }));
    }
    Ok(rows)
}

async fn contacts(app: &App, actor: &Actor) -> Result<Vec<Row>, Error> {
    let scope = policy::require(actor, Permission::ContactRead)?;
    let mut rows = Vec::new();
    let mut page = first();
    while let Some(wanted) = page {
        let listed = storage::contact::list(
            &app.store,
            &scope,
            &storage::contact::Filter::default(),
            &wanted,
        )
        .await?;
        page = next(&listed);
        let accounts = storage::account::by_ids(
            &app.store,
            listed
                .items
                .iter()
                .filter_map(|row| row.account_id)
                .collect(),
        )
        .await?;
        rows.extend(listed.items.into_iter().map(|row| {
            let account = row
                .account_id
                .and_then(|id| accounts.get(&id))
                .map(|account| account.name.clone());
            vec![
                ("Contact ID", row.external_id),
                ("Name", Some(row.name)),
                ("Email", row.email.map(|email| email.to_string())),
                ("Phone", row.phone),
                ("Title", row.title),
                ("Account Name", account.or(row.account_written)),
            ]
        }));
    }
    Ok(rows)
}

async fn users(app: &App, actor: &Actor) -> Result<Vec<Row>, Error> {
    policy::require(actor, Permission::UserRead)?;
    let mut rows = Vec::new();
    let mut page = first();
    while let Some(wanted) = page {
        let listed =
            storage::user::list(&app.store, &storage::user::Filter::default(), &wanted).await?;
        page = next(&listed);
        rows.extend(listed.items.into_iter().map(|row| {
            vec![
                ("User ID", row.external_id),
                ("Name", Some(row.name)),
                ("Email", row.email.map(|email| email.to_string())),
                ("Team", row.team),
            ]
        }));
    }
    Ok(rows)
}

async fn opportunities(app: &App, actor: &Actor) -> Result<Vec<Row>, Error> {
    let scope: Scope = policy::require(actor, Permission::OpportunityRead)?;
    let mut rows = Vec::new();
    let mut page = first();
    while let Some(wanted) = page {
        let listed = storage::opportunity::list(
            &app.store,
            &scope,
            &storage::opportunity::Filter::default(),
            &wanted,
        )
        .await?;
        page = next(&listed);
        let accounts = storage::account::by_ids(
            &app.store,
            listed
                .items
                .iter()
                .filter_map(|row| row.account_id)
                .collect(),
        )
        .await?;
        let owners = storage::user::by_ids(
            &app.store,
            listed.items.iter().filter_map(|row| row.owner_id).collect(),
        )
        .await?;
        rows.extend(listed.items.into_iter().map(|row| {
            let account = row
                .account_id
                .and_then(|id| accounts.get(&id))
                .map(|account| account.name.clone());
            let owner = row
                .owner_id
                .and_then(|id| owners.get(&id))
                .map(|user| user.name.clone());
            let amount = row.amount().map(domain::money::Money::decimal);
            vec![
                ("Opportunity ID", row.external_id),
                ("Opportunity Name", Some(row.name)),
                ("Account Name", account.or(row.account_written)),
                ("Owner", owner.or(row.owner_written)),
                (
                    "Stage",
                    row.stage_written
                        .or_else(|| row.stage.map(|stage| stage.to_string())),
                ),
                ("Status", Some(row.status.to_string())),
                ("Amount", amount),
                (
                    "Currency",
                    row.currency.map(|currency| currency.to_string()),
                ),
                ("Created Date", row.created_on.map(|day| day.to_string())),
                ("Close Date", row.close_on.map(|day| day.to_string())),
            ]
        }));
    }
    Ok(rows)
}

/// RFC 4180, with cells that a spreadsheet would take for a formula made plain.
fn csv(rows: &[Row]) -> String {
    let mut text = String::new();
    let Some(headings) = rows.first() else {
        return text;
    };
    let headings: Vec<&str> = headings.iter().map(|(heading, _)| *heading).collect();
    text.push_str(&headings.join(","));
    text.push_str("\r\n");
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .map(|(_, value)| quoted(value.as_deref().unwrap_or_default()))
            .collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    let safe = import::rejected::escape(cell);
    if safe.contains([',', '"', '\n', '\r']) || safe.trim() != safe {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe.into_owned()
    }
}

fn lines(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let fields: Map<String, Value> = row
            .iter()
            .map(|(heading, value)| ((*heading).to_owned(), json!(value)))
            .collect();
        text.push_str(&Value::Object(fields).to_string());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_made_plain_and_quotes_survive() {
        let rows = vec![vec![
            ("Name", Some("=1+1".to_owned())),
            ("Title", Some("a \"b\", c".to_owned())),
        ]];
        assert_eq!(csv(&rows), "Name,Title\r\n'=1+1,\"a \"\"b\"\", c\"\r\n");
    }
}
