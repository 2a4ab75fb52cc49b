//! Companies and people of the demo company that are kept twice, as years of typing and importing leave
//! them: so the queue of duplicates has work to do.
//!
//! They come from a chance of their own and nothing rests on them, so every figure stays as it is.

use std::collections::HashSet;

use domain::record::RecordKind;
use storage::{account::Account, contact::Contact};

use super::{
    DemoOptions, Made,
    chance::Chance,
    people::{free_address, scaled},
    requests::World,
    write::{self, Past},
};
use crate::{App, actor::Actor, duplicate, error::Error};

/// Records that are kept twice, made beside the others.
struct Twins {
    accounts: Vec<Account>,
    contacts: Vec<Contact>,
}

/// How the second entry of a company was written.
type Rewrite = fn(&str) -> String;

const COMPANIES: [Rewrite; 4] = [
    |name| format!("{name} Inc."),
    |name| name.to_uppercase(),
    |name| slipped(name),
    |name| format!("{name} Holding"),
];
const PEOPLE: [Rewrite; 3] = [
    |name| name.to_owned(),
    |name| match name.split_once(' ') {
        Some((first, last)) => format!("{last} {first}"),
        None => name.to_owned(),
    },
    |name| slipped(name),
];

/// Two letters in the wrong order, in the middle of the name.
fn slipped(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2 + 1;
    let is_small = |at: usize| letters.get(at).is_some_and(|letter| letter.is_lowercase());
    let place = (middle..letters.len())
        .find(|at| is_small(*at) && is_small(at + 1) && letters[*at] != letters[at + 1]);
    if let Some(at) = place {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn make(world: &World<'_>, options: DemoOptions) -> Twins {
    let (market, pool, calendar) = (world.market, world.pool, world.calendar);
    let DemoOptions { scale, seed } = options;
    let mut chance = Chance::new(seed.wrapping_add(1));
    let prospects: Vec<&Account> = market
        .accounts
        .iter()
        .zip(&market.sites)
        .filter_map(|(row, site)| (!site.is_customer).then_some(row))
        .collect();
    let accounts = spread(&prospects, scaled(12, scale, 4));
    let accounts = accounts.enumerate().map(|(number, row)| {
        let at = calendar.at(
            calendar.today.plus_days(-chance.between(20, 200)),
            &mut chance,
        );
        let name = COMPANIES[number % COMPANIES.len()](&row.name);
        Account {
            external_id: Some(format!("demo-account-again-{:03}", number + 1)),
            // Some were typed in by somebody who knew no more than the name.
            domain: row.domain.clone().filter(|_| number % 3 == 0),
            employees: Some(chance.between(60, 9_000)),
            ..Account::named(chance.id(at), &name, at)
        }
    });
    let accounts = accounts.collect();
    let speaks: HashSet<_> = pool.advocates.iter().map(|row| row.contact_id).collect();
    let others: Vec<&Contact> = market
        .contacts
        .iter()
        .filter(|row| !speaks.contains(&row.id))
        .collect();
    let mut taken: HashSet<String> = market
        .contacts
        .iter()
        .filter_map(|row| row.email.as_ref().map(ToString::to_string))
        .collect();
    let contacts = spread(&others, scaled(24, scale, 6));
    let contacts = contacts.enumerate().map(|(number, row)| {
        let at = calendar.at(
            calendar.today.plus_days(-chance.between(20, 200)),
            &mut chance,
        );
        let name = PEOPLE[number % PEOPLE.len()](&row.name);
        let company = row.email.as_ref().map(|email| email.domain().to_owned());
        let email = company.filter(|_| number % 2 == 0);
        Contact {
            external_id: Some(format!("demo-contact-again-{:03}", number + 1)),
            account_id: row.account_id,
            title: row.title.clone().filter(|_| number % 4 == 0),
            email: email.and_then(|domain| free_address(&name, &domain, &mut taken).parse().ok()),
            phone: Some(format!("+1 555 01{:02}", chance.between(0, 99))),
            ..Contact::named(chance.id(at), &name, at)
        }
    });
    Twins {
        accounts,
        contacts: contacts.collect(),
    }
}

/// So many of the rows, from all over them.
fn spread<'a, T>(rows: &'a [&'a T], wanted: usize) -> impl Iterator<Item = &'a T> {
    let step = (rows.len() / wanted.max(1)).max(1);
    rows.iter()
        .copied()
        .skip(step / 2)
        .step_by(step)
        .take(wanted)
}

/// Writes them, counts them and fills the queue, as an import would.
pub(super) async fn write(
    app: &App,
    past: &mut Past,
    world: &World<'_>,
    options: DemoOptions,
    made: &mut Made,
) -> Result<(), Error> {
    let twins = make(world, options);
    made.accounts += twins.accounts.len();
    made.contacts += twins.contacts.len();
    let tx = app.begin(&Actor::system()).await?;
    for row in &twins.accounts {
        past.record(write::created(RecordKind::Account, row.id).at(row.created_at));
    }
    for row in &twins.contacts {
        let event = write::created(RecordKind::Contact, row.id).at(row.created_at);
        past.record(write::linked(event, RecordKind::Account, row.account_id));
    }
    storage::account::insert_all(&tx, twins.accounts).await?;
    storage::contact::insert_all(&tx, twins.contacts).await?;
    tx.commit().await?;
    duplicate::look_anew(app, &Actor::operator()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::slipped;

    #[test]
    fn a_slip_swaps_two_letters_of_a_word() {
        assert_eq!(slipped("Aster Foods"), "Aster Fodos");
        assert_eq!(slipped("Zoe Bell"), "Zoe Blel");
        assert_eq!(slipped("Aa"), "Aa", "nothing to swap");
    }
}
