//! Former values: what an import changed gets back what stood there, where nobody changed it since.

use std::collections::HashSet;

use domain::{
    id::{AccountId, AdvocateId, ContactId, ContentId, OpportunityId, UseId, UserId},
    record::RecordKind,
};
use serde_json::Value;
use storage::{
    Source, StorageError,
    advocate::{Outcome, Willingness},
    import_undo::{Change, Place},
};
use uuid::Uuid;

use super::report::{UndoReport, WhyLeft};
use crate::{
    error::Error,
    import::{desk::Desk, load, tags::TERMS},
};

/// A pointer that goes away when the field gets its former value: from, to.
pub(crate) type Released = HashSet<(Place, Place)>;

/// Puts the records on the desk that the changes are about.
pub(crate) async fn load(
    desk: &mut Desk,
    source: &impl Source,
    places: impl Iterator<Item = Place> + Clone,
) -> Result<(), Error> {
    let of = |kind: RecordKind| -> Vec<Uuid> {
        let of_kind = places.clone().filter(|place| place.record_kind == kind);
        let ids: HashSet<Uuid> = of_kind.map(|place| place.record_id).collect();
        ids.into_iter().collect()
    };
    macro_rules! read {
        ($($kind:ident: $shelf:ident by $id:ident of $storage:ident),+ $(,)?) => {$(
            let ids = of(RecordKind::$kind).into_iter().map($id).collect();
            let rows = storage::$storage::by_ids(source, ids).await?;
            desk.$shelf.put_all(rows.into_values().collect());
        )+};
    }
    read!(
        User: users by UserId of user,
        Account: accounts by AccountId of account,
        Contact: contacts by ContactId of contact,
        Opportunity: opportunities by OpportunityId of opportunity,
        Advocate: advocates by AdvocateId of advocate,
        Content: content by ContentId of content,
        Use: uses by UseId of reference_use,
    );
    load::load_sides(desk, source).await?;
    load::load_tags(desk, source).await
}

/// Gives every field of the changes, newest first, its former value, and counts.
pub(crate) fn decide(
    desk: &mut Desk,
    changes: &[Change],
    created: &HashSet<Place>,
    released: &mut Released,
) -> Result<UndoReport, Error> {
    let mut report = UndoReport::default();
    for change in changes {
        report.done += 1;
        let place = Place {
            record_kind: change.record_kind,
            record_id: change.record_id,
        };
        if created.contains(&place) {
            continue;
        }
        let kind = place.record_kind;
        if kind == RecordKind::User && !desk.run.edits_users {
            report.leave(kind.as_str(), WhyLeft::NotPermitted);
            continue;
        }
        if matches!(kind, RecordKind::Term | RecordKind::Facet) {
            report.leave(kind.as_str(), WhyLeft::ForGood);
            continue;
        }
        let Some(body) = &change.body else {
            report.leave(kind.as_str(), WhyLeft::Erased);
            continue;
        };
        let detail: Value = serde_json::from_str(body).map_err(bad_detail)?;
        let fields = detail.get("changes").and_then(Value::as_object);
        for (field, values) in fields.into_iter().flatten() {
            let (was, is) = (&values["before"], &values["after"]);
            let rows = &detail["rows"][field];
            if give_back(desk, place, (field, was, is), rows)? {
                report.put_back(kind);
                released.extend(pointed(field, is).map(|to| (place, to)));
            } else {
                report.leave(kind.as_str(), WhyLeft::ChangedSince);
            }
        }
    }
    Ok(report)
}

fn give_back(
    desk: &mut Desk,
    place: Place,
    change: (&str, &Value, &Value),
    rows: &Value,
) -> Result<bool, Error> {
    let (field, was, is) = change;
    let (kind, id) = (place.record_kind, place.record_id);
    if let Some(facet) = field.strip_prefix(TERMS) {
        if desk.tags.written(&desk.mapper, (kind, id), facet) != *is {
            return Ok(false);
        }
        let texts: Vec<String> = serde_json::from_value(was.clone()).map_err(bad_detail)?;
        return Ok(desk
            .tags
            .set(&desk.mapper, (kind, id), facet, &texts, false));
    }
    let done = match (kind, field) {
        (RecordKind::Advocate, "activities") => return activities(desk, id, is, rows),
        (RecordKind::Advocate, "outcomes") => return outcomes(desk, id, is, rows),
        (RecordKind::User, _) => desk.users.put_back(id, change),
        (RecordKind::Account, _) => desk.accounts.put_back(id, change),
        (RecordKind::Contact, _) => desk.contacts.put_back(id, change),
        (RecordKind::Opportunity, _) => desk.opportunities.put_back(id, change),
        (RecordKind::Advocate, _) => desk.advocates.put_back(id, change),
        (RecordKind::Content, _) => desk.content.put_back(id, change),
        (RecordKind::Use, _) => desk.uses.put_back(id, change),
        (_, _) => Ok(false),
    };
    done.map_err(bad_detail)
}

fn activities(desk: &mut Desk, id: Uuid, is: &Value, rows: &Value) -> Result<bool, Error> {
    let held = desk.sides.willingness.entry(id).or_default();
    let mut now: Vec<_> = held.iter().map(|row| row.activity).collect();
    now.sort_unstable();
    if serde_json::json!(now) != *is {
        return Ok(false);
    }
    let former: Vec<(domain::activity::Activity, Option<i64>)> =
        serde_json::from_value(rows.clone()).map_err(bad_detail)?;
    let former = former
        .into_iter()
        .map(|(activity, limit_per_year)| Willingness {
            advocate_id: AdvocateId(id),
            activity,
            limit_per_year,
        });
    let before = std::mem::replace(held, former.collect());
    desk.sides.changed_willingness.entry(id).or_insert(before);
    Ok(true)
}

fn outcomes(desk: &mut Desk, id: Uuid, is: &Value, rows: &Value) -> Result<bool, Error> {
    let held = desk.sides.outcomes.entry(id).or_default();
    let now: Vec<_> = held.iter().map(|row| row.statement.as_str()).collect();
    if serde_json::json!(now) != *is {
        return Ok(false);
    }
    let former: Vec<(String, Option<String>, Option<String>)> =
        serde_json::from_value(rows.clone()).map_err(bad_detail)?;
    let former = (0..)
        .zip(former)
        .map(|(position, (statement, value, unit))| Outcome {
            advocate_id: AdvocateId(id),
            position,
            statement,
            value,
            unit,
        });
    let before = std::mem::replace(held, former.collect());
    desk.sides.changed_outcomes.entry(id).or_insert(before);
    Ok(true)
}

/// The record that a field pointed at.
fn pointed(field: &str, value: &Value) -> Option<Place> {
    let record_kind = match field {
        "account_id" | "parent_id" => RecordKind::Account,
        "owner_id" | "manager_id" => RecordKind::User,
        "advocate_id" => RecordKind::Advocate,
        "opportunity_id" => RecordKind::Opportunity,
        _ => return None,
    };
    let record_id = value.as_str()?.parse().ok()?;
    Some(Place {
        record_kind,
        record_id,
    })
}

fn bad_detail(error: serde_json::Error) -> Error {
    Error::Storage(StorageError::BadRow {
        table: "event_details",
        problem: error.to_string(),
    })
}
