//! Who changed which rule last, when, and from what to what: read from the event log.

use std::collections::{HashMap, HashSet};

use domain::{id::UserId, record::RecordKind, time::Timestamp};
use serde::Serialize;
use serde_json::Value;
use storage::{timeline::Entry, user::User};
use uuid::Uuid;

use super::{Current, Setting, SettingView, id_of};
use crate::{App, error::Error};

/// Changes of settings that are looked through; a rule that was last changed before them tells no change.
const LOOKED_AT: i64 = 500;

/// The last change of one rule.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RuleChange {
    /// The field, with dots inside: `activities.reference_call.account_cap`.
    #[schema(example = "rest_days")]
    pub rule: String,
    pub before: Value,
    pub after: Value,
    pub at: Timestamp,
    /// Null where it was nobody who signs in.
    pub by: Option<String>,
}

/// The changes of all settings, the newest first, by the id that their events carry.
pub(super) struct LastChanges {
    entries: HashMap<Uuid, Vec<Entry>>,
    people: HashMap<UserId, User>,
}

impl LastChanges {
    pub(super) async fn load(app: &App) -> Result<Self, Error> {
        let newest = storage::timeline::newest(&app.store, RecordKind::Setting, LOOKED_AT).await?;
        let authors = newest
            .iter()
            .filter_map(|entry| entry.event.actor_id.map(UserId))
            .collect();
        let mut entries: HashMap<Uuid, Vec<Entry>> = HashMap::new();
        for entry in newest {
            entries
                .entry(entry.event.record_id)
                .or_default()
                .push(entry);
        }
        Ok(Self {
            entries,
            people: storage::user::by_ids(&app.store, authors).await?,
        })
    }

    pub(super) fn view<T: Setting>(&self, current: Current<T>) -> SettingView<T> {
        let entries = self.entries.get(&id_of(T::NAME));
        let entries = entries.map(Vec::as_slice).unwrap_or_default();
        let last = entries.first();
        SettingView {
            version: current.version,
            value: current.value,
            default: T::default(),
            changed_at: last.map(|entry| entry.event.at),
            changed_by: last.and_then(|entry| self.author(entry)),
            changes: self.by_rule(entries),
        }
    }

    fn author(&self, entry: &Entry) -> Option<String> {
        let author = self.people.get(&UserId(entry.event.actor_id?));
        author.map(|person| person.name.clone())
    }

    /// The newest change of each rule.
    fn by_rule(&self, entries: &[Entry]) -> Vec<RuleChange> {
        let (mut told, mut seen) = (Vec::new(), HashSet::new());
        for entry in entries {
            let fields = entry
                .detail
                .as_ref()
                .and_then(|detail| detail.get("changes"));
            let fields = fields.and_then(Value::as_object);
            for (field, values) in fields.into_iter().flatten() {
                for (rule, before, after) in rules(field, &values["before"], &values["after"]) {
                    if seen.insert(rule.clone()) {
                        told.push(RuleChange {
                            rule,
                            before,
                            after,
                            at: entry.event.at,
                            by: self.author(entry),
                        });
                    }
                }
            }
        }
        told.sort_by(|one, other| one.rule.cmp(&other.rule));
        told
    }
}

/// The rules that a field holds and that are not what they were: one, or those of each activity.
fn rules(field: &str, before: &Value, after: &Value) -> Vec<(String, Value, Value)> {
    let listed = after.as_array().filter(|_| field == "activities");
    let of_activities = listed.filter(|rows| {
        let is_named = |row: &Value| row.get("activity").is_some();
        !rows.is_empty() && rows.iter().all(is_named)
    });
    let Some(rows) = of_activities else {
        return vec![(field.to_owned(), before.clone(), after.clone())];
    };
    let mut changed = Vec::new();
    for row in rows {
        let activity = row
            .get("activity")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let same = |was: &&Value| was.get("activity") == row.get("activity");
        let was = before.as_array().into_iter().flatten().find(same);
        for (part, is) in row.as_object().into_iter().flatten() {
            let was = was.and_then(|was| was.get(part)).unwrap_or(&Value::Null);
            if was != is {
                let rule = format!("{field}.{activity}.{part}");
                changed.push((rule, was.clone(), is.clone()));
            }
        }
    }
    changed
}
