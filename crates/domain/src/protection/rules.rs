//! The numbers of protection, as a program sets them.

use crate::activity::{Activity, ActivityRules};

/// The protection rules of a program.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rules {
    #[cfg_attr(feature = "schema", schema(value_type = Vec<ActivityRules>))]
    pub activities: ActivityTable,
    /// Most uses of any kind per advocate in the window.
    pub uses_per_advocate: i64,
    pub uses_window_days: i64,
    /// After a use on a day, the next one is this many days later at the earliest.
    pub rest_days: i64,
    pub heavy_rest_days: i64,
    /// From this many effort points on, an activity is heavy.
    pub heavy_effort_points: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            activities: ActivityTable::default(),
            uses_per_advocate: 6,
            uses_window_days: 365,
            rest_days: 30,
            heavy_rest_days: 90,
            heavy_effort_points: 200,
        }
    }
}

impl Rules {
    /// The rest after a use of this activity.
    pub fn rest_after(&self, activity: Activity) -> i64 {
        if self.activities.of(activity).effort_points >= self.heavy_effort_points {
            self.heavy_rest_days
        } else {
            self.rest_days
        }
    }
}

/// The rules of every activity type, each exactly once; written as a list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Vec<ActivityRules>", into = "Vec<ActivityRules>")]
pub struct ActivityTable([ActivityRules; Activity::ALL.len()]);

/// A list of activity rules names one activity type twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rules name {0} twice; keep one entry")]
pub struct ActivityNamedTwice(pub Activity);

impl ActivityTable {
    pub fn of(&self, activity: Activity) -> &ActivityRules {
        &self.0[activity as usize]
    }

    /// Replaces the rules of the activity that `rules` names.
    pub fn set(&mut self, rules: ActivityRules) {
        self.0[rules.activity as usize] = rules;
    }

    /// All of them, in the order of [`Activity::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = &ActivityRules> {
        self.0.iter()
    }
}

impl Default for ActivityTable {
    fn default() -> Self {
        let mut at = 0;
        Self([(); Activity::ALL.len()].map(|()| {
            at += 1;
            Activity::ALL[at - 1].default_rules()
        }))
    }
}

/// Activity types that the list does not name get their default rules, so that settings written
/// before an activity type existed stay readable.
impl TryFrom<Vec<ActivityRules>> for ActivityTable {
    type Error = ActivityNamedTwice;

    fn try_from(list: Vec<ActivityRules>) -> Result<Self, ActivityNamedTwice> {
        let mut table = Self::default();
        let mut named = [false; Activity::ALL.len()];
        for rules in list {
            if std::mem::replace(&mut named[rules.activity as usize], true) {
                return Err(ActivityNamedTwice(rules.activity));
            }
            table.set(rules);
        }
        Ok(table)
    }
}

impl From<ActivityTable> for Vec<ActivityRules> {
    fn from(table: ActivityTable) -> Self {
        table.0.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_activity_finds_its_own_rules() {
        let table = ActivityTable::default();
        for activity in Activity::ALL {
            assert_eq!(*table.of(*activity), activity.default_rules());
        }
    }

    #[test]
    fn settings_read_back_as_written_and_what_they_leave_out_takes_its_default() {
        let mut rules = Rules {
            rest_days: 45,
            ..Rules::default()
        };
        rules.activities.set(ActivityRules {
            account_cap: None,
            ..Activity::Review.default_rules()
        });
        let written = serde_json::to_string(&rules).expect("written settings");
        let read: Rules = serde_json::from_str(&written).expect("readable settings");
        assert_eq!(read, rules);
        let sparse: Rules = serde_json::from_str("{\"rest_days\": 45}").expect("settings");
        assert_eq!((sparse.rest_days, sparse.uses_per_advocate), (45, 6));
        assert_eq!(sparse.activities, ActivityTable::default());
    }

    #[test]
    fn a_list_with_gaps_takes_the_defaults_and_a_list_that_contradicts_itself_is_refused() {
        let changed = ActivityRules {
            account_cap: Some(9),
            ..Activity::Video.default_rules()
        };
        let table = ActivityTable::try_from(vec![changed]).expect("a readable list");
        assert_eq!(*table.of(Activity::Video), changed);
        assert_eq!(*table.of(Activity::Quote), Activity::Quote.default_rules());
        let twice = ActivityTable::try_from(vec![changed, changed]);
        assert_eq!(twice, Err(ActivityNamedTwice(Activity::Video)));
    }
}
