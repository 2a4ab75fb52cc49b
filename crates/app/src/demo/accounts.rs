//! Customers and prospects, their people, their locks and rivalries.

use std::collections::HashSet;

use domain::{
    id::AccountId,
    protection::{LockReason, Relation},
    record::RecordKind,
    time::Day,
};
use storage::{
    account::{Account, AccountLock, AccountRelation},
    contact::Contact,
    tag::Tag,
};

use super::{
    Calendar,
    chance::Chance,
    market::{INDUSTRIES, Industry, PLACES, Place},
    names::{STEMS, TITLES},
    people::{Staff, free_address, person_name, scaled},
    tags::Tagger,
};
use crate::error::Error;

/// What is remembered about an account beside its row.
pub(super) struct Site {
    pub industry: &'static Industry,
    pub place: &'static Place,
    pub is_customer: bool,
    /// Places of its people in `contacts`.
    pub contacts: Vec<usize>,
}

pub(super) struct Market {
    pub accounts: Vec<Account>,
    /// Beside `accounts`.
    pub sites: Vec<Site>,
    pub contacts: Vec<Contact>,
    pub tags: Vec<Tag>,
    pub locks: Vec<AccountLock>,
    pub relations: Vec<AccountRelation>,
}

/// Places that the demo owner has at least, so that approvals have somewhere to come from.
const FIRST_OWNER_ACCOUNTS: usize = 24;

/// Customers that may not be used, at least.
const LOCKED_LEAST: usize = 3;

pub(super) fn make(
    scale: f64,
    calendar: Calendar,
    staff: &Staff,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<Market, Error> {
    let mut market = Market {
        accounts: Vec::new(),
        sites: Vec::new(),
        contacts: Vec::new(),
        tags: Vec::new(),
        locks: Vec::new(),
        relations: Vec::new(),
    };
    let mut taken = HashSet::new();
    let mut addresses = HashSet::new();
    let (all, customers) = (scaled(3_000, scale, 60), scaled(950, scale, 40));
    for number in 0..all {
        let is_customer = number < customers;
        let (row, site) = account(number, is_customer, calendar, staff, &mut taken, chance);
        tag_account(&mut market, &row, &site, tagger, chance)?;
        market.accounts.push(row);
        market.sites.push(site);
        let people = if is_customer {
            chance.between(2, 4)
        } else {
            chance.between(1, 2)
        };
        for _ in 0..people {
            contact(
                &mut market,
                number,
                calendar,
                &mut addresses,
                tagger,
                chance,
            )?;
        }
    }
    locks(&mut market, calendar, customers, chance);
    relations(&mut market, customers, chance);
    Ok(market)
}

fn account(
    number: usize,
    is_customer: bool,
    calendar: Calendar,
    staff: &Staff,
    taken: &mut HashSet<String>,
    chance: &mut Chance,
) -> (Account, Site) {
    let industry = chance.weighted(INDUSTRIES, |industry| industry.weight);
    let place = chance.weighted(PLACES, |place| place.weight);
    let name = account_name(industry, place, taken, chance);
    let since = calendar.start.plus_days(-chance.between(30, 2_000));
    let at = calendar.start.plus_days(-chance.between(5, 400));
    let created = calendar.at(at, chance);
    let mut row = Account::named(chance.id(created), &name, created);
    row.external_id = Some(format!("demo-account-{:05}", number + 1));
    row.domain = Some(format!(
        "{}.example",
        domain::text::fold(&name).replace(|letter: char| !letter.is_ascii_alphanumeric(), "")
    ));
    row.employees = Some(employees(chance));
    if is_customer {
        let owner = if number < FIRST_OWNER_ACCOUNTS {
            0
        } else {
            chance.index(staff.owners.len())
        };
        // One customer in fifty has lost its owner: approvals fall to the program team.
        let has_owner = number < FIRST_OWNER_ACCOUNTS || !chance.hits(0.02);
        row.owner_id = has_owner.then(|| staff.id(staff.owners[owner]));
        row.customer_since = Some(since);
        row.health = Some(chance.between(35, 100));
        row.nps = chance.hits(0.7).then(|| chance.between(-40, 90));
    }
    let site = Site {
        industry,
        place,
        is_customer,
        contacts: Vec::new(),
    };
    (row, site)
}

fn account_name(
    industry: &Industry,
    place: &Place,
    taken: &mut HashSet<String>,
    chance: &mut Chance,
) -> String {
    let mut name = String::new();
    for round in 0..200 {
        name = format!("{} {}", chance.pick(STEMS), chance.pick(industry.suffixes));
        if round > 2 {
            name = format!("{name} {}", chance.pick(place.cities));
        }
        if round > 30 {
            name = format!("{name} {}", chance.between(2, 9_999));
        }
        if taken.insert(name.clone()) {
            break;
        }
    }
    name
}

fn employees(chance: &mut Chance) -> i64 {
    let (low, high) = *chance.pick(&[
        (60, 200),
        (201, 500),
        (201, 500),
        (501, 1_000),
        (501, 1_000),
        (1_001, 5_000),
        (1_001, 5_000),
        (1_001, 5_000),
        (5_001, 10_000),
        (10_001, 90_000),
    ]);
    chance.between(low, high)
}

fn tag_account(
    market: &mut Market,
    row: &Account,
    site: &Site,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let kind = RecordKind::Account;
    // Somebody typed some of these by hand.
    let industry = if chance.hits(0.012) {
        tagger.as_written(
            kind,
            row.id,
            "industry",
            chance.word(&["technolgy", "Fin-Srvcs", "misc"]),
        )?
    } else {
        tagger.tag(kind, row.id, "industry", chance.word(site.industry.parts))?
    };
    let region = if chance.hits(0.006) {
        tagger.as_written(
            kind,
            row.id,
            "region",
            chance.word(&["EMEA-DACHX", "Philipines"]),
        )?
    } else {
        tagger.tag(kind, row.id, "region", site.place.region)?
    };
    let employees = row.employees.unwrap_or(0).to_string();
    market.tags.extend([industry, region]);
    market
        .tags
        .push(tagger.tag(kind, row.id, "company_size", &employees)?);
    if site.is_customer {
        market
            .tags
            .push(tagger.tag(kind, row.id, "relationship", "Current customer")?);
    }
    Ok(())
}

fn contact(
    market: &mut Market,
    account: usize,
    calendar: Calendar,
    addresses: &mut HashSet<String>,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let name = person_name(chance);
    let at = calendar.at(calendar.start.plus_days(-chance.between(1, 300)), chance);
    let company = &market.accounts[account];
    let mut row = Contact::named(chance.id(at), &name, at);
    row.account_id = Some(company.id);
    row.external_id = Some(format!("demo-contact-{:06}", market.contacts.len() + 1));
    let title = chance.word(TITLES);
    row.title = Some(title.to_owned());
    row.time_zone = Some(market.sites[account].place.zone.to_owned());
    if !chance.hits(0.05)
        && let Some(domain) = &company.domain
    {
        row.email = free_address(&name, domain, addresses).parse().ok();
    }
    if chance.hits(0.6) {
        row.phone = Some(format!("+1 555 01{:02}", chance.between(0, 99)));
    }
    market
        .tags
        .extend(tagger.persona(RecordKind::Contact, row.id, title)?);
    market.sites[account].contacts.push(market.contacts.len());
    market.contacts.push(row);
    Ok(())
}

fn locks(market: &mut Market, calendar: Calendar, customers: usize, chance: &mut Chance) {
    const REASONS: [(LockReason, &str); 5] = [
        (
            LockReason::OpenEscalation,
            "Outage in the main region; the root cause is awaited.",
        ),
        (LockReason::Renewal, "Renewal under negotiation."),
        (LockReason::PaymentDispute, "Two invoices are disputed."),
        (
            LockReason::NpsDrop,
            "Score fell by 40 points; a call is planned.",
        ),
        (LockReason::OptOut, "Legal asked not to be named."),
    ];
    let lockable = &market.accounts[FIRST_OWNER_ACCOUNTS.min(customers)..customers];
    for (number, account) in lockable.iter().enumerate() {
        // Some are locked whatever the scale.
        if number >= LOCKED_LEAST && !chance.hits(0.035) {
            continue;
        }
        let (reason, note) = *chance.pick(&REASONS);
        let from = calendar.today.plus_days(-chance.between(3, 60));
        let until: Option<Day> = matches!(reason, LockReason::Renewal | LockReason::NpsDrop)
            .then(|| calendar.today.plus_days(chance.between(10, 90)));
        let at = calendar.at(from, chance);
        market.locks.push(AccountLock {
            id: chance.id(at),
            account_id: account.id,
            reason,
            note: Some(note.to_owned()),
            from_on: from,
            until_on: until,
            locked_by: account.owner_id,
            lifted_at: None,
            is_by_rule: false,
        });
    }
}

/// Rivals and groups, each written both ways.
fn relations(market: &mut Market, customers: usize, chance: &mut Chance) {
    let mut seen: HashSet<(AccountId, AccountId)> = HashSet::new();
    for _ in 0..customers / 12 {
        let (one, other) = (chance.index(customers), chance.index(market.accounts.len()));
        let (one, other) = (market.accounts[one].id, market.accounts[other].id);
        if one == other || !seen.insert((one, other)) || !seen.insert((other, one)) {
            continue;
        }
        let relation = if chance.hits(0.7) {
            Relation::Competitor
        } else {
            Relation::SameGroup
        };
        for (account_id, other_id) in [(one, other), (other, one)] {
            market.relations.push(AccountRelation {
                account_id,
                other_id,
                relation,
            });
        }
    }
}
