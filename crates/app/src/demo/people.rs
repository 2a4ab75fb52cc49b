//! The staff of the demo company: sellers in teams with managers, and everybody else.

use std::collections::HashSet;

use domain::{access::Role, id::UserId, text::fold, time::Timestamp};
use storage::user::User;

use super::{
    Calendar,
    chance::Chance,
    names::{FIRST_NAMES, LAST_NAMES, TEAMS},
    sign_in::{SIGN_INS, SignIn},
};

pub(super) struct Staff {
    pub users: Vec<User>,
    /// Places in `users`; the first of each is the demo sign-in.
    pub sellers: Vec<usize>,
    pub owners: Vec<usize>,
    pub stakeholders: Vec<usize>,
    /// How readily each seller asks for references, beside `sellers`.
    pub habits: Vec<f64>,
}

impl Staff {
    pub(super) fn id(&self, place: usize) -> UserId {
        self.users[place].id
    }
}

/// Sellers who report to one manager.
const TEAM_SIZE: usize = 10;

/// `count` at scale 1, at least `least`.
pub(super) fn scaled(count: usize, scale: f64, least: usize) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "counts of a demo are small and positive"
    )]
    let scaled = (count as f64 * scale).round() as usize;
    scaled.max(least)
}

struct Hiring<'a> {
    chance: &'a mut Chance,
    taken: HashSet<String>,
    since: Timestamp,
    users: Vec<User>,
}

impl Hiring<'_> {
    fn hire(&mut self, roles: &[Role]) -> usize {
        let name = person_name(self.chance);
        let email = free_address(&name, "larkspur.example", &mut self.taken);
        self.add(&name, &email, roles)
    }

    fn hire_known(&mut self, known: SignIn) -> usize {
        self.add(known.name, known.email, &[known.role])
    }

    fn add(&mut self, name: &str, email: &str, roles: &[Role]) -> usize {
        let at = self
            .since
            .plus_seconds(self.chance.between(-900 * 86_400, -86_400));
        let mut user = User::named(self.chance.id(at), name, at);
        user.email = email.parse().ok();
        user.is_demo = true;
        user.set_roles(roles);
        self.users.push(user);
        self.users.len() - 1
    }
}

pub(super) fn person_name(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(FIRST_NAMES), chance.pick(LAST_NAMES))
}

/// `first.last@domain`, with a number where that is taken.
pub(super) fn free_address(name: &str, domain: &str, taken: &mut HashSet<String>) -> String {
    let local: String = fold(name)
        .chars()
        .map(|letter| if letter == ' ' { '.' } else { letter })
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
        .collect();
    let mut address = format!("{local}@{domain}");
    let mut number = 1;
    while !taken.insert(address.clone()) {
        number += 1;
        address = format!("{local}{number}@{domain}");
    }
    address
}

pub(super) fn make(scale: f64, calendar: Calendar, chance: &mut Chance) -> Staff {
    let mut hiring = Hiring {
        chance,
        taken: HashSet::new(),
        since: calendar.start.start(),
        users: Vec::new(),
    };
    let known = |role: Role| SIGN_INS.into_iter().find(|one| one.role == role);
    let others = [
        (Role::Program, scaled(6, scale, 1)),
        (Role::Executive, scaled(5, scale, 1)),
        (Role::Admin, scaled(2, scale, 1)),
        (Role::Privacy, 1),
    ];
    for (role, count) in others {
        hiring.users.reserve(count);
        known(role).map(|one| hiring.hire_known(one));
        for _ in 1..count {
            hiring.hire(&[role]);
        }
    }
    let mut with_first = |role: Role, count: usize| -> Vec<usize> {
        let first = known(role).map(|one| hiring.hire_known(one));
        let rest: Vec<usize> = (1..count).map(|_| hiring.hire(&[role])).collect();
        first.into_iter().chain(rest).collect()
    };
    let owners = with_first(Role::Owner, scaled(60, scale, 4));
    let stakeholders = with_first(Role::Stakeholder, scaled(12, scale, 2));
    let sellers = with_first(Role::Seller, scaled(500, scale, 12));
    for (number, team) in sellers.chunks(TEAM_SIZE).enumerate() {
        let name = team_name(number);
        let manager = hiring.hire(&[Role::Seller]);
        hiring.users[manager].team = Some(name.clone());
        let manager_id = hiring.users[manager].id;
        for seller in team {
            hiring.users[*seller].team = Some(name.clone());
            hiring.users[*seller].manager_id = Some(manager_id);
        }
    }
    let habits = sellers
        .iter()
        .map(|_| 0.35 + 1.3 * hiring.chance.share())
        .collect();
    Staff {
        users: hiring.users,
        sellers,
        owners,
        stakeholders,
        habits,
    }
}

fn team_name(number: usize) -> String {
    let name = TEAMS[number % TEAMS.len()];
    match number / TEAMS.len() {
        0 => name.to_owned(),
        round => format!("{name} {}", round + 1),
    }
}
