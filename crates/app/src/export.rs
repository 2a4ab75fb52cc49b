//! Records out, as a spreadsheet or as JSON lines, so that they come back unchanged.
//!
//! Decides who may take what along: the narrower of the reach of exporting and of reading, masked
//! as on the screen. Which records there are is decided before the first of them is written, so
//! that the row count can be said up front and a record that is gone meanwhile breaks the export
//! off instead of making it silently shorter. Every export is an event. Lists that are no kind of
//! record, such as the audit log, go out by the same door.

mod account;
mod advocate;
mod contact;
mod content;
pub mod lists;
mod named;
mod opportunity;
mod past_use;
mod sheet;
mod tags;
mod term;
mod user;

use std::{collections::HashSet, vec::IntoIter};

use domain::{
    access::Scope,
    id::UserId,
    record::{Action, RecordKind},
    word_list,
};
use import::kind::Kind;
use serde_json::json;
use storage::{NewEvent, StorageError, export::Reach, rate::Limit};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, Choice},
    policy::{self, FieldClass, Permission, Standing},
};

use lists::{AskList, Rows};
use sheet::{Columns, Row};

word_list! {
    /// How an export is written: `csv` opens safely in a spreadsheet, `jsonl` is the raw data with
    /// one record a line.
    Format { Csv, Jsonl }
}

/// Records that are written at once.
const CHUNK: usize = 500;

/// Twice every kind of record in an hour: enough to work with, too little to siphon a program off unseen.
const EXPORTS: Limit = Limit {
    attempts: 16,
    per_seconds: 3_600,
};

/// An export on its way out.
pub struct Export {
    app: App,
    actor: Actor,
    source: Source,
    format: Format,
    columns: Columns,
    total: usize,
    written: usize,
    has_header: bool,
}

/// Where the rows come from. Which there are was decided when the export was opened.
enum Source {
    Records(Kind, IntoIter<Uuid>),
    List(Rows),
}

/// Decides what the export holds and notes that it was asked for. With a choice it is that list: the
/// same records in the same order, as far as the actor may take them along.
///
/// # Errors
/// [`Error::Invalid`] for a choice that the list does not take; [`Error::Forbidden`] where the actor may not export or not read records of the kind.
pub async fn open(
    app: &App,
    actor: &Actor,
    kind: Kind,
    format: Format,
    choice: Option<&Choice>,
) -> Result<Export, Error> {
    let exporting = policy::require(actor, Permission::Export)?;
    let scope = narrower(exporting, reading(actor, kind)?);
    if scope.is_empty() {
        return Err(Error::Forbidden);
    }
    // What belongs to nobody goes out whole or not at all.
    if matches!(kind, Kind::Users | Kind::Terms) && scope != Scope::Everything {
        return Err(Error::Forbidden);
    }
    bound(app, actor).await?;
    let reach = Reach {
        scope,
        restricted: policy::sees_restricted(actor),
        content: crate::content::sight(app, actor),
    };
    let record_kind = record_kind(kind);
    let ids = storage::export::ids(&app.store, record_kind, &reach).await?;
    let ids = match choice {
        Some(choice) => listed(app, actor, kind, choice, ids).await?,
        None => ids,
    };
    let columns = Columns::of(app, kind, fields(kind)).await?;
    let mut tx = app.begin(actor).await?;
    let actor_id = actor.user_id().unwrap_or(UserId(Uuid::nil()));
    tx.record(
        NewEvent::new(Action::Exported, record_kind, actor_id.0)
            .detail(json!({ "kind": kind, "format": format, "rows": ids.len() })),
    );
    tx.commit().await?;
    let total = ids.len();
    let source = Source::Records(kind, ids.into_iter());
    Ok(Export::new(app, actor, source, format, columns, total))
}

/// Like [`open`] for a list that is no kind of record: what the list shows, row by row.
///
/// # Errors
/// [`Error::Forbidden`] where the actor may not read the list or, but for the audit log, not export.
pub async fn open_list(
    app: &App,
    actor: &Actor,
    ask: AskList,
    format: Format,
) -> Result<Export, Error> {
    let reach = ask.reach(actor)?;
    bound(app, actor).await?;
    let (list, about) = (ask.list(), ask.about());
    let rows = Rows::open(app, actor, ask, reach).await?;
    let total = rows.total();
    let mut detail = json!({ "list": list, "format": format, "rows": total });
    if let Some(head) = rows.head() {
        detail["head"] = json!(head);
    }
    let mut tx = app.begin(actor).await?;
    let actor_id = actor.user_id().unwrap_or(UserId(Uuid::nil()));
    tx.record(NewEvent::new(Action::Exported, about, actor_id.0).detail(detail));
    tx.commit().await?;
    let columns = Columns::named(rows.headings());
    let source = Source::List(rows);
    Ok(Export::new(app, actor, source, format, columns, total))
}

/// Of a list on the screen, in its order, what may leave the house.
async fn listed(
    app: &App,
    actor: &Actor,
    kind: Kind,
    choice: &Choice,
    may_leave: Vec<Uuid>,
) -> Result<Vec<Uuid>, Error> {
    let may_leave: HashSet<Uuid> = may_leave.into_iter().collect();
    let mut ids = listing::ids(app, actor, kind, choice).await?;
    ids.retain(|id| may_leave.contains(id));
    Ok(ids)
}

impl Export {
    fn new(
        app: &App,
        actor: &Actor,
        source: Source,
        format: Format,
        columns: Columns,
        total: usize,
    ) -> Self {
        Self {
            app: app.clone(),
            actor: actor.clone(),
            source,
            format,
            columns,
            total,
            written: 0,
            has_header: false,
        }
    }

    /// How many rows it holds; what is written never has fewer.
    pub fn rows(&self) -> usize {
        self.total
    }

    /// How many of them [`Export::next`] has given so far.
    pub fn written(&self) -> usize {
        self.written
    }

    /// The next part of the text, whole lines of at most 500 rows; none after the last.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a record was removed since the export was opened.
    pub async fn next(&mut self) -> Result<Option<String>, Error> {
        let mut text = String::new();
        if !self.has_header {
            self.has_header = true;
            self.columns.header(self.format, &mut text);
        }
        let wanted = CHUNK.min(self.total - self.written);
        if wanted == 0 {
            return Ok((!text.is_empty()).then_some(text));
        }
        let rows = self.read(wanted).await?;
        if rows.len() != wanted {
            return Err(Error::Conflict(
                "A record was removed while it was being exported. Start the export again."
                    .to_owned(),
            ));
        }
        for row in &rows {
            self.columns.write(self.format, row, &mut text);
        }
        self.written += wanted;
        Ok(Some(text))
    }

    /// The whole text, for exports that are known to be small.
    pub async fn text(mut self) -> Result<String, Error> {
        let mut whole = String::new();
        while let Some(part) = self.next().await? {
            whole.push_str(&part);
        }
        Ok(whole)
    }

    async fn read(&mut self, limit: usize) -> Result<Vec<Row>, Error> {
        let (app, actor) = (&self.app, &self.actor);
        let (kind, ids) = match &mut self.source {
            Source::List(rows) => return rows.next(app, actor, limit).await,
            Source::Records(kind, rest) => {
                let ids: Vec<Uuid> = rest.by_ref().take(limit).collect();
                (*kind, ids)
            }
        };
        let mut rows = match kind {
            Kind::Accounts => account::rows(app, &ids).await,
            Kind::Contacts => contact::rows(app, &ids).await,
            Kind::Users => user::rows(app, &ids).await,
            Kind::Opportunities => opportunity::rows(app, &ids).await,
            Kind::Advocates => advocate::rows(app, actor, &ids).await,
            Kind::Content => content::rows(app, actor, &ids).await,
            Kind::Uses => past_use::rows(app, actor, &ids).await,
            Kind::Terms => term::rows(app, &ids).await,
        }?;
        if self.columns.has_facets() {
            let kind = record_kind(kind);
            tags::add(app, kind, &ids, &self.columns, &mut rows).await?;
        }
        Ok(rows)
    }
}

/// The fields of an export, in the order of its columns.
fn fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Accounts => account::FIELDS,
        Kind::Contacts => contact::FIELDS,
        Kind::Users => user::FIELDS,
        Kind::Opportunities => opportunity::FIELDS,
        Kind::Advocates => advocate::FIELDS,
        Kind::Content => content::FIELDS,
        Kind::Uses => past_use::FIELDS,
        Kind::Terms => term::FIELDS,
    }
}

fn record_kind(kind: Kind) -> RecordKind {
    match kind {
        Kind::Accounts => RecordKind::Account,
        Kind::Contacts => RecordKind::Contact,
        Kind::Users => RecordKind::User,
        Kind::Opportunities => RecordKind::Opportunity,
        Kind::Advocates => RecordKind::Advocate,
        Kind::Content => RecordKind::Content,
        Kind::Uses => RecordKind::Use,
        Kind::Terms => RecordKind::Term,
    }
}

/// The records of the kind that the actor reads anyway.
fn reading(actor: &Actor, kind: Kind) -> Result<Scope, Error> {
    let permission = match kind {
        Kind::Accounts => Permission::AccountRead,
        Kind::Contacts => Permission::ContactRead,
        Kind::Users => Permission::UserRead,
        Kind::Opportunities => Permission::OpportunityRead,
        Kind::Advocates | Kind::Uses => Permission::AdvocateRead,
        Kind::Content => Permission::ContentRead,
        Kind::Terms => Permission::TaxonomyRead,
    };
    let scope = policy::require(actor, permission)?;
    // Each use with its deal is more than the count that most people see.
    let own = Standing {
        owns_account: true,
        ..Standing::default()
    };
    if kind == Kind::Uses && !policy::sees(actor, FieldClass::UsageHistory, own) {
        return Err(Error::Forbidden);
    }
    Ok(scope)
}

fn narrower(one: Scope, other: Scope) -> Scope {
    match (one, other) {
        (Scope::Everything, scope) | (scope, Scope::Everything) => scope,
        (Scope::Own(one), Scope::Own(other)) => Scope::Own(
            one.into_iter()
                .filter(|person| other.contains(person))
                .collect(),
        ),
        (Scope::Nothing, _) | (_, Scope::Nothing) => Scope::Nothing,
    }
}

/// Refuses a person's exports beyond the bound. Whoever runs commands holds the data anyway.
async fn bound(app: &App, actor: &Actor) -> Result<(), Error> {
    let Some(user) = actor.user_id() else {
        return Ok(());
    };
    let tx = app.begin(actor).await?;
    let taken = storage::rate::take(&tx, &format!("export:{user}"), EXPORTS).await?;
    tx.commit().await?;
    if taken {
        return Ok(());
    }
    Err(Error::TooManyAttempts {
        retry_after_seconds: storage::rate::retry_after_seconds(EXPORTS),
    })
}

/// The records of a chunk in its order; one that is gone is left out.
fn ordered<I, T>(ids: &[Uuid], mut found: std::collections::HashMap<I, T>) -> Vec<T>
where
    I: From<Uuid> + Eq + std::hash::Hash,
{
    ids.iter()
        .filter_map(|id| found.remove(&I::from(*id)))
        .collect()
}

/// A fault of the program: a column without a heading.
fn no_heading(field: &str) -> Error {
    StorageError::BadRow {
        table: "exports",
        problem: format!("no column is named for {field}"),
    }
    .into()
}
