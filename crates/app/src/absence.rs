//! Who answers while somebody is away: what waits for them waits for their stand-in as well, from the
//! first day to the last.
//!
//! Decides who may stand in for whom. What a stand-in may do is policy's.

use domain::{
    access::Role,
    id::UserId,
    record::{Action, RecordKind},
    time::Day,
};
use serde::{Deserialize, Serialize};
use storage::{NewEvent, user::User};

use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    change::Changes,
    error::Error,
    policy::{self, Permission},
};

/// Nobody stands in for longer; a job that is handed over changes the owner of the accounts.
const DAYS_MAX: i64 = 180;

/// When the reader is away; all three are null while nothing is planned.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Absence)]
pub struct AbsenceView {
    pub from_on: Option<Day>,
    /// The last day of it.
    pub until_on: Option<Day>,
    pub stand_in: Option<PersonRef>,
}

/// From when until when somebody is away, and who answers meanwhile.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanAbsence {
    pub from_on: Day,
    /// The last day of it, at most 180 days after the first.
    pub until_on: Day,
    pub stand_in_id: UserId,
}

fn reader(actor: &Actor) -> Result<UserId, Error> {
    policy::require(actor, Permission::InboxOwn)?;
    actor.user_id().ok_or(Error::Forbidden)
}

/// The reader's own absence; one that is over counts as none.
pub async fn get(app: &App, actor: &Actor) -> Result<AbsenceView, Error> {
    let user = storage::user::find(&app.store, reader(actor)?)
        .await?
        .ok_or(Error::NotFound)?;
    let is_over = user.away_until.is_none_or(|day| day < app.clock.today());
    let stand_in = match user.stand_in_id.filter(|_| !is_over) {
        Some(id) => storage::user::find(&app.store, id).await?,
        None => None,
    };
    Ok(AbsenceView {
        from_on: user.away_from.filter(|_| !is_over),
        until_on: user.away_until.filter(|_| !is_over),
        stand_in: stand_in.as_ref().map(PersonRef::from),
    })
}

/// Plans the reader's absence, in place of what was planned before.
///
/// # Errors
/// [`Error::Invalid`] for days in the wrong order, over, or too many, and for a stand-in who is the
/// reader, cannot act, lacks a role of the reader's, or is away on one of the days.
pub async fn plan(app: &App, actor: &Actor, ask: PlanAbsence) -> Result<AbsenceView, Error> {
    let reader = reader(actor)?;
    check_days(&ask, app.clock.today())?;
    let mut tx = app.begin(actor).await?;
    let mut user = storage::user::find(&tx, reader)
        .await?
        .ok_or(Error::NotFound)?;
    let stand_in = storage::user::find(&tx, ask.stand_in_id).await?;
    if let Some(problem) = refusal(&user, stand_in.as_ref(), &ask) {
        return Err(Error::field("stand_in_id", problem));
    }
    let to = (Some(ask.from_on), Some(ask.until_on), Some(ask.stand_in_id));
    write(&mut tx, &mut user, to).await?;
    tx.commit().await?;
    get(app, actor).await
}

/// The reader is back, or stays after all.
pub async fn end(app: &App, actor: &Actor) -> Result<AbsenceView, Error> {
    let reader = reader(actor)?;
    let mut tx = app.begin(actor).await?;
    let mut user = storage::user::find(&tx, reader)
        .await?
        .ok_or(Error::NotFound)?;
    write(&mut tx, &mut user, (None, None, None)).await?;
    tx.commit().await?;
    get(app, actor).await
}

async fn write(
    tx: &mut storage::Tx,
    user: &mut User,
    (from_on, until_on, stand_in_id): (Option<Day>, Option<Day>, Option<UserId>),
) -> Result<(), Error> {
    let mut changes = Changes::default();
    changes.note("away_from", &user.away_from, &from_on);
    changes.note("away_until", &user.away_until, &until_on);
    changes.note("stand_in_id", &user.stand_in_id, &stand_in_id);
    if changes.is_empty() {
        return Ok(());
    }
    (user.away_from, user.away_until, user.stand_in_id) = (from_on, until_on, stand_in_id);
    storage::user::save(tx, user).await?;
    tx.record(
        NewEvent::new(Action::Updated, RecordKind::User, user.id).detail(changes.into_detail()),
    );
    Ok(())
}

fn check_days(ask: &PlanAbsence, today: Day) -> Result<(), Error> {
    if ask.until_on < ask.from_on {
        return Err(Error::field(
            "until_on",
            "The last day lies before the first. Choose the first day or a later one.",
        ));
    }
    if ask.until_on < today {
        return Err(Error::field(
            "until_on",
            "This day is over. Choose today or a later day.",
        ));
    }
    if ask.until_on > ask.from_on.plus_days(DAYS_MAX) {
        return Err(Error::field(
            "until_on",
            format!("A stand-in answers for at most {DAYS_MAX} days."),
        ));
    }
    Ok(())
}

/// Why this colleague cannot answer for the user on those days.
fn refusal(user: &User, stand_in: Option<&User>, ask: &PlanAbsence) -> Option<String> {
    let Some(other) = stand_in.filter(|other| other.is_active && other.password_hash.is_some())
    else {
        return Some("Choose a colleague who can sign in.".to_owned());
    };
    if other.id == user.id {
        return Some("Choose somebody else: nobody stands in for themselves.".to_owned());
    }
    let (own, theirs) = (user.roles(), other.roles());
    let answers = [Role::Owner, Role::Seller, Role::Stakeholder];
    // The program team may do all of it in its own right.
    let is_able = |role: &Role| theirs.contains(role) || theirs.contains(&Role::Program);
    if let Some(role) = own
        .iter()
        .find(|role| answers.contains(role) && !is_able(role))
    {
        return Some(format!(
            "{} does not have your role of {role}, so nothing could be answered. Choose somebody who has.",
            other.name
        ));
    }
    let is_away = other.away_from.is_some_and(|from| from <= ask.until_on)
        && other.away_until.is_some_and(|until| until >= ask.from_on);
    is_away.then(|| format!("{} is away on one of these days.", other.name))
}
