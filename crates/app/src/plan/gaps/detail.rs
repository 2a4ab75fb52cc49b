//! What stands behind one segment's gap: its deals with what is missing of each, and the accounts that
//! could serve it with who speaks there and what they serve now.

use std::collections::{BTreeMap, HashMap};

use domain::{
    id::{AccountId, AdvocateId, OpportunityId},
    time::Day,
};
use serde::Serialize;

use super::{
    AskGaps, Asking, GapSegment, RecruitProfile, Solved, references, sums::Sums, tell::named,
};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    people,
    plan::demand::decimal,
    policy::{self, Permission},
};

/// The key of all segments together, which opens what stands behind the sums of the plan.
pub const ALL_KEY: &str = "~all";
/// Deals of one answer at most, by falling money at risk.
pub const DEALS_MAX: usize = 200;
/// Accounts of one answer at most, those that serve the segment first.
pub const ACCOUNTS_MAX: usize = 100;
/// Advocates who are named of one account at most.
pub const NAMED_MAX: usize = 5;
/// Unverified advocates who are named at most.
pub const UNVERIFIED_MAX: usize = 50;

/// One segment's gap with what it is made of.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GapDetail {
    pub segment: GapSegment,
    /// What one more advocate of this profile would bring; absent where nothing is missing.
    pub recruit: Option<RecruitProfile>,
    /// Deals with a need in the windows, 200 at most.
    pub deals: Vec<GapDeal>,
    /// Deals with a need in the windows, the ones left out too.
    pub deal_count: usize,
    /// Accounts that fit and can give a use, 100 at most.
    pub accounts: Vec<GapAccount>,
    /// Advocates who fit but whose profile was not verified lately, and who are left out therefore.
    pub unverified: usize,
    /// Who they are, 50 at most, for who may read advocates.
    pub unverified_people: Vec<GapAdvocate>,
}

/// An advocate behind a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct GapAdvocate {
    pub advocate_id: AdvocateId,
    /// As the reader may know them.
    pub display_name: String,
}

/// A deal behind a gap.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GapDeal {
    pub id: OpportunityId,
    pub name: String,
    /// That it asks, from 0 to 1.
    pub chance: f64,
    /// It has asked and nobody gives it, or somebody looked for it in vain.
    pub is_observed: bool,
    /// When somebody last looked for a reference for it and found nobody.
    pub searched_on: Option<Day>,
    pub need_on: Option<Day>,
    pub money: Option<String>,
    pub needed: f64,
    pub covered: f64,
    pub money_at_risk: String,
    pub is_day_estimated: bool,
    pub is_money_estimated: bool,
}

/// An account that can serve the segment.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GapAccount {
    /// Absent for who may not read accounts.
    pub account: Option<AccountRef>,
    /// Its advocates who can be asked.
    pub advocates: usize,
    /// Those of them who fit the segment.
    pub fitting: usize,
    /// Who these are, 5 at most, for who may read advocates.
    pub people: Vec<GapAdvocate>,
    /// References that it can give until the last window's end, anywhere.
    pub gives: f64,
    /// References that the plan has it give to this segment.
    pub gives_here: f64,
    /// References that the plan has it give to other segments, where they cover more money.
    pub gives_elsewhere: f64,
}

/// What of the plan is opened.
#[derive(Clone, Copy)]
enum Part {
    All,
    Segment(Option<u32>),
}

impl Part {
    fn holds(self, segment: Option<u32>) -> bool {
        match self {
            Self::All => true,
            Self::Segment(own) => own == segment,
        }
    }
}

/// Opens one segment's gap, or the plan as a whole. The key is one that the gaps named, or [`ALL_KEY`].
pub async fn get(app: &App, actor: &Actor, ask: &AskGaps, key: &str) -> Result<GapDetail, Error> {
    let solved = Solved::read(app, actor, ask).await?;
    let (total, by_segment) = solved.sums();
    let mut segments = by_segment
        .iter()
        .map(|((is_unknown, number), sums)| ((!is_unknown).then_some(*number), sums));
    let (part, sums) = if key == ALL_KEY {
        (Part::All, &total)
    } else {
        let found = segments.find(|(segment, _)| solved.pipeline.key(*segment) == key);
        let (segment, sums) = found.ok_or(Error::NotFound)?;
        (Part::Segment(segment), sums)
    };
    let serving = solved.serving(part);
    let ids = serving.iter().map(|(account, _)| *account).collect();
    let names = solved.names(app, actor, ids).await?;
    let (mut deals, deal_count) = solved.deals_of(part);
    let ids = deals.iter().map(|deal| deal.id).collect();
    let rows = storage::opportunity::by_ids(&app.store, ids).await?;
    for deal in &mut deals {
        let row = rows.get(&deal.id);
        deal.name = row.map_or_else(String::new, |row| row.name.clone());
    }
    let behind = People::read(app, actor, &solved, part, &serving).await?;
    Ok(GapDetail {
        segment: match part {
            Part::All => solved.all(sums, serving.first(), &names),
            Part::Segment(segment) => solved.segment(segment, sums, &solved.most_used(), &names),
        },
        recruit: solved
            .recruits()
            .iter()
            .find(|recruit| recruit.key == key)
            .cloned(),
        deals,
        deal_count,
        unverified: match part {
            Part::All => solved.supply.unverified,
            Part::Segment(segment) => {
                segment.map_or(0, |number| solved.supply.unverified_of(number))
            }
        },
        unverified_people: behind.told(&behind.unverified),
        accounts: serving
            .into_iter()
            .map(|(account, row)| GapAccount {
                account: named(&names, account),
                people: behind.told(behind.speaking.get(&account).map_or(&[], Vec::as_slice)),
                ..row
            })
            .collect(),
    })
}

/// The advocates behind a gap, as the reader may know them.
#[derive(Default)]
struct People {
    speaking: HashMap<AccountId, Vec<AdvocateId>>,
    unverified: Vec<AdvocateId>,
    known: HashMap<AdvocateId, people::Person>,
}

impl People {
    async fn read(
        app: &App,
        actor: &Actor,
        solved: &Solved,
        part: Part,
        serving: &[(AccountId, GapAccount)],
    ) -> Result<Self, Error> {
        let segment = match part {
            Part::All => None,
            Part::Segment(Some(number)) => Some(number),
            Part::Segment(None) => return Ok(Self::default()),
        };
        if !policy::may(actor, Permission::AdvocateRead) {
            return Ok(Self::default());
        }
        let supply = &solved.supply;
        let of_account = |(account, _): &(AccountId, GapAccount)| {
            let fitting = supply.fitting_at(*account, segment);
            (*account, fitting.take(NAMED_MAX).collect())
        };
        let speaking: HashMap<AccountId, Vec<AdvocateId>> =
            serving.iter().map(of_account).collect();
        let unverified: Vec<_> = supply.left_out_of(segment).take(UNVERIFIED_MAX).collect();
        let all = speaking.values().flatten().chain(&unverified);
        let known = people::load(app, actor, all.copied().collect()).await?;
        Ok(Self {
            speaking,
            unverified,
            known,
        })
    }

    fn told(&self, ids: &[AdvocateId]) -> Vec<GapAdvocate> {
        let known = ids.iter().filter_map(|id| {
            self.known.get(id).map(|person| GapAdvocate {
                advocate_id: *id,
                display_name: person.display_name(),
            })
        });
        known.collect()
    }
}

impl Solved {
    /// The sums of all segments; `carrier` is the account that serves the most.
    fn all(
        &self,
        sums: &Sums,
        carrier: Option<&(AccountId, GapAccount)>,
        names: &HashMap<AccountId, String>,
    ) -> GapSegment {
        let carrier = carrier.filter(|(_, row)| row.gives_here > 0.0);
        GapSegment {
            key: ALL_KEY.to_owned(),
            labels: vec!["All segments".to_owned()],
            is_unknown: false,
            accounts: self.supply.accounts.len(),
            most_used_account: carrier.and_then(|(account, _)| named(names, *account)),
            most_used_share: carrier.map(|(_, row)| row.gives_here / references(sums.covered)),
            ..self.segment(None, sums, &HashMap::new(), names)
        }
    }

    /// The deals behind a part of the plan, by falling money at risk, and how many there are; names are filled in later.
    fn deals_of(&self, part: Part) -> (Vec<GapDeal>, usize) {
        // By deal: units needed, units covered, money at risk in minor units x thousandths.
        let mut by_deal: BTreeMap<usize, (u64, u64, u128)> = BTreeMap::new();
        for (place, (wanted, want)) in self.wanted.iter().zip(self.coverage.wants()).enumerate() {
            let deal = match wanted.of {
                Asking::Deal { deal, segment } if part.holds(segment) => deal,
                Asking::Deal { .. } | Asking::Goal(_) => continue,
            };
            let covered = self.coverage.covered(place);
            let (needed, all_covered, at_risk) = by_deal.entry(deal).or_default();
            *needed += want.units;
            *all_covered += covered;
            *at_risk += u128::from(want.units - covered) * u128::from(want.value);
        }
        let mut ordered: Vec<_> = by_deal.into_iter().collect();
        ordered.sort_by_key(|(deal, (needed, covered, at_risk))| {
            (std::cmp::Reverse((*at_risk, needed - covered)), *deal)
        });
        let count = ordered.len();
        let deals = ordered.into_iter().take(DEALS_MAX);
        let told = deals.map(|(place, (needed, covered, at_risk))| {
            let demand = &self.pipeline.forecast.deals[place];
            let known = &self.pipeline.rows[demand.deal];
            GapDeal {
                id: known.row.id,
                searched_on: known.searched_on,
                name: String::new(),
                chance: demand.chance,
                is_observed: demand.is_observed,
                need_on: demand.need_on,
                money: demand.money.map(|minor| decimal(&self.pipeline, minor)),
                needed: references(needed),
                covered: references(covered),
                money_at_risk: self.money(at_risk),
                is_day_estimated: demand.is_day_estimated,
                is_money_estimated: demand.is_money_estimated,
            }
        });
        (told.collect(), count)
    }

    /// The accounts that fit a part of the plan, those that serve it the most first; names are filled in later.
    fn serving(&self, part: Part) -> Vec<(AccountId, GapAccount)> {
        let segment = match part {
            Part::All => None,
            Part::Segment(Some(number)) => Some(number),
            Part::Segment(None) => return Vec::new(),
        };
        let mut given: HashMap<u32, (u64, u64)> = HashMap::new();
        for served in self.coverage.served() {
            let (here, elsewhere) = given.entry(served.supplier).or_default();
            if segment.is_none_or(|number| served.segment == number) {
                *here += served.units;
            } else {
                *elsewhere += served.units;
            }
        }
        let mut serving: Vec<_> = (0_u32..)
            .zip(&self.supply.accounts)
            .filter(|(_, usable)| {
                segment.is_none_or(|number| usable.fits.binary_search(&number).is_ok())
            })
            .map(|(place, usable)| {
                let (here, elsewhere) = given.get(&place).copied().unwrap_or_default();
                (here, usable, elsewhere)
            })
            .collect();
        serving.sort_by_key(|(here, usable, _)| (std::cmp::Reverse(*here), usable.account));
        serving
            .into_iter()
            .take(ACCOUNTS_MAX)
            .map(|(here, usable, elsewhere)| {
                let row = GapAccount {
                    account: None,
                    advocates: usable.advocates,
                    fitting: self.supply.fitting_at(usable.account, segment).count(),
                    people: Vec::new(),
                    gives: references(u64::from(usable.total)),
                    gives_here: references(here),
                    gives_elsewhere: references(elsewhere),
                };
                (usable.account, row)
            })
            .collect()
    }
}
