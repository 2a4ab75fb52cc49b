//! Editing a reference profile and moving its status.

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    freshness::ProfilePart,
    id::AdvocateId,
    record::{Action, RecordKind},
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::advocate::{self, Advocate, Outcome, Willingness};

use super::{AdvocateView, event, find_for};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    error::{Error, same_version},
    mention::{self, Place},
    policy::{self, FieldClass, Permission, Standing},
};

/// One activity the advocate agrees to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WillingnessInput {
    pub activity: Activity,
    pub limit_per_year: Option<i64>,
}

/// A result, with a number where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeInput {
    pub statement: String,
    pub value: Option<String>,
    pub unit: Option<String>,
}

/// The day on which a part of a profile was confirmed, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartDay {
    pub part: ProfilePart,
    pub verified_on: Option<Day>,
}

/// What may be changed about a profile. Absent fields stay as they are; an empty text and a limit of
/// null are taken away.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditAdvocate {
    pub headline: Option<String>,
    pub story: Option<String>,
    pub topics_can: Option<Vec<String>>,
    pub topics_cannot: Option<Vec<String>>,
    pub activities: Option<Vec<WillingnessInput>>,
    pub outcomes: Option<Vec<OutcomeInput>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<i64>)]
    pub limit_per_year: Option<Option<i64>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<i64>)]
    pub limit_per_quarter: Option<Option<i64>>,
    pub is_restricted: Option<bool>,
    pub notes: Option<String>,
    /// Takes a confirmation back: an earlier day than the one kept, or none.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<Day>)]
    pub verified_on: Option<Option<Day>>,
    /// Takes confirmations of parts back: for each an earlier day than the one kept, or none.
    pub verified_parts: Option<Vec<PartDay>>,
}

pub async fn edit(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    version: i64,
    change: EditAdvocate,
) -> Result<AdvocateView, Error> {
    let mut tx = app.begin(actor).await?;
    let mut row = find_for(&tx, actor, Permission::AdvocateEdit, id).await?;
    same_version(row.version, version)?;
    let mut changes = Changes::default();
    let notes = row.notes.clone();
    texts(&mut row, &change, &mut changes)?;
    limits(&mut row, &change, &mut changes)?;
    unverify(&mut row, &change, &mut changes)?;
    super::verify::take_back(&tx, id, change.verified_parts.as_deref(), &mut changes).await?;
    if let Some(activities) = &change.activities {
        willing(&tx, id, activities, &mut changes).await?;
    }
    if let Some(outcomes) = &change.outcomes {
        results(&tx, id, outcomes, &mut changes).await?;
    }
    if !changes.is_empty() {
        row.updated_at = tx.now();
        advocate::save(&tx, &mut row).await?;
        let event = event(&tx, Action::Updated, &row)
            .await?
            .detail(changes.into_detail());
        tx.record(event);
        if notes != row.notes {
            mentioned(app, &tx, actor, &row, notes.as_deref()).await?;
        }
        tx.commit().await?;
    }
    super::get(app, actor, id).await
}

/// Tells whom the notes name by `@`: those who read the notes on this profile.
async fn mentioned(
    app: &App,
    tx: &storage::Tx,
    actor: &Actor,
    row: &Advocate,
    before: Option<&str>,
) -> Result<(), Error> {
    let contact = storage::contact::by_ids(tx, vec![row.contact_id]).await?;
    let contact = contact.get(&row.contact_id);
    let name = contact.map_or("a customer", |person| person.name.as_str());
    let account = contact.and_then(|person| person.account_id);
    let accounts = storage::account::by_ids(tx, account.into_iter().collect()).await?;
    let owner = account.and_then(|id| accounts.get(&id)?.owner_id);
    let mut readers = mention::named_anew(app, tx, actor, before, row.notes.as_deref()).await?;
    readers.retain(|reader| {
        let standing = Standing {
            owns_account: owner.is_some() && owner == reader.user_id(),
            ..Standing::default()
        };
        policy::may(reader, Permission::AdvocateRead)
            && policy::sees(reader, FieldClass::Internal, standing)
            && (!row.is_restricted || policy::sees_restricted(reader))
    });
    let place = Place {
        words: &format!("In the notes on {name}."),
        record: (RecordKind::Advocate, row.id.0),
        path: format!("/advocates/{}", row.id),
    };
    mention::tell(app, tx, actor, &readers, place).await
}

fn texts(row: &mut Advocate, change: &EditAdvocate, changes: &mut Changes) -> Result<(), Error> {
    if let Some(headline) = &change.headline {
        let headline = change::optional("headline", Some(headline), 300)?;
        changes.note("headline", &row.headline, &headline);
        row.headline = headline;
    }
    if let Some(story) = &change.story {
        let story = change::optional("story", Some(story), 50_000)?;
        changes.note("story", &row.story, &story);
        row.story = story;
    }
    if let Some(notes) = &change.notes {
        let notes = change::optional("notes", Some(notes), 20_000)?;
        changes.note("notes", &row.notes, &notes);
        row.notes = notes;
    }
    for (field, given, kept) in [
        ("topics_can", &change.topics_can, &mut row.topics_can),
        (
            "topics_cannot",
            &change.topics_cannot,
            &mut row.topics_cannot,
        ),
    ] {
        let Some(topics) = given else { continue };
        if topics.len() > 50 {
            return Err(Error::field(field, "At most 50 topics fit."));
        }
        let lines: Result<Vec<String>, Error> = topics
            .iter()
            .map(|topic| change::text(field, &topic.replace('\n', " "), 1, 200))
            .collect();
        let text = lines?.join("\n");
        changes.note(field, kept, &text);
        *kept = text;
    }
    Ok(())
}

fn limits(row: &mut Advocate, change: &EditAdvocate, changes: &mut Changes) -> Result<(), Error> {
    for (field, given, kept) in [
        (
            "limit_per_year",
            change.limit_per_year,
            &mut row.limit_per_year,
        ),
        (
            "limit_per_quarter",
            change.limit_per_quarter,
            &mut row.limit_per_quarter,
        ),
    ] {
        let Some(limit) = given else { continue };
        if limit.is_some_and(|limit| !(0..=100).contains(&limit)) {
            return Err(Error::field(field, "A limit must be from 0 to 100 uses."));
        }
        changes.note(field, kept, &limit);
        *kept = limit;
    }
    if let Some(restricted) = change.is_restricted {
        changes.note("is_restricted", &row.is_restricted, &restricted);
        row.is_restricted = restricted;
    }
    Ok(())
}

fn unverify(row: &mut Advocate, change: &EditAdvocate, changes: &mut Changes) -> Result<(), Error> {
    let Some(verified_on) = change.verified_on else {
        return Ok(());
    };
    if verified_on > row.verified_on {
        return Err(Error::field(
            "verified_on",
            "A profile is confirmed as it stands, today. Press Still true.",
        ));
    }
    changes.note("verified_on", &row.verified_on, &verified_on);
    row.verified_on = verified_on;
    Ok(())
}

async fn willing(
    tx: &storage::Tx,
    id: AdvocateId,
    given: &[WillingnessInput],
    changes: &mut Changes,
) -> Result<(), Error> {
    let mut rows: Vec<Willingness> = given
        .iter()
        .map(|input| Willingness {
            advocate_id: id,
            activity: input.activity,
            limit_per_year: input.limit_per_year,
        })
        .collect();
    rows.sort_by_key(|row| row.activity);
    if rows
        .windows(2)
        .any(|pair| pair[0].activity == pair[1].activity)
    {
        return Err(Error::field(
            "activities",
            "Each activity can be named once.",
        ));
    }
    if rows.iter().any(|row| {
        row.limit_per_year
            .is_some_and(|limit| !(0..=100).contains(&limit))
    }) {
        return Err(Error::field(
            "activities",
            "A limit must be from 0 to 100 uses a year.",
        ));
    }
    let words = |rows: &[Willingness]| {
        rows.iter()
            .map(|row| (row.activity, row.limit_per_year))
            .collect::<Vec<_>>()
    };
    let mut before = advocate::willingness(tx, vec![id]).await?;
    before.sort_by_key(|row| row.activity);
    changes.note("activities", &words(&before), &words(&rows));
    Ok(advocate::set_willingness(tx, id, rows).await?)
}

async fn results(
    tx: &storage::Tx,
    id: AdvocateId,
    given: &[OutcomeInput],
    changes: &mut Changes,
) -> Result<(), Error> {
    if given.len() > 20 {
        return Err(Error::field("outcomes", "At most 20 outcomes fit."));
    }
    let rows: Result<Vec<Outcome>, Error> = (0_i64..)
        .zip(given)
        .map(|(position, input)| {
            let statement = change::text("outcomes", &input.statement, 1, 500)?;
            Ok(Outcome {
                advocate_id: id,
                position,
                statement,
                value: change::optional("outcomes", input.value.as_deref(), 40)?,
                unit: change::optional("outcomes", input.unit.as_deref(), 40)?,
            })
        })
        .collect();
    let rows = rows?;
    let words = |rows: &[Outcome]| {
        rows.iter()
            .map(|row| {
                [
                    row.value.as_deref(),
                    row.unit.as_deref(),
                    Some(&*row.statement),
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
            })
            .collect::<Vec<_>>()
    };
    changes.note(
        "outcomes",
        &words(&advocate::outcomes(tx, vec![id]).await?),
        &words(&rows),
    );
    Ok(advocate::set_outcomes(tx, id, rows).await?)
}

/// A move of the membership.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveAdvocate {
    pub to: AdvocateStatus,
    pub reason: Option<String>,
}

/// Moves the status along the life cycle. Leaving *active* cancels open candidates.
pub async fn move_to(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    version: i64,
    ask: MoveAdvocate,
) -> Result<AdvocateView, Error> {
    let mut tx = app.begin(actor).await?;
    let mut row = find_for(&tx, actor, Permission::AdvocateMove, id).await?;
    same_version(row.version, version)?;
    let from = row.status;
    if !from.can_move_to(ask.to) {
        let ways: Vec<&str> = from.moves().iter().map(|status| status.as_str()).collect();
        let ways = if ways.is_empty() {
            "nothing; it is at its end".to_owned()
        } else {
            ways.join(" or ")
        };
        return Err(Error::MoveNotAllowed(format!(
            "An advocate who is {from} cannot become {}. From here it can become {ways}.",
            ask.to
        )));
    }
    let reason = reason_of_move(ask.to, ask.reason.as_deref())?;
    crate::request::stop::lock_advocate(&tx, id).await?;
    row.status = ask.to;
    row.status_reason.clone_from(&reason);
    row.updated_at = tx.now();
    advocate::save(&tx, &mut row).await?;
    let event = event(&tx, Action::Moved, &row).await?.detail(
        json!({ "changes": { "status": { "before": from, "after": ask.to } }, "reason": reason }),
    );
    tx.record(event);
    super::told::nominators(app, &tx, actor, std::slice::from_ref(&row)).await?;
    if from == AdvocateStatus::Active {
        crate::request::stop::open_candidates(
            app,
            &mut tx,
            id,
            None,
            "The advocate is not active any more.",
        )
        .await?;
    }
    tx.commit().await?;
    super::get(app, actor, id).await
}

/// The reason of a move, which those need that end or interrupt a membership.
pub(crate) fn reason_of_move(
    to: AdvocateStatus,
    reason: Option<&str>,
) -> Result<Option<String>, Error> {
    let reason = reason
        .map(|reason| change::text("reason", reason, 1, 1_000))
        .transpose()?;
    let needs_one = matches!(
        to,
        AdvocateStatus::Declined | AdvocateStatus::Retired | AdvocateStatus::Paused
    );
    if needs_one && reason.is_none() {
        return Err(Error::field(
            "reason",
            "Say why, so that the next person knows.",
        ));
    }
    Ok(reason)
}
