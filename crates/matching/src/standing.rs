//! Who can be had for an activity on a day, and how worn and how well verified everybody is on it.
//!
//! Both depend on nothing but the advocate, the rules and the days that are asked about. So they are
//! worked out once per activity and day and kept for the next query; a change of an advocate works
//! its own line out again in all that is kept. Days that pass ask about other days, so nothing that
//! is kept can go stale without a change.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    activity::Activity,
    protection::{self, Ask, Member, Rules},
    time::Day,
};

use crate::{engine::Bitmap, index::Row, slots::Slots};

/// Verification is fresh, then ageing, for this long.
const FRESH_DAYS: i64 = 90;
const AGEING_DAYS: i64 = 180;
/// Activities and days that are kept at once, the latest asked.
const KEPT_MAX: usize = 24;

/// Three bands of load, then three of verification; the lower comes first.
pub(crate) type Band = u8;
/// One more than the highest band.
pub(crate) const BANDS: u32 = 9;

/// Keys are few and looked through from the latest asked on.
type Kept<K, V> = Mutex<VecDeque<(K, V)>>;

#[derive(Default)]
pub(crate) struct Standing {
    available: Kept<(Activity, Day), Bitmap>,
    bands: Kept<(Day, Day), Arc<Vec<Band>>>,
}

impl Standing {
    /// The slots that can be had on the day, conflicts with a prospect left aside.
    pub(crate) fn available<K>(
        &self,
        rules: &Rules,
        rows: &Slots<K, Row>,
        (activity, day): (Activity, Day),
    ) -> Bitmap
    where
        K: Copy + Eq + std::hash::Hash,
    {
        keep(&self.available, (activity, day), || {
            let can_be_had =
                |(_, row): &(u32, &Row)| is_available(rules, &row.member, activity, day);
            Bitmap::of(rows.iter().filter(can_be_had).map(|(slot, _)| slot))
        })
    }

    /// The band of every slot.
    pub(crate) fn bands<K>(
        &self,
        rules: &Rules,
        rows: &Slots<K, Row>,
        (day, today): (Day, Day),
    ) -> Arc<Vec<Band>>
    where
        K: Copy + Eq + std::hash::Hash,
    {
        keep(&self.bands, (day, today), || {
            let mut bands = vec![0; rows.len()];
            for (slot, row) in rows.iter() {
                bands[slot as usize] = band(rules, row, day, today);
            }
            Arc::new(bands)
        })
    }

    /// The row of a slot is another one, or gone.
    pub(crate) fn change(&mut self, rules: &Rules, slot: u32, row: Option<&Row>) {
        for ((activity, day), slots) in entries(&mut self.available) {
            let is_in = row.is_some_and(|row| is_available(rules, &row.member, *activity, *day));
            slots.set(slot, is_in);
        }
        for ((day, today), bands) in entries(&mut self.bands) {
            let bands = Arc::make_mut(bands);
            if bands.len() <= slot as usize {
                bands.resize(slot as usize + 1, 0);
            }
            bands[slot as usize] = row.map_or(0, |row| band(rules, row, *day, *today));
        }
    }
}

/// What is kept, after a panic elsewhere too: an entry is put in whole.
fn entries<K, V>(kept: &mut Kept<K, V>) -> &mut VecDeque<(K, V)> {
    kept.get_mut().unwrap_or_else(PoisonError::into_inner)
}

/// What is kept under the key, worked out first where it is not. Queries that need the same at once
/// wait for the first of them.
fn keep<K: PartialEq, V: Clone>(kept: &Kept<K, V>, key: K, work_out: impl FnOnce() -> V) -> V {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(place) = kept.iter().position(|(other, _)| *other == key)
        && let Some(entry) = kept.remove(place)
    {
        let value = entry.1.clone();
        kept.push_front(entry);
        return value;
    }
    let value = work_out();
    kept.truncate(KEPT_MAX - 1);
    kept.push_front((key, value.clone()));
    value
}

fn is_available(rules: &Rules, member: &Member, activity: Activity, day: Day) -> bool {
    protection::is_open_to(member, activity)
        && protection::can_be_had(rules, member, &ask(activity, day, day))
}

/// A query refuses days that are over, so `today` can only be the day or one before it.
fn ask(activity: Activity, day: Day, today: Day) -> Ask {
    Ask {
        activity,
        day,
        today,
        prospect: None,
        except: None,
    }
}

fn band(rules: &Rules, row: &Row, day: Day, today: Day) -> Band {
    // The load is the same for every activity.
    let ask = ask(Activity::ReferenceCall, day, today);
    let load = protection::load(rules, &row.member, &ask) as u8;
    let verification = match row.verified_on {
        Some(verified) if verified >= today.plus_days(-FRESH_DAYS) => 0,
        Some(verified) if verified >= today.plus_days(-AGEING_DAYS) => 1,
        Some(_) | None => 2,
    };
    load * 3 + verification
}
