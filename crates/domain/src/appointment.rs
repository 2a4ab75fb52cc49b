//! When a use takes place: the times that are offered, and what makes a time one that can be kept.
//!
//! Decides which local times are instants; refuses to know who offers them and who picks one.

use std::{fmt, str::FromStr};

use jiff::{
    civil,
    tz::{AmbiguousOffset, TimeZone},
};

use crate::time::Timestamp;

/// Fewer leave the buyer no choice.
pub const SLOTS_MIN: usize = 3;
/// More would be a calendar, not a choice.
pub const SLOTS_MAX: usize = 10;
/// Days ahead that a time may lie.
pub const DAYS_AHEAD_MAX: i64 = 365;
/// Times start on a step of this many minutes.
pub const STEP_MINUTES: i8 = 5;

/// Why times cannot be offered. The place counts from 0 in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotProblem {
    UnknownZone,
    TooFew,
    TooMany,
    /// Not of the form `YYYY-MM-DDTHH:MM`.
    NotATime(usize),
    /// Does not start on a step of five minutes.
    NotWhole(usize),
    /// The clocks go forward over it, so that it does not exist on that day.
    Skipped(usize),
    /// The clocks go back over it, so that it comes twice on that day.
    Twice(usize),
    Past(usize),
    TooFar(usize),
    /// Runs into another of the offered times.
    Overlaps(usize),
}

/// Times on offer, the earliest first, each once; written as instants in UTC with a space between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "sql", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sql", sea_orm(value_type = "String"))]
pub struct Slots(Vec<Timestamp>);

impl Slots {
    /// Reads local times of one time zone. `minutes` is how long each takes; `now` is the moment of
    /// the offer.
    pub fn read(
        written: &[String],
        zone: &str,
        minutes: i64,
        now: Timestamp,
    ) -> Result<Self, SlotProblem> {
        let zone = time_zone(zone).ok_or(SlotProblem::UnknownZone)?;
        if written.len() < SLOTS_MIN {
            return Err(SlotProblem::TooFew);
        }
        if written.len() > SLOTS_MAX {
            return Err(SlotProblem::TooMany);
        }
        let mut slots: Vec<Timestamp> = Vec::with_capacity(written.len());
        for (place, text) in written.iter().enumerate() {
            let at = instant(text, &zone, place)?;
            if at <= now {
                return Err(SlotProblem::Past(place));
            }
            if at > now.plus_days(DAYS_AHEAD_MAX) {
                return Err(SlotProblem::TooFar(place));
            }
            let runs_into =
                |other: &Timestamp| at.seconds_since(*other).abs() < minutes.saturating_mul(60);
            if slots.iter().any(runs_into) {
                return Err(SlotProblem::Overlaps(place));
            }
            slots.push(at);
        }
        slots.sort_unstable();
        Ok(Self(slots))
    }

    pub fn contains(&self, at: Timestamp) -> bool {
        self.0.contains(&at)
    }

    /// The times that can still be picked, the earliest first.
    pub fn after(&self, now: Timestamp) -> Vec<Timestamp> {
        self.0.iter().copied().filter(|at| *at > now).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = Timestamp> + '_ {
        self.0.iter().copied()
    }
}

impl fmt::Display for Slots {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, at) in self.0.iter().enumerate() {
            if place > 0 {
                formatter.write_str(" ")?;
            }
            at.fmt(formatter)?;
        }
        Ok(())
    }
}

impl FromStr for Slots {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// A time zone of the IANA list, such as `Europe/Berlin`. Offsets and rules of one's own are none:
/// they do not know when the clocks change.
pub fn time_zone(name: &str) -> Option<TimeZone> {
    let is_a_name = name == "UTC" || (name.contains('/') && name.len() <= 64);
    is_a_name.then(|| TimeZone::get(name).ok()).flatten()
}

fn instant(text: &str, zone: &TimeZone, place: usize) -> Result<Timestamp, SlotProblem> {
    let has_the_form = text.len() == 16 && text.as_bytes().get(10) == Some(&b'T');
    let local: civil::DateTime = text
        .parse()
        .ok()
        .filter(|_| has_the_form)
        .ok_or(SlotProblem::NotATime(place))?;
    if local.minute() % STEP_MINUTES != 0 {
        return Err(SlotProblem::NotWhole(place));
    }
    let found = zone.to_ambiguous_timestamp(local);
    match found.offset() {
        AmbiguousOffset::Unambiguous { .. } => found
            .unambiguous()
            .map(Timestamp::from_jiff)
            .map_err(|_| SlotProblem::NotATime(place)),
        AmbiguousOffset::Gap { .. } => Err(SlotProblem::Skipped(place)),
        AmbiguousOffset::Fold { .. } => Err(SlotProblem::Twice(place)),
    }
}

/// An instant as people in a time zone read it: "Thursday 3 December 2026, 14:00 (Europe/Berlin)".
/// A zone that is not known reads as UTC.
pub fn in_words(at: Timestamp, zone: &str) -> String {
    let (zone, name) = match time_zone(zone) {
        Some(found) => (found, zone),
        None => (TimeZone::UTC, "UTC"),
    };
    let local = at.to_jiff().to_zoned(zone);
    format!("{} ({name})", local.strftime("%A %-d %B %Y, %H:%M"))
}

#[cfg(test)]
mod tests {
    use super::{SlotProblem, Slots, in_words};
    use crate::time::Timestamp;

    fn now() -> Timestamp {
        "2026-11-22T09:00:00Z".parse().expect("an instant")
    }

    fn read(times: [&str; 3], zone: &str) -> Result<String, SlotProblem> {
        Slots::read(&times.map(str::to_owned), zone, 30, now()).map(|slots| slots.to_string())
    }

    const GOOD: [&str; 2] = ["2026-12-01T10:00", "2026-12-02T10:00"];

    fn third(time: &str, zone: &str) -> Result<String, SlotProblem> {
        read([GOOD[0], GOOD[1], time], zone)
    }

    #[test]
    fn the_same_hour_is_another_instant_after_the_clocks_change() {
        let slots = read(
            ["2027-03-29T14:00", "2027-03-26T14:00", "2027-03-27T14:00"],
            "Europe/Berlin",
        );
        assert_eq!(
            slots.as_deref(),
            Ok(
                "2027-03-26T13:00:00.000000Z 2027-03-27T13:00:00.000000Z 2027-03-29T12:00:00.000000Z"
            )
        );
        let read_back: Slots = slots.expect("slots").parse().expect("slots");
        assert_eq!(read_back.iter().count(), 3);
    }

    #[test]
    fn a_skipped_hour_is_refused_and_so_is_one_that_comes_twice() {
        assert_eq!(
            third("2027-03-28T02:30", "Europe/Berlin"),
            Err(SlotProblem::Skipped(2))
        );
        assert_eq!(
            third("2027-03-14T02:30", "America/New_York"),
            Err(SlotProblem::Skipped(2))
        );
        assert_eq!(
            third("2027-10-31T02:30", "Europe/Berlin"),
            Err(SlotProblem::Twice(2))
        );
        // Lord Howe moves its clocks by half an hour.
        assert_eq!(
            third("2027-10-03T02:15", "Australia/Lord_Howe"),
            Err(SlotProblem::Skipped(2))
        );
        assert!(third("2027-10-03T02:30", "Australia/Lord_Howe").is_ok());
    }

    #[test]
    fn what_cannot_be_kept_is_not_offered() {
        for (time, problem) in [
            ("2026-11-22T08:00", SlotProblem::Past(2)),
            ("2028-01-01T10:00", SlotProblem::TooFar(2)),
            ("2026-12-01T10:20", SlotProblem::Overlaps(2)),
            ("2026-12-03T10:07", SlotProblem::NotWhole(2)),
            ("2026-12-03T10:00:30", SlotProblem::NotATime(2)),
            ("2026-12-03 10:00", SlotProblem::NotATime(2)),
            ("2026-02-30T10:00", SlotProblem::NotATime(2)),
            ("tomorrow", SlotProblem::NotATime(2)),
        ] {
            assert_eq!(third(time, "UTC"), Err(problem), "{time}");
        }
        let few = [GOOD[0].to_owned(), GOOD[1].to_owned()];
        assert_eq!(
            Slots::read(&few, "UTC", 30, now()),
            Err(SlotProblem::TooFew)
        );
        let many: Vec<String> = (1..=11)
            .map(|day| format!("2026-12-{day:02}T10:00"))
            .collect();
        assert_eq!(
            Slots::read(&many, "UTC", 30, now()),
            Err(SlotProblem::TooMany)
        );
    }

    #[test]
    fn only_names_of_the_list_are_zones() {
        for zone in [
            "",
            "Mars/Olympus",
            "+02:00",
            "CET-1CEST",
            "../etc/passwd",
            "Europe/",
        ] {
            assert_eq!(
                third("2026-12-03T10:00", zone),
                Err(SlotProblem::UnknownZone),
                "{zone}"
            );
        }
    }

    #[test]
    fn an_instant_is_said_in_the_readers_zone() {
        let at: Timestamp = "2026-12-03T13:00:00Z".parse().expect("an instant");
        assert_eq!(
            in_words(at, "Europe/Berlin"),
            "Thursday 3 December 2026, 14:00 (Europe/Berlin)"
        );
        assert_eq!(
            in_words(at, "Mars"),
            "Thursday 3 December 2026, 13:00 (UTC)"
        );
    }
}
