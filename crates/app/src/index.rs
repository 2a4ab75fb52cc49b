//! The match index of this node, which follows the event log.
//!
//! Every search first reads the position of the log (one cheap row) and catches up when it is
//! behind, so what was committed anywhere is visible to the very next search on every node. The
//! index is never what protects a customer: the committing transaction checks again.
//!
//! A follower changes a copy, which shares all that did not change, and puts it in the place of the
//! one that searches read: a search never waits for a change to be applied.

mod facts;
mod kept;

use std::{collections::HashSet, sync::Arc};

use arc_swap::ArcSwap;
use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, ContentId},
    protection::Rules,
    record::RecordKind,
    taxonomy::Taxonomy,
    time::Day,
};
use matching::{Change, Index, QueryProblem};
use storage::{Store, log::Touched, projection};
use uuid::Uuid;

use crate::{
    App,
    error::Error,
    find::{need_by_default, weights::MatchWeights},
    member,
    setting::{self, Program},
};
use facts::{items, profiles, taxonomy_of};
use kept::Kept;

/// The index and the position of the log it stands at.
pub struct Live {
    state: ArcSwap<Moment>,
    /// One follower at a time; searches wait for it only when they are behind.
    gate: tokio::sync::Mutex<()>,
}

/// What a search reads besides the rows that it shows, as of one position of the log: whoever asks
/// several things of one moment gets answers that fit together, for one look at the log.
#[derive(Clone)]
pub struct Moment {
    /// How far the log was followed.
    pub(crate) position: i64,
    /// Rows read by earlier searches that stand as they were read.
    pub(crate) kept: Arc<Kept>,
    pub(crate) index: Index,
    pub(crate) taxonomy: Taxonomy,
    pub(crate) weights: MatchWeights,
    pub(crate) program: Program,
}

impl Moment {
    /// Asks the index, with a refusal in words.
    pub(crate) fn ask<T>(
        &self,
        asks: impl FnOnce(&Index) -> Result<T, QueryProblem>,
    ) -> Result<T, Error> {
        asks(&self.index).map_err(refused)
    }

    pub(crate) fn rules(&self) -> &Rules {
        self.index.rules()
    }
}

/// Nothing was loaded yet.
const NOT_LOADED: i64 = -1;
/// Events that are followed in one go.
const EVENTS_AT_ONCE: i64 = 20_000;
/// Accounts whose advocates one of two readers reads in one go.
const ACCOUNTS_AT_ONCE: usize = 500;
/// Where more accounts than these and than one of so many are touched in one go, a fresh load is cheaper than
/// following.
const TOUCHED_MIN: usize = 1_000;
const TOUCHED_SHARE: usize = 4;

impl Default for Live {
    fn default() -> Self {
        let taxonomy = Taxonomy::default();
        Self {
            state: ArcSwap::from_pointee(Moment {
                position: NOT_LOADED,
                kept: Arc::default(),
                index: Index::new(taxonomy.clone(), Rules::default()),
                taxonomy,
                weights: MatchWeights::default(),
                program: Program::default(),
            }),
            gate: tokio::sync::Mutex::new(()),
        }
    }
}

impl Live {
    /// What stands now: every commit up to this call is in it, and none that comes later.
    pub async fn now(&self, app: &App) -> Result<Arc<Moment>, Error> {
        self.catch_up(app).await?;
        Ok(self.state.load_full())
    }

    /// [`Self::now`] where that is what stands already: a reader that does not search waits for nothing.
    pub async fn newest(&self, app: &App) -> Result<Option<Arc<Moment>>, Error> {
        let state = self.state.load_full();
        if state.position == NOT_LOADED {
            return Ok(None);
        }
        let head = projection::position(&app.store).await?;
        Ok((state.position >= head).then_some(state))
    }

    /// The taxonomy that the index stands on.
    pub async fn taxonomy(&self, app: &App) -> Result<Taxonomy, Error> {
        Ok(self.now(app).await?.taxonomy.clone())
    }

    /// Brings the index to the newest commit.
    pub async fn catch_up(&self, app: &App) -> Result<(), Error> {
        let head = projection::position(&app.store).await?;
        if self.state.load().position >= head {
            return Ok(());
        }
        let _gate = self.gate.lock().await;
        let stands_at = self.state.load().position;
        if stands_at >= head {
            return Ok(());
        }
        if stands_at == NOT_LOADED {
            return self.load(app).await;
        }
        let mut after = stands_at;
        while after < head {
            let until = head.min(after + EVENTS_AT_ONCE);
            let touched = storage::log::touched_between(&app.store, after, until).await?;
            let Some(changes) = self.changes(app, &touched).await? else {
                return self.load(app).await;
            };
            let is_setting = |row: &Touched| row.record_kind == RecordKind::Setting;
            let settings = if touched.iter().any(is_setting) {
                Some(Settings::read(app).await?)
            } else {
                None
            };
            self.apply(changes, settings, &touched, until);
            after = until;
        }
        Ok(())
    }

    /// Catches up and works out ahead what every search that names no day asks first, for today and
    /// for tomorrow: nobody waits for it when a day begins or the index was loaded anew.
    pub async fn get_ready(&self, app: &App) -> Result<(), Error> {
        self.catch_up(app).await?;
        let state = self.state.load_full();
        for (activity, day, today) in usual_questions(&state.index, app.clock.today()) {
            state.index.get_ready(activity, day, today);
        }
        Ok(())
    }

    /// Whether a search that names no day would find everything worked out.
    pub fn is_ready(&self, today: Day) -> bool {
        let state = self.state.load();
        let [(activity, day, today), _] = usual_questions(&state.index, today);
        state.index.is_ready(activity, day, today)
    }

    /// Loads everything in one moment of the database and replaces the index.
    async fn load(&self, app: &App) -> Result<(), Error> {
        let since = app.clock.today().plus_days(-member::USES_SINCE_DAYS);
        let loaded = projection::load(&app.store, since).await?;
        let settings = Settings::read(app).await?;
        let taxonomy = taxonomy_of(&loaded.terms);
        let people = profiles(&loaded.people);
        let library = items(&loaded.library, app.clock.today());
        let index = Index::build(taxonomy.clone(), settings.rules, people, library);
        let (position, kept) = (loaded.head.position, Arc::clone(&self.state.load().kept));
        kept.forget_all(position);
        self.state.store(Arc::new(Moment {
            position,
            kept,
            index,
            taxonomy,
            weights: settings.weights,
            program: settings.program,
        }));
        let (advocates, content) = (loaded.people.people.len(), loaded.library.content.len());
        tracing::info!(advocates, content, "the match index is loaded");
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
        let people: Vec<Uuid> = of_kind(&[RecordKind::Contact, RecordKind::Advocate])
            .into_iter()
            .collect();
        let mut accounts: HashSet<AccountId> = of_kind(&[RecordKind::Account])
            .into_iter()
            .map(AccountId)
            .collect();
        accounts.extend(projection::accounts_of(&app.store, &people).await?);
        let all = self.state.load().index.accounts();
        if accounts.len() > TOUCHED_MIN.max(all / TOUCHED_SHARE) {
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

    /// Puts the changes of the events up to `until` in the place of what searches read.
    fn apply(
        &self,
        changes: Vec<Change>,
        settings: Option<Settings>,
        touched: &[Touched],
        until: i64,
    ) {
        let mut next = Moment::clone(&self.state.load());
        next.position = until;
        next.kept.follow(touched, until);
        if let Some(settings) = settings {
            next.index.apply(Change::Rules(settings.rules));
            (next.weights, next.program) = (settings.weights, settings.program);
        }
        for change in changes {
            if let Change::Taxonomy(taxonomy) = &change {
                next.taxonomy = taxonomy.clone();
            }
            next.index.apply(change);
        }
        self.state.store(Arc::new(next));
    }
}

/// The settings that every search reads.
struct Settings {
    rules: Rules,
    weights: MatchWeights,
    program: Program,
}

impl Settings {
    async fn read(app: &App) -> Result<Self, Error> {
        Ok(Self {
            rules: setting::read(&app.store).await?.value,
            weights: setting::read(&app.store).await?.value,
            program: setting::read(&app.store).await?.value,
        })
    }
}

/// The activity, need-by day and day of asking of searches that say nothing of them, today's and
/// tomorrow's.
fn usual_questions(index: &Index, today: Day) -> [(Activity, Day, Day); 2] {
    let activity = Activity::ReferenceCall;
    let asked_on = |today| {
        (
            activity,
            need_by_default(index.rules(), activity, today),
            today,
        )
    };
    [today, today.plus_days(1)].map(asked_on)
}

async fn people_changes(
    app: &App,
    store: &Store,
    accounts: HashSet<AccountId>,
    advocates: HashSet<AdvocateId>,
) -> Result<Vec<Change>, Error> {
    let since = app.clock.today().plus_days(-member::USES_SINCE_DAYS);
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let read = async |some: &[AccountId]| match some {
        [] => Ok(projection::People::default()),
        some => projection::load_accounts(store, some, since).await,
    };
    let mut found = Vec::new();
    for some in accounts.chunks(2 * ACCOUNTS_AT_ONCE) {
        let (some, others) = some.split_at(some.len().min(ACCOUNTS_AT_ONCE));
        let (some, others) = tokio::try_join!(read(some), read(others))?;
        found.extend(profiles(&some));
        found.extend(profiles(&others));
    }
    let known: HashSet<AdvocateId> = found.iter().map(|profile| profile.advocate).collect();
    let gone = advocates.difference(&known).copied();
    let mut changes: Vec<Change> = gone.map(Change::RemoveAdvocate).collect();
    changes.extend(found.into_iter().map(Change::Advocate));
    Ok(changes)
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

/// A query that the index does not take, at the field that it is about.
pub(crate) fn refused(problem: QueryProblem) -> Error {
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
