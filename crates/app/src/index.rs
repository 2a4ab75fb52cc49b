//! The match index of this node, which follows the event log.
//!
//! Every search first reads the position of the log (one cheap row) and catches up when it is
//! behind, so what was committed anywhere is visible to the very next search on every node. The
//! index is never what protects a customer: the committing transaction checks again.

use std::{
    collections::HashSet,
    sync::{
        RwLock, RwLockReadGuard,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{
    content::{ContentStatus, consent_stands},
    id::{AccountId, AdvocateId, ContentId},
    protection::Rules,
    record::RecordKind,
    taxonomy::{FacetInfo, Taxonomy, TermInfo},
    time::Day,
};
use matching::{Change, Index, Item, Profile, QueryProblem};
use storage::{
    Store,
    log::Touched,
    projection::{self, Library, People, Terms},
};
use uuid::Uuid;

use crate::{
    App,
    error::Error,
    member::{self, grouped},
    setting,
};

/// The index and the position of the log it stands at.
pub struct Live {
    index: RwLock<State>,
    position: AtomicI64,
    /// One follower at a time; searches wait for it only when they are behind.
    gate: tokio::sync::Mutex<()>,
}

struct State {
    index: Index,
    taxonomy: Taxonomy,
}

/// Nothing was loaded yet.
const NOT_LOADED: i64 = -1;
/// Beyond this many events, or touched accounts, a fresh load is cheaper than following.
const EVENTS_MAX: i64 = 20_000;
const ACCOUNTS_MAX: usize = 2_000;

impl Default for Live {
    fn default() -> Self {
        let taxonomy = Taxonomy::default();
        Self {
            index: RwLock::new(State {
                index: Index::new(taxonomy.clone(), Rules::default()),
                taxonomy,
            }),
            position: AtomicI64::new(NOT_LOADED),
            gate: tokio::sync::Mutex::new(()),
        }
    }
}

impl Live {
    /// Answers a query on an index that has seen every commit up to now.
    pub async fn query(
        &self,
        app: &App,
        query: &matching::Query,
    ) -> Result<matching::Matches, Error> {
        self.catch_up(app).await?;
        self.state().index.query(query).map_err(refused)
    }

    /// Finds the terms that the words of a question name.
    pub async fn read(
        &self,
        app: &App,
        text: &str,
        how: matching::ReadAs<'_>,
    ) -> Result<matching::Reading, Error> {
        self.catch_up(app).await?;
        self.state().index.read(text, how).map_err(refused)
    }

    /// The taxonomy that the index stands on.
    pub async fn taxonomy(&self, app: &App) -> Result<Taxonomy, Error> {
        self.catch_up(app).await?;
        Ok(self.state().taxonomy.clone())
    }

    /// Asks several things of the same index, one that has seen every commit up to now.
    pub async fn ask<T>(
        &self,
        app: &App,
        asks: impl FnOnce(&Index) -> Result<T, QueryProblem>,
    ) -> Result<T, Error> {
        self.catch_up(app).await?;
        asks(&self.state().index).map_err(refused)
    }

    /// Brings the index to the newest commit.
    pub async fn catch_up(&self, app: &App) -> Result<(), Error> {
        let head = projection::position(&app.store).await?;
        if self.position.load(Ordering::Acquire) >= head {
            return Ok(());
        }
        let _gate = self.gate.lock().await;
        let stands_at = self.position.load(Ordering::Acquire);
        if stands_at >= head {
            return Ok(());
        }
        if stands_at == NOT_LOADED || head - stands_at > EVENTS_MAX {
            return self.load(app).await;
        }
        let touched = storage::log::touched_between(&app.store, stands_at, head).await?;
        match self.changes(app, &touched).await? {
            None => self.load(app).await,
            Some(changes) => {
                self.apply(changes);
                self.position.store(head, Ordering::Release);
                Ok(())
            }
        }
    }

    /// Loads everything in one moment of the database and replaces the index.
    async fn load(&self, app: &App) -> Result<(), Error> {
        let since = app.clock.today().plus_days(-member::USES_SINCE_DAYS);
        let loaded = projection::load(&app.store, since).await?;
        let rules = setting::read::<Rules>(&app.store).await?.value;
        let taxonomy = taxonomy_of(&loaded.terms);
        let mut index = Index::new(taxonomy.clone(), rules);
        for profile in profiles(&loaded.people) {
            index.apply(Change::Advocate(profile));
        }
        for item in items(&loaded.library, app.clock.today()) {
            index.apply(Change::Content(item));
        }
        *self.state_mut() = State { index, taxonomy };
        self.position.store(loaded.head.position, Ordering::Release);
        Ok(())
    }

    /// What the touched records change, or `None` when a fresh load is cheaper.
    async fn changes(&self, app: &App, touched: &[Touched]) -> Result<Option<Vec<Change>>, Error> {
        let of_kind = |kinds: &[RecordKind]| -> HashSet<Uuid> {
            touched
                .iter()
                .filter(|row| kinds.contains(&row.record_kind))
                .map(|row| row.record_id)
                .collect()
        };
        let mut changes = Vec::new();
        if !of_kind(&[RecordKind::Facet, RecordKind::Term]).is_empty() {
            changes.push(Change::Taxonomy(taxonomy_of(
                &projection::load_terms(&app.store).await?,
            )));
        }
        if !of_kind(&[RecordKind::Setting]).is_empty() {
            changes.push(Change::Rules(
                setting::read::<Rules>(&app.store).await?.value,
            ));
        }
        let people: Vec<Uuid> = of_kind(&[RecordKind::Contact, RecordKind::Advocate])
            .into_iter()
            .collect();
        let mut accounts: HashSet<AccountId> = of_kind(&[RecordKind::Account])
            .into_iter()
            .map(AccountId)
            .collect();
        accounts.extend(projection::accounts_of(&app.store, &people).await?);
        if accounts.len() > ACCOUNTS_MAX {
            return Ok(None);
        }
        let advocates: HashSet<AdvocateId> = of_kind(&[RecordKind::Advocate])
            .into_iter()
            .map(AdvocateId)
            .collect();
        let tellers: Vec<AdvocateId> = advocates.iter().copied().collect();
        changes.extend(people_changes(app, &app.store, accounts, advocates).await?);
        let mut content: HashSet<ContentId> = of_kind(&[RecordKind::Content])
            .into_iter()
            .map(ContentId)
            .collect();
        content.extend(projection::content_of(&app.store, &tellers).await?);
        let today = app.clock.today();
        changes.extend(content_changes(&app.store, content, today).await?);
        Ok(Some(changes))
    }

    fn apply(&self, changes: Vec<Change>) {
        let mut state = self.state_mut();
        for change in changes {
            if let Change::Taxonomy(taxonomy) = &change {
                state.taxonomy = taxonomy.clone();
            }
            state.index.apply(change);
        }
    }

    /// A panic in an earlier holder leaves an index that is still whole: changes are applied one by one.
    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.index
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn state_mut(&self) -> std::sync::RwLockWriteGuard<'_, State> {
        self.index
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

async fn people_changes(
    app: &App,
    store: &Store,
    accounts: HashSet<AccountId>,
    advocates: HashSet<AdvocateId>,
) -> Result<Vec<Change>, Error> {
    let since = app.clock.today().plus_days(-member::USES_SINCE_DAYS);
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let people = if accounts.is_empty() {
        People::default()
    } else {
        projection::load_accounts(store, &accounts, since).await?
    };
    let found: HashSet<AdvocateId> = people.people.iter().map(|person| person.id).collect();
    let gone = advocates
        .difference(&found)
        .map(|id| Change::RemoveAdvocate(*id));
    Ok(gone
        .chain(profiles(&people).into_iter().map(Change::Advocate))
        .collect())
}

async fn content_changes(
    store: &Store,
    ids: HashSet<ContentId>,
    today: Day,
) -> Result<Vec<Change>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let library = projection::load_content(store, ids.iter().copied().collect()).await?;
    let found: HashSet<ContentId> = library.content.iter().map(|row| row.id).collect();
    let gone = ids
        .into_iter()
        .filter(|id| !found.contains(id))
        .map(Change::RemoveContent);
    Ok(gone
        .chain(items(&library, today).into_iter().map(Change::Content))
        .collect())
}

fn profiles(people: &People) -> Vec<Profile> {
    let mut members = member::members(people);
    let tags = grouped(&people.tags, |tag| tag.record_id);
    let outcomes = grouped(&people.outcomes, |row| row.advocate_id);
    let quotes = grouped(
        people
            .content
            .iter()
            .filter(|row| row.status == ContentStatus::Approved),
        |row| row.advocate_id,
    );
    people
        .people
        .iter()
        .filter_map(|person| {
            let tagged = [person.id.0, person.contact_id.0, person.account_id.0];
            let mut text: Vec<&str> = [&person.headline, &person.story]
                .into_iter()
                .filter_map(Option::as_deref)
                .collect();
            text.extend(
                outcomes
                    .get(&person.id)
                    .into_iter()
                    .flatten()
                    .map(|row| row.statement.as_str()),
            );
            for content in quotes.get(&Some(person.id)).into_iter().flatten() {
                text.push(&content.title);
                text.extend(content.body.as_deref());
            }
            Some(Profile {
                advocate: person.id,
                account: person.account_id,
                contact: person.contact_id,
                terms: tagged
                    .iter()
                    .filter_map(|id| tags.get(id))
                    .flatten()
                    .filter_map(|tag| tag.term_id)
                    .collect(),
                text: text.join("\n"),
                member: members.remove(&person.id)?,
                verified_on: person.verified_on,
                restricted: person.is_restricted,
            })
        })
        .collect()
}

fn items(library: &Library, today: Day) -> Vec<Item> {
    let tags = grouped(&library.tags, |tag| tag.record_id);
    let consents = grouped(&library.consents, |row| row.advocate_id);
    let consented = |row: &storage::content::Content| {
        let record: Vec<_> = row
            .advocate_id
            .and_then(|id| consents.get(&id))
            .into_iter()
            .flatten()
            .map(|entry| entry.rule())
            .collect();
        consent_stands(&record, row.kind, today)
    };
    library
        .content
        .iter()
        .map(|row| Item {
            content: row.id,
            account: row.account_id,
            advocate: row.advocate_id,
            terms: tags
                .get(&row.id.0)
                .into_iter()
                .flatten()
                .filter_map(|tag| tag.term_id)
                .collect(),
            text: format!("{}\n{}", row.title, row.body.as_deref().unwrap_or_default()),
            stage: row.stage,
            embargo_until: row.embargo_until,
            expires_on: row.expires_on,
            usable: row.status == ContentStatus::Approved && consented(row),
        })
        .collect()
}

fn taxonomy_of(terms: &Terms) -> Taxonomy {
    let mut synonyms = grouped(&terms.synonyms, |row| row.term_id);
    let facets = terms
        .facets
        .iter()
        .map(|row| FacetInfo {
            id: row.id,
            key: row.facet_key.clone(),
            name: row.name.clone(),
            ordinal: row.is_ordinal,
        })
        .collect();
    let terms = terms
        .terms
        .iter()
        .map(|row| TermInfo {
            id: row.id,
            facet: row.facet_id,
            parent: row.parent_id,
            rank: row.rank,
            merged_into: row.merged_into_id,
            retired: row.retired_at.is_some(),
            name: row.name.clone(),
            synonyms: synonyms
                .remove(&row.id)
                .into_iter()
                .flatten()
                .map(|row| row.written.clone())
                .collect(),
        })
        .collect();
    Taxonomy::new(facets, terms)
}

/// A query that the index does not take, at the field that it is about.
fn refused(problem: QueryProblem) -> Error {
    let field = match problem {
        QueryProblem::TextTooLong(_) | QueryProblem::NoWords => "text",
        QueryProblem::LimitTooHigh(_) => "limit",
        QueryProblem::DayIsPast { .. } => "need_by",
        QueryProblem::TooManyCriteria(_)
        | QueryProblem::TooManyTerms(_)
        | QueryProblem::WeightOutOfRange(_)
        | QueryProblem::TooManyExcluded(_)
        | QueryProblem::UnknownFacet(_)
        | QueryProblem::UnknownTerm(_)
        | QueryProblem::TermOfAnotherFacet { .. }
        | QueryProblem::NoTerms(_)
        | QueryProblem::FacetNamedTwice(_) => "criteria",
    };
    Error::field(field, sentence(&problem.to_string()))
}

/// Problems of the index start small and end open; people read sentences.
fn sentence(problem: &str) -> String {
    let mut letters = problem.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}
