//! What came of it since: prospects that signed are customers with an owner, and not everybody who was nominated
//! became an advocate.
//!
//! It draws from chances of its own, so the rest of the company is the same with it and without.

use std::collections::{HashMap, HashSet};

use domain::{
    advocate::AdvocateStatus, id::AccountId, opportunity::OpportunityStatus, record::RecordKind,
    time::Day,
};
use storage::{advocate::Advocate, opportunity::Opportunity};

use super::{
    Calendar, HISTORY_DAYS,
    accounts::Market,
    advocates::{Pool, Profile},
    chance::Chance,
    people::Staff,
    tags::Tagger,
};
use crate::error::Error;

/// Nominations that came to nothing, for each advocate of the program.
const IN_VAIN: f64 = 0.4;

/// Makes customers of the prospects that won deals are of.
pub(super) fn sign(
    market: &mut Market,
    deals: &[Opportunity],
    calendar: Calendar,
    staff: &Staff,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let mut signed: HashMap<AccountId, Day> = HashMap::new();
    for deal in deals {
        if let (Some(account), Some(day), OpportunityStatus::Won) =
            (deal.account_id, deal.close_on, deal.status)
        {
            let first = signed.entry(account).or_insert(day);
            *first = day.min(*first);
        }
    }
    let rows = market.accounts.iter_mut().zip(&market.sites);
    for (row, _) in rows.filter(|(_, site)| !site.is_customer) {
        let Some(day) = signed.get(&row.id) else {
            continue;
        };
        row.customer_since = Some((*day).min(calendar.today));
        row.owner_id = Some(staff.id(*chance.pick(&staff.owners)));
        row.health = Some(chance.between(35, 100));
        row.nps = chance.hits(0.5).then(|| chance.between(-40, 90));
        let tag = tagger.tag(
            RecordKind::Account,
            row.id,
            "relationship",
            "Current customer",
        )?;
        market.tags.push(tag);
    }
    Ok(())
}

/// Colleagues of advocates who were nominated during the two years and said no, or were not taken.
pub(super) fn in_vain(
    market: &Market,
    pool: &Pool,
    calendar: Calendar,
    staff: &Staff,
    chance: &mut Chance,
) -> Pool {
    let mut vain = Pool::default();
    let known: HashSet<_> = pool.advocates.iter().map(|row| row.contact_id).collect();
    let mut seen = HashSet::new();
    let accounts = pool.profiles.iter().map(|profile| profile.account);
    for account in accounts.filter(|account| seen.insert(*account)) {
        for contact in &market.sites[account].contacts {
            let contact = &market.contacts[*contact];
            if known.contains(&contact.id) || !chance.hits(IN_VAIN) {
                continue;
            }
            let day = calendar
                .today
                .plus_days(-chance.between(20, HISTORY_DAYS - 1));
            let at = calendar.at(day, chance);
            let mut row = Advocate::nominated(chance.id(at), contact.id, at);
            row.status = AdvocateStatus::Declined;
            row.source = Some(
                chance
                    .word(&["Customer success", "Event", "Survey", "Seller"])
                    .to_owned(),
            );
            row.nominated_by = Some(staff.id(*chance.pick(&staff.sellers)));
            row.status_reason = Some(
                chance
                    .word(&[
                        "No permission from the press office.",
                        "No time this year.",
                        "Nothing to measure yet; ask again after the rollout.",
                        "Did not answer three invitations.",
                    ])
                    .to_owned(),
            );
            vain.advocates.push(row);
            vain.profiles.push(Profile {
                account,
                story: None,
                activities: Vec::new(),
            });
        }
    }
    vain
}
