//! The index itself: what it holds and how changes reach it. A change is seen by the next query.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, ContactId, ContentId, TermId},
    opportunity::DealStage,
    protection::{Member, Rules},
    taxonomy::Taxonomy,
    text,
    time::Day,
};

use crate::{
    accounts::Accounts,
    columns::Columns,
    content::Shelf,
    matches::Matches,
    parallel,
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

/// What a span of profiles says, read apart from all others.
struct Digest {
    /// Each word that occurs, once.
    words: Vec<String>,
    /// The words of a profile as places in `words`, and its tags.
    rows: Vec<(Vec<u32>, Tags)>,
}

impl Digest {
    fn of(taxonomy: &Taxonomy, profiles: &[Profile]) -> Self {
        let mut words = Vec::new();
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut place = |word: &str| {
            if let Some(place) = places.get(word) {
                return *place;
            }
            let place = words.len() as u32;
            words.push(word.to_owned());
            places.insert(word.to_owned(), place);
            place
        };
        let row = |profile: &Profile| {
            let mut held = Vec::new();
            text::each_word(&profile.text, |word| held.push(place(word)));
            (held, Tags::new(taxonomy, &profile.terms))
        };
        let rows = profiles.iter().map(row).collect();
        Self { words, rows }
    }
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
        let mut index = Self::new(taxonomy, rules);
        let profiles = latest(profiles);
        let spans = parallel::spans(&profiles, |span| Digest::of(&index.taxonomy, span));
        let mut profiles = profiles.into_iter();
        for digest in spans {
            let numbers = digest.words.iter().map(|word| index.texts.enter(word));
            let numbers: Vec<u32> = numbers.collect();
            for ((words, tags), profile) in digest.rows.into_iter().zip(&mut profiles) {
                let words = words.into_iter().map(|word| numbers[word as usize]);
                index.place(profile, &tags, words.collect());
            }
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
        let words = self.texts.enter_all(&profile.text);
        self.place(profile, &tags, words);
    }

    fn place(&mut self, profile: Profile, tags: &Tags, words: Vec<u32>) {
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
        let document = self.texts.put(slot, old_document, words, counted);
        let is_as_before = !is_new
            && self.sets.is_restricted(slot) == profile.restricted
            && *self.columns.held(slot) == *tags.held;
        if !is_as_before {
            self.clear_sets(slot);
            self.sets.put(slot, profile.restricted, tags);
            self.columns.tag(slot, tags);
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
        self.vocabulary = Arc::new(Vocabulary::new(&taxonomy));
        self.taxonomy = taxonomy;
    }
}
