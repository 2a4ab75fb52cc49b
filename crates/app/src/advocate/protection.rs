//! What protection says of advocates in a list or on a profile: availability and how often they were
//! used. The rules themselves are those of the domain.

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId},
    time::Day,
};

use super::{AdvocateRow, view::band};
use crate::{App, error::Error, find::AvailabilityView, member, people::Person, setting};

/// What protection knows about a set of people, for availability and use bands.
pub(super) struct Protection {
    pub(super) rules: domain::protection::Rules,
    members: std::collections::HashMap<AdvocateId, domain::protection::Member>,
    pub(super) today: Day,
    planned: Day,
}

impl Protection {
    pub(super) async fn load(
        app: &App,
        people: impl IntoIterator<Item = &Person>,
    ) -> Result<Self, Error> {
        let mut accounts: Vec<AccountId> = people
            .into_iter()
            .filter_map(|person| person.contact.account_id)
            .collect();
        accounts.sort_unstable();
        accounts.dedup();
        let today = app.clock.today();
        let since = today.plus_days(-member::USES_SINCE_DAYS);
        let loaded = if accounts.is_empty() {
            storage::projection::People::default()
        } else {
            storage::projection::load_accounts(&app.store, &accounts, since).await?
        };
        let rules = setting::read::<domain::protection::Rules>(&app.store)
            .await?
            .value;
        let planned = crate::find::need_by_default(&rules, Activity::ReferenceCall, today);
        Ok(Self {
            members: member::members(&loaded),
            rules,
            today,
            planned,
        })
    }

    /// For a reference call where the advocate does those, else for the first activity agreed to.
    pub(super) fn availability(&self, person: &Person) -> Option<AvailabilityView> {
        let member = self.members.get(&person.advocate.id)?;
        let calls = member
            .willing
            .iter()
            .find(|willing| willing.activity == Activity::ReferenceCall);
        let activity = calls
            .or(member.willing.first())
            .map_or(Activity::ReferenceCall, |willing| willing.activity);
        let day = self.planned.max(crate::find::need_by_default(
            &self.rules,
            activity,
            self.today,
        ));
        let ask = domain::protection::Ask {
            activity,
            day,
            today: self.today,
            prospect: None,
            except: None,
        };
        Some(domain::protection::availability(&self.rules, member, &ask).into())
    }

    /// Days of the advocate's own uses in the last year.
    pub(super) fn uses(&self, id: AdvocateId) -> Vec<Day> {
        let year_ago = self.today.plus_days(-domain::protection::YEAR_DAYS);
        let occupied = self
            .members
            .get(&id)
            .map(|member| member.occupied.as_slice())
            .unwrap_or_default();
        occupied
            .iter()
            .filter(|entry| {
                entry.advocate == id
                    && !entry.reserved
                    && entry.day > year_ago
                    && entry.day <= self.today
            })
            .map(|entry| entry.day)
            .collect()
    }

    pub(super) fn row(&self, person: &Person) -> AdvocateRow {
        AdvocateRow {
            id: person.advocate.id,
            version: person.advocate.version,
            display_name: person.display_name(),
            name_masked: !person.sees_name,
            title: person.contact.title.clone(),
            account: person.account_ref(),
            status: person.advocate.status,
            availability: self.availability(person),
            activities: person
                .activities
                .iter()
                .map(|willing| willing.activity.into())
                .collect(),
            verified_on: person.advocate.verified_on,
            uses_band: band(self.uses(person.advocate.id).len()).to_owned(),
            origin: None,
        }
    }
}
