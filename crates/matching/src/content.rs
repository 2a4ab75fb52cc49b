//! Content that answers the same need. A must only counts towards the relevance here: a clip that
//! misses one criterion may still spare a person.

use std::cmp::Reverse;

use domain::{
    id::{ContentId, TermId},
    taxonomy::Taxonomy,
};

use crate::{
    index::Item,
    matches::ContentRow,
    plan::Plan,
    query::Query,
    slots::Slots,
    tags::Tags,
    texts::{Document, Texts},
};

/// Rows of content in an answer, if its page is that long.
const ROWS_MAX: usize = 20;

/// A clone shares everything until one of the two is written.
#[derive(Clone, Default)]
pub(crate) struct Shelf {
    items: Slots<ContentId, Shelved>,
    texts: Texts,
}

#[derive(Clone)]
struct Shelved {
    /// Without its text and terms, which live in the dictionary and the tags.
    item: Item,
    terms: Vec<TermId>,
    tags: Tags,
    document: Document,
}

impl Shelf {
    pub(crate) fn put(&mut self, taxonomy: &Taxonomy, mut item: Item) {
        let (slot, old) = self.items.open(item.content);
        let old = old.map(|old| old.document.clone()).unwrap_or_default();
        let text = std::mem::take(&mut item.text);
        let terms = std::mem::take(&mut item.terms);
        // The words of what may not be shown must not show in what is guessed.
        let counted = item.usable;
        let shelved = Shelved {
            item,
            tags: Tags::new(taxonomy, &terms),
            terms,
            document: self.texts.replace(slot, old, &text, counted),
        };
        self.items.put(slot, shelved);
    }

    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    pub(crate) fn remove(&mut self, content: ContentId) {
        if let Some((slot, old)) = self.items.remove(content) {
            self.texts.remove(slot, &old.document);
        }
    }

    pub(crate) fn tag_again(&mut self, taxonomy: &Taxonomy) {
        self.items.renew(|shelved| Shelved {
            tags: Tags::new(taxonomy, &shelved.terms),
            ..shelved.clone()
        });
    }

    /// The best content and how much there is: of the asked stage first, then by relevance.
    pub(crate) fn find(
        &self,
        taxonomy: &Taxonomy,
        plan: &Plan,
        query: &Query,
    ) -> (Vec<ContentRow>, usize) {
        let matched = self.texts.matched(plan.words(), self.items.len());
        let mut scratch = plan.scratch();
        let mut found = Vec::new();
        for (slot, shelved) in self.items.iter() {
            if !may_be_shown(&shelved.item, query) {
                continue;
            }
            let score = plan.score(&shelved.tags.held, matched[slot as usize], &mut scratch);
            if score.relevance == Some(0) {
                continue;
            }
            let is_of_stage = query.stage.is_some() && shelved.item.stage == query.stage;
            let order = (!is_of_stage, Reverse(score.relevance), shelved.item.content);
            found.push((order, slot));
        }
        let total = found.len();
        let page = ROWS_MAX.min(query.limit);
        if page < total {
            found.select_nth_unstable(page);
            found.truncate(page);
        }
        found.sort_unstable();
        let rows = found
            .into_iter()
            .filter_map(|((of_other_stage, relevance, content), slot)| {
                let shelved = self.items.get(slot)?;
                let has_text = !shelved.document.is_empty();
                let idf = matched[slot as usize];
                Some(ContentRow {
                    content,
                    account: shelved.item.account,
                    advocate: shelved.item.advocate,
                    relevance: relevance.0,
                    points: plan.points(taxonomy, &shelved.tags.held, has_text, idf),
                    is_of_stage: !of_other_stage,
                })
            });
        (rows.collect(), total)
    }
}

/// Usable today, not left out, and not the prospect's own story.
fn may_be_shown(item: &Item, query: &Query) -> bool {
    let embargoed = item.embargo_until.is_some_and(|first| query.today < first);
    let expired = item.expires_on.is_some_and(|last| last < query.today);
    let left_out = item.account.is_some_and(|account| {
        query.prospect == Some(account) || query.exclude_accounts.contains(&account)
    }) || item
        .advocate
        .is_some_and(|advocate| query.exclude_advocates.contains(&advocate));
    item.usable && !embargoed && !expired && !left_out
}
