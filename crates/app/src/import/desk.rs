//! The desk at which a batch of rows is decided: known records, what the rows make of them, and
//! what they say about people and companies beside their own record.

use std::collections::HashMap;

use domain::{
    id::{AccountId, UserId},
    record::RecordKind,
    text::fold,
    time::{Day, Timestamp},
};
use import::kind::Kind;
use storage::{
    account::{Account, AccountLock},
    advocate::{Advocate, Outcome as Statement, Placed, Willingness},
    consent::Consent,
    contact::Contact,
    content::Content,
    opportunity::Opportunity,
    reference_use::ReferenceUse,
    user::User,
};
use uuid::Uuid;

use super::{
    report::{Outcome, RowProblem, Tally},
    shelf::{Key, Shelf, Shelved},
    tags::Tags,
    values::{Values, names_company},
};
use crate::taxonomy::Mapper;

/// Facets that describe the company, not the person, the deal or the text.
pub(crate) const OF_ACCOUNT: &[&str] = &[
    "industry",
    "region",
    "company_size",
    "relationship",
    "tenure",
];
/// Facets that describe the person.
pub(crate) const OF_PERSON: &[&str] = &["persona", "seniority", "language"];

/// What stays the same for the whole run.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) kind: Kind,
    pub(crate) today: Day,
    pub(crate) now: Timestamp,
    /// Whether the actor may give rights and change how a colleague signs in.
    pub(crate) edits_users: bool,
    pub(crate) recorded_by: Option<UserId>,
}

/// Facts beside the rows of advocates and accounts.
#[derive(Default)]
pub(crate) struct Sides {
    pub(crate) willingness: HashMap<Uuid, Vec<Willingness>>,
    pub(crate) outcomes: HashMap<Uuid, Vec<Statement>>,
    pub(crate) consents: HashMap<Uuid, Vec<Consent>>,
    pub(crate) locks: HashMap<Uuid, Vec<AccountLock>>,
    pub(crate) placed: HashMap<AccountId, Vec<Placed>>,
    /// Activities of an advocate before the batch changed them.
    pub(crate) changed_willingness: HashMap<Uuid, Vec<Willingness>>,
    /// Outcomes of an advocate before the batch changed them.
    pub(crate) changed_outcomes: HashMap<Uuid, Vec<Statement>>,
    pub(crate) new_consents: Vec<Consent>,
    pub(crate) new_locks: Vec<AccountLock>,
}

pub(crate) struct Desk {
    pub(crate) run: Run,
    pub(crate) mapper: Mapper,
    pub(crate) users: Shelf<User>,
    pub(crate) accounts: Shelf<Account>,
    pub(crate) contacts: Shelf<Contact>,
    pub(crate) opportunities: Shelf<Opportunity>,
    pub(crate) advocates: Shelf<Advocate>,
    pub(crate) content: Shelf<Content>,
    pub(crate) uses: Shelf<ReferenceUse>,
    pub(crate) tags: Tags,
    pub(crate) sides: Sides,
    pub(crate) tally: Tally,
    /// The row that named a record first, over the whole run.
    first_rows: HashMap<Uuid, usize>,
    /// The same for the batch that is not written yet.
    batch_rows: HashMap<Uuid, usize>,
}

/// What a row made of its records.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effect {
    pub(crate) created: bool,
    pub(crate) changed: bool,
    /// An earlier row named the same record.
    pub(crate) repeats: bool,
}

impl Effect {
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self { created: true, .. } => Outcome::Created,
            Self { changed: true, .. } => Outcome::Updated,
            Self { repeats: true, .. } => Outcome::Skipped,
            Self { .. } => Outcome::Unchanged,
        }
    }
}

/// How a row names a record of another system or of ours.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Named<'r> {
    pub(crate) id: Option<UserId>,
    pub(crate) external_id: Option<&'r str>,
    pub(crate) email: Option<&'r str>,
    pub(crate) name: Option<&'r str>,
}

impl<'r> Named<'r> {
    pub(crate) fn of(values: Values<'r>, record: &str) -> Self {
        Self {
            id: values.id(&format!("{record}.id")),
            external_id: values.text(&format!("{record}.external_id")),
            email: values.text(&format!("{record}.email")),
            name: values.text(&format!("{record}.name")),
        }
    }

    /// What to keep while nobody is known by it: what a person can read, where there is any.
    pub(crate) fn written(self) -> Option<&'r str> {
        self.name.or(self.email).or(self.external_id)
    }
}

impl Desk {
    pub(crate) fn new(run: Run, mapper: Mapper) -> Self {
        Self {
            run,
            mapper,
            users: Shelf::default(),
            accounts: Shelf::default(),
            contacts: Shelf::default(),
            opportunities: Shelf::default(),
            advocates: Shelf::default(),
            content: Shelf::default(),
            uses: Shelf::default(),
            tags: Tags::default(),
            sides: Sides::default(),
            tally: Tally::default(),
            first_rows: HashMap::new(),
            batch_rows: HashMap::new(),
        }
    }

    /// Forgets the batch: it is written, or it is to be decided anew.
    pub(crate) fn clear(&mut self) {
        self.users = Shelf::default();
        self.accounts = Shelf::default();
        self.contacts = Shelf::default();
        self.opportunities = Shelf::default();
        self.advocates = Shelf::default();
        self.content = Shelf::default();
        self.uses = Shelf::default();
        self.tags = Tags::default();
        self.sides = Sides::default();
        self.tally = Tally::default();
        self.batch_rows.clear();
    }

    /// Remembers which rows named which records: the batch stands.
    pub(crate) fn keep_rows(&mut self) {
        self.first_rows.extend(self.batch_rows.drain());
    }

    /// Notes that a row names a record; `true` when an earlier row did so already.
    pub(crate) fn repeats(&mut self, id: Uuid, row: usize) -> bool {
        let first = self.first_rows.get(&id).copied();
        *self.batch_rows.entry(id).or_insert(first.unwrap_or(row)) != row
    }

    /// Says that a value of a row was left out, and why.
    pub(crate) fn note(&mut self, row: usize, reason: impl Into<String>) {
        self.tally.problem(RowProblem {
            row: row as u64,
            column: None,
            reason: reason.into(),
            failed: false,
        });
    }

    /// Gives a record the terms of a facet and counts values that stand for no term.
    pub(crate) fn set_terms(
        &mut self,
        record: (RecordKind, Uuid),
        facet: &str,
        written: &[String],
        fills_only: bool,
    ) -> bool {
        if !fills_only && let Some(id) = self.mapper.facet(facet) {
            for text in written {
                if self.mapper.resolve(id, text).is_none() {
                    self.tally.unknown(facet, text.trim());
                }
            }
        }
        self.tags
            .set(&self.mapper, record, facet, written, fills_only)
    }

    /// The colleague whom a row names.
    pub(crate) fn find_user(&self, named: Named<'_>) -> Option<UserId> {
        let by_id = named.id.and_then(|id| self.users.row(id.0));
        let by_external = || {
            let external_id = named.external_id?.to_owned();
            self.users.known_by(&Key::External(external_id)).next()
        };
        let by_email = || {
            let email = named.email?.to_lowercase();
            self.users.known_by(&Key::Email(email)).next()
        };
        let by_name = || {
            let folded = fold(named.name?);
            self.users.known_by(&Key::Name(folded)).find(|user| {
                let other_email = user.email.as_ref().is_some_and(|known| {
                    named
                        .email
                        .is_some_and(|email| !known.as_str().eq_ignore_ascii_case(email))
                });
                !other_email && agrees(user.external_id.as_deref(), named.external_id)
            })
        };
        by_id
            .or_else(by_external)
            .or_else(by_email)
            .or_else(by_name)
            .map(|user| user.id)
    }

    /// The owner a row names: the colleague, or the text to keep while there is none.
    pub(crate) fn owner(&mut self, values: Values<'_>) -> (Option<UserId>, Option<String>) {
        let named = Named::of(values, "owner");
        let found = self.find_user(named);
        if found.is_some() {
            return (found, None);
        }
        let written = named.written().map(str::to_owned);
        if let Some(written) = &written {
            self.tally.unknown("owner", written);
        }
        (None, written)
    }

    /// The account that a row names in the fields of `record`.
    pub(crate) fn account_named(
        &self,
        values: Values<'_>,
        record: &str,
        domain: Option<&str>,
    ) -> Option<AccountId> {
        let id: Option<AccountId> = values.id(&format!("{record}.id"));
        let known = id.filter(|id| self.accounts.row(id.0).is_some());
        known.or_else(|| {
            let external_id = values.text(&format!("{record}.external_id"));
            let name = values.text(&format!("{record}.name"));
            self.find_account(external_id, name, domain)
        })
    }

    /// The account known by an id of another system, a name or a domain.
    pub(crate) fn find_account(
        &self,
        external_id: Option<&str>,
        name: Option<&str>,
        domain: Option<&str>,
    ) -> Option<AccountId> {
        let by_external =
            external_id.and_then(|id| self.accounts.known_by(&Key::External(id.to_owned())).next());
        let agreeing = |account: &&Account| agrees(account.external_id.as_deref(), external_id);
        let by_name = || {
            let folded = fold(name?);
            self.accounts.known_by(&Key::Name(folded)).find(agreeing)
        };
        let by_domain = || {
            let domain = domain.filter(|domain| names_company(domain))?;
            self.accounts
                .known_by(&Key::Domain(domain.to_owned()))
                .find(agreeing)
        };
        by_external
            .or_else(by_name)
            .or_else(by_domain)
            .map(|account| account.id)
    }
}

/// Two ids of the other system contradict each other only when both are there.
fn agrees(known: Option<&str>, given: Option<&str>) -> bool {
    match (known, given) {
        (Some(known), Some(given)) => known == given,
        (Some(_), None) | (None, _) => true,
    }
}

/// Sets a field to what the file says; an absent value never empties a field.
pub(crate) fn put<T>(field: &mut Option<T>, value: Option<T>, fills_only: bool) {
    if value.is_some() && (!fills_only || field.is_none()) {
        *field = value;
    }
}

/// The ids on a shelf that belong to a kind of record, for reading their tags.
pub(crate) fn held<T: Shelved>(shelf: &Shelf<T>) -> (RecordKind, Vec<Uuid>) {
    (T::KIND, shelf.ids())
}
