//! Needs held against everybody who could serve them, under the rules that protect them.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use domain::{
    id::{AccountId, AdvocateId, FacetId, NeedId, TermId},
    protection::{self, Member, Occupied, Rules},
    record::RecordKind,
    taxonomy::{Fit as TermFit, Taxonomy},
    time::Day,
};
use planning::needs::{self, Fit, Placed};
use storage::need::{self, Need};

use crate::{
    App,
    actor::Actor,
    error::Error,
    member::grouped,
    plan::{
        assume::PlanAssumptions,
        ground::{Ground, KnownAccount, KnownPerson},
        pipeline::Pipeline,
    },
    policy, setting,
};

/// Who could serve which need.
pub(super) struct Served {
    pub today: Day,
    pub rules: Rules,
    pub onboarding_days: i64,
    /// By need; none for one that is closed or over.
    pub needs: HashMap<NeedId, ServedNeed>,
    /// Every account that is asked for something from today on.
    pub asks: Vec<AccountAsks>,
}

/// How a need is served.
#[derive(Clone, Debug, Default)]
pub(super) struct ServedNeed {
    pub accounts: Vec<AccountId>,
    pub next_free: Option<Day>,
    /// Accounts with somebody who fits, free or not.
    pub fits: usize,
}

/// What an account is asked for, by day.
pub(super) struct AccountAsks {
    pub account: AccountId,
    pub given: Vec<(Day, domain::activity::Activity)>,
    pub needs: Vec<NeedId>,
}

/// Holds everybody's open needs against supply; `more` are told about beside them.
pub(super) async fn serve(app: &App, actor: &Actor, more: &[Need]) -> Result<Served, Error> {
    let today = app.clock.today();
    let mut open = need::open_from(&app.store, today).await?;
    let known: HashSet<NeedId> = open.iter().map(|row| row.id).collect();
    let beyond = more.iter().filter(|row| !known.contains(&row.id));
    open.extend(
        beyond
            .filter(|row| row.closed_at.is_none() && row.need_on >= today)
            .cloned(),
    );
    let rules = setting::read::<Rules>(&app.store).await?.value;
    let assumptions = setting::read::<PlanAssumptions>(&app.store).await?.value;
    let ground = app.plans.ground.now(app).await?;
    let verified_from = today.plus_days(-assumptions.verified_days);
    let sees_restricted = policy::sees_restricted(actor);
    let pool = Pool::new(sees_restricted, &ground, verified_from, |_, _| true);
    let taxonomy = app.index.taxonomy(app).await?;
    let criteria = criteria(app, &taxonomy, &open).await?;
    let given = given(&pool.crowd, today);
    let (pool, stated, placed) = pool.place(&open, &criteria, &rules, today);
    Ok(Served {
        asks: asks(&pool.ids, given, &open, &placed),
        needs: told(&pool.ids, &open, &stated, placed),
        onboarding_days: assumptions.onboarding_days,
        today,
        rules,
    })
}

/// What open needs take of the supply before any deal does: they are certain, on their day.
#[derive(Debug, Default)]
pub(in crate::plan) struct Reserved {
    /// The uses that each account would give to them.
    pub uses: HashMap<AccountId, Vec<Occupied>>,
    /// By need, in the order given, the accounts that could serve it.
    pub served: Vec<usize>,
}

/// Open needs and the verified people who could serve them, to be placed as they are or otherwise.
pub(in crate::plan) struct Placing {
    pool: Pool,
    /// Of each account, the uses that are known before anything is placed.
    known: Vec<usize>,
    needs: Arc<Vec<Need>>,
    criteria: HashMap<NeedId, Criteria>,
    today: Day,
}

impl Placing {
    /// Reads what needs ask for, in one query. They are tried as the needs calendar tries them.
    pub async fn read(
        app: &App,
        sees_restricted: bool,
        pipeline: &Pipeline,
        (today, verified_from): (Day, Day),
    ) -> Result<Self, Error> {
        let (mut pool, mut asked) = (Pool::default(), HashMap::new());
        if !pipeline.needs.is_empty() {
            asked = criteria(app, &pipeline.taxonomy, &pipeline.needs).await?;
            let none = Criteria::default();
            let could_serve = |id: AccountId, person: &KnownPerson| {
                let mut needs = pipeline.needs.iter();
                needs.any(|row| {
                    let criteria = asked.get(&row.id).unwrap_or(&none);
                    row.account_id.is_none_or(|named| named == id)
                        && has_all(criteria, &person.held)
                })
            };
            pool = Pool::new(
                sees_restricted,
                &pipeline.ground,
                verified_from,
                could_serve,
            );
        }
        Ok(Self {
            known: pool.crowd.iter().map(|people| promised(people)).collect(),
            needs: Arc::clone(&pipeline.needs),
            criteria: asked,
            pool,
            today,
        })
    }

    /// Whether the same needs stand before the same people, so that they are placed alike under the same rules.
    pub fn is_like(&self, other: &Self) -> bool {
        let sources = self.pool.sources.iter().zip(&other.pool.sources);
        self.today == other.today
            && self.needs == other.needs
            && self.criteria == other.criteria
            && self.pool.ids == other.pool.ids
            && sources
                .into_iter()
                .all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// Places the needs, which are some of those that were read, without the people who are lost.
    pub fn place(&self, open: &[Need], rules: &Rules, lost: &HashSet<AdvocateId>) -> Reserved {
        if open.is_empty() {
            return Reserved::default();
        }
        let mut pool = self.pool.clone();
        if !lost.is_empty() {
            for people in &mut pool.crowd {
                people.retain(|(member, _)| !lost.contains(&member.advocate));
            }
        }
        let (pool, _, placed) = pool.place(open, &self.criteria, rules, self.today);
        let taken = pool.crowd.iter().zip(&self.known).map(|(people, known)| {
            let all = people.first().map(|(member, _)| member.occupied.as_slice());
            all.and_then(|all| all.get(*known..))
                .unwrap_or_default()
                .to_vec()
        });
        Reserved {
            uses: pool
                .ids
                .into_iter()
                .zip(taken)
                .filter(|(_, taken)| !taken.is_empty())
                .collect(),
            served: placed.iter().map(|one| one.accounts.len()).collect(),
        }
    }
}

/// Uses of an account that are known before anything is placed; each of its advocates carries all.
fn promised(people: &[Held]) -> usize {
    people
        .first()
        .map_or(0, |(member, _)| member.occupied.len())
}

/// Verified people by account.
#[derive(Clone, Default)]
struct Pool {
    ids: Vec<AccountId>,
    crowd: Vec<Vec<Held>>,
    /// What they were read from.
    sources: Vec<Arc<KnownAccount>>,
}

impl Pool {
    /// The people of accounts that have somebody of use.
    fn new(
        sees_restricted: bool,
        ground: &Ground,
        verified_from: Day,
        is_of_use: impl Fn(AccountId, &KnownPerson) -> bool,
    ) -> Self {
        let mut pool = Self::default();
        for (id, account) in ground.accounts.iter() {
            let is_counted = |person: &&KnownPerson| {
                let is_verified = person.verified_on.is_some_and(|day| day >= verified_from);
                is_verified && (sees_restricted || !person.is_restricted)
            };
            let people = || account.people.iter().filter(is_counted);
            if !people().any(|person| is_of_use(id, person)) {
                continue;
            }
            let people = people().map(|person| (person.member.clone(), person.held.clone()));
            pool.ids.push(id);
            pool.crowd.push(people.collect());
            pool.sources.push(Arc::clone(account));
        }
        pool
    }

    /// Places the needs; the people have the placed uses among theirs afterwards.
    fn place(
        self,
        open: &[Need],
        criteria: &HashMap<NeedId, Criteria>,
        rules: &Rules,
        today: Day,
    ) -> (Self, Vec<needs::Need>, Vec<Placed>) {
        let none = Criteria::default();
        let stated: Vec<needs::Need> = open
            .iter()
            .map(|row| {
                let criteria = criteria.get(&row.id).unwrap_or(&none);
                needs::Need {
                    day: row.need_on,
                    activity: row.activity,
                    wanted: usize::try_from(row.wanted).unwrap_or(0),
                    fits: fits(row, criteria, &self.ids, &self.crowd),
                }
            })
            .collect();
        let (mut accounts, terms): (Vec<Vec<Member>>, Vec<Vec<HashSet<TermId>>>) = self
            .crowd
            .into_iter()
            .map(|people| people.into_iter().unzip())
            .unzip();
        let placed = needs::place(rules, &mut accounts, &stated, today);
        let people = accounts.into_iter().zip(terms);
        let crowd = people.map(|(members, terms)| members.into_iter().zip(terms).collect());
        let pool = Self {
            ids: self.ids,
            crowd: crowd.collect(),
            sources: self.sources,
        };
        (pool, stated, placed)
    }
}

/// Of each facet that is asked for, the terms that answer: those asked for, and what is under them.
type Criteria = Vec<HashSet<TermId>>;

/// An advocate with the terms that they, their contact and their account carry.
type Held = (Member, HashSet<TermId>);

/// What each need asks for.
async fn criteria(
    app: &App,
    taxonomy: &Taxonomy,
    open: &[Need],
) -> Result<HashMap<NeedId, Criteria>, Error> {
    let ids = open.iter().map(|row| row.id.0).collect();
    let tags = storage::tag::of(&app.store, RecordKind::Need, ids).await?;
    let by_need = grouped(tags, |tag| NeedId(tag.record_id));
    Ok(by_need
        .into_iter()
        .map(|(id, tags)| {
            let facets = grouped(tags, |tag| tag.facet_id);
            let facets: BTreeMap<FacetId, _> = facets.into_iter().collect();
            let terms = facets.into_values().map(|tags| {
                let asked = tags.iter().filter_map(|tag| taxonomy.resolve(tag.term_id?));
                asked.flat_map(|term| answering(taxonomy, term)).collect()
            });
            (
                id,
                terms
                    .filter(|terms: &HashSet<TermId>| !terms.is_empty())
                    .collect(),
            )
        })
        .collect())
}

/// The terms that answer one in full: itself, and what is under it.
fn answering(taxonomy: &Taxonomy, asked: TermId) -> impl Iterator<Item = TermId> {
    let fits = move |own| {
        matches!(
            taxonomy.fit(asked, own),
            TermFit::Same | TermFit::Descendant
        )
    };
    let terms = taxonomy.terms().iter().map(|term| term.id);
    terms.filter(move |own| fits(*own))
}

/// Whether somebody carries one of the terms of every facet.
fn has_all(criteria: &Criteria, held: &HashSet<TermId>) -> bool {
    let mut facets = criteria.iter();
    facets.all(|terms| held.iter().any(|term| terms.contains(term)))
}

/// The advocates who fit: open to the activity, of the customer that is named, and in every facet with
/// one of the terms or something under it.
fn fits(row: &Need, criteria: &Criteria, ids: &[AccountId], crowd: &[Vec<Held>]) -> Vec<Fit> {
    let mut fitting = Vec::new();
    for (account, people) in crowd.iter().enumerate() {
        if row.account_id.is_some_and(|named| named != ids[account]) {
            continue;
        }
        let is_fit = |(_, (member, held)): &(usize, &Held)| {
            protection::is_open_to(member, row.activity, row.need_on) && has_all(criteria, held)
        };
        let found = people.iter().enumerate().filter(is_fit);
        let advocates: Vec<usize> = found.map(|(place, _)| place).collect();
        if !advocates.is_empty() {
            fitting.push(Fit { account, advocates });
        }
    }
    fitting
}

/// Uses of each account that are promised already, from today on.
fn given(accounts: &[Vec<Held>], today: Day) -> Vec<Vec<(Day, domain::activity::Activity)>> {
    let promised = |people: &Vec<Held>| {
        let all = people.first().map(|(member, _)| member.occupied.as_slice());
        let ahead = all
            .unwrap_or_default()
            .iter()
            .filter(|one| one.day >= today);
        ahead.map(|one| (one.day, one.activity)).collect()
    };
    accounts.iter().map(promised).collect()
}

fn asks(
    ids: &[AccountId],
    given: Vec<Vec<(Day, domain::activity::Activity)>>,
    open: &[Need],
    placed: &[Placed],
) -> Vec<AccountAsks> {
    let mut asks: Vec<AccountAsks> = ids
        .iter()
        .zip(given)
        .map(|(account, given)| AccountAsks {
            account: *account,
            given,
            needs: Vec::new(),
        })
        .collect();
    for (row, placed) in open.iter().zip(placed) {
        for place in &placed.accounts {
            asks[*place].needs.push(row.id);
        }
        let named = row.account_id.and_then(|id| ids.binary_search(&id).ok());
        if let Some(place) = named.filter(|place| !placed.accounts.contains(place)) {
            asks[place].needs.push(row.id);
        }
    }
    asks.retain(|one| !one.given.is_empty() || !one.needs.is_empty());
    asks
}

fn told(
    ids: &[AccountId],
    open: &[Need],
    stated: &[needs::Need],
    placed: Vec<Placed>,
) -> HashMap<NeedId, ServedNeed> {
    open.iter()
        .zip(stated)
        .zip(placed)
        .map(|((row, stated), placed)| {
            let served = ServedNeed {
                accounts: placed.accounts.iter().map(|place| ids[*place]).collect(),
                next_free: placed.next_free,
                fits: stated.fits.len(),
            };
            (row.id, served)
        })
        .collect()
}
