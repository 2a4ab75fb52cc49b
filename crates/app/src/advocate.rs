//! Advocates: the list, the reference profile, and what may be done with a membership.

use domain::{advocate::AdvocateStatus, id::AdvocateId, record::RecordKind, time::Day};
use serde::Serialize;
use storage::{
    advocate::{self, Advocate},
    page::Direction,
};

use crate::{
    App,
    actor::Actor,
    error::Error,
    find::AvailabilityView,
    listing::{self, Choice, List},
    people::{self, ActivityRef, Person},
    policy::{self, FieldClass, Permission},
    setting,
};

pub mod consent;
pub mod edit;
pub mod known;
pub mod may;
pub mod nominate;
mod origin;
mod protection;
pub mod reveal;
pub(crate) mod told;
pub mod verify;
mod view;
pub mod way_back;
pub(crate) mod whereabouts;

pub use origin::Origin;
use origin::Origins;
use protection::Protection;
use view::view;
pub use view::{
    AdvocateView, ConsentSummary, ContactDetails, Limits, MonthUses, OutcomeView, Usage,
    WillingnessView,
};

/// An advocate in a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AdvocateRow {
    pub id: AdvocateId,
    pub version: i64,
    pub display_name: String,
    pub name_masked: bool,
    pub title: Option<String>,
    pub account: Option<crate::account::AccountRef>,
    pub status: AdvocateStatus,
    /// For a reference call on the first day without a rush.
    pub availability: Option<AvailabilityView>,
    pub activities: Vec<ActivityRef>,
    pub verified_on: Option<Day>,
    /// Uses in the last 365 days as a band: `none`, `1-2`, `3-5` or `6+`.
    pub uses_band: String,
    /// Where the membership comes from; for readers who see what the program keeps to itself.
    pub origin: Option<Origin>,
}

/// What a list of advocates is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListAdvocates {
    pub text: Option<String>,
    pub status: Option<AdvocateStatus>,
    /// Only profiles that nobody verified in so many days.
    pub stale_days: Option<u32>,
    /// Conditions in groups, as JSON.
    pub filter: Option<String>,
    /// The key of a field of the list.
    pub sort: Option<String>,
    pub direction: Option<Direction>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

pub async fn list(
    app: &App,
    actor: &Actor,
    ask: ListAdvocates,
) -> Result<List<AdvocateRow>, Error> {
    let scope = policy::require(actor, Permission::AdvocateRead)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let choice = Choice {
        text: None,
        filter: ask.filter,
        sort: ask.sort,
        direction: ask.direction,
    };
    let chosen = listing::chosen(app, actor, RecordKind::Advocate, &choice).await?;
    let filter = advocate::Filter {
        text: ask.text,
        names_visible: names_visible(app, actor).await?,
        status: ask.status,
        stale_since: ask
            .stale_days
            .map(|days| app.clock.today().plus_days(-i64::from(days))),
        narrowing: chosen.narrowing,
        sorting: chosen.sorting,
        restricted_visible: policy::sees_restricted(actor),
    };
    let listed = advocate::list(&app.store, &scope, &filter, &page).await?;
    let people = people::load(app, actor, listed.items.iter().map(|row| row.id).collect()).await?;
    let protection = Protection::load(app, people.values()).await?;
    let origins = Origins::load(app, people.values()).await?;
    let rows = listed
        .items
        .iter()
        .filter_map(|row| people.get(&row.id))
        .map(|person| AdvocateRow {
            origin: origins.of(actor, person),
            ..protection.row(person)
        })
        .collect();
    Ok(List::from_listed(listed.with_items(rows)))
}

/// Whether the reader sees everybody's name, and so may look for one.
pub(crate) async fn names_visible(app: &App, actor: &Actor) -> Result<bool, Error> {
    let program = setting::read::<setting::Program>(&app.store).await?.value;
    let standing = policy::Standing {
        names_shown: program.shows_names,
        ..policy::Standing::default()
    };
    Ok(policy::sees(actor, FieldClass::Name, standing))
}

/// The profile; of an advocate out of sight there is no profile.
pub async fn get(app: &App, actor: &Actor, id: AdvocateId) -> Result<AdvocateView, Error> {
    let scope = policy::require(actor, Permission::AdvocateRead)?;
    advocate::find(&app.store, &scope, policy::sees_restricted(actor), id)
        .await?
        .ok_or(Error::NotFound)?;
    let person = people::load(app, actor, vec![id])
        .await?
        .remove(&id)
        .ok_or(Error::NotFound)?;
    let protection = Protection::load(app, [&person]).await?;
    view(app, actor, &person, &protection).await
}

pub(crate) fn owner_of(person: &Person) -> Option<domain::id::UserId> {
    person.account.as_ref().and_then(|account| account.owner_id)
}

/// The advocate inside a write, when the actor reaches it with a permission.
pub(crate) async fn find_for(
    tx: &storage::Tx,
    actor: &Actor,
    permission: Permission,
    id: AdvocateId,
) -> Result<Advocate, Error> {
    let scope = policy::require(actor, permission)?;
    advocate::find(tx, &scope, policy::sees_restricted(actor), id)
        .await?
        .ok_or(Error::NotFound)
}

/// An event about an advocate, shown on the timelines of the contact and the account as well.
pub(crate) async fn event(
    tx: &storage::Tx,
    action: domain::record::Action,
    row: &Advocate,
) -> Result<storage::NewEvent, Error> {
    use domain::record::RecordKind;
    let event = storage::NewEvent::new(action, RecordKind::Advocate, row.id)
        .link(RecordKind::Contact, row.contact_id);
    Ok(match advocate::account_of(tx, row.id).await? {
        Some(account) => event.link(RecordKind::Account, account),
        None => event,
    })
}
