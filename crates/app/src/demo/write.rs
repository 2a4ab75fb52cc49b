//! Bulk writes: bounded transactions for the rows, then the events that say where they came from, in
//! the order in which all that happened. What is cut off in between is known as half made.

use domain::{
    record::{Action, RecordKind},
    request::RequestStatus,
};
use serde_json::json;
use storage::{NewEvent, StorageError, Tx, term::Term, user::User};

use super::{
    Calendar, accounts::Market, advocates::Pool, chance::Chance, content::Library, deals::Pipeline,
    market::PRODUCTS, requests::History,
};
use crate::{App, actor::Actor, error::Error};

/// Records written together; with their events they make a transaction of some ten thousand rows.
const BATCH: usize = 4_000;

async fn in_batches<T>(
    app: &App,
    rows: impl IntoIterator<Item = T>,
    mut write: impl AsyncFnMut(&mut Tx, Vec<T>) -> Result<(), StorageError>,
) -> Result<(), Error> {
    let mut rows = rows.into_iter();
    loop {
        let batch: Vec<T> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let mut tx = app.begin(&Actor::system()).await?;
        write(&mut tx, batch).await?;
        tx.commit().await?;
    }
}

/// What happened, kept until all of it can be written in order.
#[derive(Default)]
pub(super) struct Past(Vec<NewEvent>);

impl Past {
    pub(super) fn record(&mut self, event: NewEvent) {
        self.0.push(event);
    }

    /// Writes the log of the made-up years, the earliest first; what has no time of its own is last.
    pub(super) async fn write(self, app: &App) -> Result<(), Error> {
        let mut events = self.0;
        events.sort_by_key(|event| (event.at.is_none(), event.at));
        in_batches(app, events, async |tx: &mut Tx, batch: Vec<NewEvent>| {
            for event in batch {
                tx.record(event);
            }
            Ok(())
        })
        .await
    }
}

pub(super) fn created(kind: RecordKind, id: impl Into<uuid::Uuid>) -> NewEvent {
    NewEvent::new(Action::Created, kind, id).detail(json!({ "source": "demo" }))
}

/// The products of the demo company become terms: a new database has none.
pub(super) async fn products(
    app: &App,
    past: &mut Past,
    calendar: Calendar,
    chance: &mut Chance,
) -> Result<(), Error> {
    let facets = storage::term::facets(&app.store).await?;
    let facet = facets
        .iter()
        .find(|facet| facet.facet_key == "product")
        .ok_or_else(|| StorageError::BadRow {
            table: "facets",
            problem: "the demo company needs the facet product".to_owned(),
        })?;
    let at = calendar.start.start();
    let rows: Vec<Term> = PRODUCTS
        .iter()
        .map(|(name, dollars)| Term {
            id: chance.id(at),
            version: 1,
            facet_id: facet.id,
            parent_id: None,
            term_key: None,
            name: (*name).to_owned(),
            name_folded: domain::text::fold(name),
            rank: None,
            list_minor: Some(dollars * 100),
            list_currency: Some(domain::money::Currency::USD),
            merged_into_id: None,
            retired_at: None,
        })
        .collect();
    in_batches(app, rows, async |tx: &mut Tx, batch: Vec<Term>| {
        for row in &batch {
            past.record(created(RecordKind::Term, row.id).at(at));
        }
        storage::term::insert_all(tx, batch).await
    })
    .await
}

pub(super) async fn users(app: &App, past: &mut Past, rows: Vec<User>) -> Result<(), Error> {
    // Managers come after their teams: all go into one write, where that does not matter.
    let tx = app.begin(&Actor::system()).await?;
    for row in &rows {
        past.record(created(RecordKind::User, row.id).at(row.created_at));
    }
    storage::user::insert_all(&tx, rows).await?;
    Ok(tx.commit().await?)
}

async fn tags(app: &App, rows: &[storage::tag::Tag]) -> Result<(), Error> {
    let rows = rows.iter().cloned();
    in_batches(app, rows, async |tx: &mut Tx, batch| {
        storage::tag::insert_all(tx, batch).await
    })
    .await
}

/// The tags go in before their records, so that no record is ever seen without them.
pub(super) async fn market(app: &App, past: &mut Past, market: &Market) -> Result<(), Error> {
    tags(app, &market.tags).await?;
    in_batches(
        app,
        market.accounts.iter().cloned(),
        async |tx: &mut Tx, batch: Vec<storage::account::Account>| {
            for row in &batch {
                past.record(created(RecordKind::Account, row.id).at(row.created_at));
            }
            storage::account::insert_all(tx, batch).await
        },
    )
    .await?;
    in_batches(
        app,
        market.contacts.iter().cloned(),
        async |tx: &mut Tx, batch: Vec<storage::contact::Contact>| {
            for row in &batch {
                let event = created(RecordKind::Contact, row.id).at(row.created_at);
                past.record(linked(event, RecordKind::Account, row.account_id));
            }
            storage::contact::insert_all(tx, batch).await
        },
    )
    .await?;
    let tx = app.begin(&Actor::system()).await?;
    for lock in &market.locks {
        let event = NewEvent::new(Action::Locked, RecordKind::Lock, lock.id)
            .link(RecordKind::Account, lock.account_id)
            .detail(json!({ "reason": lock.reason, "note": lock.note }));
        past.record(event.at(lock.from_on.start()));
    }
    storage::account::insert_locks(&tx, market.locks.clone()).await?;
    storage::account::insert_relations(&tx, market.relations.clone()).await?;
    Ok(tx.commit().await?)
}

pub(super) fn linked(
    event: NewEvent,
    kind: RecordKind,
    id: Option<impl Into<uuid::Uuid>>,
) -> NewEvent {
    match id {
        Some(id) => event.link(kind, id),
        None => event,
    }
}

pub(super) async fn pool(app: &App, past: &mut Past, pool: &Pool) -> Result<(), Error> {
    tags(app, &pool.tags).await?;
    let people = pool.advocates.iter().cloned();
    in_batches(
        app,
        people,
        async |tx: &mut Tx, batch: Vec<storage::advocate::Advocate>| {
            for row in &batch {
                let event =
                    created(RecordKind::Advocate, row.id).link(RecordKind::Contact, row.contact_id);
                past.record(event.at(row.created_at));
            }
            storage::advocate::insert_all(tx, batch).await
        },
    )
    .await?;
    in_batches(
        app,
        pool.willingness.iter().cloned(),
        async |tx: &mut Tx, batch| storage::advocate::insert_willingness(tx, batch).await,
    )
    .await?;
    in_batches(
        app,
        pool.outcomes.iter().cloned(),
        async |tx: &mut Tx, batch| storage::advocate::insert_outcomes(tx, batch).await,
    )
    .await?;
    in_batches(
        app,
        pool.consents.iter().cloned(),
        async |tx: &mut Tx, batch: Vec<storage::consent::Consent>| {
            for row in &batch {
                let action = match row.kind {
                    domain::consent::ConsentKind::Given => Action::ConsentRecorded,
                    domain::consent::ConsentKind::Withdrawn => Action::ConsentWithdrawn,
                };
                past.record(
                    NewEvent::new(action, RecordKind::Advocate, row.advocate_id)
                        .at(row.recorded_at),
                );
            }
            storage::consent::insert_all(tx, batch).await
        },
    )
    .await?;
    let tx = app.begin(&Actor::system()).await?;
    for row in &pool.no_go {
        storage::advocate::set_no_go(&tx, row.advocate_id, vec![row.clone()]).await?;
    }
    Ok(tx.commit().await?)
}

pub(super) async fn library(app: &App, past: &mut Past, library: Library) -> Result<(), Error> {
    tags(app, &library.tags).await?;
    in_batches(
        app,
        library.content,
        async |tx: &mut Tx, batch: Vec<storage::content::Content>| {
            for row in &batch {
                let event = created(RecordKind::Content, row.id).at(row.created_at);
                past.record(linked(event, RecordKind::Advocate, row.advocate_id));
            }
            storage::content::insert_all(tx, batch).await
        },
    )
    .await
}

pub(super) async fn pipeline(app: &App, past: &mut Past, pipeline: &Pipeline) -> Result<(), Error> {
    tags(app, &pipeline.tags).await?;
    let deals = pipeline.deals.iter().cloned();
    in_batches(
        app,
        deals,
        async |tx: &mut Tx, batch: Vec<storage::opportunity::Opportunity>| {
            for row in &batch {
                let event = created(RecordKind::Opportunity, row.id).at(row.created_at);
                past.record(linked(event, RecordKind::Account, row.account_id));
            }
            storage::opportunity::insert_all(tx, batch).await
        },
    )
    .await
}

pub(super) async fn history(app: &App, past: &mut Past, history: History) -> Result<(), Error> {
    in_batches(
        app,
        history.requests,
        async |tx: &mut Tx, batch: Vec<storage::request::Request>| {
            for row in &batch {
                let action = match row.status {
                    RequestStatus::Draft => Action::Created,
                    _ => Action::Submitted,
                };
                let event = NewEvent::new(action, RecordKind::Request, row.id).at(row.created_at);
                past.record(linked(event, RecordKind::Opportunity, row.opportunity_id));
            }
            storage::request::insert_all(tx, batch).await
        },
    )
    .await?;
    in_batches(
        app,
        history.candidates,
        async |tx: &mut Tx, batch: Vec<storage::candidate::Candidate>| {
            for row in &batch {
                let (action, at) = last_step(row);
                let event = NewEvent::new(action, RecordKind::Candidate, row.id)
                    .link(RecordKind::Request, row.request_id)
                    .link(RecordKind::Advocate, row.advocate_id);
                past.record(match at {
                    Some(at) => event.at(at),
                    None => event,
                });
            }
            storage::candidate::insert_all(tx, batch).await
        },
    )
    .await?;
    in_batches(
        app,
        history.uses,
        async |tx: &mut Tx, batch: Vec<storage::reference_use::ReferenceUse>| {
            for row in &batch {
                let event = NewEvent::new(Action::Used, RecordKind::Use, row.id)
                    .link(RecordKind::Advocate, row.advocate_id)
                    .at(row.created_at);
                past.record(linked(event, RecordKind::Opportunity, row.opportunity_id));
            }
            storage::reference_use::insert_all(tx, batch).await
        },
    )
    .await?;
    in_batches(
        app,
        history.unmet,
        async |tx: &mut Tx, batch: Vec<storage::unmet_search::UnmetSearch>| {
            for row in &batch {
                let event =
                    NewEvent::new(Action::Searched, RecordKind::UnmetSearch, row.id).at(row.at);
                past.record(linked(event, RecordKind::Opportunity, row.opportunity_id));
            }
            storage::unmet_search::insert_all(tx, batch).await
        },
    )
    .await?;
    in_batches(app, history.notices, async |tx: &mut Tx, batch| {
        storage::notice::insert_all(tx, batch).await
    })
    .await
}

/// What last happened to a candidate; uses have events of their own.
fn last_step(row: &storage::candidate::Candidate) -> (Action, Option<domain::time::Timestamp>) {
    use domain::candidate::CandidateState::{
        Accepted, AdvocateAsked, Debriefed, Declined, Done, Expired, OwnerAsked, Proposed,
        Replaced, Scheduled,
    };
    match row.state {
        Proposed => (Action::Created, None),
        OwnerAsked => (Action::OwnerAsked, row.owner_asked_at),
        AdvocateAsked => (Action::AdvocateAsked, row.advocate_asked_at),
        Accepted | Done | Debriefed => (Action::AdvocateAccepted, row.accepted_at),
        Scheduled => (Action::Scheduled, row.scheduled_at),
        Declined => (Action::Declined, row.closed_at),
        Expired => (Action::Expired, row.closed_at),
        Replaced => (Action::Replaced, row.closed_at),
    }
}
