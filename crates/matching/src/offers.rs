//! What advocates offer a need, criterion by criterion, whether or not they match it or can be had:
//! what is learned from. Decides whom else to compare with; refuses to know who was taken.

use domain::id::{AccountId, AdvocateId};

use crate::{
    index::Index,
    plan::Plan,
    query::{Query, QueryProblem},
};

/// What one advocate offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub advocate: AdvocateId,
    pub account: AccountId,
    /// The fit of each criterion in the order of the query, the text last; each from 0 to
    /// [`domain::taxonomy::FULL`].
    pub fits: Vec<u32>,
}

impl Index {
    /// What the named advocates offer, as far as they are known, and then at most `others` more,
    /// spread evenly over all that the query may see; `turn` turns to other ones. Accounts that the
    /// query leaves out, and those of the named, are not among the others.
    pub fn offers(
        &self,
        query: &Query,
        named: &[AdvocateId],
        others: usize,
        turn: usize,
    ) -> Result<Vec<Offer>, QueryProblem> {
        let plan = Plan::new(&self.taxonomy, (&self.texts, self.shelf.texts()), query)?;
        let named = named.iter().filter_map(|id| self.advocates.number(*id));
        let named = named.filter_map(|slot| self.offer(&plan, slot));
        let mut offers: Vec<Offer> = named.collect();
        let mut gone: Vec<AccountId> = offers.iter().map(|offer| offer.account).collect();
        gone.extend(&query.exclude_accounts);
        let slots = self.advocates.len();
        let spread = (0..others.min(slots)).map(|place| (turn + place * slots / others) % slots);
        offers.extend(
            spread
                .map(|slot| slot as u32)
                .filter(|slot| query.restricted_visible || !self.sets.is_restricted(*slot))
                .filter_map(|slot| self.offer(&plan, slot))
                .filter(|offer| !gone.contains(&offer.account)),
        );
        Ok(offers)
    }

    /// How well one advocate fits a need, from 0 to [`domain::taxonomy::FULL`], whether or not they
    /// match it or can be had; nothing without a criterion and for somebody unknown.
    pub fn relevance(
        &self,
        query: &Query,
        advocate: AdvocateId,
    ) -> Result<Option<u32>, QueryProblem> {
        let plan = Plan::new(&self.taxonomy, (&self.texts, self.shelf.texts()), query)?;
        let Some(slot) = self.advocates.number(advocate) else {
            return Ok(None);
        };
        let idf = self.held_idf(&plan, slot);
        let score = plan.score(self.columns.held(slot), idf, &mut plan.scratch());
        Ok(score.relevance)
    }

    fn held_idf(&self, plan: &Plan, slot: u32) -> u64 {
        let words = plan.words().iter();
        let held = words.filter(|word| self.texts.holders(word).contains(slot));
        held.map(|word| word.idf).sum()
    }

    fn offer(&self, plan: &Plan, slot: u32) -> Option<Offer> {
        let row = self.advocates.get(slot)?;
        let idf = self.held_idf(plan, slot);
        let held = self.columns.held(slot);
        let points = plan.points(&self.taxonomy, held, !row.document.is_empty(), idf);
        Some(Offer {
            advocate: row.advocate,
            account: row.account,
            fits: points.into_iter().map(|points| points.fit).collect(),
        })
    }
}
