//! Who can be had for an activity on a day, and how worn and how well verified everybody is on it.
//!
//! Both depend on nothing but the advocate, the rules and the days that are asked about. So they are
//! worked out once per activity and day and kept for the next query; a change of an advocate works
//! its own line out again in all that is kept. Days that pass ask about other days, so nothing that
//! is kept can go stale without a change.

use domain::{
    activity::Activity,
    id::AdvocateId,
    protection::{self, Ask, Member, Rules},
    time::Day,
};

use crate::{engine::Bitmap, index::Row, kept::Kept, parallel, pieces::Pieces, slots::Slots};

/// Verification is fresh, then ageing, for this long.
const FRESH_DAYS: i64 = 90;
const AGEING_DAYS: i64 = 180;

/// Three bands of load, then three of verification; the lower comes first.
pub(crate) type Band = u8;
/// One more than the highest band.
pub(crate) const BANDS: u32 = 9;

#[derive(Clone, Default)]
pub(crate) struct Standing {
    available: Kept<(Activity, Day), Bitmap>,
    bands: Kept<(Day, Day), Pieces<Band>>,
}

impl Standing {
    /// The slots that can be had on the day, conflicts with a prospect left aside, and the band of
    /// every slot.
    pub(crate) fn of(
        &self,
        rules: &Rules,
        rows: &Slots<AdvocateId, Row>,
        (activity, day, today): (Activity, Day, Day),
    ) -> (Bitmap, Pieces<Band>) {
        let can_be_had = |row: &Row| is_available(rules, &row.member, activity, day);
        // A day that is new is mostly new to both, and reaching every row is what takes long.
        let mut bands = None;
        let work_out = || {
            let lines = each(rows, |row| (can_be_had(row), band(rules, row, day, today)));
            bands = Some(lines.iter().map(|(_, band)| *band).collect());
            let had = lines.iter().zip(0..).filter(|((had, _), _)| *had);
            Bitmap::of(had.map(|(_, slot)| slot))
        };
        let available = self
            .available
            .get((activity, day), work_out, |slots, slot| {
                slots.set(slot, rows.get(slot).is_some_and(can_be_had));
            });
        (available, self.bands(rules, rows, (day, today), bands))
    }

    /// The band of every slot; `worked_out` spares working them out where they are not kept.
    pub(crate) fn bands(
        &self,
        rules: &Rules,
        rows: &Slots<AdvocateId, Row>,
        (day, today): (Day, Day),
        worked_out: Option<Pieces<Band>>,
    ) -> Pieces<Band> {
        let band_of = |row: &Row| band(rules, row, day, today);
        let work_out = || each(rows, band_of).into_iter().collect();
        let work_out = || worked_out.unwrap_or_else(work_out);
        self.bands.get((day, today), work_out, |bands, slot| {
            *bands.at(slot as usize) = rows.get(slot).map_or(0, band_of);
        })
    }

    /// Whether [`Standing::of`] has nothing left to work out.
    pub(crate) fn is_known(&self, (activity, day, today): (Activity, Day, Day)) -> bool {
        self.available.has((activity, day)) && self.bands.has((day, today))
    }

    /// The row of a slot is another one, or gone.
    pub(crate) fn change(&mut self, rules: &Rules, slot: u32, row: Option<&Row>) {
        self.available.change(slot, |(activity, day), slots| {
            let can_be_had = row.is_some_and(|row| is_available(rules, &row.member, activity, day));
            slots.set(slot, can_be_had);
        });
        self.bands.change(slot, |(day, today), bands| {
            *bands.at(slot as usize) = row.map_or(0, |row| band(rules, row, day, today));
        });
    }
}

/// What `of` finds about every slot, on the processors that there are.
fn each<R: Default + Send>(rows: &Slots<AdvocateId, Row>, of: impl Fn(&Row) -> R + Sync) -> Vec<R> {
    let slots: Vec<Option<&Row>> = rows.all().collect();
    let found = |row: &Option<&Row>| row.map_or_else(R::default, &of);
    let spans = parallel::spans(&slots, |span| span.iter().map(found).collect::<Vec<R>>());
    spans.into_iter().flatten().collect()
}

fn is_available(rules: &Rules, member: &Member, activity: Activity, day: Day) -> bool {
    protection::is_open_to(member, activity, day)
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
