//! The index itself: what it holds and how changes reach it. A change is seen by the next query.

use std::{collections::HashSet, sync::Arc};

use domain::{
    activity::Activity,
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
    engine::Bitmap,
    matches::Matches,
    parallel,
    query::{Query, QueryProblem},
    recognise::{ReadAs, Reading},
    search::Search,
    sets::Sets,
    slots::Slots,
    standing::Standing,
    tags::Tags,
    texts::{Document, Gathered, Texts},
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

/// All advocates and content, ready to be matched. A clone costs some pointers.
#[derive(Clone)]
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
    vocabulary: Arc<Vocabulary>,
}

#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) advocate: AdvocateId,
    pub(crate) account: AccountId,
    pub(crate) contact: ContactId,
    terms: Vec<TermId>,
    pub(crate) document: Document,
    pub(crate) member: Member,
    pub(crate) verified_on: Option<Day>,
}

/// The last profile of every advocate.
fn latest(mut profiles: Vec<Profile>) -> Vec<Profile> {
    let mut seen = HashSet::with_capacity(profiles.len());
    profiles.reverse();
    profiles.retain(|profile| seen.insert(profile.advocate));
    profiles.reverse();
    profiles
}

impl Index {
    pub fn new(taxonomy: Taxonomy, rules: Rules) -> Self {
        Self {
            vocabulary: Arc::new(Vocabulary::new(&taxonomy)),
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

    /// The index of all that there is: the same as from one change after the other, and sooner.
    pub fn build(
        taxonomy: Taxonomy,
        rules: Rules,
        profiles: Vec<Profile>,
        items: Vec<Item>,
    ) -> Self {
        let profiles = latest(profiles);
        let spans = parallel::spans(&profiles, |span| {
            let tags = span.iter().map(|one| Tags::new(&taxonomy, &one.terms));
            let texts = span.iter().map(|one| one.text.as_str());
            (Gathered::of(texts), tags.collect::<Vec<_>>())
        });
        let (texts, tags): (Vec<_>, Vec<_>) = spans.into_iter().unzip();
        let open = profiles.iter().zip(0..).filter(|(one, _)| !one.restricted);
        let (texts, documents) = Texts::of(texts, Bitmap::of(open.map(|(_, slot)| slot)));
        let mut index = Self::new(taxonomy, rules);
        index.texts = texts;
        let documents = tags.into_iter().flatten().zip(documents);
        for (profile, (tags, document)) in profiles.into_iter().zip(documents) {
            let (slot, _) = index.advocates.open(profile.advocate);
            let account_number = index.accounts.join(slot, &profile.member);
            index.columns.set(slot, account_number);
            index.tag(slot, profile.restricted, &tags);
            index.seat(slot, profile, document);
        }
        for item in items {
            index.shelf.put(&index.taxonomy, item);
        }
        index
    }

    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Advocate(profile) => self.put(profile),
            Change::RemoveAdvocate(advocate) => self.remove(advocate),
            Change::Content(item) => self.shelf.put(&self.taxonomy, item),
            Change::RemoveContent(content) => self.shelf.remove(content),
            Change::Taxonomy(taxonomy) => self.tag_again(taxonomy),
            // Rules are read again with every setting, and seldom are others.
            Change::Rules(rules) if rules == self.rules => {}
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

    /// The same index where the same terms are written in other ways.
    pub fn reworded(&self, taxonomy: Taxonomy) -> Self {
        Self {
            vocabulary: Arc::new(Vocabulary::new(&taxonomy)),
            taxonomy,
            ..self.clone()
        }
    }

    /// Works out ahead who can be had for the activity on the day, so that the first question about
    /// them does not wait for it.
    pub fn get_ready(&self, activity: Activity, day: Day, today: Day) {
        self.standing
            .of(&self.rules, &self.advocates, (activity, day, today));
    }

    /// Whether a question about the day, asked today, finds all of that worked out.
    pub fn is_ready(&self, activity: Activity, day: Day, today: Day) -> bool {
        self.standing.is_known((activity, day, today))
    }

    /// How many accounts have advocates, or had some at one time.
    pub fn accounts(&self) -> usize {
        self.accounts.len()
    }

    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Finds the terms that the words of a question name. A word that a story holds is no typo;
    /// the stories of restricted profiles do not count, whoever asks.
    pub fn read(&self, text: &str, how: ReadAs<'_>) -> Result<Reading, QueryProblem> {
        let is_word = |word: &str| self.texts.is_word(word);
        self.vocabulary.read(text, how, is_word)
    }

    fn put(&mut self, profile: Profile) {
        let tags = Tags::new(&self.taxonomy, &profile.terms);
        let (slot, old) = self.advocates.open(profile.advocate);
        // Joins before it leaves, so that an account does not change its number for nothing.
        let account_number = self.accounts.join(slot, &profile.member);
        self.columns.set(slot, account_number);
        let is_new = old.is_none();
        let old_document = old.map_or_else(Document::default, |old| {
            self.accounts.leave(slot, &old.member);
            old.document.clone()
        });
        let counted = !profile.restricted;
        let document = self
            .texts
            .replace(slot, old_document, &profile.text, counted);
        let is_as_before = !is_new
            && self.sets.is_restricted(slot) == profile.restricted
            && *self.columns.held(slot) == *tags.held;
        if !is_as_before {
            self.clear_sets(slot);
            self.tag(slot, profile.restricted, &tags);
        }
        self.seat(slot, profile, document);
    }

    fn tag(&mut self, slot: u32, restricted: bool, tags: &Tags) {
        self.sets.put(slot, restricted, tags);
        self.columns.tag(slot, tags);
    }

    fn seat(&mut self, slot: u32, profile: Profile, document: Document) {
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
        self.vocabulary = Arc::new(Vocabulary::new(&taxonomy));
        self.taxonomy = taxonomy;
    }
}
