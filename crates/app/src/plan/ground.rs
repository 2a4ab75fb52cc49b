//! What every plan stands on, in memory: deals with what they carry and asked for, and accounts with
//! their advocates. A node reads it once and follows the event log from there, as its match index does, so
//! that every plan has what was committed anywhere before it was asked.
//!
//! It holds everybody's records: who may see what is asked of it by whoever reads it. A follower changes a
//! copy that shares what did not change, so nobody who reads waits for a change.

use std::{collections::HashSet, sync::Arc};

use arc_swap::ArcSwapOption;
use domain::{
    advocate::AdvocateStatus,
    id::{AccountId, ContactId, FacetId, OpportunityId, TermId},
    protection::{Lock, Member},
    record::RecordKind,
    time::Day,
};
use storage::{
    log::Touched,
    pipeline::{self, Asked, PlannedDeal},
    projection,
};
use uuid::Uuid;

use crate::{App, error::Error};

mod pieces;
mod rows;

use pieces::Pieces;

/// Events that are followed in one go; where there are more, everything is read anew.
const EVENTS_MAX: i64 = 20_000;
/// Deals, or accounts, that are read anew one by one at most.
const TOUCHED_MAX: usize = 2_000;

/// The ground of this node.
#[derive(Default)]
pub(super) struct Live {
    state: ArcSwapOption<Ground>,
    /// One follower at a time; plans wait for it only when they are behind.
    gate: tokio::sync::Mutex<()>,
}

/// Deals and advocates at one position of the event log.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    position: i64,
    /// Rises with whatever a plan may follow from, also where it is not held here: settings, needs, goals.
    pub version: i64,
    pub deals: Pieces<OpportunityId, KnownDeal>,
    /// What accounts carry.
    carried: Pieces<AccountId, Carried>,
    /// Accounts that have an advocate or a lock.
    pub accounts: Pieces<AccountId, KnownAccount>,
}

/// Terms as they are carried, with their facets; merges are not resolved.
pub(super) type Carried = Box<[(FacetId, TermId)]>;

/// A deal with what planning knows of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KnownDeal {
    pub row: PlannedDeal,
    pub carried: Carried,
    pub asked: Option<Asked>,
    /// When somebody last looked for a reference for it in vain.
    pub searched_on: Option<Day>,
}

/// An account with those who may speak for it.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownAccount {
    pub people: Vec<KnownPerson>,
    pub locks: Vec<Lock>,
}

/// An advocate as planning reads them.
#[derive(Clone, Debug)]
pub(super) struct KnownPerson {
    pub member: Member,
    contact_id: ContactId,
    pub is_restricted: bool,
    pub verified_on: Option<Day>,
    /// What they, their contact and their account carry.
    pub held: HashSet<TermId>,
}

impl KnownPerson {
    /// What they are on a day: whoever left the company speaks for it no more than one who retired.
    pub fn status_on(&self, day: Day) -> AdvocateStatus {
        if self.member.left_on.is_some_and(|left| left <= day) {
            AdvocateStatus::Retired
        } else {
            self.member.status
        }
    }
}

impl Live {
    /// What stands now: every commit up to this call is in it.
    pub async fn now(&self, app: &App) -> Result<Arc<Ground>, Error> {
        let head = projection::position(&app.store).await?;
        if let Some(known) = self.standing_at(head) {
            return Ok(known);
        }
        let _gate = self.gate.lock().await;
        if let Some(known) = self.standing_at(head) {
            return Ok(known);
        }
        let known = self.state.load_full();
        let followed = match &known {
            Some(known) => known.followed(app, head).await?,
            None => None,
        };
        let next = match followed {
            Some(next) => next,
            None => Ground::load(app, known.map_or(0, |known| known.version + 1)).await?,
        };
        let next = Arc::new(next);
        self.state.store(Some(Arc::clone(&next)));
        Ok(next)
    }

    fn standing_at(&self, head: i64) -> Option<Arc<Ground>> {
        self.state
            .load_full()
            .filter(|known| known.position >= head)
    }
}

impl Ground {
    /// The account's terms.
    pub fn carried_by(&self, account: AccountId) -> &[(FacetId, TermId)] {
        self.carried.get(account).map_or(&[], |carried| carried)
    }

    /// Reads everything. Deals and people are read one after the other: what happens between is followed
    /// again, which changes nothing that was read with it already.
    async fn load(app: &App, version: i64) -> Result<Self, Error> {
        let (position, deals) = pipeline::load(&app.store).await?;
        let (_, people) = projection::load_people(&app.store, uses_since(app)).await?;
        let (deals, carried) = rows::deals(deals);
        let count = deals.len();
        let ground = Self {
            position,
            version,
            deals: Pieces::new(deals),
            carried: Pieces::new(carried),
            accounts: Pieces::new(rows::accounts(&people)),
        };
        tracing::info!(deals = count, "what plans stand on is loaded");
        Ok(ground)
    }

    /// The same after the events up to a position; `None` where reading everything is cheaper or safer.
    async fn followed(&self, app: &App, head: i64) -> Result<Option<Self>, Error> {
        if head - self.position > EVENTS_MAX {
            return Ok(None);
        }
        let touched = storage::log::touched_between(&app.store, self.position, head).await?;
        let touched: Vec<Touched> = touched
            .into_iter()
            .filter(|row| bears_on_plans(row.record_kind))
            .collect();
        let mut next = self.clone();
        next.position = head;
        if touched.is_empty() {
            return Ok(Some(next));
        }
        next.version += 1;
        let accounts = self.accounts_of(app, &touched).await?;
        let Some(deals) = self.deals_of(app, &touched, &accounts).await? else {
            return Ok(None);
        };
        if deals.len() > TOUCHED_MAX || accounts.len() > TOUCHED_MAX {
            return Ok(None);
        }
        next.read_again(app, &deals, &accounts).await?;
        Ok(Some(next))
    }

    /// The accounts that touched records bear on: themselves, and those of touched people, before and now.
    async fn accounts_of(
        &self,
        app: &App,
        touched: &[Touched],
    ) -> Result<HashSet<AccountId>, Error> {
        let kinds = [RecordKind::Contact, RecordKind::Advocate];
        let people: HashSet<Uuid> = of_kinds(touched, &kinds).collect();
        let mut accounts: HashSet<AccountId> = of_kinds(touched, &[RecordKind::Account])
            .map(AccountId)
            .collect();
        if people.is_empty() {
            return Ok(accounts);
        }
        let is_touched = |person: &KnownPerson| {
            people.contains(&person.member.advocate.0) || people.contains(&person.contact_id.0)
        };
        let before = self.accounts.iter();
        let before = before.filter(|(_, account)| account.people.iter().any(is_touched));
        accounts.extend(before.map(|(id, _)| id));
        let people: Vec<Uuid> = people.iter().copied().collect();
        accounts.extend(projection::accounts_of(&app.store, &people).await?);
        Ok(accounts)
    }

    /// The deals that touched records bear on: themselves, those that requests and uses are for, and
    /// those of touched accounts, which a merge may have moved. `None` where a request or a use is gone
    /// and nothing says which deal it was for.
    async fn deals_of(
        &self,
        app: &App,
        touched: &[Touched],
        accounts: &HashSet<AccountId>,
    ) -> Result<Option<HashSet<OpportunityId>>, Error> {
        let mut deals: HashSet<OpportunityId> = of_kinds(touched, &[RecordKind::Opportunity])
            .map(OpportunityId)
            .collect();
        let kinds = [RecordKind::Request, RecordKind::Candidate, RecordKind::Use];
        let behind: HashSet<Uuid> = of_kinds(touched, &kinds).collect();
        if !behind.is_empty() {
            let ids: Vec<Uuid> = behind.iter().copied().collect();
            let found = pipeline::for_deals(&app.store, &ids).await?;
            if found.len() < behind.len() {
                return Ok(None);
            }
            deals.extend(found.iter().filter_map(|row| row.opportunity_id));
        }
        if !accounts.is_empty() {
            let is_theirs = |deal: &KnownDeal| {
                let account = deal.row.account_id;
                account.is_some_and(|account| accounts.contains(&account))
            };
            let theirs = self.deals.iter().filter(|(_, deal)| is_theirs(deal));
            deals.extend(theirs.map(|(id, _)| id));
        }
        Ok(Some(deals))
    }

    async fn read_again(
        &mut self,
        app: &App,
        deals: &HashSet<OpportunityId>,
        accounts: &HashSet<AccountId>,
    ) -> Result<(), Error> {
        let ids: Vec<OpportunityId> = deals.iter().copied().collect();
        let of: Vec<AccountId> = accounts.iter().copied().collect();
        let found = pipeline::load_some(&app.store, &ids, &of).await?;
        let people = projection::load_accounts(&app.store, &of, uses_since(app)).await?;
        let (mut known, mut carried) = rows::deals(found);
        for id in ids {
            self.deals.set(id, known.remove(&id));
        }
        let mut speaking = rows::accounts(&people);
        for id in of {
            self.carried.set(id, carried.remove(&id));
            self.accounts.set(id, speaking.remove(&id));
        }
        Ok(())
    }
}

fn of_kinds<'a>(touched: &'a [Touched], kinds: &'a [RecordKind]) -> impl Iterator<Item = Uuid> {
    let rows = touched
        .iter()
        .filter(|row| kinds.contains(&row.record_kind));
    rows.map(|row| row.record_id)
}

/// The first day whose uses are read: a plan may be asked for as of a day that is long past.
fn uses_since(app: &App) -> Day {
    app.clock.today().plus_days(-100 * 366)
}

/// Whether a plan may follow from records of the kind.
fn bears_on_plans(kind: RecordKind) -> bool {
    match kind {
        RecordKind::Account
        | RecordKind::Contact
        | RecordKind::Opportunity
        | RecordKind::Advocate
        | RecordKind::Request
        | RecordKind::Candidate
        | RecordKind::Use
        | RecordKind::Facet
        | RecordKind::Term
        | RecordKind::Lock
        | RecordKind::Setting
        | RecordKind::UnmetSearch
        | RecordKind::ActivityType
        | RecordKind::GrowthGoal
        | RecordKind::Need
        | RecordKind::Hold => true,
        RecordKind::User
        | RecordKind::Content
        | RecordKind::Share
        | RecordKind::Session
        | RecordKind::Token
        | RecordKind::Import
        | RecordKind::Mapping
        | RecordKind::Job
        | RecordKind::SavedSearch
        | RecordKind::ListView
        | RecordKind::Plan
        | RecordKind::RecruitingTarget
        | RecordKind::Scenario
        | RecordKind::BulkChange
        | RecordKind::Comment => false,
    }
}
