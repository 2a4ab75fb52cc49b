//! What ends when many records change at once: whoever stops being active, leaves, or is locked is let go
//! of everywhere, as after the same change by hand.

use std::collections::HashMap;

use domain::{
    advocate::AdvocateStatus,
    id::{AccountId, AdvocateId, ContactId},
    time::Day,
};
use storage::Tx;

use super::desk::Desk;
use crate::{App, error::Error, request::stop};

/// Who is let go of, read off the desk before it is written.
#[derive(Default)]
pub(super) struct Endings {
    not_active: Vec<AdvocateId>,
    departed: Vec<(AdvocateId, Day)>,
    locked: Vec<AccountId>,
}

impl Endings {
    /// Reads who it is, and takes every lock that letting go of them needs.
    pub(super) async fn find(tx: &Tx, desk: &Desk) -> Result<Self, Error> {
        let active = AdvocateStatus::Active;
        let moved = desk.advocates.changes();
        let moved = moved.filter(|(was, is)| was.status == active && is.status != active);
        let not_active = moved.map(|(_, is)| is.id).collect();
        let left = desk.contacts.changes();
        let left = left.filter(|(was, is)| was.left_on != is.left_on);
        let left: HashMap<ContactId, Day> = left
            .filter_map(|(_, is)| Some((is.id, is.left_on?)))
            .collect();
        let today = desk.run.today;
        let holds = |until: Option<Day>| until.is_none_or(|until| until >= today);
        let locks = desk.sides.new_locks.iter();
        let locked = locks.filter(|lock| holds(lock.until_on));
        let mut endings = Self {
            not_active,
            departed: Vec::new(),
            locked: locked.map(|lock| lock.account_id).collect(),
        };
        if !left.is_empty() {
            let people = left.keys().copied().collect();
            for row in storage::advocate::of_contacts(tx, people).await? {
                let day = left.get(&row.contact_id);
                endings.departed.extend(day.map(|day| (row.id, *day)));
            }
        }
        if !endings.is_empty() {
            let departed = endings.departed.iter().map(|(id, _)| *id);
            let advocates: Vec<_> = departed.chain(endings.not_active.iter().copied()).collect();
            stop::lock_any(tx, &advocates, &endings.locked).await?;
        }
        Ok(endings)
    }

    fn is_empty(&self) -> bool {
        self.not_active.is_empty() && self.departed.is_empty() && self.locked.is_empty()
    }

    /// Ends where they are asked, and tells who waits.
    pub(super) async fn let_go(self, app: &App, tx: &mut Tx) -> Result<(), Error> {
        if !self.not_active.is_empty() {
            let why = "The advocate is not active any more.";
            stop::open_candidates_of_any(app, tx, &self.not_active, &[], why).await?;
        }
        if !self.locked.is_empty() {
            let why = "The account may not be used now.";
            stop::open_candidates_of_any(app, tx, &[], &self.locked, why).await?;
        }
        for (advocate, day) in self.departed {
            let why = "The advocate has left the company by then.";
            stop::candidates_planned_from(app, tx, advocate, day, why).await?;
        }
        Ok(())
    }
}
