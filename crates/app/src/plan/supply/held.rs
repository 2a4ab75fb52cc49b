//! What one account can give to a plan, and what that follows from.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId},
    protection::{self, Member, Occupied, Rules},
    time::Day,
};
use planning::supply::{Uses, uses};

use super::{
    Usable,
    fitting::{Fitting, goals_of},
};
use crate::plan::{ground::KnownAccount, pipeline::Pipeline};

/// Who can be asked at an account, with what they can give.
pub(super) struct Held {
    /// What it was read from; nothing for one that a scenario changed.
    source: Option<Arc<KnownAccount>>,
    /// The uses that needs take, which stand last among those of everybody here.
    taken: Vec<Occupied>,
    /// Who can be asked, with the numbers of the segments they fit.
    pub people: Vec<(Member, BTreeSet<u32>)>,
    /// Advocates whose profile was not verified lately, counted or not.
    pub unverified: usize,
    /// Who is left out as unverified, with the numbers of the segments they fit.
    pub left_out: Vec<(AdvocateId, BTreeSet<u32>)>,
    /// The segments that one of its people fits, rising.
    fits: Vec<u32>,
    uses: Uses,
}

impl Held {
    /// What these people of one account can give from a day on.
    pub fn new(
        people: Vec<(Member, BTreeSet<u32>)>,
        rules: &Rules,
        activity: Activity,
        as_of: Day,
        window_ends: &[i64],
    ) -> Self {
        let (members, fits): (Vec<Member>, Vec<BTreeSet<u32>>) = people.into_iter().unzip();
        let all: BTreeSet<u32> = fits.iter().flatten().copied().collect();
        Self {
            source: None,
            taken: Vec::new(),
            uses: uses(rules, &members, activity, as_of, window_ends),
            people: members.into_iter().zip(fits).collect(),
            unverified: 0,
            left_out: Vec::new(),
            fits: all.into_iter().collect(),
        }
    }

    /// Whether it was read from this record, with the same uses taken by needs.
    pub fn is_of(&self, source: &Arc<KnownAccount>, taken: &[Occupied]) -> bool {
        let is_same = |own: &Arc<KnownAccount>| Arc::ptr_eq(own, source);
        self.source.as_ref().is_some_and(is_same) && self.taken == taken
    }

    /// `None` for an account that can give nothing.
    pub fn usable(&self, account: AccountId, acceptance: f64) -> Option<Usable> {
        let (per_window, total) = self.uses.units(acceptance);
        (total > 0).then(|| Usable {
            account,
            fits: self.fits.clone(),
            advocates: self.people.len(),
            per_window,
            total,
        })
    }
}

/// What accounts are read with.
pub(super) struct Desk<'a> {
    pub pipeline: &'a Pipeline,
    pub fitting: Fitting,
    pub rules: &'a Rules,
    pub activity: Activity,
    pub verified_from: Day,
    pub with_unverified: bool,
    pub sees_restricted: bool,
}

impl Desk<'_> {
    pub fn hold(&self, source: &Arc<KnownAccount>, taken: &[Occupied]) -> Held {
        let as_of = self.pipeline.forecast.as_of;
        let (mut people, mut unverified, mut left_out) = (Vec::new(), 0, Vec::new());
        for person in &source.people {
            let is_hidden = person.is_restricted && !self.sees_restricted;
            if is_hidden || !protection::is_open_to(&person.member, self.activity, as_of) {
                continue;
            }
            let mut fits = self.fitting.segments_of(&person.held);
            fits.extend(goals_of(self.pipeline, &person.held));
            let verified = person.verified_on;
            if verified.is_none_or(|day| day < self.verified_from) {
                unverified += 1;
                if !self.with_unverified {
                    left_out.push((person.member.advocate, fits));
                    continue;
                }
            }
            let mut member = person.member.clone();
            member.occupied.extend(taken.iter().cloned());
            people.push((member, fits));
        }
        let ends = &self.pipeline.window_ends;
        Held {
            source: Some(Arc::clone(source)),
            taken: taken.to_vec(),
            unverified,
            left_out,
            ..Held::new(people, self.rules, self.activity, as_of, ends)
        }
    }
}
