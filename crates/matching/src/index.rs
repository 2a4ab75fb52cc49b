//! The index itself: what it holds and how changes reach it. A change is seen by the next query.

use domain::{
    id::{AccountId, AdvocateId, ContactId, ContentId, TermId},
    opportunity::DealStage,
    protection::{Member, Rules},
    taxonomy::Taxonomy,
    time::Day,
};

use crate::{
    accounts::Accounts,
    columns::Columns,
    content::Shelf,
    matches::Matches,
    query::{Query, QueryProblem},
    recognise::{ReadAs, Reading},
    search::Search,
    sets::Sets,
    slots::Slots,
    standing::Standing,
    tags::Tags,
    texts::{Document, Texts},
    vocabulary::Vocabulary,
};

/// What makes an advocate findable.
#[derive(Clone, Debug)]
pub struct Profile {
    pub advocate: AdvocateId,
    pub account: AccountId,
    pub contact: ContactId,
    /// Of the profile, the contact and the account; unknown ones are kept for a later taxonomy.
    pub terms: Vec<TermId>,
    /// Story, outcomes, quotes.
    pub text: String,
    /// Its uses are the whole account's: a use changes every profile of the account.
    pub member: Member,
    pub verified_on: Option<Day>,
    /// Only found by queries that may see it.
    pub restricted: bool,
}

/// A piece of content.
#[derive(Clone, Debug)]
pub struct Item {
    pub content: ContentId,
    pub account: Option<AccountId>,
    pub advocate: Option<AdvocateId>,
    pub terms: Vec<TermId>,
    pub text: String,
    pub stage: Option<DealStage>,
    /// The first day on which it may be sent.
    pub embargo_until: Option<Day>,
    /// The last day on which it may be sent.
    pub expires_on: Option<Day>,
    /// Approved, and nobody withdrew.
    pub usable: bool,
}

/// One change; a profile or an item replaces the one with its id.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a change is used up at once, and nearly all of them are profiles"
)]
pub enum Change {
    Advocate(Profile),
    RemoveAdvocate(AdvocateId),
    Content(Item),
    RemoveContent(ContentId),
    Taxonomy(Taxonomy),
    Rules(Rules),
}

/// All advocates and content, ready to be matched.
pub struct Index {
    pub(crate) taxonomy: Taxonomy,
    pub(crate) rules: Rules,
    pub(crate) advocates: Slots<AdvocateId, Row>,
    pub(crate) accounts: Accounts,
    pub(crate) columns: Columns,
    pub(crate) sets: Sets,
    pub(crate) standing: Standing,
    pub(crate) texts: Texts,
    pub(crate) shelf: Shelf,
    vocabulary: Vocabulary,
}

pub(crate) struct Row {
    pub(crate) advocate: AdvocateId,
    pub(crate) account: AccountId,
    pub(crate) contact: ContactId,
    terms: Vec<TermId>,
    pub(crate) document: Document,
    pub(crate) member: Member,
    pub(crate) verified_on: Option<Day>,
}

impl Index {
    pub fn new(taxonomy: Taxonomy, rules: Rules) -> Self {
        Self {
            vocabulary: Vocabulary::new(&taxonomy),
            sets: Sets::new(&taxonomy),
            standing: Standing::default(),
            taxonomy,
            rules,
            advocates: Slots::default(),
            accounts: Accounts::default(),
            columns: Columns::default(),
            texts: Texts::default(),
            shelf: Shelf::default(),
        }
    }

    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Advocate(profile) => self.put(profile),
            Change::RemoveAdvocate(advocate) => self.remove(advocate),
            Change::Content(item) => self.shelf.put(&self.taxonomy, item),
            Change::RemoveContent(content) => self.shelf.remove(content),
            Change::Taxonomy(taxonomy) => self.tag_again(taxonomy),
            Change::Rules(rules) => {
                self.rules = rules;
                self.standing = Standing::default();
            }
        }
    }

    /// Answers a need, or says why the query cannot be taken.
    pub fn query(&self, query: &Query) -> Result<Matches, QueryProblem> {
        Search::new(self, query).map(|search| search.run())
    }

    /// Finds the terms that the words of a question name. A word that a story holds is no typo;
    /// the stories of restricted profiles do not count, whoever asks.
    pub fn read(&self, text: &str, how: ReadAs<'_>) -> Result<Reading, QueryProblem> {
        let is_word = |word: &str| self.texts.is_word(word);
        self.vocabulary.read(text, how, is_word)
    }

    fn put(&mut self, profile: Profile) {
        let (slot, old) = self.advocates.open(profile.advocate);
        // Joins before it leaves, so that an account does not change its number for nothing.
        let account_number = self.accounts.join(slot, &profile.member);
        self.columns.set(slot, account_number);
        let is_new = old.is_none();
        let old_document = old.map_or_else(Document::default, |old| {
            self.accounts.leave(slot, &old.member);
            old.document
        });
        let counted = !profile.restricted;
        let document = self
            .texts
            .replace(slot, old_document, &profile.text, counted);
        let tags = Tags::new(&self.taxonomy, &profile.terms);
        let is_as_before = !is_new
            && self.sets.is_restricted(slot) == profile.restricted
            && *self.columns.held(slot) == *tags.held;
        if !is_as_before {
            self.clear_sets(slot);
            self.sets.put(slot, profile.restricted, &tags);
            self.columns.tag(slot, &tags);
        }
        let row = Row {
            advocate: profile.advocate,
            account: profile.account,
            contact: profile.contact,
            terms: profile.terms,
            document,
            member: profile.member,
            verified_on: profile.verified_on,
        };
        self.standing.change(&self.rules, slot, Some(&row));
        self.advocates.put(slot, row);
    }

    fn remove(&mut self, advocate: AdvocateId) {
        if let Some((slot, old)) = self.advocates.remove(advocate) {
            self.accounts.leave(slot, &old.member);
            self.texts.remove(slot, &old.document);
            self.clear_sets(slot);
            self.columns.tag(slot, &Tags::default());
            self.standing.change(&self.rules, slot, None);
        }
    }

    fn clear_sets(&mut self, slot: u32) {
        let columns = &self.columns;
        let (held, with_ancestors) = (columns.held(slot), columns.with_ancestors(slot));
        self.sets.clear(slot, held, with_ancestors);
    }

    fn tag_again(&mut self, taxonomy: Taxonomy) {
        let mut sets = Sets::new(&taxonomy);
        for (slot, row) in self.advocates.iter() {
            let tags = Tags::new(&taxonomy, &row.terms);
            sets.put(slot, self.sets.is_restricted(slot), &tags);
            self.columns.tag(slot, &tags);
        }
        self.sets = sets;
        self.shelf.tag_again(&taxonomy);
        self.vocabulary = Vocabulary::new(&taxonomy);
        self.taxonomy = taxonomy;
    }
}
